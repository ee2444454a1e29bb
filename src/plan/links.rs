//! The addresses of pages.

use crate::base::percent;
use crate::config::BaseUrl;
use crate::form::{Form, Series};
use crate::model::{Agency, Region, Report, Site};

/// The address at which the portal is published.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roots {
    /// Scheme and host: `https://example.org`; empty if none is configured.
    pub(crate) origin: Box<str>,
    /// The path without a trailing slash: `/portal`, or empty.
    pub(crate) base: Box<str>,
}

impl Roots {
    /// Splits a base address.
    pub(crate) fn new(base_url: &BaseUrl) -> Self {
        Self {
            origin: base_url.origin().unwrap_or("").into(),
            base: base_url.path().trim_end_matches('/').into(),
        }
    }

    /// Returns the address of a path of the portal, from the root of the host: `/portal/data/figures.csv`.
    pub(crate) fn href(&self, path: &str) -> String {
        format!("{}/{}", self.base, percent::path(path))
    }

    /// Returns the absolute address of a path of the portal; `None` if the host is unknown.
    pub(crate) fn absolute(&self, path: &str) -> Option<String> {
        (!self.origin.is_empty()).then(|| format!("{}{}", self.origin, self.href(path)))
    }
}

/// The addresses of one language's pages.
#[derive(Clone, Copy)]
pub(crate) struct PageLinks<'a> {
    pub(crate) roots: &'a Roots,
    /// The folder of the language's pages: `en/`, or empty.
    pub(crate) prefix: &'a str,
    pub(crate) site: &'a Site,
}

impl PageLinks<'_> {
    /// Returns the address of a page from its path without the language: `years/2012/`; empty for the home page.
    pub(crate) fn page(&self, path: &str) -> String {
        self.roots.href(&format!("{}{path}", self.prefix))
    }

    pub(crate) fn region(&self, region: &Region) -> String {
        self.page(&format!("{}/", region.path))
    }

    pub(crate) fn agency(&self, agency: &Agency) -> String {
        self.page(&format!("{}/", agency.path))
    }

    pub(crate) fn report(&self, report: &Report) -> String {
        self.page(&report_path(self.site, report))
    }

    pub(crate) fn year(&self, year: i16) -> String {
        self.page(&format!("years/{year}/"))
    }

    pub(crate) fn indicator(&self, series: &Series) -> String {
        self.page(&format!("indicators/{}/", series.id))
    }

    pub(crate) fn form(&self, form: &Form) -> String {
        self.page(&format!("forms/{}/", form.id))
    }
}

/// Returns the path of a report's page without the language: `zhejiang/…/xincheng/2012/`.
pub(crate) fn report_path(site: &Site, report: &Report) -> String {
    let agency = &site[report.agency].path;
    format!("{agency}/{}/", report.slug)
}

/// Returns the path of a report's data, the same in all languages: `zhejiang/office/2012/report.json`.
pub(crate) fn report_data_path(site: &Site, report: &Report) -> String {
    format!("{}report.json", report_path(site, report))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_only_what_they_may() {
        let roots = Roots::new(&BaseUrl::parse("https://example.org/p").unwrap());
        assert_eq!(roots.href("浙江/2012/"), "/p/%E6%B5%99%E6%B1%9F/2012/");
        assert_eq!(roots.absolute("").as_deref(), Some("https://example.org/p/"));
        assert_eq!(Roots::new(&BaseUrl::default()).absolute("a/"), None);
        assert_eq!(roots.href("a b?#%"), "/p/a%20b%3F%23%25");
    }
}
