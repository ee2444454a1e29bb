//! The lines of a form: its sections, its indicators, and which stands below which.

use crate::base::diagnostic::DataPath;
use crate::form::spec::{ColumnSpec, FormSpec, IndicatorSpec, TableSpec};
use crate::form::{
    Body, Column, Indicator, IndicatorIx, Kind, Relation, Row, Section, Table, Verified, name,
};

use super::{Compiler, Line, MOST_INDICATORS, is_code};

impl Compiler<'_> {
    pub(super) fn sections(&mut self, spec: &FormSpec) -> Vec<Section> {
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

    /// Finds every parent, climbing from cells to row headings, and refuses cycles.
    pub(super) fn resolve_parents(&mut self) {
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
    pub(super) fn indent_rows(&self, sections: &mut [Section]) {
        for section in sections {
            let Body::Table(table) = &mut section.body else { continue };
            for row in &mut table.rows {
                let ix = row.first.or_else(|| self.by_code.get(&row.code).copied());
                row.depth =
                    ix.and_then(|ix| self.lines.get(ix.0 as usize)).map_or(0, |line| line.indicator.depth);
            }
        }
    }
}
