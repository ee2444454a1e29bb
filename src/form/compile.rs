//! From a form file to a form: codes resolved, relations and expressions turned into rules.

use rustc_hash::FxHashMap;

use crate::diagnostic::{DataPath, Diagnostic, Message, Severity};
use crate::figure::Units;
use crate::text::Localized;

use super::expr::{self, What};
use super::name;
use super::spec::{ColumnSpec, FormSpec, IndicatorSpec, RuleSpec, TableSpec};
use super::{
    Basis, Body, Check, Column, Comparison, Deadline, Form, Indicator, IndicatorIx, Kind, Relation, Row,
    Rule, Section, Side, Table, Term, Verified,
};

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
    rules.extend(row_totals(&sections));
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

/// Children that stand to their parent together.
struct Siblings {
    parent: IndicatorIx,
    relation: Relation,
    group: Option<Box<str>>,
    children: Vec<usize>,
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

    fn sections(&mut self, spec: &FormSpec) -> Vec<Section> {
        let mut sections: Vec<Section> = Vec::new();
        for (at, section) in spec.sections.iter().enumerate() {
            let path = DataPath::keys(&["sections"]).index(at);
            if sections.iter().any(|known| *known.id == *section.id) {
                self.fault(&path.clone().key("id"), "form-duplicate-id", &section.id);
            }
            let body = match (&section.table, section.indicators.is_empty()) {
                (Some(table), true) => Body::Table(self.table(table, &path.clone().key("table"))),
                (None, false) => {
                    let path = path.clone().key("indicators");
                    let lines = section.indicators.iter().enumerate();
                    Body::List(
                        lines
                            .filter_map(|(at, line)| self.line(line, None, &path.clone().index(at)))
                            .collect(),
                    )
                }
                (None, true) => Body::Prose,
                (Some(_), false) => {
                    self.fault(&path.clone().key("table"), "form-list-and-table", &section.id);
                    Body::Prose
                }
            };
            sections.push(Section {
                id: section.id.as_str().into(),
                title: section.title.clone(),
                note: section.note.clone(),
                aliases: section.aliases.iter().map(|alias| alias.as_str().into()).collect(),
                body,
            });
        }
        sections
    }

    fn table(&mut self, spec: &TableSpec, path: &DataPath) -> Table {
        let mut rows = Vec::new();
        for (at, row) in spec.rows.iter().enumerate() {
            let path = path.clone().key("rows").index(at);
            let is_head = row.relation.as_deref() == Some("head");
            let first = if is_head {
                self.line(row, None, &path);
                None
            } else {
                let cells: Vec<_> =
                    spec.columns.iter().map(|column| self.line(row, Some(column), &path)).collect();
                cells.first().copied().flatten()
            };
            rows.push(Row { code: row.code.as_str().into(), label: row.label.clone(), depth: 0, first });
        }
        let columns = spec.columns.iter().map(|column| Column {
            code: column.code.as_str().into(),
            label: column.label.clone(),
            group: column.group.clone(),
            is_total: column.total,
        });
        Table { columns: columns.collect(), rows }
    }

    /// Takes an indicator, or the cell of a row in a column.
    fn line(
        &mut self,
        spec: &IndicatorSpec,
        column: Option<&ColumnSpec>,
        path: &DataPath,
    ) -> Option<IndicatorIx> {
        let code: Box<str> = column
            .map_or_else(|| spec.code.clone(), |column| format!("{}__{}", spec.code, column.code))
            .into();
        if !is_code(&code) {
            self.fault(&path.clone().key("code"), "form-bad-code", &code);
            return None;
        }
        if self.by_code.contains_key(&code) {
            self.fault(&path.clone().key("code"), "form-duplicate-code", &code);
            return None;
        }
        if self.lines.len() >= MOST_INDICATORS {
            self.fault(path, "form-too-large", &MOST_INDICATORS.to_string());
            return None;
        }
        let relation = match spec.relation.as_deref() {
            None => Relation::Indep,
            Some(name) => Relation::from_name(name).unwrap_or_else(|| {
                self.fault(&path.clone().key("relation"), "form-unknown-relation", name);
                Relation::Indep
            }),
        };
        let unit = spec.unit.as_deref().or(column.and_then(|column| column.unit.as_deref()));
        let unit = unit.filter(|_| relation != Relation::Head);
        if unit.is_some_and(|unit| self.units.get(unit).is_none()) {
            self.fault(&path.clone().key("unit"), "form-unknown-unit", unit.unwrap_or(""));
        }
        if relation != Relation::Head && unit.is_none() {
            self.fault(&path.clone().key("code"), "form-unit-missing", &code);
        }
        let kind_name = spec.kind.as_deref().or(column.and_then(|column| column.kind.as_deref()));
        let kind = self.kind(kind_name, unit, &path.clone().key("kind"));
        let verified = spec.verified.as_deref().map_or(Some(Verified::Full), Verified::from_name);
        if verified.is_none() {
            self.fault(
                &path.clone().key("verified"),
                "form-unknown-word",
                spec.verified.as_deref().unwrap_or(""),
            );
        }
        let severity = self.severity(spec.severity.as_deref(), &path.clone().key("severity"));
        let parent = spec.parent.as_deref();
        let parent = match (parent, column) {
            (Some(parent), Some(column)) => Some(format!("{parent}__{}", column.code).into()),
            (parent, _) => parent.map(Into::into),
        };
        let ix = IndicatorIx(self.lines.len() as u16);
        self.by_code.insert(code.clone(), ix);
        self.lines.push(Line {
            indicator: Indicator {
                code,
                label: spec.label.clone(),
                name: name::of(&spec.label, column.map(|column| &column.label)),
                column: column.map(|column| column.label.clone()).unwrap_or_default(),
                unit: unit.map(Into::into),
                kind,
                parent: None,
                relation,
                depth: 0,
                verified: verified.unwrap_or_default(),
                note: spec.note.clone(),
                aliases: spec.aliases.iter().map(|alias| alias.as_str().into()).collect(),
            },
            path: path.clone(),
            parent,
            group: spec.group.as_deref().map(Into::into),
            severity,
            depth: spec.depth,
        });
        Some(ix)
    }

    fn kind(&mut self, name: Option<&str>, unit: Option<&str>, path: &DataPath) -> Kind {
        let money = unit
            .and_then(|unit| self.units.get(unit))
            .is_some_and(|unit| unit.dimension.starts_with("money"));
        let by_unit = if money { Kind::Money } else { Kind::Count };
        name.map_or(by_unit, |name| {
            Kind::from_name(name).unwrap_or_else(|| {
                self.fault(path, "form-unknown-word", name);
                by_unit
            })
        })
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

    /// Finds every parent, climbing from cells to row headings, and refuses cycles.
    fn resolve_parents(&mut self) {
        for at in 0..self.lines.len() {
            let Some(line) = self.lines.get(at) else { continue };
            let (path, Some(parent)) = (line.path.clone().key("parent"), line.parent.clone()) else {
                continue;
            };
            let row = parent.split_once("__").map_or(&*parent, |(row, _)| row);
            match self
                .by_code
                .get(&parent)
                .or_else(|| self.by_code.get(row))
                .copied()
                .or_else(|| self.first_cell(row))
            {
                Some(found) => {
                    if let Some(line) = self.lines.get_mut(at) {
                        line.indicator.parent = Some(found);
                    }
                }
                None => self.fault(&path, "form-unknown-code", row),
            }
        }
        for at in 0..self.lines.len() {
            let mut depth = 0u8;
            let mut above = self.lines.get(at).and_then(|line| line.indicator.parent);
            while let Some(parent) = above {
                depth = depth.saturating_add(1);
                if depth > 20 {
                    if let Some(line) = self.lines.get(at) {
                        let (path, code) = (line.path.clone().key("parent"), line.indicator.code.clone());
                        self.fault(&path, "form-parent-cycle", &code);
                    }
                    return;
                }
                above = self.lines.get(parent.0 as usize).and_then(|line| line.indicator.parent);
            }
            if let Some(line) = self.lines.get_mut(at) {
                line.indicator.depth = line.depth.unwrap_or(depth);
            }
        }
    }

    /// The first cell of a table row, for headings that belong to a row with cells.
    fn first_cell(&self, row: &str) -> Option<IndicatorIx> {
        let is_cell =
            |line: &Line| line.indicator.code.strip_prefix(row).is_some_and(|rest| rest.starts_with("__"));
        self.lines.iter().position(is_cell).map(|at| IndicatorIx(at as u16))
    }

    /// Gives table rows the depth of their cells, or of their heading.
    fn indent_rows(&self, sections: &mut [Section]) {
        for section in sections {
            let Body::Table(table) = &mut section.body else { continue };
            for row in &mut table.rows {
                let ix = row.first.or_else(|| self.by_code.get(&row.code).copied());
                row.depth =
                    ix.and_then(|ix| self.lines.get(ix.0 as usize)).map_or(0, |line| line.indicator.depth);
            }
        }
    }

    /// The nearest indicator above that has a figure. A cell below a heading row climbs to the cell
    /// in its own column.
    fn counted_parent(&self, at: usize) -> Option<IndicatorIx> {
        let line = self.lines.get(at)?;
        let column = line.indicator.code.split_once("__").map(|(_, column)| column);
        let mut parent = line.indicator.parent?;
        loop {
            let above = self.lines.get(parent.0 as usize)?;
            if above.indicator.relation != Relation::Head {
                return Some(parent);
            }
            let name = above.parent.as_deref()?;
            let cell = column.and_then(|column| self.by_code.get(format!("{name}__{column}").as_str()));
            parent = cell.copied().or(above.indicator.parent)?;
        }
    }

    /// The rules that follow from relations, in the order of their first child.
    fn relation_rules(&mut self) -> Vec<Rule> {
        let mut groups: Vec<Siblings> = Vec::new();
        for at in 0..self.lines.len() {
            let Some(line) = self.lines.get(at) else { continue };
            let relation = line.indicator.relation;
            if !matches!(relation, Relation::Sum | Relation::Part | Relation::OfWhich) {
                continue;
            }
            let Some(parent) = self.counted_parent(at) else {
                if line.parent.is_some() && line.indicator.parent.is_none() {
                    // The parent it names is not there, which has been said.
                    continue;
                }
                let (path, code) = (line.path.clone().key("relation"), line.indicator.code.clone());
                self.fault(&path, "form-relation-without-parent", &code);
                continue;
            };
            let alone = relation == Relation::OfWhich || (relation == Relation::Part && line.group.is_none());
            let group = line.group.clone();
            let is_same = |known: &&mut Siblings| {
                known.parent == parent && known.relation == relation && known.group == group
            };
            match groups.iter_mut().find(is_same).filter(|_| !alone) {
                Some(known) => known.children.push(at),
                None => groups.push(Siblings { parent, relation, group, children: vec![at] }),
            }
        }
        groups
            .iter()
            .filter_map(|group| self.relation_rule(group.parent, group.relation, &group.children))
            .collect()
    }

    fn relation_rule(&self, parent: IndicatorIx, relation: Relation, children: &[usize]) -> Option<Rule> {
        let first = self.lines.get(*children.first()?)?;
        let (check, comparison, severity) = match relation {
            Relation::Sum => (Check::SumMismatch, Comparison::Equal, Severity::Error),
            Relation::Part => (Check::PartExceedsWhole, Comparison::AtMost, Severity::Warning),
            _ => (Check::PartExceedsWhole, Comparison::AtMost, Severity::Error),
        };
        Some(Rule {
            id: format!("{}:{}", check.name(), first.indicator.code).into(),
            check,
            left: Side {
                terms: children.iter().map(|at| plain_term(IndicatorIx(*at as u16))).collect(),
                constant: 0,
            },
            comparison,
            right: Side { terms: vec![plain_term(parent)], constant: 0 },
            severity: first.severity.unwrap_or(severity),
            basis: if relation == Relation::OfWhich { Basis::Printed } else { Basis::Implied },
            note: Localized::default(),
        })
    }

    fn stated_rules(&mut self, spec: &FormSpec, sections: &[Section]) -> Vec<Rule> {
        let mut rules = Vec::new();
        for (at, rule) in spec.rules.iter().enumerate() {
            let path = DataPath::keys(&["rules"]).index(at);
            let scopes: Vec<Scope> = if let Some(id) = &rule.each_column {
                let table = sections.iter().find(|section| *section.id == **id);
                let Some(Section { body: Body::Table(table), .. }) = table else {
                    self.fault(&path.clone().key("each_column"), "form-unknown-table", id);
                    continue;
                };
                table.columns.iter().map(|column| Scope::Column(column.code.clone())).collect()
            } else if rule.each_row.is_empty() {
                vec![Scope::Form]
            } else {
                rule.each_row.iter().map(|row| Scope::Row(row.as_str().into())).collect()
            };
            for scope in scopes {
                self.stated_rule(rule, &scope, &path, &mut rules);
            }
        }
        rules
    }

    fn stated_rule(&mut self, spec: &RuleSpec, scope: &Scope, path: &DataPath, rules: &mut Vec<Rule>) {
        let expr_path = path.clone().key("expr");
        let expr = match expr::parse(&spec.expr) {
            Ok(expr) => expr,
            Err((range, expected)) => {
                let found = spec.expr.get(range).unwrap_or("").trim().to_owned();
                let fault =
                    Diagnostic::error("form-bad-expression").arg("value", found).arg("expected", expected);
                self.faults.push((expr_path, fault.help(Message::new("help-expression"))));
                return;
            }
        };
        let Some(check) = Check::from_name(&spec.check) else {
            self.fault(&path.clone().key("check"), "form-unknown-word", &spec.check);
            return;
        };
        let basis = spec.basis.as_deref().map_or(Some(Basis::Implied), Basis::from_name);
        let Some(basis) = basis else {
            self.fault(&path.clone().key("basis"), "form-unknown-word", spec.basis.as_deref().unwrap_or(""));
            return;
        };
        let severity =
            self.severity(spec.severity.as_deref(), &path.clone().key("severity")).unwrap_or(Severity::Error);
        let each = expr.left.iter().chain(&expr.right).find_map(|part| match &part.what {
            What::Each(group) => Some(group.clone()),
            _ => None,
        });
        let members = match each {
            Some(group) => self.group(&group, &expr_path).into_iter().map(Some).collect(),
            None => vec![None],
        };
        for member in members {
            let (Some(left), Some(right)) = (
                self.side(&expr.left, scope, member, &expr_path),
                self.side(&expr.right, scope, member, &expr_path),
            ) else {
                return;
            };
            let suffix = member
                .and_then(|ix| self.lines.get(ix.0 as usize))
                .map(|line| line.indicator.code.to_string());
            let suffix = suffix.or_else(|| scope.name().map(ToOwned::to_owned));
            // What a rule is about stands on its left: `0 <= a` is read as `a >= 0`.
            let (left, comparison, right) = match (left.terms.is_empty(), right.terms.is_empty()) {
                (false, _) => (left, expr.comparison, right),
                (true, false) => (right, expr.comparison.reversed(), left),
                (true, true) => {
                    let fault = Diagnostic::error("form-bad-expression").arg("value", &*spec.expr);
                    let fault = fault.arg("expected", "term").help(Message::new("help-expression"));
                    self.faults.push((expr_path, fault));
                    return;
                }
            };
            rules.push(Rule {
                id: suffix.map_or_else(|| spec.id.clone(), |suffix| format!("{}:{suffix}", spec.id)).into(),
                check,
                left,
                comparison,
                right,
                severity,
                basis,
                note: spec.note.clone(),
            });
        }
    }

    fn side(
        &mut self,
        parts: &[expr::Part],
        scope: &Scope,
        member: Option<IndicatorIx>,
        path: &DataPath,
    ) -> Option<Side> {
        let mut side = Side::default();
        for part in parts {
            let term = |indicator, previous| Term { indicator, negative: part.negative, previous };
            match &part.what {
                What::Number(number) => side.constant += if part.negative { -number } else { *number },
                What::Each(_) => side.terms.extend(member.map(|member| term(member, false))),
                What::Sum(group) => {
                    side.terms.extend(self.group(group, path).into_iter().map(|ix| term(ix, false)));
                }
                What::Code { code, previous } => {
                    let name = scope.cell(code);
                    let Some(ix) =
                        self.by_code.get(name.as_str()).or_else(|| self.by_code.get(code.as_str())).copied()
                    else {
                        self.fault(path, "form-unknown-code", code);
                        return None;
                    };
                    side.terms.push(term(ix, *previous));
                }
            }
        }
        Some(side)
    }

    fn group(&mut self, name: &str, path: &DataPath) -> Vec<IndicatorIx> {
        let lines = self.lines.iter().enumerate();
        let members: Vec<_> = lines
            .filter(|(_, line)| line.group.as_deref() == Some(name))
            .map(|(at, _)| IndicatorIx(at as u16))
            .collect();
        if members.is_empty() {
            self.fault(path, "form-unknown-group", name);
        }
        members
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

/// For each row of a table with a total column and others: those add up to it.
fn row_totals(sections: &[Section]) -> Vec<Rule> {
    let tables = sections.iter().filter_map(|section| match &section.body {
        Body::Table(table) => Some(table),
        _ => None,
    });
    let mut rules = Vec::new();
    for table in tables.filter(|table| table.columns.len() > 1) {
        let Some(total) = table.columns.iter().position(|column| column.is_total) else { continue };
        for row in &table.rows {
            let Some(first) = row.first else { continue };
            let cell = |column: usize| plain_term(IndicatorIx(first.0 + column as u16));
            let parts = (0..table.columns.len()).filter(|column| *column != total).map(cell).collect();
            rules.push(Rule {
                id: format!("row-total:{}", row.code).into(),
                check: Check::RowTotal,
                left: Side { terms: parts, constant: 0 },
                comparison: Comparison::Equal,
                right: Side { terms: vec![cell(total)], constant: 0 },
                severity: Severity::Error,
                basis: Basis::Implied,
                note: Localized::default(),
            });
        }
    }
    rules
}

/// What the codes of a rule are completed with.
enum Scope {
    Form,
    Column(Box<str>),
    Row(Box<str>),
}

impl Scope {
    fn cell(&self, code: &str) -> String {
        match self {
            Self::Form => code.to_owned(),
            Self::Column(column) => format!("{code}__{column}"),
            Self::Row(row) => format!("{row}__{code}"),
        }
    }

    fn name(&self) -> Option<&str> {
        match self {
            Self::Form => None,
            Self::Column(name) | Self::Row(name) => Some(name),
        }
    }
}

fn plain_term(indicator: IndicatorIx) -> Term {
    Term { indicator, negative: false, previous: false }
}

/// Whether a text can be a code or a series' id: ASCII `snake_case`.
pub fn is_code(code: &str) -> bool {
    code.len() <= 80
        && code.starts_with(|c: char| c.is_ascii_lowercase())
        && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
