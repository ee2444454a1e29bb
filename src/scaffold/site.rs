//! A new site: settings, a home page, an agency that is plainly an example, and the files of a repository
//! around them.

use crate::base::text::Lang;
use crate::form::{self, Catalog};
use crate::theme;

/// A file of a new site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFile {
    /// Its path in the site's folder.
    pub path: &'static str,
    /// The text.
    pub text: String,
}

/// The files that are the same in every language.
const COMMON: &[(&str, &str)] = &[
    (".gitignore", include_str!("files/gitignore")),
    (".editorconfig", include_str!("files/editorconfig")),
    (".github/workflows/pages.yml", include_str!("files/pages.yml")),
    (".gitlab-ci.yml", include_str!("files/gitlab-ci.yml")),
    (".vscode/extensions.json", include_str!("files/extensions.json")),
    (".vscode/settings.json", include_str!("files/settings.json")),
];

/// Returns every file of a new site in a language.
pub fn site(lang: &Lang, catalog: &Catalog) -> Vec<SiteFile> {
    let text = |text: &str| text.replace("@version@", env!("CARGO_PKG_VERSION"));
    let files = COMMON.iter().copied().chain(theme::starter_files(lang));
    let mut files: Vec<SiteFile> = files.map(|(path, file)| SiteFile { path, text: text(file) }).collect();
    let schema = format!("{:#}\n", form::schema_of_all(catalog, lang));
    files.push(SiteFile { path: ".vscode/report.schema.json", text: schema });
    files.sort_by_key(|file| file.path);
    files
}
