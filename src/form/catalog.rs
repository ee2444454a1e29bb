//! The catalogue: every form, unit and series a site knows.

use std::ops::Index;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::figure::Units;

use super::{Form, Role, Series};

/// The place of a form in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FormIx(pub u16);

/// The place of a series in the catalogue.
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

    /// The form at a place.
    pub fn form(&self, ix: FormIx) -> Option<&Form> {
        self.forms.get(ix.0 as usize)
    }

    /// The series of an id.
    pub fn find_series(&self, id: &str) -> Option<SeriesIx> {
        self.series.iter().position(|series| &*series.id == id).map(|at| SeriesIx(at as u16))
    }

    /// The first series of a role.
    pub fn find_role(&self, role: Role) -> Option<SeriesIx> {
        self.series.iter().position(|series| series.role == Some(role)).map(|at| SeriesIx(at as u16))
    }

    /// The series at a place.
    pub fn series(&self, ix: SeriesIx) -> Option<&Series> {
        self.series.get(ix.0 as usize)
    }

    /// The forms in which each code occurs, for codes that a report borrows from another form.
    pub fn forms_by_code(&self) -> FxHashMap<&str, FormIx> {
        let mut owners = FxHashMap::default();
        for (at, form) in self.forms.iter().enumerate() {
            for indicator in &form.indicators {
                owners.entry(&*indicator.code).or_insert(FormIx(at as u16));
            }
        }
        owners
    }
}

// A place is given out by the catalogue itself: one that does not fit is a bug, and must be loud.

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

/// A file of the built-in catalogue: its name and its text.
pub struct EmbeddedFile {
    /// Its name, as diagnostics show it.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! embed {
    ($($name:literal),+ $(,)?) => {
        &[$(EmbeddedFile { name: concat!("built-in/", $name), text: include_str!(concat!("catalog/", $name)) }),+]
    };
}

/// The files of the built-in catalogue: units, then series, then forms.
pub fn embedded() -> (&'static EmbeddedFile, &'static EmbeddedFile, &'static [EmbeddedFile]) {
    const UNITS: &[EmbeddedFile] = embed!["units.yaml"];
    const SERIES: &[EmbeddedFile] = embed!["series.yaml"];
    const FORMS: &[EmbeddedFile] =
        embed!["zj-2012.yaml", "gb-2014.yaml", "gb-2019.yaml", "gb-2021.yaml", "prose.yaml", "us-foia.yaml"];
    (&UNITS[0], &SERIES[0], FORMS)
}
