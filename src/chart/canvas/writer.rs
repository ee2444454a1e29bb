//! Writes a scene twice: as a fluid drawing for pages and as a picture that stands alone.

use crate::chart::canvas::path::{Path, Step};
use crate::chart::canvas::scale::{Across, Px};
use crate::chart::canvas::scene::{Fill, Ink, Item, MARGIN_STEP, Rect, Scene, Show, Text};
use crate::chart::canvas::svg::{AttrValue, Svg, Tag};
use crate::chart::canvas::text::{Face, lines};
use crate::chart::drawing::{Drawing, Frame, KeyEntry, Sign};
use crate::chart::palette;

/// The width of a picture in pixels; only wide tables exceed it.
const PICTURE_WIDTH: i32 = 720;
pub(crate) const PADDING: i32 = 24;
/// The space for the plot and its margins.
pub(crate) const INNER: Px = Px::whole(PICTURE_WIDTH - 2 * PADDING);
pub(crate) const NOTE_LINE: Px = Px::whole(19);
/// The usual size of a drawing in bytes.
pub(crate) const USUAL: usize = 4_096;
/// The classes of margins in the style sheet, by their steps: left, right, right where it is narrow.
const LEFT: [&str; 17] = [
    "", "l1", "l2", "l3", "l4", "l5", "l6", "l7", "l8", "l9", "l10", "l11", "l12", "l13", "l14", "l15", "l16",
];
const RIGHT: [&str; 17] = [
    "", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "r16",
];
const NARROW_RIGHT: [&str; 13] =
    ["q0", "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10", "q11", "q12"];

/// A laid-out chart: its scene, unless nothing was reported, and what the page is given besides.
pub(crate) struct Layout {
    pub(crate) scene: Option<Scene>,
    pub(crate) drawing: Drawing,
}

impl Layout {
    /// Writes both outputs of the scene.
    pub(crate) fn draw(self, frame: &Frame<'_>) -> Drawing {
        let Self { scene, mut drawing } = self;
        if let Some(scene) = scene {
            drawing.fluid = fluid(&scene, frame);
            (drawing.fixed, drawing.size) = fixed_wide(&scene, frame, &drawing, Px(0));
        }
        drawing
    }
}

/// Writes the fluid drawing: as wide as its container, texts in pixels, classes only.
fn fluid(scene: &Scene, frame: &Frame<'_>) -> String {
    let margins = scene.margins;
    let class = |names: &[&'static str], steps: i32| {
        usize::try_from(steps).ok().and_then(|steps| names.get(steps).copied()).unwrap_or_default()
    };
    let narrow =
        if margins.right_narrow == margins.right { "" } else { class(&NARROW_RIGHT, margins.right_narrow) };
    let mut svg = Svg::with_capacity(USUAL);
    let bare = if margins.left_wide_only { "l0" } else { "" };
    let (left, right) = (class(&LEFT, margins.left), class(&RIGHT, margins.right));
    let tag = svg.tag("svg").classes(["chart", left, right, bare, narrow]);
    named(tag.attr("height", scene.height), frame).open();
    write_items(&mut svg, scene, Medium::Fluid, &[frame.id]);
    svg.close("svg");
    svg.finish()
}

/// Marks an element as a picture, and names the texts of the page that label and describe it.
fn named<'a>(tag: Tag<'a>, frame: &Frame<'_>) -> Tag<'a> {
    named_as(tag, "img", frame)
}

/// The same for an element of another role.
pub(crate) fn named_as<'a>(tag: Tag<'a>, role: &'static str, frame: &Frame<'_>) -> Tag<'a> {
    tag.attr("role", role)
        .attr("aria-labelledby", [frame.id, "-title"])
        .attr("aria-describedby", [frame.id, "-summary"])
}

/// Writes the picture that stands alone, with title, notes and source, and returns its size. A plot
/// wider than the usual picture widens it.
pub(crate) fn fixed_wide(
    scene: &Scene,
    frame: &Frame<'_>,
    drawing: &Drawing,
    plot: Px,
) -> (String, (u32, u32)) {
    let left = scene.margins.left * MARGIN_STEP;
    let margins = Px::whole(left + scene.margins.right * MARGIN_STEP);
    let mut page = Page::titled(frame, Px::whole((plot + margins).ceil()).max(INNER));
    let width = page.inner - margins;
    page.svg.tag("g").moved(Px::whole(PADDING + left), page.y).open();
    write_items(&mut page.svg, scene, Medium::Fixed { width }, &[frame.id]);
    page.svg.close("g");
    page.y = page.y + scene.height + Px::whole(8);
    page.finish(frame, drawing)
}

/// The root element of a picture around its content.
fn picture(content: &Svg, frame: &Frame<'_>, (width, height): (i32, i32)) -> String {
    let title = [frame.id, "-picture-title"];
    let summary = [frame.id, "-picture-summary"];
    let mut svg = Svg::with_capacity(content.len() + USUAL);
    svg.tag("svg")
        .attr("xmlns", "http://www.w3.org/2000/svg")
        .attr("viewBox", Area(width, Px::whole(height)))
        .attr("width", width)
        .attr("height", height)
        .attr("lang", frame.lang.tag())
        .attr("role", "img")
        .attr("aria-labelledby", title)
        .attr("aria-describedby", summary)
        .open();
    svg.tag("title").attr("id", title).text(frame.title);
    svg.tag("desc").attr("id", summary).text(frame.summary);
    palette::write_style(&mut svg, content.classes());
    svg.tag("rect").classes(["bg"]).attr("width", width).attr("height", height).empty();
    svg.append(content);
    svg.close("svg");
    svg.finish()
}

/// The parts of a picture around its plot, from top to bottom.
pub(crate) struct Page {
    pub(crate) svg: Svg,
    pub(crate) y: Px,
    inner: Px,
}

impl Page {
    /// Begins a picture of this inner width with its title and summary.
    pub(crate) fn titled(frame: &Frame<'_>, inner: Px) -> Self {
        let mut page = Self { svg: Svg::with_capacity(USUAL), y: Px::whole(PADDING - 8), inner };
        page.paragraph(frame.title, Face::TITLE, "h", Px::whole(26));
        page.paragraph(frame.summary, Face::BODY, "u", Px::whole(20));
        page.y = page.y + Px::whole(16);
        page
    }

    /// Adds key, notes and source; returns the picture and its size.
    pub(crate) fn finish(mut self, frame: &Frame<'_>, drawing: &Drawing) -> (String, (u32, u32)) {
        self.key(&drawing.key);
        for entry in &drawing.breaks {
            let note = format!("{} {}", entry.number, entry.text);
            self.paragraph(&note, Face::SMALL, "", NOTE_LINE);
        }
        self.paragraph(frame.source, Face::SMALL, "", NOTE_LINE);
        let size = (self.inner.ceil() + 2 * PADDING, self.y.ceil() + PADDING - 6);
        (picture(&self.svg, frame, size), (size.0.unsigned_abs(), size.1.unsigned_abs()))
    }

    fn paragraph(&mut self, text: &str, face: Face, class: &'static str, leading: Px) {
        for line in lines(text, self.inner, face) {
            self.y = self.y + leading;
            self.svg.tag("text").classes([class]).attr("x", PADDING).attr("y", self.y).text(&line);
        }
    }

    /// Writes the signs that need a word, in as many lines as they take. Lines and areas do not: their
    /// names stand beside them.
    fn key(&mut self, key: &[KeyEntry]) {
        let mut x = Px(0);
        let mut started = false;
        for entry in key.iter().filter(|entry| !entry.narrow_only) {
            let sign = match entry.sign {
                Sign::Word => Face::SMALL.width(&entry.mark),
                _ => Px::whole(10),
            };
            let width = sign + Px::whole(6) + Face::SMALL.width(&entry.label);
            if !started || x + width > self.inner {
                x = Px(0);
                self.y = self.y + NOTE_LINE;
                started = true;
            }
            let left = Px::whole(PADDING) + x;
            self.sign(entry, left);
            self.svg.tag("text").attr("x", left + sign + Px::whole(6)).attr("y", self.y).text(&entry.label);
            x = x + width + Px::whole(20);
        }
    }

    fn sign(&mut self, entry: &KeyEntry, left: Px) {
        let centre = (left + Px::whole(5), self.y - Px::whole(4));
        let hue = entry.hue;
        let inks: &[Ink] = match entry.sign {
            Sign::Word => {
                self.svg.tag("text").attr("x", left).attr("y", self.y).text(&entry.mark);
                return;
            }
            Sign::Hollow => &[Ink::point(hue), Ink::HOLE],
            Sign::Ring => &[Ink::ring(hue), Ink::HALO, Ink::point(hue)],
            Sign::Line | Sign::Area | Sign::Square => &[Ink::square(hue)],
            Sign::Shade(_) | Sign::Hatch => {
                let ink = if let Sign::Shade(class) = entry.sign { Ink::shade(class) } else { Ink::HATCH };
                let (top, bottom) = (self.y - Px::whole(10), self.y);
                let mut path = Path(vec![Step::Box([(left, bottom), (left + Px::whole(10), top)])]);
                if entry.sign == Sign::Hatch {
                    path.add_line((left, bottom), (left + Px::whole(10), top));
                }
                write_path(&mut self.svg, ink, Show::Always, &path, |x| x);
                return;
            }
        };
        for ink in inks {
            let dot = Path(vec![Step::Dot(centre.0, centre.1)]);
            write_path(&mut self.svg, *ink, Show::Always, &dot, |x| x);
        }
    }
}

#[derive(Clone, Copy)]
pub(crate) enum Medium {
    Fluid,
    Fixed { width: Px },
}

/// A `viewBox` of this width and height.
struct Area(i32, Px);

impl AttrValue for Area {
    fn write(self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"0 0 ");
        self.0.write(out);
        out.push(b' ');
        self.1.write(out);
    }
}

/// Writes the items of a scene; `id` is the prefix of its ids, in parts.
pub(crate) fn write_items(svg: &mut Svg, scene: &Scene, medium: Medium, id: &[&str]) {
    let hatch = if scene.items.iter().any(Item::is_hatched) { id.concat() + "-hatch" } else { String::new() };
    if !hatch.is_empty() {
        write_pattern(svg, &hatch);
    }
    let mut rest = scene.items.as_slice();
    while let Some((first, others)) = rest.split_first() {
        if matches!(medium, Medium::Fixed { .. }) && first.show() == Show::Narrow {
            rest = others;
            continue;
        }
        let alike = rest.windows(2).take_while(|pair| matches!(pair, [a, b] if b.goes_with(a))).count();
        let (run, others) = rest.split_at(alike + 1);
        rest = others;
        match first {
            Item::Text(text) => {
                grouped(svg, text.classes(), run, |svg, item, classes| {
                    if let Item::Text(text) = item {
                        write_text(svg, text, medium, classes);
                    }
                });
            }
            Item::Rect(rect) => grouped(svg, rect.fill.classes(), run, |svg, item, classes| {
                if let Item::Rect(rect) = item {
                    write_rect(svg, rect, medium, classes, &hatch);
                }
            }),
            Item::Path(..) => write_paths(svg, run, medium, scene.height),
            Item::Loose(_, _, x, _) => write_loose(svg, run, medium, *x),
        }
    }
}

/// Writes items of one class, in a group if there are several.
fn grouped<const N: usize>(
    svg: &mut Svg,
    classes: [&'static str; N],
    run: &[Item],
    write: impl Fn(&mut Svg, &Item, [&'static str; N]),
) {
    if let [item] = run {
        return write(svg, item, classes);
    }
    svg.tag("g").classes(classes).open();
    for item in run {
        write(svg, item, [""; N]);
    }
    svg.close("g");
}

fn write_text(svg: &mut Svg, text: &Text, medium: Medium, classes: [&'static str; 3]) {
    let tag = svg.tag("text").classes(classes);
    let tag = match medium {
        Medium::Fluid => tag.unless_zero("x", text.x).unless_zero("dx", text.dx),
        Medium::Fixed { width } => tag.unless_zero("x", text.x.of(width) + text.dx),
    };
    tag.attr("y", text.y).text(&text.content);
}

fn write_rect(svg: &mut Svg, rect: &Rect, medium: Medium, classes: [&'static str; 2], hatch: &str) {
    let tag = svg.tag("rect").classes(classes);
    let tag = match medium {
        Medium::Fluid => tag.unless_zero("x", rect.x).attr("width", rect.width),
        Medium::Fixed { width } => {
            let left = rect.x.of(width);
            let right = (rect.x + rect.width).of(width);
            tag.unless_zero("x", left).attr("width", right - left)
        }
    };
    let tag = tag.attr("y", rect.y).attr("height", rect.height);
    if rect.fill == Fill::Hatch { tag.attr("fill", ["url(#", hatch, ")"]).empty() } else { tag.empty() }
}

/// Writes paths. In a fluid drawing they lie in an inner `svg` that stretches sideways; strokes do not.
fn write_paths(svg: &mut Svg, run: &[Item], medium: Medium, height: Px) {
    if matches!(medium, Medium::Fluid) {
        svg.tag("svg")
            .attr("viewBox", Area(1_000, height))
            .attr("preserveAspectRatio", "none")
            .attr("overflow", "visible")
            .open();
    }
    for item in run {
        if let Item::Path(ink, show, path) = item {
            match medium {
                Medium::Fluid => write_path(svg, *ink, *show, path, Across::thousandths),
                Medium::Fixed { .. } if *show == Show::Narrow => {}
                Medium::Fixed { width } => write_path(svg, *ink, *show, path, |x| x.of(width)),
            }
        }
    }
    if matches!(medium, Medium::Fluid) {
        svg.close("svg");
    }
}

/// Begins an inner `svg` at a position across the plot of a fluid drawing.
fn carry(svg: &mut Svg, x: Across) {
    svg.tag("svg").unless_zero("x", x).attr("overflow", "visible").open();
}

/// Writes paths in pixels from a position across the plot.
fn write_loose(svg: &mut Svg, run: &[Item], medium: Medium, x: Across) {
    if matches!(medium, Medium::Fluid) {
        carry(svg, x);
    }
    let base = match medium {
        Medium::Fluid => Px(0),
        Medium::Fixed { width } => x.of(width),
    };
    for item in run {
        if let Item::Loose(ink, show, _, path) = item
            && (matches!(medium, Medium::Fluid) || *show != Show::Narrow)
        {
            write_path(svg, *ink, *show, path, |dx| base + dx);
        }
    }
    if matches!(medium, Medium::Fluid) {
        svg.close("svg");
    }
}

fn write_path<X: Copy>(svg: &mut Svg, ink: Ink, show: Show, path: &Path<X>, place: impl Fn(X) -> Px) {
    svg.tag("path").classes(ink.classes(show)).path(path, place).empty();
}

/// Writes the hatch of missing data: thin diagonals six pixels apart.
fn write_pattern(svg: &mut Svg, id: &str) {
    svg.tag("pattern")
        .attr("id", id)
        .attr("width", 6)
        .attr("height", 6)
        .attr("patternUnits", "userSpaceOnUse")
        .open();
    svg.tag("path").classes(["hp"]).attr("d", "M-1 1L1 -1M0 6L6 0M5 7L7 5").empty();
    svg.close("pattern");
}
