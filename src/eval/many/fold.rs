//! Values of many bodies to one: columns and the places of those that count go in, a set that holds
//! whatever the values allow comes out. Each body is taken as an unknown of its own. Never slower
//! than sorting them.

use std::cmp::Ordering;

use super::Answer;
use crate::eval::columns::{Marks, Numbers, Truths};
use crate::model::{Fold, Part};
use crate::number::Exact;
use crate::set::{End, Set, Truth};
use crate::verdict::{Cause, Causes};

/// What numbers come to together.
pub(super) fn numbers(fold: &Fold, column: &Numbers, group: &[usize]) -> Answer {
    let mut rests = Rests::default();
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
    let set = match fold {
        Fold::Sum(part) => sum(&sets, *part),
        Fold::Mean(part) => {
            let most = |part: &Part| usize::try_from(part.n).unwrap_or(usize::MAX);
            let n = part.as_ref().map_or(sets.len(), most).min(sets.len());
            sum(&sets, *part).and_then(|sum| Some(sum.scale(&count(n).recip()?)))
        }
        Fold::Quantile(p) => quantile(&sets, p),
        Fold::Rank(_) | Fold::Standing(_) | Fold::Count | Fold::Share => None,
    };
    rests.answer(set)
}

/// How many conditions hold, or which part of them.
pub(super) fn truths(fold: &Fold, column: &Truths, group: &[usize]) -> Answer {
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
    let set = Set::closed(count(n_true), count(n_true + n_open));
    let set = match fold {
        Fold::Share => set.and_then(|set| Some(set.scale(&count(group.len()).recip()?))),
        _ => set,
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
