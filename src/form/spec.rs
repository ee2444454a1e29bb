//! The shape of form, series and unit files, as they are written in YAML.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::base::text::Localized;

/// A form file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormSpec {
    /// The form's id.
    pub id: String,
    /// Another form whose sections and rules come first; rows may be added to its sections.
    pub extends: Option<String>,
    /// Its official title.
    #[serde(default)]
    pub title: Localized,
    /// Who issued it.
    #[serde(default)]
    pub issuer: Localized,
    /// The number of the document that prescribes it.
    pub number: Option<String>,
    /// What a reader should know about it.
    #[serde(default)]
    pub note: Localized,
    /// The years it was in use.
    #[serde(default)]
    pub years: YearsSpec,
    /// When reports are due.
    pub deadline: Option<DeadlineSpec>,
    /// Its sections.
    #[serde(default)]
    pub sections: Vec<SectionSpec>,
    /// Rules that do not follow from relations.
    #[serde(default)]
    pub rules: Vec<RuleSpec>,
}

/// A range of years; either end may be open.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearsSpec {
    /// The first year.
    pub from: Option<i16>,
    /// The last year.
    pub to: Option<i16>,
}

/// A deadline in the year after the reporting year.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadlineSpec {
    /// Month, 1–12.
    pub month: i8,
    /// Day of the month.
    pub day: i8,
    /// The rule it comes from.
    #[serde(default)]
    pub source: Localized,
    /// Other days for some levels: `township: [1, 31]`.
    #[serde(default)]
    pub levels: BTreeMap<String, (i8, i8)>,
}

/// A section of a form.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionSpec {
    /// Its id, unique in the form.
    pub id: String,
    /// Its heading.
    #[serde(default)]
    pub title: Localized,
    /// A remark printed with it.
    #[serde(default)]
    pub note: Localized,
    /// Other names under which it is published: printed titles, names of data files.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Its indicators, for a list.
    #[serde(default)]
    pub indicators: Vec<IndicatorSpec>,
    /// Its table. A section with neither is prose.
    pub table: Option<TableSpec>,
}

/// An indicator, or a row of a table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorSpec {
    /// Its code.
    pub code: String,
    /// Its official label.
    pub label: Localized,
    /// Its unit.
    pub unit: Option<String>,
    /// Its kind, where the unit does not tell.
    pub kind: Option<String>,
    /// The code it belongs to.
    pub parent: Option<String>,
    /// How it stands to its parent.
    pub relation: Option<String>,
    /// How deep it is indented, where that is not one more than its parent.
    pub depth: Option<u8>,
    /// Siblings that belong together in the relation.
    pub group: Option<String>,
    /// How bad it is when the relation does not hold.
    pub severity: Option<String>,
    /// How surely the label is known.
    pub verified: Option<String>,
    /// A remark on how to read it.
    #[serde(default)]
    pub note: Localized,
    /// Other labels it is printed under.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// A table: every row has a cell in every column.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSpec {
    /// Its columns.
    pub columns: Vec<ColumnSpec>,
    /// Its rows.
    pub rows: Vec<IndicatorSpec>,
}

/// A column of a table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnSpec {
    /// Its code.
    pub code: String,
    /// Its heading.
    pub label: Localized,
    /// A heading it shares with its neighbours.
    #[serde(default)]
    pub group: Localized,
    /// The unit of its cells, where rows do not say.
    pub unit: Option<String>,
    /// The kind of its cells.
    pub kind: Option<String>,
    /// Whether it is the total of the other columns.
    #[serde(default)]
    pub total: bool,
}

/// A rule: `expr` says what must hold.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSpec {
    /// Its id, unique in the form.
    pub id: String,
    /// The check that reports it.
    pub check: String,
    /// What must hold: `req_new + req_carried_in = res_total + req_carried_out`.
    pub expr: String,
    /// The section whose columns the rule is repeated for; codes are then those of its rows.
    pub each_column: Option<String>,
    /// The rows the rule is repeated for; codes are then those of their columns.
    #[serde(default)]
    pub each_row: Vec<String>,
    /// How bad it is when broken.
    pub severity: Option<String>,
    /// Where it comes from.
    pub basis: Option<String>,
    /// What a reader should know about it.
    #[serde(default)]
    pub note: Localized,
}

/// A unit of measure.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitSpec {
    /// How forms and reports write it.
    pub symbol: String,
    /// Its name for readers.
    pub name: Localized,
    /// Its name beside a one, in languages where that differs: `{en: case}`.
    #[serde(default)]
    pub one: Localized,
    /// What it measures; by default a dimension of its own.
    pub dimension: Option<String>,
    /// How many base units it is, as a whole number.
    #[serde(default = "one")]
    pub factor: u32,
}

fn one() -> u32 {
    1
}

/// A series file's entry.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesSpec {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: Localized,
    /// What it means.
    #[serde(default)]
    pub definition: Localized,
    /// Its unit.
    pub unit: String,
    /// Its kind, where the unit does not tell.
    pub kind: Option<String>,
    /// How well its years compare.
    #[serde(default)]
    pub comparability: Localized,
    /// Whether overviews show it.
    #[serde(default)]
    pub headline: bool,
    /// Its part of the overview.
    #[serde(default)]
    pub group: String,
    /// For each form, a code or codes to add: `ans_granted + ans_already_public`.
    #[serde(default)]
    pub terms: BTreeMap<String, String>,
    /// Where it breaks.
    #[serde(default)]
    pub breaks: Vec<BreakSpec>,
    /// For a share: the series above the line.
    #[serde(default)]
    pub numerator: Vec<String>,
    /// For a share: the series below the line.
    pub denominator: Option<String>,
    /// Its part in the balance of requests: `received`, `carried-in`, `decided`, `outcome` or
    /// `carried-out`.
    pub role: Option<String>,
}

/// A break of a series.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreakSpec {
    /// The first year of the new meaning.
    pub year: i16,
    /// `cut` or `mark`.
    pub kind: String,
    /// What changed.
    pub text: Localized,
    /// The forms whose figures it concerns; all where none is named.
    #[serde(default)]
    pub forms: Vec<String>,
}

/// Gives an enum the words that stand for its values.
macro_rules! words {
    ($enum:ident { $($value:ident = $word:literal),+ $(,)? }) => {
        impl $enum {
            /// The word for it.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$value => $word,)+
                }
            }

            /// The value a word stands for.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($word => Some(Self::$value),)+
                    _ => None,
                }
            }
        }
    };
}

pub(super) use words;
