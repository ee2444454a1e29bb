//! What templates see: the parts that several kinds of page share.
//!
//! A page is exactly its view: whatever it shows stands in these structs, so that equal views mean
//! equal pages. Figures appear as text, already written as the language writes them.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::base::text::{Lang, Localized};

/// A text, and its language where that is not the page's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Text<'a> {
    /// What it says.
    pub(crate) text: &'a str,
    /// Its language, where it is another one than the page's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lang: Option<&'a str>,
}

impl<'a> Text<'a> {
    /// The text for readers of `lang`.
    pub(crate) fn of(text: &'a Localized, lang: &Lang) -> Self {
        Self { text: text.get(lang), lang: text.foreign(lang).filter(|tag| !tag.is_empty()) }
    }

    /// The same where there is one.
    pub(crate) fn some(text: &'a Localized, lang: &Lang) -> Option<Self> {
        (!text.is_empty()).then(|| Self::of(text, lang))
    }

    /// A text in the page's own language.
    pub(crate) fn own(text: &'a str) -> Self {
        Self { text, lang: None }
    }
}

/// A composed text, and its language where that is not the page's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Phrase<'a> {
    /// What it says.
    pub(crate) text: Cow<'a, str>,
    /// Its language, where it is another one than the page's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lang: Option<&'a str>,
}

impl<'a> From<Text<'a>> for Phrase<'a> {
    fn from(text: Text<'a>) -> Self {
        Self { text: Cow::Borrowed(text.text), lang: text.lang }
    }
}

impl From<String> for Phrase<'_> {
    fn from(text: String) -> Self {
        Self { text: Cow::Owned(text), lang: None }
    }
}

/// A name that leads somewhere.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Link<'a> {
    /// What it is called.
    pub(crate) name: Text<'a>,
    /// Where it leads.
    pub(crate) url: String,
}

/// A link with a composed name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct NamedLink {
    pub(crate) name: String,
    pub(crate) url: String,
}

/// A step of the way from the home page.
#[derive(Debug, Serialize)]
pub(crate) struct Crumb<'a> {
    pub(crate) name: Cow<'a, str>,
    /// The name's language, where it is not the page's.
    pub(crate) lang: Option<&'a str>,
    /// Where it leads; `None` for the page itself.
    pub(crate) url: Option<String>,
}

impl<'a> Crumb<'a> {
    /// A step that leads somewhere.
    pub(crate) fn to(name: Text<'a>, url: String) -> Self {
        Self { name: Cow::Borrowed(name.text), lang: name.lang, url: Some(url) }
    }

    /// The last step: the page itself.
    pub(crate) fn here(name: String) -> Self {
        Self { name: Cow::Owned(name), lang: None, url: None }
    }
}

/// What stands in a cell: a figure, or in words why there is none. A page has hundreds of them, so
/// templates are given only those of its fields that say something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Cell<'a> {
    /// `value`, `blank`, `not-applicable`, `not-transcribed`, `no-report` or `not-asked`.
    pub(crate) state: &'static str,
    /// The figure, or the word in its place.
    pub(crate) text: Cow<'a, str>,
    /// The figure exactly, where it is one of a series.
    #[serde(skip)]
    pub(crate) exact: Option<Decimal>,
    /// Its unit, where the table has no column for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) unit: Option<&'a str>,
    /// The figure as the source writes it, where that says more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) written: Option<Text<'a>>,
    /// Words about it: cumulative, revised.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) tags: Vec<&'a str>,
    /// The findings it takes part in, by their numbers on the page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) findings: Vec<usize>,
    /// The number of the remark on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<usize>,
}

impl Cell<'_> {
    /// Whether there is a figure in it.
    pub(crate) fn is_value(&self) -> bool {
        self.state == "value"
    }
}

/// A finding as it stands above the figures.
#[derive(Debug, Serialize)]
pub(crate) struct FindingView<'a> {
    /// Its number on the page, from 1.
    pub(crate) number: usize,
    /// `error`, `warning` or `note`.
    pub(crate) severity: &'static str,
    /// Whether it is worth knowing only.
    pub(crate) is_note: bool,
    /// What kind of finding it is, with the place where it is explained.
    pub(crate) check: Link<'a>,
    /// What was found.
    pub(crate) text: String,
    /// The figures it is about.
    pub(crate) places: Vec<NamedLink>,
    /// Why an editor lets it stand.
    pub(crate) accepted: Option<Text<'a>>,
}

/// A way whose last step is the page itself.
pub(crate) fn ending_here(mut way: Vec<Crumb<'_>>) -> Vec<Crumb<'_>> {
    if let Some(last) = way.last_mut() {
        last.url = None;
    }
    way
}
