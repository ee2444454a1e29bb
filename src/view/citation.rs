//! How to cite a report: as a sentence, after GB/T 7714, and as BibTeX.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde::Serialize;

use crate::base::text::Lang;
use crate::model::{Agency, Report};
use crate::view::components::{Phrase, Text};
use crate::view::interpolate;
use crate::view::local_portal::LocalPortal;

/// The citations of a report, as its page shows them.
#[derive(Debug, Serialize)]
pub(crate) struct Citation<'a> {
    /// A sentence with the address of the page here, in parts that each have their language.
    pub(crate) plain: Vec<Phrase<'a>>,
    /// GB/T 7714—2015; an electronic document if there is an address.
    pub(crate) gbt: Phrase<'a>,
    pub(crate) bibtex: Phrase<'a>,
}

/// Returns the citations of a report.
pub(crate) fn report<'a>(portal: &LocalPortal<'a>, agency: &'a Agency, report: &'a Report) -> Citation<'a> {
    let lang = report.lang.as_deref();
    let issuer = report.source.issuer.as_deref();
    let title = report.source.title.as_deref().unwrap_or(&report.title);
    let written_in = lang.map_or_else(|| portal.config.main_language().clone(), Lang::new);
    let in_its_language = agency.name.get(&written_in);
    let site_title = portal.config.title.get(&portal.locale.lang);
    let page = page(portal, report);
    let work = Work {
        issuer: issuer.unwrap_or(in_its_language),
        title,
        published: report.published,
        period: report.period.to_string(),
        source: report.source.url.as_deref(),
        retrieved: report.source.retrieved,
        site_title,
        page: &page,
    };
    let issuer = issuer.map_or_else(|| portal.text(&agency.name), |issuer| portal.quote(issuer, lang));
    let year = report.published.map_or_else(|| portal.period(report), |date| portal.year(date.year()));
    let id = if page.is_empty() { "cite-plain-year" } else { "cite-plain" };
    let words = [("issuer", issuer), ("title", portal.quote(title, lang)), ("portal", Text::own(site_title))];
    let key = format!("{}-{}", agency.path.replace('/', "-"), report.slug);
    let foreign = portal.foreign(lang);
    Citation {
        plain: interpolate::say(portal, id, &words, &[("year", &year), ("address", &page)]),
        gbt: Phrase { text: work.gbt().into(), lang: foreign },
        bibtex: Phrase { text: work.bibtex(&key).into(), lang: foreign },
    }
}

/// The bibliographic data of a report.
struct Work<'w> {
    issuer: &'w str,
    title: &'w str,
    published: Option<Date>,
    period: String,
    /// The address at which the agency published it.
    source: Option<&'w str>,
    /// The day on which the source was read.
    retrieved: Option<Date>,
    site_title: &'w str,
    /// The absolute address of its page here; empty if the portal's host is unknown.
    page: &'w str,
}

impl Work<'_> {
    /// Returns the address of the source with the day of reading, or the address here.
    fn address(&self) -> (&str, Option<Date>) {
        self.source.map_or((self.page, None), |source| (source, self.retrieved))
    }

    /// Returns the year of publication, or the period if that is unknown.
    fn year(&self) -> String {
        self.published.map_or_else(|| self.period.clone(), |date| date.year().to_string())
    }

    /// Formats `Issuer. Title[R/OL]. (published)[read]. address.`, or without an address
    /// `Issuer. Title[R]. year.`
    fn gbt(&self) -> String {
        let (address, read) = self.address();
        let mut text = format!("{}. {}", self.issuer, self.title);
        if address.is_empty() {
            text.push_str("[R].");
            if let Some(published) = self.published {
                let _ = write!(text, " {}.", published.year());
            }
            return text;
        }
        text.push_str("[R/OL].");
        if self.published.is_some() || read.is_some() {
            let published = self.published.map(|date| format!("({date})")).unwrap_or_default();
            let read = read.map(|date| format!("[{date}]")).unwrap_or_default();
            let _ = write!(text, " {published}{read}.");
        }
        let _ = write!(text, " {address}.");
        text
    }

    fn bibtex(&self, key: &str) -> String {
        let (address, read) = self.address();
        let here = match self.page {
            "" => self.site_title.to_owned(),
            page if page == address => self.site_title.to_owned(),
            page => format!("{}, {page}", self.site_title),
        };
        let fields = [
            // Braces keep a name of several words from being read as a person's.
            ("author", Some(format!("{{{}}}", braces(self.issuer)))),
            ("title", Some(braces(self.title))),
            ("year", Some(self.year())),
            ("url", Some(braces(address)).filter(|address| !address.is_empty())),
            ("urldate", read.map(|date| date.to_string())),
            ("note", Some(braces(&here))),
        ];
        let mut entry = format!("@misc{{{key}");
        for (name, value) in fields {
            if let Some(value) = value {
                let _ = write!(entry, ",\n  {name} = {{{value}}}");
            }
        }
        entry.push_str("\n}");
        entry
    }
}

/// Returns the absolute address of a report's page; empty if the portal's host is unknown.
fn page(portal: &LocalPortal<'_>, report: &Report) -> String {
    if portal.roots.origin.is_empty() {
        return String::new();
    }
    format!("{}{}", portal.roots.origin, portal.links().report(report))
}

/// Removes what would unbalance the braces of a BibTeX entry.
fn braces(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '{' | '}' | '\\')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work() -> Work<'static> {
        Work {
            issuer: "某县统计局",
            title: "某县统计局2012年{年报}",
            published: Some(Date::constant(2013, 3, 8)),
            period: "2012".to_owned(),
            source: Some("https://example.cn/2012.html"),
            retrieved: Some(Date::constant(2024, 5, 1)),
            site_title: "年报",
            page: "https://example.org/a/2012/",
        }
    }

    #[test]
    fn gbt_names_the_days_of_publication_and_of_reading() {
        let cited = |work: Work<'_>| work.gbt().replace("某县统计局. 某县统计局2012年{年报}", "…");
        assert_eq!(cited(work()), "…[R/OL]. (2013-03-08)[2024-05-01]. https://example.cn/2012.html.");
        let here = Work { source: None, ..work() };
        assert_eq!(
            cited(here),
            "…[R/OL]. (2013-03-08). https://example.org/a/2012/.",
            "read at the source only"
        );
        let undated = Work { published: None, retrieved: None, ..work() };
        assert_eq!(cited(undated), "…[R/OL]. https://example.cn/2012.html.");
        let on_paper = || Work { source: None, page: "", ..work() };
        assert_eq!(cited(on_paper()), "…[R]. 2013.");
        assert_eq!(
            cited(Work { published: None, ..on_paper() }),
            "…[R].",
            "the period is no year of publication"
        );
    }

    #[test]
    fn bibtex_names_the_source_and_the_page_here() {
        let entry = "@misc{a-2012,\n  author = {{某县统计局}},\n  title = {某县统计局2012年年报},\n  year = {2013},\n  \
                     url = {https://example.cn/2012.html},\n  urldate = {2024-05-01},\n  \
                     note = {年报, https://example.org/a/2012/}\n}";
        assert_eq!(work().bibtex("a-2012"), entry);
        let here = Work { source: None, published: None, ..work() }.bibtex("a");
        assert!(
            here.contains("year = {2012},\n  url = {https://example.org/a/2012/},\n  note = {年报}"),
            "{here}"
        );
        let on_paper = Work { source: None, page: "", ..work() }.bibtex("a");
        assert!(on_paper.contains("year = {2013},\n  note = {年报}\n}"), "{on_paper}");
    }
}
