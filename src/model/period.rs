//! Periods: calendar years, half-years, quarters and fiscal years.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The period that a report covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    /// The year it begins in.
    pub year: i16,
    /// The part of the year, or the kind of year.
    pub span: Span,
}

/// The length of a period and its position in the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Span {
    /// A quarter, 1–4: `2022-Q3`.
    Quarter(u8),
    /// A half, 1 or 2: `2022-H1`.
    Half(u8),
    /// A calendar year: `2012`.
    Year,
    /// A fiscal year that ends in the next calendar year: `2023-24`.
    Fiscal,
}

/// The error of a text that is no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a period such as 2012, 2022-H1, 2022-Q3 or 2023-24")]
pub struct PeriodError;

impl Period {
    /// Parses `2012`, `2022-H1`, `2022-Q3` or `2023-24`.
    pub fn parse(text: &str) -> Result<Self, PeriodError> {
        let (year, rest) = text.split_at_checked(4).ok_or(PeriodError)?;
        if !year.bytes().all(|b| b.is_ascii_digit()) {
            return Err(PeriodError);
        }
        let year: i16 = year.parse().map_err(|_| PeriodError)?;
        if !(1800..=2199).contains(&year) {
            return Err(PeriodError);
        }
        let span = match rest {
            "" => Span::Year,
            "-H1" => Span::Half(1),
            "-H2" => Span::Half(2),
            "-Q1" => Span::Quarter(1),
            "-Q2" => Span::Quarter(2),
            "-Q3" => Span::Quarter(3),
            "-Q4" => Span::Quarter(4),
            _ => {
                let next: i16 = rest
                    .strip_prefix('-')
                    .filter(|n| n.len() == 2)
                    .and_then(|n| n.parse().ok())
                    .ok_or(PeriodError)?;
                if next != (year + 1) % 100 {
                    return Err(PeriodError);
                }
                Span::Fiscal
            }
        };
        Ok(Self { year, span })
    }

    /// Returns the period of the same kind directly before.
    #[must_use]
    pub fn previous(self) -> Self {
        let (year, span) = match self.span {
            Span::Half(2) => (self.year, Span::Half(1)),
            Span::Half(_) => (self.year - 1, Span::Half(2)),
            Span::Quarter(quarter @ 2..) => (self.year, Span::Quarter(quarter - 1)),
            Span::Quarter(_) => (self.year - 1, Span::Quarter(4)),
            span => (self.year - 1, span),
        };
        Self { year, span }
    }

    /// Returns whether it is a whole year, calendar or fiscal.
    pub fn is_year(self) -> bool {
        matches!(self.span, Span::Year | Span::Fiscal)
    }

    /// Returns the calendar year in which it ends.
    pub fn end_year(self) -> i16 {
        if self.span == Span::Fiscal { self.year + 1 } else { self.year }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.span {
            Span::Year => write!(f, "{}", self.year),
            Span::Half(half) => write!(f, "{}-H{half}", self.year),
            Span::Quarter(quarter) => write!(f, "{}-Q{quarter}", self.year),
            Span::Fiscal => write!(f, "{}-{:02}", self.year, (self.year + 1) % 100),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_come_back_as_written() {
        for text in ["2012", "2022-H1", "2022-Q3", "2023-24", "1999-00"] {
            assert_eq!(Period::parse(text).map(|p| p.to_string()).as_deref(), Ok(text));
        }
        for text in
            ["", "12", "20122", "2022-H3", "2022-Q0", "2023-25", "2023-2024", "二〇一二", "2012年", "0012"]
        {
            assert_eq!(Period::parse(text), Err(PeriodError), "{text}");
        }
    }

    #[test]
    fn the_period_before_is_of_the_same_kind() {
        for (text, before) in [
            ("2012", "2011"),
            ("2022-H1", "2021-H2"),
            ("2022-H2", "2022-H1"),
            ("2022-Q1", "2021-Q4"),
            ("2022-Q3", "2022-Q2"),
            ("2023-24", "2022-23"),
        ] {
            assert_eq!(Period::parse(text).unwrap().previous().to_string(), before);
        }
    }
}
