//! The page of a report: its source, key figures, findings, and the complete form.

mod annotations;
mod key_figures;
mod other_figures;
mod siblings;

pub(crate) use self::annotations::{ChangeView, change_views, check_link, finding_view};
pub(crate) use self::siblings::YearStep;

use serde::Serialize;

use crate::derive::{self, Completeness};
use crate::form::Form;
use crate::model::{Prose, Report, ReportId, Scope};
use crate::plan::links::report_data_path;
use crate::search::Document;
use crate::view::body::{self, BodyView};
use crate::view::chart::{self, ChartId, ChartView};
use crate::view::citation::{self, Citation};
use crate::view::components::{Cell, FindingView, Link, NamedLink, Phrase, Text};
use crate::view::json_ld;
use crate::view::local_portal::{FigureSources, LocalPortal};
use crate::view::output::Output;
use crate::view::page::{PageContext, View};
use crate::view::punctuality::{self, PunctualityView};
use crate::view::search_text::SearchText;
use crate::view::sections::{self, SectionView};
use crate::view::shell::Head;

use self::annotations::{NoteView, RevisionView, annotate, number_notes, revisions};
use self::key_figures::{KeyFigure, MissingKeys, keys};
use self::other_figures::{OtherView, others};
use self::siblings::{Neighbours, neighbours, years};

/// What a report's page shows. Templates call it `report`.
#[derive(Debug, Serialize)]
pub(crate) struct ReportView<'a> {
    agency: Link<'a>,
    title: Text<'a>,
    period: String,
    scope: &'a str,
    is_summary: bool,
    facts: Vec<Fact<'a>>,
    published: Option<String>,
    timely: Option<PunctualityView<'a>>,
    /// The agency's years from its first report to its last; empty if there is only one.
    years: Vec<YearStep>,
    /// The headline figures with a number.
    keys: Vec<KeyFigure<'a>>,
    /// The headline figures without a number, by reason.
    missing_keys: Vec<MissingKeys<'a>>,
    /// The reason why several of them have no change, if none of them has one.
    no_change: Option<String>,
    findings: Vec<FindingView<'a>>,
    rules_held: u32,
    rules_failed: u32,
    rules_open: u32,
    given: u32,
    blank: u32,
    not_applicable: u32,
    not_transcribed: u32,
    asked: u32,
    charts: Vec<ChartView<'a>>,
    form: Link<'a>,
    sections: Vec<SectionView<'a>>,
    /// Sections without any transcribed figure.
    empty_sections: Vec<SectionView<'a>>,
    others: Vec<OtherView<'a>>,
    notes: Vec<NoteView<'a>>,
    revisions: Vec<RevisionView<'a>>,
    body: Option<BodyView>,
    previous: Option<NamedLink>,
    next: Option<NamedLink>,
    /// The same period in the other scope.
    twin: Option<NamedLink>,
    citation: Citation<'a>,
    data_url: String,
    source_url: Option<&'a str>,
}

impl View for ReportView<'_> {
    const TEMPLATE: &'static str = "report.html";
    const NAME: &'static str = "report";
}

/// A line of the box about the source of the report.
#[derive(Debug, Serialize)]
struct Fact<'a> {
    label: &'a str,
    text: Phrase<'a>,
    url: Option<String>,
}

/// Makes the page of a report.
pub(crate) fn page<'r>(
    context: &PageContext<'r>,
    id: ReportId,
    output: &mut Output,
) -> (Head<'r>, ReportView<'r>) {
    let portal = &context.portal;
    let report = &portal.site[id];
    let body = body::view(context, &report.body, Some(id), report.lang.as_deref(), output);
    let excerpt = body.as_ref().map(|body| body.excerpt.clone()).unwrap_or_default();
    let mut view = view(portal, id, body);
    view.charts = charts(context, id, report);
    output.add_charts(&view.charts);
    let parents = portal.agency_crumbs(&portal.site[report.agency]);
    let title = portal.report_title(report);
    let mut head = Head::below(parents, portal.report_name(report), title, "").from(report.file());
    head.description = if excerpt.is_empty() { describe(portal, &view) } else { excerpt };
    head.json_ld = json_ld::report(portal, report, &head.description);
    head.noindex = report.unlisted;
    if !report.unlisted {
        output.document = Some(document(context, report, &head.title, &view));
    }
    (head, view)
}

/// Makes the search document of the page.
fn document(context: &PageContext<'_>, report: &Report, title: &str, view: &ReportView<'_>) -> Document {
    let mut text = SearchText::default();
    text.add(view.body.as_ref().map_or("", |body| &body.plain));
    text.sections(&view.sections);
    for other in &view.others {
        text.figure(other.label.text, &other.cell, other.unit);
    }
    view.notes.iter().for_each(|note| text.add(note.text.text));
    view.facts.iter().for_each(|fact| text.add(&fact.text.text));
    let document = context.portal.report_document(report, context.path(), title.to_owned());
    Document { text: text.finish(), ..document }
}

/// Draws the outcomes of the year's requests, and the agency among its peers.
fn charts<'r>(context: &PageContext<'r>, id: ReportId, report: &'r Report) -> Vec<ChartView<'r>> {
    let portal = &context.portal;
    let page = context.path();
    let chart = |id| ChartId { page: &page, id };
    let own = &LocalPortal { sources: FigureSources::Report(report), ..context.portal };
    let outcomes = chart("chart-outcomes");
    let outcomes = chart::sankey(own, outcomes, id)
        .or_else(|| chart::group_bars(own, outcomes, chart::outcomes_group(own), id));
    let is_comparable = report.scope == Scope::Own && report.period.is_year();
    let standing = || chart::standing(portal, chart("chart-peers"), report.agency, report.period.year);
    let peers = is_comparable.then(standing).flatten();
    let outcomes = outcomes.map(|mut chart| {
        chart.figures_are_in(portal, portal.roots.href(&report_data_path(portal.site, report)));
        chart
    });
    outcomes.into_iter().chain(peers).collect()
}

/// Makes the view of a report, still without charts.
pub(crate) fn view<'a>(portal: &LocalPortal<'a>, id: ReportId, body: Option<BodyView>) -> ReportView<'a> {
    let report = &portal.site[id];
    let agency = &portal.site[report.agency];
    let form = &portal.site.catalog[report.form];
    let findings = portal.findings.of(id);
    let mut annotate = |code: &str, cell: &mut Cell<'a>| annotate(portal, report, findings, code, cell);
    let mut sections = sections::views(portal, form, report, &mut annotate);
    let mut others = others(portal, report, &mut annotate);
    let notes = number_notes(portal, form, report, &mut sections, &mut others);
    let (empty_sections, sections) = sections.into_iter().partition(|section| section.is_empty);
    let counts: Completeness = derive::completeness(form, report);
    let verdicts = portal.findings.verdicts(id);
    let Neighbours { previous, next, twin } = neighbours(portal, agency, id);
    let keys = keys(portal, agency, id, report);
    ReportView {
        agency: portal.agency_link(agency),
        title: portal.quote(&report.title, report.lang.as_deref()),
        period: portal.period(report),
        scope: portal.scope(report.scope),
        is_summary: report.prose == Prose::Summary,
        facts: facts(portal, report, form),
        published: report.published.map(|date| portal.locale.date(date)),
        timely: punctuality::view(portal, report),
        years: years(portal, agency, report),
        keys: keys.given,
        missing_keys: keys.missing,
        no_change: keys.no_change,
        findings: findings
            .iter()
            .enumerate()
            .map(|(at, finding)| finding_view(portal, form, report, at + 1, finding))
            .collect(),
        rules_held: verdicts.hold,
        rules_failed: verdicts.fail,
        rules_open: verdicts.not_assessable,
        given: counts.given,
        blank: counts.blank,
        not_applicable: counts.not_applicable,
        not_transcribed: counts.not_transcribed,
        asked: counts.asked(),
        charts: Vec::new(),
        form: portal.form_link(form),
        sections,
        empty_sections,
        others,
        notes,
        revisions: revisions(portal, form, report),
        body,
        previous,
        next,
        twin,
        citation: citation::report(portal, agency, report),
        data_url: portal.roots.href(&report_data_path(portal.site, report)),
        source_url: report.source.url.as_deref(),
    }
}

fn facts<'a>(portal: &LocalPortal<'a>, report: &'a Report, form: &'a Form) -> Vec<Fact<'a>> {
    let mut facts = Vec::new();
    let mut add = |id: &'static str, text: Option<Phrase<'a>>, url: Option<String>| {
        if let Some(text) = text {
            facts.push(Fact { label: portal.word(id), text, url });
        }
    };
    let source = &report.source;
    let text = |text: &'a Option<Box<str>>| {
        Some(Phrase::from(portal.quote(text.as_deref()?, report.lang.as_deref())))
    };
    let date = |date: Option<jiff::civil::Date>| Some(Phrase::from(portal.locale.date(date?)));
    let own = |text: &'a str| Some(Phrase::from(Text::own(text)));
    let url = source.url.as_deref();
    add("fact-source", text(&source.title).or_else(|| own(url?)), url.map(str::to_owned));
    add("fact-issuer", text(&source.issuer), None);
    add("fact-number", text(&source.number), None);
    add("fact-period", Some(Phrase::from(portal.period(report))), None);
    add("fact-scope", own(portal.scope(report.scope)), None);
    add("fact-published", date(report.published), None);
    add("fact-republished", date(report.republished), None);
    add("fact-retrieved", date(source.retrieved), None);
    add("fact-form", Some(portal.text(&form.title).into()), Some(portal.links().form(form)));
    facts
}

/// Describes the report in a sentence, for when it has no text.
fn describe(portal: &LocalPortal<'_>, view: &ReportView<'_>) -> String {
    portal.say(
        "report-description",
        &[
            ("agency", view.agency.name.text.into()),
            ("period", view.period.as_str().into()),
            ("given", (view.given as usize).into()),
            ("asked", (view.asked as usize).into()),
        ],
    )
}
