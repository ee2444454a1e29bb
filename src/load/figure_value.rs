//! Reads the text of one figure, in the unit its indicator asks for.

use rust_decimal::Decimal;

use crate::base::diagnostic::{Diagnostic, Message};
use crate::figure::{self, Detail, Figure, FigureError, Parsed, UnitError, Units, Value};

/// The text of a figure and what is known about it.
pub(super) struct FigureText<'a> {
    /// The code of its indicator, for messages.
    pub(super) code: &'a str,
    pub(super) text: &'a str,
    /// The unit given beside it, under `unit:`.
    pub(super) unit: Option<&'a str>,
    /// The unit the indicator asks for.
    pub(super) asked: Option<&'a str>,
}

impl FigureText<'_> {
    /// Reads the figure; the error still lacks its place.
    pub(super) fn read(&self, units: &Units) -> Result<Figure, Diagnostic> {
        let parsed = figure::parse(self.text).map_err(|error| self.not_a_figure(&error))?;
        let from = parsed.unit.as_deref().or(self.unit);
        let convert = |amount| match (from, self.asked) {
            (Some(from), Some(to)) => convert(units, amount, from, to),
            _ => Ok(amount),
        };
        let converted = match parsed.value {
            Value::Number(number) => convert(number).map(Value::Number),
            Value::Approximate(bound, number) => {
                convert(number).map(|number| Value::Approximate(bound, number))
            }
            Value::Blank => Ok(Value::Blank),
            Value::NotApplicable => Ok(Value::NotApplicable),
        };
        let value = converted.map_err(|error| self.not_convertible(&error, from))?;
        let detail = self
            .written(&parsed)
            .map(|written| Box::new(Detail { written: Some(written), ..Detail::default() }));
        Ok(Figure { value, detail })
    }

    /// The figure as written, where that says more than its value.
    fn written(&self, parsed: &Parsed) -> Option<Box<str>> {
        let text = self.text.trim();
        let unit = parsed.unit.as_deref().or(self.unit);
        let is_converted = unit.is_some() && self.asked.is_some() && unit != self.asked;
        let is_approximate = matches!(parsed.value, Value::Approximate(..));
        let says_more = parsed.special && (parsed.unit.is_none() || is_approximate);
        match self.unit {
            _ if !is_converted && !says_more => None,
            Some(unit) if parsed.unit.is_none() => Some(format!("{text}{unit}").into()),
            _ => Some(text.into()),
        }
    }

    fn not_a_figure(&self, error: &FigureError) -> Diagnostic {
        let id = match error {
            FigureError::NoNumber => "not-a-number",
            FigureError::TooLong => "number-too-long",
            FigureError::Separator => "number-separator",
        };
        let fault = Diagnostic::error(id).arg("code", self.code).arg("found", self.text);
        fault.help(Message::new("help-figure"))
    }

    fn not_convertible(&self, error: &UnitError, from: Option<&str>) -> Diagnostic {
        let id = match error {
            UnitError::Unknown => "unit-unknown",
            UnitError::Incompatible => "unit-mismatch",
            UnitError::Inexact => "unit-inexact",
        };
        Diagnostic::error(id)
            .arg("code", self.code)
            .arg("found", from.unwrap_or(""))
            .arg("expected", self.asked.unwrap_or(""))
    }
}

fn convert(units: &Units, amount: Decimal, from: &str, to: &str) -> Result<Decimal, UnitError> {
    units
        .convert(amount, from, to)
        .and_then(|amount| if figure::fits(amount) { Ok(amount) } else { Err(UnitError::Inexact) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, unit: Option<&str>, asked: &str) -> Result<(Value, Option<String>), &'static str> {
        let (catalog, _) = crate::load::catalog(&[]);
        let text = FigureText { code: "fees", text, unit, asked: Some(asked) };
        match text.read(&catalog.units) {
            Ok(figure) => Ok((figure.value.clone(), figure.written().map(ToOwned::to_owned))),
            Err(fault) => Err(fault.code),
        }
    }

    fn number(text: &str) -> Value {
        Value::Number(text.parse().unwrap())
    }

    #[test]
    fn a_number_in_the_unit_asked_for_is_all_there_is() {
        assert_eq!(read("1,250", None, "件"), Ok((number("1250"), None)));
        assert_eq!(read("25.1万元", None, "万元"), Ok((number("25.1"), None)));
        assert_eq!(read("25.1", Some("万元"), "万元"), Ok((number("25.1"), None)));
    }

    #[test]
    fn another_unit_is_converted_and_kept_as_written() {
        let written = |text: &str| Some(text.to_owned());
        assert_eq!(read("251000元", None, "万元"), Ok((number("25.1"), written("251000元"))));
        assert_eq!(read(" 251000 ", Some("元"), "万元"), Ok((number("25.1"), written("251000元"))));
        assert_eq!(read("+19", None, "件"), Ok((number("19"), written("+19"))));
    }

    #[test]
    fn what_cannot_be_brought_to_the_unit_is_refused() {
        assert_eq!(read("很多", None, "件"), Err("not-a-number"));
        assert_eq!(read("3", Some("斗"), "件"), Err("unit-unknown"));
        assert_eq!(read("3万元", None, "件"), Err("unit-mismatch"));
        assert_eq!(read("0.1234567890123456", Some("元"), "万元"), Err("unit-inexact"));
    }
}
