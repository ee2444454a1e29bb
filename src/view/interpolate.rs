//! Inserts words of another language into sentences of the theme, and keeps them marked with it.

use crate::base::diagnostic::Arg;
use crate::view::components::{Phrase, Text};
use crate::view::local_portal::LocalPortal;

/// Private-use characters that stand for the words while the sentence is formatted; no text has them.
const MARKS: std::ops::RangeInclusive<char> = '\u{e000}'..='\u{f8ff}';

/// Formats a string of the theme and returns its parts by language. `others` are arguments in the language of
/// the page.
pub(crate) fn say<'a>(
    portal: &LocalPortal<'a>,
    id: &'static str,
    words: &[(&'static str, Text<'a>)],
    others: &[(&'static str, &str)],
) -> Vec<Phrase<'a>> {
    let others = others.iter().map(|(name, text)| (*name, Arg::from((*text).to_owned())));
    let marked = words.iter().zip(MARKS);
    let args: Vec<(&'static str, Arg)> =
        marked.map(|((name, _), mark)| (*name, mark.to_string().into())).chain(others).collect();
    parts(&portal.say(id, &args), words)
}

fn parts<'a>(sentence: &str, words: &[(&'static str, Text<'a>)]) -> Vec<Phrase<'a>> {
    let mut parts = Vec::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once(|c| MARKS.contains(&c)) {
        let mark = rest.get(before.len()..).and_then(|from| from.chars().next());
        let word = mark.and_then(|mark| words.iter().zip(MARKS).find(|(_, known)| *known == mark));
        if !before.is_empty() {
            parts.push(Phrase::from(before.to_owned()));
        }
        parts.extend(word.map(|((_, text), _)| Phrase::from(*text)));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Phrase::from(rest.to_owned()));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_cut_around_its_words() {
        let name = Text { text: "年报", lang: Some("zh") };
        let words = [("title", name), ("portal", Text::own("Portal"))];
        let cut = parts("Of \u{e001}: \u{e000}.", &words);
        let read: Vec<_> = cut.iter().map(|part| (&*part.text, part.lang)).collect();
        assert_eq!(read, [("Of ", None), ("Portal", None), (": ", None), ("年报", Some("zh")), (".", None)]);
        assert_eq!(parts("\u{e000}", &words).len(), 1);
        assert!(parts("", &words).is_empty());
    }
}
