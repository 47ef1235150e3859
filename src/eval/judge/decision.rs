//! Rows of decisions: the one outcome that follows, or all that are still possible and why.

use super::{Judge, Kept};
use crate::eval::columns::Marks;
use crate::eval::decide::Outcomes;
use crate::eval::due::{Due, due};
use crate::eval::inputs::Pick;
use crate::eval::run::{Frame, Run, Settled};
use crate::eval::steps::truths;
use crate::eval::{Reason, Row};
use crate::figures::printed::Reading;
use crate::model::{EntityId, RuleId};
use crate::program::{DecisionId, Program, TermId, TermKind};
use crate::set::Truth;
use crate::verdict::{Cause, Causes, Verdict};

/// What the rows of a frame say of one entity.
pub(in crate::eval) struct Answer {
    pub(in crate::eval) possible: Outcomes,
    pub(in crate::eval) is_decided: bool,
    causes: Causes,
    marks: Marks,
    rows: Vec<usize>,
}

impl Judge<'_> {
    /// The rows of a decision, one an entity.
    pub(super) fn decisions(&self, entities: &[EntityId], kept: Option<&mut Kept>) -> Vec<Row> {
        let period = match due(&self.program.model, self.rule, self.clocks) {
            Due::Not(reason) => return self.not_applicable(entities, reason),
            _ => self.clocks.period,
        };
        let program = &self.program.rules[self.id];
        let reading = self.rule.reading;
        let mut run = self.run(&program.goal, period, reading, entities);
        let printed = (reading == Reading::Exact && !self.is_brief)
            .then(|| self.run(&program.goal, period, Reading::Printed, entities));
        let condition = program.condition.as_ref();
        let condition = condition.map(|root| self.run(root, period, reading, entities));
        let mut rows = Vec::with_capacity(entities.len());
        for (n, entity) in entities.iter().enumerate() {
            let mut row = self.row(*entity, period);
            let Some(answer) = self.answer(&run, n) else {
                rows.push(row);
                continue;
            };
            row.possible = answer.possible;
            row.marks = answer.marks;
            row.causes = answer.causes;
            if answer.is_decided {
                row.verdict = Verdict::Decided;
            }
            let twin = printed.as_ref().and_then(|printed| self.answer(printed, n));
            let is_other = |twin: &Answer| {
                (twin.is_decided, twin.possible) != (answer.is_decided, answer.possible)
            };
            if twin.as_ref().is_some_and(is_other) {
                row.marks = row.marks.union(Marks::READING_SENSITIVE);
            }
            if let Some(settled) = run.settled.get_mut(n) {
                *settled = Settled {
                    truth: match answer.is_decided {
                        true => Truth::True,
                        false => Truth::Unknown,
                    },
                    causes: answer.causes,
                    marks: answer.marks,
                    rows: answer.rows,
                };
            }
            if let Some(applies) = condition.as_ref().and_then(|run| run.settled.get(n)) {
                self.applies(&mut row, applies);
            }
            rows.push(row);
        }
        if let Some(kept) = kept {
            kept.goals = vec![run];
            kept.condition = condition;
        }
        rows
    }

    fn applies(&self, row: &mut Row, condition: &Settled) {
        match condition.truth {
            Truth::True => {}
            Truth::False => {
                row.verdict = Verdict::NotApplicable;
                row.reason = Reason::ConditionFalse;
                row.possible = Outcomes::NONE;
                row.causes = Causes::NONE;
                row.marks = condition.marks;
            }
            Truth::Unknown => {
                row.verdict = Verdict::Undetermined;
                row.causes = row.causes.union(condition.causes);
                row.marks = row.marks.union(condition.marks);
            }
        }
    }

    fn answer(&self, run: &Run, entity: usize) -> Option<Answer> {
        answer(self.program, self.id, run, entity)
    }
}

/// What all rows of an entity say together. Each claim is taken alone: where two come to
/// different outcomes, or one to what another rules out, they contradict each other.
pub(in crate::eval) fn answer(
    program: &Program,
    rule: RuleId,
    run: &Run,
    entity: usize,
) -> Option<Answer> {
    let frame = &run.frame;
    let id = program.rules[rule].decision?;
    let outcomes = outcome_terms(program, rule, id);
    let rows = frame.rows.iter().enumerate();
    let own: Vec<usize> = rows
        .filter(|(_, row)| row.entity == entity)
        .map(|(n, _)| n)
        .collect();
    let is_meet = |n: &usize| frame.rows.get(*n).is_some_and(|row| row.pick == Pick::Meet);
    let (meet, each): (Vec<usize>, Vec<usize>) = own.into_iter().partition(is_meet);
    let of = |row: usize| one(frame, &outcomes, row);
    let all: Vec<Answer> = each.iter().map(|row| of(*row)).collect();
    let Some(meet) = meet.first() else {
        return all.into_iter().next();
    };
    let mut decided: Vec<Outcomes> = all
        .iter()
        .filter(|answer| answer.is_decided)
        .map(|answer| answer.possible)
        .collect();
    decided.sort_unstable();
    decided.dedup();
    let union = |answers: &[Answer]| {
        let possible = answers.iter().map(|answer| answer.possible);
        possible.fold(Outcomes::NONE, Outcomes::union)
    };
    let everything = union(&all);
    let first = decided.first().copied().unwrap_or_default();
    let fits = |answer: &Answer| answer.possible.union(first) == answer.possible;
    match decided.len() {
        0 => Some(of(*meet)),
        1 if all.iter().all(fits) => {
            let rows = each.iter().zip(&all);
            let proving = rows.filter(|(_, answer)| answer.is_decided);
            let (mut marks, mut rows) = (Marks::NONE, Vec::new());
            for (row, answer) in proving {
                marks = marks.union(answer.marks);
                rows.push(*row);
            }
            Some(Answer {
                possible: first,
                is_decided: true,
                causes: Causes::NONE,
                marks,
                rows,
            })
        }
        _ => Some(Answer {
            possible: everything,
            is_decided: false,
            causes: Cause::Conflict.into(),
            marks: all
                .iter()
                .fold(Marks::NONE, |marks, answer| marks.union(answer.marks)),
            rows: each,
        }),
    }
}

/// The terms that say whether each outcome follows.
fn outcome_terms(program: &Program, rule: RuleId, id: DecisionId) -> Vec<TermId> {
    let root = &program.rules[rule].goal;
    let operands = program.terms[root.term].kind.operands();
    let is_own = |term: &TermId| matches!(&program.terms[*term].kind, TermKind::Outcome(own, ..) if *own == id);
    operands.into_iter().filter(is_own).collect()
}

/// What one row says.
fn one(frame: &Frame, outcomes: &[TermId], row: usize) -> Answer {
    let mut answer = Answer {
        possible: Outcomes::NONE,
        is_decided: false,
        causes: Causes::NONE,
        marks: Marks::NONE,
        rows: vec![row],
    };
    let (mut n_true, mut n_open) = (0, 0);
    for (place, term) in outcomes.iter().enumerate() {
        let Some(column) = truths(frame, *term) else {
            continue;
        };
        answer.marks = answer.marks.union(column.marks(row));
        match column.value(row) {
            Truth::False => continue,
            Truth::True => n_true += 1,
            Truth::Unknown => {
                n_open += 1;
                answer.causes = answer.causes.union(column.causes(row));
            }
        }
        let place = u16::try_from(place).unwrap_or(u16::MAX);
        answer.possible = answer.possible.with(place);
    }
    answer.is_decided = n_true == 1 && n_open == 0;
    if n_true > 1 {
        // Cases that exclude each other hold at once.
        answer.causes = answer.causes.union(Cause::Conflict.into());
    } else if n_true == 0 && n_open == 0 {
        // No case holds, and nothing says what then.
        answer.causes = Cause::Undefined.into();
    }
    answer
}
