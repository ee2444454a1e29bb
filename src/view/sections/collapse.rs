//! What of a section is shown, and what is folded away because nearly nothing of it is transcribed.

use crate::view::components::Cell;

/// Fewer rows without a figure than this are never folded.
const FEWEST: usize = 5;

/// A row, as far as folding goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) depth: u8,
    pub(super) is_heading: bool,
    /// Whether nothing of it is transcribed.
    pub(super) is_missing: bool,
}

/// Where a row stands: a heading may stand in both places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) shown: bool,
    pub(super) folded: bool,
}

/// Whether a cell says nothing but that it is not transcribed.
pub(super) fn is_missing(cell: &Cell<'_>) -> bool {
    cell.state == "not-transcribed" && cell.findings.is_empty() && cell.tags.is_empty()
}

/// Where each row stands. Rows without a figure are folded where they are most of the section; those that
/// a shown row belongs to stay.
pub(super) fn places(rows: &[Row]) -> Vec<Place> {
    let has_figure = |row: &Row| !row.is_heading && !row.is_missing;
    let shown = with_ancestors(rows, has_figure);
    let count = |is_shown: bool| {
        let rows = rows.iter().zip(&shown);
        rows.filter(|(row, shown)| !row.is_heading && **shown == is_shown).count()
    };
    if count(false) < FEWEST || count(false) <= count(true) {
        return rows.iter().map(|_| Place { shown: true, folded: false }).collect();
    }
    let away: Vec<bool> = rows.iter().zip(&shown).map(|(row, shown)| !row.is_heading && !shown).collect();
    let mut at = away.iter();
    let folded = with_ancestors(rows, |_| at.next().copied().unwrap_or(false));
    let places = rows.iter().zip(shown).zip(folded);
    places
        .map(|((row, shown), folded)| Place { shown, folded: folded && (row.is_heading || !shown) })
        .collect()
}

/// The chosen rows and those they belong to.
fn with_ancestors(rows: &[Row], mut is_chosen: impl FnMut(&Row) -> bool) -> Vec<bool> {
    let mut chosen: Vec<bool> = rows.iter().map(&mut is_chosen).collect();
    // The depth that a row above must be less than to be an ancestor of a chosen one.
    let mut below = 0;
    for (row, chosen) in rows.iter().zip(&mut chosen).rev() {
        if *chosen || row.depth < below {
            *chosen = true;
            below = row.depth;
        } else {
            below = below.min(row.depth);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row a word: its depth, then `h` for a heading, `-` for nothing, `+` for a figure.
    fn folded(rows: &str) -> String {
        let rows: Vec<Row> = rows
            .split_whitespace()
            .map(|row| Row {
                depth: row[..1].parse().unwrap(),
                is_heading: row.ends_with('h'),
                is_missing: row.ends_with('-'),
            })
            .collect();
        let word = |place: Place| match (place.shown, place.folded) {
            (true, true) => 'b',
            (true, false) => 's',
            (false, true) => 'f',
            (false, false) => '.',
        };
        places(&rows).into_iter().map(word).collect()
    }

    #[test]
    fn rows_without_a_figure_are_folded_where_they_are_most() {
        assert_eq!(folded("0- 0- 0- 0- 0- 0+"), "fffffs");
        assert_eq!(folded("0- 0- 0+ 0- 0-"), "sssss", "few are shown");
        assert_eq!(folded("0- 0- 0- 0- 0- 0+ 0+ 0+ 0+ 0+"), "ssssssssss", "as many have a figure");
    }

    #[test]
    fn what_a_shown_row_belongs_to_is_shown() {
        assert_eq!(folded("0- 1h 2- 2- 2+ 2- 1h 2- 2- 0-"), "sbffsfffff");
        assert_eq!(folded("0- 1- 1- 1- 1- 1- 0+ 0h 1-"), "ffffffsff");
    }
}
