//! Finds settings of checks that apply to no content.

use crate::base::diagnostic::{At, Diagnostic, Message};
use crate::config::{self, CheckConfig};
use crate::model::Site;

/// Reports each `[[check.folder]]` whose folder has no content.
pub fn unmatched_folders(site: &Site, config: &CheckConfig) -> Vec<Diagnostic> {
    let holds_nothing = |folder: &str| !site.bodies().any(|body| config::contains(folder, &body.file));
    config
        .folders()
        .filter(|(folder, _)| holds_nothing(folder))
        .map(|(folder, span)| {
            let fault = Diagnostic::warning("folder-unmatched").arg("found", folder);
            fault.at(&config::FILE_NAME.into(), At::Span(span)).help(Message::new("help-folder-unmatched"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing;
    use crate::config::Config;

    #[test]
    fn a_folder_without_content_is_reported() {
        let text = "title = 'x'\n[[check.folder]]\npath = 'a'\n[[check.folder]]\npath = 'b'\n";
        let (config, faults) = Config::parse(&"site.toml".into(), text, &[]);
        assert_eq!(faults, []);
        let found = unmatched_folders(&testing::site(), &config.check);
        assert_eq!(found.len(), 1);
        let start = text.find("'b'").unwrap();
        assert!(matches!(&found[0].places[0].at, At::Span(span) if span.start == start));
    }
}
