//! A laid-out chart: marks and texts at positions that hold for every width.
//!
//! A horizontal position is a share of the plot's width plus a distance in pixels; a vertical one is
//! in pixels. So one scene can be written as a fluid drawing, whose plot is as wide as the page
//! allows, and as a fixed one.

use crate::chart::canvas::path::Path;
use crate::chart::canvas::scale::{Across, Px};
use crate::chart::canvas::text::Face;
use crate::chart::data::Hue;

/// Margins are whole numbers of this many pixels, so that a style sheet can hold them all.
pub(crate) const MARGIN_STEP: i32 = 12;
/// The widest margin, in steps.
pub(crate) const MARGIN_STEPS: i32 = 16;
/// The container's width, in pixels, from which a drawing is laid out as wide (34rem).
pub(crate) const WIDE: Px = Px::whole(544);
/// The narrowest container that everything fits in: a 320 px screen less its padding.
pub(crate) const NARROW: Px = Px::whole(288);

#[derive(Clone, Debug, Default)]
pub(crate) struct Scene {
    pub(crate) height: Px,
    pub(crate) margins: Margins,
    /// In the order of drawing.
    pub(crate) items: Vec<Item>,
}

/// The capacity for the items of a usual chart.
const USUAL: usize = 64;

impl Scene {
    /// Returns an empty scene whose height is still to be set.
    pub(crate) fn within(margins: Margins) -> Self {
        Self { height: Px(0), margins, items: Vec::with_capacity(USUAL) }
    }

    /// Adds a path that stretches with the plot, unless it is empty.
    pub(crate) fn draw(&mut self, ink: Ink, show: Show, path: Path<Across>) {
        if !path.is_empty() {
            self.items.push(Item::Path(ink, show, path));
        }
    }

    /// Adds a path in pixels from a position across the plot, unless it is empty.
    pub(crate) fn draw_loose(&mut self, ink: Ink, show: Show, x: Across, path: Path<Px>) {
        if !path.is_empty() {
            self.items.push(Item::Loose(ink, show, x, path));
        }
    }

    pub(crate) fn write(&mut self, text: Text) {
        self.items.push(Item::Text(text));
    }
}

/// The margins left and right of the plot, in steps of [`MARGIN_STEP`].
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Margins {
    pub(crate) left: i32,
    /// Whether narrow drawings have no left margin, because they hide what stands in it.
    pub(crate) left_wide_only: bool,
    pub(crate) right: i32,
    /// The right margin of narrow drawings, which hide labels.
    pub(crate) right_narrow: i32,
}

/// The drawings that show an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Show {
    #[default]
    Always,
    /// Wide ones and the fixed one.
    Wide,
    Narrow,
}

impl Show {
    /// Returns the class that hides an item elsewhere.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Always => "",
            Self::Wide => "n",
            Self::Narrow => "w",
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Item {
    Text(Text),
    /// A rectangle that stretches with the plot.
    Rect(Rect),
    /// A path that stretches with the plot.
    Path(Ink, Show, Path<Across>),
    /// A path in pixels from a position across the plot.
    Loose(Ink, Show, Across, Path<Px>),
}

impl Item {
    pub(crate) const fn show(&self) -> Show {
        match self {
            Self::Text(text) => text.show,
            Self::Rect(_) => Show::Always,
            Self::Path(_, show, _) | Self::Loose(_, show, ..) => *show,
        }
    }

    /// Whether it can join the group of the item before it.
    pub(crate) fn goes_with(&self, before: &Self) -> bool {
        match (before, self) {
            (Self::Text(a), Self::Text(b)) => (a.voice, a.anchor, a.show) == (b.voice, b.anchor, b.show),
            (Self::Rect(a), Self::Rect(b)) => a.fill == b.fill,
            (Self::Path(..), Self::Path(..)) => true,
            (Self::Loose(_, _, a, _), Self::Loose(_, _, b, _)) => a == b,
            _ => false,
        }
    }

    pub(crate) fn is_hatched(&self) -> bool {
        matches!(self, Self::Rect(rect) if rect.fill == Fill::Hatch)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) content: String,
    pub(crate) x: Across,
    /// The distance from `x`.
    pub(crate) dx: Px,
    /// The baseline.
    pub(crate) y: Px,
    pub(crate) anchor: Anchor,
    pub(crate) voice: Voice,
    pub(crate) show: Show,
}

/// The part of a text that lies at its position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Anchor {
    #[default]
    Start,
    Middle,
    End,
}

/// The faces of text in a chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Voice {
    /// Small and soft: axes, marks, units.
    #[default]
    Axis,
    /// Names and values.
    Plain,
    /// Values over the plot, kept clear of its gridlines.
    Value,
    /// The subject, and names beside lines.
    Strong,
    /// Words in place of a value.
    Absent,
    /// Words on the shade of a class, 1 to 5.
    OnShade(u8),
}

impl Voice {
    pub(crate) const fn face(self) -> Face {
        match self {
            Self::Axis => Face::SMALL,
            Self::Plain | Self::Value | Self::Absent | Self::OnShade(_) => Face::BODY,
            Self::Strong => Face::STRONG,
        }
    }

    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Axis => "",
            Self::Plain | Self::OnShade(1..=3) => "b",
            Self::Value => "v",
            Self::Strong => "s",
            Self::Absent => "u",
            Self::OnShade(_) => "i",
        }
    }
}

impl Text {
    pub(crate) fn new(text: impl Into<String>, x: Across, y: Px) -> Self {
        Self {
            content: text.into(),
            x,
            y,
            dx: Px(0),
            anchor: Anchor::Start,
            voice: Voice::Axis,
            show: Show::Always,
        }
    }

    pub(crate) fn shifted(self, dx: Px) -> Self {
        Self { dx, ..self }
    }

    pub(crate) fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    pub(crate) fn voiced(self, voice: Voice) -> Self {
        Self { voice, ..self }
    }

    /// Returns its classes; empty ones are left out.
    pub(crate) const fn classes(&self) -> [&'static str; 3] {
        let anchor = match self.anchor {
            Anchor::Start => "",
            Anchor::Middle => "m",
            Anchor::End => "e",
        };
        [self.voice.class(), anchor, self.show.class()]
    }

    pub(crate) fn shown(self, show: Show) -> Self {
        Self { show, ..self }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Rect {
    pub(crate) fill: Fill,
    pub(crate) x: Across,
    pub(crate) width: Across,
    pub(crate) y: Px,
    pub(crate) height: Px,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fill {
    Solid(Hue),
    /// An outline only: a questioned figure.
    Hollow(Hue),
    /// The hatch of missing data.
    Hatch,
}

impl Fill {
    /// Returns its classes; empty ones are left out. The hatch has none, because its pattern belongs to the
    /// drawing.
    pub(crate) fn classes(self) -> [&'static str; 2] {
        match self {
            Self::Solid(hue) => ["", fill_class(hue)],
            Self::Hollow(hue) => ["hc", stroke_class(hue)],
            Self::Hatch => ["", ""],
        }
    }
}

/// How a path is drawn: the name of a rule in the style sheet, and a colour, if it needs one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ink(pub(crate) &'static str, pub(crate) Option<Hue>);

impl Ink {
    /// Flows are filled.
    const BAND: &'static str = "fl";
    /// Areas are filled too; they need no rule but their colour's.
    const AREA: &'static str = "";

    pub(crate) const fn area(hue: Hue) -> Self {
        Self(Self::AREA, Some(hue))
    }

    pub(crate) const fn band(hue: Hue) -> Self {
        Self(Self::BAND, Some(hue))
    }

    /// The bar in which flows meet.
    pub(crate) const fn node(hue: Hue) -> Self {
        Self("nd", Some(hue))
    }

    /// The shade of a class of figures, 1 to 5.
    pub(crate) fn shade(class: u8) -> Self {
        let [smallest, ..] = SHADES;
        let class = usize::from(class).checked_sub(1).and_then(|class| SHADES.get(class));
        Self(class.copied().unwrap_or(smallest), None)
    }

    pub(crate) const GRID: Self = Self("gr", None);
    /// The line of zero.
    pub(crate) const AXIS: Self = Self("ax", None);
    /// The rule of a break.
    pub(crate) const BREAK: Self = Self("br", None);
    /// The rule of a break that lines go across.
    pub(crate) const FORM: Self = Self("bm", None);
    /// The inside of a hollow point.
    pub(crate) const HOLE: Self = Self("ph", None);
    /// The lines of a hatch.
    pub(crate) const HATCH: Self = Self("hp", None);
    /// The space between a ring and its point.
    pub(crate) const HALO: Self = Self("ha", None);

    /// The line of a series.
    pub(crate) const fn series(hue: Hue) -> Self {
        Self("ln", Some(hue))
    }

    /// The thin line from a point to its label.
    pub(crate) const fn leader(hue: Hue) -> Self {
        Self("ld", Some(hue))
    }

    pub(crate) const fn point(hue: Hue) -> Self {
        Self("pt", Some(hue))
    }

    /// The ring around a point.
    pub(crate) const fn ring(hue: Hue) -> Self {
        Self("rg", Some(hue))
    }

    pub(crate) const fn square(hue: Hue) -> Self {
        Self("sq", Some(hue))
    }

    /// The colours of the series that miss a figure, under the axis.
    pub(crate) const fn missing(hue: Hue) -> Self {
        Self("ms", Some(hue))
    }

    /// Returns its classes; empty ones are left out.
    pub(crate) fn classes(self, show: Show) -> [&'static str; 3] {
        let paint = match (self.0, self.1) {
            (_, None) => "",
            (Self::AREA | Self::BAND, Some(hue)) => fill_class(hue),
            (_, Some(hue)) => stroke_class(hue),
        };
        [self.0, paint, show.class()]
    }
}

/// The classes of colours in the style sheet, by their slots.
const FILLS: [&str; 7] = ["f0", "f1", "f2", "f3", "f4", "f5", "f6"];
const STROKES: [&str; 7] = ["k0", "k1", "k2", "k3", "k4", "k5", "k6"];
/// The classes of shades, from the smallest figures to the largest.
const SHADES: [&str; 5] = ["q1", "q2", "q3", "q4", "q5"];

fn fill_class(hue: Hue) -> &'static str {
    FILLS.get(usize::from(hue.slot())).copied().unwrap_or_default()
}

fn stroke_class(hue: Hue) -> &'static str {
    STROKES.get(usize::from(hue.slot())).copied().unwrap_or_default()
}
