//! A program and the columns of a table to what is computed for the rows of one period: steps in doubles,
//! and for each rule how its answer is read off them, or who else decides it. Never sees a row.

use std::collections::BTreeSet;

use super::compile::{Columns, Compiler};
use super::kernel::{Step, Tru};
use crate::eval::{Asked, Choice, Clocks, Given, asked, judge_given, row_of};
use crate::figures::Submission;
use crate::figures::printed::Reading;
use crate::model::{EntityId, FigureRef, RuleId, RuleKind};
use crate::program::{InputId, Program, Root, TermKind};
use crate::set::Truth;
use crate::verdict::{Causes, Verdict};

/// The code of a row that doubles leave open.
pub(super) const OPEN_CODE: u8 = 7;
/// The code of a row that a rule is not about.
pub(super) const NO_ROW: u8 = 8;

/// The code of a verdict: its place, worst first.
#[must_use]
pub(super) fn code_of(verdict: Verdict) -> u8 {
    let at = Verdict::ALL.iter().position(|known| *known == verdict);
    at.and_then(|at| u8::try_from(at).ok()).unwrap_or(OPEN_CODE)
}

/// The verdict of a code; none where there is no row.
#[must_use]
pub(super) fn verdict_of(code: u8) -> Option<Verdict> {
    Verdict::ALL.get(usize::from(code)).copied()
}

/// How the answers to one rule are found.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Way {
    /// It is the same for everybody.
    Same(u8),
    /// Goal and condition are among the steps.
    Steps {
        goal: Tru,
        condition: Option<Tru>,
        /// The code for each goal, for each condition: no, yes, missing.
        codes: [[u8; 3]; 3],
    },
    /// The outcomes of a decision are.
    Outcomes {
        only: Tru,
        condition: Option<Tru>,
        /// The code where one outcome follows, for each condition.
        codes: [u8; 3],
    },
    /// The exact evaluator, from the figures of the row alone.
    Rows,
    /// The exact evaluator, from other rows as well.
    Whole,
    /// So it was found before, for each row.
    Told,
}

/// One rule for the rows of a period.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RulePlan {
    pub(super) rule: RuleId,
    pub(super) way: Way,
    /// The figures that it rests on, and their columns.
    pub(super) inputs: Vec<(InputId, Option<usize>)>,
    /// All conditions that it rests on, where each holds one column against a limit: what they come to
    /// decides the answer, whatever the figures are.
    pub(super) leaves: Option<Vec<Tru>>,
}

/// What is computed for the rows of a period.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    pub(super) n_numbers: usize,
    pub(super) n_truths: usize,
    pub(super) rules: Vec<RulePlan>,
}

/// What a plan is made for.
pub(super) struct Wanted<'a> {
    pub(super) program: &'a Program,
    /// Nobody's figures, with the bodies of the pack.
    pub(super) nobody: &'a Submission,
    pub(super) rules: &'a [RuleId],
    pub(super) columns: &'a Columns,
    pub(super) absent: usize,
    pub(super) shared: &'a BTreeSet<FigureRef>,
    /// A body that came with the table, for whom no rule has a word of its own.
    pub(super) anybody: EntityId,
    /// The rules whose answers are known before.
    pub(super) told: &'a [RuleId],
}

impl Wanted<'_> {
    /// The plan for the rows of a period.
    pub(super) fn plan(&self, clocks: &Clocks) -> Plan {
        let mut compiler =
            Compiler::new(self.program, clocks, self.columns, self.absent, self.shared);
        let rules = self.rules.iter();
        let rules = rules.map(|id| self.rule(&mut compiler, *id)).collect();
        let Compiler {
            steps,
            n_numbers,
            n_truths,
            ..
        } = compiler;
        let mut plan = Plan {
            steps,
            n_numbers,
            n_truths,
            rules,
        };
        plan.forget();
        plan
    }

    fn rule(&self, compiler: &mut Compiler<'_>, id: RuleId) -> RulePlan {
        let plan = |way, inputs, leaves| RulePlan {
            rule: id,
            way,
            inputs,
            leaves,
        };
        if self.told.contains(&id) {
            return plan(Way::Told, Vec::new(), None);
        }
        // Whether a figure counts is then not said by its row of plain columns.
        if compiler.clocks.known_on.is_some() || compiler.clocks.choice != Choice::default() {
            return plan(Way::Whole, Vec::new(), None);
        }
        let clocks = compiler.clocks;
        let is_early = match asked(self.program, clocks, id) {
            Asked::Nothing => {
                let given = Given::default();
                let rows = judge_given(
                    self.program,
                    self.nobody,
                    clocks,
                    id,
                    &[self.anybody],
                    &given,
                );
                let verdict = rows
                    .first()
                    .map_or(Verdict::Undetermined, |row| row.verdict);
                return plan(Way::Same(code_of(verdict)), Vec::new(), None);
            }
            Asked::One { period, is_early } if period == clocks.period => is_early,
            Asked::One { .. } | Asked::More => return plan(Way::Whole, Vec::new(), None),
        };
        let program = &self.program.rules[id];
        let roots: Vec<&Root> = std::iter::once(&program.goal)
            .chain(&program.condition)
            .collect();
        let Some(inputs) = self.inputs(compiler, &roots) else {
            return plan(Way::Whole, Vec::new(), None);
        };
        let found = self.steps(compiler, id, is_early);
        let Some((way, roots)) = found else {
            return plan(Way::Rows, inputs, None);
        };
        let leaves = leaves(compiler, &roots);
        plan(way, inputs, leaves)
    }

    /// The figures of a rule with their columns, where all are of the row itself and of one body.
    fn inputs(
        &self,
        compiler: &Compiler<'_>,
        roots: &[&Root],
    ) -> Option<Vec<(InputId, Option<usize>)>> {
        let mut inputs = Vec::new();
        for root in roots {
            let terms = root
                .terms
                .iter()
                .map(|term| &self.program.terms[*term].kind);
            if !root.over.is_empty()
                || terms
                    .clone()
                    .any(|kind| matches!(kind, TermKind::Aggregate(_)))
            {
                return None;
            }
            for input in &root.inputs {
                if self.program.inputs[*input].baseline.is_some() {
                    continue;
                }
                let held = compiler.held(*input)?;
                let column = (held.column != self.absent).then_some(held.column);
                inputs.push((*input, column));
            }
        }
        inputs.sort_unstable();
        inputs.dedup();
        Some(inputs)
    }

    fn steps(
        &self,
        compiler: &mut Compiler<'_>,
        id: RuleId,
        is_early: bool,
    ) -> Option<(Way, Vec<Tru>)> {
        let (declared, program) = (&self.program.model.rules[id], &self.program.rules[id]);
        let is_printed = declared.reading != Reading::Exact;
        // A waiver may be for one body alone.
        let is_waived = declared
            .waivers
            .iter()
            .any(|waiver| waiver.entity.is_some());
        if is_printed || is_waived || declared.kind == RuleKind::Milestone {
            return None;
        }
        let condition = match &program.condition {
            Some(root) => Some(compiler.truth(root.term)?),
            None => None,
        };
        let conditions = match condition {
            Some(_) => [Some(Truth::False), Some(Truth::True), Some(Truth::Unknown)],
            None => [None; 3],
        };
        let clocks = compiler.clocks;
        let row = |goal, condition| {
            let about = (id, self.anybody);
            row_of(
                self.program,
                self.nobody,
                clocks,
                about,
                is_early,
                (goal, condition),
            )
        };
        if let Some(decision) = program.decision {
            // Where the condition is open the answer is too, with what is possible.
            let of = |condition| match condition {
                Some(Truth::False) => code_of(Verdict::NotApplicable),
                Some(Truth::Unknown) => OPEN_CODE,
                Some(Truth::True) | None => code_of(Verdict::Decided),
            };
            let joint = compiler.joint(decision)?;
            let way = Way::Outcomes {
                only: joint.only,
                condition,
                codes: conditions.map(of),
            };
            return Some((way, joint.formulas.into_iter().chain(condition).collect()));
        }
        let goal = compiler.truth(program.goal.term)?;
        let goals = [Truth::False, Truth::True, Truth::Unknown];
        let way = Way::Steps {
            goal,
            condition,
            codes: conditions.map(|condition| {
                goals.map(|goal| {
                    let row = row(goal, condition);
                    let is_missing = row.causes == crate::verdict::Cause::Missing.into();
                    match row.verdict {
                        Verdict::Undetermined if !is_missing => OPEN_CODE,
                        // What else is waived has its causes told.
                        other if other != Verdict::Undetermined && row.causes != Causes::NONE => {
                            OPEN_CODE
                        }
                        verdict => code_of(verdict),
                    }
                })
            }),
        };
        Some((way, std::iter::once(goal).chain(condition).collect()))
    }
}

/// The conditions on single columns that some conditions rest on, where they rest on nothing else.
fn leaves(compiler: &Compiler<'_>, roots: &[Tru]) -> Option<Vec<Tru>> {
    let (mut seen, mut open) = (BTreeSet::new(), roots.to_vec());
    let mut leaves = Vec::new();
    while let Some(next) = open.pop() {
        if !seen.insert(next) {
            continue;
        }
        if compiler.is_leaf(next) {
            leaves.push(next);
            continue;
        }
        let step = compiler
            .steps
            .iter()
            .find(|step| step.truths().contains(&next))?;
        open.extend(step.parts()?);
    }
    leaves.sort_unstable();
    (leaves.len() <= 60).then_some(leaves)
}

impl Plan {
    /// Leaves out the steps that no rule reads.
    fn forget(&mut self) {
        let (mut truths, mut numbers) = (BTreeSet::new(), BTreeSet::new());
        for rule in &self.rules {
            match &rule.way {
                Way::Steps {
                    goal, condition, ..
                } => {
                    truths.insert(*goal);
                    truths.extend(condition);
                }
                Way::Outcomes {
                    only, condition, ..
                } => {
                    truths.insert(*only);
                    truths.extend(condition);
                }
                Way::Same(_) | Way::Rows | Way::Whole | Way::Told => {}
            }
            truths.extend(rule.leaves.iter().flatten());
        }
        let mut kept = Vec::new();
        for step in self.steps.drain(..).rev() {
            let is_read = step.truths().iter().any(|truth| truths.contains(truth))
                || step
                    .number()
                    .is_some_and(|number| numbers.contains(&number));
            if is_read {
                truths.extend(step.truths_read());
                numbers.extend(step.numbers_read());
                kept.push(step);
            }
        }
        kept.reverse();
        self.steps = kept;
    }

    /// Whether the rows of both are computed in the same way.
    pub(super) fn is_alike(&self, other: &Plan) -> bool {
        let plain = |plan: &Plan| plan.rules.iter().all(|rule| rule.way != Way::Whole);
        plain(self) && plain(other) && self.steps == other.steps && self.rules == other.rules
    }
}

/// What else is to be said of a row than its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) code: u8,
    pub(super) causes: Causes,
    /// The outcomes that are possible, of a decision.
    pub(super) possible: crate::eval::Outcomes,
}
