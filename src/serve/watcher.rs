//! Watches the source files of a site. Events are only hints of where to look.
//!
//! The source folders are watched recursively; the site's own folder is not, so that neither the
//! published portal nor other folders of a repository are watched. It is watched for `site.toml` and
//! for source folders that come and go.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify::event::CreateKind;
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::base::source::FilePath;
use crate::build::SOURCES;
use crate::build::preview::Changes;
use crate::config;

use super::debounce::{Batch, FileEvent, PathBefore};

/// How often files are compared where the system cannot report changes.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// Watches a site's folder.
pub(super) struct SiteWatcher {
    watcher: Box<dyn Watcher + Send>,
    events: Sender<FileEvent>,
    root: PathBuf,
    /// The watched source folders: names and canonical paths.
    folders: Vec<(&'static str, PathBuf)>,
    /// Why the watcher polls, if it does.
    polls_because: Option<String>,
}

impl SiteWatcher {
    /// Starts watching; polls where the system has no capacity for it.
    pub(super) fn start(root: &Path, events: &Sender<FileEvent>) -> notify::Result<Self> {
        let root = root.canonicalize().map_err(notify::Error::io)?;
        match Self::with::<RecommendedWatcher>(&root, events, Config::default()) {
            Ok(watch) => Ok(watch),
            Err(error) => Self::polling(&root, events, &error),
        }
    }

    /// Returns why the watcher polls; `None` where the system reports changes.
    pub(super) fn polls_because(&self) -> Option<&str> {
        self.polls_because.as_deref()
    }

    /// Returns the changes of the site in a batch; empty if only other files changed.
    pub(super) fn changes(&self, batch: &Batch) -> Changes {
        if batch.is_incomplete {
            return Changes::Everything;
        }
        // Editors write a temporary file and rename it: what came and went is no change.
        let is_change = |(path, before): &(&PathBuf, &PathBefore)| {
            **before == PathBefore::Unknown || !matches!(path.try_exists(), Ok(false))
        };
        let paths = batch.paths.iter().filter(is_change);
        Changes::Paths(paths.filter_map(|(path, _)| self.source(path)).collect())
    }

    /// Returns a path relative to the site; `None` if it is not one of the site's sources.
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
            // The loader ignores hidden files, such as those of editors.
            if part.starts_with('.') {
                return None;
            }
            source.push('/');
            source.push_str(&part);
        }
        Some(source.into())
    }

    /// Watches source folders that appeared or were replaced. Returns whether polling began.
    pub(super) fn renew(&mut self, changes: &Changes) -> notify::Result<bool> {
        let has_changed = |name: &str| match changes {
            Changes::Everything => true,
            Changes::Paths(paths) => paths.iter().any(|path| **path == *name),
        };
        let names: Vec<&str> = SOURCES.into_iter().filter(|name| has_changed(name)).collect();
        match self.add(&names) {
            Ok(()) => Ok(false),
            Err(error) if self.polls_because.is_none() => {
                *self = Self::polling(&self.root, &self.events, &error)?;
                Ok(true)
            }
            Err(error) => Err(error),
        }
    }

    fn polling(root: &Path, events: &Sender<FileEvent>, error: &notify::Error) -> notify::Result<Self> {
        // Modification times are compared in whole seconds, which would miss a second save.
        let config = Config::default().with_poll_interval(POLL_INTERVAL).with_compare_contents(true);
        let mut watch = Self::with::<PollWatcher>(root, events, config)?;
        watch.polls_because = Some(error.to_string());
        // Changes between the two watchers went unnoticed.
        let _ = events.send(FileEvent::Lost);
        Ok(watch)
    }

    fn with<W: Watcher + Send + 'static>(
        root: &Path,
        events: &Sender<FileEvent>,
        config: Config,
    ) -> notify::Result<Self> {
        // The loader does not follow links below the source folders either.
        let config = config.with_follow_symlinks(false);
        let mut watcher: Box<dyn Watcher + Send> = Box::new(W::new(forward(events), config)?);
        watcher.watch(root, RecursiveMode::NonRecursive)?;
        let mut watch = Self {
            watcher,
            events: events.clone(),
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
                // Fails for a folder that is gone, which needs no unwatching.
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

/// Forwards the system's events, except those of reading a file.
fn forward(events: &Sender<FileEvent>) -> impl FnMut(notify::Result<Event>) + Send + 'static {
    let events = events.clone();
    move |event| {
        let event = match event {
            Ok(event) if event.need_rescan() => return drop(events.send(FileEvent::Lost)),
            Ok(event) => event,
            Err(_) => return drop(events.send(FileEvent::Lost)),
        };
        let file_event = match event.kind {
            EventKind::Access(_) => return,
            EventKind::Create(CreateKind::Folder) => FileEvent::FolderCreated,
            EventKind::Create(CreateKind::File) => FileEvent::Created,
            _ => FileEvent::Changed,
        };
        for path in event.paths {
            // Fails where nobody listens any more.
            let _ = events.send(file_event(path));
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "a test makes files")]

    use std::sync::mpsc::{self, Receiver};

    use super::super::debounce;
    use super::*;

    fn site() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("content/county")).unwrap();
        std::fs::write(folder.path().join("site.toml"), "").unwrap();
        folder
    }

    /// Returns the changes of the next batch that concerns the site.
    fn next(watch: &SiteWatcher, events: &Receiver<FileEvent>) -> Vec<String> {
        loop {
            match watch.changes(&debounce::next(events).unwrap()) {
                Changes::Everything => return vec!["*".into()],
                Changes::Paths(paths) if paths.is_empty() => {}
                Changes::Paths(paths) => return paths.iter().map(ToString::to_string).collect(),
            }
        }
    }

    #[test]
    fn only_files_of_the_site_are_of_interest() {
        let folder = site();
        let (send, _events) = mpsc::channel();
        let watch = SiteWatcher::start(folder.path(), &send).unwrap();
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
        let (send, events) = mpsc::channel();
        let mut watch = SiteWatcher::start(folder.path(), &send).unwrap();
        let page = folder.path().join("content/county/a.md");
        std::fs::write(&page, "a").unwrap();
        assert_eq!(next(&watch, &events), ["content/county/a.md"]);
        std::fs::read(&page).unwrap();
        std::fs::write(folder.path().join("other.txt"), "").unwrap();
        std::fs::rename(&page, folder.path().join("content/county/b.md")).unwrap();
        assert_eq!(next(&watch, &events), ["content/county/a.md", "content/county/b.md"]);
        let beside = folder.path().join("content/county/b.md.tmp~");
        std::fs::write(&beside, "b").unwrap();
        std::fs::rename(&beside, folder.path().join("content/county/b.md")).unwrap();
        assert_eq!(next(&watch, &events), ["content/county/b.md"], "the other came and went");
        std::fs::create_dir(folder.path().join("templates")).unwrap();
        assert_eq!(next(&watch, &events), ["templates"]);
        assert!(!watch.renew(&Changes::Paths(vec!["templates".into()])).unwrap());
        std::fs::write(folder.path().join("templates/report.html"), "").unwrap();
        assert_eq!(next(&watch, &events), ["templates/report.html"]);
    }

    #[test]
    fn where_the_system_has_no_room_files_are_compared() {
        let folder = site();
        let (send, events) = mpsc::channel();
        let full = notify::Error::new(notify::ErrorKind::MaxFilesWatch);
        let mut watch = SiteWatcher::polling(folder.path(), &send, &full).unwrap();
        assert!(watch.polls_because().is_some());
        assert_eq!(next(&watch, &events), ["*"], "nobody saw what changed meanwhile");
        let page = folder.path().join("content/county/a.md");
        for text in ["a", "b"] {
            std::fs::write(&page, text).unwrap();
            assert!(next(&watch, &events).contains(&"content/county/a.md".to_owned()), "{text}");
        }
        assert!(!watch.renew(&Changes::Everything).unwrap(), "it compares already");
    }
}
