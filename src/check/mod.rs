//! Checks: what a site's figures must agree with, and where they do not.
//!
//! Each file in `rules/` is one family of checks; [`table`] lists them all. A check looks at figures
//! and says for each rule whether it holds, fails, or cannot be assessed because a figure it needs
//! is blank, inexact or missing. It never changes or fills in a figure.

mod rules;
mod settings;
mod table;
#[cfg(test)]
pub(crate) mod testing;

pub use settings::unmatched_folders;
pub use table::{CHECKS, CheckInfo, Group, info, names};

use std::sync::Arc;

use rayon::prelude::*;
use rust_decimal::Decimal;
use xxhash_rust::xxh3::xxh3_64;

use crate::base::diagnostic::{At, Diagnostic, Message, Place, Severity};
use crate::config::CheckConfig;
use crate::model::{AgencyId, Report, ReportId, Scope, Site};

/// Something in a report that does not agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The check that found it.
    pub check: &'static str,
    /// How bad it is, as the site's settings have it.
    pub severity: Severity,
    /// The report it is found in.
    pub report: ReportId,
    /// The codes it is about; the first is the one to look at.
    pub codes: Vec<Box<str>>,
    /// What was found, where that is a number.
    pub found: Option<Decimal>,
    /// What it was held against, where that is a number.
    pub expected: Option<Decimal>,
    /// What is said about it.
    pub message: Message,
    /// Where it stands in the report's file; the first place is the one to look at.
    pub places: Vec<Place>,
    /// What to do about it.
    pub help: Vec<Message>,
    /// The same for the same finding in any order, build and place of the file.
    pub fingerprint: u64,
    /// Why an editor lets it stand.
    pub accepted: Option<Box<str>>,
}

impl Finding {
    /// The finding as a diagnostic.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic {
            code: self.check,
            severity: self.severity,
            message: self.message.clone(),
            places: self.places.clone(),
            help: self.help.clone(),
        }
    }

    /// Gives back room that nothing stands in: a large site has many findings, and keeps them all.
    fn shrink(&mut self) {
        self.codes.shrink_to_fit();
        self.places.shrink_to_fit();
        for place in &mut self.places {
            if let At::Key(path) | At::Value(path) = &mut place.at {
                path.0.shrink_to_fit();
            }
        }
        let labels = self.places.iter_mut().filter_map(|place| place.label.as_mut());
        for message in labels.chain([&mut self.message]).chain(&mut self.help) {
            message.args.shrink_to_fit();
        }
    }

    /// Whether it counts: nobody has explained it.
    pub fn is_open(&self) -> bool {
        self.accepted.is_none()
    }
}

/// How the rules of one report came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdicts {
    /// Rules that hold.
    pub hold: u32,
    /// Rules that fail.
    pub fail: u32,
    /// Rules that need a figure which is not there as an exact number.
    pub not_assessable: u32,
}

/// Everything the checks found, report by report in the site's order.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    reports: Vec<Checked>,
}

/// What the checks found in one report.
#[derive(Clone, Debug)]
struct Checked {
    findings: Arc<[Finding]>,
    verdicts: Verdicts,
}

impl Findings {
    /// Every finding.
    pub fn all(&self) -> impl Iterator<Item = &Finding> {
        self.reports.iter().flat_map(|checked| checked.findings.iter())
    }

    /// The findings of a report.
    pub fn of(&self, report: ReportId) -> &[Finding] {
        self.reports.get(report.0 as usize).map_or(&[], |checked| &checked.findings)
    }

    /// How the rules of a report came out.
    pub fn verdicts(&self, report: ReportId) -> Verdicts {
        self.reports.get(report.0 as usize).map(|checked| checked.verdicts).unwrap_or_default()
    }

    /// How the rules of every report came out.
    pub fn all_verdicts(&self) -> impl Iterator<Item = Verdicts> {
        self.reports.iter().map(|checked| checked.verdicts)
    }

    /// How many findings nobody has explained.
    pub fn open(&self) -> usize {
        self.all().filter(|finding| finding.is_open()).count()
    }
}

/// Runs every check on every report.
pub fn run(site: &Site, config: &CheckConfig) -> Findings {
    let ids: Vec<ReportId> = site.reports_with_ids().map(|(id, _)| id).collect();
    Findings { reports: check_each(site, config, &ids) }
}

/// The findings after some reports' figures have changed, from those before. Only what a changed
/// report takes part in is checked again: its agency's reports, and those that add others up.
pub fn renew(site: &Site, config: &CheckConfig, before: &Findings, changed: &[ReportId]) -> Findings {
    let agencies: Vec<AgencyId> =
        changed.iter().filter_map(|id| site.report(*id)).map(|report| report.agency).collect();
    let is_concerned =
        |report: &Report| agencies.contains(&report.agency) || report.scope == Scope::Consolidated;
    let concerned = site.reports_with_ids().filter(|(_, report)| is_concerned(report));
    let ids: Vec<ReportId> = concerned.map(|(id, _)| id).collect();
    let mut findings = before.clone();
    for (id, checked) in ids.iter().zip(check_each(site, config, &ids)) {
        if let Some(slot) = findings.reports.get_mut(id.0 as usize) {
            *slot = checked;
        }
    }
    findings
}

fn check_each(site: &Site, config: &CheckConfig, ids: &[ReportId]) -> Vec<Checked> {
    let checked = ids.par_iter().map_init(Scratch::default, |scratch, id| {
        let checked = site.report(*id).map(|report| check(site, config, *id, report, scratch));
        let (findings, verdicts) = checked.unwrap_or_default();
        Checked { findings: findings.into(), verdicts }
    });
    checked.collect()
}

/// Room for the exact figures of the report at hand, kept from one report to the next.
#[derive(Default)]
struct Scratch {
    exact: Vec<Option<Decimal>>,
}

fn check(
    site: &Site,
    config: &CheckConfig,
    id: ReportId,
    report: &Report,
    scratch: &mut Scratch,
) -> (Vec<Finding>, Verdicts) {
    let mut context = Context { site, config, id, report, findings: Vec::new() };
    let verdicts = rules::arithmetic::run(&mut context, &mut scratch.exact);
    rules::plausible::run(&mut context);
    rules::identity::run(&mut context);
    rules::consolidated::run(&mut context);
    rules::time::run(&mut context);
    rules::prose::run(&mut context);
    let mut findings = context.findings;
    rules::acceptance::apply(site, config, id, report, &mut findings);
    (findings, verdicts)
}

/// What a check works on and reports to.
struct Context<'a> {
    site: &'a Site,
    config: &'a CheckConfig,
    id: ReportId,
    report: &'a Report,
    findings: Vec<Finding>,
}

impl Context<'_> {
    /// The severity of a check here; `None` where it is off.
    fn severity(&self, check: &'static str, usual: Severity) -> Option<Severity> {
        self.config.severity(check, self.report.file(), usual)
    }

    /// Adds a finding. `key` tells it from others of the same check in the same report.
    fn add(&mut self, check: &'static str, usual: Severity, key: &str, fill: impl FnOnce(&mut Finding)) {
        let Some(severity) = self.severity(check, usual) else { return };
        let mut finding = Finding {
            check,
            severity,
            report: self.id,
            codes: Vec::new(),
            found: None,
            expected: None,
            message: Message::new(check),
            places: Vec::new(),
            help: Vec::new(),
            fingerprint: fingerprint(self.site, self.report, check, key),
            accepted: None,
        };
        fill(&mut finding);
        finding.shrink();
        self.findings.push(finding);
    }
}

fn fingerprint(site: &Site, report: &Report, check: &str, key: &str) -> u64 {
    let agency = site.agency(report.agency).map_or("", |agency| &agency.path);
    let text = format!("{check}\n{agency}\n{}\n{}\n{key}", report.period, report.scope.name());
    xxh3_64(text.as_bytes())
}
