//! The preview: watches a site, serves its pages on the loopback, and tells browsers what changed.
//!
//! Three threads: one waits for changes of files and refreshes the [`Preview`]; one holds all
//! connections and lets pages be rendered by a few more; the one that began it hears the [`News`].
//! What is seen goes from the first to the second as one value, which always is the newest, so that
//! no change can be missed. Nothing is ever written to disk.

mod answer;
mod batch;
mod desk;
mod host;
mod http;
mod interrupt;
mod overlay;
mod range;
mod route;
mod watch;

pub use desk::Describe;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;

use tokio::runtime;
use tokio::sync::watch as state;

use crate::base::diagnostic::Diagnostic;
use crate::base::text::Lang;
use crate::build::Timings;
use crate::build::preview::{Changes, Preview, Shown};

use self::batch::Signal;
use self::desk::{Desk, Speaker, State};
use self::host::Hosts;
use self::interrupt::Interrupts;
use self::watch::Watch;

/// So many ports are tried where the first is in use.
const PORTS: u16 = 20;
/// So many pages are rendered at once.
const RENDERERS: usize = 4;

/// A server that listens and a watch that has begun; nothing is answered yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    hosts: Hosts,
    watch: Watch,
    signals: (Sender<Signal>, Receiver<Signal>),
}

/// Why there is no preview.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// No port could be had.
    #[error("cannot listen on {host}, port {port}")]
    Listen {
        /// The host asked for.
        host: String,
        /// The port asked for.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
    /// The site's folder cannot be watched.
    #[error("cannot watch the site's folder")]
    Watch(#[from] notify::Error),
    /// No thread could be started.
    #[error("cannot start the server")]
    Start(#[source] io::Error),
}

/// What happened.
pub enum News {
    /// Files changed, and the portal with them.
    Refreshed {
        /// Which.
        changes: Changes,
        /// What there is to see now.
        shown: Shown,
        /// How long it took.
        timings: Box<Timings>,
    },
    /// A page that was asked for has faults.
    Faulty(Arc<[Diagnostic]>),
    /// The system has no room to watch more; files are compared once a second. What it says.
    Polling(String),
    /// Changes are not noticed any more. What the system says.
    Blind(String),
    /// Somebody ended the program.
    Ended,
}

impl Server {
    /// Begins to watch a site and to listen: on the port, or the next that is free. Port 0 is any.
    pub fn start(root: &Path, host: &str, port: u16) -> Result<Self, ServeError> {
        let (listener, address) = listen(host, port).map_err(|source| ServeError::Listen {
            host: host.to_owned(),
            port,
            source,
        })?;
        let signals = mpsc::channel();
        let watch = Watch::start(root, &signals.0)?;
        Ok(Self { listener, address, hosts: Hosts::new(host, address), watch, signals })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers requests with a preview of the same site, which was opened after the watch began.
    pub fn run(
        self,
        preview: Preview,
        lang: Lang,
        describe: Box<Describe>,
    ) -> Result<Receiver<News>, ServeError> {
        let Self { listener, hosts, watch, signals: (stop, signals), .. } = self;
        let (news, heard) = mpsc::channel();
        let speaker = Arc::new(Speaker { lang, describe });
        let (states, state) = state::channel(State::new(preview.shown().clone(), &speaker));
        if let Some(detail) = watch.polls_because() {
            let _ = news.send(News::Polling(detail.to_owned()));
        }
        let follower =
            Follower { preview, watch, signals, states, speaker: speaker.clone(), news: news.clone() };
        let desk = Desk { boot: boot(), speaker, states: state, news: news.clone(), told: Mutex::default() };
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(RENDERERS)
            .build()
            .map_err(ServeError::Start)?;
        let (listener, interrupts) = {
            let _within = runtime.enter();
            listener.set_nonblocking(true).map_err(ServeError::Start)?;
            let listener = tokio::net::TcpListener::from_std(listener).map_err(ServeError::Start)?;
            (listener, Interrupts::new().map_err(ServeError::Start)?)
        };
        let named = |name: &str| thread::Builder::new().name(name.to_owned());
        named("watch").spawn(move || follower.follow()).map_err(ServeError::Start)?;
        let serve = move || {
            runtime.block_on(async {
                tokio::spawn(http::accept(listener, Arc::new(hosts), Arc::new(desk)));
                interrupts.wait().await;
            });
            runtime.shutdown_background();
            // Either may be gone already.
            let _ = stop.send(Signal::Stop);
            let _ = news.send(News::Ended);
        };
        named("serve").spawn(serve).map_err(ServeError::Start)?;
        Ok(heard)
    }
}

/// Binds the port, or one of those behind it where it is in use.
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

/// A name that no other run of the server has.
#[expect(clippy::disallowed_methods, reason = "a run is told from the one before by when it began")]
fn boot() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    format!("{:x}{:x}", since.as_nanos(), std::process::id())
}

/// Refreshes the preview whenever files change.
struct Follower {
    preview: Preview,
    watch: Watch,
    signals: Receiver<Signal>,
    states: state::Sender<State>,
    speaker: Arc<Speaker>,
    news: Sender<News>,
}

impl Follower {
    fn follow(mut self) {
        while let Some(batch) = batch::next(&self.signals) {
            let changes = self.watch.changes(&batch);
            if changes != Changes::Paths(Vec::new()) && self.refresh(changes).is_err() {
                return;
            }
        }
    }

    /// Fails where nobody listens any more.
    fn refresh(&mut self, changes: Changes) -> Result<(), mpsc::SendError<News>> {
        // What is written from here on is an event again.
        match self.watch.renew(&changes) {
            Ok(false) => {}
            Ok(true) => {
                let detail = self.watch.polls_because().unwrap_or_default().to_owned();
                self.news.send(News::Polling(detail))?;
            }
            Err(error) => self.news.send(News::Blind(error.to_string()))?,
        }
        let mut timings = Timings::default();
        let shown = self.preview.refresh(&changes, &mut timings).clone();
        self.states.send_replace(State::new(shown.clone(), &self.speaker));
        self.news.send(News::Refreshed { changes, shown, timings: Box::new(timings) })
    }
}
