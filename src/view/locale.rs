//! One language of the portal: its strings, its formats, and the folder of its pages.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::base::diagnostic::Message;
use crate::base::text::Lang;
use crate::theme::Strings;

/// One language of the portal.
pub(crate) struct Locale {
    pub(crate) lang: Lang,
    /// The folder of its pages: empty for the first language, `en/` for others.
    pub(crate) prefix: Box<str>,
    /// The strings of the theme.
    pub(crate) strings: Arc<Strings>,
    /// The strings without arguments, formatted once.
    pub(crate) plain: FxHashMap<Box<str>, Box<str>>,
}

impl Locale {
    /// Creates the locale of a language, by its place among those of the site.
    pub(crate) fn new(lang: &Lang, at: usize, strings: &Arc<Strings>) -> Self {
        let resolve = |id: &str| Some((Box::from(id), strings.plain(lang, id)?.into()));
        Self {
            lang: lang.clone(),
            prefix: if at == 0 { "".into() } else { format!("{}/", lang.tag()).into() },
            strings: strings.clone(),
            plain: strings.ids().filter_map(resolve).collect(),
        }
    }

    /// Returns a string without arguments, or its id if the theme does not have it.
    pub(crate) fn text<'s>(&'s self, id: &'s str) -> &'s str {
        self.plain.get(id).map_or(id, |text| text)
    }

    /// Returns a string without arguments, or `otherwise` if the theme does not have it.
    pub(crate) fn text_or<'s>(&'s self, id: &str, otherwise: &'s str) -> &'s str {
        self.plain.get(id).map_or(otherwise, |text| text)
    }

    /// Formats a message.
    pub(crate) fn say(&self, message: &Message) -> String {
        self.strings.message(&self.lang, message)
    }

    /// Formats a day: `2013年3月18日`, `18 March 2013`.
    pub(crate) fn date(&self, date: Date) -> String {
        let month = format!("month-{}", date.month());
        let message = Message::new("date")
            .arg("year", date.year().to_string())
            .arg("month", self.text(&month))
            .arg("day", date.day().to_string());
        self.say(&message)
    }

    /// Returns what separates a number from its unit: nothing in Chinese, a space elsewhere.
    pub(crate) fn unit_gap(&self) -> &str {
        self.text("unit-gap")
    }

    /// Joins names: `甲、乙`, `A, B`.
    pub(crate) fn list<S: AsRef<str>>(&self, items: impl IntoIterator<Item = S>) -> String {
        let mut joined = String::new();
        for item in items {
            if !joined.is_empty() {
                joined.push_str(self.text("list-separator"));
            }
            joined.push_str(item.as_ref());
        }
        joined
    }
}
