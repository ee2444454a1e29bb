//! A new theme: a layer over the shipped one that changes a colour, a word and a block, as a beginning.

use std::path::Path;

use crate::base::text::Lang;
use crate::theme;

/// Why a theme cannot be created.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    /// The name cannot be that of a folder, or is the shipped theme's.
    #[error("`{0}` cannot be the name of a theme")]
    Name(String),
    /// The shipped theme has no such file that is text.
    #[error("the theme has no `{0}` to copy")]
    Copy(String),
}

/// Returns the files of a new theme for a site in a language, as paths in the site's folder and texts,
/// with copies of shipped files. Each copy says what it came from, so that `glasshouse doctor` can tell when
/// the shipped file has changed.
pub fn theme(name: &str, lang: &Lang, copies: &[String]) -> Result<Vec<(String, String)>, ThemeError> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if name.is_empty() || name == theme::DEFAULT || !name.chars().all(is_name) {
        return Err(ThemeError::Name(name.to_owned()));
    }
    let (words, words_lang) = theme::starter_words(lang);
    let word = |id: &str| words.text(&words_lang, id);
    let mut files = vec![
        ("theme.toml".to_owned(), format!("name = \"{name}\"\nversion = \"0.1.0\"\n")),
        ("templates/base.html".to_owned(), base(&word("starter-footer"))),
        ("static/css/site.css".to_owned(), STYLE.to_owned()),
        (format!("strings/{}/{name}.ftl", lang.tag()), format!("nav-about = {}\n", word("starter-about"))),
    ];
    for path in copies {
        let text = theme::shipped(path).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let text = text.ok_or_else(|| ThemeError::Copy(path.clone()))?;
        files.retain(|(known, _)| known != path);
        files.push((path.clone(), format!("{}\n{text}", comment(path, &theme::mark(text.as_bytes())))));
    }
    Ok(files.into_iter().map(|(path, text)| (format!("themes/{name}/{path}"), text)).collect())
}

fn base(footer: &str) -> String {
    format!(
        "{{# {} #}}\n{{% extends \"default/base.html\" %}}\n{{% block footer %}}\n<p>{footer}</p>\n\
         {{{{ super() }}}}\n{{% endblock %}}\n",
        theme::mark(theme::shipped("templates/base.html").unwrap_or_default()),
    )
}

const STYLE: &str = "\
/* Comes after all other styles. The tokens of the theme are in its css/tokens.css. */
:root { --band: #5b1f3a; --accent: #8c2f5a; }
:root[data-theme=\"dark\"] { --band: #2a101c; --accent: #e79ac0; }
@media screen and (prefers-color-scheme: dark) {
  :root:not([data-theme=\"light\"]) { --band: #2a101c; --accent: #e79ac0; }
}
";

/// Returns a comment in the syntax of a file.
fn comment(path: &str, text: &str) -> String {
    match Path::new(path).extension().and_then(|extension| extension.to_str()) {
        Some("html") => format!("{{# {text} #}}"),
        Some("css") => format!("/* {text} */"),
        Some("js") => format!("// {text}"),
        Some("svg") => format!("<!-- {text} -->"),
        _ => format!("# {text}"),
    }
}
