//! Quotients of polynomials in figures, written out so that what cancels does so.
//!
//! Exact and small: an expression that would grow beyond a bound has no such form,
//! and neither has one that bends, such as the smallest of two.

use std::collections::BTreeMap;

use crate::number::{Exact, Number};
use crate::program::{TermId, TermKind};
use crate::set::Set;

/// Most summands of a polynomial.
const MOST_SUMMANDS: usize = 48;
/// Highest power of a figure, or of all figures in one product.
const HIGHEST_POWER: u32 = 12;

/// Figures with their powers, in order.
type Powers = BTreeMap<TermId, u32>;

/// A sum of products of figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Polynomial(BTreeMap<Vec<(TermId, u32)>, Exact>);

impl Polynomial {
    fn constant(value: Exact) -> Polynomial {
        Polynomial::default().with(Vec::new(), &value)
    }

    fn variable(term: TermId) -> Polynomial {
        Polynomial::default().with(vec![(term, 1)], &Exact::from(1))
    }

    fn with(mut self, powers: Vec<(TermId, u32)>, factor: &Exact) -> Polynomial {
        let sum = self.0.remove(&powers).unwrap_or_default() + factor.clone();
        if !sum.is_zero() {
            self.0.insert(powers, sum);
        }
        self
    }

    fn add(&self, other: &Polynomial, sign: i64) -> Option<Polynomial> {
        let sign = Exact::from(sign);
        let mut sum = self.clone();
        for (powers, factor) in &other.0 {
            sum = sum.with(powers.clone(), &(factor * &sign));
        }
        (sum.0.len() <= MOST_SUMMANDS).then_some(sum)
    }

    fn mul(&self, other: &Polynomial) -> Option<Polynomial> {
        let mut product = Polynomial::default();
        for (left, a) in &self.0 {
            for (right, b) in &other.0 {
                let mut powers: Powers = left.iter().copied().collect();
                for (term, n) in right {
                    *powers.entry(*term).or_insert(0) += n;
                }
                if powers.values().sum::<u32>() > HIGHEST_POWER {
                    return None;
                }
                product = product.with(powers.into_iter().collect(), &(a * b));
            }
            if product.0.len() > MOST_SUMMANDS {
                return None;
            }
        }
        Some(product)
    }

    /// The slope in one figure.
    fn slope(&self, term: TermId) -> Polynomial {
        let mut slope = Polynomial::default();
        for (powers, factor) in &self.0 {
            let mut powers: Powers = powers.iter().copied().collect();
            let Some(n) = powers.remove(&term) else {
                continue;
            };
            if n > 1 {
                powers.insert(term, n - 1);
            }
            let factor = factor * &Exact::from(i64::from(n));
            slope = slope.with(powers.into_iter().collect(), &factor);
        }
        slope
    }

    fn is_constant(&self) -> bool {
        self.0.keys().all(Vec::is_empty)
    }

    /// Its values where figures have these.
    fn over<N: Number>(&self, values: &impl Fn(TermId) -> Option<Set<N>>) -> Option<Set<N>> {
        let mut total = Set::<N>::point(N::zero());
        for (powers, factor) in &self.0 {
            let mut product = Set::point(factor.clone()).widen_into::<N>();
            for (term, n) in powers {
                product = product.mul(&values(*term)?.pow(*n).ok()?);
            }
            total = total.add(&product);
        }
        Some(total)
    }
}

/// A quotient of polynomials.
#[derive(Debug, Clone)]
pub(super) struct Rational {
    above: Polynomial,
    below: Polynomial,
}

impl Rational {
    pub(super) fn constant(value: Exact) -> Rational {
        Rational {
            above: Polynomial::constant(value),
            below: Polynomial::constant(Exact::from(1)),
        }
    }

    pub(super) fn variable(term: TermId) -> Rational {
        Rational {
            above: Polynomial::variable(term),
            below: Polynomial::constant(Exact::from(1)),
        }
    }

    pub(super) fn add(&self, other: &Rational, sign: i64) -> Option<Rational> {
        if self.below == other.below {
            let above = self.above.add(&other.above, sign)?;
            let below = self.below.clone();
            return Some(Rational { above, below });
        }
        let left = self.above.mul(&other.below)?;
        let right = other.above.mul(&self.below)?;
        Some(Rational {
            above: left.add(&right, sign)?,
            below: self.below.mul(&other.below)?,
        })
    }

    fn mul(&self, other: &Rational) -> Option<Rational> {
        Some(Rational {
            above: self.above.mul(&other.above)?,
            below: self.below.mul(&other.below)?,
        })
    }

    fn turned(&self) -> Rational {
        Rational {
            above: self.below.clone(),
            below: self.above.clone(),
        }
    }

    /// One step of arithmetic, where it leads to a quotient of polynomials.
    pub(super) fn step(kind: &TermKind, parts: &[&Rational]) -> Option<Rational> {
        let first = *parts.first()?;
        match kind {
            TermKind::Negative(_) => Rational::constant(Exact::from(0)).add(first, -1),
            TermKind::Sum(terms) => {
                let mut total = Rational::constant(Exact::from(0));
                for (part, (is_minus, _)) in parts.iter().zip(terms) {
                    total = total.add(part, if *is_minus { -1 } else { 1 })?;
                }
                Some(total)
            }
            TermKind::Product(factors) => {
                let mut total = Rational::constant(Exact::from(1));
                for (part, (is_divisor, _)) in parts.iter().zip(factors) {
                    total = match is_divisor {
                        true => total.mul(&part.turned())?,
                        false => total.mul(part)?,
                    };
                }
                Some(total)
            }
            TermKind::Power(_, n) if *n <= HIGHEST_POWER => {
                let mut total = Rational::constant(Exact::from(1));
                for _ in 0..*n {
                    total = total.mul(first)?;
                }
                Some(total)
            }
            TermKind::Derived(..) => Some(first.clone()),
            _ => None,
        }
    }

    /// What has the sign of its slope in one figure, wherever it has a value.
    pub(super) fn slope<N: Number>(
        &self,
        term: TermId,
        values: &impl Fn(TermId) -> Option<Set<N>>,
    ) -> Option<Set<N>> {
        let rising = self.above.slope(term).mul(&self.below)?;
        let falling = self.above.mul(&self.below.slope(term))?;
        rising.add(&falling, -1)?.over(values)
    }

    /// What has its sign, wherever it has a value.
    pub(super) fn sign<N: Number>(
        &self,
        values: &impl Fn(TermId) -> Option<Set<N>>,
    ) -> Option<Set<N>> {
        let above = self.above.over(values)?;
        if self.above.0.is_empty() {
            return Some(above);
        }
        Some(above.mul(&self.below.over(values)?))
    }

    /// Whether it has no divisor, so that it has no bound where a figure has none.
    pub(super) fn is_polynomial(&self) -> bool {
        self.below.is_constant()
    }
}
