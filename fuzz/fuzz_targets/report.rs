//! A report file of any bytes: read, understood, checked, and every fault found again at its place.
#![no_main]

use std::sync::LazyLock;

use glasshouse::form::Catalog;
use glasshouse::load::{self, ReportReader};
use glasshouse::base::source::{FilePath, Source};
use libfuzzer_sys::fuzz_target;

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| load::catalog(&[]).0);
static READER: LazyLock<ReportReader<'static>> = LazyLock::new(|| ReportReader::new(&CATALOG));

fuzz_target!(|bytes: &[u8]| {
    let file: FilePath = "content/a/b/2012.md".into();
    let (report, faults) = READER.read(&file, bytes.to_vec());
    let Ok(text) = std::str::from_utf8(bytes) else {
        assert!(report.is_none());
        return;
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let source = Source::new(file, text.to_owned());
    for place in faults.iter().flat_map(|fault| &fault.places) {
        if let Some(range) = load::locate(&source, &place.at) {
            assert!(text.get(range.clone()).is_some(), "{range:?} in {} bytes", text.len());
            let _ = source.position(range.start);
        }
    }
    if let Some(report) = report {
        let form = &CATALOG[report.form];
        for (ix, _) in &report.figures {
            assert!(form.indicators.get(ix.0 as usize).is_some());
        }
    }
});
