//! What is set aside: elements by selectors, and texts.

use scraper::{ElementRef, Selector};

/// What `--ignore` names.
#[derive(Debug, Default)]
pub(crate) struct Ignore {
    selectors: Vec<Selector>,
    texts: Vec<String>,
}

impl Ignore {
    pub(crate) fn new(wanted: &[String]) -> Result<Self, String> {
        let mut ignore = Self::default();
        for one in wanted {
            match one.strip_prefix("text:") {
                Some("") => return Err("--ignore text: needs a text".to_owned()),
                Some(text) => ignore.texts.push(text.to_owned()),
                None => ignore.selectors.push(
                    Selector::parse(one).map_err(|error| format!("--ignore {one}: no selector: {error}"))?,
                ),
            }
        }
        Ok(ignore)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.selectors.is_empty() && self.texts.is_empty()
    }

    /// A text without the texts that are set aside.
    pub(crate) fn strip(&self, text: String) -> String {
        self.texts.iter().fold(text, |text, aside| text.replace(aside, ""))
    }

    pub(crate) fn matches(&self, element: ElementRef<'_>) -> bool {
        self.selectors.iter().any(|selector| selector.matches(&element))
    }
}
