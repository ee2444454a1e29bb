//! What stands around the content of every page: menu, title, languages, the way to the page.

use serde::Serialize;
use serde_json::Value;

use crate::base::source::FilePath;
use crate::plan::SEARCH_FOLDER;

use super::components::Crumb;
use super::local_portal::LocalPortal;

/// The entries of the menu: id, string, path.
const MENU: [(&str, &str, &str); 6] = [
    ("agencies", "nav-agencies", "agencies/"),
    ("years", "nav-years", "years/"),
    ("indicators", "nav-indicators", "indicators/"),
    ("quality", "nav-quality", "quality/"),
    ("data", "nav-data", "data/"),
    ("search", "nav-search", "search/"),
];

/// What all pages of a language share. Templates call it `site`.
#[derive(Debug, Serialize)]
pub(crate) struct Shared<'a> {
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
    pub(crate) lang: &'a str,
    /// The home page.
    pub(crate) home: String,
    /// The menu.
    pub(crate) menu: Vec<MenuItem<'a>>,
    /// The feed of reports.
    pub(crate) feed: String,
    /// Whether there is a feed: it needs the portal's whole address.
    pub(crate) has_feed: bool,
    /// The site's repository.
    pub(crate) repository: Option<&'a str>,
    /// The licence of the data.
    pub(crate) license: Option<LicenseView<'a>>,
    /// The search page; `None` where there is no search.
    pub(crate) search: Option<String>,
    /// Whatever `site.toml` has under `[extra]`.
    pub(crate) extra: &'a serde_json::Map<String, serde_json::Value>,
}

/// A licence.
#[derive(Debug, Serialize)]
pub(crate) struct LicenseView<'a> {
    pub(crate) name: &'a str,
    pub(crate) url: Option<&'a str>,
}

/// An entry of the menu.
#[derive(Debug, Serialize)]
pub(crate) struct MenuItem<'a> {
    /// Its id: `years`.
    pub(crate) id: &'a str,
    pub(crate) name: &'a str,
    pub(crate) url: String,
}

/// What all pages of a language share.
pub(crate) fn shared<'a>(portal: &LocalPortal<'a>) -> Shared<'a> {
    let item = |(id, name, path): (&'static str, &'static str, &str)| MenuItem {
        id,
        name: portal.word(name),
        url: portal.links().page(path),
    };
    let entries = MENU.into_iter().filter(|(id, ..)| portal.config.search || *id != "search");
    let mut menu: Vec<MenuItem<'a>> = entries.map(item).collect();
    if portal.site.pages.iter().any(|page| &*page.path == "about") {
        menu.push(item(("about", "nav-about", "about/")));
    }
    Shared {
        title: portal.config.title.get(&portal.locale.lang),
        description: portal.config.description.get(&portal.locale.lang),
        lang: portal.locale.lang.tag(),
        home: portal.links().page(""),
        menu,
        feed: portal.links().page("feed.xml"),
        has_feed: !portal.roots.origin.is_empty(),
        repository: portal.config.repository.as_deref(),
        license: portal.config.license.as_ref().map(|license| LicenseView {
            name: license.name.get(&portal.locale.lang),
            url: license.url.as_deref(),
        }),
        search: portal.config.search.then(|| portal.links().page(SEARCH_FOLDER)),
        extra: &portal.config.extra,
    }
}

/// What every page has. Templates call it `page`.
#[derive(Debug, Serialize)]
pub(crate) struct Page<'a> {
    /// What it is about, as its own heading says it.
    pub(crate) heading: String,
    /// The title in the window and in search results, unique in the portal.
    pub(crate) title: String,
    /// A sentence about it.
    pub(crate) description: String,
    /// Its whole address.
    pub(crate) canonical: String,
    /// The same page in every language of the portal.
    pub(crate) alternates: Vec<Alternate<'a>>,
    /// The way to it.
    pub(crate) crumbs: Vec<Crumb<'a>>,
    /// The entry of the menu it belongs to.
    pub(crate) section: &'static str,
    /// Whether search engines should leave it out.
    pub(crate) noindex: bool,
    /// The content file it shows, in the repository; `None` where none is known.
    pub(crate) source_url: Option<String>,
    /// Where a mistake in it is reported; `None` without a repository.
    pub(crate) problem_url: Option<String>,
    /// What it says to machines: JSON-LD, safe in a script element; empty where nothing.
    pub(crate) json_ld: String,
}

/// A page of the same portal in another language, or this one.
#[derive(Debug, Serialize)]
pub(crate) struct Alternate<'a> {
    /// The language's tag.
    pub(crate) lang: &'a str,
    /// The language in its own words.
    pub(crate) name: &'a str,
    /// The page, from the host's root.
    pub(crate) url: String,
    /// The page's whole address.
    pub(crate) absolute: String,
    /// Whether it is the page itself.
    pub(crate) current: bool,
}

/// What a page is called and where it stands.
pub(crate) struct Head<'a> {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) crumbs: Vec<Crumb<'a>>,
    pub(crate) section: &'static str,
    pub(crate) noindex: bool,
    /// The content file it shows.
    pub(crate) file: Option<&'a FilePath>,
    /// What it says to machines, as JSON-LD.
    pub(crate) json_ld: Option<Value>,
}

impl<'a> Head<'a> {
    pub(crate) fn new(title: impl Into<String>, crumbs: Vec<Crumb<'a>>, section: &'static str) -> Self {
        Self {
            title: title.into(),
            description: String::new(),
            crumbs,
            section,
            noindex: false,
            file: None,
            json_ld: None,
        }
    }

    pub(crate) fn from(self, file: &'a FilePath) -> Self {
        Self { file: Some(file), ..self }
    }

    pub(crate) fn described(self, description: impl Into<String>) -> Self {
        Self { description: description.into(), ..self }
    }
}
