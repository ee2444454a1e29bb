//! Agencies by the letter their name begins with: pinyin for Chinese names, their own for others.

use crate::base::collate;
use crate::base::text::Lang;
use crate::model::{AgencyId, Site};

use super::paging;

/// The letter of names that begin with none.
const OTHER: u8 = b'#';

/// The agencies of a site in the reading order of one language.
#[derive(Debug, Default)]
pub(crate) struct LetterIndex(Vec<(u8, Vec<AgencyId>)>);

impl LetterIndex {
    /// Sorts a site's agencies by their names in a language.
    pub(crate) fn new(site: &Site, lang: &Lang) -> Self {
        let key = |(at, agency): (usize, &crate::model::Agency)| {
            (collate::sort_key(agency.name.get(lang)), AgencyId(at as u32))
        };
        let mut agencies: Vec<(String, AgencyId)> = site.agencies.iter().enumerate().map(key).collect();
        agencies.sort_unstable();
        let mut groups: Vec<(u8, Vec<AgencyId>)> = Vec::new();
        for (key, id) in agencies {
            let letter = u8::try_from(collate::initial(&key)).unwrap_or(OTHER);
            match groups.iter_mut().find(|(known, _)| *known == letter) {
                Some((_, agencies)) => agencies.push(id),
                None => groups.push((letter, vec![id])),
            }
        }
        // Names without a letter come last.
        groups.sort_by_key(|(letter, _)| (*letter == OTHER, *letter));
        Self(groups)
    }

    /// Each letter with its agencies.
    pub(crate) fn groups(&self) -> &[(u8, Vec<AgencyId>)] {
        &self.0
    }

    /// The agencies of a letter.
    pub(crate) fn of(&self, letter: u8) -> &[AgencyId] {
        self.0.iter().find(|(known, _)| *known == letter).map_or(&[], |(_, agencies)| agencies)
    }

    /// Whether all fit on one page.
    pub(crate) fn are_few(&self) -> bool {
        self.0.iter().map(|(_, agencies)| agencies.len()).sum::<usize>() <= 2 * paging::PART
    }

    /// The pages that the letters have beside the page of all: none where that page lists them all.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (u8, u16)> + '_ {
        let groups = if self.are_few() { &[] } else { self.groups() };
        groups.iter().flat_map(|(letter, agencies)| {
            (1..=paging::parts(agencies.len())).map(move |part| (*letter, part))
        })
    }
}

/// A letter in addresses: `c`, `other`.
pub(crate) fn slug(letter: u8) -> String {
    if letter == OTHER { "other".into() } else { char::from(letter).to_ascii_lowercase().to_string() }
}
