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

/// The place of a report in its site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportId(pub u32);

/// A report.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// Who reported.
    pub agency: AgencyId,
    /// What it covers.
    pub period: Period,
    /// For whom it speaks.
    pub scope: Scope,
    /// The last part of its address: the file's name.
    pub slug: Box<str>,
    /// The form it fills in.
    pub form: FormIx,
    /// Its title.
    pub title: Box<str>,
    /// The language it is written in; `None` for the site's first.
    pub lang: Option<Box<str>>,
    /// When it was first published.
    pub published: Option<Date>,
    /// When it was published again, as after a migration of the agency's site.
    pub republished: Option<Date>,
    /// The document it was taken from.
    pub source: SourceDocument,
    /// The figures of its form that were transcribed, in the form's order.
    pub figures: Vec<(IndicatorIx, Figure)>,
    /// Figures that its form does not ask for.
    pub others: Vec<OtherFigure>,
    /// Figures that its text gives beside the name of an indicator.
    pub mentions: Vec<Mention>,
    /// Findings that an editor has looked at.
    pub accept: Vec<Acceptance>,
    /// What was changed since it was first published here.
    pub revisions: Vec<Revision>,
    /// Whose words the text is.
    pub prose: Prose,
    /// Addresses that lead to it.
    pub aliases: Vec<Box<str>>,
    /// Whether search leaves it out.
    pub unlisted: bool,
    /// Its text.
    pub body: Body,
}

/// For whom a report speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// The agency alone (本级).
    Own,
    /// The agency and those below it, added up (汇总).
    Consolidated,
}

impl Scope {
    /// The name in front matter and data files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Consolidated => "consolidated",
        }
    }
}

/// Whose words a report's text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Prose {
    /// The agency's.
    Original,
    /// The portal editors', who summarise.
    Summary,
}

/// The document a report was taken from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceDocument {
    /// Its title.
    pub title: Option<Box<str>>,
    /// Who issued it.
    pub issuer: Option<Box<str>>,
    /// Its number.
    pub number: Option<Box<str>>,
    /// Its address.
    pub url: Option<Box<str>>,
    /// When it was read.
    pub retrieved: Option<Date>,
}

/// A figure that the report's form does not ask for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OtherFigure {
    /// Its code.
    pub code: Box<str>,
    /// What it is called.
    pub label: Localized,
    /// Its unit, where one is known.
    pub unit: Option<Box<str>>,
    /// What it says.
    pub figure: Figure,
    /// Where its code comes from.
    pub origin: Origin,
}

/// A number in a report's text, right behind the name of an indicator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// The indicator named.
    pub indicator: IndicatorIx,
    /// The number.
    #[serde(with = "crate::figure::compact_decimal")]
    pub number: Decimal,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// Where the code of a figure comes from that a form does not ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// Defined in the report: `x_…`, or a `n_…` of its own.
    Local,
    /// A figure of the report's text, known to the catalogue: `n_…`.
    Text,
    /// An indicator of another form.
    Form(FormIx),
}

/// A finding that an editor has looked at and explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// The check.
    pub check: Box<str>,
    /// The code it is found at; `None` for all.
    pub at: Option<Box<str>>,
    /// Why it stays.
    pub why: Box<str>,
}

/// A change to a report after it was first published here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// When.
    pub date: Date,
    /// Why.
    pub why: Box<str>,
    /// Which figures: code, from, to.
    pub changes: Vec<Change>,
}

/// A figure before and after a revision, as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The figure's code.
    pub code: Box<str>,
    /// What it said before.
    pub from: Box<str>,
    /// What it says now.
    pub to: Box<str>,
}

impl Report {
    /// The file it stands in.
    pub fn file(&self) -> &FilePath {
        &self.body.file
    }

    /// The figure of an indicator; `None` where it was not transcribed.
    pub fn figure(&self, indicator: IndicatorIx) -> Option<&Figure> {
        let at = self.figures.binary_search_by_key(&indicator, |(ix, _)| *ix).ok()?;
        self.figures.get(at).map(|(_, figure)| figure)
    }

    /// The last day on which it is in time, for an agency of a level; `None` for parts of a year.
    pub fn due(&self, deadline: &Deadline, level: Option<&str>) -> Option<Date> {
        let of_level = deadline.levels.iter().find(|(known, ..)| level == Some(known));
        let (month, day) = of_level.map_or((deadline.month, deadline.day), |(_, month, day)| (*month, *day));
        self.period.is_year().then(|| Date::new(self.period.end_year() + 1, month, day).ok()).flatten()
    }

    /// A figure outside the form, by code.
    pub fn other(&self, code: &str) -> Option<&OtherFigure> {
        self.others.iter().find(|other| &*other.code == code)
    }
}
