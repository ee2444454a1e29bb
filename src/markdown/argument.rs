//! The grammar of calls: `name("text", 1.5, true, key=["a", "b"])`.

use rust_decimal::Decimal;

use super::call::{Call, Value};

/// How many arguments a call may have.
pub(super) const MOST_ARGUMENTS: usize = 64;

/// Reads what stands between the braces of a call.
pub(super) struct Parser<'t> {
    text: &'t str,
    at: usize,
}

/// What went wrong, at the parser's place.
pub(super) type Parsed<T> = Result<T, &'static str>;

impl<'t> Parser<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// How far it read: to the end, or to what is wrong.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The character there.
    pub(super) fn found(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn call(&mut self) -> Parsed<Call> {
        self.space();
        let name = self.name().ok_or("call-syntax-name")?.to_owned();
        self.expect('(', "call-syntax-parenthesis")?;
        let mut call = Call { name, positional: Vec::new(), named: Vec::new(), range: 0..0 };
        loop {
            self.space();
            if self.take(')') {
                break;
            }
            self.argument(&mut call)?;
            self.space();
            if self.take(')') {
                break;
            }
            self.expect(',', "call-syntax-comma")?;
        }
        self.space();
        if self.rest().is_empty() { Ok(call) } else { Err("call-syntax-end") }
    }

    fn argument(&mut self, call: &mut Call) -> Parsed<()> {
        if call.positional.len() + call.named.len() >= MOST_ARGUMENTS {
            return Err("call-syntax-many");
        }
        let start = self.at;
        let name = self.name();
        self.space();
        if let Some(name) = name {
            if self.take('=') {
                self.space();
                if call.get(name).is_some() {
                    self.at = start;
                    return Err("call-syntax-twice");
                }
                let value = self.value()?;
                call.named.push((name.to_owned(), value));
                return Ok(());
            }
            self.at = start;
        }
        if !call.named.is_empty() {
            return Err("call-syntax-order");
        }
        let value = self.value()?;
        call.positional.push(value);
        Ok(())
    }

    fn value(&mut self) -> Parsed<Value> {
        match self.found() {
            Some('"' | '\'') => self.string().map(Value::Text),
            Some('[') => self.list().map(Value::List),
            Some('-' | '0'..='9') => self.number().map(Value::Number),
            _ => {
                let start = self.at;
                match self.name() {
                    Some("true") => Ok(Value::Truth(true)),
                    Some("false") => Ok(Value::Truth(false)),
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
        loop {
            self.space();
            if self.take(']') {
                return Ok(items);
            }
            items.push(self.string()?);
            self.space();
            if self.take(']') {
                return Ok(items);
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

    /// A Chinese keyboard writes `，` where a call wants `,`: that deserves its own words.
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
