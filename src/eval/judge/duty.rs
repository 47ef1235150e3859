//! Duties: by a day that is computed, again and again, or only wished.
//!
//! The goal and whether its day has come go in, a verdict comes out. Before its day a duty that is
//! not met is pending; what is done is done. What is only wished never fails.

use super::{Goal, Judge, Kept, over};
use crate::eval::columns::Marks;
use crate::eval::due::{Due, due};
use crate::eval::run::{Run, Settled};
use crate::eval::{Reason, Row};
use crate::figures::printed::Reading;
use crate::model::{Deadline, EntityId};
use crate::period::Period;
use crate::set::Truth;
use crate::verdict::{Causes, Verdict};

impl Judge<'_> {
    /// Whether the rule is judged as a duty, and not on the figures of its period alone.
    pub(super) fn is_duty(&self) -> bool {
        self.rule.deadline.is_some() || !self.rule.modality.is_binding()
    }

    pub(super) fn duties(&self, entities: &[EntityId], kept: Option<&mut Kept>) -> Vec<Row> {
        let due = due(&self.program.model, self.rule, self.clocks);
        let (periods, is_early) = match due {
            Due::Not(reason) => return self.not_applicable(entities, reason),
            Due::At(period) => (vec![period], false),
            Due::Early(period) | Due::Running(period) => (vec![period], true),
            Due::Any(periods, is_early) => (periods, is_early),
            Due::All(periods) => (periods, false),
        };
        let last = periods.last().copied().unwrap_or(self.clocks.period);
        let program = &self.program.rules[self.id];
        let goals = |reading| -> Vec<Run> {
            let of = |period: &Period| self.run(&program.goal, *period, reading, entities);
            periods.iter().map(of).collect()
        };
        let whole = |root: &Option<_>, reading| {
            let root = root.as_ref();
            root.map(|root| self.run(root, last, reading, entities))
        };
        let reading = self.rule.reading;
        let exact = goals(reading);
        let condition = whole(&program.condition, reading);
        let reached = whole(&program.reached, reading);
        let printed = (reading == Reading::Exact && !self.is_brief).then(|| {
            let twin = Reading::Printed;
            (goals(twin), whole(&program.condition, twin))
        });
        let mut rows = Vec::with_capacity(entities.len());
        for (n, entity) in entities.iter().enumerate() {
            let of = |run: &Option<Run>| run.as_ref().and_then(|run| run.settled.get(n)).cloned();
            let stage = Stage {
                is_early,
                reached: of(&reached),
            };
            let judged = |goals: &[Run], condition| {
                let applies = of(condition);
                let judged = |goal: &Goal| self.duty(*entity, last, goal, applies.clone(), &stage);
                self.excused(goals, n, judged)
            };
            let (mut row, is_excused) = judged(&exact, &condition);
            if let Some((goals, condition)) = &printed {
                let (twin, is_so) = judged(goals, condition);
                if (twin.verdict, is_so.is_some()) != (row.verdict, is_excused.is_some()) {
                    row.marks = row.marks.union(Marks::READING_SENSITIVE);
                }
            }
            if let Some(reason) = is_excused {
                row.verdict = Verdict::Waived;
                row.reason = reason;
            }
            rows.push(row);
        }
        if let Some(kept) = kept {
            kept.goals = exact;
            kept.condition = condition;
            kept.reached = reached;
        }
        rows
    }

    /// The answer over all periods: each of them where it recurs, else any; and the waiver that
    /// excuses it. What was to be done while a waiver ran stays excused when it has ended.
    fn excused(
        &self,
        runs: &[Run],
        n: usize,
        judged: impl Fn(&Goal) -> Row,
    ) -> (Row, Option<Reason>) {
        let every = match &self.rule.deadline {
            Some(Deadline::Every(every)) => every,
            _ => return self.waived(judged(&over(runs, n, Truth::True))),
        };
        let (row, reason) = self.waived(judged(&over(runs, n, Truth::False)));
        if reason.is_some() || !is_open(row.verdict) {
            return (row, reason);
        }
        let end = |run: &Run| {
            let (period, day) = (self.clocks.period, self.clocks.in_force);
            every.end(run.frame.period, period, day)
        };
        let (excused, rest): (Vec<&Run>, Vec<&Run>) = runs
            .iter()
            .partition(|run| self.rule.waiver_on(row.entity, end(run)).is_some());
        let last = excused.into_iter().map(end).max();
        let Some(place) = last.and_then(|last| self.rule.waiver_on(row.entity, last)) else {
            return (row, None);
        };
        let reason = Reason::Waiver(u16::try_from(place).unwrap_or(u16::MAX));
        if rest.is_empty() {
            return (row, Some(reason));
        }
        let other = judged(&over(rest, n, Truth::False));
        match is_open(other.verdict) {
            true => (other, None),
            false => (row, Some(reason)),
        }
    }

    /// The waiver that holds on the day whose law applies.
    fn waived(&self, row: Row) -> (Row, Option<Reason>) {
        let mut twin = row;
        self.waive(&mut twin);
        let is_waived = twin.verdict == Verdict::Waived;
        (row, is_waived.then_some(twin.reason))
    }

    fn duty(
        &self,
        entity: EntityId,
        last: Period,
        goal: &Goal,
        applies: Option<Settled>,
        stage: &Stage,
    ) -> Row {
        let mut row = self.row(entity, goal.judged.unwrap_or(last));
        row.marks = goal.marks;
        if let Some(condition) = applies.filter(|condition| condition.truth != Truth::True) {
            row.marks = row.marks.union(condition.marks);
            if condition.truth == Truth::False {
                row.verdict = Verdict::NotApplicable;
                row.reason = Reason::ConditionFalse;
                row.marks = condition.marks;
            } else {
                row.causes = condition.causes;
            }
            return self.wished(row);
        }
        let come = match &stage.reached {
            Some(reached) => reached.truth,
            None => Truth::from(!stage.is_early),
        };
        match (goal.truth, come) {
            (Truth::True, _) => row.verdict = Verdict::Pass,
            (_, Truth::False) => {
                row.verdict = Verdict::Pending;
                row.reason = Reason::NotDue;
                row.marks = Marks::NONE;
            }
            _ if matches!(self.rule.deadline, Some(Deadline::Open | Deadline::Undated)) => {
                row.verdict = Verdict::Pending;
                row.reason = match self.rule.deadline {
                    Some(Deadline::Undated) => Reason::Undated,
                    _ => Reason::OpenInterval,
                };
                row.marks = Marks::NONE;
            }
            (Truth::False, Truth::True) => row.verdict = Verdict::Fail,
            (_, come) => {
                let open = |settled: &Settled| settled.causes;
                row.causes = match goal.truth {
                    Truth::False => Causes::NONE,
                    _ => goal.causes,
                };
                if come == Truth::Unknown {
                    let of_day = stage.reached.as_ref().map_or(Causes::NONE, open);
                    row.causes = row.causes.union(of_day);
                }
            }
        }
        self.wished(row)
    }

    /// What is only wished never fails, and moves no status: where it is not met it stands open.
    fn wished(&self, mut row: Row) -> Row {
        if is_open(row.verdict) && !self.rule.modality.is_binding() {
            row.verdict = Verdict::Pending;
            row.reason = Reason::Wished;
            row.causes = Causes::NONE;
        }
        row
    }
}

/// Whether a waiver changes it.
fn is_open(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Fail | Verdict::Undetermined)
}

/// Whether the day of a duty has come.
struct Stage {
    /// The stretch of time still runs.
    is_early: bool,
    /// Where the day is computed.
    reached: Option<Settled>,
}
