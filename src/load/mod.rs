//! Loading: from files to the [`Site`]. The only place that reads content, and knows YAML.
//!
//! Files are walked in a fixed order, read and understood in parallel, and joined in that order. All
//! that is wrong comes back as diagnostics beside whatever could be loaded.

mod alone;
mod catalog;
mod document;
mod figures;
mod file;
mod locate;
mod mentions;
mod places;
mod prints;
mod report;
mod split;
mod walk;
mod yaml;

pub use alone::Alone;
pub use file::{body, body_as_it_is, bytes, folder, source, text};
pub use locate::locate;
pub use prints::{Print, Prints};

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3Default;

use crate::base::data::Fields;
use crate::base::diagnostic::{At, DataPath, Diagnostic, Message};
use crate::base::output::SitePath;
use crate::base::source::{FilePath, Source, Stamp};
use crate::base::text::Localized;
use crate::form::Catalog;
use crate::model::{Asset, Page, Report, ReportId, Site};
use crate::state::{ReportCache, SaveError};

use self::document::{Document, collect, folder_of, read_all};
use self::file::stamp;
use self::mentions::Finder;
use self::places::Places;
use self::prints::Frame;

/// The folder of a site's content.
pub const CONTENT: &str = "content";
/// The folder of a site's own forms.
const FORMS: &str = "content/_forms/";
/// First parts of addresses that the portal needs for itself.
const RESERVED: &[&str] =
    &["agencies", "years", "indicators", "forms", "glossary", "quality", "data", "search", "static"];

/// Whether the portal needs an address's first part for itself, in its main language.
pub fn is_reserved(first: &str) -> bool {
    RESERVED.contains(&first)
}

/// What to load.
pub struct Request<'a> {
    /// The site's folder.
    pub root: &'a Path,
    /// Whether drafts are loaded too.
    pub drafts: bool,
    /// The ids of levels that `site.toml` names; `None` where they are not known.
    pub levels: Option<&'a [&'a str]>,
    /// Further first parts of addresses that are taken: the prefixes of other languages.
    pub reserved: &'a [&'a str],
}

/// What was loaded, and what is wrong with it.
pub struct Loaded {
    /// The site.
    pub site: Site,
    /// Everything found on the way.
    pub diagnostics: Vec<Diagnostic>,
    /// The fingerprints of what was read.
    pub prints: Prints,
    /// What can be remembered of it.
    pub reading: Reading,
}

/// How reports were read, as far as a later reading may rely on it.
#[derive(Debug, Default)]
pub struct Reading {
    /// For each report the stamp of its file, where there is nothing to be said about it.
    stamps: Vec<Option<Stamp>>,
    /// What reports depend on beside their own files.
    context: u64,
    /// Whether some report had to be read that was not remembered, or is there no more.
    news: bool,
}

impl Reading {
    /// Saves for a later reading of the site in `root` what it need not understand again.
    pub fn save(&self, root: &Path, site: &Site, prints: &Prints) -> Result<(), SaveError> {
        if !self.news {
            return Ok(());
        }
        let known = prints.reports.iter().zip(&self.stamps);
        let reports = site.reports.iter().zip(known);
        let reports = reports.filter_map(|(report, (print, stamp))| Some((&**report, *print, (*stamp)?)));
        ReportCache::save(root, self.context, reports)
    }
}

/// The catalogue of the built-in forms and a site's own form files, and what is wrong with those.
pub fn catalog(own: &[Source]) -> (Catalog, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let catalog = catalog::load(own, &mut faults);
    (catalog, faults)
}

/// Loads a site. Reports whose files are unchanged are taken from the cache.
pub fn load(request: &Request<'_>) -> Loaded {
    let mut diagnostics = Vec::new();
    let files = walk::files(request.root, CONTENT, &mut diagnostics);
    let (forms, rest): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| file.starts_with(FORMS));
    let (texts, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(|file| file.ends_with(".md"));

    let own_forms = forms.iter().filter(|file| file.ends_with(".yaml") || file.ends_with(".yml"));
    let own_forms: Vec<Source> = own_forms
        .filter_map(|file| source(request.root, file).map_err(|fault| diagnostics.push(*fault)).ok())
        .collect();
    let catalog = catalog::load(&own_forms, &mut diagnostics);
    let context = context(&own_forms, request.drafts);
    let cache = ReportCache::open(request.root, context);

    let (indexes, texts): (Vec<_>, Vec<_>) = texts.into_iter().partition(|file| file.ends_with("/_index.md"));
    let mut indexes = collect(read_all(request.root, &indexes), &mut diagnostics);
    let mut frame = Frame::new(context);
    for document in &indexes {
        frame.add(&document.file, document.print);
    }
    for file in &others {
        frame.add_asset(file);
    }
    let home = indexes.iter().position(|document| document.folder().is_empty()).map(|at| indexes.remove(at));
    let places = places::build(&indexes, request.levels, &mut diagnostics);

    let mut site = Site { catalog, ..Site::default() };
    let known = indexes.len() == places.regions.len() + places.agencies.len();
    site.home = home.and_then(|document| page(&document, "", &mut diagnostics));
    check_names(&indexes, &texts, request, &mut diagnostics);
    let finder = Finder::new(&site.catalog);
    let context = Lowering {
        root: request.root,
        cache: &cache,
        places: &places,
        catalog: &site.catalog,
        finder: &finder,
        drafts: request.drafts,
        all_known: known,
    };
    let loaded: Vec<Lowered> = texts.par_iter().map(|file| context.read(file)).collect();
    let mut reports = Vec::with_capacity(loaded.len());
    let mut recalled = 0;
    for Lowered { faults, item, print, stamp, is_recalled } in loaded {
        let stamp = stamp.filter(|_| faults.is_empty());
        recalled += usize::from(is_recalled);
        diagnostics.extend(faults);
        match item {
            Some(Item::Report(report)) => reports.push((*report, print, stamp)),
            Some(Item::Page(page)) => {
                frame.add(&page.body.file, print);
                site.pages.push(page);
            }
            None => {}
        }
    }
    site.regions = places.regions;
    site.agencies = places.agencies;
    let known = order_reports(&mut site, reports, &mut diagnostics);
    let (prints, stamps): (Vec<Print>, Vec<Option<Stamp>>) = known.into_iter().unzip();
    site.assets = others.into_iter().filter_map(|file| asset(file, &mut diagnostics)).collect();
    let news = recalled != stamps.iter().flatten().count() || recalled != cache.len();
    let reading = Reading { stamps, context: frame.context, news };
    Loaded { site, diagnostics, prints: frame.finish(prints), reading }
}

/// Reads the files of some reports again. `None` where one of them is not what it was: no report any
/// more, at another place in the site, or with something to be said about it.
pub fn reread(root: &Path, site: &Site, drafts: bool, ids: &[ReportId]) -> Option<Vec<(Report, Print)>> {
    let finder = Finder::new(&site.catalog);
    let read = |id: &ReportId| {
        let before = site.report(*id)?;
        let mut faults = Vec::new();
        let document = document::read(root, before.file(), &mut faults)?;
        let report = report::lower(&document, before.agency, &site.catalog, &finder, drafts, &mut faults)?;
        let stands = |report: &Report| (report.period, report.scope, report.form, report.unlisted);
        let is_same = stands(&report) == stands(before) && report.aliases == before.aliases;
        let print = document.print.with_mentions(&report.mentions, report.body.is_empty);
        (is_same && faults.is_empty()).then_some((report, print))
    };
    ids.iter().map(read).collect()
}

enum Item {
    Report(Box<Report>),
    Page(Page),
}

/// What it takes to make reports and pages of documents.
struct Lowering<'a> {
    root: &'a Path,
    cache: &'a ReportCache<Print>,
    places: &'a Places,
    catalog: &'a Catalog,
    finder: &'a Finder,
    drafts: bool,
    /// Whether every `_index.md` could be read.
    all_known: bool,
}

/// What became of a file.
#[derive(Default)]
struct Lowered {
    faults: Vec<Diagnostic>,
    item: Option<Item>,
    print: Print,
    stamp: Option<Stamp>,
    is_recalled: bool,
}

impl Lowering<'_> {
    /// Reads a file, or recalls what an earlier reading made of it.
    fn read(&self, file: &FilePath) -> Lowered {
        // The stamp is taken first: a change after it shows the next time.
        let stamp = stamp(self.root, file);
        if let Some((mut report, print)) = stamp.and_then(|stamp| self.cache.get(file, stamp))
            && let Some(agency) = self.places.by_path.get(folder_of(file))
        {
            report.agency = *agency;
            let item = Some(Item::Report(Box::new(report)));
            return Lowered { item, print, stamp, is_recalled: true, ..Lowered::default() };
        }
        let mut faults = Vec::new();
        let document = document::read(self.root, file, &mut faults);
        let mut print = document.as_ref().map(|document| document.print).unwrap_or_default();
        let item = document.and_then(|document| lower(&document, self, &mut faults));
        if let Some(Item::Report(report)) = &item {
            print = print.with_mentions(&report.mentions, report.body.is_empty);
        }
        Lowered { faults, item, print, stamp, is_recalled: false }
    }
}

/// Makes of a document what its place and its front matter say it is.
fn lower(document: &Document, context: &Lowering<'_>, faults: &mut Vec<Diagnostic>) -> Option<Item> {
    let folder = document.folder();
    if let Some(agency) = context.places.by_path.get(folder) {
        let report =
            report::lower(document, *agency, context.catalog, context.finder, context.drafts, faults);
        return report.map(|report| Item::Report(Box::new(report)));
    }
    let file = &document.file;
    if document.has("statistics") || document.has("form") || document.has("period") {
        // Where an `_index.md` could not be read, its reports are not to blame.
        if context.all_known {
            let fault = Diagnostic::error("report-outside-agency").arg("folder", folder).at(file, At::File);
            faults.push(fault.help(Message::new("help-make-agency").arg("folder", folder)));
        }
        return None;
    }
    page(document, document.path().strip_suffix(".md").unwrap_or(document.path()), faults).map(Item::Page)
}

fn page(document: &Document, path: &str, faults: &mut Vec<Diagnostic>) -> Option<Page> {
    let mut fields = Fields::new(&document.file, &document.fields);
    let title = fields.localized("title", faults);
    let lang = fields.text("lang", faults).map(Into::into);
    let aliases = fields.texts("aliases", faults).into_iter().map(Into::into).collect();
    let unlisted = fields.flag("search", faults) == Some(false);
    fields.finish(faults);
    let title = title.or_else(|| path.is_empty().then(Localized::default));
    if title.is_none() {
        let fault = Diagnostic::error("title-missing").at(&document.file, At::File);
        faults.push(fault.help(Message::new("help-title")));
    }
    Some(Page { path: path.into(), title: title?, lang, aliases, unlisted, body: document.body.clone() })
}

/// Sorts reports by agency and period, gives agencies their ranges, and finds doubles. What is known
/// of each report's file comes back in the reports' order.
fn order_reports<K>(
    site: &mut Site,
    mut reports: Vec<(Report, Print, K)>,
    faults: &mut Vec<Diagnostic>,
) -> Vec<(Print, K)> {
    reports.sort_by(|(left, ..), (right, ..)| {
        (left.agency, left.period, left.scope, &left.slug).cmp(&(
            right.agency,
            right.period,
            right.scope,
            &right.slug,
        ))
    });
    let mut known = Vec::with_capacity(reports.len());
    for (report, print, stamp) in reports {
        site.reports.push(Arc::new(report));
        known.push((print, stamp));
    }
    for pair in site.reports.windows(2) {
        let [first, second] = pair else { continue };
        if (first.agency, first.period, first.scope) == (second.agency, second.period, second.scope) {
            let agency = site.agencies.get(first.agency.0 as usize).map_or("", |agency| &agency.path);
            let at = || At::Key(DataPath::keys(&["period"]));
            faults.push(
                Diagnostic::error("report-twice")
                    .arg("agency", agency)
                    .arg("period", first.period.to_string())
                    .at(second.file(), at())
                    .labelled(first.file(), at(), Message::new("label-first-here"))
                    .help(Message::new("help-report-twice")),
            );
        }
    }
    let mut start = 0;
    for (at, agency) in site.agencies.iter_mut().enumerate() {
        let count =
            site.reports.iter().skip(start).take_while(|report| report.agency.0 as usize == at).count();
        agency.reports = start as u32..(start + count) as u32;
        start += count;
    }
    debug_assert!(ReportId(start as u32) == ReportId(site.reports.len() as u32));
    known
}

/// Refuses folders and files whose names cannot be addresses or are taken by the portal.
fn check_names(
    indexes: &[Document],
    texts: &[FilePath],
    request: &Request<'_>,
    faults: &mut Vec<Diagnostic>,
) {
    for file in indexes.iter().map(|document| &document.file).chain(texts) {
        let path = file.strip_prefix("content/").unwrap_or(file);
        let first = path.split(['/', '.']).next().unwrap_or("");
        let is_taken = RESERVED.contains(&first)
            || request.reserved.contains(&first)
            || path == "404.md"
            || path == "index.md";
        if is_taken {
            faults.push(Diagnostic::error("name-reserved").arg("name", first).at(file, At::File));
        }
        let is_safe = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
        if let Some(bad) = path.chars().find(|c| !is_safe(*c)) {
            let fault =
                Diagnostic::error("name-not-address").arg("character", bad.to_string()).at(file, At::File);
            faults.push(fault.help(Message::new("help-name-address")));
        }
    }
}

fn asset(file: FilePath, faults: &mut Vec<Diagnostic>) -> Option<Asset> {
    let path = file.strip_prefix("content/")?;
    if let Err(error) = SitePath::new(path) {
        let fault = Diagnostic::error("unusable-path").arg("path", path).arg("detail", error.reason);
        faults.push(fault.at(&file, At::File).help(Message::new("help-name-address")));
        return None;
    }
    let path = path.into();
    Some(Asset { file, path })
}

/// What decides how a file is understood, beside the file.
fn context(own_forms: &[Source], drafts: bool) -> u64 {
    let mut hash = Xxh3Default::new();
    hash.update(&[u8::from(drafts)]);
    for form in own_forms {
        hash.update(form.path().as_bytes());
        hash.update(&[0]);
        hash.update(form.text().as_bytes());
        hash.update(&[0]);
    }
    hash.digest()
}
