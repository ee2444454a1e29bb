//! Lists of agencies: all of them by the letter they begin with, and the parts of long ones.

use serde::Serialize;

use crate::model::AgencyId;
use crate::render::Output;
use crate::render::edition::Edition;
use crate::render::initial::{self, Initials};
use crate::render::overview::{self, AgencyItem};
use crate::render::paging::{self, Pager};
use crate::render::view::{Crumb, ending_here};

use super::{Desk, Head, part_title};

/// What a list of agencies shows. Templates call it `listing`.
#[derive(Debug, Serialize)]
pub(in crate::render) struct ListingView<'a> {
    /// The letters that agencies begin with; empty for the lists of regions.
    pub(in crate::render) letters: Vec<LetterLink>,
    pub(in crate::render) groups: Vec<ListingGroup<'a>>,
    pub(in crate::render) pager: Option<Pager>,
}

/// A letter that agencies begin with.
#[derive(Debug, Serialize)]
pub(in crate::render) struct LetterLink {
    pub(in crate::render) letter: char,
    pub(in crate::render) url: String,
    /// How many agencies begin with it.
    pub(in crate::render) agencies: usize,
    /// Whether it is the one shown.
    pub(in crate::render) current: bool,
}

/// Agencies under one heading.
#[derive(Debug, Serialize)]
pub(in crate::render) struct ListingGroup<'a> {
    /// The letter; `None` where the list has no headings.
    pub(in crate::render) letter: Option<char>,
    /// The anchor of the heading.
    pub(in crate::render) id: String,
    pub(in crate::render) agencies: Vec<AgencyItem<'a>>,
}

/// Agencies as a group of a list.
pub(super) fn group<'a>(
    edition: &Edition<'a>,
    letter: Option<u8>,
    agencies: &[AgencyId],
) -> ListingGroup<'a> {
    ListingGroup {
        letter: letter.map(char::from),
        id: letter.map(|letter| format!("initial-{}", initial::slug(letter))).unwrap_or_default(),
        agencies: agencies.iter().filter_map(|id| overview::agency_item(edition, *id)).collect(),
    }
}

/// All agencies where they are few; else the letters.
pub(super) fn render_all(desk: &Desk<'_>, output: &mut Output) {
    let edition = &desk.edition;
    let Some(initials) = desk.initials() else { return };
    let groups = if initials.are_few() { initials.groups() } else { &[] };
    let view = ListingView {
        letters: letters(edition, initials, None),
        groups: groups.iter().map(|(letter, ids)| group(edition, Some(*letter), ids)).collect(),
        pager: None,
    };
    let way = ending_here(edition.way_to("nav-agencies", "agencies/"));
    let head = Head::new(edition.word("nav-agencies"), way, "agencies")
        .described(edition.say("agencies-description", &[("agencies", edition.site.agencies.len().into())]));
    desk.publish("agencies.html", head, "listing", &view, output);
}

/// The agencies that begin with a letter.
pub(super) fn render_initial(desk: &Desk<'_>, letter: u8, part: u16, output: &mut Output) {
    let edition = &desk.edition;
    let Some(initials) = desk.initials() else { return };
    let all = initials.of(letter);
    let shown = all.get(paging::range(part, all.len())).unwrap_or_default();
    let folder = edition.links().page(&format!("agencies/{}/", initial::slug(letter)));
    let view = ListingView {
        letters: letters(edition, initials, Some(letter)),
        groups: vec![group(edition, None, shown)],
        pager: Pager::new(part, all.len(), |part| paging::path(&folder, part)),
    };
    let name = format!("{} {}", edition.word("nav-agencies"), char::from(letter));
    let title = part_title(edition, &name, part);
    let mut way = edition.way_to("nav-agencies", "agencies/");
    way.push(Crumb::here(char::from(letter).to_string()));
    desk.publish("agencies.html", Head::new(title, way, "agencies"), "listing", &view, output);
}

/// The ways to the agencies of each letter.
pub(super) fn letters(edition: &Edition<'_>, initials: &Initials, current: Option<u8>) -> Vec<LetterLink> {
    let page = edition.links().page("agencies/");
    let url = |letter: u8| {
        let slug = initial::slug(letter);
        if initials.are_few() { format!("{page}#initial-{slug}") } else { format!("{page}{slug}/") }
    };
    let link = |(letter, agencies): &(u8, Vec<AgencyId>)| LetterLink {
        letter: char::from(*letter),
        url: url(*letter),
        agencies: agencies.len(),
        current: current == Some(*letter),
    };
    initials.groups().iter().map(link).collect()
}
