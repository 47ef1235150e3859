//! Where the sentence of each key stands in the texts of a catalogue, found in one pass over their lines.
//!
//! Goes in: the texts. Comes out: the lines of a key, unread. Never parses a sentence, so that a short
//! run pays for the few that it says and not for all that there are.

use std::sync::OnceLock;

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;

/// The lines of one sentence.
pub(super) struct Entry {
    key: &'static str,
    /// The key, the sentence and its attributes.
    pub(super) text: &'static str,
    /// The same, read when it is first said.
    pub(super) read: OnceLock<Box<FluentBundle<FluentResource>>>,
    /// The entry before this one in the same slot, counted from 1; 0 for none.
    before: u32,
}

/// Sentences by key.
pub(super) struct Index {
    entries: Vec<Entry>,
    /// The last entry of each slot, counted from 1; 0 for none.
    slots: Vec<u32>,
}

impl Index {
    /// More than there are sentences, so that few share a slot.
    const SLOTS: usize = 4096;

    pub(super) fn new(texts: impl Iterator<Item = &'static str>) -> Index {
        let mut index = Index {
            entries: Vec::with_capacity(Index::SLOTS),
            slots: vec![0; Index::SLOTS],
        };
        texts.for_each(|text| index.add(text));
        index
    }

    /// The entry of a key; of several the last.
    pub(super) fn find(&self, key: &str) -> Option<&Entry> {
        let mut at = *self.slots.get(slot(key))?;
        loop {
            let entry = self
                .entries
                .get(usize::try_from(at.checked_sub(1)?).ok()?)?;
            if entry.key == key {
                return Some(entry);
            }
            at = entry.before;
        }
    }

    /// A sentence starts with a letter at the start of a line, and holds the lines up to the next one.
    fn add(&mut self, text: &'static str) {
        let bytes = text.as_bytes();
        let mut start = 0;
        for line in text.match_indices('\n').map(|(end, _)| end + 1) {
            let first = bytes.get(line).copied().unwrap_or(b'#');
            if first.is_ascii_alphabetic() || first == b'#' {
                self.push(text.get(start..line).unwrap_or_default());
                start = line;
            }
        }
        self.push(text.get(start..).unwrap_or_default());
    }

    fn push(&mut self, text: &'static str) {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let end = text.bytes().position(|byte| !is_name(byte));
        let key = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
        if key.is_empty() {
            return;
        }
        if let Some(last) = self.slots.get_mut(slot(key)) {
            self.entries.push(Entry {
                key,
                text,
                read: OnceLock::new(),
                before: *last,
            });
            *last = u32::try_from(self.entries.len()).unwrap_or(0);
        }
    }
}

/// FNV-1a, cut to the number of slots.
fn slot(key: &str) -> usize {
    let hash = key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    usize::try_from(hash >> 32).unwrap_or(0) % Index::SLOTS
}
