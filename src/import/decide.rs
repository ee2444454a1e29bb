//! What is to be done with a draft, given the report that is there.
//!
//! An editor's work is never lost silently: a report that differs is kept, unless somebody says that
//! its figures are to be revised, with a reason, or that it is to be written anew.

use jiff::civil::Date;

use crate::base::source::Source;
use crate::figure::Units;
use crate::form::Form;
use crate::model::{Report, Scope, Site};

use super::compose;
use super::draft::Draft;
use super::revise::{self, Difference, ReviseError};

/// What becomes of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// There is no such report yet.
    New,
    /// The report that is there says the same.
    Unchanged,
    /// The figures that differ are changed in the report that is there.
    Revised,
    /// The report that is there is written anew.
    Replaced,
    /// It differs from the report that is there, and nobody said what to do.
    Kept,
}

impl State {
    /// Every state, in the order in which they are counted.
    pub const ALL: [Self; 5] = [Self::New, Self::Unchanged, Self::Revised, Self::Replaced, Self::Kept];

    /// The name in machine-readable output and in string ids.
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

/// What somebody said about reports that are there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish<'a> {
    /// Nothing: they are kept.
    Keep,
    /// Their figures are changed, and a revision of this day says why.
    Revise(&'a str, Date),
    /// They are written anew.
    Replace,
}

/// What stands at a draft's place.
#[derive(Clone, Copy, Debug)]
pub enum There<'a> {
    /// Nothing.
    Nothing,
    /// A file that is no report anyone can read.
    File,
    /// A report and its file.
    Report(&'a Report, &'a Source),
}

/// What is to be done with a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What becomes of it.
    pub state: State,
    /// What differs from the report that is there.
    pub differences: Vec<Difference>,
    /// The text to be written, if one is.
    pub text: Option<String>,
    /// Why the report could not be revised, where that was the wish.
    pub obstacle: Option<ReviseError>,
}

/// Decides what is to be done with a draft on `form`.
pub fn decide(draft: &Draft, form: &Form, there: There<'_>, wish: Wish<'_>, units: &Units) -> Decision {
    let plain = |state, text| Decision { state, differences: Vec::new(), text, obstacle: None };
    let replaces = wish == Wish::Replace;
    let (report, source) = match there {
        There::Nothing => return plain(State::New, Some(compose::report(draft, form))),
        There::Report(report, source) if report.form == draft.form => (report, source),
        _ if replaces => return plain(State::Replaced, Some(compose::report(draft, form))),
        _ => return plain(State::Kept, None),
    };
    let differences = revise::differences(report, draft, form, units);
    let decided = |state, differences, text| Decision { state, differences, text, obstacle: None };
    match wish {
        Wish::Replace => decided(State::Replaced, differences, Some(compose::report(draft, form))),
        _ if differences.is_empty() => decided(State::Unchanged, differences, None),
        Wish::Keep => decided(State::Kept, differences, None),
        Wish::Revise(why, date) => match revise::revise(source, form, &differences, date, why) {
            Ok(text) => decided(State::Revised, differences, Some(text)),
            Err(error) => Decision { state: State::Kept, differences, text: None, obstacle: Some(error) },
        },
    }
}

/// The report that a draft is about, where the site has it.
pub fn existing<'s>(site: &'s Site, draft: &Draft) -> Option<&'s Report> {
    let agency = site.agencies.iter().find(|agency| *agency.path == *draft.agency)?;
    let of_period = || {
        site.reports_of(agency).iter().map(|report| &**report).filter(|report| report.period == draft.period)
    };
    let with = |scope: Scope| of_period().find(|report| report.scope == scope);
    with(draft.scope).or_else(|| of_period().next())
}
