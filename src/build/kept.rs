//! What a build keeps of its pages, so that the next one makes only those that have changed.
//!
//! A page is reused when what it depends on has the same fingerprint and its published files are
//! untouched since. The file may be deleted at any time; one of another program counts as none.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::base::artifact::SitePath;

/// Opens every such file: the program it is of.
const HEADER: &str = concat!("glasshouse-pages ", env!("GLASSHOUSE_BUILD"));

/// A page as it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KeptPage {
    /// The fingerprint of all it depends on.
    pub(super) fingerprint: u128,
    /// Its files, with the xxh3-128 of their bytes.
    pub(super) files: Vec<(SitePath, u128)>,
}

/// Pages by their address.
pub(super) type KeptPages = FxHashMap<Box<str>, KeptPage>;

/// The text of the file: a line for each page, one for each of its files, a checksum.
pub(super) fn print<'p>(pages: impl Iterator<Item = (&'p str, &'p KeptPage)>) -> Vec<u8> {
    use std::fmt::Write as _;
    let mut text = format!("{HEADER}\n");
    for (address, page) in pages {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "p {:032x} {address}", page.fingerprint);
        for (path, hash) in &page.files {
            let _ = writeln!(text, "f {hash:032x} {}", path.as_str());
        }
    }
    let sum = xxh3_64(text.as_bytes());
    let _ = writeln!(text, "end {sum:016x}");
    text.into_bytes()
}

/// Reads what [`print`] wrote; nothing of everything else.
pub(super) fn parse(bytes: &[u8]) -> KeptPages {
    pages(bytes).unwrap_or_default()
}

fn pages(bytes: &[u8]) -> Option<KeptPages> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (body, end) = text.strip_suffix('\n')?.rsplit_once('\n')?;
    let body = text.get(..=body.len())?;
    if u64::from_str_radix(end.strip_prefix("end ")?, 16).ok()? != xxh3_64(body.as_bytes()) {
        return None;
    }
    let mut pages = KeptPages::default();
    let mut last: Option<(&str, KeptPage)> = None;
    for line in body.strip_prefix(HEADER)?.strip_prefix('\n')?.lines() {
        let (kind, rest) = line.split_at_checked(2)?;
        let (hash, name) = rest.split_once(' ')?;
        let hash = u128::from_str_radix(hash, 16).ok()?;
        match kind {
            "p " => {
                let page = (name, KeptPage { fingerprint: hash, files: Vec::new() });
                if let Some((address, page)) = last.replace(page) {
                    pages.insert(address.into(), page);
                }
            }
            "f " => last.as_mut()?.1.files.push((SitePath::new(name).ok()?, hash)),
            _ => return None,
        }
    }
    if let Some((address, page)) = last {
        pages.insert(address.into(), page);
    }
    Some(pages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_come_back_and_damage_is_noticed() {
        let path = |path: &str| SitePath::new(path).unwrap();
        let mut pages = KeptPages::default();
        pages.insert("".into(), KeptPage { fingerprint: 7, files: vec![(path("index.html"), u128::MAX)] });
        let files = vec![(path("浙江/a/index.html"), 1), (path("浙江/a/report.json"), 2)];
        pages.insert("浙江/a/".into(), KeptPage { fingerprint: 0, files });
        let bytes = print(pages.iter().map(|(address, page)| (&**address, page)));
        assert_eq!(parse(&bytes), pages);
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            // A checksum may be written in capitals.
            assert!(parse(&damaged).is_empty() || parse(&damaged) == pages, "{at}");
            assert!(parse(&bytes[..at]).is_empty());
        }
    }
}
