//! Reads a table of a page with merged cells expanded, so that a cell's position is its column.

use std::collections::BTreeMap;
use std::sync::Arc;

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::Node;

use crate::import::document::{GridCell, GridShape, Locator, TableGrid};
use crate::import::read::error::{ReadError, check_cells};

use super::inline::tidy;

/// The maximum spans of a merged cell, from the HTML standard.
const MAX_COLUMNS: usize = 1_000;
const MAX_ROWS_SPANNED: usize = 65_534;

/// Reads a table that contains no other table. `number` counts the tables of the page.
pub(super) fn read(
    node: NodeRef<'_, Node>,
    number: usize,
    cells: &mut usize,
) -> Result<TableGrid, ReadError> {
    let sheet: Arc<str> = Arc::from(format!("T{number}"));
    let mut name = None;
    let mut rows: Vec<Vec<GridCell>> = Vec::new();
    // Cells that span into the rows below: column → rows left, text.
    let mut reaching: BTreeMap<usize, (usize, String)> = BTreeMap::new();
    for row in elements(node, &["tr", "caption"]) {
        if element_name(row) == Some("caption") {
            name = Some(text(row)).filter(|name| !name.is_empty());
            continue;
        }
        let at = rows.len() as u32;
        let mut line: Vec<GridCell> = Vec::new();
        let mut next: BTreeMap<usize, (usize, String)> = BTreeMap::new();
        let mut fill = |line: &mut Vec<GridCell>, next: &mut BTreeMap<usize, (usize, String)>| {
            while let Some((left, text)) = reaching.remove(&line.len()) {
                let column = line.len();
                line.push(GridCell::copy(&text, Locator::Cell(Some(sheet.clone()), at, column as u32)));
                if left > 1 {
                    next.insert(column, (left - 1, text));
                }
            }
        };
        for cell in elements(row, &["td", "th"]) {
            fill(&mut line, &mut next);
            let text = text(cell);
            let columns = span(cell, "colspan").clamp(1, MAX_COLUMNS);
            let below = span(cell, "rowspan").min(MAX_ROWS_SPANNED);
            for copy in 0..columns {
                let column = line.len();
                let place = Locator::Cell(Some(sheet.clone()), at, column as u32);
                line.push(GridCell { is_copy: copy > 0, ..GridCell::new(&text, place) });
                if below > 1 {
                    next.insert(column, (below - 1, text.clone()));
                }
            }
            *cells += columns;
            check_cells(*cells)?;
        }
        fill(&mut line, &mut next);
        *cells += line.len();
        check_cells(*cells)?;
        // Cells that span beyond the end of this row are carried on as well.
        for (column, (left, text)) in std::mem::take(&mut reaching) {
            if left > 1 {
                next.entry(column).or_insert((left - 1, text));
            }
        }
        reaching = next;
        rows.push(line);
    }
    Ok(TableGrid { name, shape: GridShape::Grid, rows })
}

/// Iterates over the elements with some names below a node, but not inside those found.
fn elements<'t>(
    node: NodeRef<'t, Node>,
    names: &'static [&'static str],
) -> impl Iterator<Item = NodeRef<'t, Node>> {
    let mut inside = None;
    node.traverse().skip(1).filter_map(move |edge| match edge {
        Edge::Open(child)
            if inside.is_none() && element_name(child).is_some_and(|name| names.contains(&name)) =>
        {
            inside = Some(child.id());
            Some(child)
        }
        Edge::Close(child) if inside == Some(child.id()) => {
            inside = None;
            None
        }
        _ => None,
    })
}

pub(super) fn element_name(node: NodeRef<'_, Node>) -> Option<&str> {
    node.value().as_element().map(scraper::node::Element::name)
}

fn span(node: NodeRef<'_, Node>, name: &str) -> usize {
    let value = node.value().as_element().and_then(|element| element.attr(name));
    // rowspan=0 reaches to the end of the table.
    match value.and_then(|value| value.trim().parse::<usize>().ok()) {
        Some(0) if name == "rowspan" => MAX_ROWS_SPANNED,
        Some(number) => number,
        None => 1,
    }
}

/// Returns the text of an element, with line breaks for blocks.
pub(super) fn text(node: NodeRef<'_, Node>) -> String {
    let mut text = String::new();
    let mut hidden = None;
    for edge in node.traverse() {
        match edge {
            Edge::Open(child) if hidden.is_none() => match child.value() {
                Node::Text(part) => text.push_str(part),
                Node::Element(element) => match element.name() {
                    "script" | "style" | "template" => hidden = Some(child.id()),
                    "br" | "p" | "div" | "li" => text.push('\n'),
                    _ => {}
                },
                _ => {}
            },
            Edge::Close(child) if hidden == Some(child.id()) => hidden = None,
            _ => {}
        }
    }
    tidy(&text)
}
