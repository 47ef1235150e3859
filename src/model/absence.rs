//! Rules that could be met by leaving a figure out.
//!
//! `is present` makes absence visible to a rule. Where a missing figure can turn
//! a condition from false to true, leaving it out would buy a pass; such a rule
//! is refused unless it says `absence may pass`.

use super::{Expr, ExprKind, Rule};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::source::Span;

/// Reports the places of a rule where absence works towards a pass.
pub(super) fn check(rule: &Rule) -> Vec<Diagnostic> {
    let mut places = Vec::new();
    // A goal is met when it is true; a rule is escaped when its condition is false.
    helped(&rule.goal, true, &mut places);
    if let Some(condition) = &rule.condition {
        helped(condition, false, &mut places);
    }
    let refuse = |span| {
        Diagnostic::new(Code::AbsencePasses, span)
            .with("rule", &rule.id)
            .help(Message::new("help-absence"))
    };
    places.into_iter().map(refuse).collect()
}

/// Collects each `is present` whose being false works towards `wanted`.
fn helped(expr: &Expr, wanted: bool, places: &mut Vec<Span>) {
    match &expr.kind {
        // False when absent: it helps only where false is wanted.
        ExprKind::Present(_) if !wanted => places.push(expr.span),
        ExprKind::Not(inner) => helped(inner, !wanted, places),
        ExprKind::Implies(left, right) => {
            helped(left, !wanted, places);
            helped(right, wanted, places);
        }
        // A choice or a comparison of truths can turn either way.
        ExprKind::If(condition, yes, no) => {
            helped(condition, false, places);
            helped(condition, true, places);
            helped(yes, wanted, places);
            helped(no, wanted, places);
        }
        ExprKind::Compare(..) => {
            for part in expr.operands() {
                helped(part, false, places);
                helped(part, true, places);
            }
        }
        _ => {
            for part in expr.operands() {
                helped(part, wanted, places);
            }
        }
    }
}
