//! The manifest: which files of a published folder are ours. A text file outside of that folder.
//!
//! It is no cache. Losing it would leave files behind that nobody owns, so it has a version of its own
//! and is read by every later build of the program. Still it is not trusted blindly: each path in it is
//! checked, and a manifest that is damaged or about another folder counts as lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use crate::base::artifact::SitePath;
use crate::base::source::Stamp;

const HEADER: &str = "glasshouse-manifest 1";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileRecord {
    /// xxh3-128 of the bytes.
    pub(super) hash: u128,
    /// The size and time of the file after it was written.
    pub(super) stamp: Stamp,
}

impl FileRecord {
    /// Appends the record as a line.
    pub(super) fn encode(&self, path: &str, text: &mut String) {
        let Self { hash, stamp } = self;
        let Stamp { size, modified } = stamp;
        // Writing to a string cannot fail.
        let _ = writeln!(text, "f {hash:032x} {size} {modified} {path}");
    }

    /// Parses such a line.
    pub(super) fn parse(line: &str) -> Option<(&str, Self)> {
        let mut fields = line.strip_prefix("f ")?.splitn(4, ' ');
        let hash = u128::from_str_radix(fields.next()?, 16).ok()?;
        let size = fields.next()?.parse().ok()?;
        let modified = fields.next()?.parse().ok()?;
        let path = checked(fields.next()?)?;
        let stamp = Stamp { size, modified };
        Some((path, Self { hash, stamp }))
    }
}

/// A path read from a file, only if it stays inside the published folder.
pub(super) fn checked(path: &str) -> Option<&str> {
    SitePath::new(path).ok().map(|_| path)
}

/// All our files in a published folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// The published folder as seen from the folder of the manifest; see [`relation`].
    pub(super) output: String,
    pub(super) files: BTreeMap<String, FileRecord>,
    /// Folders that hold files of ours but were there before; they stay when our files go.
    pub(super) found_folders: BTreeSet<String>,
}

impl Manifest {
    /// Returns the text of the file: sorted lines and a checksum.
    pub(super) fn encode(&self) -> String {
        let mut text = String::with_capacity(128 * (self.files.len() + 2));
        let _ = writeln!(text, "{HEADER}\noutput {}", self.output);
        for folder in &self.found_folders {
            let _ = writeln!(text, "d {folder}");
        }
        for (path, record) in &self.files {
            record.encode(path, &mut text);
        }
        let _ = writeln!(text, "end {:016x}", xxh3_64(text.as_bytes()));
        text
    }

    /// Parses such a text; `None` for anything else.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let body = text.strip_suffix('\n')?;
        let (_, end) = body.rsplit_once('\n')?;
        let body = body.strip_suffix(end)?;
        let sum = end.strip_prefix("end ")?;
        if u64::from_str_radix(sum, 16).ok()? != xxh3_64(body.as_bytes()) {
            return None;
        }
        let mut lines = body.lines();
        if lines.next()? != HEADER {
            return None;
        }
        let mut manifest =
            Self { output: lines.next()?.strip_prefix("output ")?.to_owned(), ..Self::default() };
        for line in lines {
            if let Some(folder) = line.strip_prefix("d ") {
                manifest.found_folders.insert(checked(folder)?.to_owned());
            } else {
                let (path, entry) = FileRecord::parse(line)?;
                if manifest.files.insert(path.to_owned(), entry).is_some() {
                    return None;
                }
            }
        }
        Some(manifest)
    }
}

/// The path from the folder of a manifest to the published folder, so that both can move together. Both
/// arguments are absolute.
pub(super) fn relation(manifest: &Path, output: &Path) -> String {
    let from: Vec<_> = manifest.parent().unwrap_or(manifest).components().collect();
    let to: Vec<_> = output.components().collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut steps = vec!["..".to_owned(); from.len() - common];
    steps.extend(to.iter().skip(common).map(|step| {
        let step = step.as_os_str().to_string_lossy();
        step.escape_debug().to_string()
    }));
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn example() -> Manifest {
        let stamp = Stamp { size: 12, modified: 1_732_000_000_123_456_789 };
        let entries = [("a b/图.html", 7), ("index.html", u128::MAX)];
        Manifest {
            output: "../public".into(),
            files: entries.map(|(path, hash)| (path.to_owned(), FileRecord { hash, stamp })).into(),
            found_folders: ["a b".to_owned()].into(),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let manifest = example();
        let text = manifest.encode();
        insta::assert_snapshot!(text, @r"
        glasshouse-manifest 1
        output ../public
        d a b
        f 00000000000000000000000000000007 12 1732000000123456789 a b/图.html
        f ffffffffffffffffffffffffffffffff 12 1732000000123456789 index.html
        end 647ea09a08faf6a4
        ");
        assert_eq!(Manifest::parse(&text), Some(manifest));
        let empty = Manifest::default();
        assert_eq!(Manifest::parse(&empty.encode()), Some(empty));
    }

    fn sealed(body: &str) -> String {
        format!("{body}end {:016x}\n", xxh3_64(body.as_bytes()))
    }

    #[test]
    fn a_path_that_leads_out_makes_it_foreign() {
        let with = |line: &str| sealed(&format!("{HEADER}\noutput x\n{line}\n"));
        assert!(Manifest::parse(&with("f 0 1 2 a/b")).is_some());
        for bad in [
            "f 0 1 2 ../b",
            "f 0 1 2 /etc/passwd",
            "d ..",
            "f 0 1 2 ",
            "f 0 1 a",
            "f 0 -1 2 a",
            "g 0 1 2 a",
            "",
            "f 0 1 2 a\nf 0 1 2 a",
        ] {
            assert_eq!(Manifest::parse(&with(bad)), None, "{bad}");
        }
        let other_version = sealed("glasshouse-manifest 2\noutput x\n");
        assert_eq!(Manifest::parse(&other_version), None);
    }

    #[test]
    fn the_relation_survives_a_move() {
        let relation = |a: &str, b: &str| relation(Path::new(a), Path::new(b));
        assert_eq!(relation("/x/site/.glasshouse/public", "/x/site/public"), "../public");
        assert_eq!(relation("/m", "/out"), "out");
        assert_eq!(relation("/a/m", "/b/c\nd"), "../b/c\\nd");
    }

    proptest! {
        #[test]
        fn a_damaged_manifest_is_lost(at in 0_usize..10_000, new in any::<char>()) {
            let text = example().encode();
            let starts: Vec<_> = text.char_indices().collect();
            let (at, old) = starts[at % starts.len()];
            let damaged = format!("{}{new}{}", &text[..at], &text[at + old.len_utf8()..]);
            let read = Manifest::parse(&damaged);
            // A checksum may be written in capitals.
            prop_assert!(read.is_none() || read == Some(example()));
            prop_assert!(Manifest::parse(&text[..at]).is_none());
        }

        #[test]
        fn any_text_is_read_without_panic(text in "\\PC*|(f [0-9a-f]{1,40} [0-9]{0,25} [a-z./]*\n)*") {
            let _ = Manifest::parse(&text);
            let _ = Manifest::parse(&sealed(&format!("{HEADER}\noutput x\n{text}")));
        }
    }
}
