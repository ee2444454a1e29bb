//! What follows from the figures: series over the years, totals, changes, ranks, coverage.
//!
//! Everything here is a pure function of the site and its findings. A missing figure stays missing:
//! it breaks a line, drops out of a total, and is never ranked.

mod change;
mod coverage;
mod rank;
mod series;
mod total;

pub use change::{Change, NoChange, change};
pub use coverage::{Completeness, completeness};
pub use rank::{Ranked, Ranking, Unranked};
pub use series::{Gap, Point, Reading, YearPoint};
pub use total::{Area, Total};

use series::Terms;
use total::Totals;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::check::Findings;
use crate::form::{FormIx, Series, SeriesIx, TEXT_FIGURES};
use crate::model::{Agency, AgencyId, Origin, Report, ReportId, Scope, Site};

/// What follows from a site's figures.
#[derive(Debug)]
pub struct Derived {
    years: Vec<i16>,
    series: usize,
    points: Vec<Point>,
    asked: Vec<SeriesIx>,
    forms: Vec<FormIx>,
    totals: Totals,
    usual_forms: FxHashMap<i16, FormIx>,
}

impl Derived {
    /// Derives everything that more than one page needs.
    pub fn new(site: &Site, findings: &Findings) -> Self {
        let series: Vec<SeriesIx> = (0..site.catalog.series.len()).map(|at| SeriesIx(at as u16)).collect();
        let terms = Terms::of(&site.catalog);
        let ids: Vec<ReportId> = site.reports_with_ids().map(|(id, _)| id).collect();
        let context = series::Context { site, findings, terms: &terms };
        let context = &context;
        let points: Vec<Point> = ids
            .par_iter()
            .flat_map_iter(|id| {
                let report = site.report(*id);
                series.iter().map(move |ix| match report {
                    Some(report) => series::point(context, *id, report, *ix),
                    None => Point::Gap(Gap::NoReport),
                })
            })
            .collect();
        let mut years: Vec<i16> = site.reports.iter().map(|report| report.period.year).collect();
        years.sort_unstable();
        years.dedup();
        let is_asked = |ix: &SeriesIx| {
            let of_series = points.iter().skip(ix.0 as usize).step_by(series.len().max(1));
            of_series.into_iter().any(|point| *point != Point::Gap(Gap::NotAsked))
        };
        let asked = series.iter().copied().filter(is_asked).collect();
        let mut forms: Vec<FormIx> = site.reports.iter().map(|report| report.form).collect();
        let gives_text = |report: &Report| report.others.iter().any(|other| other.origin == Origin::Text);
        if site.reports.iter().any(gives_text) {
            forms.extend(site.catalog.find_form(TEXT_FIGURES));
        }
        forms.sort_unstable();
        forms.dedup();
        let mut derived = Self {
            asked,
            forms,
            years,
            series: series.len(),
            points,
            totals: Totals::default(),
            usual_forms: rank::usual_forms(site),
        };
        let exact = |id, ix| derived.point(id, ix).exact();
        derived.totals = Totals::new(site, &derived.years, exact);
        derived
    }

    /// The years that some report covers, oldest first.
    pub fn years(&self) -> &[i16] {
        &self.years
    }

    /// The series that some report's form asks for, in the order of overviews.
    pub fn series<'s>(&self, site: &'s Site) -> impl Iterator<Item = (SeriesIx, &'s Series)> + use<'_, 's> {
        self.asked.iter().filter_map(|ix| Some((*ix, site.catalog.series(*ix)?)))
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
        const NONE: Point = Point::Gap(Gap::NoReport);
        self.points.get(report.0 as usize * self.series + series.0 as usize).unwrap_or(&NONE)
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

    /// How many agencies of an area reported on their own in a year.
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

/// The report by which an agency is counted in a year: its own, on a whole year.
pub fn own_report(site: &Site, agency: AgencyId, year: i16) -> Option<(ReportId, &Report)> {
    let places = site.agency(agency)?.reports.clone().map(ReportId);
    places.filter_map(|id| Some((id, site.report(id)?))).find(|(_, report)| {
        report.scope == Scope::Own && report.period.is_year() && report.period.year == year
    })
}
