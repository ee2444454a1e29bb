//! Answers requests from what there is to see; knows nothing of connections.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use hyper::StatusCode;
use hyper::body::Bytes;
use tokio::sync::watch;

use crate::base::artifact::MediaType;
use crate::base::diagnostic::{Diagnostic, Message, Severity};
use crate::base::text::Lang;
use crate::build::has_errors;
use crate::build::preview::{Page, Shown};
use crate::theme::Strings;

use super::News;
use super::answer::Answer;
use super::overlay::{self, Faults};
use super::route::{Route, route};

/// More faults than this are left to the terminal.
const SHOWN: usize = 50;

const SCRIPT: &str = include_str!("client/preview.js");
const STYLE: &str = include_str!("client/preview.css");

/// How diagnostics are shown to people: as on the terminal, without colours.
pub type Describe = dyn Fn(&Strings, &[Diagnostic]) -> String + Send + Sync;

/// What there is to see, and what is wrong, said once for all pages.
#[derive(Clone)]
pub(super) struct State {
    shown: Shown,
    faults: Option<Arc<Faults>>,
}

/// Says what is wrong to the person who edits.
pub(super) struct Speaker {
    pub(super) lang: Lang,
    pub(super) describe: Box<Describe>,
}

/// Answers requests.
pub(super) struct Desk {
    /// Tells this run of the server from others.
    pub(super) boot: String,
    pub(super) speaker: Arc<Speaker>,
    pub(super) states: watch::Receiver<State>,
    pub(super) news: Sender<News>,
    /// The faults that were told last, by page.
    pub(super) told: Mutex<BTreeMap<String, Arc<[Diagnostic]>>>,
}

impl State {
    pub(super) fn new(shown: Shown, speaker: &Speaker) -> Self {
        let title = if shown.portal.is_some() { "preview-stale" } else { "preview-nothing" };
        let faults =
            shown.has_errors().then(|| speaker.faults(&shown.strings, title, &shown.diagnostics).into());
        Self { shown, faults }
    }

    /// The name of what is shown: another one means to look again.
    pub(super) fn stamp(&self, boot: &str) -> String {
        format!("{boot}-{}", self.shown.generation)
    }
}

impl Speaker {
    fn faults(&self, strings: &Strings, title: &'static str, diagnostics: &[Diagnostic]) -> Faults {
        let say = |message: &Message| strings.message(&self.lang, message);
        let mut worth: Vec<Diagnostic> =
            diagnostics.iter().filter(|found| is_worth_telling(found)).cloned().collect();
        if worth.len() > SHOWN {
            worth.sort_by_key(|found| Reverse(found.severity));
        }
        let more = worth.len().saturating_sub(SHOWN);
        worth.truncate(SHOWN);
        let mut text = (self.describe)(strings, &worth);
        if more > 0 {
            text.push_str(&say(&Message::new("preview-more").arg("count", more)));
        }
        let (title, close) = (say(&Message::new(title)), say(&Message::new("preview-close")));
        Faults { lang: self.lang.tag().to_owned(), title, close, text }
    }
}

fn is_worth_telling(found: &Diagnostic) -> bool {
    found.severity >= Severity::Warning
}

impl Desk {
    /// Answers a `GET` of a path with a query.
    pub(super) fn answer(&self, path: &str, query: Option<&str>) -> Answer {
        let state = self.states.borrow().clone();
        match route(path, &state.shown.base) {
            Route::Own(name) => match &*name {
                "preview.js" => Answer::file(MediaType::JAVASCRIPT, Bytes::from_static(SCRIPT.as_bytes())),
                "preview.css" => Answer::file(MediaType::CSS, Bytes::from_static(STYLE.as_bytes())),
                _ => Answer::plain(StatusCode::NOT_FOUND, "not found\n"),
            },
            Route::Portal(inside) => self.page(&state, &inside, path, query),
            Route::Moved(to) => Answer::moved(&to),
            Route::Outside => self.missing(&state),
            Route::Malformed => Answer::plain(StatusCode::BAD_REQUEST, "this is no path\n"),
        }
    }

    fn page(&self, state: &State, inside: &str, path: &str, query: Option<&str>) -> Answer {
        let Some(portal) = &state.shown.portal else { return self.instead(state, state.faults.as_deref()) };
        match portal.page(inside) {
            Some(page) => self.show(state, inside, page),
            None if !inside.is_empty() && !inside.ends_with('/') && portal.has_folder(inside) => {
                let query = query.map_or_else(String::new, |query| format!("?{query}"));
                Answer::moved(&format!("{path}/{query}"))
            }
            None => self.missing(state),
        }
    }

    /// The page for what is not there.
    fn missing(&self, state: &State) -> Answer {
        let page = state.shown.portal.as_ref().and_then(|portal| portal.page("404.html"));
        match page {
            Some(page) => {
                let answer = self.show(state, "404.html", page);
                if answer.status.is_success() { answer.with_status(StatusCode::NOT_FOUND) } else { answer }
            }
            None if state.shown.portal.is_none() => self.instead(state, state.faults.as_deref()),
            None => Answer::plain(StatusCode::NOT_FOUND, "not found\n"),
        }
    }

    /// A file of the portal, with what is wrong with it.
    fn show(&self, state: &State, inside: &str, page: Page) -> Answer {
        self.tell(inside, &page.faults);
        let own = has_errors(&page.faults).then(|| {
            Arc::new(self.speaker.faults(&state.shown.strings, "preview-page-faulty", &page.faults))
        });
        let faults = state.faults.clone().or(own);
        match page.bytes {
            None => self.instead(state, faults.as_deref()),
            Some(bytes) if page.media == MediaType::HTML => {
                let html = overlay::inject(&bytes, &state.stamp(&self.boot), faults.as_deref());
                Answer::file(page.media, html.into())
            }
            Some(bytes) => Answer::file(page.media, Bytes::from_owner(bytes)),
        }
    }

    /// A page that shows what is wrong where there is none.
    fn instead(&self, state: &State, faults: Option<&Faults>) -> Answer {
        let Some(faults) = faults else { return Answer::plain(StatusCode::NOT_FOUND, "not found\n") };
        let html = overlay::page(&state.stamp(&self.boot), faults);
        Answer::file(MediaType::HTML, html.into()).with_status(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Tells what is wrong with a page, unless that was told last.
    fn tell(&self, inside: &str, faults: &Arc<[Diagnostic]>) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if !faults.iter().any(is_worth_telling) {
            told.remove(inside);
        } else if told.get(inside).is_none_or(|last| **last != **faults) {
            told.insert(inside.to_owned(), faults.clone());
            // Nobody listens any more where this fails.
            let _ = self.news.send(News::Faulty(faults.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostic::At;

    fn speaker() -> Speaker {
        let describe = |_: &Strings, found: &[Diagnostic]| found.iter().map(|found| found.code).collect();
        Speaker { lang: Lang::new("en"), describe: Box::new(describe) }
    }

    #[test]
    fn notes_are_left_out_and_errors_come_first_where_not_all_are_shown() {
        let strings = Strings::default();
        let at = |found: Diagnostic| found.at(&"content/a.md".into(), At::File);
        let mut found = vec![at(Diagnostic::note("n")); 5];
        found.extend(vec![at(Diagnostic::warning("w")); 60]);
        found.push(at(Diagnostic::error("e")));
        let faults = speaker().faults(&strings, "preview-stale", &found);
        assert!(faults.text.starts_with(&format!("e{}", "w".repeat(SHOWN - 1))), "{}", faults.text);
        assert!(faults.text.contains("preview-more"), "{}", faults.text);
        let few = speaker().faults(&strings, "preview-stale", found.get(..7).unwrap());
        assert_eq!(few.text, "ww");
    }
}
