//! Excerpts for descriptions and lists.

/// Shortens a text to at most `longest` characters: to whole sentences if any fit, else to whole words
/// and an ellipsis.
pub(super) fn excerpt(text: &str, longest: usize) -> String {
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(longest) else {
        return text.to_owned();
    };
    let fitting = text.get(..end).unwrap_or("");
    let after = text.get(end..).unwrap_or("");
    if let Some(sentences) = sentences_end(fitting, after) {
        return fitting.get(..sentences).unwrap_or("").trim_end().to_owned();
    }
    // One character less, for the ellipsis.
    let room = fitting.char_indices().next_back().map_or(0, |(at, _)| at);
    let shorter = fitting.get(..room).unwrap_or("");
    let cut = match shorter.rfind(char::is_whitespace) {
        // Chinese can be cut between any two characters.
        Some(space) if is_inside_word(fitting, room) => space,
        _ => room,
    };
    let kept = shorter.get(..cut).unwrap_or("").trim_end();
    if longest == 0 { String::new() } else { format!("{kept}…") }
}

/// The end of the last whole sentence of a text that `after` follows.
fn sentences_end(text: &str, after: &str) -> Option<usize> {
    let mut found = None;
    let mut ended = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let next = chars.peek().map(|(_, next)| *next).or_else(|| after.chars().next());
        match c {
            '。' | '！' | '？' | '!' | '?' => ended = Some(end),
            '.' if next.is_none_or(char::is_whitespace) => ended = Some(end),
            // Closing marks belong to the sentence before them.
            '”' | '’' | '」' | '』' | '）' | '》' | '"' | ')' if ended == Some(at) => {
                ended = Some(end);
            }
            _ => {}
        }
        if ended == Some(end) {
            found = Some(end);
        }
    }
    found
}

fn is_inside_word(text: &str, at: usize) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c < '\u{2e80}');
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(at..).and_then(|after| after.chars().next());
    is_word(before) && is_word(after)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_fits_stays_whole() {
        assert_eq!(excerpt(" 主动公开289条。 ", 10), "主动公开289条。");
        assert_eq!(excerpt("", 10), "");
    }

    #[test]
    fn cuts_behind_the_last_sentence_that_fits() {
        assert_eq!(excerpt("他说：“好。”后来不再说了。", 9), "他说：“好。”");
        assert_eq!(excerpt("It cost 3.5 million. Then it stopped.", 30), "It cost 3.5 million.");
    }

    #[test]
    fn else_cuts_between_words() {
        assert_eq!(excerpt("政府信息公开工作年度报告", 6), "政府信息公…");
        assert_eq!(excerpt("Disclosure of government information", 20), "Disclosure of…");
        assert_eq!(excerpt("Disclosure", 5), "Disc…");
        assert_eq!(excerpt("甲乙", 1), "…");
        assert_eq!(excerpt("甲乙", 0), "");
    }

    proptest! {
        #[test]
        fn never_longer_than_asked(text in "[甲a .。”…]{0,40}", longest in 0..50_usize) {
            prop_assert!(excerpt(&text, longest).chars().count() <= longest);
        }
    }
}
