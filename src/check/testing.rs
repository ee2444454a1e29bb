//! Small sites for tests, made without files.

use std::sync::{Arc, LazyLock};

use crate::base::text::Localized;
use crate::figure::{self, Figure};
use crate::form::{Catalog, Form};
use crate::load;
use crate::model::{Agency, AgencyId, Body, Period, Prose, Report, Scope, Site, SourceDocument};

use super::{Finding, Findings, run};
use crate::config::CheckConfig;

/// A site with one agency and no reports.
pub(crate) fn site() -> Site {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
        let (catalog, faults) = load::catalog(&[]);
        assert_eq!(faults, []);
        catalog
    });
    Site { catalog: CATALOG.clone(), agencies: vec![agency("a/office", None)], ..Site::default() }
}

pub(crate) fn agency(path: &str, parent: Option<AgencyId>) -> Agency {
    Agency {
        path: path.into(),
        region: None,
        name: Localized::plain(path),
        short_name: Localized::default(),
        other_names: Vec::new(),
        sort_key: path.into(),
        level: None,
        parent,
        succeeds: Vec::new(),
        url: None,
        contact: None,
        reports: 0..0,
        aliases: Vec::new(),
        body: body(&format!("{path}/_index")),
    }
}

fn body(path: &str) -> Body {
    Body { file: format!("content/{path}.md").into(), offset: 0, is_empty: true }
}

/// Adds a report to an agency. Reports must be added in the site's order.
pub(crate) fn report<'s>(
    site: &'s mut Site,
    agency: u32,
    form: &str,
    period: &str,
    figures: &[(&str, &str)],
) -> &'s mut Report {
    let ix = site.catalog.find_form(form).expect("a known form");
    let known = &site.catalog[ix];
    let mut read: Vec<_> = figures
        .iter()
        .map(|(code, text)| (find(known, code), Figure::new(figure::parse(text).expect("a figure").value)))
        .collect();
    read.sort_by_key(|(ix, _)| *ix);
    let at = site.reports.len() as u32;
    let office = &mut site.agencies[agency as usize];
    office.reports = if office.reports.is_empty() { at..at + 1 } else { office.reports.start..at + 1 };
    let path = format!("{}/{period}", office.path);
    site.reports.push(Arc::new(Report {
        agency: AgencyId(agency),
        period: Period::parse(period).expect("a period"),
        scope: Scope::Own,
        slug: period.into(),
        form: ix,
        title: period.into(),
        lang: None,
        published: None,
        republished: None,
        source: SourceDocument::default(),
        figures: read,
        others: Vec::new(),
        mentions: Vec::new(),
        accept: Vec::new(),
        revisions: Vec::new(),
        prose: Prose::Original,
        aliases: Vec::new(),
        unlisted: false,
        body: body(&path),
    }));
    Arc::get_mut(site.reports.last_mut().expect("just added")).expect("of this site alone")
}

pub(crate) fn find(form: &Form, code: &str) -> crate::form::IndicatorIx {
    form.find(code).unwrap_or_else(|| panic!("{} has no {code}", form.id))
}

pub(crate) fn check(site: &Site) -> Findings {
    run(site, &CheckConfig::default())
}

/// Returns what the checks find in a site: names and first codes.
pub(crate) fn found(site: &Site) -> Vec<(&'static str, String)> {
    let first = |finding: &Finding| finding.codes.first().map(ToString::to_string).unwrap_or_default();
    check(site).all().map(|finding| (finding.check, first(finding))).collect()
}

/// Returns what the checks find in a single report.
pub(crate) fn found_in(form: &str, period: &str, figures: &[(&str, &str)]) -> Vec<(&'static str, String)> {
    let mut site = site();
    report(&mut site, 0, form, period, figures);
    found(&site)
}
