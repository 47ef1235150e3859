//! Rules that could be met by leaving a figure out.
//!
//! `is present` makes absence visible to a rule. Where a missing figure can turn
//! a condition from false to true, leaving it out would buy a pass; such a rule
//! is refused unless it says `absence may pass`.

use std::collections::BTreeSet;

use super::{Expr, ExprKind, Model, Rule};
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Node, derive_of};
use crate::message::Message;
use crate::source::Span;

/// Reports the places of a rule where absence works towards a pass.
pub(crate) fn check(model: &Model, rule: &Rule) -> Vec<Diagnostic> {
    let mut cx = Cx {
        model,
        seen: BTreeSet::new(),
        places: BTreeSet::new(),
    };
    // A goal is met when it is true; a rule is escaped when its condition is false.
    cx.helped(&rule.goal, true);
    if let Some(condition) = &rule.condition {
        cx.helped(condition, false);
    }
    let refuse = |span| {
        Diagnostic::new(Code::AbsencePasses, span)
            .with("rule", &rule.id)
            .help(Message::new("help-absence"))
    };
    cx.places.into_iter().map(refuse).collect()
}

struct Cx<'m> {
    model: &'m Model,
    /// Quantities that were looked into, and what for.
    seen: BTreeSet<(Node, bool)>,
    places: BTreeSet<Span>,
}

impl Cx<'_> {
    /// Collects each `is present` whose being false works towards `wanted`.
    fn helped(&mut self, expr: &Expr, wanted: bool) {
        match &expr.kind {
            // False when absent: it helps only where false is wanted.
            ExprKind::Present(_) if !wanted => {
                self.places.insert(expr.span);
            }
            ExprKind::Not(inner) => self.helped(inner, !wanted),
            ExprKind::Implies(left, right) => {
                self.helped(left, !wanted);
                self.helped(right, wanted);
            }
            // A choice or a comparison of truths can turn either way.
            ExprKind::If(condition, yes, no) => {
                self.helped(condition, false);
                self.helped(condition, true);
                self.helped(yes, wanted);
                self.helped(no, wanted);
            }
            ExprKind::Compare(..) => {
                for part in expr.operands() {
                    self.helped(part, false);
                    self.helped(part, true);
                }
            }
            // What a rule uses by name can help it as well.
            ExprKind::Define(id) => {
                if self.seen.insert((Node::Define(*id), wanted)) {
                    self.helped(&self.model.defines[*id].value, wanted);
                }
            }
            ExprKind::Figure(figure) => {
                if let Some(n) = derive_of(self.model, figure)
                    && self
                        .seen
                        .insert((Node::Derive(figure.indicator, n), wanted))
                    && let Some(identity) =
                        self.model.indicators[figure.indicator].identities.get(n)
                {
                    self.helped(&identity.value, wanted);
                }
            }
            _ => {
                for part in expr.operands() {
                    self.helped(part, wanted);
                }
            }
        }
    }
}
