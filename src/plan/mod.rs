//! Which pages and files a portal has, and for each its path, its source and its dependencies.
//!
//! Nothing here knows what a page shows (`view`) or how it is written (`render`).

mod dependencies;
mod letter_index;
pub(crate) mod link_resolver;
pub(crate) mod links;
mod page_kind;
mod pages;
pub(crate) mod paging;

pub(crate) use dependencies::Dependencies;
pub(crate) use letter_index::{LetterIndex, slug as letter_slug};
pub(crate) use page_kind::{FIGURES_CSV, REVISIONS_FEED, SEARCH_FOLDER};
pub use page_kind::{PageKey, PageKind, file};
pub(crate) use pages::{AGENCIES_ON_ONE_PAGE, Plan, has_year_pages};
