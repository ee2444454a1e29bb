//! How much of a form a report fills in, as far as it was transcribed.

use crate::figure::Value;
use crate::form::Form;
use crate::model::Report;

/// The figures that a form asks for, by what a report gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Completeness {
    /// Given as a number, exact or not; zero is a number.
    pub given: u32,
    /// Blank in the source.
    pub blank: u32,
    /// Marked as not applicable.
    pub not_applicable: u32,
    /// Not transcribed.
    pub not_transcribed: u32,
}

impl Completeness {
    /// Returns how many figures the form asks for.
    pub fn asked(&self) -> u32 {
        self.given + self.blank + self.not_applicable + self.not_transcribed
    }

    /// Returns how many were transcribed.
    pub fn transcribed(&self) -> u32 {
        self.given + self.blank + self.not_applicable
    }
}

/// Counts the figures of a report by what it gives.
pub fn completeness(form: &Form, report: &Report) -> Completeness {
    let mut counts = Completeness::default();
    for (_, figure) in &report.figures {
        match figure.value {
            Value::Number(_) | Value::Approximate(..) => counts.given += 1,
            Value::Blank => counts.blank += 1,
            Value::NotApplicable => counts.not_applicable += 1,
        }
    }
    let asked = form.figures().count() as u32;
    counts.not_transcribed = asked.saturating_sub(counts.transcribed());
    counts
}
