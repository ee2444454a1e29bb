//! Figures that a report's text gives beside the name of an indicator: `新收政府信息公开申请3511件`.

use aho_corasick::{AhoCorasick, MatchKind};

use crate::figure::{self, Value};
use crate::form::{Body, Catalog, Form, FormIx, IndicatorIx, Relation};
use crate::model::Mention;

/// What may stand between a name and its number.
const BETWEEN: &[char] = &['为', '共', '计', '是', '达', '有', ':', '：', ' ', '（', '(', '“'];
/// The endings of names that prose leaves out, or not.
const ENDINGS: [&str; 4] = ["数量", "件数", "次数", "数"];
/// How many such characters may stand there.
const WIDEST: usize = 3;
/// The shortest name looked for, in bytes: four Han characters, twelve letters.
const SHORTEST: usize = 12;

/// For each form the names to look for.
pub(super) struct Finder(Vec<Option<Names>>);

struct Names {
    automaton: AhoCorasick,
    indicators: Vec<IndicatorIx>,
}

impl Finder {
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

/// The number right behind a name, if it is a plain one and no share, year or date.
fn number_after(rest: &str) -> Option<(rust_decimal::Decimal, std::ops::Range<usize>)> {
    let ending = ENDINGS.iter().find(|ending| rest.starts_with(**ending)).map_or(0, |ending| ending.len());
    let (number, range) = number_at(rest.get(ending..)?)?;
    Some((number, ending + range.start..ending + range.end))
}

fn number_at(rest: &str) -> Option<(rust_decimal::Decimal, std::ops::Range<usize>)> {
    let start = rest.char_indices().take(WIDEST + 1).find(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at)?;
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

/// The names of a form's indicators that tell one from all others.
fn names(form: &Form) -> Option<Names> {
    let mut stems: Vec<(String, IndicatorIx)> = Vec::new();
    for (ix, text) in candidates(form) {
        let stem = stem(&text);
        if stem.len() >= SHORTEST {
            stems.push((stem.to_owned(), ix));
        }
    }
    stems.sort();
    let is_alone = |stem: &str| stems.iter().filter(|(other, _)| other == stem).count() == 1;
    let alone: Vec<&(String, IndicatorIx)> = stems.iter().filter(|(stem, _)| is_alone(stem)).collect();
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(alone.iter().map(|(stem, _)| stem))
        .ok()?;
    Some(Names { automaton, indicators: alone.iter().map(|(_, ix)| *ix).collect() })
}

/// Indicators of lists, and the totals of table rows.
fn candidates(form: &Form) -> Vec<(IndicatorIx, String)> {
    let mut found = Vec::new();
    for section in &form.sections {
        match &section.body {
            Body::Prose => {}
            Body::List(indicators) => {
                let asked = indicators.iter().filter_map(|ix| Some((*ix, form.indicator(*ix)?)));
                for (ix, indicator) in asked.filter(|(_, indicator)| indicator.relation != Relation::Head) {
                    found.extend(indicator.name.iter().map(|(_, name)| (ix, name.to_owned())));
                }
            }
            Body::Table(table) => {
                let Some(total) = table.columns.iter().position(|column| column.is_total) else { continue };
                for (row, first) in table.rows.iter().filter_map(|row| Some((row, row.first?))) {
                    let ix = IndicatorIx(first.0 + total as u16);
                    found.extend(
                        row.label.iter().map(|(_, label)| (ix, crate::form::plain_name(label).to_owned())),
                    );
                }
            }
        }
    }
    found
}

/// A name without the words that prose leaves out.
fn stem(name: &str) -> &str {
    let name = name.strip_prefix("本年").unwrap_or(name);
    ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    fn found(form: &str, text: &str) -> Vec<(String, Decimal, String)> {
        let (catalog, _) = crate::load::catalog(&[]);
        let ix = catalog.find_form(form).unwrap();
        let mentions = Finder::new(&catalog).find(ix, text, 0);
        let code = |ix| catalog.form(ix).unwrap();
        mentions
            .into_iter()
            .map(|mention| {
                let indicator = code(ix).indicator(mention.indicator).unwrap();
                (indicator.code.to_string(), mention.number, text[mention.span].to_owned())
            })
            .collect()
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
