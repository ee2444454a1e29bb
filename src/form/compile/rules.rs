//! The rules of a form: those that follow from its relations and tables, and those it states.

use crate::base::diagnostic::{DataPath, Diagnostic, Message, Severity};
use crate::base::text::Localized;
use crate::form::expr::{self, Expr, Operand, SignedOperand};
use crate::form::indicator::{IndicatorIx, Relation};
use crate::form::questionnaire::{Section, SectionBody};
use crate::form::rule::{Basis, Check, Comparison, Rule, Side, Term};
use crate::form::spec::{FormSpec, RuleSpec};

use super::compiler::{Compiler, severity};

/// Children that stand to their parent together.
struct Siblings {
    parent: IndicatorIx,
    relation: Relation,
    group: Option<Box<str>>,
    children: Vec<IndicatorIx>,
}

impl Compiler<'_> {
    /// The nearest indicator above that has a figure. A cell below a heading row climbs to the cell
    /// in its own column.
    fn counted_parent(&self, ix: IndicatorIx) -> Option<IndicatorIx> {
        let indicator = &self.pending(ix).indicator;
        let column = indicator.code.split_once("__").map(|(_, column)| column);
        let mut parent = indicator.parent?;
        loop {
            let above = self.pending(parent);
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
        let mut siblings: Vec<Siblings> = Vec::new();
        let mut orphans = Vec::new();
        for (ix, child) in self.all() {
            let relation = child.indicator.relation;
            if !matches!(relation, Relation::Sum | Relation::Part | Relation::OfWhich) {
                continue;
            }
            let Some(parent) = self.counted_parent(ix) else {
                // A parent that is named but not there has been reported already.
                if child.parent.is_none() || child.indicator.parent.is_some() {
                    orphans.push(ix);
                }
                continue;
            };
            let stands_alone = match relation {
                Relation::OfWhich => true,
                Relation::Part => child.group.is_none(),
                _ => false,
            };
            let group = child.group.clone();
            let is_same = |known: &&mut Siblings| {
                known.parent == parent && known.relation == relation && known.group == group
            };
            match siblings.iter_mut().find(is_same).filter(|_| !stands_alone) {
                Some(known) => known.children.push(ix),
                None => siblings.push(Siblings { parent, relation, group, children: vec![ix] }),
            }
        }
        for ix in orphans {
            let orphan = self.pending(ix);
            let (path, code) = (orphan.path.clone().key("relation"), orphan.indicator.code.clone());
            self.faults.add(path, "form-relation-without-parent", &code);
        }
        siblings.iter().filter_map(|siblings| self.relation_rule(siblings)).collect()
    }

    fn relation_rule(&self, siblings: &Siblings) -> Option<Rule> {
        let first = self.pending(*siblings.children.first()?);
        let (check, comparison, severity) = match siblings.relation {
            Relation::Sum => (Check::SumMismatch, Comparison::Equal, Severity::Error),
            Relation::Part => (Check::PartExceedsWhole, Comparison::AtMost, Severity::Warning),
            _ => (Check::PartExceedsWhole, Comparison::AtMost, Severity::Error),
        };
        let is_printed = siblings.relation == Relation::OfWhich;
        Some(Rule {
            id: format!("{}:{}", check.name(), first.indicator.code).into(),
            check,
            left: Side::sum(siblings.children.iter().copied()),
            comparison,
            right: Side::sum([siblings.parent]),
            severity: first.severity.unwrap_or(severity),
            basis: if is_printed { Basis::Printed } else { Basis::Implied },
            note: Localized::default(),
        })
    }

    /// The rules that the form states itself.
    pub(super) fn stated_rules(&mut self, spec: &FormSpec, sections: &[Section]) -> Vec<Rule> {
        let mut rules = Vec::new();
        for (at, rule) in spec.rules.iter().enumerate() {
            let path = DataPath::keys(&["rules"]).index(at);
            for scope in self.scopes(rule, sections, &path) {
                self.stated_rule(rule, &scope, &path, &mut rules);
            }
        }
        rules
    }

    fn scopes(&mut self, rule: &RuleSpec, sections: &[Section], path: &DataPath) -> Vec<Scope> {
        let Some(id) = &rule.each_column else {
            if rule.each_row.is_empty() {
                return vec![Scope::Form];
            }
            return rule.each_row.iter().map(|row| Scope::Row(row.as_str().into())).collect();
        };
        match sections.iter().find(|section| *section.id == **id).map(|section| &section.body) {
            Some(SectionBody::Table(table)) => {
                table.columns.iter().map(|column| Scope::Column(column.code.clone())).collect()
            }
            _ => {
                self.faults.add(path.clone().key("each_column"), "form-unknown-table", id);
                Vec::new()
            }
        }
    }

    fn stated_rule(&mut self, spec: &RuleSpec, scope: &Scope, path: &DataPath, rules: &mut Vec<Rule>) {
        let expr_path = path.clone().key("expr");
        let expr = match expr::parse(&spec.expr) {
            Ok(expr) => expr,
            Err((range, expected)) => {
                let found = spec.expr.get(range).unwrap_or("").trim();
                self.faults.0.push((expr_path, bad_expression(found, expected)));
                return;
            }
        };
        let Some(check) = self.faults.word(Some(&spec.check), path, "check", Check::from_name) else {
            return;
        };
        let basis = self.faults.word(spec.basis.as_deref(), path, "basis", Basis::from_name);
        if basis.is_none() && spec.basis.is_some() {
            return;
        }
        let severity = self.faults.word(spec.severity.as_deref(), path, "severity", severity);
        let each = expr.left.iter().chain(&expr.right).find_map(|part| match &part.operand {
            Operand::Each(group) => Some(group.as_str()),
            _ => None,
        });
        let members = match each {
            Some(group) => self.group(group, &expr_path).into_iter().map(Some).collect(),
            None => vec![None],
        };
        for member in members {
            let Some((left, comparison, right)) = self.sides(&expr, scope, member, &expr_path) else {
                return;
            };
            if left.terms.is_empty() {
                self.faults.0.push((expr_path, bad_expression(&spec.expr, "term")));
                return;
            }
            let suffix = member.map(|ix| &*self.pending(ix).indicator.code).or_else(|| scope.name());
            rules.push(Rule {
                id: suffix.map_or_else(|| spec.id.clone(), |suffix| format!("{}:{suffix}", spec.id)).into(),
                check,
                left,
                comparison,
                right,
                severity: severity.unwrap_or(Severity::Error),
                basis: basis.unwrap_or(Basis::Implied),
                note: spec.note.clone(),
            });
        }
    }

    /// Both sides of a rule. What a rule is about stands on its left: `0 <= a` is read as `a >= 0`.
    fn sides(
        &mut self,
        expr: &Expr,
        scope: &Scope,
        member: Option<IndicatorIx>,
        path: &DataPath,
    ) -> Option<(Side, Comparison, Side)> {
        let (left, right) =
            (self.side(&expr.left, scope, member, path), self.side(&expr.right, scope, member, path));
        let (left, right) = left.zip(right)?;
        Some(if left.terms.is_empty() {
            (right, expr.comparison.reversed(), left)
        } else {
            (left, expr.comparison, right)
        })
    }

    fn side(
        &mut self,
        operands: &[SignedOperand],
        scope: &Scope,
        member: Option<IndicatorIx>,
        path: &DataPath,
    ) -> Option<Side> {
        let mut side = Side::default();
        for SignedOperand { negative, operand } in operands {
            let negative = *negative;
            let term = |indicator| Term { indicator, negative, previous: false };
            match operand {
                Operand::Number(number) => side.constant += if negative { -number } else { *number },
                Operand::Each(_) => side.terms.extend(member.map(term)),
                Operand::Sum(group) => side.terms.extend(self.group(group, path).into_iter().map(term)),
                Operand::Code { code, previous } => {
                    let found = self.by_code.get(scope.cell(code).as_str());
                    let Some(ix) = found.or_else(|| self.by_code.get(code.as_str())).copied() else {
                        self.faults.add(path.clone(), "form-unknown-code", code);
                        return None;
                    };
                    side.terms.push(Term { previous: *previous, ..term(ix) });
                }
            }
        }
        Some(side)
    }

    /// The indicators of a group; an empty one is a fault.
    fn group(&mut self, name: &str, path: &DataPath) -> Vec<IndicatorIx> {
        let is_member = |group: &Option<Box<str>>| group.as_deref() == Some(name);
        let members: Vec<_> =
            self.all().filter(|(_, pending)| is_member(&pending.group)).map(|(ix, _)| ix).collect();
        if members.is_empty() {
            self.faults.add(path.clone(), "form-unknown-group", name);
        }
        members
    }
}

fn bad_expression(found: &str, expected: &str) -> Diagnostic {
    let fault = Diagnostic::error("form-bad-expression").arg("value", found).arg("expected", expected);
    fault.help(Message::new("help-expression"))
}

/// The rules that the cells of a table row add up to the one in the total column.
pub(super) fn row_totals(sections: &[Section]) -> Vec<Rule> {
    let tables = sections.iter().filter_map(|section| match &section.body {
        SectionBody::Table(table) => Some(table),
        _ => None,
    });
    let mut rules = Vec::new();
    for table in tables.filter(|table| table.columns.len() > 1) {
        let Some(total) = table.columns.iter().position(|column| column.is_total) else { continue };
        for row in &table.rows {
            let Some(first) = row.first else { continue };
            let cell = |column: usize| IndicatorIx(first.0 + column as u16);
            let parts = (0..table.columns.len()).filter(|column| *column != total).map(cell);
            rules.push(Rule {
                id: format!("row-total:{}", row.code).into(),
                check: Check::RowTotal,
                left: Side::sum(parts),
                comparison: Comparison::Equal,
                right: Side::sum([cell(total)]),
                severity: Severity::Error,
                basis: Basis::Implied,
                note: Localized::default(),
            });
        }
    }
    rules
}

/// The column or row that completes the codes of a rule.
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
