//! An index as a whole, against a scan of its texts.

mod documents;

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;
use proptest::prelude::*;

use glasshouse::search::normalize::{self, CharClass, Mode, normalized};
use glasshouse::search::{
    Document, DocumentKind, Index, IndexBuilder, IndexOptions, Keep, NewStorage, ReadError, SearchResults,
};

use self::documents::{Chance, Layout};

type Files = BTreeMap<String, Vec<u8>>;

fn index(documents: &[Document], options: IndexOptions) -> Files {
    let builder = IndexBuilder::new(options);
    for document in documents {
        builder.add(document).unwrap();
    }
    let mut files = Files::new();
    builder
        .finish(None, &mut |path, bytes| assert!(files.insert(path.to_owned(), bytes).is_none(), "{path}"))
        .unwrap();
    files
}

fn searched(files: &Files, query: &str) -> SearchResults {
    let fetch = |path: &str| files.get(path).cloned();
    Index::open(&fetch).unwrap().search(query, 20).unwrap()
}

/// What a document is searched in, normalized: a line each for title, names, note and text.
fn searchable(document: &Document) -> String {
    let mut lines = vec![&document.title, &document.note, &document.text];
    lines.extend(&document.names);
    let lines: Vec<String> = lines.into_iter().map(|line| normalized(line, Mode::Page)).collect();
    format!(" {} ", lines.join(" "))
}

/// Whether what stands in a text from `start` to `end` does not cut a word.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| normalize::class(c) == CharClass::Word);
    let (before, after) = (text[..start].chars().next_back(), text[end..].chars().next());
    let (first, last) = (text[start..].chars().next(), text[..end].chars().next_back());
    !(is_word(first) && is_word(before) || is_word(last) && is_word(after))
}

/// Pieces of 2 to 12 characters of normalized texts, without breaks, with words at their ends whole.
fn pieces(texts: &[String], count: usize, seed: u64) -> BTreeSet<String> {
    let mut chance = Chance::new(seed);
    let mut found = BTreeSet::new();
    while found.len() < count {
        let text = &texts[chance.below(texts.len())];
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let (first, length) = (chance.below(ends.len()), 2 + chance.below(11));
        let Some(end) = ends.get(first + length) else { continue };
        let piece = &text[ends[first]..*end];
        if !piece.contains(' ') && is_whole(text, ends[first], *end) {
            found.insert(piece.to_owned());
        }
    }
    found
}

/// What random pieces of the texts find.
#[derive(Debug, Default)]
struct Measured {
    /// What a scan finds, over all pieces.
    truths: usize,
    /// What the index finds.
    hits: usize,
    /// What both find.
    right: usize,
}

impl Measured {
    #[track_caller]
    fn is_good(&self) {
        assert_eq!(self.right, self.truths, "recall: {self:?}");
        assert!(self.right * 100 >= self.hits * 98, "precision: {self:?}");
    }
}

fn measure(documents: &[Document], options: IndexOptions, count: usize) -> Measured {
    let files = index(documents, options);
    // What a document's number is follows from what it says about itself.
    let fetch = |path: &str| files.get(path).cloned();
    let opened = Index::open(&fetch).unwrap();
    let urls: Vec<String> = (0..opened.documents()).map(|number| opened.hit(number).unwrap().url).collect();
    let texts: Vec<String> = documents.iter().map(searchable).collect();
    let queries: Vec<String> = pieces(&texts, count, 7).into_iter().collect();
    // One pass finds all of them: this is the exact scan.
    let scan = AhoCorasick::new(&queries).unwrap();
    let mut truth: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); queries.len()];
    for (document, text) in documents.iter().zip(&texts) {
        for found in scan.find_overlapping_iter(text) {
            if is_whole(text, found.start(), found.end()) {
                truth[found.pattern().as_usize()].insert(&document.url);
            }
        }
    }
    let mut measured = Measured::default();
    for (query, truth) in queries.iter().zip(&truth) {
        let found = opened.candidates(query).unwrap();
        let found: BTreeSet<&str> = found.iter().map(|number| &*urls[*number as usize]).collect();
        measured.truths += truth.len();
        measured.hits += found.len();
        measured.right += truth.intersection(&found).count();
    }
    measured
}

fn made_up(reports: usize, seed: u64) -> Vec<Document> {
    of_length(6, reports, seed)
}

fn of_length(sentences: usize, reports: usize, seed: u64) -> Vec<Document> {
    let layout = Layout { reports, years: 10, sentences };
    (0..layout.documents()).map(|at| layout.document(at, seed)).collect()
}

#[test]
fn everything_is_found_that_a_scan_finds() {
    measure(&of_length(16, 1_000, 1), IndexOptions::default(), 1_000).is_good();
}

#[test]
#[ignore = "takes minutes"]
fn everything_is_found_among_ten_thousand() {
    measure(&of_length(16, 10_000, 2), IndexOptions::default(), 1_000).is_good();
}

#[test]
fn blocks_are_searched_like_one() {
    let documents = made_up(400, 3);
    measure(&documents[..64], IndexOptions { block: Some(64), ..IndexOptions::default() }, 100).is_good();
    let files = index(&documents, IndexOptions { block: Some(100), ..IndexOptions::default() });
    let found = searched(&files, "政府信息公开条例");
    assert_eq!(found.hits.len(), 20);
    let oldest_of_hits = found.hits.iter().map(|hit| &hit.note[..4]).min();
    assert_eq!(oldest_of_hits, Some("2015"), "the newest blocks come first");
    let oldest = documents.iter().find(|document| document.year == Some(2008)).unwrap();
    assert_eq!(
        searched(&files, &oldest.title).hits[0].url,
        oldest.url,
        "older blocks are asked when need be"
    );
}

#[test]
fn the_same_documents_give_the_same_files() {
    let documents = made_up(300, 4);
    let expected = index(&documents, IndexOptions::default());
    let scratch: Box<NewStorage> = Box::new(|_| Ok(Box::new(std::io::Cursor::new(Vec::new()))));
    let builder = IndexBuilder::new(IndexOptions { scratch: Some(scratch), block: None });
    std::thread::scope(|scope| {
        for part in documents.chunks(40) {
            scope.spawn(|| part.iter().rev().for_each(|document| builder.add(document).unwrap()));
        }
    });
    let mut files = Files::new();
    builder.finish(None, &mut |path, bytes| _ = files.insert(path.to_owned(), bytes)).unwrap();
    assert_eq!(files, expected);
}

/// The files that differ between two indexes.
fn changed(before: &Files, after: &Files) -> Vec<String> {
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    paths.into_iter().filter(|path| before.get(*path) != after.get(*path)).cloned().collect()
}

#[test]
fn an_edit_changes_only_what_it_must() {
    let mut documents = of_length(12, 1_000, 5);
    let before = index(&documents, IndexOptions::default());
    documents[700].text.push_str("新增一句：今年的罕见词是饕餮。");
    let after = index(&documents, IndexOptions::default());
    let changed = changed(&before, &after);
    assert!(before.len() > 80, "{} files", before.len());
    assert!(changed.len() <= 25, "{changed:?}");
    assert!(changed.contains(&"meta.json".to_owned()));
    assert_eq!(searched(&after, "饕餮").hits[0].url, documents[700].url);
}

#[test]
fn a_new_year_changes_no_older_block() {
    let options = || IndexOptions { block: Some(250), ..IndexOptions::default() };
    let all = made_up(1_000, 6);
    let older: Vec<Document> =
        all.iter().filter(|document| document.year.is_none_or(|year| year < 2017)).cloned().collect();
    let (before, after) = (index(&older, options()), index(&all, options()));
    let kept = before.iter().filter(|(path, bytes)| after.get(*path) == Some(bytes)).count();
    let of_blocks = before.keys().filter(|path| path.contains("/d/") || path.contains("/p/")).count();
    assert!(kept * 10 > of_blocks * 7, "{kept} of {of_blocks} stay");
}

#[test]
fn a_small_index_is_a_handful_of_files() {
    let files = index(&made_up(55, 8), IndexOptions::default());
    let size: usize = files.values().map(Vec::len).sum();
    assert!(files.len() <= 16, "{:?}", files.keys());
    assert!(size < 200_000, "{size} bytes");
    assert_eq!(searched(&index(&[], IndexOptions::default()), "公开"), SearchResults::default());
    assert_eq!(searched(&files, " ，。").total, 0);
}

#[test]
fn no_file_is_large() {
    for files in [
        index(&of_length(16, 1_000, 9), IndexOptions::default()),
        index(&made_up(200, 9), IndexOptions::default()),
    ] {
        let largest = files.iter().max_by_key(|(_, bytes)| bytes.len()).unwrap();
        assert!(largest.1.len() <= 32_768, "{} has {}", largest.0, largest.1.len());
    }
}

fn agency(url: &str, name: &str, short: &str) -> Document {
    Document {
        kind: DocumentKind::Agency,
        url: url.into(),
        title: name.into(),
        names: vec![name.into(), short.into()],
        ..Document::default()
    }
}

#[test]
fn agencies_are_the_direct_way() {
    let mut documents = made_up(30, 10);
    documents.push(agency("new-town/", "苍南县新城新区管理委员会", "新城新区"));
    documents.push(agency("government/", "苍南县人民政府", "县政府"));
    let files = index(&documents, IndexOptions::default());
    for (query, name) in [
        ("苍南县新城新区", "苍南县新城新区管理委员会"),
        ("新城新区", "苍南县新城新区管理委员会"),
        ("cnxxcxq", "苍南县新城新区管理委员会"),
        ("xinchengxinqu", "苍南县新城新区管理委员会"),
        ("cangnan", "苍南县人民政府"),
        ("Cang Nan", "苍南县人民政府"),
        ("苍南", "苍南县人民政府"),
        ("蒼南縣人民政府", "苍南县人民政府"),
        ("县政府", "苍南县人民政府"),
    ] {
        let found = searched(&files, query);
        assert_eq!(found.direct.first().map(|hit| &*hit.title), Some(name), "{query}: {found:?}");
    }
    assert!(searched(&files, "cnxxcxqq").direct.is_empty());
}

#[test]
fn what_is_missing_is_named() {
    let files = index(&made_up(40, 11), IndexOptions::default());
    let found = searched(&files, "公开 饕餮");
    assert_eq!((found.total, found.missing), (0, vec!["饕餮".to_owned()]));
    let found = searched(&files, "依申請公開");
    assert_eq!(found.simplified.as_deref(), Some("依申请公开"));
    assert!(found.total > 3);
}

#[test]
fn a_file_that_is_none_of_ours_is_told() {
    let files = index(&made_up(40, 12), IndexOptions::default());
    let page = |path: &str| match path {
        "meta.json" => files.get(path).cloned(),
        _ => Some(b"<!doctype html>".to_vec()),
    };
    assert!(matches!(Index::open(&page).unwrap().search("公开", 5), Err(ReadError::Foreign(_))));
    let nothing = |path: &str| files.get(path).filter(|_| path == "meta.json").cloned();
    assert!(matches!(Index::open(&nothing).unwrap().search("公开", 5), Err(ReadError::Missing(_))));
    assert!(matches!(Index::open(&|_| Some(b"{}".to_vec())), Err(ReadError::Foreign(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Some documents stay, some change, some go, some come: from what was kept of the index before
    /// comes the index that is built of all documents.
    #[test]
    fn an_index_made_from_a_kept_one_is_the_same(
        fates in prop::collection::vec(0..4_u8, 60),
        block in prop::option::of(16..64_u32),
    ) {
        let options = || IndexOptions { block, ..IndexOptions::default() };
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<_> = (0..3).map(|name| folder.path().join(format!("kept-{name}"))).collect();
        let keep = |name: u128| Keep { path: &paths[name as usize], name };
        let documents = made_up(fates.len(), 11);
        let of_fates = |fates_taken: &[u8]| {
            let kept = documents.iter().zip(&fates).filter(|(_, fate)| fates_taken.contains(fate));
            kept.map(|(document, _)| document.clone()).collect::<Vec<_>>()
        };
        let (stays, mut changes, comes) = (of_fates(&[0]), of_fates(&[1]), of_fates(&[3]));
        let before = IndexBuilder::new(options());
        for document in &of_fates(&[0, 1, 2]) {
            before.add(document).unwrap();
        }
        before.finish(Some(keep(1)), &mut |_, _| {}).unwrap();
        for document in &mut changes {
            document.text.push_str("饕餮 2031");
        }
        let after = IndexBuilder::new(options());
        prop_assert!(!after.resume(Keep { name: 2, ..keep(1) }, &|_| true), "the name is another");
        for document in changes.iter().chain(&comes) {
            after.add(document).unwrap();
        }
        prop_assert!(after.resume(keep(1), &|url| stays.iter().any(|document| document.url == url)));
        let mut files = Files::new();
        after.finish(Some(keep(2)), &mut |path, bytes| _ = files.insert(path.to_owned(), bytes)).unwrap();
        let all = [stays.clone(), changes, comes].concat();
        prop_assert!(files == index(&all, options()));
        let again = IndexBuilder::new(options());
        prop_assert!(again.resume(keep(2), &|_| true));
        let mut same = Files::new();
        again.finish(None, &mut |path, bytes| _ = same.insert(path.to_owned(), bytes)).unwrap();
        prop_assert!(files == same);
    }
}

#[test]
fn a_damaged_kept_index_counts_as_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kept");
    let keep = Keep { path: &path, name: 1 };
    let builder = IndexBuilder::default();
    for document in &made_up(3, 12) {
        builder.add(document).unwrap();
    }
    builder.finish(Some(keep), &mut |_, _| {}).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    assert!(IndexBuilder::default().resume(keep, &|_| true));
    for at in (0..bytes.len()).step_by(97) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        std::fs::write(&path, &damaged).unwrap();
        assert!(!IndexBuilder::default().resume(keep, &|_| true), "{at}");
        std::fs::write(&path, &bytes[..at]).unwrap();
        assert!(!IndexBuilder::default().resume(keep, &|_| true), "{at}");
    }
}
