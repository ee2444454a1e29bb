//! Reports: what one agency published about one period.
//!
//! They derive `Serialize` and `Deserialize` for the cache of `state` alone: content is parsed by `load`,
//! and pages are made of view structs.

use std::ops::Range;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::base::source::FilePath;
use crate::base::text::Localized;
use crate::figure::Figure;
use crate::form::{Deadline, FormIx, IndicatorIx};

use super::{AgencyId, Body, Period};

/// A report of one agency on one period.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// The agency that published it.
    pub agency: AgencyId,
    /// The period it covers.
    pub period: Period,
    /// Whether it covers the agency alone.
    pub scope: Scope,
    /// The last part of its address: the file's name.
    pub slug: Box<str>,
    /// The form it fills in.
    pub form: FormIx,
    /// Its title.
    pub title: Box<str>,
    /// The language it is written in; `None` for the site's first.
    pub lang: Option<Box<str>>,
    /// The day of its first publication.
    pub published: Option<Date>,
    /// The day it was published again, as after a migration of the agency's website.
    pub republished: Option<Date>,
    /// The document it was taken from.
    pub source: SourceDocument,
    /// The figures of its form that were transcribed, in the form's order.
    pub figures: Vec<(IndicatorIx, Figure)>,
    /// Figures that its form does not ask for.
    pub others: Vec<OtherFigure>,
    /// Figures that its text gives beside the name of an indicator.
    pub mentions: Vec<Mention>,
    /// Findings that an editor has explained.
    pub accept: Vec<Acceptance>,
    /// What was changed since it was first published here.
    pub revisions: Vec<Revision>,
    /// Who wrote its text.
    pub prose: Prose,
    /// Old addresses that redirect to it.
    pub aliases: Vec<Box<str>>,
    /// Whether it is left out of the search index.
    pub unlisted: bool,
    /// Its body.
    pub body: Body,
}

/// Which agencies a report covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// The agency alone (本级).
    Own,
    /// The agency and those below it, added up (汇总).
    Consolidated,
}

impl Scope {
    /// Returns the name in front matter and data files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Consolidated => "consolidated",
        }
    }
}

/// Who wrote the text of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Prose {
    /// The agency.
    Original,
    /// The portal's editors, as a summary.
    Summary,
}

/// The document a report was taken from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceDocument {
    /// Its title.
    pub title: Option<Box<str>>,
    /// The body that issued it.
    pub issuer: Option<Box<str>>,
    /// Its number.
    pub number: Option<Box<str>>,
    /// Its web address.
    pub url: Option<Box<str>>,
    /// The day it was retrieved.
    pub retrieved: Option<Date>,
}

/// A figure that the report's form does not ask for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OtherFigure {
    /// Its code.
    pub code: Box<str>,
    /// Its name.
    pub label: Localized,
    /// Its unit, where one is known.
    pub unit: Option<Box<str>>,
    /// The figure itself.
    pub figure: Figure,
    /// Where its code comes from.
    pub origin: Origin,
}

/// A number in a report's text, directly behind the name of an indicator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// The indicator named.
    pub indicator: IndicatorIx,
    /// The number.
    #[serde(with = "crate::figure::compact_decimal")]
    pub number: Decimal,
    /// Its byte range in the file.
    pub span: Range<usize>,
}

/// Where a code comes from that the report's form does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// Defined in the report: `x_…`, or a `n_…` of its own.
    Local,
    /// A figure of the report's text, known to the catalogue: `n_…`.
    Text,
    /// An indicator of another form.
    Form(FormIx),
}

/// An editor's explanation of a finding, which then no longer counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// The name of the check.
    pub check: Box<str>,
    /// The code of the figure; `None` for every finding of the check.
    pub at: Option<Box<str>>,
    /// Why the finding stands.
    pub why: Box<str>,
}

/// A change to a report after it was first published here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// The day of the change.
    pub date: Date,
    /// The reason given.
    pub why: Box<str>,
    /// The figures that changed.
    pub changes: Vec<FigureChange>,
}

/// A figure before and after a revision, both as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureChange {
    /// The figure's code.
    pub code: Box<str>,
    /// The text before.
    pub from: Box<str>,
    /// The text now.
    pub to: Box<str>,
}

impl Report {
    /// Returns the file it was loaded from.
    pub fn file(&self) -> &FilePath {
        &self.body.file
    }

    /// Returns the figure of an indicator; `None` where it was not transcribed.
    pub fn figure(&self, indicator: IndicatorIx) -> Option<&Figure> {
        let at = self.figures.binary_search_by_key(&indicator, |(ix, _)| *ix).ok()?;
        self.figures.get(at).map(|(_, figure)| figure)
    }

    /// Returns the last day of the deadline for an agency of a level; `None` for parts of a year.
    pub fn due(&self, deadline: &Deadline, level: Option<&str>) -> Option<Date> {
        let of_level = deadline.levels.iter().find(|(known, ..)| level == Some(known));
        let (month, day) = of_level.map_or((deadline.month, deadline.day), |(_, month, day)| (*month, *day));
        self.period.is_year().then(|| Date::new(self.period.end_year() + 1, month, day).ok()).flatten()
    }

    /// Returns a figure outside the form by its code.
    pub fn other(&self, code: &str) -> Option<&OtherFigure> {
        self.others.iter().find(|other| &*other.code == code)
    }
}
