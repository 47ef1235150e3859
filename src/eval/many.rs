//! What is said of many bodies at once: a program and figures go in, one answer for each body that
//! asks comes out. A missing member is unknown within the bounds that its figures declare, and is
//! never left out. Each is computed once for a period, however many ask.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::columns::{Column, Marks, Numbers, Truths};
use super::inputs::Gather;
use super::judge::BATCH;
use super::run::Frame;
use crate::figures::printed::Reading;
use crate::model::{EntityId, Fold, IndicatorId, ScoreId, Standing};
use crate::number::Number;
use crate::period::Period;
use crate::program::{AggregateId, AggregateProgram, Program, TermId, TermKind, at};
use crate::set::Set;
use crate::verdict::{Cause, Causes};

mod deviation;
mod fold;
mod gathered;
mod lists;
mod pairs;
mod standing;
mod told;
mod value;

use gathered::Columns;
pub(crate) use gathered::{
    Bases, Figures, ManyPart, bases_of, has_bases, is_gathered, is_local, members_of,
};
pub use lists::Rest;
pub(crate) use told::Doubts;
use told::Told;
use value::value;

/// What was computed of many bodies in one run, so that it is computed once.
#[derive(Debug, Default)]
pub struct Memory {
    known: Mutex<BTreeMap<ManyKey, Arc<Many>>>,
    /// It knows what it was told, and computes nothing.
    is_told: bool,
    is_short: AtomicBool,
}

/// The aggregate, the period, whether figures are read as printed, and whether ends count as reached.
pub(crate) type ManyKey = (AggregateId, Period, bool, bool);

/// What many bodies have, and what is said of them together.
#[derive(Debug, Clone)]
pub struct Many {
    /// The members, in the order of the list.
    pub members: Vec<EntityId>,
    /// What each has: values that are missing stand with their bounds and with their causes.
    pub column: Column,
    /// The latest basis of each indicator that has several, among the members.
    pub bases: BTreeMap<IndicatorId, u16>,
    /// Whether each counts, where a condition says who does.
    pub filter: Option<Truths>,
    /// What is not listed, by the body that asks.
    rests: lists::Rests,
    /// What a difference of two of them is divided by, where they are made comparable.
    pub(super) spread: Option<Set>,
    answers: Answers,
}

/// What is said, by whom it is said of.
#[derive(Debug, Clone)]
enum Answers {
    /// The same to all who ask.
    One(Answer),
    /// To each body of its own parts, with their places; nobody else has any.
    Own(BTreeMap<EntityId, (Answer, Vec<usize>)>, Answer),
    /// To each member in order: its place. By entity, the place in the list.
    Places(Vec<Answer>, BTreeMap<EntityId, usize>),
}

/// One value that is said of many.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) set: Option<Set>,
    pub(super) causes: Causes,
    pub(super) marks: Marks,
}

impl Answers {
    fn of_each(places: Vec<Answer>, members: &[EntityId]) -> Answers {
        let index = members.iter().enumerate().map(|(n, id)| (*id, n)).collect();
        Answers::Places(places, index)
    }
}

/// What the members of a ranked score have in each of its elements.
struct Ranked<'p> {
    score: ScoreId,
    terms: &'p [TermId],
    parts: Vec<Vec<Option<Set>>>,
    many: Vec<Arc<Many>>,
}

impl<'p> Ranked<'p> {
    /// Where a score is ranked by its own members.
    fn of(program: &'p Program, aggregate: &AggregateProgram) -> Option<Ranked<'p>> {
        let TermKind::Composite(score, terms) = &program.terms[aggregate.root.term].kind else {
            return None;
        };
        let is_own = program.model.scores[*score].members == aggregate.members;
        (is_own && aggregate.root.inputs.is_empty()).then_some(Ranked {
            score: *score,
            terms,
            parts: Vec::new(),
            many: Vec::new(),
        })
    }

    /// Without figures of its own each member is one row.
    fn add(&mut self, frame: &Frame, n: usize) {
        let part = |row: usize, term: &TermId| frame.number(*term, row).cloned();
        let of = |row| self.terms.iter().map(|term| part(row, term)).collect();
        self.parts.extend((0..n).map(of));
        let many = self.terms.iter().filter_map(|term| frame.many.get(term));
        self.many = many.cloned().collect();
    }

    fn pairs<'a>(
        &'a self,
        program: &'a Program,
        weights: Option<&str>,
    ) -> Option<pairs::Pairs<'a>> {
        let score = &program.model.scores[self.score];
        let standing = |term: &TermId| match &program.terms[*term].kind {
            TermKind::Aggregate(id) => match &program.aggregates[*id].fold {
                Fold::Standing(standing) => Some(standing),
                _ => None,
            },
            _ => None,
        };
        let standings: Option<Vec<&Standing>> = self.terms.iter().map(standing).collect();
        let elements = standings?
            .into_iter()
            .zip(self.many.iter().map(AsRef::as_ref));
        let elements: Vec<_> = elements.collect();
        (elements.len() == self.terms.len()).then(|| pairs::Pairs {
            score,
            weights: score.weights(weights).into_iter().cloned().collect(),
            elements,
            parts: &self.parts,
        })
    }
}

impl Answer {
    fn none(cause: Cause) -> Answer {
        Answer {
            set: None,
            causes: cause.into(),
            marks: Marks::NONE,
        }
    }
}

impl Memory {
    /// What is said of many bodies under a gathering of figures; computed at the first question.
    pub(super) fn many(&self, gather: &Gather<'_>, id: AggregateId) -> Arc<Many> {
        let aggregate = &gather.program.aggregates[id];
        // Whoever asks, what is said is the same: a rule, or a member of others.
        let gather = &Gather {
            is_bounded: false,
            floor: None,
            ..*gather
        };
        // What is tried for one figure of one body holds for that question alone.
        let is_tried = gather
            .tried
            .iter()
            .any(|tried| aggregate.reads().any(|read| read == tried.input));
        if is_tried {
            return Arc::new(Many::of(gather, aggregate));
        }
        let is_printed = gather.reading == Reading::Printed;
        let key = (id, gather.period, is_printed, gather.is_closed);
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(many) = known().get(&key) {
            return Arc::clone(many);
        }
        if self.is_told && !is_local(gather.program, id) {
            self.is_short.store(true, Ordering::Relaxed);
        }
        let many = Arc::new(Many::of(gather, aggregate));
        known().insert(key, Arc::clone(&many));
        many
    }
}

impl Many {
    fn of(gather: &Gather<'_>, aggregate: &AggregateProgram) -> Many {
        let period = at(aggregate.at, gather.period);
        let told = Told::of(gather, aggregate.members.class, period);
        let members = told.members(gather, &aggregate.members);
        let bases = bases(gather, aggregate, &members);
        let inner = gathered::inner(gather, aggregate, &bases);
        let columns = Columns::of(gather, &inner, aggregate, &members);
        Many::settled(
            gather,
            &inner,
            aggregate,
            (&told, members, bases.clone()),
            columns,
        )
    }

    /// What is said of members whose values are known.
    fn settled(
        gather: &Gather<'_>,
        inner: &Gather<'_>,
        aggregate: &AggregateProgram,
        (told, members, bases): (&Told, Vec<EntityId>, BTreeMap<IndicatorId, u16>),
        columns: Columns<'_>,
    ) -> Many {
        let Columns {
            mut numbers,
            truths,
            filter,
            ranked,
            wholes,
        } = columns;
        if let Some(filter) = &filter {
            numbers = lists::counted(&numbers, filter, members.len(), aggregate);
        }
        let rests = lists::Rests::of(gather, inner, aggregate, told);
        let column = match aggregate.fold.takes_condition() {
            true => Column::Truths(truths),
            false => Column::Numbers(numbers),
        };
        let mut spread = None;
        let answers = match (&aggregate.fold, &column, &ranked) {
            (Fold::Standing(standing), Column::Numbers(numbers), _) => {
                let found = standing::standings(numbers, members.len(), standing);
                spread = found.spread;
                let shared = |answer| loose(answer, aggregate.is_shared);
                Answers::of_each(found.answers.into_iter().map(shared).collect(), &members)
            }
            (Fold::Rank(true), Column::Numbers(numbers), Some(ranked)) => {
                let weights = gather.clocks.choice.weights.as_deref();
                let pairs = ranked.pairs(gather.program, weights);
                let places = match pairs {
                    Some(pairs) => pairs::places(&pairs, numbers, members.len()),
                    None => fold::places(numbers, members.len(), true),
                };
                Answers::of_each(
                    places.into_iter().map(|one| loose(one, true)).collect(),
                    &members,
                )
            }
            _ => answers(&wholes, aggregate, &members, &column, &rests),
        };
        Many {
            members,
            column,
            bases,
            filter,
            rests,
            spread,
            answers,
        }
    }

    /// What the list of a body does not show.
    #[must_use]
    pub fn rest(&self, entity: EntityId) -> &Rest {
        self.rests.of_body(entity)
    }

    /// What is said to a body that asks.
    pub(super) fn answer(&self, entity: EntityId) -> Answer {
        match &self.answers {
            Answers::One(answer) => answer.clone(),
            Answers::Own(own, nobody) => {
                let own = own.get(&entity).map(|(answer, _)| answer);
                own.unwrap_or(nobody).clone()
            }
            Answers::Places(places, index) => {
                let place = index.get(&entity).and_then(|at| places.get(*at));
                // Who is not among them has no place.
                place
                    .cloned()
                    .unwrap_or_else(|| Answer::none(Cause::Undefined))
            }
        }
    }

    /// The places in the list of those that an answer to a body speaks of.
    #[must_use]
    pub fn counted(&self, entity: EntityId) -> Vec<usize> {
        match &self.answers {
            Answers::Own(own, _) => own
                .get(&entity)
                .map_or_else(Vec::new, |(_, group)| group.clone()),
            _ => (0..self.members.len()).collect(),
        }
    }

    /// Whether no member has a value of its own.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        (0..self.members.len()).all(|n| self.gap(n).contains(Cause::Missing))
    }

    /// Why a member has no value of its own; nothing where it has one.
    #[must_use]
    pub fn gap(&self, member: usize) -> Causes {
        match &self.column {
            Column::Numbers(numbers) => numbers.causes(member),
            Column::Truths(truths) => truths.causes(member),
        }
    }
}

/// The column of what is said of many, one value for each row of a frame.
pub(super) fn column<N: Number>(
    frame: &Frame<N>,
    entities: &[EntityId],
    many: &Many,
) -> Numbers<N> {
    let mut column = Numbers::with_capacity(frame.rows.len());
    for row in &frame.rows {
        match entities.get(row.entity) {
            Some(entity) => {
                let answer = many.answer(*entity);
                let set = answer.set.map(|set| set.widen_into::<N>());
                column.push(set, answer.causes, answer.marks);
            }
            None => column.push(None, Cause::Missing.into(), Marks::NONE),
        }
    }
    column
}

/// What is said of the members, by whom it is said of.
fn answers(
    wholes: &[Vec<EntityId>],
    aggregate: &AggregateProgram,
    members: &[EntityId],
    column: &Column,
    rests: &lists::Rests,
) -> Answers {
    let all: Vec<usize> = (0..members.len()).collect();
    if let Fold::Rank(is_highest_first) = &aggregate.fold {
        let places = match column {
            Column::Numbers(numbers) => fold::places(numbers, members.len(), *is_highest_first),
            Column::Truths(_) => Vec::new(),
        };
        let shared = |place| loose(place, aggregate.is_shared);
        return Answers::of_each(places.into_iter().map(shared).collect(), members);
    }
    let of = |group: &[usize], rest: &Rest| {
        let answer = match (group, column) {
            // A class of nobody is a mistake; a list that is empty is a list.
            ([], _) if rests.is_of_pack => Answer::none(Cause::Undefined),
            (_, Column::Numbers(numbers)) => {
                fold::numbers(&aggregate.fold, numbers, group, (rest, &rests.unlisted))
            }
            (_, Column::Truths(truths)) => {
                fold::truths(&aggregate.fold, truths, group, (rest, &rests.unlisted))
            }
        };
        loose(answer, aggregate.is_shared)
    };
    if !aggregate.members.is_own {
        return Answers::One(of(&all, &rests.default));
    }
    let mut groups: BTreeMap<EntityId, Vec<usize>> = BTreeMap::new();
    for (n, wholes) in wholes.iter().enumerate() {
        for whole in wholes {
            groups.entry(*whole).or_default().push(n);
        }
    }
    for owner in rests.owners() {
        groups.entry(owner).or_default();
    }
    let own = groups.into_iter();
    let own = own.map(|(whole, group)| {
        let answer = of(&group, rests.of_body(whole));
        (whole, (answer, group))
    });
    Answers::Own(own.collect(), of(&[], &rests.default))
}

/// An answer from values that rest on one figure together may be wider than the truth.
fn loose(answer: Answer, is_shared: bool) -> Answer {
    let is_wide = answer.set.as_ref().is_some_and(|set| !set.is_point());
    match is_shared && is_wide {
        true => Answer {
            marks: answer.marks.union(Marks::LOOSE),
            ..answer
        },
        false => answer,
    }
}

/// The latest basis of each indicator with several bases that members have figures on.
fn bases(
    gather: &Gather<'_>,
    aggregate: &AggregateProgram,
    members: &[EntityId],
) -> BTreeMap<IndicatorId, u16> {
    let mut latest: BTreeMap<IndicatorId, u16> = BTreeMap::new();
    for input in &aggregate.root.inputs {
        let indicator = gather.program.inputs[*input].figure.indicator;
        if gather.program.model.indicators[indicator].bases.len() < 2 {
            continue;
        }
        for batch in members.chunks(BATCH) {
            for slot in gather.slots(*input, batch) {
                let found = slot
                    .claims
                    .iter()
                    .map(|id| gather.submission.claims[*id].basis);
                if let Some(basis) = found.max() {
                    let known = latest.entry(indicator).or_insert(basis);
                    *known = (*known).max(basis);
                }
            }
        }
    }
    latest
}
