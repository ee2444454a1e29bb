//! The prose of a page: Markdown with links to other content, pictures and figures by name.

use std::borrow::Cow;
use std::cell::RefCell;

use serde::Serialize;

use crate::base::diagnostic::{Diagnostic, Message};
use crate::base::escape::push_html;
use crate::base::text::Lang;
use crate::check;
use crate::markdown::{
    self, Argument, Hooks, MarkdownOptions, MarkdownWords, Placement, Problem, ResolvedImage, Shortcode,
    ShortcodeOutput,
};
use crate::model::{Body, ReportId};
use crate::plan::PageKind;
use crate::plan::link_resolver::LinkResolver;

use super::cell;
use super::chart::{NoChart, shortcode};
use super::local_portal::LocalPortal;
use super::output::Output;
use super::page::{PageContext, Slot};

/// A contents list is shown from so many headings on.
const CONTENTS_FROM: usize = 3;

/// A text as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct BodyView {
    /// Its HTML, safe as it is.
    pub(crate) html: String,
    /// Its headings, where there are enough for a table of contents.
    pub(crate) contents: Vec<HeadingView>,
    /// Its beginning as plain text; empty where it is in another language than the page.
    pub(crate) excerpt: String,
    /// Its language, where that is not the page's.
    pub(crate) lang: Option<String>,
    /// What that language calls itself, where the theme knows.
    pub(crate) language: Option<String>,
    /// All of it as plain text, for search.
    #[serde(skip)]
    pub(crate) plain: String,
}

/// A heading in a table of contents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct HeadingView {
    pub(crate) level: u8,
    pub(crate) id: String,
    pub(crate) text: String,
}

/// What a text stands on: where it is from, and what its calls may refer to.
#[derive(Clone, Copy)]
struct Place<'b> {
    body: &'b Body,
    report: Option<ReportId>,
    /// The text's language, where it is not the page's.
    pub(crate) lang: Option<&'b str>,
}

/// Renders the text of a page; `None` where there is none. Charts it draws and what is wrong with it are
/// added to `output`. `lang` is the language the text is written in, where its file says it.
pub(crate) fn view(
    page: &PageContext<'_>,
    body: &Body,
    report: Option<ReportId>,
    lang: Option<&str>,
    output: &mut Output,
) -> Option<BodyView> {
    if body.is_empty {
        return None;
    }
    let text = (page.bodies)(body).map_err(|fault| output.faults.push(*fault)).ok()?;
    let place = Place { body, report, lang: page.portal.foreign(lang) };
    let drawn = RefCell::new(Vec::new());
    let chart = |call: &Shortcode, placement| {
        let Placement::Block { level } = placement else {
            return Err(Message::new("call-chart-inline"));
        };
        let id = format!("chart-text-{}", drawn.borrow().len() + 1);
        let view = shortcode::chart(page, &id, call).map_err(NoChart::into_message)?;
        let lang = place.lang.map(|_| page.portal.locale.lang.tag());
        let html = (page.chart_template)(&view, Slot { level, lang });
        drawn.borrow_mut().push(view);
        html
    };
    let (view, faults) = render(&page.portal, page.links, place, &text, &chart);
    output.faults.extend(faults);
    output.add_charts(&drawn.into_inner());
    Some(view)
}

/// Returns what is wrong with the text that a page shows.
pub(crate) fn lint(page: &PageContext<'_>) -> Vec<Diagnostic> {
    let site = page.portal.site;
    let (report, lang) = match page.key.kind {
        PageKind::Home => (None, site.home.as_ref().and_then(|home| home.lang.as_deref())),
        PageKind::Report(id) => (Some(id), site[id].lang.as_deref()),
        PageKind::Free(at) => (None, site.pages[at as usize].lang.as_deref()),
        _ => (None, None),
    };
    let mut output = Output::default();
    if let Some(body) = page.key.kind.body(site) {
        view(page, body, report, lang, &mut output);
    }
    output.faults
}

/// Renders the text of a page. `chart` draws what a `chart(…)` call asks for.
fn render(
    portal: &LocalPortal<'_>,
    links: &LinkResolver,
    place: Place<'_>,
    text: &str,
    chart: &dyn Fn(&Shortcode, Placement) -> Result<String, Message>,
) -> (BodyView, Vec<Diagnostic>) {
    // What is added stands among the text's own words: it is in their language, where the theme has it.
    let said = ["body-heading", "body-table", "body-notes", "body-note", "body-back"].map(|id| {
        place
            .lang
            .and_then(|lang| said_in(portal, lang, id))
            .map_or_else(|| Cow::Borrowed(portal.word(id)), Cow::Owned)
    });
    let [heading, table, notes, note, back] = &said;
    let words = MarkdownWords { heading, table, notes, note, back };
    let options =
        MarkdownOptions { top: if place.report.is_some() { 3 } else { 2 }, words, taken: &[], classes: &[] };
    let file = &place.body.file;
    let hooks = Hooks {
        link: &|destination| links.resolve(portal.links(), file, destination),
        image: &|destination| {
            links
                .asset(file, destination)
                .map(|path| ResolvedImage { src: portal.roots.href(path), size: None })
        },
        shortcode: &|call, placement| match call.name.as_str() {
            "figure" => figure(portal, place, call),
            "chart" => chart(call, placement).map(ShortcodeOutput::from),
            other => Err(Message::new("call-unknown").arg("name", other)),
        },
    };
    let rendered = markdown::render(text, &options, &hooks);
    let excerpt = if place.lang.is_none() { rendered.excerpt(160) } else { String::new() };
    let headings = rendered.headings.into_iter();
    let mut contents: Vec<HeadingView> = headings
        .map(|heading| HeadingView { level: heading.level, id: heading.id, text: heading.text })
        .collect();
    if contents.len() < CONTENTS_FROM {
        contents.clear();
    }
    let problems = rendered.problems.into_iter().filter_map(|problem| {
        // What is no check cannot be told to be silent.
        let severity = match check::info(problem.code) {
            Some(info) => portal.config.check.severity(info.name, file, info.severity)?,
            None => problem.severity,
        };
        Some(Problem { severity, ..problem }.diagnostic(file, place.body.offset))
    });
    let faults = problems.collect();
    let view = BodyView {
        html: rendered.html,
        contents,
        excerpt,
        lang: place.lang.map(str::to_owned),
        language: place.lang.and_then(|lang| said_in(portal, lang, "language-name")),
        plain: rendered.plain,
    };
    (view, faults)
}

/// A string of the theme in a language, where the theme has it in that.
fn said_in(portal: &LocalPortal<'_>, lang: &str, id: &str) -> Option<String> {
    let (lang, strings) = (Lang::new(lang), &portal.locale.strings);
    strings.has(&lang, id).then(|| strings.plain(&lang, id))?
}

/// A figure of the page's report in a sentence, leading to its place in the table.
fn figure(portal: &LocalPortal<'_>, place: Place<'_>, call: &Shortcode) -> Result<ShortcodeOutput, Message> {
    let report = place.report.map(|id| &portal.site[id]);
    let report = report.ok_or(Message::new("call-figure-outside-report"))?;
    let [Argument::Text(code)] = call.positional.as_slice() else {
        return Err(Message::new("call-figure-code"));
    };
    let form = &portal.site.catalog[report.form];
    let (cell, unit) = match (form.find(code), report.other(code)) {
        (Some(ix), _) => (cell::of_figure(portal, report.figure(ix), None), form[ix].unit.as_deref()),
        (None, Some(other)) => (cell::of_figure(portal, Some(&other.figure), None), other.unit.as_deref()),
        (None, None) => return Err(Message::new("call-unknown-figure").arg("code", &**code)),
    };
    let text = match unit {
        Some(unit) if cell.is_value() => portal.with_unit(&cell.text, unit),
        _ => cell.text.clone().into_owned(),
    };
    // What is not transcribed has no place of its own.
    let target = if cell.state == "not-transcribed" { "form".to_owned() } else { format!("f-{code}") };
    let mut html = String::from("<a class=\"figure\" href=\"#");
    push_html(&mut html, &target);
    html.push('"');
    // A word in place of the number, and the unit, are of the page's language.
    if place.lang.is_some() && text.contains(char::is_alphabetic) {
        html.push_str(" lang=\"");
        push_html(&mut html, portal.locale.lang.tag());
        html.push('"');
    }
    html.push('>');
    push_html(&mut html, &text);
    html.push_str("</a>");
    Ok(ShortcodeOutput { html, text })
}
