//! One table as the files that offices keep it in.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

/// A table, row by row.
pub(crate) type Rows = Vec<Vec<String>>;

/// The rows of a text with `|` between cells and a row a line.
pub(crate) fn rows(text: &str) -> Rows {
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect();
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(cells).collect()
}

/// Text with a bar behind every cell.
pub(crate) fn bars(rows: &Rows) -> Vec<u8> {
    let line = |row: &Vec<String>| format!("{} |\n", row.join(" | "));
    rows.iter().map(line).collect::<String>().into_bytes()
}

/// CSV.
pub(crate) fn csv(rows: &Rows) -> Vec<u8> {
    let cell = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join(",") + "\r\n";
    rows.iter().map(line).collect::<String>().into_bytes()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A page that says it is in `charset`.
pub(crate) fn html(rows: &Rows, charset: &str) -> String {
    let mut page = format!(
        "<!DOCTYPE html>\n<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset={charset}\">\
         <style>td {{ border: 1px }}</style></head>\n<body><div><table border=1>\n"
    );
    for row in rows {
        let cells = row.iter().map(|cell| format!("<td>&nbsp;{}</td>", escape(cell)));
        let _ = writeln!(page, "<tr>{}</tr>", cells.collect::<String>());
    }
    page + "</table></div></body></html>\n"
}

/// A Word document.
pub(crate) fn docx(rows: &Rows) -> Vec<u8> {
    let cell = |cell: &String| format!("<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>", escape(cell));
    let row = |row: &Vec<String>| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
    let table: String = rows.iter().map(row).collect();
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:body><w:tbl>{table}</w:tbl></w:body></w:document>"
    );
    pack(&[("word/document.xml", document.as_bytes())])
}

/// A workbook; numbers are numbers, as a clerk types them.
pub(crate) fn xlsx(rows: &Rows) -> Vec<u8> {
    let mut sheet = String::new();
    for (at, row) in rows.iter().enumerate() {
        let _ = write!(sheet, "<row r=\"{}\">", at + 1);
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let place = format!("{}{}", char::from(b'A' + column as u8), at + 1);
            let is_number = cell.chars().all(|c| c.is_ascii_digit() || c == '.');
            let _ = if is_number {
                write!(sheet, "<c r=\"{place}\"><v>{cell}</v></c>")
            } else {
                write!(sheet, "<c r=\"{place}\" t=\"inlineStr\"><is><t>{}</t></is></c>", escape(cell))
            };
        }
        sheet.push_str("</row>");
    }
    workbook(&format!("<sheetData>{sheet}</sheetData>"))
}

/// A workbook whose only sheet holds this.
pub(crate) fn workbook(sheet: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let types = format!(
        "<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/></Types>"
    );
    let links = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" \
             Type=\"{office}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" \
         r:id=\"rId1\"/></sheets></workbook>"
    );
    pack(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", links("officeDocument", "xl/workbook.xml").as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links("worksheet", "worksheets/sheet1.xml").as_bytes()),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\">{sheet}</worksheet>").as_bytes()),
    ])
}

/// A spreadsheet of `OpenDocument`; numbers are numbers.
pub(crate) fn ods(rows: &Rows) -> Vec<u8> {
    let mut content = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"Sheet1\">".to_owned();
    for row in rows {
        content.push_str("<table:table-row>");
        for cell in row {
            let is_number = !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit() || c == '.');
            let _ = match () {
                () if cell.is_empty() => write!(content, "<table:table-cell/>"),
                () if is_number => write!(
                    content,
                    "<table:table-cell office:value-type=\"float\" office:value=\"{cell}\"><text:p>{cell}</text:p></table:table-cell>"
                ),
                () => write!(
                    content,
                    "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
                    escape(cell)
                ),
            };
        }
        content.push_str("</table:table-row>");
    }
    content.push_str("<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>");
    let manifest = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/></manifest:manifest>";
    pack(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content.as_bytes()),
    ])
}

/// A zip package.
pub(crate) fn pack(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
