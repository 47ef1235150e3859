//! Single questions to the evaluator: the value of a quantity, whether a check holds, what if.

use super::columns::Marks;
use super::decide::Outcomes;
use super::inputs::{Gather, Tried};
use super::judge::BATCH;
use super::many::Memory;
use super::run::{Run, run};
use super::tight::enclose;
use super::{Clocks, Options};
use crate::figures::printed::Reading;
use crate::figures::{ClaimId, Submission};
use crate::model::{EntityId, RuleId};
use crate::number::Exact;
use crate::period::Period;
use crate::program::{AggregateId, Program, Root, TermId, TermKind};
use crate::set::{Set, Truth};
use crate::verdict::Causes;

/// The value of a derived quantity, figures read as exact, and what it was read off.
pub(crate) fn run_define(
    program: &Program,
    submission: &Submission,
    options: &Options,
    root: &Root,
    entity: EntityId,
    memory: &Memory,
) -> (Option<Set>, Run) {
    let clocks = options.clocks(submission);
    let exact = Reading::Exact;
    let gather = Gather::new(program, submission, &clocks, exact, clocks.period, memory);
    let run = run::<Exact>(&gather, root, &[entity]);
    let set = enclose(program, &run.frame, root.term, 0).map(|(set, _)| set);
    (set, run)
}

/// The value of a derived quantity for several bodies, each with why it is open and what it rests
/// on; figures read as exact.
pub(crate) fn run_values(
    program: &Program,
    submission: &Submission,
    clocks: &Clocks,
    root: &Root,
    entities: &[EntityId],
    memory: &Memory,
) -> Vec<(Option<Set>, Causes, Marks)> {
    let gather = Gather::new(
        program,
        submission,
        clocks,
        Reading::Exact,
        clocks.period,
        memory,
    );
    let mut values = Vec::with_capacity(entities.len());
    for batch in entities.chunks(BATCH) {
        let run = run::<Exact>(&gather, root, batch);
        for entity in 0..batch.len() {
            let row = run.frame.rows.partition_point(|row| row.entity < entity);
            let set = enclose(program, &run.frame, root.term, row).map(|(set, _)| set);
            let causes = run.frame.causes(root.term, row);
            values.push((set, causes, run.frame.marks(root.term, row)));
        }
    }
    values
}

/// Whether a condition holds, and what settles it.
pub(crate) struct Held {
    /// Yes, no, or open.
    pub(crate) truth: Truth,
    /// The claims of the entity that settle it.
    pub(crate) claims: Vec<ClaimId>,
    /// Both sides of a comparison where they are apart, each with the term that says it.
    pub(crate) sides: Option<[(TermId, Set); 2]>,
    /// What is said of many bodies that settles it.
    pub(crate) many: Vec<HeldMany>,
}

/// What is said of many bodies that settles a condition.
pub(crate) struct HeldMany {
    /// The term that says it.
    pub(crate) term: TermId,
    /// What is computed of each, and how it is taken together.
    pub(crate) id: AggregateId,
    pub(crate) set: Set,
    /// Who is counted, where the condition does not hold.
    pub(crate) members: Vec<EntityId>,
}

/// Whether a condition holds on printed, closed sets: one answer an entity, in order.
///
/// A value may be tried in the place of a figure of one entity.
pub(crate) fn run_printed(
    program: &Program,
    submission: &Submission,
    clocks: &Clocks,
    root: &Root,
    period: Period,
    entities: &[EntityId],
    tried: Option<&Tried>,
) -> Vec<Held> {
    let memory = Memory::default();
    let gather = Gather {
        is_closed: true,
        tried: tried.map_or(&[], std::slice::from_ref),
        ..Gather::new(
            program,
            submission,
            clocks,
            Reading::Printed,
            period,
            &memory,
        )
    };
    let mut answers = Vec::with_capacity(entities.len());
    for batch in entities.chunks(BATCH) {
        let run = run::<Exact>(&gather, root, batch);
        answers.extend(run.settled.iter().map(|settled| {
            let rows = &settled.rows;
            let inputs = run.frame.inputs.iter();
            let mut claims: Vec<ClaimId> = inputs
                .flat_map(|input| rows.iter().flat_map(|row| run.frame.claims(*row, *input)))
                .collect();
            claims.sort_by(|a, b| submission.order(*a, *b).then(a.cmp(b)));
            claims.dedup();
            let many = root.terms.iter().filter_map(|term| {
                let TermKind::Aggregate(id) = program.terms[*term].kind else {
                    return None;
                };
                let row = *rows.first()?;
                let set = run.frame.number(*term, row)?.clone();
                let entity = batch.get(run.frame.rows.get(row)?.entity)?;
                let is_broken = settled.truth == Truth::False;
                let many = run.frame.many.get(term).filter(|_| is_broken);
                let members = many.map(|many| {
                    let counted = many.counted(*entity);
                    let members = counted.into_iter().filter_map(|n| many.members.get(n));
                    members.copied().collect()
                });
                Some(HeldMany {
                    term: *term,
                    id,
                    set,
                    members: members.unwrap_or_default(),
                })
            });
            let sides = match program.terms[root.term].kind {
                TermKind::Compare(_, left, right, _) => nearest(&run, rows, left, right),
                _ => None,
            };
            Held {
                truth: settled.truth,
                claims,
                sides,
                many: many.collect(),
            }
        }));
    }
    answers
}

/// Both sides of a comparison in the row in which they are nearest to each other.
fn nearest(run: &Run, rows: &[usize], left: TermId, right: TermId) -> Option<[(TermId, Set); 2]> {
    let sides = rows.iter().filter_map(|row| {
        let (one, other) = (
            run.frame.number(left, *row)?,
            run.frame.number(right, *row)?,
        );
        Some((one.gap(other)?, one, other))
    });
    let (_, one, other) = sides.min_by(|a, b| a.0.cmp(&b.0))?;
    Some([(left, one.clone()), (right, other.clone())])
}

/// The answer of a condition if some figures had other values.
#[expect(
    clippy::too_many_arguments,
    reason = "the whole state of one evaluation, named once"
)]
pub(crate) fn try_values(
    program: &Program,
    submission: &Submission,
    options: &Options,
    root: &Root,
    period: Period,
    reading: Reading,
    tried: &[Tried],
    entity: EntityId,
    memory: &Memory,
) -> Truth {
    let clocks = options.clocks(submission);
    let gather = Gather {
        tried,
        ..Gather::new(program, submission, &clocks, reading, period, memory)
    };
    let run = run::<Exact>(&gather, root, &[entity]);
    run.settled
        .first()
        .map_or(Truth::Unknown, |settled| settled.truth)
}

/// The outcomes of a decision if some facts had other values, and whether only one is left.
pub(crate) fn try_outcomes(
    program: &Program,
    submission: &Submission,
    options: &Options,
    rule: RuleId,
    tried: &[Tried],
    entity: EntityId,
    memory: &Memory,
) -> (bool, Outcomes) {
    let clocks = options.clocks(submission);
    let gather = Gather {
        tried,
        ..Gather::new(
            program,
            submission,
            &clocks,
            program.model.rules[rule].reading,
            clocks.period,
            memory,
        )
    };
    let run = run::<Exact>(&gather, &program.rules[rule].goal, &[entity]);
    let answer = super::judge::answer(program, rule, &run, 0);
    answer.map_or((false, Outcomes::NONE), |answer| {
        (answer.is_decided, answer.possible)
    })
}

/// A quantity in one period for one entity, each claim on its own.
pub(crate) fn run_subject(
    program: &Program,
    submission: &Submission,
    clocks: &Clocks,
    root: &Root,
    reading: Reading,
    period: Period,
    entity: EntityId,
) -> Run {
    let memory = Memory::default();
    let gather = Gather::new(program, submission, clocks, reading, period, &memory);
    run::<Exact>(&gather, root, &[entity])
}
