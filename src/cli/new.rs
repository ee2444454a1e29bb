//! `glasshouse new`: makes the file of an agency or a report, to be filled in.

use std::path::Path;

use crate::base::diagnostic::Message;
use crate::build::{Project, Timings};
use crate::form::{Form, FormIx};
use crate::model::{Agency, Report, Scope};
use crate::publish::content::{self, ContentError, ContentFile};
use crate::scaffold::{self, NewAgency, Previous};

use super::args::{NewAgencyArgs, NewArgs, NewReportArgs, NewWhat};
use super::exit_codes::Exit;
use super::failure::UsageError;
use super::forms;
use super::paths;
use super::terminal::{Stream, Terminal};

/// Makes the file of an agency or a report.
pub(crate) fn run(args: &NewArgs, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let site = match &args.what {
        NewWhat::Agency(args) => &args.site.site,
        NewWhat::Report(args) => &args.site.site,
    };
    let project = terminal.open(site, true, &mut Timings::default());
    if let Some(missing) = project.diagnostics.iter().find(|found| found.code == "settings-missing") {
        return Err(
            UsageError { message: missing.message.clone(), help: missing.help.first().cloned() }.into()
        );
    }
    let file = match &args.what {
        NewWhat::Agency(args) => agency(args, &project)?,
        NewWhat::Report(args) => report(args, &project)?,
    };
    let path = project.root.join(&file.path);
    put(&project.root, &[file], Some(Message::new("help-new-exists")))?;
    terminal.say(Stream::Out, &Message::new("new-made").arg("path", path.display().to_string()))?;
    Ok(Exit::Done)
}

/// Writes new files; `help` is for the error that one of them exists.
pub(crate) fn put(root: &Path, files: &[ContentFile], help: Option<Message>) -> anyhow::Result<()> {
    match content::put(root, files) {
        Err(ContentError::Exists(path)) => {
            let message = Message::new("new-exists").arg("path", path.display().to_string());
            Err(UsageError { message, help }.into())
        }
        other => Ok(other?),
    }
}

fn agency(args: &NewAgencyArgs, project: &Project) -> anyhow::Result<ContentFile> {
    let path = paths::content_folder(&args.path)?;
    if let Some(level) = args.level.as_deref() {
        let known = || project.config.levels.iter().map(|level| &*level.id);
        if !known().any(|known| known == level) {
            let message = Message::new("unknown-level").arg("value", level);
            let help = Message::new("help-define-level");
            return Err(UsageError::unknown(message, level, known(), help).into());
        }
    }
    let new = NewAgency {
        name: &args.name,
        short_name: args.short_name.as_deref(),
        other_names: args.other_names.iter().map(String::as_str).collect(),
        level: args.level.as_deref(),
        url: args.url.as_deref(),
    };
    Ok(ContentFile {
        path: format!("content/{path}/_index.md"),
        text: scaffold::agency(&new),
        replaces: false,
    })
}

fn report(args: &NewReportArgs, project: &Project) -> anyhow::Result<ContentFile> {
    let path = paths::content_folder(&args.path)?;
    let Some(agency) = project.site.agencies.iter().find(|agency| *agency.path == *path) else {
        let message = Message::new("agency-missing").arg("path", &*path);
        let known = project.site.agencies.iter().map(|agency| &*agency.path);
        let help = Message::new("help-new-agency").arg("path", &*path);
        return Err(UsageError::unknown(message, &path, known, help).into());
    };
    let reports = project.site.reports_of(agency);
    let wanted = args.from.unwrap_or(args.period.previous());
    let before = reports
        .iter()
        .map(|report| &**report)
        .find(|report| report.period == wanted && report.scope == Scope::Own);
    if before.is_none() && args.from.is_some() {
        let message = Message::new("report-missing").arg("agency", &*path).arg("period", wanted.to_string());
        return Err(UsageError::new(message).into());
    }
    let form = form(args, project, agency, before)?;
    let previous = before.map(|report| Previous { report, form: &project.site.catalog[report.form] });
    let lang = project.config.main_language().clone();
    let text = scaffold::report(form, args.period, agency.name.get(&lang), previous, &lang);
    Ok(ContentFile { path: format!("content/{path}/{}.md", args.period), text, replaces: false })
}

/// Returns the form given, or that of the report before if it is still in use, or the only one in use
/// among the agency's reports, those of the period, or all.
fn form<'p>(
    args: &NewReportArgs,
    project: &'p Project,
    agency: &Agency,
    before: Option<&Report>,
) -> anyhow::Result<&'p Form> {
    let catalog = &project.site.catalog;
    if let Some(id) = &args.form {
        let ix = catalog.find_form(id).ok_or_else(|| forms::unknown(id, catalog))?;
        return Ok(&catalog[ix]);
    }
    let year = args.period.year;
    let in_use = |ix: FormIx| Some(&catalog[ix]).filter(|form| form.covers(year));
    let used = |is_meant: &dyn Fn(&Report) -> bool| -> Vec<FormIx> {
        let reports = project.site.reports.iter().map(|report| &**report).filter(|report| is_meant(report));
        let mut used: Vec<FormIx> =
            reports.map(|report| report.form).filter(|ix| in_use(*ix).is_some()).collect();
        used.sort();
        used.dedup();
        used
    };
    let own = before.and_then(|report| in_use(report.form));
    let is_own = |report: &Report| project.site[report.agency].path == agency.path;
    let candidates = [used(&is_own), used(&|report| report.period == args.period), used(&|_| true)];
    let found = own.or_else(|| {
        candidates.iter().find_map(|ixs| match ixs.as_slice() {
            [ix] => in_use(*ix),
            _ => None,
        })
    });
    found.ok_or_else(|| {
        let open: Vec<&str> =
            catalog.forms.iter().filter(|form| form.covers(year)).map(|form| &*form.id).collect();
        let message = Message::new("new-form-unclear")
            .arg("period", args.period.to_string())
            .arg("forms", open.join(", "));
        UsageError { message, help: Some(Message::new("help-say-form")) }.into()
    })
}
