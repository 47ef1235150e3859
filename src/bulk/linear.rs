//! Sums of numbers times fixed factors, as they are put together before anything is computed: exact, so
//! that what is computed later is whole numbers only. Never sees a figure.

use std::collections::BTreeMap;

use super::kernel::Num;
use crate::number::Exact;

/// Whole numbers above this are left to the exact evaluator.
const MOST: i128 = 1 << 52;

/// Numbers times factors, and a number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Linear {
    pub(super) parts: BTreeMap<Num, Exact>,
    pub(super) constant: Exact,
}

/// A quotient of two such sums; a divisor of none is 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quotient {
    pub(super) over: Linear,
    pub(super) under: Option<Linear>,
}

impl Linear {
    pub(super) fn constant(value: Exact) -> Linear {
        Linear {
            parts: BTreeMap::new(),
            constant: value,
        }
    }

    pub(super) fn of(number: Num, factor: Exact) -> Linear {
        Linear {
            parts: BTreeMap::from([(number, factor)]),
            constant: Exact::default(),
        }
    }

    /// The number that it always is.
    pub(super) fn as_constant(&self) -> Option<&Exact> {
        self.parts.is_empty().then_some(&self.constant)
    }

    pub(super) fn times(&self, factor: &Exact) -> Option<Linear> {
        // What is multiplied by 0 would no longer show that it is missing.
        if factor.is_zero() && !self.parts.is_empty() {
            return None;
        }
        let parts = self.parts.iter();
        Some(Linear {
            parts: parts.map(|(number, own)| (*number, own * factor)).collect(),
            constant: &self.constant * factor,
        })
    }

    pub(super) fn plus(&self, other: &Linear) -> Option<Linear> {
        let mut sum = self.clone();
        sum.constant = &sum.constant + &other.constant;
        for (number, factor) in &other.parts {
            let all = match sum.parts.get(number) {
                Some(own) => own + factor,
                None => factor.clone(),
            };
            // What cancels out would no longer show that it is missing.
            if all.is_zero() {
                return None;
            }
            sum.parts.insert(*number, all);
        }
        Some(sum)
    }

    pub(super) fn minus(&self, other: &Linear) -> Option<Linear> {
        self.plus(&other.times(&Exact::from(-1))?)
    }
}

/// Sums as whole multiples of one factor, which is above 0.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Whole {
    /// For each sum its parts and its constant.
    pub(super) sums: Vec<(Vec<(i64, Num)>, i64)>,
    pub(super) factor: Exact,
}

/// Brings sums to one factor; `None` where their numbers are too large for it.
pub(super) fn whole(sums: &[&Linear]) -> Option<Whole> {
    let all = || {
        let each = sums.iter();
        each.flat_map(|sum| sum.parts.values().chain(std::iter::once(&sum.constant)))
    };
    let (mut least_common, mut greatest_common) = (1i128, 0i128);
    for value in all() {
        let (_, under) = fraction(value)?;
        least_common = least_common.checked_mul(under / gcd(least_common, under))?;
    }
    for value in all() {
        let (over, under) = fraction(value)?;
        greatest_common = gcd(greatest_common, over.checked_mul(least_common / under)?);
    }
    let greatest_common = greatest_common.max(1);
    let scaled = |value: &Exact| {
        let (over, under) = fraction(value)?;
        let value = over.checked_mul(least_common / under)? / greatest_common;
        let is_small = value.checked_abs()? <= MOST;
        is_small.then(|| i64::try_from(value).ok()).flatten()
    };
    let sums = sums.iter().map(|sum| {
        let parts = sum.parts.iter();
        let parts = parts.map(|(number, factor)| Some((scaled(factor)?, *number)));
        Some((parts.collect::<Option<Vec<_>>>()?, scaled(&sum.constant)?))
    });
    let over = i64::try_from(greatest_common).ok()?;
    let under = i64::try_from(least_common).ok()?;
    Some(Whole {
        sums: sums.collect::<Option<Vec<_>>>()?,
        factor: Exact::ratio(over, under)?,
    })
}

fn gcd(a: i128, b: i128) -> i128 {
    num_integer::gcd(a, b)
}

fn fraction(value: &Exact) -> Option<(i128, i128)> {
    let (over, under) = value.numer_denom_strings();
    Some((over.parse().ok()?, under.parse().ok()?))
}

/// A whole number as a double, which is the same number.
pub(super) fn double(value: i64) -> f64 {
    // At most 2^52, see `MOST`.
    value as f64
}
