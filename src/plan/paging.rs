//! Long lists in parts: how many there are, where each lies, and the ways between them.

use std::ops::Range;

use serde::Serialize;

/// A part of a list has at most so many entries.
pub(crate) const PART: usize = 100;

/// The ways between the parts of a list. Templates draw it with `pager`.
#[derive(Debug, Serialize)]
pub(crate) struct Pager {
    /// The part shown, from 1.
    at: u16,
    /// How many parts there are.
    count: u16,
    /// The part before; `None` at the first.
    previous: Option<String>,
    /// The part after; `None` at the last.
    next: Option<String>,
    /// Each part that is near, or the first, or the last.
    parts: Vec<PartLink>,
}

/// The way to a part.
#[derive(Debug, Serialize)]
struct PartLink {
    number: u16,
    url: String,
    /// Whether parts are passed over before it.
    after_gap: bool,
}

/// The number of parts that a list of so many entries has.
pub(crate) fn parts(entries: usize) -> u16 {
    u16::try_from(entries.div_ceil(PART)).unwrap_or(u16::MAX)
}

/// The entries of a part.
pub(crate) fn range(part: u16, entries: usize) -> Range<usize> {
    let start = usize::from(part.saturating_sub(1)) * PART;
    start.min(entries)..(start + PART).min(entries)
}

/// Where a part of the list at `folder` lies: `years/2012/page/2/`; the first at the folder itself.
pub(crate) fn path(folder: &str, part: u16) -> String {
    if part > 1 { format!("{folder}page/{part}/") } else { folder.to_owned() }
}

impl Pager {
    /// The ways from part `at` of a list of so many entries; `None` where it has one part.
    pub(crate) fn new(at: u16, entries: usize, url: impl Fn(u16) -> String) -> Option<Self> {
        let count = parts(entries);
        if count < 2 {
            return None;
        }
        let mut parts: Vec<PartLink> = Vec::new();
        for number in (1..=count).filter(|number| [1, count].contains(number) || number.abs_diff(at) < 3) {
            let after_gap = parts.last().is_some_and(|last| last.number + 1 < number);
            parts.push(PartLink { number, url: url(number), after_gap });
        }
        Some(Self {
            at,
            count,
            previous: (at > 1).then(|| url(at - 1)),
            next: (at < count).then(|| url(at + 1)),
            parts,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_on_one_part() {
        for entries in [0, 1, 99, 100, 101, 250, 1000] {
            let all: Vec<usize> = (1..=parts(entries)).flat_map(|part| range(part, entries)).collect();
            assert_eq!(all, (0..entries).collect::<Vec<_>>());
        }
        assert_eq!((parts(0), parts(100), parts(101)), (0, 1, 2));
        assert_eq!(range(9, 10), 10..10);
    }

    #[test]
    fn the_first_the_last_and_the_near_parts_are_linked() {
        assert!(Pager::new(1, 100, |part| path("years/2012/", part)).is_none());
        let pager = Pager::new(6, 1200, |part| path("years/2012/", part)).unwrap();
        let numbers: Vec<u16> = pager.parts.iter().map(|part| part.number).collect();
        assert_eq!(numbers, [1, 4, 5, 6, 7, 8, 12]);
        let gaps: Vec<u16> = pager.parts.iter().filter(|part| part.after_gap).map(|p| p.number).collect();
        assert_eq!(gaps, [4, 12]);
        assert_eq!(pager.previous.as_deref(), Some("years/2012/page/5/"));
        assert_eq!(pager.parts[0].url, "years/2012/");
    }
}
