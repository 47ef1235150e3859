//! Roots of rationals, enclosed between two rationals.

use num_bigint::BigInt;
use num_rational::Ratio;
use num_traits::One;

use super::exact::Exact;

/// The greatest `n` of which [`Exact::root_enclosure`] takes an `n`th root.
pub const MAX_ROOT_DEGREE: u32 = 1000;

/// An inexact root is enclosed to a relative width of at most two to the minus this.
pub const ROOT_PRECISION_BITS: u32 = 128;

impl Exact {
    /// Encloses the non-negative `n`th root of a non-negative number.
    ///
    /// Where the root is rational, both ends are the root. Otherwise the first
    /// is below it, the second above it, and their distance is at most 2^-128
    /// ([`ROOT_PRECISION_BITS`]) of the first.
    ///
    /// `None` for a negative number, for `n` of zero, and for `n` above
    /// [`MAX_ROOT_DEGREE`].
    ///
    /// ```
    /// use plumbrule::number::Exact;
    ///
    /// let (lo, hi) = Exact::ratio(9, 4).unwrap().root_enclosure(2).unwrap();
    /// assert_eq!((lo.to_string(), hi.to_string()), ("1.5".into(), "1.5".into()));
    ///
    /// let (lo, hi) = Exact::from(2).root_enclosure(2).unwrap();
    /// assert!(&lo * &lo < Exact::from(2) && Exact::from(2) < &hi * &hi);
    /// assert_eq!(Exact::from(-1).root_enclosure(2), None);
    /// ```
    pub fn root_enclosure(&self, n: u32) -> Option<(Exact, Exact)> {
        if self.is_negative() || n == 0 || n > MAX_ROOT_DEGREE {
            return None;
        }
        if n == 1 || self.is_zero() {
            return Some((self.clone(), self.clone()));
        }
        let ratio = self.as_big();
        // A fraction in lowest terms has a rational root only if both its
        // parts are perfect powers.
        if let (Some(numer), Some(denom)) = (
            perfect_root(ratio.numer(), n),
            perfect_root(ratio.denom(), n),
        ) {
            let root = Exact::from_big(Ratio::new_raw(numer, denom));
            return Some((root.clone(), root));
        }
        let shift = shift_for(&ratio, n);
        let scaled = (ratio.numer() << (shift * u64::from(n))) / ratio.denom();
        let below: BigInt = scaled.nth_root(n);
        let unit = BigInt::one() << shift;
        let above = Exact::from_big(Ratio::new(&below + 1, unit.clone()));
        Some((Exact::from_big(Ratio::new(below, unit)), above))
    }
}

fn perfect_root(value: &BigInt, n: u32) -> Option<BigInt> {
    let root = value.nth_root(n);
    (root.pow(n) == *value).then_some(root)
}

/// Returns by how many bits the root must be shifted to leave more than
/// `ROOT_PRECISION_BITS` of them before the point.
fn shift_for(ratio: &Ratio<BigInt>, n: u32) -> u64 {
    let (numer, denom) = (
        i128::from(ratio.numer().bits()),
        i128::from(ratio.denom().bits()),
    );
    // The ratio is above 2^(numer - 1 - denom), so the root is above 2^floor.
    let floor = (numer - 1 - denom).div_euclid(i128::from(n));
    u64::try_from(i128::from(ROOT_PRECISION_BITS) + 1 - floor).unwrap_or(0)
}
