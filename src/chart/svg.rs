//! A writer of SVG text that can write nothing but well-formed elements, escaped texts and
//! fixed-point numbers.

use std::fmt::{self, Display, Write as _};

/// SVG text in the making.
#[derive(Debug, Default)]
pub(super) struct Svg {
    out: String,
}

impl Svg {
    /// Begins an element; its end is written by [`Tag::empty`], [`Tag::text`] or [`Svg::close`].
    pub(super) fn tag(&mut self, name: &'static str) -> Tag<'_> {
        self.out.push('<');
        self.out.push_str(name);
        Tag { svg: self, name }
    }

    /// Ends an element that [`Tag::open`] left open.
    pub(super) fn close(&mut self, name: &'static str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Writes markup made by this program, such as a style sheet.
    pub(super) fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// The text written.
    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// An element whose attributes are being written.
#[derive(Debug)]
#[must_use]
pub(super) struct Tag<'a> {
    svg: &'a mut Svg,
    name: &'static str,
}

impl Tag<'_> {
    /// Writes an attribute; the value is escaped.
    pub(super) fn attr(self, name: &'static str, value: impl Display) -> Self {
        let _ = write!(self.svg.out, " {name}=\"");
        let _ = write!(Escaped(&mut self.svg.out), "{value}");
        self.svg.out.push('"');
        self
    }

    /// Writes an attribute whose default is 0, unless it is 0.
    pub(super) fn unless_zero<T: Display + Default + PartialEq>(self, name: &'static str, value: T) -> Self {
        if value == T::default() { self } else { self.attr(name, value) }
    }

    /// Writes the `class` attribute, unless it is empty.
    pub(super) fn class(self, class: &str) -> Self {
        if class.is_empty() { self } else { self.attr("class", class) }
    }

    /// Leaves the element open for children.
    pub(super) fn open(self) {
        self.svg.out.push('>');
    }

    /// Ends the element without content.
    pub(super) fn empty(self) {
        self.svg.out.push_str("/>");
    }

    /// Ends the element with a text in it; the text is escaped.
    pub(super) fn text(self, text: &str) {
        let Self { svg, name } = self;
        svg.out.push('>');
        let _ = Escaped(&mut svg.out).write_str(text);
        svg.close(name);
    }
}

/// Escapes markup and drops what XML 1.0 cannot hold at all.
struct Escaped<'a>(&'a mut String);

impl fmt::Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if text.bytes().all(|b| matches!(b, b' '..=b'~') && !b"&<>\"".contains(&b)) {
            self.0.push_str(text);
            return Ok(());
        }
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\t' | '\n' | '\r' => self.0.push(' '),
                '\u{fffe}' | '\u{ffff}' => {}
                c if c.is_control() => {}
                c => self.0.push(c),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_close_and_texts_are_escaped() {
        let mut svg = Svg::default();
        svg.tag("g").class("a").open();
        svg.tag("rect").unless_zero("x", 0).attr("width", 5).class("").empty();
        svg.tag("text").attr("data-n", "\"&'").text("<b>\u{1}A\nB</b> & 缺");
        svg.close("g");
        assert_eq!(
            svg.finish(),
            "<g class=\"a\"><rect width=\"5\"/><text data-n=\"&quot;&amp;'\">\
             &lt;b&gt;A B&lt;/b&gt; &amp; 缺</text></g>"
        );
    }
}
