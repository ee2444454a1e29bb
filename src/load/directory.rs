//! The directory of a site: regions and agencies, from the `_index.md` files and the tree of their
//! folders.

use std::collections::BTreeMap;

use crate::base::collate;
use crate::base::data::{Faults, Fields, did_you_mean};
use crate::base::diagnostic::{At, DataPath, Diagnostic, Message};
use crate::base::source::FilePath;
use crate::base::text::Localized;
use crate::model::{Agency, AgencyId, Body, Region, RegionId, Tile};

use super::content_file::ContentFile;

/// The most columns and rows of a tile map: each tile is still 14 pixels wide on a phone.
const MAX_TILES: u8 = 20;

/// What an `_index.md` says.
struct FolderIndex {
    file: FilePath,
    name: Localized,
    sort_key: String,
    kind: FolderKind,
    aliases: Vec<Box<str>>,
    body: Body,
}

enum FolderKind {
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

/// The regions and agencies of a site, in reading order.
#[derive(Default)]
pub(super) struct Directory {
    pub(super) regions: Vec<Region>,
    pub(super) agencies: Vec<Agency>,
    pub(super) by_folder: BTreeMap<Box<str>, AgencyId>,
}

type Indexes = BTreeMap<Box<str>, FolderIndex>;

/// The indexes directly below each folder that has one; below the empty path those at the root.
type Children<'p> = BTreeMap<&'p str, Vec<(&'p Box<str>, &'p FolderIndex)>>;

/// Builds the directory from the `_index.md` files below the root. `levels` are the ids that
/// `site.toml` defines.
pub(super) fn build(
    files: &[ContentFile],
    levels: Option<&[&str]>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Directory {
    let mut indexes = Indexes::new();
    for content in files {
        let mut faults = Faults::new(&content.file);
        if let Some(index) = read(content, levels, &mut faults) {
            indexes.insert(content.folder().into(), index);
        }
        diagnostics.extend(faults.into_vec());
    }
    let mut children = Children::new();
    for (path, index) in &indexes {
        children.entry(parent_folder(path, &indexes)).or_default().push((path, index));
    }
    let mut tree = Directory::default();
    tree.add_children("", None, &children, diagnostics);
    tree.resolve_agencies(&indexes, diagnostics);
    tree.check_tiles(diagnostics);
    tree
}

fn read(content: &ContentFile, levels: Option<&[&str]>, faults: &mut Faults) -> Option<FolderIndex> {
    let mut fields = Fields::new(&content.fields, faults);
    let kind = fields.text("kind");
    let name = fields.localized("name");
    let aliases = fields.texts("aliases");
    let sort_key = fields.text("sort_key").map(ToOwned::to_owned);
    let kind = match kind {
        Some("region") => FolderKind::Region { code: fields.owned_text("code"), tile: tile(&mut fields) },
        Some("agency") => FolderKind::Agency(Box::new(AgencyFields {
            short_name: fields.localized("short_name").unwrap_or_default(),
            other_names: fields.texts("other_names"),
            level: level(&mut fields, levels),
            parent: fields.owned_text("parent"),
            succeeds: fields.texts("succeeds"),
            url: super::report::url(&mut fields),
            contact: fields.owned_text("contact"),
        })),
        found => {
            let at = found.map_or(At::File, |_| At::Value(DataPath::keys(&["kind"])));
            let fault = Diagnostic::error("folder-kind").arg("found", found.unwrap_or(""));
            fields.faults.add(fault.help(Message::new("help-folder-kind")), at);
            return None;
        }
    };
    fields.finish();
    let Some(name) = name.filter(|name| !name.is_empty()) else {
        faults.add(Diagnostic::error("name-missing").help(Message::new("help-name")), At::File);
        return None;
    };
    let sort_key =
        sort_key.unwrap_or_else(|| collate::sort_key(name.iter().next().map_or("", |(_, text)| text)));
    Some(FolderIndex {
        file: content.file.clone(),
        name,
        sort_key,
        kind,
        aliases,
        body: content.body.clone(),
    })
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
fn parent_folder<'p>(path: &str, indexes: &'p Indexes) -> &'p str {
    let mut folder = path;
    while let Some((above, _)) = folder.rsplit_once('/') {
        if let Some((known, _)) = indexes.get_key_value(above) {
            return known;
        }
        folder = above;
    }
    ""
}

impl Directory {
    /// Adds what lies directly in `folder`: regions by code and name, then agencies by name.
    fn add_children(
        &mut self,
        folder: &str,
        parent: Option<RegionId>,
        children: &Children<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut inside = children.get(folder).cloned().unwrap_or_default();
        inside.sort_by_cached_key(|(path, index)| {
            let code = match &index.kind {
                FolderKind::Region { code, .. } => (0, code.clone().unwrap_or_else(|| "~".into())),
                FolderKind::Agency(_) => (1, Box::default()),
            };
            (code, index.sort_key.clone(), (*path).clone())
        });
        for (path, index) in inside {
            match &index.kind {
                FolderKind::Region { code, tile } => {
                    let id = RegionId(self.regions.len() as u32);
                    self.regions.push(Region {
                        path: path.clone(),
                        name: index.name.clone(),
                        code: code.clone(),
                        tile: tile.clone(),
                        parent,
                        regions: Vec::new(),
                        agencies: Vec::new(),
                        aliases: index.aliases.clone(),
                        body: index.body.clone(),
                    });
                    if let Some(RegionId(above)) = parent {
                        self.regions[above as usize].regions.push(id);
                    }
                    self.add_children(path, Some(id), children, diagnostics);
                }
                FolderKind::Agency(fields) => {
                    if let Some((_, inner)) = children.get(&**path).and_then(|inner| inner.first()) {
                        let fault = Diagnostic::error("place-inside-agency").arg("agency", &**path);
                        diagnostics.push(fault.at(&inner.file, At::File));
                    }
                    self.add_agency(path, parent, index, fields);
                }
            }
        }
    }

    fn add_agency(
        &mut self,
        path: &str,
        region: Option<RegionId>,
        index: &FolderIndex,
        fields: &AgencyFields,
    ) {
        let id = AgencyId(self.agencies.len() as u32);
        self.agencies.push(Agency {
            path: path.into(),
            region,
            name: index.name.clone(),
            short_name: fields.short_name.clone(),
            other_names: fields.other_names.clone(),
            sort_key: index.sort_key.as_str().into(),
            level: fields.level.clone(),
            parent: None,
            succeeds: Vec::new(),
            url: fields.url.clone(),
            contact: fields.contact.clone(),
            reports: 0..0,
            aliases: index.aliases.clone(),
            body: index.body.clone(),
        });
        self.by_folder.insert(path.into(), id);
        if let Some(RegionId(region)) = region {
            self.regions[region as usize].agencies.push(id);
        }
    }

    /// Finds the agencies that others name as parent or predecessor.
    fn resolve_agencies(&mut self, indexes: &Indexes, diagnostics: &mut Vec<Diagnostic>) {
        let by_folder = &self.by_folder;
        let mut find = |file: &FilePath, key: &str, path: &str| {
            let found = by_folder.get(path.trim_matches('/')).copied();
            if found.is_none() {
                let help = did_you_mean(path, by_folder.keys().map(|known| &**known));
                let fault = Diagnostic::error("unknown-agency").arg("value", path);
                let fault = fault.at(file, At::Value(DataPath::keys(&[key])));
                diagnostics.push(fault.help(help.unwrap_or_else(|| Message::new("help-agency-path"))));
            }
            found
        };
        for agency in &mut self.agencies {
            let Some(index) = indexes.get(&agency.path) else { continue };
            let FolderKind::Agency(fields) = &index.kind else { continue };
            let file = &index.file;
            agency.parent = fields.parent.as_deref().and_then(|path| find(file, "parent", path));
            agency.succeeds =
                fields.succeeds.iter().filter_map(|path| find(file, "succeeds", path)).collect();
        }
    }

    /// Reports neighbouring regions that lie on one tile.
    fn check_tiles(&self, diagnostics: &mut Vec<Diagnostic>) {
        let mut taken: BTreeMap<(Option<RegionId>, u8, u8), &Region> = BTreeMap::new();
        for region in &self.regions {
            let Some(tile) = &region.tile else { continue };
            if let Some(other) = taken.insert((region.parent, tile.column, tile.row), region) {
                let at = At::Value(DataPath::keys(&["tile"]));
                let fault = Diagnostic::error("tile-taken").arg("other", &*other.path);
                diagnostics.push(fault.at(&region.body.file, at));
            }
        }
    }
}
