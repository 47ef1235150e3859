//! Whole numbers in runs, packed to a few bits or repeated: the bytes of a page go in, numbers come
//! out. Never reads behind its bytes, whatever a run declares.

use bytes::Bytes;

/// Numbers of one width.
#[derive(Debug, Default)]
pub(super) struct Hybrid {
    bytes: Bytes,
    at: usize,
    width: usize,
    run: Run,
}

#[derive(Debug, Clone, Copy, Default)]
enum Run {
    /// None was begun.
    #[default]
    Nothing,
    /// One number, so many times.
    Repeated { value: u32, left: usize },
    /// Packed numbers: where they start, how many there are and how many were read.
    Packed { from: usize, n: usize, read: usize },
}

/// A page ends before its numbers do, or a width is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Short;

impl Hybrid {
    pub(super) fn new(bytes: Bytes, width: usize) -> Result<Hybrid, Short> {
        match width {
            0..=32 => Ok(Hybrid {
                bytes,
                at: 0,
                width,
                run: Run::Nothing,
            }),
            _ => Err(Short),
        }
    }

    fn begin(&mut self) -> Result<(), Short> {
        if self.width == 0 {
            // There is one number of no bits.
            let (value, left) = (0, usize::MAX);
            self.run = Run::Repeated { value, left };
            return Ok(());
        }
        let mut head = 0_u64;
        for shift in (0..35).step_by(7) {
            let byte = *self.bytes.get(self.at).ok_or(Short)?;
            self.at += 1;
            head |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        let n = usize::try_from(head >> 1).map_err(|_| Short)?;
        let rest = self.bytes.len() - self.at;
        if head & 1 == 0 {
            let length = self.width.div_ceil(8);
            let bytes = self.bytes.get(self.at..self.at + length).ok_or(Short)?;
            let value = bytes
                .iter()
                .rev()
                .fold(0, |value, byte| value << 8 | u32::from(*byte));
            self.at += length;
            self.run = Run::Repeated { value, left: n };
        } else {
            let length = n.saturating_mul(self.width).min(rest);
            let n = n.saturating_mul(8).min(length * 8 / self.width);
            self.run = Run::Packed {
                from: self.at,
                n,
                read: 0,
            };
            self.at += length;
        }
        Ok(())
    }

    /// Fills a slice with the next numbers.
    pub(super) fn read(&mut self, mut out: &mut [u32]) -> Result<(), Short> {
        while !out.is_empty() {
            let n = match &mut self.run {
                Run::Repeated { value, left } if *left > 0 => {
                    let n = out.len().min(*left);
                    out.get_mut(..n).unwrap_or_default().fill(*value);
                    *left -= n;
                    n
                }
                Run::Packed { from, n, read } if *read < *n => {
                    let taken = out.len().min(*n - *read);
                    let packed = self.bytes.get(*from..).unwrap_or_default();
                    let to = out.get_mut(..taken).unwrap_or_default();
                    unpack(packed, self.width, *read, to);
                    *read += taken;
                    taken
                }
                _ => {
                    self.begin()?;
                    continue;
                }
            };
            out = out.get_mut(n..).unwrap_or_default();
        }
        Ok(())
    }

    /// Fills a slice with the next numbers of one bit, and says how many of them are 1.
    pub(super) fn bits(&mut self, mut out: &mut [u8]) -> Result<usize, Short> {
        let mut n_ones = 0;
        while !out.is_empty() {
            let n = match &mut self.run {
                Run::Repeated { value, left } if *left > 0 => {
                    let n = out.len().min(*left);
                    let is_one = *value != 0;
                    out.get_mut(..n).unwrap_or_default().fill(u8::from(is_one));
                    n_ones += n * usize::from(is_one);
                    *left -= n;
                    n
                }
                Run::Packed { from, n, read } if *read < *n => {
                    let taken = out.len().min(*n - *read);
                    let packed = self.bytes.get(*from..).unwrap_or_default();
                    let to = out.get_mut(..taken).unwrap_or_default();
                    unpack_bits(packed, *read, to);
                    n_ones += to.iter().map(|bit| usize::from(*bit)).sum::<usize>();
                    *read += taken;
                    taken
                }
                _ => {
                    self.begin()?;
                    continue;
                }
            };
            out = out.get_mut(n..).unwrap_or_default();
        }
        Ok(n_ones)
    }
}

/// The eight bits of a byte, each in a byte, the lowest first.
#[inline]
fn spread(byte: u8) -> [u8; 8] {
    // In each byte its own bit of the byte; added to 127 it reaches the last bit, and never the next byte.
    let own = (u64::from(byte) * 0x0101_0101_0101_0101) & 0x8040_2010_0804_0201;
    let ones = ((own + 0x7F7F_7F7F_7F7F_7F7F) >> 7) & 0x0101_0101_0101_0101;
    ones.to_le_bytes()
}

fn unpack_bits(packed: &[u8], from: usize, mut out: &mut [u8]) {
    let mut at = from / 8;
    let begun = from % 8;
    if begun > 0 {
        let bits = spread(packed.get(at).copied().unwrap_or(0));
        let n = out.len().min(8 - begun);
        let bits = bits.get(begun..begun + n).unwrap_or_default();
        out.get_mut(..n).unwrap_or_default().copy_from_slice(bits);
        out = out.get_mut(n..).unwrap_or_default();
        at += 1;
    }
    let (eights, rest) = out.as_chunks_mut::<8>();
    let packed = packed.get(at..).unwrap_or_default();
    for (eight, byte) in eights.iter_mut().zip(packed) {
        *eight = spread(*byte);
    }
    let bits = spread(packed.get(eights.len()).copied().unwrap_or(0));
    rest.copy_from_slice(bits.get(..rest.len()).unwrap_or_default());
}

/// Unpacks numbers of a width, from one of them on.
fn unpack(packed: &[u8], width: usize, from: usize, out: &mut [u32]) {
    macro_rules! of_width {
        ($($width:literal)*) => {
            match width {
                $($width => unpack_wide::<$width>(packed, from, out),)*
                _ => out.fill(0),
            }
        };
    }
    of_width!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32);
}

fn unpack_wide<const WIDTH: usize>(packed: &[u8], from: usize, mut out: &mut [u32]) {
    let mut group = from / 8;
    let begun = from % 8;
    if begun > 0 {
        let eight = eight_at::<WIDTH>(packed, group);
        let n = out.len().min(8 - begun);
        let eight = eight.get(begun..begun + n).unwrap_or_default();
        out.get_mut(..n).unwrap_or_default().copy_from_slice(eight);
        out = out.get_mut(n..).unwrap_or_default();
        group += 1;
    }
    let (eights, rest) = out.as_chunks_mut::<8>();
    for eight in eights {
        *eight = eight_at::<WIDTH>(packed, group);
        group += 1;
    }
    if !rest.is_empty() {
        let eight = eight_at::<WIDTH>(packed, group);
        rest.copy_from_slice(eight.get(..rest.len()).unwrap_or_default());
    }
}

/// Eight numbers, which take as many bytes as one takes bits.
#[inline(always)]
fn eight_at<const WIDTH: usize>(packed: &[u8], group: usize) -> [u32; 8] {
    let rest = packed.get(group * WIDTH..).unwrap_or_default();
    if let Some(window) = rest.get(..WIDTH + 8) {
        return eight::<WIDTH>(window);
    }
    let mut window = [0; 40];
    let n = rest.len().min(40);
    let known = rest.get(..n).unwrap_or_default();
    window
        .get_mut(..n)
        .unwrap_or_default()
        .copy_from_slice(known);
    eight::<WIDTH>(&window)
}

#[inline(always)]
fn eight<const WIDTH: usize>(window: &[u8]) -> [u32; 8] {
    let mask = u64::MAX >> (64 - WIDTH);
    std::array::from_fn(|at| {
        let bit = at * WIDTH;
        let word = window
            .get(bit / 8..bit / 8 + 8)
            .and_then(|it| it.first_chunk());
        let word = u64::from_le_bytes(word.copied().unwrap_or_default());
        ((word >> (bit % 8)) & mask) as u32
    })
}
