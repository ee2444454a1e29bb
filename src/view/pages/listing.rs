//! Lists of agencies: all of them by first letter, and the parts of long lists.

use serde::Serialize;

use crate::model::AgencyId;
use crate::plan::paging::{self, Pager};
use crate::plan::{LetterIndex, letter_slug};
use crate::view::local_portal::LocalPortal;
use crate::view::page::{PageContext, View, part_title};
use crate::view::shell::Head;
use crate::view::tables::{self, AgencyItem};

/// What a list of agencies shows. Templates call it `listing`.
#[derive(Debug, Serialize)]
pub(crate) struct ListingView<'a> {
    /// The index of letters; empty for the lists of regions.
    pub(crate) letters: Vec<LetterLink>,
    pub(crate) groups: Vec<ListingGroup<'a>>,
    pub(crate) pager: Option<Pager>,
}

impl View for ListingView<'_> {
    const TEMPLATE: &'static str = "agencies.html";
    const NAME: &'static str = "listing";
}

/// A letter of the index.
#[derive(Debug, Serialize)]
pub(crate) struct LetterLink {
    pub(crate) letter: char,
    pub(crate) url: String,
    /// The number of agencies that begin with it.
    pub(crate) agencies: usize,
    /// Whether the page shows this letter.
    pub(crate) current: bool,
}

/// Agencies under one heading.
#[derive(Debug, Serialize)]
pub(crate) struct ListingGroup<'a> {
    /// The letter; `None` if the list has no headings.
    pub(crate) letter: Option<char>,
    /// The HTML id of the heading.
    pub(crate) id: String,
    pub(crate) agencies: Vec<AgencyItem<'a>>,
}

/// Returns agencies as a group of a list.
pub(crate) fn group<'a>(
    portal: &LocalPortal<'a>,
    letter: Option<u8>,
    agencies: &[AgencyId],
) -> ListingGroup<'a> {
    ListingGroup {
        letter: letter.map(char::from),
        id: letter.map(|letter| format!("initial-{}", letter_slug(letter))).unwrap_or_default(),
        agencies: agencies.iter().map(|id| tables::agency_item(portal, *id)).collect(),
    }
}

/// Makes the page of all agencies if they are few, or else of the letters.
pub(crate) fn index_page<'r>(context: &PageContext<'r>) -> (Head<'r>, ListingView<'r>) {
    let portal = &context.portal;
    let index = context.letters();
    let groups = if index.are_few() { index.groups() } else { &[] };
    let view = ListingView {
        letters: letters(portal, index, None),
        groups: groups.iter().map(|(letter, ids)| group(portal, Some(*letter), ids)).collect(),
        pager: None,
    };
    let head = Head::of_list(portal, "nav-agencies", "agencies/", "agencies")
        .described(portal.say("agencies-description", &[("agencies", portal.site.agencies.len().into())]));
    (head, view)
}

/// Makes a part of the list of agencies that begin with a letter.
pub(crate) fn letter_page<'r>(
    context: &PageContext<'r>,
    letter: u8,
    part: u16,
) -> (Head<'r>, ListingView<'r>) {
    let portal = &context.portal;
    let index = context.letters();
    let all = index.of(letter);
    let shown = paging::part(all, part);
    let folder = portal.links().page(&format!("agencies/{}/", letter_slug(letter)));
    let view = ListingView {
        letters: letters(portal, index, Some(letter)),
        groups: vec![group(portal, None, shown)],
        pager: Pager::new(part, all.len(), &folder),
    };
    let name = format!("{} {}", portal.word("nav-agencies"), char::from(letter));
    let title = part_title(portal, &name, part);
    let parents = portal.list_crumbs("nav-agencies", "agencies/");
    (Head::below(parents, char::from(letter).to_string(), title, "agencies"), view)
}

/// Returns the index of letters.
pub(crate) fn letters(
    portal: &LocalPortal<'_>,
    letters: &LetterIndex,
    current: Option<u8>,
) -> Vec<LetterLink> {
    let page = portal.links().page("agencies/");
    let url = |letter: u8| {
        let slug = letter_slug(letter);
        if letters.are_few() { format!("{page}#initial-{slug}") } else { format!("{page}{slug}/") }
    };
    let link = |(letter, agencies): &(u8, Vec<AgencyId>)| LetterLink {
        letter: char::from(*letter),
        url: url(*letter),
        agencies: agencies.len(),
        current: current == Some(*letter),
    };
    letters.groups().iter().map(link).collect()
}
