//! `glasshouse import`: foreign documents to report files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Message};
use crate::form::Form;
use crate::import::{self, Document, Draft, Entry, EntryKind, Mapping, Request, Understood, compose, revise};
use crate::model::{Report, Scope};
use crate::pipeline::{self, Overrides, Project, Timings};
use crate::scaffold::{self, NewAgency};
use crate::source::{FilePath, Source};
use crate::write::content::{self, ContentFile};

use super::args::{Import, ImportFormat};
use super::clock;
use super::failure::UsageError;
use super::inputs;
use super::names::Exit;
use super::options::Talk;
use super::report::{Format, Reported};
use super::terminal::{Stream, Terminal};

/// From so many reports on, only those that need attention are listed.
const MANY_REPORTS: usize = 20;

/// What becomes of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    New,
    Unchanged,
    Revised,
    Replaced,
    /// It differs from the report that is there, and nobody said what to do.
    Kept,
}

impl State {
    const ALL: [Self; 5] = [Self::New, Self::Unchanged, Self::Revised, Self::Replaced, Self::Kept];

    fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Unchanged => "unchanged",
            Self::Revised => "revised",
            Self::Replaced => "replaced",
            Self::Kept => "kept",
        }
    }
}

/// A draft, its file, and what is to be done.
struct Planned<'d> {
    draft: &'d Draft,
    file: String,
    state: State,
    differences: Vec<revise::Difference>,
    text: Option<String>,
}

/// Imports files, says what became of every row, and writes the reports.
pub(crate) fn run(args: &Import, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let site = &args.site.site;
    let project =
        pipeline::open(site, &Overrides { drafts: true, ..Overrides::default() }, &mut Timings::default());
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
            say(&planned, &understood.notes, writes, terminal)?;
        }
        ImportFormat::Json => {
            let report = json_report(&planned, &understood.notes, &problems, writes, terminal);
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
        () if !problems.is_empty() || planned.iter().any(|planned| planned.state == State::Kept) => {
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
    for path in inputs::expand(typed)? {
        let name = path.to_string_lossy().replace('\\', "/");
        let fault = |detail: String| {
            let file: FilePath = name.as_str().into();
            Diagnostic::error("unreadable").arg("detail", detail).at(&file, crate::diagnostic::At::File)
        };
        let bytes = match inputs::size(&path) {
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
    let mut planned = Vec::new();
    for draft in &understood.drafts {
        let Some(form) = site.catalog.form(draft.form) else { continue };
        let known = existing(project, draft);
        let file = known.map_or_else(
            || format!("content/{}/{}.md", draft.agency, draft.period),
            |report| report.file().to_string(),
        );
        let is_there = project.root.join(&file).try_exists()?;
        let (state, differences, text) = match known {
            Some(report) if is_there => change(draft, report, form, project, args, problems)?,
            // A file that is there but is no report anyone can read is not overwritten either.
            _ if is_there && !args.force => (State::Kept, Vec::new(), None),
            _ => {
                let state = if is_there { State::Replaced } else { State::New };
                (state, Vec::new(), Some(compose::report(draft, form)))
            }
        };
        planned.push(Planned { draft, file, state, differences, text });
    }
    Ok(planned)
}

/// The report that a draft is about, where the site has it.
fn existing<'p>(project: &'p Project, draft: &Draft) -> Option<&'p Report> {
    let site = &project.site;
    let agency = site.agencies.iter().find(|agency| *agency.path == *draft.agency)?;
    let reports = site.reports_of(agency);
    reports
        .iter()
        .find(|report| report.period == draft.period && report.scope == Scope::Own)
        .or_else(|| reports.iter().find(|report| report.period == draft.period))
}

type Change = (State, Vec<revise::Difference>, Option<String>);

fn change(
    draft: &Draft,
    report: &Report,
    form: &Form,
    project: &Project,
    args: &Import,
    problems: &mut Vec<Diagnostic>,
) -> anyhow::Result<Change> {
    if report.form != draft.form {
        let state = if args.force { State::Replaced } else { State::Kept };
        return Ok((state, Vec::new(), args.force.then(|| compose::report(draft, form))));
    }
    let differences = revise::differences(report, draft, form, &project.site.catalog.units);
    if args.force {
        return Ok((State::Replaced, differences, Some(compose::report(draft, form))));
    }
    if differences.is_empty() {
        return Ok((State::Unchanged, differences, None));
    }
    let Some(why) = &args.revise else { return Ok((State::Kept, differences, None)) };
    let file = report.file();
    let text = String::from_utf8_lossy(&inputs::read(&project.root.join(&**file))?).into_owned();
    let source = Source::new(file.clone(), text);
    match revise::revise(&source, form, &differences, clock::today(), why) {
        Ok(text) => Ok((State::Revised, differences, Some(text))),
        Err(error) => {
            let fault = Diagnostic::error("import-cannot-revise").arg("code", error.0);
            problems.push(fault.at(file, crate::diagnostic::At::File));
            Ok((State::Kept, differences, None))
        }
    }
}

/// The files to write: reports, and agencies that have none.
fn files(planned: &[Planned<'_>], project: &Project) -> Vec<ContentFile> {
    let mut files: BTreeMap<String, ContentFile> = BTreeMap::new();
    for planned in planned {
        let Some(text) = planned.text.clone() else { continue };
        let replaces = planned.state != State::New;
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

fn count(entries: &[Entry], kind: EntryKind) -> usize {
    entries.iter().filter(|entry| entry.kind == kind).count()
}

fn say(
    planned: &[Planned<'_>],
    notes: &[Entry],
    written: bool,
    terminal: &mut Terminal,
) -> anyhow::Result<()> {
    let is_brief = planned.len() > MANY_REPORTS && terminal.options.talk != Talk::Verbose;
    for planned in planned {
        say_report(planned, is_brief, terminal)?;
    }
    for entry in notes {
        line(entry, terminal)?;
    }
    if planned.is_empty() {
        return Ok(());
    }
    let agencies: BTreeSet<&str> = planned
        .iter()
        .filter(|planned| planned.draft.new_agency.is_some())
        .map(|planned| &*planned.draft.agency)
        .collect();
    let mut total = Message::new(if written { "import-done" } else { "import-not-written" })
        .arg("reports", planned.len())
        .arg("agencies", agencies.len());
    for state in State::ALL {
        total = total.arg(state.name(), planned.iter().filter(|planned| planned.state == state).count());
    }
    terminal.say(Stream::Out, &total)?;
    if planned.iter().any(|planned| planned.state == State::Kept) {
        terminal.say(Stream::Out, &Message::new("import-kept"))?;
    }
    if let Some(planned) =
        planned.iter().find(|planned| planned.draft.new_agency.is_some() && !planned.draft.agency.is_ascii())
    {
        terminal.say(Stream::Out, &Message::new("import-address").arg("agency", &*planned.draft.agency))?;
    }
    Ok(())
}

fn say_report(planned: &Planned<'_>, is_brief: bool, terminal: &mut Terminal) -> anyhow::Result<()> {
    let entries = &planned.draft.entries;
    let is_shown = |entry: &&Entry| entry.kind.needs_attention() && entry.kind != EntryKind::Missing;
    let is_plain = planned.differences.is_empty() && !entries.iter().any(|entry| is_shown(&entry));
    if (is_brief && is_plain) || terminal.options.talk == Talk::Quiet {
        return Ok(());
    }
    let state = terminal.text(&format!("import-state-{}", planned.state.name()));
    let kinds = EntryKind::ALL.into_iter().filter(|kind| count(entries, *kind) > 0);
    let counts: Vec<String> = kinds
        .map(|kind| {
            let id = format!("import-kind-{}", kind.name());
            format!("{} {}", terminal.text(&id), count(entries, kind))
        })
        .collect();
    writeln!(terminal.stream(Stream::Out), "{}  [{state}]  {}", planned.file, counts.join(", "))?;
    for entry in entries.iter().filter(is_shown) {
        line(entry, terminal)?;
    }
    let missing: Vec<&str> = entries
        .iter()
        .filter(|entry| entry.kind == EntryKind::Missing)
        .filter_map(|entry| entry.code.as_deref())
        .collect();
    if !missing.is_empty() && !is_brief {
        let word = terminal.text("import-kind-missing");
        writeln!(terminal.stream(Stream::Out), "  {word}: {}", missing.join(", "))?;
    }
    for difference in &planned.differences {
        let blank = terminal.text("import-blank");
        let absent = terminal.text("import-absent");
        let shown = |text: &str| if text.is_empty() { blank.clone() } else { text.to_owned() };
        let from = difference.from.as_deref().map_or(absent, shown);
        let to = format!("{}{}", shown(&difference.to.text), difference.to.unit.as_deref().unwrap_or(""));
        writeln!(terminal.stream(Stream::Out), "  {}: {from} → {to}", difference.code)?;
    }
    Ok(())
}

/// One row that somebody should look at.
fn line(entry: &Entry, terminal: &mut Terminal) -> anyhow::Result<()> {
    if terminal.options.talk == Talk::Quiet {
        return Ok(());
    }
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let kind = terminal.text(&format!("import-kind-{}", entry.kind.name()));
    let code = entry.code.as_deref().map(|code| format!(" {code}")).unwrap_or_default();
    let label =
        if entry.label.is_empty() { String::new() } else { format!(" “{}”", one_line(&entry.label)) };
    let text = if entry.text.is_empty() { String::new() } else { format!(": {}", one_line(&entry.text)) };
    let at = entry.origin.as_ref().map(|origin| format!("  ({origin})")).unwrap_or_default();
    let hint = entry
        .suggestion
        .as_deref()
        .map(|near| format!("  {}", terminal.words(&Message::new("help-did-you-mean").arg("name", near))));
    writeln!(terminal.stream(Stream::Out), "  {kind}{code}{label}{text}{at}{}", hint.unwrap_or_default())?;
    Ok(())
}

fn json_report(
    planned: &[Planned<'_>],
    notes: &[Entry],
    problems: &[Diagnostic],
    written: bool,
    terminal: &Terminal,
) -> Value {
    let entry = |entry: &Entry| {
        json!({
            "kind": entry.kind.name(),
            "code": entry.code.as_deref(),
            "label": entry.label,
            "text": entry.text,
            "file": entry.origin.as_ref().map(|origin| &*origin.file),
            "place": entry.origin.as_ref().map(|origin| origin.place.to_string()),
            "suggestion": entry.suggestion,
        })
    };
    let report = |planned: &Planned<'_>| {
        let draft = planned.draft;
        let differences = planned.differences.iter().map(|difference| {
            json!({ "code": difference.code, "from": difference.from, "to": difference.to.text, "unit": difference.to.unit })
        });
        json!({
            "file": planned.file,
            "state": planned.state.name(),
            "agency": draft.agency,
            "new_agency": draft.new_agency,
            "period": draft.period.to_string(),
            "sources": draft.files.iter().map(|file| &**file).collect::<Vec<_>>(),
            "entries": draft.entries.iter().map(entry).collect::<Vec<_>>(),
            "differences": differences.collect::<Vec<_>>(),
        })
    };
    let problem = |problem: &Diagnostic| {
        json!({
            "code": problem.code,
            "file": problem.places.first().map(|place| &*place.file),
            "message": terminal.words(&problem.message),
        })
    };
    json!({
        "version": 1,
        "written": written,
        "reports": planned.iter().map(report).collect::<Vec<_>>(),
        "notes": notes.iter().map(entry).collect::<Vec<_>>(),
        "problems": problems.iter().map(problem).collect::<Vec<_>>(),
    })
}
