//! The built-in forms, and a site's own above them.

use glasshouse::base::diagnostic::{At, DataPath, Diagnostic};
use glasshouse::base::source::Source;
use glasshouse::base::text::Lang;
use glasshouse::form::{self, Form, Relation, RuleKind};
use glasshouse::load;

#[test]
fn the_built_in_catalogue_is_sound() {
    let (catalog, faults) = load::catalog(&[]);
    assert_eq!(faults, []);
    let ids: Vec<_> = catalog.forms.iter().map(|form| &*form.id).collect();
    assert_eq!(ids, ["zj-2012", "gb-2014", "gb-2019", "gb-2021", "prose", "us-foia"]);
    let first = &catalog[catalog.find_form("zj-2012").unwrap()];
    assert_eq!(first.figures().count(), 43);
    let web = first.find("proactive_web").unwrap();
    let rule =
        first.rules.iter().find(|rule| rule.left.terms.iter().any(|term| term.indicator == web)).unwrap();
    assert_eq!(rule.check, RuleKind::PartExceedsWhole);
    assert_eq!(first[web].relation, Relation::Part);
}

#[test]
fn results_add_up_in_every_column_of_the_2021_form() {
    let (catalog, _) = load::catalog(&[]);
    let form = &catalog[catalog.find_form("gb-2021").unwrap()];
    let total = form.find("res_total__natural").unwrap();
    let is_sum =
        |rule: &&form::Rule| rule.check == RuleKind::SumMismatch && rule.right.terms[0].indicator == total;
    let sums: Vec<_> = form.rules.iter().filter(is_sum).collect();
    assert_eq!(sums.len(), 1);
    assert_eq!(sums[0].left.terms.len(), 21, "leaves of (一) to (六)");
    assert_eq!(form.rules.iter().filter(|rule| rule.check == RuleKind::BalanceBroken).count(), 7);
    assert_eq!(form.rules.iter().filter(|rule| rule.check == RuleKind::RowTotal).count(), 25 + 3);
}

#[test]
fn the_american_form_balances_and_looks_back() {
    let (catalog, _) = load::catalog(&[]);
    let form = &catalog[catalog.find_form("us-foia").unwrap()];
    let ids = |check: RuleKind| {
        let rules = form.rules.iter().filter(move |rule| rule.check == check);
        rules.map(|rule| &*rule.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(RuleKind::BalanceBroken), ["balance", "appeal-balance", "consultation-balance"]);
    assert_eq!(
        ids(RuleKind::CarryOverDiffers),
        ["carry-over", "appeal-carry-over", "consultation-carry-over"]
    );
    assert_eq!(ids(RuleKind::RowTotal).len(), 3, "one for each track");
    let total = form.find("disp_total").unwrap();
    let adds_up =
        |rule: &&form::Rule| rule.check == RuleKind::SumMismatch && rule.right.terms[0].indicator == total;
    assert_eq!(form.rules.iter().find(adds_up).unwrap().left.terms.len(), 12);
    let multi = form.figures().filter(|(_, indicator)| indicator.relation == Relation::Multi);
    assert_eq!(multi.count(), 14 + 14 + 11, "exemptions and reasons, which may overlap");
}

#[test]
fn a_heading_of_an_american_table_names_one_figure() {
    let (catalog, _) = load::catalog(&[]);
    let form = &catalog[catalog.find_form("us-foia").unwrap()];
    let en = Lang::new("en");
    for (table, heading, code) in [
        ("disposition-of-foia-requests-all-processed-requests", "Other*", "disp_other"),
        ("disposition-of-foia-requests-number-of-times-exemptions-applied", "Ex. 7(A)", "ex_7a"),
        ("reasons-for-denial-on-appeal-number-of-times-exemptions-applied", "Ex. 7(A)", "appeal_ex_7a"),
        ("requests-for-expedited-processing", "Number Granted", "expedited_granted"),
        ("requests-for-fee-waiver", "Number Granted", "waiver_granted"),
        ("foia-costs-and-fees-collected-for-processing-requests", "Total Costs", "costs_total"),
        ("foia-costs-and-fees-collected-for-processing-requests", "Percentage of Total Costs", "fees_share"),
    ] {
        let named = form.sections.iter().filter(|section| section.aliases.iter().any(|a| &**a == table));
        let lines = named.flat_map(|section| match &section.body {
            form::SectionBody::List(lines) => lines.as_slice(),
            _ => &[],
        });
        let indicators = lines.map(|ix| &form[*ix]);
        let found: Vec<_> = indicators
            .filter(|line| line.label.get(&en) == heading || line.aliases.iter().any(|a| &**a == heading))
            .map(|line| &*line.code)
            .collect();
        assert_eq!(found, [code], "{table}: {heading}");
    }
}

#[test]
fn codes_of_the_american_form_are_its_own() {
    // A report may carry on with codes of other forms; a code of two countries would be taken for
    // the wrong one.
    let (catalog, _) = load::catalog(&[]);
    let american = &catalog[catalog.find_form("us-foia").unwrap()];
    let others = catalog.forms.iter().filter(|form| form.id != american.id);
    let shared: Vec<_> = others
        .flat_map(Form::figures)
        .map(|(_, indicator)| &*indicator.code)
        .filter(|code| american.find(code).is_some())
        .collect();
    assert_eq!(shared, [""; 0]);
}

#[test]
fn a_break_may_concern_some_forms_only() {
    let (catalog, _) = load::catalog(&[]);
    let decided = &catalog[catalog.find_series("requests_decided").unwrap()];
    assert!(decided.is_cut_between((2018, "gb-2014"), (2019, "gb-2019")));
    assert!(!decided.is_cut_between((2018, "us-foia"), (2019, "us-foia")));

    let text = "- id: mine\n  title: Mine\n  unit: 件\n  breaks:\n    - {year: 2019, kind: cut, forms: [gb-2014, gb-2091], text: New}\n";
    let source = Source::new("content/_forms/series.yaml".into(), text.into());
    let (_, faults) = load::catalog(&[source]);
    let place = DataPath::default().index(0).key("breaks").index(0).key("forms").index(1);
    let expected = Diagnostic::error("form-unknown").arg("value", "gb-2091");
    assert_eq!(faults, [expected.at(&"content/_forms/series.yaml".into(), At::Value(place))]);
}

#[test]
fn a_sites_own_form_is_checked_at_its_lines() {
    let text = "id: own\ntitle: Own\nsections:\n  - id: a\n    indicators:\n      - {code: total, label: T, unit: 件}\n      - {code: part, label: P, unit: 件, parent: totl, relation: sum}\n      - {code: total, label: T, unit: 斤}\n";
    let source = Source::new("content/_forms/own.yaml".into(), text.into());
    let (_, faults) = load::catalog(&[source]);
    let codes: Vec<_> = faults.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["form-duplicate-code", "form-unknown-code"]);
}

#[test]
fn a_form_may_extend_another() {
    let text = "id: own\nextends: gb-2014\nsections:\n  - id: table\n    indicators:\n      - {code: req_mode_other, label: 5.其他, unit: 件, parent: req_received, relation: sum, group: mode}\n";
    let source = Source::new("content/_forms/own.yaml".into(), text.into());
    let (catalog, faults) = load::catalog(&[source]);
    assert_eq!(faults, []);
    let own = &catalog[catalog.find_form("own").unwrap()];
    let other = own.find("req_mode_other").unwrap();
    let rule =
        own.rules.iter().find(|rule| rule.left.terms.iter().any(|term| term.indicator == other)).unwrap();
    assert_eq!(rule.left.terms.len(), 5);
}

#[test]
fn every_figure_of_a_form_can_be_written() {
    let (catalog, _) = load::catalog(&[]);
    let lang = Lang::new("zh-CN");
    let gb_2021 = &catalog[catalog.find_form("gb-2021").unwrap()];
    let schema = form::schema(gb_2021, &lang);
    let statistics = &schema["properties"]["statistics"]["properties"];
    assert_eq!(statistics["req_new"]["anyOf"][1]["minItems"], 7);
    assert_eq!(statistics["req_new"]["title"], "一、本年新收政府信息公开申请数量");
    assert_eq!(statistics["admin_fee"]["anyOf"][2]["properties"]["amount"]["description"], "万元");
    assert!(statistics.get("res_refused").is_none(), "a heading takes no figure");
    let all = form::schema_of_all(&catalog, &lang);
    assert_eq!(all["allOf"].as_array().unwrap().len(), catalog.forms.len());
}
