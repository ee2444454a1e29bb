//! Charts over time.

use crate::chart::{
    self, Base, ColumnChart, Datum, Drawing, GapReason, Hue, LineChart, Measure, PanelSeries, PlottedBreak,
    SmallMultiples, StackChart,
};
use crate::form::BreakKind;
use crate::view::chart::ChartView;

use super::{CASES, Case, Exhibit, LONG, Room, SHORT, SparkView, Table, data, years};

impl<'a> Room<'a, '_> {
    fn breaks(&self, mark: usize, cut: usize) -> [PlottedBreak; 2] {
        let change =
            |after, kind, word| PlottedBreak { after, kind, text: self.edition.word(word).to_owned() };
        [change(mark, BreakKind::Mark, "gallery-mark"), change(cut, BreakKind::Cut, "gallery-cut")]
    }

    /// The table of series over the years.
    fn over_years(&self, periods: &[String], series: &[chart::DataSeries], unit: &'static str) -> Table {
        let gap = Datum::Gap(GapReason::NoReport);
        let row = |(at, year): (usize, &String)| {
            let cells = series.iter().map(|one| one.data.get(at).unwrap_or(&gap).clone());
            (year.clone(), cells.collect())
        };
        let head = series.iter().map(|one| one.name.clone());
        Table {
            head: std::iter::once(self.edition.word("column-year").to_owned()).chain(head).collect(),
            rows: periods.iter().enumerate().map(row).collect(),
            period: self.span(periods),
            unit,
        }
    }

    pub(super) fn lines(&self, case: Case) -> ChartView<'a> {
        let rows = case.pick([
            [
                "110 135 150 201 289 302 330 455 510 630 845 900 1260 980 1105 1205 1188 1342",
                "60 71 90 130 298 300 308 340 402 498 610 655 720 701 808 840 905 990",
            ],
            [
                "0 1 0 3 -40 12 59237 1592372449 1592372449 2 0 0 7 1000000000 5 8 13 21",
                "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0.5",
            ],
            [
                "110 135 . 201 289* 302 _ _ _ 630~ 845 . 1260 _ 980 1205! - -",
                "_ _ _ 130 298! . _ _ _ 498 _ 655+ 1375+ 701 808 ? ? ?",
            ],
        ]);
        let periods = years(LONG, 18);
        let series = super::series(&self.names(false), &rows);
        let breaks = self.breaks(5, 10);
        let table = self.over_years(&periods, &series, "条");
        let unit = self.edition.unit("条");
        self.figure(("line", "gallery-line"), case, &table, |frame| {
            let chart =
                LineChart { periods: &periods, series: &series, breaks: &breaks, unit, base: Base::Zero };
            chart::lines(&chart, frame)
        })
    }

    pub(super) fn columns(&self, case: Case) -> ChartView<'a> {
        let row = case.pick(["120 135 160 158 201 289", "-350 3 120000 0 99999999 1", "120 . 160! _ - 289~"]);
        let periods = years(SHORT, 6);
        let series = super::series(&self.names(false), &[row]);
        let table = self.over_years(&periods, &series, "条");
        let (unit, breaks) = (self.edition.unit("条"), self.breaks(0, 2));
        self.figure(("columns", "gallery-columns"), case, &table, |frame| match series.first() {
            Some(series) => {
                chart::columns(&ColumnChart { periods: &periods, series, breaks: &breaks, unit }, frame)
            }
            None => Drawing::default(),
        })
    }

    pub(super) fn stack(&self, case: Case, measure: Measure) -> ChartView<'a> {
        let rows = case.pick([
            [
                "121 130 140 155 171 168 191 202",
                "31 30 36 38 38 41 50 49",
                "18 20 30 28 32 35 37 35",
                "37 46 54 58 71 66 80 79",
                "6 8 8 8 12 10 16 21",
                "15 14 12 9 10 12 10 16",
            ],
            [
                "0 1 59237 12 98000 3 0 100000",
                "0 0 0 0 1 0 0 0",
                "0 0 1 0 0 0 0 1",
                "0 0 0 0 0 0 0 0",
                "0 0 2 0 500 0 0 0",
                "0 0 3 0 1 0 0 2",
            ],
            [
                "121 . 140 155 _ 168 191 202",
                "31 30 36 . _ 41 50 49",
                "18 20 30 28 _ 35 37 35",
                "- - - 58 _ 66 80 79",
                "- - - 8 _ 10 ? 21",
                "- - - 9 _ 12 10 16",
            ],
        ]);
        let periods = years(SHORT, 8);
        let parts = super::series(&self.names(true), &rows);
        let totals = chart::DataSeries {
            name: String::new(),
            hue: Hue::CONTEXT,
            data: data("228 248 280 296 _ 330 384 400"),
        };
        let breaks = self.breaks(1, 2);
        let table = self.over_years(&periods, &parts, "件");
        let (unit, is_missing) = (self.edition.unit("件"), matches!(case, Case::Missing));
        let name = match measure {
            Measure::Count => ("stack", "gallery-stack"),
            Measure::Share => ("shares", "gallery-shares"),
        };
        self.figure(name, case, &table, |frame| {
            let chart = StackChart {
                periods: &periods,
                parts: &parts,
                totals: is_missing.then_some(&totals),
                breaks: if is_missing { &breaks } else { &[] },
                unit,
                measure,
            };
            chart::stack(&chart, frame)
        })
    }

    pub(super) fn multiples(&self, case: Case, shared: bool) -> ChartView<'a> {
        let rows = case.pick([
            [
                "110 135 150 201 289 302 330 455",
                "510 630 845 900 1260 980 1105 1205",
                "60 71 90 130 298 300 308 340",
                "402 498 610 655 720 701 808 840",
                "12 14 20 19 25 31 28 40",
            ],
            [
                "0 0 0 0 0 0 0 0",
                "1 159237 2 159237 3 -20000 4 159237",
                "0.001 0.002 0.0005 0 0.004 0.001 0.002 0.003",
                "1 1 1 1 1 1 1 1",
                "7 _ _ _ _ _ _ _",
            ],
            [
                "110 . 150 201 _ _ _ 455",
                "_ _ _ 900 1260 980 - -",
                "60! _ 90 _ 298 _ 308 _",
                "402 498 610* 655 ? ? ? ?",
                "_ _ _ _ _ _ _ _",
            ],
        ]);
        let periods = years(SHORT, 8);
        let names: Vec<String> = (0..rows.len()).map(|at| self.agency(at, case)).collect();
        let series = super::series(&names, &rows);
        let table = self.over_years(&periods, &series, "条");
        let panel = |(at, one): (usize, &chart::DataSeries)| PanelSeries {
            series: chart::DataSeries { hue: Hue::SUBJECT, ..one.clone() },
            href: if shared { String::new() } else { self.edition.roots.href("indicators/") },
            unit: self.edition.unit("条").to_owned(),
            breaks: if at.is_multiple_of(2) { self.breaks(1, 3).to_vec() } else { Vec::new() },
        };
        let panels: Vec<PanelSeries> = series.iter().enumerate().map(panel).collect();
        let name = if shared { ("multiples", "gallery-multiples") } else { ("grid", "gallery-grid") };
        self.figure(name, case, &table, |frame| {
            chart::small_multiples(&SmallMultiples { periods: &periods, panels: &panels, shared }, frame)
        })
    }

    pub(super) fn sparks(&self) -> Exhibit<'a> {
        let spark = |(case, row): (Case, &str)| {
            let data = data(row);
            let missing = Datum::Gap(GapReason::NoReport);
            SparkView {
                name: self.edition.word(case.pick([
                    "gallery-ordinary",
                    "gallery-extreme",
                    "gallery-missing",
                ])),
                svg: chart::sparkline(&data),
                first: self.cell(data.first().unwrap_or(&missing)),
                last: self.cell(data.last().unwrap_or(&missing)),
            }
        };
        let years = years(SHORT, 8);
        let rows =
            ["110 135 150 201 289 302 330 455", "0 1 -20000 159237 2 0 0 3", "110 . 150 _ _ 302 _ 455"];
        Exhibit {
            id: "spark",
            name: self.edition.word("gallery-spark"),
            charts: Vec::new(),
            sparks: CASES.into_iter().zip(rows).map(spark).collect(),
            first: years.first().cloned().unwrap_or_default(),
            last: years.last().cloned().unwrap_or_default(),
        }
    }
}
