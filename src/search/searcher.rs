//! Answers queries from the files of an index, as the script of the theme does.

use super::bit_codes::BitReader;
use super::document::DocumentKind;
use super::format::{
    BlockMeta, CHUNK, MAGIC, META, Meta, PACK, SHARD, TRADITIONAL, VERSION, chunk_name,
    fingerprint_parameter, pack_name, shard_name,
};
use super::hash::{FINGERPRINT_BITS, Key, fingerprint, shard};
use super::normalize::{Mode, normalized};
use super::posting::{OFTEN, Posting, TITLE, read_list};
use super::stored_fields::read_lines;
use super::tokenize::Query;

/// Gets a file by its path below the folder of the index.
pub type Fetch<'f> = dyn Fn(&str) -> Option<Vec<u8>> + 'f;

/// Older blocks are searched only while there are fewer hits than this.
const ENOUGH: usize = 10;
/// With at most this many candidates, no further packed list is fetched.
const FEW: usize = 10;
/// A list of at least this many per cent of all documents is not worth fetching.
const NEARLY_ALL: u64 = 97;
/// The maximum number of packs fetched from a block.
const MAX_PACKS: usize = 3;
/// The maximum number of agencies offered directly.
const MAX_DIRECT: usize = 5;
/// The maximum number of chunks fetched for the names of agencies.
const DIRECT_CHUNKS: usize = 2;

/// An index, read from its files.
pub struct Index<'f> {
    fetch: &'f Fetch<'f>,
    meta: Meta,
}

/// Why an index cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A file is not there.
    #[error("there is no `{0}`")]
    Missing(String),
    /// A file is not of this index.
    #[error("`{0}` is no part of the index")]
    Foreign(String),
    /// The index is of another version.
    #[error("the index has version {0}, and not {VERSION}")]
    Version(u32),
}

/// What a query finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchResults {
    /// Agencies of the name asked for.
    pub direct: Vec<Hit>,
    /// Pages, the best first, up to the limit.
    pub hits: Vec<Hit>,
    /// The approximate number of pages found, without those agencies.
    pub total: usize,
    /// Parts of the query that no page has.
    pub missing: Vec<String>,
    /// The query in simplified characters, where only that found something.
    pub simplified: Option<String>,
}

/// A page found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The kind of page.
    pub kind: DocumentKind,
    /// Its address within the portal.
    pub url: String,
    /// The title.
    pub title: String,
    /// The line below the title.
    pub note: String,
    /// The names of an agency, in characters and pinyin.
    names: Vec<String>,
}

/// A document that may match the query.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    document: u32,
    score: u32,
    /// How many of the terms looked up are in its title.
    titles: u32,
}

/// A term's entry in a shard.
enum Listed {
    Inline(Vec<Posting>),
    Packed { key: Key, count: u32, part: u32 },
}

impl Default for Listed {
    fn default() -> Self {
        Self::Inline(Vec::new())
    }
}

impl Listed {
    /// Returns the number of documents that have the term.
    fn count(&self) -> u32 {
        match self {
            Self::Inline(list) => list.len() as u32,
            Self::Packed { count, .. } => *count,
        }
    }
}

impl<'f> Index<'f> {
    /// Opens an index: fetches and reads `meta.json`.
    pub fn open(fetch: &'f Fetch<'f>) -> Result<Self, ReadError> {
        let bytes = fetch(META).ok_or_else(|| ReadError::Missing(META.into()))?;
        let meta: Meta = serde_json::from_slice(&bytes).map_err(|_| ReadError::Foreign(META.into()))?;
        if meta.version != VERSION {
            return Err(ReadError::Version(meta.version));
        }
        Ok(Self { fetch, meta })
    }

    /// Returns the number of documents.
    pub fn documents(&self) -> u32 {
        self.meta.documents
    }

    /// Answers a query with at most `limit` hits.
    pub fn search(&self, query: &str, limit: usize) -> Result<SearchResults, ReadError> {
        let found = self.search_as_written(query, limit)?;
        if !found.hits.is_empty() || !found.direct.is_empty() {
            return Ok(found);
        }
        let simplified = self.simplify(query)?;
        if simplified == query {
            return Ok(found);
        }
        let other = self.search_as_written(&simplified, limit)?;
        let is_better = !other.hits.is_empty() || !other.direct.is_empty();
        Ok(if is_better { SearchResults { simplified: Some(simplified), ..other } } else { found })
    }

    /// Returns the numbers of all documents that may match a query, the best first.
    pub fn candidates(&self, query: &str) -> Result<Vec<u32>, ReadError> {
        Ok(self.ranked(&Query::parse(query))?.0.into_iter().map(|candidate| candidate.document).collect())
    }

    fn search_as_written(&self, text: &str, limit: usize) -> Result<SearchResults, ReadError> {
        let query = Query::parse(text);
        let (candidates, missing) = self.ranked(&query)?;
        let is_agency = |candidate: &&Candidate| self.is_agency(candidate.document) && candidate.titles > 0;
        let named: Vec<u32> =
            candidates.iter().filter(is_agency).map(|candidate| candidate.document).collect();
        let direct = self.direct(&query, named)?;
        let is_direct =
            |candidate: &&Candidate| direct.iter().any(|(number, _)| *number == candidate.document);
        let others: Vec<&Candidate> = candidates.iter().filter(|candidate| !is_direct(candidate)).collect();
        let hits = others.iter().take(limit).map(|candidate| self.hit(candidate.document));
        let found = SearchResults {
            total: others.len(),
            hits: hits.collect::<Result<_, _>>()?,
            direct: direct.into_iter().map(|(_, hit)| hit).collect(),
            missing,
            simplified: None,
        };
        Ok(found)
    }

    /// Returns all candidates in order, and the parts of the query that no block has.
    fn ranked(&self, query: &Query) -> Result<(Vec<Candidate>, Vec<String>), ReadError> {
        let mut all: Vec<Candidate> = Vec::new();
        let mut missing: Option<Vec<usize>> = None;
        if query.parts.is_empty() {
            return Ok((all, Vec::new()));
        }
        for at in (0..self.meta.blocks.len()).rev() {
            let (mut of_block, absent) = self.search_block(at, query)?;
            missing = Some(match missing {
                Some(known) => known.into_iter().filter(|part| absent.contains(part)).collect(),
                None => absent,
            });
            of_block.sort_by_key(|candidate| self.place(candidate));
            all.extend(of_block);
            if all.len() >= ENOUGH {
                break;
            }
        }
        let name = |part: usize| query.parts.get(part).map(|part| part.text.clone());
        Ok((all, missing.unwrap_or_default().into_iter().filter_map(name).collect()))
    }

    /// Returns what results sort by: score, then reports before other pages, then the newest.
    fn place(&self, candidate: &Candidate) -> (std::cmp::Reverse<u32>, bool, std::cmp::Reverse<u32>) {
        let is_other = candidate.document >= self.meta.reports;
        (std::cmp::Reverse(candidate.score), is_other, std::cmp::Reverse(candidate.document))
    }

    /// Returns the candidates of a block by global number, and the parts that the block lacks.
    fn search_block(&self, at: usize, query: &Query) -> Result<(Vec<Candidate>, Vec<usize>), ReadError> {
        let Some(block) = self.meta.blocks.get(at) else { return Ok((Vec::new(), Vec::new())) };
        let mut search = BlockSearch { index: self, block, found: None, terms: 0 };
        let mut lists = Vec::new();
        let mut absent = Vec::new();
        for (number, part) in query.parts.iter().enumerate() {
            for key in &part.terms {
                match self.look_up(block, *key)? {
                    Some(listed) => lists.push(listed),
                    None if absent.contains(&number) => {}
                    None => absent.push(number),
                }
            }
        }
        if !absent.is_empty() {
            return Ok((Vec::new(), absent));
        }
        search.intersect(lists)?;
        let first = at as u32 * self.meta.block;
        let terms = search.terms;
        let mut found = search.found.unwrap_or_default();
        for candidate in &mut found {
            candidate.document += first;
            // All terms in the title outrank any other score.
            candidate.score += if terms > 0 && candidate.titles == terms { 1 << 20 } else { 0 };
        }
        Ok((found, absent))
    }

    /// Returns the agencies among `named`, and among those whose pinyin fits, whose name has the query.
    fn direct(&self, query: &Query, mut named: Vec<u32>) -> Result<Vec<(u32, Hit)>, ReadError> {
        if !query.pinyin.is_empty()
            && let Some(at) = self.meta.blocks.len().checked_sub(1)
            && let Some(block) = self.meta.blocks.get(at)
        {
            let mut search = BlockSearch { index: self, block, found: None, terms: 0 };
            let mut lists = Vec::new();
            for key in &query.pinyin {
                lists.push(self.look_up(block, *key)?.unwrap_or_default());
            }
            search.intersect(lists)?;
            let first = at as u32 * self.meta.block;
            let found = search.found.unwrap_or_default();
            named.extend(found.iter().map(|candidate| candidate.document + first));
        }
        named.sort_unstable();
        named.dedup();
        let mut direct = Vec::new();
        let mut chunks = Vec::new();
        for document in named.into_iter().filter(|document| self.is_agency(*document)) {
            let chunk = document / self.meta.chunk;
            if !chunks.contains(&chunk) {
                chunks.push(chunk);
            }
            if chunks.len() > DIRECT_CHUNKS {
                break;
            }
            let hit = self.hit(document)?;
            let called = |name: &String| {
                let name = normalized(name, Mode::Page);
                query.parts.iter().all(|part| name.contains(&part.text))
                    || !query.letters.is_empty() && name.contains(&query.letters)
            };
            if let Some(name) =
                hit.names.iter().filter(|name| called(name)).map(|name| name.chars().count()).min()
            {
                direct.push((name, (document, hit)));
            }
        }
        direct.sort_by_key(|(length, _)| *length);
        Ok(direct.into_iter().map(|(_, found)| found).take(MAX_DIRECT).collect())
    }

    fn is_agency(&self, document: u32) -> bool {
        (self.meta.reports..self.meta.agencies).contains(&document)
    }

    /// Looks a term up in its shard; `None` where no document has it.
    fn look_up(&self, block: &BlockMeta, key: Key) -> Result<Option<Listed>, ReadError> {
        let name = shard_name(shard(key, block.shards));
        let bytes = self.file(block, &name, SHARD)?;
        let mut bits = BitReader::new(bytes.get(3..).unwrap_or(&[]));
        let terms = bits.gamma() - 1;
        let k = fingerprint_parameter(terms);
        let mut place = None;
        let mut current = 0_u32;
        for at in 0..terms {
            current = current.saturating_add(bits.rice(k));
            if current >> FINGERPRINT_BITS > 0 || bits.is_past_end() {
                return Err(ReadError::Foreign(name));
            }
            if current == fingerprint(key) {
                place = Some(at);
            }
        }
        for at in 0..place.map_or(0, |place| place + 1) {
            let count = bits.gamma();
            let listed = if bits.bits(1) == 0 {
                Listed::Inline(read_list(&mut bits, count, block.documents))
            } else {
                Listed::Packed { key, count, part: bits.gamma() - 1 }
            };
            if place == Some(at) {
                return Ok(Some(listed));
            }
        }
        Ok(None)
    }

    /// Fetches a list from its pack.
    fn unpack(&self, block: &BlockMeta, key: Key, count: u32, part: u32) -> Result<Vec<Posting>, ReadError> {
        let name = pack_name(shard(key, block.packs), part);
        let bytes = self.file(block, &name, PACK)?;
        let mut rest = bytes.get(3..).unwrap_or(&[]);
        while let Some(([a, b, c, high, low], after)) = rest.split_first_chunk() {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            let parts = after.split_at_checked(length);
            let (list, after) = parts.ok_or_else(|| ReadError::Foreign(name.clone()))?;
            if u32::from_be_bytes([0, *a, *b, *c]) == fingerprint(key) {
                return Ok(read_list(&mut BitReader::new(list), count, block.documents));
            }
            rest = after;
        }
        Err(ReadError::Foreign(name))
    }

    /// Fetches the stored fields of a document.
    pub fn hit(&self, document: u32) -> Result<Hit, ReadError> {
        let missing = || ReadError::Missing(format!("document {document}"));
        let block = self.meta.blocks.get((document / self.meta.block) as usize).ok_or_else(missing)?;
        let local = document % self.meta.block;
        let name = chunk_name(local / self.meta.chunk);
        let bytes = self.file(block, &name, CHUNK)?;
        let text = std::str::from_utf8(bytes.get(2..).unwrap_or(&[]));
        let lines = read_lines::<5>(text.map_err(|_| ReadError::Foreign(name))?);
        let line = lines.into_iter().nth((local % self.meta.chunk) as usize).ok_or_else(missing)?;
        let [kind, url, title, note, names] = line;
        let names = names.split('|').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        Ok(Hit { kind: DocumentKind::of_letter(&kind), url, title, note, names })
    }

    fn file(&self, block: &BlockMeta, name: &str, kind: u8) -> Result<Vec<u8>, ReadError> {
        let path = format!("{}/{name}", block.path);
        let bytes = (self.fetch)(&path).ok_or_else(|| ReadError::Missing(path.clone()))?;
        let bits = match kind {
            SHARD => Some(block.shards as u8),
            PACK => Some(block.packs as u8),
            _ => None,
        };
        let fits = bytes.starts_with(&[MAGIC, kind]) && bits.is_none_or(|bits| bytes.get(2) == Some(&bits));
        if fits { Ok(bytes) } else { Err(ReadError::Foreign(path)) }
    }

    /// Replaces traditional characters by simplified ones.
    fn simplify(&self, text: &str) -> Result<String, ReadError> {
        let bytes = (self.fetch)(TRADITIONAL).ok_or_else(|| ReadError::Missing(TRADITIONAL.into()))?;
        let table = String::from_utf8(bytes).map_err(|_| ReadError::Foreign(TRADITIONAL.into()))?;
        let (from, to) = table.split_once('\n').unwrap_or_default();
        let simple =
            |c: char| from.chars().zip(to.chars()).find(|(other, _)| *other == c).map_or(c, |(_, to)| to);
        Ok(text.chars().map(simple).collect())
    }
}

struct BlockSearch<'i> {
    index: &'i Index<'i>,
    block: &'i BlockMeta,
    found: Option<Vec<Candidate>>,
    /// The number of lists applied.
    terms: u32,
}

impl BlockSearch<'_> {
    /// Keeps only documents that are in all lists; applies the shortest first.
    fn intersect(&mut self, mut lists: Vec<Listed>) -> Result<(), ReadError> {
        lists.sort_by_key(Listed::count);
        let mut packs = 0;
        for listed in lists {
            let tells = u64::from(listed.count()) * 100 < u64::from(self.block.documents) * NEARLY_ALL;
            let few = self.found.as_ref().is_some_and(|found| found.len() <= FEW);
            match listed {
                Listed::Inline(list) => self.narrow(&list),
                Listed::Packed { .. } if packs == MAX_PACKS || self.found.is_some() && (few || !tells) => {}
                Listed::Packed { key, count, part } => {
                    self.narrow(&self.index.unpack(self.block, key, count, part)?);
                    packs += 1;
                }
            }
        }
        Ok(())
    }

    fn narrow(&mut self, list: &[Posting]) {
        let weight = rarity(self.block.documents, list.len());
        self.terms += 1;
        let add = |candidate: &mut Candidate, posting: &Posting| {
            let title = u32::from(posting.marks & TITLE > 0);
            candidate.titles += title;
            candidate.score += weight * (30 * title + 7 * u32::from(posting.marks & OFTEN > 0));
        };
        match &mut self.found {
            None => {
                let begin = |posting: &Posting| {
                    let mut candidate = Candidate { document: posting.document, score: 0, titles: 0 };
                    add(&mut candidate, posting);
                    candidate
                };
                self.found = Some(list.iter().map(begin).collect());
            }
            Some(found) => {
                let mut rest = list.iter().peekable();
                found.retain_mut(|candidate| {
                    while rest.next_if(|posting| posting.document < candidate.document).is_some() {}
                    let Some(posting) = rest.next_if(|posting| posting.document == candidate.document) else {
                        return false;
                    };
                    add(candidate, posting);
                    true
                });
            }
        }
    }
}

/// Returns the weight of a term: the rarer, the higher.
fn rarity(documents: u32, count: usize) -> u32 {
    (documents / (count as u32).max(1)).max(1).ilog2() + 1
}
