//! Contradictions that several relations make together, each of which can hold by itself.
//!
//! Relations that hold and share figures are put to the exact solver as one system. Where it has no
//! solution a finding names relations and figures none of which can be left out. Products of figures
//! come in as the sums that they lie between: that proves what cannot be, and never that all is well.

use std::collections::{BTreeMap, BTreeSet};

use crate::eval::bounds_of;
use crate::findings::FindingKind;
use crate::findings::{Bond, Cx, Found, Haul, KeyId, Supposed, Tie, Web};
use crate::model::EntityId;
use crate::set::Set;

use super::net::{Belief, Believed, Can, Core, Narrowed, Net, joined, keys_of, narrowed};

mod told;

pub(super) use told::relations;

/// Figures of one group that are looked at together.
const MOST_CELLS: usize = 150;

/// Contradictions of one group, with no relation in common, that are looked for.
const MOST_CLASHES: usize = 50;

/// How far relations that hold by themselves were looked at together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Joint {
    /// Groups of relations that share figures.
    pub groups: usize,
    /// The relations of these groups.
    pub relations: usize,
    /// Of these, relations with a growth or share that stands in several: they come in as sums between
    /// which they lie, so that a contradiction among them may go unseen.
    pub partly: usize,
    /// Relations that were not looked at together with others, by the reason.
    pub left_out: BTreeMap<LeftOut, usize>,
}

/// Why a relation is not looked at together with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// It orders the values of all bodies.
    Rank,
    /// It says something of many bodies.
    Many,
    /// It holds under a condition.
    Condition,
    /// A growth of an indicator whose growth is on a footing of its own.
    Comparable,
    /// Its figures are on several bases.
    Basis,
    /// It cannot be put as sums.
    Form,
    /// Its group has too many figures.
    Size,
    /// Neither values nor a contradiction were proved.
    Unsure,
}

impl LeftOut {
    /// The word of the machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            LeftOut::Rank => "rank",
            LeftOut::Many => "many",
            LeftOut::Condition => "condition",
            LeftOut::Comparable => "comparable",
            LeftOut::Basis => "basis",
            LeftOut::Form => "form",
            LeftOut::Size => "size",
            LeftOut::Unsure => "unsure",
        }
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            LeftOut::Rank => "joint-left-rank",
            LeftOut::Many => "joint-left-many",
            LeftOut::Condition => "joint-left-condition",
            LeftOut::Comparable => "joint-left-comparable",
            LeftOut::Basis => "joint-left-basis",
            LeftOut::Form => "joint-left-form",
            LeftOut::Size => "joint-left-size",
            LeftOut::Unsure => "joint-left-unsure",
        }
    }
}

/// A relation and whose it is.
pub(super) type About = (Tie, EntityId);

/// Relations and figures that cannot be true together.
struct Clash<'a> {
    /// The relations alone, with their figures.
    net: Net<'a>,
    core: Core,
    /// Cells whose declared bounds it needs.
    bounds: Vec<usize>,
    /// It was proved of each relation that the others can hold without it.
    is_least: bool,
}

struct Look<'a> {
    cx: &'a Cx<'a>,
    web: &'a Web,
    found: Vec<Found>,
    joint: Joint,
}

/// Looks at all relations that hold by themselves, group by group.
pub(super) fn look(cx: &Cx<'_>, web: &Web, haul: &Haul) -> (Vec<Found>, Joint) {
    let mut look = Look::new(cx, web);
    let mut known: Vec<&About> = Vec::new();
    let mut lists: Vec<Vec<(KeyId, EntityId)>> = Vec::new();
    for about in &haul.holding {
        match look.keys(about) {
            Ok(keys) => {
                known.push(about);
                lists.push(keys);
            }
            Err(why) => look.leave(why, 1),
        }
    }
    let ranks = haul.checked.get(&FindingKind::Rank);
    look.leave(LeftOut::Rank, ranks.copied().unwrap_or(0));
    for group in joined(&lists) {
        let about = group.iter().filter_map(|n| known.get(*n));
        let about: Vec<About> = about.map(|about| (*about).clone()).collect();
        let keys = group.iter().filter_map(|n| lists.get(*n)).flatten();
        if about.len() > 1 || look.is_beyond(keys) {
            look.group(&about);
        }
    }
    (look.found, look.joint)
}

/// Whether a relation is one of those that are looked at together.
pub(super) fn is_looked_at(cx: &Cx<'_>, web: &Web, about: &About) -> bool {
    Look::new(cx, web).keys(about).is_ok()
}

/// Whether relations that contradict each other would not where a figure is another one; nothing where
/// that is not known.
pub(super) fn holds(cx: &Cx<'_>, web: &Web, ties: &[About], supposed: &Supposed) -> Option<bool> {
    let (net, _) = Net::of_ties(cx, web, ties, Some(supposed));
    match (believed(&net, BTreeSet::new())).clashes() {
        Can::Be(_) => Some(true),
        Can::Not(_) => Some(false),
        Can::Unsure => None,
    }
}

fn believed<'n, 'a>(net: &'n Net<'a>, freed: BTreeSet<usize>) -> Believed<'n, 'a> {
    let belief = Belief {
        freed,
        ..Belief::default()
    };
    Believed { net, belief }
}

impl<'a> Look<'a> {
    fn new(cx: &'a Cx<'a>, web: &'a Web) -> Look<'a> {
        Look {
            cx,
            web,
            found: Vec::new(),
            joint: Joint::default(),
        }
    }

    fn leave(&mut self, why: LeftOut, n: usize) {
        if n > 0 {
            *self.joint.left_out.entry(why).or_default() += n;
        }
    }

    /// The figures by which a relation hangs together with others.
    fn keys(&self, (tie, entity): &About) -> Result<Vec<(KeyId, EntityId)>, LeftOut> {
        let (cx, program) = (self.cx, self.cx.program);
        match tie {
            Tie::Check(rule, _) => {
                let rule = &program.rules[*rule];
                if rule.condition.is_some() {
                    return Err(LeftOut::Condition);
                }
                if !rule.goal.over.is_empty() {
                    return Err(LeftOut::Many);
                }
            }
            Tie::Identity(n, _) => {
                let identity = program.identities.get(*n).ok_or(LeftOut::Form)?;
                if !identity.root.over.is_empty() {
                    return Err(LeftOut::Many);
                }
            }
            Tie::Bond(n) => {
                let plan = cx.plans.get(*n).ok_or(LeftOut::Form)?;
                let owner = cx.book.key(plan.owner).ok_or(LeftOut::Form)?;
                let ties = &program.model.indicators[owner.figure.indicator].ties;
                if plan.kind == FindingKind::Growth && ties.comparable.is_some() {
                    return Err(LeftOut::Comparable);
                }
                if plan
                    .ways
                    .iter()
                    .any(|way| self.may_divide_by_nothing(&way.bond, &way.cells, *entity))
                {
                    return Err(LeftOut::Form);
                }
            }
            _ => return Err(LeftOut::Form),
        }
        let mut keys = keys_of(cx, tie, *entity).ok_or(LeftOut::Form)?;
        keys.retain(|(key, whose)| {
            let key = cx.book.key(*key);
            key.is_some_and(|key| !key.of(*whose).is_empty())
        });
        Ok(keys)
    }

    /// Whether a growth or share is of what may be nothing: it says nothing then.
    fn may_divide_by_nothing(&self, bond: &Bond, cells: &[KeyId], entity: EntityId) -> bool {
        let is_quotient = matches!(bond, Bond::Growth | Bond::AverageGrowth(_) | Bond::Share);
        let divisor = cells.get(1).filter(|_| is_quotient);
        divisor.is_some_and(|key| {
            let groups = self.cx.groups(*key, entity, None);
            let sets = groups.iter().map(|group| group.set.clone());
            let whole = sets.reduce(|whole: Set, set| whole.hull(&set));
            whole.is_none_or(|whole| whole.contains_zero())
        })
    }

    /// Whether any of these figures may be beyond its bounds as printed.
    fn is_beyond<'k>(&self, keys: impl Iterator<Item = &'k (KeyId, EntityId)>) -> bool {
        let mut keys = keys;
        keys.any(|(key, entity)| {
            let figure = self.cx.book.key(*key).map(|key| key.figure);
            let bounds = figure.map(|figure| bounds_of(&self.cx.program.model, figure).closure());
            let bounds = bounds.filter(|bounds| *bounds != Set::all());
            bounds.is_some_and(|bounds| {
                let groups = self.cx.groups(*key, *entity, None);
                let within = |set: &Set| set.intersect(&bounds).as_ref() == Some(set);
                !groups.iter().all(|group| within(&group.set))
            })
        })
    }

    /// Looks at relations that hang together.
    fn group(&mut self, ties: &[About]) {
        let (mut net, left) = Net::of_ties(self.cx, self.web, ties, None);
        for why in left {
            self.leave(why, 1);
        }
        let n_bonds = net.n_bonds();
        if n_bonds == 0 {
            return;
        }
        net.drop_doubles();
        let is_settled = narrowed(&net) == Narrowed::Holds;
        if net.cells.len() > MOST_CELLS && !is_settled {
            self.leave(LeftOut::Size, n_bonds);
            return;
        }
        self.joint.groups += 1;
        self.joint.relations += n_bonds;
        if is_settled {
            return;
        }
        for _ in 0..MOST_CLASHES {
            match believed(&net, BTreeSet::new()).clashes() {
                Can::Be(_) => {
                    self.joint.partly += believed(&net, BTreeSet::new()).n_shared();
                    return;
                }
                Can::Not(core) if !core.bonds.is_empty() => {
                    let clash = least(&net, &core);
                    let told: BTreeSet<Vec<usize>> = clash
                        .core
                        .bonds
                        .iter()
                        .map(|bond| net.figures_of(*bond))
                        .collect();
                    // What says the same of the same figures is not told twice.
                    for bond in 0..net.bonds.len() {
                        if told.contains(&net.figures_of(bond)) {
                            net.drop_bond(bond);
                        }
                    }
                    self.found.extend(told::found(self.cx, &clash));
                }
                Can::Not(_) | Can::Unsure => {
                    self.leave(LeftOut::Unsure, net.n_bonds());
                    self.joint.relations -= net.n_bonds();
                    return;
                }
            }
        }
    }
}

/// Leaves out of a contradiction what it does not need: relations first, then bounds, then figures.
fn least<'a>(whole: &Net<'a>, core: &Core) -> Clash<'a> {
    let mut net = whole.clone();
    for bond in (0..net.bonds.len()).filter(|bond| !core.bonds.contains(bond)) {
        net.drop_bond(bond);
    }
    let mut is_least = true;
    let mut still = |net: &Net<'_>, freed: &BTreeSet<usize>| {
        let can = believed(net, freed.clone()).clashes();
        is_least &= !matches!(can, Can::Unsure);
        match can {
            Can::Not(core) => Some(core),
            Can::Be(_) | Can::Unsure => None,
        }
    };
    // What somebody wrote is told rather than what is derived from the same.
    let mut order: Vec<usize> = core.bonds.iter().copied().collect();
    order.sort_by_key(|bond| {
        let tie = net.bonds.get(*bond).map(|bond| &bond.about.0);
        !matches!(tie, Some(Tie::Bond(_)))
    });
    for bond in order {
        let mut fewer = net.clone();
        fewer.drop_bond(bond);
        if still(&fewer, &BTreeSet::new()).is_some() {
            net = fewer;
        }
    }
    let mut bounds = Vec::new();
    for cell in 0..net.cells.len() {
        let mut fewer = net.clone();
        let own = fewer.cells.get_mut(cell).map(|cell| &mut cell.bounds);
        let Some(own) = own.filter(|bounds| **bounds != Set::all()) else {
            continue;
        };
        *own = Set::all();
        match still(&fewer, &BTreeSet::new()) {
            Some(_) => net = fewer,
            None => bounds.push(cell),
        }
    }
    let mut freed = BTreeSet::new();
    for unit in 0..net.units.len() {
        freed.insert(unit);
        if still(&net, &freed).is_none() {
            freed.remove(&unit);
        }
    }
    let left = |n: &usize| !net.is_dropped(*n);
    let core = Core {
        bonds: (0..net.bonds.len()).filter(left).collect(),
        units: (0..net.units.len())
            .filter(|unit| !freed.contains(unit))
            .collect(),
    };
    Clash {
        net,
        core,
        bounds,
        is_least,
    }
}

impl Clash<'_> {
    /// Whether it is one still where units are others.
    fn is_with(&self, net: &Net<'_>) -> bool {
        matches!(believed(net, self.freed()).clashes(), Can::Not(_))
    }

    /// The units that it does not need.
    fn freed(&self) -> BTreeSet<usize> {
        let all = 0..self.net.units.len();
        all.filter(|unit| !self.core.units.contains(unit)).collect()
    }

    /// All that a figure may be by the others.
    fn range(&self, unit: usize) -> Option<Set> {
        let mut freed = self.freed();
        freed.insert(unit);
        let cell = self.net.units.get(unit)?.cell;
        believed(&self.net, freed).range(cell)
    }
}
