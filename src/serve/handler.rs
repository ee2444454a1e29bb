//! Answers requests from the newest state; knows nothing of connections.

use std::collections::BTreeMap;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use hyper::body::Bytes;
use hyper::{Response, StatusCode};
use tokio::sync::watch;

use crate::base::artifact::MediaType;
use crate::base::diagnostic::Diagnostic;
use crate::build::has_errors;
use crate::build::preview::PortalFile;

use super::overlay::{self, ErrorOverlay};
use super::response;
use super::route::{Route, route};
use super::state::{FaultWriter, PreviewState, ServeEvent, needs_attention};

const SCRIPT: &str = include_str!("client/preview.js");
const STYLE: &str = include_str!("client/preview.css");

/// Answers requests for pages and files.
pub(super) struct Handler {
    /// Distinguishes this run of the server from others.
    pub(super) run_id: String,
    pub(super) fault_writer: Arc<FaultWriter>,
    pub(super) states: watch::Receiver<PreviewState>,
    pub(super) events: Sender<ServeEvent>,
    /// The faults that were reported last, by page.
    pub(super) reported: Mutex<BTreeMap<String, Arc<[Diagnostic]>>>,
}

impl Handler {
    /// Answers a `GET` of a path with a query.
    pub(super) fn get(&self, path: &str, query: Option<&str>) -> Response<Bytes> {
        let state = self.states.borrow().clone();
        let own = |media, text: &'static str| {
            response::file(StatusCode::OK, media, Bytes::from_static(text.as_bytes()))
        };
        match route(path, &state.shown.base) {
            Route::Own(name) => match &*name {
                "preview.js" => own(MediaType::JAVASCRIPT, SCRIPT),
                "preview.css" => own(MediaType::CSS, STYLE),
                _ => response::not_found(),
            },
            Route::Portal(inside) => self.page(&state, &inside, path, query),
            Route::Moved(to) => response::redirect(&to),
            Route::Outside => self.missing(&state),
            Route::Malformed => response::text(StatusCode::BAD_REQUEST, "this is no path\n"),
        }
    }

    fn page(&self, state: &PreviewState, inside: &str, path: &str, query: Option<&str>) -> Response<Bytes> {
        let Some(portal) = &state.shown.portal else {
            return self.error_page(state, state.faults.as_deref());
        };
        match portal.page(inside) {
            Some(page) => self.show(state, inside, StatusCode::OK, page),
            None if !inside.is_empty() && !inside.ends_with('/') && portal.has_folder(inside) => {
                let query = query.map_or_else(String::new, |query| format!("?{query}"));
                response::redirect(&format!("{path}/{query}"))
            }
            None => self.missing(state),
        }
    }

    /// Shows the portal's own "not found" page, if it has one.
    fn missing(&self, state: &PreviewState) -> Response<Bytes> {
        let Some(portal) = &state.shown.portal else {
            return self.error_page(state, state.faults.as_deref());
        };
        match portal.page("404.html") {
            Some(page) => self.show(state, "404.html", StatusCode::NOT_FOUND, page),
            None => response::not_found(),
        }
    }

    /// Shows a file of the portal, with an overlay of its faults and those of the site.
    fn show(
        &self,
        state: &PreviewState,
        inside: &str,
        status: StatusCode,
        page: PortalFile,
    ) -> Response<Bytes> {
        self.report(inside, &page.faults);
        let own = has_errors(&page.faults).then(|| {
            Arc::new(self.fault_writer.overlay(&state.shown.strings, "preview-page-faulty", &page.faults))
        });
        let faults = state.faults.clone().or(own);
        match page.bytes {
            None => self.error_page(state, faults.as_deref()),
            Some(bytes) if page.media == MediaType::HTML => {
                let html = overlay::inject(&bytes, &state.stamp(&self.run_id), faults.as_deref());
                response::file(status, page.media, html.into())
            }
            Some(bytes) => response::file(status, page.media, Bytes::from_owner(bytes)),
        }
    }

    /// Shows the faults where there is no page.
    fn error_page(&self, state: &PreviewState, faults: Option<&ErrorOverlay>) -> Response<Bytes> {
        let Some(faults) = faults else { return response::not_found() };
        let html = overlay::page(&state.stamp(&self.run_id), faults);
        response::file(StatusCode::INTERNAL_SERVER_ERROR, MediaType::HTML, html.into())
    }

    /// Reports the faults of a page, unless they are those reported last.
    fn report(&self, inside: &str, faults: &Arc<[Diagnostic]>) {
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        if !faults.iter().any(needs_attention) {
            reported.remove(inside);
        } else if reported.get(inside).is_none_or(|last| **last != **faults) {
            reported.insert(inside.to_owned(), faults.clone());
            // Fails where nobody listens any more.
            let _ = self.events.send(ServeEvent::Faulty(faults.clone()));
        }
    }
}
