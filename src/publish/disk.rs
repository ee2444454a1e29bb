//! A published folder on disk, changed as little as possible and never left half written.
//!
//! What differs from the folder is staged in a hidden folder beside it, `.NAME.staging`, so that a
//! rename puts it in place. Where the folder's parent cannot be written, it is staged beside the
//! manifest; and where staged files lie on another file system (a mounted output folder), each is
//! copied to one hidden file in the output folder and renamed from there.

use std::collections::{BTreeMap, HashSet, btree_map};
use std::fs::{self};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use xxhash_rust::xxh3::{Xxh3Default, xxh3_64, xxh3_128};

use super::error::{Found, WriteError, WriteErrors};
use super::file::{copy, create, create_of_parts, tolerate};
use super::journal::Journal;
use super::known::Known;
use super::lock::Lock;
use super::manifest::{self, Entry, beside, relation};
use super::place::resolve;
use super::plan::{ARRIVING, Item, Plan, Step};
use super::survey::{Survey, look};
use super::{Summary, names, plan};
use crate::base::artifact::SitePath;
use crate::base::source::Stamp;

/// A publication that has begun: artifacts are staged, and seen by nobody until the commit.
///
/// Dropped without a commit, it leaves the published folder exactly as it was.
#[derive(Debug)]
pub struct Publication {
    output: PathBuf,
    manifest: PathBuf,
    relation: String,
    exists: bool,
    known: Known,
    lock: Option<Lock>,
    staged: PathBuf,
    /// Folders made above the output folder, the outermost first.
    parents: Vec<PathBuf>,
    desk: Mutex<Desk>,
    done: bool,
}

/// What has been staged so far. Files are created under its lock, one at a time: several threads
/// creating files are slower than one.
#[derive(Debug, Default)]
struct Desk {
    items: BTreeMap<SitePath, Item>,
    folders: HashSet<PathBuf>,
    twice: Vec<WriteError>,
    fault: Option<WriteError>,
    reread: bool,
}

impl Publication {
    /// Begins a publication into the folder `output`, which need not exist. What it holds of us is
    /// remembered in the file `manifest`, outside of it. Only one publication at a time can be under
    /// way for a folder.
    pub fn begin(output: &Path, manifest: &Path) -> Result<Self, WriteError> {
        let output = resolve(output).map_err(WriteError::io("look up", output))?;
        let manifest = resolve(manifest).map_err(WriteError::io("look up", manifest))?;
        if manifest.starts_with(&output) {
            return Err(WriteError::ManifestPublished { manifest, output });
        }
        is_there(&output)?;
        let mut publication = Self {
            relation: relation(&manifest, &output),
            output,
            manifest,
            exists: false,
            known: Known::default(),
            lock: None,
            staged: PathBuf::new(),
            parents: Vec::new(),
            desk: Mutex::default(),
            done: false,
        };
        // From here on, dropping it removes what has been made.
        publication.make_parents()?;
        let lock = publication.lock()?;
        publication.staged = lock.folder().join("files");
        publication.lock = Some(lock);
        // Only the holder of the lock may judge what is there.
        publication.exists = is_there(&publication.output)?;
        publication.clean_up()?;
        for folder in [&publication.staged, &publication.scratch()] {
            fs::create_dir(folder).map_err(WriteError::io("create", folder))?;
        }
        if publication.exists {
            publication.known = Known::read(
                &publication.manifest,
                &publication.journal(),
                &publication.relation,
                &publication.output,
            );
        }
        Ok(publication)
    }

    /// A folder for whatever does not fit in memory; it goes with the publication.
    pub fn scratch(&self) -> PathBuf {
        self.staged.with_file_name("scratch")
    }

    /// How many files of ours the published folder holds, where it stands as the publication has left it
    /// whose manifest has this xxh3-64.
    pub fn stands(&self, manifest: u64) -> Option<usize> {
        self.known.stands(&self.output, manifest)
    }

    /// Takes artifacts that are published already, each with the xxh3-128 of its bytes, without having
    /// them. Takes none, and says so, where one published file is not proven to be that.
    pub fn keep(&self, files: &[(SitePath, u128)]) -> bool {
        let kept = |(path, hash): &(SitePath, u128)| {
            let stamp = self.kept(path.as_str(), *hash)?;
            Some((path.clone(), Item { entry: Entry { hash: *hash, stamp }, staged: None }))
        };
        let Some(items) = files.iter().map(kept).collect::<Option<Vec<_>>>() else { return false };
        let mut desk = self.desk();
        if items.iter().any(|(path, _)| desk.items.contains_key(path)) {
            return false;
        }
        desk.items.extend(items);
        true
    }

    fn kept(&self, path: &str, hash: u128) -> Option<Stamp> {
        if !self.exists || self.known.respelled(path).next().is_some() {
            return None;
        }
        let metadata = self.output.join(path).symlink_metadata().ok().filter(fs::Metadata::is_file)?;
        let stamp = Stamp::of(&metadata);
        self.known.proven(path, stamp).filter(|proven| *proven == hash).map(|_| stamp)
    }

    /// Takes one artifact, and returns the xxh3-128 of its bytes. What goes wrong is reported by the
    /// commit, all of it together.
    pub fn stage(&self, path: SitePath, bytes: &[u8]) -> u128 {
        let hash = xxh3_128(bytes);
        let published = self.published(path.as_str(), bytes, hash);
        let mut desk = self.desk();
        let desk = &mut *desk;
        let count = desk.items.len();
        let slot = match desk.items.entry(path) {
            btree_map::Entry::Vacant(slot) => slot,
            btree_map::Entry::Occupied(taken) => {
                let path = taken.key().clone();
                desk.twice.push(WriteError::Twice { path });
                return hash;
            }
        };
        if let Some((stamp, reread)) = published {
            desk.reread |= reread;
            let entry = Entry { hash, stamp };
            slot.insert(Item { entry, staged: None });
            return hash;
        }
        let place = if self.exists {
            self.staged.join(count.to_string())
        } else {
            self.staged.join(slot.key().as_str())
        };
        let mut stamp = Stamp::default();
        // After one fault (a full disk) the rest is only looked at for its paths.
        if desk.fault.is_none() {
            match create(&place, bytes, &mut desk.folders) {
                Ok(created) => stamp = created,
                Err(fault) => desk.fault = Some(WriteError::io("create", &place)(fault)),
            }
        }
        let entry = Entry { hash, stamp };
        slot.insert(Item { entry, staged: self.exists.then_some(place) });
        hash
    }

    /// Takes one artifact that is too large to be held, part by part, and returns the xxh3-128 of its
    /// bytes. What goes wrong is reported by the commit.
    pub fn stage_parts(&self, path: SitePath, parts: impl Iterator<Item = Vec<u8>>) -> u128 {
        let place = if self.exists {
            self.staged.join(format!("parts-{:016x}", xxh3_64(path.as_str().as_bytes())))
        } else {
            self.staged.join(path.as_str())
        };
        let mut hash = Xxh3Default::new();
        let parts = parts.inspect(|part| hash.update(part));
        let written = create_of_parts(&place, parts);
        let hash = hash.digest128();
        let mut desk = self.desk();
        let stamp = written.unwrap_or_else(|fault| {
            desk.fault.get_or_insert(WriteError::io("write", &place)(fault));
            Stamp::default()
        });
        // The staged copy of a file that is right already goes with the others when all is done.
        let (stamp, staged) =
            self.kept(path.as_str(), hash).map_or((stamp, Some(place)), |stamp| (stamp, None));
        match desk.items.entry(path) {
            btree_map::Entry::Vacant(slot) => {
                slot.insert(Item { entry: Entry { hash, stamp }, staged });
            }
            btree_map::Entry::Occupied(taken) => {
                let path = taken.key().clone();
                desk.twice.push(WriteError::Twice { path });
            }
        }
        hash
    }

    /// Publishes what was staged: afterwards the folder holds these artifacts and what is not ours.
    ///
    /// Everything that forbids it is reported at once, and then nothing has been changed. When the
    /// system refuses a step on the way, each file is whole, old or new, and the next publication
    /// finishes the work.
    pub fn commit(self) -> Result<Summary, WriteErrors> {
        self.commit_noting().map(|(summary, _)| summary)
    }

    /// The same, with the xxh3-64 of the manifest that is true now: what [`Publication::stands`] asks for.
    pub fn commit_noting(mut self) -> Result<(Summary, u64), WriteErrors> {
        let plan = self.plan()?;
        self.carry_out(&plan, plan.steps.len())?;
        self.done = true;
        let is_recorded = !plan.record.is_empty();
        let manifest = if is_recorded { xxh3_64(plan.record.as_bytes()) } else { self.known.sum() };
        Ok((plan.summary, manifest))
    }

    fn plan(&mut self) -> Result<Plan, WriteErrors> {
        let desk = self.desk.get_mut().unwrap_or_else(PoisonError::into_inner);
        let mut faults = std::mem::take(&mut desk.twice);
        faults.extend(names::collisions(desk.items.keys()));
        if faults.is_empty() {
            faults.extend(desk.fault.take());
        }
        if !faults.is_empty() {
            faults.sort_by_cached_key(ToString::to_string);
            return Err(WriteErrors(faults));
        }
        if !self.exists {
            return Ok(plan::first(&desk.items, &self.relation));
        }
        let survey = Survey::new(&self.output, &self.known);
        plan::update(&desk.items, &self.known, survey, &self.relation, desk.reread).map_err(WriteErrors)
    }

    /// Carries out the first `count` steps.
    fn carry_out(&self, plan: &Plan, count: usize) -> Result<(), WriteError> {
        plan.steps.iter().take(count).try_for_each(|step| self.carry_out_one(plan, step))
    }

    fn carry_out_one(&self, plan: &Plan, step: &Step) -> Result<(), WriteError> {
        match step {
            Step::Announce => {
                self.make_memory()?;
                plan.claims.append(&self.journal(), &self.relation)
            }
            Step::Publish => {
                fs::rename(&self.staged, &self.output).map_err(WriteError::io("create", &self.output))
            }
            Step::MakeFolder(path) => {
                let place = self.output.join(path);
                match fs::create_dir(&place) {
                    Err(_) if look(&place)? == Some(Found::Folder) => Ok(()),
                    made => made.map_err(WriteError::io("create", &place)),
                }
            }
            Step::Place(staged, path) => {
                let place = self.output.join(path);
                self.put(staged, &place).map_err(WriteError::io("write", &place))
            }
            Step::Remove(path) => {
                let place = self.output.join(path);
                tolerate(fs::remove_file(&place), &[ErrorKind::NotFound])
                    .map_err(WriteError::io("remove", &place))
            }
            Step::RemoveFolder(path) => {
                use ErrorKind::{AlreadyExists, DirectoryNotEmpty, NotFound};
                let place = self.output.join(path);
                let removed = fs::remove_dir(&place);
                tolerate(removed, &[NotFound, DirectoryNotEmpty, AlreadyExists])
                    .map_err(WriteError::io("remove", &place))
            }
            Step::Record => {
                self.make_memory()?;
                manifest::save(&plan.record, &self.manifest)
            }
            Step::Forget => Journal::discard(&self.journal()),
        }
    }

    fn put(&self, staged: &Path, place: &Path) -> io::Result<()> {
        match fs::rename(staged, place) {
            Err(fault) if fault.kind() == ErrorKind::CrossesDevices => {
                let near = self.output.join(ARRIVING);
                copy(staged, &near)?;
                fs::rename(near, place)
            }
            renamed => renamed,
        }
    }

    /// The stamp of the published file if it has these bytes, and whether it had to be read.
    fn published(&self, path: &str, bytes: &[u8], hash: u128) -> Option<(Stamp, bool)> {
        if !self.exists || self.known.respelled(path).next().is_some() {
            return None;
        }
        // A file that cannot be looked up or read counts as different; the plan looks again.
        let place = self.output.join(path);
        let metadata = place.symlink_metadata().ok().filter(fs::Metadata::is_file)?;
        let stamp = Stamp::of(&metadata);
        if let Some(proven) = self.known.proven(path, stamp) {
            return (proven == hash).then_some((stamp, false));
        }
        let same = stamp.size == bytes.len() as u64 && fs::read(&place).ok()? == bytes;
        same.then_some((stamp, true))
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn journal(&self) -> PathBuf {
        beside(&self.manifest, "", ".journal")
    }

    /// Makes the folder of the manifest and the journal.
    fn make_memory(&self) -> Result<(), WriteError> {
        let folder = self.manifest.parent().unwrap_or(&self.manifest);
        fs::create_dir_all(folder).map_err(WriteError::io("create", folder))
    }

    fn make_parents(&mut self) -> Result<(), WriteError> {
        let mut missing = Vec::new();
        for folder in self.output.ancestors().skip(1) {
            if look(folder)?.is_some() {
                break;
            }
            missing.push(folder.to_owned());
        }
        for folder in missing.into_iter().rev() {
            fs::create_dir(&folder).map_err(WriteError::io("create", &folder))?;
            self.parents.push(folder);
        }
        Ok(())
    }

    fn lock(&self) -> Result<Lock, WriteError> {
        use ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
        match Lock::take(beside(&self.output, ".", ".staging"), &self.output) {
            Err(WriteError::Io { fault, .. })
                if matches!(fault.kind(), PermissionDenied | ReadOnlyFilesystem)
                    && is_there(&self.output)? =>
            {
                self.make_memory()?;
                Lock::take(beside(&self.manifest, "", ".staging"), &self.output)
            }
            taken => taken,
        }
    }

    /// Removes what was staged, by us or by a build that was killed.
    fn clean_up(&self) -> Result<(), WriteError> {
        [&self.staged, &self.scratch()].into_iter().try_for_each(|folder| {
            tolerate(fs::remove_dir_all(folder), &[ErrorKind::NotFound])
                .map_err(WriteError::io("remove", folder))
        })
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        if self.lock.is_some() {
            // What cannot be removed now is removed when the next publication begins.
            let _ = self.clean_up();
            self.lock = None;
        }
        if !self.done {
            for folder in self.parents.iter().rev() {
                let _ = fs::remove_dir(folder);
            }
        }
    }
}

/// Whether the output folder exists; a fault if something else is in its place.
fn is_there(output: &Path) -> Result<bool, WriteError> {
    match look(output)? {
        None => Ok(false),
        Some(Found::Folder) => Ok(true),
        Some(found) => Err(WriteError::NoFolder { output: output.to_owned(), found }),
    }
}

#[cfg(test)]
mod tests;
