//! The pages: a view function a kind, and what they share.

mod agency;
mod asked;
mod call;
mod check;
mod completeness;
mod data;
mod form;
mod free;
mod gallery;
mod glossary;
mod home;
mod indicator;
mod listing;
mod quality;
mod region;
mod report;
mod revisions;
mod search;
mod year;

pub(super) use report::title as report_title;
pub(super) use revisions::{newest_first as revisions_newest_first, row as revision_row};

use std::cell::RefCell;

use serde::Serialize;
use serde_json::Value;

use crate::base::diagnostic::{Diagnostic, Message};
use crate::base::source::FilePath;
use crate::markdown::{Placement, Shortcode};
use crate::model::{Body, ReportId};

use super::body::{self, BodyView, Place};
use super::chart::ChartView;
use super::edition::Edition;
use super::initial::Initials;
use super::plan::{self, PageKey, PageKind};
use super::view::{Alternate, Crumb, MenuItem, Page, Shared};
use super::{Output, Renderer, repository};

/// The entries of the menu: id, string, path.
const MENU: [(&str, &str, &str); 6] = [
    ("agencies", "nav-agencies", "agencies/"),
    ("years", "nav-years", "years/"),
    ("indicators", "nav-indicators", "indicators/"),
    ("quality", "nav-quality", "quality/"),
    ("data", "nav-data", "data/"),
    ("search", "nav-search", "search/"),
];

/// A longer title is cut by those who show it; it then does without the portal's name.
const LONGEST_TITLE: usize = 70;

/// What all pages of a language share.
pub(super) fn shared<'a>(edition: &Edition<'a>) -> Shared<'a> {
    let item = |(id, name, path): (&'static str, &'static str, &str)| MenuItem {
        id,
        name: edition.word(name),
        url: edition.links().page(path),
    };
    let entries = MENU.into_iter().filter(|(id, ..)| edition.config.search || *id != "search");
    let mut menu: Vec<MenuItem<'a>> = entries.map(item).collect();
    if edition.site.pages.iter().any(|page| &*page.path == "about") {
        menu.push(item(("about", "nav-about", "about/")));
    }
    Shared {
        title: edition.config.title.get(&edition.locale.lang),
        description: edition.config.description.get(&edition.locale.lang),
        lang: edition.locale.lang.tag(),
        home: edition.links().page(""),
        menu,
        feed: edition.links().page("feed.xml"),
        has_feed: !edition.roots.origin.is_empty(),
        repository: edition.config.repository.as_deref(),
        license: edition.config.license.as_ref().map(|license| super::view::LicenseView {
            name: license.name.get(&edition.locale.lang),
            url: license.url.as_deref(),
        }),
        search: edition.config.search.then(|| edition.links().page(super::search::FOLDER)),
        extra: &edition.config.extra,
    }
}

/// Where a text shows a chart; `chart.html` calls it `page`.
#[derive(Clone, Copy, Serialize)]
struct Spot<'a> {
    /// The level of the heading that the chart's title is.
    level: u8,
    /// The page's language, where the text is in another.
    lang: Option<&'a str>,
}

/// What a page is called and where it stands.
struct Head<'a> {
    title: String,
    description: String,
    crumbs: Vec<Crumb<'a>>,
    section: &'static str,
    noindex: bool,
    /// The content file it shows.
    file: Option<&'a FilePath>,
    /// What it says to machines, as JSON-LD.
    json_ld: Option<Value>,
}

impl<'a> Head<'a> {
    fn new(title: impl Into<String>, crumbs: Vec<Crumb<'a>>, section: &'static str) -> Self {
        Self {
            title: title.into(),
            description: String::new(),
            crumbs,
            section,
            noindex: false,
            file: None,
            json_ld: None,
        }
    }

    fn from(self, file: &'a FilePath) -> Self {
        Self { file: Some(file), ..self }
    }

    fn described(self, description: impl Into<String>) -> Self {
        Self { description: description.into(), ..self }
    }
}

/// Makes the files of one key.
pub(super) fn render(renderer: &Renderer<'_>, key: PageKey, output: &mut Output) {
    let Some(edition) = renderer.edition(key.lang) else { return };
    let desk = Desk { renderer, edition, key };
    match key.kind {
        PageKind::Home => home::render(&desk, output),
        PageKind::Region(id) => region::render(&desk, id, output),
        PageKind::RegionPart(id, part) => region::render_part(&desk, id, part, output),
        PageKind::RegionYear(id, year) => region::render_year(&desk, id, year, output),
        PageKind::Agencies => listing::render_all(&desk, output),
        PageKind::Initial(letter, part) => listing::render_initial(&desk, letter, part, output),
        PageKind::Agency(id) => agency::render(&desk, id, output),
        PageKind::Report(id) => report::render(&desk, id, output),
        PageKind::Years => year::render_all(&desk, output),
        PageKind::Year(year) => year::render(&desk, year, output),
        PageKind::YearPart(year, part) => year::render_part(&desk, year, part, output),
        PageKind::Indicators => indicator::render_all(&desk, output),
        PageKind::Indicator(ix) => indicator::render(&desk, ix, output),
        PageKind::Forms => form::render_all(&desk, output),
        PageKind::Form(ix) => form::render(&desk, ix, output),
        PageKind::Glossary => glossary::render(&desk, output),
        PageKind::Quality => quality::render(&desk, output),
        PageKind::Check(at, part) => check::render(&desk, at, part, output),
        PageKind::Completeness(part) => completeness::render(&desk, part, output),
        PageKind::Revisions(part) => revisions::render(&desk, part, output),
        PageKind::Data => data::render(&desk, output),
        PageKind::Search => search::render(&desk, output),
        PageKind::Free(at) => free::render(&desk, at, output),
        PageKind::Gallery => gallery::render(&desk, output),
        PageKind::NotFound => free::render_not_found(&desk, output),
        PageKind::Redirect(at) => free::render_redirect(&desk, at, output),
        PageKind::Feed => super::feed::feed(&desk, output),
        PageKind::RevisionsFeed => super::feed::revisions(&desk, output),
        PageKind::FiguresCsv => {
            let parts = 0..=desk.edition.site.agencies.len();
            let bytes = parts.flat_map(|part| super::data::figures(&desk.edition, part));
            output.add(super::data::FIGURES, bytes.collect());
        }
        PageKind::ReportsCsv => super::data::reports(&desk.edition, output),
        PageKind::DataPackage => super::data::package(&desk.edition, output),
        PageKind::Sitemap => super::feed::sitemap(renderer, output),
        PageKind::Robots => super::feed::robots(&desk.edition, output),
        PageKind::Static => {
            for (name, asset) in desk.edition.theme.assets.iter() {
                if name == search::SCRIPT && !desk.edition.config.search {
                    continue;
                }
                output.add(asset.path.as_str(), asset.bytes.clone());
            }
        }
    }
}

/// The title of a part of a list; the first part is called as the list.
fn part_title(edition: &Edition<'_>, list: &str, part: u16) -> String {
    if part < 2 {
        return list.to_owned();
    }
    edition.say("part-of-list", &[("list", list.into()), ("part", usize::from(part).into())])
}

/// What is wrong with the text that a page shows.
pub(super) fn proofread(renderer: &Renderer<'_>, key: PageKey) -> Vec<Diagnostic> {
    let Some(edition) = renderer.edition(key.lang) else { return Vec::new() };
    let site = edition.site;
    let text = match key.kind {
        PageKind::Home => site.home.as_ref().map(|home| (&home.body, None, home.lang.as_deref())),
        PageKind::Region(id) => site.region(id).map(|region| (&region.body, None, None)),
        PageKind::Agency(id) => site.agency(id).map(|agency| (&agency.body, None, None)),
        PageKind::Report(id) => {
            site.report(id).map(|report| (&report.body, Some(id), report.lang.as_deref()))
        }
        PageKind::Free(at) => {
            site.pages.get(at as usize).map(|page| (&page.body, None, page.lang.as_deref()))
        }
        _ => None,
    };
    let mut output = Output::default();
    if let Some((body, report, lang)) = text {
        Desk { renderer, edition, key }.body(body, report, lang, &mut output);
    }
    output.faults
}

/// Adds the files of a page's charts.
fn add_files(charts: &[ChartView<'_>], output: &mut Output) {
    for (path, bytes) in charts.iter().flat_map(ChartView::files) {
        output.add(path, bytes);
    }
}

/// What a page is made with: the portal in its language, and its key.
pub(super) struct Desk<'r> {
    pub(super) renderer: &'r Renderer<'r>,
    pub(super) edition: Edition<'r>,
    pub(super) key: PageKey,
}

impl<'r> Desk<'r> {
    /// Fills in a template and adds the page.
    fn publish(
        &self,
        template: &'static str,
        head: Head<'r>,
        name: &'static str,
        view: &impl Serialize,
        output: &mut Output,
    ) {
        if output.only_document {
            return;
        }
        output.template = Some(template);
        let page = self.page(head);
        let path = self.renderer.path(&self.key);
        let Some(engine) = self.renderer.prepared.engines.get(usize::from(self.key.lang)) else { return };
        match engine.render(template, &page, name, view, &self.renderer.theme.templates) {
            Ok(html) => {
                let html = self.draw_asked(template, html, output);
                output.add(&plan::file(&path), html);
            }
            Err(fault) => output.faults.push(*fault),
        }
    }

    fn page(&self, head: Head<'r>) -> Page<'r> {
        let edition = &self.edition;
        let site_title = edition.config.title.get(&edition.locale.lang);
        let title = if self.key.kind == PageKind::Home {
            site_title.to_owned()
        } else {
            let with_site = format!("{} · {site_title}", head.title);
            if with_site.chars().count() > LONGEST_TITLE { head.title.clone() } else { with_site }
        };
        let path = self.renderer.path(&self.key);
        let canonical = edition.roots.absolute(&path).unwrap_or_default();
        let repository = edition.config.repository.as_deref();
        let place = if canonical.is_empty() { edition.roots.href(&path) } else { canonical.clone() };
        Page {
            source_url: repository.zip(head.file).map(|(root, file)| repository::source(root, file)),
            problem_url: repository.map(|root| repository::problem(root, &head.title, &place)),
            json_ld: head.json_ld.as_ref().map(script_safe).unwrap_or_default(),
            heading: head.title,
            title,
            description: head.description,
            canonical,
            alternates: self.alternates(),
            crumbs: head.crumbs,
            section: head.section,
            noindex: head.noindex,
        }
    }

    /// Where the page lies within the portal.
    fn path(&self) -> String {
        self.renderer.path(&self.key)
    }

    /// The page in every language of the portal; none where there is only one.
    fn alternates(&self) -> Vec<Alternate<'r>> {
        if self.renderer.prepared.locales.len() < 2 {
            return Vec::new();
        }
        let alternate = |(at, locale): (usize, &'r super::locale::Locale)| {
            // A letter of one language may have no agency in another.
            let kind = match self.key.kind {
                PageKind::Initial(..) if at != usize::from(self.key.lang) => PageKind::Agencies,
                kind => kind,
            };
            let path = self.renderer.path(&PageKey { lang: at as u8, kind });
            Alternate {
                lang: locale.lang.tag(),
                name: locale.text("language-name"),
                url: self.edition.roots.href(&path),
                absolute: self.edition.roots.absolute(&path).unwrap_or_default(),
                current: at == usize::from(self.key.lang),
            }
        };
        self.renderer.prepared.locales.iter().enumerate().map(alternate).collect()
    }

    /// The agencies by their first letter, in the page's language.
    fn initials(&self) -> Option<&Initials> {
        self.renderer.prepared.plan.initials.get(usize::from(self.key.lang))
    }

    /// Renders the text of a page; `None` where there is none.
    fn body(
        &self,
        body: &Body,
        report: Option<ReportId>,
        lang: Option<&str>,
        output: &mut Output,
    ) -> Option<BodyView> {
        if body.is_empty {
            return None;
        }
        let text = (self.renderer.bodies)(body).map_err(|fault| output.faults.push(*fault)).ok()?;
        let place = Place { body, report, lang: self.edition.foreign(lang) };
        let drawn = RefCell::new(Vec::new());
        let chart = |call: &Shortcode, placement| {
            let Placement::Block { level } = placement else {
                return Err(Message::new("call-chart-inline"));
            };
            let id = format!("chart-text-{}", drawn.borrow().len() + 1);
            let view = call::chart(self, &id, call)?;
            let lang = place.lang.map(|_| self.edition.locale.lang.tag());
            let html = self.figure(&view, Spot { level, lang });
            drawn.borrow_mut().push(view);
            html
        };
        let (view, faults) = body::render(&self.edition, &self.renderer.prepared.index, place, &text, &chart);
        output.faults.extend(faults);
        add_files(&drawn.into_inner(), output);
        Some(view)
    }

    /// A chart as HTML, for a place in a text.
    fn figure(&self, chart: &ChartView<'_>, spot: Spot<'_>) -> Result<String, Message> {
        let fault = |detail: String| Message::new("template-fault").arg("detail", detail);
        let engine = self.renderer.prepared.engines.get(usize::from(self.key.lang));
        let engine = engine.ok_or_else(|| fault(String::new()))?;
        let html = engine.render("chart.html", &spot, "figure", chart, &self.renderer.theme.templates);
        let html = html.map_err(|fault| fault.message)?;
        String::from_utf8(html).map_err(|error| fault(error.to_string()))
    }
}

/// JSON that can stand in a script element: nothing in it ends the element.
fn script_safe(json: &Value) -> String {
    json.to_string().replace('<', "\\u003c")
}
