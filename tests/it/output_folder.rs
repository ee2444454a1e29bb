//! Which folders may be published to: none that holds sources, or lies among them.

use std::fs;
use std::path::Path;

use glasshouse::publish::{OutputRefused, refuse_output, resolve};

fn site() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for folder in ["site/content/a", "site/themes", "site/src", "elsewhere"] {
        fs::create_dir_all(root.path().join(folder)).unwrap();
    }
    fs::write(root.path().join("site/file"), "x").unwrap();
    root
}

fn verdict(root: &Path, output: &str) -> &'static str {
    let site = root.join("site");
    match refuse_output(&site, &site.join("content"), &root.join(output)) {
        Ok(()) => "ok",
        Err(OutputRefused::Root { .. }) => "root",
        Err(OutputRefused::HoldsSources { .. }) => "holds",
        Err(OutputRefused::InsideSources { .. }) => "inside",
        Err(OutputRefused::NoFolder { .. }) => "no folder",
        Err(OutputRefused::Unknown { .. }) => "unknown",
    }
}

#[test]
fn sources_are_never_published_over() {
    let root = site();
    for (output, expected) in [
        ("site/public", "ok"),
        ("elsewhere", "ok"),
        ("site/docs/new/deep", "ok"),
        ("site/contents", "ok"),
        ("site", "holds"),
        ("site/", "holds"),
        ("site/.", "holds"),
        (".", "holds"),
        ("site/not/there/../..", "holds"),
        ("elsewhere/../site", "holds"),
        ("/", "root"),
        ("site/content", "holds"),
        ("site/content/a", "inside"),
        ("site/content/new/public", "inside"),
        ("site/not-there/../content", "holds"),
        ("site/themes/x", "inside"),
        ("site/templates", "holds"),
        ("site/src/public", "inside"),
        ("site/.glasshouse/public", "inside"),
        ("site/file", "no folder"),
        ("site/file/x", "unknown"),
    ] {
        assert_eq!(verdict(root.path(), output), expected, "{output}");
    }
}

#[test]
fn content_elsewhere_is_protected_too() {
    let root = site();
    let path = root.path();
    let content = path.join("elsewhere/texts");
    fs::create_dir(&content).unwrap();
    let refused = refuse_output(&path.join("site"), &content, &path.join("elsewhere"));
    assert!(matches!(refused, Err(OutputRefused::HoldsSources { .. })));
}

#[cfg(unix)]
#[test]
fn links_are_followed() {
    use std::os::unix::fs::symlink;
    let root = site();
    let path = root.path();
    symlink(path.join("site"), path.join("elsewhere/link")).unwrap();
    symlink("../site/content", path.join("elsewhere/content-link")).unwrap();
    symlink("nowhere", path.join("elsewhere/dangling")).unwrap();
    assert_eq!(verdict(path, "elsewhere/link"), "holds");
    assert_eq!(verdict(path, "elsewhere/link/.."), "holds");
    assert_eq!(verdict(path, "elsewhere/link/public"), "ok");
    assert_eq!(verdict(path, "elsewhere/link/content/x"), "inside");
    assert_eq!(verdict(path, "elsewhere/content-link/x"), "inside");
    assert_eq!(verdict(path, "elsewhere/dangling"), "unknown");
    // The sources may be reached by a link as well.
    let site = path.join("elsewhere/link");
    let refused = refuse_output(&site, &site.join("content"), &path.join("site"));
    assert!(matches!(refused, Err(OutputRefused::HoldsSources { .. })));
}

#[test]
fn relative_paths_start_at_the_working_folder() {
    let here = resolve(Path::new(".")).unwrap();
    assert!(here.is_absolute());
    assert_eq!(resolve(Path::new("src/..")).unwrap(), here);
    let refused = refuse_output(Path::new("."), Path::new("content"), Path::new("src/.."));
    assert!(matches!(refused, Err(OutputRefused::HoldsSources { .. })));
}
