//! Wide tables: a row for each agency and period, a column for each indicator.

use std::sync::Arc;

use crate::base::data;
use crate::form::{Catalog, IndicatorIx};
use crate::import::dates;
use crate::import::document::{GridCell, TableGrid};
use crate::import::label_key;
use crate::import::log::{LogEntry, LogKind};
use crate::import::matching::cell::{self, TranscribedFigure};
use crate::import::matching::labels::{FormPart, Labels};
use crate::import::matching::mapping::{LabelMapping, LabelTarget};
use crate::model::{Period, Scope};

/// The number of rows at the top that may be titles and headings.
const MAX_HEADER_ROWS: usize = 8;

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct WideLayout {
    /// The position of the first row of data.
    first: usize,
    agency: Option<usize>,
    period: Option<usize>,
    /// The column that names parts of an agency.
    component: Option<usize>,
    pub(crate) figures: Vec<(usize, IndicatorIx)>,
    /// Columns whose headings may mean several indicators.
    ambiguous: Vec<(usize, Vec<IndicatorIx>)>,
    /// Columns whose headings mean nothing known.
    unknown: Vec<usize>,
    headings: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct WideRow {
    /// The agency's name, if the table gives it.
    pub(crate) agency: Option<String>,
    /// Whether it is about one agency, or adds up all of them.
    pub(crate) scope: Scope,
    /// The period, if the table gives it.
    pub(crate) period: Option<Period>,
    pub(crate) figures: Vec<(IndicatorIx, TranscribedFigure)>,
    /// Figures under headings that the form does not have, with these headings.
    pub(crate) others: Vec<(String, TranscribedFigure)>,
    pub(crate) entries: Vec<LogEntry>,
}

const AGENCY_WORDS: &str = "agency agencyname organisation organization department body authority 机构 机构名称 \
    单位 单位名称 机关 机关名称 行政机关 部门 部门名称 填报单位 报告单位 公开单位 名称";
const PERIOD_WORDS: &str = "fiscalyear year period fy 年度 年份 年 统计年度 报告年度 期间 时期";
const COMPONENT_WORDS: &str = "component componentname office 内设机构 下属单位 科室";
/// What a component column holds for the agency as a whole.
const WHOLE_WORDS: &[&str] = &["agencyoverall", "overall", "total", "合计", "总计", "本级", "全部", ""];

/// What an agency column holds for a row that adds up all others.
const TOTAL_WORDS: &[&str] =
    &["allagencies", "alldepartments", "governmentwide", "grandtotal", "total", "合计", "总计", "汇总"];

/// Finds the layout of a wide table; `None` if it is no such table.
pub(crate) fn layout(
    table: &TableGrid,
    labels: &Labels<'_>,
    part: &FormPart,
    mapping: &LabelMapping,
) -> Option<WideLayout> {
    let mut above: Vec<&[GridCell]> = Vec::new();
    for (at, row) in table.rows.iter().take(MAX_HEADER_ROWS).enumerate() {
        if let Some(found) = header(row, &above, labels, part, mapping) {
            return Some(WideLayout { first: at + 1, ..found });
        }
        above.push(row);
    }
    None
}

fn header(
    row: &[GridCell],
    above: &[&[GridCell]],
    labels: &Labels<'_>,
    part: &FormPart,
    mapping: &LabelMapping,
) -> Option<WideLayout> {
    let mut layout = WideLayout::default();
    for (at, cell) in row.iter().enumerate() {
        layout.headings.push(cell.text.clone());
        let key = label_key::bare_key(&cell.text);
        // If a heading spans two rows, its cell below is empty or repeats it.
        let key = match above.last().and_then(|above| above.get(at)) {
            Some(upper) if key.is_empty() => label_key::bare_key(&upper.text),
            _ => key,
        };
        let is = |words: &str| words.split(' ').any(|word| word == key);
        match () {
            () if key.is_empty() => {}
            () if layout.agency.is_none() && is(AGENCY_WORDS) => layout.agency = Some(at),
            () if layout.period.is_none() && is(PERIOD_WORDS) => layout.period = Some(at),
            () if layout.component.is_none() && is(COMPONENT_WORDS) => layout.component = Some(at),
            () => {
                let found = match mapping.target(&cell.text) {
                    Some(LabelTarget::Skip) => continue,
                    Some(LabelTarget::Code(code)) => labels.headings(code, &FormPart::default()),
                    _ => heading(at, cell, above, labels, part),
                };
                match found.as_slice() {
                    [] => layout.unknown.push(at),
                    [ix] => layout.figures.push((at, *ix)),
                    several => layout.ambiguous.push((at, several.to_vec())),
                }
            }
        }
    }
    let has_key = layout.agency.is_some() || layout.period.is_some();
    let known = layout.figures.len() + layout.ambiguous.len();
    // In a table with a unit column the heading 单位 means something else.
    (has_key && known > 0 && known >= layout.unknown.len()).then_some(layout)
}

/// Returns what a heading means, alone or with the merged headings above it.
fn heading(
    at: usize,
    cell: &GridCell,
    above: &[&[GridCell]],
    labels: &Labels<'_>,
    part: &FormPart,
) -> Vec<IndicatorIx> {
    let mut full = cell.text.clone();
    let mut found = labels.headings(&full, part);
    for upper in above.iter().rev() {
        if found.len() == 1 {
            break;
        }
        let Some(upper) = upper.get(at).filter(|upper| !upper.is_empty() && upper.text != cell.text) else {
            continue;
        };
        full = format!("{} {full}", upper.text);
        let more = labels.headings(&full, part);
        if !more.is_empty() {
            found = more;
        }
    }
    found
}

/// Reads the rows below the headings; the log entries are about columns and rows left out.
pub(crate) fn rows(
    table: &TableGrid,
    layout: &WideLayout,
    file: &Arc<str>,
    labels: &Labels<'_>,
    catalog: &Catalog,
) -> (Vec<WideRow>, Vec<LogEntry>) {
    let mut reader = WideReader { layout, file, labels, catalog, notes: Vec::new() };
    let head = table.rows.get(layout.first.saturating_sub(1)).map_or(&[][..], Vec::as_slice);
    reader.ambiguous_headings(head);
    let data = table.rows.iter().skip(layout.first).filter(|cells| !cells.iter().all(GridCell::is_empty));
    let rows: Vec<WideRow> = data.filter_map(|cells| reader.row(cells)).collect();
    reader.unknown_headings(head);
    (rows, reader.notes)
}

struct WideReader<'a> {
    layout: &'a WideLayout,
    file: &'a Arc<str>,
    labels: &'a Labels<'a>,
    catalog: &'a Catalog,
    notes: Vec<LogEntry>,
}

impl WideReader<'_> {
    fn entry(&self, kind: LogKind, label: &str, text: &str, cell: &GridCell) -> LogEntry {
        LogEntry::at(kind, label, text, self.file, cell)
    }

    fn heading(&self, at: usize) -> &str {
        self.layout.headings.get(at).map_or("", String::as_str)
    }

    fn ambiguous_headings(&mut self, head: &[GridCell]) {
        for (at, several) in &self.layout.ambiguous {
            let Some(cell) = head.get(*at) else { continue };
            let form = self.labels.form;
            let codes = several.iter().map(|ix| &*form[*ix].code);
            let suggestion = Some(codes.collect::<Vec<_>>().join(", "));
            let entry = self.entry(LogKind::Ambiguous, &cell.text, "", cell);
            self.notes.push(LogEntry { suggestion, ..entry });
        }
    }

    fn unknown_headings(&mut self, head: &[GridCell]) {
        let form = self.labels.form;
        for cell in self.layout.unknown.iter().filter_map(|at| head.get(*at)) {
            let labels = form.figures().filter_map(|(_, indicator)| indicator.label.iter().next());
            let suggestion = data::nearest(&cell.text, labels.map(|(_, label)| label)).map(str::to_owned);
            let entry = self.entry(LogKind::Text, &cell.text, "", cell);
            self.notes.push(LogEntry { suggestion, ..entry });
        }
    }

    /// Reads a row; `None` if it is about no agency, a part of one, or no period.
    fn row(&mut self, cells: &[GridCell]) -> Option<WideRow> {
        let layout = self.layout;
        let text = |at: Option<usize>| {
            at.and_then(|at| cells.get(at)).map(|cell| cell.text.trim()).filter(|text| !text.is_empty())
        };
        let first = cells.first()?;
        let agency = text(layout.agency);
        let name = agency.unwrap_or("");
        let component = text(layout.component).unwrap_or("");
        if !WHOLE_WORDS.contains(&&*label_key::key(component)) {
            self.notes.push(self.entry(LogKind::Skipped, name, component, first));
            return None;
        }
        // Remarks and totals without a name may stand below the table.
        if layout.agency.is_some() && agency.is_none() {
            self.notes.push(self.entry(LogKind::Text, "", &joined(cells), first));
            return None;
        }
        let period = text(layout.period).map(dates::period_cell);
        if period == Some(None) {
            self.notes.push(self.entry(LogKind::Unreadable, name, text(layout.period).unwrap_or(""), first));
            return None;
        }
        let mut row = WideRow {
            agency: agency.map(str::to_owned),
            scope: if TOTAL_WORDS.contains(&&*label_key::key(name)) {
                Scope::Consolidated
            } else {
                Scope::Own
            },
            period: period.flatten(),
            figures: Vec::new(),
            others: Vec::new(),
            entries: Vec::new(),
        };
        self.figures(cells, &mut row);
        self.others(cells, &mut row);
        Some(row)
    }

    fn figures(&self, cells: &[GridCell], row: &mut WideRow) {
        let units = &self.catalog.units;
        for (at, ix) in &self.layout.figures {
            let Some(cell) = cells.get(*at) else { continue };
            let indicator = &self.labels.form[*ix];
            let label = self.heading(*at);
            let unit = label_key::remark(label).filter(|unit| units.get(unit).is_some());
            let written = cell::transcribe(&cell.text, unit.as_deref(), indicator.unit.as_deref(), units);
            let kind = match &written {
                None => LogKind::Unreadable,
                Some(written) if written.text.is_empty() => LogKind::Blank,
                Some(_) => LogKind::Matched,
            };
            let entry = self.entry(kind, label, &cell.text, cell);
            row.entries.push(LogEntry { code: Some(indicator.code.clone()), ..entry });
            row.figures.extend(written.map(|written| (*ix, written)));
        }
    }

    fn others(&self, cells: &[GridCell], row: &mut WideRow) {
        for (at, _) in &self.layout.ambiguous {
            let Some(cell) = cells.get(*at).filter(|cell| !cell.is_empty()) else { continue };
            row.entries.push(self.entry(LogKind::Ambiguous, self.heading(*at), &cell.text, cell));
        }
        for at in &self.layout.unknown {
            let Some(cell) = cells.get(*at).filter(|cell| !cell.is_empty()) else { continue };
            let label = self.heading(*at);
            match cell::transcribe(&cell.text, None, None, &self.catalog.units) {
                Some(written) => {
                    row.entries.push(self.entry(LogKind::Local, label, &cell.text, cell));
                    row.others.push((label.to_owned(), written));
                }
                None => row.entries.push(self.entry(LogKind::Text, label, &cell.text, cell)),
            }
        }
    }
}

fn joined(cells: &[GridCell]) -> String {
    cells.iter().filter(|cell| !cell.is_empty()).map(|cell| &*cell.text).collect::<Vec<_>>().join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::document::{GridShape, Locator};
    use crate::load;

    fn table(rows: &[&[&str]]) -> TableGrid {
        let cell = |row: usize, (column, text): (usize, &&str)| {
            GridCell::new(text, Locator::Cell(None, row as u32, column as u32))
        };
        let rows = rows
            .iter()
            .enumerate()
            .map(|(at, row)| row.iter().enumerate().map(|text| cell(at, text)).collect());
        TableGrid { name: None, shape: GridShape::Grid, rows: rows.collect() }
    }

    fn read(rows_text: &[&[&str]], title: &str) -> Option<(Vec<WideRow>, Vec<LogEntry>)> {
        let (catalog, _) = load::catalog(&[]);
        let labels = Labels::new(&catalog[catalog.find_form("us-foia").unwrap()]);
        let table = table(rows_text);
        let layout = layout(&table, &labels, &labels.part_named([title]), &LabelMapping::default())?;
        Some(rows(&table, &layout, &"a.csv".into(), &labels, &catalog))
    }

    #[test]
    fn a_row_is_an_agency() {
        let (rows, notes) = read(
            &[
                &[
                    "Agency",
                    "Component",
                    "Fiscal Year",
                    "Simple - Median Number of Days",
                    "Simple - Lowest Number of Days",
                    "Remark",
                ],
                &["Board", "Agency Overall", "2018", "3", "<1", "late"],
                &["Board", "Office of X", "2018", "4", "4", ""],
                &["Council", "Agency Overall", "2018", "N/A", "NaN", ""],
                &["All agencies", "Agency Overall", "2018", "3", "99.4473684210526", ""],
                &["", "", "", "", "", ""],
                &["", "Note: as reported", "", "", "", ""],
            ],
            "processed-requests-response-time-for-all-processed-perfected-requests",
        )
        .unwrap();
        let texts =
            |row: &WideRow| row.figures.iter().map(|(_, written)| written.text.clone()).collect::<Vec<_>>();
        assert_eq!(rows.len(), 3);
        let scope: Vec<_> = rows.iter().map(|row| row.scope).collect();
        assert_eq!(scope, [Scope::Own, Scope::Own, Scope::Consolidated]);
        assert_eq!(texts(&rows[2]), ["3", "99.4473684210526"]);
        assert_eq!(rows[0].agency.as_deref(), Some("Board"));
        assert_eq!(rows[0].period.unwrap().to_string(), "2018");
        assert_eq!(texts(&rows[0]), ["3", "<1"]);
        assert_eq!(texts(&rows[1]), ["N/A"]);
        let unreadable = rows[1].entries.iter().find(|entry| entry.kind == LogKind::Unreadable).unwrap();
        assert_eq!(unreadable.origin.as_ref().unwrap().to_string(), "a.csv:E4");
        let kinds: Vec<_> = notes.iter().map(|entry| entry.kind).collect();
        assert_eq!(kinds, [LogKind::Skipped, LogKind::Skipped, LogKind::Text]);
    }

    #[test]
    fn merged_headings_stand_above() {
        let (rows, _) = read(
            &[
                &["", "", "Simple", "Simple", "Complex"],
                &[
                    "Agency",
                    "Year",
                    "Median Number of Days",
                    "Average Number of Days",
                    "Median Number of Days",
                ],
                &["Board", "FY2018", "1", "2", "3"],
            ],
            "processed-requests-response-time-for-all-processed-perfected-requests",
        )
        .unwrap();
        assert_eq!(rows[0].figures.len(), 3);
        assert_eq!(rows[0].period.unwrap().to_string(), "2018");
    }

    #[test]
    fn a_list_with_units_is_not_wide() {
        assert!(read(&[&["指标", "单位", "数量"], &["Processing Costs", "元", "3"]], "").is_none());
    }
}
