//! Rankings: agencies by a figure, ties sharing a rank, those without a figure apart.

use rustc_hash::FxHashMap;
use std::cmp::Reverse;

use crate::form::{FormIx, SeriesIx};
use crate::model::{AgencyId, RegionId, ReportId, Site};

use super::series::{Gap, Point, Reading};
use super::{Area, Derived, own_report, yearly_report};

/// The agencies of an area by one figure of one year, largest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranking {
    /// Those with a figure.
    pub ranked: Vec<Ranked>,
    /// Those without, in reading order.
    pub unranked: Vec<Unranked>,
}

/// An agency with its figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// Its rank from 1; ties share one, the next is skipped.
    pub rank: u32,
    /// The agency.
    pub agency: AgencyId,
    /// The report the figure is from.
    pub report: ReportId,
    /// The figure.
    pub reading: Reading,
}

/// An agency without a comparable figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Unranked {
    /// The agency.
    pub agency: AgencyId,
    /// Its report, where it has one.
    pub report: Option<ReportId>,
    /// Why it is not ranked.
    pub reason: Apart,
}

/// Why an agency is not ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// It gives no figure.
    Gap(Gap),
    /// Its report stands on another form than most of that year.
    OtherForm,
    /// Its only report speaks for other agencies, too.
    Consolidated,
}

/// For each year the form that most reports of it stand on; ties go to the newer form.
pub(super) fn usual_forms(site: &Site) -> FxHashMap<i16, FormIx> {
    let mut counts: FxHashMap<(i16, FormIx), u32> = FxHashMap::default();
    for report in &site.reports {
        *counts.entry((report.period.year, report.form)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().map(|((year, form), count)| (year, count, form)).collect();
    counts.sort_unstable();
    counts.into_iter().map(|(year, _, form)| (year, form)).collect()
}

pub(super) fn ranking(derived: &Derived, site: &Site, area: Area, series: SeriesIx, year: i16) -> Ranking {
    let mut ranking = Ranking::default();
    for agency in agencies_of(site, area) {
        let Some((id, report)) = own_report(site, agency, year) else {
            let other = site.agency(agency).and_then(|agency| yearly_report(site, agency, year));
            let reason = if other.is_some() { Apart::Consolidated } else { Apart::Gap(Gap::NoReport) };
            ranking.unranked.push(Unranked { agency, report: other.map(|(id, _)| id), reason });
            continue;
        };
        match derived.point(id, series) {
            Point::Gap(gap) => {
                ranking.unranked.push(Unranked { agency, report: Some(id), reason: Apart::Gap(*gap) });
            }
            Point::Value(_) if derived.usual_forms.get(&year).is_some_and(|usual| *usual != report.form) => {
                ranking.unranked.push(Unranked { agency, report: Some(id), reason: Apart::OtherForm });
            }
            Point::Value(reading) => {
                ranking.ranked.push(Ranked { rank: 0, agency, report: id, reading: reading.clone() });
            }
        }
    }
    ranking.ranked.sort_by_key(|row| (Reverse(row.reading.amount), row.agency));
    let mut last = None;
    let mut rank = 0;
    for (at, row) in ranking.ranked.iter_mut().enumerate() {
        if last != Some(row.reading.amount) {
            rank = at as u32 + 1;
            last = Some(row.reading.amount);
        }
        row.rank = rank;
    }
    ranking
}

/// The agencies of an area, in reading order.
pub(super) fn agencies_of(site: &Site, area: Area) -> Vec<AgencyId> {
    match area {
        Area::Site => (0..site.agencies.len()).map(|at| AgencyId(at as u32)).collect(),
        Area::Region(region) => {
            let mut found = Vec::new();
            collect(site, region, &mut found);
            found.sort_unstable();
            found
        }
    }
}

fn collect(site: &Site, region: RegionId, found: &mut Vec<AgencyId>) {
    let Some(region) = site.region(region) else { return };
    found.extend(&region.agencies);
    for inner in &region.regions {
        collect(site, *inner, found);
    }
}
