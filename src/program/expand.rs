//! How often each derived quantity is written out, before it is.
//!
//! A quantity may be used at several periods, and each use is its own term. The
//! number of terms is known, and bounded, before the first is made.

use std::collections::{BTreeMap, BTreeSet};

use super::periods::within;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{EvalOrder, Node, derive_of};
use crate::message::Message;
use crate::model::{Expr, ExprKind, Model};
use crate::syntax::ast::PeriodRef;

/// The periods at which each derived quantity is needed.
#[derive(Debug, Clone, Default)]
pub struct Expansion {
    needs: BTreeMap<Node, BTreeSet<PeriodRef>>,
}

impl Expansion {
    /// The periods at which a quantity is needed.
    pub fn of(&self, node: Node) -> impl Iterator<Item = PeriodRef> + '_ {
        self.needs.get(&node).into_iter().flatten().copied()
    }
}

/// Works out the expansion of a checked model.
///
/// # Errors
///
/// When the program would have more than `limit` terms.
pub fn expand(
    model: &Model,
    order: &EvalOrder,
    limit: usize,
) -> Result<Expansion, Box<Diagnostic>> {
    let now = PeriodRef::Relative(0);
    let mut cx = Cx {
        model,
        needs: BTreeMap::new(),
        n_terms: 0,
        limit,
    };
    for (id, rule) in model.rules.iter() {
        if rule.decision.is_some() {
            cx.needs.entry(Node::Rule(id)).or_default().insert(now);
        }
        let exprs = rule
            .exprs()
            .chain(rule.level.iter().map(|level| &level.subject));
        for expr in exprs {
            cx.visit(expr, now);
        }
    }
    for indicator in model.indicators.values() {
        for identity in &indicator.identities {
            cx.visit(&identity.value, now);
        }
    }
    for id in model.defines.ids() {
        cx.needs.entry(Node::Define(id)).or_default().insert(now);
    }
    // Users come first, so that all needs of a quantity are known when it is reached.
    for node in order.nodes().rev() {
        let body = match node {
            Node::Define(id) => &model.defines[id].value,
            Node::Derive(id, n) => match model.indicators[id].identities.get(n) {
                Some(identity) => &identity.value,
                None => continue,
            },
            Node::Rule(id) => {
                for at in cx.needs.get(&node).cloned().unwrap_or_default() {
                    model.rules[id].cases().for_each(|expr| cx.visit(expr, at));
                }
                continue;
            }
            Node::Indicator(_) | Node::Identity(..) => continue,
        };
        for at in cx.needs.get(&node).cloned().unwrap_or_default() {
            cx.visit(body, at);
            if cx.n_terms > limit {
                return Err(Box::new(too_large(model, node, limit)));
            }
        }
    }
    if cx.n_terms > limit
        && let Some(rule) = model.rules.values().next()
    {
        let diagnostic = Diagnostic::new(Code::TooLargeProgram, rule.span);
        let diagnostic = diagnostic.with("name", &rule.id).with("limit", limit);
        let diagnostic = diagnostic.help(Message::new("help-too-large"));
        return Err(Box::new(diagnostic));
    }
    Ok(Expansion { needs: cx.needs })
}

fn too_large(model: &Model, node: Node, limit: usize) -> Diagnostic {
    Diagnostic::new(Code::TooLargeProgram, crate::graph::model_span(model, node))
        .with("name", crate::graph::node_name(model, node))
        .with("limit", limit)
        .help(Message::new("help-too-large"))
}

struct Cx<'m> {
    model: &'m Model,
    needs: BTreeMap<Node, BTreeSet<PeriodRef>>,
    n_terms: usize,
    limit: usize,
}

impl Cx<'_> {
    fn visit(&mut self, expr: &Expr, at: PeriodRef) {
        self.n_terms += 1;
        if self.n_terms > self.limit {
            return;
        }
        match &expr.kind {
            ExprKind::Shift(inner, to) => self.visit(inner, within(at, *to)),
            ExprKind::Define(id) => {
                self.needs.entry(Node::Define(*id)).or_default().insert(at);
            }
            ExprKind::Outcome(id, _) => {
                self.needs.entry(Node::Rule(*id)).or_default().insert(at);
            }
            ExprKind::Figure(figure) => {
                if let Some(n) = derive_of(self.model, figure) {
                    let node = Node::Derive(figure.indicator, n);
                    self.needs.entry(node).or_default().insert(at);
                }
            }
            _ => {
                for part in expr.operands() {
                    self.visit(part, at);
                }
            }
        }
    }
}
