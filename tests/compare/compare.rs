//! Compares two files as what they are.

use crate::difference::{Difference, Kind, Place, What};
use crate::ignore::Ignore;
use crate::markup::Element;
use crate::tree::{Pair, Site};
use crate::{elements, json, lines, rows};

/// What came of comparing two files.
#[derive(Debug)]
pub(crate) enum Outcome {
    Same,
    /// They differ in nothing but what is set aside.
    SetAside,
    Different(Vec<Difference>),
}

pub(crate) fn files(old: &Site, new: &Site, pair: &Pair, ignore: &Ignore) -> Result<Outcome, String> {
    let file = |old, new| Outcome::Different(vec![Difference::new(What::File, Place::default(), old, new)]);
    let (old_path, new_path) = match pair {
        Pair::Both { old, new } => (old, new),
        Pair::Old(path) => return Ok(file(Some(path), None)),
        Pair::New(path) => return Ok(file(None, Some(path))),
    };
    let (before, after) = (old.read(old_path)?, new.read(new_path)?);
    Ok(if before == after { Outcome::Same } else { contents(Kind::of(new_path), before, after, ignore) })
}

/// Compares contents that are not the same byte for byte.
fn contents(kind: Kind, old: Vec<u8>, new: Vec<u8>, ignore: &Ignore) -> Outcome {
    let by_bytes = lines::bytes(&old, &new);
    let (Ok(old), Ok(new)) = (String::from_utf8(old), String::from_utf8(new)) else {
        return Outcome::Different(vec![by_bytes]);
    };
    if kind == Kind::Binary {
        return Outcome::Different(vec![by_bytes]);
    }
    let (old, new) = (ignore.strip(old), ignore.strip(new));
    if old == new {
        return Outcome::SetAside;
    }
    let found = read(kind, &old, &new, ignore).unwrap_or_else(|| lines::compare(&old, &new));
    if !found.is_empty() {
        return Outcome::Different(found);
    }
    // Without what is set aside, do they still say the same in other bytes?
    let is_aside = !ignore.is_empty()
        && read(kind, &old, &new, &Ignore::default()).is_some_and(|found| !found.is_empty());
    if is_aside {
        return Outcome::SetAside;
    }
    let spelt = lines::compare(&old, &new).into_iter().next().unwrap_or(by_bytes);
    Outcome::Different(vec![Difference { what: What::Spelling, ..spelt }])
}

/// Compares two texts as a kind of file; nothing where one of them is not of that kind.
fn read(kind: Kind, old: &str, new: &str, ignore: &Ignore) -> Option<Vec<Difference>> {
    match kind {
        Kind::Html => Some(elements::compare(&Element::of_html(old, ignore), &Element::of_html(new, ignore))),
        Kind::Svg => Some(elements::compare(&Element::of_svg(old, ignore)?, &Element::of_svg(new, ignore)?)),
        Kind::Xml => Some(elements::compare(&Element::of_xml(old)?, &Element::of_xml(new)?)),
        Kind::Json => json::compare(old, new),
        Kind::Csv => rows::compare(old, new),
        Kind::Text | Kind::Binary => None,
    }
}
