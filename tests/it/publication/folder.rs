//! The output folder and its surroundings: links, locks, leftovers, other file systems, threads.

use std::fs;
use std::path::Path;

use glasshouse::base::artifact::SitePath;
use glasshouse::publish::WriteError;
use glasshouse::publish::disk::Publication;

use super::{Bench, Tree, counts, site};

#[cfg(unix)]
#[test]
fn links_are_neither_followed_nor_touched() {
    use std::os::unix::fs::symlink;
    let bench = Bench::new();
    let outside = bench.root.path().join("outside");
    fs::create_dir(&outside).unwrap();
    // As long as the path that leads to it, so that sizes tell nothing.
    let precious = "precious bytes!";
    assert_eq!(precious.len(), "../../outside/x".len());
    fs::write(outside.join("x"), precious).unwrap();
    bench.publish(&site(&[("a/x", "1"), ("b", "1"), ("c", "1")])).unwrap();
    for (path, target) in [("a/x", "../../../outside/x"), ("b", "../../outside/x")] {
        fs::remove_file(bench.output().join(path)).unwrap();
        symlink(target, bench.output().join(path)).unwrap();
    }
    symlink(&outside, bench.output().join("d")).unwrap();

    // In the way, a link is a conflict, even if it leads to the right bytes.
    let wanted = site(&[("a/x", "2"), ("b", precious), ("d/x", precious), ("d/y", "1")]);
    let faults = bench.publish(&wanted).unwrap_err();
    assert_eq!(faults.0.len(), 3, "{faults}");
    assert!(faults.to_string().contains("is a symbolic link"));
    // Stale, it stays.
    assert_eq!(counts(&bench.publish(&site(&[("c", "1")])).unwrap()), [0, 0, 1, 0]);
    for path in ["a/x", "b", "d"] {
        assert!(bench.output().join(path).is_symlink());
    }
    assert_eq!(fs::read(outside.join("x")).unwrap(), precious.as_bytes());
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
        assert_eq!(counts(&publication.commit().unwrap().0), expected[round]);
        assert_eq!(bench.tree(), wanted);
    }
    assert_eq!(bench.tree(), alone.tree());
}
