//! What a chart gives back to the page: two drawings, their key, and what they could not show.

use crate::base::text::Lang;
use crate::chart::data::{GapReason, Hue};
use crate::chart::words::{MarkWords, Words};
use crate::form::BreakKind;

/// The context of a chart: its id in the page and the texts around it.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// Unique in its page. The drawing is named by the element `{id}-title` and described by
    /// `{id}-summary`, both of which the page must have.
    pub id: &'a str,
    /// What the chart shows, as a sentence.
    pub title: &'a str,
    /// Measure, unit, period and missing years, in one sentence.
    pub summary: &'a str,
    /// Where the figures come from; may be empty.
    pub source: &'a str,
    /// The language of all texts.
    pub lang: &'a Lang,
    /// The words of that language.
    pub words: &'a Words,
}

/// A finished chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// An `svg` element for a page with the theme's style sheet, to be put in an element of class
    /// `plot`. Empty when no figure was reported; the page then says so in a sentence.
    pub fluid: String,
    /// A complete SVG file; empty if `fluid` is.
    pub fixed: String,
    /// Width and height of the SVG file in pixels.
    pub size: (u32, u32),
    /// The meaning of colours and marks.
    pub key: Vec<KeyEntry>,
    /// The breaks within the chart, numbered as in the drawing.
    pub breaks: Vec<NumberedBreak>,
    /// The gaps, series by series.
    pub missing: Vec<GapRun>,
    /// The number of rows that a long list leaves out.
    pub omitted: usize,
}

impl Drawing {
    /// Whether there was no figure to draw.
    pub const fn is_empty(&self) -> bool {
        self.fluid.is_empty()
    }
}

/// A colour or mark and its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyEntry {
    /// What the mark looks like.
    pub sign: Sign,
    /// Its colour.
    pub hue: Hue,
    /// The mark itself, if it is a word.
    pub mark: String,
    /// What it means.
    pub label: String,
    /// The last figure of the series, if any.
    pub value: Option<String>,
    /// Whether wide drawings label the mark directly and need no key for it.
    pub narrow_only: bool,
}

impl KeyEntry {
    pub(crate) fn new(sign: Sign, hue: Hue, label: impl Into<String>) -> Self {
        let label = label.into();
        Self { sign, hue, mark: String::new(), label, value: None, narrow_only: false }
    }

    /// The entry of a mark that is a word.
    pub(crate) fn word(mark: impl Into<String>, label: impl Into<String>) -> Self {
        Self { mark: mark.into(), ..Self::new(Sign::Word, Hue::CONTEXT, label) }
    }

    /// The entry of a gap or a remark.
    pub(crate) fn of_mark(words: &MarkWords) -> Self {
        Self::word(&words.mark, &words.text)
    }

    /// The entry of something that wide drawings label directly, with its figure.
    pub(crate) fn narrow(sign: Sign, hue: Hue, label: &str, value: Option<String>) -> Self {
        Self { value, narrow_only: true, ..Self::new(sign, hue, label) }
    }

    /// The CSS class of its sign: `line s1`.
    pub fn class(&self) -> String {
        let shape = match self.sign {
            Sign::Line => "line",
            Sign::Area => "area",
            Sign::Hollow => "hollow",
            Sign::Ring => "ring",
            Sign::Square => "square",
            Sign::Word => return "word".to_owned(),
            Sign::Shade(class) => return format!("area q{class}"),
            Sign::Hatch => return "area none".to_owned(),
        };
        format!("{shape} s{}", self.hue.slot())
    }
}

/// The look of a mark in a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The line of a series.
    Line,
    /// The area of a category.
    Area,
    /// A hollow point: a questioned figure.
    Hollow,
    /// A ringed point: a revised figure.
    Ring,
    /// A square point: a cumulative figure.
    Square,
    /// A word at the axis: a missing figure.
    Word,
    /// The shade of a class of figures, from 1 (smallest) to 5.
    Shade(u8),
    /// The hatch of a missing figure.
    Hatch,
}

/// A break, with the number it has in the drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedBreak {
    /// ①, ②, …
    pub number: String,
    /// The index of the last period before it.
    pub after: usize,
    /// What it does to the series.
    pub kind: BreakKind,
    /// What changed.
    pub text: String,
}

/// Consecutive gaps of one series with the same reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GapRun {
    /// The index of the series.
    pub series: usize,
    /// The index of the first period or row.
    pub first: usize,
    /// The index of the last period or row.
    pub last: usize,
    /// Why the figures are missing.
    pub reason: GapReason,
}
