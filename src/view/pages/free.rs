//! Free pages, the 404 page, and redirects.

use serde::Serialize;

use crate::search::{Document, DocumentKind};
use crate::view::body::{self, BodyView};
use crate::view::components::{Crumb, Text};
use crate::view::output::Output;
use crate::view::page::{PageContext, View};
use crate::view::shell::Head;
use crate::view::tables::{self, RegionItem};

/// What a free page shows. Templates call it `free`.
#[derive(Debug, Serialize)]
pub(crate) struct FreeView<'a> {
    title: Text<'a>,
    body: Option<BodyView>,
}

impl View for FreeView<'_> {
    const TEMPLATE: &'static str = "free.html";
    const NAME: &'static str = "free";
}

/// What the page for missing pages shows. Templates call it `missing`.
#[derive(Debug, Serialize)]
pub(crate) struct NotFoundView<'a> {
    regions: Vec<RegionItem<'a>>,
    /// The same in the other languages: hosts serve the 404 page of the first language for all of them.
    others: Vec<OtherLanguage<'a>>,
}

impl View for NotFoundView<'_> {
    const TEMPLATE: &'static str = "404.html";
    const NAME: &'static str = "missing";
}

/// The message of the 404 page in another language.
#[derive(Debug, Serialize)]
struct OtherLanguage<'a> {
    lang: &'a str,
    title: &'a str,
    text: &'a str,
    /// The address and the name of the home page in that language.
    home: String,
    home_name: &'a str,
}

/// What a redirect shows. Templates call it `redirect`.
#[derive(Debug, Serialize)]
pub(crate) struct RedirectView {
    url: String,
}

impl View for RedirectView {
    const TEMPLATE: &'static str = "redirect.html";
    const NAME: &'static str = "redirect";
}

pub(crate) fn page<'r>(context: &PageContext<'r>, at: u32, output: &mut Output) -> (Head<'r>, FreeView<'r>) {
    let portal = &context.portal;
    let page = &portal.site.pages[at as usize];
    let body = body::view(context, &page.body, None, page.lang.as_deref(), output);
    let excerpt = body.as_ref().map(|body| &*body.excerpt).filter(|excerpt| !excerpt.is_empty());
    let description =
        excerpt.or(portal.config.description.exact(&portal.locale.lang)).unwrap_or_default().to_owned();
    let title = portal.text(&page.title);
    let mut crumbs = portal.region_crumbs(None);
    crumbs.push(Crumb::here(title));
    let section = if &*page.path == "about" { "about" } else { "" };
    let mut head = Head::new(title.text, crumbs, section).described(description).from(&page.body.file);
    head.noindex = page.unlisted;
    if !page.unlisted {
        output.document = Some(Document {
            kind: DocumentKind::Page,
            url: context.path(),
            title: title.text.to_owned(),
            text: body.as_ref().map(|body| body.plain.clone()).unwrap_or_default(),
            ..Document::default()
        });
    }
    (head, FreeView { title, body })
}

pub(crate) fn not_found_page<'r>(context: &PageContext<'r>) -> (Head<'r>, NotFoundView<'r>) {
    let portal = &context.portal;
    let others = context.locales.iter().filter(|_| context.key.lang == 0).skip(1);
    let others = others.map(|locale| OtherLanguage {
        lang: locale.lang.tag(),
        title: locale.text("not-found-title"),
        text: locale.text("not-found-text"),
        home: portal.roots.href(&locale.prefix),
        home_name: locale.text("nav-home"),
    });
    let view = NotFoundView { regions: tables::regions(portal, None, 1), others: others.collect() };
    let mut head = Head::new(portal.word("not-found-title"), Vec::new(), "");
    // Readers are at an address that is none, so the crumbs end with a link.
    head.crumbs = portal.region_crumbs(None);
    head.noindex = true;
    (head, view)
}

pub(crate) fn redirect_page<'r>(context: &PageContext<'r>, at: u32) -> (Head<'r>, RedirectView) {
    let redirect = &context.plan.redirects[at as usize];
    let url = context.portal.roots.href(&context.path_of(redirect.to));
    let mut head = Head::new(context.portal.word("redirect-title"), Vec::new(), "");
    head.noindex = true;
    head.title = format!("{} {}", head.title, redirect.from);
    (head, RedirectView { url })
}
