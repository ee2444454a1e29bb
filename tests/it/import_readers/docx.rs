//! Word documents.

use glasshouse::import::{DocumentBlock, ReadError};

use super::read_as;
use crate::tables::pack;

fn document(body: &str) -> Vec<u8> {
    let xml =
        format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    pack(&[("word/document.xml", xml.as_bytes())])
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn paragraphs_headings_and_tables_are_read() {
    let cell =
        |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text));
    let body = format!(
        "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>标题 &amp; &#x4e00;</w:t></w:r></w:p>{}<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        p("正文"),
        cell("<w:gridSpan w:val=\"2\"/>", "甲"),
        cell("<w:vMerge w:val=\"restart\"/>", "乙"),
        cell("", "丙"),
        cell("", ""),
        cell("<w:vMerge/>", ""),
    );
    let blocks = read_as("a.docx", &document(&body)).unwrap().blocks;
    let DocumentBlock::Text(heading) = &blocks[0] else { panic!("a heading") };
    assert_eq!((&*heading.plain, heading.heading), ("标题 & 一", 1));
    let DocumentBlock::Table(table) = &blocks[2] else { panic!("a table") };
    let shown: Vec<Vec<(&str, bool)>> =
        table.rows.iter().map(|row| row.iter().map(|cell| (&*cell.text, cell.is_copy)).collect()).collect();
    assert_eq!(
        shown,
        [vec![("甲", false), ("甲", true), ("乙", false)], vec![("丙", false), ("", false), ("乙", true)]]
    );
}

#[test]
fn depth_and_damage_are_errors() {
    let deep = "<w:p>".repeat(10_000) + &"</w:p>".repeat(10_000);
    assert_eq!(read_as("a.docx", &document(&deep)), Err(ReadError::TooDeep { limit: 500 }));
    let broken = pack(&[("word/document.xml", b"<w:document><w:p>")]);
    assert!(matches!(read_as("a.docx", &broken), Err(ReadError::Broken { .. })));
    assert!(matches!(read_as("a.docx", &document("<w:p></w:x>")), Err(ReadError::Broken { .. })));
}
