//! What real reports do to an importer, one test a quirk.

use std::fmt::Write as _;

use crate::form::Form;
use crate::load;
use crate::model::Site;

use super::{Document, Draft, Entry, EntryKind, Mapping, Request, Understood, compose, read, understand};

fn site() -> Site {
    Site { catalog: load::catalog(&[]).0, ..Site::default() }
}

fn documents(files: &[(&str, &str)], site: &Site) -> Vec<Document> {
    files.iter().map(|(name, text)| read(name, text.as_bytes(), &site.catalog.units).unwrap()).collect()
}

/// Imports texts as reports of 2023, unless they say otherwise.
fn import(form: Option<&str>, text: &str) -> (Site, Understood) {
    import_column(form, text, None)
}

fn import_column(form: Option<&str>, text: &str, column: Option<&str>) -> (Site, Understood) {
    let site = site();
    let documents = documents(&[("某局2023.txt", text)], &site);
    let mapping = Mapping::default();
    let request =
        Request { form, agency: Some("a/office"), folder: "", period: None, column, mapping: &mapping };
    let understood = understand(&documents, &site, &request);
    (site, understood)
}

struct Read {
    form: Form,
    draft: Draft,
}

impl Read {
    /// What a figure says; `None` where nothing was taken.
    fn figure(&self, code: &str) -> Option<&str> {
        let ix = self.form.find(code).unwrap_or_else(|| panic!("no code {code}"));
        self.draft.figures.get(&ix).map(|written| &*written.text)
    }

    fn row(&self, code: &str) -> Vec<Option<&str>> {
        let (table, _) = self.form.row(code).unwrap();
        table.columns.iter().map(|column| self.figure(&format!("{code}__{}", column.code))).collect()
    }

    fn entries(&self, kind: EntryKind) -> Vec<&Entry> {
        self.draft.entries.iter().filter(|entry| entry.kind == kind).collect()
    }

    fn file(&self) -> String {
        compose::report(&self.draft, &self.form)
    }
}

fn one(form: Option<&str>, text: &str) -> Read {
    let (site, understood) = import(form, text);
    assert_eq!(understood.problems, []);
    let draft = understood.drafts.into_iter().next().expect("a report");
    let form = site.catalog.form(draft.form).unwrap().clone();
    Read { form, draft }
}

fn problems(form: Option<&str>, text: &str) -> Vec<&'static str> {
    import(form, text).1.problems.iter().map(|problem| problem.code).collect()
}

/// The head of the requests table, as its text comes out of a page.
const REQUESTS: &str = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 |\n自然人 | 法人或其他组织 | 总计 |\n商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |\n";

fn requests(rows: &str) -> Read {
    one(Some("gb-2021"), &format!("{REQUESTS}{rows}"))
}

#[test]
fn q1_1_blank_is_not_zero() {
    let read = one(
        None,
        "一、主动公开数量 | 条 | 289 |\n（一）通过政府网站公开数 | 条 | 0 |\n二、依申请公开数量 | 件 | |\n四、行政诉讼数量 | 件 | - |\n",
    );
    assert_eq!(read.figure("proactive_total"), Some("289"));
    assert_eq!(read.figure("proactive_web"), Some("0"));
    assert_eq!(read.figure("requests_total"), Some(""));
    assert_eq!(read.figure("lit_total"), Some("-"));
    assert_eq!(read.figure("complaints"), None, "not transcribed");
}

#[test]
fn q1_2_blank_and_zero_in_one_row() {
    let read = requests(
        "一、本年新收政府信息公开申请数量 | 103 | 3 | 0 | 1 | 0 | 0 | 107 |\n二、上年结转政府信息公开申请数量 | 8 | 0 | | | | 0 | 8 |\n",
    );
    assert_eq!(
        read.row("req_carried_in"),
        [Some("8"), Some("0"), Some(""), Some(""), Some(""), Some("0"), Some("8")]
    );
    assert!(read.file().contains("  req_carried_in: [8, 0, ~, ~, ~, 0, 8]\n"));
}

#[test]
fn q1_3_only_the_total_is_filled_in() {
    let read = requests("一、本年新收政府信息公开申请数量 | | | | | | | 0 |\n");
    assert_eq!(read.figure("req_new__total"), Some("0"));
    assert_eq!(read.figure("req_new__natural"), Some(""));
}

#[test]
fn q1_4_the_total_is_blank() {
    let read = requests("（一）予以公开 | 258 | 12 | | | 1 | 1 | |\n");
    assert_eq!(
        read.row("res_granted"),
        [Some("258"), Some("12"), Some(""), Some(""), Some("1"), Some("1"), Some("")]
    );
}

#[test]
fn q1_5_a_blank_parent_stays_blank() {
    let read =
        one(None, "（二）政府信息公开人员数 | 人 | |\n其中：全职人员 | 人 | 2 |\n兼职人员 | 人 | 1 |\n");
    assert_eq!(read.figure("staff_total"), Some(""));
    assert_eq!(read.figure("staff_full_time"), Some("2"));
}

#[test]
fn q1_6_a_dash_is_no_minus() {
    let read = one(
        Some("gb-2019"),
        "第二十条第（六）项 | | |\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量\n行政处罚 | 4 | -3 | 12\n行政强制 | 4 | 4 | - |\n",
    );
    assert_eq!(read.row("coercion"), [Some("4"), Some("4"), Some("-")]);
    assert_eq!(read.row("penalty"), [Some("4"), Some("-3"), Some("12")]);
}

#[test]
fn q1_7_and_q1_8_signs_are_kept() {
    let read = one(
        Some("gb-2019"),
        "信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量\n行政许可 | 21 | +19 | 40\n其他对外管理服务事项 | 1215 | -35 | 1180\n",
    );
    assert_eq!(read.row("licence"), [Some("21"), Some("+19"), Some("40")]);
    assert_eq!(read.row("service"), [Some("1215"), Some("-35"), Some("1180")]);
}

#[test]
fn q1_9_to_q1_11_units_and_decimals_stay() {
    let read = one(Some("gb-2021"), "信息内容 | 本年收费金额\n行政事业性收费 | 251000元\n");
    assert_eq!(read.figure("admin_fee__amount"), Some("251000元"));
    let read =
        one(Some("gb-2019"), "信息内容 | 采购项目数量 | 采购总金额（万元）\n政府集中采购 | 3 | 59237.2449\n");
    assert_eq!(read.figure("procurement__amount"), Some("59237.2449"));
    let read =
        one(Some("gb-2019"), "信息内容 | 采购项目数量 | 采购总金额（元）\n政府集中采购 | 3 | 592372449\n");
    assert!(read.file().contains("procurement: [3, {value: 592372449, unit: 元}]"), "{}", read.file());
    let read = one(
        Some("zj-2012"),
        "（单位：元）\n1、提供依申请公开信息收取的费用 | 300 |\n1、召开政府信息公开工作会或专题会 | 4 |\n2、举办各类培训班 | 3 |\n",
    );
    assert!(read.file().contains("fees_collected: {value: 300, unit: 元}\n"), "{}", read.file());
    assert!(read.file().contains("meetings: 4\n"), "a common unit is for what it can measure");
}

#[test]
fn q1_12_q1_13_and_q1_16_numbers_as_people_write_them() {
    for (cell, text) in [
        ("26.8万条", "26.8万条"),
        ("680余条", "680余条"),
        ("约44条", "约44条"),
        ("近5000条", "近5000条"),
        ("18万余条", "18万余条"),
        ("1128 条", "1128"),
        ("１，２３４", "1234"),
        ("/", "/"),
        ("—", "—"),
    ] {
        let read = one(
            Some("zj-2012"),
            &format!("一、主动公开数量 | {cell} |\n五、举报数量 | 1 |\n六、访问咨询数量 | 1 |\n"),
        );
        assert_eq!(read.figure("proactive_total"), Some(text), "{cell}");
    }
}

#[test]
fn q1_14_words_are_not_taken_for_zero() {
    let read = one(
        Some("zj-2012"),
        "一、主动公开数量 | 条 | 5 |\n二、依申请公开数量 | 件 | 未收到 |\n五、举报数量 | 件 | 没有收取 |\n",
    );
    assert_eq!(read.figure("requests_total"), None);
    assert_eq!(read.entries(EntryKind::Unreadable).len(), 2);
    assert!(read.file().contains("  # unreadable: requests_total: 未收到\n"));
    assert!(
        !read.entries(EntryKind::Missing).iter().any(|entry| entry.code.as_deref() == Some("requests_total"))
    );
}

#[test]
fn q2_2_and_q2_12_merged_cells_become_empty_ones() {
    let row = format!(
        "第二十条第（一）项 {}信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 {}规章 | 1 | 2 | 3 {}行政规范性文件 | 4 | 5 | 6 {}",
        "| ".repeat(30),
        "| ".repeat(60),
        "| ".repeat(90),
        "| ".repeat(200)
    );
    let read = one(None, &row);
    assert_eq!(read.row("regulation"), [Some("1"), Some("2"), Some("3")]);
    assert_eq!(read.row("normdoc"), [Some("4"), Some("5"), Some("6")]);
    let read = one(
        Some("gb-2021"),
        "第二十条第（一）项 | |||\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | 1 | 2 | 3 |||\n",
    );
    assert_eq!(read.row("regulation"), [Some("1"), Some("2"), Some("3")]);
}

#[test]
fn q2_3_lost_columns_are_said_to_be_lost() {
    let text = "本列数据\n自然人\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n总计\n一、本年新收政府信息公开申请数量\n103\n3\n1\n107\n二、上年结转政府信息公开申请数量\n8\n0\n0\n0\n0\n0\n8\n（一）予以公开\n5\n4\n四、结转下年度继续办理\n0\n0\n0\n0\n0\n0\n0\n";
    let read = one(Some("gb-2021"), text);
    assert_eq!(read.figure("req_new__total"), Some("107"), "103 + 3 + 1 = 107 confirms the total");
    assert_eq!(read.figure("req_new__natural"), None);
    assert_eq!(read.row("req_carried_in").iter().flatten().count(), 7);
    assert_eq!(read.row("res_granted").iter().flatten().count(), 0);
    let lost: Vec<_> = read.entries(EntryKind::Lost).iter().map(|entry| entry.text.clone()).collect();
    assert_eq!(lost, ["103 | 3 | 1 | 107", "5 | 4"]);
    assert!(
        read.file().contains("  req_new: {total: 107}\n  # lost: req_new: 103 | 3 | 1 | 107\n"),
        "{}",
        read.file()
    );
}

#[test]
fn q2_4_a_bar_on_every_second_line() {
    let text = "信息内容\n|\n本年制发件数\n|\n本年废止件数\n|\n现行有效件数\n|\n规章\n|\n0\n|\n0\n|\n0\n|\n行政规范性文件\n|\n3\n|\n|\n5\n";
    let read = one(Some("gb-2021"), text);
    assert_eq!(read.row("regulation"), [Some("0"), Some("0"), Some("0")]);
    assert_eq!(read.row("normdoc"), [Some("3"), Some(""), Some("5")]);
}

#[test]
fn q2_5_a_table_that_lost_its_figures_is_not_blank() {
    let text = "信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n行政规范性文件\n行政许可\n行政处罚\n行政强制\n行政事业性收费\n0\n件\n件\n件\n";
    let read = one(Some("gb-2021"), text);
    assert_eq!(read.draft.figures.len(), 0);
    assert_eq!(read.entries(EntryKind::Lost).len(), 4, "the table, and three labels before it");
}

#[test]
fn q2_6_without_tables_there_are_no_zeros() {
    let text = "2023年政府信息公开工作年度报告\n一、总体情况\n工作有序开展。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况\n";
    assert_eq!(problems(None, text), ["import-no-table"]);
}

#[test]
fn q2_7_headings_that_look_alike_are_read_by_position() {
    let read = one(
        Some("gb-2019"),
        "信息内容 | 本年新 | 本年新 | 对外公开总数量\n规章 | 1 | 2 | 3\n规范性文件 | 4 | 5 | 6\n",
    );
    assert_eq!(read.row("normdoc"), [Some("4"), Some("5"), Some("6")]);
}

#[test]
fn headings_in_another_order_are_followed() {
    let site = site();
    let csv = "信息内容,现行有效件数,本年制发件数,本年废止件数\n规章,3,1,2\n行政规范性文件,6,4,5\n";
    let documents = documents(&[("2023.csv", csv)], &site);
    let mapping = Mapping::default();
    let request = Request {
        form: Some("gb-2021"),
        agency: Some("a"),
        folder: "",
        period: None,
        column: None,
        mapping: &mapping,
    };
    let draft = understand(&documents, &site, &request).drafts.remove(0);
    let form = site.catalog.form(draft.form).unwrap().clone();
    assert_eq!(Read { form, draft }.row("regulation"), [Some("1"), Some("2"), Some("3")]);
}

#[test]
fn q2_8_numbers_in_headings_are_no_values() {
    let read = one(
        Some("gb-2019"),
        "信息内容 | 上一年项目数量 | 本年增/减（指2019年事项数，减用负值表示，如-8） | 处理决定数量\n行政许可 | 10 | -8 | 40\n",
    );
    assert_eq!(read.row("licence"), [Some("10"), Some("-8"), Some("40")]);
}

#[test]
fn q2_9_explanations_in_labels_are_passed_over() {
    let read = one(
        Some("gb-2019"),
        "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量\n规章（含政府规章） | 0 | 0 | 0\n规范性文件（行政机关制定发布的决定、公告、通告（含转发）等） | 3 | 3 | 9\n",
    );
    assert_eq!(read.row("normdoc"), [Some("3"), Some("3"), Some("9")]);
}

#[test]
fn q2_10_rows_of_their_own_are_kept() {
    let read = one(
        Some("gb-2019"),
        "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量\n规章 | 0 | 0 | 0\n规范性文件 | 3 | 3 | 9\n其他主动公开文件 | 186 | 86 | 255\n",
    );
    let codes: Vec<_> =
        read.draft.extras.iter().map(|extra| (extra.code.as_str(), extra.written.text.as_str())).collect();
    assert_eq!(
        codes,
        [
            ("x_qi_ta_zhu_dong_gong_kai_wen_jian__made", "186"),
            ("x_qi_ta_zhu_dong_gong_kai_wen_jian__newly_public", "86"),
            ("x_qi_ta_zhu_dong_gong_kai_wen_jian__public_total", "255")
        ]
    );
    let text = "一、主动公开数量 | 条 | 289 |\n（三）接受媒体采访数 | 次 | 7 |\n五、举报数量 | 件 | 1 |\n六、访问咨询数量 | 人次 | 1 |\n";
    let read = one(None, text);
    assert!(read.file().contains("  x_jie_shou_mei_ti_cai_fang_shu: 7\nlocal:\n  x_jie_shou_mei_ti_cai_fang_shu: {label: （三）接受媒体采访数, unit: 次}\n"), "{}", read.file());
}

#[test]
fn q2_11_instructions_are_text() {
    let read = one(
        Some("gb-2021"),
        "二、主动公开政府信息情况\n该部分以表格形式报告。表格如下：\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | 1 | 2 | 3 |\n",
    );
    assert_eq!(read.row("regulation"), [Some("1"), Some("2"), Some("3")]);
    assert!(read.draft.body.contains("该部分以表格形式报告"));
}

#[test]
fn q2_13_the_column_of_the_period_is_taken() {
    let read = one(
        Some("zj-2012"),
        "指标名称 | 代码 | 计量单位 | 2023年度 | 历年累计\n一、主动公开数量 | 01 | 条 | 289 | 1500\n二、依申请公开数量 | 02 | 件 | | 30\n五、举报数量 | 03 | 件 | 0 | 2\n",
    );
    assert_eq!(read.figure("proactive_total"), Some("289"));
    assert_eq!(read.figure("requests_total"), Some(""), "the cumulative figure is no substitute");
    assert_eq!(
        read.entries(EntryKind::Unused).iter().map(|entry| &*entry.text).collect::<Vec<_>>(),
        ["1500", "30", "2"]
    );
    let read = one(
        Some("zj-2012"),
        "指标名称 | 历年累计\n一、主动公开数量 | 1500\n五、举报数量 | 3\n六、访问咨询数量 | 3\n",
    );
    assert!(read.file().contains("proactive_total: {value: 1500, cumulative: true}"), "{}", read.file());
}

#[test]
fn q2_14_columns_by_level_are_asked_for() {
    let text = "指标名称 | 区政府统计数 | 区直单位统计数 | 乡镇街道统计数\n一、主动公开数量 | 10 | 20 | 30\n五、举报数量 | 1 | 2 | 3\n六、访问咨询数量 | 4 | 5 | 6\n";
    let read = one(Some("zj-2012"), text);
    assert_eq!(read.figure("proactive_total"), None);
    assert_eq!(read.entries(EntryKind::Ambiguous).len(), 3);
    let (_, understood) = import_column(Some("zj-2012"), text, Some("区直单位统计数"));
    let texts: Vec<_> = understood.drafts[0].figures.values().map(|written| &*written.text).collect();
    assert_eq!(texts, ["20", "2", "5"]);
}

#[test]
fn columns_of_several_years_are_several_reports() {
    let (site, understood) = import(
        Some("zj-2012"),
        "指标名称 | 2021年 | 2022年\n一、主动公开数量 | 10 | 20\n五、举报数量 | | 2\n六、访问咨询数量 | 4 | 5\n",
    );
    let shown: Vec<_> = understood
        .drafts
        .iter()
        .map(|draft| {
            (
                draft.period.to_string(),
                draft.figures.values().map(|written| written.text.clone()).collect::<Vec<_>>(),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("2021".to_owned(), vec!["10".into(), String::new(), "4".into()]),
            ("2022".to_owned(), vec!["20".into(), "2".into(), "5".into()])
        ]
    );
    assert_eq!(&*site.catalog.form(understood.drafts[0].form).unwrap().id, "zj-2012");
}

const REMEDIES: &str = "行政复议 | 行政诉讼 |\n结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 |\n结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n";

#[test]
fn q2_15_fifteen_numbers_in_one_row() {
    let read = one(
        Some("gb-2021"),
        &format!("{REMEDIES}119 | 25 | 91 | 24 | 259 | 7 | 0 | 15 | 6 | 28 | 21 | 1 | 7 | 9 | 38 |\n"),
    );
    assert_eq!(read.row("review"), [Some("119"), Some("25"), Some("91"), Some("24"), Some("259")]);
    assert_eq!(read.row("lit_after_review"), [Some("21"), Some("1"), Some("7"), Some("9"), Some("38")]);
}

#[test]
fn q2_16_twelve_numbers_are_too_few() {
    let read = one(
        Some("gb-2021"),
        &format!("规章 | 1 | 2 | 3 |\n{REMEDIES}119 | 25 | 91 | 24 | 7 | 0 | 15 | 6 | 21 | 1 | 7 | 9 |\n"),
    );
    assert_eq!(read.row("review").iter().flatten().count(), 0);
    assert_eq!(read.entries(EntryKind::Lost).len(), 1, "{:?}", read.entries(EntryKind::Lost));
    assert!(read.file().contains("# lost: : 119 | 25"), "{}", read.file());
}

#[test]
fn q5_1_and_q5_2_the_table_tells_the_form_not_the_year_nor_the_citation() {
    let text = "某局2022年政府信息公开工作年度报告\n根据国办公开办函〔2021〕30号要求编制。\n信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量\n规章 | 0 | 0 | 0\n规范性文件 | 3 | 3 | 9\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量\n行政许可 | 1 | 0 | 5\n";
    let read = one(None, text);
    assert_eq!(&*read.form.id, "gb-2019");
    assert_eq!(read.draft.period.to_string(), "2022");
}

#[test]
fn q5_3_indicators_of_another_form_keep_their_code() {
    let read = one(
        Some("gb-2021"),
        "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | 1 | 2 | 3 |\n2.政府网站在线访谈次数 | 次 | 4 |\n",
    );
    assert_eq!(read.draft.extras.iter().map(|extra| &*extra.code).collect::<Vec<_>>(), ["web_interviews"]);
    assert_eq!(read.entries(EntryKind::Borrowed).len(), 1);
}

#[test]
fn q5_4_and_q5_5_numbers_of_headings_mean_nothing() {
    let read = one(
        None,
        "三、主动公开数量 | 条 | 289 |\n3、通过政府网站公开数 | 条 | 298 |\n一、举报数量 | 件 | 1 |\n",
    );
    assert_eq!(read.figure("proactive_total"), Some("289"));
    assert_eq!(read.figure("proactive_web"), Some("298"));
}

#[test]
fn repeated_labels_are_told_apart_by_their_heading() {
    let read = one(
        None,
        "三、行政复议数量 | 件 | 6 |\n1、维持具体行政行为数 | 件 | 1 |\n2、确认具体行政行为违法数 | 件 | 2 |\n3、其他纠错数 | 件 | 3 |\n四、行政诉讼数量 | 件 | 4 |\n1、维持具体行政行为数 | 件 | 4 |\n",
    );
    assert_eq!(read.figure("review_corrected_other"), Some("3"));
    assert_eq!(read.figure("lit_upheld"), Some("4"));
    let read = one(
        Some("zj-2012"),
        "1、维持具体行政行为数 | 件 | 1 |\n五、举报数量 | 件 | 4 |\n六、访问咨询数量 | 人次 | 4 |\n",
    );
    assert_eq!(read.entries(EntryKind::Ambiguous).len(), 1, "without a heading it may be either");
    let read = one(
        Some("zj-2012"),
        "四、行政诉讼数量 | 件 | 4 |\n1、维持具体行政行为数 | 件 | 1 |\n1、维持具体行政行为数 | 件 | 2 |\n",
    );
    assert_eq!(read.entries(EntryKind::Twice).len() + read.entries(EntryKind::Ambiguous).len(), 1);
}

#[test]
fn q5_12_half_years_are_periods() {
    let read = one(
        None,
        "2022年上半年政府信息公开情况统计表\n一、主动公开数量 | 条 | 289 |\n（一）通过政府网站公开数 | 条 | 298 |\n五、举报数量 | 件 | 1 |\n",
    );
    assert_eq!(read.draft.period.to_string(), "2022-H1");
}

#[test]
fn q5_6_and_q5_13_what_is_not_said_is_asked_for() {
    let site = site();
    let text =
        "一、主动公开数量 | 条 | 289 |\n（一）通过政府网站公开数 | 条 | 298 |\n五、举报数量 | 件 | 1 |\n";
    let mapping = Mapping::default();
    let request =
        |agency| Request { form: None, agency, folder: "", period: None, column: None, mapping: &mapping };
    let codes = |text: &str, agency| -> Vec<_> {
        let understood = understand(&documents(&[("table.txt", text)], &site), &site, &request(agency));
        understood.problems.iter().map(|problem| problem.code).collect()
    };
    assert_eq!(codes(text, None), ["import-agency-unclear"]);
    assert_eq!(codes(text, Some("a")), ["import-period-unclear"]);
    let damaged = format!("20231月1日至2018年1月日。\n{text}");
    assert_eq!(codes(&damaged, Some("a")), ["import-period-unclear"]);
    let two = format!("某局2021年政府信息公开工作年度报告\n正文。\n2020年统计表\n{text}");
    assert_eq!(codes(&two, Some("a")), ["import-period-several"]);
}

#[test]
fn q5_9_two_copies_of_one_report_are_one() {
    let site = site();
    let text = "2022年政府信息公开情况统计表\n填报单位：某某局\n一、主动公开数量 | 条 | 289 |\n（一）通过政府网站公开数 | 条 | 298 |\n五、举报数量 | 件 | 1 |\n";
    let mapping = Mapping::default();
    let request =
        Request { form: None, agency: None, folder: "x", period: None, column: None, mapping: &mapping };
    let copies = documents(&[("a.txt", text), ("b.txt", &text.replace("298", "299"))], &site);
    let understood = understand(&copies, &site, &request);
    assert_eq!(understood.drafts.len(), 1);
    let draft = &understood.drafts[0];
    assert_eq!((&*draft.agency, draft.files.len()), ("x/某某局", 2));
    let twice: Vec<_> = draft.entries.iter().filter(|entry| entry.kind == EntryKind::Twice).collect();
    assert_eq!(twice.len(), 1, "the figure in which they differ");
    assert_eq!(twice[0].text, "299");
}

#[test]
fn q5_15_a_typing_error_is_not_corrected_silently() {
    let read = one(
        None,
        "一、主动公开数量 | 条 | 289 |\n（二）召开新文发布会次数 | 次 | 15 |\n五、举报数量 | 件 | 1 |\n六、访问咨询数量 | 人次 | 1 |\n",
    );
    assert_eq!(read.figure("press_conferences"), None);
    let local = read.entries(EntryKind::Local);
    assert_eq!(local[0].suggestion.as_deref(), Some("（二）召开新闻发布会次数"));
    assert_eq!(local[0].origin.as_ref().unwrap().to_string(), "某局2023.txt:2");
}

#[test]
fn q5_16_invisible_characters_do_not_hide_labels() {
    let read = one(
        None,
        "一、主动\u{200b}公开数量 | 条 | 289 |\n（⼀）通过政府网站公开数 | 条 | 298 |\n五、举报数量 | 件 | 1 |\n",
    );
    assert_eq!(read.figure("proactive_web"), Some("298"));
}

#[test]
fn q5_17_a_report_on_one_line_keeps_its_text() {
    let text = "某局2022年政府信息公开工作年度报告\n今年以来认真落实。一、总体情况 全年公开三百条。二、存在的问题 更新不够及时。三、下一步打算 加强培训。\n一、主动公开数量 | 条 | 289 |\n（一）通过政府网站公开数 | 条 | 298 |\n五、举报数量 | 件 | 1 |\n";
    let body = one(None, text).draft.body;
    assert_eq!(body.matches("## ").count(), 3, "{body}");
    assert!(body.contains("全年公开三百条。") && body.contains("加强培训。"));
}

/// The requests table of the 2021 form as web pages have it: labels in three columns, merged cells.
fn requests_page(form: &Form, cell: &dyn Fn(u16) -> String) -> String {
    let lang = crate::base::text::Lang::new("zh-CN");
    let section = form.sections.iter().find(|section| &*section.id == "requests").unwrap();
    let crate::form::SectionBody::Table(table) = &section.body else { panic!("a table") };
    let rows = &table.rows;
    let mut page = "<html><body><p>三、收到和处理政府信息公开申请情况</p><table><tbody><tr><td colspan=3 rowspan=3><p>（本列数据的勾稽关系为：第一项加第二项之和，</p><p>等于第三项加第四项之和）</p></td><td colspan=7>申请人情况</td></tr><tr><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td><td rowspan=2>总计</td></tr><tr><td>商业<br>企业</td><td>科研<br>机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>".to_owned();
    let below = |at: usize| {
        let inside = rows.iter().skip(at + 1).take_while(|row| row.depth > rows[at].depth);
        inside.filter(|row| row.first.is_some()).count()
    };
    let mut open = String::new();
    for (at, row) in rows.iter().enumerate() {
        let label = format!("<p>{}</p>", row.label.get(&lang));
        match row.first {
            None => {
                let _ = write!(open, "<td rowspan={}>{label}</td>", below(at));
            }
            Some(first) => {
                let columns = 3 - usize::from(row.depth);
                let _ = write!(page, "<tr>{}<td colspan={columns}>{label}</td>", std::mem::take(&mut open));
                for at in 0..7 {
                    let _ = write!(page, "<td>&nbsp;{} </td>", cell(first.0 + at));
                }
                page.push_str("</tr>\n");
            }
        }
    }
    page.push_str("</tbody></table></body></html>");
    page
}

#[test]
fn a_page_with_merged_headings_and_labels_is_read() {
    let site = site();
    let form = site.catalog.form(site.catalog.find_form("gb-2021").unwrap()).unwrap();
    let cell = |ix: u16| if ix.is_multiple_of(5) { String::new() } else { (u32::from(ix) * 3).to_string() };
    let page = requests_page(form, &cell);
    let documents = documents(&[("2023.html", &page)], &site);
    let mapping = Mapping::default();
    let request =
        Request { form: None, agency: Some("a"), folder: "", period: None, column: None, mapping: &mapping };
    let understood = understand(&documents, &site, &request);
    assert_eq!(understood.problems, []);
    let draft = understood.drafts[0].clone();
    assert_eq!(&*site.catalog.form(draft.form).unwrap().id, "gb-2021");
    let read = Read { form: form.clone(), draft };
    let (table, _) = form.row("req_new").unwrap();
    let mut seen = 0;
    for row in table.rows.iter().filter(|row| row.first.is_some()) {
        let first = row.first.unwrap();
        let expected: Vec<String> = (0..7).map(|at| cell(first.0 + at)).collect();
        let found: Vec<&str> = read.row(&row.code).into_iter().map(|cell| cell.unwrap_or("?")).collect();
        assert_eq!(found, expected, "{}", row.code);
        seen += 1;
    }
    assert!(seen > 20);
    for kind in [
        EntryKind::Local,
        EntryKind::Lost,
        EntryKind::Ambiguous,
        EntryKind::Unreadable,
        EntryKind::Twice,
        EntryKind::Unused,
    ] {
        assert!(read.entries(kind).is_empty(), "{kind:?}: {:?}", read.entries(kind));
    }
}
