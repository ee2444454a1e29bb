//! Web pages.

use glasshouse::import::{DocumentBlock, GridCell, InputDocument, ReadError, TableGrid};

use super::read_as;

fn page(body: &str) -> InputDocument {
    read_as("a.html", format!("<!doctype html><title>标题</title><body>{body}").as_bytes()).unwrap()
}

fn table(body: &str) -> TableGrid {
    let document = page(body);
    let found = document.blocks.into_iter().find_map(|block| match block {
        DocumentBlock::Table(table) => Some(table),
        DocumentBlock::Text(_) => None,
    });
    found.unwrap()
}

fn shown(table: &TableGrid) -> Vec<String> {
    let cell = |cell: &GridCell| format!("{}{}", cell.text, if cell.is_copy { "*" } else { "" });
    table.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("|")).collect()
}

#[test]
fn merged_cells_are_expanded() {
    let table = table(
        "<table><caption>统计表</caption><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>丙<td>丁<br>戊</tr><tr><td>己<td><td rowspan=0>庚</table>",
    );
    assert_eq!(shown(&table), ["甲|乙|乙*", "甲*|丙|丁戊", "己||庚"]);
    assert_eq!(table.name.as_deref(), Some("统计表"));
    assert_eq!(table.rows[1][2].place.to_string(), "T1!C2");
}

#[test]
fn spans_that_overlap_and_overflow_stay_bounded() {
    let rows = "<tr><td rowspan=65534 colspan=1000>x</td></tr>".repeat(2_000);
    let error = read_as("a.html", format!("<table>{rows}</table>").as_bytes()).unwrap_err();
    assert!(matches!(error, ReadError::TooManyCells { .. }));
    let long = table("<table><tr><td rowspan=9>a</td></tr><tr><td>b</td></tr></table>");
    assert_eq!(shown(&long), ["a", "a*|b"]);
}

#[test]
fn the_text_becomes_markdown_without_the_furniture() {
    let text = "正文".repeat(80);
    let document = page(&format!(
        "<nav>首页</nav><div class='menu'>菜单</div><div id='zoom'><h1>2021年报告</h1><p><strong>一、总体情况</strong></p><p>{text}<a href='https://example.org/'>链接</a></p><ul><li>甲<li>乙</ul><script>x</script></div><footer>版权</footer>"
    ));
    let texts: Vec<String> = document
        .blocks
        .iter()
        .map(|block| match block {
            DocumentBlock::Text(paragraph) => {
                format!("{} {}", paragraph.heading, paragraph.markdown.clone().unwrap())
            }
            DocumentBlock::Table(_) => "table".into(),
        })
        .collect();
    assert_eq!(
        texts,
        [
            "1 2021年报告".to_owned(),
            "0 **一、总体情况**".to_owned(),
            format!("0 {text}[链接](<https://example.org/>)"),
            "0 - 甲".to_owned(),
            "0 - 乙".to_owned()
        ]
    );
    assert_eq!(document.title.as_deref(), Some("标题"));
}

#[test]
fn tables_that_place_things_are_looked_through() {
    let document =
        page("<table><tr><td>左</td><td><table><tr><td>甲</td><td>1</td></tr></table></td></tr></table>");
    assert!(matches!(&document.blocks[..], [DocumentBlock::Text(_), DocumentBlock::Table(_)]));
}

#[test]
fn the_address_is_remembered() {
    let text =
        "<!-- saved from url=(0025)http://example.gov.cn/a.html -->\n<html><body><p>x</p></body></html>";
    assert_eq!(
        read_as("a.html", text.as_bytes()).unwrap().url.as_deref(),
        Some("http://example.gov.cn/a.html")
    );
    let text = "<html><head><link rel=canonical href='https://example.gov.cn/b'></head><body>x</body></html>";
    assert_eq!(read_as("a.html", text.as_bytes()).unwrap().url.as_deref(), Some("https://example.gov.cn/b"));
}
