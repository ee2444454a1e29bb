//! Numbers in a report's text against the figures of its form.

use crate::base::diagnostic::{At, Message, Place, Severity};
use crate::check::Context;

/// A number that the text gives beside an indicator's name, and that the form gives otherwise.
pub(in crate::check) fn run(context: &mut Context<'_>) {
    let report = context.report;
    let Some(form) = context.site.catalog.form(report.form) else { return };
    for mention in &report.mentions {
        let Some(figure) = report.figure(mention.indicator).and_then(crate::figure::Figure::exact) else {
            continue;
        };
        let Some(indicator) = form.indicator(mention.indicator).filter(|_| figure != mention.number) else {
            continue;
        };
        let file = report.file();
        let at = |at: At| Place { file: file.clone(), at, label: None };
        let places =
            vec![at(At::Span(mention.span.clone())), at(At::Value(form.data_path(mention.indicator)))];
        let key = format!("{} {}", indicator.code, mention.number);
        context.add("prose-differs", Severity::Note, &key, |finding| {
            finding.codes = vec![indicator.code.clone()];
            finding.found = Some(mention.number);
            finding.expected = Some(figure);
            finding.message = Message::new("prose-differs")
                .arg("part", indicator.name.clone())
                .arg("found", mention.number)
                .arg("expected", figure);
            finding.places = places;
        });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::check::testing::{find, found, report, site};
    use crate::model::Mention;

    #[test]
    fn the_text_is_held_against_the_form() {
        let told = |figure: &str| {
            let mut site = site();
            report(&mut site, 0, "gb-2014", "2016", &[("req_received", figure)]);
            let form = site.catalog.find_form("gb-2014").and_then(|ix| site.catalog.form(ix)).unwrap();
            let mention = Mention { indicator: find(form, "req_received"), number: 58.into(), span: 10..12 };
            Arc::make_mut(&mut site.reports[0]).mentions.push(mention);
            found(&site)
        };
        assert_eq!(told("58"), []);
        assert_eq!(told("57"), [("prose-differs", "req_received".into())]);
        assert_eq!(told(""), [], "a blank cell cannot differ");
    }
}
