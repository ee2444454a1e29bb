//! What the threads of the preview share: the newest state, how its faults are worded, and events.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::base::diagnostic::{Diagnostic, Message, Severity};
use crate::base::text::Lang;
use crate::build::Timings;
use crate::build::preview::{Changes, Shown};
use crate::theme::Strings;

use super::overlay::ErrorOverlay;

/// The maximum number of faults shown on a page; the terminal shows them all.
const MAX_FAULTS: usize = 50;

/// Shows diagnostics to people as the terminal does, without colours.
pub type Describe = dyn Fn(&Strings, &[Diagnostic]) -> String + Send + Sync;

/// What happened, for the person at the terminal.
pub enum ServeEvent {
    /// Files changed, and the portal was refreshed.
    Refreshed {
        /// The files that changed.
        changes: Changes,
        /// What is shown now.
        shown: Shown,
        /// How long it took.
        timings: Box<Timings>,
    },
    /// A requested page has faults.
    Faulty(Arc<[Diagnostic]>),
    /// The system cannot watch more files, for the reason given; they are compared once a second.
    Polling(String),
    /// Changes are no longer noticed, for the reason given.
    Blind(String),
    /// Somebody ended the program.
    Ended,
}

/// What is shown, with the faults of the whole site worded once for all pages.
#[derive(Clone)]
pub(super) struct PreviewState {
    pub(super) shown: Shown,
    pub(super) faults: Option<Arc<ErrorOverlay>>,
}

/// Words faults for the person who edits.
pub(super) struct FaultWriter {
    pub(super) lang: Lang,
    pub(super) describe: Box<Describe>,
}

impl PreviewState {
    pub(super) fn new(shown: Shown, writer: &FaultWriter) -> Self {
        let title = if shown.portal.is_some() { "preview-stale" } else { "preview-nothing" };
        let faults =
            shown.has_errors().then(|| writer.overlay(&shown.strings, title, &shown.diagnostics).into());
        Self { shown, faults }
    }

    /// Returns the name of what is shown; when it changes, pages reload.
    pub(super) fn stamp(&self, run_id: &str) -> String {
        format!("{run_id}-{}", self.shown.generation)
    }
}

impl FaultWriter {
    pub(super) fn overlay(
        &self,
        strings: &Strings,
        title: &'static str,
        diagnostics: &[Diagnostic],
    ) -> ErrorOverlay {
        let say = |message: &Message| strings.message(&self.lang, message);
        let mut faults: Vec<Diagnostic> =
            diagnostics.iter().filter(|found| needs_attention(found)).cloned().collect();
        if faults.len() > MAX_FAULTS {
            faults.sort_by_key(|found| Reverse(found.severity));
        }
        let more = faults.len().saturating_sub(MAX_FAULTS);
        faults.truncate(MAX_FAULTS);
        let mut text = (self.describe)(strings, &faults);
        if more > 0 {
            text.push_str(&say(&Message::new("preview-more").arg("count", more)));
        }
        let (title, close) = (say(&Message::new(title)), say(&Message::new("preview-close")));
        ErrorOverlay { lang: self.lang.tag().to_owned(), title, close, text }
    }
}

/// Whether a diagnostic is more than a note.
pub(super) fn needs_attention(found: &Diagnostic) -> bool {
    found.severity >= Severity::Warning
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostic::At;

    #[test]
    fn notes_are_left_out_and_errors_come_first_where_not_all_are_shown() {
        let describe = |_: &Strings, found: &[Diagnostic]| found.iter().map(|found| found.code).collect();
        let writer = FaultWriter { lang: Lang::new("en"), describe: Box::new(describe) };
        let strings = Strings::default();
        let at = |found: Diagnostic| found.at(&"content/a.md".into(), At::File);
        let mut found = vec![at(Diagnostic::note("n")); 5];
        found.extend(vec![at(Diagnostic::warning("w")); 60]);
        found.push(at(Diagnostic::error("e")));
        let many = writer.overlay(&strings, "preview-stale", &found);
        assert!(many.text.starts_with(&format!("e{}", "w".repeat(MAX_FAULTS - 1))), "{}", many.text);
        assert!(many.text.contains("preview-more"), "{}", many.text);
        let few = writer.overlay(&strings, "preview-stale", found.get(..7).unwrap());
        assert_eq!(few.text, "ww");
    }
}
