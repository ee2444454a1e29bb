//! Ctrl-C, and the signal by which services are ended.

use std::io;

/// Hears from the moment it is made whether somebody ends the program. Lives within a runtime.
pub(super) struct Interrupts {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 2],
}

#[cfg(unix)]
impl Interrupts {
    pub(super) fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { signals: [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?] })
    }

    /// Waits for the first.
    pub(super) async fn wait(mut self) {
        use std::task::Poll;
        std::future::poll_fn(|context| {
            let is_heard = self.signals.iter_mut().any(|signal| signal.poll_recv(context).is_ready());
            if is_heard { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }
}

#[cfg(not(unix))]
impl Interrupts {
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits for the first.
    pub(super) async fn wait(self) {
        if tokio::signal::ctrl_c().await.is_err() {
            // Nothing will be heard; the system ends the program as it likes.
            std::future::pending::<()>().await;
        }
    }
}
