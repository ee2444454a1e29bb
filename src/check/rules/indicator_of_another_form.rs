//! The report gives a figure that only another form asks for.

use crate::base::diagnostic::{At, Message, Severity};
use crate::check::definition::{Check, Context, Group, Run};
use crate::model::Origin;

pub(super) const CHECK: Check = Check {
    name: "indicator-of-another-form",
    group: Group::Identity,
    severity: Severity::Note,
    order: 130,
    run: Run::Report(run),
};

fn run(context: &mut Context<'_>) {
    for other in &context.report.others {
        let Origin::Form(form) = other.origin else { continue };
        let form = &context.site.catalog[form];
        let path = form.find(&other.code).map(|ix| form.data_path(ix)).unwrap_or_default();
        let place = context.place(At::Key(path));
        context.add(&CHECK, &other.code, |finding| {
            finding.codes = vec![other.code.clone()];
            finding.message = Message::new(CHECK.name)
                .arg("part", other.label.clone())
                .arg("form", form.title.clone())
                .arg("id", &*form.id);
            finding.places = vec![place];
        });
    }
}
