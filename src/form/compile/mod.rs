//! From a form or series file to a form or series: codes resolved, relations and expressions turned
//! into rules.

mod compiler;
mod indicators;
mod rules;
mod series;

pub use compiler::{FormFault, is_code};
pub use series::compile_series;

use crate::base::diagnostic::DataPath;
use crate::figure::Units;

use self::compiler::Compiler;
use super::questionnaire::{Deadline, Form};
use super::spec::{DeadlineSpec, FormSpec};

/// Checks a form file and makes a form of it, or reports every fault found.
pub fn compile(spec: &FormSpec, units: &Units) -> Result<Form, Vec<FormFault>> {
    let mut compiler = Compiler::new(units);
    let mut sections = compiler.sections(spec);
    compiler.resolve_parents();
    compiler.set_depths();
    compiler.indent_rows(&mut sections);
    let mut rules = compiler.relation_rules();
    rules.extend(rules::row_totals(&sections));
    rules.extend(compiler.stated_rules(spec, &sections));
    check_ids(spec, &mut compiler);
    if !compiler.faults.0.is_empty() {
        return Err(compiler.faults.0);
    }
    Ok(Form {
        id: spec.id.as_str().into(),
        title: spec.title.clone(),
        issuer: spec.issuer.clone(),
        number: spec.number.as_deref().map(Into::into),
        note: spec.note.clone(),
        years: (spec.years.from, spec.years.to),
        deadline: spec.deadline.as_ref().map(deadline),
        sections,
        indicators: compiler.indicators.into_iter().map(|pending| pending.indicator).collect(),
        rules,
        by_code: compiler.by_code,
    })
}

fn deadline(spec: &DeadlineSpec) -> Deadline {
    let levels = spec.levels.iter().map(|(level, (month, day))| (level.as_str().into(), *month, *day));
    Deadline { month: spec.month, day: spec.day, source: spec.source.clone(), levels: levels.collect() }
}

fn check_ids(spec: &FormSpec, compiler: &mut Compiler<'_>) {
    let path = DataPath::keys(&["id"]);
    let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if spec.id.is_empty() || !spec.id.bytes().all(is_plain) {
        compiler.faults.add(path.clone(), "form-bad-id", &spec.id);
    }
    if spec.title.is_empty() {
        compiler.faults.add(path, "form-title-missing", &spec.id);
    }
    for (at, rule) in spec.rules.iter().enumerate() {
        if spec.rules.iter().take(at).any(|before| before.id == rule.id) {
            let path = DataPath::keys(&["rules"]).index(at).key("id");
            compiler.faults.add(path, "form-duplicate-id", &rule.id);
        }
    }
}
