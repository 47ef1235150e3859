//! Printed decimals as doubles: the bytes of a cell go in, the double that is nearest to them comes
//! out where they are plain digits with a sign and a point. Anything else is odd; never a guess.

#![expect(
    clippy::float_arithmetic,
    reason = "one division of two exact doubles, which rounds to the nearest"
)]

/// What a cell is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Read {
    /// Nothing but blanks.
    Blank,
    /// A decimal of at most fifteen digits.
    Number(f64),
    /// Something else.
    Odd,
}

/// Digits that a double keeps, whatever the decimal.
const MOST_DIGITS: u32 = 15;
/// The first whole number with more of them.
const TOO_MANY: u64 = 1_000_000_000_000_000;
/// Digits after which nothing is read, leading zeros among them.
const LONGEST: usize = 40;

/// The powers of ten that a double holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// A whole number over a power of ten; none where a double may not keep it.
pub(crate) fn scaled(digits: i64, places: u32) -> Option<f64> {
    let power = POWERS.get(usize::try_from(places).ok()?)?;
    if digits.unsigned_abs() >= TOO_MANY {
        return None;
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "fifteen digits are exact in a double"
    )]
    Some(digits as f64 / power)
}

/// Reads a cell; blanks around it do not count.
pub(crate) fn read(cell: &[u8]) -> Read {
    let cell = cell.trim_ascii();
    let (is_negative, digits) = match cell.split_first() {
        None => return Read::Blank,
        Some((b'-', rest)) => (true, rest),
        Some((b'+', rest)) => (false, rest),
        Some(_) => (false, cell),
    };
    if digits.len() > LONGEST {
        return Read::Odd;
    }
    let (mut value, mut n_kept, mut point) = (0_i64, 0, None);
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {
                n_kept += u32::from(n_kept > 0 || *byte != b'0');
                if n_kept > MOST_DIGITS {
                    return Read::Odd;
                }
                value = value * 10 + i64::from(byte - b'0');
            }
            b'.' if point.is_none() && at > 0 => point = Some(at),
            _ => return Read::Odd,
        }
    }
    let places = match point {
        None if digits.is_empty() => return Read::Odd,
        None => 0,
        Some(at) if at + 1 == digits.len() => return Read::Odd,
        Some(at) => digits.len() - at - 1,
    };
    let value = if is_negative { -value } else { value };
    let places = u32::try_from(places).unwrap_or(u32::MAX);
    scaled(value, places).map_or(Read::Odd, Read::Number)
}

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = LOW << 7;

/// Where the cell ends that starts at a byte: at a delimiter or the end of its line; and its bytes as one
/// number, where they are at most seven, see [`few`]. Needs eight bytes behind it.
#[inline(always)]
pub(super) fn cell(bytes: &[u8], start: usize, delimiter: u8) -> Option<(usize, Option<u64>)> {
    let mut at = start;
    loop {
        let word = u64::from_le_bytes(*bytes.get(at..)?.first_chunk::<8>()?);
        // The high bit of each byte that is the one; a carry touches only what follows the first.
        let those = |byte: u8| {
            let others = word ^ (LOW * u64::from(byte));
            others.wrapping_sub(LOW) & !others & HIGH
        };
        let ends = those(delimiter) | those(b'\n') | those(b'\r');
        if ends == 0 {
            at += 8;
            continue;
        }
        let length = u64::from(ends.trailing_zeros() / 8);
        return Some((
            at + length as usize,
            (at == start).then(|| few(word, length)),
        ));
    }
}

/// A cell of at most seven bytes as one number, by its first eight bytes and its length: the first byte is the lowest,
/// and the highest says how many there are.
#[inline(always)]
pub(super) fn few(word: u64, length: u64) -> u64 {
    word & !(u64::MAX << (8 * length)) | length << 56
}

/// The number that starts at a byte and has at most seven digits, and the byte behind it; it may
/// be that more of the cell follows. Needs eight bytes.
#[inline(always)]
pub(super) fn quick(bytes: &[u8], at: usize) -> Option<(f64, usize)> {
    let word = u64::from_le_bytes(*bytes.get(at..)?.first_chunk::<8>()?);
    // The digits as their values; the high bit of what is none. A carry touches only what follows
    // the first that is none, and a point carries nothing.
    let values = word ^ (LOW * 0x30);
    let others = (values.wrapping_add(LOW * 0x76) | values) & HIGH;
    let whole = others.trailing_zeros() / 8;
    if whole == 0 || others == 0 {
        return None;
    }
    let is_point = (word >> (8 * whole)) & 0xFF == u64::from(b'.');
    let rest = others & (others - 1);
    let (digits, n_digits, places) = if is_point {
        let end = rest.trailing_zeros() / 8;
        if end >= 8 || end == whole + 1 {
            return None;
        }
        let before = values & !(u64::MAX << (8 * whole));
        let after = (values >> 8) & (u64::MAX << (8 * whole));
        (before | after, end - 1, end - 1 - whole)
    } else {
        (values, whole, 0)
    };
    // The last digit stands in the highest byte, zeros before the first.
    let digits = digits << (64 - 8 * n_digits);
    let pairs = (digits.wrapping_mul(10) + (digits >> 8)) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs.wrapping_mul(100) + (pairs >> 16)) & 0x0000_FFFF_0000_FFFF;
    let value = (fours.wrapping_mul(10_000) + (fours >> 32)) & 0xFFFF_FFFF;
    let power = POWERS.get(places as usize)?;
    let length = n_digits + u32::from(is_point);
    #[expect(
        clippy::cast_precision_loss,
        reason = "seven digits are exact in a double"
    )]
    Some((value as i64 as f64 / power, at + length as usize))
}

/// Cells that are read together.
pub(super) const TOGETHER: usize = 64;

/// Short cells: their first eight bytes, the lowest being the first, and their lengths.
pub(super) struct Short {
    pub(super) words: [u64; TOGETHER],
    pub(super) lengths: [u64; TOGETHER],
    /// Not zero where a cell is to be read with more care.
    pub(super) odd: [u64; TOGETHER],
}

impl Default for Short {
    fn default() -> Short {
        Short {
            words: [0; TOGETHER],
            lengths: [0; TOGETHER],
            odd: [0; TOGETHER],
        }
    }
}

impl Short {
    /// The numbers of the first cells, as many as there is room for; not-a-number where one is blank. Whether any is to be
    /// read with more care: those are longer than eight bytes, or have a sign that is neither a digit nor a point between
    /// two. Each step is taken for all cells alike.
    #[inline(always)]
    pub(super) fn read(&mut self, values: &mut [f64]) -> bool {
        let mut any = 0;
        let words = self.words.iter().zip(&self.lengths);
        for ((value, (word, length)), is_odd) in values.iter_mut().zip(words).zip(&mut self.odd) {
            // The last byte of the cell is the highest, and zeros stand before the first.
            let unused = 64_u64.wrapping_sub(8 * length);
            let is_short = unused < 64;
            let aligned = |word: u64| if is_short { word << (unused & 63) } else { 0 };
            let values = aligned(word ^ (LOW * 0x30));
            // The high bit of what is no digit; a carry touches only what follows the first.
            let odd = |values: u64| (values.wrapping_add(LOW * 0x76) | values) & HIGH;
            let others = odd(values);
            let one = (others & others.wrapping_neg()) >> 7;
            // Where that is a point a zero takes its place.
            let digits = values ^ ((one << 5).wrapping_sub(one << 1));
            let not_point = digits & (one << 8).wrapping_sub(one);
            let is_first = u64::from(one == aligned(1) && is_short);
            *is_odd = odd(digits) | not_point | others >> 63 | is_first | (length + 7) >> 4;
            any |= *is_odd;
            // The point is left out.
            let before = digits & if one == 0 { 0 } else { one.wrapping_sub(1) };
            let digits = before << 8 | (digits ^ before);
            // Of what is no number the sums are any.
            let sum = |parts: &[u64]| {
                parts
                    .iter()
                    .fold(0, |sum: u64, part| sum.wrapping_add(*part))
            };
            let pairs = sum(&[digits << 3, digits << 1, digits >> 8]) & 0x00FF_00FF_00FF_00FF;
            let hundreds = sum(&[pairs << 6, pairs << 5, pairs << 2]);
            let fours = sum(&[hundreds, pairs >> 16]) & 0x0000_FFFF_0000_FFFF;
            let whole = (fours & 0xFFFF) * 10_000 + (fours >> 32);
            let mut power = 1e0;
            for (place, behind) in (0..7).zip([1e7, 1e6, 1e5, 1e4, 1e3, 1e2, 1e1]) {
                power = if one == 1 << (8 * place) {
                    behind
                } else {
                    power
                };
            }
            // A whole number below 2^52 as the digits of a double that is 2^52 greater.
            let number = f64::from_bits(WHOLE.to_bits() | whole) - WHOLE;
            *value = if *length == 0 {
                f64::NAN
            } else {
                number / power
            };
        }
        any != 0
    }
}

/// The first double behind which there are whole numbers alone.
const WHOLE: f64 = 4_503_599_627_370_496.0;
