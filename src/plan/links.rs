//! Addresses: where each page lies, and how others point to it.

use crate::config::BaseUrl;
use crate::form::{Form, Series};
use crate::model::{Agency, Region, Report, Site};

/// Where the portal is published.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roots {
    /// Scheme and host: `https://example.org`; empty where none is configured.
    pub(crate) origin: Box<str>,
    /// The path below it, without a slash at its end: `/portal`, or empty.
    pub(crate) base: Box<str>,
}

impl Roots {
    /// Takes a base address apart.
    pub(crate) fn new(base_url: &BaseUrl) -> Self {
        Self {
            origin: base_url.origin().unwrap_or("").into(),
            base: base_url.path().trim_end_matches('/').into(),
        }
    }

    /// The address of a path of the portal, from the host's root: `/portal/data/figures.csv`.
    pub(crate) fn href(&self, path: &str) -> String {
        let mut href = String::with_capacity(self.base.len() + path.len() + 1);
        href.push_str(&self.base);
        href.push('/');
        encode(path, &mut href);
        href
    }

    /// The whole address of a path of the portal; `None` where the host is not known.
    pub(crate) fn absolute(&self, path: &str) -> Option<String> {
        (!self.origin.is_empty()).then(|| format!("{}{}", self.origin, self.href(path)))
    }
}

/// The addresses of one language's pages.
#[derive(Clone, Copy)]
pub(crate) struct Links<'a> {
    /// Where the portal is published.
    pub(crate) roots: &'a Roots,
    /// The folder of the language's pages.
    pub(crate) prefix: &'a str,
    /// What the pages are about.
    pub(crate) site: &'a Site,
}

impl Links<'_> {
    /// A page by its path without the language: `years/2012/`; empty for the home page.
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

/// The path of a report's page without the language: `zhejiang/…/xincheng/2012/`.
pub(crate) fn report_path(site: &Site, report: &Report) -> String {
    let agency = &site[report.agency].path;
    format!("{agency}/{}/", report.slug)
}

/// The path of a report's data, the same for all languages: `zhejiang/office/2012/report.json`.
pub(crate) fn report_data_path(site: &Site, report: &Report) -> String {
    format!("{}report.json", report_path(site, report))
}

/// Percent-encodes what may not stand in the path of an address.
fn encode(path: &str, into: &mut String) {
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) {
            into.push(char::from(byte));
        } else {
            into.push('%');
            for nibble in [byte >> 4, byte & 15] {
                into.extend(char::from_digit(u32::from(nibble), 16).map(|digit| digit.to_ascii_uppercase()));
            }
        }
    }
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
