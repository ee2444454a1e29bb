//! Missing figures on a time axis: a word under the axis for each missing period, a hatched band
//! for three and more in a row. Never a mark that could be read as a figure.

use crate::chart::canvas::path::{Path, Step};
use crate::chart::canvas::scale::{Across, Px};
use crate::chart::canvas::scene::{Anchor, Fill, Ink, Item, Rect, Scene, Show, Text};
use crate::chart::canvas::text::Face;
use crate::chart::data::{DataSeries, Datum, GapReason, Hue};
use crate::chart::drawing::{GapRun, KeyEntry};
use crate::chart::plot::time_axis::Periods;
use crate::chart::plot::value_axis::PlotWidths;
use crate::chart::words::{MarkWords, Words};

/// From this many missing periods in a row on, a band replaces the single words.
const BAND: usize = 3;
const WORD_LINE: Px = Px::whole(17);
const DOT_LINE: Px = Px::whole(7);

/// The missing figures of a chart, period by period.
pub(crate) struct MissingMarks {
    /// For each period: what is missing, if anything.
    periods: Vec<Option<Missing>>,
    /// Whether the series are parts of a whole: a period that lacks some of them is then marked otherwise
    /// than one that lacks all.
    are_parts: bool,
    /// The height of the words under the axis.
    pub(crate) height: Px,
}

#[derive(Clone)]
struct Missing {
    gap: GapReason,
    /// Whether another series has a figure.
    is_partial: bool,
    /// The colours of the series that miss it where others do not; a series without any figure in the
    /// chart has no colour there.
    hues: Vec<Hue>,
}

impl MissingMarks {
    pub(crate) fn find(series: &[DataSeries], periods: usize, are_parts: bool) -> Self {
        let found: Vec<Option<Missing>> =
            (0..periods).map(|period| missing_in(series, periods, period)).collect();
        let dots = found.iter().flatten().map(|missing| missing.hues.len()).max();
        let height = dots.map_or(Px(0), |dots| WORD_LINE + DOT_LINE * i32::try_from(dots).unwrap_or(0));
        Self { periods: found, are_parts, height }
    }

    /// Returns the mark of a period and its meaning.
    fn words<'w>(&self, missing: &Missing, words: &'w Words) -> &'w MarkWords {
        if self.are_parts && missing.is_partial { &words.partial } else { words.gap(missing.gap) }
    }

    /// Returns the key of the marks: for parts of a whole those under the axis,
    /// for other series one for each reason.
    pub(crate) fn key(&self, runs: &[GapRun], words: &Words) -> Vec<KeyEntry> {
        if !self.are_parts {
            return key(runs, words);
        }
        let mut missing: Vec<&Missing> = self.periods.iter().flatten().collect();
        missing.sort_by_key(|missing| (missing.is_partial, missing.gap));
        let mut marks: Vec<&MarkWords> = missing.iter().map(|missing| self.words(missing, words)).collect();
        marks.dedup();
        marks.into_iter().map(KeyEntry::of_mark).collect()
    }

    /// Draws the bands, which lie below everything else.
    pub(crate) fn draw_bands(&self, scene: &mut Scene, periods: &Periods<'_>, top: Px, axis: Px) {
        for (first, last) in self.bands() {
            let x = periods.start(first);
            scene.items.push(Item::Rect(Rect {
                fill: Fill::Hatch,
                x,
                width: periods.start(last + 1) - x,
                y: top,
                height: axis - top,
            }));
        }
    }

    /// Draws the words under the axis.
    pub(crate) fn draw_words(
        &self,
        scene: &mut Scene,
        periods: &Periods<'_>,
        axis: Px,
        widths: PlotWidths,
        words: &Words,
    ) {
        let baseline = axis + Px::whole(15);
        let mut word = |text: &str, x, show| {
            scene.write(Text::new(text, x, baseline).anchored(Anchor::Middle).shown(show));
        };
        let bands = self.bands();
        for &(first, last) in &bands {
            let Some(Some(missing)) = self.periods.get(first) else {
                continue;
            };
            let mark = &self.words(missing, words).mark;
            let x = (periods.start(first), periods.start(last + 1));
            let middle = Across(i32::midpoint(x.0.0, x.1.0));
            let range = format!("{}–{} {mark}", periods.label(first), periods.label(last));
            if Face::SMALL.width(&range) <= (x.1 - x.0).of(widths.wide) {
                word(&range, middle, Show::Wide);
                word(mark, middle, Show::Narrow);
            } else {
                word(mark, middle, Show::Always);
            }
        }
        let in_band = |period| bands.iter().any(|&(first, last)| (first..=last).contains(&period));
        let mut dots: Vec<(Hue, Step<Across>)> = Vec::new();
        // The end of the last word written, in a wide and in a narrow drawing.
        let mut ends = [Px(i32::MIN); 2];
        for (period, missing) in self.periods.iter().enumerate() {
            let Some(missing) = missing.as_ref().filter(|_| !in_band(period)) else {
                continue;
            };
            let mark = &self.words(missing, words).mark;
            let x = periods.centre(period);
            let half = Face::SMALL.width(mark).half();
            let [wide, narrow] = [(0, widths.wide), (1, widths.narrow)].map(|(at, width)| {
                let free = ends.get(at).is_none_or(|end| x.of(width) - half >= *end);
                if let (true, Some(end)) = (free, ends.get_mut(at)) {
                    *end = x.of(width) + half;
                }
                free
            });
            match (wide, narrow) {
                (true, true) => word(mark, x, Show::Always),
                (true, false) => word(mark, x, Show::Wide),
                (false, true) => word(mark, x, Show::Narrow),
                (false, false) => {}
            }
            for (hue, line) in missing.hues.iter().zip(0..) {
                dots.push((*hue, Step::Dot(x, baseline + Px::whole(7) + DOT_LINE * line)));
            }
        }
        let mut hues: Vec<Hue> = dots.iter().map(|(hue, _)| *hue).collect();
        hues.sort_unstable();
        hues.dedup();
        for hue in hues {
            let same = dots.iter().filter(|(other, _)| *other == hue);
            let path = Path(same.map(|(_, step)| *step).collect());
            scene.draw(Ink::missing(hue), Show::Always, path);
        }
    }

    /// Returns the runs of periods without any figure that are long enough for a band.
    fn bands(&self) -> Vec<(usize, usize)> {
        let all_missing =
            |period: usize| matches!(self.periods.get(period), Some(Some(missing)) if !missing.is_partial);
        let mut bands = Vec::new();
        let mut period = 0;
        while period < self.periods.len() {
            let length = (period..self.periods.len()).take_while(|&at| all_missing(at)).count();
            if length >= BAND {
                bands.push((period, period + length - 1));
            }
            period += length.max(1);
        }
        bands
    }
}

fn missing_in(series: &[DataSeries], periods: usize, period: usize) -> Option<Missing> {
    let is_missing = |one: &&DataSeries| one.at(period).gap().is_some_and(GapReason::is_missing);
    let gap = series.iter().find(is_missing)?.at(period).gap()?;
    let is_partial = series.iter().any(|one| one.at(period).reported().is_some());
    let coloured = series.iter().filter(is_missing).filter(|one| one.reported(periods).next().is_some());
    let hues = if is_partial { coloured.map(|one| one.hue).collect() } else { Vec::new() };
    Some(Missing { gap, is_partial, hues })
}

/// Returns the gaps of each series, in runs of one reason.
pub(crate) fn gap_runs<'a>(series: impl Iterator<Item = &'a [Datum]>, periods: usize) -> Vec<GapRun> {
    let mut runs: Vec<GapRun> = Vec::new();
    for (index, data) in series.enumerate() {
        for period in 0..periods {
            let Some(reason) = data.get(period).map_or(Some(GapReason::NoReport), Datum::gap) else {
                continue;
            };
            match runs.last_mut() {
                Some(run) if run.series == index && run.reason == reason && run.last + 1 == period => {
                    run.last = period;
                }
                _ => runs.push(GapRun { series: index, first: period, last: period, reason }),
            }
        }
    }
    runs
}

/// Returns the key of the words that stand for gaps.
fn key(runs: &[GapRun], words: &Words) -> Vec<KeyEntry> {
    let mut gaps: Vec<GapReason> = runs.iter().map(|run| run.reason).filter(|gap| gap.is_missing()).collect();
    gaps.sort_unstable();
    gaps.dedup();
    gaps.into_iter().map(|gap| KeyEntry::of_mark(words.gap(gap))).collect()
}
