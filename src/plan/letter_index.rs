//! The agencies by the first letter of their names; Chinese names by their pinyin.

use std::collections::BTreeMap;

use crate::base::collate;
use crate::base::text::Lang;
use crate::model::{Agency, AgencyId, Site};

use super::paging;

/// Stands for the first letter of names that do not begin with a letter.
const OTHER: u8 = b'#';

/// The agencies of a site by first letter, in the order of one language.
#[derive(Debug, Default)]
pub(crate) struct LetterIndex(Vec<(u8, Vec<AgencyId>)>);

impl LetterIndex {
    /// Sorts a site's agencies by their names in a language.
    pub(crate) fn new(site: &Site, lang: &Lang) -> Self {
        let key =
            |(at, agency): (usize, &Agency)| (collate::sort_key(agency.name.get(lang)), AgencyId(at as u32));
        let mut agencies: Vec<(String, AgencyId)> = site.agencies.iter().enumerate().map(key).collect();
        agencies.sort_unstable();
        // Names without a letter come last.
        let mut groups: BTreeMap<(bool, u8), Vec<AgencyId>> = BTreeMap::new();
        for (key, id) in agencies {
            let letter = u8::try_from(collate::initial(&key)).unwrap_or(OTHER);
            groups.entry((letter == OTHER, letter)).or_default().push(id);
        }
        Self(groups.into_iter().map(|((_, letter), agencies)| (letter, agencies)).collect())
    }

    /// Returns each letter with its agencies.
    pub(crate) fn groups(&self) -> &[(u8, Vec<AgencyId>)] {
        &self.0
    }

    /// Returns the agencies of a letter.
    pub(crate) fn of(&self, letter: u8) -> &[AgencyId] {
        self.0.iter().find(|(known, _)| *known == letter).map_or(&[], |(_, agencies)| agencies)
    }

    /// Returns whether all fit on one page.
    pub(crate) fn are_few(&self) -> bool {
        self.0.iter().map(|(_, agencies)| agencies.len()).sum::<usize>() <= 2 * paging::PART
    }

    /// Returns the pages of the letters, as letter and part; none if one page lists all agencies.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (u8, u16)> + '_ {
        let groups = if self.are_few() { &[] } else { self.groups() };
        groups.iter().flat_map(|(letter, agencies)| {
            (1..=paging::parts(agencies.len())).map(move |part| (*letter, part))
        })
    }
}

/// Returns a letter as it is in addresses: `c`, `other`.
pub(crate) fn slug(letter: u8) -> String {
    if letter == OTHER { "other".into() } else { char::from(letter).to_ascii_lowercase().to_string() }
}
