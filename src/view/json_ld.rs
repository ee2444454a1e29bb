//! Structured data for search engines: schema.org data sets in JSON-LD.

use serde_json::{Value, json};

use crate::model::Report;
use crate::plan::links::report_data_path;
use crate::view::local_portal::LocalPortal;

/// Describes a report as a data set; `None` if the portal's host is unknown, as addresses must be absolute.
pub(crate) fn report(portal: &LocalPortal<'_>, report: &Report, description: &str) -> Option<Value> {
    let agency = &portal.site[report.agency];
    let data = portal.roots.absolute(&report_data_path(portal.site, report))?;
    let mut set = json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": portal.report_title(report),
        "description": description,
        "url": format!("{}{}", portal.roots.origin, portal.links().report(report)),
        "inLanguage": portal.locale.lang.tag(),
        "temporalCoverage": report.period.to_string(),
        "creator": {"@type": "GovernmentOrganization", "name": agency.name.get(&portal.locale.lang)},
        "includedInDataCatalog": catalog(portal),
        "distribution": [download("application/json", &data)],
        "isAccessibleForFree": true,
    });
    let more = [
        ("datePublished", report.published.map(|date| date.to_string())),
        ("isBasedOn", report.source.url.as_deref().map(str::to_owned)),
        ("license", license(portal)),
    ];
    add(&mut set, more);
    Some(set)
}

/// Describes all figures as one data set; `None` if the host is unknown.
pub(crate) fn all(portal: &LocalPortal<'_>) -> Option<Value> {
    let file = |name: &str| portal.roots.absolute(&format!("data/{name}"));
    let years = portal.derived.years();
    let mut set = json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": portal.config.title.get(&portal.locale.lang),
        "description": portal.word("data-description"),
        "url": format!("{}{}", portal.roots.origin, portal.links().page("data/")),
        "inLanguage": portal.locale.lang.tag(),
        "includedInDataCatalog": catalog(portal),
        "distribution": [
            download("text/csv", &file("figures.csv")?),
            download("text/csv", &file("reports.csv")?),
        ],
        "isAccessibleForFree": true,
    });
    let span = years.first().zip(years.last()).map(|(first, last)| format!("{first}/{last}"));
    add(&mut set, [("temporalCoverage", span), ("license", license(portal))]);
    Some(set)
}

fn catalog(portal: &LocalPortal<'_>) -> Value {
    json!({
        "@type": "DataCatalog",
        "name": portal.config.title.get(&portal.locale.lang),
        "url": format!("{}{}", portal.roots.origin, portal.links().page("")),
    })
}

fn download(format: &str, url: &str) -> Value {
    json!({"@type": "DataDownload", "encodingFormat": format, "contentUrl": url})
}

fn license(portal: &LocalPortal<'_>) -> Option<String> {
    portal.config.license.as_ref()?.url.as_deref().map(str::to_owned)
}

/// Adds those properties that have a value.
fn add<const N: usize>(set: &mut Value, known: [(&str, Option<String>); N]) {
    for (key, value) in known {
        if let Some(value) = value {
            set[key] = value.into();
        }
    }
}
