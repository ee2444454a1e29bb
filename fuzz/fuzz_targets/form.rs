//! A form file of any text: refused with places in it, or a form whose parts belong together.
#![no_main]

use std::sync::LazyLock;

use glasshouse::base::diagnostic::At;
use glasshouse::figure::Units;
use glasshouse::form::{self, FormSpec};
use glasshouse::load;
use glasshouse::base::source::Source;
use glasshouse::base::text::Lang;
use libfuzzer_sys::fuzz_target;

static UNITS: LazyLock<Units> = LazyLock::new(|| load::catalog(&[]).0.units);
static BASES: LazyLock<Vec<FormSpec>> = LazyLock::new(|| {
    form::EMBEDDED.forms.iter().filter_map(|file| load::typed_yaml(file.text).ok()).collect()
});

fuzz_target!(|text: &str| {
    let Ok(spec) = load::typed_yaml::<FormSpec>(text) else { return };
    let base = spec.extends.as_deref().and_then(|id| BASES.iter().find(|base| *base.id == *id));
    let spec = match base {
        Some(base) => spec.extending(base),
        None => spec,
    };
    match form::compile(&spec, &UNITS) {
        Ok(form) => {
            for (ix, indicator) in form.figures() {
                assert_eq!(form.find(&indicator.code), Some(ix));
                let _ = form.data_path(ix);
            }
            for term in form.rules.iter().flat_map(form::Rule::terms) {
                let _ = &form[term.indicator];
            }
            let _ = form::schema(&form, &Lang::new("en"));
        }
        Err(faults) => {
            assert!(!faults.is_empty());
            let source = Source::new("content/_forms/a.yaml".into(), text.to_owned());
            for (path, _) in faults {
                if let Some(range) = load::locate(&source, &At::Value(path)) {
                    assert!(text.get(range).is_some());
                }
            }
        }
    }
});
