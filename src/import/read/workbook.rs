//! Workbooks: XLSX cell by cell, XLS and ODS as a whole, all through `calamine`.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{
    Data, DataRef, Dimensions, ExcelDateTime, Ods, OdsError, Range, Reader, SheetVisible, Xls, XlsError,
    Xlsx, XlsxError,
};
use quick_xml::events::Event;
use rust_decimal::Decimal;

use crate::import::document::{DocumentBlock, GridCell, GridShape, Locator, TableGrid};

use super::error::{MAX_CELLS, ReadError, check_cells};
use super::package;

/// The maximum number of sheets in a workbook.
const MAX_SHEETS: usize = 200;
/// The maximum width to which rows are filled up with empty cells.
const MAX_COLUMNS: usize = 512;

/// The cells of a sheet, row by row.
type SheetRows = BTreeMap<u32, BTreeMap<u32, String>>;

pub(super) fn xlsx(bytes: &[u8]) -> Result<Vec<DocumentBlock>, ReadError> {
    let fault = |error: XlsxError| match error {
        XlsxError::Password => ReadError::Locked,
        other => ReadError::broken("XLSX", &other),
    };
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(fault)?;
    let mut blocks = Vec::new();
    let mut cells = 0;
    for name in visible(book.sheets_metadata())? {
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let mut reader = match book.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(fault(error)),
        };
        let mut rows = SheetRows::new();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(fault)? {
            let is_share = || {
                let format = reader.styles().get(style).and_then(|style| style.number_format.as_ref());
                format.is_some_and(|format| format.format_code.contains('%'))
            };
            let text = match cell.get_value() {
                DataRef::Float(number) if is_share() => share(*number),
                value => match text(&value.clone().into()) {
                    Some(text) => text,
                    None => continue,
                },
            };
            cells += 1;
            check_cells(cells)?;
            let (row, column) = cell.get_position();
            rows.entry(row).or_default().insert(column, text);
        }
        blocks.push(DocumentBlock::Table(table(&name, rows, &merged)));
    }
    Ok(blocks)
}

pub(super) fn xls(bytes: &[u8]) -> Result<Vec<DocumentBlock>, ReadError> {
    let fault = |error: XlsError| match error {
        XlsError::Password => ReadError::Locked,
        other => ReadError::broken("XLS", &other),
    };
    let mut book: Xls<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(fault)?;
    let mut blocks = Vec::new();
    for name in visible(book.sheets_metadata())? {
        let range = book.worksheet_range(&name).map_err(fault)?;
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        blocks.push(DocumentBlock::Table(table(&name, rows_of(&range)?, &merged)));
    }
    Ok(blocks)
}

pub(super) fn ods(bytes: &[u8]) -> Result<Vec<DocumentBlock>, ReadError> {
    let fault = |error: OdsError| match error {
        OdsError::Password => ReadError::Locked,
        other => ReadError::broken("ODS", &other),
    };
    measure_ods(&package::part(bytes, "content.xml")?)?;
    let mut book: Ods<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(fault)?;
    let mut blocks = Vec::new();
    for name in visible(book.sheets_metadata())? {
        let range = book.worksheet_range(&name).map_err(fault)?;
        blocks.push(DocumentBlock::Table(table(&name, rows_of(&range)?, &[])));
    }
    Ok(blocks)
}

fn visible(sheets: &[calamine::Sheet]) -> Result<Vec<String>, ReadError> {
    if sheets.len() > MAX_SHEETS {
        return Err(ReadError::TooManyCells { limit: MAX_CELLS });
    }
    Ok(sheets
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect())
}

fn rows_of(range: &Range<Data>) -> Result<SheetRows, ReadError> {
    let (top, left) = range.start().unwrap_or((0, 0));
    let mut rows = SheetRows::new();
    for (count, (row, column, data)) in range.used_cells().enumerate() {
        check_cells(count + 1)?;
        let Some(text) = text(data) else { continue };
        rows.entry(top + row as u32).or_default().insert(left + column as u32, text);
    }
    Ok(rows)
}

fn text(data: &Data) -> Option<String> {
    Some(match data {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(truth) => truth.to_string(),
        Data::DateTime(date) => date_text(date),
        Data::Error(error) => error.to_string(),
        _ => return None,
    })
}

/// Fills rows up to the sheet's width; cells covered by a merged cell repeat its text.
fn table(name: &str, mut rows: SheetRows, merged: &[Dimensions]) -> TableGrid {
    let sheet: Arc<str> = Arc::from(name);
    let mut copies: BTreeMap<(u32, u32), String> = BTreeMap::new();
    for region in merged {
        let Some(text) = rows.get(&region.start.0).and_then(|row| row.get(&region.start.1)).cloned() else {
            continue;
        };
        let size =
            u64::from(region.end.0 - region.start.0 + 1) * u64::from(region.end.1 - region.start.1 + 1);
        if region.end < region.start || size > MAX_COLUMNS as u64 * 64 || copies.len() > MAX_CELLS {
            continue;
        }
        for row in region.start.0..=region.end.0 {
            for column in region.start.1..=region.end.1 {
                if (row, column) != region.start {
                    copies.insert((row, column), text.clone());
                    rows.entry(row).or_default().entry(column).or_default();
                }
            }
        }
    }
    let width =
        rows.values().filter_map(|row| row.keys().next_back()).max().map_or(0, |last| *last as usize + 1);
    let width = width.min(MAX_COLUMNS);
    let rows = rows.into_iter().map(|(at, mut cells)| {
        let width = width.max(cells.keys().next_back().map_or(0, |last| *last as usize + 1));
        (0..width as u32)
            .map(|column| {
                let place = Locator::Cell(Some(sheet.clone()), at, column);
                match copies.get(&(at, column)) {
                    Some(text) => GridCell::copy(text, place),
                    None => GridCell::new(&cells.remove(&column).unwrap_or_default(), place),
                }
            })
            .collect()
    });
    TableGrid { name: Some(name.to_owned()), shape: GridShape::Grid, rows: rows.collect() }
}

/// Formats a number that its cell shows as a percentage.
fn share(number: f64) -> String {
    let exact = Decimal::from_str_exact(&number.to_string()).ok();
    match exact.and_then(|number| number.checked_mul(Decimal::ONE_HUNDRED)) {
        Some(number) => format!("{}%", number.normalize()),
        None => number.to_string(),
    }
}

fn date_text(date: &ExcelDateTime) -> String {
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    format!("{year}-{month:02}-{day:02}")
}

/// Refuses tables that are too large when repeated rows and cells are expanded.
fn measure_ods(content: &[u8]) -> Result<(), ReadError> {
    let broken = |error: &dyn std::fmt::Display| ReadError::broken("ODS", error);
    let text = std::str::from_utf8(content).map_err(|error| broken(&error))?;
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let (mut total, mut width, mut filled, mut repeats) = (0u64, 0u64, 0u64, 1u64);
    loop {
        match reader.read_event().map_err(|error| broken(&error))? {
            Event::Start(element) | Event::Empty(element) => {
                let repeated = |name: &str| {
                    let mut attributes = element.attributes();
                    let found = attributes
                        .with_checks(false)
                        .flatten()
                        .find(|attribute| attribute.key.as_ref() == name);
                    found.and_then(|attribute| attribute.value.parse::<u64>().ok()).unwrap_or(1).min(1 << 20)
                };
                match element.name().as_ref() {
                    "table:table-row" => {
                        repeats = repeated("table:number-rows-repeated");
                        (width, filled) = (0, 0);
                    }
                    "table:table-cell" | "table:covered-table-cell" => {
                        width += repeated("table:number-columns-repeated");
                        let holds = element.attributes().with_checks(false).flatten().any(|attribute| {
                            matches!(
                                attribute.key.as_ref(),
                                "office:value-type" | "office:value" | "table:formula"
                            )
                        });
                        if holds {
                            total += width.saturating_sub(filled).saturating_mul(repeats);
                            filled = width;
                        }
                    }
                    _ => {}
                }
                if total > MAX_CELLS as u64 {
                    return Err(ReadError::TooManyCells { limit: MAX_CELLS });
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
