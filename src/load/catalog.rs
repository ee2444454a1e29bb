//! Forms, units and series: the built-in files, and a site's own in `content/_forms/`.
//!
//! These files are typed and few, so `serde_yaml` reads them; what their meaning breaks is found by
//! `form::compile` and placed by reading the file again.

use rust_decimal::Decimal;

use crate::base::diagnostic::{At, DataPath, Diagnostic};
use crate::base::source::{Position, Source};
use crate::figure::{Unit, Units};
use crate::form::{
    self, Break, BreakKind, Catalog, FormFault, FormSpec, Kind, Ratio, Role, Series, SeriesSpec, SeriesTerms,
    TEXT_FIGURES, UnitSpec,
};

/// Reads the built-in catalogue and the site's own files above it.
///
/// A file named `units.yaml` or `series.yaml` adds units or series; every other one is a form.
pub(super) fn load(own: &[Source], faults: &mut Vec<Diagnostic>) -> Catalog {
    let (units, series, forms) = form::embedded();
    let builtin = |file: &form::EmbeddedFile| Source::new(file.name.into(), file.text.to_owned());
    let named = |name: &'static str| own.iter().filter(move |source| source.path().ends_with(name)).cloned();
    let is_form = |source: &&Source| {
        !source.path().ends_with("/units.yaml") && !source.path().ends_with("/series.yaml")
    };

    let mut catalog = Catalog::default();
    for source in std::iter::once(builtin(units)).chain(named("/units.yaml")) {
        let specs: Vec<UnitSpec> = read(&source, faults).unwrap_or_default();
        for spec in specs {
            catalog.units.insert(unit(spec));
        }
    }
    let mut specs: Vec<FormSpec> = Vec::new();
    for source in forms.iter().map(builtin).chain(own.iter().filter(is_form).cloned()) {
        let Some(spec) = read::<FormSpec>(&source, faults) else { continue };
        if let Some(compiled) = compile(&source, spec, &mut specs, &catalog.units, faults) {
            catalog.forms.push(compiled);
        }
    }
    for source in std::iter::once(builtin(series)).chain(named("/series.yaml")) {
        let specs: Vec<SeriesSpec> = read(&source, faults).unwrap_or_default();
        let mut ids: Vec<String> = Vec::new();
        for (at, spec) in specs.into_iter().enumerate() {
            let path = DataPath::default().index(at);
            let fault = |code| Diagnostic::error(code).arg("value", &*spec.id);
            let wrong = match () {
                () if !form::is_code(&spec.id) => Some(fault("form-bad-code")),
                () if ids.contains(&spec.id) => Some(fault("form-duplicate-id")),
                () => None,
            };
            place(&source, wrong.map(|fault| (path.clone().key("id"), fault)).into_iter().collect(), faults);
            ids.push(spec.id.clone());
            let (series, wrong) = series_of(spec, &catalog, &path);
            place(&source, wrong, faults);
            match catalog.series.iter_mut().find(|known| known.id == series.id) {
                Some(known) => *known = series,
                None => catalog.series.push(series),
            }
        }
    }
    catalog
}

fn compile(
    source: &Source,
    spec: FormSpec,
    specs: &mut Vec<FormSpec>,
    units: &Units,
    faults: &mut Vec<Diagnostic>,
) -> Option<form::Form> {
    let file = source.path();
    if specs.iter().any(|known| known.id == spec.id) {
        let at = At::Value(DataPath::keys(&["id"]));
        faults.push(Diagnostic::error("form-defined-twice").arg("value", &*spec.id).at(file, at));
        return None;
    }
    let base = match &spec.extends {
        None => None,
        Some(base) => match specs.iter().find(|known| known.id == *base) {
            Some(base) => Some(base.clone()),
            None => {
                let at = At::Value(DataPath::keys(&["extends"]));
                faults.push(Diagnostic::error("form-unknown").arg("value", &**base).at(file, at));
                return None;
            }
        },
    };
    let (whole, added) = match &base {
        None => (spec, None),
        Some(base) => (spec.clone().extending(base), Some((base, spec))),
    };
    let compiled = form::compile(&whole, units);
    specs.push(whole);
    let own = |path: DataPath| match &added {
        None => path,
        Some((base, spec)) => spec.own_path(base, path),
    };
    let wrong = compiled.map_err(|wrong| wrong.into_iter().map(|(path, fault)| (own(path), fault)).collect());
    wrong.map_err(|wrong| place(source, wrong, faults)).ok()
}

fn read<T: serde::de::DeserializeOwned>(source: &Source, faults: &mut Vec<Diagnostic>) -> Option<T> {
    match serde_yaml::from_str(source.text()) {
        Ok(value) => Some(value),
        Err(error) => {
            let at = error.location().map_or(At::File, |place| {
                At::Position(Position { line: place.line() as u32, column: place.column() as u32 })
            });
            faults.push(
                Diagnostic::error("form-syntax").arg("detail", error.to_string()).at(source.path(), at),
            );
            None
        }
    }
}

fn place(source: &Source, wrong: Vec<FormFault>, faults: &mut Vec<Diagnostic>) {
    faults.extend(wrong.into_iter().map(|(path, fault)| fault.at(source.path(), At::Value(path))));
}

fn unit(spec: UnitSpec) -> Unit {
    Unit {
        dimension: spec.dimension.as_deref().unwrap_or(&spec.symbol).into(),
        symbol: spec.symbol.into(),
        name: spec.name,
        one: spec.one,
        factor: Decimal::from(spec.factor),
    }
}

fn series_of(spec: SeriesSpec, catalog: &Catalog, path: &DataPath) -> (Series, Vec<FormFault>) {
    let mut wrong: Vec<FormFault> = Vec::new();
    let mut refuse =
        |path: DataPath, code, value: &str| wrong.push((path, Diagnostic::error(code).arg("value", value)));
    let money = catalog.units.get(&spec.unit).is_some_and(|unit| unit.dimension.starts_with("money"));
    if catalog.units.get(&spec.unit).is_none() {
        refuse(path.clone().key("unit"), "form-unknown-unit", &spec.unit);
    }
    let kind = match spec.kind.as_deref() {
        None if money => Kind::Money,
        None => Kind::Count,
        Some(name) => Kind::from_name(name).unwrap_or_else(|| {
            refuse(path.clone().key("kind"), "form-unknown-word", name);
            Kind::Count
        }),
    };
    let role = spec.role.as_deref().and_then(|name| {
        let role = Role::from_name(name);
        if role.is_none() {
            refuse(path.clone().key("role"), "form-unknown-word", name);
        }
        role
    });
    let text_figures = catalog.find_form(TEXT_FIGURES).and_then(|ix| catalog.form(ix));
    let mut terms = Vec::new();
    for (id, codes) in &spec.terms {
        let at = path.clone().key("terms").key(id);
        let Some(form) = catalog.find_form(id).and_then(|ix| catalog.form(ix)) else {
            refuse(at, "form-unknown", id);
            continue;
        };
        let codes: Vec<Box<str>> = codes.split('+').map(|code| code.trim().into()).collect();
        for code in &codes {
            if form.find(code).is_none() && text_figures.is_none_or(|text| text.find(code).is_none()) {
                refuse(at.clone(), "form-unknown-code", code);
            }
        }
        terms.push(SeriesTerms { form: id.as_str().into(), codes });
    }
    let mut breaks = Vec::new();
    for (at, spec) in spec.breaks.into_iter().enumerate() {
        let kind = match &*spec.kind {
            "cut" => BreakKind::Cut,
            "mark" => BreakKind::Mark,
            other => {
                refuse(path.clone().key("breaks").index(at).key("kind"), "form-unknown-word", other);
                BreakKind::Cut
            }
        };
        for (place, id) in spec.forms.iter().enumerate() {
            if catalog.find_form(id).is_none() {
                let at = path.clone().key("breaks").index(at).key("forms").index(place);
                refuse(at, "form-unknown", id);
            }
        }
        let forms = spec.forms.into_iter().map(Into::into).collect();
        breaks.push(Break { year: spec.year, kind, text: spec.text, forms });
    }
    let known = |id: &str| catalog.find_series(id).is_some();
    for id in spec.numerator.iter().chain(&spec.denominator) {
        if !known(id) {
            refuse(path.clone().key("numerator"), "series-unknown", id);
        }
    }
    let ratio = spec.denominator.map(|denominator| Ratio {
        numerator: spec.numerator.iter().map(|id| id.as_str().into()).collect(),
        denominator: denominator.into(),
    });
    let series = Series {
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
    };
    (series, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Form, Relation, RuleKind};

    #[test]
    fn the_built_in_catalogue_is_sound() {
        let mut faults = Vec::new();
        let catalog = load(&[], &mut faults);
        assert_eq!(faults, []);
        let ids: Vec<_> = catalog.forms.iter().map(|form| &*form.id).collect();
        assert_eq!(ids, ["zj-2012", "gb-2014", "gb-2019", "gb-2021", "prose", "us-foia"]);
        let first = catalog.form(catalog.find_form("zj-2012").unwrap()).unwrap();
        assert_eq!(first.figures().count(), 43);
        let web = first.find("proactive_web").unwrap();
        let rule =
            first.rules.iter().find(|rule| rule.left.terms.iter().any(|term| term.indicator == web)).unwrap();
        assert_eq!(rule.check, RuleKind::PartExceedsWhole);
        assert_eq!(first.indicator(web).unwrap().relation, Relation::Part);
    }

    #[test]
    fn results_add_up_in_every_column_of_the_2021_form() {
        let catalog = load(&[], &mut Vec::new());
        let form = catalog.form(catalog.find_form("gb-2021").unwrap()).unwrap();
        let total = form.find("res_total__natural").unwrap();
        let is_sum = |rule: &&form::Rule| {
            rule.check == RuleKind::SumMismatch && rule.right.terms[0].indicator == total
        };
        let sums: Vec<_> = form.rules.iter().filter(is_sum).collect();
        assert_eq!(sums.len(), 1);
        assert_eq!(sums[0].left.terms.len(), 21, "leaves of (一) to (六)");
        assert_eq!(form.rules.iter().filter(|rule| rule.check == RuleKind::BalanceBroken).count(), 7);
        assert_eq!(form.rules.iter().filter(|rule| rule.check == RuleKind::RowTotal).count(), 25 + 3);
    }

    #[test]
    fn the_american_form_balances_and_looks_back() {
        let catalog = load(&[], &mut Vec::new());
        let form = catalog.form(catalog.find_form("us-foia").unwrap()).unwrap();
        let ids = |check: RuleKind| {
            let rules = form.rules.iter().filter(move |rule| rule.check == check);
            rules.map(|rule| &*rule.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(RuleKind::BalanceBroken), ["balance", "appeal-balance", "consultation-balance"]);
        assert_eq!(
            ids(RuleKind::CarryOverDiffers),
            ["carry-over", "appeal-carry-over", "consultation-carry-over"]
        );
        assert_eq!(ids(RuleKind::RowTotal).len(), 3, "one for each track");
        let total = form.find("disp_total").unwrap();
        let adds_up = |rule: &&form::Rule| {
            rule.check == RuleKind::SumMismatch && rule.right.terms[0].indicator == total
        };
        assert_eq!(form.rules.iter().find(adds_up).unwrap().left.terms.len(), 12);
        let multi = form.figures().filter(|(_, indicator)| indicator.relation == Relation::Multi);
        assert_eq!(multi.count(), 14 + 14 + 11, "exemptions and reasons, which may overlap");
    }

    #[test]
    fn a_heading_of_an_american_table_names_one_figure() {
        let catalog = load(&[], &mut Vec::new());
        let form = catalog.form(catalog.find_form("us-foia").unwrap()).unwrap();
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
                form::Body::List(lines) => lines.as_slice(),
                _ => &[],
            });
            let indicators = lines.filter_map(|ix| form.indicator(*ix));
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
        let american = catalog.form(catalog.find_form("us-foia").unwrap()).unwrap();
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
        let decided = catalog.series(catalog.find_series("requests_decided").unwrap()).unwrap();
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
        let own = catalog.form(catalog.find_form("own").unwrap()).unwrap();
        let other = own.find("req_mode_other").unwrap();
        let rule =
            own.rules.iter().find(|rule| rule.left.terms.iter().any(|term| term.indicator == other)).unwrap();
        assert_eq!(rule.left.terms.len(), 5);
    }
}
