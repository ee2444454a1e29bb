//! Regions as tiles in their rough places, shaded by the total of a series.

use crate::chart::{self, MapTile, TileMap};
use crate::derive::{Area, Point};
use crate::form::{Series, SeriesIx};
use crate::model::{Region, RegionId};
use crate::view::components::Cell;
use crate::view::context::Edition;
use crate::view::tables;

use super::figure::{ChartView, TableRow, Told, finish};
use super::{datum, finding, named_with_unit, unit_of, words_for_totals};

/// The regions directly in one, or the outermost, that say where their tile lies.
pub(crate) fn placed<'r>(edition: &Edition<'r>, parent: Option<RegionId>) -> Vec<(RegionId, &'r Region)> {
    let regions = edition.site.regions.iter().enumerate();
    let all = regions.map(|(at, region)| (RegionId(at as u32), region));
    all.filter(|(_, region)| region.parent == parent && region.tile.is_some()).collect()
}

/// The totals of regions in the latest of `years` that has any, as tiles; `None` where there is none.
pub(crate) fn tiles<'r>(
    edition: &Edition<'r>,
    page: &str,
    id: &str,
    (ix, series): (SeriesIx, &'r Series),
    regions: &[(RegionId, &Region)],
    years: &[i16],
) -> Option<ChartView<'r>> {
    if !series.adds_up() {
        return None;
    }
    let total = |id: RegionId, year: i16| edition.derived.total(Area::Region(id), ix, year);
    let has_any = |year: &&i16| regions.iter().any(|(id, _)| total(*id, **year).sum.is_some());
    let year = *years.iter().rev().find(has_any)?;
    let lang = &edition.locale.lang;
    // What every tile is spared: a layout that begins at its third column begins at the left.
    let places = || regions.iter().filter_map(|(_, region)| region.tile.as_ref());
    let left = places().map(|tile| tile.column).min()?;
    let top = places().map(|tile| tile.row).min()?;
    let tile = |(id, region): &(RegionId, &Region)| {
        let place = region.tile.as_ref()?;
        let name = if place.name.is_empty() { &region.name } else { &place.name };
        Some(MapTile {
            name: name.get(lang).to_owned(),
            column: place.column - left,
            row: place.row - top,
            datum: datum(edition, &tables::total_point(edition, Area::Region(*id), ix, year)),
        })
    };
    let tiles: Vec<MapTile> = regions.iter().filter_map(tile).collect();
    let row = |(id, region): &(RegionId, &Region)| {
        let total = total(*id, year);
        let counted = Cell {
            state: "value",
            text: format!("{}/{}", total.counted, total.agencies).into(),
            exact: Some(total.counted.into()),
            ..Cell::default()
        };
        (
            total.sum,
            TableRow::new(region.name.get(lang), vec![tables::total_cell(edition, &total).cell, counted]),
        )
    };
    let mut rows: Vec<_> = regions.iter().map(row).collect();
    rows.sort_by_key(|(sum, _)| std::cmp::Reverse(*sum));
    let (unit, name) = (unit_of(edition, series), series.title.get(lang));
    let args = [("series", name.into()), ("year", edition.year(year).into()), ("unit", unit.into())];
    // A total that leaves agencies out cannot be told to be less.
    let is_whole = |(id, _): &(RegionId, &Region)| {
        let total = total(*id, year);
        total.counted == total.agencies
    };
    let points: Vec<(&str, Point)> = regions
        .iter()
        .map(|(id, region)| {
            (region.name.get(lang), tables::total_point(edition, Area::Region(*id), ix, year))
        })
        .collect();
    let most = finding::most(points.iter().map(|(name, point)| (*name, point)));
    let most = most.filter(|_| regions.iter().all(is_whole));
    let said = |amount| finding::said(edition, series, amount);
    let told = Told {
        id: id.to_owned(),
        title: finding::with_most(edition, edition.say("chart-tiles-title", &args), most, said),
        summary: edition.say("chart-tiles-summary", &args),
        head: vec![
            edition.word("column-area").to_owned(),
            named_with_unit(edition, name, unit),
            edition.word("column-counted").to_owned(),
        ],
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    };
    let chart = TileMap { tiles: &tiles, share: false, unit };
    finish(edition, page, told, &words_for_totals(edition), |frame| chart::tile_map(&chart, frame))
}
