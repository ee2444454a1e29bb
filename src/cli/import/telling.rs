//! What an import has done, for people and for scripts.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::base::diagnostic::{Diagnostic, Message};
use crate::import::decide::State;
use crate::import::{Entry, EntryKind};

use super::Planned;
use crate::cli::options::Talk;
use crate::cli::terminal::{Stream, Terminal};

/// From so many reports on, only those that need attention are listed.
const MANY_REPORTS: usize = 20;

fn count(entries: &[Entry], kind: EntryKind) -> usize {
    entries.iter().filter(|entry| entry.kind == kind).count()
}

/// Says what became of every draft, for people.
pub(super) fn say(
    planned: &[Planned<'_>],
    notes: &[Entry],
    written: bool,
    terminal: &mut Terminal,
) -> anyhow::Result<()> {
    let is_brief = planned.len() > MANY_REPORTS && terminal.options.talk != Talk::Verbose;
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
        .filter(|planned| planned.draft.new_agency.is_some())
        .map(|planned| &*planned.draft.agency)
        .collect();
    let mut total = Message::new(if written { "import-done" } else { "import-not-written" })
        .arg("reports", planned.len())
        .arg("agencies", agencies.len());
    for state in State::ALL {
        total =
            total.arg(state.name(), planned.iter().filter(|planned| planned.decision.state == state).count());
    }
    terminal.say(Stream::Out, &total)?;
    if planned.iter().any(|planned| planned.decision.state == State::Kept) {
        terminal.say(Stream::Out, &Message::new("import-kept"))?;
    }
    if let Some(planned) =
        planned.iter().find(|planned| planned.draft.new_agency.is_some() && !planned.draft.agency.is_ascii())
    {
        terminal.say(Stream::Out, &Message::new("import-address").arg("agency", &*planned.draft.agency))?;
    }
    Ok(())
}

fn say_report(planned: &Planned<'_>, is_brief: bool, terminal: &mut Terminal) -> anyhow::Result<()> {
    let entries = &planned.draft.entries;
    let is_shown = |entry: &&Entry| entry.kind.needs_attention() && entry.kind != EntryKind::Missing;
    let is_plain = planned.decision.differences.is_empty() && !entries.iter().any(|entry| is_shown(&entry));
    if (is_brief && is_plain) || terminal.options.talk == Talk::Quiet {
        return Ok(());
    }
    let state = terminal.text(&format!("import-state-{}", planned.decision.state.name()));
    let kinds = EntryKind::ALL.into_iter().filter(|kind| count(entries, *kind) > 0);
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
        .filter(|entry| entry.kind == EntryKind::Missing)
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

/// One row that somebody should look at.
fn line(entry: &Entry, terminal: &mut Terminal) -> anyhow::Result<()> {
    if terminal.options.talk == Talk::Quiet {
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

/// What became of every draft, row and cell, for scripts.
pub(super) fn json(
    planned: &[Planned<'_>],
    notes: &[Entry],
    problems: &[Diagnostic],
    written: bool,
    terminal: &Terminal,
) -> Value {
    let entry = |entry: &Entry| {
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
    let report = |planned: &Planned<'_>| {
        let draft = planned.draft;
        let differences = planned.decision.differences.iter().map(|difference| {
            json!({ "code": difference.code, "from": difference.from, "to": difference.to.text, "unit": difference.to.unit })
        });
        json!({
            "file": planned.file,
            "state": planned.decision.state.name(),
            "agency": draft.agency,
            "new_agency": draft.new_agency,
            "period": draft.period.to_string(),
            "sources": draft.files.iter().map(|file| &**file).collect::<Vec<_>>(),
            "entries": draft.entries.iter().map(entry).collect::<Vec<_>>(),
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
