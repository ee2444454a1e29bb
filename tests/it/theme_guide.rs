//! The guide for authors of themes says what templates really get.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::site::Site;

const GUIDE: &str = include_str!("../../docs/themes.md");

/// A page made with each template, in the site below.
const PAGES: [(&str, &str); 22] = [
    ("home.html", "index.html"),
    ("region.html", "county/index.html"),
    ("region-year.html", "county/years/2012/index.html"),
    ("agencies.html", "agencies/index.html"),
    ("agency.html", "county/office/index.html"),
    ("report.html", "county/office/2012/index.html"),
    ("years.html", "years/index.html"),
    ("year.html", "years/2012/index.html"),
    ("year-part.html", "years/2012/page/2/index.html"),
    ("indicators.html", "indicators/index.html"),
    ("indicator.html", "indicators/proactive_items/index.html"),
    ("forms.html", "forms/index.html"),
    ("form.html", "forms/zj-2012/index.html"),
    ("glossary.html", "glossary/index.html"),
    ("quality.html", "quality/index.html"),
    ("check.html", "quality/part-exceeds-whole/index.html"),
    ("completeness.html", "quality/completeness/index.html"),
    ("revisions.html", "quality/revisions/index.html"),
    ("data.html", "data/index.html"),
    ("search.html", "search/index.html"),
    ("free.html", "about/index.html"),
    ("404.html", "404.html"),
];

/// What the guide says of a template.
struct Section<'g> {
    blocks: BTreeSet<&'g str>,
    /// Each variable with its fields.
    variables: BTreeMap<&'g str, BTreeSet<&'g str>>,
}

/// The sections of the guide by template.
fn sections() -> BTreeMap<&'static str, Section<'static>> {
    let mut sections = BTreeMap::new();
    for part in GUIDE.split("\n### ").skip(1) {
        let (template, text) = part.split_once('\n').unwrap();
        let blocks = text.split_once("Blocks: ").map_or("", |(_, rest)| rest.split(".\n").next().unwrap());
        let mut variables: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut variable = "";
        for line in text.lines() {
            if let Some(field) = line.strip_prefix("- `") {
                variables.entry(variable).or_default().insert(field.split('`').next().unwrap());
            } else if let Some(rest) = line.strip_prefix('`').filter(|_| line.ends_with(':')) {
                variable = rest.split('`').next().unwrap();
            }
        }
        let blocks = blocks.split('`').skip(1).step_by(2).collect();
        sections.insert(template, Section { blocks, variables });
    }
    sections
}

/// More agencies than one page lists, so that lists have further parts.
fn site() -> Site {
    let mut site = Site::new()
        .report("content/county/office/2012.md", "proactive_total: 289\nproactive_web: 298")
        .file("site.toml", "title = \"年报\"\n")
        .file("content/about.md", "---\ntitle: 关于\n---\n正文\n");
    for number in 0..101 {
        site = site
            .file(
                &format!("content/county/office-{number}/_index.md"),
                &format!("---\nkind: agency\nname: 第{number}局\n---\n"),
            )
            .report(&format!("content/county/office-{number}/2012.md"), "budget: 6");
    }
    site
}

#[test]
fn the_guide_names_what_each_template_gets() {
    let sections = sections();
    let mut site = site();
    for (template, _) in PAGES {
        let variables =
            &sections.get(template).unwrap_or_else(|| panic!("{template} is not in the guide")).variables;
        let mut text = String::new();
        for variable in variables.keys().copied().chain(["page", "site"]) {
            writeln!(text, "{variable}:{{% for key, value in {variable} %}} {{{{ key }}}}{{% endfor %}}")
                .unwrap();
        }
        site = site.file(&format!("templates/{template}"), &text);
    }
    site.run(&["build"]).ends(0);
    let base = &sections["base.html"].variables;
    for (template, page) in PAGES {
        let shown = site.read(&format!("public/{page}")).unwrap_or_else(|| panic!("no {page}"));
        for line in shown.lines() {
            let (variable, fields) = line.split_once(':').unwrap();
            let known = sections[template].variables.get(variable).or_else(|| base.get(variable)).unwrap();
            let given: BTreeSet<&str> = fields.split_whitespace().collect();
            assert_eq!(&given, known, "{template}: {variable}");
        }
    }
}

#[test]
fn the_guide_names_every_template_and_its_blocks() {
    let sections = sections();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/templates");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let template = path.file_name().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let blocks: BTreeSet<&str> =
            text.split("{% block ").skip(1).map(|rest| rest.split(' ').next().unwrap()).collect();
        match sections.get(template) {
            Some(section) => {
                let inherited = ["main", "head", "crumbs"];
                let documented: BTreeSet<&str> = section.blocks.clone();
                let own: BTreeSet<&str> = blocks
                    .into_iter()
                    .filter(|block| {
                        template == "base.html" || !inherited.contains(block) || documented.contains(block)
                    })
                    .collect();
                assert_eq!(own, documented, "{template}");
            }
            None => assert_eq!(template, "components.html", "not in the guide"),
        }
    }
}
