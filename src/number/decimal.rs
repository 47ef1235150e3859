//! Decimal text in and out of [`Exact`]. Reads plain ASCII digits only; what a
//! source prints is brought into that form before.

use std::fmt;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::Ratio;
use num_traits::{One, Signed, Zero};

use super::exact::{Exact, SMALL_DIGITS, big_pow10, small_pow10};

/// The most digits that [`Exact::parse_decimal`] reads, leading zeros included.
pub const MAX_DIGITS: usize = 400;

/// The most decimal places that [`Exact::round_string`] writes.
pub const MAX_PLACES: u32 = 1000;

/// The places up to which `Display` prefers a decimal to a fraction.
const DISPLAY_PLACES: u64 = 40;

/// Why a text is not a decimal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParseDecimalError {
    /// There is no text.
    Empty,
    /// A digit was expected at this byte, which may be the end of the text.
    Malformed {
        /// The byte, counted from the start of the text.
        offset: usize,
    },
    /// There are more than [`MAX_DIGITS`] digits.
    TooLong,
}

impl fmt::Display for ParseDecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ParseDecimalError::Empty => write!(f, "expected a number, found nothing"),
            ParseDecimalError::Malformed { offset } => {
                write!(f, "expected a digit at byte {offset}")
            }
            ParseDecimalError::TooLong => write!(f, "the number has more than {MAX_DIGITS} digits"),
        }
    }
}

impl std::error::Error for ParseDecimalError {}

/// Which neighbour [`Exact::round_string`] takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// The nearer one; of two equally near, the one with an even last digit.
    HalfEven,
    /// The one toward minus infinity.
    Down,
    /// The one toward plus infinity.
    Up,
}

/// The text of a whole number in two's complement, highest byte first, of which so many digits
/// stand after the point.
#[must_use]
pub(crate) fn scaled_text(bytes: &[u8], scale: u32) -> String {
    let value = BigInt::from_signed_bytes_be(bytes);
    let scale = scale as usize;
    let digits = format!("{:0>1$}", value.abs(), scale + 1);
    let sign = if value.is_negative() { "-" } else { "" };
    match digits.split_at(digits.len() - scale) {
        (whole, "") => format!("{sign}{whole}"),
        (whole, fraction) => format!("{sign}{whole}.{fraction}"),
    }
}

impl Exact {
    /// Reads a decimal number: an optional sign, digits, and optionally a point
    /// and more digits. No exponent, no separators, no blanks.
    ///
    /// # Errors
    ///
    /// Says which byte does not fit, or that there are more than [`MAX_DIGITS`].
    ///
    /// ```
    /// use plumbrule::number::{Exact, ParseDecimalError};
    ///
    /// assert_eq!(Exact::parse_decimal("-56.70").unwrap().to_string(), "-56.7");
    /// assert_eq!(Exact::parse_decimal("1e3"), Err(ParseDecimalError::Malformed { offset: 1 }));
    /// ```
    pub fn parse_decimal(text: &str) -> Result<Exact, ParseDecimalError> {
        if text.is_empty() {
            return Err(ParseDecimalError::Empty);
        }
        let body = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (whole, fraction) = match body.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (body, None),
        };
        let start = text.len() - body.len();
        expect_digits(whole, start)?;
        if let Some(fraction) = fraction {
            expect_digits(fraction, start + whole.len() + 1)?;
        }
        let fraction = fraction.unwrap_or("");
        if whole.len() + fraction.len() > MAX_DIGITS {
            return Err(ParseDecimalError::TooLong);
        }
        if let Some(small) = parse_small(whole, fraction) {
            return Ok(match text.starts_with('-') {
                true => -small,
                false => small,
            });
        }
        let mut numer = BigInt::zero();
        for chunk in [whole, fraction] {
            for digit in chunk.bytes() {
                numer = numer * 10 + (digit - b'0');
            }
        }
        if text.starts_with('-') {
            numer = -numer;
        }
        // The digits are at most `MAX_DIGITS`, so the count fits.
        let places = u32::try_from(fraction.len()).map_err(|_| ParseDecimalError::TooLong)?;
        Ok(Exact::from_big(Ratio::new(numer, big_pow10(places))))
    }

    /// Returns the number as a decimal without trailing zeros or exponent, or
    /// `None` when its decimals do not end.
    ///
    /// ```
    /// use plumbrule::number::Exact;
    ///
    /// assert_eq!(Exact::ratio(-1, 8).unwrap().decimal_string().as_deref(), Some("-0.125"));
    /// assert_eq!(Exact::ratio(1, 3).unwrap().decimal_string(), None);
    /// ```
    pub fn decimal_string(&self) -> Option<String> {
        if let Some(short) = self.as_small().and_then(small_string) {
            return Some(short);
        }
        let ratio = self.as_big();
        let places = u32::try_from(decimal_places(ratio.denom())?).ok()?;
        let scaled = ratio.numer() * big_pow10(places) / ratio.denom();
        Some(with_point(&scaled, places))
    }

    /// Returns the number with exactly this many decimals, at most [`MAX_PLACES`].
    ///
    /// ```
    /// use plumbrule::number::{Exact, Rounding};
    ///
    /// let value = Exact::parse_decimal("-2.25").unwrap();
    /// assert_eq!(value.round_string(1, Rounding::HalfEven), "-2.2");
    /// assert_eq!(value.round_string(1, Rounding::Down), "-2.3");
    /// assert_eq!(value.round_string(0, Rounding::Up), "-2");
    /// ```
    pub fn round_string(&self, places: u32, rounding: Rounding) -> String {
        let places = places.min(MAX_PLACES);
        if let Some(short) = self.round_small(places, rounding) {
            return short;
        }
        let ratio = self.as_big();
        let scaled = ratio.numer() * big_pow10(places);
        let (below, rest) = scaled.div_mod_floor(ratio.denom());
        let up = match rounding {
            Rounding::Down => false,
            Rounding::Up => !rest.is_zero(),
            Rounding::HalfEven => {
                let twice = rest * 2;
                twice > *ratio.denom() || (twice == *ratio.denom() && below.is_odd())
            }
        };
        with_point(&if up { below + 1 } else { below }, places)
    }

    /// The number with so many decimals, where its digits fit a machine word.
    fn round_small(&self, places: u32, rounding: Rounding) -> Option<String> {
        let (numer, denom) = self.as_small()?;
        let power = small_pow10(places)?;
        let (scaled, denom) = (i128::from(numer) * i128::from(power), i128::from(denom));
        let (below, rest) = (scaled.div_euclid(denom), scaled.rem_euclid(denom));
        let up = match rounding {
            Rounding::Down => false,
            Rounding::Up => rest != 0,
            Rounding::HalfEven => 2 * rest > denom || 2 * rest == denom && below % 2 != 0,
        };
        let value = below + i128::from(up);
        let size = u64::try_from(value.unsigned_abs()).ok()?;
        Some(small_with_point(
            value < 0,
            size,
            places,
            power.unsigned_abs(),
        ))
    }
}

/// Prints the decimal when it ends within 40 places, else `p/q`.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = decimal_places(self.as_big().denom());
        if places.is_some_and(|it| it <= DISPLAY_PLACES)
            && let Some(decimal) = self.decimal_string()
        {
            return f.write_str(&decimal);
        }
        let (numer, denom) = self.numer_denom_strings();
        write!(f, "{numer}/{denom}")
    }
}

/// The number of digits that fit a machine word.
fn parse_small(whole: &str, fraction: &str) -> Option<Exact> {
    if whole.len() + fraction.len() > SMALL_DIGITS as usize {
        return None;
    }
    let digits = whole.bytes().chain(fraction.bytes());
    let numer = digits.fold(0, |numer, digit| numer * 10 + i64::from(digit - b'0'));
    let places = u32::try_from(fraction.len()).ok()?;
    Exact::ratio(numer, small_pow10(places)?)
}

/// The decimal of a fraction in lowest terms, where its digits fit a machine word.
fn small_string((numer, denom): (i64, u64)) -> Option<String> {
    let twos = denom.trailing_zeros();
    let (mut rest, mut fives) = (denom >> twos, 0);
    while rest.is_multiple_of(5) {
        (rest, fives) = (rest / 5, fives + 1);
    }
    let places = twos.max(fives);
    let power = small_pow10(places).filter(|_| rest == 1)?.unsigned_abs();
    let scaled = numer.unsigned_abs().checked_mul(power / denom)?;
    Some(small_with_point(numer < 0, scaled, places, power))
}

/// Writes a whole number of units of the last place, of which there are `power` in one.
fn small_with_point(is_negative: bool, scaled: u64, places: u32, power: u64) -> String {
    let sign = if is_negative { "-" } else { "" };
    if places == 0 {
        return format!("{sign}{scaled}");
    }
    let (whole, fraction) = (scaled / power, scaled % power);
    let width = places as usize;
    format!("{sign}{whole}.{fraction:0width$}")
}

fn expect_digits(text: &str, start: usize) -> Result<(), ParseDecimalError> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits < text.len() {
        return Err(ParseDecimalError::Malformed {
            offset: start + digits,
        });
    }
    Ok(())
}

/// Returns how many decimals a fraction in lowest terms with this denominator
/// has, or `None` when they do not end: only 2 and 5 may divide it.
fn decimal_places(denom: &BigInt) -> Option<u64> {
    let twos = denom.trailing_zeros().unwrap_or(0);
    let mut odd = denom >> twos;
    // 5, 5^2, 5^4 …: taken out from the largest down, a power of five leaves one.
    let mut powers = vec![(1_u64, BigInt::from(5))];
    while let Some((count, power)) = powers.last() {
        let square = (count * 2, power * power);
        if square.1 > odd {
            break;
        }
        powers.push(square);
    }
    let mut fives = 0;
    for (count, power) in powers.iter().rev() {
        let (quotient, rest) = odd.div_rem(power);
        if rest.is_zero() {
            odd = quotient;
            fives += count;
        }
    }
    odd.is_one().then_some(twos.max(fives))
}

/// Writes a whole number of units of the last place.
fn with_point(scaled: &BigInt, places: u32) -> String {
    let (whole, fraction) = scaled.abs().div_rem(&big_pow10(places));
    let sign = if scaled.is_negative() { "-" } else { "" };
    if places == 0 {
        return format!("{sign}{whole}");
    }
    let digits = fraction.to_string();
    let zeros = "0".repeat((places as usize).saturating_sub(digits.len()));
    format!("{sign}{whole}.{zeros}{digits}")
}
