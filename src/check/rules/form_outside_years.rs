//! The report uses a form that was not in use for its year.

use crate::base::diagnostic::{Message, Severity};
use crate::check::definition::{Check, Context, Group, Run};

pub(super) const CHECK: Check = Check {
    name: "form-outside-years",
    group: Group::Identity,
    severity: Severity::Note,
    order: 120,
    run: Run::Report(run),
};

fn run(context: &mut Context<'_>) {
    let year = context.report.period.year;
    let form = context.form;
    if form.covers(year) {
        return;
    }
    let in_use = context.site.catalog.forms.iter().filter(|other| {
        other.years != (None, None) && other.covers(year) && other.language() == form.language()
    });
    let in_use: Vec<&str> = in_use.map(|other| &*other.id).collect();
    let place = context.value_place("form");
    context.add(&CHECK, "form", |finding| {
        finding.message = Message::new(CHECK.name)
            .arg("form", form.title.clone())
            .arg("id", &*form.id)
            .arg("year", year.to_string());
        finding.places = vec![place];
        if !in_use.is_empty() {
            finding.help = vec![Message::new("help-form-expected").arg("forms", in_use.join(", "))];
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::check::testing::found_in;

    #[test]
    fn a_form_is_held_against_its_years() {
        assert_eq!(found_in("gb-2019", "2022", &[]), [("form-outside-years", String::new())]);
        assert_eq!(found_in("gb-2019", "2020", &[]), []);
        assert_eq!(found_in("gb-2021", "2030", &[]), []);
    }
}
