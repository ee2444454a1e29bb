//! The catalogue: every form, unit and series a site knows.

use std::ops::Index;

use serde::{Deserialize, Serialize};

use crate::figure::Units;

use super::questionnaire::Form;
use super::series::{Role, Series};

/// The index of a form in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FormIx(pub u16);

/// The index of a series in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeriesIx(pub u16);

/// The id of the form whose indicators are the figures that reports give in their text.
pub const TEXT_FIGURES: &str = "prose";

/// Forms, units and series: the built-in ones and a site's own.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// The units figures may carry.
    pub units: Units,
    /// The forms, built-in ones first.
    pub forms: Vec<Form>,
    /// The series, in the order overviews show them.
    pub series: Vec<Series>,
}

impl Catalog {
    /// The form of an id.
    pub fn find_form(&self, id: &str) -> Option<FormIx> {
        self.forms.iter().position(|form| &*form.id == id).map(|at| FormIx(at as u16))
    }

    /// The series of an id.
    pub fn find_series(&self, id: &str) -> Option<SeriesIx> {
        self.series.iter().position(|series| &*series.id == id).map(|at| SeriesIx(at as u16))
    }

    /// The first series of a role.
    pub fn find_role(&self, role: Role) -> Option<SeriesIx> {
        self.series.iter().position(|series| series.role == Some(role)).map(|at| SeriesIx(at as u16))
    }
}

// Only the catalogue gives out indices: one that does not fit is a bug, and must be loud.

impl Index<FormIx> for Catalog {
    type Output = Form;

    fn index(&self, ix: FormIx) -> &Form {
        &self.forms[ix.0 as usize]
    }
}

impl Index<SeriesIx> for Catalog {
    type Output = Series;

    fn index(&self, ix: SeriesIx) -> &Series {
        &self.series[ix.0 as usize]
    }
}

/// A file of the built-in catalogue.
pub struct EmbeddedFile {
    /// Its name, as diagnostics show it.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// The files of the built-in catalogue.
pub struct Embedded {
    /// The units.
    pub units: EmbeddedFile,
    /// The series.
    pub series: EmbeddedFile,
    /// The forms, oldest first.
    pub forms: &'static [EmbeddedFile],
}

impl Embedded {
    /// All of them.
    pub fn files(&self) -> impl Iterator<Item = &EmbeddedFile> {
        [&self.units, &self.series].into_iter().chain(self.forms)
    }
}

macro_rules! embed {
    ($name:literal) => {
        EmbeddedFile { name: concat!("built-in/", $name), text: include_str!(concat!("catalog/", $name)) }
    };
}

/// The built-in catalogue.
pub static EMBEDDED: Embedded = Embedded {
    units: embed!("units.yaml"),
    series: embed!("series.yaml"),
    forms: &[
        embed!("zj-2012.yaml"),
        embed!("gb-2014.yaml"),
        embed!("gb-2019.yaml"),
        embed!("gb-2021.yaml"),
        embed!("prose.yaml"),
        embed!("us-foia.yaml"),
    ],
};
