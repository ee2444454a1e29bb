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

/// What the pages made with a template took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TemplateTime {
    /// Its name; `None` for what is made without one.
    pub template: Option<&'static str>,
    /// How many pages were made with it.
    pub pages: usize,
    /// How long they took, the times of all threads added up.
    pub time: Duration,
}

/// The phases done so far, each with its wall-clock time.
#[derive(Clone, Debug)]
pub struct Timings {
    start: Instant,
    phases: Vec<(Phase, Duration)>,
    templates: Vec<TemplateTime>,
}

/// Does some work, and says how long it took.
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
    /// Does the work of a phase and notes how long it took.
    pub fn measure<T>(&mut self, phase: Phase, work: impl FnOnce() -> T) -> T {
        let (result, time) = timed(work);
        self.phases.push((phase, time));
        result
    }

    /// The phases done, in order.
    pub fn phases(&self) -> &[(Phase, Duration)] {
        &self.phases
    }

    /// Notes pages, each by its template and how long it took.
    pub(super) fn note_pages(&mut self, pages: impl Iterator<Item = (Option<&'static str>, Duration)>) {
        for (template, time) in pages {
            match self.templates.iter_mut().find(|known| known.template == template) {
                Some(known) => (known.pages, known.time) = (known.pages + 1, known.time + time),
                None => self.templates.push(TemplateTime { template, pages: 1, time }),
            }
        }
        self.templates.sort_by_key(|template| std::cmp::Reverse(template.time));
    }

    /// What was made with each template, the longest first.
    pub fn templates(&self) -> &[TemplateTime] {
        &self.templates
    }

    /// The time since the beginning.
    pub fn total(&self) -> Duration {
        self.start.elapsed()
    }
}
