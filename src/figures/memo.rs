//! What was looked up before: a text goes in, what was found for it comes out. A fixed hash picks one of
//! many ordered maps, so that no choice of texts makes it slow. Never gives its entries in any order.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Ordered maps of a memo that has grown; a power of two.
const N_SHARDS: usize = 1 << 12;
/// Texts up to which a memo is one map: most tables are small.
const FEW: usize = 512;

/// Texts and what was found for each; never tells which texts there are.
#[derive(Debug, Clone)]
pub(super) struct Memo<V> {
    shards: Vec<BTreeMap<Arc<str>, V>>,
    n: usize,
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
            shards: Vec::new(),
            n: 0,
            most,
        }
    }

    /// What was found for a text.
    pub(super) fn get(&self, text: &str) -> Option<&V> {
        self.shards.get(self.at(text))?.get(text)
    }

    /// Remembers a text, unless there are too many.
    pub(super) fn insert(&mut self, text: impl Into<Arc<str>>, value: V) {
        if self.n >= self.most {
            return;
        }
        if self.n >= FEW && self.shards.len() < N_SHARDS {
            self.spread();
        }
        if self.shards.is_empty() {
            self.shards.push(BTreeMap::new());
        }
        let text = text.into();
        let at = self.at(&text);
        if let Some(shard) = self.shards.get_mut(at) {
            self.n += usize::from(shard.insert(text, value).is_none());
        }
    }

    /// Where a text is kept.
    fn at(&self, text: &str) -> usize {
        match self.shards.len() {
            N_SHARDS => shard(text),
            _ => 0,
        }
    }

    /// Makes of one map many.
    fn spread(&mut self) {
        let known = std::mem::take(&mut self.shards);
        self.shards.resize_with(N_SHARDS, BTreeMap::new);
        for (text, value) in known.into_iter().flatten() {
            if let Some(shard) = self.shards.get_mut(shard(&text)) {
                shard.insert(text, value);
            }
        }
    }
}

/// Which of many maps keeps a text: the hash of Fowler, Noll and Vo, its upper bits mixed into the lower.
fn shard(text: &str) -> usize {
    let hash = text.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    let mixed = hash ^ (hash >> 32) ^ (hash >> 17);
    usize::try_from(mixed & (N_SHARDS as u64 - 1)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{FEW, Memo};

    #[test]
    fn what_was_put_in_comes_out_until_it_is_full() {
        let mut memo = Memo::of_at_most(2);
        assert_eq!(memo.get("a"), None);
        for (text, n) in [("a", 1), ("b", 2), ("c", 3)] {
            memo.insert(text, n);
        }
        let found = (memo.get("a"), memo.get("b"), memo.get("c"));
        assert_eq!(found, (Some(&1), Some(&2), None));
    }

    #[test]
    fn nothing_is_lost_where_it_grows() {
        let mut memo = Memo::new();
        for n in 0..3 * FEW {
            memo.insert(n.to_string(), n);
        }
        for n in 0..3 * FEW {
            assert_eq!(memo.get(&n.to_string()), Some(&n));
        }
        assert_eq!(memo.get("no number"), None);
    }
}
