//! Checks a site's figures for contradictions, and says where they are.
//!
//! Each file in [`rules`] is one check. A check looks at figures and says for each rule whether it
//! holds, fails, or cannot be assessed because a figure it needs is blank, inexact or missing. It never
//! changes or fills in a figure.

mod arithmetic;
mod definition;
mod evaluation;
mod finding;
mod rules;
mod settings;
#[cfg(test)]
pub(crate) mod testing;
mod text;

pub use definition::{Check, Group};
pub use finding::{Finding, Findings, Verdicts};
pub use rules::{CHECKS, info, names};
pub use settings::unmatched_folders;

use std::sync::LazyLock;

use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::config::CheckConfig;
use crate::figure::Value;
use crate::model::{AgencyId, Report, ReportId, Scope, Site};

use definition::{Context, FigureCheck, Run};
use finding::ReportFindings;
use rules::TABLE;

/// Runs every check on every report.
pub fn run(site: &Site, config: &CheckConfig) -> Findings {
    let ids: Vec<ReportId> = site.reports_with_ids().map(|(id, _)| id).collect();
    Findings { reports: check_each(site, config, &ids) }
}

/// Updates findings after the figures of some reports have changed. Only reports whose findings may
/// depend on a changed one are checked again: those of its agency, and consolidated ones.
pub fn renew(site: &Site, config: &CheckConfig, before: &Findings, changed: &[ReportId]) -> Findings {
    let agencies: Vec<AgencyId> = changed.iter().map(|id| site[*id].agency).collect();
    let is_concerned =
        |report: &Report| agencies.contains(&report.agency) || report.scope == Scope::Consolidated;
    let concerned = site.reports_with_ids().filter(|(_, report)| is_concerned(report));
    let ids: Vec<ReportId> = concerned.map(|(id, _)| id).collect();
    let mut findings = before.clone();
    for (id, checked) in ids.iter().zip(check_each(site, config, &ids)) {
        findings.reports[id.0 as usize] = checked;
    }
    findings
}

fn check_each(site: &Site, config: &CheckConfig, ids: &[ReportId]) -> Vec<ReportFindings> {
    ids.par_iter().map_init(Vec::new, |buffer, id| check(Context::new(site, config, *id), buffer)).collect()
}

/// Runs the checks on one report: those of its form's rules, of figures, of the report as a whole, and
/// finally of findings; each kind in the order of the table. Findings are numbered in that order.
fn check(mut context: Context<'_>, buffer: &mut Vec<Option<Decimal>>) -> ReportFindings {
    let context = &mut context;
    let verdicts = arithmetic::run(context, buffer);
    check_figures(context);
    for check in &*TABLE {
        if let Run::Report(run) = check.run {
            run(context);
        }
    }
    for check in &*TABLE {
        if let Run::Findings(run) = check.run {
            run(context);
        }
    }
    ReportFindings { findings: std::mem::take(&mut context.findings).into(), verdicts }
}

static FIGURE_CHECKS: LazyLock<Vec<FigureCheck>> = LazyLock::new(|| {
    let checks = TABLE.iter().filter_map(|check| match check.run {
        Run::Figure(run) => Some(run),
        _ => None,
    });
    checks.collect()
});

fn check_figures(context: &mut Context<'_>) {
    for (ix, figure) in &context.report.figures {
        if let Value::Number(number) = figure.value {
            for run in &*FIGURE_CHECKS {
                run(context, *ix, figure, number);
            }
        }
    }
}
