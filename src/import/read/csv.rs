//! CSV with commas, semicolons or tabs.

use csv::ReaderBuilder;

use crate::import::document::{DocumentBlock, GridCell, GridShape, Locator, TableGrid};

use super::error::{ReadError, check_cells};

/// Reads a text as one table.
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

#[cfg(test)]
mod tests {
    use super::super::error::MAX_CELLS;
    use super::*;

    fn rows(text: &str, by_comma: bool) -> Vec<String> {
        let blocks = read(text, by_comma).unwrap();
        let [DocumentBlock::Table(table)] = blocks.as_slice() else { panic!("one table") };
        let row =
            |row: &Vec<GridCell>| row.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>().join("|");
        table.rows.iter().map(row).collect()
    }

    #[test]
    fn separators_and_quotes_are_understood() {
        assert_eq!(rows("a,\"b, \"\"c\"\"\",\n1,,\n", true), ["a|b, \"c\"|", "1||"]);
        assert_eq!(rows("a;b\n1,5;2\n", true), ["a|b", "1,5|2"]);
        assert_eq!(rows("a\tb\n1\t\n", false), ["a|b", "1|"]);
        assert_eq!(rows("标题\n甲,1\n", true), ["标题", "甲|1"]);
    }

    #[test]
    fn places_are_those_of_a_spreadsheet() {
        let blocks = read("a,b\n1,\"two\nlines\"\nx,y\n", true).unwrap();
        let DocumentBlock::Table(table) = &blocks[0] else { panic!("a table") };
        assert_eq!(table.rows[2][1].place.to_string(), "B3");
    }

    #[test]
    fn a_million_rows_are_refused() {
        let text = "1,2,3\n".repeat(MAX_CELLS / 3 + 1);
        assert_eq!(read(&text, true), Err(ReadError::TooManyCells { limit: MAX_CELLS }));
    }
}
