//! The search page: ways to browse that need no script.

use serde::Serialize;

use crate::plan::SEARCH_FOLDER;
use crate::view::components::Link;
use crate::view::page::{PageContext, View};
use crate::view::pages::home::{self, YearItem};
use crate::view::pages::listing::{self, LetterLink};
use crate::view::shell::Head;
use crate::view::tables::{self, RegionItem};

/// The name of the page's script in the theme.
pub(crate) const SCRIPT: &str = "js/search.js";

/// What the search page shows. Templates call it `search`.
#[derive(Debug, Serialize)]
pub(crate) struct SearchView<'a> {
    regions: Vec<RegionItem<'a>>,
    years: Vec<YearItem>,
    indicators: Vec<Link<'a>>,
    /// The index of letters; Chinese names are under their pinyin.
    initials: Vec<LetterLink>,
    /// The address of the index's folder.
    index: String,
    /// The address of the portal's root.
    base: String,
    facets: Vec<Facet<'a>>,
}

impl View for SearchView<'_> {
    const TEMPLATE: &'static str = "search.html";
    const NAME: &'static str = "search";
}

#[derive(Clone, Debug, Serialize)]
struct Facet<'a> {
    id: &'static str,
    name: &'a str,
}

/// The facets in the order shown, each with the id of its name.
const FACETS: [(&str, &str); 5] = [
    ("year", "facet-year"),
    ("region", "facet-region"),
    ("level", "facet-level"),
    ("form", "facet-form"),
    ("agency", "facet-agency"),
];

pub(crate) fn page<'r>(context: &PageContext<'r>) -> (Head<'r>, SearchView<'r>) {
    let portal = &context.portal;
    let view = SearchView {
        regions: tables::regions(portal, None, 2),
        years: home::years(portal),
        indicators: portal
            .derived
            .series(portal.site)
            .map(|(_, series)| portal.series_link(series))
            .collect(),
        initials: listing::letters(portal, context.letters(), None),
        index: portal.links().page(SEARCH_FOLDER),
        base: portal.roots.href(""),
        facets: FACETS.map(|(id, name)| Facet { id, name: portal.word(name) }).to_vec(),
    };
    let head =
        Head::of_list(portal, "nav-search", "search/", "search").described(portal.word("search-description"));
    (head, view)
}
