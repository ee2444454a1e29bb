//! The rules of a form for readers: grouped by check, and each shown once with the columns or rows it
//! applies to.

use serde::Serialize;

use crate::base::text::Localized;
use crate::form::{Comparison, Form, Indicator, Rule, RuleKind, SectionBody, Side, plain_name};
use crate::view::components::{Link, Text};
use crate::view::local_portal::LocalPortal;
use crate::view::pages::report::check_link;

/// The rules of one kind.
#[derive(Debug, Serialize)]
pub(super) struct RuleGroup<'a> {
    /// The check, with a link to its findings.
    check: Link<'a>,
    rules: Vec<RuleView<'a>>,
}

/// A rule between figures.
#[derive(Debug, Serialize)]
struct RuleView<'a> {
    text: String,
    note: Option<Text<'a>>,
    /// The number of columns or rows it applies to; `None` if its figures do not share a line.
    each: Option<String>,
    places: Vec<Text<'a>>,
}

/// The direction of a table line that holds all figures of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TableLine {
    Column,
    Row,
}

/// A figure of a rule, by its place along the line.
#[derive(PartialEq, Eq)]
struct RulePart<'a> {
    /// The code of the row if the line is a column, and of the column if it is a row.
    across: &'a str,
    is_negative: bool,
    /// Whether it comes from the report of the period before.
    is_previous: bool,
}

/// Rules that say the same about different lines.
struct SameRules<'a> {
    line: Option<TableLine>,
    parts: [Vec<RulePart<'a>>; 2],
    first: &'a Rule,
    others: Vec<&'a Rule>,
}

/// Groups the rules of a form by check, in the order of the form.
pub(super) fn groups<'a>(portal: &LocalPortal<'a>, form: &'a Form) -> Vec<RuleGroup<'a>> {
    let mut kinds: Vec<(RuleKind, Vec<SameRules<'a>>)> = Vec::new();
    for rule in &form.rules {
        let at = kinds.iter().position(|(check, _)| *check == rule.check).unwrap_or_else(|| {
            kinds.push((rule.check, Vec::new()));
            kinds.len() - 1
        });
        add(form, rule, &mut kinds[at].1);
    }
    let group = |(check, known): &(RuleKind, Vec<SameRules<'a>>)| {
        let Link { name, url } = check_link(portal, check.name());
        let name = Text::own(portal.locale.text_or(&format!("relation-{}", check.name()), name.text));
        let rules = known.iter().map(|same| view(portal, form, same)).collect();
        RuleGroup { check: Link { name, url }, rules }
    };
    kinds.iter().map(group).collect()
}

/// Adds a rule to those that say the same, or as a new one.
fn add<'a>(form: &'a Form, rule: &'a Rule, known: &mut Vec<SameRules<'a>>) {
    let line = line(form, rule);
    let parts = [&rule.left, &rule.right].map(|side| parts(form, side, line));
    let says_the_same = |same: &&mut SameRules<'a>| {
        line.is_some()
            && same.line == line
            && same.parts == parts
            && same.first.comparison == rule.comparison
            && same.first.left.constant == rule.left.constant
            && same.first.right.constant == rule.right.constant
            && same.first.note == rule.note
    };
    match known.iter_mut().find(says_the_same) {
        Some(same) => same.others.push(rule),
        None => known.push(SameRules { line, parts, first: rule, others: Vec::new() }),
    }
}

/// Returns the codes of the row and the column of a table cell.
fn cell<'a>(form: &'a Form, indicator: &'a Indicator) -> Option<(&'a str, &'a str)> {
    indicator.code.split_once("__").filter(|(row, _)| form.row(row).is_some())
}

fn line(form: &Form, rule: &Rule) -> Option<TableLine> {
    let cells = rule.terms().map(|term| cell(form, &form[term.indicator]));
    let cells = cells.collect::<Option<Vec<_>>>()?;
    let (row, column) = *cells.first()?;
    if cells.iter().all(|cell| cell.1 == column) {
        Some(TableLine::Column)
    } else {
        cells.iter().all(|cell| cell.0 == row).then_some(TableLine::Row)
    }
}

fn parts<'a>(form: &'a Form, side: &Side, line: Option<TableLine>) -> Vec<RulePart<'a>> {
    let part = |term: &crate::form::Term| {
        let (row, column) = cell(form, &form[term.indicator])?;
        let across = if line == Some(TableLine::Row) { column } else { row };
        Some(RulePart { across, is_negative: term.negative, is_previous: term.previous })
    };
    side.terms.iter().filter_map(part).collect()
}

fn view<'a>(portal: &LocalPortal<'a>, form: &'a Form, same: &SameRules<'a>) -> RuleView<'a> {
    let line = same.line.filter(|_| !same.others.is_empty());
    let rules = std::iter::once(&same.first).chain(&same.others);
    let places: Vec<Text<'a>> = line
        .map(|line| rules.filter_map(|rule| place(portal, form, rule, line)).collect())
        .unwrap_or_default();
    let each = line.map(|line| {
        let id = if line == TableLine::Column { "rule-columns" } else { "rule-rows" };
        portal.say(id, &[("count", places.len().into())])
    });
    RuleView {
        text: sentence(portal, form, same.first, line),
        note: portal.some_text(&same.first.note),
        each,
        places,
    }
}

/// Returns the label of the line that holds the figures of a rule.
fn place<'a>(portal: &LocalPortal<'a>, form: &'a Form, rule: &Rule, line: TableLine) -> Option<Text<'a>> {
    let indicator = &form[rule.terms().next()?.indicator];
    let (row, column) = cell(form, indicator)?;
    let label: &'a Localized = match line {
        TableLine::Row => &form.row(row)?.1.label,
        TableLine::Column => {
            let tables = form.sections.iter().filter_map(|section| match &section.body {
                SectionBody::Table(table) if table.rows.iter().any(|of| *of.code == *row) => Some(table),
                _ => None,
            });
            &tables.flat_map(|table| &table.columns).find(|of| *of.code == *column)?.label
        }
    };
    Some(portal.text(label))
}

/// Writes a rule as a formula. A total comes before its parts, as these may be many.
fn sentence(portal: &LocalPortal<'_>, form: &Form, rule: &Rule, line: Option<TableLine>) -> String {
    let (mut left, mut right) = (&rule.left, &rule.right);
    let sign = match rule.comparison {
        Comparison::Equal => "=",
        Comparison::AtMost => "≤",
        Comparison::AtLeast => "≥",
    };
    if rule.comparison == Comparison::Equal && right.terms.len() == 1 && left.terms.len() > 1 {
        (left, right) = (right, left);
    }
    format!("{} {sign} {}", side(portal, form, left, line), side(portal, form, right, line))
}

fn side(portal: &LocalPortal<'_>, form: &Form, side: &Side, line: Option<TableLine>) -> String {
    let mut text = String::new();
    for term in &side.terms {
        let sign = match (text.is_empty(), term.negative) {
            (true, false) => "",
            (true, true) => "\u{2212}",
            (false, false) => " + ",
            (false, true) => " \u{2212} ",
        };
        text.push_str(sign);
        let indicator = &form[term.indicator];
        let name = name(portal, indicator, line);
        let id = if term.previous { "rule-previous" } else { "rule-term" };
        text.push_str(&portal.say(id, &[("label", name.into())]));
    }
    if side.terms.is_empty() || side.constant != 0 {
        if !text.is_empty() {
            text.push_str(" + ");
        }
        text.push_str(&side.constant.to_string());
    }
    text
}

/// Names a figure in a formula: within a line, the part of the label that its cells do not share.
fn name(portal: &LocalPortal<'_>, indicator: &Indicator, line: Option<TableLine>) -> String {
    let lang = &portal.locale.lang;
    let (row, column) = (plain_name(indicator.label.get(lang)), indicator.column.get(lang));
    match line {
        Some(TableLine::Row) => column.to_owned(),
        None if !column.is_empty() => format!("{row} · {column}"),
        Some(TableLine::Column) | None => row.to_owned(),
    }
}
