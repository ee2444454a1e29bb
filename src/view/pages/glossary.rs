//! The glossary: the terms of the forms, as the forms and series themselves explain them.

use serde::Serialize;

use crate::form::{Form, SectionBody, Series, TEXT_FIGURES};
use crate::search::{Document, DocumentKind};
use crate::view::components::{ExplainedWord, Link, NamedLink, Text};
use crate::view::local_portal::LocalPortal;
use crate::view::output::Output;
use crate::view::page::{PageContext, View};
use crate::view::search_text::SearchText;
use crate::view::shell::Head;

/// What the glossary shows. Templates call it `glossary`.
#[derive(Debug, Serialize)]
pub(crate) struct GlossaryView<'a> {
    /// Words in place of figures or beside them.
    marks: Vec<ExplainedWord<'a>>,
    /// The indicators, by group.
    groups: Vec<TermGroup<'a>>,
    /// The notes of the forms on their items.
    forms: Vec<FormNotes<'a>>,
}

impl View for GlossaryView<'_> {
    const TEMPLATE: &'static str = "glossary.html";
    const NAME: &'static str = "glossary";
}

/// The terms of a group of indicators.
#[derive(Debug, Serialize)]
struct TermGroup<'a> {
    id: &'a str,
    name: &'a str,
    terms: Vec<GlossaryTerm<'a>>,
}

/// A term that has an indicator.
#[derive(Debug, Serialize)]
struct GlossaryTerm<'a> {
    id: &'a str,
    series: Link<'a>,
    definition: Text<'a>,
    comparability: Option<Text<'a>>,
    /// Other names that forms have for it.
    names: Vec<FormName<'a>>,
}

/// Another name of a term, with the forms that use it.
#[derive(Debug, Serialize)]
struct FormName<'a> {
    name: Text<'a>,
    /// Links to the item in these forms.
    forms: Vec<NamedLink>,
}

/// The notes of a form on its items.
#[derive(Debug, Serialize)]
struct FormNotes<'a> {
    id: &'a str,
    form: Link<'a>,
    notes: Vec<FormNote<'a>>,
}

/// A note on an item of a form.
#[derive(Debug, Serialize)]
struct FormNote<'a> {
    label: Text<'a>,
    /// The address of the item in the form.
    url: String,
    note: Text<'a>,
}

/// The words in place of figures or beside them: HTML id, and the ids of word and explanation.
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
        marks: portal.explained(&MARKS),
        groups: groups(portal),
        forms: forms(portal).filter_map(|form| notes(portal, form)).collect(),
    };
    let head = Head::of_list(portal, "nav-glossary", "glossary/", "indicators")
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

fn term<'a>(portal: &LocalPortal<'a>, series: &'a Series) -> GlossaryTerm<'a> {
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
    GlossaryTerm {
        id: &series.id,
        series: link,
        definition: portal.text(&series.definition),
        comparability: portal.some_text(&series.comparability),
        names,
    }
}

/// Returns the forms that have a page; the pseudo-form of text figures has none.
fn forms<'a>(portal: &LocalPortal<'a>) -> impl Iterator<Item = &'a Form> + use<'a> {
    let site = portal.site;
    let forms = portal.derived.forms().iter().map(|ix| &site.catalog[*ix]);
    forms.filter(|form| &*form.id != TEXT_FIGURES)
}

/// Returns the notes of a form, if it has any. The cells of a table row share a note.
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

/// Makes the search document of the page.
fn document(context: &PageContext<'_>, view: &GlossaryView<'_>) -> Document {
    let mut text = SearchText::default();
    for mark in &view.marks {
        text.add(mark.word);
        text.add(mark.about);
    }
    for term in view.groups.iter().flat_map(|group| &group.terms) {
        text.add(term.series.name.text);
        text.add(term.definition.text);
        text.add(term.comparability.map_or("", |text| text.text));
        term.names.iter().for_each(|name| text.add(name.name.text));
    }
    for note in view.forms.iter().flat_map(|form| &form.notes) {
        text.add(note.label.text);
        text.add(note.note.text);
    }
    Document {
        kind: DocumentKind::Page,
        url: context.path(),
        title: context.portal.word("nav-glossary").to_owned(),
        text: text.finish(),
        ..Document::default()
    }
}
