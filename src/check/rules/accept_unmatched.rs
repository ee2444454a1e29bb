//! An entry of `accept:` explains no finding. Marks the findings that the others explain.

use crate::base::diagnostic::{At, DataPath, Message, Severity};
use crate::check::definition::{Check, Context, Group, Run};
use crate::check::finding::Finding;

pub(super) const CHECK: Check = Check {
    name: "accept-unmatched",
    group: Group::Acceptance,
    severity: Severity::Warning,
    order: 270,
    run: Run::Findings(run),
};

fn run(context: &mut Context<'_>) {
    let mut unmatched = Vec::new();
    for (at, acceptance) in context.report.accept.iter().enumerate() {
        let explains = |finding: &&mut Finding| {
            finding.check == &*acceptance.check
                && acceptance.at.as_ref().is_none_or(|code| finding.codes.contains(code))
        };
        let mut used = false;
        for finding in context.findings.iter_mut().filter(explains) {
            finding.accepted = Some(acceptance.why.clone());
            used = true;
        }
        if !used {
            unmatched.push((at, acceptance));
        }
    }
    for (at, acceptance) in unmatched {
        let place = context.place(At::Value(DataPath::keys(&["accept"]).index(at).key("check")));
        context.add(&CHECK, &at.to_string(), |finding| {
            finding.codes = acceptance.at.clone().into_iter().collect();
            finding.message = Message::new(CHECK.name)
                .arg("check", &*acceptance.check)
                .arg("at", acceptance.at.as_deref().unwrap_or(""));
            finding.places = vec![place];
            finding.help = vec![Message::new("help-remove-accept")];
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{report, site};
    use crate::model::Acceptance;

    fn accepted(check: &str, at: Option<&str>) -> Vec<(&'static str, bool)> {
        let mut site = site();
        let figures = [("proactive_total", "289"), ("proactive_web", "298")];
        let acceptance = Acceptance { check: check.into(), at: at.map(Into::into), why: "as printed".into() };
        report(&mut site, 0, "zj-2012", "2012", &figures).accept = vec![acceptance];
        crate::check::testing::check(&site).all().map(|finding| (finding.check, finding.is_open())).collect()
    }

    #[test]
    fn an_explained_finding_no_longer_counts() {
        assert_eq!(accepted("part-exceeds-whole", Some("proactive_web")), [("part-exceeds-whole", false)]);
        assert_eq!(accepted("part-exceeds-whole", Some("proactive_total")), [("part-exceeds-whole", false)]);
        assert_eq!(accepted("part-exceeds-whole", None), [("part-exceeds-whole", false)]);
    }

    #[test]
    fn an_explanation_of_nothing_is_reported() {
        let open = [("part-exceeds-whole", true), ("accept-unmatched", true)];
        assert_eq!(accepted("part-exceeds-whole", Some("budget")), open);
        assert_eq!(accepted("sum-mismatch", None), open);
    }
}
