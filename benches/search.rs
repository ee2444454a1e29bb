//! The search index at scale: `cargo bench --bench search -- 100000 [FOLDER]`. Made-up reports of about
//! 2,600 characters go in; time, memory, files, and what cold queries cost come out.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a program of its own that reads and writes files, measures and says what it found"
)]

#[path = "../tests/it/search_index/documents.rs"]
mod documents;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use glasshouse::search::{Index, IndexBuilder, IndexOptions, NewStorage};
use rayon::prelude::*;

use documents::{Chance, Layout};

const SEED: u64 = 42;
const QUERIES: usize = 1_000;
/// The chunks that the search page asks for before the reader asks for more, those of agencies included.
const CHUNKS: usize = 6;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with('-'));
    let reports = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let temporary = tempfile::tempdir().unwrap();
    let folder = arguments.next().map_or_else(|| temporary.path().to_owned(), Into::into);
    let layout = Layout { reports, years: 12, sentences: 55 };

    let before = cpu_seconds();
    let characters: usize = (0..layout.documents())
        .into_par_iter()
        .map(|at| layout.document(at, SEED).text.chars().count())
        .sum();
    let making = cpu_seconds() - before;
    println!("{} documents, {} characters each", layout.documents(), characters / layout.documents());

    let (start, before) = (Instant::now(), cpu_seconds());
    let prefix = folder.clone();
    let scratch: Box<NewStorage> = Box::new(move |number| {
        let path = prefix.join(format!("run-{number}"));
        let file = std::fs::File::options().read(true).write(true).create(true).truncate(true).open(path)?;
        Ok(Box::new(file))
    });
    let builder = IndexBuilder::new(IndexOptions { scratch: Some(scratch), block: None });
    (0..layout.documents()).into_par_iter().for_each(|at| builder.add(&layout.document(at, SEED)).unwrap());
    let gathered = start.elapsed().as_secs_f64();
    let mut kinds: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    builder
        .finish(None, &mut |path, bytes| {
            let kind = path.split('/').nth(1).unwrap_or("other").to_owned();
            let (files, size, largest) = kinds.entry(kind).or_default();
            (*files, *size, *largest) = (*files + 1, *size + bytes.len(), (*largest).max(bytes.len()));
            let path = folder.join("index").join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        })
        .unwrap();
    println!(
        "gathered in {gathered:.1} s, done in {:.1} s; {:.1} CPU s without making the texts; {} MB at most",
        start.elapsed().as_secs_f64(),
        cpu_seconds() - before - making,
        peak_megabytes(),
    );
    for (kind, (files, size, largest)) in &kinds {
        println!("  {kind}: {files} files, {:.1} MB, the largest {largest} bytes", *size as f64 / 1e6);
    }
    let files: usize = kinds.values().map(|(files, ..)| files).sum();
    let size: usize = kinds.values().map(|(_, size, _)| size).sum();
    println!("  all: {files} files, {:.1} MB", size as f64 / 1e6);
    queries(&folder.join("index"), layout);
}

/// What cold queries cost: every one begins with nothing.
fn queries(folder: &Path, layout: Layout) {
    let mut chance = Chance::new(SEED);
    let mut costs = Vec::new();
    while costs.len() < QUERIES {
        let text = layout.document(chance.below(layout.reports), SEED).text;
        let text: Vec<char> = text.chars().collect();
        let (start, length) = (chance.below(text.len()), 2 + chance.below(11));
        let query: String = text.iter().skip(start).take(length).collect();
        costs.push((cost(folder, &query), query));
    }
    for query in [
        "政府信息公开",
        "政府",
        "公开",
        "县",
        "统计局",
        "cnxrmzf",
        "2012年",
        "依申请公开 收费",
        "22件",
        "information",
    ] {
        let ((bytes, requests), query) = (cost(folder, query), query);
        println!("  {query}: {} KB, {requests} requests", bytes / 1_000);
    }
    let at = |list: &mut Vec<usize>, percent: usize| {
        list.sort_unstable();
        list.get((list.len() - 1) * percent / 100).copied().unwrap_or(0)
    };
    let mut bytes: Vec<usize> = costs.iter().map(|((bytes, _), _)| *bytes).collect();
    let mut requests: Vec<usize> = costs.iter().map(|((_, requests), _)| *requests).collect();
    println!(
        "cold queries: {}/{}/{} KB and {}/{}/{} requests at half, nine in ten, all",
        at(&mut bytes, 50) / 1_000,
        at(&mut bytes, 90) / 1_000,
        at(&mut bytes, 100) / 1_000,
        at(&mut requests, 50),
        at(&mut requests, 90),
        at(&mut requests, 100),
    );
    let worst = costs.iter().max_by_key(|((bytes, _), _)| *bytes).unwrap();
    println!("the dearest: {worst:?}");
}

/// Bytes and requests of a query that begins with nothing.
fn cost(folder: &Path, query: &str) -> (usize, usize) {
    let fetched: RefCell<BTreeMap<String, usize>> = RefCell::default();
    let fetch = |path: &str| {
        let bytes = std::fs::read(folder.join(path)).ok()?;
        let mut fetched = fetched.borrow_mut();
        let chunks = fetched.keys().filter(|path| path.contains("/c/")).count();
        if !path.contains("/c/") || chunks < CHUNKS {
            fetched.insert(path.to_owned(), bytes.len());
        }
        Some(bytes)
    };
    Index::open(&fetch).and_then(|index| index.search(query, 10)).unwrap();
    let fetched = fetched.into_inner();
    (fetched.values().sum(), fetched.len())
}

/// The processor time of this process so far, in seconds.
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

/// The most memory this process had, in megabytes.
fn peak_megabytes() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) / 1_000
}
