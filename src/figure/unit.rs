//! Units and their exact conversion: 元 and 万元 measure one thing, 件 and 人 do not.

use rust_decimal::Decimal;

use crate::base::text::Localized;

/// A unit of measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// How forms and reports write it: `万元`.
    pub symbol: Box<str>,
    /// Its name for readers, per language.
    pub name: Localized,
    /// Its name after 1, in the languages that have another.
    pub one: Localized,
    /// What it measures; only units of one dimension convert.
    pub dimension: Box<str>,
    /// How many of the dimension's base unit it is.
    pub factor: Decimal,
}

/// The units a site knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Units(Vec<Unit>);

/// Why a figure cannot be converted to another unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitError {
    /// No unit of this symbol is known.
    Unknown,
    /// The two measure different things.
    Incompatible,
    /// The result has more digits than can be kept exactly.
    Inexact,
}

impl Units {
    /// Adds a unit; one of the same symbol is replaced.
    pub fn insert(&mut self, unit: Unit) {
        match self.0.iter_mut().find(|known| known.symbol == unit.symbol) {
            Some(known) => *known = unit,
            None => self.0.push(unit),
        }
    }

    /// Returns the unit of a symbol.
    pub fn get(&self, symbol: &str) -> Option<&Unit> {
        self.0.iter().find(|unit| &*unit.symbol == symbol)
    }

    /// Returns every unit, in the order of definition.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.0.iter()
    }

    /// Converts an amount exactly. Units that count things (件, 宗, 项 …) stand for each other one
    /// to one within their dimension.
    pub fn convert(&self, amount: Decimal, from: &str, to: &str) -> Result<Decimal, UnitError> {
        if from == to {
            return Ok(amount);
        }
        let from = self.get(from).ok_or(UnitError::Unknown)?;
        let to = self.get(to).ok_or(UnitError::Unknown)?;
        if from.dimension != to.dimension {
            return Err(UnitError::Incompatible);
        }
        let base = amount.checked_mul(from.factor).ok_or(UnitError::Inexact)?;
        let converted = base.checked_div(to.factor).ok_or(UnitError::Inexact)?;
        let back = converted.checked_mul(to.factor).ok_or(UnitError::Inexact)?;
        if back == base { Ok(converted.normalize()) } else { Err(UnitError::Inexact) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units() -> Units {
        let mut units = Units::default();
        for (symbol, dimension, factor) in [
            ("元", "money", 1),
            ("万元", "money", 10_000),
            ("件", "case", 1),
            ("三", "third", 3),
            ("一", "third", 1),
        ] {
            units.insert(Unit {
                symbol: symbol.into(),
                name: symbol.into(),
                one: Localized::default(),
                dimension: dimension.into(),
                factor: factor.into(),
            });
        }
        units
    }

    #[test]
    fn converts_exactly_or_not_at_all() {
        let units = units();
        let amount = Decimal::from_str_exact("592372449").unwrap();
        assert_eq!(units.convert(amount, "元", "万元").unwrap().to_string(), "59237.2449");
        assert_eq!(units.convert(251_000.into(), "元", "万元").unwrap().to_string(), "25.1");
        assert_eq!(units.convert(1.into(), "件", "元"), Err(UnitError::Incompatible));
        assert_eq!(units.convert(1.into(), "斤", "元"), Err(UnitError::Unknown));
        assert_eq!(units.convert(1.into(), "一", "三"), Err(UnitError::Inexact));
    }
}
