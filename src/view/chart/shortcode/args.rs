//! The arguments of a call, read and checked.

use crate::base::diagnostic::Message;
use crate::markdown::{Call, Value};
use crate::model::Agency;
use crate::view::chart;
use crate::view::chart::shortcode::agency_of;
use crate::view::page::PageContext;

/// The names of the arguments.
const ARGUMENTS: [&str; 4] = ["series", "agencies", "years", "kind"];

/// Whether every argument is one of these.
pub(crate) fn check(call: &Call) -> Result<(), Message> {
    match call.named.iter().find(|(name, _)| !ARGUMENTS.contains(&&**name)) {
        Some((name, _)) => Err(unknown("call-unknown-argument", "argument", name, || ARGUMENTS.into_iter())),
        None => Ok(()),
    }
}

/// The kinds of charts that a call can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Line,
    Columns,
    Bars,
    Flow,
    Range,
    Slope,
    Multiples,
    Stack,
    Shares,
    Waffle,
    Tiles,
    Heat,
}

impl Kind {
    /// Its name in calls.
    pub(crate) fn name(self) -> &'static str {
        KINDS.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// The kinds by their names.
const KINDS: [(&str, Kind); 12] = [
    ("line", Kind::Line),
    ("columns", Kind::Columns),
    ("bars", Kind::Bars),
    ("flow", Kind::Flow),
    ("range", Kind::Range),
    ("slope", Kind::Slope),
    ("multiples", Kind::Multiples),
    ("stack", Kind::Stack),
    ("shares", Kind::Shares),
    ("waffle", Kind::Waffle),
    ("tiles", Kind::Tiles),
    ("heat", Kind::Heat),
];

/// The kinds that outcomes of requests can be drawn as.
pub(crate) const OF_OUTCOMES: [Kind; 5] = [Kind::Bars, Kind::Flow, Kind::Waffle, Kind::Stack, Kind::Shares];

/// The kind that is asked for; without one the figures decide.
pub(crate) fn kind(call: &Call) -> Result<Option<Kind>, Message> {
    let names = || KINDS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    match call.get("kind") {
        None => Ok(None),
        Some(Value::Text(name)) => match KINDS.iter().find(|(known, _)| **known == **name) {
            Some((_, kind)) => Ok(Some(*kind)),
            None => Err(Message::new("call-chart-kind").arg("kind", &**name).arg("kinds", names())),
        },
        Some(_) => Err(Message::new("call-chart-kind").arg("kind", "").arg("kinds", names())),
    }
}

/// How a series over the years is drawn.
pub(crate) fn shape(kind: Option<Kind>) -> Option<chart::Shape> {
    match kind {
        Some(Kind::Line) => Some(chart::Shape::Line),
        Some(Kind::Columns | Kind::Bars) => Some(chart::Shape::Columns),
        _ => None,
    }
}

/// A name that is not known, and the known name nearest to it.
pub(crate) fn unknown<'n, I: Iterator<Item = &'n str>>(
    message: &'static str,
    argument: &'static str,
    name: &str,
    known: impl Fn() -> I,
) -> Message {
    let near = crate::base::data::nearest(name, known());
    let id = match (message, near) {
        ("call-unknown-series", Some(_)) => "call-unknown-series-near",
        ("call-unknown-agency", Some(_)) => "call-unknown-agency-near",
        ("call-unknown-argument", Some(_)) => "call-unknown-argument-near",
        _ => message,
    };
    let message = Message::new(id).arg(argument, name);
    match near {
        Some(near) => message.arg("near", near),
        None => message,
    }
}

/// The agencies a call names, or the one the page is about.
pub(crate) fn agencies<'r>(desk: &PageContext<'r>, call: &Call) -> Result<Vec<&'r Agency>, Message> {
    let site = desk.edition.site;
    let paths: Vec<&str> = match call.get("agencies") {
        None => return Ok(agency_of(desk).and_then(|id| site.agency(id)).into_iter().collect()),
        Some(Value::Text(path)) => vec![path],
        Some(Value::List(paths)) => paths.iter().map(|path| &**path).collect(),
        Some(_) => return Err(Message::new("call-chart-agencies")),
    };
    let find = |path: &str| {
        let path = path.trim_matches('/');
        let found = site.agencies.iter().find(|agency| *agency.path == *path);
        let known = || site.agencies.iter().map(|agency| &*agency.path);
        found.ok_or_else(|| unknown("call-unknown-agency", "path", path, known))
    };
    paths.into_iter().map(find).collect()
}

/// `years="2012-2018"` or `years="2018"`.
pub(crate) fn years(call: &Call) -> Result<Option<(i16, i16)>, Message> {
    let text = match call.get("years") {
        None => return Ok(None),
        Some(Value::Text(text)) => &**text,
        Some(_) => return Err(Message::new("call-chart-years")),
    };
    let (first, last) = text.split_once(['-', '–', '—']).unwrap_or((text, text));
    match (first.trim().parse(), last.trim().parse()) {
        (Ok(first), Ok(last)) if first <= last => Ok(Some((first, last))),
        _ => Err(Message::new("call-chart-years")),
    }
}
