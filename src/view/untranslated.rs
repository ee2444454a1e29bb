//! Finds names that a site gives in some of its languages only. Pages show such a name as it is, marked
//! with its language.

use crate::base::diagnostic::{At, Diagnostic, Message};
use crate::base::source::FilePath;
use crate::base::text::{Lang, Localized};
use crate::model::Site;

/// Returns a note for each language in which a region, agency or free page has no name, although its name
/// is given by language.
pub fn untranslated(site: &Site, languages: &[Lang]) -> Vec<Diagnostic> {
    let regions = site.regions.iter().map(|region| (&region.name, &region.body.file));
    let agencies = site.agencies.iter().map(|agency| (&agency.name, &agency.body.file));
    let pages = site.home.iter().chain(&site.pages).map(|page| (&page.title, &page.body.file));
    let names = regions.chain(agencies).chain(pages);
    names.flat_map(|(name, file)| missing(name, file, languages)).collect()
}

fn missing<'a>(
    name: &'a Localized,
    file: &'a FilePath,
    languages: &'a [Lang],
) -> impl Iterator<Item = Diagnostic> + 'a {
    let lacks = move |lang: &&Lang| !name.is_empty() && name.exact(lang).is_none();
    languages.iter().filter(lacks).map(move |lang| {
        Diagnostic::note("name-untranslated")
            .arg("name", name.get(lang))
            .arg("language", lang.tag())
            .at(file, At::File)
            .help(Message::new("help-name-untranslated").arg("language", lang.primary()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_lacks_the_languages_it_is_not_given_in() {
        let languages = [Lang::new("zh-CN"), Lang::new("en")];
        let file: FilePath = "content/a/_index.md".into();
        let lacking = |name: &Localized| missing(name, &file, &languages).count();
        assert_eq!(lacking(&Localized::from_pairs([("zh", "甲")])), 1);
        assert_eq!(lacking(&Localized::from_pairs([("zh", "甲"), ("en", "A")])), 0);
        assert_eq!(lacking(&Localized::plain("NASA")), 0, "one name for all languages");
    }
}
