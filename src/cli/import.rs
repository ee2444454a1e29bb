//! `glasshouse import`: turns foreign documents into report files.

mod output;
mod plan;

use std::path::{Path, PathBuf};

use crate::base::diagnostic::{At, Diagnostic, Message};
use crate::base::source::FilePath;
use crate::build::{Project, Timings};
use crate::import::{self, ImportRequest, InputDocument, LabelMapping, MergeState};
use crate::publish::content;

use super::args::{ImportArgs, ImportFormat};
use super::exit_codes::Exit;
use super::failure::UsageError;
use super::paths;
use super::report::{Format, Reported};
use super::terminal::{Stream, Terminal};

use self::plan::PlannedReport;

/// Imports files, writes the reports, and logs what became of every row.
pub(crate) fn run(args: &ImportArgs, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let site = &args.site.site;
    let project = terminal.open(site, true, &mut Timings::default());
    let is_missing = |found: &&Diagnostic| found.code == "settings-missing";
    if let Some(missing) = project.diagnostics.iter().find(is_missing) {
        terminal.report(Stream::Err, site, Format::Human, &[missing.clone().into()])?;
        return Ok(Exit::Usage);
    }
    let mapping = mapping(args)?;
    let agency = args.agency.as_deref().map(paths::content_folder).transpose()?;
    let folder = args.folder.as_deref().map(paths::content_folder).transpose()?.unwrap_or_default();
    let request = ImportRequest {
        form: args.form.as_deref(),
        agency: agency.as_deref(),
        folder: &folder,
        period: args.period,
        column: args.column.as_deref(),
        mapping: &mapping,
    };
    let (documents, mut problems) = read(&args.files, &project)?;
    let mut extraction = import::extract(&documents, &project.site, &request);
    problems.append(&mut extraction.problems);
    let planned = plan::plan(&extraction.reports, &project, args, &mut problems)?;
    let exit = exit(&problems, &planned);
    let writes = problems.is_empty() && !args.dry_run;
    if writes {
        content::put(site, &plan::files(&planned, &project))?;
    }
    match args.format {
        ImportFormat::Human => {
            terminal.report(Stream::Err, Path::new(""), Format::Human, &Reported::all(&problems))?;
            output::say(&planned, &extraction.notes, writes, terminal)?;
        }
        ImportFormat::Json => {
            let report = output::json(&planned, &extraction.notes, &problems, writes, terminal);
            writeln!(terminal.stream(Stream::Out), "{report:#}")?;
        }
    }
    Ok(exit)
}

fn exit(problems: &[Diagnostic], planned: &[PlannedReport<'_>]) -> Exit {
    let has = |code: &str| problems.iter().any(|problem| problem.code == code);
    let is_kept = |planned: &PlannedReport<'_>| planned.decision.state == MergeState::Kept;
    match () {
        () if has("unreadable") => Exit::Io,
        () if has("import-form-unknown") => Exit::Usage,
        () if !problems.is_empty() || planned.iter().any(is_kept) => Exit::Findings,
        () => Exit::Done,
    }
}

fn mapping(args: &ImportArgs) -> anyhow::Result<LabelMapping> {
    let Some(path) = &args.map else { return Ok(LabelMapping::default()) };
    let text = paths::read(path)?;
    Ok(LabelMapping::parse(&String::from_utf8_lossy(&text)).map_err(|error| {
        UsageError::new(
            Message::new("import-mapping")
                .arg("path", path.display().to_string())
                .arg("detail", error.to_string()),
        )
    })?)
}

/// Reads all files; a folder stands for the files below it.
fn read(typed: &[PathBuf], project: &Project) -> anyhow::Result<(Vec<InputDocument>, Vec<Diagnostic>)> {
    let mut documents = Vec::new();
    let mut problems = Vec::new();
    for path in paths::expand(typed)? {
        let name = path.to_string_lossy().replace('\\', "/");
        let bytes = match path.metadata() {
            Ok(metadata) if metadata.len() > import::MAX_BYTES as u64 => {
                let error = import::ReadError::TooLarge { limit: import::MAX_BYTES >> 20 };
                problems.push(error.diagnostic(&name));
                continue;
            }
            Ok(_) => paths::read(&path),
            Err(error) => Err(error),
        };
        match bytes.map(|bytes| import::read(&name, &bytes, &project.site.catalog.units)) {
            Ok(Ok(document)) => documents.push(document),
            Ok(Err(error)) => problems.push(error.diagnostic(&name)),
            Err(error) => {
                let file: FilePath = name.as_str().into();
                let fault = Diagnostic::error("unreadable").arg("detail", error.to_string());
                problems.push(fault.at(&file, At::File));
            }
        }
    }
    Ok((documents, problems))
}
