//! Random histories of a published folder against a model that knows who wrote what.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use proptest::prelude::*;

use super::{Bench, Tree, touch};

/// What happens to a published folder, by numbers into [`PATHS`].
#[derive(Clone, Debug)]
enum Event {
    Publish(Vec<(usize, u8)>),
    Abort(Vec<(usize, u8)>),
    Kill(Vec<(usize, u8)>, usize),
    /// Somebody writes a file of ours, or one of their own.
    Write(usize, u8),
    /// Somebody removes a file of ours.
    Remove(usize),
    Touch(usize, u64),
}

const PATHS: [&str; 12] = [
    "index.html",
    "a",
    "a/b",
    "a/b/c",
    "a/x.css",
    "b/index.html",
    "b",
    "c/d/e.html",
    "c/d",
    "c/f",
    "g.txt",
    "c/d/h/i",
];

fn events() -> impl Strategy<Value = Vec<Event>> {
    let set = || prop::collection::vec((0..PATHS.len(), 0..3_u8), 0..8);
    let event = prop_oneof![
        4 => set().prop_map(Event::Publish),
        1 => set().prop_map(Event::Abort),
        2 => (set(), 0..20_usize).prop_map(|(set, count)| Event::Kill(set, count)),
        2 => (0..PATHS.len(), 0..5_u8).prop_map(|(path, byte)| Event::Write(path, byte)),
        1 => (0..PATHS.len()).prop_map(Event::Remove),
        1 => (0..PATHS.len(), 0..3_u64).prop_map(|(path, time)| Event::Touch(path, time)),
    ];
    prop::collection::vec(event, 1..14)
}

/// The artifacts of an event, without those that would collide.
fn artifacts(set: &[(usize, u8)]) -> Tree {
    let mut tree = Tree::new();
    for (path, byte) in set {
        let path = PATHS[*path];
        if !above(path, tree.keys()) && !below(path, tree.keys()) {
            tree.insert(path.to_owned(), vec![b'a' + *byte; 3]);
        }
    }
    tree
}

/// What the folder should hold, told from outside: who wrote which bytes, and made which folder.
#[derive(Default)]
struct Model {
    /// What the last finished publication has written.
    recorded: Tree,
    /// What killed publications since then have announced.
    announced: BTreeMap<String, BTreeSet<Vec<u8>>>,
    /// Folders that were not made by us.
    theirs: BTreeSet<String>,
    /// Whether the last publication was killed.
    killed: bool,
}

fn above<'a>(path: &str, mut all: impl Iterator<Item = &'a String>) -> bool {
    all.any(|other| path.starts_with(&format!("{other}/")))
}

fn below<'a>(path: &str, mut all: impl Iterator<Item = &'a String>) -> bool {
    let inside = format!("{path}/");
    all.any(|other| other.starts_with(&inside))
}

impl Model {
    /// The folder after publishing `new` over `now`, or nothing if that is a conflict.
    fn publish(&self, now: &Tree, folders: &BTreeSet<String>, new: &Tree) -> Option<Tree> {
        let mut after = new.clone();
        for (path, bytes) in now {
            let announced = self.announced.get(path);
            let ours =
                self.recorded.get(path) == Some(bytes) || announced.is_some_and(|all| all.contains(bytes));
            if let Some(wanted) = new.get(path) {
                if !ours && !self.recorded.contains_key(path) && wanted != bytes {
                    return None;
                }
            } else if !ours {
                if above(path, new.keys()) || below(path, new.keys()) {
                    return None;
                }
                after.insert(path.clone(), bytes.clone());
            }
        }
        let mut theirs = folders.intersection(&self.theirs);
        if theirs.any(|folder| new.contains_key(folder) || above(folder, new.keys())) {
            return None;
        }
        Some(after)
    }

    fn recorded(&mut self, new: Tree, folders: BTreeSet<String>) {
        // A folder of ours that only foreign files are left in is given up.
        let given_up = folders.into_iter();
        let given_up = given_up.filter(|folder| !below(folder, new.keys()));
        self.theirs.extend(given_up);
        self.recorded = new;
    }

    fn finished(&mut self) {
        self.announced.clear();
        self.killed = false;
    }
}

fn check(events: Vec<Event>) -> Result<(), TestCaseError> {
    let bench = Bench::new();
    fs::create_dir_all(bench.output()).unwrap();
    let mut model = Model::default();
    for event in events {
        let now = bench.tree();
        let before = bench.state();
        let folders = bench.folders();
        match event {
            Event::Publish(set) => {
                let new = artifacts(&set);
                let expected = model.publish(&now, &folders, &new);
                match (bench.publish(&new), expected) {
                    (Ok(_), Some(after)) => {
                        prop_assert_eq!(bench.tree(), after);
                        let (files, folders) = (bench.tree(), bench.folders());
                        for folder in folders.difference(&model.theirs) {
                            let kept = below(folder, files.keys()) || below(folder, model.theirs.iter());
                            prop_assert!(kept, "{} was left empty", folder);
                        }
                        model.recorded(new, folders);
                        model.finished();
                    }
                    (Err(_), None) => prop_assert_eq!(bench.state(), before),
                    (done, expected) => {
                        let text = format!("{done:?}, expected {expected:?}, from {now:?}");
                        return Err(TestCaseError::fail(text));
                    }
                }
            }
            Event::Abort(set) => {
                drop(bench.staged(&artifacts(&set)));
                prop_assert_eq!(bench.state(), before);
            }
            Event::Kill(set, count) => {
                let new = artifacts(&set);
                if model.publish(&now, &folders, &new).is_none() {
                    continue;
                }
                let killed = bench.killed(&new, count);
                for (path, bytes) in &bench.tree() {
                    prop_assert!([&now, &new].iter().any(|tree| tree.get(path) == Some(bytes)));
                }
                model.killed = true;
                for (path, bytes) in new.iter().filter(|_| count > 0) {
                    if now.get(path) != Some(bytes) {
                        let ours = model.announced.entry(path.clone()).or_default();
                        ours.insert(bytes.clone());
                    }
                }
                if killed.is_recorded {
                    model.recorded(new, bench.folders());
                }
                if killed.is_finished {
                    model.finished();
                }
            }
            Event::Write(path, byte) => {
                let path = PATHS[path];
                if folders.contains(path) || above(path, now.keys()) {
                    continue;
                }
                let above = path.match_indices('/').map(|(end, _)| &path[..end]);
                let missing = above.filter(|folder| !folders.contains(*folder));
                let missing: Vec<_> = missing.map(str::to_owned).collect();
                // After a kill nobody can tell who has made a folder that was announced.
                if model.killed && !missing.is_empty() {
                    continue;
                }
                model.theirs.extend(missing);
                bench.write(path, &char::from(b'b' + byte).to_string().repeat(3));
            }
            Event::Remove(path) => {
                if model.recorded.contains_key(PATHS[path]) && now.contains_key(PATHS[path]) {
                    fs::remove_file(bench.output().join(PATHS[path])).unwrap();
                }
            }
            Event::Touch(path, time) => {
                if now.contains_key(PATHS[path]) {
                    touch(&bench.output().join(PATHS[path]), time);
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn the_folder_holds_ours_and_theirs_and_nothing_else(events in events()) {
        check(events)?;
    }
}
