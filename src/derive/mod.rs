//! What follows from the figures: series over the years, totals, changes, ranks, coverage.
//!
//! Everything here is a pure function of the site and its findings. A missing figure stays missing:
//! it breaks a line, drops out of a total, and is never ranked.

mod change;
mod coverage;
mod peer;
mod rank;
mod series;
mod total;

pub use change::{Change, NoChange, TotalChange, change, change_of_total};
pub use coverage::{Completeness, completeness};
pub use rank::{Apart, Ranked, Ranking, Unranked};
pub use series::{Gap, Point, Reading, YearPoint};
pub use total::{Area, Total};

use series::Terms;
use total::Totals;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::check::Findings;
use crate::form::{FormIx, Series, SeriesIx, TEXT_FIGURES};
use crate::model::{Agency, AgencyId, Origin, Report, ReportId, Scope, Site};

/// What follows from a site's figures.
#[derive(Debug)]
pub struct Derived {
    years: Vec<i16>,
    reports: Vec<Said>,
    asked: Vec<SeriesIx>,
    asked_in: BTreeMap<i16, BTreeSet<SeriesIx>>,
    forms: Vec<FormIx>,
    totals: Totals,
    usual_forms: FxHashMap<i16, FormIx>,
    peer_areas: Vec<Option<Area>>,
}

/// What a report says in the series that its form asks for, by series.
#[derive(Clone, Debug, Default)]
struct Said {
    series: Arc<[SeriesIx]>,
    points: Arc<[Point]>,
}

impl Said {
    fn point(&self, series: SeriesIx) -> Option<&Point> {
        self.series.binary_search(&series).ok().and_then(|at| self.points.get(at))
    }
}

impl Derived {
    /// Derives everything that more than one page needs.
    pub fn new(site: &Site, findings: &Findings) -> Self {
        let ids: Vec<ReportId> = site.reports_with_ids().map(|(id, _)| id).collect();
        let terms = Terms::of(&site.catalog);
        let reader = Reader::new(series::Context { site, findings, terms: &terms });
        let reports = ids.par_iter().map(|id| reader.read(*id)).collect();
        Self::of(site, reports)
    }

    /// The same after some reports' figures have changed, from what it was before. Findings change
    /// with them in all reports of the same agencies.
    #[must_use]
    pub fn renew(&self, site: &Site, findings: &Findings, changed: &[ReportId]) -> Self {
        let terms = Terms::of(&site.catalog);
        let reader = Reader::new(series::Context { site, findings, terms: &terms });
        let mut renewed = self.reports.clone();
        for id in changed {
            let agency = site.report(*id).and_then(|report| site.agency(report.agency));
            for at in agency.map(|agency| agency.reports.clone()).unwrap_or_default() {
                if let Some(slot) = renewed.get_mut(at as usize) {
                    *slot = reader.read(ReportId(at));
                }
            }
        }
        Self::of(site, renewed)
    }

    fn of(site: &Site, reports: Vec<Said>) -> Self {
        let mut years: Vec<i16> = site.reports.iter().map(|report| report.period.year).collect();
        years.sort_unstable();
        years.dedup();
        let series = (0..site.catalog.series.len()).map(|at| SeriesIx(at as u16));
        let is_asked = |ix: &SeriesIx| {
            let mut of_series = reports.iter().filter_map(|said| said.point(*ix));
            of_series.any(|point| *point != Point::Gap(Gap::NotAsked))
        };
        let asked = series.filter(is_asked).collect();
        let asked_in = asked_in(site, &reports);
        let mut forms: Vec<FormIx> = site.reports.iter().map(|report| report.form).collect();
        let gives_text = |report: &Report| report.others.iter().any(|other| other.origin == Origin::Text);
        if site.reports.iter().any(|report| gives_text(report)) {
            forms.extend(site.catalog.find_form(TEXT_FIGURES));
        }
        forms.sort_unstable();
        forms.dedup();
        let exact = |id: ReportId, ix: SeriesIx| reports.get(id.0 as usize)?.point(ix)?.exact();
        let totals = Totals::new(site, &years, exact);
        let usual_forms = rank::usual_forms(site);
        Self { years, reports, asked, asked_in, forms, totals, usual_forms, peer_areas: peer::areas(site) }
    }

    /// Whether both have the same years, series and forms: the same pages come of them.
    pub fn has_shape_of(&self, other: &Self) -> bool {
        self.years == other.years
            && self.asked == other.asked
            && self.forms == other.forms
            && self.usual_forms == other.usual_forms
    }

    /// The years that some report covers, oldest first.
    pub fn years(&self) -> &[i16] {
        &self.years
    }

    /// The series that some report's form asks for, in the order of overviews.
    pub fn series<'s>(&self, site: &'s Site) -> impl Iterator<Item = (SeriesIx, &'s Series)> + use<'_, 's> {
        self.asked.iter().filter_map(|ix| Some((*ix, site.catalog.series(*ix)?)))
    }

    /// Whether the form of some report of a year asks for a series.
    pub fn is_asked(&self, series: SeriesIx, year: i16) -> bool {
        self.asked_in.get(&year).is_some_and(|asked| asked.contains(&series))
    }

    /// The forms that some report stands on, in the order of the catalogue; the figures of texts count as
    /// a form.
    pub fn forms(&self) -> &[FormIx] {
        &self.forms
    }

    /// For each year with reports the form that most of them stand on.
    pub fn usual_forms(&self) -> impl Iterator<Item = (i16, FormIx)> {
        self.years.iter().filter_map(|year| Some((*year, *self.usual_forms.get(year)?)))
    }

    /// What a report says in a series.
    pub fn point(&self, report: ReportId, series: SeriesIx) -> &Point {
        const NO_REPORT: Point = Point::Gap(Gap::NoReport);
        const NOT_ASKED: Point = Point::Gap(Gap::NotAsked);
        self.reports
            .get(report.0 as usize)
            .map_or(&NO_REPORT, |said| said.point(series).unwrap_or(&NOT_ASKED))
    }

    /// What an agency's report on a year says in a series.
    pub fn agency_point(&self, site: &Site, agency: &Agency, series: SeriesIx, year: i16) -> Point {
        yearly_report(site, agency, year)
            .map_or(Point::Gap(Gap::NoReport), |(id, _)| self.point(id, series).clone())
    }

    /// An agency's series: each year from its first to its last report, with or without one.
    pub fn agency_series(&self, site: &Site, agency: &Agency, series: SeriesIx) -> Vec<YearPoint> {
        let reports = yearly_reports(site, agency);
        let (Some((_, first)), Some((_, last))) = (reports.first(), reports.last()) else {
            return Vec::new();
        };
        let years = first.period.year..=last.period.year;
        years
            .map(|year| {
                let report = reports.iter().find(|(_, report)| report.period.year == year).map(|(id, _)| *id);
                let point = report.map_or(Point::Gap(Gap::NoReport), |id| self.point(id, series).clone());
                YearPoint { year, report, point }
            })
            .collect()
    }

    /// The sum of a series over an area in a year; reports that consolidate others are left out.
    pub fn total(&self, area: Area, series: SeriesIx, year: i16) -> Total {
        self.totals.total(area, series, year)
    }

    /// How many agencies of an area have a report on a year: as many as have a [`yearly_report`].
    pub fn reporting(&self, area: Area, year: i16) -> u32 {
        self.totals.reporting(area, year)
    }

    /// How many agencies an area has.
    pub fn agencies(&self, area: Area) -> u32 {
        self.totals.agencies(area)
    }

    /// The agencies of an area by what they reported in a series for a year.
    pub fn ranking(&self, site: &Site, area: Area, series: SeriesIx, year: i16) -> Ranking {
        rank::ranking(self, site, area, series, year)
    }
}

/// For each year the series that the forms of its reports ask for.
fn asked_in(site: &Site, reports: &[Said]) -> BTreeMap<i16, BTreeSet<SeriesIx>> {
    let mut seen: BTreeSet<(i16, FormIx)> = BTreeSet::new();
    let mut asked: BTreeMap<i16, BTreeSet<SeriesIx>> = BTreeMap::new();
    for (report, said) in site.reports.iter().zip(reports) {
        if seen.insert((report.period.year, report.form)) {
            let pairs = said.series.iter().zip(said.points.iter());
            let known = pairs.filter(|(_, point)| **point != Point::Gap(Gap::NotAsked)).map(|(ix, _)| *ix);
            asked.entry(report.period.year).or_default().extend(known);
        }
    }
    asked
}

/// Reads what reports say in the series of their forms.
struct Reader<'a> {
    context: series::Context<'a>,
    /// For each form the series that it asks for.
    asked: Vec<Arc<[SeriesIx]>>,
}

impl<'a> Reader<'a> {
    fn new(context: series::Context<'a>) -> Self {
        let catalog = &context.site.catalog;
        let forms = (0..catalog.forms.len()).map(|at| FormIx(at as u16));
        let asked = forms.map(|form| context.terms.asked(catalog, form).collect()).collect();
        Self { context, asked }
    }

    fn read(&self, id: ReportId) -> Said {
        let report = self.context.site.report(id);
        let asked = report.and_then(|report| self.asked.get(report.form.0 as usize));
        let (Some(report), Some(series)) = (report, asked) else { return Said::default() };
        let points = series.iter().map(|ix| series::point(&self.context, id, report, *ix)).collect();
        Said { series: series.clone(), points }
    }
}

/// The reports of an agency on whole years, one a year: its own where it has one, else the
/// consolidated one.
pub fn yearly_reports<'s>(site: &'s Site, agency: &Agency) -> Vec<(ReportId, &'s Report)> {
    let mut reports: Vec<(ReportId, &Report)> = Vec::new();
    let places = agency.reports.clone().map(ReportId);
    for (id, report) in
        places.filter_map(|id| Some((id, site.report(id)?))).filter(|(_, r)| r.period.is_year())
    {
        match reports.last() {
            Some((_, last)) if last.period.year == report.period.year => {}
            _ => reports.push((id, report)),
        }
    }
    reports
}

/// The report of an agency on a year, as in [`yearly_reports`].
pub fn yearly_report<'s>(site: &'s Site, agency: &Agency, year: i16) -> Option<(ReportId, &'s Report)> {
    let places = agency.reports.clone().map(ReportId);
    let mut reports = places.filter_map(|id| Some((id, site.report(id)?)));
    reports.find(|(_, report)| report.period.is_year() && report.period.year == year)
}

/// The report by which an agency is counted in a year: its own, on a whole year.
pub fn own_report(site: &Site, agency: AgencyId, year: i16) -> Option<(ReportId, &Report)> {
    let places = site.agency(agency)?.reports.clone().map(ReportId);
    places.filter_map(|id| Some((id, site.report(id)?))).find(|(_, report)| {
        report.scope == Scope::Own && report.period.is_year() && report.period.year == year
    })
}
