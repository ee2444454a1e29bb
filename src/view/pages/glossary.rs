//! The glossary: what the words of the forms mean, as the forms and series themselves explain them.

use serde::Serialize;

use crate::form::{Form, SectionBody, Series, TEXT_FIGURES};
use crate::search::{Document, DocumentKind};
use crate::view::components::{Link, NamedLink, Text, ending_here};
use crate::view::local_portal::LocalPortal;
use crate::view::output::Output;
use crate::view::page::{PageContext, View};
use crate::view::search_text::Lines;
use crate::view::shell::Head;

/// What the glossary shows. Templates call it `glossary`.
#[derive(Debug, Serialize)]
pub(crate) struct GlossaryView<'a> {
    /// Words that stand in place of figures or beside them.
    marks: Vec<MarkView<'a>>,
    /// What is counted, by the parts of the overview.
    groups: Vec<TermGroup<'a>>,
    /// Remarks of the forms on their own items.
    forms: Vec<FormNotes<'a>>,
}

impl View for GlossaryView<'_> {
    const TEMPLATE: &'static str = "glossary.html";
    const NAME: &'static str = "glossary";
}

/// A word about a figure.
#[derive(Debug, Serialize)]
struct MarkView<'a> {
    id: &'static str,
    word: &'a str,
    about: &'a str,
}

/// Terms of one part of the overview.
#[derive(Debug, Serialize)]
struct TermGroup<'a> {
    id: &'a str,
    name: &'a str,
    terms: Vec<Term<'a>>,
}

/// A term that has an indicator.
#[derive(Debug, Serialize)]
struct Term<'a> {
    id: &'a str,
    series: Link<'a>,
    definition: Text<'a>,
    comparability: Option<Text<'a>>,
    /// What forms call it, where they call it otherwise.
    names: Vec<FormName<'a>>,
}

/// What some forms call a term.
#[derive(Debug, Serialize)]
struct FormName<'a> {
    name: Text<'a>,
    /// Its places in these forms.
    forms: Vec<NamedLink>,
}

/// What a form remarks on its own items.
#[derive(Debug, Serialize)]
struct FormNotes<'a> {
    id: &'a str,
    form: Link<'a>,
    notes: Vec<FormNote<'a>>,
}

/// A remark on an item of a form.
#[derive(Debug, Serialize)]
struct FormNote<'a> {
    label: Text<'a>,
    /// The place of the item in the form.
    url: String,
    note: Text<'a>,
}

/// The words that stand in place of figures or beside them: anchor, word, explanation.
const MARKS: [(&str, &str, &str); 11] = [
    ("blank", "gap-blank", "state-blank-about"),
    ("not-applicable", "gap-not-applicable", "state-not-applicable-about"),
    ("not-transcribed", "gap-not-transcribed", "glossary-not-transcribed"),
    ("no-report", "gap-no-report", "glossary-no-report"),
    ("not-asked", "gap-not-asked", "glossary-not-asked"),
    ("approximate", "state-approximate", "state-approximate-about"),
    ("cumulative", "tag-cumulative", "glossary-cumulative"),
    ("questioned", "tag-questioned", "glossary-questioned"),
    ("revised", "tag-revised", "glossary-revised"),
    ("own", "scope-own", "glossary-own"),
    ("consolidated", "scope-consolidated", "glossary-consolidated"),
];

pub(crate) fn page<'r>(context: &PageContext<'r>, output: &mut Output) -> (Head<'r>, GlossaryView<'r>) {
    let portal = &context.portal;
    let view = GlossaryView {
        marks: MARKS
            .iter()
            .map(|(id, word, about)| MarkView { id, word: portal.word(word), about: portal.word(about) })
            .collect(),
        groups: groups(portal),
        forms: forms(portal).filter_map(|form| notes(portal, form)).collect(),
    };
    let way = ending_here(portal.way_to("nav-glossary", "glossary/"));
    let head = Head::new(portal.word("nav-glossary"), way, "indicators")
        .described(portal.word("glossary-description"));
    output.document = Some(document(context, &view));
    (head, view)
}

fn groups<'a>(portal: &LocalPortal<'a>) -> Vec<TermGroup<'a>> {
    let groups = portal.series_groups().into_iter().map(|(id, series)| TermGroup {
        id,
        name: portal.group_name(id),
        terms: series.into_iter().map(|(_, series)| term(portal, series)).collect(),
    });
    groups.collect()
}

fn term<'a>(portal: &LocalPortal<'a>, series: &'a Series) -> Term<'a> {
    let link = portal.series_link(series);
    let mut names: Vec<FormName<'a>> = Vec::new();
    for form in forms(portal) {
        // A sum of several items has no name of its own in the form.
        let Some([code]) = series.codes(&form.id) else { continue };
        let Some(indicator) = form.find(code).map(|ix| &form[ix]) else { continue };
        let name = portal.text(&indicator.name);
        if name == link.name {
            continue;
        }
        let place = NamedLink {
            name: portal.text(&form.title).text.to_owned(),
            url: format!("{}#i-{code}", portal.links().form(form)),
        };
        match names.iter_mut().find(|known| known.name == name) {
            Some(known) => known.forms.push(place),
            None => names.push(FormName { name, forms: vec![place] }),
        }
    }
    Term {
        id: &series.id,
        series: link,
        definition: portal.text(&series.definition),
        comparability: portal.some_text(&series.comparability),
        names,
    }
}

/// The forms that have a page; the figures of texts are none.
fn forms<'a>(portal: &LocalPortal<'a>) -> impl Iterator<Item = &'a Form> + use<'a> {
    let site = portal.site;
    let forms = portal.derived.forms().iter().map(|ix| &site.catalog[*ix]);
    forms.filter(|form| &*form.id != TEXT_FIGURES)
}

/// The remarks of a form; cells of a table share their row's.
fn notes<'a>(portal: &LocalPortal<'a>, form: &'a Form) -> Option<FormNotes<'a>> {
    let page = portal.links().form(form);
    let mut notes: Vec<FormNote<'a>> = Vec::new();
    for section in &form.sections {
        if let Some((label, note)) = portal.some_text(&section.title).zip(portal.some_text(&section.note)) {
            notes.push(FormNote { label, url: format!("{page}#s-{}", section.id), note });
        }
        let indicators = match &section.body {
            SectionBody::List(indicators) => indicators.clone(),
            SectionBody::Table(table) => table.rows.iter().filter_map(|row| row.first).collect(),
            SectionBody::Prose => Vec::new(),
        };
        for indicator in indicators.into_iter().map(|ix| &form[ix]) {
            let Some(note) = portal.some_text(&indicator.note) else { continue };
            let url = format!("{page}#i-{}", indicator.code);
            notes.push(FormNote { label: portal.text(&indicator.label), url, note });
        }
    }
    (!notes.is_empty()).then(|| FormNotes {
        id: &form.id,
        form: Link { name: portal.text(&form.title), url: page },
        notes,
    })
}

/// What search knows of the glossary.
fn document(context: &PageContext<'_>, view: &GlossaryView<'_>) -> Document {
    let mut lines = Lines::default();
    for mark in &view.marks {
        lines.add(mark.word);
        lines.add(mark.about);
    }
    for term in view.groups.iter().flat_map(|group| &group.terms) {
        lines.add(term.series.name.text);
        lines.add(term.definition.text);
        lines.add(term.comparability.map_or("", |text| text.text));
        term.names.iter().for_each(|name| lines.add(name.name.text));
    }
    for note in view.forms.iter().flat_map(|form| &form.notes) {
        lines.add(note.label.text);
        lines.add(note.note.text);
    }
    Document {
        kind: DocumentKind::Page,
        url: context.path(),
        title: context.portal.word("nav-glossary").to_owned(),
        text: lines.finish(),
        ..Document::default()
    }
}
