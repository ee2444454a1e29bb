//! Plain text, whose tables have lost their lines.

use glasshouse::import::{DocumentBlock, GridCell};

use super::read_as;

fn blocks(text: &str) -> Vec<String> {
    read_as("a.txt", text.as_bytes())
        .unwrap()
        .blocks
        .iter()
        .map(|block| match block {
            DocumentBlock::Text(paragraph) => format!("{}: {}", paragraph.place, paragraph.plain),
            DocumentBlock::Table(table) => {
                let cell = |cell: &GridCell| cell.text.clone();
                let row = |row: &Vec<GridCell>| row.iter().map(cell).collect::<Vec<_>>().join("|");
                format!("{:?} {}", table.shape, table.rows.iter().map(row).collect::<Vec<_>>().join(" / "))
            }
        })
        .collect()
}

#[test]
fn bars_make_rows_and_keep_empty_cells() {
    let text = "前文。\n指标 | 单位 | 数据 |\n一、甲 | 条 | 289 |\n（一）乙 | ||\n二、丙 | 件 | |\n后文。\n";
    assert_eq!(
        blocks(text),
        ["1: 前文。", "Ragged 指标|单位|数据 / 一、甲|条|289 / （一）乙|| / 二、丙|件|", "6: 后文。"]
    );
    assert_eq!(blocks("| a | b |\n|---|:-:|\n| x | 1 |"), ["Ragged a|b / x|1"]);
    assert_eq!(blocks("首页 | 新闻 | 政务"), ["1: 首页 | 新闻 | 政务"]);
}

#[test]
fn a_page_in_one_row_loses_its_padding() {
    let row = format!("标题 {}甲 | 1 | 乙 | {}", "| ".repeat(20), "| ".repeat(200));
    assert_eq!(blocks(&row), ["Flat 标题|甲|1|乙"]);
}

#[test]
fn lone_bars_separate_cells() {
    assert_eq!(blocks("规章\n|\n0\n|\n\n|\n3\n后文。\n"), ["Flat 规章|0||3", "8: 后文。"]);
    assert_eq!(blocks("首页\n|\n新闻"), ["1: 首页", "Flat 新闻"], "one bar separates nothing");
}

#[test]
fn one_cell_a_line_is_a_flat_table() {
    let text = "这是一段较长的说明。\n一、甲\n条\n289\n（一）乙\n条\n298\n二、丙\n件\n三、丁\n件\n";
    assert_eq!(
        blocks(text),
        ["1: 这是一段较长的说明。", "Flat 一、甲|条|289|（一）乙|条|298|二、丙|件|三、丁|件"]
    );
    assert_eq!(blocks("一、甲\n乙\n丙"), ["1: 一、甲", "2: 乙", "3: 丙"]);
}

#[test]
fn keys_and_values_are_rows_of_two() {
    let text = "主动公开数量：289条\n申请情况\n新收申请: 1\n结转申请：\n联系电话：0577-1234567\n";
    assert_eq!(
        blocks(text),
        ["Ragged 主动公开数量|289条 / 申请情况 / 新收申请|1 / 结转申请|", "5: 联系电话：0577-1234567"]
    );
    assert_eq!(blocks("附件：1\n正文从这里开始。"), ["1: 附件：1", "2: 正文从这里开始。"]);
}

#[test]
fn tabs_separate_cells() {
    assert_eq!(blocks("指标\t数量\n甲\t\n乙\t3"), ["Ragged 指标|数量 / 甲| / 乙|3"]);
}
