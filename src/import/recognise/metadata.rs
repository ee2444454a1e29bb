//! What a document says about itself: agency, period, title and date.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::import::dates;
use crate::import::document::{DocumentBlock, InputDocument, Paragraph, TableGrid};
use crate::import::label_key;
use crate::model::{Period, Span};

/// The maximum lengths of titles and names, in characters.
const MAX_TITLE_CHARS: usize = 70;
const MAX_NAME_CHARS: usize = 40;
/// The number of blocks above a table that may belong to it.
const MAX_CAPTION_BLOCKS: usize = 4;

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct DocumentMetadata {
    pub(crate) title: Option<String>,
    /// The periods named in titles; they disagree if there is more than one.
    pub(crate) periods: BTreeSet<Period>,
    /// The name after 填报单位.
    pub(crate) filled_in_by: Option<String>,
    /// The name above the date at the end.
    pub(crate) signed_by: Option<String>,
    pub(crate) titled_by: Option<String>,
    /// The date at the end.
    pub(crate) published: Option<Date>,
    /// The positions of blocks that say only this and do not belong to the text.
    pub(crate) used: BTreeSet<usize>,
    /// The units printed above tables, such as 单位：万元, with the positions of the tables.
    pub(crate) units: Vec<(usize, String)>,
}

impl DocumentMetadata {
    /// Returns the period, if the titles agree on one.
    pub(crate) fn period(&self) -> Option<Period> {
        self.periods.first().copied().filter(|_| self.periods.len() == 1)
    }

    /// Iterates over the names found, the most official first.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        [&self.signed_by, &self.titled_by, &self.filled_in_by].into_iter().filter_map(|name| name.as_deref())
    }
}

/// Collects what a document says about itself.
pub(crate) fn find(document: &InputDocument) -> DocumentMetadata {
    let mut found = DocumentMetadata::default();
    titles(document, &mut found);
    captions(document, &mut found);
    cells(document, &mut found);
    signature(document, &mut found);
    if found.periods.is_empty() {
        found.periods.extend(document.title.as_deref().and_then(dates::period));
    }
    if found.periods.is_empty() {
        found.periods = mentioned(document);
    }
    found
}

/// Finds the report's title: near the beginning, with a year and a word for report.
fn titles(document: &InputDocument, found: &mut DocumentMetadata) {
    let title =
        document.paragraphs().take(12).find(|(_, paragraph)| is_title(&paragraph.plain, REPORT_WORDS));
    let Some((at, paragraph)) = title else {
        let page = document.title.as_deref().unwrap_or("");
        let title =
            page.split(['_', '|', '-', '–', '—']).map(str::trim).find(|part| is_title(part, REPORT_WORDS));
        if let Some(title) = title {
            found.titled_by = name_in_title(title);
            found.periods.extend(dates::period(title));
            found.title = Some(title.to_owned());
        }
        return;
    };
    let title = paragraph.plain.split_whitespace().collect::<String>();
    let title = if paragraph.plain.is_ascii() { paragraph.plain.clone() } else { title };
    found.titled_by = name_in_title(&title);
    found.periods.extend(dates::period(&title));
    found.title = Some(title);
    found.used.insert(at);
}

const REPORT_WORDS: &[&str] = &["年度报告", "工作报告", "年报", "情况报告", "annual report", "Annual Report"];
const TABLE_WORDS: &[&str] = &["统计表", "情况表", "统计数据", "数据统计", "一览表", "情况统计"];

fn is_title(text: &str, words: &[&str]) -> bool {
    let text = text.trim();
    text.chars().count() <= MAX_TITLE_CHARS
        && !text.ends_with(['。', '；', '，'])
        && words.iter().any(|word| text.contains(word))
        && !dates::years(text).is_empty()
}

/// Returns the agency in `苍南县某局2012年政府信息公开工作年度报告`, `2012年苍南县某局政府信息公开工作年度报告`.
fn name_in_title(title: &str) -> Option<String> {
    let (year, _) = dates::years(title).into_iter().next()?;
    let arabic = year.to_string();
    let before = title.split(&arabic).next().filter(|before| before.len() < title.len());
    let before = before.unwrap_or_else(|| title.split(is_chinese_digit).next().unwrap_or(""));
    let name = before
        .trim()
        .trim_end_matches("关于")
        .trim_end_matches(['（', '(', '《'])
        .trim_start_matches('《')
        .trim();
    if is_name(name) {
        return Some(name.to_owned());
    }
    let after = title.split_once('年').map_or("", |(_, after)| after.trim_start_matches('度'));
    let name = after.split("政府信息公开").next().filter(|name| name.len() < after.len())?.trim();
    is_name(name).then(|| name.to_owned())
}

fn is_chinese_digit(c: char) -> bool {
    "二○〇零".contains(c)
}

fn is_name(text: &str) -> bool {
    let length = text.chars().count();
    (3..=MAX_NAME_CHARS).contains(&length)
        && !text.contains(['。', '，', '：', ':', '；', '、', '《', '》'])
        && text.chars().any(char::is_alphabetic)
        && dates::find(text).is_none()
}

/// Finds table titles, 填报单位 lines and units of measure right above a table.
fn captions(document: &InputDocument, found: &mut DocumentMetadata) {
    for (table, _) in document.tables() {
        for at in (0..table).rev().take(MAX_CAPTION_BLOCKS) {
            let Some(DocumentBlock::Text(paragraph)) = document.blocks.get(at) else { break };
            let text = paragraph.plain.trim();
            if is_title(text, TABLE_WORDS) {
                found.periods.extend(dates::period(text));
                found.used.insert(at);
            } else if let Some(name) = filled_in_by(text) {
                found.filled_in_by.get_or_insert(name);
                found.used.insert(at);
            } else if let Some(unit) = common_unit(text) {
                found.units.push((table, unit));
                found.used.insert(at);
            } else if !is_title(text, REPORT_WORDS) {
                break;
            }
        }
    }
    if found.filled_in_by.is_none() {
        found.filled_in_by = document.paragraphs().find_map(|(_, paragraph)| filled_in_by(&paragraph.plain));
    }
}

const NAME_KEYS: &str = "填报单位 报送单位 填报机关 填报机构 报告单位 编制单位 公开单位 单位名称 机关名称 \
    机构名称 发布机构";

/// Returns the name in `填报单位：县城新区　审核人：`.
fn filled_in_by(text: &str) -> Option<String> {
    let text = label_key::normalise(text);
    let (_, after) = NAME_KEYS.split(' ').find_map(|key| {
        let (before, after) = text.split_once(key)?;
        (before.trim().chars().count() <= 2).then_some((key, after))
    })?;
    let after = after.trim_start();
    let after = match after.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((_, rest)) => rest.trim_start(),
        None => after,
    };
    let value = after.strip_prefix(':')?.trim_start();
    let end = value.find(|c: char| c.is_whitespace()).unwrap_or(value.len());
    let first = value.get(..end)?;
    // An English name has spaces; a Chinese one ends at the first.
    let name = if first.is_ascii() { value.split("  ").next()? } else { first };
    let is_key = name.contains(':');
    (!is_key && name.chars().count() >= 2 && name.chars().count() <= MAX_NAME_CHARS)
        .then(|| name.trim().to_owned())
}

/// Returns the unit in `（单位：万元）`.
fn common_unit(text: &str) -> Option<String> {
    let text = label_key::normalise(text);
    let text = text.trim().trim_matches(['(', ')']).trim();
    let unit = text
        .strip_prefix("计量")
        .unwrap_or(text)
        .strip_prefix("单位")?
        .trim_start()
        .strip_prefix(':')?
        .trim();
    (!unit.is_empty() && unit.chars().count() <= 4).then(|| unit.to_owned())
}

/// Finds titles and names inside tables: `填报单位 | 县城新区`.
fn cells(document: &InputDocument, found: &mut DocumentMetadata) {
    for (_, table) in document.tables() {
        if let Some(name) = &table.name {
            found.periods.extend(dates::period(name).filter(|_| is_title(name, TABLE_WORDS)));
        }
        cells_of(table, found);
    }
}

fn cells_of(table: &TableGrid, found: &mut DocumentMetadata) {
    for row in &table.rows {
        let filled: Vec<&str> =
            row.iter().filter(|cell| !cell.is_empty() && !cell.is_copy).map(|cell| &*cell.text).collect();
        match filled.as_slice() {
            [text] | [text, _] if is_title(text, REPORT_WORDS) => {
                found.periods.extend(dates::period(text));
                found.titled_by = found.titled_by.take().or_else(|| name_in_title(text));
                found.title.get_or_insert_with(|| (*text).to_owned());
            }
            [text] if is_title(text, TABLE_WORDS) => found.periods.extend(dates::period(text)),
            _ => {}
        }
        for pair in filled.windows(2) {
            let [key, name] = pair else { continue };
            let key = label_key::bare_key(key);
            if NAME_KEYS.split(' ').any(|known| label_key::key(known) == key) && is_name(name) {
                found.filled_in_by.get_or_insert((*name).to_owned());
            }
        }
        for text in filled {
            if let Some(name) = filled_in_by(text) {
                found.filled_in_by.get_or_insert(name);
            }
        }
    }
}

/// Finds a name with a line below it that is a date.
fn signature(document: &InputDocument, found: &mut DocumentMetadata) {
    let all: Vec<(usize, &Paragraph)> = document.paragraphs().collect();
    for pair in all.windows(2).rev() {
        let [(_, name), (_, day)] = pair else { continue };
        let Some(date) = dates::find(&day.plain).filter(|found| found.is_whole) else { continue };
        found.published = Some(date.date);
        let space = if name.plain.is_ascii() { " " } else { "" };
        let name = name.plain.split_whitespace().collect::<Vec<_>>().join(space);
        if is_name(&name) && !is_title(&name, REPORT_WORDS) {
            found.signed_by = Some(name);
        }
        return;
    }
    if let Some((_, first)) = all.first().filter(|_| all.len() == 1) {
        found.published = dates::find(&first.plain).filter(|found| found.is_whole).map(|found| found.date);
    }
}

/// Returns the years that the text connects with the report: `2012年度`, `2012年政府信息公开`.
fn mentioned(document: &InputDocument) -> BTreeSet<Period> {
    let mut found = BTreeSet::new();
    for (_, paragraph) in document.paragraphs() {
        for (year, after) in dates::years(&paragraph.plain) {
            if after.starts_with("年度")
                || after.starts_with("年政府信息公开")
                || after.starts_with("年政务公开")
            {
                found.insert(Period { year, span: Span::Year });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read;

    fn document(text: &str) -> InputDocument {
        InputDocument { blocks: read::read_text(text, &|unit| unit == "条"), ..InputDocument::default() }
    }

    fn periods(text: &str) -> Vec<String> {
        find(&document(text)).periods.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_table_and_the_signature_say_whose_report_it_is() {
        let found = find(&document(
            "正文第一段，说明情况。\n某县某某新区建设指挥部\n二○一三年三月十八日\n2012年政府信息公开情况统计表\n填报单位:某某新区 审核人:\n指标 | 单位 | 数据 |\n一、甲 | 条 | 289 |\n",
        ));
        assert_eq!(found.signed_by.as_deref(), Some("某县某某新区建设指挥部"));
        assert_eq!(found.filled_in_by.as_deref(), Some("某某新区"));
        assert_eq!(found.published.map(|date| date.to_string()).as_deref(), Some("2013-03-18"));
        assert_eq!(found.periods.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2012"]);
        assert_eq!(found.used, BTreeSet::from([3, 4]));
    }

    #[test]
    fn titles_name_agencies() {
        for (title, name) in [
            ("某县统计局2021年政府信息公开工作年度报告", Some("某县统计局")),
            ("某县统计局关于2021年政府信息公开工作年度报告", Some("某县统计局")),
            ("2021年某县统计局政府信息公开工作年度报告", Some("某县统计局")),
            ("2021年政府信息公开工作年度报告", None),
            ("某县统计局二○二一年政府信息公开工作年度报告", Some("某县统计局")),
        ] {
            assert_eq!(name_in_title(title).as_deref(), name, "{title}");
        }
    }

    #[test]
    fn disagreeing_titles_are_both_reported() {
        let text = "某局2021年政府信息公开工作年度报告\n正文。\n2020年统计表\n指标 | 单位 | 数据 |\n一、甲 | 条 | 289 |\n";
        assert_eq!(periods(text), ["2020", "2021"]);
    }

    #[test]
    fn without_a_title_the_text_may_name_the_year() {
        assert_eq!(periods("我镇2016年度收到申请3件。2015年底有1件。"), ["2016"]);
        assert!(periods("截至2013年3月18日，2018年1月日起。").is_empty());
    }

    #[test]
    fn a_common_unit_stands_above_the_table() {
        let found = find(&document("（单位：万元）\n指标 | 数据 |\n甲 | 1 |\n"));
        assert_eq!(found.units, [(1, "万元".to_owned())]);
        assert_eq!(filled_in_by("填报单位（盖章）： 审核人："), None);
        assert_eq!(filled_in_by("填报单位（盖章）：某局").as_deref(), Some("某局"));
    }
}
