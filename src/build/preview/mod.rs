//! Previews a site while it is edited: opens it once, refreshes it after each change, and renders pages on
//! request.
//!
//! [`Preview`] belongs to whoever watches the files; it alone reads the site. It makes a [`LiveSite`],
//! which is immutable and may be shared by any number of threads that answer requests while the next
//! one is being made. A refresh gets a hint of what has changed; its result is that of opening the site
//! anew, whatever the hint.

mod edit;
mod live_site;
mod render_cache;

pub use live_site::{LiveSite, PortalFile};

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::base::diagnostic::Diagnostic;
use crate::base::source::FilePath;
use crate::derive::Derived;
use crate::render::Prepared;
use crate::theme::Strings;

use super::project::{Overrides, check, has_errors, open, sorted};
use super::timing::{Phase, Timings};

/// What has changed in a site's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changes {
    /// These files or folders: created, changed or removed. Relative to the site's folder.
    Paths(Vec<FilePath>),
    /// Unknown; anything may have changed.
    Everything,
}

/// What a preview shows of a site in one state of its files.
#[derive(Clone)]
pub struct Shown {
    /// The number of this state, from 1.
    pub generation: u64,
    /// The last state without errors; `None` if there was none yet.
    pub portal: Option<Arc<LiveSite>>,
    /// Errors and warnings about the files as they are now.
    pub diagnostics: Arc<[Diagnostic]>,
    /// The strings for their messages.
    pub strings: Arc<Strings>,
    /// The path of the home page, which begins and ends with `/`.
    pub base: Box<str>,
}

impl Shown {
    /// Returns whether errors keep the current state of the files from being shown.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.diagnostics)
    }
}

/// A site that is opened again whenever its files change.
pub struct Preview {
    root: PathBuf,
    overrides: Overrides,
    shown: Shown,
}

impl Preview {
    /// Opens a site. Errors are among the diagnostics.
    pub fn open(root: &Path, overrides: Overrides, timings: &mut Timings) -> Self {
        let shown = show(root, &overrides, None, timings);
        Self { root: root.to_owned(), overrides, shown }
    }

    /// Returns what is shown.
    pub fn shown(&self) -> &Shown {
        &self.shown
    }

    /// Takes in changes. If the site has errors now, its last good state is still shown.
    pub fn refresh(&mut self, changes: &Changes, timings: &mut Timings) -> &Shown {
        if let Some(shown) = self.edited(changes, timings) {
            self.shown = shown;
        } else if *changes != Changes::Paths(Vec::new()) {
            self.shown = show(&self.root, &self.overrides, Some(&self.shown), timings);
        }
        &self.shown
    }

    /// Returns what is shown after an edit of some reports; `None` if anything else has happened, or if there
    /// were or are faults in them.
    fn edited(&self, changes: &Changes, timings: &mut Timings) -> Option<Shown> {
        let Changes::Paths(paths) = changes else { return None };
        let is_about = |fault: &Diagnostic| fault.places.iter().any(|place| paths.contains(&place.file));
        if paths.is_empty() || self.shown.has_errors() || self.shown.diagnostics.iter().any(is_about) {
            return None;
        }
        let before = self.shown.portal.as_ref()?;
        let portal = timings.measure(Phase::Load, || edit::refresh(before, &self.overrides, paths))?;
        let generation = self.shown.generation + 1;
        Some(Shown { generation, portal: Some(Arc::new(portal)), ..self.shown.clone() })
    }
}

/// Reads the site, and makes a live site of it unless it has errors.
fn show(root: &Path, overrides: &Overrides, before: Option<&Shown>, timings: &mut Timings) -> Shown {
    let mut project = open(root, overrides, timings);
    let mut diagnostics = std::mem::take(&mut project.diagnostics);
    let strings = project.theme.strings.clone();
    let base = project.config.base_url.path().into();
    let findings = check(&project, timings);
    let derived = timings.measure(Phase::Derive, || Derived::new(&project.site, &findings));
    let (prepared, faults) = timings
        .measure(Phase::Plan, || Prepared::new(&project.portal(&findings, &derived, &|_| Ok(String::new()))));
    diagnostics.extend(faults);
    let generation = before.map_or(1, |before| before.generation + 1);
    let fresh = prepared
        .filter(|_| !has_errors(&diagnostics))
        .map(|prepared| Arc::new(LiveSite::new(project, findings, derived, prepared)));
    let last = || before.and_then(|before| Some((before.portal.clone()?, before.base.clone())));
    let diagnostics = sorted(diagnostics).into();
    let (portal, base) = match fresh {
        Some(portal) => (Some(portal), base),
        None => last().map_or((None, base), |(portal, base)| (Some(portal), base)),
    };
    Shown { generation, portal, diagnostics, strings, base }
}
