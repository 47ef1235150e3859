//! Whether the relations of a net can hold while some of its figures are right.
//!
//! A rate that stands in one relation only is taken out of it: for some rate between two ends, sums
//! lie between two sums. Where it stands in several, that is not enough to prove that they hold, and
//! rates are tried one by one.

use std::collections::{BTreeMap, BTreeSet};

use crate::cases::{Claimed, Sum};
use crate::number::Exact;
use crate::set::Set;
use crate::solve::{Answer, Constraint, Relation, System, solve};

use super::Net;
use super::relation::{Lift, Rated, Rel};

/// Questions to the solver for one question.
const MOST_LOOKS: usize = 200;

/// Rates in several relations that are tried one by one.
const MOST_SHARED: usize = 4;

/// Units that are believed, and values that are set.
#[derive(Debug, Clone, Default)]
pub(in crate::audit) struct Belief {
    /// Units that may be wrong.
    pub freed: BTreeSet<usize>,
    /// Values of cells.
    pub set: BTreeMap<usize, Exact>,
}

/// Whether it can be.
#[derive(Debug, Clone)]
pub(in crate::audit) enum Can {
    /// With these values of the cells.
    Be(Vec<Exact>),
    /// It cannot.
    Not(Core),
    /// That is not known.
    Unsure,
}

/// What cannot all be so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::audit) struct Core {
    /// Units of which one at least must be wrong, if the relations hold.
    pub units: BTreeSet<usize>,
    /// The relations, by their places in the net.
    pub bonds: BTreeSet<usize>,
}

impl Core {
    fn extend(&mut self, other: &Core) {
        self.units.extend(&other.units);
        self.bonds.extend(&other.bonds);
    }
}

/// Constraints, each with what it rests on.
#[derive(Debug, Clone, Default)]
pub(in crate::audit) struct Held {
    pub constraints: Vec<Constraint>,
    rests: Vec<Core>,
    /// What holds with a rate.
    pub(in crate::audit) rated: Vec<Rated>,
    /// That by which one of them never holds, whatever the others ask.
    never: Option<Core>,
}

impl Held {
    pub(in crate::audit) fn push(
        &mut self,
        net: &Net<'_>,
        sum: &Sum,
        relation: Relation,
        units: BTreeSet<usize>,
    ) -> Option<()> {
        let (terms, beside) = net.scaled(sum)?;
        self.constraints.push(Constraint {
            terms,
            relation,
            bound: -beside,
        });
        self.rests.push(Core {
            units,
            ..Core::default()
        });
        Some(())
    }

    fn join(&mut self, other: &Held) {
        self.constraints.extend(other.constraints.iter().cloned());
        self.rests.extend(other.rests.iter().cloned());
        self.rated.extend(other.rated.iter().cloned());
        self.never = self.never.take().or_else(|| other.never.clone());
    }

    fn core(&self, places: &[usize]) -> Core {
        let rests = places.iter().filter_map(|place| self.rests.get(*place));
        rests.fold(Core::default(), |mut all, one| {
            all.extend(one);
            all
        })
    }

    /// Says that all of it is asked by one relation.
    fn is_asked_by(&mut self, bond: usize) {
        for rests in self.rests.iter_mut().chain(&mut self.never) {
            rests.bonds.insert(bond);
        }
    }

    pub(in crate::audit) fn system(&self, n_variables: usize) -> System {
        System {
            n_variables,
            constraints: self.constraints.clone(),
        }
    }
}

/// What a cell may be, and the units that either end rests on.
pub(super) struct Within {
    pub(super) set: Option<Set>,
    lo: BTreeSet<usize>,
    hi: BTreeSet<usize>,
}

/// A net with figures that are believed.
pub(in crate::audit) struct Believed<'n, 'a> {
    pub net: &'n Net<'a>,
    pub belief: Belief,
}

impl Believed<'_, '_> {
    /// Whether all relations can hold.
    pub(in crate::audit) fn can(&self) -> Can {
        let mut looks = 0;
        self.can_in(&mut looks, MOST_SHARED)
    }

    /// Whether the relations can hold as far as sums say: where they cannot that is proved, where they
    /// can a rate of several relations may still need to be several numbers.
    pub(in crate::audit) fn clashes(&self) -> Can {
        match self.held() {
            Some((held, open)) => self.branch(held, &open, &mut 0),
            None => Can::Unsure,
        }
    }

    fn can_in(&self, looks: &mut usize, depth: usize) -> Can {
        let Some((held, open)) = self.held() else {
            return Can::Unsure;
        };
        let can = self.branch(held, &open, looks);
        let Can::Be(point) = can else {
            return can;
        };
        let Some(shared) = self.shared().into_iter().next() else {
            return Can::Be(point);
        };
        if depth == 0 {
            return Can::Unsure;
        }
        // That all can be for some rate of each is not yet that they can for one rate.
        let tries = self.tried(shared, &point).into_iter();
        let mut tries: Vec<(usize, Exact)> = tries.map(|value| (shared, value)).collect();
        // With what it is multiplied with set, the rate may be anything that the others ask.
        let times = self.rated(shared).into_iter();
        for cell in times.flat_map(|rated| rated.times.figures()) {
            if !self.belief.set.contains_key(&cell) && !tries.iter().any(|(at, _)| *at == cell) {
                tries.extend(point.get(cell).map(|value| (cell, value.clone())));
            }
        }
        for (cell, value) in tries {
            let mut belief = self.belief.clone();
            belief.set.insert(cell, value);
            let believed = Believed {
                net: self.net,
                belief,
            };
            if let Can::Be(point) = believed.can_in(looks, depth - 1) {
                return Can::Be(point);
            }
        }
        Can::Unsure
    }

    /// The ways of all relations that have several, taken one after the other.
    fn branch(&self, held: Held, open: &[Vec<Held>], looks: &mut usize) -> Can {
        if let Some(core) = held.never {
            return Can::Not(core);
        }
        *looks += 1;
        if *looks > MOST_LOOKS {
            return Can::Unsure;
        }
        let point = match solve(&held.system(self.net.cells.len())) {
            Answer::Unsure => return Can::Unsure,
            Answer::Clash(places) => return Can::Not(held.core(&places)),
            Answer::Holds(point) => point,
        };
        let Some((first, others)) = open.split_first() else {
            return Can::Be(self.net.unscaled(&point));
        };
        let (mut core, mut is_unsure) = (Core::default(), false);
        let holds = |way: &&Held| way.constraints.iter().all(|one| one.holds(&point));
        let likely = first.iter().filter(holds);
        let unlikely = first.iter().filter(|way| !holds(way));
        for way in likely.chain(unlikely) {
            let mut held = held.clone();
            held.join(way);
            match self.branch(held, others, looks) {
                Can::Be(point) => return Can::Be(point),
                Can::Not(more) => core.extend(&more),
                Can::Unsure => is_unsure = true,
            }
        }
        match is_unsure {
            true => Can::Unsure,
            false => Can::Not(core),
        }
    }

    /// Every choice of ways under which all can hold; nothing where there are too many.
    pub(in crate::audit) fn choices(&self, most: usize) -> Option<Vec<Held>> {
        let (held, open) = self.held()?;
        let mut all = vec![held];
        for ways in open {
            let mut next = Vec::new();
            for held in &all {
                for way in &ways {
                    let mut held = held.clone();
                    held.join(way);
                    if held.never.is_some() {
                        continue;
                    }
                    match solve(&held.system(self.net.cells.len())) {
                        Answer::Holds(_) => next.push(held),
                        Answer::Clash(_) => {}
                        Answer::Unsure => return None,
                    }
                }
            }
            if next.len() > most {
                return None;
            }
            all = next;
        }
        Some(all)
    }

    /// What holds in any case, and for each relation that may hold in several ways what each asks.
    fn held(&self) -> Option<(Held, Vec<Vec<Held>>)> {
        let mut held = Held::default();
        for cell in 0..self.net.cells.len() {
            let place = Sum::figure(cell);
            let bounds = &self.net.cells.get(cell)?.bounds;
            self.within(&mut held, &place, bounds, None)?;
            if let Some(value) = self.belief.set.get(&cell) {
                let off = place.minus(&Sum::constant(value.clone()));
                held.push(self.net, &off, Relation::Equal, BTreeSet::new())?;
            }
        }
        for (n, unit) in self.net.units.iter().enumerate() {
            if !self.belief.freed.contains(&n) {
                self.within(&mut held, &Sum::figure(unit.cell), &unit.set, Some(n))?;
            }
        }
        let mut open = Vec::new();
        for (n, bond) in self.net.bonds.iter().enumerate() {
            let mut ways = Vec::new();
            for way in &bond.ways {
                let mut all = vec![Held::default()];
                for rel in way {
                    let own = self.asked(rel)?;
                    let mut next = Vec::new();
                    for held in &all {
                        for more in &own {
                            let mut held = held.clone();
                            held.join(more);
                            next.push(held);
                        }
                    }
                    all = next;
                }
                ways.extend(all);
            }
            ways.iter_mut().for_each(|way| way.is_asked_by(n));
            match ways.as_slice() {
                [only] => {
                    held.join(only);
                }
                _ => open.push(ways),
            }
        }
        Some((held, open))
    }

    fn within(&self, held: &mut Held, place: &Sum, set: &Set, unit: Option<usize>) -> Option<()> {
        let units: BTreeSet<usize> = unit.into_iter().collect();
        if let Some(lo) = set.lo().value() {
            let off = Sum::constant(lo.clone()).minus(place);
            held.push(self.net, &off, Relation::AtMost, units.clone())?;
        }
        if let Some(hi) = set.hi().value() {
            let off = place.minus(&Sum::constant(hi.clone()));
            held.push(self.net, &off, Relation::AtMost, units)?;
        }
        Some(())
    }

    /// What one relation asks, in each case of the sign of what is multiplied.
    fn asked(&self, rel: &Rel) -> Option<Vec<Held>> {
        let rated = match rel {
            Rel::Sum(Claimed { sum, relation }) => {
                let mut held = Held {
                    never: self.never(sum, *relation).map(|units| Core {
                        units,
                        ..Core::default()
                    }),
                    ..Held::default()
                };
                held.push(self.net, sum, *relation, BTreeSet::new())?;
                return Some(vec![held]);
            }
            Rel::Rated(rated) => rated,
        };
        if let Some(sum) = self.plain(rated) {
            let mut held = Held::default();
            held.push(self.net, &sum, rated.relation, BTreeSet::new())?;
            return Some(vec![held]);
        }
        let within = self.cell_within(rated.rate);
        let (sign, units) = self.sign(&rated.times);
        let cases = match sign {
            Some(is_above) => vec![(is_above, false)],
            None => vec![(true, true), (false, true)],
        };
        let mut all = Vec::new();
        for (is_above, is_said) in cases {
            let mut held = Held {
                rated: vec![rated.clone()],
                ..Held::default()
            };
            let minus = Exact::from(-1);
            if is_said {
                let sum = match is_above {
                    true => rated.times.scaled(&minus),
                    false => rated.times.clone(),
                };
                held.push(self.net, &sum, Relation::AtMost, BTreeSet::new())?;
            }
            let ends = [
                (within.set.as_ref()?.lo(), &within.lo),
                (within.set.as_ref()?.hi(), &within.hi),
            ];
            for (n, (end, of_end)) in ends.into_iter().enumerate() {
                let Some(end) = end.value() else {
                    continue;
                };
                // Where what is multiplied is above zero the sum is least at the lower end.
                let is_least = (n == 0) == is_above;
                if !is_least && rated.relation != Relation::Equal {
                    continue;
                }
                let sum = rated.beside.plus(&rated.times.scaled(&rated.lift.of(end)?));
                let sum = if is_least { sum } else { sum.scaled(&minus) };
                let rests = of_end.union(&units).copied().collect();
                held.push(self.net, &sum, Relation::AtMost, rests)?;
            }
            all.push(held);
        }
        Some(all)
    }

    /// A relation with a rate as a sum, where the value of all that it is multiplied with is set.
    pub(super) fn plain(&self, rated: &Rated) -> Option<Sum> {
        let (terms, mut times) = rated.times.linear()?;
        for (cell, factor) in terms {
            times = &times + &(&factor * self.belief.set.get(&cell)?);
        }
        let rate = Sum::figure(rated.rate);
        let lifted = match rated.lift {
            Lift::Plain => rate,
            Lift::Growth(1) => rate.plus(&Sum::constant(Exact::from(1))),
            Lift::Growth(_) => return None,
        };
        Some(rated.beside.plus(&lifted.scaled(&times)))
    }

    /// The units by which a sum of one figure is above zero, where it must not be: of the sign of what
    /// is divided by the solver need not be asked.
    fn never(&self, sum: &Sum, relation: Relation) -> Option<BTreeSet<usize>> {
        let (terms, beside) = sum.linear()?;
        let [(cell, factor)] = terms.as_slice() else {
            return None;
        };
        let within = self.cell_within(*cell);
        let own = within.set?.scale(factor).add(&Set::point(beside));
        let least = own.lo().value()?;
        let is_above = match relation {
            Relation::AtMost => least.signum() > 0,
            Relation::Below => least.signum() >= 0,
            Relation::Equal => false,
        };
        let of_end = if factor.is_negative() {
            within.hi
        } else {
            within.lo
        };
        is_above.then_some(of_end)
    }

    /// What a cell may be, by its bounds and the units that are believed.
    pub(super) fn cell_within(&self, cell: usize) -> Within {
        let bounds = self.net.cells.get(cell).map(|cell| cell.bounds.clone());
        let mut within = Within {
            set: Some(bounds.unwrap_or_else(Set::all)),
            lo: BTreeSet::new(),
            hi: BTreeSet::new(),
        };
        if let Some(value) = self.belief.set.get(&cell) {
            within.set = Some(Set::point(value.clone()));
            return within;
        }
        for (n, unit) in self.net.units.iter().enumerate() {
            if unit.cell != cell || self.belief.freed.contains(&n) {
                continue;
            }
            let Some(set) = within.set.clone() else {
                break;
            };
            // Units that contradict each other clash on their own.
            let Some(both) = set.intersect(&unit.set) else {
                break;
            };
            if both.lo() != set.lo() {
                within.lo = BTreeSet::from([n]);
            }
            if both.hi() != set.hi() {
                within.hi = BTreeSet::from([n]);
            }
            within.set = Some(both);
        }
        within
    }

    /// Whether a sum is never below zero, or never above, with the units that say so.
    fn sign(&self, sum: &Sum) -> (Option<bool>, BTreeSet<usize>) {
        let Some((terms, beside)) = sum.linear() else {
            return (None, BTreeSet::new());
        };
        let mut whole = Set::point(beside);
        let mut units = BTreeSet::new();
        let nothing = Exact::from(0);
        for (cell, factor) in terms {
            let bounds = self.net.cells.get(cell).map(|cell| cell.bounds.clone());
            let bounds = bounds.unwrap_or_else(Set::all);
            let is_signed = |set: &Set| {
                set.lo().value().is_some_and(|lo| *lo >= nothing)
                    || set.hi().value().is_some_and(|hi| *hi <= nothing)
            };
            // What is declared serves for any figure.
            let set = match is_signed(&bounds) {
                true => bounds,
                false => {
                    let within = self.cell_within(cell);
                    units.extend(within.lo.iter().chain(&within.hi));
                    within.set.unwrap_or_else(Set::all)
                }
            };
            whole = whole.add(&set.scale(&factor));
        }
        if whole.lo().value().is_some_and(|lo| *lo >= nothing) {
            (Some(true), units)
        } else if whole.hi().value().is_some_and(|hi| *hi <= nothing) {
            (Some(false), units)
        } else {
            (None, BTreeSet::new())
        }
    }
}
