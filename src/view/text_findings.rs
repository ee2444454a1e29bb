//! What is wrong with the texts of pages: found where they are rendered, told on the quality page.

use xxhash_rust::xxh3::Xxh3Default;

use crate::base::diagnostic::Diagnostic;
use crate::check::{self, Group};
use crate::plan::PageKey;

/// What the checks of texts found, in the order of the plan.
#[derive(Debug, Default)]
pub struct TextFindings(Vec<(PageKey, Diagnostic)>);

impl TextFindings {
    /// Takes what belongs to the checks of texts from all that is wrong with pages.
    pub fn new(found: impl IntoIterator<Item = (PageKey, Diagnostic)>) -> Self {
        let is_of_texts =
            |fault: &Diagnostic| check::info(fault.code).is_some_and(|check| check.group == Group::Text);
        Self(found.into_iter().filter(|(_, fault)| is_of_texts(fault)).collect())
    }

    /// Every finding, with the page that shows the text.
    pub(crate) fn all(&self) -> impl Iterator<Item = &(PageKey, Diagnostic)> {
        self.0.iter()
    }

    /// What a check found.
    pub(crate) fn of(&self, check: &str) -> impl Iterator<Item = &(PageKey, Diagnostic)> {
        self.0.iter().filter(move |(_, fault)| fault.code == check)
    }

    /// A fingerprint of all of it.
    pub(crate) fn print(&self) -> u128 {
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
        assert_ne!(texts.print(), TextFindings::default().print());
    }
}
