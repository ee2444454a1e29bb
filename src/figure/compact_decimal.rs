//! Decimals for the cache: as written, with their scale, in few bytes. Meant for `#[serde(with)]`.

use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(crate) fn serialize<S: Serializer>(number: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    // The scale is at most 28; the sign goes below it.
    let head = number.scale() << 1 | u32::from(number.is_sign_negative());
    (head, number.mantissa().unsigned_abs()).serialize(serializer)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    let (head, digits) = <(u32, u128)>::deserialize(deserializer)?;
    let digits = i128::try_from(digits).map_err(D::Error::custom)?;
    let mut number = Decimal::try_from_i128_with_scale(digits, head >> 1).map_err(D::Error::custom)?;
    number.set_sign_negative(head & 1 == 1);
    Ok(number)
}
