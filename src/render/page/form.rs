//! The pages of forms: the questionnaire itself, its rules, the years it was in use.

use serde::Serialize;

use crate::form::{Body, Comparison, Form, FormIx, Indicator, IndicatorIx, Relation, Rule, Side};
use crate::render::Output;
use crate::render::edition::Edition;
use crate::render::search::Lines;
use crate::render::sections::{self, GroupView};
use crate::render::view::{Crumb, Link, NamedLink, Text, ending_here};
use crate::search::{Document, Kind};

use super::report::check_link;
use super::{Desk, Head};

/// What the list of forms shows. Templates call it `forms`.
#[derive(Debug, Serialize)]
struct FormsView<'a> {
    forms: Vec<FormItem<'a>>,
}

/// A form in the list.
#[derive(Debug, Serialize)]
struct FormItem<'a> {
    id: &'a str,
    form: Link<'a>,
    issuer: Text<'a>,
    years: String,
    figures: usize,
    reports: usize,
}

/// What a form's page shows. Templates call it `form`.
#[derive(Debug, Serialize)]
struct FormView<'a> {
    id: &'a str,
    title: Text<'a>,
    issuer: Text<'a>,
    number: Option<Text<'a>>,
    note: Option<Text<'a>>,
    years: String,
    deadline: Option<String>,
    deadline_source: Option<Text<'a>>,
    figures: usize,
    reports: usize,
    /// Years in which some report of the site stands on it.
    used: Vec<NamedLink>,
    sections: Vec<SectionView<'a>>,
    rules: Vec<RuleView<'a>>,
}

/// A section of the questionnaire.
#[derive(Debug, Serialize)]
struct SectionView<'a> {
    id: &'a str,
    title: Option<Text<'a>>,
    note: Option<Text<'a>>,
    is_prose: bool,
    rows: Vec<IndicatorRow<'a>>,
    groups: Vec<GroupView<'a>>,
    columns: Vec<Text<'a>>,
    table: Vec<TableRow<'a>>,
}

/// An indicator.
#[derive(Debug, Serialize)]
struct IndicatorRow<'a> {
    code: &'a str,
    label: Text<'a>,
    depth: u8,
    unit: Option<&'a str>,
    relation: &'a str,
    note: Option<Text<'a>>,
    /// The series it is part of.
    series: Vec<Link<'a>>,
    is_heading: bool,
}

/// A row of a table.
#[derive(Debug, Serialize)]
struct TableRow<'a> {
    label: Text<'a>,
    depth: u8,
    codes: Vec<CodeCell<'a>>,
}

/// A cell of a table.
#[derive(Debug, Serialize)]
struct CodeCell<'a> {
    code: &'a str,
    unit: Option<&'a str>,
}

/// A rule between figures.
#[derive(Debug, Serialize)]
struct RuleView<'a> {
    id: &'a str,
    check: Link<'a>,
    text: String,
    note: Option<Text<'a>>,
}

pub(super) fn render_all(desk: &Desk<'_>, output: &mut Output) {
    let edition = &desk.edition;
    let in_use = edition.derived.forms().iter();
    let forms = in_use.filter_map(|ix| Some(item(edition, *ix, edition.site.catalog.form(*ix)?))).collect();
    let way = ending_here(edition.way_to("nav-forms", "forms/"));
    let head =
        Head::new(edition.word("nav-forms"), way, "indicators").described(edition.word("forms-description"));
    desk.publish("forms.html", head, "forms", &FormsView { forms }, output);
}

fn item<'a>(edition: &Edition<'a>, ix: FormIx, form: &'a Form) -> FormItem<'a> {
    FormItem {
        id: &form.id,
        form: Link { name: edition.text(&form.title), url: edition.links().form(form) },
        issuer: edition.text(&form.issuer),
        years: years(edition, form),
        figures: form.figures().count(),
        reports: reports(edition, ix),
    }
}

pub(super) fn render(desk: &Desk<'_>, ix: FormIx, output: &mut Output) {
    let edition = &desk.edition;
    let Some(form) = edition.site.catalog.form(ix) else { return };
    let deadline = form.deadline.as_ref();
    let view = FormView {
        id: &form.id,
        title: edition.text(&form.title),
        issuer: edition.text(&form.issuer),
        number: form.number.as_deref().map(|number| edition.quote(number, language_of(form))),
        note: edition.some_text(&form.note),
        years: years(edition, form),
        deadline: deadline.map(|deadline| {
            let month = format!("month-{}", deadline.month);
            let args =
                [("month", edition.locale.text(&month).into()), ("day", deadline.day.to_string().into())];
            edition.say("form-deadline", &args)
        }),
        deadline_source: deadline.and_then(|deadline| edition.some_text(&deadline.source)),
        figures: form.figures().count(),
        reports: reports(edition, ix),
        used: used(edition, ix),
        sections: form.sections.iter().map(|section| section_view(edition, form, section)).collect(),
        rules: form.rules.iter().map(|rule| rule_view(edition, form, rule)).collect(),
    };
    let mut way = edition.way_to("nav-forms", "forms/");
    way.push(Crumb::here(form.id.to_string()));
    let title = format!("{} ({})", view.title.text, form.id);
    let head = Head::new(title, way, "indicators").described(edition.text(&form.note).text);
    output.document = Some(document(desk, &view));
    desk.publish("form.html", head, "form", &view, output);
}

/// What search knows of a form's page.
fn document(desk: &Desk<'_>, view: &FormView<'_>) -> Document {
    let mut lines = Lines::default();
    for text in [Some(view.id), view.number.map(|number| number.text), view.note.map(|note| note.text)]
        .into_iter()
        .flatten()
    {
        lines.add(text);
    }
    for section in &view.sections {
        lines.add(section.title.map_or("", |title| title.text));
        section.rows.iter().for_each(|row| lines.add(row.label.text));
        section.table.iter().for_each(|row| lines.add(row.label.text));
    }
    Document {
        kind: Kind::Form,
        url: desk.path(),
        title: view.title.text.to_owned(),
        note: view.issuer.text.to_owned(),
        text: lines.finish(),
        ..Document::default()
    }
}

/// The language in which a form is prescribed: the first that its title is given in.
fn language_of(form: &Form) -> Option<&str> {
    form.title.iter().next().map(|(lang, _)| lang).filter(|lang| !lang.is_empty())
}

fn reports(edition: &Edition<'_>, ix: FormIx) -> usize {
    edition.site.reports.iter().filter(|report| report.form == ix).count()
}

fn used(edition: &Edition<'_>, ix: FormIx) -> Vec<NamedLink> {
    let stands_on_it = |year: &&i16| {
        edition.site.reports.iter().any(|report| report.form == ix && report.period.year == **year)
    };
    let years = edition.derived.years().iter().filter(stands_on_it);
    years.map(|year| NamedLink { name: year.to_string(), url: edition.links().year(*year) }).collect()
}

/// The years a form was in use, as far as they are known.
fn years(edition: &Edition<'_>, form: &Form) -> String {
    match form.years {
        (Some(first), Some(last)) if first == last => edition.year(first),
        (Some(first), Some(last)) => edition
            .say("years-from-to", &[("first", first.to_string().into()), ("last", last.to_string().into())]),
        (Some(first), None) => edition.say("years-from", &[("first", first.to_string().into())]),
        (None, Some(last)) => edition.say("years-to", &[("last", last.to_string().into())]),
        (None, None) => edition.word("years-unknown").to_owned(),
    }
}

fn section_view<'a>(
    edition: &Edition<'a>,
    form: &'a Form,
    section: &'a crate::form::Section,
) -> SectionView<'a> {
    let mut view = SectionView {
        id: &section.id,
        title: edition.some_text(&section.title),
        note: edition.some_text(&section.note),
        is_prose: matches!(section.body, Body::Prose),
        rows: Vec::new(),
        groups: Vec::new(),
        columns: Vec::new(),
        table: Vec::new(),
    };
    match &section.body {
        Body::Prose => {}
        Body::List(indicators) => {
            let rows = indicators.iter().filter_map(|ix| form.indicator(*ix));
            view.rows = rows.map(|indicator| indicator_row(edition, form, indicator)).collect();
        }
        Body::Table(table) => {
            view.groups = sections::groups(edition, table);
            view.columns = table.columns.iter().map(|column| edition.text(&column.label)).collect();
            view.table = table
                .rows
                .iter()
                .map(|row| TableRow {
                    label: edition.text(&row.label),
                    depth: row.depth,
                    codes: codes(edition, form, row.first, table.columns.len()),
                })
                .collect();
        }
    }
    view
}

fn codes<'a>(
    edition: &Edition<'a>,
    form: &'a Form,
    first: Option<IndicatorIx>,
    columns: usize,
) -> Vec<CodeCell<'a>> {
    let Some(first) = first else { return Vec::new() };
    let cells = (0..columns).filter_map(|at| form.indicator(IndicatorIx(first.0 + at as u16)));
    cells
        .map(|indicator| CodeCell {
            code: &indicator.code,
            unit: indicator.unit.as_deref().map(|unit| edition.unit(unit)),
        })
        .collect()
}

fn indicator_row<'a>(edition: &Edition<'a>, form: &'a Form, indicator: &'a Indicator) -> IndicatorRow<'a> {
    let is_part = |series: &&'a crate::form::Series| {
        series.codes(&form.id).is_some_and(|codes| codes.contains(&indicator.code))
    };
    IndicatorRow {
        code: &indicator.code,
        label: edition.text(&indicator.label),
        depth: indicator.depth,
        unit: indicator.unit.as_deref().map(|unit| edition.unit(unit)),
        relation: edition.word(match indicator.relation {
            Relation::Sum => "relation-sum",
            Relation::Part => "relation-part",
            Relation::OfWhich => "relation-of-which",
            Relation::Multi => "relation-multi",
            Relation::Indep => "relation-indep",
            Relation::Head => "relation-head",
        }),
        note: edition.some_text(&indicator.note),
        series: edition
            .derived
            .series(edition.site)
            .map(|(_, series)| series)
            .filter(is_part)
            .map(|series| edition.series_link(series))
            .collect(),
        is_heading: indicator.relation == Relation::Head,
    }
}

fn rule_view<'a>(edition: &Edition<'a>, form: &'a Form, rule: &'a Rule) -> RuleView<'a> {
    let sign = match rule.comparison {
        Comparison::Equal => "=",
        Comparison::AtMost => "≤",
        Comparison::AtLeast => "≥",
    };
    RuleView {
        id: &rule.id,
        check: check_link(edition, rule.check.name()),
        text: format!("{} {sign} {}", side(edition, form, &rule.left), side(edition, form, &rule.right)),
        note: edition.some_text(&rule.note),
    }
}

fn side(edition: &Edition<'_>, form: &Form, side: &Side) -> String {
    let mut text = String::new();
    for term in &side.terms {
        let sign = match (text.is_empty(), term.negative) {
            (true, false) => "",
            (true, true) => "\u{2212}",
            (false, false) => " + ",
            (false, true) => " \u{2212} ",
        };
        text.push_str(sign);
        let Some(indicator) = form.indicator(term.indicator) else { continue };
        let label = indicator.label.get(&edition.locale.lang);
        let column = indicator.column.get(&edition.locale.lang);
        let name = if column.is_empty() { label.to_owned() } else { format!("{label} · {column}") };
        if term.previous {
            text.push_str(&edition.say("rule-previous", &[("label", name.into())]));
        } else {
            text.push_str(&edition.say("rule-term", &[("label", name.into())]));
        }
    }
    if side.terms.is_empty() || side.constant != 0 {
        if !text.is_empty() {
            text.push_str(" + ");
        }
        text.push_str(&side.constant.to_string());
    }
    text
}
