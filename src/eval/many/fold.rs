//! Values of many bodies to one: columns and the places of those that count go in, a set that holds
//! whatever the values allow comes out. Each body is taken as an unknown of its own. Never slower
//! than sorting them.

use std::cmp::Ordering;

use super::Answer;
use super::lists::{Rest, Unlisted};
use crate::eval::columns::{Marks, Numbers, Truths};
use crate::model::{Fold, Part};
use crate::number::Exact;
use crate::set::{End, Set, Truth};
use crate::verdict::{Cause, Causes};

/// What numbers come to together, with those that are not listed.
pub(super) fn numbers(
    fold: &Fold,
    column: &Numbers,
    group: &[usize],
    unlisted: (&Rest, &Unlisted),
) -> Answer {
    let mut rests = Rests {
        causes: unlisted.0.causes,
        ..Rests::default()
    };
    let mut sets: Vec<&Set> = Vec::with_capacity(group.len());
    for member in group {
        rests.add(column, *member);
        sets.extend(column.set(*member));
    }
    if sets.len() != group.len() {
        // What one of them has is not defined, and so nothing that all of them come to is.
        return Answer {
            set: None,
            causes: rests.causes,
            marks: rests.marks,
        };
    }
    let set = match unlisted.0.is_none() {
        true => of_listed(fold, &sets),
        false => of_open(fold, &sets, unlisted.0, &unlisted.1.set),
    };
    if set.is_none() && sets.is_empty() {
        // Of nobody there is no mean, and no highest.
        rests.causes = rests.causes.union(Cause::Undefined.into());
    }
    rests.answer(set)
}

/// What the values of all that there are come to.
fn of_listed(fold: &Fold, sets: &[&Set]) -> Option<Set> {
    match fold {
        Fold::Sum(part) => sum(sets, *part),
        Fold::Mean(_) if sets.is_empty() => None,
        Fold::Mean(part) => {
            let most = |part: &Part| usize::try_from(part.n).unwrap_or(usize::MAX);
            let n = part.as_ref().map_or(sets.len(), most).min(sets.len());
            sum(sets, *part).and_then(|sum| Some(sum.scale(&count(n).recip()?)))
        }
        Fold::Quantile(_) if sets.is_empty() => None,
        Fold::Quantile(p) => quantile(sets, p),
        Fold::Rank(_) | Fold::Standing(_) | Fold::Count | Fold::Share => None,
    }
}

/// What values come to where there may be more of them, each somewhere in a set.
fn of_open(fold: &Fold, sets: &[&Set], rest: &Rest, other: &Set) -> Option<Set> {
    let at_all = |set: &Set| sets.iter().fold(set.clone(), |all, set| all.hull(set));
    match fold {
        Fold::Sum(None) => Some(sum(sets, None)?.add(&other.mul(&rest.count()))),
        // With one more the sum of the highest only rises where none is below zero.
        Fold::Sum(Some(part)) => {
            let is_below_zero = |set: &Set| set.lo().value().is_none_or(Exact::is_negative);
            let least = match (part.is_top, is_below_zero(&at_all(other))) {
                (true, false) => sum(sets, Some(*part)).map(|sum| sum.lo().clone()),
                (false, false) => Some(End::Closed(Exact::from(0))),
                _ => Some(End::Unbounded),
            };
            Set::new(least?, End::Unbounded)
        }
        // With each one more the mean moves towards what that one has.
        Fold::Mean(None) => {
            let with = |n: &Exact| {
                let all = sum(sets, None)?.add(&other.scale(n));
                let n = &count(sets.len()) + n;
                n.recip().map(|share| all.scale(&share))
            };
            let last = rest.most.as_ref().map_or(Some(other.clone()), with);
            Some(match (with(&rest.least), last) {
                (Some(first), Some(last)) => first.hull(&last),
                _ => at_all(other),
            })
        }
        Fold::Mean(Some(_)) => Some(at_all(other)),
        Fold::Quantile(p) => {
            let Some(known) = of_listed(fold, sets) else {
                return Some(other.clone());
            };
            let all = known.hull(other);
            // With one more the highest never falls, and the lowest never rises.
            match () {
                () if *p == Exact::from(1) => Set::new(known.lo().clone(), all.hi().clone()),
                () if p.is_zero() => Set::new(all.lo().clone(), known.hi().clone()),
                () => Some(all),
            }
        }
        Fold::Rank(_) | Fold::Standing(_) | Fold::Count | Fold::Share => None,
    }
}

/// How many conditions hold, or which part of them.
pub(super) fn truths(
    fold: &Fold,
    column: &Truths,
    group: &[usize],
    (rest, unlisted): (&Rest, &Unlisted),
) -> Answer {
    let (mut n_true, mut n_open) = (0usize, 0usize);
    let (mut causes, mut marks) = (Causes::NONE, Marks::NONE);
    for member in group {
        marks = marks.union(column.marks(*member));
        match column.value(*member) {
            Truth::True => n_true += 1,
            Truth::False => {}
            Truth::Unknown => {
                n_open += 1;
                causes = causes.union(column.causes(*member));
            }
        }
    }
    let (met, maybe) = (count(n_true), count(n_true + n_open));
    let (fewest, most) = (&rest.least, rest.most.as_ref());
    let is_sure = unlisted.truth == Truth::True;
    let set = match (fold, unlisted.truth) {
        (Fold::Share, _) => {
            return share((&met, &maybe), group.len(), rest, unlisted, (causes, marks));
        }
        (_, Truth::False) => Set::closed(met, maybe),
        (_, _) => {
            let met = if is_sure { &met + fewest } else { met };
            match most {
                Some(most) => Set::closed(met, &maybe + most),
                None => Some(Set::at_least(met)),
            }
        }
    };
    let causes = match &set {
        Some(set) if set.is_point() => Causes::NONE,
        _ if unlisted.truth == Truth::False => causes,
        _ => causes.union(rest.causes),
    };
    Answer { set, causes, marks }
}

/// Which part of all meets a condition. Of those that are not listed none may, or all.
fn share(
    (met, maybe): (&Exact, &Exact),
    n: usize,
    rest: &Rest,
    unlisted: &Unlisted,
    (causes, marks): (Causes, Marks),
) -> Answer {
    let (zero, one) = (Exact::from(0), Exact::from(1));
    let of = |met: &Exact, others: &Exact, is_met: bool| {
        let met = if is_met { met + others } else { met.clone() };
        let all = &count(n) + others;
        all.recip().map(|share| &met * &share)
    };
    // With ever more of them the share comes to what they all are.
    let limit = |is_met: bool| if is_met { one.clone() } else { zero.clone() };
    let mut ends = Vec::new();
    for (met, is_met) in [
        (met, unlisted.truth == Truth::True),
        (maybe, unlisted.truth != Truth::False),
    ] {
        ends.extend(of(met, &rest.least, is_met));
        ends.extend(match &rest.most {
            Some(most) => of(met, most, is_met),
            None => Some(limit(is_met)),
        });
    }
    let set = match (ends.iter().min(), ends.iter().max()) {
        (Some(low), Some(high)) => Set::closed(low.clone(), high.clone()),
        _ => None,
    };
    let is_nobody = n == 0 && rest.is_none();
    let causes = match &set {
        Some(set) if set.is_point() => Causes::NONE,
        _ if is_nobody => Cause::Undefined.into(),
        _ => causes.union(rest.causes),
    };
    Answer { set, causes, marks }
}

/// The place of each: one more than how many are beyond it.
pub(super) fn places(column: &Numbers, n: usize, is_highest_first: bool) -> Vec<Answer> {
    let group: Vec<usize> = (0..n).collect();
    let mut rests = Rests::default();
    let mut sets: Vec<Set> = Vec::with_capacity(n);
    for member in &group {
        rests.add(column, *member);
        let set = column.set(*member);
        sets.extend(set.map(|set| match is_highest_first {
            true => set.clone(),
            false => set.neg(),
        }));
    }
    if sets.len() != n {
        let none = Answer {
            set: None,
            causes: rests.causes,
            marks: rests.marks,
        };
        return vec![none; n];
    }
    let mut lows: Vec<&End> = sets.iter().map(Set::lo).collect();
    let mut highs: Vec<&End> = sets.iter().map(Set::hi).collect();
    lows.sort_by(|a, b| by_low(a, b));
    highs.sort_by(|a, b| by_high(a, b));
    let place = |set: &Set| {
        // Beyond it for certain: all that they may be lies above all that it may be.
        let n_above = n - lows.partition_point(|low| !is_above(low, set.hi()));
        // Perhaps beyond it, itself among them where it may be more than its own least.
        let n_open = n - highs.partition_point(|high| !reaches_above(high, set.lo()));
        let n_self = usize::from(reaches_above(set.hi(), set.lo()));
        Set::closed(count(1 + n_above), count(1 + n_open.saturating_sub(n_self)))
    };
    sets.iter()
        .map(|set| rests.clone().answer(place(set)))
        .collect()
}

/// What a value rests on: the causes of what is open among the members, and their marks.
#[derive(Clone, Default)]
pub(super) struct Rests {
    causes: Causes,
    marks: Marks,
}

impl Rests {
    pub(super) fn add(&mut self, column: &Numbers, member: usize) {
        let causes = column.causes(member);
        self.marks = self.marks.union(column.marks(member));
        let is_open = column.set(member).is_none_or(|set| !set.is_point());
        let causes = match causes.is_empty() && is_open {
            true => Cause::Imprecise.into(),
            false => causes,
        };
        self.causes = self.causes.union(causes);
    }

    /// What is known exactly has no causes left, whatever the members leave open.
    pub(super) fn answer(self, set: Option<Set>) -> Answer {
        let causes = match &set {
            Some(set) if set.is_point() => Causes::NONE,
            _ => self.causes,
        };
        Answer {
            set,
            causes,
            marks: self.marks,
        }
    }
}

pub(super) fn count(n: usize) -> Exact {
    Exact::from(i64::try_from(n).unwrap_or(i64::MAX))
}

/// Lower ends: the one that lets in more first.
fn by_low(a: &End, b: &End) -> Ordering {
    match (a.value(), b.value()) {
        (Some(x), Some(y)) => x.cmp(y).then(b.is_closed().cmp(&a.is_closed())),
        (x, y) => x.is_some().cmp(&y.is_some()),
    }
}

/// Upper ends: the one that lets in more last.
fn by_high(a: &End, b: &End) -> Ordering {
    match (a.value(), b.value()) {
        (Some(x), Some(y)) => x.cmp(y).then(a.is_closed().cmp(&b.is_closed())),
        (x, y) => y.is_some().cmp(&x.is_some()),
    }
}

/// Whether all above a lower end lies above all below an upper end.
fn is_above(low: &End, high: &End) -> bool {
    match (low.value(), high.value()) {
        (Some(low_value), Some(high_value)) => match low_value.cmp(high_value) {
            Ordering::Less => false,
            Ordering::Equal => !(low.is_closed() && high.is_closed()),
            Ordering::Greater => true,
        },
        _ => false,
    }
}

/// Whether something below an upper end lies above something above a lower end.
fn reaches_above(high: &End, low: &End) -> bool {
    match (high.value(), low.value()) {
        (Some(high), Some(low)) => high > low,
        _ => true,
    }
}

/// The sum of the values, or of the so many highest or lowest of them.
fn sum(sets: &[&Set], part: Option<Part>) -> Option<Set> {
    let Some(part) = part else {
        let zero = Set::point(Exact::from(0));
        return Some(sets.iter().fold(zero, |all, set| all.add(set)));
    };
    if !part.is_top {
        let turned: Vec<Set> = sets.iter().map(|set| set.neg()).collect();
        let turned: Vec<&Set> = turned.iter().collect();
        let part = Part {
            is_top: true,
            ..part
        };
        return sum(&turned, Some(part)).map(|sum| sum.neg());
    }
    let n = usize::try_from(part.n)
        .unwrap_or(usize::MAX)
        .min(sets.len());
    // The sum only rises with each value, so its ends are those of all ends together.
    let (lows, highs) = ends(sets);
    let last = |ends: &[&End]| {
        let from = ends.len().saturating_sub(n);
        total(
            ends.get(from..)
                .unwrap_or(&[])
                .iter()
                .map(|end| (*end, None)),
        )
    };
    Set::new(last(&lows), last(&highs))
}

/// The value below which a part of them lies, straight between two neighbours.
fn quantile(sets: &[&Set], p: &Exact) -> Option<Set> {
    let steps = p * &count(sets.len().saturating_sub(1));
    let below = steps.floor();
    let rest = &steps - &below;
    let at: usize = below.to_string().parse().ok()?;
    let (lows, highs) = ends(sets);
    let of = |ends: &[&End]| {
        let first = *ends.get(at)?;
        if rest.is_zero() {
            return Some(first.clone());
        }
        let second = *ends.get(at + 1)?;
        let weights = [
            (first, Some(&Exact::from(1) - &rest)),
            (second, Some(rest.clone())),
        ];
        Some(total(weights.into_iter()))
    };
    Set::new(of(&lows)?, of(&highs)?)
}

/// The lower and the upper ends, each in order.
fn ends<'s>(sets: &[&'s Set]) -> (Vec<&'s End>, Vec<&'s End>) {
    let mut lows: Vec<&End> = sets.iter().map(|set| set.lo()).collect();
    let mut highs: Vec<&End> = sets.iter().map(|set| set.hi()).collect();
    lows.sort_by(|a, b| by_low(a, b));
    highs.sort_by(|a, b| by_high(a, b));
    (lows, highs)
}

/// The sum of ends, each times its weight: not reached where one of them is not, none where one is
/// not there.
fn total<'e>(ends: impl Iterator<Item = (&'e End, Option<Exact>)>) -> End {
    let (mut sum, mut is_closed) = (Exact::from(0), true);
    for (end, weight) in ends {
        let Some(value) = end.value() else {
            return End::Unbounded;
        };
        let value = match weight {
            Some(weight) => value * &weight,
            None => value.clone(),
        };
        sum = &sum + &value;
        is_closed &= end.is_closed();
    }
    match is_closed {
        true => End::Closed(sum),
        false => End::Open(sum),
    }
}
