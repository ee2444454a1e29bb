//! What compiling a form or series file keeps track of.

use rustc_hash::FxHashMap;

use crate::base::diagnostic::{DataPath, Diagnostic, Severity};
use crate::figure::Units;
use crate::form::indicator::{Indicator, IndicatorIx};

/// A fault in a form file: where in its data, and what.
pub type FormFault = (DataPath, Diagnostic);

#[derive(Default)]
pub(super) struct FormFaults(pub(super) Vec<FormFault>);

impl FormFaults {
    pub(super) fn add(&mut self, path: DataPath, code: &'static str, value: &str) {
        self.0.push((path, Diagnostic::error(code).arg("value", value)));
    }

    /// What a word stands for; a word that stands for nothing is a fault.
    pub(super) fn word<T>(
        &mut self,
        word: Option<&str>,
        path: &DataPath,
        key: &str,
        from_name: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let word = word?;
        let found = from_name(word);
        if found.is_none() {
            self.add(path.clone().key(key), "form-unknown-word", word);
        }
        found
    }
}

/// An indicator with what is only needed while compiling.
pub(super) struct PendingIndicator {
    pub(super) indicator: Indicator,
    pub(super) path: DataPath,
    pub(super) parent: Option<Box<str>>,
    pub(super) group: Option<Box<str>>,
    pub(super) severity: Option<Severity>,
    pub(super) depth: Option<u8>,
}

pub(super) struct Compiler<'a> {
    pub(super) units: &'a Units,
    pub(super) indicators: Vec<PendingIndicator>,
    pub(super) by_code: FxHashMap<Box<str>, IndicatorIx>,
    pub(super) faults: FormFaults,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(units: &'a Units) -> Self {
        Self { units, indicators: Vec::new(), by_code: FxHashMap::default(), faults: FormFaults::default() }
    }

    pub(super) fn pending(&self, ix: IndicatorIx) -> &PendingIndicator {
        &self.indicators[ix.0 as usize]
    }

    /// Every indicator met so far, with its place.
    pub(super) fn all(&self) -> impl Iterator<Item = (IndicatorIx, &PendingIndicator)> {
        self.indicators.iter().enumerate().map(|(at, pending)| (IndicatorIx(at as u16), pending))
    }
}

/// The severity of a word in form files.
pub(super) fn severity(name: &str) -> Option<Severity> {
    [Severity::Error, Severity::Warning, Severity::Note].into_iter().find(|severity| severity.name() == name)
}

/// Whether a text can be a code or a series' id: ASCII `snake_case`.
pub fn is_code(code: &str) -> bool {
    code.len() <= 80
        && code.starts_with(|c: char| c.is_ascii_lowercase())
        && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
