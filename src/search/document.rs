//! What is searched: a page as plain text, with what it can be narrowed down by.

use serde::{Deserialize, Serialize};

/// Facets by their names in addresses, in the order in which their columns lie in files.
pub const FACETS: [&str; 5] = ["year", "form", "region", "level", "agency"];

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// What it is about.
    pub kind: Kind,
    /// Its address within the portal: `zhejiang/wenzhou/office/2012/`.
    pub url: String,
    /// Its title.
    pub title: String,
    /// A line below the title: where it belongs, or what it is called in full.
    pub note: String,
    /// Every name of an agency, the official one first; empty for anything else.
    pub names: Vec<String>,
    /// The year it is about.
    pub year: Option<i16>,
    /// The region it is about; the key is its path.
    pub region: Option<Value>,
    /// The agency it is from; the key is its path.
    pub agency: Option<Value>,
    /// The form it is on.
    pub form: Option<Value>,
    /// The level of its agency.
    pub level: Option<Value>,
    /// Its headings, text and figures, a line for each that terms may not reach across.
    pub text: String,
}

/// A value that results can be narrowed down by.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Value {
    /// What addresses say: `zhejiang/wenzhou`.
    pub key: String,
    /// What readers see.
    pub name: String,
}

/// What a page is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
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

impl Kind {
    /// The letter for it in the index.
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
    /// Hands out the values of its facets, each with the place of the facet in [`FACETS`].
    pub(super) fn each_value(&self, mut emit: impl FnMut(usize, &Value)) {
        let year = self.year.map(|year| Value { key: year.to_string(), name: year.to_string() });
        for (facet, value) in
            [&year, &self.form, &self.region, &self.level, &self.agency].into_iter().enumerate()
        {
            if let Some(value) = value {
                emit(facet, value);
            }
        }
    }
}
