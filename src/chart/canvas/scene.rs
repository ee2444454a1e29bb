//! A laid-out chart: marks and texts at places that hold for every width.
//!
//! A horizontal place is a share of the plot's width plus a distance in pixels; a vertical place is
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

/// A chart laid out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scene {
    /// The height of the whole drawing.
    pub(crate) height: Px,
    /// The margins beside the plot.
    pub(crate) margins: Margins,
    /// What is drawn, the lowest first.
    pub(crate) items: Vec<Item>,
}

/// About as many items as a chart has, so that its list seldom has to grow.
const USUAL: usize = 64;

impl Scene {
    /// An empty scene within margins; its height is not known yet.
    pub(crate) fn within(margins: Margins) -> Self {
        Self { height: Px(0), margins, items: Vec::with_capacity(USUAL) }
    }
}

/// The margins left and right of the plot, in steps of [`MARGIN_STEP`].
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Margins {
    /// At the left.
    pub(crate) left: i32,
    /// Whether a narrow drawing has none there, because it hides what stands in it.
    pub(crate) left_wide_only: bool,
    /// At the right of a wide drawing.
    pub(crate) right: i32,
    /// At the right of a narrow one, where labels are hidden.
    pub(crate) right_narrow: i32,
}

/// In which drawings an item is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Show {
    /// In all.
    #[default]
    Always,
    /// In wide ones and the fixed one.
    Wide,
    /// In narrow ones only.
    Narrow,
}

impl Show {
    /// The class that hides it elsewhere.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Always => "",
            Self::Wide => "n",
            Self::Narrow => "w",
        }
    }
}

/// One mark or text.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    /// A text.
    Text(Text),
    /// A rectangle that stretches with the plot.
    Rect(Rect),
    /// A path that stretches with the plot.
    Path(Ink, Show, Path<Across>),
    /// A path in pixels from a place across the plot.
    Loose(Ink, Show, Across, Path<Px>),
}

impl Item {
    /// In which drawings it is shown.
    pub(crate) const fn show(&self) -> Show {
        match self {
            Self::Text(text) => text.show,
            Self::Rect(_) => Show::Always,
            Self::Path(_, show, _) | Self::Loose(_, show, ..) => *show,
        }
    }

    /// Whether it can be written in the same group as the item before it.
    pub(crate) fn goes_with(&self, before: &Self) -> bool {
        match (before, self) {
            (Self::Text(a), Self::Text(b)) => (a.voice, a.anchor, a.show) == (b.voice, b.anchor, b.show),
            (Self::Rect(a), Self::Rect(b)) => a.fill == b.fill,
            (Self::Path(..), Self::Path(..)) => true,
            (Self::Loose(_, _, a, _), Self::Loose(_, _, b, _)) => a == b,
            _ => false,
        }
    }

    /// Whether it needs the pattern of missing data.
    pub(crate) fn is_hatched(&self) -> bool {
        matches!(self, Self::Rect(rect) if rect.fill == Fill::Hatch)
    }
}

/// A line of text.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    /// What it says.
    pub(crate) content: String,
    /// The place it is anchored at.
    pub(crate) x: Across,
    /// The distance from there.
    pub(crate) dx: Px,
    /// Its baseline.
    pub(crate) y: Px,
    /// Which of its ends lies there.
    pub(crate) anchor: Anchor,
    /// Its face and colour.
    pub(crate) voice: Voice,
    /// Where it is shown.
    pub(crate) show: Show,
}

/// Which part of a text lies at its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// Its start.
    #[default]
    Start,
    /// Its middle.
    Middle,
    /// Its end.
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
    /// Its size and weight.
    pub(crate) const fn face(self) -> Face {
        match self {
            Self::Axis => Face::SMALL,
            Self::Plain | Self::Value | Self::Absent | Self::OnShade(_) => Face::BODY,
            Self::Strong => Face::STRONG,
        }
    }

    /// Its class.
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
    /// A text that starts at a place.
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

    /// Moves it sideways.
    pub(crate) fn shifted(self, dx: Px) -> Self {
        Self { dx, ..self }
    }

    /// Anchors it otherwise.
    pub(crate) fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// Gives it another face.
    pub(crate) fn voiced(self, voice: Voice) -> Self {
        Self { voice, ..self }
    }

    /// Its classes: face, anchor, and where it is shown; empty ones are none.
    pub(crate) const fn classes(&self) -> [&'static str; 3] {
        let anchor = match self.anchor {
            Anchor::Start => "",
            Anchor::Middle => "m",
            Anchor::End => "e",
        };
        [self.voice.class(), anchor, self.show.class()]
    }

    /// Shows it in some drawings only.
    pub(crate) fn shown(self, show: Show) -> Self {
        Self { show, ..self }
    }
}

/// A rectangle.
#[derive(Clone, Debug)]
pub(crate) struct Rect {
    /// What it is filled with.
    pub(crate) fill: Fill,
    /// Its left edge.
    pub(crate) x: Across,
    /// Its width.
    pub(crate) width: Across,
    /// Its upper edge.
    pub(crate) y: Px,
    /// Its height.
    pub(crate) height: Px,
}

/// What a rectangle is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fill {
    /// A colour of the theme.
    Solid(Hue),
    /// Only an outline in a colour of the theme: a questioned figure.
    Hollow(Hue),
    /// The hatch of missing data.
    Hatch,
}

impl Fill {
    /// Its classes, empty ones are none; the hatch has none, because its pattern belongs to the
    /// drawing.
    pub(crate) const fn classes(self) -> [&'static str; 2] {
        match self {
            Self::Solid(hue) => ["", fill_class(hue)],
            Self::Hollow(hue) => ["hc", stroke_class(hue)],
            Self::Hatch => ["", ""],
        }
    }
}

/// How a path is drawn: the name of a rule in the style sheet, and a colour where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ink(pub(crate) &'static str, pub(crate) Option<Hue>);

impl Ink {
    /// The rule of a flow, which is filled.
    const BAND: &'static str = "fl";
    /// Areas are filled too; they need no rule but their colour's.
    const AREA: &'static str = "";

    /// Boxes of a category.
    pub(crate) const fn area(hue: Hue) -> Self {
        Self(Self::AREA, Some(hue))
    }

    /// A flow.
    pub(crate) const fn band(hue: Hue) -> Self {
        Self(Self::BAND, Some(hue))
    }

    /// Where flows meet.
    pub(crate) const fn node(hue: Hue) -> Self {
        Self("nd", Some(hue))
    }

    /// The shade of a class of figures, 1 to 5.
    pub(crate) const fn shade(class: u8) -> Self {
        Self(
            match class {
                1 => "q1",
                2 => "q2",
                3 => "q3",
                4 => "q4",
                _ => "q5",
            },
            None,
        )
    }

    /// Gridlines.
    pub(crate) const GRID: Self = Self("gr", None);
    /// The line of zero.
    pub(crate) const AXIS: Self = Self("ax", None);
    /// The rule of a change of form.
    pub(crate) const BREAK: Self = Self("br", None);
    /// The rule of a change that lines go across.
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

    /// Points.
    pub(crate) const fn point(hue: Hue) -> Self {
        Self("pt", Some(hue))
    }

    /// The ring around a point.
    pub(crate) const fn ring(hue: Hue) -> Self {
        Self("rg", Some(hue))
    }

    /// Square points.
    pub(crate) const fn square(hue: Hue) -> Self {
        Self("sq", Some(hue))
    }

    /// The colours of the series that miss a figure, under the axis.
    pub(crate) const fn missing(hue: Hue) -> Self {
        Self("ms", Some(hue))
    }

    /// Its classes; empty ones are none.
    pub(crate) fn classes(self, show: Show) -> [&'static str; 3] {
        let paint = match (self.0, self.1) {
            (_, None) => "",
            (Self::AREA | Self::BAND, Some(hue)) => fill_class(hue),
            (_, Some(hue)) => stroke_class(hue),
        };
        [self.0, paint, show.class()]
    }
}

/// The class that fills with a colour.
const fn fill_class(hue: Hue) -> &'static str {
    match hue.slot() {
        0 => "f0",
        1 => "f1",
        2 => "f2",
        3 => "f3",
        4 => "f4",
        5 => "f5",
        _ => "f6",
    }
}

/// The class that draws lines in a colour.
const fn stroke_class(hue: Hue) -> &'static str {
    match hue.slot() {
        0 => "k0",
        1 => "k1",
        2 => "k2",
        3 => "k3",
        4 => "k4",
        5 => "k5",
        _ => "k6",
    }
}
