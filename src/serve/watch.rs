//! Watches the files a site is made of. Events are hints of where to look, and nothing else.
//!
//! Only the folders of sources are watched in depth, so that neither the published portal nor other
//! folders of a repository are; the site's own folder is watched flat, for `site.toml` and for
//! folders of sources that come and go.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify::event::CreateKind;
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::base::source::FilePath;
use crate::build::SOURCES;
use crate::build::preview::Changes;
use crate::config;

use super::batch::{Batch, Before, Signal};

/// How often files are compared where the system cannot tell what changed.
const POLL: Duration = Duration::from_secs(1);

/// Watches a site's folder.
pub(super) struct Watch {
    watcher: Box<dyn Watcher + Send>,
    signals: Sender<Signal>,
    root: PathBuf,
    /// Folders of sources by name, each with where it really is.
    folders: Vec<(&'static str, PathBuf)>,
    /// Why files are compared from time to time, where they are.
    polls_because: Option<String>,
}

impl Watch {
    /// Begins to watch. Where the system has no room for it, files are compared from time to time.
    pub(super) fn start(root: &Path, signals: &Sender<Signal>) -> notify::Result<Self> {
        let root = root.canonicalize().map_err(notify::Error::io)?;
        match Self::with::<RecommendedWatcher>(&root, signals, Config::default()) {
            Ok(watch) => Ok(watch),
            Err(error) => Self::polling(&root, signals, &error),
        }
    }

    /// Why files are compared from time to time; `None` where the system tells what changed.
    pub(super) fn polls_because(&self) -> Option<&str> {
        self.polls_because.as_deref()
    }

    /// What a burst says about the files of the site. Empty where it was about others.
    pub(super) fn changes(&self, batch: &Batch) -> Changes {
        if batch.is_lost {
            return Changes::Everything;
        }
        // Editors write beside a file and then put that in its place: what came and went is no change.
        let is_left = |(path, before): &(&PathBuf, &Before)| {
            **before == Before::Unknown || !matches!(path.try_exists(), Ok(false))
        };
        let paths = batch.paths.iter().filter(is_left);
        Changes::Paths(paths.filter_map(|(path, _)| self.source(path)).collect())
    }

    /// A path as the site knows it; `None` where no part of the site is made of it.
    fn source(&self, path: &Path) -> Option<FilePath> {
        let within = |(name, real): &(&'static str, PathBuf)| {
            path.strip_prefix(real).ok().map(|rest| (*name, rest.to_owned()))
        };
        let (first, rest) = match self.folders.iter().find_map(within) {
            Some(found) => found,
            None => {
                let name = path.strip_prefix(&self.root).ok()?.to_str()?;
                let known = SOURCES.into_iter().chain([config::FILE_NAME]).find(|known| *known == name)?;
                (known, PathBuf::new())
            }
        };
        let mut source = first.to_owned();
        for part in rest.components() {
            let part = part.as_os_str().to_string_lossy();
            // The loader passes over hidden files, such as those that editors make beside a file.
            if part.starts_with('.') {
                return None;
            }
            source.push('/');
            source.push_str(&part);
        }
        Some(source.into())
    }

    /// Watches folders of sources that came, or came anew. `true` where comparing began with it.
    pub(super) fn renew(&mut self, changes: &Changes) -> notify::Result<bool> {
        let came = |name: &str| match changes {
            Changes::Everything => true,
            Changes::Paths(paths) => paths.iter().any(|path| **path == *name),
        };
        let names: Vec<&str> = SOURCES.into_iter().filter(|name| came(name)).collect();
        match self.add(&names) {
            Ok(()) => Ok(false),
            Err(error) if self.polls_because.is_none() => {
                *self = Self::polling(&self.root, &self.signals, &error)?;
                Ok(true)
            }
            Err(error) => Err(error),
        }
    }

    fn polling(root: &Path, signals: &Sender<Signal>, error: &notify::Error) -> notify::Result<Self> {
        // Times of modification are compared in whole seconds, which would miss a second save.
        let config = Config::default().with_poll_interval(POLL).with_compare_contents(true);
        let mut watch = Self::with::<PollWatcher>(root, signals, config)?;
        watch.polls_because = Some(error.to_string());
        // What changed between the two watchers, nobody has seen.
        let _ = signals.send(Signal::Lost);
        Ok(watch)
    }

    fn with<W: Watcher + Send + 'static>(
        root: &Path,
        signals: &Sender<Signal>,
        config: Config,
    ) -> notify::Result<Self> {
        // The loader follows no links below the folders of sources either.
        let config = config.with_follow_symlinks(false);
        let mut watcher: Box<dyn Watcher + Send> = Box::new(W::new(handler(signals), config)?);
        watcher.watch(root, RecursiveMode::NonRecursive)?;
        let mut watch = Self {
            watcher,
            signals: signals.clone(),
            root: root.to_owned(),
            folders: Vec::new(),
            polls_because: None,
        };
        watch.add(&SOURCES)?;
        Ok(watch)
    }

    fn add(&mut self, names: &[&'static str]) -> notify::Result<()> {
        for name in names {
            if let Some(at) = self.folders.iter().position(|(known, _)| known == name) {
                let (_, real) = self.folders.remove(at);
                // A folder that is gone is watched no more.
                let _ = self.watcher.unwatch(&real);
            }
            let Ok(real) = self.root.join(name).canonicalize() else { continue };
            match self.watcher.watch(&real, RecursiveMode::Recursive) {
                Ok(()) => self.folders.push((name, real)),
                Err(_) if !matches!(real.try_exists(), Ok(true)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// Makes signals of events. Reading a file is an event too, and no change.
fn handler(signals: &Sender<Signal>) -> impl FnMut(notify::Result<Event>) + Send + 'static {
    let signals = signals.clone();
    move |event| {
        let event = match event {
            Ok(event) if event.need_rescan() => return drop(signals.send(Signal::Lost)),
            Ok(event) => event,
            Err(_) => return drop(signals.send(Signal::Lost)),
        };
        let signal = match event.kind {
            EventKind::Access(_) => return,
            EventKind::Create(CreateKind::Folder) => Signal::Folder,
            EventKind::Create(CreateKind::File) => Signal::Created,
            _ => Signal::Changed,
        };
        for path in event.paths {
            // Nobody looks any more where this fails.
            let _ = signals.send(signal(path));
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test makes files")]
mod tests {
    use std::sync::mpsc::{self, Receiver};

    use super::super::batch;
    use super::*;

    fn site() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("content/county")).unwrap();
        std::fs::write(folder.path().join("site.toml"), "").unwrap();
        folder
    }

    /// What the next burst about the site is about.
    fn next(watch: &Watch, signals: &Receiver<Signal>) -> Vec<String> {
        loop {
            match watch.changes(&batch::next(signals).unwrap()) {
                Changes::Everything => return vec!["*".into()],
                Changes::Paths(paths) if paths.is_empty() => {}
                Changes::Paths(paths) => return paths.iter().map(ToString::to_string).collect(),
            }
        }
    }

    #[test]
    fn only_files_of_the_site_are_of_interest() {
        let folder = site();
        let (send, _signals) = mpsc::channel();
        let watch = Watch::start(folder.path(), &send).unwrap();
        let root = folder.path().canonicalize().unwrap();
        for (path, expected) in [
            ("content/county/2012.md", Some("content/county/2012.md")),
            ("content/年报/_index.md", Some("content/年报/_index.md")),
            ("content", Some("content")),
            ("templates", Some("templates")),
            ("site.toml", Some("site.toml")),
            ("content/county/.2012.md.swp", None),
            ("content/.git/index", None),
            ("public", None),
            (".glasshouse", None),
            ("README.md", None),
            ("contents", None),
        ] {
            assert_eq!(watch.source(&root.join(path)).as_deref(), expected, "{path}");
        }
        assert_eq!(watch.source(Path::new("/elsewhere/content/a.md")), None);
    }

    #[test]
    fn changes_are_noticed_and_reading_is_none() {
        let folder = site();
        let (send, signals) = mpsc::channel();
        let mut watch = Watch::start(folder.path(), &send).unwrap();
        let page = folder.path().join("content/county/a.md");
        std::fs::write(&page, "a").unwrap();
        assert_eq!(next(&watch, &signals), ["content/county/a.md"]);
        std::fs::read(&page).unwrap();
        std::fs::write(folder.path().join("other.txt"), "").unwrap();
        std::fs::rename(&page, folder.path().join("content/county/b.md")).unwrap();
        assert_eq!(next(&watch, &signals), ["content/county/a.md", "content/county/b.md"]);
        let beside = folder.path().join("content/county/b.md.tmp~");
        std::fs::write(&beside, "b").unwrap();
        std::fs::rename(&beside, folder.path().join("content/county/b.md")).unwrap();
        assert_eq!(next(&watch, &signals), ["content/county/b.md"], "the other came and went");
        std::fs::create_dir(folder.path().join("templates")).unwrap();
        assert_eq!(next(&watch, &signals), ["templates"]);
        assert!(!watch.renew(&Changes::Paths(vec!["templates".into()])).unwrap());
        std::fs::write(folder.path().join("templates/report.html"), "").unwrap();
        assert_eq!(next(&watch, &signals), ["templates/report.html"]);
    }

    #[test]
    fn where_the_system_has_no_room_files_are_compared() {
        let folder = site();
        let (send, signals) = mpsc::channel();
        let full = notify::Error::new(notify::ErrorKind::MaxFilesWatch);
        let mut watch = Watch::polling(folder.path(), &send, &full).unwrap();
        assert!(watch.polls_because().is_some());
        assert_eq!(next(&watch, &signals), ["*"], "nobody saw what changed meanwhile");
        let page = folder.path().join("content/county/a.md");
        for text in ["a", "b"] {
            std::fs::write(&page, text).unwrap();
            assert!(next(&watch, &signals).contains(&"content/county/a.md".to_owned()), "{text}");
        }
        assert!(!watch.renew(&Changes::Everything).unwrap(), "it compares already");
    }
}
