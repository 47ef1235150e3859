//! Relations that hang together as a tree: whether they can hold, found by narrowing what each figure
//! can be, one relation after the other.
//!
//! In a tree that is exact, products and quotients with it: what is left of a figure is what some
//! values of all others go with. Where relations go round in a circle nothing is said.

use std::collections::BTreeSet;

use super::Net;
use super::relation::{Lift, Rated, Rel};
use crate::cases::{Claimed, Sum};
use crate::number::Exact;
use crate::set::Set;
use crate::solve::Relation;

/// What narrowing shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::audit) enum Narrowed {
    /// The relations cannot hold together.
    Clash,
    /// They can.
    Holds,
    /// They go round in a circle, or are not of the kind that is narrowed.
    Open,
}

/// Narrows what the cells of a net can be by its relations.
pub(in crate::audit) fn narrowed(net: &Net<'_>) -> Narrowed {
    narrow(net).unwrap_or(Narrowed::Open)
}

fn narrow(net: &Net<'_>) -> Option<Narrowed> {
    let rels = tree(net)?;
    let mut sets: Vec<Set> = net.cells.iter().map(|cell| cell.bounds.clone()).collect();
    for unit in &net.units {
        let own = sets.get_mut(unit.cell)?;
        match own.intersect(&unit.set) {
            Some(both) => *own = both,
            None => return Some(Narrowed::Clash),
        }
    }
    // From one end of a tree to the other it is at most so far.
    for _ in 0..=rels.len() {
        let mut is_changed = false;
        for rel in &rels {
            for (cell, allowed) in projected(rel, &sets)? {
                let own = sets.get_mut(cell)?;
                let Some(both) = own.intersect(&allowed) else {
                    return Some(Narrowed::Clash);
                };
                is_changed |= both != *own;
                *own = both;
            }
        }
        if !is_changed {
            return Some(Narrowed::Holds);
        }
    }
    None
}

/// All that has to hold, where it is a forest and every figure stands once in each.
fn tree<'n>(net: &'n Net<'_>) -> Option<Vec<&'n Rel>> {
    let mut rels = Vec::new();
    for bond in &net.bonds {
        let [way] = bond.ways.as_slice() else {
            return None;
        };
        rels.extend(way);
    }
    // A place for each figure and for each relation; every end of an edge joins two that were apart.
    let mut tops: Vec<usize> = (0..net.cells.len() + rels.len()).collect();
    for (n, rel) in rels.iter().enumerate() {
        let figures = match rel {
            Rel::Sum(one) => one.sum.figures(),
            Rel::Rated(rated) => {
                let mut all = rated.beside.figures();
                all.extend(rated.times.figures());
                all.push(rated.rate);
                all
            }
        };
        let all: BTreeSet<usize> = figures.iter().copied().collect();
        if all.len() < figures.len() {
            return None;
        }
        for cell in figures {
            let (one, other) = (top(&tops, cell)?, top(&tops, net.cells.len() + n)?);
            if one == other {
                return None;
            }
            *tops.get_mut(one.max(other))? = one.min(other);
        }
    }
    Some(rels)
}

fn top(tops: &[usize], mut at: usize) -> Option<usize> {
    loop {
        let next = *tops.get(at)?;
        if next == at {
            return Some(at);
        }
        at = next;
    }
}

/// What each figure of a relation can be by all others.
fn projected(rel: &Rel, sets: &[Set]) -> Option<Vec<(usize, Set)>> {
    match rel {
        Rel::Sum(Claimed { sum, relation }) => {
            let nothing = Set::point(Exact::from(0));
            terms_of(sum, &nothing, *relation, sets)
        }
        Rel::Rated(rated) => of_rated(rated, sets),
    }
}

/// What each figure of a sum can be, where something more is added to it.
fn terms_of(sum: &Sum, more: &Set, relation: Relation, sets: &[Set]) -> Option<Vec<(usize, Set)>> {
    let (terms, beside) = sum.linear()?;
    let mut found = Vec::new();
    for (n, (cell, factor)) in terms.iter().enumerate() {
        let mut rest = more.add(&Set::point(beside.clone()));
        for (other, (cell, factor)) in terms.iter().enumerate() {
            if other != n {
                rest = rest.add(&sets.get(*cell)?.scale(factor));
            }
        }
        let term = held(&rest.neg(), relation);
        found.push((*cell, term.scale(&factor.recip()?)));
    }
    Some(found)
}

/// What stands so to a value of a set.
fn held(set: &Set, relation: Relation) -> Set {
    match (relation, set.hi().value()) {
        (Relation::Equal, _) => set.clone(),
        (_, None) => Set::all(),
        (Relation::AtMost, Some(hi)) if set.hi().is_closed() => Set::at_most(hi.clone()),
        (_, Some(hi)) => Set::below(hi.clone()),
    }
}

fn value(sum: &Sum, sets: &[Set]) -> Option<Set> {
    let (terms, beside) = sum.linear()?;
    let mut whole = Set::point(beside);
    for (cell, factor) in terms {
        whole = whole.add(&sets.get(cell)?.scale(&factor));
    }
    Some(whole)
}

/// Of beside + times * lift = 0: each by the two others.
fn of_rated(rated: &Rated, sets: &[Set]) -> Option<Vec<(usize, Set)>> {
    if rated.relation != Relation::Equal {
        return None;
    }
    let rate = sets.get(rated.rate)?;
    let one = Set::point(Exact::from(1));
    let lift = match rated.lift {
        Lift::Plain => rate.clone(),
        Lift::Growth(1) => rate.add(&one),
        Lift::Growth(years) => {
            let factor = rate.add(&one);
            // Beyond -100 % nothing is left.
            if factor.lo().value()?.is_negative() {
                return None;
            }
            factor.pow(years).ok()?
        }
    };
    let beside = value(&rated.beside, sets)?;
    let times = value(&rated.times, sets)?;
    let quotient = beside.neg().div(&times).ok()?;
    let mut found = terms_of(&rated.beside, &times.mul(&lift), Relation::Equal, sets)?;
    let by_rate = beside.div(&lift).ok()?;
    found.extend(terms_of(&rated.times, &by_rate, Relation::Equal, sets)?);
    found.push((rated.rate, rated.lift.back(&quotient)?));
    Some(found)
}
