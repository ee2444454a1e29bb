//! Which view a page is made of: one line a kind.

use crate::plan::{FIGURES_CSV, PageKind, file};
use crate::view::TextFindings;
use crate::view::output::Output;
use crate::view::page::{PageContext, View};
use crate::view::pages::{
    agency, check, completeness, data, form, free, gallery, glossary, home, indicator, listing, quality,
    region, report, revisions, search, year,
};
use crate::view::shell::Head;

use super::engine::Engine;
use super::{data as data_files, feed, template_charts};

/// Makes the files of one key; returns the template of a page. `texts` finds what is wrong with all texts.
pub(super) fn render<'r, 't>(
    page: &PageContext<'r>,
    engine: &Engine,
    texts: &dyn Fn() -> &'t TextFindings,
    output: &mut Output,
) -> Option<&'static str> {
    let mut to = Filler { page, engine, output };
    match page.key.kind {
        PageKind::Home => to.fill(|output| home::page(page, output)),
        PageKind::Region(id) => to.fill(|output| region::page(page, id, output)),
        PageKind::RegionPart(id, part) => to.fill(|_| region::part_page(page, id, part)),
        PageKind::RegionYear(id, year) => to.fill(|_| region::year_page(page, id, year)),
        PageKind::Agencies => to.fill(|_| listing::index_page(page)),
        PageKind::Letter(letter, part) => to.fill(|_| listing::letter_page(page, letter, part)),
        PageKind::Agency(id) => to.fill(|output| agency::page(page, id, output)),
        PageKind::Report(id) => {
            let template = to.fill(|output| report::page(page, id, output));
            if page.key.lang == 0 {
                data_files::report(&page.edition, id, to.output);
            }
            template
        }
        PageKind::Years => to.fill(|_| year::index_page(page)),
        PageKind::Year(year) => to.fill(|output| year::page(page, year, output)),
        PageKind::YearPart(year, part) => to.fill(|_| year::part_page(page, year, part)),
        PageKind::Indicators => to.fill(|_| indicator::index_page(page)),
        PageKind::Indicator(ix) => to.fill(|output| indicator::page(page, ix, output)),
        PageKind::Forms => to.fill(|_| form::index_page(page)),
        PageKind::Form(ix) => to.fill(|output| form::page(page, ix, output)),
        PageKind::Glossary => to.fill(|output| glossary::page(page, output)),
        PageKind::Quality => to.fill(|_| quality::page(page, texts())),
        PageKind::Check(at, part) => to.fill(|_| check::page(page, at, part)),
        PageKind::Completeness(part) => to.fill(|_| completeness::page(page, part)),
        PageKind::Revisions(part) => to.fill(|_| revisions::page(page, part)),
        PageKind::Data => to.fill(|_| data::page(page)),
        PageKind::Search => to.fill(|_| search::page(page)),
        PageKind::Free(at) => to.fill(|output| free::page(page, at, output)),
        PageKind::Gallery => to.fill(|output| gallery::page(page, output)),
        PageKind::NotFound => to.fill(|_| free::not_found_page(page)),
        PageKind::Redirect(at) => to.fill(|_| free::redirect_page(page, at)),
        kind => {
            file_of(kind, page, to.output);
            None
        }
    }
}

/// Makes a file that is no page.
fn file_of(kind: PageKind, page: &PageContext<'_>, output: &mut Output) {
    let edition = &page.edition;
    match kind {
        PageKind::Feed => feed::feed(page, output),
        PageKind::RevisionsFeed => feed::revisions(page, output),
        PageKind::FiguresCsv => {
            let parts = 0..=edition.site.agencies.len();
            output.add(FIGURES_CSV, parts.flat_map(|part| data_files::figures(edition, part)).collect());
        }
        PageKind::ReportsCsv => data_files::reports(edition, output),
        PageKind::DataPackage => data_files::package(edition, output),
        PageKind::Sitemap => feed::sitemap(page, output),
        PageKind::Robots => feed::robots(edition, output),
        _ => {
            for (name, asset) in edition.theme.assets.iter() {
                if name != search::SCRIPT || edition.config.search {
                    output.add(asset.path.as_str(), asset.bytes.clone());
                }
            }
        }
    }
}

/// Fills in the template of a page.
struct Filler<'f, 'r> {
    page: &'f PageContext<'r>,
    engine: &'f Engine,
    output: &'f mut Output,
}

impl<'r> Filler<'_, 'r> {
    fn fill<V: View>(&mut self, make: impl FnOnce(&mut Output) -> (Head<'r>, V)) -> Option<&'static str> {
        let (head, view) = make(self.output);
        if self.output.only_document {
            return None;
        }
        let templates = &self.page.edition.theme.templates;
        match self.engine.render(V::TEMPLATE, &self.page.page(head), V::NAME, &view, templates) {
            Ok(html) => {
                let html = template_charts::draw(self.page, V::TEMPLATE, html, self.output);
                self.output.add(&file(&self.page.path()), html);
            }
            Err(fault) => self.output.faults.push(*fault),
        }
        Some(V::TEMPLATE)
    }
}
