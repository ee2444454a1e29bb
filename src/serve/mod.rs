//! The preview: watches a site, serves its pages on the loopback, and tells browsers to reload.
//!
//! Three threads: one waits for file changes and refreshes the [`Preview`]; one holds all connections
//! and has a few workers render pages; the caller's receives [`ServeEvent`]s. The first hands the
//! second its newest state as one immutable value, so that no change can be missed. Nothing is ever
//! written to disk.

mod allowed_hosts;
mod debounce;
mod handler;
mod http;
mod overlay;
mod response;
mod route;
mod signals;
mod state;
mod watcher;

pub use state::{Describe, ServeEvent};

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;

use tokio::runtime;
use tokio::sync::watch;

use crate::base::text::Lang;
use crate::build::Timings;
use crate::build::preview::{Changes, Preview};

use self::allowed_hosts::AllowedHosts;
use self::debounce::FileEvent;
use self::handler::Handler;
use self::signals::TerminationSignals;
use self::state::{FaultWriter, PreviewState};
use self::watcher::SiteWatcher;

/// How many ports are tried where the first is in use.
const PORTS: u16 = 20;
/// How many pages are rendered at once.
const RENDERERS: usize = 4;

/// A server that is bound and a watcher that has started; no request is answered yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    hosts: AllowedHosts,
    watcher: SiteWatcher,
    file_events: (Sender<FileEvent>, Receiver<FileEvent>),
}

/// Why the preview cannot start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// No port is free.
    #[error("cannot listen on {host}, port {port}")]
    Listen {
        /// The requested host.
        host: String,
        /// The requested port.
        port: u16,
        /// The system's error.
        source: io::Error,
    },
    /// The site's folder cannot be watched.
    #[error("cannot watch the site's folder")]
    Watch(#[from] notify::Error),
    /// A thread, or the runtime, could not be started.
    #[error("cannot start the server")]
    Start(#[source] io::Error),
}

impl Server {
    /// Starts to watch a site and listens on the port, or the next free one. Port 0 is any.
    ///
    /// # Errors
    ///
    /// Returns an error if no port is free or the site's folder cannot be watched.
    pub fn start(root: &Path, host: &str, port: u16) -> Result<Self, ServeError> {
        let (listener, address) = listen(host, port).map_err(|source| ServeError::Listen {
            host: host.to_owned(),
            port,
            source,
        })?;
        let file_events = mpsc::channel();
        let watcher = SiteWatcher::start(root, &file_events.0)?;
        Ok(Self { listener, address, hosts: AllowedHosts::new(host, address), watcher, file_events })
    }

    /// Returns the address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers requests with a preview of the same site, opened after the watcher started.
    pub fn run(
        self,
        preview: Preview,
        lang: Lang,
        describe: Box<Describe>,
    ) -> Result<Receiver<ServeEvent>, ServeError> {
        let Self { listener, hosts, watcher, file_events: (stop, file_events), .. } = self;
        let (events, received) = mpsc::channel();
        let fault_writer = Arc::new(FaultWriter { lang, describe });
        let (states, state) = watch::channel(PreviewState::new(preview.shown().clone(), &fault_writer));
        if let Some(detail) = watcher.polls_because() {
            let _ = events.send(ServeEvent::Polling(detail.to_owned()));
        }
        let handler = Handler {
            run_id: run_id(),
            fault_writer: fault_writer.clone(),
            states: state,
            events: events.clone(),
            reported: Mutex::default(),
        };
        let refresher =
            Refresher { preview, watcher, file_events, states, fault_writer, events: events.clone() };
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(RENDERERS)
            .build()
            .map_err(ServeError::Start)?;
        let (listener, signals) = {
            let _within = runtime.enter();
            listener.set_nonblocking(true).map_err(ServeError::Start)?;
            let listener = tokio::net::TcpListener::from_std(listener).map_err(ServeError::Start)?;
            (listener, TerminationSignals::new().map_err(ServeError::Start)?)
        };
        let named = |name: &str| thread::Builder::new().name(name.to_owned());
        named("watch").spawn(move || refresher.run()).map_err(ServeError::Start)?;
        let serve = move || {
            runtime.block_on(async {
                tokio::spawn(http::accept(listener, Arc::new(hosts), Arc::new(handler)));
                signals.wait().await;
            });
            runtime.shutdown_background();
            // Either receiver may be gone already.
            let _ = stop.send(FileEvent::Stop);
            let _ = events.send(ServeEvent::Ended);
        };
        named("serve").spawn(serve).map_err(ServeError::Start)?;
        Ok(received)
    }
}

/// Binds the port or, where it is in use, one of the next.
fn listen(host: &str, port: u16) -> io::Result<(TcpListener, SocketAddr)> {
    let host = host.trim_matches(['[', ']']);
    let last = if port == 0 { 0 } else { port.saturating_add(PORTS - 1) };
    let mut failed = io::Error::from(io::ErrorKind::AddrInUse);
    for port in port..=last {
        match TcpListener::bind((host, port)) {
            Ok(listener) => {
                let address = listener.local_addr()?;
                return Ok((listener, address));
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => failed = error,
            Err(error) => return Err(error),
        }
    }
    Err(failed)
}

/// Returns a name that no other run of the server has.
#[expect(clippy::disallowed_methods, reason = "the start time distinguishes a run from others")]
fn run_id() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    format!("{:x}{:x}", since.as_nanos(), std::process::id())
}

/// Refreshes the preview whenever files change.
struct Refresher {
    preview: Preview,
    watcher: SiteWatcher,
    file_events: Receiver<FileEvent>,
    states: watch::Sender<PreviewState>,
    fault_writer: Arc<FaultWriter>,
    events: Sender<ServeEvent>,
}

impl Refresher {
    fn run(mut self) {
        while let Some(batch) = debounce::next(&self.file_events) {
            let changes = self.watcher.changes(&batch);
            if changes != Changes::Paths(Vec::new()) && self.refresh(changes).is_err() {
                return;
            }
        }
    }

    /// Fails if nobody listens any more.
    fn refresh(&mut self, changes: Changes) -> Result<(), mpsc::SendError<ServeEvent>> {
        // Must precede the reading of files, so that a later write is a new event.
        match self.watcher.renew(&changes) {
            Ok(false) => {}
            Ok(true) => {
                let detail = self.watcher.polls_because().unwrap_or_default().to_owned();
                self.events.send(ServeEvent::Polling(detail))?;
            }
            Err(error) => self.events.send(ServeEvent::Blind(error.to_string()))?,
        }
        let mut timings = Timings::default();
        let shown = self.preview.refresh(&changes, &mut timings).clone();
        self.states.send_replace(PreviewState::new(shown.clone(), &self.fault_writer));
        self.events.send(ServeEvent::Refreshed { changes, shown, timings: Box::new(timings) })
    }
}
