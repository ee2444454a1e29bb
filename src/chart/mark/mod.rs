//! The kinds of charts, one a file, and what several of them share.

mod axis;
pub(super) mod bar;
pub(super) mod column;
pub(super) mod flow;
mod gap;
pub(super) mod line;
mod panel;
pub(super) mod spark;
pub(super) mod stack;
mod time;
