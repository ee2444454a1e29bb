//! Whether nothing has changed at all since the last build: then nothing is derived, rendered or
//! planned, only looked at.
//!
//! A build after which nothing about its pages was left to say notes down what they were made of and
//! the manifest of what they became. The note may be deleted at any time.

use xxhash_rust::xxh3::{Xxh3Default, xxh3_64, xxh3_128};

use crate::load;
use crate::model::Asset;

use super::Project;

/// Opens every such file: the program it is of.
const HEADER: &str = concat!("glasshouse-settled ", env!("GLASSHOUSE_BUILD"));

/// What a build has left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Settled {
    /// The fingerprint of everything that its pages were made of.
    pub(super) sources: u128,
    /// The xxh3-64 of the manifest.
    pub(super) manifest: u64,
    /// How many pages it has.
    pub(super) pages: usize,
}

impl Settled {
    /// Reads what [`Settled::print`] wrote; nothing of everything else.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (body, sum) = text.strip_suffix('\n')?.rsplit_once(' ')?;
        if u64::from_str_radix(sum, 16).ok()? != xxh3_64(body.as_bytes()) {
            return None;
        }
        let mut fields = body.strip_prefix(HEADER)?.strip_prefix('\n')?.split(' ');
        let sources = u128::from_str_radix(fields.next()?, 16).ok()?;
        let manifest = u64::from_str_radix(fields.next()?, 16).ok()?;
        Some(Self { sources, manifest, pages: fields.next()?.parse().ok()? })
    }

    /// One line, closed by a checksum.
    pub(super) fn print(&self) -> String {
        let Self { sources, manifest, pages } = self;
        let body = format!("{HEADER}\n{sources:032x} {manifest:016x} {pages}");
        let sum = xxh3_64(body.as_bytes());
        format!("{body} {sum:016x}\n")
    }
}

/// The fingerprint of everything that a project's pages are made of. `assets` are the xxh3-128 of the files
/// beside the content, in their order; `None` where one is missing.
pub(super) fn sources(project: &Project, mut assets: impl Iterator<Item = Option<u128>>) -> Option<u128> {
    let mut hash = Xxh3Default::new();
    let mut add = |name: &[u8], prints: &[u128]| {
        hash.update(&(name.len() as u64).to_le_bytes());
        hash.update(name);
        for print in prints {
            hash.update(&print.to_le_bytes());
        }
    };
    add(b"", &[project.base, project.prints.frame]);
    for (report, print) in project.site.reports.iter().zip(&project.prints.reports) {
        add(report.file().as_bytes(), &[print.facts, print.text]);
    }
    // Reports are among these, and not among the texts.
    for body in project.site.bodies() {
        if let Some(print) = project.prints.texts.get(&body.file) {
            add(body.file.as_bytes(), &[print.facts, print.text]);
        }
    }
    for asset in &project.site.assets {
        add(asset.file.as_bytes(), &[assets.next()??]);
    }
    Some(hash.digest128())
}

/// The xxh3-128 of each file beside the content, as it is now.
pub(super) fn assets(project: &Project) -> impl Iterator<Item = Option<u128>> {
    let bytes = |asset: &Asset| load::bytes(&project.root, &asset.file).ok();
    project.site.assets.iter().map(move |asset| bytes(asset).map(|bytes| xxh3_128(&bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_comes_back_and_damage_is_noticed() {
        let settled = Settled { sources: u128::MAX - 1, manifest: 7, pages: 11_162 };
        let text = settled.print();
        assert_eq!(Settled::parse(text.as_bytes()), Some(settled));
        for at in 0..text.len() {
            let mut damaged = text.clone().into_bytes();
            damaged[at] ^= 1;
            assert!(Settled::parse(&damaged).is_none_or(|read| read == settled), "{at}");
            assert_eq!(Settled::parse(&text.as_bytes()[..at]), None);
        }
    }
}
