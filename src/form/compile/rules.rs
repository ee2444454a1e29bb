//! The rules of a form: those that follow from its relations and tables, and those it states.

use crate::base::diagnostic::{DataPath, Diagnostic, Message, Severity};
use crate::base::text::Localized;
use crate::form::expr::{self, What};
use crate::form::spec::{FormSpec, RuleSpec};
use crate::form::{Basis, Body, Comparison, IndicatorIx, Relation, Rule, RuleKind, Section, Side, Term};

use super::Compiler;

/// Children that stand to their parent together.
struct Siblings {
    parent: IndicatorIx,
    relation: Relation,
    group: Option<Box<str>>,
    children: Vec<usize>,
}

impl Compiler<'_> {
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
    pub(super) fn relation_rules(&mut self) -> Vec<Rule> {
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
            Relation::Sum => (RuleKind::SumMismatch, Comparison::Equal, Severity::Error),
            Relation::Part => (RuleKind::PartExceedsWhole, Comparison::AtMost, Severity::Warning),
            _ => (RuleKind::PartExceedsWhole, Comparison::AtMost, Severity::Error),
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

    pub(super) fn stated_rules(&mut self, spec: &FormSpec, sections: &[Section]) -> Vec<Rule> {
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
        let Some(check) = RuleKind::from_name(&spec.check) else {
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
}

/// For each row of a table with a total column and others: those add up to it.
pub(super) fn row_totals(sections: &[Section]) -> Vec<Rule> {
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
                check: RuleKind::RowTotal,
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
