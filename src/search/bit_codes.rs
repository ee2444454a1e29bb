//! Writes and reads bits, from the highest of each byte, and codes of whole numbers: unary, Elias γ, Rice.

/// Appends bits to bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    /// The bits after the last whole byte, at most 7; higher bits are zero.
    rest: u64,
    /// The number of bits in `rest`.
    used: u32,
}

impl BitWriter {
    /// Writes the lowest `count` bits of a value, at most 32.
    pub(super) fn bits(&mut self, value: u32, count: u32) {
        let value = u64::from(value) & ((1 << count) - 1);
        self.rest = self.rest << count | value;
        self.used += count;
        while self.used >= 8 {
            self.used -= 8;
            self.bytes.push((self.rest >> self.used) as u8);
        }
        self.rest &= (1 << self.used) - 1;
    }

    /// Writes `count` ones and a zero.
    pub(super) fn unary(&mut self, count: u32) {
        let mut left = count;
        while left >= 32 {
            self.bits(u32::MAX, 32);
            left -= 32;
        }
        self.bits(((1_u64 << (left + 1)) - 2) as u32, left + 1);
    }

    /// Writes a number from 1 in Elias γ code: short for small numbers.
    pub(super) fn gamma(&mut self, value: u32) {
        let value = value.max(1);
        let length = value.ilog2();
        self.unary(length);
        self.bits(value, length);
    }

    /// Returns how many bits [`BitWriter::gamma`] takes.
    pub(super) fn gamma_length(value: u32) -> u64 {
        u64::from(value.max(1).ilog2()) * 2 + 1
    }

    /// Writes a number from 0 in Rice code: short for numbers near `2^k` or below.
    pub(super) fn rice(&mut self, value: u32, k: u32) {
        self.unary((u64::from(value) >> k) as u32);
        self.bits(value, k);
    }

    /// Appends the bits of another writer.
    pub(super) fn append(&mut self, other: &Self) {
        if self.used == 0 {
            self.bytes.extend_from_slice(&other.bytes);
        } else {
            other.bytes.iter().for_each(|byte| self.bits(u32::from(*byte), 8));
        }
        self.bits(other.rest as u32, other.used);
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len() * 8 + self.used as usize
    }

    /// Returns the bytes, the last one filled up with zeros.
    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        if self.used > 0 {
            self.bytes.push((self.rest << (8 - self.used)) as u8);
        }
        self.bytes
    }
}

/// Reads bits. Past the end there are only zeros; see [`BitReader::is_past_end`].
#[derive(Clone, Debug)]
pub(super) struct BitReader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> BitReader<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Whether more bits were read than there are.
    pub(super) fn is_past_end(&self) -> bool {
        self.at > self.bytes.len() * 8
    }

    fn bit(&mut self) -> u32 {
        let byte = self.bytes.get(self.at / 8).copied().unwrap_or(0);
        let bit = byte >> (7 - self.at % 8) & 1;
        self.at += 1;
        u32::from(bit)
    }

    /// Reads `count` bits as a number, at most 32.
    pub(super) fn bits(&mut self, count: u32) -> u32 {
        let mut value = 0_u64;
        let mut left = count;
        while left > 0 {
            let byte = self.bytes.get(self.at / 8).copied().unwrap_or(0);
            let free = 8 - (self.at % 8) as u32;
            let take = left.min(free);
            let part = u32::from(byte) >> (free - take) & ((1 << take) - 1);
            value = value << take | u64::from(part);
            self.at += take as usize;
            left -= take;
        }
        value as u32
    }

    /// Reads ones up to a zero; returns their number.
    pub(super) fn unary(&mut self) -> u32 {
        let mut count = 0;
        while self.bit() == 1 {
            count += 1;
        }
        count
    }

    pub(super) fn gamma(&mut self) -> u32 {
        let length = self.unary().min(31);
        1 << length | self.bits(length)
    }

    pub(super) fn rice(&mut self, k: u32) -> u32 {
        let high = self.unary();
        (u64::from(high) << k) as u32 | self.bits(k)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_come_back(values in prop::collection::vec((1..200_000_u32, 0..18_u32), 0..40)) {
            let mut writer = BitWriter::default();
            for (value, k) in &values {
                writer.gamma(*value);
                writer.rice(*value & 0xffff, (*k).max(4));
                writer.bits(*value, 32);
            }
            let mut twice = BitWriter::default();
            twice.bits(1, 1);
            twice.append(&writer);
            prop_assert_eq!(twice.len(), writer.len() + 1);
            let bytes = twice.into_bytes();
            let mut reader = BitReader::new(&bytes);
            prop_assert_eq!(reader.bits(1), 1);
            for (value, k) in &values {
                prop_assert_eq!(reader.gamma(), *value);
                prop_assert_eq!(reader.rice((*k).max(4)), *value & 0xffff);
                prop_assert_eq!(reader.bits(32), *value);
            }
            prop_assert!(!reader.is_past_end());
        }
    }

    #[test]
    fn behind_the_end_there_are_zeros() {
        let mut reader = BitReader::new(&[0b1110_0000]);
        assert_eq!(reader.unary(), 3);
        assert_eq!(reader.bits(20), 0);
        assert!(reader.is_past_end());
    }
}
