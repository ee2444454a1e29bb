//! Bytes that do not change unseen.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::fixture::datum;
use super::*;

/// Compares with a file under `tests/golden/chart`, or writes it if `UPDATE_GOLDEN` is set. What draws
/// nothing has no file: charts without a figure; a waffle or a flow without every part or with few cases.
#[expect(clippy::disallowed_methods, reason = "golden files are on disk")]
fn golden(name: &str, drawn: &str) {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "golden", "chart", name].iter().collect();
    if std::env::var("UPDATE_GOLDEN").is_ok() {
        if drawn.is_empty() { _ = std::fs::remove_file(&path) } else { std::fs::write(&path, drawn).unwrap() }
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(golden == drawn, "{name} has changed; look at it, then set UPDATE_GOLDEN=1");
}

#[test]
fn pictures_are_as_they_were() {
    for (name, drawing) in all_drawings() {
        assert_eq!(drawing.is_empty(), drawing.fixed.is_empty(), "{name}");
        golden(&format!("{name}.svg"), &drawing.fixed);
    }
}

#[test]
fn fluid_drawings_are_as_they_were() {
    let mut page = String::from(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<meta charset=\"utf-8\">\n\
         <link rel=\"stylesheet\" href=\"../../../themes/default/static/css/chart.css\">\n",
    );
    for (name, drawing) in all_drawings() {
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
        let _ = writeln!(page, "<p>spark-{case} {}</p>", sparkline(&data));
    }
    golden("fluid.html", &page);
}

#[test]
fn pictures_are_read_by_others() {
    for (name, drawing) in all_drawings() {
        if drawing.is_empty() {
            continue;
        }
        let tree = usvg::Tree::from_str(&drawing.fixed, &usvg::Options::default());
        let size = tree.unwrap_or_else(|fault| panic!("{name}: {fault}")).size();
        #[expect(clippy::cast_precision_loss, reason = "sizes are a few hundred pixels")]
        let told = (drawing.size.0 as f32, drawing.size.1 as f32);
        assert_eq!((size.width(), size.height()), told, "{name}");
    }
}

#[test]
fn ids_are_unique_on_a_page() {
    for (name, drawing) in all_drawings() {
        for svg in [&drawing.fluid, &drawing.fixed] {
            let mut ids: Vec<&str> =
                svg.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            let count = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), count, "{name}");
            assert!(ids.iter().all(|id| id.starts_with(&name)), "{name}: {ids:?}");
        }
    }
}

#[test]
fn bytes_are_equal_on_eight_threads() {
    let alone = drawings();
    let together: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(drawings)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(together.iter().all(|drawn| *drawn == alone));
}

#[test]
fn drawings_are_equal_on_every_call() {
    assert_eq!(drawings(), drawings());
}
