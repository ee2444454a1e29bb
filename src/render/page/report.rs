//! The page of a report: where it comes from, its key figures, findings, the complete form.

use std::borrow::Cow;

use serde::Serialize;

use crate::check::Finding;
use crate::derive::{self, Completeness, Gap, Point};
use crate::diagnostic::Severity;
use crate::form::{Form, SeriesIx};
use crate::model::{Agency, Origin, Prose, Report, ReportId, Scope};
use crate::render::Output;
use crate::render::body::BodyView;
use crate::render::cell;
use crate::render::chart::{self, Bar, ChartView, Comparison};
use crate::render::cite::{self, Citation};
use crate::render::data;
use crate::render::edition::Edition;
use crate::render::json_ld;
use crate::render::links::report_data_path;
use crate::render::overview;
use crate::render::search::Lines;
use crate::render::timely::{self, TimelyView};
use crate::search::Document;
use crate::text::Lang;

use super::{Desk, Head, add_pictures};
use crate::render::sections::{self, SectionView};
use crate::render::view::{Cell, Crumb, FindingView, Link, NamedLink, Text};

/// As many key figures stand above the charts.
const KEY_FIGURES: usize = 6;

/// What a report's page shows. Templates call it `report`.
#[derive(Debug, Serialize)]
pub(in crate::render) struct ReportView<'a> {
    agency: Link<'a>,
    title: Text<'a>,
    period: String,
    scope: &'a str,
    is_summary: bool,
    facts: Vec<Fact<'a>>,
    /// When it was published.
    published: Option<String>,
    /// Whether that was in time.
    timely: Option<TimelyView<'a>>,
    /// The agency's years from its first report to its last; empty where there is only one.
    years: Vec<YearStep>,
    /// The headline figures that are given.
    keys: Vec<KeyFigure<'a>>,
    /// The headline figures that are not, by the reason.
    missing_keys: Vec<MissingKeys<'a>>,
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
    others: Vec<OtherView<'a>>,
    notes: Vec<NoteView<'a>>,
    revisions: Vec<RevisionView<'a>>,
    body: Option<BodyView>,
    previous: Option<NamedLink>,
    next: Option<NamedLink>,
    /// The same period in the other scope.
    twin: Option<NamedLink>,
    citation: Citation,
    data_url: String,
    source_url: Option<&'a str>,
}

/// A year of the agency.
#[derive(Debug, Serialize)]
pub(in crate::render) struct YearStep {
    name: String,
    /// Its report; `None` where there is none.
    url: Option<String>,
    current: bool,
}

/// Headline figures without a number for one and the same reason.
#[derive(Debug, Serialize)]
struct MissingKeys<'a> {
    reason: Cow<'a, str>,
    series: Vec<Link<'a>>,
}

/// A line of the box that says where the report comes from.
#[derive(Debug, Serialize)]
struct Fact<'a> {
    label: &'a str,
    text: String,
    url: Option<String>,
}

/// A figure above all others, with its change.
#[derive(Debug, Serialize)]
struct KeyFigure<'a> {
    series: Link<'a>,
    unit: &'a str,
    cell: Cell<'a>,
    /// For a share, what is over what.
    fraction: Option<String>,
    /// The change on the year before, or why none is shown.
    change: String,
}

/// A figure outside the form.
#[derive(Debug, Serialize)]
struct OtherView<'a> {
    code: &'a str,
    label: Text<'a>,
    unit: Option<&'a str>,
    origin: &'a str,
    cell: Cell<'a>,
}

/// A remark on a figure.
#[derive(Debug, Serialize)]
struct NoteView<'a> {
    number: usize,
    place: String,
    label: String,
    text: &'a str,
}

/// What was changed since the report was first published here.
#[derive(Debug, Serialize)]
struct RevisionView<'a> {
    date: String,
    iso: String,
    why: &'a str,
    changes: Vec<ChangeView<'a>>,
}

/// A figure before and after.
#[derive(Debug, Serialize)]
pub(in crate::render) struct ChangeView<'a> {
    place: String,
    pub(in crate::render) label: String,
    pub(in crate::render) from: &'a str,
    pub(in crate::render) to: &'a str,
}

/// Makes a report's page, and its data beside it.
pub(super) fn render(desk: &Desk<'_>, id: ReportId, output: &mut Output) {
    let edition = &desk.edition;
    let Some(report) = edition.site.report(id) else { return };
    let body = desk.body(&report.body, Some(id), report.lang.as_deref(), output);
    let excerpt = body.as_ref().map(|body| body.excerpt.clone()).unwrap_or_default();
    let Some(mut view) = view(edition, id, body) else { return };
    view.charts = charts(desk, id, report);
    add_pictures(&view.charts, output);
    let mut way =
        edition.agency(report.agency).map(|agency| edition.way_to_agency(agency)).unwrap_or_default();
    way.push(Crumb::here(edition.report_name(report)));
    let mut head = Head::new(title(edition, report), way, "").from(report.file());
    head.description = if excerpt.is_empty() { describe(edition, &view) } else { excerpt };
    head.json_ld = json_ld::report(edition, report, &head.description);
    head.noindex = report.unlisted;
    if !report.unlisted {
        output.document = Some(document(desk, report, &head.title, &view));
    }
    desk.publish("report.html", head, "report", &view, output);
    if desk.key.lang == 0 {
        data::report(edition, id, output);
    }
}

/// What search knows of a report's page.
fn document(desk: &Desk<'_>, report: &Report, title: &str, view: &ReportView<'_>) -> Document {
    let mut lines = Lines::default();
    lines.add(view.body.as_ref().map_or("", |body| &body.plain));
    lines.sections(&view.sections);
    for other in &view.others {
        lines.figure(other.label.text, &other.cell, other.unit);
    }
    view.notes.iter().for_each(|note| lines.add(note.text));
    view.facts.iter().for_each(|fact| lines.add(&fact.text));
    let document = desk.edition.report_document(report, desk.path(), title.to_owned());
    Document { text: lines.finish(), ..document }
}

/// What became of the requests of the year, and where the agency stands among its peers.
fn charts<'r>(desk: &Desk<'r>, id: ReportId, report: &Report) -> Vec<ChartView<'r>> {
    let edition = &desk.edition;
    let page = desk.renderer.path(&desk.key);
    let outcomes = chart::flow(edition, &page, "chart-outcomes", id, &edition.period(report)).or_else(|| {
        let group = chart::outcomes_group(edition);
        group_bars(edition, &page, "chart-outcomes", group, (id, report))
    });
    let is_comparable = report.scope == Scope::Own && report.period.is_year();
    let year = report.period.year;
    let peers = overview::headline(edition).filter(|_| is_comparable).find_map(|(ix, series)| {
        chart::peers(edition, &page, "chart-peers", (ix, series), (report.agency, year))
    });
    let mut charts: Vec<ChartView<'r>> = outcomes.into_iter().chain(peers).collect();
    for chart in &mut charts {
        chart.add_download("JSON", edition.roots.href(&report_data_path(edition.site, report)));
    }
    charts
}

/// The series of a group as one report gives them; shares, which have another unit, are left out.
pub(super) fn group_bars<'r>(
    edition: &Edition<'r>,
    page: &str,
    id: &str,
    group: &str,
    (report_id, report): (ReportId, &Report),
) -> Option<ChartView<'r>> {
    let all = edition.site.catalog.series.iter().enumerate();
    let of_group = all.filter(|(_, series)| &*series.group == group && series.ratio.is_none());
    let members: Vec<_> = of_group.map(|(at, series)| (SeriesIx(at as u16), series)).collect();
    let is_asked = |ix: SeriesIx| *edition.derived.point(report_id, ix) != Point::Gap(Gap::NotAsked);
    let members: Vec<_> = members.into_iter().filter(|(ix, _)| is_asked(*ix)).collect();
    let (_, first) = members.first()?;
    if members.iter().any(|(_, series)| series.unit != first.unit) {
        return None;
    }
    let unit = chart::unit_of(edition, first);
    let bars: Vec<Bar> = members
        .iter()
        .map(|(ix, series)| Bar {
            name: series.title.get(&edition.locale.lang).to_owned(),
            point: edition.derived.point(report_id, *ix).clone(),
        })
        .collect();
    let name = edition.locale.text_or(&format!("series-group-{group}"), group).to_owned();
    let comparison = Comparison {
        id,
        title: edition
            .say("chart-group-title", &[("group", name.into()), ("period", edition.period(report).into())]),
        summary: edition.say("chart-group-summary", &[("unit", unit.into())]),
        head: edition.word("column-indicator"),
        unit,
    };
    chart::bars(edition, page, comparison, &bars)
}

/// A report's title for windows and lists: its agency and what it covers.
pub(in crate::render) fn title(edition: &Edition<'_>, report: &Report) -> String {
    let agency = edition.agency(report.agency).map_or("", |agency| agency.name.get(&edition.locale.lang));
    format!("{agency} {}", edition.report_name(report))
}

/// Looks at a report.
pub(in crate::render) fn view<'a>(
    edition: &Edition<'a>,
    id: ReportId,
    body: Option<BodyView>,
) -> Option<ReportView<'a>> {
    let report = edition.site.report(id)?;
    let agency = edition.agency(report.agency)?;
    let form = edition.site.catalog.form(report.form)?;
    let findings = edition.findings.of(id);
    let mut notes = Vec::new();
    let mut annotate = |code: &str, cell: &mut Cell<'a>| annotate(edition, report, findings, code, cell);
    let mut sections = sections::views(edition, form, report, &mut annotate);
    let mut others = others(edition, report, &mut annotate);
    number_notes(edition, form, report, &mut sections, &mut others, &mut notes);
    let counts: Completeness = derive::completeness(form, report);
    let verdicts = edition.findings.verdicts(id);
    let (previous, next, twin) = neighbours(edition, agency, id);
    let (keys, missing_keys) = keys(edition, agency, id, report);
    Some(ReportView {
        agency: edition.agency_link(agency),
        title: Text { text: &report.title, lang: foreign_title(edition, report) },
        period: edition.period(report),
        scope: edition.scope(report.scope),
        is_summary: report.prose == Prose::Summary,
        facts: facts(edition, report, form),
        published: report.published.map(|date| edition.locale.date(date)),
        timely: timely::view(edition, report),
        years: years(edition, agency, report),
        keys,
        missing_keys,
        findings: findings
            .iter()
            .enumerate()
            .map(|(at, finding)| finding_view(edition, form, report, at + 1, finding))
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
        form: Link { name: edition.text(&form.title), url: edition.links().form(form) },
        sections,
        others,
        notes,
        revisions: revisions(edition, form, report),
        body,
        previous,
        next,
        twin,
        citation: cite::report(edition, agency, report),
        data_url: edition.roots.href(&report_data_path(edition.site, report)),
        source_url: report.source.url.as_deref(),
    })
}

/// The language of a report's title, where it is another than the page's.
fn foreign_title<'a>(edition: &Edition<'a>, report: &'a Report) -> Option<&'a str> {
    let main = edition.config.main_language().map(Lang::tag);
    let lang = report.lang.as_deref().or(main)?;
    (Lang::new(lang).primary() != edition.locale.lang.primary()).then_some(lang)
}

fn annotate<'a>(
    edition: &Edition<'a>,
    report: &'a Report,
    findings: &[Finding],
    code: &str,
    cell: &mut Cell<'a>,
) {
    let about = findings.iter().enumerate().filter(|(_, finding)| finding.codes.iter().any(|c| **c == *code));
    cell.findings.extend(about.map(|(at, _)| at + 1));
    let is_revised =
        report.revisions.iter().flat_map(|revision| &revision.changes).any(|change| *change.code == *code);
    if is_revised {
        cell.tags.push(edition.word("tag-revised"));
    }
}

fn others<'a>(
    edition: &Edition<'a>,
    report: &'a Report,
    annotate: &mut impl FnMut(&str, &mut Cell<'a>),
) -> Vec<OtherView<'a>> {
    let view = |other: &'a crate::model::OtherFigure| {
        let mut cell = cell::of_figure(edition, Some(&other.figure));
        annotate(&other.code, &mut cell);
        OtherView {
            code: &other.code,
            label: edition.text(&other.label),
            unit: other.unit.as_deref().map(|unit| edition.unit(unit)),
            origin: edition.word(match other.origin {
                Origin::Local => "origin-local",
                Origin::Text => "origin-text",
                Origin::Form(_) => "origin-form",
            }),
            cell,
        }
    };
    report.others.iter().map(view).collect()
}

/// Numbers the remarks on figures in the order of the page, and marks their cells.
fn number_notes<'a>(
    edition: &Edition<'a>,
    form: &'a Form,
    report: &'a Report,
    sections: &mut [SectionView<'a>],
    others: &mut [OtherView<'a>],
    notes: &mut Vec<NoteView<'a>>,
) {
    let mut add = |code: &str, label: String, text: Option<&'a str>, cell: &mut Cell<'a>| {
        let Some(text) = text else { return };
        let number = notes.len() + 1;
        cell.note = Some(number);
        notes.push(NoteView { number, place: format!("#f-{code}"), label, text });
    };
    let note_of = |code: &str| form.find(code).and_then(|ix| report.figure(ix)).and_then(|f| f.note());
    let label_of = |code: &str| {
        let indicator = form.find(code).and_then(|ix| form.indicator(ix));
        indicator.map(|indicator| edition.label(indicator)).unwrap_or_default()
    };
    for section in sections {
        for row in &mut section.rows {
            if let Some(cell) = &mut row.cell {
                add(row.code, label_of(row.code), note_of(row.code), cell);
            }
        }
        for cell in section.table.iter_mut().flat_map(|table| &mut table.rows).flat_map(|row| &mut row.cells)
        {
            add(cell.code, label_of(cell.code), note_of(cell.code), &mut cell.cell);
        }
    }
    for other in others {
        let note = report.other(other.code).and_then(|figure| figure.figure.note());
        add(other.code, other.label.text.to_owned(), note, &mut other.cell);
    }
}

fn label_of(edition: &Edition<'_>, form: &Form, report: &Report, code: &str) -> String {
    if let Some(indicator) = form.find(code).and_then(|ix| form.indicator(ix)) {
        let label = indicator.label.get(&edition.locale.lang);
        let column = indicator.column.get(&edition.locale.lang);
        return if column.is_empty() { label.to_owned() } else { format!("{label} · {column}") };
    }
    report.other(code).map_or(code, |other| other.label.get(&edition.locale.lang)).to_owned()
}

/// A finding as the page of its report shows it.
pub(in crate::render) fn finding_view<'a>(
    edition: &Edition<'a>,
    form: &'a Form,
    report: &'a Report,
    number: usize,
    finding: &'a Finding,
) -> FindingView<'a> {
    let place =
        |code: &'a str| NamedLink { name: label_of(edition, form, report, code), url: format!("#f-{code}") };
    FindingView {
        number,
        severity: finding.severity.name(),
        is_note: finding.severity == Severity::Note,
        check: check_link(edition, finding.check),
        text: edition.locale.say(&finding.message),
        places: finding.codes.iter().map(|code| place(code)).collect(),
        accepted: finding.accepted.as_deref(),
    }
}

/// A check's name, and where it is explained.
pub(in crate::render) fn check_link<'a>(edition: &Edition<'a>, check: &'static str) -> Link<'a> {
    let name = edition.locale.text_or(&format!("check-{check}"), check);
    Link { name: Text::own(name), url: format!("{}#check-{check}", edition.links().page("quality/")) }
}

fn revisions<'a>(edition: &Edition<'a>, form: &'a Form, report: &'a Report) -> Vec<RevisionView<'a>> {
    let view = |revision: &'a crate::model::Revision| RevisionView {
        date: edition.locale.date(revision.date),
        iso: revision.date.to_string(),
        why: &revision.why,
        changes: change_views(edition, form, report, revision, ""),
    };
    report.revisions.iter().map(view).collect()
}

/// The figures that a revision changed, as links into the report's page.
pub(super) fn change_views<'a>(
    edition: &Edition<'a>,
    form: &'a Form,
    report: &'a Report,
    revision: &'a crate::model::Revision,
    page: &str,
) -> Vec<ChangeView<'a>> {
    let told = |text: &'a str| if text.is_empty() { edition.word("gap-blank") } else { text };
    let change = |change: &'a crate::model::Change| ChangeView {
        place: format!("{page}#f-{}", change.code),
        label: label_of(edition, form, report, &change.code),
        from: told(&change.from),
        to: told(&change.to),
    };
    revision.changes.iter().map(change).collect()
}

fn facts<'a>(edition: &Edition<'a>, report: &'a Report, form: &'a Form) -> Vec<Fact<'a>> {
    let mut facts = Vec::new();
    let mut add = |id: &'static str, text: Option<String>, url: Option<String>| {
        if let Some(text) = text {
            facts.push(Fact { label: edition.word(id), text, url });
        }
    };
    let source = &report.source;
    let text = |text: &'a Option<Box<str>>| text.as_deref().map(str::to_owned);
    let date = |date: Option<jiff::civil::Date>| date.map(|date| edition.locale.date(date));
    let url = source.url.as_deref().map(str::to_owned);
    add("fact-source", text(&source.title).or_else(|| url.clone()), url);
    add("fact-issuer", text(&source.issuer), None);
    add("fact-number", text(&source.number), None);
    add("fact-period", Some(edition.period(report)), None);
    add("fact-scope", Some(edition.scope(report.scope).to_owned()), None);
    add("fact-published", date(report.published), None);
    add("fact-republished", date(report.republished), None);
    add("fact-retrieved", date(source.retrieved), None);
    let form_title = form.title.get(&edition.locale.lang).to_owned();
    add("fact-form", Some(form_title), Some(edition.links().form(form)));
    facts
}

/// The report in a sentence, where it has no text.
fn describe(edition: &Edition<'_>, view: &ReportView<'_>) -> String {
    edition.say(
        "report-description",
        &[
            ("title", view.title.text.into()),
            ("agency", view.agency.name.text.into()),
            ("given", (view.given as usize).into()),
            ("asked", (view.asked as usize).into()),
        ],
    )
}

/// The headline series that the report's form asks for: those with a number, with their changes, and
/// those without.
fn keys<'a>(
    edition: &Edition<'a>,
    agency: &'a Agency,
    id: ReportId,
    report: &'a Report,
) -> (Vec<KeyFigure<'a>>, Vec<MissingKeys<'a>>) {
    let before_year = report.period.previous().year;
    let before = before(edition, agency, report);
    let mut keys = Vec::new();
    let mut missing: Vec<MissingKeys<'a>> = Vec::new();
    let form = edition.site.catalog.form(report.form).map_or("", |form| &form.id);
    for (ix, series) in edition.derived.series(edition.site).filter(|(_, series)| series.headline) {
        let point = edition.derived.point(id, ix);
        let link = edition.series_link(series);
        match point {
            Point::Gap(Gap::NotAsked | Gap::NotTranscribed) => {}
            Point::Gap(reason) => {
                let reason = cell::gap(edition, *reason).text;
                match missing.iter_mut().find(|known| known.reason == reason) {
                    Some(known) => known.series.push(link),
                    None => missing.push(MissingKeys { reason, series: vec![link] }),
                }
            }
            Point::Value(_) if keys.len() == KEY_FIGURES => {}
            Point::Value(_) => {
                let before = before.map(|(id, form)| (form, edition.derived.point(id, ix)));
                let change = derive::change(series, report.period.year, before, (form, point));
                let is_year = report.period.is_year();
                keys.push(KeyFigure {
                    series: link,
                    unit: if series.ratio.is_some() { "" } else { edition.unit(&series.unit) },
                    cell: cell::of_point(edition, point),
                    fraction: cell::fraction(edition, point),
                    change: if is_year {
                        cell::change(edition, series, before_year, &change)
                    } else {
                        String::new()
                    },
                });
            }
        }
    }
    (keys, missing)
}

/// Every year from the agency's first report to its last, by the report that stands for it.
fn years(edition: &Edition<'_>, agency: &Agency, shown: &Report) -> Vec<YearStep> {
    let yearly = derive::yearly_reports(edition.site, agency);
    let (Some((_, first)), Some((_, last)), 2..) = (yearly.first(), yearly.last(), yearly.len()) else {
        return Vec::new();
    };
    let step = |year: i16| YearStep {
        name: year.to_string(),
        url: yearly
            .iter()
            .find(|(_, report)| report.period.year == year)
            .map(|(_, report)| edition.links().report(report)),
        current: shown.period.is_year() && shown.period.year == year,
    };
    (first.period.year..=last.period.year).map(step).collect()
}

/// The report of the same scope for the period before, and the form it stands on.
fn before<'a>(edition: &Edition<'a>, agency: &Agency, report: &Report) -> Option<(ReportId, &'a str)> {
    let period = report.period.previous();
    agency.reports.clone().map(ReportId).find_map(|id| {
        let other = edition.site.report(id)?;
        let form = edition.site.catalog.form(other.form)?;
        (other.period == period && other.scope == report.scope).then_some((id, &*form.id))
    })
}

/// The reports before and after, and the same period in the other scope.
fn neighbours(
    edition: &Edition<'_>,
    agency: &Agency,
    id: ReportId,
) -> (Option<NamedLink>, Option<NamedLink>, Option<NamedLink>) {
    let Some(report) = edition.site.report(id) else { return (None, None, None) };
    let link = |report: &Report| NamedLink {
        name: edition.report_name(report),
        url: edition.links().report(report),
    };
    let all = edition.site.reports_of(agency);
    let same: Vec<&Report> = all.iter().filter(|other| other.scope == report.scope).collect();
    let at = same.iter().position(|other| other.slug == report.slug);
    let beside = |step: isize| {
        let at = at?.checked_add_signed(step)?;
        same.get(at).map(|report| link(report))
    };
    let twin = all.iter().find(|other| other.period == report.period && other.scope != report.scope);
    let twin = twin.map(|report| NamedLink {
        name: match report.scope {
            Scope::Own => edition.word("twin-own"),
            Scope::Consolidated => edition.word("twin-consolidated"),
        }
        .to_owned(),
        url: edition.links().report(report),
    });
    (beside(-1), beside(1), twin)
}
