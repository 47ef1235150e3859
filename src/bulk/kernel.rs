//! Steps of a computation over some thousand rows in doubles, each with a bound of its error. A step says
//! yes, no or missing only where that is proved, and else that it is open. Never allocates a row.

#![expect(
    clippy::float_arithmetic,
    reason = "every double stands with a bound of its error, and what the bound leaves open is decided exactly"
)]

use std::mem::take;

use super::wide::wide;
use crate::set::Comparison;

mod logic;
mod numbers;

use numbers::{
    View, abs, against, div, divided, greater, lesser, missing, mul, pick, rounding, undefined,
};

pub(super) use logic::Joint;

/// Rows that are computed at a time: some columns of them fit into the first cache.
pub(super) const ROWS: usize = 2048;

/// No.
pub(super) const NO: u8 = 0;
/// Yes.
pub(super) const YES: u8 = 1;
/// Unknown, as a figure is missing and for no other reason.
pub(super) const MISSING: u8 = 2;
/// Not decided by doubles.
pub(super) const OPEN: u8 = 3;

/// Whole numbers up to here stand exactly, and so does a sum or product whose double is not above it.
const WHOLE: f64 = 4_503_599_627_370_496.0;
/// Added and taken away again, it leaves a number without its fraction.
const ROUNDER: f64 = 6_755_399_441_055_744.0;
/// Twice the greatest relative error of one operation.
const UNIT: f64 = f64::EPSILON;
/// Larger than what is lost where bounds of errors are themselves rounded.
const WIDER: f64 = 1.0 + 1e-9;

/// So small that only what is lost altogether is more than nothing.
const LOST: f64 = 1e-200;

/// A number of every row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Num(pub(super) usize);

/// A condition of every row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tru(pub(super) usize);

/// What a column is held against, as the doubles of its printed decimals are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cut {
    pub(super) op: Comparison,
    /// A limit that no double has is NaN where equality is asked for.
    pub(super) limit: f64,
}

/// One step. Numbers are whole wherever their bound of error is 0; a missing one is NaN.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// A column times a power of ten, so that its decimals are whole.
    Take(usize, f64, Num),
    /// Numbers times whole numbers, and a whole number.
    Linear(Vec<(f64, Num)>, f64, Num),
    /// A product.
    Mul(Num, Num, Num),
    /// A quotient.
    Div(Num, Num, Num),
    /// Without sign.
    Abs(Num, Num),
    /// The greater where `true`, else the lesser.
    Extreme(bool, Num, Num, Num),
    /// One number or another.
    Choose(Tru, Num, Num, Num),
    /// The first, and where it is missing the second.
    Pick(Num, Num, Num),
    /// A column against a limit.
    Cut(usize, Cut, Tru),
    /// A number, or its quotient by another, against 0.
    Against(Comparison, Num, Option<Num>, Tru),
    /// Whether a column has a figure.
    Present(usize, Tru),
    /// The same for every row.
    Fixed(u8, Tru),
    /// The opposite.
    Not(Tru, Tru),
    /// All of them.
    All(Vec<Tru>, Tru),
    /// Any of them.
    Any(Vec<Tru>, Tru),
    /// So many of them, or more.
    AtLeast(usize, Vec<Tru>, Tru),
    /// Whether both are the same.
    Same(Tru, Tru, Tru),
    /// One condition or another.
    Either(Tru, Tru, Tru, Tru),
    /// Missing as soon as one of these columns or numbers is.
    Strict(Tru, Vec<usize>, Vec<Num>, Tru),
    /// Which outcomes of a decision follow.
    Joint(Joint),
}

/// The numbers of one step.
#[derive(Debug, Clone, Default)]
struct Values {
    v: Vec<f64>,
    /// Bounds of the errors; of use only where not all are exact.
    e: Vec<f64>,
    /// All are whole and exact, or missing.
    is_exact: bool,
    /// No exact one is above this.
    most: f64,
}

/// Where the steps of one thread are computed.
#[derive(Debug, Clone)]
pub(super) struct Bench {
    numbers: Vec<Values>,
    truths: Vec<Vec<u8>>,
    zeros: Vec<f64>,
}

impl Bench {
    /// Room for so many numbers and conditions.
    pub(super) fn new(n_numbers: usize, n_truths: usize) -> Bench {
        let values = Values {
            v: vec![0.0; ROWS],
            e: vec![0.0; ROWS],
            is_exact: true,
            most: 0.0,
        };
        Bench {
            numbers: vec![values; n_numbers],
            truths: vec![vec![0; ROWS]; n_truths],
            zeros: vec![0.0; ROWS],
        }
    }

    /// The condition of every row.
    pub(super) fn truth(&self, at: Tru) -> &[u8] {
        self.truths.get(at.0).map_or(&[], Vec::as_slice)
    }

    /// Computes all steps for rows whose columns are given.
    pub(super) fn run(&mut self, steps: &[Step], columns: &[&[f64]], n: usize) {
        wide(
            #[inline(always)]
            || self.steps(steps, columns, n),
        );
    }

    #[inline(always)]
    fn steps(&mut self, steps: &[Step], columns: &[&[f64]], n: usize) {
        for step in steps {
            match step {
                Step::Take(column, power, to) => {
                    let values = column_of(columns, *column, n);
                    self.make(
                        *to,
                        #[inline(always)]
                        |to, _| to.scaled(values, *power),
                    );
                }
                Step::Linear(parts, constant, to) => self.linear(parts, *constant, *to, n),
                Step::Mul(a, b, to) => self.two(*a, *b, *to, n, mul),
                Step::Div(a, b, to) => self.two(*a, *b, *to, n, div),
                Step::Abs(a, to) => self.two(*a, *a, *to, n, abs),
                Step::Extreme(true, a, b, to) => self.two(*a, *b, *to, n, greater),
                Step::Extreme(false, a, b, to) => self.two(*a, *b, *to, n, lesser),
                Step::Pick(a, b, to) => self.two(*a, *b, *to, n, pick),
                Step::Choose(condition, a, b, to) => self.choose(*condition, (*a, *b), *to, n),
                Step::Cut(column, cut, to) => {
                    let values = column_of(columns, *column, n);
                    self.decide(
                        *to,
                        n,
                        #[inline(always)]
                        |to, _| cut.hold(values, to),
                    );
                }
                Step::Against(op, a, None, to) => {
                    self.decide(
                        *to,
                        n,
                        #[inline(always)]
                        |to, bench| against(*op, bench.view(*a, n), to),
                    );
                }
                Step::Against(op, a, Some(by), to) => {
                    self.decide(
                        *to,
                        n,
                        #[inline(always)]
                        |to, bench| {
                            divided(*op, bench.view(*a, n), bench.view(*by, n), to);
                        },
                    );
                }
                Step::Present(column, to) => {
                    let values = column_of(columns, *column, n);
                    self.decide(
                        *to,
                        n,
                        #[inline(always)]
                        |to, _| {
                            for (to, x) in to.iter_mut().zip(values) {
                                *to = u8::from(!x.is_nan());
                            }
                        },
                    );
                }
                Step::Strict(inner, named, numbers, to) => {
                    self.decide(
                        *to,
                        n,
                        #[inline(always)]
                        |to, bench| {
                            let own = bench.truth(*inner);
                            to.iter_mut().zip(own).for_each(|(to, own)| *to = *own);
                            for column in named {
                                missing(to, column_of(columns, *column, n));
                            }
                            let views = || numbers.iter().map(|number| bench.view(*number, n));
                            views().for_each(|view| missing(to, view.v));
                            views().for_each(|view| undefined(to, view.e));
                        },
                    );
                }
                other => self.logic(other, n),
            }
        }
    }

    #[inline(always)]
    fn view(&self, at: Num, n: usize) -> View<'_> {
        let Some(values) = self.numbers.get(at.0) else {
            return View::default();
        };
        let e = if values.is_exact {
            &self.zeros
        } else {
            &values.e
        };
        View {
            v: values.v.get(..n).unwrap_or(&[]),
            e: e.get(..n).unwrap_or(&[]),
            is_exact: values.is_exact,
            most: values.most,
        }
    }

    #[inline(always)]
    fn make(&mut self, to: Num, with: impl FnOnce(&mut Values, &Bench)) {
        let Some(mut values) = self.numbers.get_mut(to.0).map(take) else {
            return;
        };
        with(&mut values, self);
        if let Some(at) = self.numbers.get_mut(to.0) {
            *at = values;
        }
    }

    #[inline(always)]
    fn decide(&mut self, to: Tru, n: usize, with: impl FnOnce(&mut [u8], &Bench)) {
        let Some(mut truths) = self.truths.get_mut(to.0).map(take) else {
            return;
        };
        with(truths.get_mut(..n).unwrap_or(&mut []), self);
        if let Some(at) = self.truths.get_mut(to.0) {
            *at = truths;
        }
    }

    #[inline(always)]
    fn linear(&mut self, parts: &[(f64, Num)], constant: f64, to: Num, n: usize) {
        self.make(
            to,
            #[inline(always)]
            |to, bench| {
                let mut most = constant.abs();
                let mut is_exact = most <= WHOLE;
                for (factor, part) in parts {
                    let view = bench.view(*part, n);
                    is_exact &= view.is_exact;
                    most += factor.abs() * view.most;
                }
                to.is_exact = is_exact && most <= WHOLE;
                to.most = most;
                let v = to.v.get_mut(..n).unwrap_or(&mut []);
                let e = to.e.get_mut(..n).unwrap_or(&mut []);
                v.fill(constant);
                if to.is_exact {
                    for (factor, part) in parts {
                        let view = bench.view(*part, n);
                        for (v, x) in v.iter_mut().zip(view.v) {
                            *v += factor * x;
                        }
                    }
                    return;
                }
                e.fill(if constant.abs() <= WHOLE {
                    0.0
                } else {
                    UNIT * constant.abs()
                });
                for (factor, part) in parts {
                    let view = bench.view(*part, n);
                    let rows = v
                        .iter_mut()
                        .zip(e.iter_mut())
                        .zip(view.v.iter().zip(view.e));
                    for ((v, e), (x, own)) in rows {
                        let term = factor * x;
                        let own = factor.abs() * own;
                        let own = own + rounding(term, own);
                        let sum = *v + term;
                        let all = *e + own;
                        *v = sum;
                        *e = all + rounding(sum, all);
                    }
                }
            },
        );
    }

    #[inline(always)]
    fn two(
        &mut self,
        a: Num,
        b: Num,
        to: Num,
        n: usize,
        with: impl Fn(View, View, &mut Values, usize),
    ) {
        self.make(
            to,
            #[inline(always)]
            |to, bench| {
                with(bench.view(a, n), bench.view(b, n), to, n);
            },
        );
    }

    #[inline(always)]
    fn choose(&mut self, condition: Tru, (a, b): (Num, Num), to: Num, n: usize) {
        self.make(
            to,
            #[inline(always)]
            |to, bench| {
                let (a, b) = (bench.view(a, n), bench.view(b, n));
                let codes = bench.truth(condition);
                let rows = to.v.iter_mut().zip(to.e.iter_mut()).zip(codes);
                let sides = a.v.iter().zip(a.e).zip(b.v.iter().zip(b.e));
                let mut is_exact = a.is_exact && b.is_exact;
                for (((v, e), code), ((av, ae), (bv, be))) in rows.zip(sides) {
                    (*v, *e) = match *code {
                        YES => (*av, *ae),
                        NO => (*bv, *be),
                        // A side that is missing leaves no value; else either may be meant.
                        MISSING if av.is_nan() || bv.is_nan() => (f64::NAN, ae.max(*be)),
                        _ => (0.0, f64::INFINITY),
                    };
                    is_exact &= *e == 0.0;
                }
                to.is_exact = is_exact;
                to.most = a.most.max(b.most);
            },
        );
    }
}

#[inline(always)]
fn column_of<'a>(columns: &[&'a [f64]], at: usize, n: usize) -> &'a [f64] {
    columns.get(at).and_then(|all| all.get(..n)).unwrap_or(&[])
}
