//! Reads the text of a cell as a figure, as front matter writes it.

use rust_decimal::Decimal;

use crate::figure::{self, Parsed, Units, Value};
use crate::import::label_key;

/// A figure transcribed for a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TranscribedFigure {
    /// The value; empty for a blank cell.
    pub text: String,
    /// Its unit, if that differs from the form's and is not part of the text.
    pub unit: Option<String>,
    /// Whether it counts since the beginning.
    pub cumulative: bool,
    /// A remark on it.
    pub note: Option<String>,
}

/// Returns whether a text is a figure: a number, or a word that says there is none.
pub(crate) fn is_figure(text: &str) -> bool {
    figure::parse(text).is_ok()
}

/// Transcribes a cell for an indicator in the unit `asked`, if the table gives the unit `given`.
///
/// Returns `None` if the text is no figure.
pub(crate) fn transcribe(
    text: &str,
    given: Option<&str>,
    asked: Option<&str>,
    units: &Units,
) -> Option<TranscribedFigure> {
    let parsed = figure::parse(text).ok()?;
    let number = match &parsed.value {
        Value::Blank => return Some(TranscribedFigure::default()),
        Value::NotApplicable => {
            return Some(TranscribedFigure { text: text.trim().to_owned(), ..TranscribedFigure::default() });
        }
        Value::Number(number) | Value::Approximate(_, number) => *number,
    };
    let folded = label_key::normalise(text).trim().to_owned();
    let unit = parsed.unit.as_deref().or(given);
    let fit = match (unit, asked) {
        (Some(unit), Some(asked)) if unit != asked => units.convert(number, unit, asked).is_ok(),
        _ => true,
    };
    if fit {
        let is_foreign = unit.is_some_and(|unit| asked.is_some_and(|asked| asked != unit));
        return Some(match (&parsed.unit, is_foreign) {
            (Some(_), true) => TranscribedFigure { text: folded, ..TranscribedFigure::default() },
            (None, true) => TranscribedFigure {
                text: bare(&parsed, &folded, number),
                unit: unit.map(Into::into),
                ..TranscribedFigure::default()
            },
            (_, false) => {
                TranscribedFigure { text: bare(&parsed, &folded, number), ..TranscribedFigure::default() }
            }
        });
    }
    // A unit that cannot be converted goes to the note; the number stays as it is.
    let without = parsed.unit.as_deref().map_or(&*folded, |unit| folded.trim_end_matches(unit).trim_end());
    Some(TranscribedFigure {
        text: bare(&parsed, without, number),
        unit: None,
        cumulative: false,
        note: unit.map(|unit| format!("原表计量单位：{unit}")),
    })
}

/// Returns the plain number, or the text if that says more.
fn bare(parsed: &Parsed, folded: &str, number: Decimal) -> String {
    let has_sign = folded.starts_with('+');
    match parsed.value {
        Value::Number(_) if !has_sign => number.to_string(),
        _ => folded.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load;

    fn read(text: &str, given: Option<&str>, asked: &str) -> Option<(String, Option<String>, bool)> {
        let (catalog, _) = load::catalog(&[]);
        let written = transcribe(text, given, Some(asked), &catalog.units)?;
        Some((written.text, written.unit, written.note.is_some()))
    }

    #[test]
    fn figures_are_written_as_plainly_as_they_can_be() {
        for (text, expected) in [
            ("289", "289"),
            (" 1,234 ", "1234"),
            ("１２", "12"),
            ("59237.2449", "59237.2449"),
            ("164347.00", "164347.00"),
            ("+19", "+19"),
            ("-35", "-35"),
            ("1128 条", "1128"),
            ("680余条", "680余条"),
            ("26.8万条", "26.8万条"),
            ("约44条", "约44条"),
            ("近5000条", "近5000条"),
            ("18万余条", "18万余条"),
            ("１，２３４", "1234"),
            ("/", "/"),
            ("＜１", "<1"),
            ("", ""),
            ("-", "-"),
            ("—", "—"),
            ("N/A", "N/A"),
            ("无", "无"),
        ] {
            assert_eq!(read(text, None, "条"), Some((expected.to_owned(), None, false)), "{text}");
        }
        assert_eq!(read("未收到", None, "件"), None);
        assert_eq!(read("NaN", None, "件"), None);
    }

    #[test]
    fn units_are_kept_where_they_differ() {
        assert_eq!(read("251000元", None, "万元"), Some(("251000元".into(), None, false)));
        assert_eq!(read("251000", Some("元"), "万元"), Some(("251000".into(), Some("元".into()), false)));
        assert_eq!(read("6", Some("万元"), "万元"), Some(("6".into(), None, false)));
        assert_eq!(read("3", Some("宗"), "件"), Some(("3".into(), Some("宗".into()), false)));
        assert_eq!(read("15", Some("次"), "条"), Some(("15".into(), None, true)));
        assert_eq!(read("15次", None, "条"), Some(("15".into(), None, true)));
        assert_eq!(read("约15次", None, "条"), Some(("约15".into(), None, true)));
    }
}
