//! Values of many bodies made comparable: a column goes in, the comparable value of each body comes
//! out, the better the higher. Each body is taken as an unknown of its own. Never narrower than the
//! truth; ends count as reached.

use super::Answer;
use super::deviation::deviations;
use super::fold::{self, Rests};
use super::lists::{Rest, Unlisted};
use crate::eval::columns::{Marks, Numbers};
use crate::model::{Fold, Gap, Norm, Standing};
use crate::number::Exact;
use crate::set::{End, Set};
use crate::verdict::{Cause, Causes};

/// The comparable values of all, and how far apart one step in the quantity sets two of them.
pub(super) struct Standings {
    pub(super) answers: Vec<Answer>,
    /// What a difference in the quantity is divided by: their range, or their deviation.
    pub(super) spread: Option<Set>,
}

/// The comparable value of each of so many members.
pub(super) fn standings(column: &Numbers, n: usize, standing: &Standing) -> Standings {
    let is_gap = |member: &usize| {
        standing.gap != Gap::Unknown && column.causes(*member).contains(Cause::Missing)
    };
    let (gaps, counted): (Vec<usize>, Vec<usize>) = (0..n).partition(is_gap);
    let none = |causes: Causes| Answer {
        set: None,
        causes,
        marks: Marks::NONE,
    };
    let mut all = Rests::default();
    let mut sets: Vec<Set> = Vec::with_capacity(n);
    for member in &counted {
        all.add(column, *member);
        sets.extend(column.set(*member).cloned());
    }
    let is_apart = matches!(standing.norm, Norm::MinMax | Norm::ZScore);
    let mut answers = vec![none(Cause::Missing.into()); n];
    if sets.len() != counted.len() && (is_apart || standing.gap != Gap::Unknown) {
        // What one of them has is not defined, and so neither is how far the others are from it.
        let answer = all.answer(None);
        for member in &counted {
            put(&mut answers, *member, answer.clone());
        }
        return Standings {
            answers,
            spread: None,
        };
    }
    let taken = instead(column, &counted, standing);
    let mut members = counted;
    if let Some(taken) = taken {
        sets.extend(gaps.iter().map(|_| taken.clone()));
        members.extend(gaps);
    }
    let own = |member: usize| {
        let mut rests = Rests::default();
        rests.add(column, member);
        rests
    };
    if !is_apart {
        for member in members {
            let is_filled = is_gap(&member);
            let rests = if is_filled { all.clone() } else { own(member) };
            let set = match is_filled {
                true => sets.last().cloned(),
                false => column.set(member).cloned(),
            };
            let answer = rests.answer(set.as_ref().and_then(|set| alone(set, standing)));
            put(&mut answers, member, answer);
        }
        return Standings {
            answers,
            spread: None,
        };
    }
    let mut found = match standing.norm {
        Norm::MinMax => apart(&sets),
        _ => deviations(&sets),
    };
    if !standing.is_up {
        found.turn(&standing.norm);
    }
    for ((member, set), is_loose) in members.iter().zip(found.sets).zip(found.loose) {
        let mut answer = all.clone().answer(Some(set));
        if found.may_be_equal {
            answer.causes = answer.causes.union(Cause::Undefined.into());
        }
        if is_loose {
            answer.marks = answer.marks.union(Marks::LOOSE);
        }
        put(&mut answers, *member, answer);
    }
    Standings {
        answers,
        spread: Some(found.spread),
    }
}

fn put(answers: &mut [Answer], member: usize, answer: Answer) {
    if let Some(place) = answers.get_mut(member) {
        *place = answer;
    }
}

/// What a missing value counts as, where it counts as something.
fn instead(column: &Numbers, counted: &[usize], standing: &Standing) -> Option<Set> {
    let fold = match standing.gap {
        Gap::Unknown | Gap::LeftOut => return None,
        Gap::Worst if standing.is_up => Fold::Quantile(Exact::from(0)),
        Gap::Worst => Fold::Quantile(Exact::from(1)),
        Gap::Mean => Fold::Mean(None),
    };
    if counted.is_empty() {
        return None;
    }
    let all = (&Rest::none(), &Unlisted::default());
    fold::numbers(&fold, column, counted, all).set
}

/// Values that are compared with each other.
pub(super) struct Apart {
    pub(super) sets: Vec<Set>,
    pub(super) loose: Vec<bool>,
    pub(super) spread: Set,
    /// All may have one value, so that none stands anywhere.
    pub(super) may_be_equal: bool,
}

impl Apart {
    /// The same where less is better.
    fn turn(&mut self, norm: &Norm) {
        let one = Set::point(Exact::from(1));
        for set in &mut self.sets {
            *set = match norm {
                Norm::MinMax => one.sub(set),
                _ => set.neg(),
            };
        }
    }
}

/// A number, or beyond all numbers on one side.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    Below,
    At(Exact),
    Above,
}

pub(super) fn low(set: &Set) -> Reach {
    set.lo()
        .value()
        .map_or(Reach::Below, |value| Reach::At(value.clone()))
}

pub(super) fn high(set: &Set) -> Reach {
    set.hi()
        .value()
        .map_or(Reach::Above, |value| Reach::At(value.clone()))
}

/// Whether all of some values may be one.
pub(super) fn may_be_equal(sets: &[Set]) -> bool {
    sets.iter().map(low).max() <= sets.iter().map(high).min()
}

/// The place of each between the lowest and the highest, from 0 to 1.
///
/// It rises with its own value and falls with that of each other, so its ends lie at the ends.
fn apart(sets: &[Set]) -> Apart {
    let lows: Vec<Reach> = sets.iter().map(low).collect();
    let highs: Vec<Reach> = sets.iter().map(high).collect();
    let may_be_equal = may_be_equal(sets);
    let (others_low, others_high) = (others(&lows), others(&highs));
    let whole = || closed(Exact::from(0), Exact::from(1));
    let of = |n: usize| {
        let at = |own: &[Reach], rest: &[Option<(Reach, Reach)>]| {
            let (least, most) = rest.get(n)?.clone()?;
            Some(place(own.get(n)?, &least, &most))
        };
        let ends = (at(&lows, &others_high), at(&highs, &others_low));
        match ends {
            (Some(lo), Some(hi)) if !may_be_equal && lo <= hi => closed(lo, hi),
            _ => whole(),
        }
    };
    let spread = range(&lows, &highs);
    Apart {
        sets: (0..sets.len()).map(of).collect(),
        loose: vec![false; sets.len()],
        spread,
        may_be_equal,
    }
}

/// Where a value lies between the least and the most of all others and itself.
fn place(own: &Reach, least: &Reach, most: &Reach) -> Exact {
    let (zero, one) = (Exact::from(0), Exact::from(1));
    let (Reach::At(value), lo, hi) = (own, own.min(least), own.max(most)) else {
        return if *own == Reach::Above { one } else { zero };
    };
    match (lo, hi) {
        (Reach::At(lo), Reach::At(hi)) => {
            let part = (value - lo).checked_div(&(hi - lo));
            // All are one only where that was settled before.
            part.unwrap_or(zero)
        }
        // Far below it the others are as one; far above it is as the lowest.
        (Reach::Below, _) => one,
        _ => zero,
    }
}

/// The least and the most of all but each.
fn others(all: &[Reach]) -> Vec<Option<(Reach, Reach)>> {
    type Ends = Option<(Reach, Reach)>;
    let with = |ends: &Ends, next: &Reach| -> Ends {
        let (lo, hi) = match ends {
            Some((lo, hi)) => (lo.min(next), hi.max(next)),
            None => (next, next),
        };
        Some((lo.clone(), hi.clone()))
    };
    let mut before: Vec<Ends> = vec![None];
    for next in all {
        let ends = with(before.last().unwrap_or(&None), next);
        before.push(ends);
    }
    let mut after: Vec<Ends> = vec![None];
    for next in all.iter().rev() {
        let ends = with(after.last().unwrap_or(&None), next);
        after.push(ends);
    }
    let pairs = before.iter().zip(after.iter().rev().skip(1));
    let both = pairs.map(|(before, after)| match after {
        Some((lo, hi)) => with(&with(before, lo), hi),
        None => before.clone(),
    });
    both.take(all.len()).collect()
}

/// How far the highest may be above the lowest.
fn range(lows: &[Reach], highs: &[Reach]) -> Set {
    let least = match (lows.iter().max(), highs.iter().min()) {
        (Some(Reach::At(most)), Some(Reach::At(least))) if most > least => {
            End::Closed(most - least)
        }
        _ => End::Open(Exact::from(0)),
    };
    let most = match (highs.iter().max(), lows.iter().min()) {
        (Some(Reach::At(most)), Some(Reach::At(least))) if most > least => {
            End::Closed(most - least)
        }
        _ => End::Unbounded,
    };
    Set::new(least, most).unwrap_or_else(|| Set::above(Exact::from(0)))
}

pub(super) fn closed(lo: Exact, hi: Exact) -> Set {
    Set::closed(lo, hi).unwrap_or_else(Set::all)
}

/// A value that is comparable by itself.
fn alone(set: &Set, standing: &Standing) -> Option<Set> {
    let (zero, one) = (Set::point(Exact::from(0)), Set::point(Exact::from(1)));
    Some(match &standing.norm {
        Norm::Target(target) if standing.is_up => set.scale(&target.recip()?).max(&zero).min(&one),
        Norm::Target(target) => {
            // All of it up to the target, and the smaller a part of it the farther above.
            let part = |value: Option<&Exact>, beyond: i64| match value {
                Some(value) if value > target => target.checked_div(value),
                Some(_) => Some(Exact::from(1)),
                None => Some(Exact::from(beyond)),
            };
            closed(part(set.hi().value(), 0)?, part(set.lo().value(), 1)?)
        }
        Norm::Between(lo, hi) => {
            let width = (hi - lo).recip()?;
            let part = set.sub(&Set::point(lo.clone())).scale(&width);
            let part = part.max(&zero).min(&one);
            if standing.is_up { part } else { one.sub(&part) }
        }
        Norm::MinMax | Norm::ZScore | Norm::Multiple => set.clone(),
    })
}
