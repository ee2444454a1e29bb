//! Links, images, calls, and what else stands within a line.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType};

use super::call::Call;
use super::link::{self, Kind};
use super::wide::joins;
use super::writer::{Gap, Open, Writer};
use super::{Link, Placement, Target};
use crate::base::diagnostic::{Message, Severity};
use crate::base::escape::{push_attribute, push_text};

/// An image.
#[derive(Default)]
pub(super) struct Picture {
    pub(super) destination: String,
    pub(super) alt: String,
    pub(super) title: String,
    /// Width and height that its author asks for.
    pub(super) size: Option<(u32, u32)>,
    pub(super) range: Range<usize>,
}

/// An image whose end is not yet known: events up to it are its alternative text.
pub(super) struct OpenPicture {
    picture: Picture,
    /// How many elements are open in it.
    depth: usize,
    /// A line break is due in the text, unless it stands between Chinese characters.
    is_broken: bool,
}

impl Writer<'_> {
    pub(super) fn start_strikethrough(&mut self, range: &Range<usize>) {
        let struck = self.shadow.text().get(range.clone()).unwrap_or("");
        if struck.starts_with("~~") {
            self.container("<del>", "</del>", range);
        } else {
            self.text("~");
            self.push(Open::Tilde);
        }
    }

    pub(super) fn start_link(
        &mut self,
        kind: LinkType,
        destination: &str,
        title: &str,
        range: &Range<usize>,
    ) {
        let mut destination = self.shadow.restore(destination).into_owned();
        if kind == LinkType::Email {
            destination.insert_str(0, "mailto:");
        }
        let href = if self.links_open > 0 { None } else { self.href(&destination, range) };
        match href {
            Some((href, kind)) if self.has_room(2, range) => {
                let title = self.shadow.restore(title);
                self.open_link(&href, &kind, &title);
                self.push(Open::Link);
            }
            _ => self.stack.push(Open::Silent),
        }
    }

    fn open_link(&mut self, href: &str, kind: &Kind, title: &str) {
        self.html.push_str("<a");
        self.link_attributes(href, kind);
        if !title.is_empty() {
            push_attribute(&mut self.html, "title", title);
        }
        self.html.push('>');
        self.links_open += 1;
    }

    pub(super) fn link_attributes(&mut self, href: &str, kind: &Kind) {
        push_attribute(&mut self.html, "href", href);
        if *kind == Kind::External {
            push_attribute(&mut self.html, "rel", "external");
        }
    }

    /// Asks where a destination leads, notes the link, and reports what is wrong with it.
    pub(super) fn href(&mut self, destination: &str, range: &Range<usize>) -> Option<(String, Kind)> {
        let tidy = link::tidy(destination);
        let kind = link::kind(&tidy);
        let range = self.destination_range(&tidy, range);
        let target = match &kind {
            Kind::Unknown(scheme) => {
                self.refuse_scheme(scheme, range);
                return None;
            }
            Kind::Anchor => Target::Anchor,
            Kind::Internal => Target::Internal,
            Kind::External | Kind::Contact => Target::External,
        };
        self.links.push(Link { range: range.clone(), destination: tidy.clone().into_owned(), target });
        let href = (self.hooks.link)(&tidy);
        if href.is_none() {
            let message = Message::new("broken-link").arg("destination", &*tidy);
            self.problem("broken-link", Severity::Warning, message, range);
        }
        href.map(|href| (self.without_token(href), kind))
    }

    fn refuse_scheme(&mut self, scheme: &str, range: Range<usize>) {
        let message = Message::new("link-scheme").arg("scheme", scheme);
        self.problem("link-scheme", Severity::Warning, message, range);
    }

    /// Where the destination stands in a link; the whole link where it is written otherwise.
    fn destination_range(&self, destination: &str, range: &Range<usize>) -> Range<usize> {
        let link = self.source.get(range.clone()).unwrap_or("");
        match link.rfind(destination) {
            Some(at) if !destination.is_empty() => {
                let start = range.start + at;
                start..start + destination.len()
            }
            _ => range.clone(),
        }
    }

    /// What a hook answered must not be taken for the place of a call.
    fn without_token(&self, text: String) -> String {
        if text.contains(self.shadow.token) { text.replace(self.shadow.token, "") } else { text }
    }

    /// An address that stands in the text as it is.
    pub(super) fn address(&mut self, address: &str, range: &Range<usize>) {
        let href = if self.links_open > 0 { None } else { self.href(address, range) };
        self.settle_break('h');
        match href {
            Some((href, kind)) => {
                self.open_link(&href, &kind, "");
                self.text(address);
                self.html.push_str("</a>");
                self.links_open -= 1;
            }
            None => self.text(address),
        }
    }

    pub(super) fn call(&mut self, call: &Call) {
        let placement = if self.calls_only { self.block_placement() } else { Placement::Inline };
        self.put_call(call, placement);
    }

    /// Puts in what a call stands for: a token now, the output when the document is whole, so that
    /// no sanitising touches it.
    pub(super) fn put_call(&mut self, call: &Call, placement: Placement) {
        let token = self.shadow.token;
        let is_block = matches!(placement, Placement::Block { .. });
        match (self.hooks.call)(call, placement) {
            Ok(output) => {
                // A call stands for a word or a number, as far as spaces go.
                self.settle_break('1');
                self.set_last('1');
                self.html.push(token);
                self.html.push_str(&self.outputs.len().to_string());
                self.html.push(token);
                self.outputs.push(output.html);
                if !output.text.is_empty() {
                    self.push_plain(&output.text);
                }
                if is_block {
                    self.html.push('\n');
                }
            }
            Err(message) => {
                self.problem(message.id, Severity::Error, message, call.range.clone());
                let literal = self.source.get(call.range.clone()).unwrap_or("");
                if is_block {
                    self.html.push_str("<p>");
                    self.text(literal);
                    self.html.push_str("</p>\n");
                } else {
                    self.text(literal);
                }
            }
        }
    }

    pub(super) fn start_picture(&mut self, destination: &str, title: &str, range: Range<usize>) {
        let picture = Picture {
            destination: self.shadow.restore(destination).into_owned(),
            title: self.shadow.restore(title).into_owned(),
            range,
            ..Picture::default()
        };
        self.picture = Some(Box::new(OpenPicture { picture, depth: 0, is_broken: false }));
    }

    /// An event between the start and the end of an image.
    pub(super) fn picture_event(&mut self, event: Event<'_>) {
        let shadow = self.shadow;
        let Some(open) = &mut self.picture else {
            return;
        };
        match event {
            Event::Start(_) => open.depth += 1,
            Event::End(_) if open.depth > 0 => open.depth -= 1,
            Event::End(_) => {
                if let Some(open) = self.picture.take() {
                    self.put_picture(&open.picture);
                }
            }
            Event::Text(text) | Event::Code(text) => open.add(&shadow.restore(&text)),
            Event::SoftBreak | Event::HardBreak => open.is_broken = true,
            _ => {}
        }
    }

    /// Writes an image, or its alternative text if there is none.
    pub(super) fn put_picture(&mut self, picture: &Picture) {
        let alt = picture.alt.trim();
        let tidy = link::tidy(&picture.destination);
        let place = self.destination_range(&tidy, &picture.range);
        self.settle_break(' ');
        self.set_last(' ');
        if alt.is_empty() {
            let message = Message::new("image-without-alt").arg("destination", &*tidy);
            self.problem("image-without-alt", Severity::Note, message, picture.range.clone());
        }
        let image = if let Kind::Unknown(scheme) = link::kind(&tidy) {
            self.refuse_scheme(&scheme, place);
            None
        } else {
            self.links.push(Link {
                range: place.clone(),
                destination: tidy.clone().into_owned(),
                target: Target::Image,
            });
            let image = (self.hooks.image)(&tidy);
            if image.is_none() {
                let message = Message::new("missing-image").arg("destination", &*tidy);
                self.problem("missing-image", Severity::Warning, message, place);
            }
            image
        };
        self.push_plain(alt);
        let Some(image) = image else {
            push_text(&mut self.html, alt);
            return;
        };
        self.html.push_str("<img");
        let src = self.without_token(image.src);
        push_attribute(&mut self.html, "src", &src);
        push_attribute(&mut self.html, "alt", alt);
        if let Some((width, height)) = picture.size.or(image.size) {
            push_attribute(&mut self.html, "width", &width.to_string());
            push_attribute(&mut self.html, "height", &height.to_string());
        }
        if !picture.title.is_empty() {
            push_attribute(&mut self.html, "title", &picture.title);
        }
        self.html.push_str(" loading=\"lazy\">");
        self.separate(Gap::Space);
    }
}

impl OpenPicture {
    fn add(&mut self, text: &str) {
        let alt = &mut self.picture.alt;
        if std::mem::take(&mut self.is_broken) {
            let before = alt.chars().next_back().unwrap_or(' ');
            if !joins(before, text.chars().next().unwrap_or(' ')) {
                alt.push(' ');
            }
        }
        alt.push_str(text);
    }
}
