//! The languages the program speaks: one folder each in `strings/` of the embedded theme, with the words
//! and the files that a new site in it begins with.

use include_dir::Dir;

use crate::base::text::Lang;

use super::layer::{EMBEDDED, STARTER};
use super::strings::Strings;

/// The language whose strings all others fall back to; it is the first of every list.
const MAIN: &str = "zh-CN";
/// The language for readers of none of the program's languages.
const INTERNATIONAL: &str = "en";
/// The file in it with what the program itself writes into new files.
const STARTER_WORDS: &str = "words.ftl";

/// Returns the tags of the program's languages, the main one first.
pub fn language_tags() -> Vec<&'static str> {
    let folders = EMBEDDED.get_dir("strings").into_iter().flat_map(Dir::dirs);
    let mut tags: Vec<&str> = folders.filter_map(|folder| folder.path().file_name()?.to_str()).collect();
    tags.sort_by_key(|tag| (*tag != MAIN, *tag));
    tags
}

/// Returns the program's language for readers of `lang`: itself, one of the same kin, or English.
pub fn nearest_language(lang: &Lang) -> Lang {
    let tags = language_tags();
    let same = tags.iter().find(|tag| **tag == lang.tag());
    let kin = || tags.iter().find(|tag| Lang::new(tag).primary() == lang.primary());
    Lang::new(same.or_else(kin).unwrap_or(&INTERNATIONAL))
}

/// Returns the files that a new site begins with, by their paths in the site.
pub fn starter_files(lang: &Lang) -> Vec<(&'static str, &'static str)> {
    let mut files = Vec::new();
    if let Some(folder) = starter(lang) {
        walk(folder, folder, &mut files);
    }
    files.retain(|(path, _)| *path != STARTER_WORDS);
    files
}

/// Returns the words for what the program writes into new files, and their language.
pub fn starter_words(lang: &Lang) -> (Strings, Lang) {
    let lang = nearest_language(lang);
    let mut words = Strings::default();
    if let Some(folder) = starter(&lang)
        && let Some(file) = folder.get_file(folder.path().join(STARTER_WORDS))
    {
        let _ = words.add(&lang, &STARTER_WORDS.into(), file.contents_utf8().unwrap_or_default());
    }
    (words, lang)
}

fn starter(lang: &Lang) -> Option<&'static Dir<'static>> {
    EMBEDDED.get_dir(format!("strings/{}/{STARTER}", nearest_language(lang)))
}

fn walk(
    root: &'static Dir<'static>,
    folder: &'static Dir<'static>,
    files: &mut Vec<(&'static str, &'static str)>,
) {
    let in_root = |file: &'static include_dir::File<'static>| {
        Some((file.path().strip_prefix(root.path()).ok()?.to_str()?, file.contents_utf8()?))
    };
    files.extend(folder.files().filter_map(in_root));
    folder.dirs().for_each(|inner| walk(root, inner, files));
}
