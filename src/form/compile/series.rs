//! From an entry of a series file to a series.

use crate::base::diagnostic::DataPath;
use crate::form::catalog::{Catalog, TEXT_FIGURES};
use crate::form::indicator::Quantity;
use crate::form::series::{Break, BreakKind, Ratio, Role, Series, SeriesTerms};
use crate::form::spec::{BreakSpec, SeriesSpec};

use super::compiler::{FormFault, FormFaults};

/// Makes a series of the entry at `path` of its file, and reports every fault found.
pub fn compile_series(spec: SeriesSpec, catalog: &Catalog, path: &DataPath) -> (Series, Vec<FormFault>) {
    let mut compiler = SeriesCompiler { catalog, path, faults: FormFaults::default() };
    let series = compiler.series(spec);
    (series, compiler.faults.0)
}

struct SeriesCompiler<'a> {
    catalog: &'a Catalog,
    path: &'a DataPath,
    faults: FormFaults,
}

impl SeriesCompiler<'_> {
    fn series(&mut self, spec: SeriesSpec) -> Series {
        if self.catalog.units.get(&spec.unit).is_none() {
            self.faults.add(self.path.clone().key("unit"), "form-unknown-unit", &spec.unit);
        }
        let kind = match spec.kind.as_deref() {
            None => Quantity::of_unit(&self.catalog.units, &spec.unit),
            Some(name) => {
                let kind = self.faults.word(Some(name), self.path, "kind", Quantity::from_name);
                kind.unwrap_or(Quantity::Count)
            }
        };
        let role = self.faults.word(spec.role.as_deref(), self.path, "role", Role::from_name);
        let terms = spec.terms.iter().filter_map(|(form, codes)| self.terms(form, codes)).collect();
        let breaks = spec.breaks.into_iter().enumerate().map(|(at, spec)| self.change(at, spec)).collect();
        for id in spec.numerator.iter().chain(&spec.denominator) {
            if self.catalog.find_series(id).is_none() {
                self.faults.add(self.path.clone().key("numerator"), "series-unknown", id);
            }
        }
        let ratio = spec.denominator.map(|denominator| Ratio {
            numerator: spec.numerator.iter().map(|id| id.as_str().into()).collect(),
            denominator: denominator.into(),
        });
        Series {
            id: spec.id.into(),
            title: spec.title,
            definition: spec.definition,
            unit: spec.unit.into(),
            kind,
            comparability: spec.comparability,
            headline: spec.headline,
            group: spec.group.into(),
            terms,
            breaks,
            ratio,
            role,
        }
    }

    /// The codes of one form: `ans_granted + ans_already_public`. They may be text figures.
    fn terms(&mut self, id: &str, codes: &str) -> Option<SeriesTerms> {
        let path = self.path.clone().key("terms").key(id);
        let Some(form) = self.catalog.find_form(id) else {
            self.faults.add(path, "form-unknown", id);
            return None;
        };
        let text_figures = self.catalog.find_form(TEXT_FIGURES);
        let codes: Vec<Box<str>> = codes.split('+').map(|code| code.trim().into()).collect();
        for code in &codes {
            let mut forms = [Some(form), text_figures].into_iter().flatten();
            if !forms.any(|ix| self.catalog[ix].find(code).is_some()) {
                self.faults.add(path.clone(), "form-unknown-code", code);
            }
        }
        Some(SeriesTerms { form: id.into(), codes })
    }

    fn change(&mut self, at: usize, spec: BreakSpec) -> Break {
        let path = self.path.clone().key("breaks").index(at);
        let kind = self.faults.word(Some(&spec.kind), &path, "kind", BreakKind::from_name);
        for (at, id) in spec.forms.iter().enumerate() {
            if self.catalog.find_form(id).is_none() {
                self.faults.add(path.clone().key("forms").index(at), "form-unknown", id);
            }
        }
        let forms = spec.forms.into_iter().map(Into::into).collect();
        Break { year: spec.year, kind: kind.unwrap_or(BreakKind::Cut), text: spec.text, forms }
    }
}
