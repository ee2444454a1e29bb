//! What is to be done with a report, given the file that is there.
//!
//! An editor's work is never lost silently: a report that differs is kept, unless its figures are to
//! be revised, with a reason, or it is to be written anew.

use jiff::civil::Date;

use crate::base::source::Source;
use crate::figure::Units;
use crate::form::Form;
use crate::import::extract::ExtractedReport;
use crate::model::{Report, Scope, Site};

use super::compose;
use super::merge::{self, Difference, MergeError};

/// What becomes of an extracted report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MergeState {
    /// There is no such report yet.
    New,
    /// The report that is there says the same.
    Unchanged,
    /// The figures that differ are changed in the report that is there.
    Revised,
    /// The report that is there is written anew.
    Replaced,
    /// It differs from the report that is there, and the command line does not say what to do.
    Kept,
}

impl MergeState {
    /// All states, in the order in which they are counted.
    pub const ALL: [Self; 5] = [Self::New, Self::Unchanged, Self::Revised, Self::Replaced, Self::Kept];

    /// Returns the name in machine-readable output and in string ids.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Unchanged => "unchanged",
            Self::Revised => "revised",
            Self::Replaced => "replaced",
            Self::Kept => "kept",
        }
    }
}

/// What to do about reports that are there already and differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergePolicy<'a> {
    /// Keep them.
    Keep,
    /// Change their figures, and add a revision of this day with the reason.
    Revise(&'a str, Date),
    /// Write them anew.
    Replace,
}

/// The file at the place of a report.
#[derive(Clone, Copy, Debug)]
pub enum ExistingFile<'a> {
    /// There is none.
    None,
    /// A file that cannot be read as a report.
    Other,
    /// A report and its file.
    Report(&'a Report, &'a Source),
}

/// What is to be done with an extracted report.
#[derive(Clone, Debug, PartialEq)]
pub struct MergeDecision {
    /// What becomes of it.
    pub state: MergeState,
    /// How it differs from the report that is there.
    pub differences: Vec<Difference>,
    /// The text to write, if any.
    pub text: Option<String>,
    /// Why the report could not be revised, if that was the policy.
    pub obstacle: Option<MergeError>,
}

/// Decides what is to be done with a report on `form`.
pub fn decide(
    extracted: &ExtractedReport,
    form: &Form,
    existing: ExistingFile<'_>,
    policy: MergePolicy<'_>,
    units: &Units,
) -> MergeDecision {
    let decided = |state, differences, text| MergeDecision { state, differences, text, obstacle: None };
    let composed = || Some(compose::report(extracted, form));
    let (report, source) = match existing {
        ExistingFile::None => return decided(MergeState::New, Vec::new(), composed()),
        ExistingFile::Report(report, source) if report.form == extracted.form => (report, source),
        _ if policy == MergePolicy::Replace => return decided(MergeState::Replaced, Vec::new(), composed()),
        _ => return decided(MergeState::Kept, Vec::new(), None),
    };
    let differences = merge::differences(report, extracted, form, units);
    match policy {
        MergePolicy::Replace => decided(MergeState::Replaced, differences, composed()),
        _ if differences.is_empty() => decided(MergeState::Unchanged, differences, None),
        MergePolicy::Keep => decided(MergeState::Kept, differences, None),
        MergePolicy::Revise(why, date) => match merge::revise(source, form, &differences, date, why) {
            Ok(text) => decided(MergeState::Revised, differences, Some(text)),
            Err(error) => {
                MergeDecision { obstacle: Some(error), ..decided(MergeState::Kept, differences, None) }
            }
        },
    }
}

/// Returns the site's report for the same agency and period, preferably of the same scope.
pub fn existing_report<'s>(site: &'s Site, extracted: &ExtractedReport) -> Option<&'s Report> {
    let agency = site.agencies.iter().find(|agency| *agency.path == *extracted.agency)?;
    let of_period = || {
        let reports = site.reports_of(agency).iter().map(|report| &**report);
        reports.filter(|report| report.period == extracted.period)
    };
    let with = |scope: Scope| of_period().find(|report| report.scope == scope);
    with(extracted.scope).or_else(|| of_period().next())
}
