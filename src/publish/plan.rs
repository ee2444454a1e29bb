//! What must be done so that a published folder holds the new site: decided before anything is done.
//!
//! The order keeps the site whole for its readers at every moment: what is new comes first, and of
//! that pages last, because they name the rest; then what has changed, again pages last; then what
//! is stale goes; and the manifest is written when all of it is true.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::Summary;
use super::error::{Found, WriteError};
use super::journal::Journal;
use super::known::Known;
use super::manifest::{Entry, Manifest};
use super::names::{folded, folders};
use super::survey::Survey;
use crate::base::artifact::{MediaType, SitePath};

/// The name of a file on its way from another file system; see [`super::disk`].
pub(super) const ARRIVING: &str = ".glasshouse-arriving";

/// An artifact that has been staged.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// What the manifest will say of it.
    pub(super) entry: Entry,
    /// Where its bytes wait; nowhere if the published file has them, and where nothing is published yet.
    pub(super) staged: Option<PathBuf>,
}

/// One change, small enough to be done wholly or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Note in the journal what is about to be written.
    Announce,
    /// Let the staged folder be the published one.
    Publish,
    /// Make a folder.
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

/// All changes in their order, and what is true after them.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    pub(super) summary: Summary,
    pub(super) claims: Journal,
    pub(super) manifest: Manifest,
    /// The manifest's text, where it is to be written.
    pub(super) record: String,
}

/// Plans the publication into a folder that does not exist: the staged one becomes it.
pub(super) fn first(items: &BTreeMap<SitePath, Item>, relation: &str) -> Plan {
    let mut plan = Plan {
        steps: vec![Step::Announce, Step::Publish, Step::Record, Step::Forget],
        manifest: manifest(items, relation),
        ..Plan::default()
    };
    plan.summary.created = items.len();
    for (path, item) in items {
        plan.claims.claim(path.as_str(), item.entry);
    }
    let folders = folders_of(items.keys().map(SitePath::as_str));
    plan.claims.folders.extend(folders.into_iter().map(str::to_owned));
    plan.record = plan.manifest.print();
    plan
}

/// Plans the publication into a folder that exists, or names everything that is in its way.
/// `reread` says whether files had to be read because the manifest could not vouch for them.
pub(super) fn update(
    items: &BTreeMap<SitePath, Item>,
    known: &Known,
    survey: Survey<'_>,
    relation: &str,
    reread: bool,
) -> Result<Plan, Vec<WriteError>> {
    let mut planner = Planner {
        items,
        known,
        survey,
        conflicts: BTreeMap::new(),
        removed: BTreeSet::new(),
        plan: Plan { manifest: manifest(items, relation), ..Plan::default() },
    };
    let outcome = planner.run(reread);
    let mut faults: Vec<_> = planner.conflicts.into_values().collect();
    faults.extend(outcome.err());
    if faults.is_empty() { Ok(planner.plan) } else { Err(faults) }
}

fn manifest(items: &BTreeMap<SitePath, Item>, relation: &str) -> Manifest {
    Manifest {
        output: relation.to_owned(),
        entries: items.iter().map(|(path, item)| (path.as_str().to_owned(), item.entry)).collect(),
        found: BTreeSet::new(),
    }
}

/// Every folder that paths lie in. Paths in order mostly lie in the folder of the one before.
pub(super) fn folders_of<'p>(paths: impl Iterator<Item = &'p str>) -> BTreeSet<&'p str> {
    let mut found = BTreeSet::new();
    let mut before = None;
    for path in paths {
        let folder = folders(path).next_back();
        if folder != before {
            found.extend(folders(path));
            before = folder;
        }
    }
    found
}

/// How a staged file gets to its path.
struct Arrival<'a> {
    replaces: bool,
    path: &'a str,
    staged: &'a PathBuf,
    /// What must go first.
    clear: Vec<Step>,
}

impl Arrival<'_> {
    fn rank(&self) -> (bool, bool) {
        (self.replaces, MediaType::of(self.path) == MediaType::HTML)
    }
}

struct Planner<'a> {
    items: &'a BTreeMap<SitePath, Item>,
    known: &'a Known,
    survey: Survey<'a>,
    conflicts: BTreeMap<PathBuf, WriteError>,
    removed: BTreeSet<String>,
    plan: Plan,
}

impl<'a> Planner<'a> {
    fn run(&mut self, reread: bool) -> Result<(), WriteError> {
        let items = self.items;
        let needed = folders_of(items.keys().map(SitePath::as_str));
        for folder in &needed {
            if self.survey.look(folder)? == Some(Found::Folder) && !self.known.made(folder) {
                self.plan.manifest.found.insert((*folder).to_owned());
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
        if self.survey.look(ARRIVING)? == Some(Found::File) && !self.items.contains_key(ARRIVING) {
            self.plan.steps.push(Step::Remove(ARRIVING.to_owned()));
        }
        for arrival in arrivals {
            self.arrive(arrival)?;
        }
        self.remove_stale(&needed)?;

        let plan = &mut self.plan;
        if !plan.claims.is_empty() {
            plan.steps.insert(0, Step::Announce);
        }
        let same = self.known.manifest() == Some(&plan.manifest);
        if !plan.steps.is_empty() || !same || reread || self.known.is_unfinished() {
            plan.steps.extend([Step::Record, Step::Forget]);
            plan.record = plan.manifest.print();
        }
        Ok(())
    }

    /// Decides about one artifact: nothing to do, something to place, or a conflict.
    fn judge(&mut self, path: &'a SitePath, item: &'a Item) -> Result<Option<Arrival<'a>>, WriteError> {
        let name = path.as_str();
        let mut clear = Vec::new();
        match self.survey.obstacle(name)? {
            Some((folder, Found::File)) if self.survey.is_ours(folder)? => {
                clear.push(Step::Remove(folder.to_owned()));
            }
            Some((folder, found)) => {
                self.conflict(self.survey.place(folder), found, path);
                return Ok(None);
            }
            None => {}
        }
        let Some(staged) = &item.staged else {
            self.plan.summary.unchanged += 1;
            return Ok(None);
        };
        for other in self.known.respelled(name) {
            if self.survey.look(other)? == Some(Found::File)
                && self.survey.is_spelled(other)?
                && self.survey.is_ours(other)?
            {
                clear.push(Step::Remove(other.to_owned()));
            }
        }
        let replaces = match self.survey.look(name)? {
            None => false,
            // The file is there only under the old spelling, and has just been cleared away.
            Some(Found::File) if !clear.is_empty() && !self.survey.is_spelled(name)? => false,
            Some(Found::File)
                if self.known.is_recorded(name) || self.known.is_marked() || self.survey.is_ours(name)? =>
            {
                true
            }
            Some(Found::Folder) => {
                self.clear_folder(name, path, &mut clear)?;
                false
            }
            Some(found) => {
                self.conflict(self.survey.place(name), found, path);
                return Ok(None);
            }
        };
        Ok(Some(Arrival { replaces, path: name, staged, clear }))
    }

    /// Lists what must be removed so that `folder` is gone, if all of it is stale and ours.
    fn clear_folder(
        &mut self,
        folder: &str,
        wanted: &SitePath,
        clear: &mut Vec<Step>,
    ) -> Result<(), WriteError> {
        if !self.known.made(folder) {
            self.conflict(self.survey.place(folder), Found::Folder, wanted);
            return Ok(());
        }
        for (place, path) in self.survey.inside(folder)? {
            let found = match &path {
                Some(path) => self.survey.look(path)?,
                None => super::survey::look(&place)?,
            };
            match (path, found) {
                (Some(path), Some(Found::Folder)) => self.clear_folder(&path, wanted, clear)?,
                (Some(path), Some(Found::File)) if self.survey.is_ours(&path)? => {
                    clear.push(Step::Remove(path));
                }
                (_, Some(found)) => self.conflict(place, found, wanted),
                (_, None) => {}
            }
        }
        clear.push(Step::RemoveFolder(folder.to_owned()));
        Ok(())
    }

    fn conflict(&mut self, path: PathBuf, found: Found, wanted: &SitePath) {
        let conflict = WriteError::Conflict { path: path.clone(), found, wanted: wanted.clone() };
        self.conflicts.entry(path).or_insert(conflict);
    }

    fn arrive(&mut self, arrival: Arrival<'_>) -> Result<(), WriteError> {
        let Arrival { replaces, path, staged, clear } = arrival;
        for step in clear {
            match step {
                Step::Remove(path) => self.remove(path),
                Step::RemoveFolder(path) => self.remove_folder(path),
                step => self.plan.steps.push(step),
            }
        }
        for folder in folders(path) {
            if self.survey.look(folder)? != Some(Found::Folder)
                && self.plan.claims.folders.insert(folder.to_owned())
            {
                self.plan.steps.push(Step::MakeFolder(folder.to_owned()));
            }
        }
        let place = Step::Place(staged.clone(), path.to_owned());
        self.plan.steps.push(place);
        if let Some(item) = self.items.get(path) {
            self.plan.claims.claim(path, item.entry);
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
            self.plan.steps.push(Step::Remove(path));
        }
    }

    fn remove_folder(&mut self, path: String) {
        if self.removed.insert(path.clone()) {
            self.plan.steps.push(Step::RemoveFolder(path));
        }
    }

    /// Removes files of ours that are no longer part of the site, then the folders of our making
    /// that they leave empty.
    fn remove_stale(&mut self, needed: &BTreeSet<&str>) -> Result<(), WriteError> {
        let stale: BTreeSet<&str> =
            self.known.paths().filter(|path| !self.items.contains_key(*path)).collect();
        if stale.is_empty() {
            return Ok(());
        }
        let taken: BTreeSet<_> = self.items.keys().map(|path| folded(path.as_str())).collect();
        for path in &stale {
            if self.removed.contains(*path) || self.survey.look(path)? != Some(Found::File) {
                continue;
            }
            if taken.contains(&folded(path)) && !self.survey.is_spelled(path)? {
                continue;
            }
            if self.survey.is_ours(path)? {
                self.remove((*path).to_owned());
            } else {
                self.plan.summary.kept.extend(SitePath::new(path));
            }
        }
        let mut left: BTreeSet<&str> = stale.iter().flat_map(|path| folders(path)).collect();
        left.retain(|folder| !needed.contains(folder) && !self.items.contains_key(*folder));
        for folder in left.into_iter().rev() {
            if self.survey.look(folder)? == Some(Found::Folder) && self.known.made(folder) {
                self.remove_folder(folder.to_owned());
            }
        }
        Ok(())
    }
}
