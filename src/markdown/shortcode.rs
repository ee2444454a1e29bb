//! Shortcodes and their grammar: `name("text", 1.5, true, key=["a", "b"])`.

use std::ops::Range;

use rust_decimal::Decimal;

pub(super) const MOST_ARGUMENTS: usize = 64;

/// A shortcode: the name of something that the site can show, and its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortcode {
    /// What is to be shown: `chart`.
    pub name: String,
    /// Arguments without a name, in order.
    pub positional: Vec<Argument>,
    /// Named arguments, in order; no name occurs twice.
    pub named: Vec<(String, Argument)>,
    /// Where it stands, braces included, in bytes of the text.
    pub range: Range<usize>,
}

impl Shortcode {
    /// Returns the argument with a name.
    pub fn get(&self, name: &str) -> Option<&Argument> {
        self.named.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

/// An argument of a [`Shortcode`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A string between double or single quotes.
    Text(String),
    /// A number, exact.
    Number(Decimal),
    /// `true` or `false`.
    Truth(bool),
    /// A list of strings: `["a", "b"]`.
    List(Vec<String>),
}

/// Parses what stands between the braces of a shortcode.
pub(super) struct ShortcodeParser<'t> {
    text: &'t str,
    at: usize,
}

/// A value, or the id of the message that says what is wrong at the parser's place.
pub(super) type Parsed<T> = Result<T, &'static str>;

impl<'t> ShortcodeParser<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The offset of the end, or of what is wrong.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The character at the current offset.
    pub(super) fn found(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn parse(&mut self) -> Parsed<Shortcode> {
        self.space();
        let name = self.name().ok_or("call-syntax-name")?.to_owned();
        self.expect('(', "call-syntax-parenthesis")?;
        let mut shortcode = Shortcode { name, positional: Vec::new(), named: Vec::new(), range: 0..0 };
        self.items(')', |parser| parser.argument(&mut shortcode))?;
        self.space();
        if self.rest().is_empty() { Ok(shortcode) } else { Err("call-syntax-end") }
    }

    fn argument(&mut self, shortcode: &mut Shortcode) -> Parsed<()> {
        if shortcode.positional.len() + shortcode.named.len() >= MOST_ARGUMENTS {
            return Err("call-syntax-many");
        }
        let start = self.at;
        let name = self.name();
        self.space();
        if let Some(name) = name {
            if self.take('=') {
                self.space();
                if shortcode.get(name).is_some() {
                    self.at = start;
                    return Err("call-syntax-twice");
                }
                let value = self.value()?;
                shortcode.named.push((name.to_owned(), value));
                return Ok(());
            }
            self.at = start;
        }
        if !shortcode.named.is_empty() {
            return Err("call-syntax-order");
        }
        let value = self.value()?;
        shortcode.positional.push(value);
        Ok(())
    }

    fn value(&mut self) -> Parsed<Argument> {
        match self.found() {
            Some('"' | '\'') => self.string().map(Argument::Text),
            Some('[') => self.list().map(Argument::List),
            Some('-' | '0'..='9') => self.number().map(Argument::Number),
            _ => {
                let start = self.at;
                match self.name() {
                    Some("true") => Ok(Argument::Truth(true)),
                    Some("false") => Ok(Argument::Truth(false)),
                    _ => {
                        self.at = start;
                        Err(self.or_full_width("call-syntax-value"))
                    }
                }
            }
        }
    }

    fn list(&mut self) -> Parsed<Vec<String>> {
        let mut items = Vec::new();
        self.expect('[', "call-syntax-value")?;
        self.items(']', |parser| {
            items.push(parser.string()?);
            Ok(())
        })?;
        Ok(items)
    }

    /// Parses items between commas up to a closing bracket.
    fn items(&mut self, close: char, mut item: impl FnMut(&mut Self) -> Parsed<()>) -> Parsed<()> {
        loop {
            self.space();
            if self.take(close) {
                return Ok(());
            }
            item(self)?;
            self.space();
            if self.take(close) {
                return Ok(());
            }
            self.expect(',', "call-syntax-comma")?;
        }
    }

    fn string(&mut self) -> Parsed<String> {
        let Some(quote @ ('"' | '\'')) = self.found() else {
            return Err(self.or_full_width("call-syntax-string"));
        };
        let start = self.at;
        self.at += 1;
        let mut value = String::new();
        let mut chars = self.rest().char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => {
                    let Some((_, escaped @ ('"' | '\'' | '\\'))) = chars.next() else {
                        self.at += at;
                        return Err("call-syntax-escape");
                    };
                    value.push(escaped);
                }
                _ if c == quote => {
                    self.at += at + 1;
                    return Ok(value);
                }
                _ => value.push(c),
            }
        }
        self.at = start;
        Err("call-syntax-quote")
    }

    fn number(&mut self) -> Parsed<Decimal> {
        let rest = self.rest();
        let length = rest
            .find(|c: char| !matches!(c, '-' | '.' | '0'..='9' | 'a'..='z' | 'A'..='Z' | '_'))
            .unwrap_or(rest.len());
        let number = rest
            .get(..length)
            .filter(|digits| digits.bytes().all(|b| matches!(b, b'-' | b'.' | b'0'..=b'9')))
            .and_then(|digits| Decimal::from_str_exact(digits).ok())
            .ok_or("call-syntax-number")?;
        self.at += length;
        Ok(number)
    }

    fn name(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let length =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).unwrap_or(rest.len());
        let name = rest.get(..length)?;
        if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            return None;
        }
        self.at += length;
        Some(name)
    }

    fn expect(&mut self, wanted: char, message: &'static str) -> Parsed<()> {
        self.space();
        if self.take(wanted) { Ok(()) } else { Err(self.or_full_width(message)) }
    }

    /// A Chinese input method types `，` where a shortcode needs `,`: that deserves its own message.
    fn or_full_width(&self, message: &'static str) -> &'static str {
        match self.found() {
            Some('，' | '（' | '）' | '＝' | '“' | '”' | '‘' | '’' | '【' | '】' | '：' | '；') => {
                "call-syntax-full-width"
            }
            _ => message,
        }
    }

    fn take(&mut self, wanted: char) -> bool {
        let taken = self.rest().starts_with(wanted);
        if taken {
            self.at += wanted.len_utf8();
        }
        taken
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }
}
