//! Weighted geometric means of rationals, enclosed between two rationals.

use num_integer::Integer;

use super::{Exact, MAX_ROOT_DEGREE};

/// The greatest common denominator of weights of which a mean is taken.
const MAX_WEIGHT_DENOMINATOR: u64 = 1_000_000;

/// Bits of a product beyond which the root of each factor is taken first.
const MOST_BITS: u64 = 1 << 14;

/// Bits after the point that rounding leaves.
const KEPT_BITS: i32 = 256;

/// The common denominator of weights; `None` where it is too large.
fn denominator<'e>(weights: impl Iterator<Item = &'e Exact>) -> Option<u64> {
    let mut common: u64 = 1;
    for weight in weights {
        let own: u64 = weight.numer_denom_strings().1.parse().ok()?;
        common = common.checked_mul(own / common.gcd(&own))?;
        if common > MAX_WEIGHT_DENOMINATOR {
            return None;
        }
    }
    Some(common)
}

/// Degrees of roots that, taken one after the other, make the root of the common denominator of
/// some weights; `None` where one of them would be too large.
pub(crate) fn degrees<'e>(weights: impl Iterator<Item = &'e Exact>) -> Option<Vec<u32>> {
    let mut rest = denominator(weights)?;
    let mut all: Vec<u32> = Vec::new();
    let mut factor = 2u64;
    while rest > 1 {
        if factor * factor > rest {
            factor = rest;
        }
        if rest % factor != 0 {
            factor += 1;
            continue;
        }
        rest /= factor;
        let degree = u32::try_from(factor)
            .ok()
            .filter(|n| *n <= MAX_ROOT_DEGREE)?;
        match all.last_mut() {
            Some(last) if *last * degree <= MAX_ROOT_DEGREE => *last *= degree,
            _ => all.push(degree),
        }
    }
    Some(all)
}

/// Encloses the product of non-negative values, each to the power of its weight. Weights are not
/// below 0 and add up to 1.
///
/// Both ends are the mean where it is rational. `None` for a negative value, and for weights whose
/// common denominator is too large.
pub(crate) fn geometric_mean(values: &[(&Exact, &Exact)]) -> Option<(Exact, Exact)> {
    let weights = || values.iter().map(|(_, weight)| *weight);
    let common = Exact::from(i64::try_from(denominator(weights())?).ok()?);
    let degrees = degrees(weights())?;
    let mut powers = Vec::new();
    let mut bits = 0u64;
    for (value, weight) in values {
        let power: u32 = (*weight * &common).to_string().parse().ok()?;
        bits = bits.saturating_add(value.bits().saturating_mul(u64::from(power)));
        powers.push((*value, power));
    }
    let root = |value: Exact, is_up: bool| {
        degrees.iter().try_fold(value, |value, degree| {
            let (lo, hi) = value.root_enclosure(*degree)?;
            Some(if is_up { hi } else { lo })
        })
    };
    let product = |is_up: bool| {
        let mut product = Exact::from(1);
        for (value, power) in &powers {
            let factor = raised(&root((*value).clone(), is_up)?, *power, is_up)?;
            product = rounded(&(&product * &factor), is_up)?;
        }
        Some(product)
    };
    if bits > MOST_BITS {
        return Some((product(false)?, product(true)?));
    }
    let mut exact = Exact::from(1);
    for (value, power) in &powers {
        exact = &exact * &value.pow(i32::try_from(*power).ok()?)?;
    }
    Some((root(exact.clone(), false)?, root(exact, true)?))
}

/// A whole power of a non-negative number, rounded at each step.
fn raised(value: &Exact, power: u32, is_up: bool) -> Option<Exact> {
    let (mut done, mut square, mut left) = (Exact::from(1), value.clone(), power);
    while left > 0 {
        if left % 2 == 1 {
            done = rounded(&(&done * &square), is_up)?;
        }
        left /= 2;
        if left > 0 {
            square = rounded(&(&square * &square), is_up)?;
        }
    }
    Some(done)
}

/// A number with few bits that is not above, or not below, another one.
fn rounded(value: &Exact, is_up: bool) -> Option<Exact> {
    let unit = Exact::from(2).pow(KEPT_BITS)?;
    let scaled = value * &unit;
    let whole = if is_up { scaled.ceil() } else { scaled.floor() };
    whole.checked_div(&unit)
}
