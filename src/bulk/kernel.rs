//! Steps of a computation over some thousand rows in doubles, each with a bound of its error. A step says
//! yes, no or missing only where that is proved, and else that it is open. Never allocates a row.

#![expect(
    clippy::float_arithmetic,
    reason = "every double stands with a bound of its error, and what the bound leaves open is decided exactly"
)]

use std::mem::take;

use crate::set::Comparison;

mod logic;

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
        for step in steps {
            match step {
                Step::Take(column, power, to) => {
                    let values = column_of(columns, *column, n);
                    self.make(*to, |to, _| to.scaled(values, *power));
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
                    self.decide(*to, n, |to, _| cut.hold(values, to));
                }
                Step::Against(op, a, None, to) => {
                    self.decide(*to, n, |to, bench| against(*op, bench.view(*a, n), to));
                }
                Step::Against(op, a, Some(by), to) => {
                    self.decide(*to, n, |to, bench| {
                        divided(*op, bench.view(*a, n), bench.view(*by, n), to);
                    });
                }
                Step::Present(column, to) => {
                    let values = column_of(columns, *column, n);
                    self.decide(*to, n, |to, _| {
                        for (to, x) in to.iter_mut().zip(values) {
                            *to = u8::from(!x.is_nan());
                        }
                    });
                }
                Step::Strict(inner, named, numbers, to) => {
                    self.decide(*to, n, |to, bench| {
                        let own = bench.truth(*inner);
                        to.iter_mut().zip(own).for_each(|(to, own)| *to = *own);
                        for column in named {
                            missing(to, column_of(columns, *column, n));
                        }
                        let views = || numbers.iter().map(|number| bench.view(*number, n));
                        views().for_each(|view| missing(to, view.v));
                        views().for_each(|view| undefined(to, view.e));
                    });
                }
                other => self.logic(other, n),
            }
        }
    }

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

    fn make(&mut self, to: Num, with: impl FnOnce(&mut Values, &Bench)) {
        let Some(mut values) = self.numbers.get_mut(to.0).map(take) else {
            return;
        };
        with(&mut values, self);
        if let Some(at) = self.numbers.get_mut(to.0) {
            *at = values;
        }
    }

    fn decide(&mut self, to: Tru, n: usize, with: impl FnOnce(&mut [u8], &Bench)) {
        let Some(mut truths) = self.truths.get_mut(to.0).map(take) else {
            return;
        };
        with(truths.get_mut(..n).unwrap_or(&mut []), self);
        if let Some(at) = self.truths.get_mut(to.0) {
            *at = truths;
        }
    }

    fn linear(&mut self, parts: &[(f64, Num)], constant: f64, to: Num, n: usize) {
        self.make(to, |to, bench| {
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
        });
    }

    fn two(&mut self, a: Num, b: Num, to: Num, n: usize, with: fn(View, View, &mut Values, usize)) {
        self.make(to, |to, bench| {
            with(bench.view(a, n), bench.view(b, n), to, n);
        });
    }

    fn choose(&mut self, condition: Tru, (a, b): (Num, Num), to: Num, n: usize) {
        self.make(to, |to, bench| {
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
        });
    }
}

/// Numbers to be read.
#[derive(Clone, Copy, Default)]
struct View<'a> {
    v: &'a [f64],
    e: &'a [f64],
    is_exact: bool,
    most: f64,
}

fn column_of<'a>(columns: &[&'a [f64]], at: usize, n: usize) -> &'a [f64] {
    columns.get(at).and_then(|all| all.get(..n)).unwrap_or(&[])
}

/// The error of the last operation: none where all is whole and small enough.
#[inline(always)]
fn rounding(value: f64, error: f64) -> f64 {
    let size = value.abs();
    let is_rounded = (error > 0.0) | (size > WHOLE);
    // A missing number has no error of its own.
    if is_rounded & !value.is_nan() {
        UNIT * size + f64::MIN_POSITIVE
    } else {
        0.0
    }
}

/// What is no number adds no error.
#[inline(always)]
fn known(error: f64) -> f64 {
    if error >= 0.0 { error } else { 0.0 }
}

impl Values {
    /// Printed decimals times a power of ten: whole where there are no more digits than that.
    fn scaled(&mut self, column: &[f64], power: f64) {
        let n = column.len();
        let v = self.v.get_mut(..n).unwrap_or(&mut []);
        for (v, x) in v.iter_mut().zip(column) {
            *v = (x * power + ROUNDER) - ROUNDER;
        }
        let (mut is_exact, mut most) = (true, 0.0f64);
        for (v, x) in v.iter().zip(column) {
            let size = v.abs();
            is_exact &= ((v / power == *x) & (size <= WHOLE / 2.0)) | x.is_nan();
            most = if size > most { size } else { most };
        }
        (self.is_exact, self.most) = (is_exact, most);
        if is_exact {
            return;
        }
        let e = self.e.get_mut(..n).unwrap_or(&mut []);
        for ((v, e), x) in v.iter_mut().zip(e).zip(column) {
            let is_whole = (*v / power == *x) & (v.abs() <= WHOLE / 2.0) | x.is_nan();
            let near = x * power;
            *e = if is_whole {
                0.0
            } else {
                2.0 * UNIT * near.abs() + f64::MIN_POSITIVE
            };
            *v = if is_whole { *v } else { near };
        }
        self.most = f64::INFINITY;
    }
}

fn mul(a: View, b: View, to: &mut Values, n: usize) {
    to.most = a.most * b.most;
    to.is_exact = a.is_exact && b.is_exact && to.most <= WHOLE;
    let v = to.v.get_mut(..n).unwrap_or(&mut []);
    for (v, (a, b)) in v.iter_mut().zip(a.v.iter().zip(b.v)) {
        *v = a * b;
    }
    if to.is_exact {
        return;
    }
    let sides = a.v.iter().zip(a.e).zip(b.v.iter().zip(b.e));
    for ((v, e), ((av, ae), (bv, be))) in v.iter().zip(to.e.iter_mut()).zip(sides) {
        // What is undefined stays so, also beside what is missing.
        let lost = (ae + be) * LOST;
        let own = known(av.abs() * be) + known(bv.abs() * ae) + known(ae * be) + lost;
        *e = own + rounding(*v, own);
    }
}

fn div(a: View, b: View, to: &mut Values, n: usize) {
    (to.is_exact, to.most) = (false, f64::INFINITY);
    let v = to.v.get_mut(..n).unwrap_or(&mut []);
    let sides = a.v.iter().zip(a.e).zip(b.v.iter().zip(b.e));
    for ((v, e), ((av, ae), (bv, be))) in v.iter_mut().zip(to.e.iter_mut()).zip(sides) {
        *v = av / bv;
        let least = bv.abs() - be;
        let lost = (ae + be) * LOST;
        let own = known((ae + v.abs() * be) / least) * WIDER + lost;
        let all = own + known(UNIT * v.abs()) + f64::MIN_POSITIVE;
        // A divisor that may be 0 has no quotient; one that is missing is only missing.
        let is_lost = (least <= 0.0) & !av.is_nan();
        *e = if is_lost { f64::INFINITY } else { all };
    }
}

fn abs(a: View, _: View, to: &mut Values, n: usize) {
    (to.is_exact, to.most) = (a.is_exact, a.most);
    let v = to.v.get_mut(..n).unwrap_or(&mut []);
    for ((v, e), (av, ae)) in v.iter_mut().zip(to.e.iter_mut()).zip(a.v.iter().zip(a.e)) {
        (*v, *e) = (av.abs(), *ae);
    }
}

fn greater(a: View, b: View, to: &mut Values, n: usize) {
    extreme(a, b, to, n, |a, b| a > b);
}

fn lesser(a: View, b: View, to: &mut Values, n: usize) {
    extreme(a, b, to, n, |a, b| a < b);
}

fn extreme(a: View, b: View, to: &mut Values, n: usize, is_it: impl Fn(f64, f64) -> bool) {
    (to.is_exact, to.most) = (a.is_exact && b.is_exact, a.most.max(b.most));
    let v = to.v.get_mut(..n).unwrap_or(&mut []);
    let sides = a.v.iter().zip(a.e).zip(b.v.iter().zip(b.e));
    for ((v, e), ((av, ae), (bv, be))) in v.iter_mut().zip(to.e.iter_mut()).zip(sides) {
        let best = if is_it(*av, *bv) { *av } else { *bv };
        *v = if av.is_nan() { *av } else { best };
        *e = ae.max(*be);
    }
}

fn pick(a: View, b: View, to: &mut Values, n: usize) {
    (to.is_exact, to.most) = (a.is_exact && b.is_exact, a.most.max(b.most));
    let v = to.v.get_mut(..n).unwrap_or(&mut []);
    let sides = a.v.iter().zip(a.e).zip(b.v.iter().zip(b.e));
    for ((v, e), ((av, ae), (bv, be))) in v.iter_mut().zip(to.e.iter_mut()).zip(sides) {
        (*v, *e) = if av.is_nan() { (*bv, *be) } else { (*av, *ae) };
    }
}

impl Cut {
    /// Whether one number is on the right side.
    pub(super) fn holds(self, x: f64) -> bool {
        match self.op {
            Comparison::Lt => x < self.limit,
            Comparison::Le => x <= self.limit,
            Comparison::Gt => x > self.limit,
            Comparison::Ge => x >= self.limit,
            Comparison::Eq => x == self.limit,
            Comparison::Ne => x != self.limit,
        }
    }

    fn hold(self, values: &[f64], to: &mut [u8]) {
        let limit = self.limit;
        match self.op {
            Comparison::Lt => hold(values, to, |x| x < limit),
            Comparison::Le => hold(values, to, |x| x <= limit),
            Comparison::Gt => hold(values, to, |x| x > limit),
            Comparison::Ge => hold(values, to, |x| x >= limit),
            Comparison::Eq => hold(values, to, |x| x == limit),
            Comparison::Ne => hold(values, to, |x| x != limit),
        }
    }
}

#[inline(always)]
fn hold(values: &[f64], to: &mut [u8], is: impl Fn(f64) -> bool) {
    for (to, x) in to.iter_mut().zip(values) {
        *to = u8::from(is(*x) & !x.is_nan()) | (u8::from(x.is_nan()) << 1);
    }
}

fn missing(to: &mut [u8], values: &[f64]) {
    for (to, x) in to.iter_mut().zip(values) {
        *to = if x.is_nan() { MISSING } else { *to };
    }
}

fn undefined(to: &mut [u8], errors: &[f64]) {
    for (to, e) in to.iter_mut().zip(errors) {
        *to = if *e == f64::INFINITY { OPEN } else { *to };
    }
}

/// A number against 0.
fn against(op: Comparison, a: View, to: &mut [u8]) {
    match op {
        Comparison::Lt => signed(a, to, |x| x < 0.0),
        Comparison::Le => signed(a, to, |x| x <= 0.0),
        Comparison::Gt => signed(a, to, |x| x > 0.0),
        Comparison::Ge => signed(a, to, |x| x >= 0.0),
        Comparison::Eq => signed(a, to, |x| x == 0.0),
        Comparison::Ne => signed(a, to, |x| x != 0.0),
    }
}

#[inline(always)]
fn signed(a: View, to: &mut [u8], is: impl Fn(f64) -> bool) {
    if a.is_exact {
        return hold(a.v, to, is);
    }
    for ((to, x), e) in to.iter_mut().zip(a.v).zip(a.e) {
        let is_decided = (x.abs() > e * WIDER) | (*e == 0.0);
        let code = if is_decided { u8::from(is(*x)) } else { OPEN };
        let code = if x.is_nan() { MISSING } else { code };
        *to = if *e == f64::INFINITY { OPEN } else { code };
    }
}

/// The same of a quotient, from its numerator and its divisor.
fn divided(op: Comparison, a: View, by: View, to: &mut [u8]) {
    let rows = a.v.iter().zip(a.e).zip(by.v.iter().zip(by.e));
    for (to, ((x, e), (by, by_e))) in to.iter_mut().zip(rows) {
        let x = if *by < 0.0 { -x } else { *x };
        let holds = match op {
            Comparison::Lt => x < 0.0,
            Comparison::Le => x <= 0.0,
            Comparison::Gt => x > 0.0,
            Comparison::Ge => x >= 0.0,
            Comparison::Eq => x == 0.0,
            Comparison::Ne => x != 0.0,
        };
        let is_decided = (x.abs() > e * WIDER) | (*e == 0.0);
        // A divisor that may be 0 leaves no quotient.
        let is_divisor = by.abs() > by_e * WIDER;
        let code = if is_decided & is_divisor {
            u8::from(holds)
        } else {
            OPEN
        };
        let code = if x.is_nan() | by.is_nan() {
            MISSING
        } else {
            code
        };
        let is_lost = (*e == f64::INFINITY) | (*by_e == f64::INFINITY);
        *to = if is_lost { OPEN } else { code };
    }
}
