//! Free pages, the page for what is not there, and redirects.

use serde::Serialize;

use crate::render::Output;
use crate::render::body::BodyView;
use crate::render::overview::{self, RegionItem};
use crate::render::view::{Crumb, Text};
use crate::search::{Document, DocumentKind};

use super::{Desk, Head};

/// What a free page shows. Templates call it `free`.
#[derive(Debug, Serialize)]
struct FreeView<'a> {
    title: Text<'a>,
    body: Option<BodyView>,
}

/// What the page for missing pages shows. Templates call it `missing`.
#[derive(Debug, Serialize)]
struct NotFoundView<'a> {
    regions: Vec<RegionItem<'a>>,
    /// The same in the other languages: hosts show the page of the first for all.
    others: Vec<OtherLanguage<'a>>,
}

/// That a page is missing, in another language.
#[derive(Debug, Serialize)]
struct OtherLanguage<'a> {
    lang: &'a str,
    title: &'a str,
    text: &'a str,
    /// The home page in it, and what that is called.
    home: String,
    home_name: &'a str,
}

/// What a redirect shows. Templates call it `redirect`.
#[derive(Debug, Serialize)]
struct RedirectView {
    url: String,
}

pub(super) fn render(desk: &Desk<'_>, at: u32, output: &mut Output) {
    let edition = &desk.edition;
    let Some(page) = edition.site.pages.get(at as usize) else { return };
    let body = desk.body(&page.body, None, page.lang.as_deref(), output);
    let excerpt = body.as_ref().map(|body| &*body.excerpt).filter(|excerpt| !excerpt.is_empty());
    let description =
        excerpt.or(edition.config.description.exact(&edition.locale.lang)).unwrap_or_default().to_owned();
    let title = edition.text(&page.title);
    let mut way = edition.way_to_region(None);
    way.push(Crumb { url: None, ..Crumb::to(title, String::new()) });
    let section = if &*page.path == "about" { "about" } else { "" };
    let mut head = Head::new(title.text, way, section).described(description).from(&page.body.file);
    head.noindex = page.unlisted;
    if !page.unlisted {
        output.document = Some(Document {
            kind: DocumentKind::Page,
            url: desk.path(),
            title: title.text.to_owned(),
            text: body.as_ref().map(|body| body.plain.clone()).unwrap_or_default(),
            ..Document::default()
        });
    }
    desk.publish("free.html", head, "free", &FreeView { title, body }, output);
}

pub(super) fn render_not_found(desk: &Desk<'_>, output: &mut Output) {
    let edition = &desk.edition;
    let others = desk.renderer.prepared.locales.iter().filter(|_| desk.key.lang == 0).skip(1);
    let others = others.map(|locale| OtherLanguage {
        lang: locale.lang.tag(),
        title: locale.text("not-found-title"),
        text: locale.text("not-found-text"),
        home: edition.roots.href(&locale.prefix),
        home_name: locale.text("nav-home"),
    });
    let view = NotFoundView { regions: overview::regions(edition, None, 1), others: others.collect() };
    let mut head = Head::new(edition.word("not-found-title"), edition.way_to_region(None), "");
    head.noindex = true;
    desk.publish("404.html", head, "missing", &view, output);
}

pub(super) fn render_redirect(desk: &Desk<'_>, at: u32, output: &mut Output) {
    let Some(redirect) = desk.renderer.prepared.plan.redirects.get(at as usize) else { return };
    let url = desk.edition.roots.href(&desk.renderer.path(&redirect.to));
    let mut head = Head::new(desk.edition.word("redirect-title"), Vec::new(), "");
    head.noindex = true;
    head.title = format!("{} {}", head.title, redirect.from);
    desk.publish("redirect.html", head, "redirect", &RedirectView { url }, output);
}
