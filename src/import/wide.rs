//! Wide tables: one row an agency and a period, one column an indicator.

use std::sync::Arc;

use crate::base::data;
use crate::form::{Catalog, IndicatorIx};
use crate::model::{Period, Scope as Coverage, Span};

use super::date;
use super::document::{Cell, Origin, Table};
use super::fold;
use super::labels::{Labels, Scope};
use super::mapping::{Mapping, Target};
use super::outcome::{Entry, EntryKind};
use super::recognise;
use super::value::{self, Written};

/// As many rows at the top may be titles and headings.
const DEEPEST_HEADER: usize = 8;

/// How a wide table is laid out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layout {
    /// The first row of data.
    first: usize,
    agency: Option<usize>,
    period: Option<usize>,
    /// A column that tells parts of an agency apart.
    component: Option<usize>,
    /// Columns with figures.
    pub(super) figures: Vec<(usize, IndicatorIx)>,
    /// Headings that may mean several figures: column, codes.
    ambiguous: Vec<(usize, Vec<IndicatorIx>)>,
    /// Headings that mean nothing known.
    unknown: Vec<usize>,
    headings: Vec<String>,
}

/// A row of a wide table.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// The agency's name, where the table gives it.
    pub(super) agency: Option<String>,
    /// Whether it is about one agency, or adds up all of them.
    pub(super) coverage: Coverage,
    /// The period, where the table gives it.
    pub(super) period: Option<Period>,
    /// What could be read, in the table's order.
    pub(super) figures: Vec<(IndicatorIx, Written)>,
    /// Figures under headings that the form does not have: heading, figure.
    pub(super) others: Vec<(String, Written)>,
    /// What became of its cells.
    pub(super) entries: Vec<Entry>,
}

const AGENCY_WORDS: &[&str] = &[
    "agency",
    "agencyname",
    "organisation",
    "organization",
    "department",
    "body",
    "authority",
    "机构",
    "机构名称",
    "单位",
    "单位名称",
    "机关",
    "机关名称",
    "行政机关",
    "部门",
    "部门名称",
    "填报单位",
    "报告单位",
    "公开单位",
    "名称",
];
const PERIOD_WORDS: &[&str] =
    &["fiscalyear", "year", "period", "fy", "年度", "年份", "年", "统计年度", "报告年度", "期间", "时期"];
const COMPONENT_WORDS: &[&str] = &["component", "componentname", "office", "内设机构", "下属单位", "科室"];
/// What a component column says of the agency as a whole.
const WHOLE_WORDS: &[&str] = &["agencyoverall", "overall", "total", "合计", "总计", "本级", "全部", ""];

/// What an agency column says of a row that adds up all the others.
const TOTAL_WORDS: &[&str] =
    &["allagencies", "alldepartments", "governmentwide", "grandtotal", "total", "合计", "总计", "汇总"];

/// Finds the layout of a wide table; `None` where it is no such table.
pub(super) fn layout(table: &Table, labels: &Labels<'_>, scope: &Scope, mapping: &Mapping) -> Option<Layout> {
    let mut above: Vec<&[Cell]> = Vec::new();
    for (at, row) in table.rows.iter().take(DEEPEST_HEADER).enumerate() {
        if let Some(found) = header(row, &above, labels, scope, mapping) {
            return Some(Layout { first: at + 1, ..found });
        }
        above.push(row);
    }
    None
}

fn header(
    row: &[Cell],
    above: &[&[Cell]],
    labels: &Labels<'_>,
    scope: &Scope,
    mapping: &Mapping,
) -> Option<Layout> {
    let mut layout = Layout {
        first: 0,
        agency: None,
        period: None,
        component: None,
        figures: Vec::new(),
        ambiguous: Vec::new(),
        unknown: Vec::new(),
        headings: Vec::new(),
    };
    for (at, cell) in row.iter().enumerate() {
        layout.headings.push(cell.text.clone());
        let key = fold::bare_key(&cell.text);
        // Where a heading spans two rows, its cell below is empty or repeats it.
        let key = match above.last().and_then(|above| above.get(at)) {
            Some(upper) if key.is_empty() => fold::bare_key(&upper.text),
            _ => key,
        };
        let is = |words: &[&str]| words.contains(&&*key);
        match () {
            () if key.is_empty() => {}
            () if layout.agency.is_none() && is(AGENCY_WORDS) => layout.agency = Some(at),
            () if layout.period.is_none() && is(PERIOD_WORDS) => layout.period = Some(at),
            () if layout.component.is_none() && is(COMPONENT_WORDS) => layout.component = Some(at),
            () => {
                let found = match mapping.target(&cell.text) {
                    Some(Target::Skip) => continue,
                    Some(Target::Code(code)) => labels.headings(code, &Scope::default()),
                    _ => heading(at, cell, above, labels, scope),
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

/// What a heading means, alone or under the merged headings above it.
fn heading(
    at: usize,
    cell: &Cell,
    above: &[&[Cell]],
    labels: &Labels<'_>,
    scope: &Scope,
) -> Vec<IndicatorIx> {
    let mut full = cell.text.clone();
    let mut found = labels.headings(&full, scope);
    for upper in above.iter().rev() {
        if found.len() == 1 {
            break;
        }
        let Some(upper) = upper.get(at).filter(|upper| !upper.is_empty() && upper.text != cell.text) else {
            continue;
        };
        full = format!("{} {full}", upper.text);
        let more = labels.headings(&full, scope);
        if !more.is_empty() {
            found = more;
        }
    }
    found
}

/// What stands in the rows below the headings, and what is to be said about the columns.
pub(super) fn rows(
    table: &Table,
    layout: &Layout,
    file: &Arc<str>,
    labels: &Labels<'_>,
    catalog: &Catalog,
) -> (Vec<Row>, Vec<Entry>) {
    let mut reader = Reader { layout, file, labels, catalog, notes: Vec::new() };
    let head = table.rows.get(layout.first.saturating_sub(1)).map_or(&[][..], Vec::as_slice);
    reader.ambiguous_headings(head);
    let data = table.rows.iter().skip(layout.first).filter(|cells| !cells.iter().all(Cell::is_empty));
    let rows: Vec<Row> = data.filter_map(|cells| reader.row(cells)).collect();
    reader.unknown_headings(head);
    (rows, reader.notes)
}

struct Reader<'a> {
    layout: &'a Layout,
    file: &'a Arc<str>,
    labels: &'a Labels<'a>,
    catalog: &'a Catalog,
    notes: Vec<Entry>,
}

impl Reader<'_> {
    fn entry(&self, kind: EntryKind, label: &str, text: &str, cell: &Cell) -> Entry {
        Entry {
            kind,
            code: None,
            label: label.to_owned(),
            text: text.to_owned(),
            origin: Some(Origin { file: self.file.clone(), place: cell.place.clone() }),
            suggestion: None,
        }
    }

    fn heading(&self, at: usize) -> &str {
        self.layout.headings.get(at).map_or("", String::as_str)
    }

    fn ambiguous_headings(&mut self, head: &[Cell]) {
        for (at, several) in &self.layout.ambiguous {
            let Some(cell) = head.get(*at) else { continue };
            let form = self.labels.form;
            let codes = several.iter().filter_map(|ix| form.indicator(*ix)).map(|indicator| &*indicator.code);
            let suggestion = Some(codes.collect::<Vec<_>>().join(", "));
            let entry = self.entry(EntryKind::Ambiguous, &cell.text, "", cell);
            self.notes.push(Entry { suggestion, ..entry });
        }
    }

    fn unknown_headings(&mut self, head: &[Cell]) {
        let form = self.labels.form;
        for cell in self.layout.unknown.iter().filter_map(|at| head.get(*at)) {
            let labels = form.figures().filter_map(|(_, indicator)| indicator.label.iter().next());
            let suggestion = data::nearest(&cell.text, labels.map(|(_, label)| label)).map(str::to_owned);
            let entry = self.entry(EntryKind::Text, &cell.text, "", cell);
            self.notes.push(Entry { suggestion, ..entry });
        }
    }

    /// A row with its figures; `None` where it is about no agency, a part of one, or no period.
    fn row(&mut self, cells: &[Cell]) -> Option<Row> {
        let layout = self.layout;
        let text = |at: Option<usize>| {
            at.and_then(|at| cells.get(at)).map(|cell| cell.text.trim()).filter(|text| !text.is_empty())
        };
        let first = cells.first()?;
        let agency = text(layout.agency);
        let name = agency.unwrap_or("");
        let component = text(layout.component).unwrap_or("");
        if !WHOLE_WORDS.contains(&&*fold::key(component)) {
            self.notes.push(self.entry(EntryKind::Skipped, name, component, first));
            return None;
        }
        // Below the table there may be remarks and totals without a name.
        if layout.agency.is_some() && agency.is_none() {
            self.notes.push(self.entry(EntryKind::Text, "", &joined(cells), first));
            return None;
        }
        let period = text(layout.period).map(read_period);
        if period == Some(None) {
            self.notes.push(self.entry(
                EntryKind::Unreadable,
                name,
                text(layout.period).unwrap_or(""),
                first,
            ));
            return None;
        }
        let mut row = Row {
            agency: agency.map(str::to_owned),
            coverage: if TOTAL_WORDS.contains(&&*fold::key(name)) {
                Coverage::Consolidated
            } else {
                Coverage::Own
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

    fn figures(&self, cells: &[Cell], row: &mut Row) {
        let units = &self.catalog.units;
        for (at, ix) in &self.layout.figures {
            let (Some(cell), Some(indicator)) = (cells.get(*at), self.labels.form.indicator(*ix)) else {
                continue;
            };
            let label = self.heading(*at);
            let unit = fold::remark(label).filter(|unit| units.get(unit).is_some());
            let written = value::written(&cell.text, unit.as_deref(), indicator.unit.as_deref(), units);
            let kind = match &written {
                None => EntryKind::Unreadable,
                Some(written) if written.text.is_empty() => EntryKind::Blank,
                Some(_) => EntryKind::Matched,
            };
            let entry = self.entry(kind, label, &cell.text, cell);
            row.entries.push(Entry { code: Some(indicator.code.clone()), ..entry });
            row.figures.extend(written.map(|written| (*ix, written)));
        }
    }

    fn others(&self, cells: &[Cell], row: &mut Row) {
        for (at, _) in &self.layout.ambiguous {
            let Some(cell) = cells.get(*at).filter(|cell| !cell.is_empty()) else { continue };
            row.entries.push(self.entry(EntryKind::Ambiguous, self.heading(*at), &cell.text, cell));
        }
        for at in &self.layout.unknown {
            let Some(cell) = cells.get(*at).filter(|cell| !cell.is_empty()) else { continue };
            let label = self.heading(*at);
            match value::written(&cell.text, None, None, &self.catalog.units) {
                Some(written) => {
                    row.entries.push(self.entry(EntryKind::Local, label, &cell.text, cell));
                    row.others.push((label.to_owned(), written));
                }
                None => row.entries.push(self.entry(EntryKind::Text, label, &cell.text, cell)),
            }
        }
    }
}

fn joined(cells: &[Cell]) -> String {
    cells.iter().filter(|cell| !cell.is_empty()).map(|cell| &*cell.text).collect::<Vec<_>>().join(" | ")
}

/// `2018`, `2018年度`, `FY2018`, `2022-H1`, `2022年上半年`.
fn read_period(text: &str) -> Option<Period> {
    let plain = fold::normalise(text);
    let plain = plain.trim();
    if let Ok(period) = Period::parse(plain) {
        return Some(period);
    }
    // A spreadsheet may say 2018.0.
    let whole = plain.strip_suffix(".0").unwrap_or(plain);
    match date::years(whole).as_slice() {
        [(year, rest)] if rest.is_empty() || rest == "年" || rest == "年度" => {
            Some(Period { year: *year, span: Span::Year })
        }
        [_] => recognise::period(whole),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::document::{Layout as Rows, Place};
    use crate::load;

    fn table(rows: &[&[&str]]) -> Table {
        let cell = |row: usize, (column, text): (usize, &&str)| {
            Cell::new(text, Place::Cell(None, row as u32, column as u32))
        };
        let rows = rows
            .iter()
            .enumerate()
            .map(|(at, row)| row.iter().enumerate().map(|text| cell(at, text)).collect());
        Table { name: None, layout: Rows::Grid, rows: rows.collect() }
    }

    fn read(rows_text: &[&[&str]], title: &str) -> Option<(Vec<Row>, Vec<Entry>)> {
        let (catalog, _) = load::catalog(&[]);
        let labels = Labels::new(catalog.form(catalog.find_form("us-foia").unwrap()).unwrap());
        let table = table(rows_text);
        let layout = layout(&table, &labels, &labels.scope([title]), &Mapping::default())?;
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
            |row: &Row| row.figures.iter().map(|(_, written)| written.text.clone()).collect::<Vec<_>>();
        assert_eq!(rows.len(), 3);
        let coverage: Vec<_> = rows.iter().map(|row| row.coverage).collect();
        assert_eq!(coverage, [Coverage::Own, Coverage::Own, Coverage::Consolidated]);
        assert_eq!(texts(&rows[2]), ["3", "99.4473684210526"]);
        assert_eq!(rows[0].agency.as_deref(), Some("Board"));
        assert_eq!(rows[0].period.unwrap().to_string(), "2018");
        assert_eq!(texts(&rows[0]), ["3", "<1"]);
        assert_eq!(texts(&rows[1]), ["N/A"]);
        let unreadable = rows[1].entries.iter().find(|entry| entry.kind == EntryKind::Unreadable).unwrap();
        assert_eq!(unreadable.origin.as_ref().unwrap().to_string(), "a.csv:E4");
        let kinds: Vec<_> = notes.iter().map(|entry| entry.kind).collect();
        assert_eq!(kinds, [EntryKind::Skipped, EntryKind::Skipped, EntryKind::Text]);
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

    #[test]
    fn periods_are_read_in_every_writing() {
        for (text, expected) in [
            ("2018", "2018"),
            ("2018年度", "2018"),
            ("FY2018", "2018"),
            ("2018.0", "2018"),
            ("2022年上半年", "2022-H1"),
            ("2023-24", "2023-24"),
        ] {
            assert_eq!(
                read_period(text).map(|period| period.to_string()).as_deref(),
                Some(expected),
                "{text}"
            );
        }
        assert_eq!(read_period("Board"), None);
    }
}
