//! What is said of many bodies of whom only some are at hand at a time: the values of some go in, and then
//! of others; the same answers come out as of all at once. Holds one value for each body.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::told::Told;
use super::value::value;
use super::{Answers, Many, ManyKey, Memory, PoisonError, Ranked};
use crate::eval::Clocks;
use crate::eval::columns::{Column, Numbers, Truths};
use crate::eval::inputs::Gather;
use crate::eval::judge::BATCH;
use crate::eval::run::run;
use crate::figures::Submission;
use crate::figures::printed::Reading;
use crate::model::EntityId;
use crate::number::Exact;
use crate::program::{AggregateId, AggregateProgram, Program, TermKind, at};

/// What members have, one value each.
pub(super) struct Columns<'p> {
    pub(super) numbers: Numbers,
    pub(super) truths: Truths,
    pub(super) filter: Option<Truths>,
    pub(super) ranked: Option<Ranked<'p>>,
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
        }
    }
}

/// What some of many bodies have.
pub(crate) struct ManyPart {
    numbers: Numbers,
    truths: Truths,
    filter: Option<Truths>,
    n: usize,
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

impl ManyPart {
    /// What some members have of what a question is about.
    pub(crate) fn of(
        figures: Figures<'_>,
        key: ManyKey,
        members: &[EntityId],
        memory: &Memory,
    ) -> ManyPart {
        let aggregate = &figures.0.aggregates[key.0];
        let gather = gather(figures, key, memory);
        let floor = BTreeMap::new();
        let inner = inner(&gather, aggregate, &floor);
        let columns = Columns::of(&gather, &inner, aggregate, members);
        ManyPart {
            numbers: columns.numbers,
            truths: columns.truths,
            filter: columns.filter,
            n: members.len(),
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

impl Many {
    /// What is said of members whose values were gathered in parts; of those that are no bodies of the
    /// submission only numbers are known.
    pub(crate) fn of_parts<'m>(
        figures: Figures<'_>,
        key: ManyKey,
        members: Vec<EntityId>,
        parts: impl Iterator<Item = &'m ManyPart>,
        memory: &Memory,
    ) -> Many {
        let aggregate = &figures.0.aggregates[key.0];
        let gather = gather(figures, key, memory);
        let floor = BTreeMap::new();
        let inner = inner(&gather, aggregate, &floor);
        let mut all = Columns {
            numbers: Numbers::with_capacity(members.len()),
            truths: Truths::with_capacity(members.len()),
            filter: aggregate
                .filter
                .as_ref()
                .map(|_| Truths::with_capacity(members.len())),
            ranked: None,
        };
        let join = |to: &mut Truths, from: &Truths, n: usize| {
            for row in 0..n {
                to.push(from.value(row), from.causes(row), from.marks(row));
            }
        };
        let is_condition = aggregate.fold.takes_condition();
        for part in parts {
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
        let told = Told::of(&gather, aggregate.members.class, at(aggregate.at, key.1));
        let mut many = Many::settled(
            &gather,
            &inner,
            aggregate,
            (&told, members, BTreeMap::new()),
            all,
        );
        // What it came from is of no use to those that ask.
        many.column = Column::Numbers(Numbers::with_capacity(0));
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
            bases: BTreeMap::new(),
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

/// Whether what is said of many can be gathered in parts: of bodies alone that are no records, whose figures
/// are all on one basis, and of groups only where the pack says who is in them.
pub(crate) fn is_gathered(program: &Program, id: AggregateId) -> bool {
    let aggregate = &program.aggregates[id];
    let class = &program.model.classes[aggregate.members.class];
    let mut inputs = aggregate.reads();
    let is_one = |indicator| {
        let known = &program.model.indicators[indicator];
        known.bases.len() <= 1 && known.evidence.is_none()
    };
    let is_score = matches!(
        program.terms[aggregate.root.term].kind,
        TermKind::Composite(..)
    );
    class.owner.is_none()
        && !(aggregate.members.is_own && class.is_open)
        && aggregate.complete.is_none()
        && !is_score
        && inputs.all(|input| is_one(program.inputs[input].figure.indicator))
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
