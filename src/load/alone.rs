//! One report from its bytes, without a site around it.

use crate::base::diagnostic::Diagnostic;
use crate::base::source::FilePath;
use crate::form::Catalog;
use crate::model::{AgencyId, Report};

use super::mentions::Finder;
use super::{report, split};

/// Reads reports one by one, as though each lay in an agency's folder.
pub struct Alone<'c> {
    catalog: &'c Catalog,
    finder: Finder,
}

impl<'c> Alone<'c> {
    /// A reader that knows the forms of a catalogue.
    pub fn new(catalog: &'c Catalog) -> Self {
        Self { catalog, finder: Finder::new(catalog) }
    }

    /// The report in a file's bytes, and everything that is wrong with it.
    pub fn read(&self, file: &FilePath, bytes: Vec<u8>) -> (Option<Report>, Vec<Diagnostic>) {
        let mut faults = Vec::new();
        let document =
            split::decode(file, bytes).and_then(|text| super::document::parse(file, &text, &mut faults));
        let report = match document {
            Ok(document) => {
                report::lower(&document, AgencyId(0), self.catalog, &self.finder, true, &mut faults)
            }
            Err(fault) => {
                faults.push(*fault);
                None
            }
        };
        (report, faults)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_needs_no_site() {
        let (catalog, _) = crate::load::catalog(&[]);
        let alone = Alone::new(&catalog);
        let file: FilePath = "2012.md".into();
        let text = "---\nform: zj-2012\nstatistics:\n  proactive_total: 289\n  proactive_wab: 298\n---\n";
        let (report, faults) = alone.read(&file, text.into());
        assert_eq!(report.unwrap().figures.len(), 1);
        assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["unknown-indicator"]);
        let (report, faults) = alone.read(&file, b"---\ntitle: \xff\xfe\n---\n".to_vec());
        assert!(report.is_none());
        assert_eq!(faults.len(), 1);
    }
}
