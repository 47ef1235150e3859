//! Weighted means: values and what their weights may be go in, what the mean may be comes out.
//! Weights lie between declared ends and add up to 1; every choice of them counts. Never guesses one.

use crate::model::{Score, Weight};
use crate::number::{Exact, geometric_mean};
use crate::set::{End, Set};

/// A mean, and whether it may be wider than the truth.
pub(super) struct Mean {
    pub(super) set: Set,
    pub(super) is_loose: bool,
}

/// The value of a score from those of its elements; those that are left out have none.
pub(super) fn mean(score: &Score, weights: &[&Weight], parts: &[Option<&Set>]) -> Option<Mean> {
    let present = || {
        weights
            .iter()
            .zip(parts)
            .filter_map(|(w, set)| Some((*w, (*set)?)))
    };
    let is_whole = parts.iter().all(Option::is_some);
    let is_fixed = weights.iter().all(|weight| weight.is_fixed());
    if !is_whole && !is_fixed {
        // Any of those that are there may take all the weight, and none may take more.
        let mut sets = present()
            .filter(|(w, _)| !w.hi.is_zero())
            .map(|(_, set)| set);
        let first = sets.next()?.clone();
        let set = sets.fold(first, |all, set| all.hull(set));
        let set = set.scale(&score.out_of);
        return Some(Mean {
            set,
            is_loose: true,
        });
    }
    let whole = match is_whole {
        true => Exact::from(1),
        false => present().fold(Exact::from(0), |sum, (weight, _)| &sum + &weight.lo),
    };
    let part = whole.recip()?;
    let scaled: Vec<Weight> = present()
        .map(|(weight, _)| Weight {
            lo: &weight.lo * &part,
            hi: &weight.hi * &part,
        })
        .collect();
    let sets: Vec<&Set> = present().map(|(_, set)| set).collect();
    let lows: Vec<Option<&Exact>> = sets.iter().map(|set| set.lo().value()).collect();
    let highs: Vec<Option<&Exact>> = sets.iter().map(|set| set.hi().value()).collect();
    let (low, high) = (chosen(&scaled, &lows, false), chosen(&scaled, &highs, true));
    let is_reached = |is_closed: fn(&Set) -> bool, weights: &[Exact]| {
        let mut pairs = sets.iter().zip(weights);
        // Where weights may be others, or a factor is 0, an end may be reached in another way.
        !is_fixed
            || score.is_geometric
            || pairs.all(|(set, weight)| weight.is_zero() || is_closed(set))
    };
    let (lo, hi) = match score.is_geometric {
        false => (total(&lows, &low), total(&highs, &high)),
        true => {
            let is_below = |set: &&&Set| set.lo().value().is_none_or(Exact::is_negative);
            if sets.iter().any(|set| is_below(&set)) {
                return None;
            }
            let ends = |values: &[Option<&Exact>], weights: &[Exact]| product(values, weights);
            (
                Some(ends(&lows, &low)??.0),
                ends(&highs, &high)?.map(|(_, hi)| hi),
            )
        }
    };
    let end = |value: Option<Exact>, is_closed: bool| match value {
        Some(value) if is_closed => End::Closed(&value * &score.out_of),
        Some(value) => End::Open(&value * &score.out_of),
        None => End::Unbounded,
    };
    let lo = end(lo, is_reached(|set| set.lo().is_closed(), &low));
    let hi = end(hi, is_reached(|set| set.hi().is_closed(), &high));
    let is_same = lo.value().is_some() && lo.value() == hi.value();
    let set = match (is_same, lo.value()) {
        // Both ends are one number, however it was come by.
        (true, Some(value)) => Set::point(value.clone()),
        _ => Set::new(lo, hi)?,
    };
    Some(Mean {
        set,
        is_loose: false,
    })
}

/// The weights under which the mean of some values is highest, or lowest. A value that is not there
/// is without end on that side.
pub(super) fn chosen(
    weights: &[Weight],
    values: &[Option<&Exact>],
    is_highest: bool,
) -> Vec<Exact> {
    let mut done: Vec<Exact> = weights.iter().map(|weight| weight.lo.clone()).collect();
    let used = done
        .iter()
        .fold(Exact::from(0), |sum, weight| &sum + weight);
    let mut rest = &Exact::from(1) - &used;
    let mut order: Vec<usize> = (0..weights.len()).collect();
    let value = |at: &usize| values.get(*at).copied().flatten();
    order.sort_by(|a, b| match (value(a), value(b)) {
        (Some(a), Some(b)) if is_highest => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        (a, b) => a.is_some().cmp(&b.is_some()),
    });
    for at in order {
        let (Some(weight), Some(own)) = (weights.get(at), done.get_mut(at)) else {
            continue;
        };
        let more = (&weight.hi - &weight.lo).min(rest.clone());
        *own = &*own + &more;
        rest = &rest - &more;
    }
    done
}

/// The sum of values times weights; none where one without end has a weight.
pub(super) fn total(values: &[Option<&Exact>], weights: &[Exact]) -> Option<Exact> {
    let mut sum = Exact::from(0);
    for (value, weight) in values.iter().zip(weights) {
        if !weight.is_zero() {
            sum = &sum + &((*value)? * weight);
        }
    }
    Some(sum)
}

/// The product of values to the power of weights, enclosed; no value inside where it has no end.
#[expect(clippy::option_option, reason = "without end is not without answer")]
pub(super) fn product(
    values: &[Option<&Exact>],
    weights: &[Exact],
) -> Option<Option<(Exact, Exact)>> {
    let mut factors = Vec::with_capacity(values.len());
    let mut is_endless = false;
    for (value, weight) in values.iter().zip(weights) {
        if weight.is_zero() {
            continue;
        }
        match value {
            Some(value) => factors.push((*value, weight)),
            None => is_endless = true,
        }
    }
    match is_endless {
        true => Some(None),
        false => geometric_mean(&factors).map(Some),
    }
}
