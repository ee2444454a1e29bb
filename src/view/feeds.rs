//! Files for programs: the feeds of reports and revisions, the sitemap, and `robots.txt`. All but
//! `robots.txt` need the absolute address of the portal.

use jiff::civil::Date;
use serde::Serialize;

use crate::model::{Report, Revision};

use super::local_portal::LocalPortal;
use super::page::{PageContext, View};
use super::pages::revisions;

/// The maximum number of entries of a feed.
const ENTRIES: usize = 50;
/// The maximum number of addresses in one sitemap (sitemaps.org).
const ADDRESSES: usize = 50_000;

/// An Atom feed (RFC 4287). Templates call it `feed`.
#[derive(Debug, Serialize)]
pub(crate) struct FeedView<'a> {
    title: String,
    /// The absolute address of the page whose entries it repeats; also the id of the feed.
    page: String,
    /// Its own absolute address.
    own: String,
    /// The day of the newest entry, or 1970-01-01 if there is none: Atom requires a date.
    updated: String,
    entries: Vec<EntryView<'a>>,
}

#[derive(Debug, Serialize)]
struct EntryView<'a> {
    title: String,
    id: String,
    url: String,
    /// The day of publication, if the entry is a report.
    published: Option<String>,
    updated: String,
    author: &'a str,
    summary: String,
    /// The language of the summary, if it is not that of the feed.
    lang: Option<&'a str>,
}

impl View for FeedView<'_> {
    const TEMPLATE: &'static str = "feed.xml";
    const NAME: &'static str = "feed";
}

/// A sitemap, or an index of sitemaps. Templates call it `sitemap`.
#[derive(Debug, Serialize)]
pub(crate) struct SitemapView {
    /// The absolute addresses of pages.
    pages: Vec<String>,
    /// The absolute addresses of the sitemaps in an index.
    parts: Vec<String>,
}

impl View for SitemapView {
    const TEMPLATE: &'static str = "sitemap.xml";
    const NAME: &'static str = "sitemap";
}

/// The rules for search engines. Templates call it `robots`.
#[derive(Debug, Serialize)]
pub(crate) struct RobotsView {
    /// The absolute address of the sitemap.
    sitemap: Option<String>,
}

impl View for RobotsView {
    const TEMPLATE: &'static str = "robots.txt";
    const NAME: &'static str = "robots";
}

/// Returns the feed of the reports whose day of publication is known, newest first; `None` if the host is
/// unknown.
pub(crate) fn reports<'a>(page: &PageContext<'a>) -> Option<FeedView<'a>> {
    let portal = &page.portal;
    let listed = portal.site.reports.iter().filter(|report| !report.unlisted);
    let mut dated: Vec<(Date, &Report)> =
        listed.filter_map(|report| Some((report.published?, &**report))).collect();
    dated.sort_by_key(|(published, _)| std::cmp::Reverse(*published));
    dated.truncate(ENTRIES);
    Some(FeedView {
        title: portal.config.title.get(&portal.locale.lang).to_owned(),
        updated: day(dated.first().map(|(published, _)| *published)),
        entries: dated.into_iter().map(|(published, report)| entry(portal, report, published)).collect(),
        ..empty(page, "")?
    })
}

/// Returns the feed of revisions, newest first; `None` if the host is unknown.
pub(crate) fn revisions<'a>(page: &PageContext<'a>) -> Option<FeedView<'a>> {
    let portal = &page.portal;
    let mut all = revisions::newest_first(portal.site);
    all.retain(|(report, _)| !report.unlisted);
    all.truncate(ENTRIES);
    let site = portal.config.title.get(&portal.locale.lang);
    Some(FeedView {
        title: format!("{} · {site}", portal.word("revisions-title")),
        updated: day(all.first().map(|(_, revision)| revision.date)),
        entries: all.into_iter().map(|(report, revision)| revision_entry(portal, report, revision)).collect(),
        ..empty(page, "quality/revisions/")?
    })
}

/// Returns a feed without entries for the page at a path.
fn empty<'a>(page: &PageContext<'a>, path: &str) -> Option<FeedView<'a>> {
    let portal = &page.portal;
    Some(FeedView {
        title: String::new(),
        page: format!("{}{}", portal.roots.origin, portal.links().page(path)),
        own: portal.roots.absolute(&page.path())?,
        updated: String::new(),
        entries: Vec::new(),
    })
}

fn day(date: Option<Date>) -> String {
    date.map_or_else(|| "1970-01-01".to_owned(), |date| date.to_string())
}

fn entry<'a>(portal: &LocalPortal<'a>, report: &'a Report, published: Date) -> EntryView<'a> {
    let updated = report.revisions.iter().map(|revision| revision.date).max().unwrap_or(published);
    let url = format!("{}{}", portal.roots.origin, portal.links().report(report));
    let title = portal.quote(&report.title, report.lang.as_deref());
    EntryView {
        title: portal.report_title(report),
        id: url.clone(),
        url,
        published: Some(published.to_string()),
        updated: updated.max(published).to_string(),
        author: author(portal, report),
        summary: title.text.to_owned(),
        lang: title.lang,
    }
}

fn revision_entry<'a>(portal: &LocalPortal<'a>, report: &'a Report, revision: &'a Revision) -> EntryView<'a> {
    let row = revisions::row(portal, report, revision);
    let url = format!("{}{}", portal.roots.origin, row.report.url);
    let colon = portal.word("colon");
    let changes = row
        .changes
        .iter()
        .map(|change| format!("{}{colon}{} → {}", change.label, change.from.text, change.to.text));
    let summary: Vec<String> = std::iter::once(row.why.text.to_owned()).chain(changes).collect();
    EntryView {
        title: row.report.name,
        id: format!("{url}-{}", identity(report, revision)),
        url,
        published: None,
        updated: revision.date.to_string(),
        author: author(portal, report),
        summary: summary.join("\n"),
        lang: None,
    }
}

/// Returns an identity for a revision within its report that stays the same when others are added: its day,
/// its first code, and its place among the revisions that share both.
fn identity(report: &Report, revision: &Revision) -> String {
    let first =
        |revision: &Revision| revision.changes.first().map(|change| change.code.clone()).unwrap_or_default();
    let code = first(revision);
    let before = report.revisions.iter().take_while(|other| !std::ptr::eq(*other, revision));
    let alike = before.filter(|other| other.date == revision.date && first(other) == code).count();
    let ordinal = if alike == 0 { String::new() } else { format!("-{}", alike + 1) };
    format!("{}-{code}{ordinal}", revision.date)
}

fn author<'a>(portal: &LocalPortal<'a>, report: &Report) -> &'a str {
    portal.site[report.agency].name.get(&portal.locale.lang)
}

/// Returns the sitemap with its path; several with an index if there are too many addresses for one, and
/// none if the host is unknown.
pub(crate) fn sitemaps(page: &PageContext<'_>) -> Vec<(String, SitemapView)> {
    let roots = page.portal.roots;
    let listed = page.plan.keys.iter().filter(|key| key.kind.is_in_sitemap(page.portal.site));
    let pages: Vec<String> = listed.filter_map(|key| roots.absolute(&page.path_of(*key))).collect();
    let of_pages = |pages: &[String]| SitemapView { pages: pages.to_vec(), parts: Vec::new() };
    match pages.len() {
        0 => Vec::new(),
        1..=ADDRESSES => vec![("sitemap.xml".into(), of_pages(&pages))],
        _ => {
            let parts = pages.chunks(ADDRESSES).enumerate();
            let mut maps: Vec<(String, SitemapView)> =
                parts.map(|(at, part)| (format!("sitemap-{}.xml", at + 1), of_pages(part))).collect();
            let parts = maps.iter().filter_map(|(name, _)| roots.absolute(name)).collect();
            maps.push(("sitemap.xml".into(), SitemapView { pages: Vec::new(), parts }));
            maps
        }
    }
}

/// Returns the rules for search engines.
pub(crate) fn robots(page: &PageContext<'_>) -> RobotsView {
    RobotsView { sitemap: page.portal.roots.absolute("sitemap.xml") }
}
