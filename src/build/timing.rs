//! Measures how long the phases of a build take.
#![expect(clippy::disallowed_methods, reason = "this is where time is taken; it never reaches the output")]

use std::time::{Duration, Instant};

/// The phases of a build, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Reading `site.toml`.
    Settings,
    /// Reading the theme and the site's own files above it.
    Theme,
    /// Reading the content.
    Load,
    /// Running the checks.
    Check,
    /// Deriving series, totals and ranks.
    Derive,
    /// Listing the pages and reading the templates; in a build, a part of rendering.
    Plan,
    /// Rendering pages, data files and charts, and staging them.
    Render,
    /// Building the search index, and staging its files.
    Index,
    /// Replacing what is published.
    Publish,
    /// Saving the state for the next build.
    Keep,
}

impl Phase {
    /// The name, for people and machines.
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

/// How long the pages of a template took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TemplateTime {
    /// The name; `None` for what is made without a template.
    pub template: Option<&'static str>,
    /// The number of pages.
    pub pages: usize,
    /// The time they took, of all threads together.
    pub time: Duration,
}

/// The finished phases, each with its wall-clock time.
#[derive(Clone, Debug)]
pub struct Timings {
    start: Instant,
    phases: Vec<(Phase, Duration)>,
    templates: Vec<TemplateTime>,
}

/// Does some work, and returns its result and how long it took.
pub(super) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

impl Default for Timings {
    fn default() -> Self {
        Self { start: Instant::now(), phases: Vec::new(), templates: Vec::new() }
    }
}

impl Timings {
    /// Does the work of a phase and records how long it took.
    pub fn measure<T>(&mut self, phase: Phase, work: impl FnOnce() -> T) -> T {
        let (result, time) = timed(work);
        self.phases.push((phase, time));
        result
    }

    /// Returns the finished phases, in order.
    pub fn phases(&self) -> &[(Phase, Duration)] {
        &self.phases
    }

    /// Records pages, each by its template and how long it took.
    pub(super) fn note_pages(&mut self, pages: impl Iterator<Item = (Option<&'static str>, Duration)>) {
        for (template, time) in pages {
            match self.templates.iter_mut().find(|known| known.template == template) {
                Some(known) => (known.pages, known.time) = (known.pages + 1, known.time + time),
                None => self.templates.push(TemplateTime { template, pages: 1, time }),
            }
        }
        self.templates.sort_by_key(|template| std::cmp::Reverse(template.time));
    }

    /// Returns the templates used, the slowest first.
    pub fn templates(&self) -> &[TemplateTime] {
        &self.templates
    }

    /// Returns the time since the timings were created.
    pub fn total(&self) -> Duration {
        self.start.elapsed()
    }
}
