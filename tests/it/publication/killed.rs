//! Publications that end in the middle of the commit, and what the next one makes of it.

use std::fs;

use super::{Bench, Tree, counts, site};

/// Kills the publication of `new` after each of its steps in turn, then publishes `third`.
fn killed_everywhere(old: Option<&Tree>, new: &Tree, third: &Tree) {
    for count in 0.. {
        let bench = Bench::new();
        let mut foreign = Tree::new();
        if let Some(old) = old {
            bench.publish(old).unwrap();
            foreign = site(&[("theirs", "t"), ("a/theirs", "t")]);
            bench.write("theirs", "t");
            bench.write("a/theirs", "t");
        }
        let killed = bench.killed(new, count);
        if bench.output().exists() {
            let empty = Tree::new();
            let old = old.unwrap_or(&empty);
            for place in bench.state().keys().filter(|place| place.is_file()) {
                let path = bench.path(place);
                let bytes = fs::read(place).unwrap();
                let whole = [old, new, &foreign].iter().any(|tree| tree.get(&path) == Some(&bytes));
                assert!(whole, "{path} is neither old nor new after {count} steps");
            }
            // Pages that are in both are served at every moment.
            for path in old.keys().filter(|path| new.contains_key(*path)) {
                assert!(bench.output().join(path).is_file(), "{path} is missing");
            }
        }
        bench.publish(third).unwrap();
        let mut expected = third.clone();
        expected.extend(foreign);
        assert_eq!(bench.tree(), expected, "after {count} steps");
        let again = counts(&bench.publish(third).unwrap());
        assert_eq!(again, [0, 0, third.len(), 0]);
        assert_eq!(bench.beside(), [".glasshouse", "public"]);
        let memory = bench.manifest();
        let memory = fs::read_dir(memory.parent().unwrap()).unwrap();
        assert_eq!(memory.count(), 1, "only the manifest is left");
        if killed.is_finished {
            return;
        }
    }
}

#[test]
fn a_build_killed_at_any_step_is_repaired_by_the_next() {
    let old = site(&[
        ("index.html", "1"),
        ("a/x.html", "1"),
        ("a/y.css", "1"),
        ("b", "1"),
        ("c/d/e", "1"),
        ("same", "0"),
        ("C2/Page", "1"),
    ]);
    let new = site(&[
        ("index.html", "2"),
        ("a/x.html", "2"),
        ("a/z.css", "2"),
        ("b/n/m", "2"),
        ("c/d", "2"),
        ("same", "0"),
        ("C2/page", "2"),
    ]);
    let third = site(&[("index.html", "3"), ("a/z.css", "3"), ("b/n", "3"), ("c/d/e", "3"), ("same", "0")]);
    for next in [&new, &old, &third, &site(&[])] {
        killed_everywhere(Some(&old), &new, next);
        killed_everywhere(None, &new, next);
    }
}

#[test]
fn a_refused_step_is_reported_and_repaired() {
    let bench = Bench::new();
    let old = site(&[("a/x", "1"), ("b/x", "1"), ("z", "1")]);
    let new = site(&[("a/x", "2"), ("b/x", "lost"), ("c/x", "2")]);
    bench.publish(&old).unwrap();
    let publication = bench.staged(&new);
    // One staged file is gone, as if the disk had lost it.
    let staged = fs::read_dir(bench.root.path().join("site/.public.staging/files")).unwrap();
    let mut staged = staged.map(|entry| entry.unwrap().path());
    fs::remove_file(staged.find(|place| fs::read(place).unwrap() == b"lost").unwrap()).unwrap();
    let faults = publication.commit().unwrap_err();
    assert!(faults.to_string().starts_with("cannot write "), "{faults}");
    let between = site(&[("a/x", "2"), ("b/x", "1"), ("c/x", "2"), ("z", "1")]);
    assert_eq!(bench.tree(), between);
    assert_eq!(counts(&bench.publish(&new).unwrap()), [0, 1, 2, 1]);
    assert_eq!(bench.tree(), new);
}
