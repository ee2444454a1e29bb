//! A writer of SVG text that can write nothing but well-formed elements, escaped texts and
//! fixed-point numbers.

use crate::base::escape::push_xml;
use crate::chart::canvas::path::Path;
use crate::chart::canvas::scale::{Across, Px, write_fixed};

/// A buffer of SVG text.
#[derive(Debug, Default)]
pub(crate) struct Svg {
    out: Vec<u8>,
    /// The classes written, each once.
    classes: Vec<&'static str>,
}

impl Svg {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { out: Vec::with_capacity(bytes), classes: Vec::new() }
    }

    /// Begins an element, which [`Tag::empty`], [`Tag::text`] or [`Svg::close`] ends.
    #[inline]
    pub(crate) fn tag(&mut self, name: &'static str) -> Tag<'_> {
        self.out.push(b'<');
        self.raw(name);
        Tag { svg: self, name }
    }

    /// Ends an element that [`Tag::open`] left open.
    #[inline]
    pub(crate) fn close(&mut self, name: &'static str) {
        self.raw("</");
        self.raw(name);
        self.out.push(b'>');
    }

    /// Writes markup made by this program, such as a style sheet.
    #[inline]
    pub(crate) fn raw(&mut self, markup: &str) {
        self.out.extend_from_slice(markup.as_bytes());
    }

    pub(crate) fn append(&mut self, other: &Self) {
        self.out.extend_from_slice(&other.out);
    }

    pub(crate) fn classes(&self) -> &[&'static str] {
        &self.classes
    }

    pub(crate) const fn len(&self) -> usize {
        self.out.len()
    }

    pub(crate) fn finish(self) -> String {
        // Whole strings and digits are all that was written, so this cannot fail.
        String::from_utf8(self.out).unwrap_or_default()
    }
}

/// The value of an attribute: a text, which is escaped, or a number.
pub(crate) trait AttrValue {
    /// Writes it between the quotes.
    fn write(self, out: &mut Vec<u8>);
}

impl AttrValue for &str {
    fn write(self, out: &mut Vec<u8>) {
        push_xml(out, self);
    }
}

impl<const N: usize> AttrValue for [&str; N] {
    fn write(self, out: &mut Vec<u8>) {
        for part in self {
            push_xml(out, part);
        }
    }
}

impl AttrValue for i32 {
    fn write(self, out: &mut Vec<u8>) {
        write_fixed(out, self, 0);
    }
}

impl AttrValue for Px {
    fn write(self, out: &mut Vec<u8>) {
        self.push(out);
    }
}

impl AttrValue for Across {
    fn write(self, out: &mut Vec<u8>) {
        self.push(out);
    }
}

/// An element whose attributes are being written.
#[derive(Debug)]
#[must_use]
pub(crate) struct Tag<'a> {
    svg: &'a mut Svg,
    name: &'static str,
}

impl Tag<'_> {
    #[inline]
    pub(crate) fn attr(mut self, name: &'static str, value: impl AttrValue) -> Self {
        self.begin(name);
        value.write(&mut self.svg.out);
        self.svg.out.push(b'"');
        self
    }

    #[inline]
    fn begin(&mut self, name: &'static str) {
        self.svg.out.push(b' ');
        self.svg.raw(name);
        self.svg.raw("=\"");
    }

    /// Writes an attribute whose default is 0, unless it is 0.
    #[inline]
    pub(crate) fn unless_zero<T: AttrValue + Default + PartialEq>(
        self,
        name: &'static str,
        value: T,
    ) -> Self {
        if value == T::default() { self } else { self.attr(name, value) }
    }

    /// Writes the `class` attribute from the names that are not empty, if any.
    pub(crate) fn classes<const N: usize>(mut self, names: [&'static str; N]) -> Self {
        let mut names = names.into_iter().filter(|name| !name.is_empty());
        let Some(first) = names.next() else { return self };
        self.begin("class");
        self.class_name(first);
        for name in names {
            self.svg.out.push(b' ');
            self.class_name(name);
        }
        self.svg.out.push(b'"');
        self
    }

    fn class_name(&mut self, name: &'static str) {
        self.svg.raw(name);
        if !self.svg.classes.contains(&name) {
            self.svg.classes.push(name);
        }
    }

    /// Writes the `transform` that moves the element.
    pub(crate) fn moved(mut self, x: Px, y: Px) -> Self {
        self.begin("transform");
        self.svg.raw("translate(");
        x.push(&mut self.svg.out);
        y.push_after(b' ', &mut self.svg.out);
        self.svg.raw(")\"");
        self
    }

    /// Writes the `d` of a path; `place` turns its horizontal coordinates into lengths.
    pub(crate) fn path<X: Copy>(mut self, path: &Path<X>, place: impl Fn(X) -> Px) -> Self {
        self.begin("d");
        path.push(&mut self.svg.out, place);
        self.svg.out.push(b'"');
        self
    }

    /// Leaves the element open for children.
    #[inline]
    pub(crate) fn open(self) {
        self.svg.out.push(b'>');
    }

    /// Ends the element without content.
    #[inline]
    pub(crate) fn empty(self) {
        self.svg.raw("/>");
    }

    /// Ends the element with a text in it; the text is escaped.
    pub(crate) fn text(self, text: &str) {
        let Self { svg, name } = self;
        svg.out.push(b'>');
        push_xml(&mut svg.out, text);
        svg.close(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_close_and_texts_are_escaped() {
        let mut svg = Svg::default();
        svg.tag("g").classes(["a", "", "b"]).open();
        svg.tag("rect").unless_zero("x", 0).attr("width", 5).classes([""]).empty();
        svg.tag("text").attr("data-n", "\"&'").text("<b>\u{1}A\nB</b> & 缺");
        svg.close("g");
        assert_eq!(svg.classes(), ["a", "b"]);
        assert_eq!(
            svg.finish(),
            "<g class=\"a b\"><rect width=\"5\"/><text data-n=\"&quot;&amp;'\">\
             &lt;b&gt;A B&lt;/b&gt; &amp; 缺</text></g>"
        );
    }
}
