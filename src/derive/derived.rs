//! Everything that more than one page derives from the figures, computed once.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::check::Findings;
use crate::form::{FormIx, Series, SeriesIx, TEXT_FIGURES};
use crate::model::{Agency, AgencyId, Origin, Report, ReportId, Site};

use super::peer;
use super::point::{Gap, Point, YearPoint};
use super::series::{ReportPoints, SeriesReader};
use super::total::{Area, Total, Totals};
use super::yearly::{yearly_report, yearly_reports};

/// What follows from a site's figures.
#[derive(Debug)]
pub struct Derived {
    years: Vec<i16>,
    /// By report.
    points: Vec<ReportPoints>,
    asked: Vec<SeriesIx>,
    asked_in: BTreeMap<i16, BTreeSet<SeriesIx>>,
    forms: Vec<FormIx>,
    totals: Totals,
    usual_forms: FxHashMap<i16, FormIx>,
    /// By agency.
    peer_areas: Vec<Option<Area>>,
}

impl Derived {
    /// Derives everything from a site's reports and their findings.
    pub fn new(site: &Site, findings: &Findings) -> Self {
        let ids: Vec<ReportId> = site.reports_with_ids().map(|(id, _)| id).collect();
        let reader = SeriesReader::new(site, findings);
        let points = ids.par_iter().map(|id| reader.read(*id)).collect();
        Self::from_points(site, points)
    }

    /// Derives everything again after the figures of some reports have changed. Findings change with
    /// them in all reports of the same agencies.
    #[must_use]
    pub fn renew(&self, site: &Site, findings: &Findings, changed: &[ReportId]) -> Self {
        let reader = SeriesReader::new(site, findings);
        let mut renewed = self.points.clone();
        for id in changed {
            for at in site[site[*id].agency].reports.clone() {
                renewed[at as usize] = reader.read(ReportId(at));
            }
        }
        Self::from_points(site, renewed)
    }

    fn from_points(site: &Site, points: Vec<ReportPoints>) -> Self {
        let mut years: Vec<i16> = site.reports.iter().map(|report| report.period.year).collect();
        years.sort_unstable();
        years.dedup();
        let is_asked = |ix: &SeriesIx| {
            let mut of_series = points.iter().filter_map(|points| points.get(*ix));
            of_series.any(|point| *point != Point::Gap(Gap::NotAsked))
        };
        let asked = (0..site.catalog.series.len()).map(|at| SeriesIx(at as u16)).filter(is_asked).collect();
        let asked_in = asked_in(site, &points);
        let mut forms: Vec<FormIx> = site.reports.iter().map(|report| report.form).collect();
        let gives_text = |report: &Report| report.others.iter().any(|other| other.origin == Origin::Text);
        if site.reports.iter().any(|report| gives_text(report)) {
            forms.extend(site.catalog.find_form(TEXT_FIGURES));
        }
        forms.sort_unstable();
        forms.dedup();
        let totals = Totals::new(site, &years, |id, ix| points[id.0 as usize].get(ix)?.exact());
        let (usual_forms, peer_areas) = (usual_forms(site), peer::areas(site));
        Self { years, points, asked, asked_in, forms, totals, usual_forms, peer_areas }
    }

    /// Returns whether both have the same years, series and forms, and so the same pages.
    pub fn has_shape_of(&self, other: &Self) -> bool {
        self.years == other.years
            && self.asked == other.asked
            && self.forms == other.forms
            && self.usual_forms == other.usual_forms
    }

    /// Returns the years that some report covers, oldest first.
    pub fn years(&self) -> &[i16] {
        &self.years
    }

    /// Returns the series that some report's form asks for, in the order of overviews.
    pub fn series<'s>(&self, site: &'s Site) -> impl Iterator<Item = (SeriesIx, &'s Series)> + use<'_, 's> {
        self.asked.iter().map(|ix| (*ix, &site.catalog[*ix]))
    }

    /// Returns whether the form of some report on a year asks for a series.
    pub fn is_asked(&self, series: SeriesIx, year: i16) -> bool {
        self.asked_in.get(&year).is_some_and(|asked| asked.contains(&series))
    }

    /// Returns the forms that reports stand on, in the order of the catalogue. The figures of texts count
    /// as a form.
    pub fn forms(&self) -> &[FormIx] {
        &self.forms
    }

    /// Returns for each year with reports the form that most of them stand on.
    pub fn usual_forms(&self) -> impl Iterator<Item = (i16, FormIx)> {
        self.years.iter().filter_map(|year| Some((*year, self.usual_form(*year)?)))
    }

    /// Returns the form that most reports on a year stand on.
    pub(super) fn usual_form(&self, year: i16) -> Option<FormIx> {
        self.usual_forms.get(&year).copied()
    }

    /// Returns what a report says in a series.
    pub fn point(&self, report: ReportId, series: SeriesIx) -> &Point {
        const NOT_ASKED: Point = Point::Gap(Gap::NotAsked);
        self.points[report.0 as usize].get(series).unwrap_or(&NOT_ASKED)
    }

    /// Returns what an agency's report on a year says in a series.
    pub fn agency_point(&self, site: &Site, agency: &Agency, series: SeriesIx, year: i16) -> Point {
        yearly_report(site, agency, year)
            .map_or(Point::Gap(Gap::NoReport), |(id, _)| self.point(id, series).clone())
    }

    /// Returns an agency's series: each year from its first to its last report, with or without one.
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

    /// Returns the sum of a series over an area in a year, without reports that consolidate others.
    pub fn total(&self, area: Area, series: SeriesIx, year: i16) -> Total {
        self.totals.total(area, series, year)
    }

    /// Returns how many agencies of an area have a [`yearly_report`] on a year.
    pub fn reporting(&self, area: Area, year: i16) -> u32 {
        self.totals.reporting(area, year)
    }

    /// Returns how many agencies an area has.
    pub fn agencies(&self, area: Area) -> u32 {
        self.totals.agencies(area)
    }

    /// Returns the area whose agencies of the same level are an agency's peers: the smallest region
    /// around it that has five of them, itself included, else the whole site; `None` where even that has
    /// not. It follows from the tree of agencies alone, never from what they report.
    pub fn peer_area(&self, agency: AgencyId) -> Option<Area> {
        self.peer_areas[agency.0 as usize]
    }
}

/// Returns for each year the series that the forms of its reports ask for.
fn asked_in(site: &Site, points: &[ReportPoints]) -> BTreeMap<i16, BTreeSet<SeriesIx>> {
    let mut seen: BTreeSet<(i16, FormIx)> = BTreeSet::new();
    let mut asked: BTreeMap<i16, BTreeSet<SeriesIx>> = BTreeMap::new();
    for (report, points) in site.reports.iter().zip(points) {
        if seen.insert((report.period.year, report.form)) {
            let pairs = points.series.iter().zip(points.points.iter());
            let known = pairs.filter(|(_, point)| **point != Point::Gap(Gap::NotAsked)).map(|(ix, _)| *ix);
            asked.entry(report.period.year).or_default().extend(known);
        }
    }
    asked
}

/// Returns for each year the form that most reports on it stand on; ties go to the newer form.
fn usual_forms(site: &Site) -> FxHashMap<i16, FormIx> {
    let mut counts: FxHashMap<(i16, FormIx), u32> = FxHashMap::default();
    for report in &site.reports {
        *counts.entry((report.period.year, report.form)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().map(|((year, form), count)| (year, count, form)).collect();
    counts.sort_unstable();
    counts.into_iter().map(|(year, _, form)| (year, form)).collect()
}
