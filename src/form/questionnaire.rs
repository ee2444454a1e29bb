//! The official questionnaire itself: sections, tables, indicators and rules.

use std::ops::Index;

use rustc_hash::FxHashMap;

use crate::base::diagnostic::{DataPath, Step};
use crate::base::text::Localized;

use super::indicator::{Indicator, IndicatorIx, Relation};
use super::rule::Rule;

/// One official form.
#[derive(Clone, Debug)]
pub struct Form {
    /// Its id, as reports name it: `gb-2021`.
    pub id: Box<str>,
    /// Its official title.
    pub title: Localized,
    /// Who issued it.
    pub issuer: Localized,
    /// The number of the document that prescribes it.
    pub number: Option<Box<str>>,
    /// What a reader should know about it.
    pub note: Localized,
    /// The first and last year it was in use, where known.
    pub years: (Option<i16>, Option<i16>),
    /// When reports on it are due, in the year after the one they cover.
    pub deadline: Option<Deadline>,
    /// Its sections, in print order.
    pub sections: Vec<Section>,
    /// Its indicators, in print order; cells of a table row by row.
    pub indicators: Vec<Indicator>,
    /// What must hold between its figures.
    pub rules: Vec<Rule>,
    pub(super) by_code: FxHashMap<Box<str>, IndicatorIx>,
}

/// A statutory deadline: a day of the year after the reporting year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Month, 1–12.
    pub month: i8,
    /// Day of the month.
    pub day: i8,
    /// The rule it comes from.
    pub source: Localized,
    /// Other days for some levels of agencies: level, month, day.
    pub levels: Vec<(Box<str>, i8, i8)>,
}

/// A section of a form.
#[derive(Clone, Debug)]
pub struct Section {
    /// A short id, used as an anchor.
    pub id: Box<str>,
    /// Its heading; empty where the form prints none.
    pub title: Localized,
    /// A remark printed with it.
    pub note: Localized,
    /// Other names under which it is published: printed titles, names of data files. Columns of
    /// such a file may have headings that only its name makes unambiguous.
    pub aliases: Vec<Box<str>>,
    /// What it holds.
    pub body: SectionBody,
}

/// What a section holds.
#[derive(Clone, Debug)]
pub enum SectionBody {
    /// Text; no figures.
    Prose,
    /// Indicators one below the other.
    List(Vec<IndicatorIx>),
    /// Rows × columns.
    Table(Table),
}

/// A table of a form.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its columns, left to right.
    pub columns: Vec<Column>,
    /// Its rows, top to bottom.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its code, the part of a cell's code behind `__`.
    pub code: Box<str>,
    /// Its heading.
    pub label: Localized,
    /// A heading it shares with its neighbours.
    pub group: Localized,
    /// Whether it is the total of the others.
    pub is_total: bool,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its code, the part of a cell's code before `__`.
    pub code: Box<str>,
    /// Its heading.
    pub label: Localized,
    /// How deep it is indented.
    pub depth: u8,
    /// Its first cell, the others follow; `None` for a heading without cells.
    pub first: Option<IndicatorIx>,
}

impl Form {
    /// The index of a code in the form.
    pub fn find(&self, code: &str) -> Option<IndicatorIx> {
        self.by_code.get(code).copied()
    }

    /// Every indicator that can hold a figure, with its index.
    pub fn figures(&self) -> impl Iterator<Item = (IndicatorIx, &Indicator)> {
        let all = self.indicators.iter().enumerate();
        let figures = all.filter(|(_, indicator)| indicator.relation != Relation::Head);
        figures.map(|(at, indicator)| (IndicatorIx(at as u16), indicator))
    }

    /// The table row of a code, with its table.
    pub fn row(&self, code: &str) -> Option<(&Table, &Row)> {
        self.sections.iter().find_map(|section| match &section.body {
            SectionBody::Table(table) => {
                table.rows.iter().find(|row| &*row.code == code).map(|row| (table, row))
            }
            _ => None,
        })
    }

    /// The path to a figure in a report's front matter.
    pub fn data_path(&self, ix: IndicatorIx) -> DataPath {
        let code = &*self[ix].code;
        let path = DataPath::keys(&["statistics"]);
        let cell = code.split_once("__").and_then(|(row, column)| Some((self.row(row)?.1, column)));
        let Some((row, column)) = cell else { return path.key(code) };
        let at = row.first.map_or(0, |first| usize::from(ix.0.saturating_sub(first.0)));
        let mut path = path.key(&row.code);
        path.0.push(Step::Column(column.into(), at));
        path
    }

    /// The language the form is printed in: that of its title's first text.
    pub fn language(&self) -> &str {
        self.title.iter().next().map_or("", |(lang, _)| lang)
    }

    /// Whether a year lies in the years the form was in use.
    pub fn covers(&self, year: i16) -> bool {
        self.years.0.is_none_or(|first| first <= year) && self.years.1.is_none_or(|last| year <= last)
    }
}

impl Index<IndicatorIx> for Form {
    type Output = Indicator;

    fn index(&self, ix: IndicatorIx) -> &Indicator {
        &self.indicators[ix.0 as usize]
    }
}
