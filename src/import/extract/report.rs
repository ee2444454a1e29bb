//! What is asked of an import, and what it makes of documents.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::base::diagnostic::Diagnostic;
use crate::form::{FormIx, IndicatorIx};
use crate::import::log::LogEntry;
use crate::import::matching::{ExtraFigure, LabelMapping, TranscribedFigure};
use crate::model::{Period, Scope};

/// What the command line says about the documents.
#[derive(Clone, Debug)]
pub struct ImportRequest<'a> {
    /// The form's id.
    pub form: Option<&'a str>,
    /// The agency's folder below `content`.
    pub agency: Option<&'a str>,
    /// The folder in which agencies that the site does not know are created.
    pub folder: &'a str,
    /// The period.
    pub period: Option<Period>,
    /// The heading of the column to take.
    pub column: Option<&'a str>,
    /// What labels mean.
    pub mapping: &'a LabelMapping,
}

/// A report extracted from documents.
#[derive(Clone, Debug)]
pub struct ExtractedReport {
    /// The agency's folder below `content`.
    pub agency: String,
    /// The agency's names, the official one first, if the site does not know it.
    pub new_agency: Option<Vec<String>>,
    /// The period it covers.
    pub period: Period,
    /// Whether it is about the agency alone, or adds up others.
    pub scope: Scope,
    /// The form it fills in.
    pub form: FormIx,
    /// The title of the document.
    pub title: Option<String>,
    /// The name in that title, which the report's own title does without.
    pub titled_by: Option<String>,
    /// Who signed it.
    pub issuer: Option<String>,
    /// The date it bears.
    pub published: Option<Date>,
    /// The address it was saved from.
    pub url: Option<String>,
    /// Figures of the form.
    pub figures: BTreeMap<IndicatorIx, TranscribedFigure>,
    /// All other figures.
    pub extras: Vec<ExtraFigure>,
    /// Its text, in Markdown.
    pub body: String,
    /// What became of each row and cell.
    pub entries: Vec<LogEntry>,
    /// The files it was extracted from.
    pub files: Vec<Arc<str>>,
}

/// What could be extracted from documents.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    /// The reports, by agency and period.
    pub reports: Vec<ExtractedReport>,
    /// Log entries about tables as a whole.
    pub notes: Vec<LogEntry>,
    /// Obstacles; nothing should be written while there is one.
    pub problems: Vec<Diagnostic>,
}
