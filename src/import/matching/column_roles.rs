//! What the columns of a table hold, by their headings or else by their cells.

use crate::figure::Units;
use crate::import::document::{GridCell, GridShape, TableGrid};
use crate::import::label_key;
use crate::import::matching::labels::Labels;

use super::cell::is_figure;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnRole {
    Label,
    Unit,
    Note,
    Serial,
    Value,
}

/// Returns whether a row names columns: headings of the form or of any statistical table, and no figure.
pub(super) fn is_header(row: &[GridCell], labels: &Labels<'_>) -> bool {
    let cells: Vec<&GridCell> = row.iter().filter(|cell| !cell.is_empty() && !cell.is_copy).collect();
    let is_column = |cell: &&&GridCell| !labels.columns(&cell.text).is_empty();
    let first_is_line = cells.first().is_some_and(|cell| !labels.lines(&cell.text).is_empty());
    let is_label =
        |cell: &&GridCell| !labels.lines(&cell.text).is_empty() && labels.columns(&cell.text).is_empty();
    if cells.iter().skip(1).any(is_label) || cells.iter().any(|cell| is_plain_figure(cell, labels)) {
        return false;
    }
    let columns = cells.iter().filter(is_column).count();
    let begins_with_word = cells.first().is_some_and(|cell| role_of(&cell.text) == Some(ColumnRole::Label));
    let words = cells.iter().filter(|cell| role_of(&cell.text).is_some()).count();
    match cells.as_slice() {
        [] => false,
        [_] => columns == 1 && !first_is_line,
        _ => begins_with_word || words >= 2 || (columns >= 1 && (!first_is_line || columns == cells.len())),
    }
}

pub(super) fn is_plain_figure(cell: &GridCell, labels: &Labels<'_>) -> bool {
    let has_digit = cell
        .text
        .chars()
        .any(|c| label_key::normalise(&c.to_string()).starts_with(|c: char| c.is_ascii_digit()));
    has_digit && is_figure(&cell.text) && labels.columns(&cell.text).is_empty() && year(&cell.text).is_none()
}

/// Returns the year that a heading names: `2012年`, `2012年度`, `FY2012`.
pub(crate) fn year(text: &str) -> Option<i16> {
    let folded = label_key::key(text);
    let digits = folded.trim_start_matches("fy").trim_end_matches("年度").trim_end_matches('年');
    let is_marked = digits.len() != folded.len();
    (digits.len() == 4 && is_marked)
        .then(|| digits.parse().ok())
        .flatten()
        .filter(|year| (1949..=2199).contains(year))
}

/// Returns the role announced by a word that statistical tables put above their columns.
pub(super) fn role_of(text: &str) -> Option<ColumnRole> {
    const WORDS: [(ColumnRole, &str); 5] = [
        (
            ColumnRole::Label,
            "指标名称 指标 统计指标 项目 项目名称 统计项目 信息内容 内容 名称 \
             indicator label item code",
        ),
        (ColumnRole::Unit, "计量单位 单位 unit units"),
        (ColumnRole::Note, "备注 说明 note notes remark remarks"),
        (ColumnRole::Serial, "序号 代码 行次 编号 no"),
        (
            ColumnRole::Value,
            "数据统计 数据 数量 数值 统计数 统计数据 统计数量 本期实际 本年实际 \
             本年度 本年 本期 value figure number count total",
        ),
    ];
    let key = label_key::bare_key(text);
    WORDS.iter().find(|(_, words)| words.split(' ').any(|word| word == key)).map(|(role, _)| *role)
}

/// Splits a table into parts, each beginning with its own headings.
pub(super) fn parts<'t>(table: &'t TableGrid, labels: &Labels<'_>) -> Vec<&'t [Vec<GridCell>]> {
    let mut parts = Vec::new();
    let (mut start, mut was_header) = (0, true);
    for (at, row) in table.rows.iter().enumerate() {
        let starts = table.shape != GridShape::Flat && is_header(row, labels);
        if starts && !was_header {
            parts.extend(table.rows.get(start..at));
            start = at;
        }
        was_header = starts;
    }
    parts.extend(table.rows.get(start..));
    parts
}

/// Returns what each column of a part of a table holds; `None` if neither heading nor cells tell.
pub(super) fn roles(
    rows: &[Vec<GridCell>],
    shape: GridShape,
    labels: &Labels<'_>,
    units: &Units,
) -> Vec<Option<ColumnRole>> {
    if shape == GridShape::Flat {
        return Vec::new();
    }
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut roles: Vec<Option<ColumnRole>> = vec![None; width];
    let mut counts = vec![ColumnCount::default(); width];
    for row in rows.iter().filter(|row| row.len() == width) {
        if is_header(row, labels) {
            for (role, cell) in roles.iter_mut().zip(row) {
                *role = role_of(&cell.text).or(*role);
            }
            continue;
        }
        for (count, cell) in counts.iter_mut().zip(row).filter(|(_, cell)| !cell.is_empty()) {
            let is_unit = units.get(label_key::normalise(&cell.text).trim()).is_some();
            let is_line = !labels.lines(&cell.text).is_empty();
            match () {
                () if is_line => count.lines += 1,
                () if is_unit => count.units += 1,
                () if is_figure(&cell.text) => count.figures += 1,
                () => {}
            }
        }
    }
    for (role, count) in roles.iter_mut().zip(&counts) {
        let by_cells = match count {
            // A heading may claim units where labels or figures stand.
            ColumnCount { lines: 0, units, figures } if units > figures => Some(ColumnRole::Unit),
            ColumnCount { lines, figures: 0, units: 0 } if *lines > 0 => Some(ColumnRole::Label),
            ColumnCount { figures, .. } if *figures > 0 && *role != Some(ColumnRole::Serial) => {
                Some(ColumnRole::Value)
            }
            _ => None,
        };
        let claims_units =
            *role == Some(ColumnRole::Unit) && (count.units == 0 && (count.figures > 0 || count.lines > 0));
        *role =
            if claims_units { by_cells } else { role.or(by_cells.filter(|role| *role != ColumnRole::Value)) };
    }
    roles
}

/// The number of cells of each kind in a column.
#[derive(Clone, Copy, Debug, Default)]
struct ColumnCount {
    lines: usize,
    units: usize,
    figures: usize,
}
