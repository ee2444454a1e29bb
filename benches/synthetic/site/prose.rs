//! Text like that of a report: some 2,500 characters with headings and a table.

use std::fmt::Write as _;

use super::random::Random;

const FIRST: [&str; 20] = [
    "临", "安", "平", "永", "新", "长", "清", "东", "南", "西", "北", "江", "海", "山", "云", "石", "龙",
    "河", "丰", "昌",
];
const SECOND: [&str; 20] = [
    "安", "宁", "州", "阳", "川", "城", "水", "原", "溪", "陵", "江", "口", "湖", "山", "德", "泉", "林",
    "门", "谷", "田",
];
const BUREAUS: [&str; 25] = [
    "发展和改革委员会",
    "教育局",
    "科学技术局",
    "公安局",
    "民政局",
    "司法局",
    "财政局",
    "人力资源和社会保障局",
    "自然资源和规划局",
    "生态环境局",
    "住房和城乡建设局",
    "交通运输局",
    "水利局",
    "农业农村局",
    "商务局",
    "文化广电和旅游局",
    "卫生健康委员会",
    "退役军人事务局",
    "应急管理局",
    "审计局",
    "市场监督管理局",
    "统计局",
    "医疗保障局",
    "综合行政执法局",
    "政务服务管理局",
];
const WHAT: [&str; 24] = [
    "机构职能",
    "规范性文件",
    "财政预算决算",
    "三公经费",
    "行政许可事项",
    "行政处罚结果",
    "重大建设项目",
    "政府采购项目",
    "土地征收补偿",
    "保障性住房分配",
    "义务教育招生",
    "食品药品抽检",
    "环境质量监测",
    "安全生产检查",
    "社会救助资金",
    "公务员招录",
    "应急预案",
    "水质信息",
    "公共交通线路",
    "医保目录调整",
    "养老服务补贴",
    "农村危房改造",
    "统计公报",
    "规划方案",
];
const HOW: [&str; 16] = [
    "通过本机关网站集中公开",
    "在政务新媒体同步发布",
    "编印便民手册发放到村居",
    "召开新闻发布会加以说明",
    "设置查阅点供公众查阅",
    "以图解方式解读政策",
    "按季度更新目录",
    "逐条登记并限期答复",
    "由专人审核后发布",
    "纳入年度考核",
    "组织业务培训两次以上",
    "邀请群众代表列席会议",
    "建立台账逐项销号",
    "对过期信息及时清理",
    "委托第三方开展评估",
    "在政务大厅电子屏滚动播放",
];
const WHY: [&str; 12] = [
    "便于群众知晓和监督",
    "回应社会关切",
    "提高工作透明度",
    "落实条例要求",
    "减少重复咨询",
    "保障申请人合法权益",
    "推动部门协同",
    "方便企业办事",
    "防止泄露个人隐私",
    "确保数据准确",
    "缩短答复时间",
    "提升服务质量",
];
const HEADINGS: [&str; 6] = [
    "总体情况",
    "主动公开情况",
    "依申请公开情况",
    "平台建设情况",
    "存在的问题和改进措施",
    "其他需要报告的事项",
];
/// The least number of characters under each heading.
const A_SECTION: usize = 400;

/// Returns the name of the `at`-th place, unique among all of its rank.
pub(super) fn place(at: u64, rank: &str) -> String {
    let part = |words: &[&'static str; 20], at: u64| words.get((at % 20) as usize).copied().unwrap_or("");
    let again = if at < 400 { String::new() } else { format!("{}", at / 400 + 1) };
    format!("{}{}{again}{rank}", part(&FIRST, at / 20 + at), part(&SECOND, at))
}

/// The name of the `at`-th agency of a city.
pub(super) fn bureau(at: u64) -> &'static str {
    BUREAUS.get((at % 25) as usize).copied().unwrap_or("")
}

/// Writes a report's text.
pub(super) fn report(agency: &str, year: i16, random: &mut Random, text: &mut String) {
    let _ = write!(text, "{agency}{year}年认真做好政府信息公开工作，现将有关情况报告如下。\n\n");
    for (at, heading) in HEADINGS.iter().enumerate() {
        let _ = write!(text, "## {heading}\n\n");
        let mut length = 0;
        while length < A_SECTION {
            length += sentence(random, text);
            if random.one_in(4) {
                text.push_str("\n\n");
            }
        }
        text.push_str("\n\n");
        if at == 1 {
            table(random, text);
        }
    }
}

/// Writes one sentence and returns its length in characters.
fn sentence(random: &mut Random, text: &mut String) -> usize {
    let (what, how, why) = (random.pick(&WHAT), random.pick(&HOW), random.pick(&WHY));
    let sentence = format!(
        "围绕{}，全年处理{}件，{}，{}；",
        what.unwrap_or(""),
        random.below(400),
        how.unwrap_or(""),
        why.unwrap_or(""),
    );
    text.push_str(&sentence);
    sentence.chars().count()
}

fn table(random: &mut Random, text: &mut String) {
    text.push_str("| 类别 | 条数 | 占比 |\n|---|---:|---:|\n");
    for what in WHAT.iter().take(6) {
        let _ = writeln!(text, "| {what} | {} | {}% |", random.below(300), random.below(40));
    }
    text.push('\n');
}
