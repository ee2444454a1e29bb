//! Reports as an earlier reading understood them, so that unchanged files need not be read again.
//!
//! A file counts as unchanged if its size and time are those of the earlier reading, and the time lies
//! before that reading was saved.

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::base::source::{FilePath, Stamp};
use crate::model::Report;

use super::envelope::{self, FOLDER, SaveError};

const KIND: &str = "reports";

/// Reports by their file, each with its fingerprint `F`. They stay encoded until they are asked for, by
/// any number of threads.
#[derive(Debug)]
pub struct ReportCache<F> {
    bytes: Vec<u8>,
    files: FxHashMap<FilePath, Entry<F>>,
    /// When the cache was saved, in nanoseconds since 1970.
    saved: u64,
}

#[derive(Debug)]
struct Entry<F> {
    stamp: Stamp,
    fingerprint: F,
    /// Where the report is in the bytes of the cache.
    report: Range<usize>,
}

impl<F> Default for ReportCache<F> {
    fn default() -> Self {
        Self { bytes: Vec::new(), files: FxHashMap::default(), saved: 0 }
    }
}

impl<F: Copy + Serialize + DeserializeOwned> ReportCache<F> {
    /// Reads what was saved for the site in `root`; empty if that was in another `context`: what
    /// decides how a file is understood, beside the file.
    pub fn open(root: &Path, context: u64) -> Self {
        let Some((bytes, saved)) = envelope::read(&file(root)) else { return Self::default() };
        entries(&bytes, context).map(|files| Self { bytes, files, saved }).unwrap_or_default()
    }

    /// Saves reports with their fingerprints and stamps for the site in `root`.
    pub fn save<'r>(
        root: &Path,
        context: u64,
        reports: impl Iterator<Item = (&'r Report, F, Stamp)>,
    ) -> Result<(), SaveError> {
        let path = file(root);
        let bytes = encode(context, reports).map_err(|error| SaveError {
            action: "write",
            path: path.clone(),
            fault: io::Error::other(error),
        })?;
        envelope::replace(&path, &bytes)
    }

    /// The number of reports.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no report.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The report of a file and its fingerprint, if the file is as it was.
    pub fn get(&self, file: &FilePath, stamp: Stamp) -> Option<(Report, F)> {
        let entry = self.files.get(file)?;
        // A file as young as the cache proves nothing: clocks of file systems are coarse.
        if entry.stamp != stamp || !(1..self.saved).contains(&stamp.modified) {
            return None;
        }
        let report = postcard::from_bytes(self.bytes.get(entry.report.clone())?).ok()?;
        Some((report, entry.fingerprint))
    }
}

fn file(root: &Path) -> PathBuf {
    root.join(FOLDER).join("reports")
}

fn encode<'r, F: Serialize>(
    context: u64,
    reports: impl Iterator<Item = (&'r Report, F, Stamp)>,
) -> postcard::Result<Vec<u8>> {
    let mut body = postcard::to_stdvec(&context)?;
    for (report, fingerprint, stamp) in reports {
        let encoded = postcard::to_stdvec(report)?;
        body = postcard::to_extend(&(report.file(), stamp, fingerprint, encoded.len()), body)?;
        body.extend_from_slice(&encoded);
    }
    Ok(envelope::seal(KIND, &body))
}

fn entries<F: DeserializeOwned>(bytes: &[u8], context: u64) -> Option<FxHashMap<FilePath, Entry<F>>> {
    let (of, mut rest): (u64, _) = postcard::take_from_bytes(envelope::open(KIND, bytes)?).ok()?;
    if of != context {
        return None;
    }
    let mut files = FxHashMap::default();
    while !rest.is_empty() {
        let (head, after): ((FilePath, Stamp, F, usize), _) = postcard::take_from_bytes(rest).ok()?;
        let (file, stamp, fingerprint, length) = head;
        let start = bytes.len() - after.len();
        rest = after.get(length..)?;
        files.insert(file, Entry { stamp, fingerprint, report: start..start + length });
    }
    Some(files)
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::*;
    use crate::base::text::Localized;
    use crate::figure::{Bound, Detail, Figure, Value};
    use crate::form::{FormIx, IndicatorIx};
    use crate::model::{
        Acceptance, AgencyId, Body, FigureChange, Mention, Origin, OtherFigure, Period, Prose, Revision,
        Scope, SourceDocument, Span,
    };
    use crate::state::envelope::tests::assert_sealed;

    fn back(report: &Report) -> Report {
        postcard::from_bytes(&postcard::to_stdvec(report).unwrap()).unwrap()
    }

    fn report() -> Report {
        let text = |text: &str| Some(Box::from(text));
        let detail = Detail { written: text("约44"), note: text("原表如此"), cumulative: true };
        let figure = Figure {
            value: Value::Approximate(Bound::About, Decimal::new(-44_000, 3)),
            detail: Some(Box::new(detail)),
        };
        Report {
            agency: AgencyId(300),
            period: Period { year: 2022, span: Span::Quarter(3) },
            scope: Scope::Consolidated,
            slug: "2022-q3".into(),
            form: FormIx(2),
            title: "报告".into(),
            lang: text("en"),
            published: Some(Date::constant(2023, 1, 31)),
            republished: None,
            source: SourceDocument { url: text("https://example.org"), ..SourceDocument::default() },
            figures: vec![(IndicatorIx(7), figure.clone()), (IndicatorIx(9), Figure::new(Value::Blank))],
            others: vec![OtherFigure {
                code: "x_a".into(),
                label: Localized::from_pairs([("zh", "其他"), ("en", "Other")]),
                unit: text("件"),
                figure,
                origin: Origin::Form(FormIx(1)),
            }],
            mentions: vec![Mention { indicator: IndicatorIx(3), number: 12.into(), span: 5..900 }],
            accept: vec![Acceptance { check: "jump".into(), at: None, why: "改革".into() }],
            revisions: vec![Revision {
                date: Date::constant(2024, 2, 29),
                why: "更正".into(),
                changes: vec![FigureChange { code: "a".into(), from: "1".into(), to: String::new().into() }],
            }],
            prose: Prose::Summary,
            aliases: vec!["old".into()],
            unlisted: true,
            body: Body { file: "content/a/2022-q3.md".into(), offset: 1_234, is_empty: false },
        }
    }

    #[test]
    fn a_report_comes_back_whole() {
        let report = report();
        assert_eq!(format!("{:?}", back(&report)), format!("{:?}", report));
    }

    #[test]
    fn a_damaged_cache_is_empty() {
        let stamp = Stamp { size: 1, modified: 2 };
        let report = report();
        let bytes = encode(9, [(&report, 3_u32, stamp), (&report, 4, stamp)].into_iter()).unwrap();
        assert_sealed(&bytes, |bytes| entries::<u32>(bytes, 9).is_some());
        assert!(entries::<u32>(&bytes, 8).is_none(), "of another context");
    }

    #[test]
    fn a_file_is_known_while_its_stamp_is_older_than_the_cache() {
        let root = tempfile::tempdir().unwrap();
        let report = report();
        let stamp = |modified| Stamp { size: 1, modified };
        ReportCache::save(root.path(), 9, [(&report, 3_u32, stamp(2))].into_iter()).unwrap();
        let mut cache: ReportCache<u32> = ReportCache::open(root.path(), 9);
        assert_eq!(cache.len(), 1);
        let get = |cache: &ReportCache<u32>, stamp| cache.get(report.file(), stamp).map(|(_, print)| print);
        assert_eq!(get(&cache, stamp(2)), Some(3));
        assert_eq!(get(&cache, stamp(3)), None);
        assert_eq!(get(&cache, Stamp { size: 2, modified: 2 }), None);
        cache.saved = 2;
        assert_eq!(get(&cache, stamp(2)), None);
        assert!(ReportCache::<u32>::open(root.path(), 8).is_empty());
    }

    #[test]
    fn a_cut_report_is_refused() {
        let bytes = postcard::to_stdvec(&report()).unwrap();
        for end in 0..bytes.len() {
            assert!(postcard::from_bytes::<Report>(&bytes[..end]).is_err(), "{end}");
        }
    }

    proptest! {
        #[test]
        fn decimals_come_back_as_written(digits in any::<i64>(), scale in 0_u32..=28) {
            let number = Decimal::new(digits, scale);
            let mut report = report();
            report.mentions[0].number = number;
            let read = back(&report).mentions[0].number;
            prop_assert_eq!(read.serialize(), number.serialize());
        }

        #[test]
        fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = postcard::from_bytes::<Report>(&bytes);
            let _ = entries::<u128>(&envelope::seal(KIND, &bytes), 0);
        }
    }
}
