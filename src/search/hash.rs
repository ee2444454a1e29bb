//! The two hashes of a term: one chooses its file, the other identifies it there.

/// A term by its hashes: the first in the upper half, the second in the lower. The upper bits choose
/// the file, the upper bits of the lower half are the term's [`fingerprint`].
pub(super) type Key = u64;

pub(super) const FINGERPRINT_BITS: u32 = 24;

const SEEDS: [u32; 2] = [0x811c_9dc5, 0x9747_b28c];
const PRIME: u32 = 0x0100_0193;

/// Returns the key of a normalized term.
pub(super) fn key(term: impl Iterator<Item = char>) -> Key {
    let [mut high, mut low] = SEEDS;
    for c in term {
        high = (high ^ u32::from(c)).wrapping_mul(PRIME);
        low = (low ^ u32::from(c)).wrapping_mul(PRIME).rotate_left(13);
    }
    u64::from(mix(high)) << 32 | u64::from(mix(low))
}

/// Spreads every bit over all others (the finalizer of Murmur3).
fn mix(mut hash: u32) -> u32 {
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85eb_ca6b);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0xc2b2_ae35);
    hash ^ hash >> 16
}

/// Returns which of `2^bits` files holds a term.
pub(super) fn shard(key: Key, bits: u32) -> u32 {
    (key >> 32 << bits >> 32) as u32
}

/// Returns what identifies a term within its file.
pub(super) fn fingerprint(key: Key) -> u32 {
    (key as u32) >> (32 - FINGERPRINT_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upper_bits_choose_the_file() {
        assert_eq!(shard(u64::MAX, 0), 0);
        assert_eq!(shard(u64::MAX, 12), 4095);
        assert_eq!(shard(0x8000_0000_0000_0000, 1), 1);
        assert_eq!(fingerprint(0x1234_5678_9abc_def0), 0x009a_bcde);
    }

    #[test]
    fn pairs_of_common_characters_do_not_meet() {
        let common = '\u{4e00}'..'\u{4f00}';
        let mut keys: Vec<Key> =
            common.clone().flat_map(|a| common.clone().map(move |b| key([a, b].into_iter()))).collect();
        let all = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), all);
        let mut files = [0_u32; 16];
        for key in &keys {
            files[shard(*key, 4) as usize] += 1;
        }
        assert!(files.iter().all(|count| (3_600..4_600).contains(count)), "{files:?}");
    }
}
