//! What is known of a quantity: a non-empty interval with open, closed or
//! absent ends. Results enclose every value that the operands allow, and no
//! operation here knows that two operands may be the same figure.

mod arithmetic;
mod compare;

pub use arithmetic::Undefined;
pub use compare::{Comparison, Truth, compare};

use std::cmp::Ordering;
use std::fmt;

use crate::number::{Exact, Number, Toward};

/// One end of a [`Set`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum End<N = Exact> {
    /// There is no end on this side.
    Unbounded,
    /// The end does not belong to the set.
    Open(N),
    /// The end belongs to the set.
    Closed(N),
}

impl<N> End<N> {
    /// Returns the number at the end, if there is one.
    pub fn value(&self) -> Option<&N> {
        match self {
            End::Unbounded => None,
            End::Open(value) | End::Closed(value) => Some(value),
        }
    }

    /// Says whether the end belongs to the set.
    pub fn is_closed(&self) -> bool {
        matches!(self, End::Closed(_))
    }
}

impl<N: Number> End<N> {
    /// Builds an end, without bound when the number overflowed.
    fn at(value: N, closed: bool) -> End<N> {
        match (value.is_finite(), closed) {
            (false, _) => End::Unbounded,
            (true, true) => End::Closed(value),
            (true, false) => End::Open(value),
        }
    }

    /// Applies a function that keeps the order of numbers.
    fn map(&self, function: impl FnOnce(&N) -> N) -> End<N> {
        match self.value() {
            Some(value) => End::at(function(value), self.is_closed()),
            None => End::Unbounded,
        }
    }

    fn closed(&self) -> End<N> {
        match self {
            End::Open(value) => End::Closed(value.clone()),
            _ => self.clone(),
        }
    }

    /// Orders lower ends: the one that lets in more comes first.
    fn cmp_lower(&self, other: &End<N>) -> Ordering {
        match (self.value(), other.value()) {
            (Some(left), Some(right)) => left
                .compare(right)
                .then(other.is_closed().cmp(&self.is_closed())),
            (left, right) => left.is_some().cmp(&right.is_some()),
        }
    }

    /// Orders upper ends: the one that lets in more comes last.
    fn cmp_upper(&self, other: &End<N>) -> Ordering {
        match (self.value(), other.value()) {
            (Some(left), Some(right)) => left
                .compare(right)
                .then(self.is_closed().cmp(&other.is_closed())),
            (left, right) => right.is_some().cmp(&left.is_some()),
        }
    }
}

/// The values that a quantity may have: an interval that is never empty.
///
/// Equality is equality of the sets, not of the quantities; see [`compare`].
///
/// ```
/// use plumbrule::number::Exact;
/// use plumbrule::set::Set;
///
/// let over_71 = Set::above(Exact::from(71));
/// assert_eq!(over_71.to_string(), "(71, +∞)");
/// assert!(!over_71.contains(&Exact::from(71)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Set<N = Exact> {
    // INVARIANT: some number lies between the ends. `new` refuses any others,
    // and `from_ends` is called only with ends taken from such sets.
    lo: End<N>,
    hi: End<N>,
}

impl<N: Number> Set<N> {
    /// Returns the set between two ends, or `None` when nothing lies between them.
    ///
    /// ```
    /// use plumbrule::number::Exact;
    /// use plumbrule::set::{End, Set};
    ///
    /// let one = Exact::from(1);
    /// assert_eq!(Set::new(End::Open(one.clone()), End::Closed(one)), None);
    /// ```
    pub fn new(lo: End<N>, hi: End<N>) -> Option<Set<N>> {
        let empty = match (lo.value(), hi.value()) {
            (Some(least), Some(greatest)) => match least.compare(greatest) {
                Ordering::Less => false,
                Ordering::Equal => !(lo.is_closed() && hi.is_closed()),
                Ordering::Greater => true,
            },
            _ => false,
        };
        (!empty).then_some(Set { lo, hi })
    }

    fn from_ends(lo: End<N>, hi: End<N>) -> Set<N> {
        Set { lo, hi }
    }

    /// Returns the set of one value.
    pub fn point(value: N) -> Set<N> {
        Set::from_ends(End::Closed(value.clone()), End::Closed(value))
    }

    /// Returns the smallest set of another arithmetic that holds this one.
    ///
    /// In the meaning, [`Exact`], that is the same set.
    pub fn widen_into<M: Number>(&self) -> Set<M> {
        let end = |end: &End<N>, toward| match end.value() {
            Some(value) => End::at(M::from_exact(&value.to_exact(), toward), end.is_closed()),
            None => End::Unbounded,
        };
        Set::from_ends(end(&self.lo, Toward::Down), end(&self.hi, Toward::Up))
    }

    /// Returns `[lo, hi]`, or `None` when `lo` is above `hi`.
    pub fn closed(lo: N, hi: N) -> Option<Set<N>> {
        Set::new(End::Closed(lo), End::Closed(hi))
    }

    /// Returns `(lo, hi)`, or `None` unless `lo` is below `hi`.
    pub fn open(lo: N, hi: N) -> Option<Set<N>> {
        Set::new(End::Open(lo), End::Open(hi))
    }

    /// Returns `(lo, +∞)`.
    pub fn above(lo: N) -> Set<N> {
        Set::from_ends(End::Open(lo), End::Unbounded)
    }

    /// Returns `[lo, +∞)`.
    pub fn at_least(lo: N) -> Set<N> {
        Set::from_ends(End::Closed(lo), End::Unbounded)
    }

    /// Returns `(-∞, hi)`.
    pub fn below(hi: N) -> Set<N> {
        Set::from_ends(End::Unbounded, End::Open(hi))
    }

    /// Returns `(-∞, hi]`.
    pub fn at_most(hi: N) -> Set<N> {
        Set::from_ends(End::Unbounded, End::Closed(hi))
    }

    /// Returns the set of all numbers.
    pub fn all() -> Set<N> {
        Set::from_ends(End::Unbounded, End::Unbounded)
    }

    /// Returns the lower end.
    pub fn lo(&self) -> &End<N> {
        &self.lo
    }

    /// Returns the upper end.
    pub fn hi(&self) -> &End<N> {
        &self.hi
    }

    /// Says whether the set has one value only.
    pub fn is_point(&self) -> bool {
        self.as_point().is_some()
    }

    /// Returns the value of a set that has one only.
    pub fn as_point(&self) -> Option<&N> {
        match (&self.lo, &self.hi) {
            (End::Closed(lo), End::Closed(hi)) if lo.compare(hi) == Ordering::Equal => Some(lo),
            _ => None,
        }
    }

    /// Says whether a value belongs to the set.
    pub fn contains(&self, value: &N) -> bool {
        let above_lo = match &self.lo {
            End::Unbounded => true,
            End::Open(lo) => lo.compare(value) == Ordering::Less,
            End::Closed(lo) => lo.compare(value) != Ordering::Greater,
        };
        let below_hi = match &self.hi {
            End::Unbounded => true,
            End::Open(hi) => value.compare(hi) == Ordering::Less,
            End::Closed(hi) => value.compare(hi) != Ordering::Greater,
        };
        above_lo && below_hi
    }

    /// Says whether zero belongs to the set.
    pub fn contains_zero(&self) -> bool {
        self.contains(&N::zero())
    }

    /// Returns the distance between the ends, or `None` when one is absent or
    /// the distance overflows.
    pub fn width(&self) -> Option<N> {
        let width = self.hi.value()?.sub(self.lo.value()?, Toward::Up);
        width.is_finite().then_some(width)
    }

    /// Returns the smallest set that holds both.
    pub fn hull(&self, other: &Set<N>) -> Set<N> {
        Set::from_ends(
            lesser(&self.lo, &other.lo, End::cmp_lower).clone(),
            greater(&self.hi, &other.hi, End::cmp_upper).clone(),
        )
    }

    /// Returns the values of both, or `None` when they share none.
    pub fn intersect(&self, other: &Set<N>) -> Option<Set<N>> {
        Set::new(
            greater(&self.lo, &other.lo, End::cmp_lower).clone(),
            lesser(&self.hi, &other.hi, End::cmp_upper).clone(),
        )
    }

    /// Returns the set with its ends.
    pub fn closure(&self) -> Set<N> {
        Set::from_ends(self.lo.closed(), self.hi.closed())
    }

    /// Returns the values of both sets with their ends, or `None`.
    ///
    /// Printed figures are compared so: rounding never makes a contradiction.
    ///
    /// ```
    /// use plumbrule::number::Exact;
    /// use plumbrule::set::Set;
    ///
    /// let over = Set::above(Exact::from(71));
    /// let at = Set::point(Exact::from(71));
    /// assert_eq!(over.intersect(&at), None);
    /// assert_eq!(over.intersect_closed(&at), Some(at));
    /// ```
    pub fn intersect_closed(&self, other: &Set<N>) -> Option<Set<N>> {
        self.closure().intersect(&other.closure())
    }

    /// Says whether the sets with their ends share a value.
    pub fn meets_closed(&self, other: &Set<N>) -> bool {
        self.intersect_closed(other).is_some()
    }

    /// Returns the distance between the sets, or `None` when the sets with
    /// their ends share a value.
    pub fn gap(&self, other: &Set<N>) -> Option<N> {
        let between = |left: &Set<N>, right: &Set<N>| {
            let (hi, lo) = (left.hi.value()?, right.lo.value()?);
            (hi.compare(lo) == Ordering::Less).then(|| lo.sub(hi, Toward::Down))
        };
        between(self, other).or_else(|| between(other, self))
    }
}

/// A set among others, in the order of their lower ends, then of their upper ends: to find sets that are the same. The
/// order says nothing of the quantities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ByEnds<'s, N: Eq = Exact>(pub(crate) &'s Set<N>);

impl<N: Number + Eq> Ord for ByEnds<'_, N> {
    fn cmp(&self, other: &Self) -> Ordering {
        let upper = || self.0.hi.cmp_upper(&other.0.hi);
        self.0.lo.cmp_lower(&other.0.lo).then_with(upper)
    }
}

impl<N: Number + Eq> PartialOrd for ByEnds<'_, N> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn lesser<'a, N>(
    left: &'a End<N>,
    right: &'a End<N>,
    order: impl Fn(&End<N>, &End<N>) -> Ordering,
) -> &'a End<N> {
    if order(left, right) == Ordering::Greater {
        right
    } else {
        left
    }
}

fn greater<'a, N>(
    left: &'a End<N>,
    right: &'a End<N>,
    order: impl Fn(&End<N>, &End<N>) -> Ordering,
) -> &'a End<N> {
    if order(left, right) == Ordering::Less {
        right
    } else {
        left
    }
}

/// Prints a point as `{71}`, any other set as an interval: `[56.65, 56.75]`, `(71, +∞)`.
impl<N: Number> fmt::Display for Set<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(value) = self.as_point() {
            return write!(f, "{{{}}}", value.to_exact());
        }
        match &self.lo {
            End::Unbounded => write!(f, "(-∞, ")?,
            End::Open(lo) => write!(f, "({}, ", lo.to_exact())?,
            End::Closed(lo) => write!(f, "[{}, ", lo.to_exact())?,
        }
        match &self.hi {
            End::Unbounded => write!(f, "+∞)"),
            End::Open(hi) => write!(f, "{})", hi.to_exact()),
            End::Closed(hi) => write!(f, "{}]", hi.to_exact()),
        }
    }
}
