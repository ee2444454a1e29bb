//! Shows faults as HTML, over a page or in place of one.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar;

use super::route::OWN;
use crate::base::escape::push_html;

/// Faults in words, in the language of the person who edits.
pub(super) struct ErrorOverlay {
    pub(super) lang: String,
    /// What the page below is, or why there is none.
    pub(super) title: String,
    /// The label of the button that closes the overlay.
    pub(super) close: String,
    /// The faults as the terminal shows them, without colours.
    pub(super) text: String,
}

/// Adds the preview's script and, where there are faults, their overlay to the head of a page.
pub(super) fn inject(html: &[u8], stamp: &str, faults: Option<&ErrorOverlay>) -> Vec<u8> {
    let head = head(stamp, faults);
    let at = end_of_head(html).unwrap_or(html.len());
    let (before, after) = html.split_at_checked(at).unwrap_or((html, &[]));
    [before, head.as_bytes(), after].concat()
}

/// Returns a page that shows faults alone.
pub(super) fn page(stamp: &str, faults: &ErrorOverlay) -> String {
    let ErrorOverlay { lang, title, .. } = faults;
    let (lang, title) = (escape(lang), escape(title));
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<link rel=\"stylesheet\" href=\"{OWN}preview.css\">\n{}</head>\n\
         <body class=\"glasshouse-page\">\n<main>\n{}</main>\n</body>\n</html>\n",
        head(stamp, None),
        panel(faults),
    )
}

fn head(stamp: &str, faults: Option<&ErrorOverlay>) -> String {
    let mut head =
        format!("<script src=\"{OWN}preview.js\" data-stamp=\"{}\" defer></script>\n", escape(stamp));
    if let Some(faults) = faults {
        let (panel, close) = (panel(faults), escape(&faults.close));
        let button = format!("<button type=\"button\" aria-label=\"{close}\" title=\"{close}\">×</button>");
        let _ = writeln!(head, "<template id=\"glasshouse-faults\">{panel}{button}</template>");
    }
    head
}

fn panel(faults: &ErrorOverlay) -> String {
    let ErrorOverlay { lang, title, text, close: _ } = faults;
    format!(
        "<section class=\"glasshouse-faults\" lang=\"{}\" role=\"alert\">\n<h1>{}</h1>\n<pre>{}</pre>\n</section>\n",
        escape(lang),
        escape(title),
        lines(text.trim_end()),
    )
}

/// Returns the offset of `</head>`.
fn end_of_head(html: &[u8]) -> Option<usize> {
    const TAG: &[u8] = b"</head>";
    html.windows(TAG.len()).position(|window| window.eq_ignore_ascii_case(TAG))
}

/// Escapes text for a `<pre>`, with the first line of each fault in bold.
fn lines(text: &str) -> String {
    let line = |line: &str| {
        // Source lines begin with their number; other lines are indented.
        let is_first = line.contains("]: ") && !line.starts_with(|c: char| c == ' ' || c.is_ascii_digit());
        if is_first { format!("<b>{}</b>", columns(line)) } else { columns(line) }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Escapes text and marks characters two columns wide, so that the style sheet can give them exactly
/// that width in any font and carets stay aligned.
fn columns(text: &str) -> String {
    let mut html = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        if c.width() == Some(2) {
            let _ = write!(html, "<i>{c}</i>");
        } else {
            push_html(&mut html, c.encode_utf8(&mut [0; 4]));
        }
    }
    html
}

fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_html(&mut html, text);
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults() -> ErrorOverlay {
        ErrorOverlay {
            lang: "zh-CN".into(),
            title: "<出错>".into(),
            close: "\"关\"".into(),
            text: "错误[a]: \"a\" & <b>\n3 | [b]: 字\n  ^^\n\n".into(),
        }
    }

    #[test]
    fn a_page_gets_the_script_at_the_end_of_its_head() {
        let html = inject(b"<head><title>x</title></HEAD><body></head></body>", "1-2", None);
        let html = String::from_utf8(html).unwrap();
        assert_eq!(
            html,
            "<head><title>x</title><script src=\"/glasshouse:preview/preview.js\" data-stamp=\"1-2\" defer></script>\n\
             </HEAD><body></head></body>"
        );
        let bare = String::from_utf8(inject(b"<p>x", "1-2", Some(&faults()))).unwrap();
        assert!(bare.starts_with("<p>x<script ") && bare.ends_with("</template>\n"), "{bare}");
    }

    #[test]
    fn what_is_wrong_is_text_and_nothing_else() {
        let html = page("1-2", &faults());
        assert!(html.contains("<h1>&lt;出错&gt;</h1>"), "{html}");
        let lines = "<pre><b><i>错</i><i>误</i>[a]: &quot;a&quot; &amp; &lt;b&gt;</b>\n3 | [b]: <i>字</i>\n  ^^</pre>";
        assert!(html.contains(lines), "{html}");
        assert!(!html.contains("<button"), "there is nothing below");
        let over = String::from_utf8(inject(b"", "1-2", Some(&faults()))).unwrap();
        assert!(over.contains("aria-label=\"&quot;关&quot;\""), "{over}");
    }
}
