//! Gathers bursts of file events into batches, each taken once the burst has ended.
#![expect(clippy::disallowed_methods, reason = "the length of a burst is measured, not shown")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// A burst has ended after this pause. An editor's save is several events within 2 ms.
const PAUSE: Duration = Duration::from_millis(20);
/// The pause after a new folder, which is watched only a moment later: files written to it in
/// between should be there when it is read.
const PAUSE_AFTER_FOLDER: Duration = Duration::from_millis(100);
/// The maximum length of a burst; a longer one is split.
const MAX_BURST: Duration = Duration::from_millis(800);

/// What the watcher has seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FileEvent {
    /// A file or folder was changed, removed or replaced.
    Changed(PathBuf),
    /// A file was created.
    Created(PathBuf),
    /// A folder was created.
    FolderCreated(PathBuf),
    /// Events were lost, so anything may have changed.
    Lost,
    /// The server is stopping.
    Stop,
}

/// The events of one burst.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Batch {
    /// The paths created, changed or removed, each with what was there before.
    pub(super) paths: BTreeMap<PathBuf, PathBefore>,
    /// Whether events were lost, so that other paths may have changed too.
    pub(super) is_incomplete: bool,
}

/// What was at a path before a burst.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PathBefore {
    /// Possibly something.
    Unknown,
    /// Nothing.
    Nothing,
}

/// Waits for the end of the next burst; `None` when the server is stopping.
pub(super) fn next(events: &Receiver<FileEvent>) -> Option<Batch> {
    let mut batch = Batch::default();
    let mut pause = batch.add(events.recv().ok()?)?;
    let end = Instant::now() + MAX_BURST;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        match events.recv_timeout(pause.min(left)) {
            Ok(event) => pause = pause.max(batch.add(event)?),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Some(batch),
        }
        if left.is_zero() {
            return Some(batch);
        }
    }
}

impl Batch {
    /// Adds an event and returns how long to wait for the next; `None` when the server is stopping.
    fn add(&mut self, event: FileEvent) -> Option<Duration> {
        let mut pause = PAUSE;
        match event {
            FileEvent::Changed(path) => _ = self.paths.entry(path).or_insert(PathBefore::Unknown),
            FileEvent::Created(path) => _ = self.paths.entry(path).or_insert(PathBefore::Nothing),
            FileEvent::FolderCreated(path) => {
                self.paths.entry(path).or_insert(PathBefore::Nothing);
                pause = PAUSE_AFTER_FOLDER;
            }
            FileEvent::Lost => self.is_incomplete = true,
            FileEvent::Stop => return None,
        }
        Some(pause)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    use PathBefore::{Nothing, Unknown};

    fn paths(paths: &[(&str, PathBefore)]) -> Batch {
        let paths = paths.iter().map(|(path, before)| (PathBuf::from(path), *before));
        Batch { paths: paths.collect(), is_incomplete: false }
    }

    #[test]
    fn a_burst_is_one_list_without_doubles() {
        let (send, events) = mpsc::channel();
        for path in ["content/b.md", "content/a.md", "content/b.md"] {
            send.send(FileEvent::Changed(path.into())).unwrap();
        }
        assert_eq!(next(&events), Some(paths(&[("content/a.md", Unknown), ("content/b.md", Unknown)])));
        send.send(FileEvent::FolderCreated("content/c".into())).unwrap();
        assert_eq!(next(&events), Some(paths(&[("content/c", Nothing)])));
    }

    #[test]
    fn how_a_path_began_is_how_it_was_first_heard_of() {
        let (send, events) = mpsc::channel();
        let (new, old) = (PathBuf::from("content/a.tmp"), PathBuf::from("content/a.md"));
        for event in
            [FileEvent::Created(new.clone()), FileEvent::Changed(new), FileEvent::Changed(old.clone())]
        {
            send.send(event).unwrap();
        }
        send.send(FileEvent::Created(old)).unwrap();
        let expected = paths(&[("content/a.tmp", Nothing), ("content/a.md", Unknown)]);
        assert_eq!(next(&events), Some(expected));
    }

    #[test]
    fn what_follows_at_once_belongs_to_it() {
        let (send, events) = mpsc::channel();
        send.send(FileEvent::FolderCreated("content/a".into())).unwrap();
        let late = std::thread::spawn(move || {
            std::thread::sleep(PAUSE);
            send.send(FileEvent::Changed("content/a/2012.md".into())).unwrap();
            send
        });
        assert_eq!(next(&events), Some(paths(&[("content/a", Nothing), ("content/a/2012.md", Unknown)])));
        drop(late.join().unwrap());
        assert_eq!(next(&events), None);
    }

    #[test]
    fn lost_events_may_be_of_any_file() {
        let (send, events) = mpsc::channel();
        send.send(FileEvent::Changed("content/a.md".into())).unwrap();
        send.send(FileEvent::Lost).unwrap();
        assert!(next(&events).is_some_and(|batch| batch.is_incomplete));
    }

    #[test]
    fn the_end_is_not_waited_for() {
        let (send, events) = mpsc::channel();
        send.send(FileEvent::Changed("content/a.md".into())).unwrap();
        send.send(FileEvent::Stop).unwrap();
        assert_eq!(next(&events), None);
    }

    #[test]
    fn a_burst_without_end_is_taken_in_parts() {
        let (send, events) = mpsc::channel();
        let sender = std::thread::spawn(move || {
            while send.send(FileEvent::Changed("content/a.md".into())).is_ok() {
                std::thread::sleep(Duration::from_millis(2));
            }
        });
        assert_eq!(next(&events), Some(paths(&[("content/a.md", Unknown)])));
        drop(events);
        sender.join().unwrap();
    }
}
