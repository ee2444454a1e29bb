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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Check, Form, Relation};

    #[test]
    fn the_built_in_catalogue_is_sound() {
        let mut faults = Vec::new();
        let catalog = load(&[], &mut faults);
        assert_eq!(faults, []);
        let ids: Vec<_> = catalog.forms.iter().map(|form| &*form.id).collect();
        assert_eq!(ids, ["zj-2012", "gb-2014", "gb-2019", "gb-2021", "prose", "us-foia"]);
        let first = &catalog[catalog.find_form("zj-2012").unwrap()];
        assert_eq!(first.figures().count(), 43);
        let web = first.find("proactive_web").unwrap();
        let rule =
            first.rules.iter().find(|rule| rule.left.terms.iter().any(|term| term.indicator == web)).unwrap();
        assert_eq!(rule.check, Check::PartExceedsWhole);
        assert_eq!(first[web].relation, Relation::Part);
    }

    #[test]
    fn results_add_up_in_every_column_of_the_2021_form() {
        let catalog = load(&[], &mut Vec::new());
        let form = &catalog[catalog.find_form("gb-2021").unwrap()];
        let total = form.find("res_total__natural").unwrap();
        let is_sum =
            |rule: &&form::Rule| rule.check == Check::SumMismatch && rule.right.terms[0].indicator == total;
        let sums: Vec<_> = form.rules.iter().filter(is_sum).collect();
        assert_eq!(sums.len(), 1);
        assert_eq!(sums[0].left.terms.len(), 21, "leaves of (一) to (六)");
        assert_eq!(form.rules.iter().filter(|rule| rule.check == Check::BalanceBroken).count(), 7);
        assert_eq!(form.rules.iter().filter(|rule| rule.check == Check::RowTotal).count(), 25 + 3);
    }

    #[test]
    fn the_american_form_balances_and_looks_back() {
        let catalog = load(&[], &mut Vec::new());
        let form = &catalog[catalog.find_form("us-foia").unwrap()];
        let ids = |check: Check| {
            let rules = form.rules.iter().filter(move |rule| rule.check == check);
            rules.map(|rule| &*rule.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(Check::BalanceBroken), ["balance", "appeal-balance", "consultation-balance"]);
        assert_eq!(
            ids(Check::CarryOverDiffers),
            ["carry-over", "appeal-carry-over", "consultation-carry-over"]
        );
        assert_eq!(ids(Check::RowTotal).len(), 3, "one for each track");
        let total = form.find("disp_total").unwrap();
        let adds_up =
            |rule: &&form::Rule| rule.check == Check::SumMismatch && rule.right.terms[0].indicator == total;
        assert_eq!(form.rules.iter().find(adds_up).unwrap().left.terms.len(), 12);
        let multi = form.figures().filter(|(_, indicator)| indicator.relation == Relation::Multi);
        assert_eq!(multi.count(), 14 + 14 + 11, "exemptions and reasons, which may overlap");
    }

    #[test]
    fn a_heading_of_an_american_table_names_one_figure() {
        let catalog = load(&[], &mut Vec::new());
        let form = &catalog[catalog.find_form("us-foia").unwrap()];
        let en = crate::base::text::Lang::new("en");
        for (table, heading, code) in [
            ("disposition-of-foia-requests-all-processed-requests", "Other*", "disp_other"),
            ("disposition-of-foia-requests-number-of-times-exemptions-applied", "Ex. 7(A)", "ex_7a"),
            ("reasons-for-denial-on-appeal-number-of-times-exemptions-applied", "Ex. 7(A)", "appeal_ex_7a"),
            ("requests-for-expedited-processing", "Number Granted", "expedited_granted"),
            ("requests-for-fee-waiver", "Number Granted", "waiver_granted"),
            ("foia-costs-and-fees-collected-for-processing-requests", "Total Costs", "costs_total"),
            (
                "foia-costs-and-fees-collected-for-processing-requests",
                "Percentage of Total Costs",
                "fees_share",
            ),
        ] {
            let named = form.sections.iter().filter(|section| section.aliases.iter().any(|a| &**a == table));
            let lines = named.flat_map(|section| match &section.body {
                form::SectionBody::List(lines) => lines.as_slice(),
                _ => &[],
            });
            let indicators = lines.map(|ix| &form[*ix]);
            let found: Vec<_> = indicators
                .filter(|line| line.label.get(&en) == heading || line.aliases.iter().any(|a| &**a == heading))
                .map(|line| &*line.code)
                .collect();
            assert_eq!(found, [code], "{table}: {heading}");
        }
    }

    #[test]
    fn codes_of_the_american_form_are_its_own() {
        // A report may carry on with codes of other forms; a code of two countries would be taken for
        // the wrong one.
        let catalog = load(&[], &mut Vec::new());
        let american = &catalog[catalog.find_form("us-foia").unwrap()];
        let others = catalog.forms.iter().filter(|form| form.id != american.id);
        let shared: Vec<_> = others
            .flat_map(Form::figures)
            .map(|(_, indicator)| &*indicator.code)
            .filter(|code| american.find(code).is_some())
            .collect();
        assert_eq!(shared, [""; 0]);
    }

    #[test]
    fn a_break_may_concern_some_forms_only() {
        let catalog = load(&[], &mut Vec::new());
        let decided = &catalog[catalog.find_series("requests_decided").unwrap()];
        assert!(decided.is_cut_between((2018, "gb-2014"), (2019, "gb-2019")));
        assert!(!decided.is_cut_between((2018, "us-foia"), (2019, "us-foia")));

        let text = "- id: mine\n  title: Mine\n  unit: 件\n  breaks:\n    - {year: 2019, kind: cut, forms: [gb-2014, gb-2091], text: New}\n";
        let source = Source::new("content/_forms/series.yaml".into(), text.into());
        let mut faults = Vec::new();
        load(&[source], &mut faults);
        let place = DataPath::default().index(0).key("breaks").index(0).key("forms").index(1);
        let expected = Diagnostic::error("form-unknown").arg("value", "gb-2091");
        assert_eq!(faults, [expected.at(&"content/_forms/series.yaml".into(), At::Value(place))]);
    }

    #[test]
    fn a_sites_own_form_is_checked_at_its_lines() {
        let text = "id: own\ntitle: Own\nsections:\n  - id: a\n    indicators:\n      - {code: total, label: T, unit: 件}\n      - {code: part, label: P, unit: 件, parent: totl, relation: sum}\n      - {code: total, label: T, unit: 斤}\n";
        let source = Source::new("content/_forms/own.yaml".into(), text.into());
        let mut faults = Vec::new();
        load(&[source], &mut faults);
        let codes: Vec<_> = faults.iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["form-duplicate-code", "form-unknown-code"]);
    }

    #[test]
    fn a_form_may_extend_another() {
        let text = "id: own\nextends: gb-2014\nsections:\n  - id: table\n    indicators:\n      - {code: req_mode_other, label: 5.其他, unit: 件, parent: req_received, relation: sum, group: mode}\n";
        let source = Source::new("content/_forms/own.yaml".into(), text.into());
        let mut faults = Vec::new();
        let catalog = load(&[source], &mut faults);
        assert_eq!(faults, []);
        let own = &catalog[catalog.find_form("own").unwrap()];
        let other = own.find("req_mode_other").unwrap();
        let rule =
            own.rules.iter().find(|rule| rule.left.terms.iter().any(|term| term.indicator == other)).unwrap();
        assert_eq!(rule.left.terms.len(), 5);
    }
}
