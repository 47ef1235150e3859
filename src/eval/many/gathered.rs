//! What is said of many bodies of whom only some are at hand at a time: the values of some go in, and then
//! of others; the same answers come out as of all at once. Holds one value for each body.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::pairs::MOST_PAIRED;
use super::told::{Doubts, Told};
use super::value::value;
use super::{Answers, Many, ManyKey, Memory, PoisonError, Ranked};
use crate::eval::Clocks;
use crate::eval::columns::{Column, Numbers, Truths};
use crate::eval::inputs::Gather;
use crate::eval::judge::BATCH;
use crate::eval::run::run;
use crate::figures::printed::Reading;
use crate::figures::{Submission, wholes_of};
use crate::model::{EntityId, Fold, IndicatorId};
use crate::number::Exact;
use crate::program::{AggregateId, AggregateProgram, Program, TermKind, at};
use crate::set::Set;

/// What members have, one value each.
pub(super) struct Columns<'p> {
    pub(super) numbers: Numbers,
    pub(super) truths: Truths,
    pub(super) filter: Option<Truths>,
    pub(super) ranked: Option<Ranked<'p>>,
    /// The bodies that each is a part of, where each asks for its own.
    pub(super) wholes: Vec<Vec<EntityId>>,
}

impl<'p> Columns<'p> {
    pub(super) fn of(
        gather: &Gather<'p>,
        inner: &Gather<'_>,
        aggregate: &AggregateProgram,
        members: &[EntityId],
    ) -> Columns<'p> {
        let mut numbers = Numbers::with_capacity(members.len());
        let mut truths = Truths::with_capacity(members.len());
        let mut ranked = Ranked::of(gather.program, aggregate);
        let entities = &gather.submission.entities;
        for batch in members.chunks(BATCH) {
            let run = run::<Exact>(inner, &aggregate.root, batch);
            if let Some(ranked) = &mut ranked {
                ranked.add(&run.frame, batch.len());
            }
            for (n, settled) in run.settled.iter().enumerate() {
                if aggregate.fold.takes_condition() {
                    truths.push(settled.truth, settled.causes, settled.marks);
                } else {
                    let what = (aggregate.root.term, aggregate.is_repeated);
                    let value = value(gather.program, what, &run.frame, n);
                    numbers.push(value.set, value.causes, value.marks);
                }
            }
        }
        Columns {
            numbers,
            truths,
            filter: filter(gather, aggregate, members),
            ranked,
            wholes: match aggregate.members.is_own {
                true => members.iter().map(|id| wholes_of(entities, *id)).collect(),
                false => Vec::new(),
            },
        }
    }
}

/// What some of many bodies have.
pub(crate) struct ManyPart {
    numbers: Numbers,
    truths: Truths,
    filter: Option<Truths>,
    n: usize,
    /// What each has in the elements of a score that is ranked, where places may rest on it.
    elements: Vec<Vec<Option<Set>>>,
    /// The bodies of the pack that each is a part of.
    wholes: Vec<Vec<EntityId>>,
    /// How many more records there may be in lists of theirs.
    doubts: Doubts,
}

/// The figures of a run, and how they are asked for.
pub(crate) type Figures<'f> = (&'f Program, &'f Submission, &'f Clocks);

/// How the figures of many are gathered for a question.
fn gather<'f>(
    (program, submission, clocks): Figures<'f>,
    (_, period, is_printed, is_closed): ManyKey,
    memory: &'f Memory,
) -> Gather<'f> {
    let reading = match is_printed {
        true => Reading::Printed,
        false => Reading::Exact,
    };
    Gather {
        is_closed,
        ..Gather::new(program, submission, clocks, reading, period, memory)
    }
}

/// The latest basis of each indicator that has several.
pub(crate) type Bases = BTreeMap<IndicatorId, u16>;

/// The members whom a question is about, as far as a submission tells of them, and how many more
/// records there may be in their lists.
pub(crate) fn members_of(
    figures: Figures<'_>,
    key: ManyKey,
    memory: &Memory,
) -> (Vec<EntityId>, Doubts) {
    let meant = &figures.0.aggregates[key.0].members;
    let gather = gather(figures, key, memory);
    let told = Told::of(
        &gather,
        meant.class,
        at(figures.0.aggregates[key.0].at, key.1),
    );
    (told.members(&gather, meant), told.own_doubts())
}

/// The latest basis of each indicator with several bases that some members have figures on.
pub(crate) fn bases_of(
    figures: Figures<'_>,
    key: ManyKey,
    members: &[EntityId],
    memory: &Memory,
) -> Bases {
    let gather = gather(figures, key, memory);
    super::bases(&gather, &figures.0.aggregates[key.0], members)
}

/// Whether the basis of what is said of many is that of some of them.
pub(crate) fn has_bases(program: &Program, id: AggregateId) -> bool {
    let inputs = &program.aggregates[id].root.inputs;
    let mut indicators = inputs
        .iter()
        .map(|input| program.inputs[*input].figure.indicator);
    indicators.any(|id| program.model.indicators[id].bases.len() > 1)
}

impl ManyPart {
    /// What some members have of what a question is about, linked to the bases that all have.
    pub(crate) fn of(
        figures: Figures<'_>,
        key: ManyKey,
        (members, doubts): (&[EntityId], Doubts),
        bases: &Bases,
        memory: &Memory,
    ) -> ManyPart {
        let aggregate = &figures.0.aggregates[key.0];
        let gather = gather(figures, key, memory);
        let inner = inner(&gather, aggregate, bases);
        let columns = Columns::of(&gather, &inner, aggregate, members);
        let ranked = columns.ranked.filter(|_| members.len() <= MOST_PAIRED);
        ManyPart {
            numbers: columns.numbers,
            truths: columns.truths,
            filter: columns.filter,
            n: members.len(),
            elements: ranked.map_or_else(Vec::new, |ranked| ranked.parts),
            wholes: columns.wholes,
            doubts,
        }
    }

    /// How many members.
    pub(crate) fn n(&self) -> usize {
        self.n
    }
}

/// As what members are asked: a missing figure stands with its bounds.
pub(super) fn inner<'g>(
    gather: &Gather<'g>,
    aggregate: &AggregateProgram,
    bases: &'g BTreeMap<crate::model::IndicatorId, u16>,
) -> Gather<'g> {
    // Conditions are held against limits, each member on its own basis.
    let is_condition = aggregate.fold.takes_condition();
    Gather {
        is_bounded: true,
        floor: (!is_condition).then_some(bases),
        ..*gather
    }
}

impl Ranked<'_> {
    /// With what is known of the elements of the score.
    fn of_elements(
        mut self,
        program: &Program,
        (_, period, is_printed, is_closed): ManyKey,
        known: &dyn Fn(ManyKey) -> Option<Arc<Many>>,
    ) -> Self {
        let many = self
            .terms
            .iter()
            .filter_map(|term| match program.terms[*term].kind {
                TermKind::Aggregate(id) => known((id, period, is_printed, is_closed)),
                _ => None,
            });
        self.many = many.collect();
        self
    }
}

impl Many {
    /// What is said of members whose values were gathered in parts; of those that are no bodies of the
    /// submission only numbers are known.
    pub(crate) fn of_parts<'m>(
        figures: Figures<'_>,
        key: ManyKey,
        (members, bases): (Vec<EntityId>, Bases),
        parts: impl Iterator<Item = &'m ManyPart>,
        (memory, known): (&Memory, &dyn Fn(ManyKey) -> Option<Arc<Many>>),
    ) -> Many {
        let aggregate = &figures.0.aggregates[key.0];
        let gather = gather(figures, key, memory);
        let inner = inner(&gather, aggregate, &bases);
        let is_small = members.len() <= MOST_PAIRED;
        let ranked = Ranked::of(figures.0, aggregate).filter(|_| is_small);
        let mut all = Columns {
            numbers: Numbers::with_capacity(members.len()),
            truths: Truths::with_capacity(members.len()),
            filter: aggregate
                .filter
                .as_ref()
                .map(|_| Truths::with_capacity(members.len())),
            ranked: ranked.map(|ranked| ranked.of_elements(figures.0, key, known)),
            wholes: Vec::new(),
        };
        let mut told = Told::of(&gather, aggregate.members.class, at(aggregate.at, key.1));
        let join = |to: &mut Truths, from: &Truths, n: usize| {
            for row in 0..n {
                to.push(from.value(row), from.causes(row), from.marks(row));
            }
        };
        let is_condition = aggregate.fold.takes_condition();
        for part in parts {
            told.doubt(part.doubts);
            all.wholes.extend(part.wholes.iter().cloned());
            if let Some(ranked) = &mut all.ranked {
                ranked.parts.extend(part.elements.iter().cloned());
            }
            for row in 0..part.n {
                if !is_condition {
                    let numbers = &part.numbers;
                    let (causes, marks) = (numbers.causes(row), numbers.marks(row));
                    all.numbers.push(numbers.set(row).cloned(), causes, marks);
                }
            }
            if is_condition {
                join(&mut all.truths, &part.truths, part.n);
            }
            if let (Some(to), Some(from)) = (&mut all.filter, &part.filter) {
                join(to, from, part.n);
            }
        }
        let mut many = Many::settled(
            &gather,
            &inner,
            aggregate,
            (&told, members, bases.clone()),
            all,
        );
        // What it came from is of no use to those that ask, but to a score of few.
        if !(is_small && matches!(aggregate.fold, Fold::Standing(_))) {
            many.column = Column::Numbers(Numbers::with_capacity(0));
        }
        (many.members, many.filter) = (Vec::new(), None);
        many
    }

    /// The same, asked by bodies that have these places among the members.
    pub(crate) fn asked_by(self: &Arc<Many>, places: &[(EntityId, usize)]) -> Arc<Many> {
        let Answers::Places(all, _) = &self.answers else {
            return Arc::clone(self);
        };
        let own = places
            .iter()
            .filter_map(|(id, at)| Some((*id, all.get(*at)?)));
        let (ids, own): (Vec<EntityId>, Vec<_>) = own.unzip();
        Arc::new(Many {
            members: Vec::new(),
            column: Column::Numbers(Numbers::with_capacity(0)),
            bases: self.bases.clone(),
            filter: None,
            rests: self.rests.clone(),
            spread: self.spread.clone(),
            answers: Answers::of_each(own.into_iter().cloned().collect(), &ids),
        })
    }
}

impl Memory {
    /// One that knows what it is told.
    pub(crate) fn told(known: impl IntoIterator<Item = (ManyKey, Arc<Many>)>) -> Memory {
        Memory {
            known: std::sync::Mutex::new(known.into_iter().collect()),
            is_told: true,
            ..Memory::default()
        }
    }

    /// Whether it was asked for something that it was not told.
    pub(crate) fn is_short(&self) -> bool {
        self.is_short.load(Ordering::Relaxed)
    }

    /// What was asked, inner before outer.
    pub(crate) fn asked(&self) -> Vec<ManyKey> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.keys().copied().collect()
    }
}

/// Whether it is said of the records in the list of one body, whose rows are all at hand where that body is.
pub(crate) fn is_local(program: &Program, id: AggregateId) -> bool {
    let members = &program.aggregates[id].members;
    members.is_own && program.model.classes[members.class].owner.is_some()
}

/// Whether what is said of many can be gathered in parts: where it is read off figures, and no evidence.
pub(crate) fn is_gathered(program: &Program, id: AggregateId) -> bool {
    let aggregate = &program.aggregates[id];
    let mut inputs = aggregate.reads();
    let is_figure = |indicator| program.model.indicators[indicator].evidence.is_none();
    inputs.all(|input| is_figure(program.inputs[input].figure.indicator))
}

/// Whether each member counts, where a condition says who does.
fn filter(
    gather: &Gather<'_>,
    aggregate: &AggregateProgram,
    members: &[EntityId],
) -> Option<Truths> {
    let root = aggregate.filter.as_ref()?;
    let inner = Gather {
        is_bounded: true,
        ..*gather
    };
    let mut truths = Truths::with_capacity(members.len());
    for batch in members.chunks(BATCH) {
        for settled in run::<Exact>(&inner, root, batch).settled {
            truths.push(settled.truth, settled.causes, settled.marks);
        }
    }
    Some(truths)
}
