//! The `Range` header (RFC 9110, section 14): one range of bytes; anything else is answered in full.

use std::ops::Range;

/// What part of a file is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// These bytes; at least one.
    Bytes(Range<usize>),
    /// Bytes that the file does not have.
    Beyond,
}

/// Reads the header for a file of so many bytes. What is no single range of bytes is ignored.
pub(super) fn part(header: Option<&str>, len: usize) -> Part {
    header.and_then(|header| read(header, len)).unwrap_or(Part::Whole)
}

fn read(header: &str, len: usize) -> Option<Part> {
    let (unit, range) = header.split_once('=')?;
    let (first, last) = range.trim().split_once('-')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    if first.is_empty() {
        let tail = number(last)?;
        let start = len.saturating_sub(tail);
        return Some(if tail == 0 || len == 0 { Part::Beyond } else { Part::Bytes(start..len) });
    }
    let first = number(first)?;
    let end = if last.is_empty() { len } else { number(last)?.saturating_add(1) };
    match () {
        () if end <= first && !last.is_empty() => None,
        () if first >= len => Some(Part::Beyond),
        () => Some(Part::Bytes(first..end.min(len))),
    }
}

/// Digits as a number; as large as can be where it is larger.
fn number(text: &str) -> Option<usize> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_understood() {
        for (header, expected) in [
            ("bytes=0-4", Part::Bytes(0..5)),
            ("bytes=5-", Part::Bytes(5..10)),
            ("bytes=-3", Part::Bytes(7..10)),
            ("bytes=-30", Part::Bytes(0..10)),
            ("bytes=9-99999999999999999999999", Part::Bytes(9..10)),
            ("Bytes=0-0", Part::Bytes(0..1)),
            ("bytes=10-", Part::Beyond),
            ("bytes=10-12", Part::Beyond),
            ("bytes=-0", Part::Beyond),
            ("bytes=4-2", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("bytes=-", Part::Whole),
            ("lines=0-4", Part::Whole),
            ("bytes", Part::Whole),
        ] {
            assert_eq!(part(Some(header), 10), expected, "{header}");
        }
        assert_eq!(part(None, 10), Part::Whole);
        assert_eq!(part(Some("bytes=0-"), 0), Part::Beyond);
        assert_eq!(part(Some("bytes=-5"), 0), Part::Beyond);
    }

    proptest::proptest! {
        #[test]
        fn a_part_is_never_outside(header in "bytes=[0-9]{0,21}-[0-9]{0,21}", len in 0usize..2_000) {
            if let Part::Bytes(range) = part(Some(&header), len) {
                proptest::prop_assert!(range.start < range.end && range.end <= len, "{range:?}");
            }
        }

        #[test]
        fn what_is_asked_for_is_given(first in 0usize..100, more in 0usize..100, len in 1usize..100) {
            let last = first + more;
            let expected = if first < len { Part::Bytes(first..len.min(last + 1)) } else { Part::Beyond };
            proptest::prop_assert_eq!(part(Some(&format!("bytes={first}-{last}")), len), expected);
        }
    }
}
