//! A new site: settings, a home page, one agency that is plainly an example, and what a repository
//! needs around it.

use crate::base::text::Lang;
use crate::form::{self, Catalog};

/// A file of a new site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFile {
    /// Its path in the site's folder.
    pub path: &'static str,
    /// Its text.
    pub text: String,
}

const COMMON: &[(&str, &str)] = &[
    (".gitignore", include_str!("files/gitignore")),
    (".editorconfig", include_str!("files/editorconfig")),
    (".github/workflows/pages.yml", include_str!("files/pages.yml")),
    (".gitlab-ci.yml", include_str!("files/gitlab-ci.yml")),
    (".vscode/extensions.json", include_str!("files/extensions.json")),
    (".vscode/settings.json", include_str!("files/settings.json")),
];

const CHINESE: &[(&str, &str)] = &[
    ("site.toml", include_str!("files/zh/site.toml")),
    ("README.md", include_str!("files/zh/README.md")),
    ("content/_index.md", include_str!("files/zh/home.md")),
    ("content/about.md", include_str!("files/zh/about.md")),
    ("content/example/_index.md", include_str!("files/zh/region.md")),
    ("content/example/office/_index.md", include_str!("files/zh/agency.md")),
    ("content/example/office/2023.md", include_str!("files/zh/2023.md")),
    ("content/example/office/2024.md", include_str!("files/zh/2024.md")),
];

const ENGLISH: &[(&str, &str)] = &[
    ("site.toml", include_str!("files/en/site.toml")),
    ("README.md", include_str!("files/en/README.md")),
    ("content/_index.md", include_str!("files/en/home.md")),
    ("content/about.md", include_str!("files/en/about.md")),
    ("content/_forms/example.yaml", include_str!("files/en/form.yaml")),
    ("content/example/_index.md", include_str!("files/en/region.md")),
    ("content/example/office/_index.md", include_str!("files/en/agency.md")),
    ("content/example/office/2023.md", include_str!("files/en/2023.md")),
    ("content/example/office/2024.md", include_str!("files/en/2024.md")),
];

/// Every file of a new site in a language.
pub fn site(lang: &Lang, catalog: &Catalog) -> Vec<SiteFile> {
    let own = if lang.is_chinese() { CHINESE } else { ENGLISH };
    let text = |text: &str| text.replace("@version@", env!("CARGO_PKG_VERSION"));
    let files = COMMON.iter().chain(own).map(|(path, file)| SiteFile { path, text: text(file) });
    let mut files: Vec<SiteFile> = files.collect();
    let schema = format!("{:#}\n", form::schema_of_all(catalog, lang));
    files.push(SiteFile { path: ".vscode/report.schema.json", text: schema });
    files.sort_by_key(|file| file.path);
    files
}
