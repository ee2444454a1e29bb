//! How to cite a report: as a sentence, after GB/T 7714, and as BibTeX.

use serde::Serialize;

use crate::model::{Agency, Report};

use super::edition::Edition;

/// A report's citations.
#[derive(Debug, Serialize)]
pub(super) struct Citation {
    /// A sentence for any text, with where it can be read here.
    pub(super) plain: String,
    /// GB/T 7714, as an electronic document.
    pub(super) gbt: String,
    /// A BibTeX entry.
    pub(super) bibtex: String,
}

/// The citations of a report's page. They hold no day of access: the page does not know the day.
pub(super) fn report(edition: &Edition<'_>, agency: &Agency, report: &Report) -> Citation {
    let name = agency.name.get(&edition.locale.lang);
    let issuer = report.source.issuer.as_deref().unwrap_or(name);
    let title = report.source.title.as_deref().unwrap_or(&report.title);
    let address = report.source.url.clone().map_or_else(|| page(edition, report), String::from);
    let year = report.published.map_or_else(|| report.period.to_string(), |date| date.year().to_string());
    let published = report.published.map(|date| format!("({date})")).unwrap_or_default();
    let portal = edition.config.title.get(&edition.locale.lang);
    let key = format!("{}-{}", agency.path.replace('/', "-"), report.slug);
    let mut bibtex = format!(
        "@misc{{{key},\n  author = {{{{{}}}}},\n  title = {{{}}},\n  year = {{{year}}}",
        braces(issuer),
        braces(title)
    );
    if !address.is_empty() {
        bibtex.push_str(",\n  url = {");
        bibtex.push_str(&braces(&address));
        bibtex.push('}');
    }
    bibtex.push_str(",\n  note = {");
    bibtex.push_str(&braces(portal));
    bibtex.push_str("}\n}");
    let here = page(edition, report);
    let plain = edition.say(
        "cite-plain",
        &[
            ("issuer", issuer.into()),
            ("title", title.into()),
            ("portal", portal.into()),
            ("address", if here.is_empty() { edition.links().report(report) } else { here }.into()),
        ],
    );
    let medium = if address.is_empty() { "R" } else { "R/OL" };
    Citation {
        plain,
        gbt: format!("{issuer}. {title}[{medium}]. {published}{address}.").replace(". .", "."),
        bibtex,
    }
}

/// The whole address of the report's page; empty where the portal's host is not known.
fn page(edition: &Edition<'_>, report: &Report) -> String {
    if edition.roots.origin.is_empty() {
        return String::new();
    }
    format!("{}{}", edition.roots.origin, edition.links().report(report))
}

/// A text that leaves the braces of an entry balanced.
fn braces(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '{' | '}' | '\\')).collect()
}
