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
pub(crate) use page_kind::{
    AGENCIES_ON_ONE_PAGE, FIGURES_CSV, REVISIONS_FEED, SEARCH_FOLDER, has_year_pages,
};
pub use page_kind::{PageKey, PageKind, RESERVED, file};
pub(crate) use pages::Plan;
