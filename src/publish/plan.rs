//! Plans what must be done so that a published folder holds the new site, before anything is done.
//!
//! The order keeps the site whole for its readers at every moment. New files come first, pages after
//! what they refer to; then changed files, again pages last; then stale files are removed; and the
//! manifest is written when all of that is true.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::collisions::{folded, folders, folders_of};
use super::error::{FileType, WriteError};
use super::history::History;
use super::inventory::Inventory;
use super::journal::Journal;
use super::manifest::{FileRecord, Manifest};
use crate::base::artifact::{MediaType, SitePath};

/// The name of a file in the published folder while it is copied from another file system.
pub(super) const ARRIVING: &str = ".glasshouse-arriving";

#[derive(Clone, Debug)]
pub(super) struct StagedFile {
    pub(super) record: FileRecord,
    /// The file that holds its bytes; `None` if the published file has them, or if nothing is published
    /// yet: then the whole staged folder is moved.
    pub(super) staged: Option<PathBuf>,
}

/// An operation that is done wholly or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    /// Note in the journal what is about to be written.
    Announce,
    /// Move the staged folder to the published one.
    Publish,
    MakeFolder(String),
    /// Move a staged file to its path, over what is there.
    Place(PathBuf, String),
    /// Remove a file of ours.
    Remove(String),
    /// Remove a folder of ours, unless something is in it.
    RemoveFolder(String),
    /// Write the manifest.
    Record,
    /// Remove the journal.
    Forget,
}

/// What a publication did, in numbers of files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were not there before.
    pub created: usize,
    /// Files that were there with other bytes.
    pub replaced: usize,
    /// Files that were right already.
    pub unchanged: usize,
    /// Files of an earlier publication that no longer belong to the site.
    pub removed: usize,
    /// Files of an earlier publication that no longer belong to the site, but were left in place because
    /// somebody else has changed them since.
    pub kept: Vec<SitePath>,
}

/// All operations in their order, and what is true after them.
#[derive(Debug, Default)]
pub(super) struct PublishPlan {
    pub(super) operations: Vec<Operation>,
    pub(super) summary: Summary,
    pub(super) claims: Journal,
    pub(super) manifest: Manifest,
    /// The manifest's text, if it must be written.
    pub(super) manifest_text: String,
}

/// Plans the publication into a folder that does not exist: the staged one becomes the published one.
pub(super) fn first(items: &BTreeMap<SitePath, StagedFile>, relation: &str) -> PublishPlan {
    let mut plan = PublishPlan {
        operations: vec![Operation::Announce, Operation::Publish, Operation::Record, Operation::Forget],
        manifest: manifest(items, relation),
        ..PublishPlan::default()
    };
    plan.summary.created = items.len();
    for (path, item) in items {
        plan.claims.claim(path.as_str(), item.record);
    }
    let folders = folders_of(items.keys().map(SitePath::as_str));
    plan.claims.folders.extend(folders.into_iter().map(str::to_owned));
    plan.manifest_text = plan.manifest.encode();
    plan
}

/// Plans the publication into a folder that exists; fails with everything that is in the way. `reread`
/// says that files had to be read because the manifest could not vouch for them.
pub(super) fn update(
    items: &BTreeMap<SitePath, StagedFile>,
    history: &History,
    inventory: Inventory<'_>,
    relation: &str,
    reread: bool,
) -> Result<PublishPlan, Vec<WriteError>> {
    let mut planner = Planner {
        items,
        history,
        inventory,
        conflicts: BTreeMap::new(),
        removed: BTreeSet::new(),
        plan: PublishPlan { manifest: manifest(items, relation), ..PublishPlan::default() },
    };
    let outcome = planner.run(reread);
    let mut faults: Vec<_> = planner.conflicts.into_values().collect();
    faults.extend(outcome.err());
    if faults.is_empty() { Ok(planner.plan) } else { Err(faults) }
}

fn manifest(items: &BTreeMap<SitePath, StagedFile>, relation: &str) -> Manifest {
    Manifest {
        output: relation.to_owned(),
        files: items.iter().map(|(path, item)| (path.as_str().to_owned(), item.record)).collect(),
        found_folders: BTreeSet::new(),
    }
}

/// How a staged file gets to its path.
struct Arrival<'a> {
    replaces: bool,
    path: &'a str,
    staged: &'a PathBuf,
    /// What must be removed first.
    clear: Vec<Operation>,
}

impl Arrival<'_> {
    fn rank(&self) -> (bool, bool) {
        (self.replaces, MediaType::of(self.path) == MediaType::HTML)
    }
}

struct Planner<'a> {
    items: &'a BTreeMap<SitePath, StagedFile>,
    history: &'a History,
    inventory: Inventory<'a>,
    conflicts: BTreeMap<PathBuf, WriteError>,
    removed: BTreeSet<String>,
    plan: PublishPlan,
}

impl<'a> Planner<'a> {
    fn run(&mut self, reread: bool) -> Result<(), WriteError> {
        let items = self.items;
        let needed = folders_of(items.keys().map(SitePath::as_str));
        for folder in &needed {
            if self.inventory.look(folder)? == Some(FileType::Folder) && !self.history.made_folder(folder) {
                self.plan.manifest.found_folders.insert((*folder).to_owned());
            }
        }
        let mut arrivals = Vec::new();
        for (path, item) in items {
            arrivals.extend(self.judge(path, item)?);
        }
        if !self.conflicts.is_empty() {
            return Ok(());
        }
        arrivals.sort_by_key(Arrival::rank);
        if self.inventory.look(ARRIVING)? == Some(FileType::File) && !self.items.contains_key(ARRIVING) {
            self.plan.operations.push(Operation::Remove(ARRIVING.to_owned()));
        }
        for arrival in arrivals {
            self.arrive(arrival)?;
        }
        self.remove_stale(&needed)?;

        let plan = &mut self.plan;
        if !plan.claims.is_empty() {
            plan.operations.insert(0, Operation::Announce);
        }
        let same = self.history.manifest() == Some(&plan.manifest);
        if !plan.operations.is_empty() || !same || reread || self.history.is_unfinished() {
            plan.operations.extend([Operation::Record, Operation::Forget]);
            plan.manifest_text = plan.manifest.encode();
        }
        Ok(())
    }

    /// Decides about an artifact: nothing to do, a file to be placed, or a conflict.
    fn judge(&mut self, path: &'a SitePath, item: &'a StagedFile) -> Result<Option<Arrival<'a>>, WriteError> {
        let name = path.as_str();
        let mut clear = Vec::new();
        match self.inventory.obstacle(name)? {
            Some((folder, FileType::File)) if self.inventory.is_ours(folder)? => {
                clear.push(Operation::Remove(folder.to_owned()));
            }
            Some((folder, found)) => {
                self.conflict(self.inventory.place(folder), found, path);
                return Ok(None);
            }
            None => {}
        }
        let Some(staged) = &item.staged else {
            self.plan.summary.unchanged += 1;
            return Ok(None);
        };
        for other in self.history.respelled(name) {
            if self.inventory.look(other)? == Some(FileType::File)
                && self.inventory.is_spelled(other)?
                && self.inventory.is_ours(other)?
            {
                clear.push(Operation::Remove(other.to_owned()));
            }
        }
        let replaces = match self.inventory.look(name)? {
            None => false,
            // It is there under its old spelling only, and is about to be removed.
            Some(FileType::File) if !clear.is_empty() && !self.inventory.is_spelled(name)? => false,
            Some(FileType::File)
                if self.history.is_recorded(name)
                    || self.history.is_marked
                    || self.inventory.is_ours(name)? =>
            {
                true
            }
            Some(FileType::Folder) => {
                self.clear_folder(name, path, &mut clear)?;
                false
            }
            Some(found) => {
                self.conflict(self.inventory.place(name), found, path);
                return Ok(None);
            }
        };
        Ok(Some(Arrival { replaces, path: name, staged, clear }))
    }

    /// Adds what must be removed so that `folder` is gone, if all of it is stale and ours.
    fn clear_folder(
        &mut self,
        folder: &str,
        wanted: &SitePath,
        clear: &mut Vec<Operation>,
    ) -> Result<(), WriteError> {
        if !self.history.made_folder(folder) {
            self.conflict(self.inventory.place(folder), FileType::Folder, wanted);
            return Ok(());
        }
        for (place, path) in self.inventory.inside(folder)? {
            let found = match &path {
                Some(path) => self.inventory.look(path)?,
                None => super::inventory::look(&place)?,
            };
            match (path, found) {
                (Some(path), Some(FileType::Folder)) => self.clear_folder(&path, wanted, clear)?,
                (Some(path), Some(FileType::File)) if self.inventory.is_ours(&path)? => {
                    clear.push(Operation::Remove(path));
                }
                (_, Some(found)) => self.conflict(place, found, wanted),
                (_, None) => {}
            }
        }
        clear.push(Operation::RemoveFolder(folder.to_owned()));
        Ok(())
    }

    fn conflict(&mut self, path: PathBuf, found: FileType, wanted: &SitePath) {
        let conflict = WriteError::Conflict { path: path.clone(), found, wanted: wanted.clone() };
        self.conflicts.entry(path).or_insert(conflict);
    }

    fn arrive(&mut self, arrival: Arrival<'_>) -> Result<(), WriteError> {
        let Arrival { replaces, path, staged, clear } = arrival;
        for operation in clear {
            match operation {
                Operation::Remove(path) => self.remove(path),
                Operation::RemoveFolder(path) => self.remove_folder(path),
                operation => self.plan.operations.push(operation),
            }
        }
        for folder in folders(path) {
            if self.inventory.look(folder)? != Some(FileType::Folder)
                && self.plan.claims.folders.insert(folder.to_owned())
            {
                self.plan.operations.push(Operation::MakeFolder(folder.to_owned()));
            }
        }
        let place = Operation::Place(staged.clone(), path.to_owned());
        self.plan.operations.push(place);
        if let Some(item) = self.items.get(path) {
            self.plan.claims.claim(path, item.record);
        }
        if replaces {
            self.plan.summary.replaced += 1;
        } else {
            self.plan.summary.created += 1;
        }
        Ok(())
    }

    fn remove(&mut self, path: String) {
        if self.removed.insert(path.clone()) {
            self.plan.summary.removed += 1;
            self.plan.operations.push(Operation::Remove(path));
        }
    }

    fn remove_folder(&mut self, path: String) {
        if self.removed.insert(path.clone()) {
            self.plan.operations.push(Operation::RemoveFolder(path));
        }
    }

    /// Removes our files that no longer belong to the site, then folders we have made that are left empty.
    fn remove_stale(&mut self, needed: &BTreeSet<&str>) -> Result<(), WriteError> {
        let stale: BTreeSet<&str> =
            self.history.paths().filter(|path| !self.items.contains_key(*path)).collect();
        if stale.is_empty() {
            return Ok(());
        }
        let taken: BTreeSet<_> = self.items.keys().map(|path| folded(path.as_str())).collect();
        for path in &stale {
            if self.removed.contains(*path) || self.inventory.look(path)? != Some(FileType::File) {
                continue;
            }
            if taken.contains(&folded(path)) && !self.inventory.is_spelled(path)? {
                continue;
            }
            if self.inventory.is_ours(path)? {
                self.remove((*path).to_owned());
            } else {
                self.plan.summary.kept.extend(SitePath::new(path));
            }
        }
        let mut left: BTreeSet<&str> = stale.iter().flat_map(|path| folders(path)).collect();
        left.retain(|folder| !needed.contains(folder) && !self.items.contains_key(*folder));
        for folder in left.into_iter().rev() {
            if self.inventory.look(folder)? == Some(FileType::Folder) && self.history.made_folder(folder) {
                self.remove_folder(folder.to_owned());
            }
        }
        Ok(())
    }
}
