//! Reports what an import has done, to people and scripts.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::base::diagnostic::{Diagnostic, Message};
use crate::import::{LogEntry, LogKind, MergeState};

use super::plan::PlannedReport;
use crate::cli::options::Verbosity;
use crate::cli::terminal::{Stream, Terminal};

/// The number of reports above which only those that need attention are listed.
const MANY_REPORTS: usize = 20;

fn count(entries: &[LogEntry], kind: LogKind) -> usize {
    entries.iter().filter(|entry| entry.kind == kind).count()
}

/// Writes what became of every report, for people.
pub(super) fn say(
    planned: &[PlannedReport<'_>],
    notes: &[LogEntry],
    written: bool,
    terminal: &mut Terminal,
) -> anyhow::Result<()> {
    let is_brief = planned.len() > MANY_REPORTS && terminal.options.verbosity != Verbosity::Verbose;
    for planned in planned {
        say_report(planned, is_brief, terminal)?;
    }
    for entry in notes {
        line(entry, terminal)?;
    }
    if planned.is_empty() {
        return Ok(());
    }
    let agencies: BTreeSet<&str> = planned
        .iter()
        .filter(|planned| planned.report.new_agency.is_some())
        .map(|planned| &*planned.report.agency)
        .collect();
    let mut total = Message::new(if written { "import-done" } else { "import-not-written" })
        .arg("reports", planned.len())
        .arg("agencies", agencies.len());
    for state in MergeState::ALL {
        total =
            total.arg(state.name(), planned.iter().filter(|planned| planned.decision.state == state).count());
    }
    terminal.say(Stream::Out, &total)?;
    if planned.iter().any(|planned| planned.decision.state == MergeState::Kept) {
        terminal.say(Stream::Out, &Message::new("import-kept"))?;
    }
    if let Some(planned) = planned
        .iter()
        .find(|planned| planned.report.new_agency.is_some() && !planned.report.agency.is_ascii())
    {
        terminal.say(Stream::Out, &Message::new("import-address").arg("agency", &*planned.report.agency))?;
    }
    Ok(())
}

fn say_report(planned: &PlannedReport<'_>, is_brief: bool, terminal: &mut Terminal) -> anyhow::Result<()> {
    let entries = &planned.report.entries;
    let is_shown = |entry: &&LogEntry| entry.kind.needs_attention() && entry.kind != LogKind::Missing;
    let is_plain = planned.decision.differences.is_empty() && !entries.iter().any(|entry| is_shown(&entry));
    if (is_brief && is_plain) || terminal.options.verbosity == Verbosity::Quiet {
        return Ok(());
    }
    let state = terminal.text(&format!("import-state-{}", planned.decision.state.name()));
    let kinds = LogKind::ALL.into_iter().filter(|kind| count(entries, *kind) > 0);
    let counts: Vec<String> = kinds
        .map(|kind| {
            let id = format!("import-kind-{}", kind.name());
            format!("{} {}", terminal.text(&id), count(entries, kind))
        })
        .collect();
    writeln!(terminal.stream(Stream::Out), "{}  [{state}]  {}", planned.file, counts.join(", "))?;
    for entry in entries.iter().filter(is_shown) {
        line(entry, terminal)?;
    }
    let missing: Vec<&str> = entries
        .iter()
        .filter(|entry| entry.kind == LogKind::Missing)
        .filter_map(|entry| entry.code.as_deref())
        .collect();
    if !missing.is_empty() && !is_brief {
        let word = terminal.text("import-kind-missing");
        writeln!(terminal.stream(Stream::Out), "  {word}: {}", missing.join(", "))?;
    }
    for difference in &planned.decision.differences {
        let blank = terminal.text("import-blank");
        let absent = terminal.text("import-absent");
        let shown = |text: &str| if text.is_empty() { blank.clone() } else { text.to_owned() };
        let from = difference.from.as_deref().map_or(absent, shown);
        let to = format!("{}{}", shown(&difference.to.text), difference.to.unit.as_deref().unwrap_or(""));
        writeln!(terminal.stream(Stream::Out), "  {}: {from} → {to}", difference.code)?;
    }
    Ok(())
}

/// Writes an entry of the log.
fn line(entry: &LogEntry, terminal: &mut Terminal) -> anyhow::Result<()> {
    if terminal.options.verbosity == Verbosity::Quiet {
        return Ok(());
    }
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let kind = terminal.text(&format!("import-kind-{}", entry.kind.name()));
    let code = entry.code.as_deref().map(|code| format!(" {code}")).unwrap_or_default();
    let label =
        if entry.label.is_empty() { String::new() } else { format!(" “{}”", one_line(&entry.label)) };
    let text = if entry.text.is_empty() { String::new() } else { format!(": {}", one_line(&entry.text)) };
    let at = entry.origin.as_ref().map(|origin| format!("  ({origin})")).unwrap_or_default();
    let hint = entry
        .suggestion
        .as_deref()
        .map(|near| format!("  {}", terminal.words(&Message::new("help-did-you-mean").arg("name", near))));
    writeln!(terminal.stream(Stream::Out), "  {kind}{code}{label}{text}{at}{}", hint.unwrap_or_default())?;
    Ok(())
}

/// Returns what became of every report, row and cell, for scripts.
pub(super) fn json(
    planned: &[PlannedReport<'_>],
    notes: &[LogEntry],
    problems: &[Diagnostic],
    written: bool,
    terminal: &Terminal,
) -> Value {
    let entry = |entry: &LogEntry| {
        json!({
            "kind": entry.kind.name(),
            "code": entry.code.as_deref(),
            "label": entry.label,
            "text": entry.text,
            "file": entry.origin.as_ref().map(|origin| &*origin.file),
            "place": entry.origin.as_ref().map(|origin| origin.place.to_string()),
            "suggestion": entry.suggestion,
        })
    };
    let report = |planned: &PlannedReport<'_>| {
        let extracted = planned.report;
        let differences = planned.decision.differences.iter().map(|difference| {
            json!({ "code": difference.code, "from": difference.from, "to": difference.to.text, "unit": difference.to.unit })
        });
        json!({
            "file": planned.file,
            "state": planned.decision.state.name(),
            "agency": extracted.agency,
            "new_agency": extracted.new_agency,
            "period": extracted.period.to_string(),
            "sources": extracted.files.iter().map(|file| &**file).collect::<Vec<_>>(),
            "entries": extracted.entries.iter().map(entry).collect::<Vec<_>>(),
            "differences": differences.collect::<Vec<_>>(),
        })
    };
    let problem = |problem: &Diagnostic| {
        json!({
            "code": problem.code,
            "file": problem.places.first().map(|place| &*place.file),
            "message": terminal.words(&problem.message),
        })
    };
    json!({
        "version": 1,
        "written": written,
        "reports": planned.iter().map(report).collect::<Vec<_>>(),
        "notes": notes.iter().map(entry).collect::<Vec<_>>(),
        "problems": problems.iter().map(problem).collect::<Vec<_>>(),
    })
}
