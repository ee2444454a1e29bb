//! Made-up sites of any size, for trying the scale: the same seed gives the same files.
//!
//! Provinces hold cities, cities hold agencies, each agency reports year by year on the form of the
//! time. Figures keep most rules of their form, some reports break one, some cells are blank.

mod dice;
mod figures;
mod prose;

use std::fmt::Write as _;

use crate::form::{Catalog, Form, FormIx};

use dice::Dice;

/// The years that a sample covers.
const YEARS: std::ops::RangeInclusive<i16> = 2009..=2024;
const AGENCIES_A_CITY: u64 = 25;
const CITIES_A_PROVINCE: u64 = 10;

/// How large a sample is, and which.
#[derive(Clone, Debug)]
pub struct Sample {
    /// How many reports.
    pub reports: u64,
    /// The form of all reports; `None` for the form of each year.
    pub form: Option<FormIx>,
    /// Two seeds give two sites.
    pub seed: u64,
}

/// A file of a sample: its path in the site's folder, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleFile {
    /// Relative to the site's folder, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl Sample {
    fn years() -> u64 {
        YEARS.count() as u64
    }

    /// How many agencies it takes.
    pub fn agencies(&self) -> u64 {
        self.reports.div_ceil(Self::years())
    }

    /// The settings and the folders above the agencies.
    pub fn places(&self) -> Vec<SampleFile> {
        let mut files = vec![SampleFile { path: "site.toml".into(), text: SETTINGS.into() }];
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

    /// An agency with its reports; `at` counts from 0 to [`Self::agencies`].
    pub fn agency(&self, at: u64, catalog: &Catalog) -> Vec<SampleFile> {
        let mut dice = Dice::new(self.seed ^ at.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let city = at / AGENCIES_A_CITY;
        let name = format!("{}{}", prose::place(city, "市"), prose::bureau(at % AGENCIES_A_CITY));
        let path = format!("{}/a{:02}", city_path(city), at % AGENCIES_A_CITY);
        let head = format!("kind: agency\nname: {name}\nlevel: city-department\n");
        let mut files = vec![folder(&path, &head)];
        let mut before = None;
        for year in YEARS.take((self.reports - at * Self::years()).min(Self::years()) as usize) {
            let form = self.form.map(|ix| &catalog[ix]).or_else(|| form_of(year, catalog));
            let Some(form) = form else { continue };
            let known = before.as_ref().filter(|(id, _)| *id == form.id).map(|(_, figures)| figures);
            let figures = figures::figures(form, known, &mut dice);
            let mut text = format!(
                "---\ntitle: {name}{year}年政府信息公开工作年度报告\nform: {}\nperiod: {year}\npublished: {}-01-{:02}\nstatistics:\n",
                form.id,
                year + 1,
                dice.below(30) + 1,
            );
            figures::write(form, &figures, &mut text);
            text.push_str("---\n\n");
            prose::report(&name, year, &mut dice, &mut text);
            files.push(SampleFile { path: format!("content/{path}/{year}.md"), text });
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

fn folder(path: &str, head: &str) -> SampleFile {
    let mut text = String::new();
    let _ = write!(text, "---\n{head}---\n");
    SampleFile { path: format!("content/{path}/_index.md"), text }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load;

    #[test]
    fn a_sample_has_as_many_reports_as_asked_for_and_is_the_same_each_time() {
        let (catalog, _) = load::catalog(&[]);
        let sample = Sample { reports: 37, form: None, seed: 7 };
        let all = || -> Vec<SampleFile> {
            let agencies = (0..sample.agencies()).flat_map(|at| sample.agency(at, &catalog));
            sample.places().into_iter().chain(agencies).collect()
        };
        let files = all();
        let reports = files.iter().filter(|file| file.text.contains("\nstatistics:\n")).count();
        assert_eq!(reports, 37);
        assert_eq!(files, all());
        let other: Vec<SampleFile> = Sample { seed: 8, ..sample.clone() }.agency(0, &catalog);
        assert_ne!(other, sample.agency(0, &catalog));
    }
}
