//! The words of the interface, by language: the Fluent files of the theme, overridden by those of the site.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::base::diagnostic::{Arg, At, Diagnostic, Message};
use crate::base::source::FilePath;
use crate::base::text::Lang;
use crate::figure;

/// The maximum number of characters of a text quoted in a sentence.
const MAX_QUOTE: usize = 1000;

/// All strings, by language.
#[derive(Default)]
pub struct Strings {
    languages: Vec<(Lang, FluentBundle<FluentResource>)>,
    ids: BTreeSet<Box<str>>,
}

impl Strings {
    /// Adds a Fluent file; its strings replace those of the same id. The first language added is the
    /// fallback for all. Returns the syntax errors.
    pub fn add(&mut self, lang: &Lang, file: &FilePath, text: &str) -> Vec<Diagnostic> {
        let (resource, errors) = match FluentResource::try_new(text.to_owned()) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, errors)) => (resource, errors),
        };
        let at = if let Some(at) = self.languages.iter().position(|(known, _)| known == lang) {
            at
        } else {
            let tag = lang.tag().parse().unwrap_or_default();
            let mut bundle = FluentBundle::new_concurrent(vec![tag]);
            bundle.set_use_isolating(false);
            self.languages.push((lang.clone(), bundle));
            self.languages.len() - 1
        };
        if let Some((_, bundle)) = self.languages.get_mut(at) {
            self.ids.extend(message_ids(text).map(|(id, _)| Box::from(id)));
            bundle.add_resource_overriding(resource);
        }
        let faults = errors.into_iter().map(|error| {
            Diagnostic::error("strings-syntax")
                .arg("detail", error.kind.to_string())
                .at(file, At::Span(error.pos))
        });
        faults.collect()
    }

    /// Whether a language has a string of its own.
    pub fn has(&self, lang: &Lang, id: &str) -> bool {
        self.languages.iter().any(|(known, bundle)| known == lang && bundle.has_message(id))
    }

    /// Returns the ids that any language has, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(|id| &**id)
    }

    /// Returns a string without arguments; `None` if it takes some, or no language has it.
    pub fn plain(&self, lang: &Lang, id: &str) -> Option<String> {
        let pattern = self.bundles(lang).find_map(|bundle| Some((bundle, bundle.get_message(id)?.value()?)));
        let (bundle, pattern) = pattern?;
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }

    /// Returns the languages that have strings.
    pub fn languages(&self) -> impl Iterator<Item = &Lang> {
        self.languages.iter().map(|(lang, _)| lang)
    }

    /// Returns a string without arguments; its id if no language has it.
    pub fn text(&self, lang: &Lang, id: &str) -> String {
        self.format(lang, id, &FluentArgs::new())
    }

    /// Returns a string with arguments; its id if no language has it.
    pub fn format(&self, lang: &Lang, id: &str, args: &FluentArgs<'_>) -> String {
        for bundle in self.bundles(lang) {
            if let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) {
                return bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned();
            }
        }
        id.to_owned()
    }

    /// Returns the bundles to look in: the language's own, those of the same primary language, the others.
    fn bundles(&self, lang: &Lang) -> impl Iterator<Item = &FluentBundle<FluentResource>> {
        let own = self.languages.iter().filter(move |(known, _)| known == lang);
        let near = self
            .languages
            .iter()
            .filter(move |(known, _)| known != lang && known.primary() == lang.primary());
        let others = self.languages.iter().filter(move |(known, _)| known.primary() != lang.primary());
        own.chain(near).chain(others).map(|(_, bundle)| bundle)
    }

    /// Whether any language has a string.
    pub fn contains(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Returns a message in a language.
    pub fn message(&self, lang: &Lang, message: &Message) -> String {
        self.format_with(lang, message.id, message.args.iter().map(|(name, arg)| (*name, arg)))
    }

    /// Returns a string with named arguments. Numbers are grouped; a number `x` is also there as `x-number`,
    /// for plural rules.
    pub fn format_with<'m>(
        &self,
        lang: &Lang,
        id: &str,
        named: impl Iterator<Item = (&'m str, &'m Arg)>,
    ) -> String {
        let mut args = FluentArgs::new();
        for (name, arg) in named {
            match arg {
                Arg::Text(text) => args.set(name.to_owned(), quoted(text)),
                Arg::Label(label) => args.set(name.to_owned(), label.get(lang)),
                Arg::Number(number) => {
                    args.set(name.to_owned(), figure::grouped(*number));
                    if let Ok(small) = i64::try_from(*number) {
                        args.set(format!("{name}-number"), FluentValue::from(small));
                    }
                }
            }
        }
        self.format(lang, id, &args)
    }
}

/// Shortens a text found in a file, which may be as long as the file.
fn quoted(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MAX_QUOTE) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or(""))),
        None => Cow::Borrowed(text),
    }
}

/// Returns the ids of the messages in a Fluent file and where they are: what precedes `=` at the start of a
/// line.
pub fn message_ids(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let at = start;
        start += line.len();
        let id = line.split_once('=')?.0.trim_end();
        let is_id = id.starts_with(|c: char| c.is_ascii_alphabetic())
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        is_id.then_some((id, at..at + id.len()))
    })
}
