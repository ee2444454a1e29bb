//! The page of a region: what lies in it, totals over those that reported, who reported when.

use serde::Serialize;

use crate::derive::Area;
use crate::model::RegionId;
use crate::render::Output;
use crate::render::body::BodyView;
use crate::render::overview::{self, AgencyItem, CoverageView, RegionItem, TotalsView};
use crate::render::view::{Text, ending_here};
use crate::search::{Document, Kind};

use super::{Desk, Head};

/// What a region's page shows. Templates call it `region`.
#[derive(Debug, Serialize)]
struct RegionView<'a> {
    name: Text<'a>,
    code: Option<&'a str>,
    body: Option<BodyView>,
    regions: Vec<RegionItem<'a>>,
    agencies: Vec<AgencyItem<'a>>,
    /// How many agencies lie in it and in the regions within.
    agencies_within: u32,
    totals: TotalsView<'a>,
    coverage: CoverageView<'a>,
}

pub(super) fn render(desk: &Desk<'_>, id: RegionId, output: &mut Output) {
    let edition = &desk.edition;
    let Some(region) = edition.site.region(id) else { return };
    let within = overview::agencies_within(edition, id);
    let view = RegionView {
        name: edition.text(&region.name),
        code: region.code.as_deref(),
        body: desk.body(&region.body, None, None, output),
        regions: overview::regions(edition, Some(id), 2),
        agencies: region.agencies.iter().filter_map(|id| overview::agency_item(edition, *id)).collect(),
        agencies_within: edition.derived.agencies(Area::Region(id)),
        totals: overview::totals(edition, Area::Region(id)),
        coverage: overview::coverage(edition, &within),
    };
    let way = ending_here(edition.way_to_region(Some(id)));
    // Counties of one name lie in different provinces: the whole way makes the title unique.
    let title = edition.region_names(Some(id));
    let title_note = title.clone();
    let description = edition.say(
        "region-description",
        &[("region", title.clone().into()), ("agencies", (view.agencies_within as usize).into())],
    );
    let head = Head::new(title, way, "regions").described(description);
    output.document = Some(Document {
        kind: Kind::Region,
        url: desk.path(),
        title: view.name.text.to_owned(),
        note: title_note,
        region: edition.region_value(Some(id)),
        text: view.body.as_ref().map(|body| body.plain.clone()).unwrap_or_default(),
        ..Document::default()
    });
    desk.publish("region.html", head, "region", &view, output);
}
