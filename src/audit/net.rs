//! Figures and the relations that have to hold between them, as far as they bear on a group of
//! contradictions.
//!
//! A cell is what figures are about; a unit is what is printed of it, which is right or wrong as a
//! whole. Claims to one cell that can all be true are one unit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::cases::Sum;
use crate::eval::{bounds_of, link_between};
use crate::explain::Unit as Shown;
use crate::figures::{ClaimId, ClaimState, step};
use crate::findings::{Bond, Cx, Found, KeyId, Plan, Supposed, Tie, Web, baseline_set};
use crate::message::Message;
use crate::model::{EntityId, Kind, Measure, RuleId};
use crate::number::Exact;
use crate::period::Period;
use crate::program::Root;
use crate::set::Set;

mod narrow;
mod range;
mod rates;
mod relation;
mod satisfy;
mod ties;

pub(super) use narrow::{Narrowed, narrowed};
pub(super) use satisfy::{Belief, Believed, Can, Core, Held};

pub(super) use ties::{joined, keys_of};

use relation::{Alternative, of_bond, of_root};
use ties::key_of;

/// What figures are about.
#[derive(Debug, Clone)]
pub(in crate::audit) struct Cell {
    pub key: KeyId,
    pub entity: EntityId,
    /// What is declared, closed.
    pub bounds: Set,
    /// The basis of its figures; nothing where they are on several.
    pub basis: Option<u16>,
    /// One in the last printed digit, in base units.
    pub step: Exact,
    /// A value that is printed, or nothing.
    pub origin: Exact,
}

/// What is printed of a cell, right or wrong as a whole.
#[derive(Debug, Clone)]
pub(in crate::audit) struct Unit {
    pub cell: usize,
    /// Closed.
    pub set: Set,
    pub claims: Vec<ClaimId>,
    pub baseline: Option<RuleId>,
}

/// A relation that has to hold, in one of several ways.
#[derive(Debug, Clone)]
pub(in crate::audit) struct Bonded {
    /// What it is declared in, and whose it is.
    pub about: (Tie, EntityId),
    pub ways: Vec<Alternative>,
}

#[derive(Clone)]
pub(in crate::audit) struct Net<'a> {
    pub cx: &'a Cx<'a>,
    web: &'a Web,
    excused: Arc<BTreeSet<(Tie, EntityId)>>,
    /// A figure that is read otherwise.
    supposed: Option<&'a Supposed>,
    pub cells: Vec<Cell>,
    places: BTreeMap<(KeyId, EntityId), usize>,
    pub units: Vec<Unit>,
    pub bonds: Vec<Bonded>,
    /// Relations that are in it, or were found to be none that can be put so.
    known: BTreeSet<(Tie, EntityId)>,
    /// Cells all of whose relations are in it.
    whole: BTreeSet<usize>,
    /// Cells to which a finding leads.
    seeds: BTreeSet<usize>,
}

impl<'a> Net<'a> {
    pub(in crate::audit) fn new(
        cx: &'a Cx<'a>,
        web: &'a Web,
        excused: &BTreeSet<(Tie, EntityId)>,
    ) -> Net<'a> {
        Net {
            cx,
            web,
            excused: Arc::new(excused.clone()),
            supposed: None,
            cells: Vec::new(),
            places: BTreeMap::new(),
            units: Vec::new(),
            bonds: Vec::new(),
            known: BTreeSet::new(),
            whole: BTreeSet::new(),
            seeds: BTreeSet::new(),
        }
    }

    /// How many figures are printed of its cells.
    pub(in crate::audit) fn n_figures(&self) -> usize {
        self.units.len()
    }

    /// The figures of a contradiction, with all that binds them; else why it cannot be looked at.
    pub(in crate::audit) fn add_seed(&mut self, found: &Found) -> Result<(), &'static str> {
        if matches!(found.tie, Tie::Rank(..)) {
            return Err("repair-rank");
        }
        let entity = found.finding.entity;
        let mut cells = self.cells_of_seed(found);
        let together = match &found.tie {
            Tie::Together(ties) => ties.as_slice(),
            _ => &[],
        };
        for (tie, entity) in together {
            cells.extend(self.cells_of(tie, *entity).unwrap_or_default());
        }
        if cells.iter().any(|cell| self.cells[*cell].basis.is_none()) {
            return Err("repair-bases");
        }
        self.seeds.extend(cells);
        let is_known = matches!(found.tie, Tie::Same(_) | Tie::Bounds(_) | Tie::Baseline(..));
        // Of these what is printed says all.
        if is_known {
            return Ok(());
        }
        for (tie, entity) in together {
            self.add_tie(tie, *entity).ok_or("repair-not-analysed")?;
        }
        if !together.is_empty() {
            return Ok(());
        }
        self.add_tie(&found.tie, entity)
            .ok_or("repair-not-analysed")
            .map(|_| ())
    }

    /// All that binds the figures of its contradictions, and what binds the figures of that in turn up
    /// to so many figures. Says whether that is all.
    pub(in crate::audit) fn settle(&mut self, most: usize) -> bool {
        for cell in self.seeds.clone() {
            self.add_ties(cell);
        }
        let mut next = 0;
        while next < self.cells.len() && self.cells.len() <= most {
            self.add_ties(next);
            next += 1;
        }
        next >= self.cells.len()
    }

    /// All that binds a cell. Says whether there was more than was known.
    pub(in crate::audit) fn add_ties(&mut self, cell: usize) -> bool {
        if !self.whole.insert(cell) {
            return false;
        }
        let Some((key, entity)) = self.cells.get(cell).map(|it| (it.key, it.entity)) else {
            return false;
        };
        let before = self.bonds.len();
        for tie in self.cx.ties(self.web, key, entity) {
            // One that is not linear holds as printed, or is a finding of its own.
            let _ = self.add_tie(&tie, entity);
        }
        self.bonds.len() > before
    }

    /// Puts a relation into the net; nothing where it cannot be put as sums.
    fn add_tie(&mut self, tie: &Tie, entity: EntityId) -> Option<()> {
        let about = (tie.clone(), entity);
        if self.known.contains(&about) || self.excused.contains(&about) {
            return Some(());
        }
        let cells = self.cells_of(tie, entity)?;
        self.known.insert(about);
        if cells.iter().any(|cell| self.cells[*cell].basis.is_none()) {
            return None;
        }
        let ways = match tie {
            Tie::Bond(n) => {
                let plan = self.cx.plans.get(*n)?.clone();
                self.ways_of(&plan, entity)?
            }
            Tie::Check(rule, period) => {
                let program = &self.cx.program.rules[*rule];
                if program.condition.is_some() {
                    return None;
                }
                self.ways_of_root(&program.goal, *period, entity, &cells)?
            }
            Tie::Identity(n, period) => {
                let root = &self.cx.program.identities.get(*n)?.root;
                self.ways_of_root(root, *period, entity, &cells)?
            }
            _ => return Some(()),
        };
        self.bonds.push(Bonded {
            about: (tie.clone(), entity),
            ways,
        });
        Some(())
    }

    fn ways_of(&mut self, plan: &Plan, entity: EntityId) -> Option<Vec<Alternative>> {
        let mut all = Vec::new();
        for way in &plan.ways {
            let cells: Vec<usize> = way
                .cells
                .iter()
                .map(|key| self.cell(*key, entity))
                .collect();
            let has = |cell: &usize| self.units.iter().any(|unit| unit.cell == *cell);
            let is_open = matches!(way.bond, Bond::Parts(_) | Bond::Shares(_));
            let cells: Vec<usize> = match is_open {
                true if !cells.first().is_some_and(has) && matches!(way.bond, Bond::Parts(_)) => {
                    return None;
                }
                true => cells.into_iter().filter(has).collect(),
                false if cells.iter().all(has) => cells,
                // Where one that may be meant is not there, nothing is refuted.
                false => return None,
            };
            let factors = self.factors(&cells)?;
            all.push(of_bond(&way.bond, &cells, &factors)?);
        }
        (!all.is_empty()).then_some(all)
    }

    /// By what the figures of a bond are multiplied, so that all are on the latest basis.
    fn factors(&self, cells: &[usize]) -> Option<Vec<Exact>> {
        let bases: Vec<u16> = cells
            .iter()
            .map(|cell| self.cells[*cell].basis)
            .collect::<Option<_>>()?;
        let latest = bases.iter().max().copied()?;
        let figures = cells
            .iter()
            .map(|cell| self.cx.book.key(self.cells[*cell].key));
        let figures: Vec<_> = figures.collect::<Option<_>>()?;
        let one = Exact::from(1);
        if bases.iter().all(|basis| *basis == latest) {
            return Some(vec![one; cells.len()]);
        }
        let is_one = figures.windows(2).all(|pair| match pair {
            [a, b] => a.figure.indicator == b.figure.indicator,
            _ => true,
        });
        if !is_one {
            return None;
        }
        let model = &self.cx.program.model;
        let factor = |(key, basis): (&&crate::findings::Key<'_>, &u16)| {
            let is_rate = matches!(key.figure.measure, Measure::Growth | Measure::Rank);
            let factor = link_between(model, key.figure, *basis, latest)?;
            Some(if is_rate { one.clone() } else { factor })
        };
        figures.iter().zip(&bases).map(factor).collect()
    }

    fn ways_of_root(
        &self,
        root: &Root,
        period: Period,
        entity: EntityId,
        cells: &[usize],
    ) -> Option<Vec<Alternative>> {
        let mut bases = cells.iter().map(|cell| self.cells[*cell].basis);
        let first = bases.next().flatten();
        if bases.any(|basis| basis != first) {
            return None;
        }
        of_root(self, root, period, entity)
    }

    /// The cells of a relation; nothing where one has no figure, or the relation speaks of many.
    pub(in crate::audit) fn cells_of(&mut self, tie: &Tie, entity: EntityId) -> Option<Vec<usize>> {
        let keys = keys_of(self.cx, tie, entity)?.into_iter();
        let cells: Vec<usize> = keys.map(|(key, whose)| self.cell(key, whose)).collect();
        let has = |cell: &usize| self.units.iter().any(|unit| unit.cell == *cell);
        let is_written = matches!(tie, Tie::Check(..) | Tie::Identity(..));
        (!is_written || cells.iter().all(has)).then_some(cells)
    }

    /// The cell of a figure that a condition reads, where it is in the net.
    pub(in crate::audit) fn known_place(
        &self,
        input: crate::program::InputId,
        period: Period,
        entity: EntityId,
    ) -> Option<usize> {
        self.places
            .get(&key_of(self.cx, input, period, entity)?)
            .copied()
    }

    pub(in crate::audit) fn cells_of_seed(&mut self, found: &Found) -> Vec<usize> {
        let claims = found.finding.claims.iter();
        let claims = claims.map(|id| &self.cx.submission.claims[*id]);
        let keys = claims.filter_map(|claim| Some((self.cx.book.of_claim(claim)?, claim.entity)));
        let mut keys: Vec<(KeyId, EntityId)> = keys.collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter()
            .map(|(key, entity)| self.cell(key, entity))
            .collect()
    }

    /// A cell with what is printed of it.
    fn cell(&mut self, key: KeyId, entity: EntityId) -> usize {
        if let Some(place) = self.places.get(&(key, entity)) {
            return *place;
        }
        let place = self.cells.len();
        self.places.insert((key, entity), place);
        let cx = self.cx;
        let model = &cx.program.model;
        let figure = cx.book.key(key).map(|key| key.figure);
        let bounds = figure.map_or_else(Set::all, |figure| bounds_of(model, figure).closure());
        let mut units: Vec<Unit> = Vec::new();
        let mut bases: BTreeSet<u16> = BTreeSet::new();
        for group in cx.groups(key, entity, self.supposed) {
            bases.insert(group.basis);
            units.push(Unit {
                cell: place,
                set: group.set,
                claims: group.claims,
                baseline: None,
            });
        }
        let entries = cx.book.key(key).map_or(&[][..], |key| key.of(entity));
        let claim = |id: &ClaimId| &cx.submission.claims[*id];
        for (_, id) in entries.iter().filter(|(_, id)| cx.counts(*id)) {
            if claim(id).state == ClaimState::OutOfBounds {
                bases.insert(claim(id).basis);
                units.push(Unit {
                    cell: place,
                    set: claim(id).as_printed.closure(),
                    claims: vec![*id],
                    baseline: None,
                });
            }
        }
        for rule in cx.baselines_of(key, entity) {
            let baseline = cx.program.model.rules[rule].baseline.as_ref();
            let is_there = units.iter().any(|unit| unit.baseline.is_none());
            if let Some(set) = baseline.and_then(baseline_set).filter(|_| is_there) {
                units.push(Unit {
                    cell: place,
                    set,
                    claims: Vec::new(),
                    baseline: Some(rule),
                });
            }
        }
        let steps = units.iter().flat_map(|unit| &unit.claims);
        let steps = steps.filter_map(|id| step(model, cx.submission, claim(id)));
        let basis = match bases.len() {
            0 | 1 => Some(bases.first().copied().unwrap_or(0)),
            _ => None,
        };
        let mut printed = units.iter().map(|unit| &unit.set);
        let origin = printed.find_map(|set| set.lo().value().or(set.hi().value()));
        let origin = origin.cloned().unwrap_or_default();
        self.cells.push(Cell {
            origin,
            key,
            entity,
            bounds,
            basis,
            step: steps.min().unwrap_or_else(|| Exact::from(1)),
        });
        self.units.extend(units);
        place
    }

    /// Whether a contradiction is one of the relations that have to hold.
    pub(in crate::audit) fn binds(&self, found: &Found) -> bool {
        let about = (found.tie.clone(), found.finding.entity);
        match &found.tie {
            Tie::Same(_) | Tie::Bounds(_) | Tie::Baseline(..) => true,
            Tie::Together(ties) => ties.iter().all(|tie| {
                let is_known = self.known.contains(tie);
                is_known || matches!(tie.0, Tie::Bounds(_) | Tie::Baseline(..))
            }),
            _ => self.known.contains(&about),
        }
    }

    /// Whether the figures of a cell are shares or growths.
    pub(in crate::audit) fn is_rate(&self, cell: usize) -> bool {
        let key = self
            .cells
            .get(cell)
            .and_then(|cell| self.cx.book.key(cell.key));
        key.is_some_and(|key| {
            let indicator = &self.cx.program.model.indicators[key.figure.indicator];
            key.figure.measure == Measure::Growth || indicator.kind == Kind::Share
        })
    }

    /// A sum over cells in the measure of the solver: each cell in steps of its last printed digit,
    /// counted from what is printed, so that figures of any size are alike.
    pub(in crate::audit) fn scaled(&self, sum: &Sum) -> Option<(Vec<(usize, Exact)>, Exact)> {
        let (mut terms, mut beside) = sum.linear()?;
        for (place, factor) in &mut terms {
            if let Some(cell) = self.cells.get(*place) {
                beside = &beside + &(&*factor * &cell.origin);
                *factor = &*factor * &cell.step;
            }
        }
        Some((terms, beside))
    }

    /// The values of cells at a point in the measure of the solver.
    pub(in crate::audit) fn unscaled(&self, point: &[Exact]) -> Vec<Exact> {
        let cells = self.cells.iter().zip(point);
        cells
            .map(|(cell, steps)| &cell.origin + &(steps * &cell.step))
            .collect()
    }

    /// The name of a cell.
    pub(in crate::audit) fn name(&self, cell: usize) -> Option<Message> {
        let cell = self.cells.get(cell)?;
        let key = self.cx.book.key(cell.key)?;
        Some(self.cx.name(key.figure, cell.entity, key.period))
    }

    /// The unit in which a cell is shown.
    pub(in crate::audit) fn shown(&self, cell: usize) -> Option<Shown> {
        let key = self.cx.book.key(self.cells.get(cell)?.key)?;
        Some(Shown::of_figure(self.cx.program, key.figure))
    }
}
