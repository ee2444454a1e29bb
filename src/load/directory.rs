//! The directory of a site: regions and agencies, from the `_index.md` files and the tree of their
//! folders.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::collate;
use crate::base::data::{Faults, Fields, did_you_mean};
use crate::base::diagnostic::{At, DataPath, Diagnostic, Message};
use crate::base::source::FilePath;
use crate::model::{Agency, AgencyId, Region, RegionId, Tile};

use super::content_file::ContentFile;

/// The most columns and rows of a tile map: each tile is still 14 pixels wide on a phone.
const MAX_TILES: u8 = 20;

/// What an `_index.md` describes; ids are filled in when the tree is built.
enum Folder {
    Region(Region),
    Agency(Agency, Links),
}

/// The folders of the agencies that an agency names.
struct Links {
    parent: Option<Box<str>>,
    succeeds: Vec<Box<str>>,
}

struct FolderIndex {
    file: FilePath,
    /// Regions by code and name, then agencies by name.
    sort_key: (u8, Box<str>, Box<str>),
    folder: Folder,
}

/// The regions and agencies of a site, in reading order.
#[derive(Default)]
pub(super) struct Directory {
    pub(super) regions: Vec<Region>,
    pub(super) agencies: Vec<Agency>,
    pub(super) by_folder: BTreeMap<Box<str>, AgencyId>,
}

/// Builds the directory from the `_index.md` files below the root. `levels` are the ids that
/// `site.toml` defines.
pub(super) fn build(
    files: &[ContentFile],
    levels: Option<&[&str]>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Directory {
    let mut indexes = BTreeMap::new();
    for content in files {
        let mut faults = Faults::new(&content.file);
        if let Some(index) = read(content, levels, &mut faults) {
            indexes.insert(content.folder(), index);
        }
        diagnostics.extend(faults.into_vec());
    }
    let known: BTreeSet<&str> = indexes.keys().copied().collect();
    let mut children: BTreeMap<&str, Vec<FolderIndex>> = BTreeMap::new();
    for (path, index) in indexes {
        children.entry(parent_folder(path, &known)).or_default().push(index);
    }
    let mut builder = Builder { children, directory: Directory::default(), links: Vec::new(), diagnostics };
    builder.add_children("", None);
    builder.resolve_links();
    builder.check_tiles();
    builder.directory
}

fn read(content: &ContentFile, levels: Option<&[&str]>, faults: &mut Faults) -> Option<FolderIndex> {
    let path = content.folder();
    let mut fields = Fields::new(&content.fields, faults);
    let kind = fields.text("kind");
    let name = fields.localized("name").unwrap_or_default();
    let aliases = fields.texts("aliases");
    let is_named = !name.is_empty();
    let first_name = || name.iter().next().map_or("", |(_, text)| text);
    let sort_key: Box<str> = match fields.text("sort_key") {
        Some(key) => key.into(),
        None => collate::sort_key(first_name()).into(),
    };
    let (sort_key, folder) = match kind {
        Some("region") => {
            let region = Region {
                path: path.into(),
                name,
                code: fields.owned_text("code"),
                tile: tile(&mut fields),
                parent: None,
                regions: Vec::new(),
                agencies: Vec::new(),
                aliases,
                body: content.body.clone(),
            };
            // Regions without a code come last.
            let code = region.code.clone().unwrap_or_else(|| "~".into());
            ((0, code, sort_key), Folder::Region(region))
        }
        Some("agency") => {
            let short_name = fields.localized("short_name").unwrap_or_default();
            let other_names = fields.texts("other_names");
            let level = level(&mut fields, levels);
            let links = Links { parent: fields.owned_text("parent"), succeeds: fields.texts("succeeds") };
            let agency = Agency {
                path: path.into(),
                region: None,
                name,
                short_name,
                other_names,
                sort_key: sort_key.clone(),
                level,
                parent: None,
                succeeds: Vec::new(),
                url: super::report::url(&mut fields),
                contact: fields.owned_text("contact"),
                reports: 0..0,
                aliases,
                body: content.body.clone(),
            };
            ((1, "".into(), sort_key), Folder::Agency(agency, links))
        }
        found => {
            let at = found.map_or(At::File, |_| At::Value(DataPath::keys(&["kind"])));
            let fault = Diagnostic::error("folder-kind").arg("found", found.unwrap_or(""));
            fields.faults.add(fault.help(Message::new("help-folder-kind")), at);
            return None;
        }
    };
    fields.finish();
    if !is_named {
        faults.add(Diagnostic::error("name-missing").help(Message::new("help-name")), At::File);
        return None;
    }
    Some(FolderIndex { file: content.file.clone(), sort_key, folder })
}

/// Reads `tile: {column: 3, row: 2, name: 浙}`.
fn tile(outer: &mut Fields<'_, '_>) -> Option<Tile> {
    let entries = outer.map("tile")?;
    let mut fields = outer.nested(entries);
    let [column, row] = ["column", "row"].map(|key| {
        let number = fields.text(key).and_then(|text| text.parse().ok());
        number.filter(|number| (1..=MAX_TILES).contains(number))
    });
    let name = fields.localized("name").unwrap_or_default();
    fields.finish();
    let tile = column.zip(row).map(|(column, row)| Tile { column, row, name });
    if tile.is_none() {
        let fault = Diagnostic::error("tile-place").arg("most", usize::from(MAX_TILES));
        outer.faults.add(fault, At::Value(DataPath::keys(&["tile"])));
    }
    tile
}

fn level(fields: &mut Fields<'_, '_>, levels: Option<&[&str]>) -> Option<Box<str>> {
    let level = fields.text("level")?;
    if let Some(levels) = levels.filter(|levels| !levels.contains(&level)) {
        let help = did_you_mean(level, levels.iter().copied());
        let fault = Diagnostic::error("unknown-level").arg("value", level);
        let fault = fault.help(help.unwrap_or_else(|| Message::new("help-define-level")));
        fields.faults.add(fault, At::Value(DataPath::keys(&["level"])));
    }
    Some(level.into())
}

/// The nearest folder above a path that has an `_index.md`; empty for the root.
fn parent_folder<'p>(path: &'p str, known: &BTreeSet<&str>) -> &'p str {
    let mut folder = path;
    while let Some((above, _)) = folder.rsplit_once('/') {
        if known.contains(above) {
            return above;
        }
        folder = above;
    }
    ""
}

struct Builder<'p, 'a> {
    /// What lies directly in each folder.
    children: BTreeMap<&'p str, Vec<FolderIndex>>,
    directory: Directory,
    links: Vec<Links>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Builder<'_, '_> {
    /// Adds what lies directly in `folder`, and then in the regions there.
    fn add_children(&mut self, folder: &str, parent: Option<RegionId>) {
        let mut inside = self.children.remove(folder).unwrap_or_default();
        // Stable: equal keys stay in the order of their paths.
        inside.sort_by(|left, right| left.sort_key.cmp(&right.sort_key));
        for index in inside {
            match index.folder {
                Folder::Region(region) => {
                    let regions = &mut self.directory.regions;
                    let (id, path) = (RegionId(regions.len() as u32), region.path.clone());
                    regions.push(Region { parent, ..region });
                    if let Some(RegionId(parent)) = parent {
                        regions[parent as usize].regions.push(id);
                    }
                    self.add_children(&path, Some(id));
                }
                Folder::Agency(agency, links) => {
                    if let Some(inner) = self.children.get(&*agency.path).and_then(|inner| inner.first()) {
                        let fault = Diagnostic::error("place-inside-agency").arg("agency", &*agency.path);
                        self.diagnostics.push(fault.at(&inner.file, At::File));
                    }
                    let id = AgencyId(self.directory.agencies.len() as u32);
                    self.directory.by_folder.insert(agency.path.clone(), id);
                    self.directory.agencies.push(Agency { region: parent, ..agency });
                    self.links.push(links);
                    if let Some(RegionId(region)) = parent {
                        self.directory.regions[region as usize].agencies.push(id);
                    }
                }
            }
        }
    }

    /// Finds the agencies that others name as parent or predecessor.
    fn resolve_links(&mut self) {
        let by_folder = &self.directory.by_folder;
        let mut find = |file: &FilePath, key: &str, path: &str| {
            let found = by_folder.get(path.trim_matches('/')).copied();
            if found.is_none() {
                let help = did_you_mean(path, by_folder.keys().map(|known| &**known));
                let fault = Diagnostic::error("unknown-agency").arg("value", path);
                let fault = fault.at(file, At::Value(DataPath::keys(&[key])));
                self.diagnostics.push(fault.help(help.unwrap_or_else(|| Message::new("help-agency-path"))));
            }
            found
        };
        for (agency, links) in self.directory.agencies.iter_mut().zip(&self.links) {
            let file = &agency.body.file;
            agency.parent = links.parent.as_deref().and_then(|path| find(file, "parent", path));
            agency.succeeds = links.succeeds.iter().filter_map(|path| find(file, "succeeds", path)).collect();
        }
    }

    /// Reports neighbouring regions that lie on one tile.
    fn check_tiles(&mut self) {
        let mut taken: BTreeMap<(Option<RegionId>, u8, u8), &Region> = BTreeMap::new();
        for region in &self.directory.regions {
            let Some(tile) = &region.tile else { continue };
            if let Some(other) = taken.insert((region.parent, tile.column, tile.row), region) {
                let at = At::Value(DataPath::keys(&["tile"]));
                let fault = Diagnostic::error("tile-taken").arg("other", &*other.path);
                self.diagnostics.push(fault.at(&region.body.file, at));
            }
        }
    }
}
