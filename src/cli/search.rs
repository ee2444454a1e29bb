//! `glasshouse search`: finds what the search page of a built portal finds.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::base::diagnostic::Message;
use crate::build;
use crate::search::{DocumentKind, Hit, Index, ReadError, SearchResults};

use super::args::{SearchArgs, SearchFormat};
use super::exit_codes::Exit;
use super::failure::UsageError;
use super::paths;
use super::terminal::{Stream, Terminal};

/// Searches the index published by the last build.
pub(crate) fn run(args: &SearchArgs, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let output = args.output.clone().unwrap_or_else(|| build::published(&args.site.site));
    let folder = output.join(args.edition.as_deref().unwrap_or("")).join("search");
    let fetch = |path: &str| paths::read(&folder.join(path)).ok();
    let query = args.query.join(" ");
    let found = Index::open(&fetch).and_then(|index| index.search(&query, args.limit));
    let found = found.map_err(|error| refused(&error, &folder.display().to_string()))?;
    let mut lines = Vec::new();
    match args.format {
        SearchFormat::Human => human(&found, terminal, &mut lines)?,
        SearchFormat::Json => writeln!(lines, "{:#}", as_json(&query, &found))?,
    }
    terminal.stream(Stream::Out).write_all(&lines)?;
    Ok(Exit::Done)
}

fn refused(error: &ReadError, folder: &str) -> UsageError {
    let message = Message::new("search-no-index").arg("folder", folder).arg("detail", error.to_string());
    UsageError { message, help: Some(Message::new("help-search-build")) }
}

/// Writes agencies, then pages, each with its context and its address.
fn human(found: &SearchResults, terminal: &Terminal, out: &mut Vec<u8>) -> io::Result<()> {
    if let Some(simplified) = &found.simplified {
        writeln!(
            out,
            "{}",
            terminal.words(&Message::new("search-as-simplified").arg("query", &**simplified))
        )?;
    }
    // With direct hits, the missing letters were the initials of a name.
    for part in found.missing.iter().filter(|_| found.direct.is_empty()) {
        writeln!(out, "{}", terminal.words(&Message::new("search-part-missing").arg("part", &**part)))?;
    }
    for hit in found.direct.iter().chain(&found.hits) {
        writeln!(out, "{}\n    {}\n    {}", hit.title, hit.note, hit.url)?;
    }
    let total = found.total + found.direct.len();
    writeln!(out, "{}", terminal.words(&Message::new("search-total").arg("count", total)))
}

fn as_json(query: &str, found: &SearchResults) -> Value {
    let hit =
        |hit: &Hit| json!({ "kind": kind(hit.kind), "title": hit.title, "note": hit.note, "url": hit.url });
    json!({
        "version": 1,
        "query": query,
        "simplified": found.simplified,
        "missing": found.missing,
        "total": found.total,
        "agencies": found.direct.iter().map(hit).collect::<Vec<Value>>(),
        "pages": found.hits.iter().map(hit).collect::<Vec<Value>>(),
    })
}

fn kind(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Report => "report",
        DocumentKind::Agency => "agency",
        DocumentKind::Region => "region",
        DocumentKind::Indicator => "indicator",
        DocumentKind::Form => "form",
        DocumentKind::Page => "page",
    }
}
