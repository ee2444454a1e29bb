//! What the tests of all kinds of charts share: words, data as short texts, cases, strategies.

use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::base::text::Lang;
use crate::chart::canvas::writer::Layout;
use crate::chart::data::{Category, DataSeries, Datum, Flags, GapReason, Hue, Peer, PlottedBreak};
use crate::chart::drawing::{Drawing, Frame};
use crate::chart::words::{AxisScale, MarkWords, Words};
use crate::figure::NumberFormat;
use crate::form::BreakKind;

pub(crate) use super::places::{check_numbers, check_scene, check_scene_in};

fn gap(mark: &str, text: &str) -> MarkWords {
    MarkWords { mark: mark.into(), text: text.into() }
}

fn scale(from: i64, power: u32, name: &str) -> AxisScale {
    AxisScale { from: Decimal::from(from), power, name: name.into() }
}

fn numbers(unit_gap: &str, below: &str) -> NumberFormat {
    NumberFormat { unit_gap: unit_gap.into(), below: below.into(), units_of_one: Vec::new() }
}

pub(crate) fn chinese() -> Words {
    Words {
        blank: gap("空", "未填报"),
        not_applicable: gap("–", "不适用"),
        no_report: gap("缺", "无报告"),
        not_transcribed: gap("待", "待录入"),
        partial: gap("部", "部分数据缺"),
        questioned: gap("疑", "存疑"),
        revised: gap("修", "已修订"),
        cumulative: gap("累", "累计数"),
        approximate: "约".into(),
        sum_differs: "合计与分项之和不符，括号内为分项之和".into(),
        omitted: "另有{n}个单位".into(),
        median: "中位数".into(),
        middle_half: "居中的一半".into(),
        each_dot: "每点代表{n}个单位".into(),
        numbers: numbers("", "不足"),
        scales: vec![scale(100_000, 4, "万"), scale(1_000_000_000, 8, "亿")],
    }
}

pub(crate) fn english() -> Words {
    Words {
        blank: gap("[ ]", "not reported"),
        not_applicable: gap("–", "not applicable"),
        no_report: gap("×", "no report"),
        not_transcribed: gap("…", "not transcribed"),
        partial: gap("(×)", "part of the figures missing"),
        questioned: gap("?", "in doubt"),
        revised: gap("r", "revised"),
        cumulative: gap("c", "cumulative"),
        approximate: "about ".into(),
        sum_differs: "total differs from the sum of its parts, in brackets".into(),
        omitted: "{n} more agencies".into(),
        median: "median".into(),
        middle_half: "middle half".into(),
        each_dot: "each dot is {n} agencies".into(),
        numbers: NumberFormat {
            units_of_one: vec![("items".into(), "item".into())],
            ..numbers(" ", "under ")
        },
        scales: vec![scale(100_000, 3, "thousand "), scale(1_000_000, 6, "million ")],
    }
}

/// The years from one to another.
pub(crate) fn years(first: i32, last: i32) -> Vec<String> {
    (first..=last).map(|year| year.to_string()).collect()
}

/// A series written as numbers and `_` (no report), `.` (blank), `-` (not applicable), `?` (not
/// transcribed); `!` stands after a questioned number, `*` after a revised, `+` after a cumulative, `~`
/// after an approximate one.
pub(crate) fn series(name: &str, category: usize, data: &str) -> DataSeries {
    DataSeries {
        name: name.into(),
        hue: Hue::category(category),
        data: data.split_whitespace().map(datum).collect(),
    }
}

pub(crate) fn datum(text: &str) -> Datum {
    match text {
        "_" => Datum::Gap(GapReason::NoReport),
        "." => Datum::Gap(GapReason::Blank),
        "-" => Datum::Gap(GapReason::NotApplicable),
        "?" => Datum::Gap(GapReason::NotTranscribed),
        number => {
            let all = [
                ('!', Flags::QUESTIONED),
                ('*', Flags::REVISED),
                ('+', Flags::CUMULATIVE),
                ('~', Flags::APPROXIMATE),
            ];
            let plain = number.trim_end_matches(all.map(|(sign, _)| sign));
            let signs = number.strip_prefix(plain).unwrap_or_default();
            let given = all.into_iter().filter(|(sign, _)| signs.contains(*sign));
            let flags = given.fold(Flags::default(), |flags, (_, flag)| flags | flag);
            Datum::flagged(plain.parse::<Decimal>().unwrap(), flags)
        }
    }
}

pub(crate) const LONG: &str =
    "浙江省温州市苍南县住房和城乡建设局（城市管理与综合行政执法局、人民防空办公室）联合办公室";

pub(crate) fn frame<'a>(id: &'a str, lang: &'a Lang, words: &'a Words) -> Frame<'a> {
    Frame {
        id,
        title: "主动公开政府信息数",
        summary: "2008年至2025年，单位：条。",
        source: "来源：各单位《政府信息公开工作年度报告》。",
        lang,
        words,
    }
}

pub(crate) fn change(after: usize, kind: BreakKind) -> PlottedBreak {
    PlottedBreak { after, kind, text: "统计口径改变。".into() }
}

pub(crate) fn peer(name: &str, figure: &str) -> Peer {
    Peer { name: name.into(), datum: datum(figure), subject: false }
}

pub(crate) fn categories_of(peers: &[Peer]) -> Vec<Category> {
    let category = |(n, peer): (usize, &Peer)| Category {
        name: peer.name.clone(),
        hue: Hue::category(n),
        datum: peer.datum.clone(),
    };
    peers.iter().enumerate().map(category).collect()
}

pub(crate) fn categories(figures: &[(&str, &str)]) -> Vec<Category> {
    let peers: Vec<Peer> = figures.iter().map(|(name, figure)| peer(name, figure)).collect();
    categories_of(&peers)
}

/// A case that every kind of chart is drawn with.
pub(crate) struct Case<'a> {
    pub(crate) name: &'a str,
    /// The name of the series, or what the names of rows begin with.
    pub(crate) series: &'a str,
    /// Figures of the years from 2018 on, as [`series`] reads them.
    pub(crate) data: &'a str,
}

impl Case<'_> {
    pub(crate) fn periods(&self) -> Vec<String> {
        years(2018, 2017 + i32::try_from(self.data.split_whitespace().count()).unwrap())
    }

    pub(crate) fn breaks(&self) -> Vec<PlottedBreak> {
        match self.name {
            "break" => vec![change(0, BreakKind::Mark), change(5, BreakKind::Cut)],
            _ => Vec::new(),
        }
    }

    pub(crate) fn series(&self) -> DataSeries {
        series(self.series, 0, self.data)
    }

    pub(crate) fn three_series(&self) -> [DataSeries; 3] {
        let other = self.data.replace("160", "0").replace("402", "4");
        [self.series(), series("其中网站", 1, &self.data.replace("135", "_")), series("其中微信", 2, &other)]
    }

    pub(crate) fn peers(&self) -> Vec<Peer> {
        let figures = self.data.split_whitespace().zip(1..);
        figures.map(|(figure, n)| peer(&format!("{}{n}", self.series), figure)).collect()
    }

    pub(crate) fn peers_with_subject(&self) -> Vec<Peer> {
        let mut peers = self.peers();
        if let Some(subject) = peers.get_mut(4) {
            subject.subject = true;
        }
        peers
    }

    pub(crate) fn categories(&self) -> Vec<Category> {
        categories_of(&self.peers())
    }
}

pub(crate) fn any_datum() -> impl Strategy<Value = Datum> {
    let figure = prop_oneof![
        4 => (0_i64..2_000, 0_u32..1),
        1 => (0_i64..10, 0_u32..6),
        1 => (0_i64..100_000_000_000, 0_u32..4),
        1 => (-500_i64..500, 0_u32..2),
    ];
    let flags = prop_oneof![
        5 => Just(Flags::default()),
        1 => Just(Flags::QUESTIONED),
        1 => Just(Flags::REVISED | Flags::APPROXIMATE),
        1 => Just(Flags::CUMULATIVE),
    ];
    prop_oneof![
        3 => (figure, flags).prop_map(|((mantissa, scale), flags)| {
            Datum::flagged(Decimal::new(mantissa, scale), flags)
        }),
        1 => any_gap().prop_map(Datum::Gap),
    ]
}

pub(crate) fn any_gap() -> impl Strategy<Value = GapReason> {
    prop_oneof![
        Just(GapReason::Blank),
        Just(GapReason::NoReport),
        Just(GapReason::NotApplicable),
        Just(GapReason::NotTranscribed),
    ]
}

pub(crate) fn any_breaks() -> impl Strategy<Value = Vec<PlottedBreak>> {
    let kind = prop_oneof![Just(BreakKind::Cut), Just(BreakKind::Mark)];
    prop::collection::vec((0_usize..20, kind), 0..4)
        .prop_map(|breaks| breaks.into_iter().map(|(after, kind)| change(after, kind)).collect())
}

pub(crate) fn any_words() -> impl Strategy<Value = Words> {
    prop_oneof![Just(chinese()), Just(english())]
}

/// One to `most` peers, of which one may be the subject.
pub(crate) fn any_peers(most: usize) -> impl Strategy<Value = Vec<Peer>> {
    let peer = (any_datum(), "[a-z ]{1,60}|[县局、（）公开数量]{1,50}");
    (prop::collection::vec(peer, 1..=most), 0..most).prop_map(|(peers, subject)| {
        let peer = |(at, (datum, name))| Peer { name, datum, subject: at == subject };
        peers.into_iter().enumerate().map(peer).collect()
    })
}

/// Returns the number of gaps that a drawing lists.
pub(crate) fn gap_count(drawing: &Drawing) -> usize {
    drawing.missing.iter().map(|run| run.last - run.first + 1).sum()
}

/// Returns the number of gaps in the data.
pub(crate) fn gaps(series: &[DataSeries]) -> usize {
    series.iter().flat_map(|one| &one.data).filter(|datum| datum.gap().is_some()).count()
}

/// Checks that a scene is in order and that both drawings have plain numbers; returns the number of
/// gaps that the layout lists.
pub(crate) fn check_layout(layout: Layout, words: &Words) -> Result<usize, String> {
    layout.scene.as_ref().map_or(Ok(()), check_scene)?;
    let drawing = layout.draw(&frame("c1", &Lang::new("zh-CN"), words));
    check_numbers(&drawing.fluid)?;
    check_numbers(&drawing.fixed)?;
    Ok(gap_count(&drawing))
}
