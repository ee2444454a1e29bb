//! A site in memory, for tests and for the preview: published like a folder, with nothing foreign
//! in it.

use std::collections::{BTreeMap, btree_map};
use std::sync::{Mutex, PoisonError};

use super::error::{WriteError, WriteErrors};
use super::{Summary, names};
use crate::base::artifact::SitePath;

/// The published files by path.
pub type Files = BTreeMap<SitePath, Vec<u8>>;

/// A publication into memory that has begun; dropped without a commit, it changes nothing.
#[derive(Debug)]
pub struct Publication<'a> {
    files: &'a mut Files,
    desk: Mutex<Desk>,
}

#[derive(Debug, Default)]
struct Desk {
    items: Files,
    twice: Vec<WriteError>,
}

impl<'a> Publication<'a> {
    /// Begins a publication that will replace `files`.
    pub fn begin(files: &'a mut Files) -> Self {
        Self { files, desk: Mutex::default() }
    }

    /// Takes one artifact. What goes wrong is reported by the commit, all of it together.
    pub fn stage(&self, path: SitePath, bytes: &[u8]) {
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        let desk = &mut *desk;
        match desk.items.entry(path) {
            btree_map::Entry::Vacant(slot) => {
                slot.insert(bytes.to_owned());
            }
            btree_map::Entry::Occupied(taken) => {
                let path = taken.key().clone();
                desk.twice.push(WriteError::Twice { path });
            }
        }
    }

    /// Publishes what was staged, or reports everything that forbids it and changes nothing.
    pub fn commit(self) -> Result<Summary, WriteErrors> {
        let desk = self.desk.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut faults = desk.twice;
        faults.extend(names::collisions(desk.items.keys()));
        if !faults.is_empty() {
            faults.sort_by_cached_key(ToString::to_string);
            return Err(WriteErrors(faults));
        }
        let mut summary = Summary::default();
        for (path, bytes) in &desk.items {
            match self.files.get(path) {
                None => summary.created += 1,
                Some(old) if old == bytes => summary.unchanged += 1,
                Some(_) => summary.replaced += 1,
            }
        }
        summary.removed = self.files.len() - summary.unchanged - summary.replaced;
        *self.files = desk.items;
        Ok(summary)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn publish(files: &mut Files, artifacts: &[(&str, &str)]) -> Result<Summary, WriteErrors> {
        let publication = Publication::begin(files);
        for (path, text) in artifacts {
            publication.stage(SitePath::new(path).unwrap(), text.as_bytes());
        }
        publication.commit()
    }

    #[test]
    fn counts_what_changes() {
        let mut files = Files::new();
        let first = publish(&mut files, &[("a", "1"), ("b", "1"), ("c", "1")]).unwrap();
        assert_eq!((first.created, first.removed), (3, 0));
        let second = publish(&mut files, &[("a", "1"), ("b", "2"), ("d/e", "1")]).unwrap();
        let expected = Summary { created: 1, replaced: 1, unchanged: 1, removed: 1, kept: Vec::new() };
        assert_eq!(second, expected);
        assert_eq!(files[&SitePath::new("b").unwrap()], b"2");
        assert_eq!(files.len(), 3);
    }

    #[test]
    fn all_faults_come_together_and_change_nothing() {
        let mut files = Files::new();
        publish(&mut files, &[("a", "1")]).unwrap();
        let before = files.clone();
        let artifacts = [("x", "1"), ("x", "1"), ("x/y", "1"), ("p", "1"), ("P", "2")];
        let faults = publish(&mut files, &artifacts).unwrap_err();
        assert_eq!(faults.0.len(), 3);
        assert_eq!(faults.to_string().lines().count(), 3);
        assert_eq!(files, before);
        drop(Publication::begin(&mut files));
        assert_eq!(files, before);
    }
}
