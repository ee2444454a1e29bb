//! What programs read: the sitemap, the rules for search engines, the feeds of reports and of revisions.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::model::{Report, Revision};
use crate::view::body::escape;
use crate::view::context::Edition;
use crate::view::output::Output;
use crate::view::page::PageContext;
use crate::view::pages::revisions;

/// A feed has so many entries.
const ENTRIES: usize = 50;
/// A sitemap has at most so many addresses (sitemaps.org).
const ADDRESSES: usize = 50_000;

/// Writes the sitemap; several with an index where there are too many addresses for one. Needs the
/// portal's whole address.
pub(crate) fn sitemap(page: &PageContext<'_>, output: &mut Output) {
    let roots = page.edition.roots;
    let listed = page.plan.keys.iter().filter(|key| key.kind.is_in_sitemap(page.edition.site));
    let pages: Vec<String> = listed.filter_map(|key| roots.absolute(&page.path_of(*key))).collect();
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
        if let Some(address) = roots.absolute(&name) {
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

/// Writes `robots.txt`.
pub(crate) fn robots(edition: &Edition<'_>, output: &mut Output) {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if let Some(address) = edition.roots.absolute("sitemap.xml") {
        let _ = writeln!(text, "\nSitemap: {address}");
    }
    output.add("robots.txt", text.into_bytes());
}

/// Writes the Atom feed of the reports whose day of publication is known, newest first. Needs the
/// portal's whole address, which is part of each entry's identity.
pub(crate) fn feed(page: &PageContext<'_>, output: &mut Output) {
    let edition = &page.edition;
    let path = page.path();
    let reports = edition.site.reports.iter().map(|report| &**report);
    let mut dated: Vec<&Report> =
        reports.filter(|report| report.published.is_some() && !report.unlisted).collect();
    dated.sort_by_key(|report| std::cmp::Reverse(report.published));
    dated.truncate(ENTRIES);
    let updated = dated.first().and_then(|report| report.published);
    let title = edition.config.title.get(&edition.locale.lang);
    let Some(mut xml) = begin(edition, &path, title, &edition.links().page(""), updated) else { return };
    for report in dated {
        entry(edition, report, &mut xml);
    }
    xml.push_str("</feed>\n");
    output.add(&path, xml.into_bytes());
}

/// Writes the Atom feed of revisions, newest first. Needs the portal's whole address, too.
pub(crate) fn revisions(page: &PageContext<'_>, output: &mut Output) {
    let edition = &page.edition;
    let path = page.path();
    let mut all = revisions::newest_first(edition.site);
    all.retain(|(report, _)| !report.unlisted);
    all.truncate(ENTRIES);
    let updated = all.first().map(|(_, revision)| revision.date);
    let site = edition.config.title.get(&edition.locale.lang);
    let title = format!("{} · {site}", edition.word("revisions-title"));
    let page = edition.links().page("quality/revisions/");
    let Some(mut xml) = begin(edition, &path, &title, &page, updated) else { return };
    for (report, revision) in all {
        revision_entry(edition, report, revision, &mut xml);
    }
    xml.push_str("</feed>\n");
    output.add(&path, xml.into_bytes());
}

/// The head of a feed that lies at a path and repeats a page; `None` where the host is not known.
fn begin(
    edition: &Edition<'_>,
    path: &str,
    title: &str,
    page: &str,
    updated: Option<Date>,
) -> Option<String> {
    let own = edition.roots.absolute(path)?;
    let page = format!("{}{page}", edition.roots.origin);
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        xml,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">",
        edition.locale.lang.tag()
    );
    tag(&mut xml, "title", title);
    tag(&mut xml, "id", &page);
    link(&mut xml, "self", &own);
    link(&mut xml, "alternate", &page);
    let updated = updated.map_or_else(|| "1970-01-01".to_owned(), |date| date.to_string());
    let _ = writeln!(xml, "<updated>{updated}T00:00:00Z</updated>");
    Some(xml)
}

fn entry(edition: &Edition<'_>, report: &Report, xml: &mut String) {
    let Some(published) = report.published else { return };
    let updated = report.revisions.iter().map(|revision| revision.date).max().unwrap_or(published);
    let url = format!("{}{}", edition.roots.origin, edition.links().report(report));
    xml.push_str("<entry>\n");
    tag(xml, "title", &edition.report_title(report));
    tag(xml, "id", &url);
    link(xml, "alternate", &url);
    let _ = writeln!(xml, "<published>{published}T00:00:00Z</published>");
    let _ = writeln!(xml, "<updated>{}T00:00:00Z</updated>", updated.max(published));
    author(edition, report, xml);
    let title = edition.quote(&report.title, report.lang.as_deref());
    let _ = write!(xml, "<summary");
    if let Some(lang) = title.lang {
        let _ = write!(xml, " xml:lang=\"{lang}\"");
    }
    xml.push('>');
    escape(title.text, xml);
    xml.push_str("</summary>\n");
    xml.push_str("</entry>\n");
}

fn revision_entry(edition: &Edition<'_>, report: &Report, revision: &Revision, xml: &mut String) {
    let row = revisions::row(edition, report, revision);
    let url = format!("{}{}", edition.roots.origin, row.report.url);
    let date = revision.date;
    let first = revision.changes.first().map_or("", |change| &*change.code);
    let is_alike = |other: &&Revision| {
        other.date == date && other.changes.first().map_or("", |change| &*change.code) == first
    };
    let before = report.revisions.iter().take_while(|other| !std::ptr::eq(*other, revision));
    let ordinal = match before.filter(is_alike).count() {
        0 => String::new(),
        alike => format!("-{}", alike + 1),
    };
    let mut summary = row.why.text.to_owned();
    for change in &row.changes {
        let _ = write!(
            summary,
            "\n{}{}{} → {}",
            change.label,
            edition.word("colon"),
            change.from.text,
            change.to.text
        );
    }
    xml.push_str("<entry>\n");
    tag(xml, "title", &row.report.name);
    tag(xml, "id", &format!("{url}-{date}-{first}{ordinal}"));
    link(xml, "alternate", &url);
    let _ = writeln!(xml, "<updated>{date}T00:00:00Z</updated>");
    author(edition, report, xml);
    tag(xml, "summary", &summary);
    xml.push_str("</entry>\n");
}

fn author(edition: &Edition<'_>, report: &Report, xml: &mut String) {
    let agency = edition.site[report.agency].name.get(&edition.locale.lang);
    xml.push_str("<author>");
    tag(xml, "name", agency);
    xml.push_str("</author>\n");
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
