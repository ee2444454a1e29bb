//! What a publication does inside; what it does to folders is in `tests/it/publication`.

use std::fs::File;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::*;

/// A folder with a site to be published in it.
struct Bench {
    root: TempDir,
}

impl Bench {
    fn new() -> Self {
        Self { root: tempfile::tempdir().unwrap() }
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

    fn staged(&self, artifacts: &[(&str, &str)]) -> Publication {
        let publication = self.begin();
        stage(&publication, artifacts);
        publication
    }

    /// Every published file and folder with its time; files with their text.
    fn state(&self) -> BTreeMap<PathBuf, (SystemTime, Option<String>)> {
        let mut state = BTreeMap::new();
        let mut places = vec![self.output()];
        while let Some(place) = places.pop() {
            let metadata = place.metadata().unwrap();
            if metadata.is_dir() {
                places.extend(fs::read_dir(&place).unwrap().map(|entry| entry.unwrap().path()));
            }
            let text = metadata.is_file().then(|| fs::read_to_string(&place).unwrap());
            state.insert(place, (metadata.modified().unwrap(), text));
        }
        state
    }

    #[track_caller]
    fn assert_holds(&self, expected: &[(&str, &str)]) {
        let files = self.state().into_iter().filter_map(|(place, (_, text))| Some((place, text?)));
        let expected = expected.iter().map(|(path, text)| (self.output().join(path), (*text).to_owned()));
        assert_eq!(files.collect::<BTreeMap<_, _>>(), expected.collect());
    }
}

fn stage(publication: &Publication, artifacts: &[(&str, &str)]) {
    for (path, text) in artifacts {
        publication.stage(SitePath::new(path).unwrap(), text.as_bytes());
    }
}

/// Publishes, and counts what was created, replaced, unchanged and removed.
fn commit(publication: Publication) -> [usize; 4] {
    let Summary { created, replaced, unchanged, removed, .. } = publication.commit().unwrap().0;
    [created, replaced, unchanged, removed]
}

/// Gives a file a time at which nobody has written it.
fn touch(place: &Path, seconds: u64) {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000 + seconds);
    let file = File::options().write(true).open(place).unwrap();
    file.set_modified(time).unwrap();
}

#[test]
fn new_files_come_before_the_pages_that_name_them() {
    let bench = Bench::new();
    let first =
        [("a.html", "1"), ("data.json", "1"), ("old/x.css", "1"), ("stay/old.css", "1"), ("stay/x.css", "1")];
    commit(bench.staged(&first));
    let second =
        [("a.html", "2"), ("data.json", "2"), ("new/b.html", "2"), ("new/x.css", "2"), ("stay/x.css", "1")];
    let mut publication = bench.staged(&second);
    let plan = publication.plan().unwrap();
    let order: Vec<_> = plan
        .operations
        .iter()
        .map(|step| match step {
            Operation::Place(_, path) => path.clone(),
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
        r#"Remove("stay/old.css")"#,
        r#"RemoveFolder("old")"#,
        "Record",
        "Forget",
    ];
    assert_eq!(order, expected);
}

#[test]
fn a_touched_file_is_read_once_and_not_rewritten() {
    let bench = Bench::new();
    let first = [("a", "1234"), ("b", "5678")];
    commit(bench.staged(&first));
    touch(&bench.output().join("a"), 1);
    let before = bench.state();
    let publication = bench.staged(&first);
    assert!(publication.staging().reread);
    assert_eq!(commit(publication), [0, 0, 2, 0]);
    assert_eq!(bench.state(), before);
    assert!(!bench.staged(&first).staging().reread);
    // A manifest older than its files vouches for nothing, and is renewed.
    touch(&bench.output().join("b"), 5);
    commit(bench.staged(&first));
    touch(&bench.manifest(), 0);
    let publication = bench.staged(&first);
    assert!(publication.staging().reread);
    commit(publication);
    assert!(!bench.staged(&first).staging().reread);
}

#[test]
fn files_from_another_file_system_keep_their_time() {
    let bench = Bench::new();
    fs::create_dir_all(bench.output()).unwrap();
    fs::write(bench.output().join("leftover"), "theirs").unwrap();
    fs::write(bench.output().join(ARRIVING), "half of a file").unwrap();
    let staged = bench.root.path().join("staged");
    fs::write(&staged, "whole").unwrap();
    touch(&staged, 5);
    let near = bench.output().join(ARRIVING);
    copy(&staged, &near).unwrap();
    assert_eq!(fs::read(&near).unwrap(), b"whole");
    let stamp = |place: &Path| Stamp::of(&place.metadata().unwrap());
    assert_eq!(stamp(&staged), stamp(&near));
    // The next publication removes what a killed one left.
    commit(bench.staged(&[("a", "1")]));
    bench.assert_holds(&[("a", "1"), ("leftover", "theirs")]);
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
    let first = [("a/x.html", "1"), ("b", "1")];
    commit(bench.staged(&first));
    let second = [("a/x.html", "2"), ("c/d", "2"), ("b", "1")];
    let mut publication = bench.begin();
    publication.staged = staging.path().to_owned();
    stage(&publication, &second);
    assert_eq!(commit(publication), [1, 1, 1, 0]);
    bench.assert_holds(&second);
    let again = bench.staged(&second);
    assert_eq!(commit(again), [0, 0, 3, 0]);
}
