//! The kinds of pages, a file for each: its view and how that is made. [`fill`] has a line for each.

pub(crate) mod agency;
pub(crate) mod check;
pub(crate) mod completeness;
pub(crate) mod data;
pub(crate) mod form;
pub(crate) mod free;
pub(crate) mod glossary;
pub(crate) mod home;
pub(crate) mod indicator;
pub(crate) mod listing;
pub(crate) mod quality;
pub(crate) mod region;
pub(crate) mod report;
pub(crate) mod revisions;
pub(crate) mod search;
pub(crate) mod year;

use crate::plan::PageKind;

use super::TextFindings;
use super::output::Output;
use super::page::{PageContext, View};
use super::shell::Head;

/// Fills in templates. `render` implements it, so that views do not know the template engine. A trait and no
/// function, because each kind of page has a view of another type.
pub(crate) trait FillTemplate<'r> {
    /// Fills in the template of a view; returns the template's name.
    fn fill<V: View>(&mut self, make: impl FnOnce(&mut Output) -> (Head<'r>, V)) -> &'static str;
}

/// Makes the view of a page and fills in its template; returns the name of the template, or `None` for a file
/// that is not a page. `texts` returns the findings about the texts of all pages.
pub(crate) fn fill<'r, 't>(
    page: &PageContext<'r>,
    texts: &dyn Fn() -> &'t TextFindings,
    to: &mut impl FillTemplate<'r>,
) -> Option<&'static str> {
    Some(match page.key.kind {
        PageKind::Home => to.fill(|output| home::page(page, output)),
        PageKind::Region(id) => to.fill(|output| region::page(page, id, output)),
        PageKind::RegionPart(id, part) => to.fill(|_| region::part_page(page, id, part)),
        PageKind::RegionYear(id, year) => to.fill(|_| region::year_page(page, id, year)),
        PageKind::Agencies => to.fill(|_| listing::index_page(page)),
        PageKind::Letter(letter, part) => to.fill(|_| listing::letter_page(page, letter, part)),
        PageKind::Agency(id) => to.fill(|output| agency::page(page, id, output)),
        PageKind::Report(id) => to.fill(|output| report::page(page, id, output)),
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
        PageKind::NotFound => to.fill(|_| free::not_found_page(page)),
        PageKind::Redirect(at) => to.fill(|_| free::redirect_page(page, at)),
        PageKind::Feed
        | PageKind::RevisionsFeed
        | PageKind::FiguresCsv
        | PageKind::ReportsCsv
        | PageKind::DataPackage
        | PageKind::Sitemap
        | PageKind::Robots
        | PageKind::Static => return None,
    })
}
