//! Links, whether Markdown, HTML, or a bare address made them.

use std::borrow::Cow;
use std::ops::Range;

use super::destination::{self, DestinationKind};
use super::nesting::OpenItem;
use super::output::OutputBuffer;
use super::rendered::{LinkTarget, TextLink};
use super::state::RenderState;
use crate::base::diagnostic::Message;
use crate::base::percent;

/// The links of a text, and how many of them are open.
#[derive(Default)]
pub(super) struct Links {
    found: Vec<TextLink>,
    open: usize,
}

pub(super) struct ResolvedLink {
    href: String,
    is_external: bool,
}

impl ResolvedLink {
    pub(super) fn write_attributes(&self, out: &mut OutputBuffer) {
        out.push_attribute("href", &self.href);
        if self.is_external {
            out.push_attribute("rel", "external");
        }
    }
}

impl Links {
    /// Whether a link is open: links must not nest.
    pub(super) fn is_open(&self) -> bool {
        self.open > 0
    }

    /// Opens a link of the Markdown. If it leads nowhere, its text stays.
    pub(super) fn start(
        &mut self,
        state: &mut RenderState<'_>,
        destination: &str,
        title: &str,
        range: &Range<usize>,
    ) {
        match self.resolve_outer(state, destination, range) {
            Some(link) if state.has_room(2, range) => {
                self.open(state, &link, title);
                state.nesting.push(OpenItem::Link);
            }
            _ => state.nesting.push(OpenItem::Silent),
        }
    }

    pub(super) fn end(&mut self, state: &mut RenderState<'_>) {
        state.out.push_html("</a>");
        self.leave();
    }

    fn open(&mut self, state: &mut RenderState<'_>, link: &ResolvedLink, title: &str) {
        state.out.push_html("<a");
        link.write_attributes(&mut state.out);
        if !title.is_empty() {
            state.out.push_attribute("title", title);
        }
        state.out.push_html(">");
        self.enter();
    }

    /// Notes that the author opened a link in HTML.
    pub(super) fn enter(&mut self) {
        self.open += 1;
    }

    /// Notes that the author's link is closed.
    pub(super) fn leave(&mut self) {
        self.open = self.open.saturating_sub(1);
    }

    pub(super) fn address(&mut self, state: &mut RenderState<'_>, address: &str, range: &Range<usize>) {
        let link = self.resolve_outer(state, address, range);
        state.out.settle_break('h');
        if let Some(link) = link {
            self.open(state, &link, "");
            state.out.push_text(address);
            self.end(state);
        } else {
            state.out.push_text(address);
        }
    }

    /// Resolves a destination, unless a link is open already.
    fn resolve_outer(
        &mut self,
        state: &mut RenderState<'_>,
        destination: &str,
        range: &Range<usize>,
    ) -> Option<ResolvedLink> {
        if self.is_open() { None } else { self.resolve(state, destination, range) }
    }

    /// Resolves a destination, records the link, and reports what is wrong with it.
    pub(super) fn resolve(
        &mut self,
        state: &mut RenderState<'_>,
        destination: &str,
        range: &Range<usize>,
    ) -> Option<ResolvedLink> {
        let (destination, kind, range) = allowed(state, destination, range)?;
        let target = match kind {
            DestinationKind::Anchor => LinkTarget::Anchor,
            DestinationKind::Internal => LinkTarget::Internal,
            _ => LinkTarget::External,
        };
        self.record(&destination, target, range.clone());
        let Some(href) = (state.hooks.link)(&destination) else {
            let message = Message::new("broken-link").arg("destination", &*destination);
            state.problems.warn("broken-link", message, range);
            return None;
        };
        let is_external = kind == DestinationKind::External;
        Some(ResolvedLink { href: state.without_token(href), is_external })
    }

    pub(super) fn record(&mut self, destination: &str, target: LinkTarget, range: Range<usize>) {
        self.found.push(TextLink { range, destination: destination.to_owned(), target });
    }

    /// Reports links to places in the text that do not exist. All ids must be known by now.
    pub(super) fn check_anchors(&self, state: &mut RenderState<'_>) {
        for link in self.found.iter().filter(|link| link.target == LinkTarget::Anchor) {
            let id = link.destination.trim_start_matches('#');
            let is_top = id.is_empty() || id.eq_ignore_ascii_case("top");
            if !is_top && !state.ids.holds(&percent::decoded(id)) {
                let message = Message::new("broken-anchor").arg("anchor", &*link.destination);
                state.problems.warn("broken-anchor", message, link.range.clone());
            }
        }
    }

    pub(super) fn into_found(self) -> Vec<TextLink> {
        self.found
    }
}

/// Tidies a destination, and finds its kind and where it is written; the range is the whole link if
/// it is written otherwise. `None` for a scheme that is not allowed, which it reports.
pub(super) fn allowed<'d>(
    state: &mut RenderState<'_>,
    destination: &'d str,
    range: &Range<usize>,
) -> Option<(Cow<'d, str>, DestinationKind, Range<usize>)> {
    let tidy = destination::tidy(destination);
    let range = match state.source_at(range.clone()).rfind(&*tidy) {
        Some(at) if !tidy.is_empty() => range.start + at..range.start + at + tidy.len(),
        _ => range.clone(),
    };
    let kind = destination::kind(&tidy);
    if let DestinationKind::Unknown(scheme) = &kind {
        let message = Message::new("link-scheme").arg("scheme", &**scheme);
        state.problems.warn("link-scheme", message, range);
        return None;
    }
    Some((tidy, kind, range))
}
