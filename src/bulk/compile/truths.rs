//! Conditions as steps: comparisons, logic, outcomes of decisions. Never sees a row.

use super::{Compiler, below, cut};
use crate::bulk::kernel::{Joint, NO, Step, Tru, YES};
use crate::bulk::linear::{Linear, Quotient};
use crate::eval::cases_on;
use crate::number::Exact;
use crate::program::{DecisionId, InputId, TermId, TermKind};
use crate::set::Comparison;

/// Conditions that are counted, or outcomes, are fewer: each has a byte of its own, and one is left over.
const MOST: usize = 255;

impl Compiler<'_> {
    /// A term as a condition of every row.
    pub(in crate::bulk) fn truth(&mut self, term: TermId) -> Option<Tru> {
        if let Some(known) = self.truths.get(&term) {
            return Some(*known);
        }
        let program = self.program;
        let to = match &program.terms[term].kind {
            TermKind::Truth(truth) => self.fixed(if *truth { YES } else { NO }),
            TermKind::IsYes(inner) => {
                let one = Linear::constant(Exact::from(1));
                self.compare(
                    Comparison::Eq,
                    *inner,
                    &Quotient {
                        over: one,
                        under: None,
                    },
                )?
            }
            TermKind::Compare(op, left, right, _) => {
                let right = self.number(*right)?;
                self.compare(*op, *left, &right)?
            }
            TermKind::Present(input) => {
                let (held, to) = (self.held(*input)?, self.new_truth());
                self.steps.push(Step::Present(held.column, to));
                self.leaves.insert(to);
                to
            }
            TermKind::Not(inner) => {
                let (inner, to) = (self.truth(*inner)?, self.new_truth());
                self.steps.push(Step::Not(inner, to));
                to
            }
            TermKind::All(items) => self.many(items, Step::All)?,
            TermKind::Any(items) => self.many(items, Step::Any)?,
            // More than a byte counts are left to the exact evaluator.
            TermKind::AtLeast(n, items) if items.len() < MOST => {
                let n = usize::try_from(*n).ok()?;
                self.many(items, |items, to| Step::AtLeast(n, items, to))?
            }
            TermKind::Implies(left, right) => {
                let (left, right) = (self.truth(*left)?, self.truth(*right)?);
                let (not, to) = (self.new_truth(), self.new_truth());
                self.steps.push(Step::Not(left, not));
                self.steps.push(Step::Any(vec![not, right], to));
                to
            }
            TermKind::Same(left, right) => {
                let (left, right) = (self.truth(*left)?, self.truth(*right)?);
                let to = self.new_truth();
                self.steps.push(Step::Same(left, right, to));
                to
            }
            TermKind::Either(condition, yes, no) => {
                let condition = self.truth(*condition)?;
                let (yes, no) = (self.truth(*yes)?, self.truth(*no)?);
                let to = self.new_truth();
                self.steps.push(Step::Either(condition, yes, no, to));
                to
            }
            TermKind::Strict(inner, named, many) if many.is_empty() => {
                self.strict(*inner, named, term)?
            }
            TermKind::Outcome(id, place, _) => {
                let joint = self.joint(*id)?;
                joint.alone.get(usize::from(*place)).copied()?
            }
            _ => return None,
        };
        self.truths.insert(term, to);
        Some(to)
    }

    fn many(&mut self, items: &[TermId], step: impl FnOnce(Vec<Tru>, Tru) -> Step) -> Option<Tru> {
        let items: Option<Vec<Tru>> = items.iter().map(|item| self.truth(*item)).collect();
        let to = self.new_truth();
        self.steps.push(step(items?, to));
        Some(to)
    }

    fn strict(&mut self, inner: TermId, named: &[InputId], term: TermId) -> Option<Tru> {
        let own = self.truth(inner)?;
        let (mut columns, mut numbers) = (Vec::new(), Vec::new());
        for input in named {
            let is_it = |kind: &TermKind| matches!(kind, TermKind::Derived(own, _) if own == input);
            let derived = below(self.program, term).into_iter();
            match derived
                .filter(|term| is_it(&self.program.terms[*term].kind))
                .max()
            {
                Some(derived) => {
                    let derived = self.number(derived)?;
                    let (rows, _) = self.rows_of(&[&derived.over])?;
                    numbers.extend(rows);
                }
                None => columns.push(self.held(*input)?.column),
            }
        }
        let to = self.new_truth();
        self.steps.push(Step::Strict(own, columns, numbers, to));
        Some(to)
    }

    fn compare(&mut self, op: Comparison, left: TermId, right: &Quotient) -> Option<Tru> {
        if let Some(to) = self.cut(op, left, right) {
            return to;
        }
        let left = self.number(left)?;
        // With the divisor of the right side on the left one, only one is left.
        let (over, under) = match (&left.under, &right.under) {
            (None, None) => (left.over.minus(&right.over)?, None),
            (Some(under), None) => {
                let right = self.product(&right.over, under)?;
                (left.over.minus(&right)?, Some(under.clone()))
            }
            (None, Some(under)) => {
                let left = self.product(&left.over, under)?;
                (left.minus(&right.over)?, Some(under.clone()))
            }
            (Some(one), Some(other)) if one == other => {
                (left.over.minus(&right.over)?, Some(one.clone()))
            }
            _ => {
                let (left, right) = (self.single(&left)?, self.single(right)?);
                (left.minus(&right)?, None)
            }
        };
        if over.as_constant().is_some() {
            return None;
        }
        let (rows, _) = self.rows_of(&[&over])?;
        let under = match &under {
            Some(under) => Some(*self.rows_of(&[under])?.0.first()?),
            None => None,
        };
        let to = self.new_truth();
        self.steps
            .push(Step::Against(op, *rows.first()?, under, to));
        Some(to)
    }

    /// One column against a number, which needs no arithmetic; the outer `None` where it is not that.
    fn cut(&mut self, op: Comparison, left: TermId, right: &Quotient) -> Option<Option<Tru>> {
        let TermKind::Input(input) = self.program.terms[left].kind else {
            return None;
        };
        let limit = right.over.as_constant().filter(|_| right.under.is_none())?;
        let Some(held) = self.held(input) else {
            return Some(None);
        };
        let Some(cut) = limit
            .checked_div(&held.factor)
            .and_then(|limit| cut(op, &limit))
        else {
            return Some(None);
        };
        let known = self
            .cuts
            .iter()
            .find(|(column, own, _)| (*column, *own) == (held.column, cut));
        if let Some((_, _, known)) = known {
            return Some(Some(*known));
        }
        let to = self.new_truth();
        self.steps.push(Step::Cut(held.column, cut, to));
        self.cuts.push((held.column, cut, to));
        self.leaves.insert(to);
        Some(Some(to))
    }

    /// Which outcomes of a decision follow by the law of the day.
    pub(in crate::bulk) fn joint(&mut self, id: DecisionId) -> Option<Joint> {
        if let Some(known) = self.joints.get(&id) {
            return Some(known.clone());
        }
        let version = cases_on(self.program, self.clocks, id)?;
        let formulas: Option<Vec<Tru>> = version
            .outcomes
            .iter()
            .map(|term| self.truth(*term))
            .collect();
        let formulas = formulas.filter(|formulas| formulas.len() < MOST)?;
        let joint = Joint {
            alone: formulas.iter().map(|_| self.new_truth()).collect(),
            only: self.new_truth(),
            formulas,
        };
        self.steps.push(Step::Joint(joint.clone()));
        self.joints.insert(id, joint.clone());
        Some(joint)
    }
}
