//! The kinds of charts, one a file, and what several of them share.

mod axis;
pub(super) mod bar;
pub(super) mod column;
mod gap;
pub(super) mod line;
mod panel;
pub(super) mod spark;
mod time;
