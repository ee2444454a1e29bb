//! Which value each document has in a facet: a column per facet, run-length coded.

use super::bit_codes::BitWriter;
use super::format::{COLUMN, MAGIC};

/// The maximum length of a piece of a column, in bytes.
const MAX_PIECE: usize = 20_000;
/// The maximum size of a file that pieces share, in bytes.
const MAX_FILE: usize = 24_000;

/// The files that hold the columns of a block.
#[derive(Default)]
pub(super) struct ColumnFiles {
    pub(super) files: Vec<Vec<u8>>,
}

impl ColumnFiles {
    /// Adds a column, one value a document; returns where its pieces are, as file and offset.
    pub(super) fn add(&mut self, column: impl Iterator<Item = u32>) -> Vec<[u32; 2]> {
        pieces(column).into_iter().map(|piece| self.add_piece(&piece)).collect()
    }

    fn add_piece(&mut self, piece: &[u8]) -> [u32; 2] {
        if self.files.last().is_none_or(|file| file.len() + piece.len() > MAX_FILE) {
            self.files.push(vec![MAGIC, COLUMN]);
        }
        let file = self.files.len() as u32 - 1;
        let Some(last) = self.files.last_mut() else { return [0, 0] };
        let offset = last.len() as u32;
        last.extend(piece);
        [file, offset]
    }
}

/// Encodes a column as pieces: the number of runs of equal values, then for each its length and the step
/// to its value from the one before.
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
            if bits.len() / 8 >= MAX_PIECE {
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

/// Returns the step from one value to the next, zigzag-coded: even upwards, odd downwards.
fn step(from: u32, to: u32) -> u32 {
    if to >= from { (to - from) << 1 } else { ((from - to) << 1) - 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::bit_codes::BitReader;

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
}
