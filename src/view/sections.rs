//! A form's sections as a report fills them in: lists and tables in the form's own order.

mod collapse;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::form::{Form, IndicatorIx, Relation, Section, SectionBody, Series, Table};
use crate::model::Report;
use crate::view::cell;
use crate::view::components::{Cell, Text};
use crate::view::local_portal::LocalPortal;

/// A section of a form with the figures of a report.
#[derive(Debug, Serialize)]
pub(crate) struct SectionView<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: Option<Text<'a>>,
    pub(crate) note: Option<Text<'a>>,
    /// Whether it asks for text only.
    pub(crate) is_prose: bool,
    /// Indicators one below the other.
    pub(crate) rows: Vec<RowView<'a>>,
    /// Rows × columns.
    pub(crate) table: Option<TableView<'a>>,
    /// How many figures it asks for.
    pub(crate) asked: usize,
    /// How many of them stand in rows that are folded away.
    pub(crate) folded: usize,
    /// Whether nothing of it is transcribed.
    pub(crate) is_empty: bool,
}

/// A row of a list.
#[derive(Debug, Serialize)]
pub(crate) struct RowView<'a> {
    pub(crate) code: &'a str,
    pub(crate) label: Text<'a>,
    pub(crate) depth: u8,
    pub(crate) unit: Option<&'a str>,
    /// Where it is explained; `None` for a heading.
    pub(crate) meaning: Option<String>,
    /// The figure; `None` for a heading.
    pub(crate) cell: Option<Cell<'a>>,
    /// Whether it is shown, and whether it stands among those folded away; a heading may do both.
    pub(crate) shown: bool,
    pub(crate) folded: bool,
}

/// A table of rows × columns.
#[derive(Debug, Serialize)]
pub(crate) struct TableView<'a> {
    /// The headings above groups of columns; empty where there are none.
    pub(crate) groups: Vec<GroupView<'a>>,
    pub(crate) columns: Vec<Text<'a>>,
    /// The unit of all cells, where they share one.
    pub(crate) unit: Option<&'a str>,
    pub(crate) rows: Vec<TableRowView<'a>>,
}

/// A heading above neighbouring columns.
#[derive(Debug, Serialize)]
pub(crate) struct GroupView<'a> {
    /// What it says; `None` above columns without a group.
    pub(crate) label: Option<Text<'a>>,
    pub(crate) span: usize,
}

/// A row of a table.
#[derive(Debug, Serialize)]
pub(crate) struct TableRowView<'a> {
    pub(crate) label: Text<'a>,
    pub(crate) depth: u8,
    /// Where it is explained; `None` for a heading.
    pub(crate) meaning: Option<String>,
    /// Its cells with their codes; empty for a heading.
    pub(crate) cells: Vec<TableCellView<'a>>,
    /// Whether nothing of it is transcribed.
    pub(crate) is_missing: bool,
    /// Whether it is shown, and whether it stands among those folded away; a heading may do both.
    pub(crate) shown: bool,
    pub(crate) folded: bool,
}

/// A cell of a table.
#[derive(Debug, Serialize)]
pub(crate) struct TableCellView<'a> {
    pub(crate) code: &'a str,
    pub(crate) cell: Cell<'a>,
}

/// The sections of a form filled in by a report.
pub(crate) fn views<'a>(
    portal: &LocalPortal<'a>,
    form: &'a Form,
    report: &'a Report,
    mut annotate: impl FnMut(&str, &mut Cell<'a>),
) -> Vec<SectionView<'a>> {
    let meanings = meanings(portal, form);
    let mut cells = Cells { portal, form, report, meanings, annotate: &mut annotate };
    form.sections.iter().map(|section| cells.section(section)).collect()
}

struct Cells<'a, 'c> {
    portal: &'c LocalPortal<'a>,
    form: &'a Form,
    report: &'a Report,
    /// The series that one code of the form gives alone.
    meanings: FxHashMap<&'a str, &'a Series>,
    annotate: &'c mut dyn FnMut(&str, &mut Cell<'a>),
}

impl<'a> Cells<'a, '_> {
    fn section(&mut self, section: &'a Section) -> SectionView<'a> {
        let mut view = SectionView {
            id: &section.id,
            title: self.portal.some_text(&section.title),
            note: self.portal.some_text(&section.note),
            is_prose: matches!(section.body, SectionBody::Prose),
            rows: Vec::new(),
            table: None,
            asked: 0,
            folded: 0,
            is_empty: false,
        };
        match &section.body {
            SectionBody::Prose => {}
            SectionBody::List(indicators) => {
                view.rows = indicators.iter().map(|ix| self.row(*ix)).collect();
                fold_list(&mut view);
            }
            SectionBody::Table(table) => {
                view.table = Some(self.table(table));
                fold_table(&mut view);
            }
        }
        view
    }

    fn row(&mut self, ix: IndicatorIx) -> RowView<'a> {
        let indicator = &self.form[ix];
        let cell = (indicator.relation != Relation::Head).then(|| self.cell(ix));
        let meaning = cell.is_some().then(|| self.meaning(std::iter::once(&*indicator.code)));
        RowView {
            meaning,
            code: &indicator.code,
            label: self.portal.text(&indicator.label),
            depth: indicator.depth,
            unit: indicator.unit.as_deref().map(|unit| self.portal.unit(unit)),
            cell,
            shown: true,
            folded: false,
        }
    }

    fn table(&mut self, table: &'a Table) -> TableView<'a> {
        let mut units = Vec::new();
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let mut cells = Vec::new();
            for at in 0..row.first.map_or(0, |_| table.columns.len()) {
                let ix = IndicatorIx(row.first.map_or(0, |first| first.0 + at as u16));
                let indicator = &self.form[ix];
                units.push(indicator.unit.as_deref());
                let unit = indicator.unit.as_deref().map(|unit| self.portal.unit(unit));
                let cell = Cell { unit, ..self.cell(ix) };
                cells.push(TableCellView { code: &indicator.code, cell });
            }
            // The last column is the total of the row.
            let codes = cells.iter().rev().map(|cell| cell.code);
            let meaning = (!cells.is_empty()).then(|| self.meaning(codes));
            let label = self.portal.text(&row.label);
            let is_missing = !cells.is_empty() && cells.iter().all(|cell| collapse::is_missing(&cell.cell));
            let depth = row.depth;
            rows.push(TableRowView { label, depth, meaning, cells, is_missing, shown: true, folded: false });
        }
        let shared = units.first().copied().flatten().filter(|unit| units.iter().all(|u| *u == Some(unit)));
        if shared.is_some() {
            for cell in rows.iter_mut().flat_map(|row: &mut TableRowView<'_>| &mut row.cells) {
                cell.cell.unit = None;
            }
        }
        TableView {
            groups: groups(self.portal, table),
            columns: table.columns.iter().map(|column| self.portal.text(&column.label)).collect(),
            unit: shared.map(|unit| self.portal.unit(unit)),
            rows,
        }
    }

    /// Where the first of some figures is explained that a series consists of; else its place in the
    /// form.
    fn meaning<'m>(&self, mut codes: impl Iterator<Item = &'m str> + Clone) -> String {
        let series = codes.clone().find_map(|code| self.meanings.get(code));
        let links = self.portal.links();
        series.map_or_else(
            || format!("{}#i-{}", links.form(self.form), codes.next().unwrap_or_default()),
            |series| links.indicator(series),
        )
    }

    fn cell(&mut self, ix: IndicatorIx) -> Cell<'a> {
        let mut cell = cell::of_figure(self.portal, self.report.figure(ix), self.report.lang.as_deref());
        (self.annotate)(&self.form[ix].code, &mut cell);
        cell
    }
}

/// For each code of a form the first series that has a page and consists of it alone.
fn meanings<'a>(portal: &LocalPortal<'a>, form: &Form) -> FxHashMap<&'a str, &'a Series> {
    let mut meanings = FxHashMap::default();
    for (_, series) in portal.derived.series(portal.site) {
        for terms in series.terms.iter().filter(|terms| terms.form == form.id) {
            if let [code] = &*terms.codes {
                meanings.entry(&**code).or_insert(series);
            }
        }
    }
    meanings
}

fn fold_list(view: &mut SectionView<'_>) {
    let row = |row: &RowView<'_>| collapse::Row {
        depth: row.depth,
        is_heading: row.cell.is_none(),
        is_missing: row.cell.as_ref().is_some_and(collapse::is_missing),
    };
    let rows: Vec<collapse::Row> = view.rows.iter().map(row).collect();
    view.is_empty = !rows.iter().any(|row| !row.is_heading && !row.is_missing);
    for (row, place) in view.rows.iter_mut().zip(collapse::places(&rows)) {
        (row.shown, row.folded) = (place.shown, place.folded);
        view.asked += usize::from(row.cell.is_some());
        view.folded += usize::from(row.cell.is_some() && row.folded);
    }
}

fn fold_table(view: &mut SectionView<'_>) {
    let Some(table) = &mut view.table else { return };
    let row = |row: &TableRowView<'_>| collapse::Row {
        depth: row.depth,
        is_heading: row.cells.is_empty(),
        is_missing: row.is_missing,
    };
    let rows: Vec<collapse::Row> = table.rows.iter().map(row).collect();
    view.is_empty = !rows.iter().any(|row| !row.is_heading && !row.is_missing);
    for (row, place) in table.rows.iter_mut().zip(collapse::places(&rows)) {
        (row.shown, row.folded) = (place.shown, place.folded);
        view.asked += row.cells.len();
        view.folded += if row.folded { row.cells.len() } else { 0 };
    }
}

/// The headings above groups of columns, neighbours of one group joined; empty where no column has one.
pub(crate) fn groups<'a>(portal: &LocalPortal<'a>, table: &'a Table) -> Vec<GroupView<'a>> {
    if table.columns.iter().all(|column| column.group.is_empty()) {
        return Vec::new();
    }
    table
        .columns
        .chunk_by(|left, right| left.group == right.group && !left.group.is_empty())
        .map(|run| GroupView {
            label: run.first().and_then(|column| portal.some_text(&column.group)),
            span: run.len(),
        })
        .collect()
}
