//! Publications on a real disk: what they do, what they refuse, and what a killed one leaves.

use super::*;
use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use tempfile::TempDir;

type Tree = BTreeMap<String, Vec<u8>>;

const MARK: &str = "<meta name=\"generator\" content=\"Glasshouse 0.1\">";

/// A folder with a site to be published in it.
struct Bench {
    root: TempDir,
}

/// How far a killed publication had come.
struct Killed {
    recorded: bool,
    finished: bool,
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
        self.staged(artifacts).commit()
    }

    /// Publishes, but dies after `count` steps.
    fn killed(&self, artifacts: &Tree, count: usize) -> Killed {
        let mut publication = self.staged(artifacts);
        let plan = publication.plan().unwrap();
        publication.carry_out(&plan, count).unwrap();
        // A dead process holds no lock and cleans nothing up.
        publication.lock = None;
        let done = |step| plan.steps.iter().take(count).any(|done| *done == step);
        Killed { recorded: done(Step::Record) || plan.steps.is_empty(), finished: count >= plan.steps.len() }
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
fn new_files_come_before_the_pages_that_name_them() {
    let bench = Bench::new();
    let first = site(&[("a.html", "1"), ("data.json", "1"), ("old/x.css", "1")]);
    bench.publish(&first).unwrap();
    let second = site(&[("a.html", "2"), ("data.json", "2"), ("new/b.html", "2"), ("new/x.css", "2")]);
    let mut publication = bench.staged(&second);
    let plan = publication.plan().unwrap();
    let order: Vec<_> = plan
        .steps
        .iter()
        .map(|step| match step {
            Step::Place(_, path) => path.clone(),
            other => format!("{other:?}"),
        })
        .collect();
    let expected = [
        "Announce",
        r#"MakeFolder("new")"#,
        "new/x.css",
        "new/b.html",
        "data.json",
        "a.html",
        r#"Remove("old/x.css")"#,
        r#"RemoveFolder("old")"#,
        "Record",
        "Forget",
    ];
    assert_eq!(order, expected);
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
fn a_touched_file_is_read_once_and_not_rewritten() {
    let bench = Bench::new();
    let first = site(&[("a", "1234"), ("b", "5678")]);
    bench.publish(&first).unwrap();
    touch(&bench.output().join("a"), 1);
    let before = bench.state();
    let publication = bench.staged(&first);
    assert!(publication.desk().reread);
    assert_eq!(counts(&publication.commit().unwrap()), [0, 0, 2, 0]);
    assert_eq!(bench.state(), before);
    assert!(!bench.staged(&first).desk().reread);
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
    assert_eq!(counts(&publication.commit().unwrap()), [0, 1, 0, 1]);
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

#[cfg(unix)]
#[test]
fn links_are_neither_followed_nor_touched() {
    use std::os::unix::fs::symlink;
    let bench = Bench::new();
    let outside = bench.root.path().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("x"), "precious").unwrap();
    bench.publish(&site(&[("a/x", "1"), ("b", "1"), ("c", "1")])).unwrap();
    for (path, target) in [("a/x", "../../../outside/x"), ("b", "../../outside/x")] {
        fs::remove_file(bench.output().join(path)).unwrap();
        symlink(target, bench.output().join(path)).unwrap();
    }
    symlink(&outside, bench.output().join("d")).unwrap();

    // In the way, a link is a conflict, even if it leads to the right bytes.
    let wanted = site(&[("a/x", "2"), ("b", "precious"), ("d/x", "precious"), ("d/y", "1")]);
    let faults = bench.publish(&wanted).unwrap_err();
    assert_eq!(faults.0.len(), 3, "{faults}");
    assert!(faults.to_string().contains("is a symbolic link"));
    // Stale, it stays.
    assert_eq!(counts(&bench.publish(&site(&[("c", "1")])).unwrap()), [0, 0, 1, 0]);
    for path in ["a/x", "b", "d"] {
        assert!(bench.output().join(path).is_symlink());
    }
    assert_eq!(fs::read(outside.join("x")).unwrap(), b"precious");
    assert_eq!(fs::read_dir(&outside).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_folder_of_ours_that_became_a_link_loses_nothing_behind_it() {
    use std::os::unix::fs::symlink;
    let bench = Bench::new();
    bench.publish(&site(&[("a/x", "1"), ("c", "1")])).unwrap();
    let outside = bench.root.path().join("outside");
    fs::rename(bench.output().join("a"), &outside).unwrap();
    symlink(&outside, bench.output().join("a")).unwrap();
    bench.publish(&site(&[("c", "1")])).unwrap();
    assert_eq!(fs::read(outside.join("x")).unwrap(), b"1");
}

#[cfg(unix)]
#[test]
fn the_output_folder_itself_may_be_a_link() {
    use std::os::unix::fs::symlink;
    let bench = Bench::new();
    let real = bench.root.path().join("real");
    fs::create_dir_all(bench.root.path().join("site")).unwrap();
    fs::create_dir(&real).unwrap();
    symlink(&real, bench.output()).unwrap();
    let first = site(&[("a/x", "1")]);
    bench.publish(&first).unwrap();
    assert_eq!(bench.tree(), first);
    assert!(bench.output().is_symlink());
}

#[test]
fn what_cannot_be_an_output_is_refused() {
    let bench = Bench::new();
    bench.publish(&site(&[("a", "1")])).unwrap();
    let begin = |output: &Path, manifest: &Path| Publication::begin(output, manifest).unwrap_err();
    let output = bench.output();
    assert!(matches!(begin(&output, &output.join("a/../manifest")), WriteError::ManifestPublished { .. }));
    assert!(matches!(begin(&output.join("a"), &bench.manifest()), WriteError::NoFolder { .. }));
    assert!(matches!(begin(Path::new("/"), &bench.manifest()), WriteError::ManifestPublished { .. }));
    begin(&output.join("a/b"), &bench.manifest());
    assert_eq!(bench.tree().len(), 1);
}

#[test]
fn two_publications_do_not_mix() {
    let bench = Bench::new();
    let first = bench.begin();
    let elsewhere = bench.root.path().join("elsewhere/manifest");
    for manifest in [bench.manifest(), elsewhere] {
        let second = Publication::begin(&bench.output(), &manifest);
        let Err(WriteError::Busy { output, .. }) = &second else {
            panic!("{second:?}");
        };
        assert!(output.ends_with("public"));
    }
    first.stage(SitePath::new("a").unwrap(), b"1");
    first.commit().unwrap();
    assert_eq!(bench.tree(), site(&[("a", "1")]));
    bench.publish(&site(&[("a", "2")])).unwrap();
}

#[test]
fn leftovers_of_a_killed_build_are_cleaned_up() {
    let bench = Bench::new();
    let left = bench.root.path().join("site/.public.staging");
    fs::create_dir_all(left.join("files/a/b")).unwrap();
    fs::write(left.join("files/a/b/c"), "half").unwrap();
    fs::write(left.join("lock"), "4294967").unwrap();
    let first = site(&[("a", "1"), ("x/y", "1")]);
    bench.publish(&first).unwrap();
    assert_eq!(bench.tree(), first);
    assert_eq!(bench.beside(), [".glasshouse", "public"]);
}

#[test]
fn a_folder_that_appears_meanwhile_is_not_overwritten() {
    let bench = Bench::new();
    let publication = bench.staged(&site(&[("a", "1")]));
    bench.write("a", "theirs");
    publication.commit().unwrap_err();
    assert_eq!(bench.tree(), site(&[("a", "theirs")]));
    bench.publish(&site(&[("a", "1")])).unwrap_err();
    assert_eq!(bench.tree(), site(&[("a", "theirs")]));
}

#[test]
fn files_from_another_file_system_keep_their_time() {
    let bench = Bench::new();
    bench.write("leftover", "theirs");
    bench.write(ARRIVING, "half of a file");
    let staged = bench.root.path().join("staged");
    fs::write(&staged, "whole").unwrap();
    touch(&staged, 5);
    let near = bench.output().join(ARRIVING);
    copy(&staged, &near).unwrap();
    assert_eq!(fs::read(&near).unwrap(), b"whole");
    let stamp = |place: &Path| Stamp::of(&place.metadata().unwrap());
    assert_eq!(stamp(&staged), stamp(&near));
    // The next publication removes what a killed one left.
    bench.publish(&site(&[("a", "1")])).unwrap();
    assert_eq!(bench.tree(), site(&[("a", "1"), ("leftover", "theirs")]));
}

#[cfg(target_os = "linux")]
#[test]
fn a_mounted_output_folder_is_published_by_copies() {
    use std::os::unix::fs::MetadataExt;
    let bench = Bench::new();
    let device = |place: &Path| place.metadata().map(|found| found.dev()).ok();
    let shared = Path::new("/dev/shm");
    let Ok(staging) = tempfile::tempdir_in(shared) else {
        return; // No second file system here.
    };
    if device(shared) == device(bench.root.path()) {
        return;
    }
    let first = site(&[("a/x.html", "1"), ("b", "1")]);
    bench.publish(&first).unwrap();
    let second = site(&[("a/x.html", "2"), ("c/d", "2"), ("b", "1")]);
    let mut publication = bench.begin();
    publication.staged = staging.path().to_owned();
    for (path, bytes) in &second {
        publication.stage(SitePath::new(path).unwrap(), bytes);
    }
    assert_eq!(counts(&publication.commit().unwrap()), [1, 1, 1, 0]);
    assert_eq!(bench.tree(), second);
    let again = bench.staged(&second);
    assert_eq!(counts(&again.commit().unwrap()), [0, 0, 3, 0]);
}

#[test]
fn eight_threads_publish_what_one_does() {
    let artifacts: Tree =
        (0..400_u32).map(|n| (format!("{}/{n}/index.html", n % 7), n.to_le_bytes().repeat(64))).collect();
    let alone = Bench::new();
    alone.publish(&artifacts).unwrap();
    let bench = Bench::new();
    for round in 0..3 {
        let mut wanted = artifacts.clone();
        for (n, bytes) in wanted.values_mut().enumerate() {
            if round == 1 && n % 3 == 0 {
                bytes.push(0);
            }
        }
        let publication = bench.begin();
        let parts: Vec<_> = wanted.iter().collect();
        std::thread::scope(|scope| {
            for part in parts.chunks(50) {
                let publication = &publication;
                scope.spawn(move || {
                    for (path, bytes) in part {
                        publication.stage(SitePath::new(path).unwrap(), bytes);
                    }
                });
            }
        });
        let expected = [[400, 0, 0, 0], [0, 134, 266, 0], [0, 134, 266, 0]];
        assert_eq!(counts(&publication.commit().unwrap()), expected[round]);
        assert_eq!(bench.tree(), wanted);
    }
    assert_eq!(bench.tree(), alone.tree());
}

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
        if killed.finished {
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
    let new = site(&[("a/x", "2"), ("b/x", "2"), ("c/x", "2")]);
    bench.publish(&old).unwrap();
    let publication = bench.staged(&new);
    // One staged file is gone, as if the disk had lost it.
    let staged = publication.desk().items[&SitePath::new("b/x").unwrap()].staged.clone();
    fs::remove_file(staged.unwrap()).unwrap();
    let faults = publication.commit().unwrap_err();
    assert!(faults.to_string().starts_with("cannot write "), "{faults}");
    let between = site(&[("a/x", "2"), ("b/x", "1"), ("c/x", "2"), ("z", "1")]);
    assert_eq!(bench.tree(), between);
    assert_eq!(counts(&bench.publish(&new).unwrap()), [0, 1, 2, 1]);
    assert_eq!(bench.tree(), new);
}

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
                if killed.recorded {
                    model.recorded(new, bench.folders());
                }
                if killed.finished {
                    model.finished();
                }
            }
            Event::Write(path, byte) => {
                let path = PATHS[path];
                if folders.contains(path) || above(path, now.keys()) {
                    continue;
                }
                let missing = names::folders(path).filter(|folder| !folders.contains(*folder));
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
