//! Values separated by commas, semicolons or tabs.

use glasshouse::import::{DocumentBlock, GridCell, ReadError};

use super::{MAX_CELLS, read_as};

fn rows(name: &str, text: &str) -> Vec<String> {
    let blocks = read_as(name, text.as_bytes()).unwrap().blocks;
    let [DocumentBlock::Table(table)] = blocks.as_slice() else { panic!("one table") };
    let row = |row: &Vec<GridCell>| row.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>().join("|");
    table.rows.iter().map(row).collect()
}

#[test]
fn separators_and_quotes_are_understood() {
    assert_eq!(rows("a.csv", "a,\"b, \"\"c\"\"\",\n1,,\n"), ["a|b, \"c\"|", "1||"]);
    assert_eq!(rows("a.csv", "a;b\n1,5;2\n"), ["a|b", "1,5|2"]);
    assert_eq!(rows("a.tsv", "a\tb\n1\t\n"), ["a|b", "1|"]);
    assert_eq!(rows("a.csv", "标题\n甲,1\n"), ["标题", "甲|1"]);
}

#[test]
fn places_are_those_of_a_spreadsheet() {
    let blocks = read_as("a.csv", b"a,b\n1,\"two\nlines\"\nx,y\n").unwrap().blocks;
    let DocumentBlock::Table(table) = &blocks[0] else { panic!("a table") };
    assert_eq!(table.rows[2][1].place.to_string(), "B3");
}

#[test]
fn a_million_rows_are_refused() {
    let text = "1,2,3\n".repeat(MAX_CELLS / 3 + 1);
    assert_eq!(read_as("a.csv", text.as_bytes()), Err(ReadError::TooManyCells { limit: MAX_CELLS }));
}
