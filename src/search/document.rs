//! The documents of an index: pages as plain text, with the facets that results are narrowed down by.

use serde::{Deserialize, Serialize};

/// The names of facets in addresses, in the order of their columns in files.
pub const FACETS: [&str; 5] = ["year", "form", "region", "level", "agency"];

/// A page to be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The kind of page.
    pub kind: DocumentKind,
    /// Its address within the portal: `zhejiang/wenzhou/office/2012/`.
    pub url: String,
    /// The title.
    pub title: String,
    /// The line below the title: where the page belongs, or its full name.
    pub note: String,
    /// Every name of an agency, the official one first; empty for anything else.
    pub names: Vec<String>,
    /// The year it is about.
    pub year: Option<i16>,
    /// The region it is about; the key is its path.
    pub region: Option<FacetValue>,
    /// The agency it is from; the key is its path.
    pub agency: Option<FacetValue>,
    /// The form it is on.
    pub form: Option<FacetValue>,
    /// The level of its agency.
    pub level: Option<FacetValue>,
    /// Its headings, text and figures; no term spans a line break.
    pub text: String,
}

/// A value of a facet.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FacetValue {
    /// As in addresses: `zhejiang/wenzhou`.
    pub key: String,
    /// As readers see it.
    pub name: String,
}

/// The kinds of pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DocumentKind {
    /// A report.
    #[default]
    Report,
    /// An agency.
    Agency,
    /// A region.
    Region,
    /// An indicator.
    Indicator,
    /// A form.
    Form,
    /// Anything else.
    Page,
}

impl DocumentKind {
    /// Returns the letter for it in the index.
    pub(super) fn letter(self) -> char {
        match self {
            Self::Report => 'r',
            Self::Agency => 'a',
            Self::Region => 'g',
            Self::Indicator => 'i',
            Self::Form => 'f',
            Self::Page => 'p',
        }
    }

    pub(super) fn of_letter(letter: &str) -> Self {
        match letter {
            "r" => Self::Report,
            "a" => Self::Agency,
            "g" => Self::Region,
            "i" => Self::Indicator,
            "f" => Self::Form,
            _ => Self::Page,
        }
    }
}

impl Document {
    /// Emits the values of its facets, each with the place of the facet in [`FACETS`].
    pub(super) fn each_value(&self, mut emit: impl FnMut(usize, &FacetValue)) {
        let year = self.year.map(|year| FacetValue { key: year.to_string(), name: year.to_string() });
        for (facet, value) in
            [&year, &self.form, &self.region, &self.level, &self.agency].into_iter().enumerate()
        {
            if let Some(value) = value {
                emit(facet, value);
            }
        }
    }
}
