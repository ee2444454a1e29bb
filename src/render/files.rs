//! Makes the files of one key: a page from its template, or a file for programs.

use crate::plan::{FIGURES_CSV, PageKey, PageKind, file};
use crate::view::output::Output;
use crate::view::page::{PageContext, View};
use crate::view::pages::{self, FillTemplate, search};
use crate::view::shell::Head;
use crate::view::{TextFindings, feeds};

use super::engine::Engine;
use super::{data, template_charts};

/// Makes the files of one key; returns the template of a page. `texts` returns the findings about all texts.
pub(super) fn make<'r, 't>(
    page: &PageContext<'r>,
    engine: &Engine,
    texts: &dyn Fn() -> &'t TextFindings,
    output: &mut Output,
) -> Option<&'static str> {
    let mut filler = Filler { page, engine, output };
    let template = pages::fill(page, texts, &mut filler);
    match page.key {
        // `report.json` has no language of its own: it is written once, beside the page in the first language.
        PageKey { kind: PageKind::Report(id), lang: 0 } => data::report(&page.portal, id, output),
        _ if template.is_none() => file_of(page, &mut filler),
        _ => {}
    }
    template
}

/// Makes a file that is not a page.
fn file_of<'r>(page: &PageContext<'r>, to: &mut Filler<'_, 'r>) {
    let portal = &page.portal;
    let path = page.path();
    match page.key.kind {
        PageKind::Feed => feeds::reports(page).iter().for_each(|feed| to.write(&path, feed)),
        PageKind::RevisionsFeed => feeds::revisions(page).iter().for_each(|feed| to.write(&path, feed)),
        PageKind::Sitemap => feeds::sitemaps(page).iter().for_each(|(path, map)| to.write(path, map)),
        PageKind::Robots => to.write(&path, &feeds::robots(page)),
        PageKind::FiguresCsv => {
            let parts = 0..=portal.site.agencies.len();
            to.output.add(FIGURES_CSV, parts.flat_map(|part| data::figures(portal, part)).collect());
        }
        PageKind::ReportsCsv => data::reports(portal, to.output),
        PageKind::DataPackage => data::package(portal, to.output),
        PageKind::Static => {
            for (name, asset) in portal.theme.assets.iter() {
                if name != search::SCRIPT || portal.config.search {
                    to.output.add(asset.path.as_str(), asset.bytes.clone());
                }
            }
        }
        _ => {}
    }
}

/// Fills in templates for one key.
struct Filler<'f, 'r> {
    page: &'f PageContext<'r>,
    engine: &'f Engine,
    output: &'f mut Output,
}

impl<'r> FillTemplate<'r> for Filler<'_, 'r> {
    fn fill<V: View>(&mut self, make: impl FnOnce(&mut Output) -> (Head<'r>, V)) -> &'static str {
        let (head, view) = make(self.output);
        if self.output.only_document {
            return V::TEMPLATE;
        }
        let templates = &self.page.portal.theme.templates;
        match self.engine.render(V::TEMPLATE, &self.page.page(head), V::NAME, &view, templates) {
            Ok(html) => {
                let html = template_charts::draw(self.page, V::TEMPLATE, html, self.output);
                self.output.add(&file(&self.page.path()), html);
            }
            Err(fault) => self.output.faults.push(*fault),
        }
        V::TEMPLATE
    }
}

impl Filler<'_, '_> {
    /// Writes a file from a template: a feed, a sitemap.
    fn write<V: View>(&mut self, path: &str, view: &V) {
        match self.engine.render(V::TEMPLATE, &(), V::NAME, view, &self.page.portal.theme.templates) {
            Ok(bytes) => self.output.add(path, bytes),
            Err(fault) => self.output.faults.push(*fault),
        }
    }
}
