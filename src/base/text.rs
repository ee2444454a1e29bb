//! Languages, and texts that exist in several of them.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// A language tag (BCP 47), such as `zh-CN` or `en`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(Arc<str>);

impl Lang {
    /// Makes a language from its tag.
    pub fn new(tag: &str) -> Self {
        Self(tag.into())
    }

    /// Returns the whole tag: `zh-CN`.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// Returns the tag without region and script: `zh`. Content and forms key their texts by it.
    pub fn primary(&self) -> &str {
        primary(&self.0)
    }

    /// Whether the language is Chinese, in any script.
    pub fn is_chinese(&self) -> bool {
        self.primary() == "zh"
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// A text in one or more languages: `{zh: 浙江省, en: Zhejiang}`, or a plain text for all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Localized(Vec<(Box<str>, Box<str>)>);

impl Localized {
    /// A text that is the same in every language.
    pub fn plain(text: &str) -> Self {
        Self(vec![("".into(), text.into())])
    }

    /// A text given language by language; the first is the fallback.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self(pairs.into_iter().map(|(lang, text)| (lang.into(), text.into())).collect())
    }

    /// Returns the text in `lang`, else in the first language it has; empty if it has none.
    pub fn get(&self, lang: &Lang) -> &str {
        self.exact(lang).or_else(|| self.0.first().map(|(_, text)| &**text)).unwrap_or("")
    }

    /// Returns the text in `lang` itself, or a plain text; `None` if a translation is missing.
    pub fn exact(&self, lang: &Lang) -> Option<&str> {
        // Labels are looked up for every cell of every page: one pass, and no comparison of unequal lengths.
        let closeness = |tag: &str| match tag {
            _ if tag == lang.tag() => 3,
            _ if tag == lang.primary() => 2,
            _ => u8::from(tag.is_empty()),
        };
        let mut best = (0, None);
        for (tag, text) in &self.0 {
            let close = closeness(tag);
            if close > best.0 {
                best = (close, Some(&**text));
            }
        }
        best.1
    }

    /// Returns the language of what [`Localized::get`] returns, if it is not `lang` itself.
    pub fn foreign(&self, lang: &Lang) -> Option<&str> {
        if self.exact(lang).is_some() {
            return None;
        }
        self.0.first().map(|(tag, _)| &**tag)
    }

    /// Whether it has no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns every language key with its text, in the order given.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(tag, text)| (&**tag, &**text))
    }
}

impl From<&str> for Localized {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

impl<'de> Deserialize<'de> for Localized {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The cache holds what `Serialize` makes of it: the pairs themselves.
        if !deserializer.is_human_readable() {
            return Vec::deserialize(deserializer).map(Self);
        }
        deserializer.deserialize_any(LocalizedVisitor)
    }
}

struct LocalizedVisitor;

impl<'de> Visitor<'de> for LocalizedVisitor {
    type Value = Localized;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, or texts by language such as {zh: …, en: …}")
    }

    fn visit_str<E>(self, text: &str) -> Result<Localized, E> {
        Ok(Localized::plain(text))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Localized, A::Error> {
        let mut pairs = Vec::new();
        while let Some((lang, text)) = map.next_entry::<Box<str>, Box<str>>()? {
            pairs.push((lang, text));
        }
        Ok(Localized(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn falls_back_to_the_first_language() {
        let name = Localized::from_pairs([("zh", "浙江省"), ("en", "Zhejiang")]);
        assert_eq!(name.get(&Lang::new("en")), "Zhejiang");
        assert_eq!(name.get(&Lang::new("zh-CN")), "浙江省");
        assert_eq!(name.get(&Lang::new("fr")), "浙江省");
        assert_eq!(name.exact(&Lang::new("fr")), None);
        assert_eq!(name.foreign(&Lang::new("fr")), Some("zh"));
        assert_eq!(name.foreign(&Lang::new("en")), None);
    }

    #[test]
    fn a_plain_text_serves_every_language() {
        let name = Localized::plain("NASA");
        assert_eq!(name.exact(&Lang::new("zh-CN")), Some("NASA"));
        assert_eq!(name.foreign(&Lang::new("zh-CN")), None);
    }
}
