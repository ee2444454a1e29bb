//! `glasshouse import`: foreign documents to report files.

mod telling;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::base::diagnostic::{At, Diagnostic, Message};
use crate::base::source::{FilePath, Source};
use crate::build::{self, Overrides, Project, Timings};
use crate::import::decide::{self, Decision, State, There, Wish};
use crate::import::{self, Document, Draft, Mapping, Request, Understood};
use crate::publish::content::{self, ContentFile};
use crate::scaffold::{self, NewAgency};

use super::args::{Import, ImportFormat};
use super::clock;
use super::failure::UsageError;
use super::names::Exit;
use super::report::{Format, Reported};
use super::terminal::{Stream, Terminal};
use super::{foreign, inputs};

/// A draft, its file, and what is to be done.
struct Planned<'d> {
    draft: &'d Draft,
    file: String,
    decision: Decision,
}

/// Imports files, says what became of every row, and writes the reports.
pub(crate) fn run(args: &Import, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let site = &args.site.site;
    let project =
        build::open(site, &Overrides { drafts: true, ..Overrides::default() }, &mut Timings::default());
    terminal.speak_with(&project.theme.strings);
    let is_missing = |found: &&Diagnostic| found.code == "settings-missing";
    if let Some(missing) = project.diagnostics.iter().find(is_missing) {
        terminal.report(Stream::Err, site, Format::Human, &[missing.clone().into()])?;
        return Ok(Exit::Usage);
    }
    let mapping = mapping(args)?;
    let agency = args.agency.as_deref().map(inputs::content_folder).transpose()?;
    let folder = args.folder.as_deref().map(inputs::content_folder).transpose()?.unwrap_or_default();
    let request = Request {
        form: args.form.as_deref(),
        agency: agency.as_deref(),
        folder: &folder,
        period: args.period,
        column: args.column.as_deref(),
        mapping: &mapping,
    };
    let (documents, mut problems) = read(&args.files, &project)?;
    let mut understood = import::understand(&documents, &project.site, &request);
    problems.append(&mut understood.problems);
    let planned = plan(&understood, &project, args, &mut problems)?;
    let exit = exit(&problems, &planned);
    let writes = problems.is_empty() && !args.dry_run;
    if writes {
        content::put(site, &files(&planned, &project))?;
    }
    match args.format {
        ImportFormat::Human => {
            let reported: Vec<Reported> = problems.into_iter().map(Reported::from).collect();
            terminal.report(Stream::Err, Path::new(""), Format::Human, &reported)?;
            telling::say(&planned, &understood.notes, writes, terminal)?;
        }
        ImportFormat::Json => {
            let report = telling::json(&planned, &understood.notes, &problems, writes, terminal);
            writeln!(terminal.stream(Stream::Out), "{report:#}")?;
        }
    }
    Ok(exit)
}

fn exit(problems: &[Diagnostic], planned: &[Planned<'_>]) -> Exit {
    let is_usage = |problem: &&Diagnostic| problem.code == "import-form-unknown";
    match () {
        () if problems.iter().any(|problem| problem.code == "unreadable") => Exit::Io,
        () if problems.iter().any(|problem| is_usage(&problem)) => Exit::Usage,
        () if !problems.is_empty() || planned.iter().any(|planned| planned.decision.state == State::Kept) => {
            Exit::Findings
        }
        () => Exit::Done,
    }
}

fn mapping(args: &Import) -> anyhow::Result<Mapping> {
    let Some(path) = &args.map else { return Ok(Mapping::default()) };
    let text = inputs::read(path)?;
    Ok(Mapping::parse(&String::from_utf8_lossy(&text)).map_err(|error| {
        UsageError::new(
            Message::new("import-mapping")
                .arg("path", path.display().to_string())
                .arg("detail", error.to_string()),
        )
    })?)
}

/// Reads every file; folders stand for the files in them.
fn read(typed: &[PathBuf], project: &Project) -> anyhow::Result<(Vec<Document>, Vec<Diagnostic>)> {
    let mut documents = Vec::new();
    let mut problems = Vec::new();
    for path in foreign::expand(typed)? {
        let name = path.to_string_lossy().replace('\\', "/");
        let fault = |detail: String| {
            let file: FilePath = name.as_str().into();
            Diagnostic::error("unreadable").arg("detail", detail).at(&file, At::File)
        };
        let bytes = match foreign::size(&path) {
            Ok(size) if size > import::MOST_BYTES as u64 => {
                let error = import::ReadError::TooLarge { limit: import::MOST_BYTES >> 20 };
                problems.push(error.diagnostic(&name));
                continue;
            }
            Ok(_) => inputs::read(&path),
            Err(error) => Err(error),
        };
        match bytes.map(|bytes| import::read(&name, &bytes, &project.site.catalog.units)) {
            Ok(Ok(document)) => documents.push(document),
            Ok(Err(error)) => problems.push(error.diagnostic(&name)),
            Err(error) => problems.push(fault(error.to_string())),
        }
    }
    Ok((documents, problems))
}

/// Decides for each draft what is to be done with it.
fn plan<'d>(
    understood: &'d Understood,
    project: &Project,
    args: &Import,
    problems: &mut Vec<Diagnostic>,
) -> anyhow::Result<Vec<Planned<'d>>> {
    let site = &project.site;
    let wish = match &args.revise {
        _ if args.force => Wish::Replace,
        Some(why) => Wish::Revise(why, clock::today()),
        None => Wish::Keep,
    };
    let mut planned = Vec::new();
    for draft in &understood.drafts {
        let Some(form) = site.catalog.form(draft.form) else { continue };
        let known = decide::existing(site, draft);
        let file = known.map_or_else(
            || format!("content/{}/{}.md", draft.agency, draft.period),
            |report| report.file().to_string(),
        );
        let place = project.root.join(&file);
        let is_there = place.try_exists()?;
        let source = match known {
            Some(report) if is_there => {
                let text = String::from_utf8_lossy(&inputs::read(&place)?).into_owned();
                Some((report, Source::new(report.file().clone(), text)))
            }
            _ => None,
        };
        let there = match &source {
            Some((report, source)) => There::Report(report, source),
            None if is_there => There::File,
            None => There::Nothing,
        };
        let decision = decide::decide(draft, form, there, wish, &site.catalog.units);
        if let Some(error) = &decision.obstacle {
            let fault = Diagnostic::error("import-cannot-revise").arg("code", &*error.0);
            let at: FilePath = file.as_str().into();
            problems.push(fault.at(&at, At::File));
        }
        planned.push(Planned { draft, file, decision });
    }
    Ok(planned)
}

/// The files to write: reports, and agencies that have none.
fn files(planned: &[Planned<'_>], project: &Project) -> Vec<ContentFile> {
    let mut files: BTreeMap<String, ContentFile> = BTreeMap::new();
    for planned in planned {
        let Some(text) = planned.decision.text.clone() else { continue };
        let replaces = planned.decision.state != State::New;
        files.insert(planned.file.clone(), ContentFile { path: planned.file.clone(), text, replaces });
        let Some(names) = &planned.draft.new_agency else { continue };
        let path = format!("content/{}/_index.md", planned.draft.agency);
        if !matches!(project.root.join(&path).try_exists(), Ok(false)) {
            continue;
        }
        let name = names.first().map_or(&*planned.draft.agency, String::as_str);
        let other_names = names.iter().skip(1).map(String::as_str).filter(|other| *other != name).collect();
        let text = scaffold::agency(&NewAgency { name, other_names, ..NewAgency::default() });
        files.entry(path.clone()).or_insert(ContentFile { path, text, replaces: false });
    }
    files.into_values().collect()
}
