//! Figures that may be otherwise, as cases ask for them, and their values in printed digits.

use super::super::flips::within;
use super::Why;
use crate::cases::{Known, Sum};
use crate::eval::{Column, Frame, Many, Tried, bounds_of};
use crate::explain::{Cx, figure_message};
use crate::figures::printed::Reading;
use crate::figures::{Claim, ClaimState, step};
use crate::message::Message;
use crate::model::{EntityId, Fold, Kind, Measure};
use crate::number::Exact;
use crate::period::Period;
use crate::program::{AggregateId, InputId, TermId, TermKind, at};
use crate::set::{Set, Truth};

/// A figure that may be otherwise.
pub(super) struct Moved {
    pub(super) input: InputId,
    /// Whose it is, where the figure itself does not say.
    pub(super) entity: EntityId,
    /// What the rows that decide take for it; of what is read as printed, what is printed.
    pub(super) set: Set,
    /// A value of it.
    pub(super) origin: Exact,
    /// One in its last printed digit.
    pub(super) step: Exact,
    /// It is read as printed: what its last digit leaves open counts.
    pub(super) is_printed: bool,
    /// What is declared.
    pub(super) bounds: Set,
}

/// The figures of a frame, as cases ask for them.
pub(super) struct Figures<'a> {
    pub(super) cx: &'a Cx<'a>,
    pub(super) frame: &'a Frame,
    pub(super) row: usize,
    pub(super) moved: &'a [Moved],
}

impl Figures<'_> {
    /// Why a term has no cases.
    pub(super) fn why_not(&self, term: TermId) -> Why {
        let program = self.cx.program;
        let mut open = vec![term];
        let mut why = Why::Form;
        while let Some(term) = open.pop() {
            let kind = &program.terms[term].kind;
            match kind {
                TermKind::Aggregate(id) => {
                    let mut reads = program.aggregates[*id].reads();
                    if reads.any(|read| self.place(read).is_some()) {
                        return Why::Bodies;
                    }
                }
                TermKind::Input(input)
                    if self.place(*input).is_none() && self.number(term).is_none() =>
                {
                    why = Why::Open;
                }
                _ => {}
            }
            open.extend(kind.operands());
        }
        why
    }
}

impl Known for Figures<'_> {
    fn place(&self, input: InputId) -> Option<usize> {
        let is_own = |one: &Moved| {
            let is_named = self.cx.program.inputs[input].figure.entity.is_some();
            is_named || one.entity == self.cx.trace.row.entity
        };
        let is_it = |one: &Moved| one.input == input && is_own(one);
        self.moved.iter().position(is_it)
    }

    fn is_derived(&self, input: InputId) -> bool {
        self.frame.is_derived(self.cx.program, input, self.row)
    }

    fn number(&self, term: TermId) -> Option<Exact> {
        self.frame.number(term, self.row)?.as_point().cloned()
    }

    fn truth(&self, term: TermId) -> Option<bool> {
        match self.frame.truth(term, self.row)? {
            Truth::True => Some(true),
            Truth::False => Some(false),
            Truth::Unknown => None,
        }
    }

    fn many(&self, id: AggregateId) -> Option<Sum> {
        let asked = self.cx.trace.row.entity;
        let (input, members) = self.cx.added(self.frame, id)?;
        let many = members.counted(asked);
        let share = match self.cx.program.aggregates[id].fold {
            Fold::Mean(_) => Exact::ratio(1, i64::try_from(many.len()).ok()?)?,
            _ => Exact::from(1),
        };
        many.into_iter().try_fold(Sum::default(), |all, n| {
            let entity = members.members.get(n)?;
            let is_it = |one: &Moved| one.input == input && one.entity == *entity;
            let place = self.moved.iter().position(is_it)?;
            Some(all.plus(&Sum::figure(place).scaled(&share)))
        })
    }

    fn period(&self) -> Period {
        self.frame.period
    }
}

impl Cx<'_> {
    /// Those figures that are numbers with printed digits.
    pub(super) fn moved(&self, frame: &Frame, rows: &[usize], inputs: &[InputId]) -> Vec<Moved> {
        let moved = inputs.iter().filter_map(|input| {
            let current = self.current(frame, rows, *input)?;
            let claims = rows.iter().flat_map(|row| frame.claims(*row, *input));
            let claims: Vec<&Claim> = claims.map(|id| &self.submission.claims[id]).collect();
            self.movable(*input, self.trace.row.entity, &current, &claims)
        });
        moved.collect()
    }

    fn movable(
        &self,
        input: InputId,
        entity: EntityId,
        current: &Set,
        claims: &[&Claim],
    ) -> Option<Moved> {
        let model = &self.program.model;
        let known = &self.program.inputs[input];
        let indicator = &model.indicators[known.figure.indicator];
        let is_number = known.baseline.is_none()
            && indicator.evidence.is_none()
            && indicator.ladder.is_none()
            && known.figure.measure != Measure::Rank
            && !matches!(
                indicator.kind,
                Kind::YesNo | Kind::OneOf | Kind::Text | Kind::Date
            );
        if !is_number {
            return None;
        }
        let steps = claims.iter();
        let steps = steps.filter_map(|claim| step(model, self.submission, claim));
        let step = steps.filter(|step| step.signum() > 0).min()?;
        let is_plain = claims.iter().all(|claim| claim.is_plain);
        let printed = (self.trace.reading == Reading::Printed && is_plain)
            .then(|| within(current, &step))
            .flatten();
        let is_printed = printed.is_some();
        let set = printed.unwrap_or_else(|| current.clone()).closure();
        Some(Moved {
            input,
            entity,
            step,
            bounds: bounds_of(model, &known.figure),
            is_printed,
            origin: set.lo().value().or(set.hi().value())?.clone(),
            set,
        })
    }

    /// What is said of many bodies, where it is a sum or mean of one figure of each that is known, and
    /// nothing else asks for these.
    fn added<'f>(&self, frame: &'f Frame, id: AggregateId) -> Option<(InputId, &'f Many)> {
        let input = self.summed(id)?;
        let asked = self.trace.row.entity;
        let indicator = self.program.inputs[input].figure.indicator;
        let of = |term: &TermId| match self.program.terms[*term].kind {
            TermKind::Aggregate(id) => Some(id),
            _ => None,
        };
        let is_other = |other: AggregateId| {
            let mut reads = self.program.aggregates[other].reads();
            self.summed(other) != Some(input)
                && reads.any(|it| self.program.inputs[it].figure.indicator == indicator)
        };
        let is_named = |own: &InputId| {
            let figure = &self.program.inputs[*own].figure;
            *own != input && figure.indicator == indicator
        };
        if frame.many.keys().filter_map(of).any(is_other) || frame.inputs.iter().any(is_named) {
            return None;
        }
        let (_, many) = frame.many.iter().find(|(term, _)| of(term) == Some(id))?;
        let is_plain = many.filter.is_none() && many.rest(asked).is_none() && many.bases.is_empty();
        is_plain.then_some((input, many.as_ref()))
    }

    /// The figure of each body that is added up, where it is nothing but that.
    fn summed(&self, id: AggregateId) -> Option<InputId> {
        let aggregate = &self.program.aggregates[id];
        let is_sum = matches!(aggregate.fold, Fold::Sum(None) | Fold::Mean(None));
        let is_all = aggregate.filter.is_none() && aggregate.complete.is_none();
        match self.program.terms[aggregate.root.term].kind {
            TermKind::Input(input) if is_sum && is_all => {
                let is_free = self.program.inputs[input].figure.entity.is_none();
                is_free.then_some(input)
            }
            _ => None,
        }
    }

    /// Adds the figures of other bodies that a goal adds up; whether these are all that it reads of
    /// other bodies.
    pub(super) fn with_bodies(&self, frame: &Frame, moved: &mut Vec<Moved>) -> bool {
        let mut is_whole = true;
        for term in frame.many.keys() {
            let TermKind::Aggregate(id) = self.program.terms[*term].kind else {
                continue;
            };
            match self.members(frame, id) {
                Some(members) => {
                    for one in members {
                        let is_it =
                            |known: &Moved| (known.input, known.entity) == (one.input, one.entity);
                        if !moved.iter().any(is_it) {
                            moved.push(one);
                        }
                    }
                }
                None => is_whole = false,
            }
        }
        is_whole
    }

    /// The figures of all bodies that are added up; nothing where any of them is no printed number.
    fn members(&self, frame: &Frame, id: AggregateId) -> Option<Vec<Moved>> {
        let (input, many) = self.added(frame, id)?;
        let Column::Numbers(numbers) = &many.column else {
            return None;
        };
        let known = &self.program.inputs[input];
        let period = at(known.at, frame.period);
        let counted = many.counted(self.trace.row.entity).into_iter();
        let members = counted.map(|n| {
            let entity = *many.members.get(n)?;
            let claims = self.submission.claims_at(&known.figure, period, entity);
            let claims = claims.iter().map(|(_, id)| &self.submission.claims[*id]);
            let claims: Vec<&Claim> = claims
                .filter(|claim| claim.state == ClaimState::Good)
                .collect();
            self.movable(input, entity, numbers.set(n)?, &claims)
        });
        members.collect()
    }

    /// The name of a figure, with whose it is where it is another's.
    pub(super) fn name_of(&self, frame: &Frame, one: &Moved) -> Message {
        if one.entity == self.trace.row.entity {
            return self.input_name(frame, one.input);
        }
        let input = &self.program.inputs[one.input];
        let period = at(input.at, frame.period);
        let whose = Some(one.entity);
        figure_message(self.program, self.submission, &input.figure, whose, period)
    }
}

impl Moved {
    /// Where a change to a value begins.
    pub(super) fn from(&self, value: &Exact) -> Exact {
        match (self.set.lo().value(), self.set.hi().value()) {
            (Some(lo), _) if value < lo => lo.clone(),
            (_, Some(hi)) if value > hi => hi.clone(),
            _ => value.clone(),
        }
    }

    /// How many in its last printed digit a value is away.
    pub(super) fn steps(&self, value: &Exact) -> Exact {
        let off = value - &self.from(value);
        off.checked_div(&self.step).unwrap_or_default()
    }

    /// A value as it is tried: what is read as printed leaves its last digit open.
    pub(super) fn tried(&self, value: &Exact) -> Tried {
        let half = || Some(&self.step * &Exact::ratio(1, 2)?);
        let around = || half().and_then(|half| Set::closed(value - &half, value + &half));
        let printed = self.is_printed.then(around).flatten();
        let set = printed.unwrap_or_else(|| Set::point(value.clone()));
        Tried {
            input: self.input,
            entity: self.entity,
            set,
        }
    }
}

/// The figures that are otherwise, or that are one of what they may be.
pub(super) fn told<'a>(
    moved: &'a [Moved],
    values: &'a [Exact],
) -> impl Iterator<Item = (&'a Moved, &'a Exact)> {
    let all = moved.iter().zip(values);
    all.filter(|(one, value)| one.set.as_point() != Some(*value))
}

/// The largest count of steps.
pub(super) fn most(moved: &[Moved], values: &[Exact]) -> Exact {
    let all = moved.iter().zip(values);
    let counts = all.map(|(one, value)| one.steps(value).abs());
    counts.max().unwrap_or_default()
}

/// Values moved on to the next so manieth of the last printed digit, away from where they come from.
pub(super) fn rounded(moved: &[Moved], values: &[Exact], part: &Exact) -> Vec<Exact> {
    let all = moved.iter().zip(values);
    let away = all.map(|(one, value)| {
        let from = one.from(value);
        let grid = &one.step * part;
        match (value - &from).checked_div(&grid) {
            Some(count) if count.is_negative() => &from + &(&count.floor() * &grid),
            Some(count) => &from + &(&count.ceil() * &grid),
            None => value.clone(),
        }
    });
    away.collect()
}
