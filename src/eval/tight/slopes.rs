//! Slopes: how each step of arithmetic changes with one figure.

use super::{Cx, Dual};
use crate::eval::steps::enclosing;
use crate::number::{Exact, Number};
use crate::program::{TermId, TermKind, years_between};
use crate::set::{Comparison, Set, Truth};

impl<N: Number> Cx<'_, N> {
    /// The slope of one step in one unknown.
    pub(super) fn slope(
        &self,
        kind: &TermKind,
        parts: &[&Dual<N>],
        value: &Set<N>,
        unknown: TermId,
    ) -> Option<Set<N>> {
        let first = *parts.first()?;
        let zero = Set::<N>::point(N::zero());
        match kind {
            TermKind::Negative(_) => Some(slope_of(first, unknown).neg()),
            TermKind::Sum(terms) => {
                let mut total = zero;
                for (part, (is_minus, _)) in parts.iter().zip(terms) {
                    let slope = slope_of(part, unknown);
                    total = if *is_minus {
                        total.sub(&slope)
                    } else {
                        total.add(&slope)
                    };
                }
                Some(total)
            }
            TermKind::Product(factors) => product_slope(parts, factors, unknown),
            TermKind::Power(_, 0) => Some(zero),
            TermKind::Power(_, n) => {
                let below = first.value.pow(n - 1).ok()?;
                let n = Exact::from(i64::from(*n));
                Some(below.scale(&n).mul(&slope_of(first, unknown)))
            }
            TermKind::YearsRoot(_, from, to) => {
                // (u^(1/n))' = u^(1/n) / (n u) u'
                let years = years_between(*from, *to, self.frame.period)?;
                let n = Exact::from(i64::from(years));
                let below = first.value.scale(&n);
                value
                    .div(&below)
                    .ok()
                    .map(|part| part.mul(&slope_of(first, unknown)))
            }
            TermKind::Derived(..) => Some(slope_of(first, unknown)),
            // Of the smallest or largest any may be the one that counts.
            TermKind::Min(_) | TermKind::Max(_) => {
                let mut slopes = parts.iter().map(|part| slope_of(part, unknown));
                let start = slopes.next()?;
                Some(slopes.fold(start, |all, slope| all.hull(&slope)))
            }
            TermKind::Abs(_) => {
                let slope = slope_of(first, unknown);
                if crate::set::compare(Comparison::Ge, &first.value, &zero) == Truth::True {
                    Some(slope)
                } else if crate::set::compare(Comparison::Le, &first.value, &zero) == Truth::True {
                    Some(slope.neg())
                } else {
                    Some(slope.hull(&slope.neg()))
                }
            }
            _ => None,
        }
    }
}

pub(super) fn slope_of<N: Number>(dual: &Dual<N>, unknown: TermId) -> Set<N> {
    dual.slopes
        .get(&unknown)
        .cloned()
        .unwrap_or_else(|| Set::point(N::zero()))
}

/// (u v)' = u' v + u v' and (u / v)' = (u' - (u / v) v') / v, factor by factor.
fn product_slope<N: Number>(
    parts: &[&Dual<N>],
    factors: &[(bool, TermId)],
    unknown: TermId,
) -> Option<Set<N>> {
    let mut value = enclosing::<N>(&Exact::from(1));
    let mut slope = Set::<N>::point(N::zero());
    for (part, (is_divisor, _)) in parts.iter().zip(factors) {
        let own = slope_of(part, unknown);
        if *is_divisor {
            value = value.div(&part.value).ok()?;
            slope = slope.sub(&value.mul(&own)).div(&part.value).ok()?;
        } else {
            slope = slope.mul(&part.value).add(&value.mul(&own));
            value = value.mul(&part.value);
        }
    }
    Some(slope)
}
