//! The text around the tables, as Markdown with headings.

use crate::import::document::{InputDocument, Paragraph};
use crate::import::escape;
use crate::import::recognise::metadata::DocumentMetadata;

/// The maximum length of a heading, in characters.
const MAX_HEADING_CHARS: usize = 40;

/// Returns the text of a document without its tables and the metadata around them.
pub(crate) fn markdown(document: &InputDocument, metadata: &DocumentMetadata) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut counter = Counter::default();
    for (at, paragraph) in document.paragraphs() {
        if !metadata.used.contains(&at) {
            parts.extend(paragraph_parts(paragraph, &mut counter));
        }
    }
    parts.join("\n\n")
}

/// The number of the last heading, by which the next one inside a paragraph is recognised.
#[derive(Default)]
struct Counter(u32);

fn paragraph_parts(paragraph: &Paragraph, counter: &mut Counter) -> Vec<String> {
    if paragraph.heading > 0 {
        let level = usize::from(paragraph.heading).clamp(2, 6);
        let text = paragraph.markdown.clone().unwrap_or_else(|| escape::markdown(&paragraph.plain));
        return vec![format!("{} {}", "#".repeat(level), text.replace('\n', " "))];
    }
    let mut parts = Vec::new();
    let mut rest = paragraph.plain.trim();
    while let Some(heading) = heading_in(rest, counter) {
        let before = rest.get(..heading.start).unwrap_or("").trim();
        if !before.is_empty() {
            parts.push(escape::markdown(before));
        }
        parts.push(format!("## {}", escape::markdown(heading.text)));
        counter.0 = heading.number;
        rest = rest.get(heading.end..).unwrap_or("").trim();
    }
    if parts.is_empty() {
        parts.push(paragraph.markdown.clone().unwrap_or_else(|| escape::markdown(rest)));
    } else if !rest.is_empty() {
        parts.push(escape::markdown(rest));
    }
    parts
}

struct NumberedHeading<'t> {
    number: u32,
    text: &'t str,
    start: usize,
    end: usize,
}

/// Returns the next heading: `一、…` at the beginning, or inside if it continues the numbering.
///
/// Copied reports have lost the line breaks around headings: `…推行。三、明确目标。全委…`.
fn heading_in<'t>(text: &'t str, counter: &Counter) -> Option<NumberedHeading<'t>> {
    let mut from = 0;
    while let Some(rest) = text.get(from..) {
        let start = from + rest.find(is_numeral)?;
        let numeral: String = text.get(start..)?.chars().take_while(|c| is_numeral(*c)).collect();
        let mark = start + numeral.len();
        from = mark;
        if !text.get(mark..).is_some_and(|rest| rest.starts_with('、')) {
            continue;
        }
        let Some(number) = number(&numeral) else { continue };
        let before = text.get(..start)?.trim_end();
        let is_start = before.is_empty();
        let follows = before.ends_with(['。', '；', '！', '？']) && number == counter.0 + 1;
        if !is_start && !follows {
            continue;
        }
        let title = text.get(mark + '、'.len_utf8()..)?;
        let ends = |c: char| c.is_whitespace() || matches!(c, '。' | '：' | ':' | '；');
        // The title, and one character for its end.
        let near = title
            .char_indices()
            .nth(MAX_HEADING_CHARS + 1)
            .map_or(title, |(end, _)| title.get(..end).unwrap_or(""));
        let stop = near.find(ends);
        let length = stop.unwrap_or(near.len());
        let name = title.get(..length)?;
        // Inside a paragraph a heading must end visibly.
        if name.is_empty() || name.chars().count() > MAX_HEADING_CHARS || (!is_start && stop.is_none()) {
            continue;
        }
        let end_mark = title.get(length..)?.chars().next().map_or(0, char::len_utf8);
        let end = mark + '、'.len_utf8() + length + end_mark;
        // `一、甲；二、乙。` is a list in a sentence.
        let is_list =
            is_start && stop.is_some_and(|at| title.get(at..).is_some_and(|rest| rest.starts_with('；')));
        if is_list {
            return None;
        }
        return Some(NumberedHeading {
            number,
            text: text.get(start..mark + '、'.len_utf8() + length)?,
            start,
            end,
        });
    }
    None
}

fn is_numeral(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

fn number(numeral: &str) -> Option<u32> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|known| known == c).map(|at| at as u32 + 1);
    match numeral.split_once('十') {
        None => {
            let mut chars = numeral.chars();
            let found = digit(chars.next()?)?;
            chars.next().is_none().then_some(found)
        }
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { number(tens)? };
            let ones = if ones.is_empty() { 0 } else { number(ones)? };
            Some(tens * 10 + ones)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read;

    fn convert(text: &str) -> String {
        let document =
            InputDocument { blocks: read::read_text(text, &|_| false), ..InputDocument::default() };
        markdown(&document, &DocumentMetadata::default())
    }

    #[test]
    fn headings_are_found_where_line_breaks_were_lost() {
        let text = "今年来，工作完成。\n一、提高认识,落实工作 我委认真部署。\n二、加强建设,规范程序 为此调整。保障推行。三、明确目标,加强责任。全委支持。1、各科室参与。2、挤出资金。 四、突出重点,注重实效 结合实际。\n二、存在的不足:\n仍存在不足。\n";
        assert_eq!(
            convert(text).split("\n\n").collect::<Vec<_>>(),
            [
                "今年来，工作完成。",
                "## 一、提高认识,落实工作",
                "我委认真部署。",
                "## 二、加强建设,规范程序",
                "为此调整。保障推行。",
                "## 三、明确目标,加强责任",
                "全委支持。1、各科室参与。2、挤出资金。",
                "## 四、突出重点,注重实效",
                "结合实际。",
                "## 二、存在的不足",
                "仍存在不足。",
            ]
        );
    }

    #[test]
    fn enumerations_in_sentences_are_no_headings() {
        for text in ["工作有三：一、公开；二、解读；三、回应。", "我们坚持一、二线结合。", "第十一、十二章。"]
        {
            assert_eq!(convert(text), text);
        }
    }
}
