//! Whose report a document is, and for when: as asked for, as it says itself, as the site knows it.

use std::collections::BTreeSet;

use crate::base::diagnostic::{Diagnostic, Message};
use crate::import::document::Document;
use crate::import::recognise::{self, Recognised};
use crate::import::who::{self, Found};
use crate::model::Period;

use super::Builder;

impl Builder<'_> {
    pub(super) fn period_of(&mut self, document: &Document, recognised: &Recognised) -> Option<Period> {
        if let Some(period) = self.request.period {
            return Some(period);
        }
        if let Some(period) = single(&recognised.periods) {
            return Some(period);
        }
        let in_name = recognise::period(document.stem());
        let fault = if recognised.periods.len() > 1 {
            let all = recognised.periods.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            Diagnostic::error("import-period-several").arg("periods", all)
        } else if in_name.is_some() {
            return in_name;
        } else {
            Diagnostic::error("import-period-unclear")
        };
        self.problem(document, fault.help(Message::new("help-say-period")));
        None
    }

    /// The agency of a document: as asked for, as the site knows it, or a new one by its name.
    pub(super) fn agency_of(
        &mut self,
        document: &Document,
        recognised: &Recognised,
    ) -> Option<(String, Option<Vec<String>>)> {
        let names: Vec<String> = recognised.names().map(str::to_owned).collect();
        if let Some(path) = self.request.agency {
            let is_new = self.site.agencies.iter().all(|agency| &*agency.path != path);
            return Some((path.to_owned(), is_new.then_some(names)));
        }
        match self.agencies.find(names.iter().map(String::as_str)) {
            Found::One(path) => Some((path, None)),
            Found::Several(paths) => {
                let fault = Diagnostic::error("import-agency-several").arg("agencies", paths.join(", "));
                self.problem(document, fault.help(Message::new("help-say-agency")));
                None
            }
            Found::Unknown => match names.first() {
                Some(name) => {
                    let path = self.new_path(name);
                    let is_new = self.site.agencies.iter().all(|agency| *agency.path != path);
                    Some((path, is_new.then_some(names)))
                }
                None => {
                    let fault = Diagnostic::error("import-agency-unclear");
                    self.problem(document, fault.help(Message::new("help-say-agency")));
                    None
                }
            },
        }
    }

    /// The agency of a row in a wide table.
    pub(super) fn named(&mut self, name: &str, document: &Document) -> Option<(String, Option<Vec<String>>)> {
        if !self.known.contains_key(name) {
            let found = match self.agencies.find([name]) {
                Found::One(path) => Some((path, false)),
                Found::Several(paths) => {
                    let fault = Diagnostic::error("import-agency-several").arg("agencies", paths.join(", "));
                    self.problem(document, fault.help(Message::new("help-say-agency")));
                    None
                }
                Found::Unknown => {
                    let base = self.new_path(name);
                    let taken = |path: &str| self.known.values().flatten().any(|(known, _)| known == path);
                    let mut path = base.clone();
                    let mut number = 2;
                    while taken(&path) {
                        path = format!("{base}-{number}");
                        number += 1;
                    }
                    let is_new = self.site.agencies.iter().all(|agency| *agency.path != path);
                    Some((path, is_new))
                }
            };
            self.known.insert(name.to_owned(), found);
        }
        let (path, is_new) = self.known.get(name)?.clone()?;
        Some((path, is_new.then(|| vec![name.to_owned()])))
    }

    fn new_path(&self, name: &str) -> String {
        let folder = self.request.folder.trim_matches('/');
        let slug = who::slug(name);
        if folder.is_empty() { slug } else { format!("{folder}/{slug}") }
    }
}

/// The period, where there is but one.
pub(super) fn single(periods: &BTreeSet<Period>) -> Option<Period> {
    periods.first().copied().filter(|_| periods.len() == 1)
}
