//! Through which uses a rule comes to read a figure at a period. Goes in: the expressions of a
//! rule or an identity. Comes out: for each figure that it reads, the fewest uses that lead to it,
//! each with its place. Never looks at a figure's value.

use std::collections::{BTreeMap, VecDeque};

use super::{Node, derive_of};
use crate::model::{Expr, ExprKind, FigureRef, Model};
use crate::program::within;
use crate::source::Span;
use crate::syntax::ast::PeriodRef;

/// A use on the way: what is used, at which period as seen from the evaluated one, and where.
pub(super) type Link = (Node, PeriodRef, Span);

/// Who uses something, with the period at which it is used by others; nobody at the very top.
type User = Option<(Node, PeriodRef)>;

/// All figures that expressions read, each with the way to it.
pub(super) struct Reads {
    /// How each used thing was first reached: from which user at which period, and where.
    came: BTreeMap<(Node, PeriodRef), (User, Span)>,
    /// Where each figure is read, and by whom.
    figures: BTreeMap<(FigureRef, PeriodRef), (User, Span)>,
}

impl Reads {
    /// Follows expressions through derived quantities and derivations, nearest first.
    pub(super) fn of(model: &Model, exprs: &[&Expr]) -> Reads {
        let mut reads = Reads {
            came: BTreeMap::new(),
            figures: BTreeMap::new(),
        };
        let mut queue: VecDeque<(Node, PeriodRef)> = VecDeque::new();
        let now = PeriodRef::Relative(0);
        for expr in exprs {
            reads.visit(model, expr, now, None, &mut queue);
        }
        while let Some((node, at)) = queue.pop_front() {
            let bodies: Vec<&Expr> = match node {
                Node::Define(id) => vec![&model.defines[id].value],
                Node::Derive(id, n) => {
                    let identity = model.indicators[id].identities.get(n);
                    identity
                        .map(|identity| &identity.value)
                        .into_iter()
                        .collect()
                }
                // What a decision applies to is asked for its own row alone.
                Node::Rule(id) => model.rules[id].cases().collect(),
                Node::Indicator(_) | Node::Identity(..) => Vec::new(),
            };
            for body in bodies {
                reads.visit(model, body, at, Some((node, at)), &mut queue);
            }
        }
        reads
    }

    fn visit(
        &mut self,
        model: &Model,
        expr: &Expr,
        at: PeriodRef,
        user: User,
        queue: &mut VecDeque<(Node, PeriodRef)>,
    ) {
        let mut reach = |reads: &mut Reads, node: Node, user, span| {
            if let std::collections::btree_map::Entry::Vacant(place) = reads.came.entry((node, at))
            {
                place.insert((user, span));
                queue.push_back((node, at));
            }
        };
        match &expr.kind {
            ExprKind::Shift(inner, to) => {
                return self.visit(model, inner, within(at, *to), user, queue);
            }
            ExprKind::Define(id) => reach(self, Node::Define(*id), user, expr.span),
            ExprKind::Figure(figure) => {
                self.figures
                    .entry((figure.clone(), at))
                    .or_insert((user, expr.span));
                if let (Some(n), None) = (derive_of(model, figure), figure.entity) {
                    let indicator = Node::Indicator(figure.indicator);
                    reach(self, indicator, user, expr.span);
                    let identity = model.indicators[figure.indicator].identities.get(n);
                    let span = identity.map_or(expr.span, |identity| identity.span);
                    let node = Node::Derive(figure.indicator, n);
                    reach(self, node, Some((indicator, at)), span);
                }
            }
            ExprKind::Present(figure) => {
                self.figures
                    .entry((figure.clone(), at))
                    .or_insert((user, expr.span));
            }
            ExprKind::Outcome(id, _) => reach(self, Node::Rule(*id), user, expr.span),
            _ => {}
        }
        for part in expr.operands() {
            self.visit(model, part, at, user, queue);
        }
    }

    /// The uses from a figure to the one who reads it in the end, the figure's own first.
    pub(super) fn way(&self, figure: &FigureRef, at: PeriodRef) -> Vec<Link> {
        let own = Node::Indicator(figure.indicator);
        let Some((mut user, span)) = self.figures.get(&(figure.clone(), at)).copied() else {
            return Vec::new();
        };
        let mut way = vec![(own, at, span)];
        while let Some(key) = user {
            let Some((next, span)) = self.came.get(&key).copied() else {
                break;
            };
            way.push((key.0, key.1, span));
            user = next;
        }
        way
    }
}
