//! Paths that cannot stand side by side in one folder, here or on another system.

use std::borrow::Cow;
use std::collections::{HashMap, hash_map};

use icu_normalizer::DecomposingNormalizerBorrowed;

use super::error::WriteError;
use crate::base::artifact::SitePath;

/// The name under which macOS and Windows would find a path: equal for paths that they take for one.
pub(super) fn folded(path: &str) -> Cow<'_, str> {
    if path.is_ascii() {
        let is_folded = !path.bytes().any(|byte| byte.is_ascii_uppercase());
        return if is_folded { path.into() } else { path.to_ascii_lowercase().into() };
    }
    // The canonical caseless match of Unicode: decomposed, without case, decomposed again.
    let decompose = DecomposingNormalizerBorrowed::new_nfd();
    let path = decompose.normalize(path);
    let folded: String = path.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect();
    decompose.normalize(&folded).into_owned().into()
}

/// The folders a path lies in, the outermost first, without the root.
pub(super) fn folders(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.match_indices('/').filter_map(|(end, _)| path.get(..end))
}

/// All pairs among different paths that are one file, or a file and a folder, in the order of the
/// paths.
pub fn collisions<'a>(paths: impl Iterator<Item = &'a SitePath> + Clone) -> Vec<WriteError> {
    let mut faults = Vec::new();
    let mut holders: HashMap<Cow<'a, str>, &SitePath> = HashMap::new();
    for path in paths.clone() {
        match holders.entry(folded(path.as_str())) {
            hash_map::Entry::Occupied(first) => {
                faults.push(WriteError::SameName { first: (*first.get()).clone(), second: path.clone() });
            }
            hash_map::Entry::Vacant(slot) => {
                slot.insert(path);
            }
        }
    }
    for inside in paths {
        let key = folded(inside.as_str());
        if holders.get(&key).is_none_or(|holder| *holder != inside) {
            continue;
        }
        for file in folders(&key).filter_map(|folder| holders.get(folder)) {
            faults.push(WriteError::FileAndFolder { file: (*file).clone(), inside: inside.clone() });
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(paths: &[&str]) -> Vec<String> {
        let paths: Vec<_> = paths.iter().map(|p| SitePath::new(p).unwrap()).collect();
        collisions(paths.iter()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn letter_case_alone_does_not_tell_files_apart() {
        let found = faults(&["a/Index.html", "a/index.html", "b/index.html"]);
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("`a/Index.html` and `a/index.html`"));
        assert_eq!(faults(&["ΟΔΟΣ", "οδος"]).len(), 1);
        assert_eq!(faults(&["A/x", "a/y"]), Vec::<String>::new());
    }

    #[test]
    fn the_form_of_an_accent_does_not_tell_files_apart() {
        // Composed and decomposed; a compatibility ideograph and the one it stands for; a voiced kana.
        for (one, other) in [("\u{e9}.html", "e\u{301}.html"), ("\u{f900}", "\u{8c48}"), ("が", "か\u{3099}")]
        {
            assert_eq!(faults(&[one, other]).len(), 1, "{one} {other}");
        }
        assert_eq!(faults(&["\u{c9}", "e\u{301}"]).len(), 1);
        assert_eq!(faults(&["e", "e\u{301}", "县", "縣"]), Vec::<String>::new());
    }

    #[test]
    fn a_file_is_no_folder() {
        let found = faults(&["a", "a.b", "a/b", "A/c/d"]);
        assert_eq!(found.len(), 2);
        assert!(found[0].contains("`a`") && found[0].contains("`a/b`"));
        assert!(found[1].contains("`A/c/d`"));
    }

    #[test]
    fn folders_come_from_the_outside_in() {
        assert_eq!(folders("图/a/x").collect::<Vec<_>>(), ["图", "图/a"]);
        assert_eq!(folders("x").count(), 0);
    }
}
