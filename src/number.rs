//! Numbers: the exact rational, and what the engine asks of any arithmetic.
//!
//! Nothing here rounds silently. An operation that cannot be exact says in
//! which direction its result may differ from the true one.

mod decimal;
mod exact;
mod mean;
mod root;

pub(crate) use decimal::scaled_text;
pub use decimal::{MAX_DIGITS, MAX_PLACES, ParseDecimalError, Rounding};
pub use exact::{Exact, MAX_POWER_BITS};
pub(crate) use mean::{degrees, geometric_mean};
pub use root::{MAX_ROOT_DEGREE, ROOT_PRECISION_BITS};

use std::cmp::Ordering;
use std::fmt::Debug;

/// The direction in which an inexact result may leave the true one.
///
/// A lower end of a set is computed `Down` and an upper end `Up`, so that the
/// set always encloses the true one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Toward {
    /// The result is at most the true value.
    Down,
    /// The result is at least the true value.
    Up,
}

/// An arithmetic that the ends of a [`Set`](crate::set::Set) can be computed in.
///
/// [`Exact`] is the meaning. Another implementation may be faster and less
/// precise, as long as every operation keeps to its [`Toward`].
pub trait Number: Clone + PartialEq + Debug + Send + Sync + 'static {
    /// Whether results are exact whatever the direction, roots apart.
    const EXACT: bool;

    /// Returns zero.
    fn zero() -> Self;

    /// Returns the nearest number in the given direction.
    fn from_exact(value: &Exact, toward: Toward) -> Self;

    /// Returns the value of a finite number, without any rounding.
    fn to_exact(&self) -> Exact;

    /// Says whether the number has a value; `false` after an overflow, which
    /// a set turns into an end without bound.
    ///
    /// An overflow is only ever outward: what is too large gives the greatest
    /// number when it is computed `Down`, what is too small the least when `Up`.
    fn is_finite(&self) -> bool {
        true
    }

    /// Returns the sum.
    fn add(&self, other: &Self, toward: Toward) -> Self;

    /// Returns the difference.
    fn sub(&self, other: &Self, toward: Toward) -> Self;

    /// Returns the product.
    fn mul(&self, other: &Self, toward: Toward) -> Self;

    /// Returns the quotient, or `None` for a divisor of zero.
    fn div(&self, other: &Self, toward: Toward) -> Option<Self>;

    /// Returns the number with the other sign; exact in every arithmetic.
    fn neg(&self) -> Self;

    /// Compares two finite numbers; total on them.
    fn compare(&self, other: &Self) -> Ordering;

    /// Compares a finite number with zero.
    fn sign(&self) -> Ordering {
        self.compare(&Self::zero())
    }

    /// Returns the `n`th root, or `None` for a negative number, for `n` of zero
    /// and for `n` above [`MAX_ROOT_DEGREE`].
    fn root(&self, n: u32, toward: Toward) -> Option<Self>;

    /// Returns the `n`th power, where anything to the power of zero is one, or
    /// `None` when it is larger than the arithmetic is willing to hold.
    fn pow(&self, n: u32, toward: Toward) -> Option<Self>;
}

impl Number for Exact {
    const EXACT: bool = true;

    fn zero() -> Self {
        Exact::default()
    }

    fn from_exact(value: &Exact, _: Toward) -> Self {
        value.clone()
    }

    fn to_exact(&self) -> Exact {
        self.clone()
    }

    fn add(&self, other: &Self, _: Toward) -> Self {
        self + other
    }

    fn sub(&self, other: &Self, _: Toward) -> Self {
        self - other
    }

    fn mul(&self, other: &Self, _: Toward) -> Self {
        self * other
    }

    fn div(&self, other: &Self, _: Toward) -> Option<Self> {
        self.checked_div(other)
    }

    fn neg(&self) -> Self {
        -self
    }

    fn compare(&self, other: &Self) -> Ordering {
        self.cmp(other)
    }

    fn sign(&self) -> Ordering {
        self.signum().cmp(&0)
    }

    fn root(&self, n: u32, toward: Toward) -> Option<Self> {
        let (lo, hi) = self.root_enclosure(n)?;
        Some(match toward {
            Toward::Down => lo,
            Toward::Up => hi,
        })
    }

    fn pow(&self, n: u32, _: Toward) -> Option<Self> {
        Exact::pow(self, i32::try_from(n).ok()?)
    }
}
