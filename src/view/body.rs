//! The prose of a page: Markdown whose links, images and shortcodes are resolved against the portal.

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

/// The minimum number of headings for a table of contents.
const CONTENTS_FROM: usize = 3;

/// The text of a page. Templates call it `body`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct BodyView {
    /// Sanitised HTML.
    pub(crate) html: String,
    /// The headings; empty if there are too few for a table of contents.
    pub(crate) contents: Vec<HeadingView>,
    /// The beginning as plain text; empty if the text is not in the language of the page.
    pub(crate) excerpt: String,
    /// The language, if it is not that of the page.
    pub(crate) lang: Option<String>,
    /// The name of that language in itself, if the theme has it.
    pub(crate) language: Option<String>,
    /// The plain text, for search.
    #[serde(skip)]
    pub(crate) plain: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct HeadingView {
    pub(crate) level: u8,
    pub(crate) id: String,
    pub(crate) text: String,
}

/// Where a text comes from, and which report its shortcodes may quote.
#[derive(Clone, Copy)]
struct TextSource<'b> {
    body: &'b Body,
    report: Option<ReportId>,
    /// The language of the text, if it is not that of the page.
    lang: Option<&'b str>,
}

/// Renders the text of a page; returns `None` if there is none. Adds the charts it draws and its faults to
/// `output`. `lang` is the language of the text as its file declares it.
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
    let source = TextSource { body, report, lang: page.portal.foreign(lang) };
    let drawn = RefCell::new(Vec::new());
    let chart = |shortcode: &Shortcode, placement| {
        let Placement::Block { level } = placement else {
            return Err(Message::new("call-chart-inline"));
        };
        let id = format!("chart-text-{}", drawn.borrow().len() + 1);
        let view = shortcode::chart(page, &id, shortcode).map_err(NoChart::into_message)?;
        let lang = source.lang.map(|_| page.portal.locale.lang.tag());
        let html = (page.chart_template)(&view, Slot { level, lang });
        drawn.borrow_mut().push(view);
        html
    };
    let (view, faults) = render(&page.portal, page.links, source, &text, &chart);
    output.faults.extend(faults);
    output.add_charts(&drawn.into_inner());
    Some(view)
}

/// Returns the faults of the text that a page shows.
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

/// Renders a text and collects its faults. `chart` draws the chart of a `chart(…)` shortcode.
fn render(
    portal: &LocalPortal<'_>,
    links: &LinkResolver,
    source: TextSource<'_>,
    text: &str,
    chart: &dyn Fn(&Shortcode, Placement) -> Result<String, Message>,
) -> (BodyView, Vec<Diagnostic>) {
    // Labels that are inserted into the text are in its language, if the theme has them.
    let said = ["body-heading", "body-table", "body-notes", "body-note", "body-back"].map(|id| {
        source
            .lang
            .and_then(|lang| said_in(portal, lang, id))
            .map_or_else(|| Cow::Borrowed(portal.word(id)), Cow::Owned)
    });
    let [heading, table, notes, note, back] = &said;
    let words = MarkdownWords { heading, table, notes, note, back };
    let options =
        MarkdownOptions { top: if source.report.is_some() { 3 } else { 2 }, words, taken: &[], classes: &[] };
    let file = &source.body.file;
    let hooks = Hooks {
        link: &|destination| links.resolve(portal.links(), file, destination),
        image: &|destination| {
            links
                .asset(file, destination)
                .map(|path| ResolvedImage { src: portal.roots.href(path), size: None })
        },
        shortcode: &|shortcode, placement| match shortcode.name.as_str() {
            "figure" => figure(portal, source, shortcode),
            "chart" => chart(shortcode, placement).map(ShortcodeOutput::from),
            other => Err(Message::new("call-unknown").arg("name", other)),
        },
    };
    let rendered = markdown::render(text, &options, &hooks);
    let excerpt = if source.lang.is_none() { rendered.excerpt(160) } else { String::new() };
    let headings = rendered.headings.into_iter();
    let mut contents: Vec<HeadingView> = headings
        .map(|heading| HeadingView { level: heading.level, id: heading.id, text: heading.text })
        .collect();
    if contents.len() < CONTENTS_FROM {
        contents.clear();
    }
    let problems = rendered.problems.into_iter().filter_map(|problem| {
        // Only checks can be silenced in the settings.
        let severity = match check::info(problem.code) {
            Some(info) => portal.config.check.severity(info.name, file, info.severity)?,
            None => problem.severity,
        };
        Some(Problem { severity, ..problem }.diagnostic(file, source.body.offset))
    });
    let faults = problems.collect();
    let view = BodyView {
        html: rendered.html,
        contents,
        excerpt,
        lang: source.lang.map(str::to_owned),
        language: source.lang.and_then(|lang| said_in(portal, lang, "language-name")),
        plain: rendered.plain,
    };
    (view, faults)
}

/// Returns a string of the theme in a language, if the theme has it in that very language.
fn said_in(portal: &LocalPortal<'_>, lang: &str, id: &str) -> Option<String> {
    let (lang, strings) = (Lang::new(lang), &portal.locale.strings);
    strings.has(&lang, id).then(|| strings.plain(&lang, id))?
}

/// Writes a figure of the page's report, as a link to its cell in the table.
fn figure(
    portal: &LocalPortal<'_>,
    source: TextSource<'_>,
    shortcode: &Shortcode,
) -> Result<ShortcodeOutput, Message> {
    let report = source.report.map(|id| &portal.site[id]);
    let report = report.ok_or(Message::new("call-figure-outside-report"))?;
    let [Argument::Text(code)] = shortcode.positional.as_slice() else {
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
    // A figure that is not transcribed has no cell of its own.
    let target = if cell.state == "not-transcribed" { "form".to_owned() } else { format!("f-{code}") };
    let mut html = String::from("<a class=\"figure\" href=\"#");
    push_html(&mut html, &target);
    html.push('"');
    // Units, and words in place of a number, are in the language of the page.
    if source.lang.is_some() && text.contains(char::is_alphabetic) {
        html.push_str(" lang=\"");
        push_html(&mut html, portal.locale.lang.tag());
        html.push('"');
    }
    html.push('>');
    push_html(&mut html, &text);
    html.push_str("</a>");
    Ok(ShortcodeOutput { html, text })
}
