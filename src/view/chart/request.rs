//! A call of `chart(…)`, read and checked: what is asked for, and for whom.

use crate::base::data::nearest;
use crate::base::diagnostic::Message;
use crate::derive::{self, YearPoint};
use crate::form::{Series, SeriesIx};
use crate::markdown::{Argument, Shortcode};
use crate::model::{AgencyId, ReportId, Scope};
use crate::plan::PageKind;
use crate::view::local_portal::{FigureSources, LocalPortal};
use crate::view::page::PageContext;

use super::chart_view::{ChartId, ChartView};

/// The names of the arguments.
const ARGUMENTS: [&str; 4] = ["series", "agencies", "years", "kind"];

/// Why a call draws nothing.
pub(crate) enum NoChart {
    /// This page has nothing to draw: too few figures, no report, no map. In a template, which serves
    /// many pages, that is no mistake.
    Empty(Message),
    /// The call is wrong.
    Wrong(Message),
}

impl From<Message> for NoChart {
    fn from(message: Message) -> Self {
        Self::Wrong(message)
    }
}

impl NoChart {
    /// Returns what to tell the author.
    pub(crate) fn into_message(self) -> Message {
        match self {
            Self::Empty(message) | Self::Wrong(message) => message,
        }
    }
}

/// A chart; `None` if too little was reported.
pub(super) type Result<'r> = std::result::Result<Option<ChartView<'r>>, NoChart>;

type DrawAny = for<'c, 'r> fn(&SeriesRequest<'c, 'r>) -> Result<'r>;
type DrawAgencies = for<'c, 'r> fn(&SeriesRequest<'c, 'r>, &[AgencyId]) -> Option<ChartView<'r>>;
type DrawGroup = for<'c, 'r> fn(&GroupRequest<'c, 'r>) -> Result<'r>;

/// How a kind draws a series.
#[derive(Clone, Copy)]
pub(super) enum DrawSeries {
    /// Draws whatever agencies are asked for.
    Any(DrawAny),
    /// Draws several agencies. One agency, or the total of all, is drawn over the years in this shape;
    /// without one the number of figures decides.
    Agencies(DrawAgencies, Option<Shape>),
}

/// How one series over the years is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Line,
    Columns,
}

/// A kind of chart that a call can ask for.
pub(super) struct Kind {
    /// Its name in calls.
    pub(super) name: &'static str,
    /// How it draws a series. The kinds that cannot are for the outcomes of requests only.
    pub(super) series: Option<DrawSeries>,
    /// How it draws a group of series.
    pub(super) group: Option<DrawGroup>,
}

impl Kind {
    pub(super) const fn of_series(name: &'static str, draw: DrawAny) -> Self {
        Self { name, series: Some(DrawSeries::Any(draw)), group: None }
    }

    pub(super) const fn of_agencies(name: &'static str, draw: DrawAgencies, one: Option<Shape>) -> Self {
        Self { name, series: Some(DrawSeries::Agencies(draw, one)), group: None }
    }

    pub(super) const fn of_outcomes(name: &'static str, draw: DrawGroup) -> Self {
        Self { name, series: None, group: Some(draw) }
    }
}

/// A call on a page.
pub(super) struct Request<'c, 'r> {
    page: &'c PageContext<'r>,
    path: String,
    id: &'c str,
    call: &'c Shortcode,
    /// The series or group asked for.
    pub(super) name: &'c str,
}

impl<'c, 'r> Request<'c, 'r> {
    /// Reads a call. Fails if it names no series.
    pub(super) fn new(
        page: &'c PageContext<'r>,
        id: &'c str,
        call: &'c Shortcode,
    ) -> std::result::Result<Self, Message> {
        match (call.positional.as_slice(), call.get("series")) {
            ([Argument::Text(name)], None) | ([], Some(Argument::Text(name))) => {
                Ok(Self { page, path: page.path(), id, call, name })
            }
            _ => Err(Message::new("call-chart-series")),
        }
    }

    pub(super) const fn portal(&self) -> &'c LocalPortal<'r> {
        &self.page.portal
    }

    pub(super) fn chart(&self) -> ChartId<'_> {
        ChartId { page: &self.path, id: self.id }
    }

    /// Whether the call names agencies.
    pub(super) fn names_agencies(&self) -> bool {
        self.call.get("agencies").is_some()
    }

    /// Returns the agencies that the call names, or the one the page is about.
    pub(super) fn agencies(&self) -> std::result::Result<Vec<AgencyId>, Message> {
        let site = self.portal().site;
        let paths: Vec<&str> = match self.call.get("agencies") {
            None => return Ok(self.own_agency().into_iter().collect()),
            Some(Argument::Text(path)) => vec![path],
            Some(Argument::List(paths)) => paths.iter().map(|path| &**path).collect(),
            Some(_) => return Err(Message::new("call-chart-agencies")),
        };
        let find = |path: &str| {
            let path = path.trim_matches('/');
            let found = site.agencies.iter().position(|agency| *agency.path == *path);
            let known = || site.agencies.iter().map(|agency| &*agency.path);
            found
                .map(|at| AgencyId(at as u32))
                .ok_or_else(|| unknown("call-unknown-agency", "path", path, known))
        };
        paths.into_iter().map(find).collect()
    }

    /// Reads `years="2012-2018"` or `years="2018"`.
    pub(super) fn years(&self) -> std::result::Result<Option<(i16, i16)>, Message> {
        let text = match self.call.get("years") {
            None => return Ok(None),
            Some(Argument::Text(text)) => &**text,
            Some(_) => return Err(Message::new("call-chart-years")),
        };
        let (first, last) = text.split_once(['-', '–', '—']).unwrap_or((text, text));
        match (first.trim().parse(), last.trim().parse()) {
            (Ok(first), Ok(last)) if first <= last => Ok(Some((first, last))),
            _ => Err(Message::new("call-chart-years")),
        }
    }

    /// Returns the agency that the page is about.
    pub(super) fn own_agency(&self) -> Option<AgencyId> {
        match self.page.key.kind {
            PageKind::Agency(id) => Some(id),
            PageKind::Report(id) => Some(self.portal().site[id].agency),
            _ => None,
        }
    }

    /// Returns the kind of page the call stands on.
    pub(super) const fn page_kind(&self) -> PageKind {
        self.page.key.kind
    }

    /// Returns the portal for charts of these agencies: with their sources, and with the name of the
    /// one agency, unless the page is about it.
    pub(super) fn edition_of(&self, agencies: &[AgencyId]) -> LocalPortal<'r> {
        let portal = *self.portal();
        let [id] = agencies else {
            return LocalPortal { chart_agency: None, sources: FigureSources::Many, ..portal };
        };
        let agency = &portal.site[*id];
        let is_own = self.own_agency() == Some(*id);
        let chart_agency = (!is_own).then(|| agency.name.get(&portal.locale.lang));
        LocalPortal { chart_agency, sources: FigureSources::Agency(agency), ..portal }
    }
}

/// A call for a series.
pub(super) struct SeriesRequest<'c, 'r> {
    pub(super) request: Request<'c, 'r>,
    pub(super) ix: SeriesIx,
    pub(super) series: &'r Series,
    /// The first and the last year asked for.
    pub(super) years: Option<(i16, i16)>,
}

impl<'c, 'r> std::ops::Deref for SeriesRequest<'c, 'r> {
    type Target = Request<'c, 'r>;
    fn deref(&self) -> &Self::Target {
        &self.request
    }
}

impl SeriesRequest<'_, '_> {
    /// Whether a year is among those asked for.
    pub(super) fn includes(&self, year: i16) -> bool {
        self.years.is_none_or(|(first, last)| (first..=last).contains(&year))
    }

    /// Returns the last of the years asked for.
    pub(super) fn last_year(&self) -> Option<i16> {
        self.years.map(|(_, last)| last).or_else(|| self.portal().derived.years().last().copied())
    }

    /// Returns an agency's points of the years asked for.
    pub(super) fn points(&self, agency: AgencyId) -> Vec<YearPoint> {
        let portal = self.portal();
        let points = portal.derived.agency_series(portal.site, &portal.site[agency], self.ix);
        points.into_iter().filter(|at| self.includes(at.year)).collect()
    }
}

/// A call for a group of series.
pub(super) struct GroupRequest<'c, 'r> {
    request: Request<'c, 'r>,
    /// The portal for charts of the agency.
    pub(super) portal: LocalPortal<'r>,
    /// The one agency, if any.
    pub(super) agency: Option<AgencyId>,
    years: Option<(i16, i16)>,
}

impl<'c, 'r> GroupRequest<'c, 'r> {
    /// Reads years and agency. Fails if there are several agencies.
    pub(super) fn new(request: Request<'c, 'r>) -> std::result::Result<Self, Message> {
        let years = request.years()?;
        let agencies = request.agencies()?;
        if agencies.len() > 1 {
            return Err(Message::new("call-chart-one-agency").arg("group", request.name));
        }
        let portal = request.edition_of(&agencies);
        Ok(Self { portal, agency: agencies.first().copied(), years, request })
    }

    pub(super) const fn name(&self) -> &'c str {
        self.request.name
    }

    pub(super) fn chart(&self) -> ChartId<'_> {
        self.request.chart()
    }

    /// Whether a year is among those asked for.
    pub(super) fn includes(&self, year: i16) -> bool {
        self.years.is_none_or(|(first, last)| (first..=last).contains(&year))
    }

    /// The page lacks what the group is drawn from.
    pub(super) fn nothing_here(&self) -> NoChart {
        NoChart::Empty(Message::new("call-chart-group").arg("group", self.name()))
    }

    /// Returns the report that the group is drawn from, with the portal for charts of it: that of the
    /// page, or the agency's own report on the last year asked for, without one on the latest.
    pub(super) fn report(&self) -> std::result::Result<(LocalPortal<'r>, ReportId), NoChart> {
        let id = if self.request.names_agencies() {
            self.agency.and_then(|agency| self.report_of(agency))
        } else if let PageKind::Report(id) = self.request.page_kind() {
            Some(id)
        } else {
            None
        };
        let id = id.ok_or_else(|| self.nothing_here())?;
        Ok((LocalPortal { sources: FigureSources::Report(&self.portal.site[id]), ..self.portal }, id))
    }

    fn report_of(&self, agency: AgencyId) -> Option<ReportId> {
        let site = self.portal.site;
        let last = self.years.map(|(_, last)| last);
        let mut fit = derive::yearly_reports(site, &site[agency]).into_iter().filter(|(_, report)| {
            report.scope == Scope::Own && last.is_none_or(|year| report.period.year == year)
        });
        fit.next_back().map(|(id, _)| id)
    }
}

/// Fails if an argument of a call is not one of [`ARGUMENTS`].
pub(super) fn check_arguments(call: &Shortcode) -> std::result::Result<(), Message> {
    match call.named.iter().find(|(name, _)| !ARGUMENTS.contains(&&**name)) {
        Some((name, _)) => Err(unknown("call-unknown-argument", "argument", name, || ARGUMENTS.into_iter())),
        None => Ok(()),
    }
}

/// Says that a name is not known, and which known name is nearest to it.
pub(super) fn unknown<'n, I: Iterator<Item = &'n str>>(
    message: &'static str,
    argument: &'static str,
    name: &str,
    known: impl Fn() -> I,
) -> Message {
    let near = nearest(name, known());
    let id = match (message, near) {
        ("call-unknown-series", Some(_)) => "call-unknown-series-near",
        ("call-unknown-agency", Some(_)) => "call-unknown-agency-near",
        ("call-unknown-argument", Some(_)) => "call-unknown-argument-near",
        _ => message,
    };
    let message = Message::new(id).arg(argument, name);
    match near {
        Some(near) => message.arg("near", near),
        None => message,
    }
}
