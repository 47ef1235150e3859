//! Arithmetic and comparisons over rows, each number with a bound of its error. Knows no rule.

#![expect(
    clippy::float_arithmetic,
    reason = "every double stands with a bound of its error, and what the bound leaves open is decided exactly"
)]

use super::{Cut, LOST, MISSING, OPEN, ROUNDER, ROWS, UNIT, Values, WHOLE, WIDER};
use crate::set::Comparison;

/// Rows of which codes are found side by side.
const LANES: usize = 16;

/// The same as codes that are as wide as numbers.
const WIDE_MISSING: u64 = MISSING as u64;
const WIDE_OPEN: u64 = OPEN as u64;

/// Numbers to be read.
#[derive(Clone, Copy, Default)]
pub(super) struct View<'a> {
    pub(super) v: &'a [f64],
    pub(super) e: &'a [f64],
    pub(super) is_exact: bool,
    pub(super) most: f64,
}

/// The error of the last operation: none where all is whole and small enough.
#[inline(always)]
pub(super) fn rounding(value: f64, error: f64) -> f64 {
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
    #[inline(always)]
    pub(super) fn scaled(&mut self, column: &[f64], power: f64) {
        let n = column.len();
        let v = self.v.get_mut(..n).unwrap_or(&mut []);
        let (mut most, mut lost) = ([0.0f64; LANES], [0u64; LANES]);
        let near = |x: f64| (x * power + ROUNDER) - ROUNDER;
        // Of a missing one the other.
        let more = |most: f64, v: f64| most.max(v.abs());
        // What is missing is neither.
        let is_lost = |v: f64, x: f64| u64::from(v / power < x) | u64::from(v / power > x);
        let (many, rest) = v.as_chunks_mut::<LANES>();
        let (from, last) = column.as_chunks::<LANES>();
        for (v, x) in many.iter_mut().zip(from) {
            let lanes = most.iter_mut().zip(&mut lost);
            for ((v, x), (most, lost)) in v.iter_mut().zip(x).zip(lanes) {
                *v = near(*x);
                (*most, *lost) = (more(*most, *v), *lost | is_lost(*v, *x));
            }
        }
        for (v, x) in rest.iter_mut().zip(last) {
            *v = near(*x);
            (most[0], lost[0]) = (more(most[0], *v), lost[0] | is_lost(*v, *x));
        }
        let most = most.into_iter().fold(0.0, f64::max);
        let is_exact = lost.iter().all(|lost| *lost == 0) && most <= WHOLE / 2.0;
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

#[inline(always)]
pub(super) fn mul(a: View, b: View, to: &mut Values, n: usize) {
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
        // What is undefined stays so, also beside what is missing; and a product, or a bound of it, may be too
        // small for a double.
        let tiny = if ae + be > 0.0 {
            f64::MIN_POSITIVE
        } else {
            0.0
        };
        let lost = (ae + be) * LOST + tiny;
        let own = known(av.abs() * be) + known(bv.abs() * ae) + known(ae * be) + lost;
        *e = own + rounding(*v, own);
    }
}

#[inline(always)]
pub(super) fn div(a: View, b: View, to: &mut Values, n: usize) {
    (to.is_exact, to.most) = (false, f64::INFINITY);
    let v = to.v.get_mut(..n).unwrap_or(&mut []);
    let sides = a.v.iter().zip(a.e).zip(b.v.iter().zip(b.e));
    for ((v, e), ((av, ae), (bv, be))) in v.iter_mut().zip(to.e.iter_mut()).zip(sides) {
        *v = av / bv;
        let least = bv.abs() - be;
        let lost = (ae + be) * LOST;
        let own = known((ae + v.abs() * be) / least) * WIDER + lost;
        let all = own + known(UNIT * v.abs()) + f64::MIN_POSITIVE;
        // A divisor that may be 0 has no quotient, also where something beside it is missing; one that is
        // missing is only missing.
        let is_lost = least <= 0.0;
        *e = if is_lost { f64::INFINITY } else { all };
    }
}

#[inline(always)]
pub(super) fn abs(a: View, _: View, to: &mut Values, n: usize) {
    (to.is_exact, to.most) = (a.is_exact, a.most);
    let v = to.v.get_mut(..n).unwrap_or(&mut []);
    for ((v, e), (av, ae)) in v.iter_mut().zip(to.e.iter_mut()).zip(a.v.iter().zip(a.e)) {
        (*v, *e) = (av.abs(), *ae);
    }
}

#[inline(always)]
pub(super) fn greater(a: View, b: View, to: &mut Values, n: usize) {
    extreme(a, b, to, n, |a, b| a > b);
}

#[inline(always)]
pub(super) fn lesser(a: View, b: View, to: &mut Values, n: usize) {
    extreme(a, b, to, n, |a, b| a < b);
}

#[inline(always)]
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

#[inline(always)]
pub(super) fn pick(a: View, b: View, to: &mut Values, n: usize) {
    (to.is_exact, to.most) = (a.is_exact && b.is_exact, a.most.max(b.most));
    let v = to.v.get_mut(..n).unwrap_or(&mut []);
    let sides = a.v.iter().zip(a.e).zip(b.v.iter().zip(b.e));
    for ((v, e), ((av, ae), (bv, be))) in v.iter_mut().zip(to.e.iter_mut()).zip(sides) {
        (*v, *e) = if av.is_nan() { (*bv, *be) } else { (*av, *ae) };
    }
}

impl Cut {
    /// Whether one number is on the right side.
    pub(in crate::bulk) fn holds(self, x: f64) -> bool {
        match self.op {
            Comparison::Lt => x < self.limit,
            Comparison::Le => x <= self.limit,
            Comparison::Gt => x > self.limit,
            Comparison::Ge => x >= self.limit,
            Comparison::Eq => x == self.limit,
            Comparison::Ne => x != self.limit,
        }
    }

    #[inline(always)]
    pub(super) fn hold(self, values: &[f64], to: &mut [u8]) {
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
    each(to, [values], |[x]| {
        u64::from(is(x) & !x.is_nan()) | (u64::from(x.is_nan()) << 1)
    });
}

/// The codes of rows from their numbers: found in words as wide as numbers and then narrowed, many side by
/// side, which takes fewer steps than in bytes.
#[inline(always)]
fn each<'n, const N: usize>(to: &mut [u8], from: [&'n [f64]; N], code: impl Fn([f64; N]) -> u64) {
    const NOTHING: [f64; LANES] = [f64::NAN; LANES];
    let n = from.iter().fold(to.len(), |n, from| n.min(from.len()));
    let (many, rest) = to.get_mut(..n).unwrap_or(&mut []).as_chunks_mut::<LANES>();
    let n_whole = many.len() * LANES;
    for (at, to) in many.iter_mut().enumerate() {
        let lanes = |from: &'n [f64]| from.get(at * LANES..)?.first_chunk();
        let from: [&[f64; LANES]; N] = from.map(|from| lanes(from).unwrap_or(&NOTHING));
        let mut codes = [0; LANES];
        for (row, own) in codes.iter_mut().enumerate() {
            *own = code(from.map(|from| from[row]));
        }
        for (to, own) in to.iter_mut().zip(&codes) {
            *to = own.to_le_bytes()[0];
        }
    }
    for (row, to) in (n_whole..).zip(rest) {
        let of_row = from.map(|from| from.get(row).copied().unwrap_or(f64::NAN));
        *to = code(of_row).to_le_bytes()[0];
    }
}

/// One code or another, without a jump.
#[inline(always)]
fn either(is_it: bool, yes: u64, no: u64) -> u64 {
    let mask = u64::from(is_it).wrapping_neg();
    (yes & mask) | (no & !mask)
}

#[inline(always)]
pub(super) fn missing(to: &mut [u8], values: &[f64]) {
    let mut masks = [0; ROWS];
    let n = to.len().min(values.len()).min(ROWS);
    let masks = masks.get_mut(..n).unwrap_or(&mut []);
    each(masks, [values], |[x]| u64::from(x.is_nan()).wrapping_neg());
    for (to, mask) in to.iter_mut().zip(masks) {
        *to = (*to & !*mask) | (MISSING & *mask);
    }
}

#[inline(always)]
pub(super) fn undefined(to: &mut [u8], errors: &[f64]) {
    for (to, e) in to.iter_mut().zip(errors) {
        *to = if *e == f64::INFINITY { OPEN } else { *to };
    }
}

/// A number against 0.
#[inline(always)]
pub(super) fn against(op: Comparison, a: View, to: &mut [u8]) {
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
    each(to, [a.v, a.e], |[x, e]| {
        let is_decided = (x.abs() > e * WIDER) | (e == 0.0);
        let known = either(is_decided, u64::from(is(x)), WIDE_OPEN);
        let known = either(x.is_nan(), WIDE_MISSING, known);
        either(e == f64::INFINITY, WIDE_OPEN, known)
    });
}

/// The same of a quotient, from its numerator and its divisor.
#[inline(always)]
pub(super) fn divided(op: Comparison, a: View, by: View, to: &mut [u8]) {
    match op {
        Comparison::Lt => quotient(a, by, to, |x| x < 0.0),
        Comparison::Le => quotient(a, by, to, |x| x <= 0.0),
        Comparison::Gt => quotient(a, by, to, |x| x > 0.0),
        Comparison::Ge => quotient(a, by, to, |x| x >= 0.0),
        Comparison::Eq => quotient(a, by, to, |x| x == 0.0),
        Comparison::Ne => quotient(a, by, to, |x| x != 0.0),
    }
}

#[inline(always)]
fn quotient(a: View, by: View, to: &mut [u8], is: impl Fn(f64) -> bool) {
    each(to, [a.v, a.e, by.v, by.e], |[x, e, by, by_e]| {
        let x = if by < 0.0 { -x } else { x };
        let is_decided = (x.abs() > e * WIDER) | (e == 0.0);
        // A divisor that may be 0 leaves no quotient.
        let is_divisor = by.abs() > by_e * WIDER;
        let known = either(is_decided & is_divisor, u64::from(is(x)), WIDE_OPEN);
        // Beside a divisor of 0 something missing is not the only cause.
        let is_missing = by.is_nan() | (x.is_nan() & is_divisor);
        let known = either(is_missing, WIDE_MISSING, known);
        let is_lost = (e == f64::INFINITY) | (by_e == f64::INFINITY);
        either(is_lost, WIDE_OPEN, known)
    });
}
