//! New reports, agencies and themes as text.

use glasshouse::base::diagnostic::Step;
use glasshouse::base::text::Lang;
use glasshouse::figure::{Figure, Value};
use glasshouse::form::{Form, FormIx, IndicatorIx};
use glasshouse::load;
use glasshouse::model::{AgencyId, Body, Period, Prose, Report, Scope, SourceDocument};
use glasshouse::scaffold::{NewAgency, Previous, ThemeError, agency, report, theme};
use glasshouse::theme::{OverrideStatus, Theme, ThemeFile, language_tags, overrides};
use rust_decimal::Decimal;

fn previous(form: &Form, ix: FormIx, figures: &[(&str, i64)]) -> Report {
    let mut figures: Vec<(IndicatorIx, Figure)> = figures
        .iter()
        .map(|(code, number)| (form.find(code).unwrap(), Figure::new(Value::Number(Decimal::from(*number)))))
        .collect();
    figures.sort_by_key(|(ix, _)| *ix);
    Report {
        agency: AgencyId(0),
        period: Period::parse("2022").unwrap(),
        scope: Scope::Own,
        slug: "2022".into(),
        form: ix,
        title: "".into(),
        lang: None,
        published: None,
        republished: None,
        source: SourceDocument::default(),
        figures,
        others: Vec::new(),
        mentions: Vec::new(),
        accept: Vec::new(),
        revisions: Vec::new(),
        prose: Prose::Original,
        aliases: Vec::new(),
        unlisted: false,
        body: Body { file: "a".into(), offset: 0, is_empty: true },
    }
}

#[test]
fn every_figure_is_there_in_order_with_its_label() {
    let (catalog, _) = load::catalog(&[]);
    for form in &catalog.forms {
        let period = Period::parse("2023").unwrap();
        for lang in language_tags() {
            let text = report(form, period, "某局", None, &Lang::new(lang));
            let mut at = 0;
            for (ix, _) in form.figures() {
                let path = form.data_path(ix);
                let Some(Step::Key(key)) = path.0.get(1) else { panic!("a key") };
                let line = format!("\n  {key}:");
                let found = text.find(&line).unwrap_or_else(|| panic!("{key} is missing in {}", form.id));
                assert!(found >= at, "{key} is out of order");
                at = found;
            }
        }
    }
}

#[test]
fn closing_figures_are_offered_and_nothing_else() {
    let (catalog, _) = load::catalog(&[]);
    let ix = catalog.find_form("gb-2021").unwrap();
    let form = &catalog[ix];
    let before = previous(
        form,
        ix,
        &[("req_carried_out__natural", 118), ("req_carried_out__total", 121), ("req_new__total", 9)],
    );
    let previous = Previous { report: &before, form };
    let text = report(form, Period::parse("2023").unwrap(), "某局", Some(previous), &Lang::new("zh-CN"));
    let line = text.lines().find(|line| line.starts_with("  req_carried_in:")).unwrap();
    assert_eq!(
        line,
        "  req_carried_in: [~, ~, ~, ~, ~, ~, ~]  # 二、上年结转政府信息公开申请数量; 2022: [118, ~, ~, ~, ~, ~, 121]"
    );
    assert!(!text.lines().any(|line| line.starts_with("  req_new:") && line.contains("2022")));
}

#[test]
fn only_what_is_known_is_written() {
    let new =
        NewAgency { name: "某县统计局", other_names: vec!["统计局", "a, b"], ..NewAgency::default() };
    assert_eq!(agency(&new), "---\nkind: agency\nname: 某县统计局\nother_names: [统计局, \"a, b\"]\n---\n");
}

#[test]
fn a_new_theme_has_no_fault_and_knows_where_it_comes_from() {
    let copies = ["templates/report.html".to_owned(), "static/css/page.css".to_owned()];
    let lang = Lang::new("zh-CN");
    let files = theme("county", &lang, &copies).unwrap();
    let files: Vec<ThemeFile> = files
        .into_iter()
        .map(|(path, text)| ThemeFile { path: (&*path).into(), bytes: text.into_bytes() })
        .collect();
    let (theme, faults) = Theme::new("county", &[lang], &files);
    assert_eq!(faults, []);
    assert_eq!(&*theme.version, "0.1.0");
    let overrides = overrides("county", &files);
    assert_eq!(overrides.len(), 3);
    assert!(overrides.iter().all(|over| over.status == OverrideStatus::Unchanged), "{overrides:?}");
}

#[test]
fn names_and_copies_must_exist() {
    let lang = Lang::new("en");
    for name in ["", "default", "a/b", "..", "a b"] {
        assert_eq!(theme(name, &lang, &[]), Err(ThemeError::Name(name.to_owned())));
    }
    let no = "templates/no.html".to_owned();
    assert_eq!(theme("x", &lang, std::slice::from_ref(&no)), Err(ThemeError::Copy(no)));
}
