//! A form's rules as readers get them: by what they say, each once with the columns or rows it holds for.

use serde::Serialize;

use crate::base::text::Localized;
use crate::form::{Comparison, Form, Indicator, Rule, RuleKind, SectionBody, Side, plain_name};
use crate::view::components::{Link, Text};
use crate::view::local_portal::LocalPortal;
use crate::view::pages::report::check_link;

/// The rules of one kind.
#[derive(Debug, Serialize)]
pub(super) struct RuleGroup<'a> {
    /// What they say, with the way to what is found against it.
    check: Link<'a>,
    rules: Vec<RuleView<'a>>,
}

/// A rule between figures.
#[derive(Debug, Serialize)]
struct RuleView<'a> {
    text: String,
    note: Option<Text<'a>>,
    /// How many columns or rows it holds for; `None` where its figures stand in no line together.
    each: Option<String>,
    /// Those columns or rows.
    places: Vec<Text<'a>>,
}

/// A line of a table in which all figures of a rule stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Column,
    Row,
}

/// A figure of a rule by its place across the line.
type Part<'a> = (&'a str, bool, bool);

/// Rules that say the same of several lines.
struct Same<'a> {
    line: Option<Line>,
    parts: [Vec<Part<'a>>; 2],
    rules: Vec<&'a Rule>,
}

/// The rules of a form, the kinds and the rules of each in the form's order.
pub(super) fn groups<'a>(portal: &LocalPortal<'a>, form: &'a Form) -> Vec<RuleGroup<'a>> {
    let mut kinds: Vec<(RuleKind, Vec<Same<'a>>)> = Vec::new();
    for rule in &form.rules {
        let at = kinds.iter().position(|(check, _)| *check == rule.check).unwrap_or(kinds.len());
        if at == kinds.len() {
            kinds.push((rule.check, Vec::new()));
        }
        if let Some((_, known)) = kinds.get_mut(at) {
            add(form, rule, known);
        }
    }
    let group = |(check, known): &(RuleKind, Vec<Same<'a>>)| {
        let Link { name, url } = check_link(portal, check.name());
        let name = Text::own(portal.locale.text_or(&format!("relation-{}", check.name()), name.text));
        let rules = known.iter().filter_map(|same| view(portal, form, same)).collect();
        RuleGroup { check: Link { name, url }, rules }
    };
    kinds.iter().map(group).collect()
}

/// Adds a rule to those that say the same, if there are any.
fn add<'a>(form: &'a Form, rule: &'a Rule, known: &mut Vec<Same<'a>>) {
    let line = line(form, rule);
    let parts = [&rule.left, &rule.right].map(|side| parts(form, side, line));
    let says_the_same = |same: &&mut Same<'a>| {
        line.is_some()
            && same.line == line
            && same.parts == parts
            && same.rules.first().is_some_and(|first| {
                first.comparison == rule.comparison
                    && first.left.constant == rule.left.constant
                    && first.right.constant == rule.right.constant
                    && first.note == rule.note
            })
    };
    match known.iter_mut().find(says_the_same) {
        Some(same) => same.rules.push(rule),
        None => known.push(Same { line, parts, rules: vec![rule] }),
    }
}

/// Row and column of a table's cell.
fn cell<'a>(form: &'a Form, indicator: &'a Indicator) -> Option<(&'a str, &'a str)> {
    indicator.code.split_once("__").filter(|(row, _)| form.row(row).is_some())
}

fn line(form: &Form, rule: &Rule) -> Option<Line> {
    let cells = rule.terms().map(|term| cell(form, &form[term.indicator]));
    let cells = cells.collect::<Option<Vec<_>>>()?;
    let (row, column) = *cells.first()?;
    if cells.iter().all(|cell| cell.1 == column) {
        Some(Line::Column)
    } else {
        cells.iter().all(|cell| cell.0 == row).then_some(Line::Row)
    }
}

fn parts<'a>(form: &'a Form, side: &Side, line: Option<Line>) -> Vec<Part<'a>> {
    let part = |term: &crate::form::Term| {
        let (row, column) = cell(form, &form[term.indicator])?;
        let across = if line == Some(Line::Row) { column } else { row };
        Some((across, term.negative, term.previous))
    };
    side.terms.iter().filter_map(part).collect()
}

fn view<'a>(portal: &LocalPortal<'a>, form: &'a Form, same: &Same<'a>) -> Option<RuleView<'a>> {
    let rule = *same.rules.first()?;
    let line = same.line.filter(|_| same.rules.len() > 1);
    let places: Vec<Text<'a>> = match line {
        Some(line) => same.rules.iter().filter_map(|rule| place(portal, form, rule, line)).collect(),
        None => Vec::new(),
    };
    let each = line.map(|line| {
        let id = if line == Line::Column { "rule-columns" } else { "rule-rows" };
        portal.say(id, &[("count", places.len().into())])
    });
    Some(RuleView {
        text: sentence(portal, form, rule, line),
        note: portal.some_text(&rule.note),
        each,
        places,
    })
}

/// The heading of the line that a rule's figures stand in.
fn place<'a>(portal: &LocalPortal<'a>, form: &'a Form, rule: &Rule, line: Line) -> Option<Text<'a>> {
    let indicator = &form[rule.terms().next()?.indicator];
    let (row, column) = cell(form, indicator)?;
    let label: &'a Localized = match line {
        Line::Row => &form.row(row)?.1.label,
        Line::Column => {
            let tables = form.sections.iter().filter_map(|section| match &section.body {
                SectionBody::Table(table) if table.rows.iter().any(|of| *of.code == *row) => Some(table),
                _ => None,
            });
            &tables.flat_map(|table| &table.columns).find(|of| *of.code == *column)?.label
        }
    };
    Some(portal.text(label))
}

/// The rule in signs. A whole stands before its parts, as they may be many.
fn sentence(portal: &LocalPortal<'_>, form: &Form, rule: &Rule, line: Option<Line>) -> String {
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

fn side(portal: &LocalPortal<'_>, form: &Form, side: &Side, line: Option<Line>) -> String {
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

/// What a figure is called beside others of its line: a cell by what it has not in common with them.
fn name(portal: &LocalPortal<'_>, indicator: &Indicator, line: Option<Line>) -> String {
    let lang = &portal.locale.lang;
    let (row, column) = (plain_name(indicator.label.get(lang)), indicator.column.get(lang));
    match line {
        Some(Line::Row) => column.to_owned(),
        None if !column.is_empty() => format!("{row} · {column}"),
        Some(Line::Column) | None => row.to_owned(),
    }
}
