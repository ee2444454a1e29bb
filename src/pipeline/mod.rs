//! The order of things: settings, theme, content; check and derive; render; publish.
//!
//! Parallel work happens in four places only: reading, checking, rendering, and writing what was
//! rendered. Results come back in the order of the plan, whatever the number of threads.

mod build;
mod proofread;
mod timing;

pub use build::{BuildError, BuildOptions, Built, build};
pub use proofread::proofread;
pub use timing::{Phase, Timings};

use std::path::{Path, PathBuf};

use crate::check::{self, Findings};
use crate::config::{self, Config};
use crate::diagnostic::{At, Diagnostic, Message, Severity};
use crate::load;
use crate::model::Site;
use crate::source::FilePath;
use crate::text::Lang;
use crate::theme::{self, Theme, ThemeFile};

/// A site as it lies on disk: its settings, its theme, its content.
pub struct Project {
    /// Its folder.
    pub root: PathBuf,
    /// Its settings.
    pub config: Config,
    /// How it looks and what it says by itself.
    pub theme: Theme,
    /// Its facts.
    pub site: Site,
    /// What is wrong with its files.
    pub diagnostics: Vec<Diagnostic>,
}

/// Settings that the command line sets over `site.toml`.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// Where the portal will be reached.
    pub base_url: Option<config::BaseUrl>,
    /// Whether drafts are loaded too.
    pub drafts: bool,
}

impl Project {
    /// Whether something forbids to publish.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.diagnostics)
    }
}

/// Whether one of them is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// Reads a site with all that belongs to it. Whatever is wrong is among the diagnostics.
pub fn open(root: &Path, overrides: &Overrides, timings: &mut Timings) -> Project {
    let mut diagnostics = Vec::new();
    let mut config = timings.measure(Phase::Settings, || settings(root, &mut diagnostics));
    let settled = diagnostics.is_empty();
    if let Some(base_url) = &overrides.base_url {
        config.base_url = base_url.clone();
    }
    let theme = timings.measure(Phase::Theme, || theme(root, &config, &mut diagnostics));
    let levels: Vec<&str> = config.levels.iter().map(|level| &*level.id).collect();
    let reserved: Vec<&str> = config.languages.iter().skip(1).map(Lang::tag).collect();
    let request = load::Request {
        root,
        drafts: overrides.drafts || config.drafts,
        // Settings that could not be read name no levels; content is not to blame for that.
        levels: settled.then_some(&*levels),
        reserved: &reserved,
    };
    let loaded = timings.measure(Phase::Load, || load::load(&request));
    diagnostics.extend(loaded.diagnostics);
    Project { root: root.to_owned(), config, theme, site: loaded.site, diagnostics }
}

/// Holds every report of a project against the checks.
pub fn check(project: &Project, timings: &mut Timings) -> Findings {
    timings.measure(Phase::Check, || check::run(&project.site, &project.config.check))
}

fn settings(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Config {
    let file: FilePath = config::FILE_NAME.into();
    match load::text(root, &file) {
        Ok(text) => {
            let (config, faults) = Config::parse(&file, &text, &check::names());
            diagnostics.extend(faults);
            config
        }
        Err(fault) => {
            let is_missing = matches!(root.join(&*file).try_exists(), Ok(false));
            diagnostics.push(if is_missing {
                Diagnostic::error("settings-missing").at(&file, At::File).help(Message::new("help-settings"))
            } else {
                *fault
            });
            Config::default()
        }
    }
}

fn theme(root: &Path, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Theme {
    let name = config.theme.as_deref().unwrap_or(theme::DEFAULT);
    let own = format!("themes/{name}");
    let mut files = Vec::new();
    for folder in [&*own, "templates", "static", "strings"] {
        let found = load::folder(root, folder, diagnostics);
        files.extend(found.into_iter().map(|(path, bytes)| ThemeFile { path, bytes }));
    }
    let (theme, faults) = Theme::new(name, &config.languages, &files);
    diagnostics.extend(faults);
    theme
}
