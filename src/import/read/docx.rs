//! DOCX: paragraphs and tables of the main document.

use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use crate::import::document::{DocumentBlock, GridCell, GridShape, Locator, Paragraph, TableGrid};

use super::error::{ReadError, check_cells};
use super::package;

const MAX_DEPTH: usize = 500;

pub(super) fn read(bytes: &[u8]) -> Result<Vec<DocumentBlock>, ReadError> {
    let content = package::part(bytes, "word/document.xml")?;
    let text = std::str::from_utf8(&content).map_err(|error| ReadError::broken("DOCX", &error))?;
    let mut reader = quick_xml::Reader::from_str(text);
    let mut walker = DocxWalker::default();
    loop {
        match reader.read_event().map_err(|error| ReadError::broken("DOCX", &error))? {
            Event::Start(element) => {
                walker.depth += 1;
                if walker.depth > MAX_DEPTH {
                    return Err(ReadError::TooDeep { limit: MAX_DEPTH });
                }
                walker.start(&element);
            }
            Event::Empty(element) => {
                walker.start(&element);
                walker.end(element.name().as_ref());
            }
            Event::End(element) => {
                walker.depth -= 1;
                walker.end(element.name().as_ref());
            }
            Event::Text(text) if walker.in_text => walker.text.push_str(&text.xml10_content()),
            Event::CData(text) if walker.in_text => walker.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if walker.in_text => {
                let resolved = match &*reference {
                    name if name.starts_with('#') => {
                        reference.resolve_char_ref().ok().flatten().map(String::from)
                    }
                    name => quick_xml::escape::resolve_predefined_entity(name).map(str::to_owned),
                };
                walker.text.push_str(&resolved.unwrap_or_default());
            }
            Event::Eof if walker.depth > 0 => return Err(ReadError::broken("DOCX", &"it ends too early")),
            Event::Eof => return Ok(walker.blocks),
            _ => {}
        }
        check_cells(walker.cells)?;
    }
}

/// Reads elements in order; tables inside cells become text of the cell.
#[derive(Default)]
struct DocxWalker {
    blocks: Vec<DocumentBlock>,
    depth: usize,
    /// The number of enclosing elements that are not to be read.
    skipped: usize,
    in_text: bool,
    text: String,
    heading: u8,
    tables: usize,
    count: usize,
    cells: usize,
    rows: Vec<Vec<GridCell>>,
    row: Vec<GridCell>,
    span: usize,
    is_continued: bool,
    cell_text: String,
}

impl DocxWalker {
    fn start(&mut self, element: &BytesStart<'_>) {
        let name = element.name();
        match name.as_ref() {
            // A drawing's text is stored twice, for new and for old readers.
            "mc:Fallback" => self.skipped += 1,
            _ if self.skipped > 0 => {}
            "w:tbl" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.count += 1;
                    self.rows.clear();
                }
            }
            "w:tr" if self.tables == 1 => self.row.clear(),
            "w:gridBefore" if self.tables == 1 => {
                for _ in 0..number(element, "w:val").min(100) {
                    self.push_cell("", false);
                }
            }
            "w:tc" if self.tables == 1 => {
                self.cell_text.clear();
                self.span = 1;
                self.is_continued = false;
            }
            "w:gridSpan" if self.tables == 1 => self.span = number(element, "w:val").clamp(1, 1_000),
            "w:vMerge" if self.tables == 1 => {
                self.is_continued = value(element, "w:val").is_none_or(|value| value == "continue");
            }
            "w:p" => {
                self.text.clear();
                self.heading = 0;
            }
            "w:pStyle" => self.heading = value(element, "w:val").map_or(0, |style| heading_level(&style)),
            "w:outlineLvl" if self.heading == 0 => {
                self.heading = (number(element, "w:val") + 1).min(9) as u8 % 10;
            }
            "w:t" => self.in_text = true,
            "w:tab" | "w:br" | "w:cr" => self.text.push(if name.as_ref() == "w:tab" { '\t' } else { '\n' }),
            "w:noBreakHyphen" => self.text.push('-'),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "mc:Fallback" => self.skipped = self.skipped.saturating_sub(1),
            _ if self.skipped > 0 => {}
            "w:t" => self.in_text = false,
            "w:p" => self.end_paragraph(),
            "w:tc" if self.tables == 1 => self.end_cell(),
            "w:tr" if self.tables == 1 => self.rows.push(std::mem::take(&mut self.row)),
            "w:tbl" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    let rows = std::mem::take(&mut self.rows);
                    self.blocks.push(DocumentBlock::Table(TableGrid::unnamed(GridShape::Grid, rows)));
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        if self.tables > 0 {
            if !self.cell_text.is_empty() && !text.trim().is_empty() {
                self.cell_text.push('\n');
            }
            self.cell_text.push_str(text.trim());
            return;
        }
        // Word users often separate paragraphs by line breaks.
        for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
            self.count += 1;
            self.blocks.push(DocumentBlock::Text(Paragraph {
                plain: line.to_owned(),
                markdown: None,
                heading: self.heading,
                place: Locator::Line(self.count as u32),
            }));
        }
    }

    fn end_cell(&mut self) {
        let column = self.row.len();
        let above = self.rows.last().and_then(|row| row.get(column)).map(|cell| cell.text.clone());
        let text =
            if self.is_continued { above.unwrap_or_default() } else { std::mem::take(&mut self.cell_text) };
        let is_continued = self.is_continued;
        self.push_cell(&text, is_continued);
        for _ in 1..self.span {
            self.push_cell(&text, true);
        }
    }

    fn push_cell(&mut self, text: &str, is_copy: bool) {
        let table: Arc<str> = Arc::from(format!("T{}", self.count));
        let place = Locator::Cell(Some(table), self.rows.len() as u32, self.row.len() as u32);
        self.cells += 1;
        self.row.push(GridCell { is_copy, ..GridCell::new(text, place) });
    }
}

fn value(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let mut found = attributes.with_checks(false).flatten();
    found.find(|attribute| attribute.key.as_ref() == name).map(|attribute| attribute.value.into_owned())
}

fn number(element: &BytesStart<'_>, name: &str) -> usize {
    value(element, name).and_then(|value| value.parse().ok()).unwrap_or(0)
}

/// Returns the level of a heading style, or 0: `Heading1`, `1` in Chinese editions, `Title`.
fn heading_level(style: &str) -> u8 {
    let digits =
        style.trim_start_matches("Heading").trim_start_matches("heading").trim_start_matches("标题").trim();
    match digits.parse() {
        Ok(level @ 1..=6) => level,
        _ if style == "Title" => 1,
        _ => 0,
    }
}
