//! From single events to one list of what changed: a burst is taken together, once it has ended.
#![expect(clippy::disallowed_methods, reason = "how long a burst lasts is measured, not shown")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// A burst has ended when so long nothing came. An editor's save is several events within 2 ms.
const QUIET: Duration = Duration::from_millis(20);
/// The same where folders were made: they are watched only from a moment later on, and what was
/// written into them before shall be there when they are looked at.
const QUIET_FOLDERS: Duration = Duration::from_millis(100);
/// A burst that does not end is taken in parts.
const LONGEST: Duration = Duration::from_millis(800);

/// What a watcher says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// A file or folder was changed, removed, or took the place of another.
    Changed(PathBuf),
    /// A file is there that was not.
    Created(PathBuf),
    /// A folder is there that was not.
    Folder(PathBuf),
    /// Events were lost.
    Lost,
    /// Nobody looks any more.
    Stop,
}

/// What a burst was about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Batch {
    /// What was created, changed or removed, and how it began.
    pub(super) paths: BTreeMap<PathBuf, Before>,
    /// Whether that may not be all.
    pub(super) is_lost: bool,
}

/// What was at a path before a burst.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// Something, or perhaps nothing.
    Unknown,
    /// Nothing.
    Nothing,
}

/// Waits for a burst and takes it; `None` when nobody looks any more.
pub(super) fn next(signals: &Receiver<Signal>) -> Option<Batch> {
    let mut batch = Batch::default();
    let mut quiet = batch.add(signals.recv().ok()?)?;
    let end = Instant::now() + LONGEST;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        match signals.recv_timeout(quiet.min(left)) {
            Ok(signal) => quiet = quiet.max(batch.add(signal)?),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Some(batch),
        }
        if left.is_zero() {
            return Some(batch);
        }
    }
}

impl Batch {
    /// Adds a signal and says how long to wait for the next; `None` at the end.
    fn add(&mut self, signal: Signal) -> Option<Duration> {
        let mut quiet = QUIET;
        match signal {
            Signal::Changed(path) => _ = self.paths.entry(path).or_insert(Before::Unknown),
            Signal::Created(path) => _ = self.paths.entry(path).or_insert(Before::Nothing),
            Signal::Folder(path) => {
                self.paths.entry(path).or_insert(Before::Nothing);
                quiet = QUIET_FOLDERS;
            }
            Signal::Lost => self.is_lost = true,
            Signal::Stop => return None,
        }
        Some(quiet)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    use Before::{Nothing, Unknown};

    fn paths(paths: &[(&str, Before)]) -> Batch {
        let paths = paths.iter().map(|(path, before)| (PathBuf::from(path), *before));
        Batch { paths: paths.collect(), is_lost: false }
    }

    #[test]
    fn a_burst_is_one_list_without_doubles() {
        let (send, signals) = mpsc::channel();
        for path in ["content/b.md", "content/a.md", "content/b.md"] {
            send.send(Signal::Changed(path.into())).unwrap();
        }
        assert_eq!(next(&signals), Some(paths(&[("content/a.md", Unknown), ("content/b.md", Unknown)])));
        send.send(Signal::Folder("content/c".into())).unwrap();
        assert_eq!(next(&signals), Some(paths(&[("content/c", Nothing)])));
    }

    #[test]
    fn how_a_path_began_is_how_it_was_first_heard_of() {
        let (send, signals) = mpsc::channel();
        let (new, old) = (PathBuf::from("content/a.tmp"), PathBuf::from("content/a.md"));
        for signal in [Signal::Created(new.clone()), Signal::Changed(new), Signal::Changed(old.clone())] {
            send.send(signal).unwrap();
        }
        send.send(Signal::Created(old)).unwrap();
        let expected = paths(&[("content/a.tmp", Nothing), ("content/a.md", Unknown)]);
        assert_eq!(next(&signals), Some(expected));
    }

    #[test]
    fn what_follows_at_once_belongs_to_it() {
        let (send, signals) = mpsc::channel();
        send.send(Signal::Folder("content/a".into())).unwrap();
        let late = std::thread::spawn(move || {
            std::thread::sleep(QUIET);
            send.send(Signal::Changed("content/a/2012.md".into())).unwrap();
            send
        });
        assert_eq!(next(&signals), Some(paths(&[("content/a", Nothing), ("content/a/2012.md", Unknown)])));
        drop(late.join().unwrap());
        assert_eq!(next(&signals), None);
    }

    #[test]
    fn lost_events_may_be_of_any_file() {
        let (send, signals) = mpsc::channel();
        send.send(Signal::Changed("content/a.md".into())).unwrap();
        send.send(Signal::Lost).unwrap();
        assert!(next(&signals).is_some_and(|batch| batch.is_lost));
    }

    #[test]
    fn the_end_is_not_waited_for() {
        let (send, signals) = mpsc::channel();
        send.send(Signal::Changed("content/a.md".into())).unwrap();
        send.send(Signal::Stop).unwrap();
        assert_eq!(next(&signals), None);
    }

    #[test]
    fn a_burst_without_end_is_taken_in_parts() {
        let (send, signals) = mpsc::channel();
        let sender = std::thread::spawn(move || {
            while send.send(Signal::Changed("content/a.md".into())).is_ok() {
                std::thread::sleep(Duration::from_millis(2));
            }
        });
        assert_eq!(next(&signals), Some(paths(&[("content/a.md", Unknown)])));
        drop(signals);
        sender.join().unwrap();
    }
}
