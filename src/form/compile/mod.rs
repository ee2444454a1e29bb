//! From a form file to a form: codes resolved, relations and expressions turned into rules.

mod lines;
mod rules;

use rustc_hash::FxHashMap;

use crate::base::diagnostic::{DataPath, Diagnostic, Severity};
use crate::figure::Units;

use super::spec::FormSpec;
use super::{Deadline, Form, Indicator, IndicatorIx};

/// A fault in a form file: where in its data, and what.
pub type FormFault = (DataPath, Diagnostic);

/// The most indicators a form may have.
const MOST_INDICATORS: usize = 10_000;

/// Checks a form file and makes a form of it, or reports every fault found.
pub fn compile(spec: &FormSpec, units: &Units) -> Result<Form, Vec<FormFault>> {
    let mut compiler =
        Compiler { units, lines: Vec::new(), by_code: FxHashMap::default(), faults: Vec::new() };
    let mut sections = compiler.sections(spec);
    compiler.resolve_parents();
    compiler.indent_rows(&mut sections);
    let mut rules = compiler.relation_rules();
    rules.extend(rules::row_totals(&sections));
    rules.extend(compiler.stated_rules(spec, &sections));
    compiler.check_ids(spec);
    if !compiler.faults.is_empty() {
        return Err(compiler.faults);
    }
    let by_code = compiler.by_code;
    Ok(Form {
        id: spec.id.as_str().into(),
        title: spec.title.clone(),
        issuer: spec.issuer.clone(),
        number: spec.number.as_deref().map(Into::into),
        note: spec.note.clone(),
        years: (spec.years.from, spec.years.to),
        deadline: spec.deadline.as_ref().map(|deadline| Deadline {
            month: deadline.month,
            day: deadline.day,
            source: deadline.source.clone(),
            levels: deadline
                .levels
                .iter()
                .map(|(level, (month, day))| (level.as_str().into(), *month, *day))
                .collect(),
        }),
        sections,
        indicators: compiler.lines.into_iter().map(|line| line.indicator).collect(),
        rules,
        by_code,
    })
}

/// An indicator with what is only needed while compiling.
struct Line {
    indicator: Indicator,
    path: DataPath,
    parent: Option<Box<str>>,
    group: Option<Box<str>>,
    severity: Option<Severity>,
    depth: Option<u8>,
}

struct Compiler<'a> {
    units: &'a Units,
    lines: Vec<Line>,
    by_code: FxHashMap<Box<str>, IndicatorIx>,
    faults: Vec<FormFault>,
}

impl Compiler<'_> {
    fn fault(&mut self, path: &DataPath, code: &'static str, value: &str) {
        self.faults.push((path.clone(), Diagnostic::error(code).arg("value", value)));
    }

    fn severity(&mut self, name: Option<&str>, path: &DataPath) -> Option<Severity> {
        let name = name?;
        let severity =
            [Severity::Error, Severity::Warning, Severity::Note].into_iter().find(|s| s.name() == name);
        if severity.is_none() {
            self.fault(path, "form-unknown-word", name);
        }
        severity
    }

    fn check_ids(&mut self, spec: &FormSpec) {
        let id_path = DataPath::keys(&["id"]);
        if spec.id.is_empty()
            || !spec.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        {
            self.fault(&id_path, "form-bad-id", &spec.id);
        }
        if spec.title.is_empty() {
            self.fault(&id_path, "form-title-missing", &spec.id);
        }
        for (at, rule) in spec.rules.iter().enumerate() {
            if spec.rules.iter().take(at).any(|before| before.id == rule.id) {
                self.fault(&DataPath::keys(&["rules"]).index(at).key("id"), "form-duplicate-id", &rule.id);
            }
        }
    }
}

/// Whether a text can be a code or a series' id: ASCII `snake_case`.
pub fn is_code(code: &str) -> bool {
    code.len() <= 80
        && code.starts_with(|c: char| c.is_ascii_lowercase())
        && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
