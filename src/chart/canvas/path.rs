//! Paths: lines, curves, boxes and points, and how SVG writes them.

use crate::chart::canvas::scale::Px;

/// A path; `X` is the type of its horizontal coordinates.
#[derive(Clone, Debug)]
pub(crate) struct Path<X>(pub(crate) Vec<Step<X>>);

/// One step of a path.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<X> {
    /// Begins a subpath.
    Move(X, Px),
    Line(X, Px),
    /// Draws a curve that leaves and arrives horizontally.
    Level(X, Px),
    /// Closes the subpath.
    Close,
    /// Draws a box from its lower left to its upper right corner.
    Box([(X, Px); 2]),
    /// Draws a point: a round or square end without a line.
    Dot(X, Px),
}

impl<X: Copy> Path<X> {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn line(from: (X, Px), to: (X, Px)) -> Self {
        let mut path = Self(Vec::with_capacity(2));
        path.add_line(from, to);
        path
    }

    pub(crate) fn add_line(&mut self, from: (X, Px), to: (X, Px)) {
        self.0.push(Step::Move(from.0, from.1));
        self.0.push(Step::Line(to.0, to.1));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes the value of its `d` attribute; `place` turns horizontal coordinates into lengths.
    pub(crate) fn push(&self, out: &mut Vec<u8>, place: impl Fn(X) -> Px) {
        let mut here = (Px(0), Px(0));
        let mut drawing = false;
        for step in &self.0 {
            match *step {
                Step::Move(x, y) => {
                    here = (place(x), y);
                    pair(out, b'M', here);
                }
                // After a move or a line, a pair of numbers is a line without its letter.
                Step::Line(x, y) => {
                    here = (place(x), y);
                    pair(out, if drawing { b' ' } else { b'L' }, here);
                }
                Step::Level(x, y) => {
                    let to = (place(x), y);
                    let middle = (here.0 + to.0).half();
                    pair(out, b'C', (middle, here.1));
                    pair(out, b' ', (middle, y));
                    pair(out, b' ', to);
                    here = to;
                }
                Step::Close => out.push(b'Z'),
                Step::Box([(left, bottom), (right, top)]) => {
                    let (left, right) = (place(left), place(right));
                    pair(out, b'M', (left, bottom));
                    for (letter, length) in [(b'H', right), (b'V', top), (b'H', left)] {
                        length.push_after(letter, out);
                    }
                    out.push(b'Z');
                }
                Step::Dot(x, y) => {
                    pair(out, b'M', (place(x), y));
                    out.extend_from_slice(b"h.01");
                }
            }
            drawing = matches!(step, Step::Move(..) | Step::Line(..));
        }
    }
}

fn pair(out: &mut Vec<u8>, letter: u8, (x, y): (Px, Px)) {
    x.push_after(letter, out);
    y.push_after(b' ', out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_written() {
        let at = Px::whole;
        let steps = [
            Step::Move(at(1), at(2)),
            Step::Line(at(3), at(4)),
            Step::Level(at(7), Px(85)),
            Step::Line(at(9), at(0)),
            Step::Close,
            Step::Box([(at(0), at(9)), (at(5), at(1))]),
            Step::Dot(at(6), -at(6)),
        ];
        let mut out = Vec::new();
        Path(steps.to_vec()).push(&mut out, |x| x);
        let written = String::from_utf8(out).unwrap();
        assert_eq!(written, "M1 2 3 4C5 4 5 8.5 7 8.5L9 0ZM0 9H5V1H0ZM6 -6h.01");
    }
}
