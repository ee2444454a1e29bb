//! Writes diagnostics as workflow commands, which GitHub shows beside the lines of a pull request.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::base::diagnostic::Severity;

use super::located::Located;
use super::reporter::Reporter;

/// Writes one command per line.
pub(super) fn write(reporter: &Reporter<'_>, found: &[Located<'_>], out: &mut dyn Write) -> io::Result<()> {
    for found in found.iter().filter(|found| found.is_open()) {
        writeln!(out, "{}", command(reporter, found))?;
    }
    Ok(())
}

fn command(reporter: &Reporter<'_>, found: &Located<'_>) -> String {
    let name = match found.diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut command = format!("::{name} ");
    if let Some(place) = found.main() {
        let _ = write!(command, "file={},", property(&reporter.shown_path(place.file)));
        if let Some(range) = &place.range {
            let _ = write!(command, "line={},endLine={},", range.start.line, range.end.line);
            // GitHub supports columns only within one line.
            if range.start.line == range.end.line {
                let last = range.end.column.saturating_sub(1).max(range.start.column);
                let _ = write!(command, "col={},endColumn={last},", range.start.column);
            }
        }
    }
    let text = reporter.text(found.diagnostic);
    let _ = write!(command, "title={}::{}", property(found.diagnostic.code), data(&text));
    command
}

/// Escapes the text of a command (actions/toolkit, `escapeData`).
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command (actions/toolkit, `escapeProperty`).
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::{Format, fixture};
    use super::*;

    #[test]
    fn one_command_for_each_diagnostic() {
        insta::assert_snapshot!(fixture::render(Format::Github, &fixture::reported()), @r#"
        ::error title=output-refused::cannot publish to /
        ::error file=content/a%2C b.md,title=unreadable-file::this file cannot be read: no permission
        ::notice file=content/县/2012.md,line=3,endLine=3,col=1,endColumn=4,title=unknown-key::there is no key `from`%0Adid you mean `form`?
        ::warning file=content/县/2012.md,line=6,endLine=6,col=18,endColumn=20,title=part-exceeds-whole::On the website 298 is more than Items disclosed 289%0Aif the source prints this, keep it and explain it under `accept:`
        ::error file=content/县/2012.md,line=7,endLine=7,col=5,endColumn=5,title=yaml-syntax::this is no YAML: a full-width colon
        "#);
    }

    #[test]
    fn what_would_end_a_command_is_escaped() {
        assert_eq!(property("a:b,c%\r\n"), "a%3Ab%2Cc%25%0D%0A");
        assert_eq!(data("100%: 1, 2\n::error::x"), "100%25: 1, 2%0A::error::x");
    }
}
