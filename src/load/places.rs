//! Regions and agencies: the `_index.md` files and the tree they stand in.

use std::collections::BTreeMap;

use crate::base::collate;
use crate::base::data::{self, Fields};
use crate::base::diagnostic::{At, DataPath, Diagnostic, Message};
use crate::base::source::FilePath;
use crate::base::text::Localized;
use crate::model::{Agency, AgencyId, Body, Region, RegionId, Tile};

use super::document::Document;

/// A chart of tiles has as many columns and rows at most: each is still 14 pixels on a phone.
const MOST_TILES: u8 = 20;

/// What an `_index.md` says.
struct Place {
    file: FilePath,
    name: Localized,
    sort_key: String,
    kind: Kind,
    aliases: Vec<Box<str>>,
    body: Body,
}

enum Kind {
    Region { code: Option<Box<str>>, tile: Option<Tile> },
    Agency(Box<AgencyFields>),
}

struct AgencyFields {
    short_name: Localized,
    other_names: Vec<Box<str>>,
    level: Option<Box<str>>,
    parent: Option<Box<str>>,
    succeeds: Vec<Box<str>>,
    url: Option<Box<str>>,
    contact: Option<Box<str>>,
}

/// The regions and agencies of a site, in reading order, and their folders.
#[derive(Default)]
pub(super) struct Places {
    pub(super) regions: Vec<Region>,
    pub(super) agencies: Vec<Agency>,
    /// Agencies by folder.
    pub(super) by_path: BTreeMap<Box<str>, AgencyId>,
}

/// What lies directly in each place, by its folder; in that of the root, which is empty, what lies in none.
type Inside<'p> = BTreeMap<&'p str, Vec<(&'p Box<str>, &'p Place)>>;

/// Builds the tree from the `_index.md` files below the root.
pub(super) fn build(documents: &[Document], levels: Option<&[&str]>, faults: &mut Vec<Diagnostic>) -> Places {
    let mut places: BTreeMap<Box<str>, Place> = BTreeMap::new();
    for document in documents {
        if let Some(place) = read(document, levels, faults) {
            places.insert(document.folder().into(), place);
        }
    }
    let mut inside: Inside<'_> = BTreeMap::new();
    for (path, place) in &places {
        inside.entry(parent_folder(path, &places)).or_default().push((path, place));
    }
    let mut tree = Places::default();
    add_children("", None, &inside, &mut tree, faults);
    resolve(&places, &mut tree, faults);
    check_tiles(&tree.regions, faults);
    tree
}

/// No two neighbours lie on one tile.
fn check_tiles(regions: &[Region], faults: &mut Vec<Diagnostic>) {
    let mut taken: BTreeMap<(Option<RegionId>, u8, u8), &Region> = BTreeMap::new();
    for region in regions {
        let Some(tile) = &region.tile else { continue };
        if let Some(other) = taken.insert((region.parent, tile.column, tile.row), region) {
            let at = At::Value(DataPath::keys(&["tile"]));
            faults.push(Diagnostic::error("tile-taken").arg("other", &*other.path).at(&region.body.file, at));
        }
    }
}

fn read(document: &Document, levels: Option<&[&str]>, faults: &mut Vec<Diagnostic>) -> Option<Place> {
    let file = &document.file;
    let mut fields = Fields::new(file, &document.fields);
    let kind = fields.text("kind", faults);
    let name = fields.localized("name", faults);
    let aliases = fields.texts("aliases", faults).into_iter().map(Into::into).collect();
    let sort_key = fields.text("sort_key", faults).map(ToOwned::to_owned);
    let kind = match kind {
        Some("region") => Kind::Region {
            code: fields.text("code", faults).map(Into::into),
            tile: tile(&mut fields, file, faults),
        },
        Some("agency") => Kind::Agency(Box::new(AgencyFields {
            short_name: fields.localized("short_name", faults).unwrap_or_default(),
            other_names: fields.texts("other_names", faults).into_iter().map(Into::into).collect(),
            level: level(&mut fields, levels, file, faults),
            parent: fields.text("parent", faults).map(Into::into),
            succeeds: fields.texts("succeeds", faults).into_iter().map(Into::into).collect(),
            url: super::report::url(&mut fields, file, faults),
            contact: fields.text("contact", faults).map(Into::into),
        })),
        found => {
            let at = found.map_or(At::File, |_| At::Value(DataPath::keys(&["kind"])));
            let fault = Diagnostic::error("folder-kind").arg("found", found.unwrap_or("")).at(file, at);
            faults.push(fault.help(Message::new("help-folder-kind")));
            return None;
        }
    };
    fields.finish(faults);
    let Some(name) = name.filter(|name| !name.is_empty()) else {
        faults.push(Diagnostic::error("name-missing").at(file, At::File).help(Message::new("help-name")));
        return None;
    };
    let sort_key =
        sort_key.unwrap_or_else(|| collate::sort_key(name.iter().next().map_or("", |(_, text)| text)));
    Some(Place { file: file.clone(), name, sort_key, kind, aliases, body: document.body.clone() })
}

/// `tile: {column: 3, row: 2, name: 浙}`.
fn tile(fields: &mut Fields<'_>, file: &FilePath, faults: &mut Vec<Diagnostic>) -> Option<Tile> {
    let entries = fields.map("tile", faults)?;
    let mut fields = Fields::new(file, entries);
    let [column, row] = ["column", "row"].map(|key| {
        let number = fields.text(key, faults).and_then(|text| text.parse().ok());
        number.filter(|number| (1..=MOST_TILES).contains(number))
    });
    let name = fields.localized("name", faults).unwrap_or_default();
    fields.finish(faults);
    if let (Some(column), Some(row)) = (column, row) {
        return Some(Tile { column, row, name });
    }
    let at = At::Value(DataPath::keys(&["tile"]));
    faults.push(Diagnostic::error("tile-place").arg("most", usize::from(MOST_TILES)).at(file, at));
    None
}

fn level(
    fields: &mut Fields<'_>,
    levels: Option<&[&str]>,
    file: &FilePath,
    faults: &mut Vec<Diagnostic>,
) -> Option<Box<str>> {
    let level = fields.text("level", faults)?;
    if let Some(levels) = levels.filter(|levels| !levels.contains(&level)) {
        let at = At::Value(DataPath::keys(&["level"]));
        let fault = Diagnostic::error("unknown-level").arg("value", level).at(file, at);
        faults.push(match data::nearest(level, levels.iter().copied()) {
            Some(near) => fault.help(Message::new("help-did-you-mean").arg("name", near)),
            None => fault.help(Message::new("help-define-level")),
        });
    }
    Some(level.into())
}

/// Adds the places directly in `folder`, regions by code and name, then agencies by name.
fn add_children(
    folder: &str,
    region: Option<RegionId>,
    inside: &Inside<'_>,
    tree: &mut Places,
    faults: &mut Vec<Diagnostic>,
) {
    let mut children = inside.get(folder).cloned().unwrap_or_default();
    children.sort_by(|(left_path, left), (right_path, right)| {
        let key = |place: &Place| match &place.kind {
            Kind::Region { code, .. } => {
                (0, code.clone().unwrap_or_else(|| "~".into()), place.sort_key.clone())
            }
            Kind::Agency(_) => (1, Box::default(), place.sort_key.clone()),
        };
        key(left).cmp(&key(right)).then_with(|| left_path.cmp(right_path))
    });
    for (path, place) in children {
        match &place.kind {
            Kind::Region { code, tile } => {
                let id = RegionId(tree.regions.len() as u32);
                tree.regions.push(Region {
                    path: path.clone(),
                    name: place.name.clone(),
                    code: code.clone(),
                    tile: tile.clone(),
                    parent: region,
                    regions: Vec::new(),
                    agencies: Vec::new(),
                    aliases: place.aliases.clone(),
                    body: place.body.clone(),
                });
                if let Some(parent) = region.and_then(|id| tree.regions.get_mut(id.0 as usize)) {
                    parent.regions.push(id);
                }
                add_children(path, Some(id), inside, tree, faults);
            }
            Kind::Agency(fields) => {
                if let Some((_, inner)) = inside.get(&**path).and_then(|inner| inner.first()) {
                    let fault = Diagnostic::error("place-inside-agency").arg("agency", &**path);
                    faults.push(fault.at(&inner.file, At::File));
                }
                let id = AgencyId(tree.agencies.len() as u32);
                tree.agencies.push(Agency {
                    path: path.clone(),
                    region,
                    name: place.name.clone(),
                    short_name: fields.short_name.clone(),
                    other_names: fields.other_names.clone(),
                    sort_key: place.sort_key.as_str().into(),
                    level: fields.level.clone(),
                    parent: None,
                    succeeds: Vec::new(),
                    url: fields.url.clone(),
                    contact: fields.contact.clone(),
                    reports: 0..0,
                    aliases: place.aliases.clone(),
                    body: place.body.clone(),
                });
                tree.by_path.insert(path.clone(), id);
                if let Some(parent) = region.and_then(|id| tree.regions.get_mut(id.0 as usize)) {
                    parent.agencies.push(id);
                }
            }
        }
    }
}

/// The nearest folder above a place that has an `_index.md`; empty for the root.
fn parent_folder<'p>(path: &str, places: &'p BTreeMap<Box<str>, Place>) -> &'p str {
    let mut folder = path;
    while let Some((above, _)) = folder.rsplit_once('/') {
        if let Some((known, _)) = places.get_key_value(above) {
            return known;
        }
        folder = above;
    }
    ""
}

/// Finds the agencies that others name as parent or predecessor.
fn resolve(places: &BTreeMap<Box<str>, Place>, tree: &mut Places, faults: &mut Vec<Diagnostic>) {
    let by_path = &tree.by_path;
    let mut find = |file: &FilePath, key: &str, path: &str| {
        let found = by_path.get(path.trim_matches('/')).copied();
        if found.is_none() {
            let at = At::Value(DataPath::keys(&[key]));
            let fault = Diagnostic::error("unknown-agency").arg("value", path).at(file, at);
            faults.push(match data::nearest(path, by_path.keys().map(|known| &**known)) {
                Some(near) => fault.help(Message::new("help-did-you-mean").arg("name", near)),
                None => fault.help(Message::new("help-agency-path")),
            });
        }
        found
    };
    for agency in &mut tree.agencies {
        let Some(place) = places.get(&agency.path) else { continue };
        let Kind::Agency(fields) = &place.kind else { continue };
        agency.parent = fields.parent.as_deref().and_then(|path| find(&place.file, "parent", path));
        agency.succeeds =
            fields.succeeds.iter().filter_map(|path| find(&place.file, "succeeds", path)).collect();
    }
}
