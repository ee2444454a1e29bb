//! The report against its form and its neighbours.

use crate::base::diagnostic::{At, DataPath, Message, Place, Severity};
use crate::check::Context;
use crate::model::{Origin, Scope};

/// A form used outside its years, indicators of another form, years missing between two reports.
pub(in crate::check) fn run(context: &mut Context<'_>) {
    form_outside_years(context);
    indicators_of_another_form(context);
    year_missing(context);
}

fn form_outside_years(context: &mut Context<'_>) {
    let report = context.report;
    let site = context.site;
    let year = report.period.year;
    let Some(form) = site.catalog.form(report.form).filter(|form| !form.covers(year)) else { return };
    let expected: Vec<&str> = site
        .catalog
        .forms
        .iter()
        .filter(|other| {
            other.years != (None, None) && other.covers(year) && other.language() == form.language()
        })
        .map(|other| &*other.id)
        .collect();
    let place = Place { file: report.file().clone(), at: At::Value(DataPath::keys(&["form"])), label: None };
    context.add("form-outside-years", Severity::Note, "form", |finding| {
        finding.message = Message::new("form-outside-years")
            .arg("form", form.title.clone())
            .arg("id", &*form.id)
            .arg("year", year.to_string());
        finding.places = vec![place];
        if !expected.is_empty() {
            finding.help = vec![Message::new("help-form-expected").arg("forms", expected.join(", "))];
        }
    });
}

fn indicators_of_another_form(context: &mut Context<'_>) {
    let report = context.report;
    let site = context.site;
    for other in &report.others {
        let Origin::Form(form) = other.origin else { continue };
        let Some(form) = site.catalog.form(form) else { continue };
        let path = form.find(&other.code).map(|ix| form.data_path(ix)).unwrap_or_default();
        let place = Place { file: report.file().clone(), at: At::Key(path), label: None };
        context.add("indicator-of-another-form", Severity::Note, &other.code, |finding| {
            finding.codes = vec![other.code.clone()];
            finding.message = Message::new("indicator-of-another-form")
                .arg("part", other.label.clone())
                .arg("form", form.title.clone())
                .arg("id", &*form.id);
            finding.places = vec![place];
        });
    }
}

fn year_missing(context: &mut Context<'_>) {
    let report = context.report;
    let site = context.site;
    if !report.period.is_year() || report.scope != Scope::Own {
        return;
    }
    let Some(agency) = site.agency(report.agency) else { return };
    let earlier = site.reports_of(agency).iter().filter(|other| {
        other.scope == report.scope && other.period.span == report.period.span && other.period < report.period
    });
    let Some(last) = earlier.max_by_key(|other| other.period) else { return };
    let gap = report.period.year - last.period.year - 1;
    if gap < 1 {
        return;
    }
    let (from, to) = (last.period.year + 1, report.period.year - 1);
    let place = Place { file: report.file().clone(), at: At::Key(DataPath::keys(&["period"])), label: None };
    context.add("year-missing", Severity::Note, "period", |finding| {
        finding.message = Message::new("year-missing")
            .arg("count", usize::try_from(gap).unwrap_or(0))
            .arg("from", from.to_string())
            .arg("to", to.to_string());
        finding.places = vec![place];
    });
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{check, found_in, report, site};

    #[test]
    fn a_form_is_held_against_its_years() {
        assert_eq!(found_in("gb-2019", "2022", &[]), [("form-outside-years", String::new())]);
        assert_eq!(found_in("gb-2019", "2020", &[]), []);
        assert_eq!(found_in("gb-2021", "2030", &[]), []);
    }

    #[test]
    fn missing_years_are_named() {
        let mut site = site();
        report(&mut site, 0, "gb-2014", "2014", &[]);
        report(&mut site, 0, "gb-2014", "2015", &[]);
        report(&mut site, 0, "gb-2014", "2018", &[]);
        let findings = check(&site);
        assert_eq!(findings.all().count(), 1);
        assert_eq!(findings.all().next().unwrap().check, "year-missing");
        assert_eq!(findings.all().next().unwrap().report.0, 2);
    }
}
