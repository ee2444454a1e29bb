//! Whatever was edited: the next build is, byte for byte, what a build from nothing makes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use glasshouse::build::preview::{Changes, Preview};
use glasshouse::build::{self, BuildError, BuildOptions, Built, Overrides, Timings};
use glasshouse::config::BaseUrl;
use glasshouse::load;
use proptest::prelude::*;

use crate::build::{differences, tree};
use crate::site::Site;
use crate::synthetic::SyntheticSite;

/// Something an editor does. Numbers choose the place, as far as there are so many.
#[derive(Clone, Debug)]
enum Edit {
    Figure { report: usize, line: usize, value: u16 },
    Blank { report: usize, line: usize },
    Text { report: usize, text: &'static str },
    Head { report: usize, line: &'static str },
    RenameReport { report: usize },
    DeleteReport { report: usize },
    AddReport { agency: usize, year: u16 },
    RenameAgency { agency: usize },
    AgencyText { agency: usize },
    DeleteAgency { agency: usize },
    MoveAgency { agency: usize },
    MoveRegion { region: usize },
    Form { label: u8 },
    Template { mark: Option<u8> },
    Word { mark: Option<u8> },
    Settings { title: u8 },
    Home { text: &'static str },
    Asset { present: bool },
    Touch,
    SpoilOutput,
}

const TEXTS: [&str; 6] = [
    "又添一句。\n",
    "见[上年报告](2009.md)。\n",
    "{{ chart(\"requests_received\") }}\n",
    "{{ figure(\"proactive_total\") }}\n",
    "主动公开政府信息数为 77 条。\n",
    "<b>粗</b> 与 ![图](/map.svg)\n",
];
const HEADS: [&str; 5] = [
    "aliases: [old/address]",
    "scope: consolidated",
    "search: false",
    "accept: [{check: jump, why: 改革}]",
    "notes: {proactive_total: 原表如此}",
];

fn edit() -> impl Strategy<Value = Edit> {
    let many = 0..1_000_usize;
    let mark = prop::option::of(0..4_u8);
    prop_oneof![
        4 => (many.clone(), many.clone(), 0..500_u16)
            .prop_map(|(report, line, value)| Edit::Figure { report, line, value }),
        2 => (many.clone(), many.clone()).prop_map(|(report, line)| Edit::Blank { report, line }),
        4 => (many.clone(), prop::sample::select(&TEXTS[..])).prop_map(|(report, text)| Edit::Text { report, text }),
        2 => (many.clone(), prop::sample::select(&HEADS[..])).prop_map(|(report, line)| Edit::Head { report, line }),
        1 => many.clone().prop_map(|report| Edit::RenameReport { report }),
        1 => many.clone().prop_map(|report| Edit::DeleteReport { report }),
        2 => (many.clone(), 2005..2030_u16).prop_map(|(agency, year)| Edit::AddReport { agency, year }),
        1 => many.clone().prop_map(|agency| Edit::RenameAgency { agency }),
        1 => many.clone().prop_map(|agency| Edit::AgencyText { agency }),
        1 => many.clone().prop_map(|agency| Edit::DeleteAgency { agency }),
        1 => many.clone().prop_map(|agency| Edit::MoveAgency { agency }),
        1 => many.prop_map(|region| Edit::MoveRegion { region }),
        1 => (0..4_u8).prop_map(|label| Edit::Form { label }),
        1 => mark.clone().prop_map(|mark| Edit::Template { mark }),
        1 => mark.prop_map(|mark| Edit::Word { mark }),
        1 => (0..4_u8).prop_map(|title| Edit::Settings { title }),
        1 => prop::sample::select(&TEXTS[..]).prop_map(|text| Edit::Home { text }),
        1 => any::<bool>().prop_map(|present| Edit::Asset { present }),
        1 => Just(Edit::Touch),
        1 => Just(Edit::SpoilOutput),
    ]
}

fn is_markdown(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "md")
}

/// The Markdown files of a site that are reports, or not.
fn files(root: &Path, are_reports: bool) -> Vec<PathBuf> {
    let names = tree(&root.join("content")).into_keys();
    let mut files: Vec<PathBuf> = names
        .filter(|name| is_markdown(name) && name.contains('/') && name.ends_with("_index.md") != are_reports)
        .map(|name| root.join("content").join(name))
        .collect();
    files.sort();
    files
}

fn places(root: &Path, kind: &str) -> Vec<PathBuf> {
    let is_kind = |file: &PathBuf| std::fs::read_to_string(file).unwrap().contains(kind);
    files(root, false).into_iter().filter(is_kind).map(|file| file.parent().unwrap().to_owned()).collect()
}

fn change(file: &Path, change: impl FnOnce(&str) -> String) {
    let text = std::fs::read_to_string(file).unwrap();
    std::fs::write(file, change(&text)).unwrap();
}

/// Exchanges what stands behind the colon of one of a report's figures.
fn set_figure(file: &Path, line: usize, value: &str) {
    change(file, |text| {
        let figures: Vec<usize> = text
            .lines()
            .enumerate()
            .filter(|(_, line)| line.starts_with("  ") && line.contains(':') && !line.contains('['))
            .map(|(at, _)| at)
            .collect();
        let chosen = figures.get(line % figures.len().max(1));
        let lines = text.lines().enumerate().map(|(at, line)| match line.split_once(':') {
            Some((key, _)) if Some(&at) == chosen => format!("{key}: {value}\n"),
            _ => format!("{line}\n"),
        });
        lines.collect()
    });
}

fn apply(site: &Site, edit: &Edit) {
    let root = site.root();
    let report = |at: usize| {
        let files = files(root, true);
        files.get(at % files.len().max(1)).cloned()
    };
    let place = |kind: &str, at: usize| {
        let places = places(root, kind);
        places.get(at % places.len().max(1)).cloned()
    };
    match edit {
        Edit::Figure { report: at, line, value } => {
            if let Some(file) = report(*at) {
                set_figure(&file, *line, &value.to_string());
            }
        }
        Edit::Blank { report: at, line } => {
            if let Some(file) = report(*at) {
                set_figure(&file, *line, "");
            }
        }
        Edit::Text { report: at, text } => {
            if let Some(file) = report(*at) {
                change(&file, |old| format!("{old}\n{text}"));
            }
        }
        Edit::Head { report: at, line } => report(*at).into_iter().for_each(|file| {
            change(&file, |old| old.replacen("statistics:\n", &format!("{line}\nstatistics:\n"), 1));
        }),
        Edit::RenameReport { report: at } => report(*at).into_iter().for_each(|file| {
            let stem = file.file_stem().unwrap().to_str().unwrap();
            std::fs::rename(&file, file.with_file_name(format!("{stem}b.md"))).unwrap();
        }),
        Edit::DeleteReport { report: at } => {
            if let Some(file) = report(*at) {
                std::fs::remove_file(&file).unwrap();
            }
        }
        Edit::AddReport { agency, year } => {
            let (Some(folder), Some(model)) = (place("kind: agency", *agency), report(0)) else { return };
            let text = std::fs::read_to_string(model).unwrap();
            let text = text.lines().filter(|line| !line.starts_with("period:"));
            let text = text.collect::<Vec<_>>().join("\n");
            std::fs::write(folder.join(format!("{year}.md")), text).unwrap();
        }
        Edit::RenameAgency { agency } => place("kind: agency", *agency).into_iter().for_each(|folder| {
            change(&folder.join("_index.md"), |old| old.replacen("name: ", "name: 新", 1));
        }),
        Edit::AgencyText { agency } => place("kind: agency", *agency).into_iter().for_each(|folder| {
            change(&folder.join("_index.md"), |old| format!("{old}\n新的介绍。\n"));
        }),
        Edit::DeleteAgency { agency } => place("kind: agency", *agency)
            .iter()
            .filter(|_| places(root, "kind: agency").len() > 1)
            .for_each(|folder| std::fs::remove_dir_all(folder).unwrap()),
        Edit::MoveAgency { agency } => {
            let (Some(from), Some(to)) = (place("kind: agency", *agency), place("kind: region", *agency))
            else {
                return;
            };
            let to = to.join(format!("{}m", from.file_name().unwrap().to_str().unwrap()));
            std::fs::rename(from, to).unwrap();
        }
        Edit::MoveRegion { region } => {
            let Some(from) = place("kind: region", *region) else { return };
            let to = root.join("content").join(format!("r{region}"));
            if !to.exists() {
                std::fs::rename(from, to).unwrap();
            }
        }
        Edit::Form { label } => site.write("content/_forms/own.yaml", own_form(*label).as_bytes()),
        Edit::Template { mark: Some(mark) } => {
            site.write("templates/report.html", own_template(*mark).as_bytes());
        }
        Edit::Template { mark: None } => drop(std::fs::remove_file(root.join("templates/report.html"))),
        Edit::Word { mark: Some(mark) } => {
            site.write("strings/zh-CN/own.ftl", format!("report-form = 表格{mark}\n").as_bytes());
        }
        Edit::Word { mark: None } => drop(std::fs::remove_file(root.join("strings/zh-CN/own.ftl"))),
        Edit::Settings { title } => change(&root.join("site.toml"), |old| {
            let rest = old.lines().skip(1).map(|line| format!("{line}\n"));
            std::iter::once(format!("title = \"门户{title}\"\n")).chain(rest).collect()
        }),
        Edit::Home { text } => {
            site.write("content/_index.md", format!("---\ntitle: 首页\n---\n{text}").as_bytes());
        }
        Edit::Asset { present: true } => {
            site.write("content/map.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        }
        Edit::Asset { present: false } => drop(std::fs::remove_file(root.join("content/map.svg"))),
        Edit::Touch => report(0).iter().for_each(|file| change(file, str::to_owned)),
        Edit::SpoilOutput => {
            let page = root.join("public/index.html");
            if page.is_file() {
                change(&page, |old| format!("{old}<!-- spoiled -->"));
            }
        }
    }
}

fn own_template(mark: u8) -> String {
    let heat = "{{ chart(series=\"requests_received\", kind=\"heat\") }}";
    format!("{{% extends \"default/report.html\" %}}{{% block cite %}}<p>{mark}</p>{heat}{{% endblock %}}")
}

fn own_form(label: u8) -> String {
    format!(
        "id: own\nextends: gb-2014\ntitle: {{zh: 本省表{label}}}\nsections:\n  - id: own\n    title: {{zh: 补充}}\n    \
         indicators:\n      - {{code: own_total, label: {{zh: 另{label}}}, unit: 件}}\n"
    )
}

fn build(site: &Site, output: &str, fresh: bool) -> Result<Built, Vec<&'static str>> {
    let mut timings = Timings::default();
    let project = build::open(site.root(), &Overrides::default(), &mut timings);
    let options = BuildOptions { output: Some(site.path(output)), fresh, ..BuildOptions::default() };
    build::build(project, &options, &mut timings, &|_, _| ()).map_err(|error| match error {
        BuildError::Content(faults) => faults.into_iter().map(|fault| fault.code).collect(),
        other => panic!("{other}"),
    })
}

/// Two provinces, three agencies, twenty-four reports.
fn sample() -> Site {
    let site = Site::empty();
    let (catalog, _) = load::catalog(&[]);
    let sample = SyntheticSite { reports: 24, form: catalog.find_form("zj-2012"), seed: 3 };
    let agencies = (0..sample.agencies()).flat_map(|at| sample.agency(at, &catalog));
    for file in sample.places().into_iter().chain(agencies) {
        site.write(&file.path, file.text.as_bytes());
    }
    site.file("content/r/_index.md", "---\nkind: region\nname: 别省\n---\n").file(
        "content/r/office/_index.md",
        "---\nkind: agency\nname: 别局\nlevel: city-department\n---\n简介。\n",
    )
}

/// The site's own files, with their bytes.
fn sources(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for folder in ["content", "templates", "strings"] {
        if site.path(folder).is_dir() {
            files.extend(
                tree(&site.path(folder)).into_iter().map(|(name, bytes)| (format!("{folder}/{name}"), bytes)),
            );
        }
    }
    files.insert("site.toml".into(), std::fs::read(site.path("site.toml")).unwrap());
    files
}

/// What a watcher would say of an edit.
fn changes(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> Changes {
    let names = before.keys().chain(after.keys().filter(|name| !before.contains_key(*name)));
    let changed = names.filter(|name| before.get(*name) != after.get(*name));
    Changes::Paths(changed.map(|name| name.as_str().into()).collect())
}

/// The files that a preview does not answer with the bytes of a build.
fn unlike(preview: &Preview, clean: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let Some(portal) = &preview.shown().portal else { return vec!["no portal".into()] };
    let is_unlike = |(path, bytes): &(&String, &Vec<u8>)| {
        portal.page(path).and_then(|page| page.bytes).is_none_or(|shown| *shown != ***bytes)
    };
    clean.iter().filter(is_unlike).map(|(path, _)| path.clone()).collect()
}

/// Forgets the way of a build that makes everything from nothing.
fn from_nothing(site: &Site) -> Result<Built, Vec<&'static str>> {
    let kept = site.path(".glasshouse/facts");
    let aside = site.path("facts-aside");
    let has_kept = std::fs::rename(&kept, &aside).is_ok();
    let built = build(site, "clean", true);
    let _ = std::fs::remove_file(&kept);
    if has_kept {
        std::fs::rename(&aside, &kept).unwrap();
    }
    built
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn after_any_edits_a_build_is_the_clean_build(edits in prop::collection::vec(edit(), 12)) {
        let site = sample();
        prop_assert!(build(&site, "public", false).is_ok());
        let mut preview = Preview::open(site.root(), Overrides::default(), &mut Timings::default());
        for edit in edits {
            let before = sources(&site);
            apply(&site, &edit);
            preview.refresh(&changes(&before, &sources(&site)), &mut Timings::default());
            let (built, clean) = (build(&site, "public", false), from_nothing(&site));
            match (built, clean) {
                (Ok(built), Ok(clean)) => {
                    prop_assert_eq!(built.pages, clean.pages);
                    let (public, clean) = (tree(&site.path("public")), tree(&site.path("clean")));
                    let differ: Vec<&String> =
                        public.keys().chain(clean.keys()).filter(|name| public.get(*name) != clean.get(*name)).collect();
                    prop_assert!(differ.is_empty(), "{edit:?}: {differ:?}");
                    let unlike = unlike(&preview, &clean);
                    prop_assert!(unlike.is_empty(), "the preview, {edit:?}: {unlike:?}");
                }
                (Err(built), Err(clean)) => {
                    prop_assert_eq!(built, clean, "after {:?}", edit);
                    // A wrong text is found where its page is made; of the edits only the home page can have one.
                    let home = preview.shown().portal.as_ref().and_then(|portal| portal.page("index.html"));
                    let is_home_wrong = home.is_some_and(|page| build::has_errors(&page.faults));
                    prop_assert!(preview.shown().has_errors() || is_home_wrong);
                    // What is wrong is mended, so that the next edits are seen.
                    break;
                }
                (built, clean) => prop_assert!(false, "{edit:?}: {:?} and {:?}", built.is_ok(), clean.is_ok()),
            }
        }
    }
}

#[test]
fn a_build_makes_only_what_has_changed() {
    let site = sample();
    let all = build(&site, "public", false).unwrap();
    assert_eq!(all.made, all.pages);
    assert_eq!(build(&site, "public", false).unwrap().made, 0);
    let report = files(site.root(), true).remove(3);
    change(&report, |old| format!("{old}\n又添一句。\n"));
    let built = build(&site, "public", false).unwrap();
    assert_eq!(built.made, 1);
    // The page, and the few files of the index that know its words.
    assert!((2..20).contains(&built.files.replaced), "{:?}", built.files);
    set_figure(&report, 5, "499");
    let built = build(&site, "public", false).unwrap();
    assert!(built.made > 1 && built.made < built.pages, "{} of {}", built.made, built.pages);
}

/// Six agencies of one level, each alone in its region, with one report each.
fn scattered() -> Site {
    let settings = "title = \"门户\"\n[levels]\noffice = {zh = \"局\"}\n";
    (0..6).fold(Site::empty().file("site.toml", settings), |site, at| {
        site.file(&format!("content/r{at}/_index.md"), &format!("---\nkind: region\nname: {at}省\n---\n"))
            .file(
                &format!("content/r{at}/a/_index.md"),
                &format!("---\nkind: agency\nname: {at}局\nlevel: office\n---\n"),
            )
            .report(&format!("content/r{at}/a/2012.md"), &format!("proactive_total: 1{at}"))
    })
}

#[test]
fn a_page_follows_peers_in_other_regions() {
    let site = scattered();
    build(&site, "public", false).unwrap();
    let page = || site.read("public/r0/a/2012/index.html").unwrap();
    let before = page();
    let site = site.report("content/r5/a/2012.md", "proactive_total: 3");
    build(&site, "public", false).unwrap();
    from_nothing(&site).unwrap();
    assert_eq!(differences(&site.path("public"), &site.path("clean")), [""; 0]);
    let after = site.read("public/r0/a/2012/index.html").unwrap();
    assert!(before != after, "the page compares six agencies");
}

#[test]
fn what_is_kept_is_not_trusted_when_damaged() {
    let site = sample();
    build(&site, "public", false).unwrap();
    let before = tree(&site.path("public"));
    for entry in std::fs::read_dir(site.path(".glasshouse")).unwrap() {
        let path = entry.unwrap().path();
        let mut bytes = std::fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x20;
        std::fs::write(&path, bytes).unwrap();
    }
    let built = build(&site, "public", false).unwrap();
    assert_eq!(built.made, built.pages);
    assert!(tree(&site.path("public")) == before);
}

#[test]
fn files_beside_the_content_are_looked_at_each_time() {
    let site = sample().file("content/a.txt", "one");
    for text in ["one", "two", "one"] {
        site.write("content/a.txt", text.as_bytes());
        build(&site, "public", false).unwrap();
        assert_eq!(site.read("public/a.txt").unwrap(), text);
    }
}

#[test]
fn what_was_read_again_is_kept_though_nothing_has_changed() {
    let site = sample();
    build(&site, "public", false).unwrap();
    let facts = || std::fs::read(site.path(".glasshouse/facts")).unwrap();
    let before = facts();
    let report = std::fs::File::options().write(true).open(files(site.root(), true).remove(3)).unwrap();
    report.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000)).unwrap();
    assert_eq!(build(&site, "public", false).unwrap().made, 0);
    assert!(facts() != before, "the report's new time is not known");
}

#[test]
fn an_address_in_the_settings_is_told_from_one_on_the_command_line() {
    let site = scattered();
    let settings = site.read("site.toml").unwrap();
    site.write("site.toml", format!("{settings}# ").as_bytes());
    let mut timings = Timings::default();
    let base_url = BaseUrl::parse("https://a.example/portal/").ok();
    let project = build::open(site.root(), &Overrides { base_url, drafts: false }, &mut timings);
    let options = BuildOptions { output: Some(site.path("public")), ..BuildOptions::default() };
    build::build(project, &options, &mut timings, &|_, _| ()).unwrap();
    site.write("site.toml", format!("{settings}# https://a.example/portal/").as_bytes());
    build(&site, "public", false).unwrap();
    from_nothing(&site).unwrap();
    assert_eq!(differences(&site.path("public"), &site.path("clean")), [""; 0]);
}
