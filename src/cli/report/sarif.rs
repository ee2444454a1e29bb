//! Writes diagnostics as SARIF 2.1.0 (OASIS), for code scanning and editors.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::base::percent;

use super::located::{Located, LocatedPlace};
use super::reporter::Reporter;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes a log with one run.
pub(super) fn write(reporter: &Reporter<'_>, found: &[Located<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut codes: Vec<&str> = found.iter().map(|found| found.diagnostic.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "glasshouse",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| json!({ "id": code })).collect::<Value>(),
            }},
            "columnKind": "unicodeCodePoints",
            "language": reporter.lang.tag(),
            "results": found.iter().map(|found| result(reporter, &codes, found)).collect::<Value>(),
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn result(reporter: &Reporter<'_>, codes: &[&str], found: &Located<'_>) -> Value {
    let text = reporter.text(found.diagnostic);
    let mut result = json!({
        "ruleId": found.diagnostic.code,
        "ruleIndex": codes.binary_search(&found.diagnostic.code).ok(),
        "level": found.diagnostic.severity.name(),
        "message": { "text": text },
        "partialFingerprints": { "glasshouse/v1": found.fingerprint() },
    });
    if let Some(why) = &found.reported.accepted {
        let suppression = json!({ "kind": "inSource", "status": "accepted", "justification": why });
        result["suppressions"] = json!([suppression]);
    }
    let mut locations = found.places.iter().map(|place| location(reporter, place));
    if let Some(main) = locations.next() {
        result["locations"] = json!([main]);
    }
    let related: Vec<Value> = locations.collect();
    if !related.is_empty() {
        result["relatedLocations"] = Value::from(related);
    }
    result
}

fn location(reporter: &Reporter<'_>, place: &LocatedPlace<'_>) -> Value {
    let path = reporter.shown_path(place.file);
    let mut physical = json!({ "artifactLocation": { "uri": uri(&path) } });
    if let Some(range) = &place.range {
        physical["region"] = json!({
            "startLine": range.start.line,
            "startColumn": range.start.column,
            "endLine": range.end.line,
            "endColumn": range.end.column,
        });
    }
    let mut location = json!({ "physicalLocation": physical });
    if let Some(label) = place.label {
        location["message"] = json!({ "text": reporter.say(label) });
    }
    location
}

/// Returns a path as a URI reference: percent-encodes what RFC 3986 does not allow in a path.
fn uri(path: &str) -> String {
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    format!("{scheme}{}", percent::path(path))
}

#[cfg(test)]
mod tests {
    use super::super::{Format, fixture};
    use super::*;

    #[test]
    fn the_log_is_stable() {
        let log = fixture::render(Format::Sarif, &fixture::reported());
        let log = log.replace(env!("CARGO_PKG_VERSION"), "VERSION");
        insta::assert_snapshot!("sarif", log);
    }

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("content/县/a b%.md"), "content/%E5%8E%BF/a%20b%25.md");
        assert_eq!(uri("/site/a:b.md"), "file:///site/a%3Ab.md");
    }
}
