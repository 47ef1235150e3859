//! Phase 3: what depends on what, and in which order it is computed.
//!
//! Goes in: a resolved model. Comes out: an evaluation order in levels, or the
//! whole circle of each cyclic definition with the place of every use; and what
//! lies up and down from anything. The only file that names petgraph.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use petgraph::Direction;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::model::{DefineId, Expr, ExprKind, FigureRef, IndicatorId, Measure, Model, RuleId};
use crate::source::Span;

mod affected;
mod diagram;
mod feeders;
mod reads;
mod relations;
mod years;

pub use affected::{Affected, Chain, Change, Effect, Step, Touched, affected};
pub use diagram::{Diagram, DiagramEdge, DiagramNode, NodeKind, Place, Selection, node_key};
pub(crate) use diagram::{describe, holders, natural};
pub use feeders::{Feeder, feeders, parts_of, wholes_of_rule};
pub use relations::{Bound, DiagramTie, Relation, relations, relations_of};
pub use years::Stretch;

/// Something that others may depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// An indicator: its published figures.
    Indicator(IndicatorId),
    /// The n-th identity of an indicator, from which a missing figure is derived.
    Derive(IndicatorId, usize),
    /// The n-th identity of an indicator, against which figures are held and nothing is derived.
    Identity(IndicatorId, usize),
    /// A derived quantity.
    Define(DefineId),
    /// A target, check or decision.
    Rule(RuleId),
}

/// Everything that a model depends on, with an order in which it can be computed.
#[derive(Debug, Clone)]
pub struct EvalOrder {
    /// Edges run from what is used to its user and carry the place of the use.
    graph: DiGraph<Node, Span>,
    /// Nodes of a level depend on earlier levels only.
    levels: Vec<Vec<Node>>,
    /// Where each node stands in the graph.
    index: BTreeMap<Node, NodeIndex>,
}

/// Which way uses are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// To what is used: what something rests on.
    Up,
    /// To the users: what something reaches.
    Down,
    /// Both ways from the start, each on its own.
    Both,
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

    /// What a node uses, each with the place of its first use, in order.
    #[must_use]
    pub fn used_by(&self, node: Node) -> Vec<(Node, Span)> {
        let Some(at) = self.index.get(&node) else {
            return Vec::new();
        };
        let edges = self.graph.edges_directed(*at, Direction::Incoming);
        let mut used: Vec<(Node, Span)> = edges
            .map(|edge| (self.graph[edge.source()], *edge.weight()))
            .collect();
        used.sort_unstable();
        used
    }

    /// What uses a node, or what it uses, in order.
    #[must_use]
    pub fn neighbours(&self, node: Node, way: Way) -> Vec<Node> {
        let Some(at) = self.index.get(&node) else {
            return Vec::new();
        };
        let directions: &[Direction] = match way {
            Way::Up => &[Direction::Incoming],
            Way::Down => &[Direction::Outgoing],
            Way::Both => &[Direction::Incoming, Direction::Outgoing],
        };
        let mut found: Vec<Node> = directions
            .iter()
            .flat_map(|direction| self.graph.neighbors_directed(*at, *direction))
            .map(|other| self.graph[other])
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Everything that can be reached from a node within so many uses, itself included, each
    /// with the fewest uses that lead there.
    ///
    /// ```
    /// use plumbrule::graph::{Node, Way};
    ///
    /// let mut sources = plumbrule::Sources::with_std();
    /// sources.add("pack.plumb", r#"
    /// pack city "City plan" { entity city }
    /// entity city "The city" {}
    /// indicator users "Users" { kind stock unit 户 }
    /// define double "Double" = users * 2
    /// target t "Double users" { require double at least 10户 by 2025 }
    /// "#);
    /// let program = plumbrule::compile(&sources).map_err(|_| "a problem in the pack")?;
    /// let rule = program.model.rules.ids().next().map(Node::Rule).ok_or("a rule")?;
    /// let all = program.order.reach(rule, Way::Up, None);
    /// let near = program.order.reach(rule, Way::Up, Some(1));
    /// assert_eq!((all.len(), near.len()), (3, 2));
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn reach(&self, node: Node, way: Way, depth: Option<usize>) -> BTreeMap<Node, usize> {
        let mut found: BTreeMap<Node, usize> = BTreeMap::new();
        if !self.index.contains_key(&node) {
            return found;
        }
        let ways: &[Way] = match way {
            Way::Both => &[Way::Up, Way::Down],
            Way::Up => &[Way::Up],
            Way::Down => &[Way::Down],
        };
        for way in ways {
            let mut seen: BTreeMap<Node, usize> = BTreeMap::from([(node, 0)]);
            let mut queue: VecDeque<(Node, usize)> = VecDeque::from([(node, 0)]);
            while let Some((next, far)) = queue.pop_front() {
                if depth.is_some_and(|depth| far >= depth) {
                    continue;
                }
                for other in self.neighbours(next, *way) {
                    if let std::collections::btree_map::Entry::Vacant(place) = seen.entry(other) {
                        place.insert(far + 1);
                        queue.push_back((other, far + 1));
                    }
                }
            }
            found.extend(seen);
        }
        found
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
                    ExprKind::Outcome(id, _) => Node::Rule(*id),
                    _ => return,
                };
                if let (true, Some(used)) = (seen.insert(used), index.get(&used)) {
                    graph.add_edge(*used, user, expr.span);
                }
            });
        }
        let own = |id| index.get(&Node::Indicator(id)).copied();
        match body.node {
            Node::Derive(id, _) => {
                if let Some(indicator) = own(id) {
                    graph.add_edge(user, indicator, body.span);
                }
            }
            Node::Identity(id, _) => {
                if let (true, Some(indicator)) = (seen.insert(Node::Indicator(id)), own(id)) {
                    graph.add_edge(indicator, user, body.span);
                }
            }
            Node::Indicator(_) | Node::Define(_) | Node::Rule(_) => {}
        }
    }
    let diagnostics = cycles(model, &graph);
    let levels = levels(&graph);
    let order = EvalOrder {
        graph,
        levels,
        index,
    };
    (order, diagnostics)
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
            let node = if identity.is_derive {
                Node::Derive(id, n)
            } else {
                Node::Identity(id, n)
            };
            bodies.push(Body {
                node,
                exprs: vec![&identity.value],
                span: identity.span,
            });
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
        let exprs = rule.exprs().collect();
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
    steps.retain(|(used, ..)| !matches!(used, Node::Derive(..)));
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
        Node::Indicator(id) | Node::Derive(id, _) | Node::Identity(id, _) => {
            model.indicators[id].id.clone()
        }
        Node::Define(id) => model.defines[id].id.clone(),
        Node::Rule(id) => model.rules[id].id.clone(),
    }
}

/// Where a node is declared.
pub(crate) fn model_span(model: &Model, node: Node) -> Span {
    match node {
        Node::Indicator(id) | Node::Derive(id, _) | Node::Identity(id, _) => {
            model.indicators[id].span
        }
        Node::Define(id) => model.defines[id].span,
        Node::Rule(id) => model.rules[id].span,
    }
}
