//! The words a chart prints, in the reader's language. The charts have none of their own.

use super::input::{Flags, Gap, Reported};
use super::number::{AxisScale, NumberFormat};

/// Every word that a chart may print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// A cell left empty in a report.
    pub blank: GapWords,
    /// A question that did not arise.
    pub not_applicable: GapWords,
    /// A year or an agency without a report.
    pub no_report: GapWords,
    /// A figure not transcribed yet.
    pub not_transcribed: GapWords,
    /// Beside a hollow point: 存疑.
    pub questioned: String,
    /// Beside a ringed point: 已修订.
    pub revised: String,
    /// Beside a square point: 累计数.
    pub cumulative: String,
    /// Before a figure that is not exact, where the source's own writing is not given: 约.
    pub approximate: String,
    /// Beside the sign of a total that its parts do not add up to; the sum stands in brackets there:
    /// 合计与分项之和不符，括号内为分项之和.
    pub sum_differs: String,
    /// Beside the number of rows that a long list leaves out: `另有{n}个单位`, with `{n}` for it.
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

/// The words for one reason of a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapWords {
    /// One or two characters at the axis: 缺.
    pub mark: String,
    /// In place of a value: 未填报.
    pub text: String,
}

impl Words {
    /// The words for a gap.
    pub fn gap(&self, gap: Gap) -> &GapWords {
        match gap {
            Gap::Blank => &self.blank,
            Gap::NotApplicable => &self.not_applicable,
            Gap::NoReport => &self.no_report,
            Gap::NotTranscribed => &self.not_transcribed,
        }
    }

    /// A figure as it stands beside its mark: with all its digits, or as the source writes it.
    pub fn figure(&self, reported: &Reported) -> String {
        if let Some(written) = &reported.written {
            return written.clone();
        }
        let number = self.numbers.full(reported.value);
        if reported.flags.contains(Flags::APPROXIMATE) {
            format!("{}{number}", self.approximate)
        } else {
            number
        }
    }
}
