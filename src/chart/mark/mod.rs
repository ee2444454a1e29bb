//! The kinds of charts, one a file, and what several of them share.

mod axis;
pub(super) mod bar;
pub(super) mod column;
pub(super) mod flow;
pub(super) mod gap;
pub(super) mod line;
pub(super) mod multiple;
mod panel;
pub(super) mod range;
pub(super) mod slope;
pub(super) mod spark;
pub(super) mod stack;
pub(super) mod tile;
mod time;
mod top;
pub(super) mod waffle;
