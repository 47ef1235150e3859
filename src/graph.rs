//! Phase 3: what depends on what, and in which order it is computed.
//!
//! Goes in: a resolved model. Comes out: an evaluation order in levels, or the
//! whole circle of each cyclic definition with the place of every use. The only
//! file that names petgraph.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::Direction;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::model::{DefineId, Expr, ExprKind, FigureRef, IndicatorId, Measure, Model, RuleId};
use crate::source::Span;

/// Something that others may depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// An indicator: its published figures.
    Indicator(IndicatorId),
    /// The n-th identity of an indicator, from which a missing figure is derived.
    Derive(IndicatorId, usize),
    /// A derived quantity.
    Define(DefineId),
    /// A target or check.
    Rule(RuleId),
}

/// Everything that a model depends on, with an order in which it can be computed.
#[derive(Debug, Clone)]
pub struct EvalOrder {
    /// Edges run from what is used to its user and carry the place of the use.
    graph: DiGraph<Node, Span>,
    /// Nodes of a level depend on earlier levels only.
    levels: Vec<Vec<Node>>,
}

impl EvalOrder {
    /// Nodes by level; within a level none depends on another.
    #[must_use]
    pub fn levels(&self) -> &[Vec<Node>] {
        &self.levels
    }

    /// All nodes, each after everything that it depends on.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = Node> + '_ {
        self.levels.iter().flatten().copied()
    }

    /// All uses: what is used, its user, the place.
    #[must_use]
    pub fn uses(&self) -> Vec<(Node, Node, Span)> {
        let mut uses: Vec<(Node, Node, Span)> = self
            .graph
            .edge_references()
            .map(|edge| {
                (
                    self.graph[edge.source()],
                    self.graph[edge.target()],
                    *edge.weight(),
                )
            })
            .collect();
        uses.sort_unstable();
        uses
    }
}

/// Orders a model by its dependencies.
///
/// A circle is reported whole; its members are left out of the order, and so
/// is whatever depends on them.
#[must_use]
pub fn eval_order(model: &Model) -> (EvalOrder, Vec<Diagnostic>) {
    let mut graph: DiGraph<Node, Span> = DiGraph::new();
    let mut index: BTreeMap<Node, NodeIndex> = BTreeMap::new();
    let bodies = bodies(model);
    for node in model
        .indicators
        .ids()
        .map(Node::Indicator)
        .chain(bodies.iter().map(|body| body.node))
    {
        index.insert(node, graph.add_node(node));
    }
    for body in &bodies {
        let Some(user) = index.get(&body.node).copied() else {
            continue;
        };
        let mut seen: BTreeSet<Node> = BTreeSet::new();
        for expr in &body.exprs {
            walk(expr, &mut |expr| {
                let used = match &expr.kind {
                    ExprKind::Define(id) => Node::Define(*id),
                    ExprKind::Figure(figure) | ExprKind::Present(figure) => {
                        Node::Indicator(figure.indicator)
                    }
                    _ => return,
                };
                if let (true, Some(used)) = (seen.insert(used), index.get(&used)) {
                    graph.add_edge(*used, user, expr.span);
                }
            });
        }
        if let Node::Derive(id, _) = body.node
            && let Some(indicator) = index.get(&Node::Indicator(id))
        {
            graph.add_edge(user, *indicator, body.span);
        }
    }
    let diagnostics = cycles(model, &graph);
    let levels = levels(&graph);
    (EvalOrder { graph, levels }, diagnostics)
}

/// Something with expressions in it.
struct Body<'m> {
    node: Node,
    exprs: Vec<&'m Expr>,
    span: Span,
}

fn bodies(model: &Model) -> Vec<Body<'_>> {
    let mut bodies = Vec::new();
    for (id, indicator) in model.indicators.iter() {
        for (n, identity) in indicator.identities.iter().enumerate() {
            if identity.is_derive {
                let node = Node::Derive(id, n);
                bodies.push(Body {
                    node,
                    exprs: vec![&identity.value],
                    span: identity.span,
                });
            }
        }
    }
    for (id, define) in model.defines.iter() {
        let node = Node::Define(id);
        bodies.push(Body {
            node,
            exprs: vec![&define.value],
            span: define.span,
        });
    }
    for (id, rule) in model.rules.iter() {
        let exprs = std::iter::once(&rule.goal).chain(&rule.condition).collect();
        bodies.push(Body {
            node: Node::Rule(id),
            exprs,
            span: rule.span,
        });
    }
    bodies
}

/// Visits an expression and all its parts.
pub(crate) fn walk<'e>(expr: &'e Expr, visit: &mut impl FnMut(&'e Expr)) {
    visit(expr);
    for part in expr.operands() {
        walk(part, visit);
    }
}

/// The identity from which a missing figure may be derived.
#[must_use]
pub(crate) fn derive_of(model: &Model, figure: &FigureRef) -> Option<usize> {
    let is_plain = figure.measure == Measure::Level && figure.breakdown.is_empty();
    if !is_plain {
        return None;
    }
    let identities = &model.indicators[figure.indicator].identities;
    identities
        .iter()
        .position(|identity| identity.is_derive && identity.definition == figure.definition)
}

/// Longest distance from a node without dependencies; nodes behind a circle have none.
fn levels(graph: &DiGraph<Node, Span>) -> Vec<Vec<Node>> {
    let mut waits: BTreeMap<NodeIndex, usize> = graph
        .node_indices()
        .map(|node| {
            (
                node,
                graph.edges_directed(node, Direction::Incoming).count(),
            )
        })
        .collect();
    let mut ready: Vec<NodeIndex> = waits
        .iter()
        .filter(|(_, n)| **n == 0)
        .map(|(node, _)| *node)
        .collect();
    let mut levels = Vec::new();
    while !ready.is_empty() {
        let mut level: Vec<Node> = ready.iter().map(|node| graph[*node]).collect();
        level.sort_unstable();
        levels.push(level);
        let mut next = Vec::new();
        for node in ready {
            for edge in graph.edges_directed(node, Direction::Outgoing) {
                if let Some(n) = waits.get_mut(&edge.target()) {
                    *n -= 1;
                    if *n == 0 {
                        next.push(edge.target());
                    }
                }
            }
        }
        ready = next;
    }
    levels
}

fn cycles(model: &Model, graph: &DiGraph<Node, Span>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for component in tarjan_scc(graph) {
        let members: BTreeSet<NodeIndex> = component.iter().copied().collect();
        let Some(start) = members.iter().next().copied() else {
            continue;
        };
        let is_circle = members.len() > 1 || graph.find_edge(start, start).is_some();
        if is_circle {
            found.push(circle(model, graph, &members, start));
        }
    }
    found.sort_by_key(|diagnostic| diagnostic.places.first().map(|place| place.span));
    found
}

/// A shortest circle through the first member, each use with its place.
fn circle(
    model: &Model,
    graph: &DiGraph<Node, Span>,
    members: &BTreeSet<NodeIndex>,
    start: NodeIndex,
) -> Diagnostic {
    let mut came: BTreeMap<NodeIndex, (NodeIndex, Span)> = BTreeMap::new();
    let mut queue = vec![start];
    let mut at = 0;
    while at < queue.len() && !came.contains_key(&start) {
        let node = queue[at];
        at += 1;
        let mut edges: Vec<_> = graph.edges_directed(node, Direction::Outgoing).collect();
        edges.sort_by_key(|edge| *edge.weight());
        for edge in edges {
            let to = edge.target();
            if members.contains(&to) && !came.contains_key(&to) {
                came.insert(to, (node, *edge.weight()));
                queue.push(to);
            }
        }
    }
    let mut steps: Vec<(Node, Node, Span)> = Vec::new();
    let mut node = start;
    while let Some((from, span)) = came.get(&node) {
        steps.push((graph[*from], graph[node], *span));
        node = *from;
        if node == start {
            break;
        }
    }
    let name = |node| node_name(model, node);
    // An indicator and its derivation are one thing to the reader; the step between them is no use.
    steps.retain(|(used, user, _)| used == user || name(*used) != name(*user));
    let mut names: Vec<String> = steps.iter().map(|(_, user, _)| name(*user)).collect();
    names.dedup();
    let shown = names.len().min(20);
    let mut places = steps.iter().take(shown).map(|(used, user, span)| {
        let message = Message::new("place-used-by")
            .with("used", name(*used))
            .with("user", name(*user));
        (*span, message)
    });
    let (span, message) = places
        .next()
        .unwrap_or_else(|| (model_span(model, graph[start]), Message::new("place-here")));
    let mut diagnostic = Diagnostic::new(Code::Cycle, span)
        .with("names", names.join(" → "))
        .here(message)
        .help(Message::new("help-cycle"));
    for (span, message) in places {
        diagnostic = diagnostic.place(span, message);
    }
    diagnostic
}

/// The id of a node, as it is written in rules.
#[must_use]
pub fn node_name(model: &Model, node: Node) -> String {
    match node {
        Node::Indicator(id) | Node::Derive(id, _) => model.indicators[id].id.clone(),
        Node::Define(id) => model.defines[id].id.clone(),
        Node::Rule(id) => model.rules[id].id.clone(),
    }
}

fn model_span(model: &Model, node: Node) -> Span {
    match node {
        Node::Indicator(id) | Node::Derive(id, _) => model.indicators[id].span,
        Node::Define(id) => model.defines[id].span,
        Node::Rule(id) => model.rules[id].span,
    }
}
