//! Forms: the official questionnaires, as data.
//!
//! A form has sections; a section is prose, a list of indicators or a table of rows × columns. Each
//! indicator has a code, a label, a unit, and a relation to its parent. The forms are the YAML files
//! in `catalog/`; nothing in the code names an indicator. A file is deserialised to a [`FormSpec`],
//! which [`compile()`] turns into a [`Form`]: codes are resolved, and relations and stated expressions
//! become the arithmetic [`Rule`]s that reports are checked against.

mod catalog;
mod compile;
mod expr;
mod extend;
mod indicator;
mod name;
mod questionnaire;
mod rule;
mod schema;
mod series;
mod spec;

pub use catalog::{Catalog, EMBEDDED, Embedded, EmbeddedFile, FormIx, SeriesIx, TEXT_FIGURES};
pub use compile::{FormFault, compile, compile_series, is_code};
pub use indicator::{Indicator, IndicatorIx, Quantity, Relation, Verified};
pub use name::plain as plain_name;
pub use questionnaire::{Column, Deadline, Form, Row, Section, SectionBody, Table};
pub use rule::{Basis, Comparison, Rule, RuleKind, Side, Term};
pub use schema::{schema, schema_of_all};
pub use series::{Break, BreakKind, Ratio, Role, Series, SeriesTerms};
pub use spec::{FormSpec, SeriesSpec, UnitSpec};
