//! CSV with commas, semicolons or tabs.

use csv::ReaderBuilder;

use crate::import::document::{DocumentBlock, GridCell, GridShape, Locator, TableGrid};

use super::error::{ReadError, check_cells};

pub(super) fn read(text: &str, by_comma: bool) -> Result<Vec<DocumentBlock>, ReadError> {
    let delimiter = if by_comma { delimiter(text) } else { b'\t' };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows: Vec<Vec<GridCell>> = Vec::new();
    let mut cells = 0;
    for record in reader.records() {
        let record = record.map_err(|error| ReadError::broken("CSV", &error))?;
        let at = rows.len() as u32;
        let row: Vec<GridCell> = record
            .iter()
            .enumerate()
            .map(|(column, text)| GridCell::new(text, Locator::Cell(None, at, column as u32)))
            .collect();
        cells += row.len();
        check_cells(cells)?;
        rows.push(row);
    }
    Ok(vec![DocumentBlock::Table(TableGrid::unnamed(GridShape::Grid, rows))])
}

/// Returns the separator that occurs most in the first lines, outside quotes.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.lines().take(5).flat_map(str::bytes) {
        if byte == b'"' {
            quoted = !quoted;
        }
        if let Some((_, count)) = counts.iter_mut().find(|(separator, _)| *separator == byte && !quoted) {
            *count += 1;
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| *separator)
}
