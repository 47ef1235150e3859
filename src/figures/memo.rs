//! What was looked up before: a text goes in, what was found for it comes out. A fixed hash leads to it
//! through ordered maps, so that no choice of texts makes it slow. Never gives its entries in any order.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Entries of a map at which there are soon more maps: one node holds them.
const FULL: usize = 8;
/// Maps that there are at most; a power of two.
const MOST_SHARDS: usize = 1 << 18;
/// By how much the number of maps grows; a power of two.
const GROWTH: usize = 4;

/// Texts and what was found for each; never tells which texts there are.
#[derive(Debug, Clone)]
pub(super) struct Memo<V> {
    entries: Vec<(Arc<str>, V)>,
    // INVARIANT: there is a power of two of them, or none. The lowest bits of a hash pick one.
    shards: Vec<BTreeMap<u64, u32>>,
    /// Texts whose hash another one had before.
    others: BTreeMap<Arc<str>, u32>,
    most: usize,
}

impl<V> Memo<V> {
    /// A memo of all texts.
    pub(super) fn new() -> Self {
        Self::of_at_most(usize::MAX)
    }

    /// A memo that takes no more texts than these.
    pub(super) fn of_at_most(most: usize) -> Self {
        Memo {
            entries: Vec::new(),
            shards: Vec::new(),
            others: BTreeMap::new(),
            most,
        }
    }

    /// What was found for a text.
    pub(super) fn get(&self, text: &str) -> Option<&V> {
        let at = self.at(text, hash(text))?;
        self.entries.get(at).map(|(_, value)| value)
    }

    /// Remembers a text, unless there are too many.
    pub(super) fn insert(&mut self, text: impl Into<Arc<str>>, value: V) {
        let Ok(next) = u32::try_from(self.entries.len()) else {
            return;
        };
        if self.entries.len() >= self.most {
            return;
        }
        let text = text.into();
        let hash = hash(&text);
        if let Some(at) = self.at(&text, hash) {
            if let Some(entry) = self.entries.get_mut(at) {
                entry.1 = value;
            }
            return;
        }
        if self.entries.len() >= FULL * self.shards.len() && self.shards.len() < MOST_SHARDS {
            self.spread();
        }
        let n_shards = self.shards.len();
        if let Some(shard) = self.shards.get_mut(shard(hash, n_shards)) {
            let first = *shard.entry(hash).or_insert(next);
            if first != next {
                self.others.insert(Arc::clone(&text), next);
            }
            self.entries.push((text, value));
        }
    }

    /// The place of the entry of a text.
    fn at(&self, text: &str, hash: u64) -> Option<usize> {
        let shard = self.shards.get(shard(hash, self.shards.len()))?;
        let first = *shard.get(&hash)?;
        let is_it = |at: u32| {
            let entry = self.entries.get(at as usize);
            entry.is_some_and(|(known, _)| **known == *text)
        };
        let at = match is_it(first) {
            true => first,
            false => *self.others.get(text)?,
        };
        Some(at as usize)
    }

    /// Makes of few maps many.
    fn spread(&mut self) {
        let n_shards = (self.shards.len() * GROWTH).clamp(1, MOST_SHARDS);
        let known = std::mem::take(&mut self.shards);
        self.shards.resize_with(n_shards, BTreeMap::new);
        for (hash, at) in known.into_iter().flatten() {
            if let Some(shard) = self.shards.get_mut(shard(hash, n_shards)) {
                shard.insert(hash, at);
            }
        }
    }
}

/// Which of some maps leads to a hash.
fn shard(hash: u64, n_shards: usize) -> usize {
    let mask = n_shards.saturating_sub(1) as u64;
    usize::try_from(hash & mask).unwrap_or(0)
}

/// A hash of a text, eight bytes at a time, after Fowler, Noll and Vo; upper bits go into the lower.
pub(crate) fn hash(text: &str) -> u64 {
    let mix = |hash: u64, word: u64| {
        let hash = (hash ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        hash ^ (hash >> 29)
    };
    let start = mix(0xCBF2_9CE4_8422_2325, text.len() as u64);
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let hash = words
        .iter()
        .fold(start, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let last = rest
        .iter()
        .fold(0, |word, byte| word << 8 | u64::from(*byte));
    let hash = mix(hash, last);
    hash ^ (hash >> 32)
}
