//! The place of every mark of a scene: inside the frame, no text on another.

use crate::chart::canvas::path::Step;
use crate::chart::canvas::scale::{Across, Px};
use crate::chart::canvas::scene::{Anchor, Item, MARGIN_STEP, NARROW, Scene, Show, WIDE};
use crate::chart::canvas::text::Face;

/// A text as it lies in a drawing.
struct Placed<'a> {
    content: &'a str,
    left: Px,
    right: Px,
    top: Px,
    bottom: Px,
}

/// The texts of a scene in a container of some width.
fn placed(scene: &Scene, container: Px, narrow: bool) -> Vec<Placed<'_>> {
    let margins = scene.margins;
    let right = if narrow { margins.right_narrow } else { margins.right };
    let bare = narrow && margins.left_wide_only;
    let left = Px::whole(if bare { 0 } else { margins.left * MARGIN_STEP });
    let plot = container - left - Px::whole(right * MARGIN_STEP);
    let hidden = if narrow { Show::Wide } else { Show::Narrow };
    let texts = scene.items.iter().filter_map(|item| match item {
        Item::Text(text) if text.show != hidden => Some(text),
        _ => None,
    });
    texts
        .map(|text| {
            let face: Face = text.voice.face();
            let width = face.width(&text.content);
            let x = left + text.x.of(plot) + text.dx;
            let start = match text.anchor {
                Anchor::Start => x,
                Anchor::Middle => x - width.half(),
                Anchor::End => x - width,
            };
            Placed {
                content: &text.content,
                left: start,
                right: start + width,
                top: text.y - Px(face.size * 8),
                bottom: text.y + Px(face.size * 2),
            }
        })
        .collect()
}

/// Checks that nothing leaves the frame and that no text lies on another by more than a pixel.
pub(crate) fn check_scene(scene: &Scene) -> Result<(), String> {
    let containers = [
        (NARROW, true),
        (Px::whole(440), true),
        (WIDE, false),
        (Px::whole(672), false),
        (Px::whole(1_600), false),
    ];
    check_scene_in(scene, &containers)
}

/// The same for some containers, each narrow or not.
pub(crate) fn check_scene_in(scene: &Scene, containers: &[(Px, bool)]) -> Result<(), String> {
    let slack = Px::whole(1);
    for &(container, narrow) in containers {
        let texts = placed(scene, container, narrow);
        for (at, text) in texts.iter().enumerate() {
            let inside = text.left >= -slack
                && text.right <= container + slack
                && text.top >= -slack
                && text.bottom <= scene.height + slack;
            if !inside {
                return Err(format!("{} leaves {container:?} × {:?}", text.content, scene.height));
            }
            for other in &texts[..at] {
                let apart = text.left + slack >= other.right
                    || other.left + slack >= text.right
                    || text.top + slack >= other.bottom
                    || other.top + slack >= text.bottom;
                if !apart {
                    return Err(format!("{} lies on {} in {container:?}", text.content, other.content));
                }
            }
        }
    }
    for item in &scene.items {
        let inside = match item {
            Item::Rect(rect) => {
                rect.x >= Across::LEFT
                    && rect.x + rect.width <= Across::RIGHT
                    && rect.width > Across::LEFT
                    && rect.height > Px(0)
                    && rect.y >= Px(0)
                    && rect.y + rect.height <= scene.height
            }
            Item::Path(_, _, path) => path.0.iter().all(|step| {
                let places = match *step {
                    Step::Box(corners) => corners.to_vec(),
                    Step::Close => Vec::new(),
                    Step::Move(x, y) | Step::Line(x, y) | Step::Level(x, y) | Step::Dot(x, y) => {
                        vec![(x, y)]
                    }
                };
                places.into_iter().all(|(x, y)| {
                    (Across::LEFT..=Across::RIGHT).contains(&x) && (Px(0)..=scene.height).contains(&y)
                })
            }),
            Item::Text(_) | Item::Loose(..) => true,
        };
        if !inside {
            return Err(format!("{item:?} leaves the plot"));
        }
    }
    Ok(())
}

/// Checks that every number in the markup is a plain one.
pub(crate) fn check_numbers(svg: &str) -> Result<(), String> {
    for name in ["x", "y", "dx", "width", "height", "viewBox", "d"] {
        for rest in svg.split(&format!(" {name}=\"")).skip(1) {
            let value = rest.split('"').next().unwrap_or_default();
            let plain = value.chars().all(|c| "0123456789.-% MLCHVhZ".contains(c));
            if !plain || value.is_empty() {
                return Err(format!("{name}=\"{value}\""));
            }
        }
    }
    Ok(())
}
