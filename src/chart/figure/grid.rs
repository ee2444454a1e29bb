//! Many small drawings in rows: to a reader of the page one chart.

use super::super::mark::multiple::Panel;
use super::super::scale::Px;
use super::super::svg::Svg;
use super::super::text::{Face, lines_at_most};
use super::super::{Drawing, Frame};
use super::{INNER, Medium, NOTE_LINE, PADDING, Page, USUAL, named_as, write_items};

/// The panels of a grid that stand side by side in a picture, and the space between them.
const ACROSS: usize = 3;
const GUTTER: i32 = 24;
const PANEL: Px = Px((INNER.0 - 20 * GUTTER) / 3);
/// The least width of a panel of a grid.
pub(in super::super) const NARROW: Px = Px::whole(132);

/// Writes a grid of small drawings: to a reader of the page one picture, with one name. Where names lead
/// somewhere it is a group instead, because a picture has nothing in it that could be followed.
pub(in super::super) fn fluid(panels: &[Panel], frame: &Frame<'_>) -> String {
    let mut out = Svg::with_capacity(USUAL);
    let role = if panels.iter().all(|panel| panel.href.is_empty()) { "img" } else { "group" };
    named_as(out.tag("div").classes(["multiples"]), role, frame).open();
    for (at, panel) in panels.iter().enumerate() {
        out.tag("div").open();
        out.tag("p").open();
        if panel.href.is_empty() {
            out.tag("span").text(&panel.name);
        } else {
            out.tag("a").attr("href", &*panel.href).text(&panel.name);
        }
        out.tag("b").text(&panel.value);
        out.close("p");
        let tag = out.tag("svg").classes(["chart"]).attr("height", panel.scene.height);
        if role == "img" {
            tag.open();
        } else {
            tag.attr("aria-hidden", "true").open();
        }
        write_items(&mut out, &panel.scene, Medium::Fluid, &[frame.id, "-", &(at + 1).to_string()]);
        out.close("svg");
        out.close("div");
    }
    out.close("div");
    out.finish()
}

/// Writes the picture of a grid, and tells its size.
pub(in super::super) fn fixed(
    panels: &[Panel],
    frame: &Frame<'_>,
    drawing: &Drawing,
) -> (String, (u32, u32)) {
    let mut page = Page::titled(frame, INNER);
    for (row, panels) in panels.chunks(ACROSS).enumerate() {
        let names: Vec<Vec<String>> =
            panels.iter().map(|panel| lines_at_most(&panel.name, PANEL, Face::BODY, 2)).collect();
        let height = |names: &Vec<String>| names.iter().fold(NOTE_LINE, |sum, _| sum + NOTE_LINE);
        let top = page.y + names.iter().map(height).max().unwrap_or_default();
        let mut left = Px::whole(PADDING);
        for (at, (panel, names)) in panels.iter().zip(&names).enumerate() {
            let mut y = top - height(names);
            for line in names {
                y = y + NOTE_LINE;
                page.svg.tag("text").classes(["b"]).attr("x", left).attr("y", y).text(line);
            }
            page.svg.tag("text").classes(["s"]).attr("x", left).attr("y", y + NOTE_LINE).text(&panel.value);
            page.svg.tag("g").moved(left, top + Px::whole(10)).open();
            let number = (row * ACROSS + at + 1).to_string();
            let medium = Medium::Fixed { width: PANEL };
            write_items(&mut page.svg, &panel.scene, medium, &[frame.id, "-", &number]);
            page.svg.close("g");
            left = left + PANEL + Px::whole(GUTTER);
        }
        let height = panels.iter().map(|panel| panel.scene.height).max().unwrap_or_default();
        page.y = top + Px::whole(10) + height + Px::whole(10);
    }
    page.finish(frame, drawing)
}
