//! Rankings: agencies by a figure, ties sharing a rank, those without a figure apart.

use std::cmp::Reverse;

use crate::form::SeriesIx;
use crate::model::{AgencyId, RegionId, ReportId, Site};

use super::derived::Derived;
use super::point::{Gap, Point, Reading};
use super::total::Area;
use super::yearly::{own_report, yearly_report};

/// The agencies of an area ranked by their figure in one year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranking {
    /// Those with a figure, largest first.
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
    /// Its report on the year, if any.
    pub report: Option<ReportId>,
    /// Why it is not ranked.
    pub reason: UnrankedReason,
}

/// Why an agency is not ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnrankedReason {
    /// It gives no figure.
    Gap(Gap),
    /// Its report stands on another form than most reports on that year.
    OtherForm,
    /// Its only report covers other agencies as well.
    Consolidated,
}

impl Derived {
    /// Ranks the agencies of an area by their figure in a series on a year.
    pub fn ranking(&self, site: &Site, area: Area, series: SeriesIx, year: i16) -> Ranking {
        let mut ranking = Ranking::default();
        for agency in agencies_of(site, area) {
            let unranked = match own_report(site, agency, year) {
                None => match yearly_report(site, &site[agency], year) {
                    Some((id, _)) => (Some(id), UnrankedReason::Consolidated),
                    None => (None, UnrankedReason::Gap(Gap::NoReport)),
                },
                Some((id, report)) => match self.point(id, series) {
                    Point::Gap(gap) => (Some(id), UnrankedReason::Gap(*gap)),
                    Point::Value(_) if self.usual_form(year).is_some_and(|usual| usual != report.form) => {
                        (Some(id), UnrankedReason::OtherForm)
                    }
                    Point::Value(reading) => {
                        let reading = reading.clone();
                        ranking.ranked.push(Ranked { rank: 0, agency, report: id, reading });
                        continue;
                    }
                },
            };
            let (report, reason) = unranked;
            ranking.unranked.push(Unranked { agency, report, reason });
        }
        ranking.ranked.sort_by_key(|row| (Reverse(row.reading.amount), row.agency));
        number(&mut ranking.ranked);
        ranking
    }
}

/// Numbers sorted agencies from 1; ties share a rank, and the next one is skipped.
fn number(ranked: &mut [Ranked]) {
    let mut last = None;
    let mut rank = 0;
    for (at, row) in ranked.iter_mut().enumerate() {
        if last != Some(row.reading.amount) {
            rank = at as u32 + 1;
            last = Some(row.reading.amount);
        }
        row.rank = rank;
    }
}

/// Returns the agencies of an area, in reading order.
fn agencies_of(site: &Site, area: Area) -> Vec<AgencyId> {
    match area {
        Area::Site => site.agencies_with_ids().map(|(id, _)| id).collect(),
        Area::Region(region) => {
            let mut found = Vec::new();
            collect(site, region, &mut found);
            found.sort_unstable();
            found
        }
    }
}

fn collect(site: &Site, region: RegionId, found: &mut Vec<AgencyId>) {
    let region = &site[region];
    found.extend(&region.agencies);
    for inner in &region.regions {
        collect(site, *inner, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{agency, check, report, site};
    use crate::model::Scope;

    #[test]
    fn ties_share_a_rank_and_what_cannot_be_compared_stands_apart() {
        let mut site = site();
        let others = ["a/b", "a/c", "a/d", "a/e", "a/f", "a/g", "a/h"];
        site.agencies.extend(others.map(|path| agency(path, None)));
        for (agency, figure) in (0..).zip(["7", "9", "7", "3", ""]) {
            report(&mut site, agency, "gb-2021", "2023", &[("req_new__total", figure)]);
        }
        report(&mut site, 5, "gb-2019", "2023", &[("req_new__total", "8")]);
        report(&mut site, 6, "gb-2021", "2023", &[("req_new__total", "8")]).scope = Scope::Consolidated;
        let derived = Derived::new(&site, &check(&site));
        let ix = site.catalog.find_series("requests_received").unwrap();
        let ranking = derived.ranking(&site, Area::Site, ix, 2023);
        let ranks: Vec<_> = ranking.ranked.iter().map(|row| (row.rank, row.agency.0)).collect();
        assert_eq!(ranks, [(1, 1), (2, 0), (2, 2), (4, 3)]);
        let apart: Vec<_> = ranking.unranked.iter().map(|row| (row.agency.0, row.reason)).collect();
        let expected = [
            (4, UnrankedReason::Gap(Gap::Blank)),
            (5, UnrankedReason::OtherForm),
            (6, UnrankedReason::Consolidated),
            (7, UnrankedReason::Gap(Gap::NoReport)),
        ];
        assert_eq!(apart, expected);
    }
}
