//! Which rows of a section are collapsed, because hardly any of them is transcribed.

use crate::view::components::Cell;

/// Fewer rows without a figure than this are never collapsed.
const FEWEST: usize = 5;

/// What collapsing needs to know of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct OutlineRow {
    pub(super) depth: u8,
    pub(super) is_heading: bool,
    /// Whether none of its figures is transcribed.
    pub(super) is_missing: bool,
}

/// Whether a row is among the visible rows, and whether among the collapsed ones. A heading may be both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Visibility {
    pub(super) shown: bool,
    pub(super) folded: bool,
}

/// Returns whether a cell says nothing but "not transcribed".
pub(super) fn is_missing(cell: &Cell<'_>) -> bool {
    cell.state == "not-transcribed" && cell.findings.is_empty() && cell.tags.is_empty()
}

/// Decides on each row. Rows without a figure are collapsed if they are most of the section, except for the
/// ancestors of visible rows.
pub(super) fn places(rows: &[OutlineRow]) -> Vec<Visibility> {
    let has_figure = |row: &OutlineRow| !row.is_heading && !row.is_missing;
    let shown = with_ancestors(rows, has_figure);
    let count = |is_shown: bool| {
        let rows = rows.iter().zip(&shown);
        rows.filter(|(row, shown)| !row.is_heading && **shown == is_shown).count()
    };
    if count(false) < FEWEST || count(false) <= count(true) {
        return rows.iter().map(|_| Visibility { shown: true, folded: false }).collect();
    }
    let away: Vec<bool> = rows.iter().zip(&shown).map(|(row, shown)| !row.is_heading && !shown).collect();
    let mut at = away.iter();
    let folded = with_ancestors(rows, |_| at.next().copied().unwrap_or(false));
    let places = rows.iter().zip(shown).zip(folded);
    places
        .map(|((row, shown), folded)| Visibility { shown, folded: folded && (row.is_heading || !shown) })
        .collect()
}

/// Marks the chosen rows and their ancestors.
fn with_ancestors(rows: &[OutlineRow], mut is_chosen: impl FnMut(&OutlineRow) -> bool) -> Vec<bool> {
    let mut chosen: Vec<bool> = rows.iter().map(&mut is_chosen).collect();
    // A row above is an ancestor of a chosen one if its depth is below this.
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
        let rows: Vec<OutlineRow> = rows
            .split_whitespace()
            .map(|row| OutlineRow {
                depth: row[..1].parse().unwrap(),
                is_heading: row.ends_with('h'),
                is_missing: row.ends_with('-'),
            })
            .collect();
        let word = |place: Visibility| match (place.shown, place.folded) {
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
