//! What the phases of a build cost, on the real reports of `content/`: `cargo bench`.
//!
//! Speed claims come from here and are never made in a test.

use std::path::Path;

use glasshouse::base::text::Lang;
use glasshouse::build::{self, Overrides, Project, Timings};
use glasshouse::chart::{
    self, AxisScale, BarChart, Base, Category, DataSeries, Datum, Frame, GapReason, Hue, LineChart,
    MarkWords, Measure, Peer, PlottedBreak, SankeyChart, StackChart, Words,
};
use glasshouse::check::Findings;
use glasshouse::derive::Derived;
use glasshouse::figure::NumberFormat;
use glasshouse::form::BreakKind;
use glasshouse::render::Renderer;
use glasshouse::{check, figure, load};

/// As in the program, whose figures these are.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

fn project() -> Project {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    build::open(root, &Overrides::default(), &mut Timings::default())
}

/// Settings, theme and content: 55 reports of 864 figures.
#[divan::bench]
fn open() -> Project {
    project()
}

/// Every rule on every report.
#[divan::bench]
fn check_all(bencher: divan::Bencher<'_, '_>) {
    let project = project();
    bencher.bench(|| check::run(&project.site, &project.config.check));
}

/// Series, totals, completeness.
#[divan::bench]
fn derive_all(bencher: divan::Bencher<'_, '_>) {
    let project = project();
    let findings = check::run(&project.site, &project.config.check);
    bencher.bench(|| Derived::new(&project.site, &findings));
}

/// Every page, on one thread, to memory.
#[divan::bench]
fn render_all(bencher: divan::Bencher<'_, '_>) {
    let project = project();
    let findings: Findings = check::run(&project.site, &project.config.check);
    let derived = Derived::new(&project.site, &findings);
    let bodies = |body: &glasshouse::model::Body| load::body(&project.root, body);
    let (renderer, _) = Renderer::new(project.portal(&findings, &derived, &bodies));
    let Some(renderer) = renderer else { return };
    bencher.bench(|| {
        let bytes = renderer.plan().iter().map(|key| {
            let artifacts = renderer.render(key).artifacts;
            artifacts.iter().map(|artifact| artifact.bytes.len()).sum::<usize>()
        });
        bytes.sum::<usize>()
    });
}

/// One cell, in the ways reports write it.
#[divan::bench(args = ["289", "59237.2449", "680余", "251000元", "１，２３４", ""])]
fn parse_figure(text: &str) -> bool {
    figure::parse(divan::black_box(text)).is_ok()
}

fn words() -> Words {
    let gap = |mark: &str, text: &str| MarkWords { mark: mark.into(), text: text.into() };
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
        sum_differs: "合计与分项之和不符".into(),
        omitted: "另有{n}个单位".into(),
        median: "中位数".into(),
        middle_half: "居中的一半".into(),
        each_dot: "每点代表{n}个单位".into(),
        numbers: NumberFormat { unit_gap: String::new(), below: "不足".into(), units_of_one: Vec::new() },
        scales: vec![AxisScale { from: 100_000.into(), power: 4, name: "万".into() }],
    }
}

fn frame<'a>(lang: &'a Lang, words: &'a Words) -> Frame<'a> {
    Frame {
        id: "c1",
        title: "主动公开政府信息数",
        summary: "2008—2025年，单位：条。",
        source: "来源：年报。",
        lang,
        words,
    }
}

fn years(count: i32) -> Vec<String> {
    (2026 - count..2026).map(|year| year.to_string()).collect()
}

fn series(place: usize, count: i32) -> DataSeries {
    let datum = |n: i32| if n == 5 { Datum::Gap(GapReason::Blank) } else { Datum::value(110 + n * n * 3) };
    DataSeries {
        name: "主动公开".into(), hue: Hue::category(place), data: (0..count).map(datum).collect()
    }
}

/// Two lines over 18 years with gaps and breaks, fluid and fixed.
#[divan::bench]
fn chart_line(bencher: divan::Bencher<'_, '_>) {
    let (lang, words, periods) = (Lang::new("zh-CN"), words(), years(18));
    let series = [series(0, 18), series(1, 18)];
    let breaks = [PlottedBreak { after: 10, kind: BreakKind::Cut, text: "口径改变。".into() }];
    let chart =
        LineChart { periods: &periods, series: &series, breaks: &breaks, unit: "条", base: Base::Zero };
    bencher.bench(|| chart::lines(divan::black_box(&chart), &frame(&lang, &words)));
}

/// Six outcomes over eight years, fluid and fixed.
#[divan::bench]
fn chart_stack(bencher: divan::Bencher<'_, '_>) {
    let (lang, words, periods) = (Lang::new("zh-CN"), words(), years(8));
    let parts: Vec<DataSeries> = (0..6).map(|n| series(n, 8)).collect();
    let chart = StackChart {
        periods: &periods,
        parts: &parts,
        totals: None,
        breaks: &[],
        unit: "件",
        measure: Measure::Count,
    };
    bencher.bench(|| chart::stack(divan::black_box(&chart), &frame(&lang, &words)));
}

/// A sparkline of 18 years.
#[divan::bench]
fn chart_spark(bencher: divan::Bencher<'_, '_>) {
    let series = series(0, 18);
    bencher.bench(|| chart::sparkline(divan::black_box(&series.data)));
}

/// Ten bars, fluid and fixed.
#[divan::bench]
fn chart_bars(bencher: divan::Bencher<'_, '_>) {
    let (lang, words) = (Lang::new("zh-CN"), words());
    let row = |n: i32| Peer {
        name: "某县人力资源和社会保障局".into(),
        datum: Datum::value(n * 321),
        subject: false,
    };
    let rows: Vec<Peer> = (1..=10).map(row).collect();
    bencher.bench(|| {
        chart::bars(divan::black_box(&BarChart { rows: &rows, unit: "条" }), &frame(&lang, &words))
    });
}

/// Two sources and six outcomes, fluid and fixed.
#[divan::bench]
fn chart_flow(bencher: divan::Bencher<'_, '_>) {
    let (lang, words) = (Lang::new("zh-CN"), words());
    let ends = |figures: &[i32]| -> Vec<Category> {
        let end = |(n, figure): (usize, &i32)| Category {
            name: "予以公开".into(),
            hue: Hue::category(n),
            datum: Datum::value(*figure),
        };
        figures.iter().enumerate().map(end).collect()
    };
    let (sources, outcomes) = (ends(&[380, 22]), ends(&[202, 49, 35, 79, 21, 16]));
    let chart = SankeyChart { sources: &sources, middle: "办理", outcomes: &outcomes };
    bencher.bench(|| chart::sankey(divan::black_box(&chart), &frame(&lang, &words)));
}
