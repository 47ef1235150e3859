//! Distances from the mean in standard deviations: sets go in, sets that hold whatever their values
//! allow come out. Roots are enclosed. Where a value of one may raise or lower the distance of
//! another, what comes out may be wider than the truth, and says so.

use super::standing::{Apart, closed, may_be_equal};
use crate::number::Exact;
use crate::set::{End, Set};

/// Bodies beyond which no distance is narrowed body by body.
const MOST_NARROWED: usize = 120;

/// A range of numbers.
type Ends = (Exact, Exact);

/// The distance of each from the mean of all, in standard deviations of all (divided by n).
pub(super) fn deviations(sets: &[Set]) -> Apart {
    let n = count(sets.len());
    // Nobody is farther from the mean of n than the root of n - 1 deviations.
    let far = match (&n - &Exact::from(1)).root_enclosure(2) {
        Some((_, far)) => far,
        None => Exact::from(0),
    };
    let widest = closed(-&far, far.clone());
    let may_be_equal = may_be_equal(sets);
    let ends = |set: &Set| Some((set.lo().value()?.clone(), set.hi().value()?.clone()));
    let ranges: Option<Vec<Ends>> = sets.iter().map(ends).collect();
    let open = |loose: bool| Apart {
        sets: vec![widest.clone(); sets.len()],
        loose: vec![loose; sets.len()],
        spread: Set::above(Exact::from(0)),
        may_be_equal,
    };
    let Some(ranges) = ranges.filter(|_| !may_be_equal) else {
        return open(!may_be_equal);
    };
    let squares = squares(&ranges);
    let plain: Option<Vec<Ends>> = (0..ranges.len())
        .map(|at| distance(&ranges, at, &squares))
        .collect();
    let Some(plain) = plain else {
        return open(true);
    };
    let mut done = Vec::with_capacity(sets.len());
    let mut loose = Vec::with_capacity(sets.len());
    for (at, own) in plain.iter().enumerate() {
        let is_known = ranges.iter().all(|(lo, hi)| lo == hi);
        let (lo, hi, is_loose) = match narrowed(&ranges, at, &plain) {
            _ if is_known => (own.0.clone(), own.1.clone(), false),
            Some((lo, hi, is_loose)) => (lo.max(own.0.clone()), hi.min(own.1.clone()), is_loose),
            None => (own.0.clone(), own.1.clone(), true),
        };
        done.push(closed(lo.max(-&far), hi.min(far.clone())));
        loose.push(is_loose);
    }
    Apart {
        sets: done,
        loose,
        spread: deviation(&squares, &n),
        may_be_equal,
    }
}

fn count(n: usize) -> Exact {
    Exact::from(i64::try_from(n).unwrap_or(i64::MAX))
}

/// The standard deviation, from the sum of squares around the mean.
fn deviation(squares: &Ends, n: &Exact) -> Set {
    let root = |value: &Exact| value.checked_div(n)?.root_enclosure(2);
    let lo = match root(&squares.0) {
        Some((lo, _)) if !lo.is_zero() => End::Closed(lo),
        _ => End::Open(Exact::from(0)),
    };
    let hi = root(&squares.1).map_or(End::Unbounded, |(_, hi)| End::Closed(hi));
    Set::new(lo, hi).unwrap_or_else(|| Set::above(Exact::from(0)))
}

/// The least and the most that the squares around the mean add up to.
fn squares(ranges: &[Ends]) -> Ends {
    let n = count(ranges.len());
    let middle = ranges
        .iter()
        .fold(Exact::from(0), |sum, (lo, hi)| &(&sum + lo) + hi);
    let middle = middle
        .checked_div(&(&n * &Exact::from(2)))
        .unwrap_or_default();
    let square = |value: &Exact| value * value;
    // Around any number they add up to no less than around the mean.
    let most = ranges.iter().fold(Exact::from(0), |sum, (lo, hi)| {
        &sum + &square(&(lo - &middle)).max(square(&(hi - &middle)))
    });
    (least_squares(ranges), most)
}

/// The least sum of squared distances of ranges from one number.
///
/// Between two ends of ranges it is one parabola; all are tried, from the lowest on.
fn least_squares(ranges: &[Ends]) -> Exact {
    // A range counts from above where the number is beyond its upper end, from below before its lower.
    let mut events: Vec<(&Exact, bool, &Exact)> = Vec::with_capacity(ranges.len() * 2);
    let (mut n, mut sum, mut squares) = (0i64, Exact::from(0), Exact::from(0));
    for (lo, hi) in ranges {
        n += 1;
        sum = &sum + lo;
        squares = &squares + &(lo * lo);
        events.push((lo, false, lo));
        events.push((hi, true, hi));
    }
    events.sort();
    let at = |n: i64, sum: &Exact, squares: &Exact, x: &Exact| {
        let twice = sum * &Exact::from(2);
        &(&(&Exact::from(n) * &(x * x)) - &(&twice * x)) + squares
    };
    let mut best: Option<Exact> = None;
    let mut from: Option<Exact> = None;
    for (x, is_upper, value) in events {
        let mean = sum.checked_div(&Exact::from(n));
        let lowest = mean.map_or_else(
            || x.clone(),
            |mean| {
                let above = from.clone().map_or(mean.clone(), |from| mean.max(from));
                above.min(x.clone())
            },
        );
        let here = at(n, &sum, &squares, &lowest);
        best = Some(best.map_or(here.clone(), |best| best.min(here)));
        let (step, sign) = if is_upper { (1, 1) } else { (-1, -1) };
        n += step;
        sum = &sum + &(value * &Exact::from(sign));
        squares = &squares + &(&(value * value) * &Exact::from(sign));
        from = Some(x.clone());
    }
    best.unwrap_or_default().max(Exact::from(0))
}

/// The distance of one from the mean, from the ranges of all and of the sum of squares.
fn distance(ranges: &[Ends], at: usize, squares: &Ends) -> Option<Ends> {
    let n = count(ranges.len());
    let (own_lo, own_hi) = ranges.get(at)?;
    let (mut below, mut above) = (Exact::from(0), Exact::from(0));
    for (lo, hi) in ranges {
        below = &below + lo;
        above = &above + hi;
    }
    let rest = &n - &Exact::from(1);
    let gap = |own: &Exact, others: &Exact| (&(&rest * own) - others).checked_div(&n);
    let least = gap(own_lo, &(&above - own_hi))?;
    let most = gap(own_hi, &(&below - own_lo))?;
    // Its own distance is a part of the squares.
    let own_part = n.checked_div(&rest)?;
    let of = |gap: &Exact, is_far: bool| {
        let square = gap * gap;
        let around = match is_far {
            true => squares.0.clone().max(&square * &own_part),
            false => squares.1.clone().max(&square * &own_part),
        };
        (&n * &square).checked_div(&around)?.root_enclosure(2)
    };
    let zero = Exact::from(0);
    let hi = match most >= zero {
        true => of(&most, true)?.1,
        false => -of(&most, false)?.0,
    };
    let lo = match least <= zero {
        true => -of(&least, true)?.1,
        false => of(&least, false)?.0,
    };
    Some((lo, hi))
}

/// The same at the ends of all, where it rises or falls with each; also whether one bends it.
///
/// The distance z of one falls with another as 1 + z·y is positive, y being the distance of that
/// other, and rises as it is negative.
fn narrowed(ranges: &[Ends], at: usize, plain: &[Ends]) -> Option<(Exact, Exact, bool)> {
    if ranges.len() > MOST_NARROWED {
        return None;
    }
    let own = plain.get(at)?;
    let mut is_loose = false;
    let (mut low, mut high) = (Vec::new(), Vec::new());
    for (other, (range, distance)) in ranges.iter().zip(plain).enumerate() {
        let fixed = |value: &Exact| (value.clone(), value.clone());
        if other == at {
            low.push(fixed(&range.0));
            high.push(fixed(&range.1));
            continue;
        }
        let corners = [
            &own.0 * &distance.0,
            &own.0 * &distance.1,
            &own.1 * &distance.0,
            &own.1 * &distance.1,
        ];
        let minus = Exact::from(-1);
        let falls = corners.iter().all(|corner| *corner >= minus);
        let rises = corners.iter().all(|corner| *corner <= minus);
        match (falls, rises) {
            (true, _) => {
                low.push(fixed(&range.1));
                high.push(fixed(&range.0));
            }
            (_, true) => {
                low.push(fixed(&range.0));
                high.push(fixed(&range.1));
            }
            _ => {
                is_loose |= range.0 != range.1;
                low.push(range.clone());
                high.push(range.clone());
            }
        }
    }
    let lo = distance(&low, at, &squares(&low))?.0;
    let hi = distance(&high, at, &squares(&high))?.1;
    Some((lo, hi, is_loose))
}
