//! What pages say to machines: schema.org in JSON-LD.

use serde_json::{Value, json};

use crate::model::Report;
use crate::plan::links::report_data_path;
use crate::view::context::Edition;

/// A report as a data set; `None` where the portal's host is not known, as addresses are whole.
pub(crate) fn report(edition: &Edition<'_>, report: &Report, description: &str) -> Option<Value> {
    let agency = &edition.site[report.agency];
    let data = edition.roots.absolute(&report_data_path(edition.site, report))?;
    let mut set = json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": edition.report_title(report),
        "description": description,
        "url": format!("{}{}", edition.roots.origin, edition.links().report(report)),
        "inLanguage": edition.locale.lang.tag(),
        "temporalCoverage": report.period.to_string(),
        "creator": {"@type": "GovernmentOrganization", "name": agency.name.get(&edition.locale.lang)},
        "includedInDataCatalog": catalog(edition),
        "distribution": [download("application/json", &data)],
        "isAccessibleForFree": true,
    });
    let more = [
        ("datePublished", report.published.map(|date| date.to_string())),
        ("isBasedOn", report.source.url.as_deref().map(str::to_owned)),
        ("license", license(edition)),
    ];
    add(&mut set, more);
    Some(set)
}

/// All figures as one data set.
pub(crate) fn all(edition: &Edition<'_>) -> Option<Value> {
    let file = |name: &str| edition.roots.absolute(&format!("data/{name}"));
    let years = edition.derived.years();
    let mut set = json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": edition.config.title.get(&edition.locale.lang),
        "description": edition.word("data-description"),
        "url": format!("{}{}", edition.roots.origin, edition.links().page("data/")),
        "inLanguage": edition.locale.lang.tag(),
        "includedInDataCatalog": catalog(edition),
        "distribution": [
            download("text/csv", &file("figures.csv")?),
            download("text/csv", &file("reports.csv")?),
        ],
        "isAccessibleForFree": true,
    });
    let span = years.first().zip(years.last()).map(|(first, last)| format!("{first}/{last}"));
    add(&mut set, [("temporalCoverage", span), ("license", license(edition))]);
    Some(set)
}

fn catalog(edition: &Edition<'_>) -> Value {
    json!({
        "@type": "DataCatalog",
        "name": edition.config.title.get(&edition.locale.lang),
        "url": format!("{}{}", edition.roots.origin, edition.links().page("")),
    })
}

fn download(format: &str, url: &str) -> Value {
    json!({"@type": "DataDownload", "encodingFormat": format, "contentUrl": url})
}

fn license(edition: &Edition<'_>) -> Option<String> {
    edition.config.license.as_ref()?.url.as_deref().map(str::to_owned)
}

/// Adds what is known.
fn add<const N: usize>(set: &mut Value, known: [(&str, Option<String>); N]) {
    for (key, value) in known {
        if let Some((value, fields)) = value.zip(set.as_object_mut()) {
            fields.insert(key.to_owned(), value.into());
        }
    }
}
