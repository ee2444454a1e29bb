//! What programs read: the sitemap, the rules for search engines, the feed of reports.

use std::fmt::Write as _;

use crate::model::Report;

use super::body::escape;
use super::edition::Edition;
use super::page::{Desk, report_title};
use super::plan::{PageKey, PageKind};
use super::{Output, Renderer};

/// A feed has so many entries.
const ENTRIES: usize = 50;
/// A sitemap has at most so many addresses (sitemaps.org).
const ADDRESSES: usize = 50_000;

/// Writes the sitemap; several with an index where there are too many addresses for one. Needs the
/// portal's whole address.
pub(super) fn sitemap(renderer: &Renderer<'_>, output: &mut Output) {
    let pages: Vec<String> = renderer
        .plan()
        .iter()
        .filter(|key| is_listed(renderer, key))
        .filter_map(|key| renderer.prepared.roots.absolute(&renderer.path(key)))
        .collect();
    if pages.is_empty() {
        return;
    }
    if pages.len() <= ADDRESSES {
        output.add("sitemap.xml", urlset(&pages).into_bytes());
        return;
    }
    let mut index = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (at, part) in pages.chunks(ADDRESSES).enumerate() {
        let name = format!("sitemap-{}.xml", at + 1);
        if let Some(address) = renderer.prepared.roots.absolute(&name) {
            element(&mut index, "sitemap", &address);
        }
        output.add(&name, urlset(part).into_bytes());
    }
    index.push_str("</sitemapindex>\n");
    output.add("sitemap.xml", index.into_bytes());
}

fn urlset(pages: &[String]) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages {
        element(&mut xml, "url", page);
    }
    xml.push_str("</urlset>\n");
    xml
}

fn element(xml: &mut String, name: &str, address: &str) {
    let _ = write!(xml, "<{name}><loc>");
    escape(address, xml);
    let _ = writeln!(xml, "</loc></{name}>");
}

/// Whether search engines should know a page.
fn is_listed(renderer: &Renderer<'_>, key: &PageKey) -> bool {
    match key.kind {
        PageKind::Report(id) => renderer.site.report(id).is_some_and(|report| !report.unlisted),
        PageKind::Free(at) => renderer.site.pages.get(at as usize).is_some_and(|page| !page.unlisted),
        PageKind::Gallery
        | PageKind::NotFound
        | PageKind::Redirect(_)
        | PageKind::Feed
        | PageKind::FiguresCsv
        | PageKind::ReportsCsv
        | PageKind::DataPackage
        | PageKind::Sitemap
        | PageKind::Robots
        | PageKind::Static => false,
        _ => true,
    }
}

/// Writes `robots.txt`.
pub(super) fn robots(edition: &Edition<'_>, output: &mut Output) {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if let Some(address) = edition.roots.absolute("sitemap.xml") {
        let _ = writeln!(text, "\nSitemap: {address}");
    }
    output.add("robots.txt", text.into_bytes());
}

/// Writes the Atom feed of the reports whose day of publication is known, newest first. Needs the
/// portal's whole address, which is part of each entry's identity.
pub(super) fn feed(desk: &Desk<'_>, output: &mut Output) {
    let edition = &desk.edition;
    let path = desk.renderer.path(&desk.key);
    let Some(own) = edition.roots.absolute(&path) else { return };
    let home = format!("{}{}", edition.roots.origin, edition.links().page(""));
    let mut dated: Vec<&Report> =
        edition.site.reports.iter().filter(|report| report.published.is_some() && !report.unlisted).collect();
    dated.sort_by_key(|report| std::cmp::Reverse(report.published));
    dated.truncate(ENTRIES);
    let updated = dated.first().and_then(|report| report.published);
    let updated = updated.map_or_else(|| "1970-01-01".to_owned(), |date| date.to_string());
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        xml,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">",
        edition.locale.lang.tag()
    );
    tag(&mut xml, "title", edition.config.title.get(&edition.locale.lang));
    tag(&mut xml, "id", &home);
    link(&mut xml, "self", &own);
    link(&mut xml, "alternate", &home);
    let _ = writeln!(xml, "<updated>{updated}T00:00:00Z</updated>");
    for report in dated {
        entry(edition, report, &mut xml);
    }
    xml.push_str("</feed>\n");
    output.add(&path, xml.into_bytes());
}

fn entry(edition: &Edition<'_>, report: &Report, xml: &mut String) {
    let Some(published) = report.published else { return };
    let updated = report.revisions.iter().map(|revision| revision.date).max().unwrap_or(published);
    let url = format!("{}{}", edition.roots.origin, edition.links().report(report));
    let agency = edition.agency(report.agency).map_or("", |agency| agency.name.get(&edition.locale.lang));
    xml.push_str("<entry>\n");
    tag(xml, "title", &report_title(edition, report));
    tag(xml, "id", &url);
    link(xml, "alternate", &url);
    let _ = writeln!(xml, "<published>{published}T00:00:00Z</published>");
    let _ = writeln!(xml, "<updated>{}T00:00:00Z</updated>", updated.max(published));
    xml.push_str("<author>");
    tag(xml, "name", agency);
    xml.push_str("</author>\n");
    tag(xml, "summary", &report.title);
    xml.push_str("</entry>\n");
}

fn tag(xml: &mut String, name: &str, text: &str) {
    let _ = write!(xml, "<{name}>");
    escape(text, xml);
    let _ = writeln!(xml, "</{name}>");
}

fn link(xml: &mut String, relation: &str, url: &str) {
    let _ = write!(xml, "<link rel=\"{relation}\" href=\"");
    escape(url, xml);
    xml.push_str("\"/>\n");
}
