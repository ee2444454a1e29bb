//! Reads one report from its bytes, without a site around it.

use crate::base::data::Faults;
use crate::base::diagnostic::Diagnostic;
use crate::base::source::FilePath;
use crate::form::Catalog;
use crate::model::{AgencyId, Report};

use super::prose_figures::MentionFinder;
use super::{content_file, front_matter, report};

/// Reads reports one by one, as though each lay in an agency's folder.
pub struct ReportReader<'c> {
    catalog: &'c Catalog,
    finder: MentionFinder,
}

impl<'c> ReportReader<'c> {
    /// A reader that knows the forms of a catalogue.
    pub fn new(catalog: &'c Catalog) -> Self {
        Self { catalog, finder: MentionFinder::new(catalog) }
    }

    /// The report in a file's bytes, and everything that is wrong with it.
    pub fn read(&self, file: &FilePath, bytes: Vec<u8>) -> (Option<Report>, Vec<Diagnostic>) {
        let mut faults = Faults::new(file);
        let content = content_file::parse(front_matter::decode(file, bytes), &mut faults);
        let context = report::Context { catalog: self.catalog, finder: &self.finder, drafts: true };
        let report = content.and_then(|content| context.lower(&content, AgencyId(0), &mut faults));
        (report, faults.into_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_needs_no_site() {
        let (catalog, _) = crate::load::catalog(&[]);
        let reader = ReportReader::new(&catalog);
        let file: FilePath = "2012.md".into();
        let text = "---\nform: zj-2012\nstatistics:\n  proactive_total: 289\n  proactive_wab: 298\n---\n";
        let (report, faults) = reader.read(&file, text.into());
        assert_eq!(report.unwrap().figures.len(), 1);
        assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["unknown-indicator"]);
        let (report, faults) = reader.read(&file, b"---\ntitle: \xff\xfe\n---\n".to_vec());
        assert!(report.is_none());
        assert_eq!(faults.len(), 1);
    }
}
