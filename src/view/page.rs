//! The context a page is made in, and the trait of its views.

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
use super::shell::{Alternate, Head, PageShell};

/// Titles longer than this many characters do without the portal's name; browsers and search engines
/// would cut them.
const LONGEST_TITLE: usize = 70;

/// The content of a kind of page. Its template sees this and nothing else of the site.
pub(crate) trait View: Serialize {
    /// The file name of the template.
    const TEMPLATE: &'static str;
    /// The name of the view in the template.
    const NAME: &'static str;
}

/// The place of a chart in a text or template; `chart.html` calls it `page`.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct Slot<'a> {
    /// The heading level of the chart's title.
    pub(crate) level: u8,
    /// The language of the page, if the surrounding text is in another.
    pub(crate) lang: Option<&'a str>,
}

/// Writes a chart as HTML. A function, so that texts can hold charts without knowing the template engine.
pub(crate) type ChartTemplate<'a> = dyn Fn(&ChartView<'_>, Slot<'_>) -> Result<String, Message> + 'a;

/// Everything a page is made from.
pub(crate) struct PageContext<'r> {
    pub(crate) portal: LocalPortal<'r>,
    pub(crate) key: PageKey,
    pub(crate) plan: &'r Plan,
    /// The languages of the portal.
    pub(crate) locales: &'r [Locale],
    /// Resolves links between content files.
    pub(crate) links: &'r LinkResolver,
    /// Reads the page's text.
    pub(crate) bodies: &'r Bodies<'r>,
    pub(crate) chart_template: &'r ChartTemplate<'r>,
}

impl<'r> PageContext<'r> {
    /// Returns everything around the content of the page.
    pub(crate) fn page(&self, head: Head<'r>) -> PageShell<'r> {
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
        PageShell {
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

    /// Returns the path of the page within the portal.
    pub(crate) fn path(&self) -> String {
        self.path_of(self.key)
    }

    /// Returns the path of another page within the portal.
    pub(crate) fn path_of(&self, key: PageKey) -> String {
        self.plan.path(self.portal.site, key)
    }

    /// Returns the page in every language of the portal; empty if there is only one.
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

/// Returns the title of a part of a list. The first part has the title of the list.
pub(crate) fn part_title(portal: &LocalPortal<'_>, list: &str, part: u16) -> String {
    if part < 2 {
        return list.to_owned();
    }
    portal.say("part-of-list", &[("list", list.into()), ("part", usize::from(part).into())])
}

/// Writes JSON for a script element: escapes `<`, so that nothing in it ends the element.
fn script_safe(json: &Value) -> String {
    json.to_string().replace('<', "\\u003c")
}
