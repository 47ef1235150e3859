//! Names in expressions, in goals and in when they are judged.

use super::{Space, Walk};
use crate::syntax::ast::{
    Argument, Expr, ExprKind, Goal, Limit, Members, PathMethod, Quantity, Selector, SelectorKey,
    Timing, WeightWord, Word,
};

impl Walk {
    pub(super) fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Quantity(quantity) => self.quantity(quantity),
            ExprKind::Name { name, selectors } => self.name(name, selectors),
            ExprKind::Call {
                function,
                arguments,
            } => {
                self.refer(&[Space::Function], function);
                for argument in arguments {
                    if let Argument::Value(value) = argument {
                        self.expr(value);
                    }
                }
            }
            ExprKind::At(of, _)
            | ExprKind::Negative(of)
            | ExprKind::Power(of, _)
            | ExprKind::Present(of)
            | ExprKind::Missing(of)
            | ExprKind::Not(of)
            | ExprKind::Strict(of) => self.expr(of),
            ExprKind::Sum(terms) | ExprKind::Product(terms) => {
                for (_, term) in terms {
                    self.expr(term);
                }
            }
            ExprKind::Compare(first, rest) => {
                self.expr(first);
                let of = named(first);
                for (_, next) in rest {
                    self.held_against(of, next);
                }
            }
            ExprKind::Member(first, members) => {
                self.expr(first);
                let of = named(first);
                for member in members {
                    self.held_against(of, member);
                }
            }
            ExprKind::Between(a, b, c) | ExprKind::If(a, b, c) => {
                self.expr(a);
                self.expr(b);
                self.expr(c);
            }
            ExprKind::All(parts) | ExprKind::Any(parts) | ExprKind::AtLeast(_, parts) => {
                for part in parts {
                    self.expr(part);
                }
            }
            ExprKind::Implies(a, b) => {
                self.expr(a);
                self.expr(b);
            }
            ExprKind::Aggregate(aggregate) => {
                self.expr(&aggregate.operand);
                if let Some(filter) = &aggregate.filter {
                    self.expr(filter);
                }
                self.members(&aggregate.members);
            }
            ExprKind::Day(_) | ExprKind::ThisDay | ExprKind::Text(_) | ExprKind::Truth(_) => {}
        }
    }

    /// A name in an expression: an item of evidence of the milestone, a quantity, a decision.
    fn name(&mut self, name: &Word, selectors: &[Selector]) {
        self.refer(&[Space::Evidence, Space::Quantity, Space::Rule], name);
        for selector in selectors {
            let (space, owner) = match &selector.key {
                SelectorKey::Definition => (Space::Definition, name.text.clone()),
                SelectorKey::Entity => (Space::Body, name.text.clone()),
                SelectorKey::Breakdown(breakdown) => (Space::Code, breakdown.clone()),
                SelectorKey::Measure | SelectorKey::Basis => continue,
            };
            self.refer_of(&[space], &selector.value, Some(owner));
        }
    }

    /// What a decision is held against is one of its outcomes.
    fn held_against(&mut self, of: Option<&Word>, value: &Expr) {
        match (of, named(value)) {
            (Some(decision), Some(outcome)) => {
                let spaces = [
                    Space::Outcome,
                    Space::Evidence,
                    Space::Quantity,
                    Space::Rule,
                ];
                self.refer_of(&spaces, outcome, Some(decision.text.clone()));
            }
            _ => self.expr(value),
        }
    }

    pub(super) fn quantity(&mut self, quantity: &Quantity) {
        if let Some(unit) = &quantity.unit {
            self.refer(&[Space::Unit], unit);
        }
    }

    pub(super) fn members(&mut self, members: &Members) {
        self.refer(&[Space::Body], &members.class);
        self.maybe(Space::Body, members.within.as_ref());
        self.refer_all(Space::Body, &members.except);
    }

    pub(super) fn goal(&mut self, goal: &Goal) {
        match goal {
            Goal::Condition(condition) => self.expr(condition),
            Goal::Special { subject, limit, .. } => {
                self.expr(subject);
                match limit {
                    Limit::Between(low, high) => {
                        self.expr(low);
                        self.expr(high);
                    }
                    Limit::Compare(_, limit) => self.expr(limit),
                }
            }
        }
    }

    pub(super) fn timing(&mut self, timing: &Timing) {
        match timing {
            Timing::ByDay(day) => self.expr(day),
            Timing::Every { step, .. } => self.maybe(Space::Unit, step.unit.as_ref()),
            Timing::By(_)
            | Timing::Regularly { .. }
            | Timing::Undated(_)
            | Timing::ReachedBy(_)
            | Timing::EachYear { .. } => {}
        }
    }

    pub(super) fn path(&mut self, method: &PathMethod) {
        if let PathMethod::Waypoints(points) = method {
            for (_, quantity) in points {
                self.quantity(quantity);
            }
        }
    }

    pub(super) fn weight(&mut self, weight: &WeightWord) {
        match weight {
            WeightWord::Open(_) => {}
            WeightWord::Fixed(quantity) => self.quantity(quantity),
            WeightWord::Between(low, high) => {
                self.quantity(low);
                self.quantity(high);
            }
        }
    }
}

/// The name that an expression is, where it is nothing but one.
fn named(expr: &Expr) -> Option<&Word> {
    match &expr.kind {
        ExprKind::Name { name, selectors } if selectors.is_empty() => Some(name),
        _ => None,
    }
}
