//! Turns the running text of a page, with emphasis and links, into plain text and Markdown.

use std::fmt::Write as _;
use std::rc::Rc;

use crate::import::escape;

/// A piece of text with its formatting.
#[derive(Clone, Debug, PartialEq)]
struct Fragment {
    text: String,
    strong: bool,
    emphasised: bool,
    link: Option<Rc<str>>,
}

#[derive(Default)]
pub(super) struct InlineText {
    fragments: Vec<Fragment>,
    /// The number of enclosing elements that make text strong or emphasised, and the enclosing links.
    pub(super) strong: usize,
    pub(super) emphasised: usize,
    pub(super) links: Vec<Option<Rc<str>>>,
}

impl InlineText {
    /// Adds text as it appears in the page.
    pub(super) fn push(&mut self, text: &str) {
        let (strong, emphasised) = (self.strong > 0, self.emphasised > 0);
        let link = self.links.last().cloned().flatten();
        match self.fragments.last_mut() {
            Some(last) if last.strong == strong && last.emphasised == emphasised && last.link == link => {
                last.text.push_str(text);
            }
            _ => self.fragments.push(Fragment { text: text.to_owned(), strong, emphasised, link }),
        }
    }

    /// Ends the paragraph and returns it as plain text and as Markdown; `None` if it is empty.
    pub(super) fn take(&mut self) -> Option<(String, String)> {
        let fragments = tidy_all(std::mem::take(&mut self.fragments));
        let plain: String = fragments.iter().map(|fragment| &*fragment.text).collect();
        if plain.trim().is_empty() {
            return None;
        }
        let mut markdown = String::new();
        for fragment in &fragments {
            let text = fragment.text.trim();
            let before =
                fragment.text.get(..fragment.text.len() - fragment.text.trim_start().len()).unwrap_or("");
            let after = fragment.text.get(fragment.text.trim_end().len()..).unwrap_or("");
            if text.is_empty() {
                markdown.push_str(&fragment.text);
                continue;
            }
            // Marks of lists and headings need escaping at the beginning only.
            let escaped = escape::markdown(&format!("\u{1}{text}")).replacen('\u{1}', "", 1);
            let escaped = if markdown.is_empty() { escape::markdown(text) } else { escaped };
            let mark = match (fragment.strong, fragment.emphasised) {
                (true, true) => "***",
                (true, false) => "**",
                (false, true) => "*",
                (false, false) => "",
            };
            let set = format!("{mark}{escaped}{mark}");
            markdown.push_str(before);
            match &fragment.link {
                Some(link) => {
                    let _ = write!(markdown, "[{set}](<{link}>)");
                }
                None => markdown.push_str(&set),
            }
            markdown.push_str(after);
        }
        Some((plain.trim().to_owned(), markdown.trim().to_owned()))
    }
}

/// Collapses white space as a browser does, and drops line breaks between Chinese characters.
fn tidy_all(fragments: Vec<Fragment>) -> Vec<Fragment> {
    let mut tidy: Vec<Fragment> = Vec::with_capacity(fragments.len());
    let mut last: Option<char> = None;
    let mut gap: Option<bool> = None;
    for fragment in fragments {
        let mut text = String::with_capacity(fragment.text.len());
        for c in fragment.text.chars() {
            if c.is_whitespace() {
                gap = Some(gap.unwrap_or(false) || c == '\n');
                continue;
            }
            if let (Some(has_break), Some(before)) = (gap.take(), last)
                && !(has_break && is_wide(before) && is_wide(c))
            {
                text.push(' ');
            }
            text.push(c);
            last = Some(c);
        }
        tidy.push(Fragment { text, ..fragment });
    }
    tidy
}

/// Collapses white space in a cell or a title.
pub(super) fn tidy(text: &str) -> String {
    let fragment = Fragment { text: text.to_owned(), strong: false, emphasised: false, link: None };
    tidy_all(vec![fragment]).into_iter().map(|fragment| fragment.text).collect()
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_in_chinese_text_vanish() {
        assert_eq!(tidy("  政府\n   信息 公开\n2012 年\n a\nb "), "政府信息 公开 2012 年 a b");
    }

    #[test]
    fn emphasis_and_links_survive() {
        let mut inline = InlineText::default();
        inline.push("- 前文");
        inline.strong = 1;
        inline.push(" 重点* ");
        inline.strong = 0;
        inline.links.push(Some("https://example.org/a".into()));
        inline.push("链接");
        inline.links.pop();
        let (plain, markdown) = inline.take().unwrap();
        assert_eq!(plain, "- 前文 重点* 链接");
        assert_eq!(markdown, "\\- 前文 **重点\\*** [链接](<https://example.org/a>)");
        assert_eq!(inline.take(), None);
    }
}
