//! The parts of views that several kinds of page share.
//!
//! A template sees nothing but its view, so equal views give equal pages. Figures are text, already
//! formatted for the language.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde::Serialize;

/// A text, and its language if that is not the language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Text<'a> {
    pub(crate) text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lang: Option<&'a str>,
}

impl<'a> Text<'a> {
    /// Wraps a text in the language of the page.
    pub(crate) fn own(text: &'a str) -> Self {
        Self { text, lang: None }
    }
}

/// A composed text, and its language if that is not the language of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Phrase<'a> {
    pub(crate) text: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lang: Option<&'a str>,
}

impl<'a> From<Text<'a>> for Phrase<'a> {
    fn from(text: Text<'a>) -> Self {
        Self { text: Cow::Borrowed(text.text), lang: text.lang }
    }
}

impl<'a> From<&'a str> for Phrase<'a> {
    fn from(text: &'a str) -> Self {
        Self::from(Text::own(text))
    }
}

impl From<String> for Phrase<'_> {
    fn from(text: String) -> Self {
        Self { text: Cow::Owned(text), lang: None }
    }
}

/// A link whose name is a text of the site or the theme.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Link<'a> {
    pub(crate) name: Text<'a>,
    pub(crate) url: String,
}

/// A link with a composed name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct NamedLink {
    pub(crate) name: String,
    pub(crate) url: String,
}

/// A word about figures, with its explanation.
#[derive(Debug, Serialize)]
pub(crate) struct ExplainedWord<'a> {
    pub(crate) id: &'static str,
    pub(crate) word: &'a str,
    pub(crate) about: &'a str,
}

/// A step of the breadcrumbs, from the home page to the page itself.
#[derive(Debug, Serialize)]
pub(crate) struct Crumb<'a> {
    pub(crate) name: Cow<'a, str>,
    /// The language of the name, if it is not that of the page.
    pub(crate) lang: Option<&'a str>,
    /// `None` for the page itself.
    pub(crate) url: Option<String>,
}

impl<'a> Crumb<'a> {
    /// Returns a crumb that leads to another page.
    pub(crate) fn to(name: Text<'a>, url: String) -> Self {
        Self { name: Cow::Borrowed(name.text), lang: name.lang, url: Some(url) }
    }

    /// Returns the last crumb: the page itself.
    pub(crate) fn here(name: impl Into<Phrase<'a>>) -> Self {
        let Phrase { text, lang } = name.into();
        Self { name: text, lang, url: None }
    }
}

/// A table cell: a figure, or the word for why there is none. A page has hundreds of cells, so fields that
/// are empty are not serialised.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Cell<'a> {
    /// `value`, `blank`, `not-applicable`, `not-transcribed`, `no-report` or `not-asked`.
    pub(crate) state: &'static str,
    /// The figure, or the word in its place.
    pub(crate) text: Cow<'a, str>,
    /// The exact value, if it is one of a series.
    #[serde(skip)]
    pub(crate) exact: Option<Decimal>,
    /// The unit, if the table has no column for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) unit: Option<&'a str>,
    /// The figure as the source writes it, if that says more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) written: Option<Text<'a>>,
    /// Labels such as "cumulative" and "revised".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) tags: Vec<&'a str>,
    /// The numbers on the page of the findings it is part of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) findings: Vec<usize>,
    /// The number of its remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<usize>,
}

impl Cell<'_> {
    /// Returns whether it has a figure.
    pub(crate) fn is_value(&self) -> bool {
        self.state == "value"
    }
}

/// A finding in the list above the figures of a report.
#[derive(Debug, Serialize)]
pub(crate) struct FindingView<'a> {
    /// Its number on the page, from 1.
    pub(crate) number: usize,
    /// `error`, `warning` or `note`.
    pub(crate) severity: &'static str,
    /// Whether it is a mere remark: nothing needs mending.
    pub(crate) is_note: bool,
    /// The check, with a link to its explanation.
    pub(crate) check: Link<'a>,
    pub(crate) text: String,
    /// The figures it is about.
    pub(crate) places: Vec<NamedLink>,
    /// The editor's reason for accepting it.
    pub(crate) accepted: Option<Text<'a>>,
}
