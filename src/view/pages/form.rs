//! The pages of forms: the questionnaire itself, its rules, the years it was in use.

mod rules;

use serde::Serialize;

use crate::form::{Form, FormIx, Indicator, IndicatorIx, Relation, SectionBody, Table};
use crate::search::{Document, DocumentKind};
use crate::view::components::{Crumb, Link, NamedLink, Text, ending_here};
use crate::view::local_portal::LocalPortal;
use crate::view::output::Output;
use crate::view::search_text::Lines;
use crate::view::sections::{self, GroupView};

use self::rules::RuleGroup;
use crate::view::page::{PageContext, View};
use crate::view::shell::Head;

/// What the list of forms shows. Templates call it `forms`.
#[derive(Debug, Serialize)]
pub(crate) struct FormsView<'a> {
    forms: Vec<FormItem<'a>>,
}

impl View for FormsView<'_> {
    const TEMPLATE: &'static str = "forms.html";
    const NAME: &'static str = "forms";
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
pub(crate) struct FormView<'a> {
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
    /// The code of a table's cell; `None` where the form has no table.
    code_example: Option<&'a str>,
    sections: Vec<SectionView<'a>>,
    /// Its rules by what they say.
    rules: Vec<RuleGroup<'a>>,
}

impl View for FormView<'_> {
    const TEMPLATE: &'static str = "form.html";
    const NAME: &'static str = "form";
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
    columns: Vec<ColumnView<'a>>,
    /// The unit of all cells, where they share one.
    unit: Option<&'a str>,
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

/// A column of a table.
#[derive(Debug, Serialize)]
struct ColumnView<'a> {
    code: &'a str,
    label: Text<'a>,
    /// The unit of its cells, where they share one that not all of the table have.
    unit: Option<&'a str>,
}

/// A row of a table.
#[derive(Debug, Serialize)]
struct TableRow<'a> {
    code: &'a str,
    label: Text<'a>,
    depth: u8,
    /// Its cells; empty for a heading.
    cells: Vec<CodeCell<'a>>,
}

/// A cell of a table.
#[derive(Debug, Serialize)]
struct CodeCell<'a> {
    code: &'a str,
    /// Its unit, where neither its column nor the table has one.
    unit: Option<&'a str>,
}

pub(crate) fn index_page<'r>(context: &PageContext<'r>) -> (Head<'r>, FormsView<'r>) {
    let portal = &context.portal;
    let in_use = portal.derived.forms().iter();
    let forms = in_use.map(|ix| item(portal, *ix, &portal.site.catalog[*ix])).collect();
    let way = ending_here(portal.way_to("nav-forms", "forms/"));
    let head =
        Head::new(portal.word("nav-forms"), way, "indicators").described(portal.word("forms-description"));
    (head, FormsView { forms })
}

fn item<'a>(portal: &LocalPortal<'a>, ix: FormIx, form: &'a Form) -> FormItem<'a> {
    FormItem {
        id: &form.id,
        form: Link { name: portal.text(&form.title), url: portal.links().form(form) },
        issuer: portal.text(&form.issuer),
        years: years(portal, form),
        figures: form.figures().count(),
        reports: reports(portal, ix),
    }
}

pub(crate) fn page<'r>(
    context: &PageContext<'r>,
    ix: FormIx,
    output: &mut Output,
) -> (Head<'r>, FormView<'r>) {
    let portal = &context.portal;
    let form = &portal.site.catalog[ix];
    let deadline = form.deadline.as_ref();
    let view = FormView {
        id: &form.id,
        title: portal.text(&form.title),
        issuer: portal.text(&form.issuer),
        number: form.number.as_deref().map(|number| portal.quote(number, language_of(form))),
        note: portal.some_text(&form.note),
        years: years(portal, form),
        deadline: deadline.map(|deadline| {
            let month = format!("month-{}", deadline.month);
            let args =
                [("month", portal.locale.text(&month).into()), ("day", deadline.day.to_string().into())];
            portal.say("form-deadline", &args)
        }),
        deadline_source: deadline.and_then(|deadline| portal.some_text(&deadline.source)),
        figures: form.figures().count(),
        reports: reports(portal, ix),
        used: used(portal, ix),
        sections: form.sections.iter().map(|section| section_view(portal, form, section)).collect(),
        rules: rules::groups(portal, form),
        code_example: code_example(form),
    };
    let mut way = portal.way_to("nav-forms", "forms/");
    way.push(Crumb::here(form.id.to_string()));
    let title = format!("{} ({})", view.title.text, form.id);
    let head = Head::new(title, way, "indicators").described(portal.text(&form.note).text);
    output.document = Some(document(context, &view));
    (head, view)
}

/// What search knows of a form's page.
fn document(context: &PageContext<'_>, view: &FormView<'_>) -> Document {
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
        kind: DocumentKind::Form,
        url: context.path(),
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

fn reports(portal: &LocalPortal<'_>, ix: FormIx) -> usize {
    portal.site.reports.iter().filter(|report| report.form == ix).count()
}

fn used(portal: &LocalPortal<'_>, ix: FormIx) -> Vec<NamedLink> {
    let stands_on_it = |year: &&i16| {
        portal.site.reports.iter().any(|report| report.form == ix && report.period.year == **year)
    };
    let years = portal.derived.years().iter().filter(stands_on_it);
    years.map(|year| NamedLink { name: year.to_string(), url: portal.links().year(*year) }).collect()
}

/// The years a form was in use, as far as they are known.
fn years(portal: &LocalPortal<'_>, form: &Form) -> String {
    match form.years {
        (Some(first), Some(last)) if first == last => portal.year(first),
        (Some(first), Some(last)) => portal
            .say("years-from-to", &[("first", first.to_string().into()), ("last", last.to_string().into())]),
        (Some(first), None) => portal.say("years-from", &[("first", first.to_string().into())]),
        (None, Some(last)) => portal.say("years-to", &[("last", last.to_string().into())]),
        (None, None) => portal.word("years-unknown").to_owned(),
    }
}

fn section_view<'a>(
    portal: &LocalPortal<'a>,
    form: &'a Form,
    section: &'a crate::form::Section,
) -> SectionView<'a> {
    let mut view = SectionView {
        id: &section.id,
        title: portal.some_text(&section.title),
        note: portal.some_text(&section.note),
        is_prose: matches!(section.body, SectionBody::Prose),
        rows: Vec::new(),
        groups: Vec::new(),
        columns: Vec::new(),
        unit: None,
        table: Vec::new(),
    };
    match &section.body {
        SectionBody::Prose => {}
        SectionBody::List(indicators) => {
            let rows = indicators.iter().map(|ix| &form[*ix]);
            view.rows = rows.map(|indicator| indicator_row(portal, form, indicator)).collect();
        }
        SectionBody::Table(table) => {
            view.groups = sections::groups(portal, table);
            table_view(portal, form, table, &mut view);
        }
    }
    view
}

fn table_view<'a>(portal: &LocalPortal<'a>, form: &'a Form, table: &'a Table, view: &mut SectionView<'a>) {
    let rows = table.rows.iter();
    view.table = rows
        .map(|row| TableRow {
            code: &row.code,
            label: portal.text(&row.label),
            depth: row.depth,
            cells: cells(portal, form, row.first, table.columns.len()),
        })
        .collect();
    let units = |at: usize| view.table.iter().filter_map(move |row| row.cells.get(at)).map(|cell| cell.unit);
    view.unit = shared((0..table.columns.len()).flat_map(units));
    let columns = table.columns.iter().enumerate();
    view.columns = columns
        .map(|(at, column)| ColumnView {
            code: &column.code,
            label: portal.text(&column.label),
            unit: shared(units(at)).filter(|_| view.unit.is_none()),
        })
        .collect();
    for row in &mut view.table {
        for (cell, column) in row.cells.iter_mut().zip(&view.columns) {
            cell.unit = cell.unit.filter(|_| view.unit.is_none() && column.unit.is_none());
        }
    }
}

/// The unit that all have.
fn shared<'a>(mut units: impl Iterator<Item = Option<&'a str>>) -> Option<&'a str> {
    let first = units.next().flatten();
    first.filter(|_| units.all(|unit| unit == first))
}

fn cells<'a>(
    portal: &LocalPortal<'a>,
    form: &'a Form,
    first: Option<IndicatorIx>,
    columns: usize,
) -> Vec<CodeCell<'a>> {
    let Some(first) = first else { return Vec::new() };
    let cells = (0..columns).map(|at| &form[IndicatorIx(first.0 + at as u16)]);
    cells
        .map(|indicator| CodeCell {
            code: &indicator.code,
            unit: indicator.unit.as_deref().map(|unit| portal.unit(unit)),
        })
        .collect()
}

/// The first cell of the form's largest table: what a cell's code looks like.
fn code_example(form: &Form) -> Option<&str> {
    let tables = form.sections.iter().filter_map(|section| match &section.body {
        SectionBody::Table(table) => Some(table),
        _ => None,
    });
    let table = tables.max_by_key(|table| table.rows.len() * table.columns.len())?;
    let first = table.rows.iter().find_map(|row| row.first)?;
    Some(&form[first].code)
}

fn indicator_row<'a>(portal: &LocalPortal<'a>, form: &'a Form, indicator: &'a Indicator) -> IndicatorRow<'a> {
    let is_part = |series: &&'a crate::form::Series| {
        series.codes(&form.id).is_some_and(|codes| codes.contains(&indicator.code))
    };
    IndicatorRow {
        code: &indicator.code,
        label: portal.text(&indicator.label),
        depth: indicator.depth,
        unit: indicator.unit.as_deref().map(|unit| portal.unit(unit)),
        relation: portal.word(match indicator.relation {
            Relation::Sum => "relation-sum",
            Relation::Part => "relation-part",
            Relation::OfWhich => "relation-of-which",
            Relation::Multi => "relation-multi",
            Relation::Indep => "relation-indep",
            Relation::Head => "relation-head",
        }),
        note: portal.some_text(&indicator.note),
        series: portal
            .derived
            .series(portal.site)
            .map(|(_, series)| series)
            .filter(is_part)
            .map(|series| portal.series_link(series))
            .collect(),
        is_heading: indicator.relation == Relation::Head,
    }
}
