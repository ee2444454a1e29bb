//! Decides what an import does with each report, given the existing files.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::base::diagnostic::{At, Diagnostic};
use crate::base::source::{FilePath, Source};
use crate::build::Project;
use crate::cli::args::ImportArgs;
use crate::cli::paths;
use crate::import::{self, ExistingFile, ExtractedReport, MergeDecision, MergePolicy, MergeState};
use crate::publish::content::ContentFile;
use crate::scaffold::{self, NewAgency};

/// A report, its file, and the decision about it.
pub(super) struct PlannedReport<'r> {
    pub(super) report: &'r ExtractedReport,
    pub(super) file: String,
    pub(super) decision: MergeDecision,
}

/// Decides about each report.
pub(super) fn plan<'r>(
    reports: &'r [ExtractedReport],
    project: &Project,
    args: &ImportArgs,
    problems: &mut Vec<Diagnostic>,
) -> anyhow::Result<Vec<PlannedReport<'r>>> {
    let site = &project.site;
    let policy = match &args.revise {
        _ if args.force => MergePolicy::Replace,
        Some(why) => MergePolicy::Revise(why, today()),
        None => MergePolicy::Keep,
    };
    let mut planned = Vec::new();
    for report in reports {
        let known = import::existing_report(site, report);
        let file = known.map_or_else(
            || format!("content/{}/{}.md", report.agency, report.period),
            |known| known.file().to_string(),
        );
        let path = project.root.join(&file);
        let is_there = path.try_exists()?;
        let source = match known {
            Some(known) if is_there => {
                let text = String::from_utf8_lossy(&paths::read(&path)?).into_owned();
                Some((known, Source::new(known.file().clone(), text)))
            }
            _ => None,
        };
        let existing = match &source {
            Some((known, source)) => ExistingFile::Report(known, source),
            None if is_there => ExistingFile::Other,
            None => ExistingFile::None,
        };
        let form = &site.catalog[report.form];
        let decision = import::decide(report, form, existing, policy, &site.catalog.units);
        if let Some(error) = &decision.obstacle {
            let fault = Diagnostic::error("import-cannot-revise").arg("code", &*error.0);
            let at: FilePath = file.as_str().into();
            problems.push(fault.at(&at, At::File));
        }
        planned.push(PlannedReport { report, file, decision });
    }
    Ok(planned)
}

/// Returns the files to write: reports, and agencies without a file.
pub(super) fn files(planned: &[PlannedReport<'_>], project: &Project) -> Vec<ContentFile> {
    let mut files: BTreeMap<String, ContentFile> = BTreeMap::new();
    for PlannedReport { report, file, decision } in planned {
        let Some(text) = decision.text.clone() else { continue };
        let replaces = decision.state != MergeState::New;
        files.insert(file.clone(), ContentFile { path: file.clone(), text, replaces });
        let Some(names) = &report.new_agency else { continue };
        let path = format!("content/{}/_index.md", report.agency);
        if !matches!(project.root.join(&path).try_exists(), Ok(false)) {
            continue;
        }
        let name = names.first().map_or(&*report.agency, String::as_str);
        let other_names = names.iter().skip(1).map(String::as_str).filter(|other| *other != name).collect();
        let text = scaffold::agency(&NewAgency { name, other_names, ..NewAgency::default() });
        files.entry(path.clone()).or_insert(ContentFile { path, text, replaces: false });
    }
    files.into_values().collect()
}

/// Returns the current date in UTC.
#[expect(clippy::disallowed_methods, reason = "a revision bears its date")]
fn today() -> Date {
    let seconds =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let days = i64::try_from(seconds / 86_400).unwrap_or(0);
    jiff::civil::date(1970, 1, 1).checked_add(days.days()).unwrap_or(Date::MIN)
}
