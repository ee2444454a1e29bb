//! Loads a [`Site`] from its files. The only place that reads content, and knows YAML.
//!
//! Files are listed in a fixed order (`walk`), read in parallel – bytes to front matter and body
//! (`front_matter`), front matter to data trees (`yaml`), trees to the model (`directory`, `lowering`,
//! `report`, `figures`) – and joined in the order of the files. Everything that is wrong comes back
//! as diagnostics beside whatever could be loaded.

mod addresses;
mod catalog;
mod content_file;
mod directory;
mod figure_value;
mod figures;
mod file;
mod fingerprint;
mod front_matter;
mod lowering;
mod prose_figures;
mod report;
mod single_report;
mod spans;
mod walk;
mod yaml;

pub use file::{body, body_as_it_is, bytes, folder, source, text};
pub use fingerprint::{Fingerprint, Fingerprints};
pub use single_report::ReportReader;
pub use spans::locate;
pub use yaml::{TypedYamlError, typed as typed_yaml};

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3Default;

use crate::base::data::Faults;
use crate::base::diagnostic::{At, DataPath, Diagnostic, Message};
use crate::base::source::{FilePath, Source, Stamp};
use crate::form::Catalog;
use crate::model::{Report, ReportId, Site};
use crate::state::{ReportCache, SaveError};

use self::fingerprint::FrameHasher;
use self::lowering::{Item, Lowered, Lowering, page};
use self::prose_figures::MentionFinder;

/// The folder of a site's content.
pub const CONTENT: &str = "content";
const FORMS: &str = "content/_forms/";
/// What to load.
pub struct Request<'a> {
    /// The site's folder.
    pub root: &'a Path,
    /// Whether drafts are loaded too.
    pub drafts: bool,
    /// The ids of levels that `site.toml` names; `None` where they are not known.
    pub levels: Option<&'a [&'a str]>,
    /// First parts of addresses that content may not take: those of the portal and of its languages.
    pub reserved: &'a [&'a str],
}

/// What was loaded, and what is wrong with it.
pub struct Loaded {
    /// The site.
    pub site: Site,
    /// Everything found on the way.
    pub diagnostics: Vec<Diagnostic>,
    /// The fingerprints of what was read.
    pub fingerprints: Fingerprints,
    /// What can be remembered of it.
    pub reading: Reading,
}

/// How reports were read, as far as a later reading may rely on it.
#[derive(Debug, Default)]
pub struct Reading {
    /// For each report the stamp of its file; `None` where something is wrong with it.
    stamps: Vec<Option<Stamp>>,
    /// What reports depend on beside their own files.
    context: u64,
    /// Whether a report had to be read, or one that is remembered is gone.
    has_news: bool,
}

impl Reading {
    /// Saves for a later reading of the site in `root` what it need not understand again.
    pub fn save(&self, root: &Path, site: &Site, fingerprints: &Fingerprints) -> Result<(), SaveError> {
        if !self.has_news {
            return Ok(());
        }
        let known = fingerprints.reports.iter().zip(&self.stamps);
        let reports = site.reports.iter().zip(known);
        let reports =
            reports.filter_map(|(report, (fingerprint, stamp))| Some((&**report, *fingerprint, (*stamp)?)));
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
    let root = request.root;
    let mut diagnostics = Vec::new();
    let ContentPaths { forms, indexes, texts, others } = ContentPaths::list(root, &mut diagnostics);
    let own_forms = forms.iter().map(|file| source(root, file).map_err(|fault| diagnostics.push(*fault)));
    let own_forms: Vec<Source> = own_forms.filter_map(Result::ok).collect();
    let catalog = catalog::load(&own_forms, &mut diagnostics);
    let context = context(&own_forms, request.drafts);
    let cache = ReportCache::open(request.root, context);

    let mut indexes = content_file::read_all(root, &indexes, &mut diagnostics);
    let mut frame = FrameHasher::new(context);
    for content in &indexes {
        frame.add(&content.file, content.fingerprint);
    }
    for file in &others {
        frame.add_asset(file);
    }
    let home = indexes.iter().position(|content| content.folder().is_empty()).map(|at| indexes.remove(at));
    let directory = directory::build(&indexes, request.levels, &mut diagnostics);
    let home = home.and_then(|content| {
        let mut faults = Faults::new(&content.file);
        let home = page(&content, "", &mut faults);
        diagnostics.extend(faults.into_vec());
        home
    });
    let names = indexes.iter().map(|content| &content.file).chain(&texts);
    addresses::check(names, request.reserved, &mut diagnostics);

    let finder = MentionFinder::new(&catalog);
    let lowering = Lowering {
        root,
        cache: &cache,
        directory: &directory,
        reports: report::Context { catalog: &catalog, finder: &finder, drafts: request.drafts },
        is_directory_whole: indexes.len() == directory.regions.len() + directory.agencies.len(),
    };
    let loaded: Vec<Lowered> = texts.par_iter().map(|file| lowering.read(file)).collect();
    let mut site = Site { home, ..Site::default() };
    let mut reports = Vec::with_capacity(loaded.len());
    let mut recalled = 0;
    for Lowered { faults, item, fingerprint, stamp, is_recalled } in loaded {
        let stamp = stamp.filter(|_| faults.is_empty());
        recalled += usize::from(is_recalled);
        diagnostics.extend(faults);
        match item {
            Some(Item::Report(report)) => reports.push((*report, fingerprint, stamp)),
            Some(Item::Page(page)) => {
                frame.add(&page.body.file, fingerprint);
                site.pages.push(page);
            }
            None => {}
        }
    }
    site.catalog = catalog;
    site.regions = directory.regions;
    site.agencies = directory.agencies;
    let (fingerprints, stamps) = add_reports(&mut site, reports, &mut diagnostics);
    site.assets = others.into_iter().filter_map(|file| addresses::asset(file, &mut diagnostics)).collect();
    let has_news = recalled != stamps.iter().flatten().count() || recalled != cache.len();
    let reading = Reading { stamps, context, has_news };
    Loaded { site, diagnostics, fingerprints: frame.finish(fingerprints), reading }
}

/// The files of the content folder, by what they are.
struct ContentPaths {
    forms: Vec<FilePath>,
    /// The `_index.md` files.
    indexes: Vec<FilePath>,
    /// All other Markdown files.
    texts: Vec<FilePath>,
    others: Vec<FilePath>,
}

impl ContentPaths {
    fn list(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let files = walk::files(root, CONTENT, diagnostics);
        let (mut forms, rest): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| file.starts_with(FORMS));
        forms.retain(|file| file.ends_with(".yaml") || file.ends_with(".yml"));
        let (texts, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(|file| file.ends_with(".md"));
        let (indexes, texts) = texts.into_iter().partition(|file| file.ends_with("/_index.md"));
        Self { forms, indexes, texts, others }
    }
}

/// Reads the files of some reports again. `None` where one of them is not what it was: no report any
/// more, at another place in the site, or with something to be said about it.
pub fn reread(
    root: &Path,
    site: &Site,
    drafts: bool,
    ids: &[ReportId],
) -> Option<Vec<(Report, Fingerprint)>> {
    let finder = MentionFinder::new(&site.catalog);
    let context = report::Context { catalog: &site.catalog, finder: &finder, drafts };
    let read = |id: &ReportId| {
        let before = &site[*id];
        let mut faults = Faults::new(before.file());
        let content = content_file::read(root, &mut faults)?;
        let report = context.lower(&content, before.agency, &mut faults)?;
        let stands = |report: &Report| (report.period, report.scope, report.form, report.unlisted);
        let is_same = stands(&report) == stands(before) && report.aliases == before.aliases;
        let fingerprint = content.fingerprint.with_mentions(&report.mentions, report.body.is_empty);
        (is_same && faults.is_empty()).then_some((report, fingerprint))
    };
    ids.iter().map(read).collect()
}

/// Adds reports by agency and period, gives agencies their ranges, and finds doubles. The fingerprints
/// and stamps of their files come back in the reports' order.
fn add_reports(
    site: &mut Site,
    mut reports: Vec<(Report, Fingerprint, Option<Stamp>)>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Fingerprint>, Vec<Option<Stamp>>) {
    reports.sort_by(|(left, ..), (right, ..)| {
        let key = |report: &Report| (report.agency, report.period, report.scope);
        key(left).cmp(&key(right)).then_with(|| left.slug.cmp(&right.slug))
    });
    let mut known = (Vec::with_capacity(reports.len()), Vec::with_capacity(reports.len()));
    for (report, fingerprint, stamp) in reports {
        site.reports.push(Arc::new(report));
        known.0.push(fingerprint);
        known.1.push(stamp);
    }
    for pair in site.reports.windows(2) {
        let [first, second] = pair else { continue };
        if (first.agency, first.period, first.scope) == (second.agency, second.period, second.scope) {
            let at = || At::Key(DataPath::keys(&["period"]));
            diagnostics.push(
                Diagnostic::error("report-twice")
                    .arg("agency", &*site[first.agency].path)
                    .arg("period", first.period.to_string())
                    .at(second.file(), at())
                    .labelled(first.file(), at(), Message::new("label-first-here"))
                    .help(Message::new("help-report-twice")),
            );
        }
    }
    let mut start = 0;
    for (at, agency) in site.agencies.iter_mut().enumerate() {
        let own = site.reports.iter().skip(start).take_while(|report| report.agency.0 as usize == at);
        let end = start + own.count();
        agency.reports = start as u32..end as u32;
        start = end;
    }
    debug_assert_eq!(start, site.reports.len());
    known
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
