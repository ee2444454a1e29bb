//! The values of facets as clients read them: few in `meta.json`, many in files.

use std::collections::BTreeMap;

use super::VALUES;
use super::chunk::ChunkWriter;
use super::document::{FACETS, Value};
use super::meta::FacetMeta;

/// Facets of so many values or fewer have them in `meta.json`.
const FEW_VALUES: usize = 64;
/// Values a file, where they are not there.
const VALUES_A_FILE: usize = 256;

/// The values of a facet in order, and for each number met its place in it.
pub(super) type Ordered<'v> = (Vec<&'v Value>, Vec<u32>);
/// Files with their names.
pub(super) type Files = Vec<(String, Vec<u8>)>;

/// The values of all facets, and those of large ones as files.
pub(super) fn write_values(ordered: &[Ordered<'_>]) -> (BTreeMap<String, FacetMeta>, Files) {
    let mut facets = BTreeMap::new();
    let mut files = Vec::new();
    for (name, (values, _)) in FACETS.iter().zip(ordered) {
        let mut facet = FacetMeta { count: values.len() as u32, ..FacetMeta::default() };
        if values.len() <= FEW_VALUES {
            facet.values = values.iter().map(|value| [value.key.clone(), value.name.clone()]).collect();
        } else {
            for (at, values) in values.chunks(VALUES_A_FILE).enumerate() {
                let mut writer = ChunkWriter::new(VALUES);
                for value in values {
                    writer.line([&*value.key, &*value.name]);
                }
                files.push((format!("v/{name}-{at:x}.bin"), writer.into_bytes()));
            }
        }
        facet.tops = tops(values);
        facets.insert((*name).to_owned(), facet);
    }
    (facets, files)
}

/// Values that lie in no other, where they are few, and not all.
fn tops(values: &[&Value]) -> Vec<(u32, u32, String, String)> {
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
