//! `glasshouse new`: the file of an agency or of a report, to be filled in.

use crate::base::data;
use crate::base::diagnostic::Message;
use crate::build::{self, Overrides, Project, Timings};
use crate::form::{Form, FormIx};
use crate::model::{Agency, Report, Scope};
use crate::publish::content::{self, ContentError, ContentFile};
use crate::scaffold::{self, NewAgency, Previous};

use super::args::{NewAgencyArgs, NewArgs, NewReportArgs, NewWhat};
use super::exit_codes::Exit;
use super::failure::UsageError;
use super::paths;
use super::terminal::{Stream, Terminal};

/// Makes an agency's file or a report's.
pub(crate) fn run(args: &NewArgs, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let site = match &args.what {
        NewWhat::Agency(args) => &args.site.site,
        NewWhat::Report(args) => &args.site.site,
    };
    let project =
        build::open(site, &Overrides { drafts: true, ..Overrides::default() }, &mut Timings::default());
    terminal.speak_with(&project.theme.strings);
    if let Some(missing) = project.diagnostics.iter().find(|found| found.code == "settings-missing") {
        return Err(
            UsageError { message: missing.message.clone(), help: missing.help.first().cloned() }.into()
        );
    }
    let file = match &args.what {
        NewWhat::Agency(args) => agency(args, &project)?,
        NewWhat::Report(args) => report(args, &project)?,
    };
    put(&project, &[file], terminal)?;
    Ok(Exit::Done)
}

/// Writes new files and says which.
pub(crate) fn put(project: &Project, files: &[ContentFile], terminal: &mut Terminal) -> anyhow::Result<()> {
    match content::put(&project.root, files) {
        Ok(()) => {}
        Err(ContentError::Exists(path)) => {
            let message = Message::new("new-exists").arg("path", path.display().to_string());
            return Err(UsageError { message, help: Some(Message::new("help-new-exists")) }.into());
        }
        Err(error) => return Err(error.into()),
    }
    for file in files {
        let path = project.root.join(&file.path);
        terminal.say(Stream::Out, &Message::new("new-made").arg("path", path.display().to_string()))?;
    }
    Ok(())
}

fn agency(args: &NewAgencyArgs, project: &Project) -> anyhow::Result<ContentFile> {
    let path = paths::content_folder(&args.path)?;
    if let Some(level) = args.level.as_deref() {
        let known = || project.config.levels.iter().map(|level| &*level.id);
        if !known().any(|known| known == level) {
            let message = Message::new("unknown-level").arg("value", level);
            let near = data::nearest(level, known());
            let help = near.map(|near| Message::new("help-did-you-mean").arg("name", near));
            return Err(UsageError { message, help: help.or(Some(Message::new("help-define-level"))) }.into());
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
        let near = data::nearest(&path, project.site.agencies.iter().map(|agency| &*agency.path));
        let help = near.map(|near| Message::new("help-did-you-mean").arg("name", near));
        return Err(UsageError {
            message,
            help: help.or(Some(Message::new("help-new-agency").arg("path", &*path))),
        }
        .into());
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

/// The form asked for, else the one of the report before while it is in use, else the only one that
/// the site's reports of that year are on.
fn form<'p>(
    args: &NewReportArgs,
    project: &'p Project,
    agency: &Agency,
    before: Option<&Report>,
) -> anyhow::Result<&'p Form> {
    let catalog = &project.site.catalog;
    let ids = || catalog.forms.iter().map(|form| &*form.id);
    let known = || Message::new("help-known-forms").arg("forms", ids().collect::<Vec<_>>().join(", "));
    if let Some(id) = &args.form {
        if let Some(ix) = catalog.find_form(id) {
            return Ok(&catalog[ix]);
        }
        let near = data::nearest(id, ids()).map(|near| Message::new("help-did-you-mean").arg("name", near));
        let message = Message::new("form-unknown").arg("value", &**id);
        return Err(UsageError { message, help: near.or(Some(known())) }.into());
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
