//! Synthetic sites of any size: the same seed gives the same files.
//!
//! Provinces hold cities, cities hold agencies, each agency reports year by year on the form of the
//! time. Figures keep most rules of their form, some reports break one, some cells are blank.

mod figures;
mod prose;
mod random;

use std::fmt::Write as _;

use glasshouse::form::{Catalog, Form, FormIx};

use random::Random;

/// The years that agencies report on.
const YEARS: std::ops::RangeInclusive<i16> = 2009..=2024;
const AGENCIES_A_CITY: u64 = 25;
const CITIES_A_PROVINCE: u64 = 10;

/// A synthetic site.
#[derive(Clone, Debug)]
pub(crate) struct SyntheticSite {
    pub(crate) reports: u64,
    /// The form of all reports; `None` for the form of each year.
    pub(crate) form: Option<FormIx>,
    pub(crate) seed: u64,
}

/// A file of a synthetic site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SourceFile {
    /// Relative to the site's folder, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl SyntheticSite {
    fn years() -> u64 {
        YEARS.count() as u64
    }

    /// The number of agencies.
    pub(crate) fn agencies(&self) -> u64 {
        self.reports.div_ceil(Self::years())
    }

    /// Returns the settings, and the folders above the agencies.
    pub(crate) fn places(&self) -> Vec<SourceFile> {
        let mut files = vec![SourceFile { path: "site.toml".into(), text: SETTINGS.into() }];
        let cities = self.agencies().div_ceil(AGENCIES_A_CITY);
        for province in 0..cities.div_ceil(CITIES_A_PROVINCE) {
            let name = prose::place(province, "省");
            files.push(folder(&province_path(province), &format!("kind: region\nname: {name}\n")));
        }
        for city in 0..cities {
            let name = prose::place(city, "市");
            files.push(folder(&city_path(city), &format!("kind: region\nname: {name}\n")));
        }
        files
    }

    /// Returns an agency with its reports; `at` counts from 0 to [`Self::agencies`].
    pub(crate) fn agency(&self, at: u64, catalog: &Catalog) -> Vec<SourceFile> {
        let mut random = Random::new(self.seed ^ at.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let city = at / AGENCIES_A_CITY;
        let name = format!("{}{}", prose::place(city, "市"), prose::bureau(at % AGENCIES_A_CITY));
        let path = format!("{}/a{:02}", city_path(city), at % AGENCIES_A_CITY);
        let head = format!("kind: agency\nname: {name}\nlevel: city-department\n");
        let mut files = vec![folder(&path, &head)];
        let mut before = None;
        for year in YEARS.take((self.reports - at * Self::years()).min(Self::years()) as usize) {
            let form = self.form.and_then(|ix| catalog.form(ix)).or_else(|| form_of(year, catalog));
            let Some(form) = form else { continue };
            let known = before.as_ref().filter(|(id, _)| *id == form.id).map(|(_, figures)| figures);
            let figures = figures::figures(form, known, &mut random);
            let mut text = format!(
                "---\ntitle: {name}{year}年政府信息公开工作年度报告\nform: {}\nperiod: {year}\npublished: {}-01-{:02}\nstatistics:\n",
                form.id,
                year + 1,
                random.below(30) + 1,
            );
            figures::write(form, &figures, &mut text);
            text.push_str("---\n\n");
            prose::report(&name, year, &mut random, &mut text);
            files.push(SourceFile { path: format!("content/{path}/{year}.md"), text });
            before = Some((form.id.clone(), figures));
        }
        files
    }
}

const SETTINGS: &str = "\
title = \"样例门户\"
base_url = \"https://example.org/\"

[levels]
city-department = { zh = \"市级部门\", en = \"City department\" }
";

fn province_path(province: u64) -> String {
    format!("p{province:03}")
}

fn city_path(city: u64) -> String {
    format!("{}/c{city:04}", province_path(city / CITIES_A_PROVINCE))
}

fn folder(path: &str, head: &str) -> SourceFile {
    let mut text = String::new();
    let _ = write!(text, "---\n{head}---\n");
    SourceFile { path: format!("content/{path}/_index.md"), text }
}

/// The newest of the forms in use that names the year it began in.
fn form_of(year: i16, catalog: &Catalog) -> Option<&Form> {
    let in_use = catalog.forms.iter().filter(|form| {
        let (from, to) = form.years;
        form.title.iter().any(|(lang, _)| lang == "zh")
            && from.is_some_and(|from| from <= year)
            && to.is_none_or(|to| year <= to)
            && form.figures().next().is_some()
    });
    in_use.max_by_key(|form| form.years.0)
}
