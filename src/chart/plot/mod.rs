//! What several kinds of charts share: axes and the frame around a plot, classes of figures, gaps
//! and labels that keep apart.

pub(crate) mod classes;
pub(crate) mod label_spread;
pub(crate) mod missing;
pub(crate) mod plot_frame;
pub(crate) mod tick;
pub(crate) mod time_axis;
pub(crate) mod value_axis;
pub(crate) mod value_labels;
