//! Plain text: tables drawn with `|` or tabs, tables flattened to one cell a line, key-value lines.
//!
//! Copied text keeps little of a table; its [`GridShape`] says what can be relied on. Nothing is guessed
//! here.

use crate::figure;
use crate::import::document::{DocumentBlock, GridCell, GridShape, Locator, Paragraph, TableGrid};
use crate::import::label_key;

/// The maximum length of a line that may be a cell, in characters.
const MAX_CELL_CHARS: usize = 80;
/// The number of bars from which a line holds a whole table.
const MANY_BARS: usize = 12;
/// The minimum number of figures in a table of keys and values.
const MIN_FIGURES: usize = 2;

/// Reads a text. `is_unit` recognises units of measure.
pub(crate) fn read(text: &str, is_unit: &dyn Fn(&str) -> bool) -> Vec<DocumentBlock> {
    let lines: Vec<TextLine<'_>> = text
        .split('\n')
        .flat_map(|line| line.split(['\r', '\u{2028}', '\u{2029}', '\u{c}']))
        .enumerate()
        .map(|(at, text)| TextLine::new(at as u32 + 1, text, is_unit))
        .collect();
    let mut blocks = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let rest = lines.get(at..).unwrap_or(&[]);
        let (table, length) = match line.kind {
            LineKind::Bar => flat_with_bars(rest),
            LineKind::Short | LineKind::Figure | LineKind::Pair if is_before_bar(rest) => {
                flat_with_bars(rest)
            }
            LineKind::Bars => with_bars(rest),
            LineKind::Tabs => with_tabs(rest),
            LineKind::Empty => (None, 1),
            _ => {
                pairs(rest).or_else(|| flat(rest)).map_or((None, 1), |(table, length)| (Some(table), length))
            }
        };
        match table {
            Some(table) => blocks.push(DocumentBlock::Table(table)),
            None => blocks.extend(rest.iter().take(length).filter_map(TextLine::paragraph)),
        }
        at += length.max(1);
    }
    blocks
}

/// What a line looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LineKind {
    Empty,
    /// A bar alone.
    Bar,
    /// Text with bars.
    Bars,
    /// Text with tabs.
    Tabs,
    /// A label, a separator and a figure, or nothing behind the separator.
    Pair,
    /// A number, a dash, a unit of measure.
    Figure,
    /// May be a label.
    Short,
    /// A paragraph.
    Long,
}

struct TextLine<'t> {
    number: u32,
    text: &'t str,
    kind: LineKind,
}

impl<'t> TextLine<'t> {
    fn new(number: u32, text: &'t str, is_unit: &dyn Fn(&str) -> bool) -> Self {
        let trimmed = text.trim();
        let kind = match trimmed {
            "" => LineKind::Empty,
            "|" | "｜" => LineKind::Bar,
            _ if trimmed.contains(['|', '｜']) => LineKind::Bars,
            _ if text.trim_start().contains('\t') => LineKind::Tabs,
            _ if trimmed.chars().count() > MAX_CELL_CHARS || trimmed.ends_with(['。', '；', ';']) => {
                LineKind::Long
            }
            _ if is_unit(trimmed) || figure::parse(trimmed).is_ok() => LineKind::Figure,
            _ if pair(trimmed).is_some() => LineKind::Pair,
            _ => LineKind::Short,
        };
        Self { number, text, kind }
    }

    fn cell(&self, text: &str) -> GridCell {
        GridCell::new(text, Locator::Line(self.number))
    }

    fn paragraph(&self) -> Option<DocumentBlock> {
        let plain = self.text.trim().trim_matches(['|', '｜']).trim().to_owned();
        let place = Locator::Line(self.number);
        (!plain.is_empty()).then_some(DocumentBlock::Text(Paragraph {
            plain,
            markdown: None,
            heading: 0,
            place,
        }))
    }

    /// The cells between the bars.
    fn cells(&self) -> Vec<GridCell> {
        let mut texts: Vec<&str> = self.text.trim().split(['|', '｜']).collect();
        if texts.first().is_some_and(|first| first.trim().is_empty()) {
            texts.remove(0);
        }
        if texts.len() > 1 && texts.last().is_some_and(|last| last.trim().is_empty()) {
            texts.pop();
        }
        texts.into_iter().map(|text| self.cell(text)).collect()
    }

    /// The line below the heading of a Markdown table.
    fn is_rule(&self) -> bool {
        let is_rule_char = |c: char| matches!(c, '|' | '-' | ':' | '+' | '=' | ' ');
        self.text.contains("--") && self.text.trim().chars().all(is_rule_char)
    }
}

/// Returns the number of lines, from the first on, that belong together, without empty ones at the end.
fn run(lines: &[TextLine<'_>], belongs: impl Fn(LineKind) -> bool) -> usize {
    let end = lines
        .iter()
        .position(|line| line.kind != LineKind::Empty && !belongs(line.kind))
        .unwrap_or(lines.len());
    let last = lines.iter().take(end).rposition(|line| line.kind != LineKind::Empty);
    last.map_or(0, |last| last + 1)
}

/// Reads a table whose rows are lines with bars.
fn with_bars(lines: &[TextLine<'_>]) -> (Option<TableGrid>, usize) {
    let length = run(lines, |kind| kind == LineKind::Bars);
    let rows: Vec<Vec<GridCell>> = lines
        .iter()
        .take(length)
        .filter(|line| line.kind == LineKind::Bars && !line.is_rule())
        .map(TextLine::cells)
        .collect();
    let bars = |line: &TextLine<'_>| line.text.chars().filter(|c| matches!(c, '|' | '｜')).count();
    match rows.as_slice() {
        [] => (None, length),
        [_] if lines.first().is_some_and(|line| bars(line) < MANY_BARS) => (None, length),
        // A page squeezed into one line: empty cells are padding, and columns are lost.
        [row] => {
            let cells = row.iter().filter(|cell| !cell.is_empty()).cloned().collect();
            (Some(TableGrid::unnamed(GridShape::Flat, vec![cells])), length)
        }
        _ => (Some(TableGrid::unnamed(GridShape::Ragged, rows)), length),
    }
}

fn with_tabs(lines: &[TextLine<'_>]) -> (Option<TableGrid>, usize) {
    let length = run(lines, |kind| kind == LineKind::Tabs);
    let rows: Vec<Vec<GridCell>> = lines
        .iter()
        .take(length)
        .filter(|line| line.kind == LineKind::Tabs)
        .map(|line| line.text.split('\t').map(|text| line.cell(text)).collect())
        .collect();
    if rows.len() < 2 {
        return (None, length);
    }
    (Some(TableGrid::unnamed(GridShape::Ragged, rows)), length)
}

/// Reads cells on lines of their own, separated by lone bars; two bars enclose an empty cell.
fn flat_with_bars(lines: &[TextLine<'_>]) -> (Option<TableGrid>, usize) {
    let belongs = |kind| !matches!(kind, LineKind::Long | LineKind::Bars | LineKind::Tabs);
    let within = run(lines, belongs);
    let last_bar = lines.iter().take(within).rposition(|line| line.kind == LineKind::Bar).unwrap_or(0);
    let follows =
        lines.get(last_bar + 1..within).unwrap_or(&[]).iter().position(|line| line.kind != LineKind::Empty);
    let length = last_bar + 1 + follows.map_or(0, |at| at + 1);
    let mut cells: Vec<GridCell> = Vec::new();
    let mut is_open = true;
    for line in lines.iter().take(length).filter(|line| line.kind != LineKind::Empty) {
        if line.kind == LineKind::Bar {
            if is_open && !cells.is_empty() {
                cells.push(line.cell(""));
            }
            is_open = true;
        } else {
            cells.push(line.cell(line.text));
            is_open = false;
        }
    }
    if cells.is_empty() {
        return (None, length);
    }
    (Some(TableGrid::unnamed(GridShape::Flat, vec![cells])), length)
}

/// Returns whether a lone bar follows, and not the only one.
fn is_before_bar(lines: &[TextLine<'_>]) -> bool {
    let next = lines.iter().skip(1).find(|line| line.kind != LineKind::Empty);
    let bars = lines.iter().take(20).filter(|line| line.kind == LineKind::Bar).count();
    next.is_some_and(|line| line.kind == LineKind::Bar) && bars >= 3
}

/// Reads lines of key and value, with headings between them.
fn pairs(lines: &[TextLine<'_>]) -> Option<(TableGrid, usize)> {
    if lines.first()?.kind != LineKind::Pair {
        return None;
    }
    let within = run(lines, |kind| matches!(kind, LineKind::Pair | LineKind::Short));
    let length = lines.iter().take(within).rposition(|line| line.kind == LineKind::Pair)? + 1;
    let region = lines.get(..length)?;
    let found: Vec<_> = region.iter().filter(|line| line.kind == LineKind::Pair).collect();
    let with_figure = found.iter().filter(|line| pair(line.text).is_some_and(|(_, value)| !value.is_empty()));
    let others = region.iter().filter(|line| line.kind == LineKind::Short).count();
    if with_figure.count() < MIN_FIGURES || others > found.len() {
        return None;
    }
    let rows = region.iter().filter(|line| line.kind != LineKind::Empty).map(|line| match pair(line.text) {
        Some((label, value)) => vec![line.cell(label), line.cell(value)],
        None => vec![line.cell(line.text)],
    });
    Some((TableGrid::unnamed(GridShape::Ragged, rows.collect()), length))
}

/// Splits `新收申请：58件` and `requests_received: 58`. The value must be a figure or empty.
fn pair(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let by_mark = text.char_indices().rev().find(|(_, c)| matches!(c, '：' | ':' | '='));
    let (label, value) = match by_mark {
        Some((at, mark)) => (text.get(..at)?, text.get(at + mark.len_utf8()..)?),
        None => text
            .rsplit_once("  ")
            .or_else(|| text.rsplit_once(' '))
            .or_else(|| text.rsplit_once('\u{3000}'))?,
    };
    let (label, value) = (label.trim(), value.trim());
    let has_letter = label_key::key(label).chars().any(char::is_alphabetic);
    let is_figure = figure::parse(value).is_ok() && (by_mark.is_some() || !value.is_empty());
    (has_letter && is_figure).then_some((label, value))
}

/// Reads one cell a line. Lines before the first figure that cannot be its labels stay text.
fn flat(lines: &[TextLine<'_>]) -> Option<(TableGrid, usize)> {
    let within = run(lines, |kind| matches!(kind, LineKind::Short | LineKind::Figure | LineKind::Pair));
    let region = lines.get(..within)?;
    let is_figure = |line: &&TextLine<'_>| line.kind == LineKind::Figure;
    // Up to three labels may precede the first figure: of a heading, a group and a row.
    let first = region
        .iter()
        .filter(|line| line.kind != LineKind::Empty)
        .position(|line| line.kind == LineKind::Figure)?;
    if first > 3 || region.iter().filter(is_figure).count() < MIN_FIGURES + 2 {
        return None;
    }
    let last = region.iter().rposition(|line| line.kind == LineKind::Figure)?;
    // Empty rows may follow the last figure.
    let tail = region.get(last + 1..)?.iter().take_while(|line| line.kind == LineKind::Short).count();
    let length = last + 1 + tail;
    let cells = region.get(..length)?.iter().filter(|line| line.kind != LineKind::Empty);
    let cells = cells.map(|line| line.cell(line.text)).collect();
    Some((TableGrid::unnamed(GridShape::Flat, vec![cells]), length))
}
