//! A report as JSON.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::base::text::Localized;
use crate::check::Finding;
use crate::model::{FigureChange, ReportId, Revision};
use crate::plan::links::report_data_path;
use crate::render::data::{FigureData, figures_of, region};
use crate::view::local_portal::LocalPortal;
use crate::view::output::Output;

/// A report as `report.json`.
#[derive(Debug, Serialize)]
struct ReportData<'a> {
    agency: &'a str,
    agency_name: Names<'a>,
    region: Option<&'a str>,
    level: Option<&'a str>,
    period: String,
    scope: &'static str,
    form: &'a str,
    title: &'a str,
    published: Option<String>,
    republished: Option<String>,
    source: SourceData<'a>,
    figures: Vec<FigureData<'a>>,
    not_transcribed: Vec<&'a str>,
    findings: Vec<FindingData<'a>>,
    revisions: Vec<RevisionData<'a>>,
}

/// A name by language.
#[derive(Debug)]
struct Names<'a>(&'a Localized);

impl Serialize for Names<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let plain = |tag: &str| if tag.is_empty() { "und".to_owned() } else { tag.to_owned() };
        serializer.collect_map(self.0.iter().map(|(tag, text)| (plain(tag), text)))
    }
}

#[derive(Debug, Serialize)]
struct SourceData<'a> {
    title: Option<&'a str>,
    issuer: Option<&'a str>,
    number: Option<&'a str>,
    url: Option<&'a str>,
    retrieved: Option<String>,
}

#[derive(Debug, Serialize)]
struct FindingData<'a> {
    check: &'static str,
    severity: &'static str,
    indicators: &'a [Box<str>],
    found: Option<String>,
    expected: Option<String>,
    message: String,
    accepted: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct RevisionData<'a> {
    date: String,
    why: &'a str,
    changes: Vec<ChangeData<'a>>,
}

#[derive(Debug, Serialize)]
struct ChangeData<'a> {
    indicator: &'a str,
    from: &'a str,
    to: &'a str,
}

/// Writes `report.json` beside a report's page.
pub(crate) fn report<'a>(portal: &LocalPortal<'a>, id: ReportId, output: &mut Output) {
    let report = &portal.site[id];
    let agency = &portal.site[report.agency];
    let form = &portal.site.catalog[report.form];
    let text = |number: Option<Decimal>| number.map(|number| number.to_string());
    let finding = |finding: &'a Finding| FindingData {
        check: finding.check,
        severity: finding.severity.name(),
        indicators: &finding.codes,
        found: text(finding.found),
        expected: text(finding.expected),
        message: portal.locale.say(&finding.message),
        accepted: finding.accepted.as_deref(),
    };
    let change =
        |change: &'a FigureChange| ChangeData { indicator: &change.code, from: &change.from, to: &change.to };
    let revision = |revision: &'a Revision| RevisionData {
        date: revision.date.to_string(),
        why: &revision.why,
        changes: revision.changes.iter().map(change).collect(),
    };
    let source = &report.source;
    let data = ReportData {
        agency: &agency.path,
        agency_name: Names(&agency.name),
        region: region(portal, agency),
        level: agency.level.as_deref(),
        period: report.period.to_string(),
        scope: report.scope.name(),
        form: &form.id,
        title: &report.title,
        published: report.published.map(|date| date.to_string()),
        republished: report.republished.map(|date| date.to_string()),
        source: SourceData {
            title: source.title.as_deref(),
            issuer: source.issuer.as_deref(),
            number: source.number.as_deref(),
            url: source.url.as_deref(),
            retrieved: source.retrieved.map(|date| date.to_string()),
        },
        figures: figures_of(&portal.locale.lang, form, report).collect(),
        not_transcribed: form
            .figures()
            .filter(|(ix, _)| report.figure(*ix).is_none())
            .map(|(_, indicator)| &*indicator.code)
            .collect(),
        findings: portal.findings.of(id).iter().map(finding).collect(),
        revisions: report.revisions.iter().map(revision).collect(),
    };
    let mut bytes = serde_json::to_vec(&data).unwrap_or_default();
    bytes.push(b'\n');
    output.add(&report_data_path(portal.site, report), bytes);
}
