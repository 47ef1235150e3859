//! Verdicts: which period is judged, what the answer is, and why.

use std::sync::Arc;

use super::columns::Marks;
use super::decide::Outcomes;
use super::due::{Due, due};
use super::evidence::stays_proved;
use super::given::Given;
use super::inputs::Gather;
use super::many::Memory;
use super::outlook;
use super::run::{Run, Settled, run};
use super::scope;
use super::{Clocks, Options, Outcome, Outlook, Reason, Row};
use crate::figures::printed::Reading;
use crate::figures::{ClaimId, Submission};
use crate::model::{EntityId, IndicatorId, Method, Rule, RuleId, RuleKind, When};
use crate::number::Exact;
use crate::period::Period;
use crate::program::{Program, Root};
use crate::set::Truth;
use crate::verdict::{Causes, OutlookClass, Verdict};

mod decision;
mod duty;
mod given;
mod read_off;

pub(super) use decision::answer;

/// Entities of one batch: enough to fill a column, few enough to stay in the cache.
pub(super) const BATCH: usize = 2048;

/// Evaluates every target and decision for every entity in its scope.
#[must_use]
pub fn evaluate(program: &Program, submission: &Submission, options: &Options) -> Outcome {
    let clocks = options.clocks(submission);
    let memory = Memory::default();
    let mut rows = Vec::new();
    for (id, rule) in program.model.rules.iter() {
        if rule.kind == RuleKind::Check {
            continue;
        }
        let entities = scope::of_period(program, submission, id, clocks.period);
        for batch in entities.chunks(BATCH) {
            let judge = Judge {
                program,
                submission,
                clocks: &clocks,
                id,
                rule,
                method: None,
                memory: &memory,
                given: None,
                is_brief: false,
            };
            rows.extend(judge.judge(batch, None));
        }
    }
    Outcome {
        clocks,
        rows,
        memory: Arc::new(memory),
    }
}

/// Everything that one row was judged by, for its explanation.
#[derive(Debug, Clone)]
pub struct Trace {
    /// The row.
    pub row: Row,
    /// The clocks.
    pub clocks: Clocks,
    /// The reading of figures.
    pub reading: Reading,
    /// The condition of the rule, where it has one and it was looked at.
    pub condition: Option<Run>,
    /// The goal, in each period that was judged.
    pub goals: Vec<Run>,
    /// Whether its day has come, where that is computed.
    pub reached: Option<Run>,
    /// The outlook, where the target is pending.
    pub outlook: Option<Outlook>,
}

impl Trace {
    /// The claims that the answer is read off, in order.
    #[must_use]
    pub fn claims(&self) -> Vec<ClaimId> {
        let runs = self.goals.iter().chain(&self.condition);
        let mut found = Vec::new();
        for run in runs.chain(&self.reached) {
            for n in 0..run.settled.len() {
                run.add_claims(n, &mut found);
            }
        }
        let of_outlook = self.outlook.iter().flat_map(|outlook| &outlook.claims);
        found.extend(of_outlook.copied());
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Evaluates one rule for one entity and keeps what the answer came from.
///
/// The same code as [`evaluate`] runs, so the verdict is the same.
#[must_use]
pub fn trace(
    program: &Program,
    submission: &Submission,
    options: &Options,
    rule: RuleId,
    entity: EntityId,
) -> Trace {
    let memory = Memory::default();
    trace_in(program, submission, options, rule, entity, &memory)
}

/// The same with what was computed of many bodies in a run with these figures and options.
#[must_use]
pub fn trace_in(
    program: &Program,
    submission: &Submission,
    options: &Options,
    rule: RuleId,
    entity: EntityId,
    memory: &Memory,
) -> Trace {
    trace_by(program, submission, options, (rule, entity), None, memory)
}

/// The outlook of a target for one entity, where it is pending: by the rule's own method, or by
/// another one. The class is that of [`evaluate`] where the method is the rule's own.
#[must_use]
pub fn outlook_of(
    program: &Program,
    submission: &Submission,
    options: &Options,
    rule: RuleId,
    entity: EntityId,
    method: Option<&Method>,
) -> Option<Outlook> {
    let memory = Memory::default();
    let at = (rule, entity);
    trace_by(program, submission, options, at, method, &memory).outlook
}

fn trace_by(
    program: &Program,
    submission: &Submission,
    options: &Options,
    (rule, entity): (RuleId, EntityId),
    method: Option<&Method>,
    memory: &Memory,
) -> Trace {
    let clocks = options.clocks(submission);
    let declared = &program.model.rules[rule];
    let judge = Judge {
        program,
        submission,
        clocks: &clocks,
        id: rule,
        rule: declared,
        method,
        memory,
        given: None,
        is_brief: false,
    };
    let mut kept = Kept::default();
    let rows = judge.judge(&[entity], Some(&mut kept));
    let row = rows
        .first()
        .copied()
        .unwrap_or(judge.row(entity, clocks.period));
    Trace {
        row,
        clocks,
        reading: declared.reading,
        condition: kept.condition,
        reached: kept.reached,
        goals: kept.goals,
        outlook: kept.outlook,
    }
}

/// What an explanation needs beside the row.
#[derive(Default)]
pub(super) struct Kept {
    condition: Option<Run>,
    reached: Option<Run>,
    goals: Vec<Run>,
    outlook: Option<Outlook>,
}

pub(super) struct Judge<'a> {
    pub(super) program: &'a Program,
    pub(super) submission: &'a Submission,
    pub(super) clocks: &'a Clocks,
    pub(super) id: RuleId,
    pub(super) rule: &'a Rule,
    /// A method of progress in the place of the rule's own.
    pub(super) method: Option<&'a Method>,
    /// What was computed of many bodies.
    pub(super) memory: &'a Memory,
    /// Figures that are handed in.
    pub(super) given: Option<&'a Given>,
    /// Neither marks nor outlooks are asked for, which change no verdict.
    pub(super) is_brief: bool,
}

impl Judge<'_> {
    fn not_applicable(&self, entities: &[EntityId], reason: Reason) -> Vec<Row> {
        let row = |entity: &EntityId| Row {
            verdict: Verdict::NotApplicable,
            reason,
            ..self.row(*entity, self.clocks.period)
        };
        entities.iter().map(row).collect()
    }

    fn row(&self, entity: EntityId, judged: Period) -> Row {
        Row {
            rule: self.id,
            entity,
            period: self.clocks.period,
            judged,
            verdict: Verdict::Undetermined,
            causes: Causes::NONE,
            marks: Marks::NONE,
            reason: Reason::None,
            outlook: None,
            possible: Outcomes::NONE,
        }
    }

    pub(super) fn judge(&self, entities: &[EntityId], mut kept: Option<&mut Kept>) -> Vec<Row> {
        if self.rule.decision.is_some() {
            return self.decisions(entities, kept);
        }
        if self.is_duty() {
            return self.duties(entities, kept);
        }
        let due = due(&self.program.model, self.rule, self.clocks);
        let (periods, is_early) = match &due {
            Due::Not(reason) => return self.not_applicable(entities, *reason),
            Due::At(period) => (vec![*period], false),
            Due::Early(period) => (vec![*period], true),
            Due::Any(periods, is_early) => (periods.clone(), *is_early),
            // Only duties recur, and they are judged apart.
            Due::All(periods) => (periods.clone(), false),
            Due::Running(period) => (vec![*period], true),
        };
        let last = periods.last().copied().unwrap_or(self.clocks.period);
        let program = &self.program.rules[self.id];
        let goals: Vec<Run> = periods
            .iter()
            .map(|period| self.run(&program.goal, *period, self.rule.reading, entities))
            .collect();
        let condition_as = |reading| {
            let condition = program.condition.as_ref();
            condition.map(|condition| self.run(condition, last, reading, entities))
        };
        let condition = condition_as(self.rule.reading);
        // The same once more as printed, to tell where the reading decides.
        let is_exact = self.rule.reading == Reading::Exact && !self.is_brief;
        let again = if is_exact { periods.as_slice() } else { &[] };
        let printed: Vec<Run> = again
            .iter()
            .map(|period| self.run(&program.goal, *period, Reading::Printed, entities))
            .collect();
        let printed_condition = is_exact.then(|| condition_as(Reading::Printed)).flatten();
        let mut rows = Vec::with_capacity(entities.len());
        for (n, entity) in entities.iter().enumerate() {
            let goal = over(&goals, n, Truth::True);
            let mut row = self.row(*entity, goal.judged.unwrap_or(last));
            row.marks = goal.marks;
            let applies = condition.as_ref().and_then(|run| run.settled.get(n));
            self.decide(&mut row, &goal, applies, is_early);
            if is_exact {
                let goal_printed = over(&printed, n, Truth::True);
                let mut twin = self.row(*entity, goal_printed.judged.unwrap_or(last));
                let applies = printed_condition
                    .as_ref()
                    .and_then(|run| run.settled.get(n));
                self.decide(&mut twin, &goal_printed, applies, is_early);
                // An outlook of met-early rests on the reading as a verdict would.
                let is_met_early = row.verdict == Verdict::Pending
                    && goal.truth == Truth::True
                    && goal_printed.truth != Truth::True;
                if twin.verdict != row.verdict || is_met_early {
                    row.marks = row.marks.union(Marks::READING_SENSITIVE);
                }
            }
            let has_outlook = self.rule.kind != RuleKind::Milestone && !self.is_brief;
            if is_early && row.verdict == Verdict::Pending && has_outlook {
                let outlook = self.outlook(*entity, &goal, last, kept.is_some());
                row.outlook = Some(outlook.class);
                row.marks = row.marks.union(outlook.marks);
                if let Some(kept) = kept.as_deref_mut() {
                    kept.outlook = Some(outlook);
                }
            }
            self.waive(&mut row);
            row.marks = self.basis_revised(&row, n, &goals);
            rows.push(row);
        }
        if let Some(kept) = kept {
            kept.goals = goals;
            kept.condition = condition;
        }
        rows
    }

    fn run(&self, root: &Root, period: Period, reading: Reading, entities: &[EntityId]) -> Run {
        let gather = Gather {
            given: self.given,
            ..Gather::new(
                self.program,
                self.submission,
                self.clocks,
                reading,
                period,
                self.memory,
            )
        };
        run::<Exact>(&gather, root, entities)
    }

    fn decide(&self, row: &mut Row, goal: &Goal, applies: Option<&Settled>, is_early: bool) {
        if let Some(condition) = applies {
            match condition.truth {
                Truth::False => {
                    row.verdict = Verdict::NotApplicable;
                    row.reason = Reason::ConditionFalse;
                    row.marks = condition.marks;
                    return;
                }
                Truth::Unknown if !is_early => {
                    row.verdict = Verdict::Undetermined;
                    row.causes = condition.causes;
                    row.marks = row.marks.union(condition.marks);
                    return;
                }
                Truth::Unknown => {
                    row.verdict = Verdict::Pending;
                    row.reason = Reason::NotDue;
                    row.marks = Marks::NONE;
                    return;
                }
                Truth::True => {}
            }
        }
        // What was reached stays reached, but the baseline's own period reaches nothing.
        let base = self.rule.baseline.as_ref().map(|baseline| baseline.period);
        let is_after = base.is_none_or(|base| row.judged.last_day() > base.last_day());
        let is_any = matches!(self.rule.when, When::ReachedBy(_)) && is_after;
        match goal.truth {
            Truth::True if is_any || !is_early || stays_proved(self.program, self.id) => {
                row.verdict = Verdict::Pass
            }
            _ if is_early => {
                row.verdict = Verdict::Pending;
                row.reason = Reason::NotDue;
                row.marks = Marks::NONE;
            }
            Truth::False => row.verdict = Verdict::Fail,
            _ => {
                row.verdict = Verdict::Undetermined;
                row.causes = goal.causes;
            }
        }
    }

    fn waive(&self, row: &mut Row) {
        if !matches!(row.verdict, Verdict::Fail | Verdict::Undetermined) {
            return;
        }
        if let Some(n) = self.rule.waiver_on(row.entity, self.clocks.in_force) {
            row.verdict = Verdict::Waived;
            row.reason = Reason::Waiver(u16::try_from(n).unwrap_or(u16::MAX));
        }
    }

    /// Marks a verdict that rests on a figure of a later basis than the plan's baseline.
    fn basis_revised(&self, row: &Row, n: usize, goals: &[Run]) -> Marks {
        let plan = |figure: &crate::model::FigureRef| match &self.rule.baseline {
            Some(baseline) => {
                let indicator = &self.program.model.indicators[figure.indicator];
                crate::figures::basis_in(indicator, baseline.period)
            }
            None => 0,
        };
        let is_definite = matches!(row.verdict, Verdict::Pass | Verdict::Fail)
            || row.outlook == Some(OutlookClass::MetEarly);
        if !is_definite {
            return row.marks;
        }
        for run in goals.iter().filter(|run| run.frame.period == row.judged) {
            let Some(settled) = run.settled.get(n) else {
                continue;
            };
            for input in &run.frame.inputs {
                let figure = &self.program.inputs[*input].figure;
                let used = settled
                    .rows
                    .iter()
                    .flat_map(|row| run.frame.claims(*row, *input));
                let is_later = used
                    .map(|id| self.submission.claims[id].basis)
                    .any(|basis| basis > plan(figure));
                if is_later {
                    return row.marks.union(Marks::BASIS_REVISED);
                }
            }
            let mut many = run.frame.many.values().flat_map(|many| &many.bases);
            let is_later = |(indicator, basis): (&IndicatorId, &u16)| {
                let known = &self.program.model.indicators[*indicator];
                let base = self.rule.baseline.as_ref().map(|baseline| baseline.period);
                *basis > base.map_or(0, |base| crate::figures::basis_in(known, base))
            };
            if many.any(is_later) {
                return row.marks.union(Marks::BASIS_REVISED);
            }
        }
        row.marks
    }

    fn outlook(&self, entity: EntityId, goal: &Goal, at: Period, in_full: bool) -> Outlook {
        let is_met = goal.truth == Truth::True;
        let program = &self.program.rules[self.id];
        let (Some(subject), Some(level)) = (&program.subject, &self.rule.level) else {
            let class = if is_met {
                OutlookClass::MetEarly
            } else {
                OutlookClass::Undetermined
            };
            return Outlook {
                class,
                causes: goal.causes,
                marks: goal.marks,
                ..outlook::nothing()
            };
        };
        let run = self.run(subject, at, self.rule.reading, &[entity]);
        let ask = outlook::Ask {
            program: self.program,
            submission: self.submission,
            rule: self.rule,
            method: self.method.or(self.rule.method.as_ref()),
            at,
            is_met,
            in_full,
        };
        outlook::of_rule(&ask, level, &run)
    }
}

/// The answer over all judged periods.
struct Goal {
    truth: Truth,
    causes: Causes,
    marks: Marks,
    judged: Option<Period>,
}

/// The answer over several periods. One that comes to what is `decisive` settles it: where one
/// has to hold that is true, where all have to it is false.
fn over<'r>(runs: impl IntoIterator<Item = &'r Run>, n: usize, decisive: Truth) -> Goal {
    let mut goal = Goal {
        truth: !decisive,
        causes: Causes::NONE,
        marks: Marks::NONE,
        judged: None,
    };
    for run in runs {
        let Some(settled) = run.settled.get(n) else {
            continue;
        };
        if settled.truth == decisive {
            return Goal {
                truth: decisive,
                causes: Causes::NONE,
                marks: settled.marks,
                judged: Some(run.frame.period),
            };
        }
        if settled.truth == Truth::Unknown {
            goal.truth = Truth::Unknown;
        }
        goal.causes = goal.causes.union(settled.causes);
        goal.marks = goal.marks.union(settled.marks);
    }
    goal
}
