//! Publishes into a folder on disk, which changes as little as possible and is never left half written.
//!
//! What differs from the folder is staged in a hidden folder beside it, `.NAME.staging`, so that a
//! rename puts it in place. If the parent of the folder cannot be written to, files are staged beside
//! the manifest; and if they lie on another file system (a mounted output folder), each is copied to
//! one hidden file in the output folder and renamed from there.

use std::collections::{BTreeMap, HashSet, btree_map};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use xxhash_rust::xxh3::{Xxh3Default, xxh3_64, xxh3_128};

use super::error::{FileType, WriteError, WriteErrors};
use super::fs::{beside, copy, create, create_of_parts, tolerate};
use super::history::History;
use super::inventory::{Inventory, look};
use super::journal::Journal;
use super::lock::Lock;
use super::manifest::{FileRecord, relation};
use super::plan::{ARRIVING, Operation, PublishPlan, StagedFile, Summary};
use super::target::resolve;
use super::{collisions, plan};
use crate::base::artifact::SitePath;
use crate::base::source::Stamp;
use crate::state;

/// A publication that has begun. Artifacts are staged, and nobody sees them before the commit.
///
/// If it is dropped without a commit, the published folder is exactly as it was.
#[derive(Debug)]
pub struct Publication {
    output: PathBuf,
    manifest: PathBuf,
    relation: String,
    exists: bool,
    history: History,
    lock: Option<Lock>,
    staged: PathBuf,
    /// The folders made above the output folder, the outermost first.
    parents: Vec<PathBuf>,
    staging: Mutex<Staging>,
    done: bool,
}

/// How far an interrupted commit had come.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interruption {
    /// Whether the manifest tells what the folder holds now.
    pub is_recorded: bool,
    /// Whether nothing was left to do.
    pub is_finished: bool,
}

/// What has been staged so far. Files are created under its lock, one at a time: several threads that
/// create files in one folder are slower than one.
#[derive(Debug, Default)]
struct Staging {
    items: BTreeMap<SitePath, StagedFile>,
    folders: HashSet<PathBuf>,
    twice: Vec<WriteError>,
    /// The first error of the system.
    fault: Option<WriteError>,
    /// Whether published files had to be read, because the manifest could not vouch for them.
    reread: bool,
}

impl Staging {
    fn add(&mut self, path: SitePath, record: FileRecord, staged: Option<PathBuf>) {
        match self.items.entry(path) {
            btree_map::Entry::Vacant(slot) => _ = slot.insert(StagedFile { record, staged }),
            btree_map::Entry::Occupied(taken) => {
                self.twice.push(WriteError::Twice { path: taken.key().clone() });
            }
        }
    }
}

impl Publication {
    /// Begins a publication into the folder `output`, which need not exist. The file `manifest`, outside
    /// of it, says which of its files are ours. Fails while another publication into the folder is
    /// under way.
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
            history: History::default(),
            lock: None,
            staged: PathBuf::new(),
            parents: Vec::new(),
            staging: Mutex::default(),
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
            publication.history = History::read(
                &publication.manifest,
                &publication.journal(),
                &publication.relation,
                &publication.output,
            );
        }
        Ok(publication)
    }

    /// A folder for what does not fit in memory. It is removed with the publication.
    pub fn scratch(&self) -> PathBuf {
        self.staged.with_file_name("scratch")
    }

    /// The number of our files in the published folder, if it is as the publication has left it whose
    /// manifest has this xxh3-64.
    pub fn untouched(&self, manifest: u64) -> Option<usize> {
        self.history.untouched(&self.output, manifest)
    }

    /// Stages artifacts that are published already, each by the xxh3-128 of its bytes. Stages none, and
    /// returns `false`, if one of the published files is not proven to have these bytes.
    pub fn keep(&self, files: &[(SitePath, u128)]) -> bool {
        let kept = |(path, hash): &(SitePath, u128)| {
            let stamp = self.kept(path.as_str(), *hash)?;
            Some((path.clone(), StagedFile { record: FileRecord { hash: *hash, stamp }, staged: None }))
        };
        let Some(items) = files.iter().map(kept).collect::<Option<Vec<_>>>() else { return false };
        let mut staging = self.staging();
        if items.iter().any(|(path, _)| staging.items.contains_key(path)) {
            return false;
        }
        staging.items.extend(items);
        true
    }

    /// The stamp of the published file if it is proven to have these bytes.
    fn kept(&self, path: &str, hash: u128) -> Option<Stamp> {
        let stamp = self.published_stamp(path)?;
        self.history.proven(path, stamp).filter(|proven| *proven == hash).map(|_| stamp)
    }

    /// The stamp of the published file, unless it may be there under another spelling.
    fn published_stamp(&self, path: &str) -> Option<Stamp> {
        if !self.exists || self.history.respelled(path).next().is_some() {
            return None;
        }
        // A file that cannot be looked up or read counts as different; the plan looks again.
        let metadata = self.output.join(path).symlink_metadata().ok().filter(fs::Metadata::is_file)?;
        Some(Stamp::of(&metadata))
    }

    /// Stages an artifact, and returns the xxh3-128 of its bytes. All faults are reported by the commit.
    pub fn stage(&self, path: SitePath, bytes: &[u8]) -> u128 {
        let hash = xxh3_128(bytes);
        let published = self.published(path.as_str(), bytes, hash);
        let mut staging = self.staging();
        let staging = &mut *staging;
        if let Some((stamp, reread)) = published {
            staging.reread |= reread;
            staging.add(path, FileRecord { hash, stamp }, None);
            return hash;
        }
        let place = if self.exists {
            self.staged.join(staging.items.len().to_string())
        } else {
            self.staged.join(path.as_str())
        };
        let mut stamp = Stamp::default();
        // After a fault (a full disk), only the paths of the rest are looked at.
        if staging.fault.is_none() && !staging.items.contains_key(&path) {
            match create(&place, bytes, &mut staging.folders) {
                Ok(created) => stamp = created,
                Err(fault) => staging.fault = Some(WriteError::io("create", &place)(fault)),
            }
        }
        staging.add(path, FileRecord { hash, stamp }, self.exists.then_some(place));
        hash
    }

    /// Stages an artifact that is too large to be held, part by part, and returns the xxh3-128 of its
    /// bytes. All faults are reported by the commit.
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
        let mut staging = self.staging();
        let stamp = written.unwrap_or_else(|fault| {
            staging.fault.get_or_insert(WriteError::io("write", &place)(fault));
            Stamp::default()
        });
        // If the published file is right already, its staged copy is removed with the staging folder.
        let (stamp, staged) =
            self.kept(path.as_str(), hash).map_or((stamp, Some(place)), |stamp| (stamp, None));
        staging.add(path, FileRecord { hash, stamp }, staged);
        hash
    }

    /// Publishes what was staged: afterwards the folder holds these artifacts and what is not ours.
    /// Returns the xxh3-64 of the manifest too, for [`Publication::untouched`].
    ///
    /// Fails with everything that stands in the way, and then nothing has changed. If the system refuses
    /// an operation on the way, each file is whole, old or new, and the next publication finishes the
    /// work.
    pub fn commit(mut self) -> Result<(Summary, u64), WriteErrors> {
        let plan = self.plan()?;
        self.carry_out(&plan, plan.operations.len())?;
        self.done = true;
        let is_recorded = !plan.manifest_text.is_empty();
        let manifest =
            if is_recorded { xxh3_64(plan.manifest_text.as_bytes()) } else { self.history.checksum };
        Ok((plan.summary, manifest))
    }

    /// Ends in the middle of a commit, after a number of operations, and leaves everything as a process
    /// does that is killed then. For tests of what the next publication makes of it.
    #[doc(hidden)]
    pub fn commit_interrupted(mut self, operations: usize) -> Result<Interruption, WriteErrors> {
        let plan = self.plan()?;
        self.carry_out(&plan, operations)?;
        // A dead process holds no lock and cleans nothing up.
        self.lock = None;
        let mut done = plan.operations.iter().take(operations);
        Ok(Interruption {
            is_recorded: done.any(|done| *done == Operation::Record) || plan.operations.is_empty(),
            is_finished: operations >= plan.operations.len(),
        })
    }

    fn plan(&mut self) -> Result<PublishPlan, WriteErrors> {
        let staging = self.staging.get_mut().unwrap_or_else(PoisonError::into_inner);
        let mut faults = std::mem::take(&mut staging.twice);
        faults.extend(collisions::collisions(staging.items.keys()));
        if faults.is_empty() {
            faults.extend(staging.fault.take());
        }
        if !faults.is_empty() {
            faults.sort_by_cached_key(ToString::to_string);
            return Err(WriteErrors(faults));
        }
        if !self.exists {
            return Ok(plan::first(&staging.items, &self.relation));
        }
        let inventory = Inventory::new(&self.output, &self.history);
        plan::update(&staging.items, &self.history, inventory, &self.relation, staging.reread)
            .map_err(WriteErrors)
    }

    fn carry_out(&self, plan: &PublishPlan, count: usize) -> Result<(), WriteError> {
        plan.operations.iter().take(count).try_for_each(|operation| self.carry_out_one(plan, operation))
    }

    fn carry_out_one(&self, plan: &PublishPlan, operation: &Operation) -> Result<(), WriteError> {
        match operation {
            Operation::Announce => {
                self.make_manifest_folder()?;
                plan.claims.append(&self.journal(), &self.relation)
            }
            Operation::Publish => {
                fs::rename(&self.staged, &self.output).map_err(WriteError::io("create", &self.output))
            }
            Operation::MakeFolder(path) => {
                let place = self.output.join(path);
                match fs::create_dir(&place) {
                    Err(_) if look(&place)? == Some(FileType::Folder) => Ok(()),
                    made => made.map_err(WriteError::io("create", &place)),
                }
            }
            Operation::Place(staged, path) => {
                let place = self.output.join(path);
                self.put(staged, &place).map_err(WriteError::io("write", &place))
            }
            Operation::Remove(path) => {
                let place = self.output.join(path);
                tolerate(fs::remove_file(&place), &[ErrorKind::NotFound])
                    .map_err(WriteError::io("remove", &place))
            }
            Operation::RemoveFolder(path) => {
                use ErrorKind::{AlreadyExists, DirectoryNotEmpty, NotFound};
                let place = self.output.join(path);
                let removed = fs::remove_dir(&place);
                tolerate(removed, &[NotFound, DirectoryNotEmpty, AlreadyExists])
                    .map_err(WriteError::io("remove", &place))
            }
            Operation::Record => Ok(state::replace(&self.manifest, plan.manifest_text.as_bytes())?),
            Operation::Forget => Journal::discard(&self.journal()),
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
        let stamp = self.published_stamp(path)?;
        if let Some(proven) = self.history.proven(path, stamp) {
            return (proven == hash).then_some((stamp, false));
        }
        let same = stamp.size == bytes.len() as u64 && fs::read(self.output.join(path)).ok()? == bytes;
        same.then_some((stamp, true))
    }

    fn staging(&self) -> MutexGuard<'_, Staging> {
        self.staging.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn journal(&self) -> PathBuf {
        beside(&self.manifest, "", ".journal")
    }

    fn make_manifest_folder(&self) -> Result<(), WriteError> {
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
                self.make_manifest_folder()?;
                Lock::take(beside(&self.manifest, "", ".staging"), &self.output)
            }
            taken => taken,
        }
    }

    /// Removes what was staged, by this build or by one that was killed.
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

/// Whether the output folder exists. Fails if something else is in its place.
fn is_there(output: &Path) -> Result<bool, WriteError> {
    match look(output)? {
        None => Ok(false),
        Some(FileType::Folder) => Ok(true),
        Some(found) => Err(WriteError::NoFolder { output: output.to_owned(), found }),
    }
}

#[cfg(test)]
mod tests;
