//! One language of the portal: its words, and where its pages lie.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::base::diagnostic::Message;
use crate::base::text::Lang;
use crate::theme::Strings;

/// Strings that take no arguments, resolved once.
pub(super) type Plain = FxHashMap<Box<str>, Box<str>>;

/// One language of the portal.
pub(super) struct Locale {
    /// The language.
    pub(super) lang: Lang,
    /// The folder its pages lie in: empty for the first language, `en/` for others.
    pub(super) prefix: Box<str>,
    /// Every string of the theme.
    pub(super) strings: Arc<Strings>,
    /// Those without arguments, in this language.
    pub(super) plain: Arc<Plain>,
}

impl Locale {
    pub(super) fn new(lang: &Lang, is_first: bool, strings: &Arc<Strings>) -> Self {
        let resolve = |id: &str| Some((Box::from(id), strings.plain(lang, id)?.into()));
        Self {
            lang: lang.clone(),
            prefix: if is_first { "".into() } else { format!("{}/", lang.tag()).into() },
            strings: strings.clone(),
            plain: Arc::new(strings.ids().filter_map(resolve).collect()),
        }
    }

    /// A string without arguments; its id where there is none.
    pub(super) fn text<'s>(&'s self, id: &'s str) -> &'s str {
        self.plain.get(id).map_or(id, |text| text)
    }

    /// A string without arguments, or `otherwise` where there is none.
    pub(super) fn text_or<'s>(&'s self, id: &str, otherwise: &'s str) -> &'s str {
        self.plain.get(id).map_or(otherwise, |text| text)
    }

    /// A sentence.
    pub(super) fn say(&self, message: &Message) -> String {
        self.strings.message(&self.lang, message)
    }

    /// A day: `2013年3月18日`, `18 March 2013`.
    pub(super) fn date(&self, date: Date) -> String {
        let month = format!("month-{}", date.month());
        let message = Message::new("date")
            .arg("year", date.year().to_string())
            .arg("month", self.text(&month))
            .arg("day", date.day().to_string());
        self.say(&message)
    }

    /// What stands between a number and its unit: nothing in Chinese, a space elsewhere.
    pub(super) fn unit_gap(&self) -> &str {
        self.text("unit-gap")
    }

    /// Names joined as the language does: `甲、乙`, `A, B`.
    pub(super) fn list<S: AsRef<str>>(&self, items: impl IntoIterator<Item = S>) -> String {
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
