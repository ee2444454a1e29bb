//! What is written as a table of any kind comes back as it was: every form, every format.

use std::collections::BTreeMap;

use glasshouse::base::text::Lang;
use glasshouse::form::{Form, IndicatorIx, SectionBody};
use glasshouse::import::{ExtractedReport, ImportRequest, LabelMapping, LogKind, compose, extract, read};
use glasshouse::load;
use glasshouse::model::{Period, Site};
use proptest::prelude::*;

use crate::tables::{Rows, bars, csv, docx, html, ods, xlsx};

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
fn printed(form: &Form, figures: &Figures) -> Rows {
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
                    let indicator = &form[*ix];
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

/// One row an agency, one column a figure, under the codes.
fn wide(form: &Form, figures: &Figures) -> Vec<u8> {
    let heads = figures.keys().map(|ix| form[*ix].code.to_string());
    let heads: Vec<String> = ["Agency".to_owned(), "Year".to_owned()].into_iter().chain(heads).collect();
    let row: Vec<String> =
        ["某局".to_owned(), "2023".to_owned()].into_iter().chain(figures.values().cloned()).collect();
    csv(&vec![heads, row])
}

fn imported(site: &Site, name: &str, bytes: &[u8], form: Option<&str>) -> ExtractedReport {
    let document = read(name, bytes, &site.catalog.units).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mapping = LabelMapping::default();
    let period = Period::parse("2023").ok();
    let request =
        ImportRequest { form, agency: Some("a"), folder: "", period, column: None, mapping: &mapping };
    let mut extraction = extract(&[document], site, &request);
    assert_eq!(extraction.problems, [], "{name}");
    extraction.reports.remove(0)
}

/// What a report says of its figures, blank ones included.
fn back(extracted: &ExtractedReport) -> Figures {
    extracted.figures.iter().map(|(ix, written)| (*ix, written.text.clone())).collect()
}

fn strange(extracted: &ExtractedReport) -> Vec<String> {
    let is_strange = |kind| kind != LogKind::Text && LogKind::needs_attention(kind);
    extracted
        .entries
        .iter()
        .filter(|entry| is_strange(entry.kind))
        .map(|entry| format!("{entry:?}"))
        .collect()
}

fn with_every_format(form_id: &str, cases: u32) {
    let site = site();
    let form = &site.catalog[site.catalog.find_form(form_id).unwrap()];
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(figures in figures(form))| {
        let rows = printed(form, &figures);
        let page = html(&rows, "gbk");
        let (gbk, _, _) = encoding_rs::GB18030.encode(&page);
        let files: Vec<(&str, Vec<u8>)> = vec![
            ("bars.txt", bars(&rows)),
            ("table.csv", csv(&rows)),
            ("utf8.html", html(&rows, "utf-8").into_bytes()),
            ("gbk.html", gbk.into_owned()),
            ("table.xlsx", xlsx(&rows)),
            ("table.ods", ods(&rows)),
            ("table.docx", docx(&rows)),
            ("wide.csv", wide(form, &figures)),
        ];
        let mut first: Option<String> = None;
        for (name, bytes) in files {
            let extracted = imported(&site, name, &bytes, Some(form_id));
            prop_assert_eq!(strange(&extracted), Vec::<String>::new(), "{}", name);
            prop_assert_eq!(&back(&extracted), &figures, "{}", name);
            let file = compose(&extracted, form);
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
        let form = &site.catalog[site.catalog.find_form(id).unwrap()];
        let figures: Figures = form.figures().map(|(ix, _)| (ix, ix.0.to_string())).collect();
        let extracted = imported(&site, "table.txt", &bars(&printed(form, &figures)), None);
        assert_eq!(&*site.catalog[extracted.form].id, id);
        assert_eq!(back(&extracted), figures);
    }
}

#[test]
fn a_flattened_list_comes_back() {
    let site = site();
    let form = &site.catalog[site.catalog.find_form("zj-2012").unwrap()];
    let config = ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(figures in figures(form))| {
        let cells = printed(form, &figures).concat();
        let lines = cells.into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join("\n");
        let extracted = imported(&site, "flat.txt", lines.as_bytes(), Some("zj-2012"));
        prop_assert_eq!(strange(&extracted), Vec::<String>::new());
        prop_assert_eq!(&back(&extracted), &figures);
    });
}
