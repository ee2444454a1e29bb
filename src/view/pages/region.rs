//! The pages of a region: what is in it, totals, coverage, and who did not report.

use serde::Serialize;

use crate::derive::Area;
use crate::model::{Region, RegionId};
use crate::plan::has_year_pages;
use crate::plan::paging::{self, Pager};
use crate::search::{Document, DocumentKind};
use crate::view::body::{self, BodyView};
use crate::view::chart::{self, ChartId, ChartView};
use crate::view::components::Text;
use crate::view::coverage::{self, CoverageView};
use crate::view::local_portal::LocalPortal;
use crate::view::non_reporting::{self, MissingView};
use crate::view::output::Output;
use crate::view::page::{PageContext, View, part_title};
use crate::view::pages::listing::{self, ListingView};
use crate::view::shell::Head;
use crate::view::tables::{self, AgencyItem, RegionItem, TotalsView};

/// What a region's page shows. Templates call it `region`.
#[derive(Debug, Serialize)]
pub(crate) struct RegionView<'a> {
    name: Text<'a>,
    code: Option<&'a str>,
    body: Option<BodyView>,
    regions: Vec<RegionItem<'a>>,
    /// The first of the agencies directly in it.
    agencies: Vec<AgencyItem<'a>>,
    pager: Option<Pager>,
    /// The number of agencies in it and its inner regions.
    agencies_within: u32,
    /// The number of their reports.
    reports_within: usize,
    totals: TotalsView<'a>,
    charts: Vec<ChartView<'a>>,
    coverage: CoverageView<'a>,
    /// Agencies without a report, by year; empty if each year has a page of its own.
    missing: Vec<MissingView<'a>>,
}

impl View for RegionView<'_> {
    const TEMPLATE: &'static str = "region.html";
    const NAME: &'static str = "region";
}

/// What the page of a region and a year shows. Templates call it `region_year`.
#[derive(Debug, Serialize)]
pub(crate) struct RegionYearView<'a> {
    name: Text<'a>,
    missing: MissingView<'a>,
}

impl View for RegionYearView<'_> {
    const TEMPLATE: &'static str = "region-year.html";
    const NAME: &'static str = "region_year";
}

pub(crate) fn page<'r>(
    context: &PageContext<'r>,
    id: RegionId,
    output: &mut Output,
) -> (Head<'r>, RegionView<'r>) {
    let portal = &context.portal;
    let region = &portal.site[id];
    let within = tables::agencies_within(portal, id);
    let agencies_within = portal.derived.agencies(Area::Region(id));
    let first = paging::part(&region.agencies, 1);
    let has_pages = has_year_pages(agencies_within);
    let view = RegionView {
        name: portal.text(&region.name),
        code: region.code.as_deref(),
        body: body::view(context, &region.body, None, None, output),
        regions: tables::regions(portal, Some(id), 2),
        agencies: first.iter().map(|id| tables::agency_item(portal, *id)).collect(),
        pager: pager(portal, region, 1),
        agencies_within,
        reports_within: within.iter().map(|id| &portal.site[*id]).map(|agency| agency.reports.len()).sum(),
        totals: tables::totals(portal, Area::Region(id)),
        charts: chart::region_waffle(portal, ChartId { page: &context.path(), id: "chart-outcomes" }, id)
            .into_iter()
            .collect(),
        coverage: coverage::of_region(portal, id, &within),
        missing: if has_pages { Vec::new() } else { non_reporting::every_year(portal, &within) },
    };
    // Counties in different provinces share names, but titles must be unique.
    let title = portal.region_names(Some(id));
    let description = portal.say(
        "region-description",
        &[("region", title.clone().into()), ("agencies", (view.agencies_within as usize).into())],
    );
    let crumbs = portal.region_crumbs(Some(id));
    output.document = Some(Document {
        kind: DocumentKind::Region,
        url: context.path(),
        title: view.name.text.to_owned(),
        note: title.clone(),
        region: portal.region_value(Some(id)),
        text: view.body.as_ref().map(|body| body.plain.clone()).unwrap_or_default(),
        ..Document::default()
    });
    output.add_charts(&view.charts);
    let head = Head::new(title, crumbs, "agencies").described(description).from(&region.body.file);
    (head, view)
}

/// Makes a further part of the list of agencies directly in a region.
pub(crate) fn part_page<'r>(
    context: &PageContext<'r>,
    id: RegionId,
    part: u16,
) -> (Head<'r>, ListingView<'r>) {
    let portal = &context.portal;
    let region = &portal.site[id];
    let agencies = paging::part(&region.agencies, part);
    let view = ListingView {
        letters: Vec::new(),
        groups: vec![listing::group(portal, None, agencies)],
        pager: pager(portal, region, part),
    };
    let title = part_title(portal, &portal.region_names(Some(id)), part);
    let here = portal.say("part", &[("part", usize::from(part).into())]);
    (Head::below(portal.region_crumbs(Some(id)), here, title, "agencies"), view)
}

/// Makes the page of a region's agencies without a report for a year.
pub(crate) fn year_page<'r>(
    context: &PageContext<'r>,
    id: RegionId,
    year: i16,
) -> (Head<'r>, RegionYearView<'r>) {
    let portal = &context.portal;
    let region = &portal.site[id];
    let view =
        RegionYearView { name: portal.text(&region.name), missing: non_reporting::of_year(portal, id, year) };
    let title = format!("{} {}", portal.region_names(Some(id)), portal.year(year));
    let description = portal.say(
        "missing-of-agencies",
        &[("missing", view.missing.missing.into()), ("agencies", view.missing.agencies.into())],
    );
    let head = Head::below(portal.region_crumbs(Some(id)), portal.year(year), title, "agencies")
        .described(description);
    (head, view)
}

fn pager(portal: &LocalPortal<'_>, region: &Region, at: u16) -> Option<Pager> {
    let folder = portal.links().region(region);
    Pager::new(at, region.agencies.len(), &folder)
}
