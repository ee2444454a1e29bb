//! The streams a command writes to, and the language it uses.

use std::io::{self, IsTerminal, Stderr, Stdout, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anstream::{AutoStream, StripStream};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::base::diagnostic::Message;
use crate::base::source::FilePath;
use crate::base::text::Lang;
use crate::build::{self, Overrides, Project, Timings};
use crate::load;
use crate::serve::Describe;
use crate::theme::{Strings, Theme};

use super::options::{Options, Verbosity};
use super::report::{self, Format, Reported, Reporter};

/// The time after which a progress bar is shown.
const BAR_DELAY: Duration = Duration::from_millis(500);

/// Standard output and standard error, with the options and strings of their messages.
pub(crate) struct Terminal {
    pub(crate) options: Options,
    strings: Arc<Strings>,
    out: AutoStream<Stdout>,
    err: AutoStream<Stderr>,
}

/// One of the two streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    /// Standard output, for results.
    Out,
    /// Standard error, for everything else.
    Err,
}

impl Terminal {
    /// Takes the process's streams; until a site is open, the strings are those of the built-in theme.
    pub(crate) fn new(options: Options) -> Self {
        Self {
            strings: Theme::embedded().strings,
            out: AutoStream::new(io::stdout(), options.color),
            err: AutoStream::new(io::stderr(), options.color),
            options,
        }
    }

    /// Opens a site, and uses its strings from now on.
    pub(crate) fn open(&mut self, site_dir: &Path, drafts: bool, timings: &mut Timings) -> Project {
        let project = build::open(site_dir, &Overrides { drafts, ..Overrides::default() }, timings);
        self.use_strings(&project.theme.strings);
        project
    }

    /// Uses a site's strings from now on.
    pub(crate) fn use_strings(&mut self, strings: &Arc<Strings>) {
        self.strings = strings.clone();
    }

    /// Returns a stream to write to.
    pub(crate) fn stream(&mut self, stream: Stream) -> &mut dyn Write {
        match stream {
            Stream::Out => &mut self.out,
            Stream::Err => &mut self.err,
        }
    }

    /// Returns a message in the language of messages.
    pub(crate) fn words(&self, message: &Message) -> String {
        self.strings.message(&self.options.lang, message)
    }

    /// Returns a string whose id is known only at run time.
    pub(crate) fn text(&self, id: &str) -> String {
        self.strings.text(&self.options.lang, id)
    }

    /// Writes a message as a line, unless quiet.
    pub(crate) fn say(&mut self, stream: Stream, message: &Message) -> io::Result<()> {
        if self.options.verbosity == Verbosity::Quiet {
            return Ok(());
        }
        let words = self.words(message);
        writeln!(self.stream(stream), "{words}")
    }

    /// Writes diagnostics of the site in `site_dir`.
    pub(crate) fn report(
        &mut self,
        stream: Stream,
        site_dir: &Path,
        format: Format,
        reported: &[Reported],
    ) -> io::Result<()> {
        let strings = self.strings.clone();
        let lang = self.options.lang.clone();
        let mut out = io::BufWriter::new(self.stream(stream));
        with_reporter(&strings, &lang, site_dir, |reporter| {
            report::write(reporter, format, reported, &mut out)
        })?;
        out.flush()
    }

    /// Returns a function that formats diagnostics of the site in `site_dir` without colours.
    pub(crate) fn describer(&self, site_dir: &Path) -> Box<Describe> {
        let (lang, site_dir) = (self.options.lang.clone(), site_dir.to_owned());
        Box::new(move |strings, diagnostics| {
            let reported = Reported::all(diagnostics);
            let mut out = StripStream::new(Vec::new());
            // Writing to memory does not fail.
            let _ = with_reporter(strings, &lang, &site_dir, |reporter| {
                report::write(reporter, Format::Human, &reported, &mut out)
            });
            String::from_utf8_lossy(&out.into_inner()).into_owned()
        })
    }

    /// Writes the time of each phase, if verbose.
    pub(crate) fn phases(&mut self, timings: &Timings) -> io::Result<()> {
        if self.options.verbosity == Verbosity::Verbose { self.each_phase(timings) } else { Ok(()) }
    }

    /// Writes the time of each phase, and of the pages of each template: in all threads and on average.
    pub(crate) fn profile(&mut self, timings: &Timings) -> io::Result<()> {
        self.each_phase(timings)?;
        let heading = self.text("profile-templates");
        writeln!(self.err, "\n{heading}")?;
        for one in timings.templates() {
            let name = one.template.map_or_else(|| self.text("profile-no-template"), str::to_owned);
            let pages = one.pages;
            let each = milliseconds(one.time / u32::try_from(pages).unwrap_or(u32::MAX).max(1));
            let all = milliseconds(one.time);
            writeln!(self.err, "{all:>9.1} ms  {each:>9.3} ms × {pages:<7} {name}")?;
        }
        Ok(())
    }

    fn each_phase(&mut self, timings: &Timings) -> io::Result<()> {
        for (phase, time) in timings.phases() {
            let name = self.text(&format!("phase-{}", phase.name()));
            writeln!(self.err, "{:>9.1} ms  {name}", milliseconds(*time))?;
        }
        Ok(())
    }

    /// Whether standard error is a terminal that may show progress.
    pub(crate) fn is_watched(&self) -> bool {
        self.options.verbosity != Verbosity::Quiet && io::stderr().is_terminal()
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// Calls a function with a reporter for the site in `site_dir`.
fn with_reporter<T>(
    strings: &Strings,
    lang: &Lang,
    site_dir: &Path,
    work: impl FnOnce(&Reporter<'_>) -> T,
) -> T {
    let shown = site_dir.to_string_lossy().replace('\\', "/");
    let source = |file: &FilePath| load::source(site_dir, file).ok();
    work(&Reporter { strings, lang, site_dir: &shown, source: &source, locate: &load::locate })
}

/// A progress bar for work that takes long.
pub(crate) struct Progress {
    bar: ProgressBar,
    may_show: bool,
}

impl Progress {
    /// Makes a hidden bar; it is never shown unless `may_show`.
    pub(crate) fn new(may_show: bool) -> Self {
        Self { bar: ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden()), may_show }
    }

    /// Sets how much of the total is done.
    pub(crate) fn at(&self, done: usize, total: usize) {
        if !self.may_show {
            return;
        }
        if self.bar.is_hidden() && self.bar.elapsed() > BAR_DELAY {
            if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} {eta}") {
                self.bar.set_style(style);
            }
            self.bar.set_length(total as u64);
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_position(done as u64);
    }

    /// Removes the bar.
    pub(crate) fn end(self) {
        self.bar.finish_and_clear();
    }
}
