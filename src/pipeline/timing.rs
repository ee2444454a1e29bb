//! How long the phases of a build take.
#![expect(clippy::disallowed_methods, reason = "this is where time is taken; it never reaches the output")]

use std::time::{Duration, Instant};

/// The phases of a build, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Reading `site.toml`.
    Settings,
    /// Reading the theme and the site's own files above it.
    Theme,
    /// Walking, reading and understanding the content.
    Load,
    /// Holding figures against rules.
    Check,
    /// Series, totals, ranks.
    Derive,
    /// Listing the pages and reading the templates; of a build a part of rendering.
    Plan,
    /// Pages, data files and charts, and staging what they became.
    Render,
    /// Merging what search knows of the pages, and staging its files.
    Index,
    /// Exchanging what is published.
    Publish,
    /// Noting what the next build need not do.
    Keep,
}

impl Phase {
    /// Its name, for people and machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Theme => "theme",
            Self::Load => "load",
            Self::Check => "check",
            Self::Derive => "derive",
            Self::Plan => "plan",
            Self::Render => "render",
            Self::Index => "index",
            Self::Publish => "publish",
            Self::Keep => "keep",
        }
    }
}

/// The phases done so far, each with its wall-clock time.
#[derive(Clone, Debug)]
pub struct Timings {
    start: Instant,
    phases: Vec<(Phase, Duration)>,
}

impl Default for Timings {
    fn default() -> Self {
        Self { start: Instant::now(), phases: Vec::new() }
    }
}

impl Timings {
    /// Does the work of a phase and notes how long it took.
    pub fn measure<T>(&mut self, phase: Phase, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.phases.push((phase, start.elapsed()));
        result
    }

    /// The phases done, in order.
    pub fn phases(&self) -> &[(Phase, Duration)] {
        &self.phases
    }

    /// The time since the beginning.
    pub fn total(&self) -> Duration {
        self.start.elapsed()
    }
}
