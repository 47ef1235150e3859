//! Arithmetic on sets. Every result is the smallest set that holds all values
//! of independent operands, up to the rounding of the ends in an inexact arithmetic.

use std::cmp::Ordering;
use std::fmt;

use super::{End, Set, greater, lesser};
use crate::number::{Exact, Number, Toward};

/// Why an operation has no value for some of the operands' values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Undefined {
    /// The divisor is zero.
    DivisorIsZero,
    /// The divisor may be zero.
    DivisorMayBeZero,
    /// A root is taken of what may be negative.
    RootOfNegative,
    /// The degree of a root is zero or above
    /// [`MAX_ROOT_DEGREE`](crate::number::MAX_ROOT_DEGREE).
    RootDegree,
    /// A power is larger than the arithmetic is willing to hold.
    PowerTooLarge,
}

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Undefined::DivisorIsZero => "the divisor is zero",
            Undefined::DivisorMayBeZero => "the divisor may be zero",
            Undefined::RootOfNegative => "a root is taken of what may be negative",
            Undefined::RootDegree => "the degree of a root is zero or too large",
            Undefined::PowerTooLarge => "a power is too large",
        })
    }
}

impl std::error::Error for Undefined {}

impl<N: Number> Set<N> {
    /// Returns the sums.
    ///
    /// ```
    /// use plumbrule::number::Exact;
    /// use plumbrule::set::Set;
    ///
    /// let sum = Set::above(Exact::from(71)).add(&Set::point(Exact::from(1)));
    /// assert_eq!(sum, Set::above(Exact::from(72)));
    /// ```
    pub fn add(&self, other: &Set<N>) -> Set<N> {
        if let Some((a, b)) = exact_points(self, other) {
            return Set::point(a.add(b, Toward::Down));
        }
        let sum = |left: &End<N>, right: &End<N>, toward| match (left.value(), right.value()) {
            (Some(a), Some(b)) => End::at(a.add(b, toward), left.is_closed() && right.is_closed()),
            _ => End::Unbounded,
        };
        Set::from_ends(
            sum(&self.lo, &other.lo, Toward::Down),
            sum(&self.hi, &other.hi, Toward::Up),
        )
    }

    /// Returns the differences; of two figures, not of one with itself.
    pub fn sub(&self, other: &Set<N>) -> Set<N> {
        self.add(&other.neg())
    }

    /// Returns the values with the other sign.
    pub fn neg(&self) -> Set<N> {
        Set::from_ends(self.hi.map(N::neg), self.lo.map(N::neg))
    }

    /// Returns the products.
    ///
    /// ```
    /// use plumbrule::number::Exact;
    /// use plumbrule::set::Set;
    ///
    /// let share = Set::closed(Exact::from(0), Exact::from(1)).unwrap();
    /// let product = share.mul(&Set::at_least(Exact::from(5)));
    /// assert_eq!(product, Set::at_least(Exact::from(0)));
    /// ```
    pub fn mul(&self, other: &Set<N>) -> Set<N> {
        if let Some((a, b)) = exact_points(self, other) {
            return Set::point(a.mul(b, Toward::Down));
        }
        span_of_corners(self, other, product)
    }

    /// Returns the quotients.
    ///
    /// # Errors
    ///
    /// When zero belongs to the divisor. An open end at zero does not: the
    /// result is then without bound.
    ///
    /// ```
    /// use plumbrule::number::Exact;
    /// use plumbrule::set::{End, Set, Undefined};
    ///
    /// let one = Set::point(Exact::from(1));
    /// let divisor = Set::new(End::Open(Exact::from(0)), End::Closed(Exact::from(5))).unwrap();
    /// assert_eq!(one.div(&divisor).unwrap().to_string(), "[0.2, +∞)");
    /// assert_eq!(one.div(&divisor.closure()), Err(Undefined::DivisorMayBeZero));
    /// ```
    pub fn div(&self, divisor: &Set<N>) -> Result<Set<N>, Undefined> {
        if divisor.contains_zero() {
            return Err(if divisor.is_point() {
                Undefined::DivisorIsZero
            } else {
                Undefined::DivisorMayBeZero
            });
        }
        if let Some((a, b)) = exact_points(self, divisor)
            && let Some(quotient) = a.div(b, Toward::Down)
        {
            return Ok(Set::point(quotient));
        }
        let upper = Limit::upper(&divisor.hi).sign();
        let sign = if upper == Ordering::Greater {
            Ordering::Greater
        } else {
            Ordering::Less
        };
        Ok(span_of_corners(self, divisor, |a, b, toward| {
            quotient(a, b, sign, toward)
        }))
    }

    /// Returns the distances from zero.
    pub fn abs(&self) -> Set<N> {
        if Limit::lower(&self.lo).sign() != Ordering::Less {
            return self.clone();
        }
        let mirrored = self.neg();
        if Limit::upper(&self.hi).sign() != Ordering::Greater {
            return mirrored;
        }
        let hi = greater(&self.hi, &mirrored.hi, End::cmp_upper).clone();
        Set::from_ends(End::Closed(N::zero()), hi)
    }

    /// Returns the lesser of each pair.
    pub fn min(&self, other: &Set<N>) -> Set<N> {
        Set::from_ends(
            lesser(&self.lo, &other.lo, End::cmp_lower).clone(),
            lesser(&self.hi, &other.hi, End::cmp_upper).clone(),
        )
    }

    /// Returns the greater of each pair.
    pub fn max(&self, other: &Set<N>) -> Set<N> {
        Set::from_ends(
            greater(&self.lo, &other.lo, End::cmp_lower).clone(),
            greater(&self.hi, &other.hi, End::cmp_upper).clone(),
        )
    }

    /// Returns the values times an exact factor.
    pub fn scale(&self, factor: &Exact) -> Set<N> {
        // Each end goes to an end where nothing is rounded and nothing turns.
        if N::EXACT && factor.signum() > 0 {
            let factor = N::from_exact(factor, Toward::Down);
            let times = |value: &N| value.mul(&factor, Toward::Down);
            return Set::from_ends(self.lo.map(times), self.hi.map(times));
        }
        self.mul(&Set::point(factor.clone()).widen_into())
    }

    /// Returns the `n`th powers, where anything to the power of zero is one.
    ///
    /// # Errors
    ///
    /// When an end of the result is larger than the arithmetic is willing to hold.
    ///
    /// ```
    /// use plumbrule::number::Exact;
    /// use plumbrule::set::Set;
    ///
    /// let around_zero = Set::open(Exact::from(-3), Exact::from(2)).unwrap();
    /// assert_eq!(around_zero.pow(2).unwrap().to_string(), "[0, 9)");
    /// assert_eq!(around_zero.pow(3).unwrap().to_string(), "(-27, 8)");
    /// ```
    pub fn pow(&self, n: u32) -> Result<Set<N>, Undefined> {
        if n == 0 {
            return Ok(Set::point(Exact::from(1)).widen_into());
        }
        let base = if n.is_multiple_of(2) {
            self.abs()
        } else {
            self.clone()
        };
        base.rising(|value, toward| value.pow(n, toward))
            .ok_or(Undefined::PowerTooLarge)
    }

    /// Returns the non-negative `n`th roots, enclosed as
    /// [`Exact::root_enclosure`] says where they are not rational.
    ///
    /// # Errors
    ///
    /// When the set holds a negative number, also for odd `n`, or when `n` is
    /// zero or above [`MAX_ROOT_DEGREE`](crate::number::MAX_ROOT_DEGREE).
    ///
    /// ```
    /// use plumbrule::number::Exact;
    /// use plumbrule::set::{Set, Undefined};
    ///
    /// assert_eq!(Set::above(Exact::from(4)).root(2), Ok(Set::above(Exact::from(2))));
    /// assert_eq!(Set::point(Exact::from(-8)).root(3), Err(Undefined::RootOfNegative));
    /// ```
    pub fn root(&self, n: u32) -> Result<Set<N>, Undefined> {
        if Limit::lower(&self.lo).sign() == Ordering::Less {
            return Err(Undefined::RootOfNegative);
        }
        self.rising(|value, toward| value.root(n, toward))
            .ok_or(Undefined::RootDegree)
    }

    /// Applies a function that rises with its argument and has no bound where
    /// the argument has none.
    fn rising(&self, function: impl Fn(&N, Toward) -> Option<N>) -> Option<Set<N>> {
        let end = |end: &End<N>, toward| match end.value() {
            Some(value) => Some(End::at(function(value, toward)?, end.is_closed())),
            None => Some(End::Unbounded),
        };
        Some(Set::from_ends(
            end(&self.lo, Toward::Down)?,
            end(&self.hi, Toward::Up)?,
        ))
    }
}

/// An end, or a value of a function at a corner of two sets, that knows on
/// which side it has no bound.
#[derive(Clone)]
enum Limit<N> {
    /// A number, and whether it is reached.
    Finite(N, bool),
    /// Infinity of this sign.
    Infinite(Ordering),
}

impl<N: Number> Limit<N> {
    fn lower(end: &End<N>) -> Limit<N> {
        Limit::of(end, Ordering::Less)
    }

    fn upper(end: &End<N>) -> Limit<N> {
        Limit::of(end, Ordering::Greater)
    }

    fn of(end: &End<N>, side: Ordering) -> Limit<N> {
        match end.value() {
            Some(value) => Limit::Finite(value.clone(), end.is_closed()),
            None => Limit::Infinite(side),
        }
    }

    /// Builds the limit from a rounded result; an overflow is always outward.
    fn rounded(value: N, reached: bool, toward: Toward) -> Limit<N> {
        match (value.is_finite(), toward) {
            (true, _) => Limit::Finite(value, reached),
            (false, Toward::Down) => Limit::Infinite(Ordering::Less),
            (false, Toward::Up) => Limit::Infinite(Ordering::Greater),
        }
    }

    fn sign(&self) -> Ordering {
        match self {
            Limit::Finite(value, _) => value.sign(),
            Limit::Infinite(sign) => *sign,
        }
    }

    fn is_zero(&self) -> bool {
        self.sign() == Ordering::Equal
    }

    fn is_reached(&self) -> bool {
        matches!(self, Limit::Finite(_, true))
    }

    fn compare(&self, other: &Limit<N>) -> Ordering {
        match (self, other) {
            (Limit::Finite(left, _), Limit::Finite(right, _)) => left.compare(right),
            (Limit::Finite(..), Limit::Infinite(sign)) => sign.reverse(),
            (Limit::Infinite(sign), Limit::Finite(..)) => *sign,
            (Limit::Infinite(left), Limit::Infinite(right)) => left.cmp(right),
        }
    }

    fn into_end(self) -> End<N> {
        match self {
            Limit::Finite(value, true) => End::Closed(value),
            Limit::Finite(value, false) => End::Open(value),
            Limit::Infinite(_) => End::Unbounded,
        }
    }
}

/// The values of two sets that have one each, in an arithmetic that rounds nothing: what most
/// figures are, and what needs no corners.
fn exact_points<'a, N: Number>(left: &'a Set<N>, right: &'a Set<N>) -> Option<(&'a N, &'a N)> {
    if N::EXACT {
        left.as_point().zip(right.as_point())
    } else {
        None
    }
}

/// Spans a function over two sets that takes its extremes at their corners.
///
/// Of corners with one value, the set reaches it if one of them does.
fn span_of_corners<N: Number>(
    left: &Set<N>,
    right: &Set<N>,
    function: impl Fn(&Limit<N>, &Limit<N>, Toward) -> Limit<N>,
) -> Set<N> {
    let (a, b) = (Limit::lower(&left.lo), Limit::upper(&left.hi));
    let (c, d) = (Limit::lower(&right.lo), Limit::upper(&right.hi));
    let extreme = |toward, wanted| {
        let first = function(&a, &c, toward);
        [(&a, &d), (&b, &c), (&b, &d)]
            .into_iter()
            .fold(first, |best, (x, y)| {
                let corner = function(x, y, toward);
                match corner.compare(&best) {
                    Ordering::Equal if best.is_reached() => best,
                    Ordering::Equal => corner,
                    order if order == wanted => corner,
                    _ => best,
                }
            })
    };
    Set::from_ends(
        extreme(Toward::Down, Ordering::Less).into_end(),
        extreme(Toward::Up, Ordering::Greater).into_end(),
    )
}

fn sign_of_product(left: Ordering, right: Ordering) -> Ordering {
    if right == Ordering::Less {
        left.reverse()
    } else {
        left
    }
}

fn product<N: Number>(a: &Limit<N>, b: &Limit<N>, toward: Toward) -> Limit<N> {
    if a.is_zero() || b.is_zero() {
        // A zero that is reached gives zero with any value of the other side,
        // so the other end need be neither reached nor finite.
        let reached = (a.is_zero() && a.is_reached()) || (b.is_zero() && b.is_reached());
        return Limit::Finite(N::zero(), reached);
    }
    match (a, b) {
        (Limit::Finite(x, x_reached), Limit::Finite(y, y_reached)) => {
            Limit::rounded(x.mul(y, toward), *x_reached && *y_reached, toward)
        }
        _ => Limit::Infinite(sign_of_product(a.sign(), b.sign())),
    }
}

/// Divides by a limit of a divisor that has one sign throughout.
fn quotient<N: Number>(
    a: &Limit<N>,
    b: &Limit<N>,
    divisor_sign: Ordering,
    toward: Toward,
) -> Limit<N> {
    if a.is_zero() {
        return Limit::Finite(N::zero(), a.is_reached());
    }
    let unbounded = Limit::Infinite(sign_of_product(a.sign(), divisor_sign));
    match (a, b) {
        // Also for an infinite dividend: any value of it, divided by ever
        // larger divisors, comes near zero. Other corners bound the far side.
        (_, Limit::Infinite(_)) => Limit::Finite(N::zero(), false),
        (Limit::Infinite(_), _) => unbounded,
        (Limit::Finite(x, x_reached), Limit::Finite(y, y_reached)) => match x.div(y, toward) {
            Some(value) => Limit::rounded(value, *x_reached && *y_reached, toward),
            // An open end at zero.
            None => unbounded,
        },
    }
}
