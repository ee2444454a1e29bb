//! `glasshouse serve`: a preview that follows changes of the files.

use std::net::SocketAddr;
use std::sync::Arc;

use crate::base::diagnostic::{Diagnostic, Message, Severity};
use crate::build::preview::{Changes, Preview, Shown};
use crate::build::{Overrides, Timings};
use crate::serve::{ServeEvent, Server};

use super::args::ServeArgs;
use super::exit_codes::{self, Exit};
use super::report::{Format, Reported};
use super::terminal::{Stream, Terminal};

/// Serves until the program is ended.
pub(crate) fn run(args: &ServeArgs, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let mut timings = Timings::default();
    // The watcher starts before the site is opened, so that no change in between is missed.
    let server = Server::start(&args.site.site, &args.host, args.port);
    let overrides = Overrides { base_url: None, drafts: args.drafts };
    let preview = Preview::open(&args.site.site, overrides, &mut timings);
    let shown = preview.shown().clone();
    let mut log = EventLog { args, terminal, reported: Arc::default() };
    log.terminal.use_strings(&shown.strings);
    log.faults(&shown.diagnostics)?;
    if shown.diagnostics.iter().any(|found| found.code == "settings-missing") {
        let reported = Reported::all(&*shown.diagnostics);
        return Ok(exit_codes::exit_for(&reported, crate::config::FailOn::Never));
    }
    let server = server?;
    let address = server.address();
    let describe = log.terminal.describer(&args.site.site);
    let events = server.run(preview, log.terminal.options.lang.clone(), describe)?;
    log.terminal.phases(&timings)?;
    log.started(&shown, address)?;
    for event in events {
        if matches!(event, ServeEvent::Ended) {
            break;
        }
        log.log(event)?;
    }
    log.terminal.say(Stream::Err, &Message::new("preview-ended"))?;
    Ok(Exit::Done)
}

/// Logs on the terminal what happens.
struct EventLog<'a> {
    args: &'a ServeArgs,
    terminal: &'a mut Terminal,
    /// The faults that were reported last.
    reported: Arc<[Diagnostic]>,
}

impl EventLog<'_> {
    fn started(&mut self, shown: &Shown, address: SocketAddr) -> anyhow::Result<()> {
        let url = url(&self.args.host, address, &shown.base);
        if !address.ip().is_loopback() {
            let message = Message::new("preview-open-to-others").arg("address", address.to_string());
            self.terminal.say(Stream::Err, &message)?;
        }
        if self.args.port != 0 && self.args.port != address.port() {
            let message = Message::new("preview-port-taken")
                .arg("port", self.args.port.to_string())
                .arg("instead", address.port().to_string());
            self.terminal.say(Stream::Err, &message)?;
        }
        if shown.has_errors() {
            self.terminal.say(Stream::Err, &Message::new("preview-nothing"))?;
        }
        self.terminal.say(Stream::Out, &Message::new("preview-at").arg("url", &*url))?;
        if self.args.open
            && let Err(error) = open_browser(&url)
        {
            let message = Message::new("preview-not-opened").arg("detail", error.to_string());
            self.terminal.say(Stream::Err, &message)?;
        }
        Ok(())
    }

    fn log(&mut self, event: ServeEvent) -> anyhow::Result<()> {
        let message = match event {
            ServeEvent::Refreshed { changes, shown, timings } => {
                return self.refreshed(&changes, &shown, &timings);
            }
            ServeEvent::Faulty(faults) => return self.report(&faults),
            ServeEvent::Polling(detail) => Message::new("preview-polling").arg("detail", detail),
            ServeEvent::Blind(detail) => Message::new("preview-blind").arg("detail", detail),
            ServeEvent::Ended => return Ok(()),
        };
        Ok(self.terminal.say(Stream::Err, &message)?)
    }

    fn refreshed(&mut self, changes: &Changes, shown: &Shown, timings: &Timings) -> anyhow::Result<()> {
        self.terminal.use_strings(&shown.strings);
        let had_errors = crate::build::has_errors(&self.reported);
        self.faults(&shown.diagnostics)?;
        self.terminal.phases(timings)?;
        if shown.has_errors() {
            let id = if shown.portal.is_some() { "preview-stale" } else { "preview-nothing" };
            return Ok(self.terminal.say(Stream::Err, &Message::new(id))?);
        }
        if had_errors {
            self.terminal.say(Stream::Err, &Message::new("preview-mended"))?;
        }
        let message = match changes {
            Changes::Everything => Message::new("preview-refreshed-all"),
            Changes::Paths(paths) => Message::new("preview-refreshed")
                .arg("files", paths.len())
                .arg("first", paths.first().map_or("", |path| path)),
        };
        let milliseconds = timings.total().as_millis().to_string();
        Ok(self.terminal.say(Stream::Err, &message.arg("milliseconds", milliseconds))?)
    }

    /// Reports the faults of the files, unless they are those reported last.
    fn faults(&mut self, found: &Arc<[Diagnostic]>) -> anyhow::Result<()> {
        if *self.reported != **found {
            self.reported = found.clone();
            self.report(found)?;
        }
        Ok(())
    }

    fn report(&mut self, found: &[Diagnostic]) -> anyhow::Result<()> {
        let worth = found.iter().filter(|found| found.severity >= Severity::Warning);
        let reported = Reported::all(worth);
        Ok(self.terminal.report(Stream::Err, &self.args.site.site, Format::Human, &reported)?)
    }
}

/// Opens an address in the browser, which must not inherit that this program has huge pages disabled.
fn open_browser(url: &str) -> std::io::Result<()> {
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(false);
    let opened = open::that_detached(url);
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
    opened
}

/// Returns the address to open; a server on all addresses of the machine is reached as `localhost`.
fn url(host: &str, address: SocketAddr, base: &str) -> String {
    let host = match host.trim_matches(['[', ']']) {
        _ if address.ip().is_unspecified() => "localhost".to_owned(),
        host if host.contains(':') => format!("[{host}]"),
        host => host.to_owned(),
    };
    format!("http://{host}:{}{base}", address.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_can_be_typed() {
        let url = |host: &str, address: &str| url(host, address.parse().unwrap(), "/p/");
        assert_eq!(url("127.0.0.1", "127.0.0.1:8000"), "http://127.0.0.1:8000/p/");
        assert_eq!(url("::1", "[::1]:8000"), "http://[::1]:8000/p/");
        assert_eq!(url("[::1]", "[::1]:8000"), "http://[::1]:8000/p/");
        assert_eq!(url("0.0.0.0", "0.0.0.0:80"), "http://localhost:80/p/");
    }
}
