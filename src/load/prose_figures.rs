//! Figures that a report's text gives beside the name of an indicator: `新收政府信息公开申请3511件`.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use rust_decimal::Decimal;

use crate::figure::{self, Value};
use crate::form::{Catalog, Form, FormIx, IndicatorIx, Relation, SectionBody, plain_name};
use crate::model::Mention;

/// What may stand between a name and its number.
const BETWEEN: &[char] = &['为', '共', '计', '是', '达', '有', ':', '：', ' ', '（', '(', '“'];
/// The endings of names that prose may leave out.
const ENDINGS: [&str; 4] = ["数量", "件数", "次数", "数"];
/// The most of these characters between a name and its number.
const MAX_BETWEEN: usize = 3;
/// The length of the shortest name looked for, in bytes: four Han characters, twelve letters.
const MIN_NAME: usize = 12;

/// Finds the names of indicators in texts, form by form.
pub(super) struct MentionFinder(Vec<Option<NameSearch>>);

struct NameSearch {
    automaton: AhoCorasick,
    indicators: Vec<IndicatorIx>,
}

impl MentionFinder {
    /// Prepares the search for every form of a catalogue.
    pub(super) fn new(catalog: &Catalog) -> Self {
        Self(catalog.forms.iter().map(names).collect())
    }

    /// The mentions in a text, in order. `offset` is where the text begins in its file.
    pub(super) fn find(&self, form: FormIx, text: &str, offset: usize) -> Vec<Mention> {
        let Some(names) = self.0.get(form.0 as usize).and_then(Option::as_ref) else { return Vec::new() };
        let mut mentions = Vec::new();
        for found in names.automaton.find_iter(text) {
            let indicator = names.indicators.get(found.pattern().as_usize());
            let number = text.get(found.end()..).and_then(number_after);
            if let (Some(indicator), Some((number, range))) = (indicator, number) {
                let start = offset + found.end() + range.start;
                let span = start..start + range.len();
                mentions.push(Mention { indicator: *indicator, number, span });
            }
        }
        mentions
    }
}

/// The number right after a name, if it is a plain one and no share, year or date.
fn number_after(rest: &str) -> Option<(Decimal, Range<usize>)> {
    let ending = ENDINGS.iter().find(|ending| rest.starts_with(**ending)).map_or(0, |ending| ending.len());
    let (number, range) = number_at(rest.get(ending..)?)?;
    Some((number, ending + range.start..ending + range.end))
}

fn number_at(rest: &str) -> Option<(Decimal, Range<usize>)> {
    let start =
        rest.char_indices().take(MAX_BETWEEN + 1).find(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at)?;
    if !rest.get(..start)?.chars().all(|c| BETWEEN.contains(&c)) {
        return None;
    }
    let digits = rest.get(start..)?;
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(digits.len());
    let text = digits.get(..end)?.trim_end_matches(['.', ',']);
    let next = digits.get(text.len()..)?.trim_start().chars().next();
    if matches!(
        next,
        Some('%' | '％' | '年' | '月' | '日' | '余' | '多' | '万' | '亿' | '/' | '-' | '—' | '.')
    ) {
        return None;
    }
    match figure::parse(text).ok()?.value {
        Value::Number(number) => Some((number, start..start + text.len())),
        _ => None,
    }
}

/// Prepares the search for the names that belong to one indicator of the form only.
fn names(form: &Form) -> Option<NameSearch> {
    let mut names = candidates(form);
    names.retain(|(name, _)| name.len() >= MIN_NAME);
    names.sort();
    let is_unique = |name: &str| names.iter().filter(|(other, _)| *other == name).count() == 1;
    let (names, indicators): (Vec<&str>, Vec<IndicatorIx>) =
        names.iter().copied().filter(|(name, _)| is_unique(name)).unzip();
    let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(names).ok()?;
    Some(NameSearch { automaton, indicators })
}

/// The names of list indicators and of the totals of table rows, as prose writes them.
fn candidates(form: &Form) -> Vec<(&str, IndicatorIx)> {
    let mut found = Vec::new();
    for section in &form.sections {
        match &section.body {
            SectionBody::Prose => {}
            SectionBody::List(indicators) => {
                for ix in indicators.iter().filter(|ix| form[**ix].relation != Relation::Head) {
                    found.extend(form[*ix].name.iter().map(|(_, name)| (stem(name), *ix)));
                }
            }
            SectionBody::Table(table) => {
                let Some(total) = table.columns.iter().position(|column| column.is_total) else { continue };
                for (row, first) in table.rows.iter().filter_map(|row| Some((row, row.first?))) {
                    let ix = IndicatorIx(first.0 + total as u16);
                    found.extend(row.label.iter().map(|(_, label)| (stem(plain_name(label)), ix)));
                }
            }
        }
    }
    found
}

/// A name without the words that prose may leave out.
fn stem(name: &str) -> &str {
    let name = name.strip_prefix("本年").unwrap_or(name);
    ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(form: &str, text: &str) -> Vec<(String, Decimal, String)> {
        let (catalog, _) = crate::load::catalog(&[]);
        let ix = catalog.find_form(form).unwrap();
        let mentions = MentionFinder::new(&catalog).find(ix, text, 0);
        let read = mentions.into_iter().map(|mention| {
            let code = &catalog[ix][mention.indicator].code;
            (code.to_string(), mention.number, text[mention.span].to_owned())
        });
        read.collect()
    }

    #[test]
    fn numbers_behind_a_name_are_mentions() {
        let text = "全年新收政府信息公开申请3,511件，上年结转政府信息公开申请数量为96件。";
        assert_eq!(
            found("gb-2021", text),
            [
                ("req_new__total".into(), 3511.into(), "3,511".into()),
                ("req_carried_in__total".into(), 96.into(), "96".into()),
            ]
        );
    }

    #[test]
    fn shares_years_and_estimates_are_none() {
        for text in [
            "新收政府信息公开申请30%",
            "新收政府信息公开申请2023年",
            "新收政府信息公开申请约30件",
            "新收政府信息公开申请30余件",
            "新收政府信息公开申请大幅增加，达30件",
        ] {
            assert_eq!(found("gb-2021", text), [], "{text}");
        }
    }
}
