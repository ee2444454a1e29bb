//! What can only be done when the whole text has been seen.

use std::collections::BTreeMap;

use super::sanitize::sanitize;
use super::writer::Writer;
use super::{Problem, Rendered, Target};
use crate::base::diagnostic::{Message, Severity};
use crate::base::percent;

impl Writer<'_> {
    /// Closes what is open and puts everything together.
    pub(super) fn finish(mut self) -> Rendered {
        while !self.stack.is_empty() {
            self.close_last();
        }
        self.write_notes();
        self.check_anchors();
        if self.unreported > 0 {
            let message = Message::new("more-problems").arg("count", self.unreported);
            let end = self.source.len();
            self.problems.push(Problem {
                code: "more-problems",
                severity: Severity::Warning,
                message,
                range: end..end,
            });
        }
        self.problems.sort_by_key(|problem| (problem.range.start, problem.range.end));
        if self.raw.is_used() {
            self.html = sanitize(&self.html);
        }
        if !self.outputs.is_empty() {
            self.html = expanded(&self.html, self.shadow.token, &self.outputs);
        }
        self.plain.truncate(self.plain.trim_end().len());
        let end = self.plain.len();
        let lead = self.lead.unwrap_or(0..0);
        Rendered {
            html: self.html,
            lead: lead.start.min(end)..lead.end.min(end),
            plain: self.plain,
            headings: self.headings,
            links: self.links,
            problems: self.problems,
        }
    }

    fn check_anchors(&mut self) {
        let mut known: BTreeMap<&str, bool> = BTreeMap::new();
        let mut broken = Vec::new();
        for link in &self.links {
            if link.target != Target::Anchor {
                continue;
            }
            let id = link.destination.trim_start_matches('#');
            let found = *known.entry(id).or_insert_with(|| {
                id.is_empty() || id.eq_ignore_ascii_case("top") || self.ids.holds(&percent::decoded(id))
            });
            if !found {
                let message = Message::new("broken-anchor").arg("anchor", &*link.destination);
                broken.push((message, link.range.clone()));
            }
        }
        for (message, range) in broken {
            self.problem("broken-anchor", Severity::Warning, message, range);
        }
    }
}

/// The HTML with the output of calls in the places of their tokens.
fn expanded(html: &str, token: char, outputs: &[String]) -> String {
    let size: usize = outputs.iter().map(String::len).sum();
    let mut whole = String::with_capacity(html.len() + size);
    let mut parts = html.split(token);
    whole.push_str(parts.next().unwrap_or(""));
    while let Some(index) = parts.next() {
        let output = index.parse().ok().and_then(|index: usize| outputs.get(index));
        whole.push_str(output.map_or("", String::as_str));
        whole.push_str(parts.next().unwrap_or(""));
    }
    whole
}
