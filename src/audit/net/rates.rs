//! Rates that stand in several relations: which they are, and the values of them that are tried.

use std::collections::{BTreeMap, BTreeSet};

use super::relation::{Lift, Rated, Rel};
use super::satisfy::Believed;
use crate::cases::Sum;
use crate::number::Exact;
use crate::set::Set;
use crate::solve::{Constraint, Relation};

impl Believed<'_, '_> {
    /// All that relations ask, each by its relation and its place in a way of that: of several ways
    /// only one has to hold.
    fn rels(&self) -> impl Iterator<Item = ((usize, usize), &Rel)> {
        let bonds = self.net.bonds.iter().enumerate();
        bonds.flat_map(|(n, bond)| {
            let ways = bond.ways.iter().map(|way| way.iter().enumerate());
            ways.flatten().map(move |(at, rel)| ((n, at), rel))
        })
    }

    /// How many relations have a rate that stands in several.
    pub(in crate::audit) fn n_shared(&self) -> usize {
        let shared = self.shared();
        let is_its = |rel: &Rel| matches!(rel, Rel::Rated(rated) if shared.contains(&rated.rate));
        let bonds = self.net.bonds.iter();
        let partly = bonds.filter(|bond| bond.ways.iter().flatten().any(is_its));
        partly.count()
    }

    /// The relations that a cell is the rate of.
    pub(in crate::audit) fn rated(&self, cell: usize) -> Vec<&Rated> {
        let all = self.rels().filter_map(|(_, rel)| match rel {
            Rel::Rated(rated) if rated.rate == cell => Some(rated),
            _ => None,
        });
        all.collect()
    }

    /// Rates that stand in more than one relation, and whose value is not set.
    pub(in crate::audit) fn shared(&self) -> Vec<usize> {
        let mut uses: BTreeMap<usize, BTreeSet<(usize, usize)>> = BTreeMap::new();
        let mut rates: BTreeSet<usize> = BTreeSet::new();
        for (n, rel) in self.rels() {
            let figures = match rel {
                Rel::Sum(one) => one.sum.figures(),
                Rel::Rated(rated) => {
                    if self.plain(rated).is_none() {
                        rates.insert(rated.rate);
                    }
                    let mut all = rated.beside.figures();
                    all.extend(rated.times.figures());
                    all.push(rated.rate);
                    all
                }
            };
            for figure in figures {
                uses.entry(figure).or_default().insert(n);
            }
        }
        let is_shared = |cell: &usize| {
            let is_point = || {
                self.cell_within(*cell)
                    .set
                    .is_some_and(|set| set.is_point())
            };
            uses.get(cell).is_some_and(|uses| uses.len() > 1)
                && !self.belief.set.contains_key(cell)
                && !is_point()
        };
        rates.into_iter().filter(is_shared).collect()
    }

    /// Rates that are tried: those that the point has by each relation, and that of the point.
    pub(in crate::audit) fn tried(&self, cell: usize, point: &[Exact]) -> Vec<Exact> {
        let within = self.cell_within(cell).set.unwrap_or_else(Set::all);
        let mut all: Vec<Exact> = Vec::new();
        let value = |sum: &Sum| {
            let (terms, beside) = sum.linear()?;
            let one = Constraint {
                terms,
                relation: Relation::Equal,
                bound: Exact::from(0),
            };
            Some(&one.sum(point) + &beside)
        };
        for rated in self.rated(cell) {
            let rate = value(&rated.beside)
                .zip(value(&rated.times))
                .and_then(|(beside, times)| (-&beside).checked_div(&times));
            match (rate, rated.lift) {
                (Some(rate), Lift::Plain) => all.push(rate),
                (Some(rate), Lift::Growth(1)) => all.push(&rate - &Exact::from(1)),
                _ => {}
            }
        }
        all.extend(point.get(cell).cloned());
        if let (Some(lo), Some(hi)) = (within.lo().value(), within.hi().value()) {
            all.extend(Exact::ratio(1, 2).map(|half| &(lo + hi) * &half));
        }
        all.retain(|value| within.contains(value));
        let mut told: Vec<Exact> = Vec::new();
        for value in all {
            if !told.contains(&value) {
                told.push(value);
            }
        }
        told
    }
}
