//! Nets of given relations, the figures that a relation is between, and what hangs together.

use std::collections::{BTreeMap, BTreeSet};

use super::relation::Rel;
use super::{Bonded, Net, Unit};
use crate::audit::joint::LeftOut;
use crate::figures::ClaimState;
use crate::findings::{Cx, KeyId, Supposed, Tie, Web};
use crate::model::EntityId;
use crate::period::Period;
use crate::program::{InputId, at};
use crate::solve::Relation;

impl<'a> Net<'a> {
    /// Relations with their figures, each figure as one: of claims that contradict each other any may be
    /// the true one. Beside it why relations are not in it.
    pub(in crate::audit) fn of_ties(
        cx: &'a Cx<'a>,
        web: &'a Web,
        ties: &[(Tie, EntityId)],
        supposed: Option<&'a Supposed>,
    ) -> (Net<'a>, Vec<LeftOut>) {
        let mut net = Net::new(cx, web, &BTreeSet::new());
        net.supposed = supposed;
        let mut left = Vec::new();
        for (tie, entity) in ties {
            if net.add_tie(tie, *entity).is_some() {
                continue;
            }
            let cells = net.cells_of(tie, *entity).unwrap_or_default();
            let is_mixed = cells.iter().any(|cell| net.cells[*cell].basis.is_none());
            left.push(match is_mixed {
                true => LeftOut::Basis,
                false => LeftOut::Form,
            });
        }
        net.merge();
        (net, left)
    }

    /// Makes one unit of all that is claimed of a cell. What is out of bounds is a finding of its own,
    /// and so is a baseline other than what is published.
    fn merge(&mut self) {
        let claims = &self.cx.submission.claims;
        let is_good = |unit: &Unit| {
            let mut own = unit.claims.iter();
            own.all(|id| claims[*id].state == ClaimState::Good)
        };
        let mut merged: Vec<Unit> = Vec::new();
        for cell in 0..self.cells.len() {
            let own = || self.units.iter().filter(move |unit| unit.cell == cell);
            let claimed = || own().filter(|unit| unit.baseline.is_none() && is_good(unit));
            merged.extend(claimed().cloned().reduce(|whole, unit| Unit {
                set: whole.set.hull(&unit.set),
                claims: [whole.claims, unit.claims].concat(),
                ..whole
            }));
            let meets =
                |baseline: &&Unit| claimed().all(|unit| unit.set.meets_closed(&baseline.set));
            let baselines = own().filter(|unit| unit.baseline.is_some());
            merged.extend(baselines.filter(meets).cloned());
        }
        self.units = merged;
    }

    /// The cells of a relation, each once and in order.
    pub(in crate::audit) fn figures_of(&self, bond: usize) -> Vec<usize> {
        let about = self.bonds.get(bond).map(|bond| &bond.about);
        let keys = about.and_then(|(tie, entity)| keys_of(self.cx, tie, *entity));
        let keys = keys.unwrap_or_default().into_iter();
        let mut cells: Vec<usize> = keys
            .filter_map(|key| self.places.get(&key).copied())
            .collect();
        cells.sort_unstable();
        cells.dedup();
        cells
    }

    /// Leaves out what somebody wrote as an equation of the same figures as one that is derived.
    pub(in crate::audit) fn drop_doubles(&mut self) {
        let is_equation = |bond: &Bonded| {
            let is_equal = |rel: &Rel| match rel {
                Rel::Sum(one) => one.relation == Relation::Equal,
                Rel::Rated(rated) => rated.relation == Relation::Equal,
            };
            bond.ways.iter().all(|way| way.iter().any(is_equal))
        };
        let is_derived = |bond: &Bonded| matches!(bond.about.0, Tie::Bond(_));
        let all = || self.bonds.iter().enumerate();
        let equations = || all().filter(|(_, bond)| is_equation(bond));
        let derived = equations().filter(|(_, bond)| is_derived(bond));
        let derived: BTreeSet<Vec<usize>> = derived.map(|(n, _)| self.figures_of(n)).collect();
        let doubles = equations().filter(|(_, bond)| !is_derived(bond));
        let doubles: Vec<usize> = doubles
            .map(|(n, _)| n)
            .filter(|n| derived.contains(&self.figures_of(*n)))
            .collect();
        for double in doubles {
            self.drop_bond(double);
        }
    }

    /// How many relations are not left out.
    pub(in crate::audit) fn n_bonds(&self) -> usize {
        let all = 0..self.bonds.len();
        all.filter(|bond| !self.is_dropped(*bond)).count()
    }

    /// Leaves a relation out.
    pub(in crate::audit) fn drop_bond(&mut self, bond: usize) {
        if let Some(bond) = self.bonds.get_mut(bond) {
            bond.ways = vec![Vec::new()];
        }
    }

    /// Whether a relation was left out, or asks for nothing.
    pub(in crate::audit) fn is_dropped(&self, bond: usize) -> bool {
        let ways = self.bonds.get(bond).map(|bond| &bond.ways);
        ways.is_none_or(|ways| ways.iter().any(Vec::is_empty))
    }
}

/// The figures of a relation, and whose they are; nothing where it speaks of many bodies, or of a
/// figure that nobody printed.
pub(in crate::audit) fn keys_of(
    cx: &Cx<'_>,
    tie: &Tie,
    entity: EntityId,
) -> Option<Vec<(KeyId, EntityId)>> {
    let (root, period) = match tie {
        Tie::Check(rule, period) => (&cx.program.rules[*rule].goal, *period),
        Tie::Identity(n, period) => (&cx.program.identities.get(*n)?.root, *period),
        Tie::Bond(n) => {
            let keys = cx.plans.get(*n)?.cells().into_iter();
            return Some(keys.map(|key| (key, entity)).collect());
        }
        Tie::Same(key) | Tie::Bounds(key) | Tie::Baseline(_, key) => {
            return Some(vec![(*key, entity)]);
        }
        _ => return None,
    };
    if !root.over.is_empty() {
        return None;
    }
    let inputs = root.inputs.iter();
    inputs
        .map(|input| key_of(cx, *input, period, entity))
        .collect()
}

pub(super) fn key_of(
    cx: &Cx<'_>,
    input: InputId,
    period: Period,
    entity: EntityId,
) -> Option<(KeyId, EntityId)> {
    let input = &cx.program.inputs[input];
    if input.baseline.is_some() {
        return None;
    }
    let figure = &input.figure;
    let at = at(input.at, period);
    let key = cx
        .book
        .beside(figure, figure.measure, &figure.breakdown, at)?;
    Some((key, figure.entity.unwrap_or(entity)))
}

/// Joins what shares anything: each list names things, and lists that share one are one group.
pub(in crate::audit) fn joined<T: Ord>(lists: &[Vec<T>]) -> Vec<Vec<usize>> {
    let mut first: BTreeMap<&T, usize> = BTreeMap::new();
    let mut above: Vec<usize> = (0..lists.len()).collect();
    let top = |above: &mut Vec<usize>, mut at: usize| {
        while let Some(next) = above.get(at).copied().filter(|next| *next != at) {
            let further = above.get(next).copied().unwrap_or(next);
            if let Some(own) = above.get_mut(at) {
                *own = further;
            }
            at = next;
        }
        at
    };
    for (at, list) in lists.iter().enumerate() {
        for thing in list {
            let known = *first.entry(thing).or_insert(at);
            let (one, other) = (top(&mut above, at), top(&mut above, known));
            if let Some(own) = above.get_mut(one.max(other)) {
                *own = one.min(other);
            }
        }
    }
    let mut all: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..lists.len() {
        all.entry(top(&mut above, at)).or_default().push(at);
    }
    all.into_values().collect()
}
