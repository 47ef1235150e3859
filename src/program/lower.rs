//! Checked model to program.

use std::collections::{BTreeMap, BTreeSet};

use super::expand::Expansion;
use super::falling::falling;
use super::periods::within;
use super::{
    AggregateId, AggregateProgram, DecisionId, DecisionProgram, IdentityProgram, Input, InputId,
    Program, Root, RuleProgram, Term, TermId, TermKind,
};
use crate::graph::{EvalOrder, Node, derive_of};
use crate::index::{Arena, Id};
use crate::model::{Expr, ExprKind, FigureRef, Model, RuleId, Type};
use crate::number::Exact;
use crate::set::Comparison;
use crate::source::Sources;
use crate::syntax::ast::PeriodRef;

mod days;
mod decision;
mod many;

/// Lowers a checked model.
#[must_use]
pub fn lower(model: Model, order: EvalOrder, expansion: &Expansion, sources: &Sources) -> Program {
    let mut cx = Cx {
        model: &model,
        terms: Arena::default(),
        inputs: Arena::default(),
        input_ids: BTreeMap::new(),
        input_terms: BTreeMap::new(),
        derived_terms: BTreeMap::new(),
        aggregates: Arena::default(),
        aggregate_terms: BTreeMap::new(),
        decisions: Arena::default(),
        outcome_terms: BTreeMap::new(),
        done: BTreeMap::new(),
    };
    cx.bodies(&order, expansion);
    let now = PeriodRef::Relative(0);
    let mut rules = Arena::default();
    for (id, rule) in model.rules.iter() {
        let decision = cx.outcome_terms.get(&(id, now)).map(|(known, _)| *known);
        let goal = cx.goal(id, rule);
        let condition = rule.condition.as_ref();
        let condition = condition.map(|condition| cx.expr(condition, now));
        let reached = rule.reached().map(|reached| cx.expr(reached, now));
        let subject = rule
            .level
            .as_ref()
            .map(|level| cx.expr(&level.subject, now));
        rules.push(Lowered {
            goal,
            condition,
            reached,
            subject,
            decision,
        });
    }
    let identities = cx.identities();
    let mut defines = Arena::default();
    for id in model.defines.ids() {
        let term = cx.done.get(&(Node::Define(id), now)).copied();
        defines.push(term.unwrap_or_else(|| TermId::new(0)));
    }
    let Cx {
        terms,
        inputs,
        aggregates,
        decisions,
        ..
    } = cx;
    let root = |term| root(&terms, &aggregates, term);
    let rules = map(rules, |rule: &Lowered| {
        rule_program(rule, &decisions, &root)
    });
    let identities = identities
        .into_iter()
        .map(|(indicator, index, term)| IdentityProgram {
            indicator,
            index,
            root: root(term),
        })
        .collect();
    let roots = rules.values().flat_map(|rule: &RuleProgram| {
        let condition = rule.condition.iter();
        std::iter::once(&rule.goal).chain(condition)
    });
    let falling = falling(&model, &terms, &inputs, &aggregates, roots);
    Program {
        falling,
        order,
        rules,
        defines,
        identities,
        terms,
        inputs,
        aggregates,
        decisions,
        model,
        sources: sources.clone(),
    }
}

/// The terms of a rule.
struct Lowered {
    goal: TermId,
    condition: Option<TermId>,
    reached: Option<TermId>,
    subject: Option<TermId>,
    decision: Option<DecisionId>,
}

fn map<I: Id, A, B>(from: Arena<I, A>, function: impl Fn(&A) -> B) -> Arena<I, B> {
    let mut to = Arena::default();
    for item in from.values() {
        to.push(function(item));
    }
    to
}

/// A rule as what its goal and conditions are computed from.
fn rule_program(
    rule: &Lowered,
    decisions: &Arena<DecisionId, DecisionProgram>,
    root: &impl Fn(TermId) -> Root,
) -> RuleProgram {
    let goal = match rule.decision {
        Some(id) => {
            let goal = Root {
                answers: Some(id),
                ..root(rule.goal)
            };
            decision::with_presumptions(goal, &decisions[id], root)
        }
        None => root(rule.goal),
    };
    RuleProgram {
        goal,
        condition: rule.condition.map(root),
        reached: rule.reached.map(root),
        subject: rule.subject.map(root),
        decision: rule.decision,
        words: std::sync::OnceLock::new(),
    }
}

/// A term with all that it is computed from.
pub(super) fn root(
    terms: &Arena<TermId, Term>,
    aggregates: &Arena<AggregateId, AggregateProgram>,
    term: TermId,
) -> Root {
    let mut seen: BTreeSet<TermId> = BTreeSet::new();
    let mut inputs: BTreeSet<InputId> = BTreeSet::new();
    let mut over: BTreeSet<InputId> = BTreeSet::new();
    let mut open = vec![term];
    while let Some(term) = open.pop() {
        if !seen.insert(term) {
            continue;
        }
        match &terms[term].kind {
            TermKind::Input(input) | TermKind::Derived(input, _) | TermKind::Present(input) => {
                inputs.insert(*input);
            }
            TermKind::Strict(_, named, _) => inputs.extend(named.iter().copied()),
            TermKind::Aggregate(id) => over.extend(aggregates[*id].reads()),
            _ => {}
        }
        open.extend(terms[term].kind.operands());
    }
    Root {
        term,
        terms: seen.into_iter().collect(),
        inputs: inputs.into_iter().collect(),
        over: over.into_iter().collect(),
        answers: None,
    }
}

/// The figures that a condition names, and what it says of many bodies; what a derivation uses is
/// not named.
fn named(terms: &Arena<TermId, Term>, term: TermId) -> (Vec<InputId>, Vec<TermId>) {
    let mut seen: BTreeSet<TermId> = BTreeSet::new();
    let mut inputs: BTreeSet<InputId> = BTreeSet::new();
    let mut many = Vec::new();
    let mut open = vec![term];
    while let Some(term) = open.pop() {
        if !seen.insert(term) {
            continue;
        }
        match &terms[term].kind {
            TermKind::Derived(input, _) => {
                inputs.insert(*input);
                continue;
            }
            TermKind::Input(input) | TermKind::Present(input) => {
                inputs.insert(*input);
            }
            TermKind::Aggregate(_) => many.push(term),
            _ => {}
        }
        open.extend(terms[term].kind.operands());
    }
    (inputs.into_iter().collect(), many)
}

struct Cx<'m> {
    model: &'m Model,
    terms: Arena<TermId, Term>,
    inputs: Arena<InputId, Input>,
    input_ids: BTreeMap<Input, InputId>,
    /// One term an input, so that a repeated figure is one unknown.
    input_terms: BTreeMap<InputId, TermId>,
    /// One term an input that may be derived.
    derived_terms: BTreeMap<InputId, TermId>,
    aggregates: Arena<AggregateId, AggregateProgram>,
    /// One term for what is said of the same bodies in the same way, so that it is one unknown.
    aggregate_terms: BTreeMap<many::AggregateKey, TermId>,
    decisions: Arena<DecisionId, DecisionProgram>,
    /// The terms that say whether each outcome of a decision follows.
    outcome_terms: BTreeMap<(RuleId, PeriodRef), (DecisionId, Vec<TermId>)>,
    /// Derived quantities that are written out.
    done: BTreeMap<(Node, PeriodRef), TermId>,
}

impl Cx<'_> {
    fn push(&mut self, kind: TermKind, expr: &Expr) -> TermId {
        self.terms.push(Term {
            kind,
            span: expr.span,
            ty: expr.ty.clone(),
            define: None,
            words: std::sync::OnceLock::new(),
        })
    }

    /// Derived quantities, operands first, once for each period at which they are used.
    fn bodies(&mut self, order: &EvalOrder, expansion: &Expansion) {
        for node in order.nodes() {
            let (body, define) = match node {
                Node::Define(id) => (&self.model.defines[id].value, Some(id)),
                Node::Derive(id, n) => match self.model.indicators[id].identities.get(n) {
                    Some(identity) => (&identity.value, None),
                    None => continue,
                },
                Node::Rule(id) => {
                    if let Some(decision) = &self.model.rules[id].decision {
                        for at in expansion.of(node) {
                            self.decision(id, decision, at);
                        }
                    }
                    continue;
                }
                Node::Indicator(_) | Node::Identity(..) => continue,
            };
            for at in expansion.of(node) {
                let term = self.expr(body, at);
                // A quantity that is only another name for a figure has no term of its own.
                if self.terms[term].define.is_none() && !self.is_input(term) {
                    self.terms[term].define = define;
                }
                self.done.insert((node, at), term);
            }
        }
    }

    /// The comparison of each identity's two sides.
    fn identities(&mut self) -> Vec<(crate::model::IndicatorId, usize, TermId)> {
        let now = PeriodRef::Relative(0);
        let mut identities = Vec::new();
        for (id, indicator) in self.model.indicators.iter() {
            for (index, identity) in indicator.identities.iter().enumerate() {
                let figure = FigureRef {
                    indicator: id,
                    definition: identity.definition,
                    measure: crate::model::Measure::Level,
                    breakdown: std::sync::Arc::default(),
                    entity: None,
                };
                let left = self.input_term(figure, now, None, &identity.value);
                let right = self.expr(&identity.value, now);
                let kind = self.compare(Comparison::Eq, left, right);
                let term = self.push(kind, &identity.value);
                identities.push((id, index, term));
            }
        }
        identities
    }

    fn is_input(&self, term: TermId) -> bool {
        matches!(
            self.terms[term].kind,
            TermKind::Input(_) | TermKind::Derived(..)
        )
    }

    fn expr(&mut self, expr: &Expr, at: PeriodRef) -> TermId {
        let kind = match &expr.kind {
            // A checked model has no such node; nothing is provable from it.
            ExprKind::Error => TermKind::Any(Vec::new()),
            ExprKind::Number(value) => TermKind::Number(value.clone()),
            ExprKind::Text(symbol) => TermKind::Number(Exact::from(i64::from(*symbol))),
            ExprKind::Truth(truth) => TermKind::Truth(*truth),
            ExprKind::OnDay(on) => TermKind::OnDay(*on),
            ExprKind::Worked(from, to) => self.worked(from, to, at),
            ExprKind::Figure(figure) => return self.figure(figure, at, expr),
            ExprKind::Baseline(figure, value, period) => {
                let baseline = Some((value.clone(), *period));
                return self.input_term(figure.clone(), PeriodRef::Fixed(*period), baseline, expr);
            }
            ExprKind::Define(id) => {
                let done = self.done.get(&(Node::Define(*id), at)).copied();
                return done.unwrap_or_else(|| self.push(TermKind::Any(Vec::new()), expr));
            }
            ExprKind::Shift(inner, to) => return self.expr(inner, within(at, *to)),
            ExprKind::As(_, inner) => {
                let term = self.expr(inner, at);
                // The meaning belongs to the term that has it, not to a figure below it.
                if self.is_input(term) {
                    TermKind::Sum(vec![(false, term)])
                } else {
                    self.terms[term].ty = expr.ty.clone();
                    return term;
                }
            }
            ExprKind::Negative(inner) => TermKind::Negative(self.expr(inner, at)),
            ExprKind::Sum(terms) if self.moves_days(expr, terms) => {
                return self.moved(terms, at, expr);
            }
            ExprKind::Sum(terms) => TermKind::Sum(self.signed(terms, at)),
            ExprKind::Product(factors) => TermKind::Product(self.signed(factors, at)),
            ExprKind::Power(inner, n) => TermKind::Power(self.expr(inner, at), *n),
            ExprKind::YearsRoot(inner, since) => {
                let inner = self.expr(inner, at);
                TermKind::YearsRoot(inner, within(at, *since), at)
            }
            ExprKind::Min(items) => TermKind::Min(self.list(items, at)),
            ExprKind::Max(items) => TermKind::Max(self.list(items, at)),
            ExprKind::Abs(inner) => TermKind::Abs(self.expr(inner, at)),
            ExprKind::If(condition, yes, no) => {
                let condition = self.expr(condition, at);
                let (yes, no) = (self.expr(yes, at), self.expr(no, at));
                if expr.ty == Type::Truth {
                    TermKind::Either(condition, yes, no)
                } else {
                    TermKind::Choose(condition, yes, no)
                }
            }
            ExprKind::Compare(op, left, right) => self.comparison(*op, left, right, at),
            ExprKind::Present(figure) => TermKind::Present(self.input(figure.clone(), at, None)),
            ExprKind::Not(inner) => TermKind::Not(self.expr(inner, at)),
            ExprKind::Strict(inner) => {
                let inner = self.expr(inner, at);
                let (named, many) = named(&self.terms, inner);
                TermKind::Strict(inner, named, many)
            }
            ExprKind::All(items) => TermKind::All(self.list(items, at)),
            ExprKind::Any(items) => TermKind::Any(self.list(items, at)),
            ExprKind::AtLeast(n, items) => TermKind::AtLeast(*n, self.list(items, at)),
            ExprKind::Implies(left, right) => {
                let left = self.expr(left, at);
                TermKind::Implies(left, self.expr(right, at))
            }
            ExprKind::Aggregate(aggregate) => return self.aggregate(aggregate, at, expr),
            ExprKind::Composite(composite) => {
                TermKind::Composite(composite.score, self.list(&composite.parts, at))
            }
            ExprKind::Outcome(id, place) => return self.outcome(*id, *place, at, expr),
        };
        self.push(kind, expr)
    }

    fn list(&mut self, items: &[Expr], at: PeriodRef) -> Vec<TermId> {
        items.iter().map(|item| self.expr(item, at)).collect()
    }

    fn signed(&mut self, terms: &[(bool, Expr)], at: PeriodRef) -> Vec<(bool, TermId)> {
        terms
            .iter()
            .map(|(inverse, term)| (*inverse, self.expr(term, at)))
            .collect()
    }

    fn comparison(&mut self, op: Comparison, left: &Expr, right: &Expr, at: PeriodRef) -> TermKind {
        let is_truth = left.ty == Type::Truth;
        let (left, right) = (self.expr(left, at), self.expr(right, at));
        match (is_truth, op) {
            (true, Comparison::Ne) => {
                let span = self.terms[left].span;
                let same = TermKind::Same(left, right);
                let same = self.terms.push(Term {
                    kind: same,
                    span,
                    ty: Type::Truth,
                    define: None,
                    words: std::sync::OnceLock::new(),
                });
                TermKind::Not(same)
            }
            (true, _) => TermKind::Same(left, right),
            (false, _) => self.compare(op, left, right),
        }
    }

    fn compare(&self, op: Comparison, left: TermId, right: TermId) -> TermKind {
        let mut n_uses: BTreeMap<TermId, usize> = BTreeMap::new();
        let is_repeated = self.repeats(left, &mut n_uses) || self.repeats(right, &mut n_uses);
        // What is said of many bodies may rest on a figure that stands beside it as well.
        let many = |term: &TermId| matches!(self.terms[*term].kind, TermKind::Aggregate(_));
        let is_repeated = is_repeated || (n_uses.len() > 2 && n_uses.keys().any(many));
        TermKind::Compare(op, left, right, is_repeated)
    }

    /// Whether a figure is reached twice; counts uses along the way.
    fn repeats(&self, term: TermId, n_uses: &mut BTreeMap<TermId, usize>) -> bool {
        let mut open = vec![term];
        let mut is_repeated = false;
        while let Some(term) = open.pop() {
            let n = n_uses.entry(term).or_insert(0);
            *n += 1;
            let operands = self.terms[term].kind.operands();
            if *n > 1 {
                // A number met again is no unknown; anything computed from a figure is.
                let root = root(&self.terms, &self.aggregates, term);
                is_repeated |= !root.inputs.is_empty() || !root.over.is_empty();
                continue;
            }
            open.extend(operands);
        }
        is_repeated
    }

    fn figure(&mut self, figure: &FigureRef, at: PeriodRef, expr: &Expr) -> TermId {
        let term = self.input_term(figure.clone(), at, None, expr);
        let derived = derive_of(self.model, figure).and_then(|n| {
            self.done
                .get(&(Node::Derive(figure.indicator, n), at))
                .copied()
        });
        let term = match derived {
            Some(derivation) if figure.entity.is_none() => {
                let input = self.input(figure.clone(), at, None);
                match self.derived_terms.get(&input).copied() {
                    Some(known) => known,
                    None => {
                        let term = self.push(TermKind::Derived(input, derivation), expr);
                        self.derived_terms.insert(input, term);
                        term
                    }
                }
            }
            _ => term,
        };
        if expr.ty == Type::Truth {
            self.push(TermKind::IsYes(term), expr)
        } else {
            term
        }
    }

    fn input(
        &mut self,
        figure: FigureRef,
        at: PeriodRef,
        baseline: Option<(Exact, crate::period::Period)>,
    ) -> InputId {
        let input = Input {
            figure,
            at,
            baseline,
        };
        if let Some(id) = self.input_ids.get(&input) {
            return *id;
        }
        let id = self.inputs.push(input.clone());
        self.input_ids.insert(input, id);
        id
    }

    fn input_term(
        &mut self,
        figure: FigureRef,
        at: PeriodRef,
        baseline: Option<(Exact, crate::period::Period)>,
        expr: &Expr,
    ) -> TermId {
        let input = self.input(figure, at, baseline);
        if let Some(term) = self.input_terms.get(&input) {
            return *term;
        }
        let term = self.push(TermKind::Input(input), expr);
        self.input_terms.insert(input, term);
        term
    }
}
