//! Whole and fixed-point numbers as text: most of what a drawing is made of, so they are looked up rather
//! than divided digit by digit.

/// Writes `units / 10^PLACES` without trailing zeros, for at most two places, with a byte that stands close
/// before it or, instead, after it.
#[inline]
pub(super) fn push<const PLACES: u32>(out: &mut Vec<u8>, before: Short, units: i32, after: Short) {
    let one = const {
        assert!(PLACES <= 2, "fractions are looked up in hundredths");
        10_u32.pow(PLACES)
    };
    let size = units.unsigned_abs();
    let before = if units < 0 { before.then(Short::byte(b'-')) } else { before };
    let hundredths = (size % one * (100 / one)) as usize;
    let after = FRACTIONS.get(hundredths).copied().unwrap_or(Short::NOTHING).then(after);
    match WHOLES.get((size / one) as usize) {
        Some(whole) => before.then(*whole).then(after).push(out),
        None => {
            before.push(out);
            push_digits(out, size / one);
            after.push(out);
        }
    }
}

/// Writes a whole number, which may be below zero.
pub(super) fn push_whole(out: &mut Vec<u8>, number: i32) {
    push::<0>(out, Short::NOTHING, number, Short::NOTHING);
}

/// Writes the digits of a number. Nearly all are short, and are copied from a table.
fn push_digits(out: &mut Vec<u8>, number: u32) {
    match WHOLES.get(number as usize) {
        Some(whole) => whole.push(out),
        None => {
            push_digits(out, number / 10);
            out.push(b'0' + (number % 10) as u8);
        }
    }
}

/// Up to eight bytes of text that are written at once.
#[derive(Clone, Copy)]
pub(super) struct Short {
    /// The first byte is the lowest.
    bytes: u64,
    length: u8,
}

impl Short {
    /// No text.
    pub(super) const NOTHING: Self = Self { bytes: 0, length: 0 };

    /// One byte, of ASCII.
    pub(super) const fn byte(byte: u8) -> Self {
        Self { bytes: byte as u64, length: 1 }
    }

    /// Both in a row.
    const fn then(self, other: Self) -> Self {
        debug_assert!(
            self.length + other.length <= 8,
            "a sign, three digits, a fraction and a byte are eight"
        );
        let bytes = other.bytes.wrapping_shl(8 * self.length as u32);
        Self { bytes: self.bytes | bytes, length: self.length + other.length }
    }

    #[inline]
    fn push(self, out: &mut Vec<u8>) {
        let end = out.len() + usize::from(self.length);
        out.extend_from_slice(&self.bytes.to_le_bytes());
        out.truncate(end);
    }
}

/// The numbers to 999.
static WHOLES: [Short; 1_000] = {
    let mut table = [Short::NOTHING; 1_000];
    let mut number = 0;
    while number < table.len() {
        let last = digit(number);
        table[number] = if number < 10 { last } else { table[number / 10].then(last) };
        number += 1;
    }
    table
};

/// What stands after the digits of a whole number with so many hundredths.
static FRACTIONS: [Short; 100] = {
    let mut table = [Short::NOTHING; 100];
    let mut number = 1;
    while number < table.len() {
        let tenths = Short::byte(b'.').then(digit(number / 10));
        table[number] = if number % 10 == 0 { tenths } else { tenths.then(digit(number)) };
        number += 1;
    }
    table
};

/// The last digit of a number.
const fn digit(number: usize) -> Short {
    Short::byte(b'0' + (number % 10) as u8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::*;

    proptest! {
        #[test]
        fn numbers_are_decimals_without_needless_zeros(units in any::<i32>(), few in -10_500_i32..10_500) {
            for units in [units, few] {
                let decimal = |scale| Decimal::new(units.into(), scale).normalize().to_string();
                let mut out = Vec::new();
                push::<1>(&mut out, Short::byte(b'M'), units, Short::NOTHING);
                push::<2>(&mut out, Short::NOTHING, units, Short::byte(b'%'));
                push_whole(&mut out, units);
                let all = format!("M{}{}%{units}", decimal(1), decimal(2));
                prop_assert_eq!(String::from_utf8(out).unwrap(), all);
            }
        }
    }
}
