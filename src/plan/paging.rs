//! Splits long lists into parts: their number, their paths, and the links between them.

use serde::Serialize;

/// The maximum number of entries of a part.
pub(crate) const PART: usize = 100;

/// The links between the parts of a list. Templates draw it with `pager`.
#[derive(Debug, Serialize)]
pub(crate) struct Pager {
    /// The part shown, from 1.
    at: u16,
    /// The number of parts.
    count: u16,
    /// The part before; `None` at the first.
    previous: Option<String>,
    /// The part after; `None` at the last.
    next: Option<String>,
    /// The first part, the last, and those near the one shown.
    parts: Vec<PartLink>,
}

/// A link to a part.
#[derive(Debug, Serialize)]
struct PartLink {
    number: u16,
    url: String,
    /// Whether parts before it are left out.
    after_gap: bool,
}

/// Returns the number of parts of a list with this number of entries.
pub(crate) fn parts(entries: usize) -> u16 {
    u16::try_from(entries.div_ceil(PART)).unwrap_or(u16::MAX)
}

/// Returns the entries of a part, counted from 1.
pub(crate) fn part<T>(entries: &[T], part: u16) -> &[T] {
    entries.chunks(PART).nth(usize::from(part.saturating_sub(1))).unwrap_or_default()
}

/// Returns the path of a part of the list at `folder`: `years/2012/page/2/`; the first is at the folder itself.
pub(crate) fn path(folder: &str, part: u16) -> String {
    if part > 1 { format!("{folder}page/{part}/") } else { folder.to_owned() }
}

impl Pager {
    /// Links part `at` of a list at `folder` to the others; `None` if the list has one part.
    pub(crate) fn new(at: u16, entries: usize, folder: &str) -> Option<Self> {
        let url = |part| path(folder, part);
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
            let all: Vec<usize> = (0..entries).collect();
            let found: Vec<&[usize]> = (1..=parts(entries)).map(|number| part(&all, number)).collect();
            assert!(found.iter().all(|part| (1..=PART).contains(&part.len())));
            assert_eq!(found.concat(), all);
        }
        assert_eq!((parts(0), parts(100), parts(101)), (0, 1, 2));
        assert!(part(&[0; 10], 9).is_empty());
    }

    #[test]
    fn the_first_the_last_and_the_near_parts_are_linked() {
        assert!(Pager::new(1, 100, "years/2012/").is_none());
        let pager = Pager::new(6, 1200, "years/2012/").unwrap();
        let numbers: Vec<u16> = pager.parts.iter().map(|part| part.number).collect();
        assert_eq!(numbers, [1, 4, 5, 6, 7, 8, 12]);
        let gaps: Vec<u16> = pager.parts.iter().filter(|part| part.after_gap).map(|p| p.number).collect();
        assert_eq!(gaps, [4, 12]);
        assert_eq!(pager.previous.as_deref(), Some("years/2012/page/5/"));
        assert_eq!(pager.parts[0].url, "years/2012/");
    }
}
