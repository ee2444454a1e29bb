//! Every kind of chart on one page, for those who make themes and for tests.

use serde::Serialize;

use crate::view::chart::{self, Exhibit};
use crate::view::components::Crumb;
use crate::view::output::Output;
use crate::view::page::{PageContext, View};
use crate::view::shell::Head;

/// What the gallery of charts shows. Templates call it `gallery`.
#[derive(Debug, Serialize)]
pub(crate) struct GalleryView<'a> {
    exhibits: Vec<Exhibit<'a>>,
}

impl View for GalleryView<'_> {
    const TEMPLATE: &'static str = "gallery.html";
    const NAME: &'static str = "gallery";
}

pub(crate) fn page<'r>(desk: &PageContext<'r>, output: &mut Output) -> (Head<'r>, GalleryView<'r>) {
    let edition = &desk.edition;
    let view = GalleryView { exhibits: chart::exhibits(edition, &desk.path()) };
    for exhibit in &view.exhibits {
        output.add_charts(&exhibit.charts);
    }
    let mut way = edition.way_to_region(None);
    way.push(Crumb::here(edition.word("gallery-title").to_owned()));
    let mut head =
        Head::new(edition.word("gallery-title"), way, "about").described(edition.word("gallery-lead"));
    head.noindex = true;
    (head, view)
}
