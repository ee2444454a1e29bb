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
pub(super) struct Text<'a> {
    /// What it says.
    pub(super) text: &'a str,
    /// Its language, where it is another one than the page's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) lang: Option<&'a str>,
}

impl<'a> Text<'a> {
    /// The text for readers of `lang`.
    pub(super) fn of(text: &'a Localized, lang: &Lang) -> Self {
        Self { text: text.get(lang), lang: text.foreign(lang).filter(|tag| !tag.is_empty()) }
    }

    /// The same where there is one.
    pub(super) fn some(text: &'a Localized, lang: &Lang) -> Option<Self> {
        (!text.is_empty()).then(|| Self::of(text, lang))
    }

    /// A text in the page's own language.
    pub(super) fn own(text: &'a str) -> Self {
        Self { text, lang: None }
    }
}

/// A composed text, and its language where that is not the page's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Phrase<'a> {
    /// What it says.
    pub(super) text: Cow<'a, str>,
    /// Its language, where it is another one than the page's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) lang: Option<&'a str>,
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
pub(super) struct Link<'a> {
    /// What it is called.
    pub(super) name: Text<'a>,
    /// Where it leads.
    pub(super) url: String,
}

/// A link with a composed name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct NamedLink {
    pub(super) name: String,
    pub(super) url: String,
}

/// A page of the same portal in another language, or this one.
#[derive(Debug, Serialize)]
pub(super) struct Alternate<'a> {
    /// The language's tag.
    pub(super) lang: &'a str,
    /// The language in its own words.
    pub(super) name: &'a str,
    /// The page, from the host's root.
    pub(super) url: String,
    /// The page's whole address.
    pub(super) absolute: String,
    /// Whether it is the page itself.
    pub(super) current: bool,
}

/// A step of the way from the home page.
#[derive(Debug, Serialize)]
pub(super) struct Crumb<'a> {
    pub(super) name: Cow<'a, str>,
    /// The name's language, where it is not the page's.
    pub(super) lang: Option<&'a str>,
    /// Where it leads; `None` for the page itself.
    pub(super) url: Option<String>,
}

impl<'a> Crumb<'a> {
    /// A step that leads somewhere.
    pub(super) fn to(name: Text<'a>, url: String) -> Self {
        Self { name: Cow::Borrowed(name.text), lang: name.lang, url: Some(url) }
    }

    /// The last step: the page itself.
    pub(super) fn here(name: String) -> Self {
        Self { name: Cow::Owned(name), lang: None, url: None }
    }
}

/// What every page has. Templates call it `page`.
#[derive(Debug, Serialize)]
pub(super) struct Page<'a> {
    /// What it is about, as its own heading says it.
    pub(super) heading: String,
    /// The title in the window and in search results, unique in the portal.
    pub(super) title: String,
    /// A sentence about it.
    pub(super) description: String,
    /// Its whole address.
    pub(super) canonical: String,
    /// The same page in every language of the portal.
    pub(super) alternates: Vec<Alternate<'a>>,
    /// The way to it.
    pub(super) crumbs: Vec<Crumb<'a>>,
    /// The entry of the menu it belongs to.
    pub(super) section: &'static str,
    /// Whether search engines should leave it out.
    pub(super) noindex: bool,
    /// The content file it shows, in the repository; `None` where none is known.
    pub(super) source_url: Option<String>,
    /// Where a mistake in it is reported; `None` without a repository.
    pub(super) problem_url: Option<String>,
    /// What it says to machines: JSON-LD, safe in a script element; empty where nothing.
    pub(super) json_ld: String,
}

/// What all pages of a language share. Templates call it `site`.
#[derive(Debug, Serialize)]
pub(super) struct Shared<'a> {
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    pub(super) lang: &'a str,
    /// The home page.
    pub(super) home: String,
    /// The menu.
    pub(super) menu: Vec<MenuItem<'a>>,
    /// The feed of reports.
    pub(super) feed: String,
    /// Whether there is a feed: it needs the portal's whole address.
    pub(super) has_feed: bool,
    /// The site's repository.
    pub(super) repository: Option<&'a str>,
    /// The licence of the data.
    pub(super) license: Option<LicenseView<'a>>,
    /// The search page; `None` where there is no search.
    pub(super) search: Option<String>,
    /// Whatever `site.toml` has under `[extra]`.
    pub(super) extra: &'a serde_json::Map<String, serde_json::Value>,
}

/// A licence.
#[derive(Debug, Serialize)]
pub(super) struct LicenseView<'a> {
    pub(super) name: &'a str,
    pub(super) url: Option<&'a str>,
}

/// An entry of the menu.
#[derive(Debug, Serialize)]
pub(super) struct MenuItem<'a> {
    /// Its id: `years`.
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) url: String,
}

/// What stands in a cell: a figure, or in words why there is none. A page has hundreds of them, so
/// templates are given only those of its fields that say something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Cell<'a> {
    /// `value`, `blank`, `not-applicable`, `not-transcribed`, `no-report` or `not-asked`.
    pub(super) state: &'static str,
    /// The figure, or the word in its place.
    pub(super) text: Cow<'a, str>,
    /// The figure exactly, where it is one of a series.
    #[serde(skip)]
    pub(super) exact: Option<Decimal>,
    /// Its unit, where the table has no column for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unit: Option<&'a str>,
    /// The figure as the source writes it, where that says more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) written: Option<Text<'a>>,
    /// Words about it: cumulative, revised.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) tags: Vec<&'a str>,
    /// The findings it takes part in, by their numbers on the page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) findings: Vec<usize>,
    /// The number of the remark on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<usize>,
}

impl Cell<'_> {
    /// Whether there is a figure in it.
    pub(super) fn is_value(&self) -> bool {
        self.state == "value"
    }
}

/// A finding as it stands above the figures.
#[derive(Debug, Serialize)]
pub(super) struct FindingView<'a> {
    /// Its number on the page, from 1.
    pub(super) number: usize,
    /// `error`, `warning` or `note`.
    pub(super) severity: &'static str,
    /// Whether it is worth knowing only.
    pub(super) is_note: bool,
    /// What kind of finding it is, with the place where it is explained.
    pub(super) check: Link<'a>,
    /// What was found.
    pub(super) text: String,
    /// The figures it is about.
    pub(super) places: Vec<NamedLink>,
    /// Why an editor lets it stand.
    pub(super) accepted: Option<Text<'a>>,
}

/// A way whose last step is the page itself.
pub(super) fn ending_here(mut way: Vec<Crumb<'_>>) -> Vec<Crumb<'_>> {
    if let Some(last) = way.last_mut() {
        last.url = None;
    }
    way
}
