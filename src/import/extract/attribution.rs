//! Determines a document's agency and period: from the command line, the document, or the site.

use std::collections::BTreeMap;

use crate::base::diagnostic::{Diagnostic, Message};
use crate::import::dates;
use crate::import::document::InputDocument;
use crate::import::recognise::agency_match::{Agencies, AgencyMatch, slug};
use crate::import::recognise::metadata::DocumentMetadata;
use crate::model::{Period, Site};

use super::report::ImportRequest;

/// An agency's path, and its names if the site does not know it.
pub(super) type AttributedAgency = (String, Option<Vec<String>>);

/// Attributes documents to agencies and periods. Every error is a diagnostic without a file.
pub(super) struct Attribution<'a> {
    site: &'a Site,
    request: &'a ImportRequest<'a>,
    agencies: Agencies<'a>,
    /// The agencies of wide tables by the names given there: path, and whether it is new. `None`
    /// for a name whose problem was reported.
    named: BTreeMap<String, Option<(String, bool)>>,
}

impl<'a> Attribution<'a> {
    pub(super) fn new(site: &'a Site, request: &'a ImportRequest<'a>) -> Self {
        Self { site, request, agencies: Agencies::new(site), named: BTreeMap::new() }
    }

    /// Returns the period asked for, named in the document, or named in the file's name.
    pub(super) fn period(
        &self,
        document: &InputDocument,
        metadata: &DocumentMetadata,
    ) -> Result<Period, Diagnostic> {
        if let Some(period) = self.request.period.or_else(|| metadata.period()) {
            return Ok(period);
        }
        let fault = if metadata.periods.len() > 1 {
            let all = metadata.periods.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            Diagnostic::error("import-period-several").arg("periods", all)
        } else if let Some(period) = dates::period(document.stem()) {
            return Ok(period);
        } else {
            Diagnostic::error("import-period-unclear")
        };
        Err(fault.help(Message::new("help-say-period")))
    }

    /// Returns the agency asked for, one that the site knows, or a new one by the document's name for it.
    pub(super) fn agency(&self, metadata: &DocumentMetadata) -> Result<AttributedAgency, Diagnostic> {
        let names: Vec<String> = metadata.names().map(str::to_owned).collect();
        if let Some(path) = self.request.agency {
            return Ok((path.to_owned(), self.is_new(path).then_some(names)));
        }
        match self.agencies.find(names.iter().map(String::as_str)) {
            AgencyMatch::One(path) => Ok((path, None)),
            AgencyMatch::Several(paths) => Err(several(&paths)),
            AgencyMatch::Unknown => match names.first() {
                Some(name) => {
                    let path = self.new_path(name);
                    let is_new = self.is_new(&path);
                    Ok((path, is_new.then_some(names)))
                }
                None => Err(Diagnostic::error("import-agency-unclear").help(Message::new("help-say-agency"))),
            },
        }
    }

    /// Returns the agency of a row in a wide table; `None` if its problem was reported before.
    pub(super) fn agency_named(&mut self, name: &str) -> Result<Option<AttributedAgency>, Diagnostic> {
        if !self.named.contains_key(name) {
            let found = match self.agencies.find([name]) {
                AgencyMatch::One(path) => Some((path, false)),
                AgencyMatch::Several(paths) => {
                    self.named.insert(name.to_owned(), None);
                    return Err(several(&paths));
                }
                AgencyMatch::Unknown => {
                    let base = self.new_path(name);
                    let taken = |path: &str| self.named.values().flatten().any(|(known, _)| known == path);
                    let mut path = base.clone();
                    let mut number = 2;
                    while taken(&path) {
                        path = format!("{base}-{number}");
                        number += 1;
                    }
                    let is_new = self.is_new(&path);
                    Some((path, is_new))
                }
            };
            self.named.insert(name.to_owned(), found);
        }
        let known = self.named.get(name).cloned().flatten();
        Ok(known.map(|(path, is_new)| (path, is_new.then(|| vec![name.to_owned()]))))
    }

    fn is_new(&self, path: &str) -> bool {
        self.site.agencies.iter().all(|agency| &*agency.path != path)
    }

    fn new_path(&self, name: &str) -> String {
        let folder = self.request.folder.trim_matches('/');
        let slug = slug(name);
        if folder.is_empty() { slug } else { format!("{folder}/{slug}") }
    }
}

fn several(paths: &[String]) -> Diagnostic {
    let fault = Diagnostic::error("import-agency-several").arg("agencies", paths.join(", "));
    fault.help(Message::new("help-say-agency"))
}
