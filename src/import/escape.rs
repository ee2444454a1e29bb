//! Plain text as Markdown.

/// Returns Markdown that shows exactly this text.
pub(super) fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            escaped.push('\n');
        }
        let line = line.trim();
        let digits = line.chars().take_while(char::is_ascii_digit).count();
        let is_ordered = digits > 0 && line.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')']));
        for (at, c) in line.char_indices() {
            let at_start = at == 0 && matches!(c, '#' | '+' | '-' | '>' | '=');
            let is_special =
                matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '{' | '}');
            if at_start || is_special || (is_ordered && at == digits) {
                escaped.push('\\');
            }
            escaped.push(c);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Options, Parser};

    #[test]
    fn escaped_text_reads_as_it_was() {
        for text in [
            "# 不是标题",
            "1. 不是列表",
            "2) 也不是",
            "- 条",
            "a*b*c _d_ `e` [f](g) <h> &amp; {{ chart(\"x\") }} | ~~i~~",
            "\\",
        ] {
            let escaped = markdown(text);
            let shown: String =
                Parser::new_ext(&escaped, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
                    .filter_map(|event| match event {
                        Event::Text(text) => Some(text.to_string()),
                        _ => None,
                    })
                    .collect();
            assert_eq!(shown, text, "{escaped}");
        }
    }
}
