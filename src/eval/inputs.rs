//! Published figures to columns: which claims count, and which value each row takes.

use std::collections::{BTreeMap, BTreeSet};

use super::Clocks;
use super::columns::{Marks, Numbers};
use super::given::Given;
use super::many::Memory;
use crate::figures::normal_period;
use crate::figures::printed::Reading;
use crate::figures::{Claim, ClaimId, ClaimState, Submission, of_entity};
use crate::model::{EntityId, FigureRef, IndicatorId, Measure, Model};
use crate::number::{Exact, Number};
use crate::period::Period;
use crate::program::{Input, InputId, Program, at};
use crate::set::{ByEnds, Set};
use crate::verdict::{Cause, Causes};

/// Which of several claims a row takes for each figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// The only one, or none.
    Only,
    /// For each figure the n-th.
    Each(Vec<u16>),
    /// For each figure what all its claims have in common, as the rule reads them.
    Meet,
    /// For each figure whatever any of its claims allows.
    Hull,
}

/// A row of a frame: an entity, and the claims that it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowSpec {
    /// Place of the entity in the batch.
    pub entity: usize,
    /// The claims.
    pub pick: Pick,
}

/// The claims of one figure and entity that can decide something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slot {
    /// Claims with different sets, in the order of reading.
    pub claims: Vec<ClaimId>,
    /// Why there is none.
    pub causes: Causes,
    /// What the choice rests on.
    pub marks: Marks,
}

/// What the gathering of figures needs to know.
#[derive(Clone, Copy)]
pub(super) struct Gather<'a> {
    pub program: &'a Program,
    pub submission: &'a Submission,
    pub clocks: &'a Clocks,
    pub reading: Reading,
    /// The period that is evaluated.
    pub period: Period,
    /// Ends count as reached, so that rounding never makes a contradiction.
    pub is_closed: bool,
    /// Values to try in the place of figures.
    pub tried: &'a [Tried],
    /// A missing figure stands with its bounds, and with its cause.
    pub is_bounded: bool,
    /// The latest basis that figures are linked to, as those beside them are on it.
    pub floor: Option<&'a BTreeMap<IndicatorId, u16>>,
    /// What is said of many bodies, once computed.
    pub memory: &'a Memory,
    /// Figures that are handed in, in the place of all claims.
    pub given: Option<&'a Given>,
}

/// A value to try in the place of a figure.
#[derive(Debug, Clone)]
pub(crate) struct Tried {
    /// The figure.
    pub input: InputId,
    /// Whose it is, where the figure itself does not say.
    pub entity: EntityId,
    /// What it is then.
    pub set: Set,
}

impl<'a> Gather<'a> {
    /// Figures as they are, for a period: nothing closed, bounded or tried.
    pub(super) fn new(
        program: &'a Program,
        submission: &'a Submission,
        clocks: &'a Clocks,
        reading: Reading,
        period: Period,
        memory: &'a Memory,
    ) -> Gather<'a> {
        Gather {
            program,
            submission,
            clocks,
            reading,
            period,
            is_closed: false,
            tried: &[],
            is_bounded: false,
            floor: None,
            memory,
            given: None,
        }
    }
}

impl Gather<'_> {
    fn model(&self) -> &Model {
        &self.program.model
    }

    /// The slots of one figure, one for each entity of a batch in order.
    pub(super) fn slots(&self, id: InputId, entities: &[EntityId]) -> Vec<Slot> {
        let input = &self.program.inputs[id];
        if input.baseline.is_some() {
            return vec![Slot::default(); entities.len()];
        }
        if let Some(given) = self.given {
            return given.slots(id, entities.len());
        }
        let indicator = &self.model().indicators[input.figure.indicator];
        let asked = at(input.at, self.period);
        if indicator.evidence.is_some() {
            return self.evidence_slots(&input.figure, asked, entities);
        }
        let period = normal_period(indicator, input.figure.measure, asked);
        let entries = self.submission.claims_of(&input.figure, period);
        let slot = |entity| match of_entity(entries, entity) {
            [] => self.empty(&input.figure, period, entity),
            found => self.choose(&input.figure, period, entity, found),
        };
        match input.figure.entity {
            Some(fixed) => vec![slot(fixed); entities.len()],
            None => entities.iter().map(|entity| slot(*entity)).collect(),
        }
    }

    pub(super) fn is_known(&self, claim: &Claim) -> bool {
        self.clocks.counts(self.submission, claim)
    }

    pub(super) fn choose(
        &self,
        figure: &FigureRef,
        period: Period,
        entity: EntityId,
        entries: &[(EntityId, ClaimId)],
    ) -> Slot {
        let claims = &self.submission.claims;
        let known = entries
            .iter()
            .map(|(_, id)| *id)
            .filter(|id| self.is_known(&claims[*id]));
        let (mut usable, mut is_spoilt) = (Vec::with_capacity(entries.len()), false);
        for id in known {
            match claims[id].state {
                ClaimState::Good => usable.push(id),
                ClaimState::OutOfBounds | ClaimState::Unreadable => is_spoilt = true,
            }
        }
        if usable.is_empty() {
            return match is_spoilt {
                true => Slot {
                    causes: Cause::Unreadable.into(),
                    ..Slot::default()
                },
                false => self.empty(figure, period, entity),
            };
        }
        let replaced = self.clocks.replaced(self.model(), self.submission, &usable);
        usable.retain(|id| !replaced.contains(id));
        let latest = usable.iter().map(|id| claims[*id].basis).max().unwrap_or(0);
        usable.retain(|id| claims[*id].basis == latest);
        let mut marks = self.prefer(&mut usable);
        if usable.iter().any(|id| claims[*id].is_definition_inherited) {
            marks = marks.union(Marks::DEFINITION_ASSUMED);
        }
        if usable.iter().any(|id| claims[*id].is_unit_inherited) {
            marks = marks.union(Marks::UNIT_ASSUMED);
        }
        // Of claims that say the same, the first stands for all.
        if usable.len() > 1 {
            let mut known = BTreeSet::new();
            usable.retain(|id| known.insert(ByEnds(self.set(*id))));
        }
        Slot {
            claims: usable,
            causes: Causes::NONE,
            marks,
        }
    }

    /// Keeps the claims of the source that is preferred.
    fn prefer(&self, usable: &mut Vec<ClaimId>) -> Marks {
        let prefer = self.clocks.choice.preferred(self.model());
        if prefer.is_empty() || usable.len() < 2 {
            return Marks::NONE;
        }
        let claims = &self.submission.claims;
        let rank = |id: &ClaimId| {
            let source = self.submission.text(claims[*id].source);
            prefer
                .iter()
                .position(|known| known == source)
                .unwrap_or(usize::MAX)
        };
        let Some(best) = usable.iter().map(rank).min() else {
            return Marks::NONE;
        };
        let kept = usable.iter().find(|id| rank(id) == best).copied();
        let differs = usable
            .iter()
            .any(|id| rank(id) != best && kept.is_some_and(|kept| self.set(kept) != self.set(*id)));
        usable.retain(|id| rank(id) == best);
        if differs {
            Marks::PREFERRED
        } else {
            Marks::NONE
        }
    }

    /// The set of a claim under the reading.
    pub(super) fn set(&self, id: ClaimId) -> &Set {
        let claim = &self.submission.claims[id];
        match self.reading {
            Reading::Exact => &claim.exact,
            Reading::Printed => &claim.as_printed,
        }
    }

    /// Why there is no claim: one of another definition, of another window, or none at all.
    pub(super) fn empty(&self, figure: &FigureRef, period: Period, entity: EntityId) -> Slot {
        let has = |figure: &FigureRef, period| {
            let entries = self.submission.claims_at(figure, period, entity);
            entries
                .iter()
                .any(|(_, id)| self.is_known(&self.submission.claims[*id]))
        };
        let indicator = &self.model().indicators[figure.indicator];
        let n_definitions = u16::try_from(indicator.definitions.len()).unwrap_or(u16::MAX);
        let mut causes = Causes::NONE;
        for definition in (0..n_definitions).filter(|n| *n != figure.definition) {
            let other = FigureRef {
                definition,
                ..figure.clone()
            };
            if has(&other, period) {
                causes = Cause::DefinitionBreak.into();
            }
        }
        if causes.is_empty() {
            let is_within = |known: &Period| {
                *known != period && known.year() == period.year() && is_part(*known, period)
            };
            let mut windows = self.submission.periods_of(figure).filter(is_within);
            if windows.any(|window| has(figure, window)) {
                causes = Cause::WrongWindow.into();
            }
        }
        if causes.is_empty() {
            causes = Cause::Missing.into();
        }
        Slot {
            causes,
            ..Slot::default()
        }
    }

    /// The column of one figure.
    pub(super) fn column<N: Number>(
        &self,
        index: usize,
        id: InputId,
        slots: &[Slot],
        rows: &[RowSpec],
        entities: &[EntityId],
    ) -> Numbers<N> {
        let input = &self.program.inputs[id];
        let mut column = Numbers::with_capacity(rows.len());
        for row in rows {
            let own = entities.get(row.entity).copied();
            let is_it = |tried: &&Tried| {
                let is_whose = input.figure.entity.is_some() || own == Some(tried.entity);
                tried.input == id && is_whose
            };
            let (set, causes, marks) = match self.tried.iter().find(is_it) {
                Some(tried) => (Some(tried.set.clone()), Causes::NONE, Marks::NONE),
                None => self.cell(index, input, slots.get(row.entity), row),
            };
            let given = self.given.and_then(|given| given.set(id, row.entity));
            let set = given.cloned().or(set);
            // What claims contradict is looked at claim by claim, and not opened to its bounds.
            let is_open = self.is_bounded && !causes.contains(Cause::Conflict);
            let set = match set {
                // To publish a range must not say less than to publish nothing.
                Some(set) if self.is_bounded => {
                    let within = set.intersect(&self.bounds(&input.figure));
                    Some(within.unwrap_or(set))
                }
                None if is_open => Some(self.bounds(&input.figure)),
                other => other,
            };
            let set = if self.is_closed {
                set.map(|set| set.closure())
            } else {
                set
            };
            column.push(set.map(|set| set.widen_into::<N>()), causes, marks);
        }
        column
    }

    /// All that a figure which is not known may be.
    pub(super) fn bounds(&self, figure: &FigureRef) -> Set {
        bounds_of(self.model(), figure)
    }

    fn cell(
        &self,
        index: usize,
        input: &Input,
        slot: Option<&Slot>,
        row: &RowSpec,
    ) -> (Option<Set>, Causes, Marks) {
        if let Some((value, _)) = &input.baseline {
            return (Some(Set::point(value.clone())), Causes::NONE, Marks::NONE);
        }
        let Some(slot) = slot else {
            return (None, Cause::Missing.into(), Marks::NONE);
        };
        let Some(first) = slot.claims.first() else {
            return (None, slot.causes, slot.marks);
        };
        let set = match &row.pick {
            Pick::Only => Some(self.set(*first).clone()),
            Pick::Each(choice) => {
                let n = choice.get(index).copied().unwrap_or(0);
                slot.claims
                    .get(usize::from(n))
                    .map(|id| self.set(*id).clone())
            }
            Pick::Meet if slot.claims.len() == 1 => Some(self.set(*first).clone()),
            Pick::Meet => self.meet(&slot.claims),
            Pick::Hull => {
                let mut sets = slot.claims.iter().map(|id| self.set(*id));
                let first = sets.next().cloned();
                first.map(|first| sets.fold(first, |all, set| all.hull(set)))
            }
        };
        match set {
            Some(set) => (Some(set), Causes::NONE, slot.marks),
            None => (None, Cause::Conflict.into(), slot.marks),
        }
    }

    /// What claims have in common, as the rule reads them. Over 2 and under 2 have nothing in common.
    fn meet(&self, claims: &[ClaimId]) -> Option<Set> {
        let mut sets = claims.iter().map(|id| self.set(*id));
        let first = sets.next()?.clone();
        sets.try_fold(first, |all, set| all.intersect(set))
    }

    /// The basis of what a row takes for a figure.
    pub(super) fn basis(
        &self,
        index: usize,
        input: &Input,
        slot: Option<&Slot>,
        row: &RowSpec,
    ) -> Option<u16> {
        if let Some((_, period)) = &input.baseline {
            let indicator = &self.model().indicators[input.figure.indicator];
            return Some(crate::figures::basis_in(indicator, *period));
        }
        let claims = &slot?.claims;
        let n = match &row.pick {
            Pick::Each(choice) => choice.get(index).copied().unwrap_or(0),
            _ => 0,
        };
        let id = claims.get(usize::from(n)).or_else(|| claims.first())?;
        Some(self.submission.claims[*id].basis)
    }

    /// The factor from one basis to a later one, where every step between is linked.
    pub(super) fn link(&self, figure: &FigureRef, from: u16, to: u16) -> Option<Exact> {
        link_between(self.model(), figure, from, to)
    }
}

/// The factor from one basis of a figure to a later one, where every step between is linked.
pub(crate) fn link_between(model: &Model, figure: &FigureRef, from: u16, to: u16) -> Option<Exact> {
    let bases = &model.indicators[figure.indicator].bases;
    let mut factor = Exact::from(1);
    for basis in bases.get(usize::from(from) + 1..=usize::from(to))? {
        let (step, _) = basis.link.as_ref()?;
        factor = &factor * step;
    }
    Some(factor)
}

/// Whether a window lies within a period.
fn is_part(window: Period, period: Period) -> bool {
    window.first_day() >= period.first_day() && window.last_day() <= period.last_day()
}

/// All that a figure which is not known may be: what its indicator declares.
pub(crate) fn bounds_of(model: &Model, figure: &FigureRef) -> Set {
    let bounds = &model.indicators[figure.indicator].bounds;
    match figure.measure {
        Measure::Level => bounds.clone().unwrap_or_else(Set::all),
        Measure::Rank => Set::at_least(Exact::from(1)),
        Measure::Growth | Measure::Change => Set::all(),
    }
}
