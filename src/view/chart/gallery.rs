//! Every kind of chart with ordinary, extreme and missing figures, which are made up.

mod place;
mod time;
mod whole;

use serde::Serialize;

use crate::chart::{self, Datum, Drawing, Flags, Frame, GapReason, Hue, Measure, Observation, Words};
use crate::form::Role;
use crate::view::components::Cell;
use crate::view::context::Edition;

use super::chart_view::{Caption, ChartId, ChartView, TableRow, finish, table_only};
use super::points::named_with_unit;
use super::words::words;

/// A kind of chart, drawn several times.
#[derive(Debug, Serialize)]
pub(crate) struct Exhibit<'a> {
    id: &'static str,
    name: &'a str,
    pub(crate) charts: Vec<ChartView<'a>>,
    sparks: Vec<SparkView<'a>>,
    /// The years that its sparklines begin and end with; empty where it has none.
    first: String,
    last: String,
}

/// A sparkline in its row.
#[derive(Debug, Serialize)]
struct SparkView<'a> {
    name: &'a str,
    svg: String,
    first: Cell<'a>,
    last: Cell<'a>,
}

/// What is special about the figures of a chart.
#[derive(Clone, Copy)]
enum Case {
    Ordinary,
    Extreme,
    Missing,
}

const CASES: [Case; 3] = [Case::Ordinary, Case::Extreme, Case::Missing];

impl Case {
    const fn pick<T: Copy>(self, [ordinary, extreme, missing]: [T; 3]) -> T {
        match self {
            Self::Ordinary => ordinary,
            Self::Extreme => extreme,
            Self::Missing => missing,
        }
    }
}

/// The first year of long series, and of short ones.
const LONG: i32 = 2008;
const SHORT: i32 = 2018;

/// Draws one kind of chart.
type Draw<'a> = fn(&Room<'a, '_>, Case) -> ChartView<'a>;

/// Every kind of chart.
pub(crate) fn exhibits<'a>(edition: &Edition<'a>, page: &str) -> Vec<Exhibit<'a>> {
    let room = Room { edition, page, words: words(edition) };
    let kinds: [(&'static str, &'static str, Draw<'a>); 13] = [
        ("line", "gallery-line", |room, case| room.lines(case)),
        ("columns", "gallery-columns", |room, case| room.columns(case)),
        ("bars", "gallery-bars", |room, case| room.bars(case)),
        ("stack", "gallery-stack", |room, case| room.stack(case, Measure::Count)),
        ("shares", "gallery-shares", |room, case| room.stack(case, Measure::Share)),
        ("flow", "gallery-flow", |room, case| room.flow(case)),
        ("waffle", "gallery-waffle", |room, case| room.waffle(case)),
        ("slope", "gallery-slope", |room, case| room.slope(case)),
        ("range", "gallery-range", |room, case| room.range(case)),
        ("multiples", "gallery-multiples", |room, case| room.multiples(case, true)),
        ("grid", "gallery-grid", |room, case| room.multiples(case, false)),
        ("tiles", "gallery-tiles", |room, case| room.tiles(case)),
        ("heat", "gallery-heat", |room, case| room.heat(case)),
    ];
    let mut exhibits: Vec<Exhibit<'a>> = kinds
        .into_iter()
        .map(|(id, name, draw)| Exhibit {
            id,
            name: edition.word(name),
            charts: CASES.into_iter().map(|case| draw(&room, case)).collect(),
            sparks: Vec::new(),
            first: String::new(),
            last: String::new(),
        })
        .collect();
    exhibits.push(room.sparks());
    exhibits
}

/// Figures as they are written here: `.` blank, `_` no report, `-` not applicable, `?` not transcribed;
/// `!` after a questioned one, `*` after a revised, `+` after a cumulative, `~` after an approximate one.
fn data(text: &str) -> Vec<Datum> {
    text.split_whitespace().map(datum).collect()
}

fn datum(text: &str) -> Datum {
    let flags = [
        ('!', Flags::QUESTIONED),
        ('*', Flags::REVISED),
        ('+', Flags::CUMULATIVE),
        ('~', Flags::APPROXIMATE),
    ];
    let flag = flags.into_iter().find(|(mark, _)| text.ends_with(*mark));
    match (text, text.trim_end_matches(['!', '*', '+', '~']).parse()) {
        (".", _) => Datum::Gap(GapReason::Blank),
        ("-", _) => Datum::Gap(GapReason::NotApplicable),
        ("?", _) => Datum::Gap(GapReason::NotTranscribed),
        (_, Err(_)) => Datum::Gap(GapReason::NoReport),
        (_, Ok(value)) => Datum::Reported(Observation {
            value,
            flags: flag.map(|(_, flag)| flag).unwrap_or_default(),
            written: None,
        }),
    }
}

/// A, B, C, …
fn letter(at: usize) -> String {
    char::from(b'A' + (at % 26) as u8).to_string()
}

fn years(first: i32, count: usize) -> Vec<String> {
    (first..).take(count).map(|year| year.to_string()).collect()
}

/// Series of these names, each with a colour of its own.
fn series(names: &[String], rows: &[&str]) -> Vec<chart::DataSeries> {
    let one = |(at, (name, row)): (usize, (&String, &&str))| chart::DataSeries {
        name: name.clone(),
        hue: Hue::category(at),
        data: data(row),
    };
    names.iter().zip(rows).enumerate().map(one).collect()
}

/// What all charts of the gallery are made with.
struct Room<'a, 'e> {
    edition: &'e Edition<'a>,
    page: &'e str,
    words: Words,
}

/// A chart as a table.
struct Table {
    head: Vec<String>,
    rows: Vec<(String, Vec<Datum>)>,
    period: String,
    unit: &'static str,
}

impl<'a> Room<'a, '_> {
    /// The figure around a chart: its drawing, or the table alone where it cannot be drawn.
    fn figure(
        &self,
        (id, name): (&str, &'static str),
        case: Case,
        table: &Table,
        draw: impl FnOnce(&Frame<'_>) -> Drawing,
    ) -> ChartView<'a> {
        let id = format!("{id}-{}", case.pick(["ordinary", "extreme", "missing"]));
        let chart = ChartId { page: self.page, id: &id };
        let caption = || self.caption(name, case, table);
        let drawn = finish(self.edition, chart, caption(), &self.words, draw);
        let view = drawn.unwrap_or_else(|| table_only(self.edition, chart, caption()));
        view.made_up(self.edition.word("gallery-source"))
    }

    fn caption(&self, name: &'static str, case: Case, table: &Table) -> Caption<'a> {
        let edition = self.edition;
        let unit = edition.unit(table.unit);
        let is_missing = |datum: &Datum| datum.gap().is_some_and(GapReason::is_missing);
        let without = table.rows.iter().filter(|(_, data)| data.iter().any(is_missing));
        let missing = edition.locale.list(without.map(|(name, _)| name.clone()));
        let args = [
            ("period", table.period.as_str().into()),
            ("unit", unit.into()),
            ("missing", missing.as_str().into()),
        ];
        let rows = table.rows.iter().map(|(name, data)| {
            TableRow::new(name.as_str(), data.iter().map(|datum| self.cell(datum)).collect())
        });
        Caption {
            title: edition.say(
                "gallery-chart",
                &[
                    ("mark", edition.word(name).into()),
                    (
                        "case",
                        edition
                            .word(case.pick(["gallery-ordinary", "gallery-extreme", "gallery-missing"]))
                            .into(),
                    ),
                ],
            ),
            summary: edition
                .say(if missing.is_empty() { "gallery-summary" } else { "gallery-summary-missing" }, &args),
            head: table.head.clone(),
            rows: rows.collect(),
        }
    }

    fn cell(&self, datum: &Datum) -> Cell<'a> {
        let edition = self.edition;
        match datum {
            Datum::Gap(gap) => {
                let (state, word) = match gap {
                    GapReason::Blank => ("blank", "gap-blank"),
                    GapReason::NotApplicable => ("not-applicable", "gap-not-applicable"),
                    GapReason::NoReport => ("no-report", "gap-no-report"),
                    GapReason::NotTranscribed => ("not-transcribed", "gap-not-transcribed"),
                };
                Cell { state, text: edition.word(word).into(), ..Cell::default() }
            }
            Datum::Reported(reported) => {
                let tags = [
                    (Flags::QUESTIONED, "tag-questioned"),
                    (Flags::REVISED, "tag-revised"),
                    (Flags::CUMULATIVE, "tag-cumulative"),
                ];
                let tags = tags.into_iter().filter(|(flag, _)| reported.flags.contains(*flag));
                Cell {
                    state: "value",
                    text: self.words.figure(reported).into(),
                    exact: Some(reported.value),
                    tags: tags.map(|(_, word)| edition.word(word)).collect(),
                    ..Cell::default()
                }
            }
        }
    }

    /// The names of outcomes, and of the other series, as the forms have them.
    fn names(&self, are_outcomes: bool) -> Vec<String> {
        let all = self.edition.site.catalog.series.iter();
        let wanted = all.filter(|series| (series.role == Some(Role::Outcome)) == are_outcomes);
        wanted.map(|series| series.title.get(&self.edition.locale.lang).to_owned()).collect()
    }

    /// The name of a made-up agency; some are long.
    fn agency(&self, at: usize, case: Case) -> String {
        let letter = letter(at);
        let is_long = matches!(case, Case::Extreme) && at.is_multiple_of(3);
        let id = if is_long { "gallery-agency-long" } else { "gallery-agency" };
        self.edition.say(id, &[("letter", letter.as_str().into())])
    }

    fn span(&self, periods: &[String]) -> String {
        let end = |label: Option<&String>| label.cloned().unwrap_or_default();
        self.edition.say(
            "gallery-span",
            &[("first", end(periods.first()).into()), ("last", end(periods.last()).into())],
        )
    }

    /// The table of names with one figure each.
    fn of_names(&self, rows: Vec<(String, Vec<Datum>)>, column: &'static str, unit: &'static str) -> Table {
        let edition = self.edition;
        let value = named_with_unit(edition, edition.word("column-value"), edition.unit(unit));
        Table { head: vec![edition.word(column).to_owned(), value], rows, period: edition.year(2025), unit }
    }
}
