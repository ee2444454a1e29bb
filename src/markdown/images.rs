//! Images, from Markdown or HTML.

use std::ops::Range;

use pulldown_cmark::Event;

use super::cjk::joins;
use super::destination::tidy;
use super::links::{self, Links};
use super::output::Separator;
use super::rendered::LinkTarget;
use super::state::RenderState;
use crate::base::diagnostic::{Message, Severity};

/// An image as its author describes it.
#[derive(Default)]
pub(super) struct Picture {
    pub(super) destination: String,
    pub(super) alt: String,
    pub(super) title: String,
    /// Width and height in pixels.
    pub(super) size: Option<(u32, u32)>,
    pub(super) range: Range<usize>,
}

/// An image whose end is not reached yet: events up to it are its alternative text.
pub(super) struct OpenPicture {
    picture: Picture,
    /// How many elements are open in it.
    depth: usize,
    /// A line break is due in the text, unless it stands between Chinese characters.
    is_broken: bool,
}

impl OpenPicture {
    pub(super) fn new(state: &RenderState<'_>, destination: &str, title: &str, range: Range<usize>) -> Self {
        let picture = Picture {
            destination: state.masked.restore(destination).into_owned(),
            title: state.masked.restore(title).into_owned(),
            range,
            ..Picture::default()
        };
        Self { picture, depth: 0, is_broken: false }
    }

    /// Takes an event between the start and the end of the image. Returns whether it is the end.
    pub(super) fn event(&mut self, state: &RenderState<'_>, event: &Event<'_>) -> bool {
        match event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) if self.depth == 0 => return true,
            Event::End(_) => self.depth -= 1,
            Event::Text(text) | Event::Code(text) => self.add(&state.masked.restore(text)),
            Event::SoftBreak | Event::HardBreak => self.is_broken = true,
            _ => {}
        }
        false
    }

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

    pub(super) fn finish(self) -> Picture {
        self.picture
    }
}

impl Picture {
    /// Writes the image, or its alternative text if there is no such image.
    pub(super) fn write(&self, state: &mut RenderState<'_>, links: &mut Links) {
        let alt = self.alt.trim();
        state.out.stand_for(' ');
        if alt.is_empty() {
            let destination = tidy(&self.destination);
            let message = Message::new("image-without-alt").arg("destination", &*destination);
            state.problems.add("image-without-alt", Severity::Note, message, self.range.clone());
        }
        let image = links::allowed(state, &self.destination, &self.range).and_then(|(tidy, _, range)| {
            links.record(&tidy, LinkTarget::Image, range.clone());
            let image = (state.hooks.image)(&tidy);
            if image.is_none() {
                let message = Message::new("missing-image").arg("destination", &*tidy);
                state.problems.warn("missing-image", message, range);
            }
            image
        });
        state.out.push_plain(alt);
        let Some(image) = image else {
            state.out.push_escaped(alt);
            return;
        };
        state.out.push_html("<img");
        let src = state.without_token(image.src);
        state.out.push_attribute("src", &src);
        state.out.push_attribute("alt", alt);
        if let Some((width, height)) = self.size.or(image.size) {
            state.out.push_attribute("width", &width.to_string());
            state.out.push_attribute("height", &height.to_string());
        }
        if !self.title.is_empty() {
            state.out.push_attribute("title", &self.title);
        }
        state.out.push_html(" loading=\"lazy\">");
        state.out.separate(Separator::Space);
    }
}
