//! Decisions as terms: which cases hold, which of them stand once stronger cases and exceptions
//! are asked, and whether each outcome follows. All of it is plain logic over conditions.

use std::collections::BTreeSet;

use super::Cx;
use crate::model::{Case, Decision, Expr, ExprKind, Rule, RuleId, Type, Version};
use crate::program::{CaseProgram, DecisionProgram, Root, TermId, TermKind, VersionProgram};
use crate::source::Span;
use crate::syntax::ast::PeriodRef;

impl Cx<'_> {
    /// A decision at a period; the terms that say whether each outcome follows are kept.
    pub(super) fn decision(&mut self, id: RuleId, decision: &Decision, at: PeriodRef) {
        let versions: Vec<VersionProgram> = decision
            .versions
            .iter()
            .map(|version| self.version(decision, version, at))
            .collect();
        let formulas: Vec<TermId> = versions
            .iter()
            .flat_map(|version| version.outcomes.iter().copied())
            .collect();
        let program = self.decisions.push(DecisionProgram { rule: id, versions });
        let mut outcomes = Vec::with_capacity(decision.outcomes.len());
        for (n, outcome) in decision.outcomes.iter().enumerate() {
            let place = u16::try_from(n).unwrap_or(u16::MAX);
            let kind = TermKind::Outcome(program, place, formulas.clone());
            outcomes.push(self.said(kind, outcome.span));
        }
        self.outcome_terms.insert((id, at), (program, outcomes));
    }

    /// What a rule has to come to: its goal, or any of its outcomes.
    pub(super) fn goal(&mut self, id: RuleId, rule: &Rule) -> TermId {
        let now = PeriodRef::Relative(0);
        match self.outcome_terms.get(&(id, now)) {
            Some((_, outcomes)) => {
                let outcomes = outcomes.clone();
                self.said(TermKind::Any(outcomes), rule.span)
            }
            None => self.expr(&rule.goal, now),
        }
    }

    /// Whether a decision comes to an outcome.
    pub(super) fn outcome(&mut self, id: RuleId, place: u16, at: PeriodRef, expr: &Expr) -> TermId {
        let known = self.outcome_terms.get(&(id, at));
        let term = known.and_then(|(_, outcomes)| outcomes.get(usize::from(place)).copied());
        // A checked model has every outcome that is asked for.
        term.unwrap_or_else(|| self.said(TermKind::Any(Vec::new()), expr.span))
    }

    fn version(&mut self, decision: &Decision, version: &Version, at: PeriodRef) -> VersionProgram {
        let aside = version
            .presumptions
            .iter()
            .map(|presumption| self.expr(&presumption.aside, at))
            .collect();
        let holds: Vec<Option<TermId>> = version
            .cases
            .iter()
            .map(|case| {
                let condition = case.condition.as_ref();
                condition.map(|condition| self.expr(condition, at))
            })
            .collect();
        let mut cases: Vec<CaseProgram> = Vec::with_capacity(version.cases.len());
        for (n, case) in version.cases.iter().enumerate() {
            let own = match holds.get(n).copied().flatten() {
                Some(own) => own,
                None => self.said(TermKind::Truth(true), case.span),
            };
            let applies = self.applies(version, &holds, &cases, n, own);
            cases.push(CaseProgram {
                holds: own,
                applies,
                stands: applies,
            });
        }
        for (n, case) in version.cases.iter().enumerate() {
            let is_beaten_by = |other: &&Case| other.beats.contains(&n);
            let beaten: Vec<TermId> = version
                .cases
                .iter()
                .zip(&cases)
                .filter(|(other, _)| is_beaten_by(other))
                .map(|(_, other)| other.holds)
                .collect();
            if beaten.is_empty() {
                continue;
            }
            let any = self.said(TermKind::Any(beaten), case.span);
            let none = self.said(TermKind::Not(any), case.span);
            if let Some(own) = cases.get(n).map(|own| own.applies) {
                let stands = self.said(TermKind::All(vec![own, none]), case.span);
                if let Some(case) = cases.get_mut(n) {
                    case.stands = stands;
                }
            }
        }
        let mut outcomes = Vec::with_capacity(decision.outcomes.len());
        for (n, outcome) in decision.outcomes.iter().enumerate() {
            let with = version.cases.iter().zip(&cases);
            let with = with.filter(|(case, _)| usize::from(case.outcome) == n);
            let kind = TermKind::Any(with.map(|(_, case)| case.stands).collect());
            outcomes.push(self.said(kind, outcome.span));
        }
        VersionProgram {
            outcomes,
            cases,
            aside,
        }
    }

    /// Whether a case holds and none before it does: of those beside it where the strongest comes
    /// first, of all where it is what is left over, of those that it beats where it is an
    /// exception.
    fn applies(
        &mut self,
        version: &Version,
        holds: &[Option<TermId>],
        known: &[CaseProgram],
        n: usize,
        own: TermId,
    ) -> TermId {
        let Some(case) = version.cases.get(n) else {
            return own;
        };
        let is_beside = |other: &Case| match case.beats.is_empty() {
            true => other.beats.is_empty(),
            false => other.beats.iter().any(|beaten| case.beats.contains(beaten)),
        };
        let asks = version.is_ordered || case.condition.is_none();
        let mut parts = vec![own];
        if !case.beats.is_empty() {
            let beaten = case.beats.iter().filter_map(|beaten| known.get(*beaten));
            let beaten = beaten.map(|beaten| beaten.applies).collect();
            parts.push(self.said(TermKind::Any(beaten), case.span));
        }
        let before: Vec<TermId> = version
            .cases
            .iter()
            .zip(holds)
            .take(n)
            .filter(|(other, _)| asks && is_beside(other))
            .filter_map(|(_, holds)| *holds)
            .collect();
        if !before.is_empty() {
            let any = self.said(TermKind::Any(before), case.span);
            parts.push(self.said(TermKind::Not(any), case.span));
        }
        match parts.len() {
            1 => own,
            _ => self.said(TermKind::All(parts), case.span),
        }
    }

    /// A term of plain logic that nobody wrote as such.
    fn said(&mut self, kind: TermKind, span: Span) -> TermId {
        let mut expr = Expr::new(ExprKind::Truth(true), span);
        expr.ty = Type::Truth;
        self.push(kind, &expr)
    }
}

/// A decision is explained by whether each presumption stands, whatever its cases ask.
pub(super) fn with_presumptions(
    goal: Root,
    decision: &DecisionProgram,
    root: impl Fn(TermId) -> Root,
) -> Root {
    let versions = decision.versions.iter();
    let roots = versions
        .flat_map(|version| &version.aside)
        .map(|term| root(*term));
    roots.fold(goal, |all, one| Root {
        term: all.term,
        terms: merged(all.terms, one.terms),
        inputs: merged(all.inputs, one.inputs),
        over: merged(all.over, one.over),
        answers: all.answers,
    })
}

fn merged<T: Ord>(one: Vec<T>, other: Vec<T>) -> Vec<T> {
    let all: BTreeSet<T> = one.into_iter().chain(other).collect();
    all.into_iter().collect()
}
