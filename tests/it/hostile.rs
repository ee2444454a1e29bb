//! Files that are broken, huge or meant to do harm: a clear error in bounded time and memory, and
//! nothing written.

use std::fmt::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::site::{Run, Site, run};
use crate::tables::{docx, html, pack, rows, workbook, xlsx};

/// As much address space may be used, in KiB: the largest file that is read is 64 MiB.
const MOST_MEMORY: &str = "1500000";
/// Generous: tests run unoptimised, and several at once.
const LONGEST: Duration = Duration::from_secs(120);

/// Imports a file under a limit of memory that the system holds.
fn import(site: &Site, name: &str) -> Run {
    let mut command = if cfg!(unix) {
        let mut shell = Command::new("/bin/sh");
        let program = env!("CARGO_BIN_EXE_glasshouse");
        shell.args(["-c", "ulimit -v \"$0\" && exec \"$@\"", MOST_MEMORY, program]);
        shell.current_dir(site.root()).env_clear();
        shell
    } else {
        site.command(&[])
    };
    command.args(["import", "--agency", "county/office", "--period", "2013", "--", name]);
    run(command)
}

#[track_caller]
fn is_refused(name: &str, bytes: &[u8], code: i32, says: &str) {
    let site = Site::new();
    site.write(name, bytes);
    let start = Instant::now();
    let run = import(&site, name).ends(code).says(says);
    let took = start.elapsed();
    assert!(took < LONGEST, "{name}: {took:?}");
    assert!(run.all().len() < 4_000, "{name}: the message is too long:\n{}", run.all());
    assert!(run.all().contains(name), "{name} is not named:\n{}", run.all());
    assert_eq!(site.read("content/county/office/2013.md"), None, "{name}: something was written");
}

fn zeros(size: usize) -> Vec<u8> {
    vec![b' '; size]
}

#[test]
fn packages_that_unpack_to_too_much_are_refused() {
    let bomb = zeros(160 << 20);
    is_refused("bomb.docx", &pack(&[("word/document.xml", &bomb)]), 1, "larger than 128 MiB");
    is_refused(
        "bomb.xlsx",
        &pack(&[("xl/workbook.xml", b"<a/>"), ("xl/media/a.png", &bomb)]),
        1,
        "larger than 128 MiB",
    );
}

#[test]
fn a_sheet_of_a_million_rows_is_refused() {
    let mut sheet = String::from("<sheetData>");
    for row in 1..=1_000_001 {
        let _ = write!(sheet, "<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>");
    }
    sheet.push_str("</sheetData>");
    is_refused("rows.xlsx", &workbook(&sheet), 1, "more than 1,000,000 cells");
    let lines = "\u{4e00},1\n".repeat(1_000_000);
    is_refused("rows.csv", lines.as_bytes(), 1, "more than 1,000,000 cells");
}

#[test]
fn a_cell_far_out_takes_no_memory() {
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
                 <row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
    is_refused("far.xlsx", &workbook(sheet), 1, "no table of a known form");
}

#[test]
fn deep_nesting_is_refused() {
    let deep = "<!doctype html><html><body>".to_owned() + &"<div>".repeat(10_000) + &"</div>".repeat(10_000);
    is_refused("deep.html", deep.as_bytes(), 1, "nested more than");
    let tables = "<html>".to_owned() + &"<table><tr><td>".repeat(10_000);
    is_refused("tables.html", tables.as_bytes(), 1, "nested more than");
    let xml =
        "<w:document>".to_owned() + &"<w:p>".repeat(10_000) + &"</w:p>".repeat(10_000) + "</w:document>";
    is_refused("deep.docx", &pack(&[("word/document.xml", xml.as_bytes())]), 1, "nested more than");
}

#[test]
fn a_name_that_lies_is_refused() {
    let table = rows("一、主动公开数量 | 条 | 1");
    is_refused("a.docx", &xlsx(&table), 1, "named like DOCX, but it is XLSX");
    is_refused("a.xlsx", html(&table, "utf-8").as_bytes(), 1, "named like XLSX, but it is HTML");
    is_refused("a.csv", &docx(&table), 1, "named like CSV, but it is DOCX");
    is_refused("a.xlsx", b"a,b\n1,2\n", 1, "named like XLSX");
}

#[test]
fn damage_is_named() {
    let table = rows("一、主动公开数量 | 条 | 1");
    for (name, whole) in [("cut.xlsx", xlsx(&table)), ("cut.docx", docx(&table))] {
        for share in [4, 2] {
            is_refused(name, &whole[..whole.len() / share], 1, "damaged");
        }
    }
    is_refused("empty.html", b"", 1, "the file is empty");
    let noise: Vec<u8> = (0u32..50_000).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    is_refused("noise.txt", &noise, 1, "neither UTF-8");
    is_refused(
        "noise.xls",
        &[&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &noise].concat(),
        1,
        "damaged XLS",
    );
    is_refused("a.pdf", b"%PDF-1.7\n", 1, "PDF cannot be read");
}

#[test]
fn entities_are_not_expanded() {
    let mut bomb = String::from("<?xml version=\"1.0\"?><!DOCTYPE z [<!ENTITY a \"aaaaaaaaaa\">");
    for (name, inner) in ["b", "c", "d", "e", "f", "g", "h", "i", "j"]
        .iter()
        .zip(["a", "b", "c", "d", "e", "f", "g", "h", "i"])
    {
        let _ = write!(bomb, "<!ENTITY {name} \"{}\">", format!("&{inner};").repeat(10));
    }
    bomb.push_str("]><w:document><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>");
    is_refused(
        "entities.docx",
        &pack(&[("word/document.xml", bomb.as_bytes())]),
        1,
        "no table of a known form",
    );
}

#[test]
fn one_endless_line_is_refused() {
    is_refused("line.csv", &zeros(100 << 20), 1, "larger than 64 MiB");
    let long = "1".repeat(60 << 20);
    is_refused("long.csv", long.as_bytes(), 1, "no table of a known form");
}

#[test]
fn one_endless_paragraph_is_read_once() {
    let years = "2012年".repeat((20 << 20) / "2012年".len());
    is_refused("years.txt", years.as_bytes(), 1, "no table of a known form");
    let numbers = "一、甲。".repeat((8 << 20) / "一、甲。".len());
    is_refused("numbers.txt", numbers.as_bytes(), 1, "no table of a known form");
}

#[test]
fn bars_and_spans_without_end_are_refused() {
    is_refused("bars.txt", "|".repeat(5_000_000).as_bytes(), 1, "more than 1,000,000 cells");
    let span = "<html><table><tr>".to_owned()
        + &"<td colspan=1000 rowspan=65534>1</td>".repeat(2_000)
        + "</tr></table></html>";
    let site = Site::new();
    site.write("span.html", span.as_bytes());
    let run = import(&site, "span.html").ends(1);
    assert!(run.all().len() < 4_000 && site.read("content/county/office/2013.md").is_none(), "{}", run.all());
}

#[test]
fn strange_names_are_names() {
    let table =
        "一、主动公开数量 | 条 | 289 |\n(一)通过政府网站公开数 | 条 | 200 |\n五、举报数量 | 件 | 1 |\n";
    for name in ["-rf.txt", "a b'c\"$(x).txt", "年报 [1].txt", "a\u{202e}txt.txt", "%s\t.txt"] {
        let site = Site::new();
        site.write(name, table.as_bytes());
        let run = import(&site, name).ends(0);
        assert!(!run.all().contains('\u{202e}') || name.contains('\u{202e}'));
        assert!(site.read("content/county/office/2013.md").unwrap().contains("proactive_total: 289"));
    }
}

#[test]
fn one_bad_file_among_good_ones_stops_all() {
    let table =
        "一、主动公开数量 | 条 | 289 |\n(一)通过政府网站公开数 | 条 | 200 |\n五、举报数量 | 件 | 1 |\n";
    let site = Site::new().file("in/a.txt", table);
    site.write("in/b.docx", b"PK\x03\x04");
    import(&site, "in").ends(1).says("in/b.docx").says("damaged");
    assert_eq!(site.read("content/county/office/2013.md"), None);
}
