//! The values that documents have in each facet, and how clients read them: few in `meta.json`, many in
//! files of their own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::document::{Document, FACETS, FacetValue};
use super::format::{FacetMeta, VALUES};
use super::stored_fields::StoredFieldsWriter;

/// Facets of at most this many values have them in `meta.json`.
const FEW_VALUES: usize = 64;
const VALUES_A_FILE: usize = 256;

/// The values of all facets that occur in documents.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct FacetValues {
    /// By facet: values by their sort key, numbered from 1 in the order they first came.
    known: [BTreeMap<String, (u32, FacetValue)>; FACETS.len()],
}

/// Values by facet, and by number less 1.
pub(super) type ValuesByNumber<'v> = Vec<Vec<&'v FacetValue>>;

/// The numbers of a document's values by facet; 0 for none.
pub(super) type ValueNumbers = [u32; FACETS.len()];

impl FacetValues {
    /// Adds the values of a document and returns their numbers.
    pub(super) fn add(&mut self, document: &Document) -> ValueNumbers {
        let mut numbers = [0; FACETS.len()];
        document.each_value(|facet, value| {
            if let Some(number) = numbers.get_mut(facet) {
                *number = self.number(facet, value);
            }
        });
        numbers
    }

    /// Adds the values that have these numbers among `others`, and returns their numbers here.
    pub(super) fn add_from(&mut self, others: &ValuesByNumber<'_>, numbers: ValueNumbers) -> ValueNumbers {
        let mut own = [0; FACETS.len()];
        for (facet, (own, number)) in own.iter_mut().zip(numbers).enumerate() {
            let value = others.get(facet).and_then(|values| values.get(number.checked_sub(1)? as usize));
            *own = value.map_or(0, |value| self.number(facet, value));
        }
        own
    }

    /// Returns the values by facet in the order of their numbers.
    pub(super) fn by_number(&self) -> ValuesByNumber<'_> {
        let by_number = self.known.iter().map(|values| {
            let mut values: Vec<&(u32, FacetValue)> = values.values().collect();
            values.sort_unstable_by_key(|(number, _)| *number);
            values.into_iter().map(|(_, value)| value).collect()
        });
        by_number.collect()
    }

    fn number(&mut self, facet: usize, value: &FacetValue) -> u32 {
        let Some(values) = self.known.get_mut(facet) else { return 0 };
        let next = values.len() as u32 + 1;
        values.entry(path_order(&value.key)).or_insert_with(|| (next, value.clone())).0
    }

    /// Returns the values of a facet in their final order, and for each number its place in it, from 1.
    pub(super) fn ordered(&self, facet: usize) -> (Vec<&FacetValue>, Vec<u32>) {
        let Some(values) = self.known.get(facet) else { return (Vec::new(), vec![0]) };
        let mut places = vec![0; values.len() + 1];
        let mut ordered = Vec::with_capacity(values.len());
        for (at, (number, value)) in values.values().enumerate() {
            if let Some(place) = places.get_mut(*number as usize) {
                *place = at as u32 + 1;
            }
            ordered.push(value);
        }
        (ordered, places)
    }
}

/// Returns a key that sorts a path directly before everything below it.
fn path_order(path: &str) -> String {
    path.replace('/', "\u{1}")
}

/// What [`FacetValues::ordered`] returns.
pub(super) type Ordered<'v> = (Vec<&'v FacetValue>, Vec<u32>);
pub(super) type ValueFiles = Vec<(String, Vec<u8>)>;

/// Returns the values of all facets for `meta.json`, and files of those of large facets.
pub(super) fn write_values(ordered: &[Ordered<'_>]) -> (BTreeMap<String, FacetMeta>, ValueFiles) {
    let mut facets = BTreeMap::new();
    let mut files = Vec::new();
    for (name, (values, _)) in FACETS.iter().zip(ordered) {
        let mut facet = FacetMeta { count: values.len() as u32, ..FacetMeta::default() };
        if values.len() <= FEW_VALUES {
            facet.values = values.iter().map(|value| [value.key.clone(), value.name.clone()]).collect();
        } else {
            for (at, values) in values.chunks(VALUES_A_FILE).enumerate() {
                let mut writer = StoredFieldsWriter::new(VALUES);
                for value in values {
                    writer.push([&*value.key, &*value.name]);
                }
                files.push((format!("v/{name}-{at:x}.bin"), writer.into_bytes()));
            }
        }
        facet.tops = tops(values);
        facets.insert((*name).to_owned(), facet);
    }
    (facets, files)
}

/// Returns the values that lie in no other; none where they are many, or all.
fn tops(values: &[&FacetValue]) -> Vec<(u32, u32, String, String)> {
    let mut tops: Vec<(u32, u32, String, String)> = Vec::new();
    for (at, value) in values.iter().enumerate() {
        let number = at as u32 + 1;
        match tops.last_mut() {
            Some((_, last, key, _)) if is_within(&value.key, key) => *last = number,
            _ => tops.push((number, number, value.key.clone(), value.name.clone())),
        }
    }
    if tops.len() <= FEW_VALUES && tops.len() < values.len() { tops } else { Vec::new() }
}

fn is_within(path: &str, of: &str) -> bool {
    path.strip_prefix(of).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_stands_before_all_within() {
        let mut values = FacetValues::default();
        for key in ["a/c", "a-b", "a", "b"] {
            let region = Some(FacetValue { key: key.into(), name: key.into() });
            values.add(&Document { region, ..Document::default() });
        }
        let (ordered, places) = values.ordered(2);
        assert_eq!(ordered.iter().map(|value| &*value.key).collect::<Vec<_>>(), ["a", "a/c", "a-b", "b"]);
        assert_eq!(places, [0, 2, 3, 1, 4]);
    }
}
