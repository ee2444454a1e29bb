//! An opened site: its settings, theme and content.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3Default;

use crate::base::diagnostic::{At, Diagnostic, Message, Severity};
use crate::base::source::FilePath;
use crate::base::text::Lang;
use crate::check::{self, Findings};
use crate::config::{self, Config};
use crate::derive::Derived;
use crate::load::{self, Fingerprints, Loaded, Reading};
use crate::model::Site;
use crate::plan;
use crate::state::SaveError;
use crate::theme::{self, Theme, ThemeFile};
use crate::view::{self, Bodies, Portal};

use super::timing::{Phase, Timings};

/// The source folders of a site, which must not be used as output.
pub const SOURCES: [&str; 5] = [load::CONTENT, "themes", "templates", "static", "strings"];

/// An opened site. Cloning it is cheap: what is large is shared.
#[derive(Clone)]
pub struct Project {
    /// The site's folder.
    pub root: PathBuf,
    /// The settings, with those of the command line.
    pub config: Arc<Config>,
    /// Templates, assets and strings.
    pub theme: Arc<Theme>,
    /// The content.
    pub site: Arc<Site>,
    /// Errors and warnings about the files.
    pub diagnostics: Vec<Diagnostic>,
    /// The fingerprints of the content.
    pub fingerprints: Arc<Fingerprints>,
    /// The fingerprint of the settings, the theme, and the program.
    pub base: u128,
    pub(super) reading: Arc<Reading>,
}

/// Settings of the command line that override `site.toml`.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// The address of the portal.
    pub base_url: Option<config::BaseUrl>,
    /// Whether to load drafts too.
    pub drafts: bool,
}

impl Project {
    /// Returns the data that pages are made from.
    pub fn portal<'a>(
        &'a self,
        findings: &'a Findings,
        derived: &'a Derived,
        bodies: &'a Bodies<'a>,
    ) -> Portal<'a> {
        Portal {
            site: &self.site,
            findings,
            derived,
            config: &self.config,
            theme: &self.theme,
            bodies,
            fingerprints: &self.fingerprints,
            base: self.base,
        }
    }

    /// Returns whether an error keeps the site from being published.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.diagnostics)
    }

    /// Saves what was read for the next time the site is opened.
    pub(super) fn save_reading(&self) -> Result<(), SaveError> {
        self.reading.save(&self.root, &self.site, &self.fingerprints)
    }
}

/// Returns whether an error keeps the site from being published. Findings of checks never do, whatever their
/// severity.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    let is_fatal =
        |found: &Diagnostic| found.severity == Severity::Error && check::info(found.code).is_none();
    diagnostics.iter().any(is_fatal)
}

/// Reads a site's settings, theme and content. Never fails: errors are among the diagnostics.
pub fn open(root: &Path, overrides: &Overrides, timings: &mut Timings) -> Project {
    let mut diagnostics = Vec::new();
    let mut base = Xxh3Default::new();
    add(&mut base, env!("GLASSHOUSE_BUILD").as_bytes());
    let mut config = timings.measure(Phase::Settings, || settings(root, &mut base, &mut diagnostics));
    let are_settings_read = diagnostics.is_empty();
    base.update(&[u8::from(overrides.base_url.is_some())]);
    if let Some(base_url) = &overrides.base_url {
        add(&mut base, base_url.origin().unwrap_or_default().as_bytes());
        add(&mut base, base_url.path().as_bytes());
        config.base_url = base_url.clone();
    }
    let theme = timings.measure(Phase::Theme, || theme(root, &config, &mut base, &mut diagnostics));
    let levels: Vec<&str> = config.levels.iter().map(|level| &*level.id).collect();
    let folders = config.languages.iter().skip(1).map(Lang::tag);
    let reserved: Vec<&str> = plan::RESERVED.into_iter().chain(folders).collect();
    let request = load::Request {
        root,
        drafts: overrides.drafts || config.drafts,
        // Without settings no levels are known, which is no fault of the content.
        levels: are_settings_read.then_some(&*levels),
        reserved: &reserved,
    };
    let loaded = timings.measure(Phase::Load, || load::load(&request));
    diagnostics.extend(loaded.diagnostics);
    let Loaded { site, fingerprints, reading, .. } = loaded;
    diagnostics.extend(view::untranslated(&site, &config.languages));
    let base = base.digest128();
    Project {
        root: root.to_owned(),
        config: Arc::new(config),
        theme: Arc::new(theme),
        site: Arc::new(site),
        diagnostics,
        fingerprints: Arc::new(fingerprints),
        base,
        reading: Arc::new(reading),
    }
}

/// Returns the folder that a site is published to according to its settings.
pub fn published(root: &Path) -> PathBuf {
    root.join(&*settings(root, &mut Xxh3Default::new(), &mut Vec::new()).output)
}

/// Runs the checks on every report of a project.
pub fn check(project: &Project, timings: &mut Timings) -> Findings {
    timings.measure(Phase::Check, || check::run(&project.site, &project.config.check))
}

/// Adds a piece to a fingerprint with its length, so that pieces cannot run into each other.
fn add(hash: &mut Xxh3Default, piece: &[u8]) {
    hash.update(&(piece.len() as u64).to_le_bytes());
    hash.update(piece);
}

fn settings(root: &Path, base: &mut Xxh3Default, diagnostics: &mut Vec<Diagnostic>) -> Config {
    let file: FilePath = config::FILE_NAME.into();
    match load::text(root, &file) {
        Ok(text) => {
            add(base, text.as_bytes());
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

fn theme(root: &Path, config: &Config, base: &mut Xxh3Default, diagnostics: &mut Vec<Diagnostic>) -> Theme {
    let name = config.theme.as_deref().unwrap_or(theme::DEFAULT);
    let files = theme_files(root, name, diagnostics);
    for ThemeFile { path, bytes } in &files {
        add(base, path.as_bytes());
        add(base, bytes);
    }
    let (theme, faults) = Theme::new(name, &config.languages, &files);
    diagnostics.extend(faults);
    theme
}

/// Returns the files that make up the theme: those of the theme's folder, and the site's own ones, which override
/// them.
pub fn theme_files(root: &Path, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<ThemeFile> {
    let own = format!("themes/{name}");
    let mut files = Vec::new();
    for folder in [&*own, "templates", "static", "strings"] {
        let found = load::folder(root, folder, diagnostics);
        files.extend(found.into_iter().map(|(path, bytes)| ThemeFile { path, bytes }));
    }
    files
}

/// Sorts diagnostics by file, and removes duplicates.
pub(super) fn sorted(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let file = |diagnostic: &Diagnostic| diagnostic.places.first().map(|place| place.file.clone());
    diagnostics.sort_by_key(file);
    let mut seen: Vec<Diagnostic> = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let same_file = seen.iter().rev().take_while(|known| file(known) == file(&diagnostic));
        if !same_file.into_iter().any(|known| *known == diagnostic) {
            seen.push(diagnostic);
        }
    }
    seen
}
