//! Writes diagnostics as one JSON object, for scripts.
//!
//! The shape is a promise; it changes only together with `version`:
//! ```text
//! { "version": 1,
//!   "summary": { "errors": 1, "warnings": 0, "notes": 0, "accepted": 0 },
//!   "diagnostics": [
//!     { "code": "part-exceeds-whole",         a stable name
//!       "severity": "warning",                error, warning or note
//!       "message": { "zh-CN": "…", "en": "…" },
//!       "file": "content/…/2012.md",          absent if it belongs to no file
//!       "line": 11, "column": 18,             from 1, columns in characters; absent for a whole file
//!       "end_line": 11, "end_column": 21,     after the last character
//!       "path": "statistics.proactive_web",   in the front matter; absent elsewhere
//!       "label": { … },                       what the place shows; may be absent
//!       "places": [ { "file": …, "line": …, "label": … } ],      further places, of the same shape
//!       "help": [ { "zh-CN": "…", "en": "…" } ],
//!       "fingerprint": "16 hexadecimal digits",   stable as long as the finding is
//!       "accepted": "…" } ] }                 why an editor accepts it; may be absent
//! ```

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::base::diagnostic::{At, FindingCounts, Message};

use crate::base::text::Lang;

use super::located::{Located, LocatedPlace, show_path};
use super::reported::count;
use super::reporter::Reporter;

#[derive(Serialize)]
struct JsonReport {
    version: u32,
    summary: FindingCounts,
    diagnostics: Vec<JsonDiagnostic>,
}

#[derive(Serialize)]
struct JsonDiagnostic {
    code: &'static str,
    severity: &'static str,
    message: Map<String, Value>,
    #[serde(flatten)]
    main: Option<JsonPlace>,
    places: Vec<JsonPlace>,
    help: Vec<Map<String, Value>>,
    fingerprint: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<Box<str>>,
}

#[derive(Serialize)]
struct JsonPlace {
    file: String,
    #[serde(flatten)]
    range: Option<JsonRange>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<Map<String, Value>>,
}

#[derive(Serialize)]
struct JsonRange {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

/// Writes the object, indented.
pub(super) fn write(reporter: &Reporter<'_>, found: &[Located<'_>], out: &mut dyn Write) -> io::Result<()> {
    let output = JsonReport {
        version: 1,
        summary: count(found.iter().map(|found| found.reported)),
        diagnostics: found.iter().map(|found| item(reporter, found)).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &output)?;
    writeln!(out)
}

fn item(reporter: &Reporter<'_>, found: &Located<'_>) -> JsonDiagnostic {
    let ats = found.diagnostic.places.iter().map(|place| &place.at);
    let mut places = found.places.iter().zip(ats).map(|(spot, at)| place(reporter, spot, at));
    JsonDiagnostic {
        code: found.diagnostic.code,
        severity: found.diagnostic.severity.name(),
        message: in_every_language(reporter, &found.diagnostic.message),
        main: places.next(),
        places: places.collect(),
        help: found.diagnostic.help.iter().map(|help| in_every_language(reporter, help)).collect(),
        fingerprint: found.fingerprint(),
        accepted: found.reported.accepted.clone(),
    }
}

fn place(reporter: &Reporter<'_>, spot: &LocatedPlace<'_>, at: &At) -> JsonPlace {
    JsonPlace {
        file: reporter.shown_path(spot.file),
        range: spot.range.as_ref().map(|range| JsonRange {
            line: range.start.line,
            column: range.start.column,
            end_line: range.end.line,
            end_column: range.end.column,
        }),
        path: match at {
            At::Key(path) | At::Value(path) => Some(show_path(path)),
            At::File | At::Span(_) | At::Position(_) => None,
        },
        label: spot.label.map(|label| in_every_language(reporter, label)),
    }
}

fn in_every_language(reporter: &Reporter<'_>, message: &Message) -> Map<String, Value> {
    let say = |lang: &Lang| (lang.to_string(), Value::from(reporter.strings.message(lang, message)));
    reporter.strings.languages().map(say).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Format, fixture};

    #[test]
    fn the_shape_is_stable() {
        insta::assert_snapshot!("json", fixture::render(Format::Json, &fixture::reported()));
    }

    #[test]
    fn nothing_wrong_is_an_object_too() {
        let value: serde_json::Value = serde_json::from_str(&fixture::render(Format::Json, &[])).unwrap();
        assert_eq!(value["diagnostics"], serde_json::json!([]));
        assert_eq!(value["summary"]["errors"], 0);
    }
}
