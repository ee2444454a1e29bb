//! Findings about the texts of pages. They appear while the texts are rendered, and the quality page lists
//! them.

use xxhash_rust::xxh3::Xxh3Default;

use crate::base::diagnostic::Diagnostic;
use crate::check::{self, Group};
use crate::plan::PageKey;

/// The findings of the text checks, in the order of the plan.
#[derive(Debug, Default)]
pub struct TextFindings(Vec<(PageKey, Diagnostic)>);

impl TextFindings {
    /// Picks the findings of text checks from all faults of pages.
    pub fn new(found: impl IntoIterator<Item = (PageKey, Diagnostic)>) -> Self {
        let is_of_texts =
            |fault: &Diagnostic| check::info(fault.code).is_some_and(|check| check.group == Group::Text);
        Self(found.into_iter().filter(|(_, fault)| is_of_texts(fault)).collect())
    }

    /// Returns every finding, with the page that shows the text.
    pub(crate) fn all(&self) -> impl Iterator<Item = &(PageKey, Diagnostic)> {
        self.0.iter()
    }

    /// Returns the findings of a check.
    pub(crate) fn of(&self, check: &str) -> impl Iterator<Item = &(PageKey, Diagnostic)> {
        self.0.iter().filter(move |(_, fault)| fault.code == check)
    }

    /// Returns a fingerprint of all findings.
    pub(crate) fn fingerprint(&self) -> u128 {
        let mut hash = Xxh3Default::new();
        for finding in &self.0 {
            hash.update(format!("{finding:?}\n").as_bytes());
        }
        hash.digest128()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::PageKind;

    #[test]
    fn only_what_checks_of_texts_find_is_taken() {
        let home = PageKey { lang: 0, kind: PageKind::Home };
        let found = ["broken-link", "template-render", "heading-order", "sum-mismatch"];
        let texts = TextFindings::new(found.map(|code| (home, Diagnostic::warning(code))));
        let codes: Vec<&str> = texts.all().map(|(_, fault)| fault.code).collect();
        assert_eq!(codes, ["broken-link", "heading-order"]);
        assert_eq!(texts.of("heading-order").count(), 1);
        assert_ne!(texts.fingerprint(), TextFindings::default().fingerprint());
    }
}
