//! A least-recently-used cache of rendered pages.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

use crate::base::artifact::SitePath;
use crate::base::diagnostic::Diagnostic;
use crate::plan::PageKey;

/// The files of a page, and its faults.
pub(super) struct CachedPage {
    pub(super) files: Vec<(SitePath, Arc<[u8]>)>,
    pub(super) faults: Arc<[Diagnostic]>,
}

impl CachedPage {
    fn size(&self) -> usize {
        self.files.iter().map(|(_, bytes)| bytes.len()).sum()
    }
}

/// The pages that were requested last, by key.
pub(super) struct RenderCache {
    /// The maximum size of all files in bytes; a single page may be larger.
    room: usize,
    entries: Mutex<Entries>,
}

#[derive(Default)]
struct Entries {
    pages: FxHashMap<PageKey, CacheEntry>,
    bytes: usize,
    clock: u64,
}

struct CacheEntry {
    /// Empty while the page is being rendered; whoever wants it meanwhile waits.
    page: Arc<OnceLock<CachedPage>>,
    size: usize,
    used: u64,
}

impl RenderCache {
    pub(super) fn new(room: usize) -> Self {
        Self { room, entries: Mutex::default() }
    }

    /// Calls `read` with a page, which is rendered if it is not in the cache.
    pub(super) fn with<T>(
        &self,
        key: PageKey,
        render: impl FnOnce() -> CachedPage,
        read: impl FnOnce(&CachedPage) -> T,
    ) -> T {
        let page = self.edit(|entries| entries.touch(key));
        let mut fresh = None;
        let rendered = page.get_or_init(|| {
            let rendered = render();
            fresh = Some(rendered.size());
            rendered
        });
        if let Some(size) = fresh {
            self.edit(|entries| entries.settle(key, size, self.room));
        }
        read(rendered)
    }

    fn edit<T>(&self, change: impl FnOnce(&mut Entries) -> T) -> T {
        // Nothing that is done under the lock can leave the cache half changed.
        change(&mut self.entries.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Entries {
    /// Returns the entry of a page, and marks it as the one used last.
    fn touch(&mut self, key: PageKey) -> Arc<OnceLock<CachedPage>> {
        self.clock += 1;
        let entry =
            self.pages.entry(key).or_insert_with(|| CacheEntry { page: Arc::default(), size: 0, used: 0 });
        entry.used = self.clock;
        entry.page.clone()
    }

    /// Records the size of a page, and makes room for it.
    fn settle(&mut self, key: PageKey, size: usize, room: usize) {
        if let Some(entry) = self.pages.get_mut(&key) {
            self.bytes += size - entry.size;
            entry.size = size;
        }
        while self.bytes > room {
            let others = self.pages.iter().filter(|(other, entry)| **other != key && entry.size > 0);
            let Some(oldest) = others.min_by_key(|(_, entry)| entry.used).map(|(key, _)| *key) else { break };
            self.bytes -= self.pages.remove(&oldest).map_or(0, |entry| entry.size);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::PageKind;

    fn key(year: i16) -> PageKey {
        PageKey { lang: 0, kind: PageKind::Year(year) }
    }

    /// Asks for a page of a size and says whether it had to be rendered.
    fn ask(cache: &RenderCache, year: i16, size: usize) -> bool {
        let mut is_rendered = false;
        let render = || {
            is_rendered = true;
            let path = SitePath::new("index.html").unwrap();
            CachedPage { files: vec![(path, vec![0; size].into())], faults: Arc::default() }
        };
        assert_eq!(cache.with(key(year), render, CachedPage::size), size);
        is_rendered
    }

    #[test]
    fn what_was_asked_for_last_is_kept() {
        let cache = RenderCache::new(100);
        assert!(ask(&cache, 1, 40) && ask(&cache, 2, 40));
        assert!(!ask(&cache, 1, 40), "both fit");
        assert!(ask(&cache, 3, 40));
        assert!(!ask(&cache, 1, 40), "the first was asked for again");
        assert!(ask(&cache, 2, 40), "the second made room");
        assert_eq!(cache.edit(|entries| entries.bytes), 80);
    }

    #[test]
    fn a_page_larger_than_the_room_is_kept_alone() {
        let cache = RenderCache::new(100);
        assert!(ask(&cache, 1, 40));
        assert!(ask(&cache, 2, 500));
        assert!(!ask(&cache, 2, 500));
        assert!(ask(&cache, 1, 40));
        assert_eq!(cache.edit(|entries| (entries.pages.len(), entries.bytes)), (1, 40));
    }

    proptest::proptest! {
        #[test]
        fn it_never_outgrows_its_room(asked in proptest::collection::vec((0i16..12, 1usize..60), 1..80)) {
            let cache = RenderCache::new(100);
            let mut sizes = std::collections::BTreeMap::new();
            for (year, size) in asked {
                let size = *sizes.entry(year).or_insert(size);
                ask(&cache, year, size);
                let (bytes, sum) = cache.edit(|entries| (entries.bytes, entries.pages.values().map(|entry| entry.size).sum::<usize>()));
                proptest::prop_assert_eq!(bytes, sum);
                proptest::prop_assert!(bytes <= 100);
            }
        }
    }
}
