//! The search page: ways to browse that need no script.

use serde::Serialize;

use crate::render::Output;
use crate::render::overview::{self, RegionItem};
use crate::render::search::FOLDER;
use crate::render::view::{Link, ending_here};

use super::home::{self, YearItem};
use super::listing::{self, LetterLink};
use super::{Desk, Head};

/// The script of the page, by its name in the theme.
pub(super) const SCRIPT: &str = "js/search.js";

/// What the search page shows. Templates call it `search`.
#[derive(Debug, Serialize)]
struct SearchView<'a> {
    regions: Vec<RegionItem<'a>>,
    years: Vec<YearItem>,
    indicators: Vec<Link<'a>>,
    /// The letters that agencies begin with, Chinese ones by pinyin.
    initials: Vec<LetterLink>,
    /// Where the index lies.
    index: String,
    /// Where the portal lies.
    base: String,
    /// The facets by which results are narrowed down.
    facets: Vec<Facet<'a>>,
}

/// A facet of search results.
#[derive(Clone, Debug, Serialize)]
struct Facet<'a> {
    id: &'static str,
    name: &'a str,
}

/// The facets in the order in which they are shown, each with the string that names it.
const FACETS: [(&str, &str); 5] = [
    ("year", "facet-year"),
    ("region", "facet-region"),
    ("level", "facet-level"),
    ("form", "facet-form"),
    ("agency", "facet-agency"),
];

pub(super) fn render(desk: &Desk<'_>, output: &mut Output) {
    let edition = &desk.edition;
    let view = SearchView {
        regions: overview::regions(edition, None, 2),
        years: home::years(edition),
        indicators: edition
            .derived
            .series(edition.site)
            .map(|(_, series)| edition.series_link(series))
            .collect(),
        initials: desk.initials().map(|all| listing::letters(edition, all, None)).unwrap_or_default(),
        index: edition.links().page(FOLDER),
        base: edition.roots.href(""),
        facets: FACETS.map(|(id, name)| Facet { id, name: edition.word(name) }).to_vec(),
    };
    let way = ending_here(edition.way_to("nav-search", "search/"));
    let head =
        Head::new(edition.word("nav-search"), way, "search").described(edition.word("search-description"));
    desk.publish("search.html", head, "search", &view, output);
}
