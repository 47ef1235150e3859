//! A sum of products of figures.

use std::collections::BTreeMap;

use crate::number::Exact;

/// Figures that are multiplied with each other.
const MOST_FACTORS: usize = 3;

/// Products in one sum.
const MOST_PRODUCTS: usize = 2_000;

/// A sum of products of figures, each with its coefficient; the product of none is the constant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Sum(BTreeMap<Vec<usize>, Exact>);

impl Sum {
    /// A number.
    pub(crate) fn constant(value: Exact) -> Sum {
        Sum::of(Vec::new(), value)
    }

    /// A figure, by its place.
    pub(crate) fn figure(place: usize) -> Sum {
        Sum::of(vec![place], Exact::from(1))
    }

    fn of(product: Vec<usize>, value: Exact) -> Sum {
        let mut sum = Sum::default();
        sum.add(product, value);
        sum
    }

    fn add(&mut self, product: Vec<usize>, value: Exact) {
        let known = self.0.remove(&product).unwrap_or_default();
        let value = &known + &value;
        if !value.is_zero() {
            self.0.insert(product, value);
        }
    }

    pub(crate) fn plus(&self, other: &Sum) -> Sum {
        let mut sum = self.clone();
        for (product, value) in &other.0 {
            sum.add(product.clone(), value.clone());
        }
        sum
    }

    pub(crate) fn minus(&self, other: &Sum) -> Sum {
        self.plus(&other.scaled(&Exact::from(-1)))
    }

    pub(crate) fn scaled(&self, by: &Exact) -> Sum {
        let mut sum = Sum::default();
        for (product, value) in &self.0 {
            sum.add(product.clone(), value * by);
        }
        sum
    }

    /// The product of two sums; nothing where too many figures are multiplied with each other.
    pub(crate) fn times(&self, other: &Sum) -> Option<Sum> {
        if self.0.len().saturating_mul(other.0.len()) > MOST_PRODUCTS {
            return None;
        }
        let mut sum = Sum::default();
        for (one, factor) in &self.0 {
            for (two, value) in &other.0 {
                let mut product = one.clone();
                product.extend(two);
                product.sort_unstable();
                if product.len() > MOST_FACTORS {
                    return None;
                }
                sum.add(product, factor * value);
            }
        }
        Some(sum)
    }

    /// The number, where no figure stands in it.
    pub(crate) fn as_constant(&self) -> Option<Exact> {
        let is_constant = self.0.keys().all(Vec::is_empty);
        is_constant.then(|| self.0.values().next().cloned().unwrap_or_default())
    }

    /// The figures with their coefficients, and the number beside them; nothing where figures are
    /// multiplied with each other.
    pub(crate) fn linear(&self) -> Option<(Vec<(usize, Exact)>, Exact)> {
        let mut terms = Vec::new();
        let mut beside = Exact::from(0);
        for (product, value) in &self.0 {
            match product.as_slice() {
                [] => beside = value.clone(),
                [figure] => terms.push((*figure, value.clone())),
                _ => return None,
            }
        }
        Some((terms, beside))
    }

    /// All figures in it, each once and in order.
    pub(crate) fn figures(&self) -> Vec<usize> {
        let mut all: Vec<usize> = self.0.keys().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The sum as A + B * figure, with nothing multiplied in A and B.
    pub(crate) fn by(&self, figure: usize) -> Option<(Sum, Sum)> {
        let (mut beside, mut times) = (Sum::default(), Sum::default());
        for (product, value) in &self.0 {
            match product.as_slice() {
                [one, two] if *one == figure && *two != figure => {
                    times.add(vec![*two], value.clone());
                }
                [one, two] if *two == figure && *one != figure => {
                    times.add(vec![*one], value.clone());
                }
                [one] if *one == figure => times.add(Vec::new(), value.clone()),
                [] | [_] => beside.add(product.clone(), value.clone()),
                _ => return None,
            }
        }
        Some((beside, times))
    }
}
