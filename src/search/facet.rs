//! What results can be narrowed down by: a column of values for each facet.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bits::BitWriter;
use super::document::{Document, FACETS, Value};
use super::{COLUMN, MAGIC};

/// A piece of a column is no longer.
const LONGEST_PIECE: usize = 20_000;
/// Pieces share a file up to so many bytes.
const FULL_FILE: usize = 24_000;

/// The values of all facets that documents have.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Values {
    /// By facet: values by what they sort by, with the number they were met under.
    met: [BTreeMap<String, (u32, Value)>; FACETS.len()],
}

/// Values by facet and number.
pub(super) type Numbered<'v> = Vec<Vec<Option<&'v Value>>>;

/// A document's values by the number they were met under; 0 for none.
pub(super) type Met = [u32; FACETS.len()];

impl Values {
    /// Notes the values of a document.
    pub(super) fn meet(&mut self, document: &Document) -> Met {
        let mut met = [0; FACETS.len()];
        document.each_value(|facet, value| {
            if let Some(met) = met.get_mut(facet) {
                *met = self.note(facet, value);
            }
        });
        met
    }

    /// Notes the values of a document that was noted among others: those by the numbers they had there.
    pub(super) fn meet_again(&mut self, others: &Numbered<'_>, met: Met) -> Met {
        let mut again = [0; FACETS.len()];
        for (facet, (again, met)) in again.iter_mut().zip(met).enumerate() {
            let value =
                others.get(facet).and_then(|values| values.get(met.checked_sub(1)? as usize)?.as_ref());
            *again = value.map_or(0, |value| self.note(facet, value));
        }
        again
    }

    /// By facet: the values in the order of their numbers.
    pub(super) fn numbered(&self) -> Numbered<'_> {
        self.met.iter().map(|values| by_number(values.values())).collect()
    }

    fn note(&mut self, facet: usize, value: &Value) -> u32 {
        let Some(values) = self.met.get_mut(facet) else { return 0 };
        let next = values.len() as u32 + 1;
        values.entry(path_order(&value.key)).or_insert_with(|| (next, value.clone())).0
    }

    /// The values of a facet in order, and for each number met its place in this order, from 1.
    pub(super) fn ordered(&self, facet: usize) -> (Vec<&Value>, Vec<u32>) {
        let Some(values) = self.met.get(facet) else { return (Vec::new(), vec![0]) };
        let mut places = vec![0; values.len() + 1];
        let mut ordered = Vec::with_capacity(values.len());
        for (at, (met, value)) in values.values().enumerate() {
            if let Some(place) = places.get_mut(*met as usize) {
                *place = at as u32 + 1;
            }
            ordered.push(value);
        }
        (ordered, places)
    }
}

fn by_number<'v>(values: impl ExactSizeIterator<Item = &'v (u32, Value)>) -> Vec<Option<&'v Value>> {
    let mut numbered = vec![None; values.len()];
    for (number, value) in values {
        if let Some(place) = numbered.get_mut((*number as usize).wrapping_sub(1)) {
            *place = Some(value);
        }
    }
    numbered
}

/// Sorts a path directly before everything below it.
pub(super) fn path_order(path: &str) -> String {
    path.replace('/', "\u{1}")
}

/// Pieces of columns, put together into files.
#[derive(Default)]
pub(super) struct ColumnFiles {
    pub(super) files: Vec<Vec<u8>>,
}

impl ColumnFiles {
    /// Adds a column of values, one a document, and says where its pieces are: file and offset.
    pub(super) fn add(&mut self, column: impl Iterator<Item = u32>) -> Vec<[u32; 2]> {
        pieces(column).into_iter().map(|piece| self.place(&piece)).collect()
    }

    fn place(&mut self, piece: &[u8]) -> [u32; 2] {
        if self.files.last().is_none_or(|file| file.len() + piece.len() > FULL_FILE) {
            self.files.push(vec![MAGIC, COLUMN]);
        }
        let file = self.files.len() as u32 - 1;
        let Some(last) = self.files.last_mut() else { return [0, 0] };
        let offset = last.len() as u32;
        last.extend(piece);
        [file, offset]
    }
}

/// A column in pieces: for each the number of runs, then runs of one value: how long, and how far the
/// value is from the one before.
fn pieces(column: impl Iterator<Item = u32>) -> Vec<Vec<u8>> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for value in column {
        match runs.last_mut() {
            Some((last, length)) if *last == value => *length += 1,
            _ => runs.push((value, 1)),
        }
    }
    let mut pieces = Vec::new();
    let mut rest = &*runs;
    while !rest.is_empty() {
        let mut bits = BitWriter::default();
        let mut before = 0;
        let mut taken = 0;
        for (value, length) in rest {
            if bits.len() / 8 >= LONGEST_PIECE {
                break;
            }
            bits.gamma(*length);
            bits.gamma(step(before, *value) + 1);
            before = *value;
            taken += 1;
        }
        let (these, others) = rest.split_at(taken);
        let mut piece = BitWriter::default();
        piece.gamma(these.len() as u32);
        piece.append(&bits);
        pieces.push(piece.into_bytes());
        rest = others;
    }
    pieces
}

/// How far it is from one value to the next: even numbers upwards, odd ones downwards.
fn step(from: u32, to: u32) -> u32 {
    if to >= from { (to - from) << 1 } else { ((from - to) << 1) - 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::bits::BitReader;

    /// Reads the piece of a column that begins at a byte.
    fn read_piece(bytes: &[u8], column: &mut Vec<u32>, most: usize) {
        let mut bits = BitReader::new(bytes);
        let mut value = 0_u32;
        for _ in 0..bits.gamma() {
            let length = bits.gamma() as usize;
            let code = bits.gamma() - 1;
            value = if code & 1 == 0 { value + (code >> 1) } else { value - (code >> 1) - 1 };
            if bits.is_past_end() {
                return;
            }
            let length = length.min(most.saturating_sub(column.len()));
            column.extend(std::iter::repeat_n(value, length));
        }
    }

    fn round_trip(column: &[u32]) -> usize {
        let mut files = ColumnFiles::default();
        let places = files.add(column.iter().copied());
        let mut read = Vec::new();
        for [file, offset] in places {
            read_piece(&files.files[file as usize][offset as usize..], &mut read, column.len());
        }
        assert_eq!(read, column);
        assert!(files.files.iter().all(|file| file.len() <= 32_768));
        files.files.iter().map(Vec::len).sum()
    }

    #[test]
    fn columns_come_back() {
        assert!(round_trip(&(0..100_000).map(|n| n / 8_000).collect::<Vec<u32>>()) < 100);
        let ascending: Vec<u32> = (0..15).flat_map(|_| (1..=6_000).map(|n| n * 3)).collect();
        assert!(round_trip(&ascending) < 90_000, "agencies of 15 years");
        round_trip(&(0..60_000_u32).map(|n| n.wrapping_mul(2_654_435_761) >> 20).collect::<Vec<u32>>());
        round_trip(&[0, 5, 0, 5]);
    }

    #[test]
    fn a_region_stands_before_all_within() {
        let mut values = Values::default();
        for key in ["a/c", "a-b", "a", "b"] {
            let region = Some(Value { key: key.into(), name: key.into() });
            values.meet(&Document { region, ..Document::default() });
        }
        let (ordered, places) = values.ordered(2);
        assert_eq!(ordered.iter().map(|value| &*value.key).collect::<Vec<_>>(), ["a", "a/c", "a-b", "b"]);
        assert_eq!(places, [0, 2, 3, 1, 4]);
    }
}
