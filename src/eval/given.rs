//! Rules for some bodies among many: their figures are handed in as columns, one each, or are those of a
//! submission; the same evaluator. Never reads a table.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::decide::version_at;
use super::due::{Due, due};
use super::inputs::Slot;
use super::judge::{BATCH, Judge, Kept};
use super::many::{ManyKey, Memory};
use super::scope;
use super::{Clocks, Row};
use crate::figures::{ClaimId, Submission};
use crate::model::{EntityId, RuleId};
use crate::period::Period;
use crate::program::{InputId, Program, VersionProgram};
use crate::set::{Set, Truth};
use crate::verdict::{Cause, Causes, Verdict};

/// What one body says of one figure.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Nothing.
    Missing,
    /// What it may be, in base units.
    Known(Arc<Set>),
    /// Something that cannot be read, or lies outside the bounds.
    Unreadable,
}

/// The figures of a batch of bodies: for each figure a cell a body.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given {
    pub(crate) columns: BTreeMap<InputId, Vec<Cell>>,
}

impl Given {
    /// What is said of a figure, as if nobody had claimed it twice.
    pub(super) fn slots(&self, input: InputId, n: usize) -> Vec<Slot> {
        let cells = self.columns.get(&input);
        let slot = |row: usize| {
            let causes = match cells.and_then(|cells| cells.get(row)) {
                Some(Cell::Known(_)) => Causes::NONE,
                Some(Cell::Unreadable) => Cause::Unreadable.into(),
                Some(Cell::Missing) | None => Cause::Missing.into(),
            };
            Slot {
                causes,
                ..Slot::default()
            }
        };
        (0..n).map(slot).collect()
    }

    /// The value of a figure of the n-th body.
    pub(super) fn set(&self, input: InputId, n: usize) -> Option<&Set> {
        match self.columns.get(&input)?.get(n)? {
            Cell::Known(set) => Some(set),
            Cell::Missing | Cell::Unreadable => None,
        }
    }
}

/// What the clocks ask of a rule.
pub(crate) enum Asked {
    /// Nothing: this is the answer for everybody.
    Nothing,
    /// One period.
    One {
        /// The period.
        period: Period,
        /// It is not due yet.
        is_early: bool,
    },
    /// Several periods, days or evidence.
    More,
}

/// What the clocks ask of a rule.
pub(crate) fn asked(program: &Program, clocks: &Clocks, id: RuleId) -> Asked {
    let rule = &program.model.rules[id];
    let due = due(&program.model, rule, clocks);
    if let Due::Not(_) = due {
        return Asked::Nothing;
    }
    if rule.decision.is_some() {
        return Asked::One {
            period: clocks.period,
            is_early: false,
        };
    }
    if rule.deadline.is_some() || !rule.modality.is_binding() || rule.milestone.is_some() {
        return Asked::More;
    }
    match due {
        Due::At(period) => Asked::One {
            period,
            is_early: false,
        },
        Due::Early(period) => Asked::One {
            period,
            is_early: true,
        },
        _ => Asked::More,
    }
}

/// The cases of a decision as the law of the day has them.
pub(crate) fn cases_on<'p>(
    program: &'p Program,
    clocks: &Clocks,
    id: crate::program::DecisionId,
) -> Option<&'p VersionProgram> {
    let known = &program.decisions[id];
    let decision = program.model.rules[known.rule].decision.as_ref()?;
    let n = version_at(&program.model, decision, clocks.in_force).ok()?;
    known.versions.get(n)
}

/// The rows of a rule for bodies whose figures are given. Marks and outlooks are left out.
pub(crate) fn judge_given(
    program: &Program,
    nobody: &Submission,
    clocks: &Clocks,
    id: RuleId,
    entities: &[EntityId],
    given: &Given,
) -> Vec<Row> {
    let memory = Memory::default();
    judge(program, nobody, clocks, id, &memory, given).judge(entities, None)
}

/// A row, and the claims that it was read off, where they are asked for.
pub(crate) type BodyRow = (Row, Vec<ClaimId>);

/// The rows of some rules for some of the bodies of a submission. Marks and outlooks are left out. Claims
/// are told of the verdicts that are wanted.
pub(crate) fn judge_bodies(
    (program, submission, clocks): super::many::Figures<'_>,
    rules: &[RuleId],
    (bodies, memory): (&BTreeSet<EntityId>, &Memory),
    wants_claims: Option<&dyn Fn(Verdict) -> bool>,
) -> Vec<BodyRow> {
    let mut rows = Vec::new();
    for id in rules {
        let mut meant = scope::of_period(program, submission, *id, clocks.period);
        meant.retain(|body| bodies.contains(body));
        let judge = Judge {
            program,
            submission,
            clocks,
            id: *id,
            rule: &program.model.rules[*id],
            method: None,
            memory,
            given: None,
            is_brief: true,
        };
        for batch in meant.chunks(BATCH) {
            let mut kept = wants_claims.map(|_| Kept::default());
            let found = judge.judge(batch, kept.as_mut());
            let told = found.into_iter().enumerate().map(|(n, row)| {
                let is_wanted = wants_claims.is_some_and(|wants| wants(row.verdict));
                let kept = kept.as_ref().filter(|_| is_wanted);
                let claims = kept.map(|kept| kept.claims(n, row.verdict));
                (row, claims.unwrap_or_default())
            });
            rows.extend(told);
        }
    }
    rows
}

/// What some rules ask of many bodies, whatever the figures are.
pub(crate) fn asked_of_many(
    program: &Program,
    nobody: &Submission,
    clocks: &Clocks,
    rules: &[RuleId],
    anybody: EntityId,
) -> Vec<ManyKey> {
    let memory = Memory::default();
    for id in rules {
        let given = Given::default();
        let judge = Judge {
            given: None,
            ..judge(program, nobody, clocks, *id, &memory, &given)
        };
        judge.judge(&[anybody], None);
    }
    memory.asked()
}

/// The row of a rule whose goal and condition came to this.
pub(crate) fn row_of(
    program: &Program,
    nobody: &Submission,
    clocks: &Clocks,
    (id, entity): (RuleId, EntityId),
    is_early: bool,
    (goal, condition): (Truth, Option<Truth>),
) -> Row {
    let (memory, given) = (Memory::default(), Given::default());
    let judge = judge(program, nobody, clocks, id, &memory, &given);
    judge.row_of(entity, is_early, goal, condition)
}

fn judge<'a>(
    program: &'a Program,
    nobody: &'a Submission,
    clocks: &'a Clocks,
    id: RuleId,
    memory: &'a Memory,
    given: &'a Given,
) -> Judge<'a> {
    Judge {
        program,
        submission: nobody,
        clocks,
        id,
        rule: &program.model.rules[id],
        method: None,
        memory,
        given: Some(given),
        is_brief: true,
    }
}
