//! The indicators of a form: its sections, its tables, and which indicator belongs to which.

use crate::base::diagnostic::DataPath;
use crate::form::indicator::{Indicator, IndicatorIx, Quantity, Relation, Verified};
use crate::form::name;
use crate::form::questionnaire::{Column, Row, Section, SectionBody, Table};
use crate::form::spec::{ColumnSpec, FormSpec, IndicatorSpec, SectionSpec, TableSpec};

use super::compiler::{Compiler, PendingIndicator, is_code, severity};

/// The most indicators a form may have.
const MAX_INDICATORS: usize = 10_000;
/// The deepest nesting of indicators; deeper means a circle.
const MAX_DEPTH: u8 = 20;

impl Compiler<'_> {
    pub(super) fn sections(&mut self, spec: &FormSpec) -> Vec<Section> {
        let mut sections: Vec<Section> = Vec::new();
        for (at, section) in spec.sections.iter().enumerate() {
            let path = DataPath::keys(&["sections"]).index(at);
            if sections.iter().any(|known| *known.id == *section.id) {
                self.faults.add(path.clone().key("id"), "form-duplicate-id", &section.id);
            }
            sections.push(Section {
                id: section.id.as_str().into(),
                title: section.title.clone(),
                note: section.note.clone(),
                aliases: section.aliases.iter().map(|alias| alias.as_str().into()).collect(),
                body: self.body(section, &path),
            });
        }
        sections
    }

    fn body(&mut self, section: &SectionSpec, path: &DataPath) -> SectionBody {
        match (&section.table, section.indicators.is_empty()) {
            (Some(table), true) => SectionBody::Table(self.table(table, &path.clone().key("table"))),
            (None, false) => {
                let path = path.clone().key("indicators");
                let specs = section.indicators.iter().enumerate();
                let list = specs.filter_map(|(at, spec)| self.indicator(spec, None, path.clone().index(at)));
                SectionBody::List(list.collect())
            }
            (None, true) => SectionBody::Prose,
            (Some(_), false) => {
                self.faults.add(path.clone().key("table"), "form-list-and-table", &section.id);
                SectionBody::Prose
            }
        }
    }

    fn table(&mut self, spec: &TableSpec, path: &DataPath) -> Table {
        let mut rows = Vec::new();
        for (at, row) in spec.rows.iter().enumerate() {
            let path = path.clone().key("rows").index(at);
            let first = if row.relation.as_deref() == Some("head") {
                self.indicator(row, None, path);
                None
            } else {
                let cells = spec.columns.iter().map(|column| self.indicator(row, Some(column), path.clone()));
                cells.collect::<Vec<_>>().first().copied().flatten()
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
    fn indicator(
        &mut self,
        spec: &IndicatorSpec,
        column: Option<&ColumnSpec>,
        path: DataPath,
    ) -> Option<IndicatorIx> {
        let in_column = |row: &str| -> Box<str> {
            column.map_or_else(|| row.into(), |column| format!("{row}__{}", column.code).into())
        };
        let code = in_column(&spec.code);
        self.check_code(&code, &path)?;
        let relation = spec.relation.as_deref().map_or(Relation::Indep, |name| {
            Relation::from_name(name).unwrap_or_else(|| {
                self.faults.add(path.clone().key("relation"), "form-unknown-relation", name);
                Relation::Indep
            })
        });
        let unit = spec.unit.as_deref().or_else(|| column?.unit.as_deref());
        let unit = unit.filter(|_| relation != Relation::Head);
        match unit {
            Some(unit) if self.units.get(unit).is_none() => {
                self.faults.add(path.clone().key("unit"), "form-unknown-unit", unit);
            }
            None if relation != Relation::Head => {
                self.faults.add(path.clone().key("code"), "form-unit-missing", &code);
            }
            _ => {}
        }
        let kind = spec.kind.as_deref().or_else(|| column?.kind.as_deref());
        let kind = self.faults.word(kind, &path, "kind", Quantity::from_name);
        let verified = self.faults.word(spec.verified.as_deref(), &path, "verified", Verified::from_name);
        let severity = self.faults.word(spec.severity.as_deref(), &path, "severity", severity);
        let ix = IndicatorIx(self.indicators.len() as u16);
        self.by_code.insert(code.clone(), ix);
        self.indicators.push(PendingIndicator {
            indicator: Indicator {
                code,
                label: spec.label.clone(),
                name: name::of(&spec.label, column.map(|column| &column.label)),
                column: column.map(|column| column.label.clone()).unwrap_or_default(),
                unit: unit.map(Into::into),
                kind: kind.unwrap_or_else(|| Quantity::of_unit(self.units, unit.unwrap_or(""))),
                parent: None,
                relation,
                depth: 0,
                verified: verified.unwrap_or_default(),
                note: spec.note.clone(),
                aliases: spec.aliases.iter().map(|alias| alias.as_str().into()).collect(),
            },
            path,
            parent: spec.parent.as_deref().map(in_column),
            group: spec.group.as_deref().map(Into::into),
            severity,
            depth: spec.depth,
        });
        Some(ix)
    }

    /// Refuses a code that is none or is taken, and one indicator too many.
    fn check_code(&mut self, code: &str, path: &DataPath) -> Option<()> {
        if !is_code(code) {
            self.faults.add(path.clone().key("code"), "form-bad-code", code);
        } else if self.by_code.contains_key(code) {
            self.faults.add(path.clone().key("code"), "form-duplicate-code", code);
        } else if self.indicators.len() >= MAX_INDICATORS {
            self.faults.add(path.clone(), "form-too-large", &MAX_INDICATORS.to_string());
        } else {
            return Some(());
        }
        None
    }

    /// Finds every parent, climbing from cells to row headings.
    pub(super) fn resolve_parents(&mut self) {
        for at in 0..self.indicators.len() {
            let Some(parent) = &self.indicators[at].parent else { continue };
            let row = parent.split_once("__").map_or(&**parent, |(row, _)| row);
            let found = self.by_code.get(parent).or_else(|| self.by_code.get(row)).copied();
            let found = found.or_else(|| self.first_cell(row));
            if found.is_none() {
                let path = self.indicators[at].path.clone().key("parent");
                self.faults.add(path, "form-unknown-code", row);
            }
            self.indicators[at].indicator.parent = found;
        }
    }

    /// Counts how deep every indicator stands below others; stops at a circle, which is a fault.
    pub(super) fn set_depths(&mut self) {
        for at in 0..self.indicators.len() {
            let mut depth = 0;
            let mut above = self.indicators[at].indicator.parent;
            while let Some(parent) = above {
                depth += 1;
                if depth > MAX_DEPTH {
                    let pending = &self.indicators[at];
                    let path = pending.path.clone().key("parent");
                    self.faults.add(path, "form-parent-cycle", &pending.indicator.code);
                    return;
                }
                above = self.pending(parent).indicator.parent;
            }
            let pending = &mut self.indicators[at];
            pending.indicator.depth = pending.depth.unwrap_or(depth);
        }
    }

    /// The first cell of a table row, for headings that belong to a row with cells.
    fn first_cell(&self, row: &str) -> Option<IndicatorIx> {
        let is_cell = |code: &str| code.strip_prefix(row).is_some_and(|rest| rest.starts_with("__"));
        self.all().find(|(_, pending)| is_cell(&pending.indicator.code)).map(|(ix, _)| ix)
    }

    /// Gives table rows the depth of their cells, or of their heading.
    pub(super) fn indent_rows(&self, sections: &mut [Section]) {
        for section in sections {
            let SectionBody::Table(table) = &mut section.body else { continue };
            for row in &mut table.rows {
                let ix = row.first.or_else(|| self.by_code.get(&row.code).copied());
                row.depth = ix.map_or(0, |ix| self.pending(ix).indicator.depth);
            }
        }
    }
}
