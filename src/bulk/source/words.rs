//! Texts of which few are different: a text goes in, its place among those that came before comes
//! out. Never forgets one, and never gives one another place.

use std::sync::Arc;

/// The texts of a column, in the order in which they came.
#[derive(Debug)]
pub(crate) struct Words {
    list: Arc<Vec<String>>,
    /// Places in the list, by the digest of their text; as many as a power of two.
    table: Vec<u32>,
    /// The places of texts of few bytes that came of late, with these bytes.
    short: Box<[(u64, u32); N_SHORT]>,
}

/// Texts of few bytes that are found without a look at the list.
const N_SHORT: usize = 64;

const FREE: u32 = u32::MAX;

impl Default for Words {
    fn default() -> Words {
        Words {
            list: Arc::default(),
            table: Vec::new(),
            short: Box::new([(0, FREE); N_SHORT]),
        }
    }
}

impl Words {
    /// The texts so far.
    pub(super) fn list(&self) -> Arc<Vec<String>> {
        Arc::clone(&self.list)
    }

    /// The place of a text, which is new where it did not come before. What is no UTF-8 is replaced
    /// as `String::from_utf8_lossy` does; readers refuse such bytes.
    #[inline]
    pub(crate) fn place(&mut self, text: &[u8]) -> u32 {
        match seven(text) {
            Some(own) => self.place_of(own, text),
            None => self.place_among(text),
        }
    }

    /// The same of a text of at most seven bytes that are known as one number, see [`seven`].
    #[inline]
    pub(super) fn place_of(&mut self, own: u64, text: &[u8]) -> u32 {
        let slot = (own.wrapping_mul(FACTOR) >> 58) as usize % N_SHORT;
        match self.short.get(slot) {
            Some((known, place)) if *known == own && *place != FREE => *place,
            _ => {
                let place = self.place_among(text);
                if let Some(short) = self.short.get_mut(slot) {
                    *short = (own, place);
                }
                place
            }
        }
    }

    fn place_among(&mut self, text: &[u8]) -> u32 {
        if self.list.len() * 2 >= self.table.len() {
            self.grow();
        }
        let mask = self.table.len().saturating_sub(1);
        let mut slot = digest(text) & mask;
        loop {
            let place = self.table.get(slot).copied().unwrap_or(FREE);
            if place == FREE {
                break;
            }
            if self.list.get(place as usize).map(String::as_bytes) == Some(text) {
                return place;
            }
            slot = (slot + 1) & mask;
        }
        let place = u32::try_from(self.list.len()).unwrap_or(FREE);
        if let Some(free) = self.table.get_mut(slot) {
            *free = place;
        }
        let list = Arc::make_mut(&mut self.list);
        list.push(String::from_utf8_lossy(text).into_owned());
        place
    }

    fn grow(&mut self) {
        let size = (self.table.len() * 2).max(64);
        self.table.clear();
        self.table.resize(size, FREE);
        for (place, text) in (0..).zip(self.list.iter()) {
            let mut slot = digest(text.as_bytes()) & (size - 1);
            while self.table.get(slot).is_some_and(|place| *place != FREE) {
                slot = (slot + 1) & (size - 1);
            }
            if let Some(free) = self.table.get_mut(slot) {
                *free = place;
            }
        }
    }
}

const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// A text of at most seven bytes as a number that no other such text has: the first byte is the lowest, and the
/// highest says how many there are.
#[inline]
fn seven(text: &[u8]) -> Option<u64> {
    if text.len() > 7 {
        return None;
    }
    let bytes = text.iter().rev();
    let bytes = bytes.fold(0, |all, byte| all << 8 | u64::from(*byte));
    Some(bytes | (text.len() as u64) << 56)
}

/// A number that differs for most texts.
fn digest(text: &[u8]) -> usize {
    let mut state = FACTOR ^ text.len() as u64;
    let (eights, rest) = text.as_chunks::<8>();
    for eight in eights {
        state = (state ^ u64::from_le_bytes(*eight)).wrapping_mul(FACTOR);
        state ^= state >> 32;
    }
    for byte in rest {
        state = (state ^ u64::from(*byte)).wrapping_mul(FACTOR);
    }
    usize::try_from((state ^ (state >> 32)) & 0xFFFF_FFFF).unwrap_or(0)
}
