//! The pages of forms: the questionnaire, its rules, and the years it was in use.

mod rules;

use serde::Serialize;

use crate::form::{Form, FormIx, Indicator, IndicatorIx, Relation, SectionBody, Table};
use crate::search::{Document, DocumentKind};
use crate::view::components::{Link, NamedLink, Text};
use crate::view::local_portal::LocalPortal;
use crate::view::output::Output;
use crate::view::page::{PageContext, View};
use crate::view::search_text::SearchText;
use crate::view::sections::{self, ColumnGroup};
use crate::view::shell::Head;

use self::rules::RuleGroup;

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
    /// The years for which the site has a report on it.
    used: Vec<NamedLink>,
    /// The code of a table cell; `None` if the form has no table.
    code_example: Option<&'a str>,
    sections: Vec<FormSection<'a>>,
    rules: Vec<RuleGroup<'a>>,
}

impl View for FormView<'_> {
    const TEMPLATE: &'static str = "form.html";
    const NAME: &'static str = "form";
}

#[derive(Debug, Serialize)]
struct FormSection<'a> {
    id: &'a str,
    title: Option<Text<'a>>,
    note: Option<Text<'a>>,
    is_prose: bool,
    rows: Vec<IndicatorRow<'a>>,
    groups: Vec<ColumnGroup<'a>>,
    columns: Vec<FormColumn<'a>>,
    /// The unit, if all cells share it.
    unit: Option<&'a str>,
    table: Vec<FormRow<'a>>,
}

#[derive(Debug, Serialize)]
struct IndicatorRow<'a> {
    code: &'a str,
    label: Text<'a>,
    depth: u8,
    unit: Option<&'a str>,
    relation: &'a str,
    note: Option<Text<'a>>,
    /// The series that include it.
    series: Vec<Link<'a>>,
    is_heading: bool,
}

#[derive(Debug, Serialize)]
struct FormColumn<'a> {
    code: &'a str,
    label: Text<'a>,
    /// The unit, if its cells share one that the table as a whole does not.
    unit: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct FormRow<'a> {
    code: &'a str,
    label: Text<'a>,
    depth: u8,
    /// Empty for a heading.
    cells: Vec<CodeCell<'a>>,
}

/// A cell of a table.
#[derive(Debug, Serialize)]
struct CodeCell<'a> {
    code: &'a str,
    /// The unit, if neither the column nor the table has one.
    unit: Option<&'a str>,
}

pub(crate) fn index_page<'r>(context: &PageContext<'r>) -> (Head<'r>, FormsView<'r>) {
    let portal = &context.portal;
    let in_use = portal.derived.forms().iter();
    let forms = in_use.map(|ix| item(portal, *ix, &portal.site.catalog[*ix])).collect();
    let head = Head::of_list(portal, "nav-forms", "forms/", "indicators")
        .described(portal.word("forms-description"));
    (head, FormsView { forms })
}

fn item<'a>(portal: &LocalPortal<'a>, ix: FormIx, form: &'a Form) -> FormItem<'a> {
    FormItem {
        id: &form.id,
        form: portal.form_link(form),
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
    let title = format!("{} ({})", view.title.text, form.id);
    let head =
        Head::below(portal.list_crumbs("nav-forms", "forms/"), form.id.to_string(), title, "indicators")
            .described(portal.text(&form.note).text);
    output.document = Some(document(context, &view));
    (head, view)
}

/// Makes the search document of the page.
fn document(context: &PageContext<'_>, view: &FormView<'_>) -> Document {
    let mut text = SearchText::default();
    text.add(view.id);
    text.add(view.number.map_or("", |number| number.text));
    text.add(view.note.map_or("", |note| note.text));
    for section in &view.sections {
        text.add(section.title.map_or("", |title| title.text));
        section.rows.iter().for_each(|row| text.add(row.label.text));
        section.table.iter().for_each(|row| text.add(row.label.text));
    }
    Document {
        kind: DocumentKind::Form,
        url: context.path(),
        title: view.title.text.to_owned(),
        note: view.issuer.text.to_owned(),
        text: text.finish(),
        ..Document::default()
    }
}

/// Returns the language in which a form is prescribed: the first one of its title.
fn language_of(form: &Form) -> Option<&str> {
    form.title.iter().next().map(|(lang, _)| lang).filter(|lang| !lang.is_empty())
}

fn reports(portal: &LocalPortal<'_>, ix: FormIx) -> usize {
    portal.site.reports.iter().filter(|report| report.form == ix).count()
}

fn used(portal: &LocalPortal<'_>, ix: FormIx) -> Vec<NamedLink> {
    let has_report = |year: &&i16| {
        portal.site.reports.iter().any(|report| report.form == ix && report.period.year == **year)
    };
    let years = portal.derived.years().iter().filter(has_report);
    years.map(|year| NamedLink { name: year.to_string(), url: portal.links().year(*year) }).collect()
}

/// Formats the years in which a form was in use, as far as they are known.
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
) -> FormSection<'a> {
    let mut view = FormSection {
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

fn table_view<'a>(portal: &LocalPortal<'a>, form: &'a Form, table: &'a Table, view: &mut FormSection<'a>) {
    let rows = table.rows.iter();
    view.table = rows
        .map(|row| FormRow {
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
        .map(|(at, column)| FormColumn {
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

/// Returns the unit, if all have the same.
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

/// Returns the code of the first cell of the form's largest table, as an example.
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
