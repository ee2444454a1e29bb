//! Publications on a real disk: what they write, what they leave, and what they refuse.

mod folder;
mod killed;
mod model;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use glasshouse::base::artifact::SitePath;
use glasshouse::publish::disk::{Interruption, Publication};
use glasshouse::publish::{Summary, WriteError, WriteErrors};
use tempfile::TempDir;

type Tree = BTreeMap<String, Vec<u8>>;

const MARK: &str = "<meta name=\"generator\" content=\"Glasshouse 0.1\">";

/// A folder with a site to be published in it.
struct Bench {
    root: TempDir,
}

impl Bench {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        Self { root }
    }

    fn output(&self) -> PathBuf {
        self.root.path().join("site/public")
    }

    fn manifest(&self) -> PathBuf {
        self.root.path().join("site/.glasshouse/public")
    }

    fn begin(&self) -> Publication {
        Publication::begin(&self.output(), &self.manifest()).unwrap()
    }

    fn staged(&self, artifacts: &Tree) -> Publication {
        let publication = self.begin();
        for (path, bytes) in artifacts {
            publication.stage(SitePath::new(path).unwrap(), bytes);
        }
        publication
    }

    fn publish(&self, artifacts: &Tree) -> Result<Summary, WriteErrors> {
        self.staged(artifacts).commit().map(|(summary, _)| summary)
    }

    /// Publishes, but dies after `count` operations.
    fn killed(&self, artifacts: &Tree, count: usize) -> Interruption {
        self.staged(artifacts).commit_interrupted(count).unwrap()
    }

    fn write(&self, path: &str, bytes: &str) {
        let place = self.output().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }

    fn tree(&self) -> Tree {
        let files = self.state().into_iter();
        files.filter_map(|(place, (_, bytes))| Some((self.path(&place), bytes?))).collect()
    }

    /// All folders inside the output folder.
    fn folders(&self) -> BTreeSet<String> {
        let all = self.state().into_iter();
        all.filter(|(_, (_, bytes))| bytes.is_none())
            .map(|(place, _)| self.path(&place))
            .filter(|path| !path.is_empty())
            .collect()
    }

    fn path(&self, place: &Path) -> String {
        let path = place.strip_prefix(self.output()).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Every file and folder with its time, and what is left beside the output folder.
    fn state(&self) -> BTreeMap<PathBuf, (SystemTime, Option<Vec<u8>>)> {
        let mut state = BTreeMap::new();
        let mut folders = vec![self.output()];
        while let Some(folder) = folders.pop() {
            let time = folder.metadata().unwrap().modified().unwrap();
            state.insert(folder.clone(), (time, None));
            for entry in fs::read_dir(&folder).unwrap() {
                let place = entry.unwrap().path();
                if place.is_dir() {
                    folders.push(place);
                } else {
                    let time = place.metadata().unwrap().modified().unwrap();
                    state.insert(place.clone(), (time, Some(fs::read(&place).unwrap())));
                }
            }
        }
        state
    }

    fn beside(&self) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(self.root.path().join("site"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

fn site(artifacts: &[(&str, &str)]) -> Tree {
    artifacts.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_owned())).collect()
}

fn counts(summary: &Summary) -> [usize; 4] {
    let Summary { created, replaced, unchanged, removed, .. } = *summary;
    [created, replaced, unchanged, removed]
}

/// Gives a file a time at which nobody has written it.
fn touch(place: &Path, seconds: u64) {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000 + seconds);
    let file = File::options().write(true).open(place).unwrap();
    file.set_modified(time).unwrap();
}

#[test]
fn only_differences_are_written() {
    let bench = Bench::new();
    let first = site(&[
        ("index.html", "home"),
        ("a/2012/index.html", "2012"),
        ("a/old.csv", "1,2"),
        ("style.1.css", "x"),
    ]);
    assert_eq!(counts(&bench.publish(&first).unwrap()), [4, 0, 0, 0]);
    assert_eq!(bench.tree(), first);
    assert_eq!(bench.beside(), [".glasshouse", "public"]);

    let before = bench.state();
    assert_eq!(counts(&bench.publish(&first).unwrap()), [0, 0, 4, 0]);
    assert_eq!(bench.state(), before);

    let second = site(&[
        ("index.html", "new home"),
        ("a/2012/index.html", "2012"),
        ("b/2013/index.html", "2013"),
        ("style.2.css", "y"),
    ]);
    assert_eq!(counts(&bench.publish(&second).unwrap()), [2, 1, 1, 2]);
    assert_eq!(bench.tree(), second);
    let page = bench.output().join("a/2012/index.html");
    assert_eq!(bench.state()[&page], before[&page]);
    assert_eq!(counts(&bench.publish(&site(&[])).unwrap()), [0, 0, 0, 4]);
    assert_eq!(bench.tree(), Tree::new());
    assert_eq!(fs::read_dir(bench.root.path().join("site/.glasshouse")).unwrap().count(), 1);
}

#[test]
fn an_aborted_publication_leaves_no_trace() {
    let bench = Bench::new();
    drop(bench.staged(&site(&[("a/index.html", "1")])));
    assert!(!bench.root.path().join("site").exists());

    let first = site(&[("a/index.html", "1"), ("b", "2")]);
    bench.publish(&first).unwrap();
    let before = bench.state();
    drop(bench.staged(&site(&[("a/index.html", "3"), ("c/d", "4")])));
    assert_eq!(bench.state(), before);
    assert_eq!(bench.beside(), [".glasshouse", "public"]);
    assert_eq!(counts(&bench.publish(&first).unwrap()), [0, 0, 2, 0]);
}

#[test]
fn an_edit_of_equal_size_and_time_as_the_manifest_is_seen() {
    let bench = Bench::new();
    let first = site(&[("a", "1234"), ("b", "5678")]);
    bench.publish(&first).unwrap();
    let place = bench.output().join("a");
    let written = place.metadata().unwrap().modified().unwrap();
    // As on a file system that counts whole seconds: manifest, file and edit have one time.
    let manifest = File::options().write(true).open(bench.manifest()).unwrap();
    manifest.set_modified(written).unwrap();
    fs::write(&place, "abcd").unwrap();
    let file = File::options().write(true).open(&place).unwrap();
    file.set_modified(written).unwrap();
    assert_eq!(counts(&bench.publish(&first).unwrap()), [0, 1, 1, 0]);
    assert_eq!(bench.tree(), first);
}

#[test]
#[cfg(unix)]
fn a_folder_stands_while_nothing_in_it_is_touched() {
    let bench = Bench::new();
    let publication = bench.staged(&site(&[("a", "1"), ("b/c/d", "2")]));
    // Files as young as the manifest prove nothing.
    std::thread::sleep(Duration::from_millis(30));
    let (_, manifest) = publication.commit().unwrap();
    let stands = |manifest| bench.begin().untouched(manifest);
    assert_eq!(stands(manifest), Some(2));
    assert_eq!(stands(manifest ^ 1), None, "it is as another publication left it");
    bench.write("foreign", "3");
    assert_eq!(stands(manifest), Some(2), "what is not ours does not count");
    let (_, again) = bench.staged(&site(&[("a", "1"), ("b/c/d", "2")])).commit().unwrap();
    assert_eq!(again, manifest, "a publication that changes nothing leaves the manifest as it was");

    let (folder, away) = (bench.output().join("b"), bench.root.path().join("away"));
    fs::rename(&folder, &away).unwrap();
    std::os::unix::fs::symlink(&away, &folder).unwrap();
    assert_eq!(stands(manifest), None, "a link is no folder of ours");
    fs::remove_file(&folder).unwrap();
    fs::rename(&away, &folder).unwrap();
    assert_eq!(stands(manifest), Some(2));
    touch(&bench.output().join("a"), 1_000_000_000);
    assert_eq!(stands(manifest), None);
}

#[test]
fn all_faults_among_artifacts_come_together() {
    let bench = Bench::new();
    let first = site(&[("a", "1")]);
    for round in 0..2 {
        let publication = bench.begin();
        for path in ["x", "x", "p/q", "P/Q", "p/q/r", "ok"] {
            publication.stage(SitePath::new(path).unwrap(), path.as_bytes());
        }
        let faults = publication.commit().unwrap_err();
        let text = faults.to_string();
        assert_eq!(faults.0.len(), 3, "{text}");
        assert!(text.contains("`x` is published twice"), "{text}");
        assert!(text.contains("`P/Q` and `p/q` are one file"), "{text}");
        assert!(text.contains("`P/Q` cannot be a file"), "{text}");
        if round == 0 {
            assert!(!bench.output().exists());
            bench.publish(&first).unwrap();
        }
        assert_eq!(bench.tree(), first);
    }
}

#[test]
fn foreign_files_stay_and_conflicts_are_named_at_once() {
    let bench = Bench::new();
    bench.write("index.html", "theirs");
    bench.write("robots.txt", "theirs");
    bench.write("CNAME", "example.org");
    bench.write("folder/x", "theirs");
    bench.write("file", "theirs");
    let before = bench.state();
    let artifacts = site(&[
        ("index.html", "ours"),
        ("robots.txt", "ours"),
        ("folder", "ours"),
        ("file/a", "ours"),
        ("file/b", "ours"),
        ("fine", "ours"),
    ]);
    let faults = bench.publish(&artifacts).unwrap_err();
    let places: BTreeSet<_> = faults
        .0
        .iter()
        .map(|fault| match fault {
            WriteError::Conflict { path, .. } => path.strip_prefix(bench.output()).unwrap(),
            other => panic!("{other}"),
        })
        .map(|path| path.to_str().unwrap().to_owned())
        .collect();
    let expected = ["file", "folder", "index.html", "robots.txt"];
    assert_eq!(places, expected.map(str::to_owned).into());
    assert_eq!(faults.0.len(), 4);
    assert_eq!(bench.state(), before);

    // What is equal anyway is adopted; what is not named is left alone.
    let fitting = site(&[("robots.txt", "theirs"), ("fine", "ours")]);
    assert_eq!(counts(&bench.publish(&fitting).unwrap()), [1, 0, 1, 0]);
    assert_eq!(bench.tree().len(), 6);
}

#[test]
fn a_lost_manifest_is_made_up_for_by_our_mark() {
    let bench = Bench::new();
    let page = format!("<head>{MARK}</head>");
    let first = site(&[("index.html", &page), ("a/x.csv", "1"), ("b", "1")]);
    let second = site(&[("index.html", &page), ("a/x.csv", "2"), ("b", "1")]);
    for damage in ["", "glasshouse-manifest 1\n", "\u{0}\u{fffd}nonsense\nend 0\n"] {
        bench.publish(&first).unwrap();
        fs::write(bench.manifest(), damage).unwrap();
        bench.write("foreign", "theirs");
        assert_eq!(counts(&bench.publish(&second).unwrap()), [0, 1, 2, 0]);
        assert_eq!(bench.tree().len(), 4);
        assert_eq!(bench.tree()["foreign"], b"theirs");
    }
    // With a manifest, the mark is no licence.
    let third = site(&[("index.html", &page), ("foreign", "ours")]);
    assert!(matches!(bench.publish(&third).unwrap_err().0[..], [WriteError::Conflict { .. }]));
    // Without the mark, a lost manifest protects everything that differs.
    fs::remove_file(bench.manifest()).unwrap();
    bench.write("index.html", "theirs");
    assert_eq!(bench.publish(&first).unwrap_err().0.len(), 2);
}

#[test]
fn a_manifest_of_another_folder_is_foreign() {
    let bench = Bench::new();
    bench.publish(&site(&[("a", "1"), ("b", "1")])).unwrap();
    let other = bench.root.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("a"), "theirs").unwrap();
    fs::write(other.join("b"), "1").unwrap();
    let publication = Publication::begin(&other, &bench.manifest()).unwrap();
    publication.stage(SitePath::new("a").unwrap(), b"2");
    publication.commit().unwrap_err();
    assert_eq!(fs::read(other.join("a")).unwrap(), b"theirs");
    // Both moved together, it is still the right one.
    let moved = bench.root.path().join("moved");
    fs::rename(bench.root.path().join("site"), &moved).unwrap();
    let publication = Publication::begin(&moved.join("public"), &moved.join(".glasshouse/public")).unwrap();
    publication.stage(SitePath::new("a").unwrap(), b"2");
    assert_eq!(counts(&publication.commit().unwrap().0), [0, 1, 0, 1]);
}

#[test]
fn files_and_folders_change_places() {
    let bench = Bench::new();
    let one = site(&[("a/b/c", "1"), ("a/b/d", "1"), ("a/e", "1"), ("f", "1")]);
    let two = site(&[("a", "2"), ("f/g/h", "2")]);
    bench.publish(&one).unwrap();
    assert_eq!(counts(&bench.publish(&two).unwrap()), [2, 0, 0, 4]);
    assert_eq!(bench.tree(), two);
    assert_eq!(counts(&bench.publish(&one).unwrap()), [4, 0, 0, 2]);
    assert_eq!(bench.tree(), one);
    bench.write("a/b/foreign", "theirs");
    let before = bench.state();
    let faults = bench.publish(&two).unwrap_err();
    assert!(faults.to_string().contains("a/b/foreign is a file"));
    assert_eq!(faults.0.len(), 1);
    assert_eq!(bench.state(), before);
}

#[test]
fn folders_that_were_there_before_us_stay() {
    let bench = Bench::new();
    fs::create_dir_all(bench.output().join("theirs")).unwrap();
    bench.publish(&site(&[("theirs/a/x", "1"), ("b/x", "1")])).unwrap();
    let summary = bench.publish(&site(&[("theirs/y", "1")])).unwrap();
    assert_eq!(counts(&summary), [1, 0, 0, 2]);
    bench.publish(&site(&[])).unwrap();
    let left: Vec<_> = fs::read_dir(bench.output()).unwrap().collect();
    assert_eq!(left.len(), 1);
    assert!(bench.output().join("theirs").is_dir());
    let faults = bench.publish(&site(&[("theirs", "1")])).unwrap_err();
    assert!(faults.to_string().contains("theirs is a folder"), "{faults}");
}

#[test]
fn a_stale_file_that_somebody_changed_is_kept_and_named() {
    let bench = Bench::new();
    let page = format!("{MARK} text");
    bench.publish(&site(&[("x.csv", "1"), ("page.html", &page), ("y", "1")])).unwrap();
    bench.write("x.csv", "by hand");
    bench.write("page.html", &format!("{page} and a counter"));
    let summary = bench.publish(&site(&[("y", "1")])).unwrap();
    assert_eq!(counts(&summary), [0, 0, 1, 1]);
    assert_eq!(summary.kept, [SitePath::new("x.csv").unwrap()]);
    assert_eq!(bench.tree(), site(&[("x.csv", "by hand"), ("y", "1")]));
    assert_eq!(bench.publish(&site(&[("y", "1")])).unwrap().kept, []);
}

#[test]
fn a_name_that_changes_its_letter_case_is_moved() {
    let bench = Bench::new();
    bench.publish(&site(&[("A/Page.html", "1"), ("b", "1")])).unwrap();
    let second = site(&[("A/page.html", "1"), ("b", "1")]);
    assert_eq!(counts(&bench.publish(&second).unwrap()), [1, 0, 1, 1]);
    assert_eq!(bench.tree(), second);
    assert_eq!(counts(&bench.publish(&second).unwrap()), [0, 0, 2, 0]);
}
