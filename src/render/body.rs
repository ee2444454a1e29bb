//! The prose of a page: Markdown with links to other content, pictures and figures by name.

use std::borrow::Cow;

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

use super::cell;
use super::content::ContentIndex;
use super::edition::Edition;

/// A contents list is shown from so many headings on.
const CONTENTS_FROM: usize = 3;

/// A text as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct BodyView {
    /// Its HTML, safe as it is.
    pub(super) html: String,
    /// Its headings, where there are enough for a table of contents.
    pub(super) contents: Vec<HeadingView>,
    /// Its beginning as plain text; empty where it is in another language than the page.
    pub(super) excerpt: String,
    /// Its language, where that is not the page's.
    pub(super) lang: Option<String>,
    /// What that language calls itself, where the theme knows.
    pub(super) language: Option<String>,
    /// All of it as plain text, for search.
    #[serde(skip)]
    pub(super) plain: String,
}

/// A heading in a table of contents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct HeadingView {
    pub(super) level: u8,
    pub(super) id: String,
    pub(super) text: String,
}

/// What a text stands on: where it is from, and what its calls may refer to.
#[derive(Clone, Copy)]
pub(super) struct Place<'b> {
    pub(super) body: &'b Body,
    pub(super) report: Option<ReportId>,
    /// The text's language, where it is not the page's.
    pub(super) lang: Option<&'b str>,
}

/// Renders the text of a page. `chart` draws what a `chart(…)` call asks for.
pub(super) fn render(
    edition: &Edition<'_>,
    index: &ContentIndex,
    place: Place<'_>,
    text: &str,
    chart: &dyn Fn(&Shortcode, Placement) -> Result<String, Message>,
) -> (BodyView, Vec<Diagnostic>) {
    // What is added stands among the text's own words: it is in their language, where the theme has it.
    let said = ["body-heading", "body-table", "body-notes", "body-note", "body-back"].map(|id| {
        place
            .lang
            .and_then(|lang| said_in(edition, lang, id))
            .map_or_else(|| Cow::Borrowed(edition.word(id)), Cow::Owned)
    });
    let [heading, table, notes, note, back] = &said;
    let words = MarkdownWords { heading, table, notes, note, back };
    let options =
        MarkdownOptions { top: if place.report.is_some() { 3 } else { 2 }, words, taken: &[], classes: &[] };
    let file = &place.body.file;
    let hooks = Hooks {
        link: &|destination| index.resolve(edition, file, destination),
        image: &|destination| {
            index
                .asset(file, destination)
                .map(|path| ResolvedImage { src: edition.roots.href(path), size: None })
        },
        shortcode: &|call, placement| match call.name.as_str() {
            "figure" => figure(edition, place, call),
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
            Some(info) => edition.config.check.severity(info.name, file, info.severity)?,
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
        language: place.lang.and_then(|lang| said_in(edition, lang, "language-name")),
        plain: rendered.plain,
    };
    (view, faults)
}

/// A string of the theme in a language, where the theme has it in that.
fn said_in(edition: &Edition<'_>, lang: &str, id: &str) -> Option<String> {
    let (lang, strings) = (Lang::new(lang), &edition.locale.strings);
    strings.has(&lang, id).then(|| strings.plain(&lang, id))?
}

/// A figure of the page's report in a sentence, leading to its place in the table.
fn figure(edition: &Edition<'_>, place: Place<'_>, call: &Shortcode) -> Result<ShortcodeOutput, Message> {
    let report = place.report.and_then(|id| edition.site.report(id));
    let report = report.ok_or(Message::new("call-figure-outside-report"))?;
    let [Argument::Text(code)] = call.positional.as_slice() else {
        return Err(Message::new("call-figure-code"));
    };
    let form = edition.site.catalog.form(report.form);
    let indicator = form.and_then(|form| Some((form.find(code)?, form.indicator(form.find(code)?)?)));
    let other = report.other(code);
    let (cell, unit) = match (indicator, other) {
        (Some((ix, indicator)), _) => {
            (cell::of_figure(edition, report.figure(ix), None), indicator.unit.as_deref())
        }
        (None, Some(other)) => (cell::of_figure(edition, Some(&other.figure), None), other.unit.as_deref()),
        (None, None) => return Err(Message::new("call-unknown-figure").arg("code", &**code)),
    };
    let text = match unit {
        Some(unit) if cell.is_value() => edition.with_unit(&cell.text, unit),
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
        push_html(&mut html, edition.locale.lang.tag());
        html.push('"');
    }
    html.push('>');
    push_html(&mut html, &text);
    html.push_str("</a>");
    Ok(ShortcodeOutput { html, text })
}
