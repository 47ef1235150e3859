//! The exact rational number: two machine words while they suffice, big
//! integers beyond. Its value decides equality, order and hash, never its form.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::num::NonZeroU64;
use std::ops::{Add, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::Ratio;
use num_traits::{One, Signed, ToPrimitive};

/// The size, in bits, beyond which [`Exact::pow`] declines.
pub const MAX_POWER_BITS: u64 = 1 << 17;

/// An exact rational number of any size.
///
/// ```
/// use plumbrule::number::Exact;
///
/// let third = Exact::ratio(1, 3).unwrap();
/// assert_eq!(&third + &third + &third, Exact::from(1));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Exact(Repr);

// INVARIANT: both forms are in lowest terms with a positive denominator, and a
// value is `Small` exactly when its numerator fits `i64` and its denominator is
// at most `i64::MAX`. So every value has one form, and the derived equality and
// hash go by value. Only `from_reduced` and `from_big` build a form.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small { numer: i64, denom: NonZeroU64 },
    Big(Box<Ratio<BigInt>>),
}

const ONE: NonZeroU64 = NonZeroU64::MIN;

impl Exact {
    /// Returns the fraction, or `None` for a denominator of zero.
    ///
    /// ```
    /// use plumbrule::number::Exact;
    ///
    /// assert_eq!(Exact::ratio(6, -4), Exact::ratio(-3, 2));
    /// assert_eq!(Exact::ratio(1, 0), None);
    /// ```
    pub fn ratio(numer: i64, denom: i64) -> Option<Exact> {
        if denom == 0 {
            return None;
        }
        let divisor = i128::from(numer.unsigned_abs().gcd(&denom.unsigned_abs()));
        let sign = i128::from(denom.signum());
        Some(Exact::from_reduced(
            sign * i128::from(numer) / divisor,
            sign * i128::from(denom) / divisor,
        ))
    }

    /// Returns ten to the given power.
    ///
    /// ```
    /// use plumbrule::number::Exact;
    ///
    /// assert_eq!(Exact::pow10(4), Exact::from(10_000));
    /// assert_eq!(Exact::pow10(-2).to_string(), "0.01");
    /// ```
    pub fn pow10(exponent: i16) -> Exact {
        if let Some(power) = small_pow10(exponent.unsigned_abs().into()) {
            let whole = Exact::from(power);
            return if exponent < 0 {
                whole.recip().unwrap_or_default()
            } else {
                whole
            };
        }
        let power = big_pow10(u32::from(exponent.unsigned_abs()));
        Exact::from_big(if exponent < 0 {
            Ratio::new_raw(BigInt::one(), power)
        } else {
            Ratio::from_integer(power)
        })
    }

    /// Builds the one form of a fraction in lowest terms with a positive denominator.
    fn from_reduced(numer: i128, denom: i128) -> Exact {
        let small_denom = i64::try_from(denom)
            .ok()
            .and_then(|it| NonZeroU64::new(it.unsigned_abs()));
        match (i64::try_from(numer), small_denom) {
            (Ok(numer), Some(denom)) => Exact(Repr::Small { numer, denom }),
            _ => Exact(Repr::Big(Box::new(Ratio::new_raw(
                numer.into(),
                denom.into(),
            )))),
        }
    }

    /// Builds the one form of a ratio that is in lowest terms.
    pub(super) fn from_big(ratio: Ratio<BigInt>) -> Exact {
        let denom = ratio
            .denom()
            .to_i64()
            .and_then(|it| NonZeroU64::new(it.unsigned_abs()));
        match (ratio.numer().to_i64(), denom) {
            (Some(numer), Some(denom)) => Exact(Repr::Small { numer, denom }),
            _ => Exact(Repr::Big(Box::new(ratio))),
        }
    }

    /// Returns numerator and denominator, where both are machine words.
    pub(super) fn as_small(&self) -> Option<(i64, u64)> {
        match &self.0 {
            Repr::Small { numer, denom } => Some((*numer, denom.get())),
            Repr::Big(_) => None,
        }
    }

    /// Returns the number as a ratio of big integers, in lowest terms.
    pub(super) fn as_big(&self) -> Cow<'_, Ratio<BigInt>> {
        match &self.0 {
            Repr::Small { numer, denom } => {
                Cow::Owned(Ratio::new_raw((*numer).into(), denom.get().into()))
            }
            Repr::Big(ratio) => Cow::Borrowed(ratio),
        }
    }

    /// Returns the quotient, or `None` for a divisor of zero.
    ///
    /// ```
    /// use plumbrule::number::Exact;
    ///
    /// assert_eq!(Exact::from(1).checked_div(&Exact::from(3)), Exact::ratio(1, 3));
    /// assert_eq!(Exact::from(1).checked_div(&Exact::from(0)), None);
    /// ```
    pub fn checked_div(&self, divisor: &Exact) -> Option<Exact> {
        Some(self * &divisor.recip()?)
    }

    /// Returns one over the number, or `None` for zero.
    pub fn recip(&self) -> Option<Exact> {
        if self.is_zero() {
            return None;
        }
        Some(match &self.0 {
            Repr::Small { numer, denom } => {
                let sign = i128::from(numer.signum());
                Exact::from_reduced(
                    sign * i128::from(denom.get()),
                    i128::from(numer.unsigned_abs()),
                )
            }
            Repr::Big(ratio) => Exact::from_big(ratio.recip()),
        })
    }

    /// Returns the distance from zero.
    pub fn abs(&self) -> Exact {
        if self.is_negative() {
            -self
        } else {
            self.clone()
        }
    }

    /// Returns -1, 0 or 1: the sign.
    pub fn signum(&self) -> i32 {
        let order = match &self.0 {
            Repr::Small { numer, .. } => numer.cmp(&0),
            Repr::Big(ratio) => ratio.numer().cmp(&BigInt::ZERO),
        };
        order as i32
    }

    /// Says whether the number is zero.
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Repr::Small { numer: 0, .. })
    }

    /// Says whether the number is below zero.
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Small { numer, .. } => *numer < 0,
            Repr::Big(ratio) => ratio.numer().is_negative(),
        }
    }

    /// Says whether the number is whole.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Repr::Small { denom, .. } => *denom == ONE,
            Repr::Big(ratio) => ratio.is_integer(),
        }
    }

    /// Returns the number to an integer power, where anything to the power of
    /// zero is one.
    ///
    /// `None` for a negative power of zero, and when the result could need more
    /// than [`MAX_POWER_BITS`], so that no short text asks for endless work.
    ///
    /// ```
    /// use plumbrule::number::Exact;
    ///
    /// assert_eq!(Exact::from(2).pow(-3), Exact::ratio(1, 8));
    /// assert_eq!(Exact::from(0).pow(-1), None);
    /// assert_eq!(Exact::from(2).pow(i32::MAX), None);
    /// assert_eq!(Exact::from(-1).pow(i32::MAX), Some(Exact::from(-1)));
    /// ```
    pub fn pow(&self, exponent: i32) -> Option<Exact> {
        let mut square = if exponent < 0 {
            self.recip()?
        } else {
            self.clone()
        };
        let mut left = exponent.unsigned_abs();
        if self.is_zero() || self.abs() == Exact::from(1) {
            // Such powers repeat: only zero, odd and even are told apart.
            left = if left == 0 { 0 } else { 2 - left % 2 };
        }
        if self
            .bits()
            .checked_mul(left.into())
            .is_none_or(|bits| bits > MAX_POWER_BITS)
        {
            return None;
        }
        let mut power = Exact::from(1);
        while left > 0 {
            if left % 2 == 1 {
                power = &power * &square;
            }
            left /= 2;
            if left > 0 {
                square = &square * &square;
            }
        }
        Some(power)
    }

    /// Returns the greatest whole number that is not above the number.
    pub fn floor(&self) -> Exact {
        match &self.0 {
            Repr::Small { numer, denom } => {
                Exact::from_reduced(i128::from(*numer).div_euclid(i128::from(denom.get())), 1)
            }
            Repr::Big(ratio) => {
                Exact::from_big(Ratio::from_integer(ratio.numer().div_floor(ratio.denom())))
            }
        }
    }

    /// Returns the least whole number that is not below the number.
    pub fn ceil(&self) -> Exact {
        -(-self).floor()
    }

    /// Returns numerator and denominator in lowest terms, as decimal digits.
    ///
    /// ```
    /// use plumbrule::number::Exact;
    ///
    /// let (numer, denom) = Exact::ratio(-6, 4).unwrap().numer_denom_strings();
    /// assert_eq!((numer.as_str(), denom.as_str()), ("-3", "2"));
    /// ```
    pub fn numer_denom_strings(&self) -> (String, String) {
        match &self.0 {
            Repr::Small { numer, denom } => (numer.to_string(), denom.to_string()),
            Repr::Big(ratio) => (ratio.numer().to_string(), ratio.denom().to_string()),
        }
    }

    /// Returns the bits of numerator and denominator together: the size by
    /// which a caller can bound growth.
    pub fn bits(&self) -> u64 {
        match &self.0 {
            Repr::Small { numer, denom } => u64::from(
                u64::BITS - numer.unsigned_abs().leading_zeros() + u64::BITS
                    - denom.leading_zeros(),
            ),
            Repr::Big(ratio) => ratio.numer().bits() + ratio.denom().bits(),
        }
    }

    fn sum(&self, other: &Exact) -> Exact {
        match (&self.0, &other.0) {
            (Repr::Small { numer: a, denom: b }, Repr::Small { numer: c, denom: d }) => {
                small_sum((*a, *b), (*c, *d))
            }
            _ => Exact::from_big(&*self.as_big() + &*other.as_big()),
        }
    }

    fn difference(&self, other: &Exact) -> Exact {
        self.sum(&-other)
    }

    fn product(&self, other: &Exact) -> Exact {
        match (&self.0, &other.0) {
            (Repr::Small { numer: a, denom: b }, Repr::Small { numer: c, denom: d }) => {
                small_product((*a, *b), (*c, *d))
            }
            _ => Exact::from_big(&*self.as_big() * &*other.as_big()),
        }
    }
}

/// Digits of a whole number that surely is a machine word.
pub(super) const SMALL_DIGITS: u32 = 18;

/// Ten to a power, where that is a machine word.
pub(super) fn small_pow10(exponent: u32) -> Option<i64> {
    (exponent <= SMALL_DIGITS).then(|| 10_i64.pow(exponent))
}

pub(super) fn big_pow10(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

// The `i128` of both functions cannot overflow: a numerator is at most 2^63 in
// size and a denominator below 2^63, so a product is at most 2^126 and a sum of
// two products below 2^127.

/// Adds two fractions, keeping the greatest common divisors to 64 bits
/// (Knuth, The Art of Computer Programming, volume 2, 4.5.1).
fn small_sum((a, b): (i64, NonZeroU64), (c, d): (i64, NonZeroU64)) -> Exact {
    if b == ONE && d == ONE {
        return Exact::from_reduced(i128::from(a) + i128::from(c), 1);
    }
    let (b, d) = (b.get(), d.get());
    let common = b.gcd(&d);
    let (left, right) = (i128::from(d / common), i128::from(b / common));
    let numer = i128::from(a) * left + i128::from(c) * right;
    let d = i128::from(d);
    if common == 1 {
        return Exact::from_reduced(numer, right * d);
    }
    // The remainder is below `common`, so that it fits as well.
    let rest = u64::try_from(numer.unsigned_abs() % u128::from(common)).unwrap_or(0);
    let divisor = i128::from(rest.gcd(&common));
    Exact::from_reduced(numer / divisor, right * (d / divisor))
}

/// Multiplies two fractions, cancelling crosswise before it multiplies.
fn small_product((a, b): (i64, NonZeroU64), (c, d): (i64, NonZeroU64)) -> Exact {
    let left = a.unsigned_abs().gcd(&d.get());
    let right = c.unsigned_abs().gcd(&b.get());
    let size = |numer: i64, divisor: u64| i128::from(numer.unsigned_abs() / divisor);
    let sign = i128::from(a.signum() * c.signum());
    Exact::from_reduced(
        sign * size(a, left) * size(c, right),
        i128::from(b.get() / right) * i128::from(d.get() / left),
    )
}

impl Default for Exact {
    fn default() -> Self {
        Exact::from(0)
    }
}

impl From<i64> for Exact {
    fn from(value: i64) -> Self {
        Exact(Repr::Small {
            numer: value,
            denom: ONE,
        })
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Small { numer: a, denom: b }, Repr::Small { numer: c, denom: d }) => {
                if b == d {
                    return a.cmp(c);
                }
                let left = i128::from(*a) * i128::from(d.get());
                left.cmp(&(i128::from(*c) * i128::from(b.get())))
            }
            _ => {
                let (left, right) = (self.as_big(), other.as_big());
                (left.numer() * right.denom()).cmp(&(right.numer() * left.denom()))
            }
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Exact({self})")
    }
}

impl Neg for &Exact {
    type Output = Exact;

    fn neg(self) -> Exact {
        match &self.0 {
            Repr::Small { numer, denom } => {
                Exact::from_reduced(-i128::from(*numer), i128::from(denom.get()))
            }
            // Through the constructor: 2^63 is big and its negative is small.
            Repr::Big(ratio) => Exact::from_big(-&**ratio),
        }
    }
}

impl Neg for Exact {
    type Output = Exact;

    fn neg(self) -> Exact {
        -&self
    }
}

macro_rules! operators {
    ($($trait:ident, $method:ident, $function:ident;)+) => {$(
        impl $trait<&Exact> for &Exact {
            type Output = Exact;

            fn $method(self, other: &Exact) -> Exact {
                self.$function(other)
            }
        }

        impl $trait<&Exact> for Exact {
            type Output = Exact;

            fn $method(self, other: &Exact) -> Exact {
                self.$function(other)
            }
        }

        impl $trait<Exact> for &Exact {
            type Output = Exact;

            fn $method(self, other: Exact) -> Exact {
                self.$function(&other)
            }
        }

        impl $trait for Exact {
            type Output = Exact;

            fn $method(self, other: Exact) -> Exact {
                self.$function(&other)
            }
        }
    )+};
}

operators! {
    Add, add, sum;
    Sub, sub, difference;
    Mul, mul, product;
}
