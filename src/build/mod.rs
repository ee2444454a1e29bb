//! The order of things: settings, theme, content; check and derive; render; publish.
//!
//! Parallel work happens in four places only: reading, checking, rendering, and writing (or looking at) what was
//! rendered. Results come back in the order of the plan, whatever the number of threads.

mod kept;
pub mod preview;
mod proofread;
mod reach;
mod run;
mod search;
mod settled;
mod stage;
mod texts;
mod timing;

pub use proofread::proofread;
pub use reach::unreached;
pub use run::{BuildError, BuildOptions, Built, build};
pub use timing::{Phase, TemplateTime, Timings};

use std::path::{Path, PathBuf};
use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3Default;

use crate::base::diagnostic::{At, Diagnostic, Message, Severity};
use crate::base::source::FilePath;
use crate::base::text::Lang;
use crate::check::{self, Findings};
use crate::config::{self, Config};
use crate::derive::Derived;
use crate::load::{self, Fingerprints, Loaded, Memory, Reading};
use crate::model::Site;
use crate::publish;
use crate::render;
use crate::render::{Bodies, Inputs};
use crate::theme::{self, Theme, ThemeFile};

/// The folders of a site that it is made of; they must not be published over.
pub const SOURCES: [&str; 5] = [load::CONTENT, "themes", "templates", "static", "strings"];

/// A site as it lies on disk: its settings, its theme, its content. A copy shares what is large.
#[derive(Clone)]
pub struct Project {
    /// Its folder.
    pub root: PathBuf,
    /// Its settings.
    pub config: Arc<Config>,
    /// How it looks and what it says by itself.
    pub theme: Arc<Theme>,
    /// Its facts.
    pub site: Arc<Site>,
    /// What is wrong with its files.
    pub diagnostics: Vec<Diagnostic>,
    /// The fingerprints of its content.
    pub prints: Arc<Fingerprints>,
    /// The fingerprint of its settings and its theme, and of the program.
    pub base: u128,
    reading: Arc<Reading>,
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
    /// What pages are made of: the project, what the checks found in it and what follows from it.
    pub fn inputs<'a>(
        &'a self,
        findings: &'a Findings,
        derived: &'a Derived,
        bodies: &'a Bodies<'a>,
    ) -> Inputs<'a> {
        Inputs {
            site: &self.site,
            findings,
            derived,
            config: &self.config,
            theme: &self.theme,
            bodies,
            prints: &self.prints,
            base: self.base,
        }
    }

    /// Whether something forbids to publish.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.diagnostics)
    }
}

/// Whether one of them forbids to publish. What a check found never does, however bad it counts.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    let is_fatal =
        |found: &Diagnostic| found.severity == Severity::Error && check::info(found.code).is_none();
    diagnostics.iter().any(is_fatal)
}

/// Reads a site with all that belongs to it. Whatever is wrong is among the diagnostics.
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
    let reserved: Vec<&str> = config.languages.iter().skip(1).map(Lang::tag).collect();
    let request = load::Request {
        root,
        drafts: overrides.drafts || config.drafts,
        // Settings that could not be read name no levels; content is not to blame for that.
        levels: are_settings_read.then_some(&*levels),
        reserved: &reserved,
    };
    let memory = |context| match publish::recall(&facts_file(root)) {
        Some((bytes, saved)) => Memory::read(bytes, saved, context),
        None => Memory::default(),
    };
    let loaded = timings.measure(Phase::Load, || load::load(&request, &memory));
    diagnostics.extend(loaded.diagnostics);
    let Loaded { site, fingerprints: prints, reading, .. } = loaded;
    diagnostics.extend(render::untranslated(&site, &config.languages));
    let base = base.digest128();
    Project {
        root: root.to_owned(),
        config: Arc::new(config),
        theme: Arc::new(theme),
        site: Arc::new(site),
        diagnostics,
        prints: Arc::new(prints),
        base,
        reading: Arc::new(reading),
    }
}

/// The folder in a site where builds remember what they read and published.
const STATE: &str = ".glasshouse";

fn facts_file(root: &Path) -> PathBuf {
    root.join(STATE).join("facts")
}

/// Where a site is published to, as its settings say.
pub fn published(root: &Path) -> PathBuf {
    root.join(&*settings(root, &mut Xxh3Default::new(), &mut Vec::new()).output)
}

/// Holds every report of a project against the checks.
pub fn check(project: &Project, timings: &mut Timings) -> Findings {
    timings.measure(Phase::Check, || check::run(&project.site, &project.config.check))
}

/// Adds a piece to a fingerprint, told from the pieces around it.
fn add(print: &mut Xxh3Default, piece: &[u8]) {
    print.update(&(piece.len() as u64).to_le_bytes());
    print.update(piece);
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

/// Every file of a site that belongs to the theme it uses.
pub fn theme_files(root: &Path, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<ThemeFile> {
    let own = format!("themes/{name}");
    let mut files = Vec::new();
    for folder in [&*own, "templates", "static", "strings"] {
        let found = load::folder(root, folder, diagnostics);
        files.extend(found.into_iter().map(|(path, bytes)| ThemeFile { path, bytes }));
    }
    files
}
