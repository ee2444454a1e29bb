//! What surrounds the content of every page: menu, title, languages, breadcrumbs.

use serde::Serialize;
use serde_json::Value;

use crate::base::source::FilePath;
use crate::plan::SEARCH_FOLDER;

use super::components::{Crumb, Phrase};
use super::local_portal::LocalPortal;

/// The entries of the menu: id, id of the name, path.
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
    /// The address of the home page.
    pub(crate) home: String,
    pub(crate) menu: Vec<MenuItem<'a>>,
    /// The address of the feed of reports.
    pub(crate) feed: String,
    /// Whether there is a feed; it needs the absolute address of the portal.
    pub(crate) has_feed: bool,
    /// The address of the site's repository.
    pub(crate) repository: Option<&'a str>,
    pub(crate) license: Option<LicenseView<'a>>,
    /// The address of the search page; `None` without search.
    pub(crate) search: Option<String>,
    /// The table `[extra]` of `site.toml`.
    pub(crate) extra: &'a serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Serialize)]
pub(crate) struct LicenseView<'a> {
    pub(crate) name: &'a str,
    pub(crate) url: Option<&'a str>,
}

#[derive(Debug, Serialize)]
pub(crate) struct MenuItem<'a> {
    pub(crate) id: &'a str,
    pub(crate) name: &'a str,
    pub(crate) url: String,
}

/// Returns what all pages of a language share.
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
pub(crate) struct PageShell<'a> {
    /// The heading at the top of the page.
    pub(crate) heading: String,
    /// The title for windows and search results, unique within the portal.
    pub(crate) title: String,
    pub(crate) description: String,
    /// The absolute address; empty if the host is unknown.
    pub(crate) canonical: String,
    /// The same page in every language of the portal.
    pub(crate) alternates: Vec<Alternate<'a>>,
    pub(crate) crumbs: Vec<Crumb<'a>>,
    /// The id of its entry in the menu.
    pub(crate) section: &'static str,
    /// Whether search engines should leave the page out.
    pub(crate) noindex: bool,
    /// The content file in the repository; `None` if there is none.
    pub(crate) source_url: Option<String>,
    /// The form for reporting a mistake; `None` without a repository.
    pub(crate) problem_url: Option<String>,
    /// JSON-LD, safe in a script element; may be empty.
    pub(crate) json_ld: String,
}

/// The page in one of the portal's languages.
#[derive(Debug, Serialize)]
pub(crate) struct Alternate<'a> {
    pub(crate) lang: &'a str,
    /// The name of the language in itself.
    pub(crate) name: &'a str,
    pub(crate) url: String,
    /// The absolute address; empty if the host is unknown.
    pub(crate) absolute: String,
    /// Whether it is this page.
    pub(crate) current: bool,
}

/// Title, description and position of a page, from which [`PageContext::page`](super::page::PageContext::page)
/// makes its [`PageShell`].
pub(crate) struct Head<'a> {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) crumbs: Vec<Crumb<'a>>,
    pub(crate) section: &'static str,
    pub(crate) noindex: bool,
    /// The content file that it shows.
    pub(crate) file: Option<&'a FilePath>,
    /// Structured data for search engines.
    pub(crate) json_ld: Option<Value>,
}

impl<'a> Head<'a> {
    /// Creates the head of a page. The last crumb is the page itself, so it leads nowhere.
    pub(crate) fn new(title: impl Into<String>, mut crumbs: Vec<Crumb<'a>>, section: &'static str) -> Self {
        if let Some(last) = crumbs.last_mut() {
            last.url = None;
        }
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

    /// Creates the head of one of the portal's lists. `name` is the id of the string that names it.
    pub(crate) fn of_list(
        portal: &LocalPortal<'a>,
        name: &'static str,
        path: &str,
        section: &'static str,
    ) -> Self {
        Self::new(portal.word(name), portal.list_crumbs(name, path), section)
    }

    /// Creates the head of a page below others, which the crumbs call `here`.
    pub(crate) fn below(
        mut parents: Vec<Crumb<'a>>,
        here: impl Into<Phrase<'a>>,
        title: impl Into<String>,
        section: &'static str,
    ) -> Self {
        parents.push(Crumb::here(here));
        Self::new(title, parents, section)
    }

    pub(crate) fn from(self, file: &'a FilePath) -> Self {
        Self { file: Some(file), ..self }
    }

    pub(crate) fn described(self, description: impl Into<String>) -> Self {
        Self { description: description.into(), ..self }
    }
}
