//! Finds the agencies of a site by the names in a document.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::import::label_key;
use crate::model::{AgencyId, Site};

/// The agencies of a site by every name they are known under.
pub(crate) struct Agencies<'s> {
    site: &'s Site,
    by_name: FxHashMap<String, Vec<AgencyId>>,
}

/// The agency that names belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AgencyMatch {
    /// One agency, by its path.
    One(String),
    /// Several, by their paths.
    Several(Vec<String>),
    Unknown,
}

impl<'s> Agencies<'s> {
    pub(crate) fn new(site: &'s Site) -> Self {
        let mut by_name: FxHashMap<String, Vec<AgencyId>> = FxHashMap::default();
        for (at, agency) in site.agencies.iter().enumerate() {
            let names = agency.name.iter().chain(agency.short_name.iter()).map(|(_, name)| name);
            for name in names.chain(agency.other_names.iter().map(|name| &**name)) {
                let known = by_name.entry(label_key::full_key(name)).or_default();
                let id = AgencyId(at as u32);
                if !known.contains(&id) {
                    known.push(id);
                }
            }
        }
        Self { site, by_name }
    }

    /// Returns the agency that all known ones of the names belong to. A name that several agencies
    /// share decides nothing if another one is unique.
    pub(crate) fn find<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> AgencyMatch {
        let mut unique: BTreeSet<AgencyId> = BTreeSet::new();
        let mut shared: BTreeSet<AgencyId> = BTreeSet::new();
        for name in names {
            match self.by_name.get(&label_key::full_key(name)).map(Vec::as_slice) {
                None | Some([]) => {}
                Some([one]) => {
                    unique.insert(*one);
                }
                Some(several) => shared.extend(several),
            }
        }
        let found = if unique.is_empty() { &shared } else { &unique };
        let mut paths = found.iter().map(|id| self.site[*id].path.to_string());
        match (paths.next(), found.len()) {
            (Some(path), 1) => AgencyMatch::One(path),
            (Some(path), _) => AgencyMatch::Several(std::iter::once(path).chain(paths).collect()),
            (None, _) => AgencyMatch::Unknown,
        }
    }
}

/// Makes a folder name for a new agency: its name in lower case, with hyphens in place of everything
/// but letters and digits. Chinese characters stay; choosing their reading is left to people.
pub(crate) fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in label_key::normalise(name).chars().flat_map(char::to_lowercase) {
        match c {
            '.' | '\'' | '’' => {}
            c if c.is_alphanumeric() => slug.push(c),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Agency, Body};

    fn agency(path: &str, name: &str, others: &[&str]) -> Agency {
        Agency {
            path: path.into(),
            region: None,
            name: name.into(),
            short_name: crate::base::text::Localized::default(),
            other_names: others.iter().map(|name| (*name).into()).collect(),
            sort_key: "".into(),
            level: None,
            parent: None,
            succeeds: Vec::new(),
            url: None,
            contact: None,
            reports: 0..0,
            aliases: Vec::new(),
            body: Body { file: "a".into(), offset: 0, is_empty: true },
        }
    }

    #[test]
    fn names_lead_to_one_agency() {
        let site = Site {
            agencies: vec![
                agency("a/edu", "甲县教育局", &["教育局"]),
                agency("b/edu", "乙县教育局", &["教育局"]),
                agency("b/area", "乙县县城新区管委会", &["县城新区"]),
            ],
            ..Site::default()
        };
        let agencies = Agencies::new(&site);
        let find = |names: &[&str]| agencies.find(names.iter().copied());
        assert_eq!(find(&["县城新区", "没有的"]), AgencyMatch::One("b/area".into()));
        assert_eq!(find(&["教育局"]), AgencyMatch::Several(vec!["a/edu".into(), "b/edu".into()]));
        assert_eq!(find(&["教育局", "乙县 教育局"]), AgencyMatch::One("b/edu".into()));
        assert_eq!(
            find(&["县城新区", "甲县教育局"]).clone(),
            AgencyMatch::Several(vec!["a/edu".into(), "b/area".into()])
        );
        assert_eq!(find(&["丙"]), AgencyMatch::Unknown);
    }

    #[test]
    fn slugs_are_addresses() {
        assert_eq!(slug("U.S. Election Assistance Commission"), "us-election-assistance-commission");
        assert_eq!(
            slug("Morris K. Udall & Stewart L. Udall Foundation"),
            "morris-k-udall-stewart-l-udall-foundation"
        );
        assert_eq!(slug("县城新区（管委会）"), "县城新区-管委会");
    }
}
