//! A static index of texts, for search on any host of files.
//!
//! Documents go into an [`IndexBuilder`], files come out; [`Index`] and the script of the theme answer
//! queries from them. Nothing here knows of HTML or of the site, and nothing opens a file: readers get
//! files through [`Fetch`], writers hand them to [`Emit`], and what the next index starts from is `state`'s.
//!
//! It is built as inverted indexes are: documents are tokenized (`tokenize`), their terms gathered into
//! sorted runs (`sorted_run`), the runs merged (`merge`), and the lists written as shards (`shard_writer`).
//!
//! # How it answers
//!
//! A query is folded (`normalize`) and taken apart into terms (`tokenize`): pairs of neighbouring Chinese
//! characters, single ones, words. A term's two hashes (`hash`) say in which file its list of
//! documents stands, and under which fingerprint. Lists are intersected, the rarest first; documents
//! that have the terms in their title or often come first, then the newest. What is found is always a
//! superset of what holds the query word for word; only the pages themselves can tell.
//!
//! Words and numbers match whole: `2件` does not find `22件`.
//!
//! # Numbers
//!
//! Reports are numbered by year, region, agency, address: oldest first, so that a new year changes
//! nothing before it. Agencies come behind them, then all other pages. Every 2^17 numbers are a
//! *block* with files of its own; blocks are asked from the newest on, until there are hits enough.
//!
//! # The files, version 1
//!
//! ```text
//! meta.json            where everything is (`format`); never cached
//! hant.txt             two lines: traditional characters, the simplified ones for them
//! BLOCK/d/SHARD.bin    dictionary shards
//! BLOCK/p/RANGE.bin    packs of long lists; RANGE-PART.bin where a range needs several
//! BLOCK/c/CHUNK.bin    addresses, titles, notes, names
//! BLOCK/f/FILE.bin     columns of facets
//! values/v/FACET-N.bin values of facets with more than 64 of them, 256 a file
//! ```
//!
//! `BLOCK` is a hash of the addresses of its documents in order, 8 hexadecimal digits. While documents
//! stay the same ones, files stay where they are, and an edited text changes only those whose lists
//! change. Other names are hexadecimal numbers from 0. Clients add `?` and the block's `hash`, so that
//! caches keep nothing that is old.
//!
//! All `.bin` files begin with the byte A7 and their kind, by which a page that a host sends for a
//! missing file is told from them. Bits are filled from the highest of each byte. `γ(n)`, n ≥ 1:
//! ⌊log2 n⌋ ones, a zero, then as many of the lower bits of n. `rice(n, k)`: n >> k ones, a zero, the
//! k lower bits of n. `P(n, U)` = ⌊log2 ⌊11 U / 16 n⌋⌋, at least 0.
//!
//! | kind | bytes |
//! |---|---|
//! | 1 shard | log2 of the number of shards; bits: γ(terms + 1); each fingerprint less the one before, rice with k = P(terms, 2^24); then for each term γ(documents), and either a 0 and its *list*, or a 1 and γ(part of its pack's range + 1) |
//! | 2 pack | log2 of the number of ranges; for each term: fingerprint (3 bytes, highest first), bytes of its list (2), its *list* from a whole byte on |
//! | 3 chunk | UTF-8 lines of kind, address, title, note, names: each field a character for 32 + the number of UTF-16 units it shares with the field above, then the rest; fields are separated by tabs |
//! | 4 columns | pieces at the places `meta.json` tells: γ(runs), for each run γ(documents), γ(1 + 2d) for a value that is d above the one before, γ(2d) for one that is d below |
//! | 5 values | lines like those of chunks, of key and name |
//!
//! A term's shard is the uppermost bits of its first hash, its pack's range too; its fingerprint is
//! the upper 24 bits of its second. Terms of a shard that share one are one: their lists are joined.
//!
//! Lists of more than one in eight of a block's documents do not tell which have the term often.
//!
//! A *list* of n documents of U: the set of numbers; a bit whether some have the term in the title,
//! then γ(how many) and the set of their ranks in the list; the same for those that have it often.
//! A *set* of n numbers below U is not written where n = U. Else it is the shortest of: 0, and gaps;
//! 10, and gaps between the numbers that are *not* in it; 11, γ(runs), and for each γ(1 + the gap
//! before it), γ(its length). Gaps of m numbers: P(m, U) − k in ones and a zero, then each number less the
//! one before it less 1, rice with k.

mod bit_codes;
mod builder;
mod document;
mod facet_columns;
mod facet_values;
mod format;
mod hash;
mod index_writer;
mod merge;
pub mod normalize;
mod posting;
mod record;
mod searcher;
mod shard_writer;
mod sorted_run;
mod stored_fields;
mod tokenize;

pub use builder::{IndexBuilder, IndexOptions, Keep, NewStorage};
pub use document::{Document, DocumentKind, FACETS, FacetValue};
pub use format::{Emit, VERSION};
pub use searcher::{Fetch, Hit, Index, ReadError, SearchResults};
pub use sorted_run::Storage;

#[cfg(test)]
mod vectors;
