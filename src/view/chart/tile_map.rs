//! Tile maps: regions in their rough places, shaded by the total of a series.

use crate::base::diagnostic::Message;
use crate::chart::{self, MapTile, TileMap};
use crate::derive::{Area, Point};
use crate::form::SeriesIx;
use crate::model::RegionId;
use crate::plan::PageKind;
use crate::view::components::Cell;
use crate::view::local_portal::LocalPortal;
use crate::view::tables;

use super::chart_view::{Caption, ChartId, ChartView, TableRow, finish};
use super::points::{datum, named_with_unit, title_of, unit_of};
use super::request::{Kind, NoChart};
use super::title;
use super::words::words_for_totals;

/// The regions directly in the page's, or the outermost, in the last year asked for that has a total.
pub(super) const TILES: Kind = Kind::of_series("tiles", |request| {
    if request.names_agencies() {
        return Err(Message::new("call-chart-tiles-agencies").into());
    }
    let portal = request.portal();
    let parent = match request.page_kind() {
        PageKind::Region(id) => Some(id),
        _ => None,
    };
    let regions = portal.site.regions.iter().zip(0..);
    let placed = regions.filter(|(region, _)| region.parent == parent && region.tile.is_some());
    let regions: Vec<RegionId> = placed.map(|(_, at)| RegionId(at)).collect();
    if regions.is_empty() {
        return Err(NoChart::Empty(Message::new("call-chart-tiles")));
    }
    let years = portal.derived.years().iter().copied().filter(|year| request.includes(*year));
    let years: Vec<i16> = years.collect();
    Ok(tile_map(portal, request.chart(), request.ix, &regions, &years))
});

/// Draws the totals of regions in the latest of `years` that has any; `None` if there is none.
fn tile_map<'r>(
    portal: &LocalPortal<'r>,
    chart: ChartId<'_>,
    ix: SeriesIx,
    regions: &[RegionId],
    years: &[i16],
) -> Option<ChartView<'r>> {
    let (site, series) = (portal.site, &portal.site.catalog[ix]);
    if !series.adds_up() {
        return None;
    }
    let total = |id: RegionId, year: i16| portal.derived.total(Area::Region(id), ix, year);
    let has_any = |year: &&i16| regions.iter().any(|id| total(*id, **year).sum.is_some());
    let year = *years.iter().rev().find(has_any)?;
    let lang = &portal.locale.lang;
    // A layout may begin at any column and row; the map begins at its upper left corner.
    let places = || regions.iter().filter_map(|id| site[*id].tile.as_ref());
    let left = places().map(|tile| tile.column).min()?;
    let top = places().map(|tile| tile.row).min()?;
    let tile = |id: &RegionId| {
        let region = &site[*id];
        let place = region.tile.as_ref()?;
        let name = if place.name.is_empty() { &region.name } else { &place.name };
        Some(MapTile {
            name: name.get(lang).to_owned(),
            column: place.column - left,
            row: place.row - top,
            datum: datum(portal, &tables::total_point(portal, Area::Region(*id), ix, year)),
        })
    };
    let tiles: Vec<MapTile> = regions.iter().filter_map(tile).collect();
    let row = |id: &RegionId| {
        let total = total(*id, year);
        let counted = Cell {
            state: "value",
            text: format!("{}/{}", total.counted, total.agencies).into(),
            exact: Some(total.counted.into()),
            ..Cell::default()
        };
        (
            total.sum,
            TableRow::new(site[*id].name.get(lang), vec![tables::total_cell(portal, &total).cell, counted]),
        )
    };
    let mut rows: Vec<_> = regions.iter().map(row).collect();
    rows.sort_by_key(|(sum, _)| std::cmp::Reverse(*sum));
    let (unit, name) = (unit_of(portal, series), title_of(portal, series));
    let args = [("series", name.into()), ("year", portal.year(year).into()), ("unit", unit.into())];
    // A total that leaves agencies out may be larger than it looks.
    let is_whole = |id: &RegionId| {
        let total = total(*id, year);
        total.counted == total.agencies
    };
    let point =
        |id: &RegionId| (site[*id].name.get(lang), tables::total_point(portal, Area::Region(*id), ix, year));
    let points: Vec<(&str, Point)> = regions.iter().map(point).collect();
    let most = title::most(points.iter().map(|(name, point)| (*name, point)));
    let most = most.filter(|_| regions.iter().all(is_whole));
    let said = |amount| title::said(portal, series, amount);
    let caption = Caption {
        title: title::with_most(portal, portal.say("chart-tiles-title", &args), most, said),
        summary: portal.say("chart-tiles-summary", &args),
        head: vec![
            portal.word("column-area").to_owned(),
            named_with_unit(portal, name, unit),
            portal.word("column-counted").to_owned(),
        ],
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    };
    let map = TileMap { tiles: &tiles, unit };
    finish(portal, chart, caption, &words_for_totals(portal), |frame| chart::tile_map(&map, frame))
}
