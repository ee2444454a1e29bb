//! The search page: ways to browse that need no script.

use serde::Serialize;

use crate::render::Output;
use crate::render::overview::{self, RegionItem};
use crate::render::view::{Link, ending_here};

use super::home::{self, YearItem};
use super::listing::{self, LetterLink};
use super::{Desk, Head};

/// What the search page shows. Templates call it `search`.
#[derive(Debug, Serialize)]
struct SearchView<'a> {
    regions: Vec<RegionItem<'a>>,
    years: Vec<YearItem>,
    indicators: Vec<Link<'a>>,
    /// The letters that agencies begin with, Chinese ones by pinyin.
    initials: Vec<LetterLink>,
}

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
    };
    let way = ending_here(edition.way_to("nav-search", "search/"));
    let head =
        Head::new(edition.word("nav-search"), way, "search").described(edition.word("search-description"));
    desk.publish("search.html", head, "search", &view, output);
}
