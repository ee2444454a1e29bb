//! Collects what is wrong with a form or series file.

use crate::base::diagnostic::{DataPath, Diagnostic};

/// A fault in a form file: where in its data, and what.
pub type FormFault = (DataPath, Diagnostic);

/// The faults found so far.
#[derive(Default)]
pub(super) struct FormFaults(pub(super) Vec<FormFault>);

impl FormFaults {
    /// Adds a fault about a value.
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
