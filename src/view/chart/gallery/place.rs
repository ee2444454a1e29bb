//! Charts that compare agencies and areas.

use crate::chart::{
    self, BarChart, Datum, Heatmap, HeatmapRow, MapTile, Peer, SlopeChart, SlopeRow, StripPlot, TileMap,
};
use crate::view::chart::ChartView;

use super::{Case, Room, Table, data, letter, years};

/// Where the tiles of a map lie: columns and rows.
const PLACES: [(u8, u8); 12] =
    [(1, 0), (2, 0), (0, 1), (1, 1), (2, 1), (3, 1), (0, 2), (1, 2), (2, 2), (1, 3), (2, 3), (3, 3)];

impl<'a> Room<'a, '_> {
    /// Agencies with their figures.
    fn agencies(&self, case: Case, figures: &str) -> Vec<Peer> {
        let row = |(at, datum)| Peer { name: self.agency(at, case), datum, subject: false };
        data(figures).into_iter().enumerate().map(row).collect()
    }

    pub(super) fn bars(&self, case: Case) -> ChartView<'a> {
        let rows = self.agencies(
            case,
            case.pick([
                "2310 1988 1702 1533 1290 289 101 98 7 0",
                "159237 1 0 -12000 59237.2449 880 12 7 6 5 5 5 4 4 4 4 3 3 3 2 2 2 1 1 1 0",
                "2310 . 1702! _ 1290* 289+ ? - 7~ 0",
            ]),
        );
        let table = rows.iter().map(|row| (row.name.clone(), vec![row.datum.clone()])).collect();
        let table = self.of_names(table, "column-agency", "条");
        let unit = self.edition.unit("条");
        self.figure(("bars", "gallery-bars"), case, &table, |frame| {
            chart::bars(&BarChart { rows: &rows, unit }, frame)
        })
    }

    pub(super) fn slope(&self, case: Case) -> ChartView<'a> {
        let [then, now] = case.pick([
            ["1210 900 630 410 395 120", "1400 870 1188 520 300 510"],
            ["59237 1 0 0 0 -40", "0 1 0 0 159237 3"],
            ["1210 . 630! 410 _ 120", "1400 870 1188 ? 300 510~"],
        ]);
        let rows: Vec<SlopeRow> = data(then)
            .into_iter()
            .zip(data(now))
            .enumerate()
            .map(|(at, (then, now))| SlopeRow {
                name: self.agency(at, case),
                data: [then, now],
                subject: at == 2,
            })
            .collect();
        let periods = ["2019", "2024"];
        let table = Table {
            head: [self.edition.word("column-agency"), periods[0], periods[1]].map(str::to_owned).to_vec(),
            rows: rows.iter().map(|row| (row.name.clone(), row.data.to_vec())).collect(),
            period: self.span(&periods.map(str::to_owned)),
            unit: "条",
        };
        let unit = self.edition.unit("条");
        self.figure(("slope", "gallery-slope"), case, &table, |frame| {
            chart::slope_chart(&SlopeChart { periods, rows: &rows, unit }, frame)
        })
    }

    pub(super) fn range(&self, case: Case) -> ChartView<'a> {
        let mut peers = self.agencies(
            case,
            case.pick([
                "2310 1988 1702 1533 1290 1290 1288 640 289 101 98 7 0",
                "159237 1 1 1 1 1 0 0 0 0 -3",
                "2310 . 1702! _ 1290 289 ? - 7~ 0",
            ]),
        );
        if let Some(subject) = peers.get_mut(case.pick([3, 4, 4])) {
            subject.subject = true;
        }
        let rows = peers.iter().map(|row| (row.name.clone(), vec![row.datum.clone()])).collect();
        let table = self.of_names(rows, "column-agency", "条");
        let unit = self.edition.unit("条");
        self.figure(("range", "gallery-range"), case, &table, |frame| {
            chart::strip_plot(&StripPlot { peers: &peers, unit }, frame)
        })
    }

    pub(super) fn tiles(&self, case: Case) -> ChartView<'a> {
        let figures = data(case.pick([
            "98 91 85 77 70 66 54 41 38 22 12 5",
            "100 0 0 0 0 0 0 0 0 0 0 0.1",
            "98 . 85 _ 70 66 ? 41 - 22 12 _",
        ]));
        let tile = |(at, datum): (usize, Datum)| MapTile {
            name: self.edition.say("gallery-tile", &[("letter", letter(at).as_str().into())]),
            column: PLACES.get(at).map_or(0, |place| place.0),
            row: PLACES.get(at).map_or(0, |place| place.1),
            datum,
        };
        let tiles: Vec<MapTile> = figures.into_iter().enumerate().map(tile).collect();
        let rows = tiles.iter().map(|tile| (tile.name.clone(), vec![tile.datum.clone()])).collect();
        let table = self.of_names(rows, "column-area", "%");
        self.figure(("tiles", "gallery-tiles"), case, &table, |frame| {
            chart::tile_map(&TileMap { tiles: &tiles, share: true, unit: "%" }, frame)
        })
    }

    pub(super) fn heat(&self, case: Case) -> ChartView<'a> {
        let rows = case.pick([
            [
                "110 135 150 201 289 302",
                "510 630 845 900 1260 980",
                "60 71 90 130 298 300",
                "12 14 20 19 25 31",
            ],
            ["0 0 0 0 0 0", "1 159237 2 159237 3 -20000", "0.001 0.002 0.0005 0 0.004 0.001", "7 _ _ _ _ _"],
            ["110 . 150 201 _ _", "_ _ _ 900 1260 980!", "60 _ 90 - - -", "402~ 498 ? ? 655 1"],
        ]);
        let mut periods = years(2020, 6);
        let period = self.span(&periods);
        periods.reverse();
        let newest_first = |row: &str| data(row).into_iter().rev().collect();
        let lines: Vec<HeatmapRow> = rows
            .iter()
            .enumerate()
            .map(|(at, row)| HeatmapRow {
                name: self.agency(at, case),
                href: String::new(),
                data: newest_first(row),
            })
            .collect();
        let head = self.edition.word("column-agency");
        let table = Table {
            head: std::iter::once(head.to_owned()).chain(periods.iter().cloned()).collect(),
            rows: lines.iter().map(|line| (line.name.clone(), line.data.clone())).collect(),
            period,
            unit: "条",
        };
        let heat = Heatmap { head, columns: &periods, rows: &lines, share: false };
        self.figure(("heat", "gallery-heat"), case, &table, |frame| chart::heatmap(&heat, frame))
            .shown_as_table()
    }
}
