//! The pages of forms: every item has its place and its code, every rule is said once.

use std::collections::BTreeSet;

use crate::site::Site;

fn built(form: &str, figures: &str) -> Site {
    let report = format!("---\ntitle: 年报\nform: {form}\nperiod: 2021\nstatistics:\n{figures}---\n正文\n");
    let site = Site::new()
        .file("site.toml", "title = {zh = \"年报\", en = \"Reports\"}\nlanguages = [\"zh-CN\", \"en\"]\n")
        .file("content/county/office/2021.md", &report);
    site.run(&["build"]).ends(0);
    site
}

fn page(site: &Site, path: &str) -> String {
    site.read(&format!("public/{path}index.html")).unwrap_or_else(|| panic!("there is no page {path}"))
}

#[test]
fn a_form_with_a_wide_table_fits_a_page() {
    let site = built("gb-2021", "  res_granted: {total: 3}\n");
    for path in ["forms/gb-2021/", "en/forms/gb-2021/"] {
        let html = page(&site, path);
        let elements =
            html.match_indices('<').filter(|(at, _)| html[at + 1..].starts_with(char::is_alphabetic));
        assert!(elements.count() <= 1500, "{path}");
    }
    let html = page(&site, "en/forms/gb-2021/");
    for code in ["regulation__issued", "res_granted__org_business", "res_total__total", "lit_direct__pending"]
    {
        assert!(html.contains(&format!("id=\"i-{code}\"")), "{code}");
        let (row, column) = code.split_once("__").unwrap();
        assert!(
            html.contains(&format!(">{row}</code>")) && html.contains(&format!(">{column}</code>")),
            "{code}"
        );
    }
    assert!(!html.contains("<wbr>"), "a code is broken");
}

#[test]
fn a_rule_is_said_once_with_the_columns_or_rows_it_holds_for() {
    let site = built("gb-2021", "  res_granted: {total: 3}\n");
    let html = page(&site, "en/forms/gb-2021/");
    let rules = html.split("id=\"rules\"").nth(1).unwrap().split("</section>").next().unwrap();
    let entries: Vec<&str> = rules.split("<li class=\"rule\">").skip(1).collect();
    let about = |text: &str| entries.iter().filter(|entry| entry.contains(text)).copied().collect::<Vec<_>>();
    let sums = about("Total results = Granted + Granted in part + ");
    assert_eq!(sums.len(), 1, "{rules}");
    assert!(
        sums[0].contains("in each of 7 columns") && sums[0].contains("<li>Natural persons"),
        "{}",
        sums[0]
    );
    let rows = about("Total = Natural persons + Commercial enterprises");
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert!(rows[0].contains("<li>New requests received this year"), "{}", rows[0]);
    let stock = about("last year’s In force at year end");
    assert_eq!(stock.len(), 1, "{rules}");
    assert!(stock[0].contains("in each of 2 rows"), "{}", stock[0]);
    assert!(rules.contains("Parts make up the whole") && !rules.contains("do not add up"), "{rules}");
    let distinct: BTreeSet<&str> = entries.iter().copied().collect();
    assert_eq!(distinct.len(), entries.len(), "a rule is said twice");
}

#[test]
fn rules_of_a_form_without_tables_name_their_items() {
    let site = built("zj-2012", "  budget: 3\n");
    let html = page(&site, "en/forms/zj-2012/");
    assert!(html.contains("Requests for disclosure = Filed in person + Filed by fax"), "{html}");
    assert!(html.contains("A part is at most the whole"), "{html}");
    assert!(!html.contains("in each of"), "{html}");
}
