//! The words of the interface, per language: Fluent files of the theme, of the site above them.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::diagnostic::{Arg, At, Diagnostic, Message};
use crate::figure;
use crate::source::FilePath;
use crate::text::Lang;

/// Every string of every language a site shows.
#[derive(Default)]
pub struct Strings {
    languages: Vec<(Lang, FluentBundle<FluentResource>)>,
}

impl Strings {
    /// Adds a Fluent file; its strings replace those of the same id. The first language added is the
    /// fallback for all.
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

    /// The languages there are strings for.
    pub fn languages(&self) -> impl Iterator<Item = &Lang> {
        self.languages.iter().map(|(lang, _)| lang)
    }

    /// A string without arguments; its id where no language has it.
    pub fn text(&self, lang: &Lang, id: &str) -> String {
        self.format(lang, id, &FluentArgs::new())
    }

    /// A string with arguments; its id where no language has it.
    pub fn format(&self, lang: &Lang, id: &str, args: &FluentArgs<'_>) -> String {
        let own = self.languages.iter().filter(|(known, _)| known == lang);
        let near =
            self.languages.iter().filter(|(known, _)| known != lang && known.primary() == lang.primary());
        let others = self.languages.iter().filter(|(known, _)| known.primary() != lang.primary());
        for (_, bundle) in own.chain(near).chain(others) {
            if let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) {
                return bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned();
            }
        }
        id.to_owned()
    }

    /// A message in a language. Numbers appear in full and grouped; an argument `x` that is a number
    /// is also there as `x-number` for plural rules.
    pub fn message(&self, lang: &Lang, message: &Message) -> String {
        let mut args = FluentArgs::new();
        let mut plurals = Vec::new();
        for (name, arg) in &message.args {
            match arg {
                Arg::Text(text) => args.set(*name, &**text),
                Arg::Label(label) => args.set(*name, label.get(lang)),
                Arg::Number(number) => {
                    args.set(*name, figure::grouped(*number));
                    if let Ok(small) = i64::try_from(*number) {
                        plurals.push((format!("{name}-number"), small));
                    }
                }
            }
        }
        for (name, number) in plurals {
            args.set(name, FluentValue::from(number));
        }
        self.format(lang, message.id, &args)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    #[test]
    fn a_site_overrides_and_falls_back() {
        let (zh, en) = (Lang::new("zh-CN"), Lang::new("en"));
        let mut strings = Strings::default();
        let file: FilePath = "strings.ftl".into();
        assert_eq!(strings.add(&zh, &file, "hello = 你好\nonly = 仅中文\n"), []);
        strings.add(&en, &file, "hello = Hello\n");
        strings.add(&en, &file, "hello = Welcome\n");
        assert_eq!(strings.text(&en, "hello"), "Welcome");
        assert_eq!(strings.text(&en, "only"), "仅中文");
        assert_eq!(strings.text(&en, "nothing"), "nothing");
        assert!(!strings.has(&en, "only"));
    }

    #[test]
    fn numbers_are_grouped_and_plural() {
        let en = Lang::new("en");
        let mut strings = Strings::default();
        strings.add(
            &en,
            &"a.ftl".into(),
            "n = { $count-number ->\n    [one] { $count } report\n   *[other] { $count } reports\n }\n",
        );
        let message = |count: i64| Message::new("n").arg("count", Decimal::from(count));
        assert_eq!(strings.message(&en, &message(1)), "1 report");
        assert_eq!(strings.message(&en, &message(1234)), "1,234 reports");
    }

    #[test]
    fn a_broken_file_is_reported_at_its_place() {
        let faults = Strings::default().add(&Lang::new("en"), &"bad.ftl".into(), "ok = fine\n= broken\n");
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].code, "strings-syntax");
    }
}
