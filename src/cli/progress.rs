//! A bar on the terminal while work takes long.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that is done sooner needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// A bar that shows itself once people begin to wonder.
pub(crate) struct Progress {
    bar: ProgressBar,
    may_show: bool,
}

impl Progress {
    /// Starts to wait; `may_show` is false where nobody is watching.
    pub(crate) fn new(may_show: bool) -> Self {
        Self { bar: ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden()), may_show }
    }

    /// Tells how much of how much is done.
    pub(crate) fn at(&self, done: usize, total: usize) {
        if !self.may_show {
            return;
        }
        if self.bar.is_hidden() && self.bar.elapsed() > PATIENCE {
            if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} {eta}") {
                self.bar.set_style(style);
            }
            self.bar.set_length(total as u64);
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_position(done as u64);
    }

    /// Takes the bar away.
    pub(crate) fn end(self) {
        self.bar.finish_and_clear();
    }
}
