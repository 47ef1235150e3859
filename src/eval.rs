//! Phase 6: a program and figures to verdicts.
//!
//! One evaluator, written over columns of entities and generic in its number. It
//! does no I/O and knows no clock; a single submission is a batch of one. The
//! explanation keeps the columns that the verdict came from, so that it never
//! computes a figure again.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::figures::{ClaimId, Submission};
use crate::model::{EntityId, Method, RuleId};
use crate::number::Exact;
use crate::period::Period;
use crate::program::Program;
use crate::set::Set;
use crate::verdict::{Causes, OutlookClass, Verdict};

mod ask;
mod bases;
mod choice;
mod columns;
mod decide;
mod due;
mod evidence;
mod given;
mod inputs;
mod judge;
mod logic;
mod many;
mod outlook;
mod rational;
mod run;
mod scope;
mod steps;
mod tight;
mod weigh;

pub(crate) use ask::{
    Held, run_define, run_printed, run_subject, run_values, try_outcomes, try_values,
};
pub(crate) use choice::same_series;
pub use choice::{Choice, Vintage};
pub use columns::{Column, Marks, Numbers, Truths};
pub use decide::Outcomes;
pub(crate) use decide::{begins, limit_of, limit_with, listed, regions_of, version_at};
pub(crate) use due::{Due, due};
pub(crate) use evidence::window;
pub(crate) use given::{
    Asked, Cell, Given, asked, asked_of_many, cases_on, judge_bodies, judge_given, row_of,
};
pub use inputs::{Pick, RowSpec, Slot};
pub(crate) use inputs::{Tried, bounds_of, link_between};
pub use judge::{Trace, evaluate, outlook_of, trace, trace_in};
pub(crate) use logic::truth as kleene;
pub(crate) use many::{
    Bases, Doubts as ManyDoubts, Figures as ManyFigures, ManyKey, ManyPart, bases_of, has_bases,
    is_gathered, is_local, members_of as members_asked,
};
pub use many::{Many, Memory, Rest};
pub use outlook::{FURTHEST, Grade, Pooled, Reach, ReachYear, path};
pub use run::{Frame, Run, Settled};
pub(crate) use scope::scope;
pub(crate) use tight::difference;

/// The clocks of a run, and which figures count. Nothing else changes a verdict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// What the figures are about; by default the latest year with a figure.
    pub period: Option<Period>,
    /// The day whose law applies; by default the last day of the period.
    pub in_force: Option<NaiveDate>,
    /// Only figures published up to this day; by default all.
    pub known_on: Option<NaiveDate>,
    /// Which of them count; by default all.
    pub choice: Choice,
}

/// The clocks as they were used, and which figures count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clocks {
    /// The evaluated period.
    pub period: Period,
    /// The day whose law applies.
    pub in_force: NaiveDate,
    /// Only figures published up to this day.
    pub known_on: Option<NaiveDate>,
    /// Which of them count.
    pub choice: Choice,
}

impl Options {
    /// The clocks for a submission, defaults filled in.
    #[must_use]
    pub fn clocks(&self, submission: &Submission) -> Clocks {
        let period = self
            .period
            .or_else(|| submission.latest_year(self))
            .unwrap_or(Period::Year(0));
        Clocks {
            period,
            in_force: self.in_force.unwrap_or_else(|| period.last_day()),
            known_on: self.known_on,
            choice: self.choice.clone(),
        }
    }
}

/// Why a rule does not apply, or what else is to be said of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Nothing more to say.
    None,
    /// The period lies before the baseline.
    BeforeBaseline,
    /// The period lies outside the window of the rule.
    OutsideWindow,
    /// The law is not in force yet.
    NotYetInForce,
    /// The law has ended.
    Ended,
    /// The condition of the rule does not hold.
    ConditionFalse,
    /// Not due yet.
    NotDue,
    /// A waiver, by its place among those of the rule.
    Waiver(u16),
    /// Wished and not required, so that it cannot fail.
    Wished,
    /// The text leaves the interval open, so that nothing says by when.
    OpenInterval,
    /// The text names no day by which it is to be met.
    Undated,
}

/// One rule, entity and period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The rule.
    pub rule: RuleId,
    /// The entity.
    pub entity: EntityId,
    /// The evaluated period.
    pub period: Period,
    /// The period whose figure was judged.
    pub judged: Period,
    /// The answer.
    pub verdict: Verdict,
    /// Why it is undetermined.
    pub causes: Causes,
    /// What the answer rests on.
    pub marks: Marks,
    /// Why it does not apply, or is pending or waived.
    pub reason: Reason,
    /// How a pending target stands.
    pub outlook: Option<OutlookClass>,
    /// The outcomes of a decision that are possible; one where it is decided.
    pub possible: Outcomes,
}

/// The outlook of a pending target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// How it stands.
    pub class: OutlookClass,
    /// The finer grade that the method has.
    pub grade: Option<Grade>,
    /// The method, where the rule names one.
    pub method: Option<Method>,
    /// What the method compares, such as achieved over required pace.
    pub score: Option<Set>,
    /// What the score is held against.
    pub threshold: Option<Exact>,
    /// What is still needed a year, in base units or as a rate.
    pub required: Option<Set>,
    /// What was achieved a year so far, in base units or as a rate.
    pub achieved: Option<Set>,
    /// Whether the paces are rates.
    pub is_rate: bool,
    /// Where the figure would be in the target's year at the pace so far.
    pub projection: Option<Set>,
    /// When the target is reached at the pace so far.
    pub reach: Option<Reach>,
    /// Why it is undetermined.
    pub causes: Causes,
    /// What it rests on.
    pub marks: Marks,
    /// How several claims came to one outlook.
    pub pooled: Pooled,
    /// The claims that it is read off.
    pub claims: Vec<ClaimId>,
}

/// All that one evaluation says.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The clocks.
    pub clocks: Clocks,
    /// Every rule, entity and period.
    pub rows: Vec<Row>,
    /// What was computed of many bodies, so that no explanation computes it again.
    pub memory: Arc<Memory>,
}

impl Outcome {
    /// The number of rows with a verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.rows
            .iter()
            .filter(|row| row.verdict == verdict)
            .count()
    }

    /// The worst verdict, where there is a row.
    #[must_use]
    pub fn worst(&self) -> Option<Verdict> {
        self.rows.iter().map(|row| row.verdict).min()
    }

    /// The exit status: 1 for a failure, 3 for something undetermined, else 0.
    #[must_use]
    pub fn exit_status(&self, program: &Program) -> u8 {
        let burden = |row: &Row| {
            program.model.rules[row.rule]
                .burden
                .or(program.model.pack.burden)
        };
        let is_undetermined = |row: &&Row| row.verdict == Verdict::Undetermined;
        let mut undetermined = self.rows.iter().filter(is_undetermined);
        let is_failed = self.rows.iter().any(|row| row.verdict == Verdict::Fail);
        if is_failed
            || undetermined
                .clone()
                .any(|row| burden(row) == Some(crate::model::Burden::Submitter))
        {
            1
        } else if undetermined.any(|row| burden(row).is_none()) {
            3
        } else {
            0
        }
    }
}

/// The exit status of several outcomes: of their statuses a failure wins, then what is undetermined.
#[must_use]
pub fn exit_status(outcomes: &[Outcome], program: &Program) -> u8 {
    let all: Vec<u8> = outcomes
        .iter()
        .map(|outcome| outcome.exit_status(program))
        .collect();
    [1, 3]
        .into_iter()
        .find(|status| all.contains(status))
        .unwrap_or(0)
}
