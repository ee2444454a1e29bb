//! Every kind of chart on one page, for those who make themes and for tests.

use serde::Serialize;

use crate::render::Output;
use crate::render::chart::{self, Exhibit};
use crate::render::view::Crumb;

use super::{Desk, Head, add_files};

/// What the gallery of charts shows. Templates call it `gallery`.
#[derive(Debug, Serialize)]
struct GalleryView<'a> {
    exhibits: Vec<Exhibit<'a>>,
}

pub(super) fn render(desk: &Desk<'_>, output: &mut Output) {
    let edition = &desk.edition;
    let view = GalleryView { exhibits: chart::exhibits(edition, &desk.path()) };
    for exhibit in &view.exhibits {
        add_files(&exhibit.charts, output);
    }
    let mut way = edition.way_to_region(None);
    way.push(Crumb::here(edition.word("gallery-title").to_owned()));
    let mut head =
        Head::new(edition.word("gallery-title"), way, "about").described(edition.word("gallery-lead"));
    head.noindex = true;
    desk.publish("gallery.html", head, "gallery", &view, output);
}
