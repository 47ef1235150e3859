//! What rules say of many bodies at once, over a table that is never in memory as a whole: what each body
//! has is gathered batch by batch, folded by the evaluator, and handed to the batches that ask for it.
//! Holds one value for each body, period and question.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::batch::{Batch, BatchId};
use super::spill::Spill;
use super::{Bodies, Halt, roots};
use crate::bulk::run::Stop;
use crate::eval::{
    Bases, Clocks, Many, ManyDoubts, ManyKey, ManyPart, Memory, asked_of_many, bases_of, has_bases,
    is_gathered, is_local,
};
use crate::figures::Submission;
use crate::index::Id;
use crate::model::{EntityId, RuleId};
use crate::period::Period;
use crate::program::{AggregateId, Program, Root, TermKind};

/// A question about many bodies, for lines of a period.
type Question = (Period, ManyKey);

/// What is said of many bodies.
#[derive(Default)]
pub(super) struct Said {
    known: BTreeMap<Question, (Arc<Many>, BTreeMap<BatchId, usize>)>,
}

/// What bodies have of what a question is about.
#[derive(Default)]
struct Parts {
    declared: BTreeMap<EntityId, ManyPart>,
    late: BTreeMap<BatchId, ManyPart>,
}

/// What is said of many in some terms.
fn of_terms<'p>(
    program: &'p Program,
    roots: impl Iterator<Item = &'p Root> + 'p,
) -> impl Iterator<Item = AggregateId> + 'p {
    let terms = roots.flat_map(|root| &root.terms);
    terms.filter_map(|term| match program.terms[*term].kind {
        TermKind::Aggregate(id) => Some(id),
        _ => None,
    })
}

fn inside(program: &Program, id: AggregateId) -> impl Iterator<Item = AggregateId> {
    let aggregate = &program.aggregates[id];
    of_terms(
        program,
        std::iter::once(&aggregate.root).chain(&aggregate.filter),
    )
}

/// What is said of many, and what is inside of it as well.
fn with_inside(program: &Program, mut open: Vec<AggregateId>) -> BTreeSet<AggregateId> {
    let mut found = BTreeSet::new();
    while let Some(next) = open.pop() {
        if found.insert(next) {
            open.extend(inside(program, next));
        }
    }
    found
}

/// All that a rule says of many bodies, what is inside of it as well.
fn of_rule(program: &Program, id: RuleId) -> BTreeSet<AggregateId> {
    with_inside(program, of_terms(program, roots(program, id)).collect())
}

/// Whether a rule looks at many bodies, and not at lists of its own body alone.
pub(in crate::bulk) fn looks_at_many(program: &Program, id: RuleId) -> bool {
    let mut all = of_rule(program, id).into_iter();
    all.any(|id| !is_local(program, id))
}

/// Whether what a rule says of many bodies can be gathered body by body.
pub(super) fn can_gather(program: &Program, id: RuleId) -> bool {
    let mut all = of_rule(program, id).into_iter();
    all.all(|id| is_local(program, id) || is_gathered(program, id))
}

/// How many questions are inside each other.
fn depth(program: &Program, id: AggregateId) -> usize {
    let inner = inside(program, id).map(|inner| depth(program, inner) + 1);
    inner.max().unwrap_or(0)
}

impl Bodies<'_> {
    /// What rules ask of many bodies, by how deep the questions lie.
    fn questions(&self, periods: &BTreeSet<Period>) -> BTreeMap<usize, Vec<Question>> {
        let program = self.job.program;
        let rules: Vec<RuleId> = self
            .rules
            .iter()
            .copied()
            .filter(|id| looks_at_many(program, *id))
            .collect();
        let mut all: BTreeMap<usize, Vec<Question>> = BTreeMap::new();
        if rules.is_empty() {
            return all;
        }
        let wanted = &self.shared.wanted;
        let somebody = wanted.nobody.entities.ids().next();
        let somebody = somebody.unwrap_or(wanted.anybody);
        for period in periods.iter().filter(|period| self.is_asked(**period)) {
            let clocks = self.clocks(*period, wanted.nobody);
            let asked = asked_of_many(program, wanted.nobody, &clocks, &rules, somebody);
            // What is inside is asked of members, of whom the pack may declare none.
            let asked = asked
                .into_iter()
                .flat_map(|(id, at, is_printed, is_closed)| {
                    let all = with_inside(program, vec![id]).into_iter();
                    all.map(move |id| (id, at, is_printed, is_closed))
                });
            let asked: BTreeSet<ManyKey> = asked.collect();
            for key in asked.into_iter().filter(|key| !is_local(program, key.0)) {
                let depth = depth(program, key.0);
                all.entry(depth).or_default().push((*period, key));
            }
        }
        all
    }

    /// Gathers and folds all that rules say of many bodies, what is inside first.
    pub(super) fn gather(&self, spill: &Spill, periods: &BTreeSet<Period>) -> Result<Said, Halt> {
        let mut said = Said::default();
        for questions in self.questions(periods).into_values() {
            let bases = self.bases(spill, &questions, &said)?;
            let parts: Mutex<BTreeMap<Question, Parts>> = Mutex::default();
            self.each(spill, &|batch| {
                for question in &questions {
                    let found = self.parts_of(&batch, *question, (&said, &bases))?;
                    let mut parts = parts.lock().unwrap_or_else(PoisonError::into_inner);
                    let all = parts.entry(*question).or_default();
                    all.declared.extend(found.declared);
                    all.late.extend(found.late);
                }
                Ok(())
            })?;
            let mut parts = parts.into_inner().unwrap_or_else(PoisonError::into_inner);
            let nobody = self.of_nobody()?;
            let mut folded = Vec::new();
            for question in questions {
                let own = parts.remove(&question).unwrap_or_default();
                let many = self.fold(&nobody, question, own, (&said, &bases))?;
                folded.push((question, many));
            }
            said.known.extend(folded);
        }
        Ok(said)
    }

    /// The latest bases of what questions are about, among all members.
    fn bases(
        &self,
        spill: &Spill,
        questions: &[Question],
        said: &Said,
    ) -> Result<BTreeMap<Question, Bases>, Halt> {
        let program = self.job.program;
        let all: Mutex<BTreeMap<Question, Bases>> = Mutex::default();
        let based = questions
            .iter()
            .filter(|(_, key)| has_bases(program, key.0));
        let based: Vec<Question> = based.copied().collect();
        if !based.is_empty() {
            self.each(spill, &|batch| {
                let submission = &batch.probe.submission;
                for (period, key) in &based {
                    let clocks = self.clocks(*period, submission);
                    let memory = said.memory(*period, &batch, (program, &clocks));
                    let figures = (program, submission, &clocks);
                    let (members, _) = batch.members(figures, *key, &memory);
                    let found = bases_of(figures, *key, &members, &memory);
                    self.expect_whole(&memory)?;
                    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
                    let known = all.entry((*period, *key)).or_default();
                    for (indicator, basis) in found {
                        let latest = known.entry(indicator).or_insert(basis);
                        *latest = (*latest).max(basis);
                    }
                }
                Ok(())
            })?;
        }
        Ok(all.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// What the bodies of a batch have of what a question is about.
    fn parts_of(
        &self,
        batch: &Batch,
        (period, key): Question,
        (said, bases): (&Said, &BTreeMap<Question, Bases>),
    ) -> Result<Parts, Halt> {
        let submission = &batch.probe.submission;
        let clocks = self.clocks(period, submission);
        let memory = said.memory(period, batch, (self.job.program, &clocks));
        let figures = (self.job.program, submission, &clocks);
        let none = Bases::new();
        let bases = bases.get(&(period, key)).unwrap_or(&none);
        let (members, doubts) = batch.members(figures, key, &memory);
        let (late, declared): (Vec<EntityId>, Vec<EntityId>) = members
            .into_iter()
            .partition(|id| submission.came_with_figures(*id));
        let own = declared
            .into_iter()
            .filter(|id| batch.declared.contains(id));
        let part = |members: &[EntityId], doubts| {
            ManyPart::of(figures, key, (members, doubts), bases, &memory)
        };
        let own = own.map(|id| (id, part(&[id], ManyDoubts::default())));
        let mut parts = Parts {
            declared: own.collect(),
            ..Parts::default()
        };
        if !late.is_empty() || doubts != ManyDoubts::default() {
            parts.late.insert(batch.id, part(&late, doubts));
        }
        self.expect_whole(&memory)?;
        Ok(parts)
    }

    /// That all that was asked of many bodies was gathered from all: nothing is ever folded or judged from
    /// some of them.
    pub(super) fn expect_whole(&self, memory: &Memory) -> Result<(), Halt> {
        let program = self.job.program;
        let over = self.rules.iter().copied();
        let over = over.filter(|id| looks_at_many(program, *id));
        match memory.is_short() {
            true => Err(Halt::Stop(Stop::Rules(over.collect()))),
            false => Ok(()),
        }
    }

    /// What is said of many bodies, from what each of them has.
    fn fold(
        &self,
        nobody: &Batch,
        (period, key): Question,
        mut parts: Parts,
        (said, bases): (&Said, &BTreeMap<Question, Bases>),
    ) -> Result<(Arc<Many>, BTreeMap<BatchId, usize>), Halt> {
        let submission = &nobody.probe.submission;
        let clocks = self.clocks(period, submission);
        let memory = said.memory(period, nobody, (self.job.program, &clocks));
        let figures = (self.job.program, submission, &clocks);
        let bases = bases.get(&(period, key)).cloned().unwrap_or_default();
        let (mut members, _) = nobody.members(figures, key, &memory);
        for id in &members {
            let none = ManyDoubts::default();
            let missing = || ManyPart::of(figures, key, (&[*id], none), &bases, &memory);
            parts.declared.entry(*id).or_insert_with(missing);
        }
        let mut starts = BTreeMap::new();
        for (batch, part) in &parts.late {
            starts.insert(*batch, members.len());
            let first = submission.entities.len() + members.len();
            members.extend((first..first + part.n()).map(EntityId::new));
        }
        let declared = members.iter().filter_map(|id| parts.declared.get(id));
        let all: Vec<&ManyPart> = declared.chain(parts.late.values()).collect();
        let known = |key| Some(Arc::clone(&said.known.get(&(period, key))?.0));
        let with = (&memory, &known as &dyn Fn(ManyKey) -> Option<Arc<Many>>);
        let many = Many::of_parts(figures, key, (members, bases), all.into_iter(), with);
        self.expect_whole(&memory)?;
        Ok((Arc::new(many), starts))
    }

    pub(super) fn clocks(&self, period: Period, submission: &Submission) -> Clocks {
        let options = crate::eval::Options {
            period: Some(period),
            ..self.job.options.clone()
        };
        options.clocks(submission)
    }
}

impl Said {
    /// What the bodies of a batch are told of many bodies.
    pub(super) fn memory(
        &self,
        period: Period,
        batch: &Batch,
        (program, clocks): (&Program, &Clocks),
    ) -> Memory {
        let own = self.known.iter().filter(|((at, _), _)| *at == period);
        let none = Memory::default();
        let told = own.map(|((_, key), (many, starts))| {
            let submission = &batch.probe.submission;
            let (members, _) = batch.members((program, submission, clocks), *key, &none);
            let (late, declared): (Vec<EntityId>, Vec<EntityId>) = members
                .into_iter()
                .partition(|id| submission.came_with_figures(*id));
            let declared = declared.into_iter().enumerate();
            let declared = declared.map(|(at, id)| (id, at));
            let start = starts.get(&batch.id).copied();
            let late = late.into_iter().enumerate();
            let late = late.filter_map(|(at, id)| Some((id, start? + at)));
            let places: Vec<(EntityId, usize)> = declared.chain(late).collect();
            (*key, many.asked_by(&places))
        });
        Memory::told(told)
    }
}
