//! Numbers as readers see them: grouped digits, a true minus sign, nothing rounded.

use rust_decimal::Decimal;

/// A number in full: `1,342`, `59,237.2449`, `−35`.
pub fn grouped(number: Decimal) -> String {
    let plain = number.abs().to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::with_capacity(plain.len() + plain.len() / 3 + 3);
    if number.is_sign_negative() && !number.is_zero() {
        text.push('\u{2212}');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_and_kept() {
        for (number, text) in [
            ("0", "0"),
            ("289", "289"),
            ("1342", "1,342"),
            ("59237.2449", "59,237.2449"),
            ("-35", "\u{2212}35"),
            ("8648394", "8,648,394"),
            ("6.0", "6.0"),
            ("-1234567.50", "\u{2212}1,234,567.50"),
        ] {
            assert_eq!(grouped(Decimal::from_str_exact(number).unwrap()), text);
        }
    }
}
