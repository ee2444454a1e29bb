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

/// The letters of the kinds in the index.
const LETTERS: [(DocumentKind, &str); 6] = [
    (DocumentKind::Report, "r"),
    (DocumentKind::Agency, "a"),
    (DocumentKind::Region, "g"),
    (DocumentKind::Indicator, "i"),
    (DocumentKind::Form, "f"),
    (DocumentKind::Page, "p"),
];

impl DocumentKind {
    pub(super) fn letter(self) -> &'static str {
        LETTERS.iter().find(|(kind, _)| *kind == self).map_or("p", |(_, letter)| letter)
    }

    pub(super) fn of_letter(letter: &str) -> Self {
        LETTERS.iter().find(|(_, known)| *known == letter).map_or(Self::Page, |(kind, _)| *kind)
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
