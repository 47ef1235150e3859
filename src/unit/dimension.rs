//! Dimensions: kinds with exponents go in, products, quotients and powers come out, always in one
//! form. Never knows what a kind is.

use std::collections::BTreeMap;

/// A base kind: a thing that is counted or measured, declared in rule files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindId(u32);

impl KindId {
    pub(super) fn new(index: u32) -> Self {
        Self(index)
    }

    /// Returns the place in the order of declaration.
    #[must_use]
    pub fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// What a unit measures: base kinds with their exponents.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Dimension {
    // INVARIANT: sorted by kind, each kind once, no exponent of 0.
    factors: Vec<(KindId, i32)>,
}

impl Dimension {
    /// Returns the dimension of a pure number.
    #[must_use]
    pub fn one() -> Self {
        Self::default()
    }

    /// Returns the dimension of a base kind.
    #[must_use]
    pub fn of(kind: KindId) -> Self {
        Self {
            factors: vec![(kind, 1)],
        }
    }

    /// Returns the dimension of a product.
    #[must_use]
    pub fn mul(&self, other: &Self) -> Self {
        Self::collect(self.factors.iter().chain(&other.factors).copied())
    }

    /// Returns the dimension of a quotient.
    #[must_use]
    pub fn div(&self, other: &Self) -> Self {
        self.mul(&other.pow(-1))
    }

    /// Returns the dimension of a power.
    #[must_use]
    pub fn pow(&self, exponent: i32) -> Self {
        Self::collect(
            self.factors
                .iter()
                .map(|(k, e)| (*k, e.saturating_mul(exponent))),
        )
    }

    /// Says whether this is the dimension of a pure number.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.factors.is_empty()
    }

    /// Returns the kinds with their exponents, in order.
    #[must_use]
    pub fn factors(&self) -> &[(KindId, i32)] {
        &self.factors
    }

    pub(super) fn map_kinds(&self, map: impl Fn(KindId) -> KindId) -> Self {
        Self::collect(self.factors.iter().map(|(k, e)| (map(*k), *e)))
    }

    fn collect(factors: impl Iterator<Item = (KindId, i32)>) -> Self {
        let mut sums: BTreeMap<KindId, i32> = BTreeMap::new();
        for (kind, exponent) in factors {
            let sum = sums.entry(kind).or_default();
            *sum = sum.saturating_add(exponent);
        }
        Self {
            factors: sums.into_iter().filter(|(_, e)| *e != 0).collect(),
        }
    }
}
