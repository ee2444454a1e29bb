//! What is written as a table of any kind comes back as it was: every form, every format.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;

use crate::base::text::Lang;
use crate::form::{Form, IndicatorIx, SectionBody};
use crate::load;
use crate::model::Site;

use super::read::pack;
use super::{Draft, EntryKind, Mapping, Request, compose, read, understand};

/// A report's figures as texts.
type Figures = BTreeMap<IndicatorIx, String>;

fn site() -> Site {
    Site { catalog: load::catalog(&[]).0, ..Site::default() }
}

fn figure() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        4 => (0u32..3_000_000).prop_map(|number| number.to_string()),
        1 => (1u32..99_999, 1u32..=9).prop_map(|(whole, tenth)| format!("{whole}.{tenth}")),
        1 => prop::sample::select(vec!["n/a", "-", "—", "/", "无", "680余", "约44", "<1", ">=3", "26.8万", "+19", "-35", "99.4473684210526"]).prop_map(str::to_owned),
    ]
}

fn figures(form: &Form) -> impl Strategy<Value = Figures> + use<> {
    let places: Vec<IndicatorIx> = form.figures().map(|(ix, _)| ix).collect();
    prop::collection::vec(figure(), places.len())
        .prop_map(move |texts| places.iter().copied().zip(texts).collect())
}

/// The form as it is printed, filled in: titles, headings, rows.
fn printed(form: &Form, figures: &Figures) -> Vec<Vec<String>> {
    let lang = Lang::new(form.title.iter().next().map_or("zh", |(lang, _)| lang));
    let is_chinese = lang.is_chinese();
    let text = |ix: IndicatorIx| figures.get(&ix).cloned().unwrap_or_default();
    let mut rows = Vec::new();
    for section in &form.sections {
        let title = section.title.get(&lang);
        match &section.body {
            SectionBody::Prose => {}
            SectionBody::List(indicators) => {
                rows.push(vec![title.to_owned()]);
                let heads = if is_chinese {
                    ["指标名称", "计量单位", "数据统计"]
                } else {
                    ["Indicator", "Unit", "Value"]
                };
                rows.push(heads.map(str::to_owned).to_vec());
                for ix in indicators {
                    let indicator = form.indicator(*ix).unwrap();
                    let unit = indicator.unit.as_deref().unwrap_or("");
                    rows.push(vec![indicator.label.get(&lang).to_owned(), unit.to_owned(), text(*ix)]);
                }
            }
            SectionBody::Table(table) => {
                rows.push(vec![title.to_owned()]);
                let first = if is_chinese { "信息内容" } else { "Item" };
                let heads = table.columns.iter().map(|column| column.label.get(&lang).to_owned());
                rows.push(std::iter::once(first.to_owned()).chain(heads).collect());
                for row in &table.rows {
                    let cells = (0..table.columns.len()).map(|at| {
                        row.first.map_or(String::new(), |first| text(IndicatorIx(first.0 + at as u16)))
                    });
                    rows.push(std::iter::once(row.label.get(&lang).to_owned()).chain(cells).collect());
                }
            }
        }
    }
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    for row in &mut rows {
        row.resize(width, String::new());
    }
    rows
}

fn bars(rows: &[Vec<String>]) -> Vec<u8> {
    let lines = rows.iter().map(|row| format!("{} |", row.join(" | "))).collect::<Vec<_>>();
    (lines.join(
        "
",
    ) + "
")
    .into_bytes()
}

fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn html(rows: &[Vec<String>]) -> String {
    let mut page =
        "<!doctype html><html><head><meta charset=\"gbk\"><title>报告</title></head><body><table>\n"
            .to_owned();
    for row in rows {
        page.push_str("<tr>");
        for cell in row {
            let _ = write!(page, "<td> {}\n</td>", escape(cell));
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</table></body></html>\n");
    page
}

fn column_name(at: usize) -> String {
    let letter = |at: usize| char::from(b'A' + (at % 26) as u8);
    if at < 26 { letter(at).to_string() } else { format!("{}{}", letter(at / 26 - 1), letter(at)) }
}

fn xlsx(rows: &[Vec<String>]) -> Vec<u8> {
    let mut sheet = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>".to_owned();
    for (at, row) in rows.iter().enumerate() {
        let _ = write!(sheet, "<row r=\"{}\">", at + 1);
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let place = format!("{}{}", column_name(column), at + 1);
            let is_number =
                cell.chars().all(|c| c.is_ascii_digit() || c == '.') && cell.parse::<f64>().is_ok();
            let _ = if is_number {
                write!(sheet, "<c r=\"{place}\"><v>{cell}</v></c>")
            } else {
                write!(
                    sheet,
                    "<c r=\"{place}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                    escape(cell)
                )
            };
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData></worksheet>");
    let types = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>";
    let root = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
    let book = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
    let parts = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    pack(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", parts.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn ods(rows: &[Vec<String>]) -> Vec<u8> {
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

fn docx(rows: &[Vec<String>]) -> Vec<u8> {
    let mut body = "<w:tbl>".to_owned();
    for row in rows {
        body.push_str("<w:tr>");
        for cell in row {
            let _ = write!(
                body,
                "<w:tc><w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p></w:tc>",
                escape(cell)
            );
        }
        body.push_str("</w:tr>");
    }
    body.push_str("</w:tbl>");
    let document =
        format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    pack(&[("word/document.xml", document.as_bytes())])
}

/// One row an agency, one column a figure, under the codes.
fn wide(form: &Form, figures: &Figures) -> Vec<u8> {
    let heads = figures.keys().map(|ix| form.indicator(*ix).unwrap().code.to_string());
    let heads: Vec<String> = ["Agency".to_owned(), "Year".to_owned()].into_iter().chain(heads).collect();
    let row: Vec<String> =
        ["某局".to_owned(), "2023".to_owned()].into_iter().chain(figures.values().cloned()).collect();
    csv(&[heads, row])
}

fn imported(site: &Site, name: &str, bytes: &[u8], form: Option<&str>) -> Draft {
    let document = read(name, bytes, &site.catalog.units).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mapping = Mapping::default();
    let period = crate::model::Period::parse("2023").ok();
    let request = Request { form, agency: Some("a"), folder: "", period, column: None, mapping: &mapping };
    let mut understood = understand(&[document], site, &request);
    assert_eq!(understood.problems, [], "{name}");
    understood.drafts.remove(0)
}

/// What a report says of its figures, blank ones included.
fn back(draft: &Draft) -> Figures {
    draft.figures.iter().map(|(ix, written)| (*ix, written.text.clone())).collect()
}

fn strange(draft: &Draft) -> Vec<String> {
    let is_strange = |kind| kind != EntryKind::Text && EntryKind::needs_attention(kind);
    draft.entries.iter().filter(|entry| is_strange(entry.kind)).map(|entry| format!("{entry:?}")).collect()
}

fn with_every_format(form_id: &str, cases: u32) {
    let site = site();
    let form = site.catalog.form(site.catalog.find_form(form_id).unwrap()).unwrap();
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(figures in figures(form))| {
        let rows = printed(form, &figures);
        let page = html(&rows);
        let (gbk, _, _) = encoding_rs::GB18030.encode(&page);
        let files: Vec<(&str, Vec<u8>)> = vec![
            ("bars.txt", bars(&rows)),
            ("table.csv", csv(&rows)),
            ("utf8.html", page.replace("gbk", "utf-8").into_bytes()),
            ("gbk.html", gbk.into_owned()),
            ("table.xlsx", xlsx(&rows)),
            ("table.ods", ods(&rows)),
            ("table.docx", docx(&rows)),
            ("wide.csv", wide(form, &figures)),
        ];
        let mut first: Option<String> = None;
        for (name, bytes) in files {
            let draft = imported(&site, name, &bytes, Some(form_id));
            prop_assert_eq!(strange(&draft), Vec::<String>::new(), "{}", name);
            prop_assert_eq!(&back(&draft), &figures, "{}", name);
            let file = compose::report(&draft, form);
            prop_assert_eq!(first.get_or_insert(file.clone()), &file, "{}", name);
        }
    });
}

#[test]
fn zj_2012_comes_back() {
    with_every_format("zj-2012", 6);
}

#[test]
fn gb_2014_comes_back() {
    with_every_format("gb-2014", 6);
}

#[test]
fn gb_2019_comes_back() {
    with_every_format("gb-2019", 6);
}

#[test]
fn gb_2021_comes_back() {
    with_every_format("gb-2021", 6);
}

#[test]
fn us_foia_comes_back() {
    with_every_format("us-foia", 4);
}

#[test]
fn the_form_is_found_without_help() {
    let site = site();
    for id in ["zj-2012", "gb-2014", "gb-2019", "gb-2021", "us-foia"] {
        let form = site.catalog.form(site.catalog.find_form(id).unwrap()).unwrap();
        let figures: Figures = form.figures().map(|(ix, _)| (ix, ix.0.to_string())).collect();
        let draft = imported(&site, "table.txt", &bars(&printed(form, &figures)), None);
        assert_eq!(&*site.catalog.form(draft.form).unwrap().id, id);
        assert_eq!(back(&draft), figures);
    }
}

#[test]
fn a_flattened_list_comes_back() {
    let site = site();
    let form = site.catalog.form(site.catalog.find_form("zj-2012").unwrap()).unwrap();
    let config = ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(figures in figures(form))| {
        let cells = printed(form, &figures).concat();
        let lines = cells.into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join("\n");
        let draft = imported(&site, "flat.txt", lines.as_bytes(), Some("zj-2012"));
        prop_assert_eq!(strange(&draft), Vec::<String>::new());
        prop_assert_eq!(&back(&draft), &figures);
    });
}
