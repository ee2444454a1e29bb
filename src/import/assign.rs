//! From the rows of tables to figures: each label to one line of the form, each cell to one column.
//!
//! Where several readings are possible, none is taken: the row is reported instead.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::collate;
use crate::figure::{self, Units, Value as FigureValue};
use crate::form::{Catalog, IndicatorIx};

use super::document::{Cell, Layout, Origin};
use super::fold;
use super::labels::{Labels, Line, Scope, Takes};
use super::mapping::{Mapping, Target};
use super::outcome::{Entry, EntryKind};
use super::scan::{self, Event, Group, Header, Value};
use super::value::{self, Written};

/// A table as scanned, with what is known about it as a whole.
pub(super) struct Scanned {
    /// The file it stands in.
    pub(super) file: std::sync::Arc<str>,
    /// The part of the form it is about.
    pub(super) scope: Scope,
    /// What is left of its rows.
    pub(super) layout: Layout,
    /// The unit that stands above it for all figures that can have it.
    pub(super) unit: Option<String>,
    /// What it says.
    pub(super) events: Vec<Event>,
}

/// A paragraph that is nothing but the label of a row: what stood beside it was lost.
pub(super) struct Stray {
    /// Where it stands.
    pub(super) origin: Origin,
    /// The label.
    pub(super) text: String,
}

/// Which column of a list to take.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice<'a> {
    /// The heading somebody asked for.
    pub(super) heading: Option<&'a str>,
    /// The year that heads it.
    pub(super) year: Option<i16>,
}

/// A figure that the form does not ask for.
#[derive(Clone, Debug, PartialEq)]
pub struct Extra {
    /// Its code: `x_…`, or one of another form.
    pub code: String,
    /// Its label, for a local one.
    pub label: Option<String>,
    /// Its unit, for a local one.
    pub unit: Option<String>,
    /// What it says.
    pub written: Written,
}

/// What could be taken from tables.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken {
    /// Figures of the form.
    pub(super) figures: BTreeMap<IndicatorIx, Written>,
    /// The others, in the order read.
    pub(super) extras: Vec<Extra>,
    /// What became of each row and cell.
    pub(super) entries: Vec<Entry>,
}

/// Assigns the rows of a document's tables to the lines of a form.
pub(super) fn assign(
    tables: &[Scanned],
    labels: &Labels<'_>,
    catalog: &Catalog,
    mapping: &Mapping,
    choice: &Choice<'_>,
    stray: &[Stray],
) -> Taken {
    let mut assigner = Assigner { labels, catalog, mapping, choice, taken: Taken::default() };
    let lines = resolve(tables, labels, mapping);
    let mut lines = lines.into_iter();
    for table in tables {
        let busy = busy_columns(table, labels);
        if is_gone(table, labels, stray.len()) {
            assigner.gone(table);
            lines.by_ref().take(rows(table).count()).for_each(drop);
            continue;
        }
        for event in &table.events {
            match event {
                Event::Section(_) => {}
                Event::Stray(cell) => assigner.note(EntryKind::Text, None, &cell.text, "", table, cell),
                Event::Numbers(values, header) => assigner.numbers(values, header, table),
                Event::Row(group) => match lines.next().unwrap_or(Resolved::Unknown) {
                    Resolved::Line(line) => assigner.row(line, group, table, &busy),
                    Resolved::Several => assigner.ambiguous(group, table),
                    Resolved::Unknown => assigner.unknown(group, table, &busy),
                },
            }
        }
    }
    assigner.strays(stray);
    assigner.taken
}

fn rows(table: &Scanned) -> impl Iterator<Item = &Group> {
    table.events.iter().filter_map(|event| match event {
        Event::Row(group) => Some(&**group),
        _ => None,
    })
}

/// What a label turned out to mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Resolved {
    Line(usize),
    Several,
    Unknown,
}

/// Gives every row its line: by its label where that is unique, else by its place.
fn resolve(tables: &[Scanned], labels: &Labels<'_>, mapping: &Mapping) -> Vec<Resolved> {
    let mut candidates: Vec<Vec<usize>> = Vec::new();
    for group in tables.iter().flat_map(rows) {
        candidates.push(match mapping.target(&group.label.text) {
            Some(Target::Code(code)) => labels.lines(code).to_vec(),
            Some(Target::Local(_) | Target::Skip) => Vec::new(),
            None => group.lines.clone(),
        });
    }
    // For each row, the next line whose label is unique.
    let mut following: Vec<Option<usize>> = Vec::with_capacity(candidates.len());
    let mut unique = None;
    for own in candidates.iter().rev() {
        following.push(unique);
        if let [line] = own.as_slice() {
            unique = Some(*line);
        }
    }
    following.reverse();
    let mut resolved = Vec::with_capacity(candidates.len());
    // Where each line was last seen, to know under which heading a row stands.
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    let mut last: Option<usize> = None;
    let mut at = 0;
    for table in tables {
        let mut section: Option<usize> = None;
        for event in &table.events {
            if let Event::Section(found) = event {
                section = Some(*found);
            }
            if !matches!(event, Event::Row(_)) {
                continue;
            }
            let own = candidates.get(at).map_or(&[][..], Vec::as_slice);
            let next = following.get(at).copied().flatten();
            let place = Surroundings { table, section, seen: &seen, last, next };
            let line = choose(own, labels, &place);
            resolved.push(match (line, own) {
                (Some(line), _) => Resolved::Line(line),
                (None, []) => Resolved::Unknown,
                (None, _) => Resolved::Several,
            });
            if let Some(line) = line {
                seen.insert(line, at);
                last = Some(line);
            }
            at += 1;
        }
    }
    resolved
}

/// What is known around a label that may mean several lines.
struct Surroundings<'a> {
    table: &'a Scanned,
    /// The section whose title stands above.
    section: Option<usize>,
    seen: &'a BTreeMap<usize, usize>,
    /// The line before.
    last: Option<usize>,
    /// The next line whose label is unique.
    next: Option<usize>,
}

fn choose(candidates: &[usize], labels: &Labels<'_>, around: &Surroundings<'_>) -> Option<usize> {
    let mut left: Vec<usize> = candidates.to_vec();
    let line = |at: &usize| labels.lines.get(*at);
    let mut narrow = |keep: &dyn Fn(&usize) -> bool| {
        let kept: Vec<usize> = left.iter().copied().filter(|at| keep(at)).collect();
        if !kept.is_empty() {
            left = kept;
        }
        left.len()
    };
    let scope = &around.table.scope.sections;
    narrow(&|at| line(at).is_some_and(|line| scope.contains(&line.section)));
    narrow(&|at| line(at).is_some_and(|line| around.section == Some(line.section)));
    let heading = |at: &usize| {
        let above = line(at).map_or(&[][..], |line| line.above.as_slice());
        above.iter().filter_map(|above| around.seen.get(above)).max().copied()
    };
    let nearest = candidates.iter().filter_map(heading).max();
    if nearest.is_some() {
        narrow(&|at| heading(at) == nearest);
    }
    narrow(&|at| around.last.is_none_or(|last| *at > last) && around.next.is_none_or(|next| *at < next));
    match left.as_slice() {
        [line] => Some(*line),
        _ => None,
    }
}

/// The positions of rows at which a table has figures, among the rows with one figure.
fn busy_columns(table: &Scanned, labels: &Labels<'_>) -> BTreeSet<usize> {
    let is_single = |group: &&Group| {
        let mut lines = group.lines.iter().filter_map(|line| labels.lines.get(*line)).peekable();
        lines.peek().is_some() && lines.all(|line| matches!(line.takes, Takes::Figure(_)))
    };
    let filled =
        rows(table).filter(is_single).flat_map(|group| &group.values).filter(|value| !value.cell.is_empty());
    filled.map(|value| value.index).collect()
}

/// Whether the labels are there but the figures are not: the table was an image, or repeated cells
/// were merged. Only a table with its empty cells can be called blank.
fn is_gone(table: &Scanned, labels: &Labels<'_>, stray: usize) -> bool {
    let is_figure_row = |group: &&Group| {
        group
            .lines
            .iter()
            .filter_map(|line| labels.lines.get(*line))
            .any(|line: &Line| line.takes != Takes::Nothing)
    };
    let known = rows(table).filter(is_figure_row).count();
    let figures = table.events.iter().map(|event| match event {
        Event::Row(group) => group.values.iter().filter(|value| !value.cell.is_empty()).count(),
        Event::Numbers(values, _) => values.len(),
        _ => 0,
    });
    table.layout == Layout::Flat && known + stray >= 4 && figures.sum::<usize>() < 2
}

struct Assigner<'a, 'f> {
    labels: &'a Labels<'f>,
    catalog: &'a Catalog,
    mapping: &'a Mapping,
    choice: &'a Choice<'a>,
    taken: Taken,
}

impl Assigner<'_, '_> {
    fn note(
        &mut self,
        kind: EntryKind,
        code: Option<&str>,
        label: &str,
        text: &str,
        table: &Scanned,
        cell: &Cell,
    ) {
        self.taken.entries.push(Entry {
            kind,
            code: code.map(Into::into),
            label: label.to_owned(),
            text: text.to_owned(),
            origin: Some(Origin { file: table.file.clone(), place: cell.place.clone() }),
            suggestion: None,
        });
    }

    fn row(&mut self, line: usize, group: &Group, table: &Scanned, busy: &BTreeSet<usize>) {
        let labels = self.labels;
        let Some(line) = labels.lines.get(line) else { return };
        match line.takes {
            Takes::Nothing => {
                if group.values.iter().any(|value| !value.cell.is_empty()) {
                    self.local(group, table, busy);
                }
            }
            Takes::Figure(ix) => self.single(ix, group, table, busy),
            Takes::Cells(first, count) => self.cells(line, first, count, group, table),
        }
    }

    /// A row with one figure: finds its column.
    fn single(&mut self, ix: IndicatorIx, group: &Group, table: &Scanned, busy: &BTreeSet<usize>) {
        let code = self.labels.form.indicator(ix).map_or("", |indicator| &indicator.code).to_owned();
        if group.values.is_empty() {
            // Without cells, a flattened row is blank; in a table it is a heading.
            if table.layout == Layout::Flat {
                let empty = Cell { text: String::new(), ..group.label.clone() };
                self.put(ix, &empty, group, table, None);
            }
            return;
        }
        match pick(group, self.choice, busy) {
            Picked::One(value, is_cumulative) => {
                self.put(ix, &value.cell, group, table, Some(is_cumulative));
                for other in
                    group.values.iter().filter(|other| other.index != value.index && !other.cell.is_empty())
                {
                    let text = other.cell.text.clone();
                    self.note(EntryKind::Unused, Some(&code), &group.label.text, &text, table, &other.cell);
                }
            }
            Picked::Several => {
                let text = texts(&group.values);
                self.note(EntryKind::Ambiguous, Some(&code), &group.label.text, &text, table, &group.label);
            }
        }
    }

    /// Takes a figure, unless another one is there already.
    fn put(
        &mut self,
        ix: IndicatorIx,
        cell: &Cell,
        group: &Group,
        table: &Scanned,
        cumulative: Option<bool>,
    ) {
        let form = self.labels.form;
        let Some(indicator) = form.indicator(ix) else { return };
        let code = indicator.code.to_string();
        let label = group.label.text.clone();
        let common = || common_unit(table, indicator.unit.as_deref(), &self.catalog.units);
        let unit = self.unit(group, cell).or_else(common);
        let written =
            value::written(&cell.text, unit.as_deref(), indicator.unit.as_deref(), &self.catalog.units);
        let Some(mut written) = written else {
            self.note(EntryKind::Unreadable, Some(&code), &label, &cell.text, table, cell);
            return;
        };
        written.cumulative = cumulative == Some(true);
        written.note = match (group.note.clone(), written.note.take()) {
            (Some(note), Some(more)) => Some(format!("{note}；{more}")),
            (note, more) => note.or(more),
        };
        match self.taken.figures.get(&ix) {
            Some(known) if known.text == written.text => {}
            Some(_) => self.note(EntryKind::Twice, Some(&code), &label, &cell.text, table, cell),
            None => {
                let kind = if written.text.is_empty() { EntryKind::Blank } else { EntryKind::Matched };
                self.taken.figures.insert(ix, written);
                self.note(kind, Some(&code), &label, &cell.text, table, cell);
            }
        }
    }

    /// The unit that the table gives a figure: in a cell of its own, in the label, in the heading.
    fn unit(&self, group: &Group, cell: &Cell) -> Option<String> {
        let units = &self.catalog.units;
        let known = |text: &str| fold::remark(text).filter(|unit| units.get(unit).is_some());
        let index = group.values.iter().find(|value| value.cell == *cell).map(|value| value.index);
        let heads = index.and_then(|index| group.header.texts.get(index));
        group
            .unit
            .clone()
            .or_else(|| known(&group.label.text))
            .or_else(|| heads.and_then(|heads| heads.iter().rev().find_map(|head| known(head))))
    }

    /// A row with a figure in each column.
    fn cells(&mut self, line: &Line, first: IndicatorIx, count: usize, group: &Group, table: &Scanned) {
        if group.values.is_empty() && table.layout != Layout::Flat {
            return;
        }
        if let Some(columns) = by_heading(line.section, count, group, self.labels) {
            for (value, column) in group.values.iter().zip(columns) {
                match column {
                    Some(column) => {
                        self.put(IndicatorIx(first.0 + column as u16), &value.cell, group, table, None)
                    }
                    None if value.cell.is_empty() => {}
                    None => {
                        let text = value.cell.text.clone();
                        self.note(
                            EntryKind::Unused,
                            Some(&line.code),
                            &group.label.text,
                            &text,
                            table,
                            &value.cell,
                        );
                    }
                }
            }
            return;
        }
        let values = without_tail(&group.values, count);
        if values.len() == count {
            for (column, value) in values.iter().enumerate() {
                self.put(IndicatorIx(first.0 + column as u16), &value.cell, group, table, None);
            }
            return;
        }
        let mut filled = values.iter().filter(|value| !value.cell.is_empty()).peekable();
        if filled.peek().is_some() && !filled.any(|value| scan::is_figure(&value.cell.text)) {
            // Headings side by side, not a row with figures.
            for value in values.iter().filter(|value| !value.cell.is_empty()) {
                self.note(EntryKind::Text, None, &value.cell.text, "", table, &value.cell);
            }
            return;
        }
        let confirmed = self.confirmed_total(line, first, count, values);
        if let Some((ix, value)) = &confirmed {
            self.put(*ix, &value.cell, group, table, None);
        }
        self.note(EntryKind::Lost, Some(&line.code), &group.label.text, &texts(values), table, &group.label);
    }

    /// The last of a row's figures, where it is the sum of the others and so must be the total.
    fn confirmed_total(
        &self,
        line: &Line,
        first: IndicatorIx,
        count: usize,
        values: &[Value],
    ) -> Option<(IndicatorIx, Value)> {
        let (table, _) = self.labels.form.row(&line.code)?;
        let total = table.columns.iter().position(|column| column.is_total)?;
        if total + 1 != count {
            return None;
        }
        let given: Vec<(&Value, Decimal)> = values
            .iter()
            .filter(|value| !value.cell.is_empty())
            .map(|value| match figure::parse(&value.cell.text).ok()?.value {
                FigureValue::Number(number) => Some((value, number)),
                _ => None,
            })
            .collect::<Option<_>>()?;
        let ((last, sum), parts) = given.split_last()?;
        let added = parts.iter().try_fold(Decimal::ZERO, |sum, (_, part)| sum.checked_add(*part))?;
        (parts.len() >= 2 && added == *sum && !sum.is_zero())
            .then(|| (IndicatorIx(first.0 + total as u16), (*last).clone()))
    }

    /// Figures without a label: a table whose rows stand side by side under merged headings.
    fn numbers(&mut self, values: &[Value], header: &Header, table: &Scanned) {
        let Some(start) = values.first() else { return };
        let form = self.labels.form;
        let rows_of = |section: usize| -> Vec<&Line> {
            let lines = self.labels.lines.iter();
            lines.filter(|line| line.section == section && matches!(line.takes, Takes::Cells(..))).collect()
        };
        let fitting: Vec<usize> = (0..form.sections.len())
            .filter(|section| {
                let Some(Line { takes: Takes::Cells(_, columns), .. }) = rows_of(*section).first().copied()
                else {
                    return false;
                };
                let mut named: BTreeSet<usize> = BTreeSet::new();
                for (_, column) in header.columns.iter().flatten().filter(|(of, _)| of == section) {
                    named.insert(*column);
                }
                let cells = rows_of(*section).len() * columns;
                named.len() * 2 >= *columns && without_tail(values, cells).len() == cells
            })
            .collect();
        let [section] = fitting.as_slice() else {
            self.note(EntryKind::Lost, None, "", &texts(values), table, &start.cell);
            return;
        };
        let mut values = values.iter();
        let rows: Vec<Line> = rows_of(*section).into_iter().cloned().collect();
        for line in rows {
            let Takes::Cells(first, count) = line.takes else { continue };
            for (column, value) in values.by_ref().take(count).enumerate() {
                let ix = IndicatorIx(first.0 + column as u16);
                let name = form
                    .indicator(ix)
                    .and_then(|indicator| indicator.label.iter().next().map(|(_, label)| label));
                let group = Group {
                    label: Cell { text: name.unwrap_or("").to_owned(), ..value.cell.clone() },
                    before: None,
                    lines: Vec::new(),
                    unit: None,
                    values: Vec::new(),
                    note: None,
                    header: std::rc::Rc::default(),
                };
                self.put(ix, &value.cell, &group, table, None);
            }
        }
    }

    fn ambiguous(&mut self, group: &Group, table: &Scanned) {
        let labels = self.labels;
        let meant: Vec<&str> =
            group.lines.iter().filter_map(|line| labels.lines.get(*line)).map(|line| &*line.code).collect();
        let text = texts(&group.values);
        self.note(EntryKind::Ambiguous, None, &group.label.text, &text, table, &group.label);
        if let Some(entry) = self.taken.entries.last_mut() {
            entry.suggestion = Some(meant.join(", "));
        }
    }

    /// A row that the form does not have.
    fn unknown(&mut self, group: &Group, table: &Scanned, busy: &BTreeSet<usize>) {
        if self.mapping.target(&group.label.text) == Some(&Target::Skip) {
            self.note(
                EntryKind::Skipped,
                None,
                &group.label.text,
                &texts(&group.values),
                table,
                &group.label,
            );
            return;
        }
        let is_empty = group.values.iter().all(|value| value.cell.is_empty());
        if is_empty && group.unit.is_none() {
            self.note(EntryKind::Text, None, &group.label.text, "", table, &group.label);
            return;
        }
        self.local(group, table, busy);
    }

    /// Keeps a row under a code of its own, one for each cell.
    fn local(&mut self, group: &Group, table: &Scanned, busy: &BTreeSet<usize>) {
        let label = match &group.before {
            Some(before) => format!("{before} {}", group.label.text),
            None => group.label.text.clone(),
        };
        let asked = match self.mapping.target(&group.label.text) {
            Some(Target::Local(code)) => Some(code.clone()),
            _ => None,
        };
        let suggestion = self.labels.suggest(&group.label.text).map(str::to_owned);
        let filled: Vec<&Value> = group.values.iter().filter(|value| !value.cell.is_empty()).collect();
        let single = match (filled.as_slice(), pick(group, self.choice, busy)) {
            ([value], _) => Some((*value).clone()),
            ([], _) => group.values.first().cloned(),
            // Of several years only the one in hand; of other columns each.
            (_, Picked::One(value, _)) if self.choice.year.is_some() => Some(value.clone()),
            _ => None,
        };
        let cells: Vec<(Value, String, String)> = match single {
            Some(value) => vec![(value, String::new(), label.clone())],
            None => named_cells(group, self.labels, &label),
        };
        let base = asked.unwrap_or_else(|| local_code(&label));
        for (value, suffix, label) in cells {
            let unit = self.unit(group, &value.cell);
            let borrowed = suffix.is_empty().then(|| self.borrowed(&group.label.text)).flatten();
            let written =
                value::written(&value.cell.text, unit.as_deref(), unit.as_deref(), &self.catalog.units);
            let code = borrowed.clone().unwrap_or_else(|| self.free_code(&format!("{base}{suffix}")));
            let Some(mut written) = written else {
                self.note(EntryKind::Unreadable, Some(&code), &label, &value.cell.text, table, &value.cell);
                continue;
            };
            written.note = written.note.or_else(|| group.note.clone());
            let kind = if borrowed.is_some() { EntryKind::Borrowed } else { EntryKind::Local };
            self.note(kind, Some(&code), &label, &value.cell.text, table, &value.cell);
            if let Some(entry) = self.taken.entries.last_mut().filter(|_| borrowed.is_none()) {
                entry.suggestion.clone_from(&suggestion);
            }
            let is_local = borrowed.is_none();
            self.taken.extras.push(Extra {
                code,
                label: is_local.then(|| label.clone()),
                unit: unit.filter(|_| is_local),
                written,
            });
        }
    }

    /// The code of another form's indicator with exactly this label, where all that have it agree.
    fn borrowed(&self, label: &str) -> Option<String> {
        let key = fold::key(label);
        if key.chars().count() < 4 {
            return None;
        }
        let mut found: BTreeSet<&str> = BTreeSet::new();
        for form in self.catalog.forms.iter().filter(|form| form.id != self.labels.form.id) {
            for (_, indicator) in form.figures().filter(|(_, indicator)| indicator.column.is_empty()) {
                if indicator.label.iter().any(|(_, label)| fold::key(label) == key) {
                    found.insert(&indicator.code);
                }
            }
        }
        let code = found.pop_first().filter(|_| found.is_empty())?;
        let is_free =
            self.labels.form.find(code).is_none() && self.taken.extras.iter().all(|extra| extra.code != code);
        is_free.then(|| code.to_owned())
    }

    fn free_code(&self, base: &str) -> String {
        let is_free = |code: &str| self.taken.extras.iter().all(|extra| extra.code != code);
        if is_free(base) {
            return base.to_owned();
        }
        (2..).map(|number| format!("{base}_{number}")).find(|code| is_free(code)).unwrap_or_default()
    }

    /// Labels outside of tables, of rows that nothing else was said about.
    fn strays(&mut self, strays: &[Stray]) {
        let labels = self.labels;
        for stray in strays {
            let [line] = labels.lines(&stray.text) else { continue };
            let Some(line) = labels.lines.get(*line) else { continue };
            if !line.figures().any(|ix| self.taken.figures.contains_key(&ix)) {
                self.taken.entries.push(Entry {
                    kind: EntryKind::Lost,
                    code: Some(line.code.clone()),
                    label: stray.text.clone(),
                    text: String::new(),
                    origin: Some(stray.origin.clone()),
                    suggestion: None,
                });
            }
        }
    }

    /// A table whose figures were lost on the way.
    fn gone(&mut self, table: &Scanned) {
        let Some(first) = rows(table).next() else { return };
        let (label, cell) = (first.label.text.clone(), first.label.clone());
        self.note(EntryKind::Lost, None, &label, "", table, &cell);
    }
}

/// The lines of a form that nothing was said about.
pub(super) fn missing(
    labels: &Labels<'_>,
    figures: &BTreeMap<IndicatorIx, Written>,
    entries: &[Entry],
) -> Vec<Entry> {
    let form = labels.form;
    let known: BTreeSet<&str> = entries.iter().filter_map(|entry| entry.code.as_deref()).collect();
    let mut missing = Vec::new();
    for line in &labels.lines {
        let Some(first) = line.figures().next() else { continue };
        let is_there = line.figures().any(|ix| figures.contains_key(&ix));
        if is_there || known.contains(&*line.code) {
            continue;
        }
        let label =
            form.indicator(first).and_then(|indicator| indicator.label.iter().next().map(|(_, label)| label));
        missing.push(Entry {
            kind: EntryKind::Missing,
            code: Some(line.code.clone()),
            label: label.unwrap_or("").to_owned(),
            text: String::new(),
            origin: None,
            suggestion: None,
        });
    }
    missing
}

/// The unit above the table, for an indicator that measures the same thing.
fn common_unit(table: &Scanned, asked: Option<&str>, units: &Units) -> Option<String> {
    let given = table.unit.as_deref()?;
    units.convert(Decimal::ONE, asked?, given).is_ok().then(|| given.to_owned())
}

/// The cell of a row with one figure.
enum Picked<'g> {
    One(&'g Value, bool),
    Several,
}

fn pick<'g>(group: &'g Group, choice: &Choice<'_>, busy: &BTreeSet<usize>) -> Picked<'g> {
    let heads = |value: &Value| group.header.texts.get(value.index).map_or(&[][..], Vec::as_slice);
    let is_cumulative = |value: &Value| {
        heads(value).iter().any(|head| head.contains("累计") || head.to_lowercase().contains("cumulative"))
    };
    let is_asked = |value: &&Value| match (choice.heading, choice.year) {
        (Some(heading), _) => heads(value).iter().any(|head| fold::key(head) == fold::key(heading)),
        (None, Some(year)) => heads(value).iter().any(|head| scan::year(head) == Some(year)),
        (None, None) => false,
    };
    let asked: Vec<&Value> = group.values.iter().filter(is_asked).collect();
    if let [value] = asked.as_slice() {
        return Picked::One(value, is_cumulative(value));
    }
    let all: Vec<&Value> = group.values.iter().collect();
    let yearly: Vec<&Value> = all.iter().copied().filter(|value| !is_cumulative(value)).collect();
    for values in [&all, &yearly] {
        if let [value] = values.as_slice() {
            return Picked::One(value, is_cumulative(value));
        }
    }
    // Columns that are empty in every row are padding.
    let used: Vec<&Value> = yearly.iter().copied().filter(|value| busy.contains(&value.index)).collect();
    match (used.as_slice(), yearly.first()) {
        ([value], _) => Picked::One(value, false),
        ([], Some(value)) => Picked::One(value, false),
        _ => Picked::Several,
    }
}

/// The column of each value by the headings above, where they name every column of the form once.
fn by_heading(
    section: usize,
    count: usize,
    group: &Group,
    labels: &Labels<'_>,
) -> Option<Vec<Option<usize>>> {
    let column = |value: &Value| {
        let heads = group.header.texts.get(value.index)?;
        heads.iter().rev().find_map(|head| {
            let found: Vec<usize> = labels
                .columns(head)
                .iter()
                .filter(|(of, _)| *of == section)
                .map(|(_, column)| *column)
                .collect();
            match found.as_slice() {
                [column] => Some(*column),
                _ => None,
            }
        })
    };
    let columns: Vec<Option<usize>> = group.values.iter().map(column).collect();
    let named: BTreeSet<usize> = columns.iter().copied().flatten().collect();
    let is_whole = named.len() == count && columns.iter().flatten().count() == count;
    is_whole.then_some(columns)
}

/// The values without empty ones at the end, but no fewer than `count`.
fn without_tail(values: &[Value], count: usize) -> &[Value] {
    let filled = values.iter().rposition(|value| !value.cell.is_empty()).map_or(0, |at| at + 1);
    values.get(..filled.max(count).min(values.len())).unwrap_or(values)
}

fn texts(values: &[Value]) -> String {
    values
        .iter()
        .map(|value| if value.cell.is_empty() { "·" } else { &*value.cell.text })
        .collect::<Vec<_>>()
        .join(" | ")
}

/// Names for the cells of a row of which the form knows nothing but perhaps the columns.
fn named_cells(group: &Group, labels: &Labels<'_>, label: &str) -> Vec<(Value, String, String)> {
    let columns = (0..labels.form.sections.len()).find_map(|section| {
        let table = match &labels.form.sections.get(section)?.body {
            crate::form::Body::Table(table) => table,
            _ => return None,
        };
        let found = by_heading(section, table.columns.len(), group, labels)?;
        Some((table, found))
    });
    let name = |at: usize, value: &Value| -> (String, String) {
        if let Some((table, found)) = &columns {
            let column = found.get(at).copied().flatten().and_then(|column| table.columns.get(column));
            if let Some(column) = column {
                let heading = column.label.iter().next().map_or("", |(_, label)| label);
                return (format!("__{}", column.code), format!("{label}（{heading}）"));
            }
        }
        let head = group.header.texts.get(value.index).and_then(|heads| heads.last());
        match head {
            Some(head) => (format!("__{}", at + 1), format!("{label}（{head}）")),
            None => (format!("__{}", at + 1), format!("{label}（{}）", at + 1)),
        }
    };
    let filled = group.values.iter().enumerate().filter(|(_, value)| !value.cell.is_empty());
    filled
        .map(|(at, value)| {
            let (suffix, label) = name(at, value);
            (value.clone(), suffix, label)
        })
        .collect()
}

/// A code for a label of the document's own: `x_` and its reading in letters.
pub(super) fn local_code(label: &str) -> String {
    let reading = collate::sort_key(&fold::bare_key(label));
    let mut code = String::from("x");
    for word in reading.split_whitespace() {
        let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        if !word.is_empty() && code.len() + word.len() < 60 {
            code.push('_');
            code.push_str(&word);
        }
    }
    if code.len() == 1 { "x_row".to_owned() } else { code }
}
