//! Reads forms, units and series: the built-in files, and a site's own in `content/_forms/`.
//!
//! Faults in what they mean are found by `form::compile` as paths through their data; the spans are
//! looked up in the file when a diagnostic is shown.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde::de::DeserializeOwned;

use crate::base::data::Faults;
use crate::base::diagnostic::{At, DataPath, Diagnostic};
use crate::base::source::Source;
use crate::figure::Unit;
use crate::form::{self, Catalog, EMBEDDED, EmbeddedFile, FormFault, FormSpec, SeriesSpec, UnitSpec};

use super::yaml;

/// Reads the built-in catalogue and the site's own files above it.
///
/// A file named `units.yaml` or `series.yaml` adds units or series; every other one is a form.
pub(super) fn load(own: &[Source], diagnostics: &mut Vec<Diagnostic>) -> Catalog {
    let is_units = |source: &Source| source.path().ends_with("/units.yaml");
    let is_series = |source: &Source| source.path().ends_with("/series.yaml");
    let units = own.iter().filter(|source| is_units(source));
    let forms = own.iter().filter(|source| !is_units(source) && !is_series(source));
    let series = own.iter().filter(|source| is_series(source));

    let mut reader = CatalogReader { catalog: Catalog::default(), specs: Vec::new(), diagnostics };
    reader.read_each([&EMBEDDED.units], units, CatalogReader::add_units);
    reader.read_each(EMBEDDED.forms, forms, CatalogReader::add_form);
    reader.read_each([&EMBEDDED.series], series, CatalogReader::add_series);
    reader.catalog
}

struct CatalogReader<'a> {
    catalog: Catalog,
    /// The forms read so far, as others may extend them.
    specs: Vec<FormSpec>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl CatalogReader<'_> {
    /// Reads built-in files, then a site's own. A file that cannot be read as a `T` adds nothing.
    fn read_each<'f, T: DeserializeOwned>(
        &mut self,
        builtin: impl IntoIterator<Item = &'f EmbeddedFile>,
        own: impl Iterator<Item = &'f Source>,
        add: fn(&mut Self, T, &mut Faults),
    ) {
        let builtin = builtin.into_iter().map(|file| Source::new(file.name.into(), file.text.to_owned()));
        for source in builtin.map(Cow::Owned).chain(own.map(Cow::Borrowed)) {
            let mut faults = Faults::new(source.path());
            match yaml::typed(source.text()) {
                Ok(value) => add(self, value, &mut faults),
                Err(error) => {
                    let at = error.position.map_or(At::File, At::Position);
                    faults.add(Diagnostic::error("form-syntax").arg("detail", error.detail), at);
                }
            }
            self.diagnostics.extend(faults.into_vec());
        }
    }

    fn add_units(&mut self, specs: Vec<UnitSpec>, _: &mut Faults) {
        for spec in specs {
            self.catalog.units.insert(Unit {
                dimension: spec.dimension.as_deref().unwrap_or(&spec.symbol).into(),
                symbol: spec.symbol.into(),
                name: spec.name,
                one: spec.one,
                factor: Decimal::from(spec.factor),
            });
        }
    }

    fn add_form(&mut self, spec: FormSpec, faults: &mut Faults) {
        let mut refuse = |code, key, value: &str| {
            let at = At::Value(DataPath::keys(&[key]));
            faults.add(Diagnostic::error(code).arg("value", value), at);
        };
        if self.specs.iter().any(|known| known.id == spec.id) {
            return refuse("form-defined-twice", "id", &spec.id);
        }
        let mut base = None;
        if let Some(id) = &spec.extends {
            base = self.specs.iter().find(|known| known.id == *id).cloned();
            if base.is_none() {
                return refuse("form-unknown", "extends", id);
            }
        }
        let (whole, extended) = match base {
            None => (spec, None),
            Some(base) => (spec.clone().extending(&base), Some((spec, base))),
        };
        match form::compile(&whole, &self.catalog.units) {
            Ok(compiled) => self.catalog.forms.push(compiled),
            Err(wrong) => {
                let own_path = |path| match &extended {
                    Some((spec, base)) => spec.own_path(base, path),
                    None => path,
                };
                add_faults(wrong.into_iter().map(|(path, fault)| (own_path(path), fault)), faults);
            }
        }
        self.specs.push(whole);
    }

    fn add_series(&mut self, specs: Vec<SeriesSpec>, faults: &mut Faults) {
        let mut ids: Vec<String> = Vec::new();
        for (at, spec) in specs.into_iter().enumerate() {
            let path = DataPath::default().index(at);
            let wrong = match () {
                () if !form::is_code(&spec.id) => Some("form-bad-code"),
                () if ids.contains(&spec.id) => Some("form-duplicate-id"),
                () => None,
            };
            if let Some(code) = wrong {
                let fault = Diagnostic::error(code).arg("value", &*spec.id);
                faults.add(fault, At::Value(path.clone().key("id")));
            }
            ids.push(spec.id.clone());
            let (series, wrong) = form::compile_series(spec, &self.catalog, &path);
            add_faults(wrong, faults);
            match self.catalog.series.iter_mut().find(|known| known.id == series.id) {
                Some(known) => *known = series,
                None => self.catalog.series.push(series),
            }
        }
    }
}

fn add_faults(wrong: impl IntoIterator<Item = FormFault>, faults: &mut Faults) {
    for (path, fault) in wrong {
        faults.add(fault, At::Value(path));
    }
}
