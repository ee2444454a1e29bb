//! What a page is made with: the portal in its language, its key, and the plan it stands in.

use serde::Serialize;
use serde_json::Value;

use crate::base::diagnostic::Message;
use crate::plan::link_resolver::LinkResolver;
use crate::plan::{LetterIndex, PageKey, PageKind, Plan};

use super::chart::ChartView;
use super::local_portal::LocalPortal;
use super::locale::Locale;
use super::portal::Bodies;
use super::repository;
use super::shell::{Alternate, Head, Page};

/// Titles longer than this many characters do without the portal's name; browsers and search engines
/// would cut them.
const LONGEST_TITLE: usize = 70;

/// What a kind of page says; its template sees exactly this.
pub(crate) trait View: Serialize {
    /// The template it fills in.
    const TEMPLATE: &'static str;
    /// What the template calls it.
    const NAME: &'static str;
}

/// Where in a text or template a chart stands; `chart.html` calls it `page`.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct Slot<'a> {
    /// The level of the heading that the chart's title is.
    pub(crate) level: u8,
    /// The page's language, where the text is in another.
    pub(crate) lang: Option<&'a str>,
}

/// Writes a chart as HTML, for a place in a text. Templates are `render`'s; texts need only this of them.
pub(crate) type ChartTemplate<'a> = dyn Fn(&ChartView<'_>, Slot<'_>) -> Result<String, Message> + 'a;

/// What a page is made with.
pub(crate) struct PageContext<'r> {
    pub(crate) portal: LocalPortal<'r>,
    pub(crate) key: PageKey,
    pub(crate) plan: &'r Plan,
    /// The languages of the portal.
    pub(crate) locales: &'r [Locale],
    /// Where links between content files lead.
    pub(crate) links: &'r LinkResolver,
    /// Reads the page's text.
    pub(crate) bodies: &'r Bodies<'r>,
    pub(crate) chart_template: &'r ChartTemplate<'r>,
}

impl<'r> PageContext<'r> {
    /// Puts what stands around the content of the page together.
    pub(crate) fn page(&self, head: Head<'r>) -> Page<'r> {
        let portal = &self.portal;
        let site_title = portal.config.title.get(&portal.locale.lang);
        let title = if self.key.kind == PageKind::Home {
            site_title.to_owned()
        } else {
            let with_site = format!("{} · {site_title}", head.title);
            if with_site.chars().count() > LONGEST_TITLE { head.title.clone() } else { with_site }
        };
        let path = self.path();
        let canonical = portal.roots.absolute(&path).unwrap_or_default();
        let repository = portal.config.repository.as_deref();
        let place = if canonical.is_empty() { portal.roots.href(&path) } else { canonical.clone() };
        Page {
            source_url: repository.zip(head.file).map(|(root, file)| repository::source(root, file)),
            problem_url: repository.map(|root| repository::problem(root, &head.title, &place)),
            json_ld: head.json_ld.as_ref().map(script_safe).unwrap_or_default(),
            heading: head.title,
            title,
            description: head.description,
            canonical,
            alternates: self.alternates(),
            crumbs: head.crumbs,
            section: head.section,
            noindex: head.noindex,
        }
    }

    /// Returns where the page lies within the portal.
    pub(crate) fn path(&self) -> String {
        self.path_of(self.key)
    }

    /// Returns where another page lies within the portal.
    pub(crate) fn path_of(&self, key: PageKey) -> String {
        self.plan.path(self.portal.site, key)
    }

    /// Returns the page in every language of the portal; empty where there is only one.
    fn alternates(&self) -> Vec<Alternate<'r>> {
        if self.locales.len() < 2 {
            return Vec::new();
        }
        let alternate = |(at, locale): (usize, &'r Locale)| {
            // A letter of one language may have no agency in another.
            let kind = match self.key.kind {
                PageKind::Letter(..) if at != usize::from(self.key.lang) => PageKind::Agencies,
                kind => kind,
            };
            let path = self.path_of(PageKey { lang: at as u8, kind });
            Alternate {
                lang: locale.lang.tag(),
                name: locale.text("language-name"),
                url: self.portal.roots.href(&path),
                absolute: self.portal.roots.absolute(&path).unwrap_or_default(),
                current: at == usize::from(self.key.lang),
            }
        };
        self.locales.iter().enumerate().map(alternate).collect()
    }

    /// Returns the agencies by their first letter, in the page's language.
    pub(crate) fn letters(&self) -> &'r LetterIndex {
        &self.plan.letters[usize::from(self.key.lang)]
    }
}

/// Returns the title of a part of a list; the first part is called as the list.
pub(crate) fn part_title(portal: &LocalPortal<'_>, list: &str, part: u16) -> String {
    if part < 2 {
        return list.to_owned();
    }
    portal.say("part-of-list", &[("list", list.into()), ("part", usize::from(part).into())])
}

/// JSON that can stand in a script element: nothing in it ends the element.
fn script_safe(json: &Value) -> String {
    json.to_string().replace('<', "\\u003c")
}
