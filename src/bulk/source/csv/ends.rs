//! Where the cells of plain delimited text end, found for many at a time: bytes go in, places come out in their
//! order. Never looks at what a cell says.

use fearless_simd::{Level, Simd, SimdBase as _, SimdMask as _, dispatch, u8x64};

/// Bytes that are looked at together.
const LOOK: usize = 64;
/// Bytes whose ends are kept.
const STRETCH: usize = 32 * LOOK;
/// Ends that are noted of each look, whether it found as many or not: more than most find.
const MOSTLY: usize = 16;

/// The ends of cells in a text, in their order.
#[derive(Debug, Default)]
pub(super) struct Ends {
    /// Those that were found, and room behind them.
    places: Vec<u32>,
    n: usize,
    /// The place in the list of the one that comes next.
    next: usize,
    /// The byte behind those that were looked at.
    looked: usize,
}

impl Ends {
    /// The next so many ends from a byte on, which are delimiters and line feeds; fewer where the text has no more. They
    /// are taken once the next are asked for, as far as these start behind them.
    #[inline]
    pub(super) fn from(
        &mut self,
        bytes: &[u8],
        start: usize,
        n: usize,
        delimiter: u8,
    ) -> &mut [u32] {
        let known = self.places.get(self.next..self.n).unwrap_or_default();
        self.next += known.partition_point(|place| (*place as usize) < start);
        if self.n - self.next < n {
            self.look(bytes, start, n, delimiter);
        }
        let to = self.n.min(self.next + n);
        self.places.get_mut(self.next..to).unwrap_or_default()
    }

    /// Finds those that come next, at least so many of them where there are.
    fn look(&mut self, bytes: &[u8], start: usize, n: usize, delimiter: u8) {
        self.places.copy_within(self.next..self.n, 0);
        (self.n, self.next) = (self.n - self.next, 0);
        if self.n == 0 {
            self.looked = self.looked.max(start);
        }
        while self.n < n {
            let rest = bytes.get(self.looked..).unwrap_or_default();
            let stretch = rest.get(..STRETCH).unwrap_or(rest);
            let Ok(from) = u32::try_from(self.looked) else {
                return;
            };
            if stretch.is_empty() {
                return;
            }
            self.places.resize(self.n + STRETCH + LOOK, 0);
            let places = self.places.get_mut(self.n..).unwrap_or_default();
            self.n += noted(places, stretch, from, delimiter);
            self.looked += stretch.len();
        }
    }
}

/// Notes where cells end in a text that starts at a place, and says how many there are.
fn noted(places: &mut [u32], text: &[u8], start: u32, delimiter: u8) -> usize {
    dispatch!(Level::new(), simd => noted_by(simd, places, text, start, delimiter))
}

/// The same on a processor of one kind.
#[inline(always)]
pub(super) fn noted_by<S: Simd>(
    simd: S,
    places: &mut [u32],
    text: &[u8],
    mut start: u32,
    delimiter: u8,
) -> usize {
    let delimiters = u8x64::splat(simd, delimiter);
    let feeds = u8x64::splat(simd, b'\n');
    let (looks, rest) = text.as_chunks::<LOOK>();
    let mut last = [0; LOOK];
    if let Some(to) = last.get_mut(..rest.len()) {
        to.copy_from_slice(rest);
    }
    let mut n = 0;
    for look in looks.iter().chain((!rest.is_empty()).then_some(&last)) {
        let bytes = u8x64::from_slice(simd, look);
        let found = bytes.simd_eq(delimiters) | bytes.simd_eq(feeds);
        n += note(
            places.get_mut(n..).unwrap_or_default(),
            found.to_bitmask(),
            start,
        );
        start += LOOK as u32;
    }
    n
}

/// Notes the bits of a look that starts at a place, and says how many there are.
#[inline(always)]
fn note(places: &mut [u32], mut bits: u64, start: u32) -> usize {
    let Some(places) = places.first_chunk_mut::<LOOK>() else {
        return 0;
    };
    let n = bits.count_ones() as usize;
    let mut take = |place: &mut u32| {
        *place = start + bits.trailing_zeros();
        bits &= bits.wrapping_sub(1);
    };
    let (mostly, more) = places.split_at_mut(MOSTLY);
    mostly.iter_mut().for_each(&mut take);
    if n > MOSTLY {
        more.iter_mut().take(n - MOSTLY).for_each(take);
    }
    n
}
