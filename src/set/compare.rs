//! Three-valued truth, and comparisons of sets that yield it.

use std::cmp::Ordering;
use std::ops::Not;

use super::Set;
use crate::number::Number;

/// A truth value of Kleene's strong three-valued logic.
///
/// The order is the order of truth: `and` is the lesser, `or` the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It does not hold, whatever the values are.
    False,
    /// The sets do not decide it.
    Unknown,
    /// It holds, whatever the values are.
    True,
}

impl Truth {
    /// Returns the conjunction: false as soon as one side is.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    /// Returns the disjunction: true as soon as one side is.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }

    /// Returns whether the second follows from the first: `!self or other`.
    #[must_use]
    pub fn implies(self, other: Truth) -> Truth {
        (!self).or(other)
    }

    /// Returns whether exactly one side holds: unknown as soon as one side is.
    #[must_use]
    pub fn xor(self, other: Truth) -> Truth {
        self.or(other).and(!self.and(other))
    }

    /// Says whether the truth is known.
    pub fn is_known(self) -> bool {
        self != Truth::Unknown
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Truth::True } else { Truth::False }
    }
}

impl Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }
}

/// A comparison of two quantities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// Below.
    Lt,
    /// Below or equal.
    Le,
    /// Above.
    Gt,
    /// Above or equal.
    Ge,
    /// Equal.
    Eq,
    /// Not equal.
    Ne,
}

impl Comparison {
    /// Every comparison.
    pub const ALL: [Comparison; 6] = [
        Comparison::Lt,
        Comparison::Le,
        Comparison::Gt,
        Comparison::Ge,
        Comparison::Eq,
        Comparison::Ne,
    ];

    /// Its sign, as a rule may write it.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::Lt => "<",
            Comparison::Le => "<=",
            Comparison::Gt => ">",
            Comparison::Ge => ">=",
            Comparison::Eq => "=",
            Comparison::Ne => "!=",
        }
    }

    /// The same comparison with its sides exchanged.
    #[must_use]
    pub fn turned(self) -> Comparison {
        match self {
            Comparison::Lt => Comparison::Gt,
            Comparison::Le => Comparison::Ge,
            Comparison::Gt => Comparison::Lt,
            Comparison::Ge => Comparison::Le,
            same => same,
        }
    }

    /// The comparison that holds exactly where this one does not.
    #[must_use]
    pub fn negated(self) -> Comparison {
        match self {
            Comparison::Lt => Comparison::Ge,
            Comparison::Le => Comparison::Gt,
            Comparison::Gt => Comparison::Le,
            Comparison::Ge => Comparison::Lt,
            Comparison::Eq => Comparison::Ne,
            Comparison::Ne => Comparison::Eq,
        }
    }

    /// Says whether the comparison holds between values of this order.
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            Comparison::Lt => order.is_lt(),
            Comparison::Le => order.is_le(),
            Comparison::Gt => order.is_gt(),
            Comparison::Ge => order.is_ge(),
            Comparison::Eq => order.is_eq(),
            Comparison::Ne => order.is_ne(),
        }
    }
}

/// Compares two quantities that vary independently of each other.
///
/// True when the comparison holds for every pair of values, false when it holds
/// for none, else unknown. Widening an operand can only make a truth unknown.
///
/// ```
/// use plumbrule::number::Exact;
/// use plumbrule::set::{Comparison, Set, Truth, compare};
///
/// let over_71 = Set::above(Exact::from(71));
/// let limit = Set::point(Exact::from(71));
/// assert_eq!(compare(Comparison::Gt, &over_71, &limit), Truth::True);
/// assert_eq!(compare(Comparison::Le, &over_71, &limit), Truth::False);
/// assert_eq!(compare(Comparison::Ge, &over_71, &Set::point(Exact::from(80))), Truth::Unknown);
/// ```
pub fn compare<N: Number>(op: Comparison, left: &Set<N>, right: &Set<N>) -> Truth {
    let decide = |holds: bool, fails: bool| match (holds, fails) {
        (true, _) => Truth::True,
        (_, true) => Truth::False,
        _ => Truth::Unknown,
    };
    match op {
        Comparison::Lt => decide(all_below(left, right), none_below(left, right)),
        Comparison::Gt => decide(all_below(right, left), none_below(right, left)),
        Comparison::Ge => !compare(Comparison::Lt, left, right),
        Comparison::Le => !compare(Comparison::Gt, left, right),
        Comparison::Eq => {
            let same = left.is_point() && right.is_point() && left == right;
            decide(same, all_below(left, right) || all_below(right, left))
        }
        Comparison::Ne => !compare(Comparison::Eq, left, right),
    }
}

/// Says whether every value of `left` is below every value of `right`.
fn all_below<N: Number>(left: &Set<N>, right: &Set<N>) -> bool {
    let (Some(greatest), Some(least)) = (left.hi.value(), right.lo.value()) else {
        return false;
    };
    match greatest.compare(least) {
        Ordering::Less => true,
        Ordering::Equal => !(left.hi.is_closed() && right.lo.is_closed()),
        Ordering::Greater => false,
    }
}

/// Says whether no value of `left` is below any value of `right`.
fn none_below<N: Number>(left: &Set<N>, right: &Set<N>) -> bool {
    match (left.lo.value(), right.hi.value()) {
        (Some(least), Some(greatest)) => least.compare(greatest) != Ordering::Less,
        _ => false,
    }
}
