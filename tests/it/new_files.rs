//! New files of a site's sources: none takes the place of another, and all are written or none.

use std::fs;

use glasshouse::publish::content::{ContentError, ContentFile, put};

fn file(path: &str, text: &str, replaces: bool) -> ContentFile {
    ContentFile { path: path.into(), text: text.into(), replaces }
}

#[test]
fn a_new_file_never_takes_the_place_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(root, &[file("content/a/2012.md", "one", false)]).unwrap();
    let again = put(root, &[file("content/b/2012.md", "x", false), file("content/a/2012.md", "two", false)]);
    assert!(matches!(again, Err(ContentError::Exists(_))));
    assert!(!root.join("content/b").exists(), "nothing else was written either");
    assert_eq!(fs::read_to_string(root.join("content/a/2012.md")).unwrap(), "one");
    put(root, &[file("content/a/2012.md", "two", true)]).unwrap();
    assert_eq!(fs::read_to_string(root.join("content/a/2012.md")).unwrap(), "two");
    assert_eq!(fs::read_dir(root.join("content/a")).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn what_was_begun_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::write(root.join("taken"), "").unwrap();
    let broken = put(root, &[file("content/a/1.md", "x", false), file("taken/2.md", "x", false)]);
    assert!(broken.is_err());
    assert!(!root.join("content").exists());
}

#[test]
fn paths_stay_inside() {
    let folder = tempfile::tempdir().unwrap();
    for path in ["../x", "/etc/x", "a//b", "a/./b", "", "a\\b"] {
        assert!(matches!(put(folder.path(), &[file(path, "", false)]), Err(ContentError::Path(_))), "{path}");
    }
}
