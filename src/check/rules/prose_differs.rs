//! The text states a number for an indicator that differs from the figure in the form.

use crate::base::diagnostic::{At, Message, Severity};
use crate::check::definition::{Check, Context, Group, Run};
use crate::figure::Figure;

pub(super) const CHECK: Check = Check {
    name: "prose-differs",
    group: Group::Prose,
    severity: Severity::Note,
    order: 170,
    run: Run::Report(run),
};

fn run(context: &mut Context<'_>) {
    for mention in &context.report.mentions {
        let figure = context.report.figure(mention.indicator).and_then(Figure::exact);
        let Some(figure) = figure.filter(|figure| *figure != mention.number) else { continue };
        let indicator = &context.form[mention.indicator];
        let places =
            vec![context.place(At::Span(mention.span.clone())), context.figure_place(mention.indicator)];
        let key = format!("{} {}", indicator.code, mention.number);
        context.add(&CHECK, &key, |finding| {
            finding.codes = vec![indicator.code.clone()];
            finding.found = Some(mention.number);
            finding.expected = Some(figure);
            finding.message = Message::new(CHECK.name)
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
        let differs = |figure: &str| {
            let mut site = site();
            report(&mut site, 0, "gb-2014", "2016", &[("req_received", figure)]);
            let form = &site.catalog[site.catalog.find_form("gb-2014").unwrap()];
            let mention = Mention { indicator: find(form, "req_received"), number: 58.into(), span: 10..12 };
            Arc::make_mut(&mut site.reports[0]).mentions.push(mention);
            found(&site)
        };
        assert_eq!(differs("58"), []);
        assert_eq!(differs("57"), [("prose-differs", "req_received".into())]);
        assert_eq!(differs(""), [], "a blank cell cannot differ");
    }
}
