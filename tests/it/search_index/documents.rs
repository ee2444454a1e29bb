//! Reports and agencies that nobody wrote: the same from the same seed, as many as are asked for.
//! Sentences are those of such reports; numbers, names and rare characters are drawn.

use glasshouse::search::{Document, DocumentKind, FacetValue};

/// Numbers that look like chance, the same in every run (xorshift).
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % limit as u64) as usize
    }

    fn of<'t>(&mut self, list: &[&'t str]) -> &'t str {
        list.get(self.below(list.len())).copied().unwrap_or("")
    }

    /// A character, the common ones more often.
    fn character(&mut self) -> char {
        let rank = self.below(60) * self.below(60) * 5 / 6;
        char::from_u32(0x4e00 + rank as u32 * 6).unwrap_or('一')
    }
}

/// `#` stands for a number, `@` for a name, `%` for a subject, `~` for rare characters.
const SENTENCES: &[&str] = &[
    "全年主动公开政府信息#条，其中通过政府网站公开#条，通过政务微博、微信公开#条，同比增长#.#%。",
    "全年新收到依申请公开政府信息#件，上年结转#件，其中当面申请#件，网络申请#件，信函申请#件。",
    "对@提出的政府信息公开申请，予以公开#件，部分公开#件，不予公开#件，无法提供#件，其他处理#件。",
    "因政府信息公开被申请行政复议#件，维持#件，纠正#件，其他结果#件；被提起行政诉讼#件，其中维持#件。",
    "全年“三公”经费支出#.#万元，比上年减少#.#万元，主要用于%方面的支出。",
    "认真贯彻落实《中华人民共和国政府信息公开条例》，进一步推进%领域信息公开，不断提高工作水平。",
    "制定并印发《%工作实施方案》，由@同志任组长，@、@为成员，明确职责分工，确保责任到人。",
    "联系地址：@路#号；邮政编码：3#；联系电话：0577-#；电子邮箱：office#@example.gov.cn。",
    "围绕%，召开新闻发布会#次，组织在线访谈#期，回应公众关注热点#条，发布政策解读#篇。",
    "存在的主要问题：一是对%的公开不够及时；二是工作人员业务能力有待提高；三是~~机制尚不健全。",
    "下一步，将加强对%的监督检查，完善考核制度，把政务公开纳入年度绩效考核，占分值#分。",
    "受理人大代表建议#件、政协委员提案#件，办结率100%，满意率#%，主动公开答复#件。",
    "在@村、@社区设立信息公开查阅点#处，配备查询终端#台，方便群众查阅%信息。",
    "本年度没有收取政府信息公开的检索、复制、邮寄等费用，依法减免#人次共计#元。",
    "举办业务培训#期，参训#人次，邀请@教授就%作专题辅导，编印《~~手册》#册。",
    "审查规范性文件#件，废止#件，清理结果在公报第#期刊登，公众可到档案馆、图书馆查阅。",
    "做好%信息公开，及时发布~~项目的批准和实施情况，公开重大建设项目信息#条。",
    "The office published # documents in English and answered # enquiries about % from abroad.",
    "开展第#次全国经济普查，登记单位#家、个体户#户，普查公报载明地区生产总值#亿元。",
    "建成~~公园#个，绿化面积#平方米，种植~树#株，完成投资#.#万元，惠及居民#户。",
];

const SUBJECTS: &[&str] = &[
    "财政预决算",
    "乡村振兴",
    "扶贫救济",
    "义务教育",
    "基本医疗卫生",
    "食品药品安全",
    "环境保护",
    "安全生产",
    "征地拆迁",
    "保障性住房",
    "就业创业",
    "社会保险",
    "公共文化体育",
    "农村危房改造",
    "户籍管理",
    "城市综合执法",
    "涉农补贴",
    "税收管理",
    "行政许可",
    "行政处罚",
    "疫情防控",
    "优化营商环境",
    "双随机一公开",
    "国有企业",
    "价格和收费",
    "统计数据",
    "公共资源交易",
    "救灾",
    "养老服务",
    "地方性法规",
];

const SURNAMES: &[&str] =
    &["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "林", "郑", "欧阳", "叶", "苏", "缪"];

fn sentence(chance: &mut Chance, into: &mut String) {
    for c in chance.of(SENTENCES).chars() {
        match c {
            '#' => into.push_str(&(chance.below(50) * chance.below(60) + chance.below(30)).to_string()),
            '@' => {
                into.push_str(chance.of(SURNAMES));
                into.push(chance.character());
                into.push(chance.character());
            }
            '%' => into.push_str(chance.of(SUBJECTS)),
            '~' => into.push(chance.character()),
            other => into.push(other),
        }
    }
}

/// How a made-up portal is laid out.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    /// How many reports there are.
    pub(super) reports: usize,
    /// How many years they are from.
    pub(super) years: usize,
    /// Sentences a report.
    pub(super) sentences: usize,
}

impl Layout {
    /// How many agencies there are.
    pub(super) fn agencies(self) -> usize {
        self.reports.div_ceil(self.years)
    }

    /// How many documents there are: reports, then agencies.
    pub(super) fn documents(self) -> usize {
        self.reports + self.agencies()
    }

    /// The document at a place.
    pub(super) fn document(self, at: usize, seed: u64) -> Document {
        match at.checked_sub(self.reports) {
            Some(agency) => agency_of(agency, seed),
            None => self.report(at, seed),
        }
    }

    fn report(self, at: usize, seed: u64) -> Document {
        let mut chance = Chance::new(seed << 32 ^ at as u64);
        let agency = agency_of(at / self.years, seed);
        let year = 2008 + i16::try_from(at % self.years).unwrap_or_default();
        let mut text = String::with_capacity(self.sentences * 150);
        for number in 0..self.sentences {
            sentence(&mut chance, &mut text);
            if number % 5 == 4 {
                text.push('\n');
            }
        }
        let form = if year < 2014 { "zj-2012" } else { "gb-2021" };
        Document {
            kind: DocumentKind::Report,
            url: format!("{}{year}/", agency.url),
            title: format!("{} {year}年", agency.title),
            note: format!("{year}年政府信息公开工作年度报告"),
            names: Vec::new(),
            year: Some(year),
            form: Some(FacetValue { key: form.into(), name: form.to_uppercase() }),
            text,
            ..agency
        }
    }
}

fn agency_of(number: usize, seed: u64) -> Document {
    let mut chance = Chance::new(seed << 32 ^ 1 << 31 ^ number as u64);
    let place: String = [chance.character(), chance.character()].into_iter().collect();
    let kind = ["人民政府", "街道办事处", "统计局", "教育局"];
    let kind = kind.get(number % kind.len()).copied().unwrap_or("");
    let region = format!("province-{}/county-{}", number % 31, number % 2_791);
    let name = format!("{place}县{kind}");
    Document {
        kind: DocumentKind::Agency,
        url: format!("{region}/office-{number}/"),
        title: name.clone(),
        note: "某省 › 某县".into(),
        names: vec![name.clone(), format!("{place}{kind}")],
        region: Some(FacetValue { key: region.clone(), name: format!("{}县", number % 2_791) }),
        agency: Some(FacetValue { key: format!("{region}/office-{number}"), name }),
        level: Some(FacetValue {
            key: format!("level-{}", number % 5), name: format!("第{}级", number % 5)
        }),
        ..Document::default()
    }
}
