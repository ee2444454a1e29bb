//! Bytes that do not change unseen.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::super::fixture::datum;
use super::*;

/// Compares with a file under `tests/golden/chart`, or writes it where `UPDATE_GOLDEN` is set.
#[expect(clippy::disallowed_methods, reason = "golden files are on disk")]
fn golden(name: &str, drawn: &str) {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "golden", "chart", name].iter().collect();
    if std::env::var("UPDATE_GOLDEN").is_ok() {
        std::fs::write(&path, drawn).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(golden == drawn, "{name} has changed; look at it, then set UPDATE_GOLDEN=1");
}

#[test]
fn pictures_are_as_they_were() {
    for (name, drawing) in drawings().into_iter().chain(stacks()) {
        assert_eq!(drawing.is_empty(), name.ends_with("all-missing"), "{name}");
        assert_eq!(drawing.is_empty(), drawing.fixed.is_empty(), "{name}");
        if !drawing.is_empty() {
            golden(&format!("{name}.svg"), &drawing.fixed);
        }
    }
}

#[test]
fn fluid_drawings_are_as_they_were() {
    let mut page = String::from(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<meta charset=\"utf-8\">\n\
         <link rel=\"stylesheet\" href=\"../../../themes/default/static/css/chart.css\">\n",
    );
    for (name, drawing) in drawings().into_iter().chain(stacks()) {
        let _ = write!(page, "<h2 id=\"{name}-title\">{name}</h2>\n<p id=\"{name}-summary\">");
        let _ = write!(
            page,
            "{} missing</p>\n<div class=\"plot\">{}</div>\n",
            drawing.missing.len(),
            drawing.fluid
        );
    }
    for (case, data) in CASES {
        let data: Vec<Datum> = data.split_whitespace().map(datum).collect();
        let _ = writeln!(page, "<p>spark-{case} {}</p>", spark(&data));
    }
    golden("fluid.html", &page);
}

#[test]
fn drawings_are_equal_on_every_call() {
    assert_eq!(drawings(), drawings());
}
