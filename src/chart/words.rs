//! The words that charts print, in the reader's language. Charts have none of their own.

use rust_decimal::Decimal;

use crate::chart::data::{Flags, GapReason, Observation};
use crate::figure::{NumberFormat, grouped};

/// Every word that a chart may print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// A cell left empty in a report.
    pub blank: MarkWords,
    /// A question that did not arise.
    pub not_applicable: MarkWords,
    /// A year or an agency without a report.
    pub no_report: MarkWords,
    /// A figure not transcribed yet.
    pub not_transcribed: MarkWords,
    /// A period that has some parts of a whole and lacks others.
    pub partial: MarkWords,
    /// Beside a hollow point, and after a questioned figure in a table: 存疑.
    pub questioned: MarkWords,
    /// Beside a ringed point, and after a revised figure in a table: 已修订.
    pub revised: MarkWords,
    /// Beside a square point, and after a cumulative figure in a table: 累计数.
    pub cumulative: MarkWords,
    /// Before a figure that is not exact, where the source's own writing is not given: 约.
    pub approximate: String,
    /// Beside the sign of a total that its parts do not add up to; the sum stands in brackets there:
    /// 合计与分项之和不符，括号内为分项之和.
    pub sum_differs: String,
    /// The number of rows that a long list leaves out: `另有{n}个单位`, with `{n}` for the number.
    pub omitted: String,
    /// Before the middle figure of several: 中位数.
    pub median: String,
    /// Beside the band of the figures that are neither in the lowest nor in the highest quarter:
    /// 居中的一半.
    pub middle_half: String,
    /// Beside a point that stands for several agencies: `每点代表{n}个单位`, with `{n}` for the number.
    pub each_dot: String,
    /// How figures are written.
    pub numbers: NumberFormat,
    /// The words for large numbers on axes.
    pub scales: Vec<AxisScale>,
}

/// A mark for a gap or a remark, and what it means. No two that can occur in one chart have one mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkWords {
    /// One or two characters, at the axis or in a cell: 缺.
    pub mark: String,
    /// In a key, or in place of a value: 未填报.
    pub text: String,
}

impl Words {
    /// Returns the words for a gap.
    pub fn gap(&self, gap: GapReason) -> &MarkWords {
        match gap {
            GapReason::Blank => &self.blank,
            GapReason::NotApplicable => &self.not_applicable,
            GapReason::NoReport => &self.no_report,
            GapReason::NotTranscribed => &self.not_transcribed,
        }
    }

    /// Returns the marks of a figure in a table, in the order of the key.
    pub fn remarks(&self, flags: Flags) -> impl Iterator<Item = &MarkWords> {
        let all = [
            (Flags::QUESTIONED, &self.questioned),
            (Flags::REVISED, &self.revised),
            (Flags::CUMULATIVE, &self.cumulative),
        ];
        all.into_iter().filter(move |(flag, _)| flags.contains(*flag)).map(|(_, words)| words)
    }

    /// Writes a figure as it stands beside its mark: with all its digits, or as the source writes it.
    pub fn figure(&self, reported: &Observation) -> String {
        if let Some(written) = &reported.written {
            return written.clone();
        }
        let number = grouped(reported.value);
        if reported.flags.contains(Flags::APPROXIMATE) {
            format!("{}{number}", self.approximate)
        } else {
            number
        }
    }
}

/// A power of ten that a language has a word for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AxisScale {
    /// An axis uses it if its largest tick is at least this.
    pub from: Decimal,
    /// The exponent: 4 for 万.
    pub power: u32,
    /// The word as it stands before the unit: `万`, `thousand ` with its space.
    pub name: String,
}
