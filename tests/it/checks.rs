//! Hostile files: each is refused with what is wrong with it, in time, beside everything else.

use std::time::{Duration, Instant};

use crate::site::Site;

const LONGEST: Duration = Duration::from_secs(60);

/// Checks a site whose report for 2012 has these bytes; says what the program says.
fn check(bytes: &[u8]) -> String {
    let site = Site::new().report("content/county/office/2013.md", "proactive_total: 1\nproactive_web: 2");
    site.write("content/county/office/2012.md", bytes);
    let start = Instant::now();
    let run = site.run(&["check"]).ends(1).says("2013.md:6:18");
    assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
    assert!(run.out.len() < 100_000, "{} bytes of output", run.out.len());
    run.out
}

#[track_caller]
fn says(bytes: &[u8], parts: &[&str]) {
    let said = check(bytes);
    for part in parts {
        assert!(said.contains(part), "{part:?} is not in:\n{said}");
    }
}

fn front(text: &str) -> Vec<u8> {
    format!("---\ntitle: 年报\nform: zj-2012\n{text}\n---\n").into_bytes()
}

#[test]
fn foreign_encodings_are_named() {
    // 标题 in GB18030.
    let gb18030 = b"---\ntitle: \xb1\xea\xcc\xe2\nform: zj-2012\n---\n";
    says(gb18030, &["error[not-utf8]", "2012.md", "GB18030", "iconv -f GB18030 -t UTF-8"]);
    let utf16: Vec<u8> = "---\ntitle: 标题\n---\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    says(&[&[0xff, 0xfe], &*utf16].concat(), &["error[not-utf8]", "UTF-16"]);
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    says(b"---\ntitle: a\n---\n\xff\xff\xff", &["error[not-text]", "2012.md:4:1"]);
    says(b"---\ntitle: a\0b\nform: zj-2012\n---\n", &["error[nul-byte]", "2012.md:2:9"]);
    says(b"\x00\x01\x02", &["error[nul-byte]", "2012.md:1:1"]);
}

#[test]
fn deep_nesting_is_refused() {
    let deep = |open: &str, close: &str, n: usize| {
        front(&format!("statistics: {}{}", open.repeat(n), close.repeat(n)))
    };
    says(&deep("[", "]", 100), &["error[yaml-too-deep]", "2012.md:4:28"]);
    says(&deep("[", "]", 100_000), &["error[", "2012.md:4:"]);
    says(&deep("{a: ", "}", 100_000), &["error[", "2012.md:4:"]);
    says(&deep("- ", "", 50_000), &["error[", "2012.md:4:"]);
}

#[test]
fn alias_bombs_do_not_go_off() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let before = format!("*a{}", level - 1);
        let list = [&*before; 10].join(", ");
        bomb = format!("{bomb}a{level}: &a{level} [{list}]\n");
    }
    says(&front(&bomb), &["error[yaml-anchor]", "2012.md:4:"]);
    says(&front("statistics: {<<: *all}"), &["error[", "2012.md:4:"]);
}

#[test]
fn huge_files_are_refused() {
    let scalar = front(&format!("period: {}", "9".repeat(50 << 20)));
    says(&scalar, &["error[front-matter-too-large]", "2012.md:1:1"]);
    let number = front(&format!("statistics: {{proactive_total: {}}}", "9".repeat(3 << 20)));
    says(&number, &["error[", "2012.md:4:"]);
    let file = vec![b'a'; (64 << 20) + 1];
    says(&file, &["error[file-too-large]", "2012.md"]);
}

#[test]
fn many_keys_are_read_or_refused_in_time() {
    let keys = (0..5_000).map(|at| format!("  proactive_{at}: {at}\n")).collect::<Vec<_>>().concat();
    let said = check_all(&front(&format!("statistics:\n{keys}")));
    assert!(said.contains("unknown-indicator") || said.contains("yaml-too-large"), "{}", &said[..2000]);
    let keys = (0..200_000).map(|at| format!("  a{at}: {at}\n")).collect::<Vec<_>>().concat();
    says(&front(&format!("statistics:\n{keys}")), &["error[yaml-too-large]", "2012.md:"]);
    let keys = "  proactive_total: 1\n".repeat(5_000);
    let said = check_all(&front(&format!("statistics:\n{keys}")));
    assert!(said.contains("duplicate-key") || said.contains("yaml-too-large"), "{}", &said[..2000]);
}

/// The same for a file of which a great deal may be said.
fn check_all(bytes: &[u8]) -> String {
    let site = Site::new();
    site.write("content/county/office/2012.md", bytes);
    let start = Instant::now();
    let run = site.run(&["check", "--format", "github"]).ends(1);
    assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
    run.out
}

#[test]
fn a_hostile_form_is_refused_where_it_is() {
    for (text, place) in [
        ("id: [\n", "hostile.yaml:"),
        ("id: x\nsections: 3\n", "hostile.yaml:"),
        (
            "id: x\ntitle: {zh: 表}\nsections:\n  - {id: a, indicators: [{code: a, label: a, unit: 光年}]}\n",
            "hostile.yaml:4:52",
        ),
        ("a: &a [x, x]\nb: &b [*a, *a]\nid: *b\n", "hostile.yaml"),
    ] {
        let site = Site::new().file("content/_forms/hostile.yaml", text);
        site.run(&["check"]).ends(1).says("error[").says(place);
    }
    let deep = format!("id: {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
    Site::new().file("content/_forms/hostile.yaml", &deep).run(&["check"]).ends(1).says("hostile.yaml");
}
