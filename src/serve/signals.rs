//! Waits for Ctrl-C or SIGTERM.

use std::io;

/// Catches termination signals from its creation on. Must be created within a runtime.
pub(super) struct TerminationSignals {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 2],
}

#[cfg(unix)]
impl TerminationSignals {
    pub(super) fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { signals: [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?] })
    }

    /// Waits for the first signal.
    pub(super) async fn wait(mut self) {
        use std::task::Poll;
        std::future::poll_fn(|context| {
            let is_received = self.signals.iter_mut().any(|signal| signal.poll_recv(context).is_ready());
            if is_received { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }
}

#[cfg(not(unix))]
impl TerminationSignals {
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits for the first signal.
    pub(super) async fn wait(self) {
        if tokio::signal::ctrl_c().await.is_err() {
            // No signal can be caught, so the system ends the program its own way.
            std::future::pending::<()>().await;
        }
    }
}
