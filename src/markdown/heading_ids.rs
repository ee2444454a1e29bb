//! Ids of headings and footnotes.

use std::collections::{BTreeMap, BTreeSet};

/// The longest id made from a heading's text, in characters.
const LONGEST: usize = 64;

/// The ids of a document; each is given once.
#[derive(Default)]
pub(super) struct Ids {
    used: BTreeSet<String>,
    /// Ids that headings of the text ask for.
    reserved: BTreeSet<String>,
    /// The next number to try behind an id that was taken.
    next: BTreeMap<String, usize>,
}

impl Ids {
    /// Starts with the ids of the page around the text, and reserves those that the text itself
    /// names by `{#id}`.
    pub(super) fn of(text: &str, taken: &[&str]) -> Self {
        let explicit = text.match_indices('{').filter_map(|(at, _)| {
            let rest = text.get(at..)?.strip_prefix("{#")?;
            let mut start = rest.char_indices().take(LONGEST + 1);
            let (end, _) = start.find(|(_, c)| *c == '}' || c.is_whitespace())?;
            Some(cleaned(rest.get(..end)?))
        });
        Self {
            used: taken.iter().map(|id| (*id).to_owned()).collect(),
            reserved: explicit.collect(),
            next: BTreeMap::new(),
        }
    }

    /// Whether something in the document has the id.
    pub(super) fn holds(&self, id: &str) -> bool {
        self.used.contains(id)
    }

    /// Takes the id that a heading asks for; `Err` with another one if it is taken or malformed.
    pub(super) fn take(&mut self, id: &str) -> Result<String, String> {
        let clean = cleaned(id);
        if clean == id && !clean.is_empty() && self.used.insert(clean.clone()) {
            return Ok(clean);
        }
        Err(self.make(&clean))
    }

    /// Takes an id made from a text: its letters and digits, joined by single hyphens.
    pub(super) fn make(&mut self, text: &str) -> String {
        let mut base = slug(text);
        if base.is_empty() {
            base.push_str("section");
        }
        let free = |id: &String| !self.used.contains(id) && !self.reserved.contains(id);
        let id = if free(&base) {
            base
        } else {
            let next = self.next.entry(base.clone()).or_insert(2);
            loop {
                let id = format!("{base}-{next}");
                *next += 1;
                if free(&id) {
                    break id;
                }
            }
        };
        self.used.insert(id.clone());
        id
    }

    /// Takes an id that no heading can have.
    pub(super) fn insert(&mut self, id: String) {
        self.used.insert(id);
    }
}

/// Lower-cases a text and replaces everything but letters and digits by single hyphens.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    let mut length = 0;
    let mut hyphen = false;
    for c in text.chars() {
        if !c.is_alphanumeric() {
            hyphen = length > 0;
            continue;
        }
        if length >= LONGEST {
            break;
        }
        if hyphen {
            slug.push('-');
            hyphen = false;
        }
        slug.extend(c.to_lowercase());
        length += 1;
    }
    slug
}

/// Keeps what can stand in an address: no spaces, no quotes.
fn cleaned(id: &str) -> String {
    id.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ids_keep_chinese_and_are_unique() {
        let mut ids = Ids::of("## x {#概述}\n", &["main"]);
        assert_eq!(ids.make("一、概述"), "一-概述");
        assert_eq!(ids.make("一、概述 "), "一-概述-2");
        assert_eq!(ids.make("概述"), "概述-2");
        assert_eq!(ids.take("概述"), Ok("概述".into()));
        assert_eq!(ids.take("概述"), Err("概述-3".into()));
        assert_eq!(ids.make("Main!"), "main-2");
        assert_eq!(ids.make("——"), "section");
        assert_eq!(ids.make("2012年 Annual  Report"), "2012年-annual-report");
        assert_eq!(ids.make(&"长".repeat(1000)).chars().count(), LONGEST);
    }

    #[test]
    fn an_id_that_is_none_becomes_one() {
        let mut ids = Ids::default();
        assert_eq!(ids.take("a\"b"), Err("ab".into()));
        assert_eq!(ids.take("fn:1"), Err("fn1".into()));
        assert_eq!(ids.take(""), Err("section".into()));
    }

    proptest! {
        #[test]
        fn ids_never_repeat(texts in proptest::collection::vec("[aA-b 甲2]{0,4}", 0..30)) {
            let mut ids = Ids::default();
            let mut seen = BTreeSet::new();
            for text in texts {
                let id = match ids.take(&text) {
                    Ok(id) | Err(id) => id,
                };
                prop_assert!(seen.insert(id));
            }
        }
    }
}
