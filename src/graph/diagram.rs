//! A part of the graph as something to look at: nodes with names in both languages, uses between
//! them, categories. Goes in: a program and what of it is wanted. Never draws, and never depends
//! on the order in which a pack declares things.

use std::collections::{BTreeMap, BTreeSet};

use super::relations::{relations_of, ties};
use super::{DiagramTie, Node, Way, model_span};
use crate::message::Label;
use crate::model::{Model, RuleId, RuleKind};
use crate::program::Program;
use crate::source::{Sources, Span};

/// What a node of a diagram is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeKind {
    /// An indicator: its published figures.
    Indicator,
    /// A quantity computed from others.
    Derived,
    /// An identity from which a missing figure is derived.
    Derivation,
    /// A target.
    Target,
    /// A decision.
    Decision,
    /// A milestone.
    Milestone,
    /// A check.
    Check,
    /// An identity against which figures are held.
    Identity,
}

impl NodeKind {
    /// All kinds, in the order of a legend.
    pub const ALL: [NodeKind; 8] = [
        NodeKind::Indicator,
        NodeKind::Derived,
        NodeKind::Derivation,
        NodeKind::Decision,
        NodeKind::Milestone,
        NodeKind::Target,
        NodeKind::Check,
        NodeKind::Identity,
    ];

    /// The word of the machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            NodeKind::Indicator => "indicator",
            NodeKind::Derived => "derived",
            NodeKind::Derivation => "derivation",
            NodeKind::Identity => "identity",
            NodeKind::Decision => "decision",
            NodeKind::Milestone => "milestone",
            NodeKind::Target => "target",
            NodeKind::Check => "check",
        }
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            NodeKind::Indicator => "graph-kind-indicator",
            NodeKind::Derived => "graph-kind-derived",
            NodeKind::Derivation => "graph-kind-derivation",
            NodeKind::Identity => "graph-kind-identity",
            NodeKind::Decision => "graph-kind-decision",
            NodeKind::Milestone => "graph-kind-milestone",
            NodeKind::Target => "graph-kind-target",
            NodeKind::Check => "graph-kind-check",
        }
    }

    /// Whether it is the end of every path: nothing uses it.
    #[must_use]
    pub fn is_end(self) -> bool {
        matches!(
            self,
            NodeKind::Target | NodeKind::Milestone | NodeKind::Check | NodeKind::Identity
        )
    }

    /// Whether its label is a formula.
    #[must_use]
    pub fn is_formula(self) -> bool {
        matches!(self, NodeKind::Derivation | NodeKind::Identity)
    }

    /// What a node of a model is.
    #[must_use]
    pub fn of(model: &Model, node: Node) -> NodeKind {
        match node {
            Node::Indicator(_) => NodeKind::Indicator,
            Node::Define(_) => NodeKind::Derived,
            Node::Derive(..) => NodeKind::Derivation,
            Node::Identity(..) => NodeKind::Identity,
            Node::Rule(id) => match model.rules[id].kind {
                RuleKind::Target => NodeKind::Target,
                RuleKind::Decision => NodeKind::Decision,
                RuleKind::Milestone => NodeKind::Milestone,
                RuleKind::Check => NodeKind::Check,
            },
        }
    }
}

/// A place in a rule file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, as it was named.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1 in characters.
    pub column: usize,
}

impl Place {
    /// Where a span begins.
    #[must_use]
    pub fn of(sources: &Sources, span: Span) -> Place {
        let (line, column) = sources.line_column(span.source, span.start);
        Place {
            file: sources.name(span.source).to_owned(),
            line,
            column,
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// What of a graph is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Where to start; everything where it is empty.
    pub roots: Vec<Node>,
    /// Which way to go; where absent, up from rules and down from all others.
    pub way: Option<Way>,
    /// Most uses away from a root; no bound where absent.
    pub depth: Option<usize>,
}

/// A node of a diagram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagramNode {
    /// What it stands for.
    pub node: Node,
    /// A name that no other node has, such as `rule:nip.2`.
    pub key: String,
    /// The id as it is written in rules; that of its indicator for an identity.
    pub id: String,
    /// Its name; the formula of an identity.
    pub label: Label,
    /// What it is.
    pub kind: NodeKind,
    /// Its category, as an index into [`Diagram::categories`].
    pub category: Option<usize>,
    /// The longest way from a node of the diagram that uses nothing in it.
    pub level: usize,
    /// Where it is declared.
    pub place: Place,
    /// Whether it was asked for by name.
    pub is_root: bool,
    /// Neighbours that a bound on depth leaves out.
    pub n_hidden: usize,
}

impl DiagramNode {
    /// What it is called in a sentence: its id, or the formula of an identity.
    #[must_use]
    pub fn handle(&self) -> &str {
        match self.kind.is_formula() {
            true => &self.label.en,
            false => &self.id,
        }
    }
}

/// A use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagramEdge {
    /// What is used, as an index into [`Diagram::nodes`].
    pub used: usize,
    /// Its user, as an index into [`Diagram::nodes`].
    pub user: usize,
    /// Where the user first names it.
    pub place: Place,
}

/// A graph to look at. Nodes stand after what they use, in order of level, kind and id, ends last;
/// edges stand in order of what they join.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagram {
    /// The name of the pack.
    pub title: Label,
    /// The id of the pack.
    pub pack: String,
    /// All nodes.
    pub nodes: Vec<DiagramNode>,
    /// All uses between them.
    pub edges: Vec<DiagramEdge>,
    /// What holds their figures against each other without a rule, in order of what brings it about.
    pub ties: Vec<DiagramTie>,
    /// Categories of rules, in the order of their first rule.
    pub categories: Vec<Label>,
    /// Whether it is the whole graph of the pack.
    pub is_whole: bool,
}

impl Diagram {
    /// The part of a graph that a selection asks for.
    #[must_use]
    pub fn of(program: &Program, selection: &Selection) -> Diagram {
        let order = &program.order;
        if selection.roots.is_empty() {
            // Of used packs what the pack itself rests on; a catalogue may hold a thousand more.
            let is_own = |node: &Node| program.is_own(model_span(&program.model, *node));
            let mut all: BTreeSet<Node> = order.nodes().filter(is_own).collect();
            let in_order: Vec<Node> = order.nodes().collect();
            // A node comes after everything that it uses.
            for node in in_order.iter().rev() {
                if all.contains(node) {
                    all.extend(order.used_by(*node).into_iter().map(|(from, _)| from));
                }
            }
            let mut diagram = Diagram::of_nodes(program, &all, &[], None);
            diagram.is_whole = true;
            return diagram;
        }
        let mut found: BTreeSet<Node> = BTreeSet::new();
        let mut rim: Vec<(Node, Way)> = Vec::new();
        for root in &selection.roots {
            let own = match root {
                Node::Rule(_) => Way::Up,
                _ => Way::Down,
            };
            let ways: &[Way] = match selection.way.unwrap_or(own) {
                Way::Up => &[Way::Up],
                Way::Down => &[Way::Down],
                Way::Both => &[Way::Up, Way::Down],
            };
            for way in ways {
                let reached = order.reach(*root, *way, selection.depth);
                let is_last = |far: &usize| Some(*far) == selection.depth;
                let last = reached.iter().filter(|(_, far)| is_last(far));
                rim.extend(last.map(|(node, _)| (*node, *way)));
                found.extend(reached.into_keys());
            }
        }
        let held = held_with(program, selection);
        found.extend(held);
        let mut hidden: BTreeMap<Node, BTreeSet<Node>> = BTreeMap::new();
        for (node, way) in rim {
            let beyond = order.neighbours(node, way);
            let beyond = beyond.into_iter().filter(|other| !found.contains(other));
            hidden.entry(node).or_default().extend(beyond);
        }
        let mut diagram = Diagram::of_nodes(program, &found, &selection.roots, None);
        for node in &mut diagram.nodes {
            node.n_hidden = hidden.get(&node.node).map_or(0, BTreeSet::len);
        }
        diagram
    }

    /// A rule with all that it rests on.
    #[must_use]
    pub fn of_rule(program: &Program, rule: RuleId) -> Diagram {
        let selection = Selection {
            roots: vec![Node::Rule(rule)],
            ..Selection::default()
        };
        Diagram::of(program, &selection)
    }

    /// Some nodes, with all uses between them or with those that are given.
    pub(crate) fn of_nodes(
        program: &Program,
        wanted: &BTreeSet<Node>,
        roots: &[Node],
        uses: Option<&BTreeSet<(Node, Node)>>,
    ) -> Diagram {
        let model = &program.model;
        let mut used: BTreeMap<Node, Vec<(Node, Span)>> = BTreeMap::new();
        let mut levels: BTreeMap<Node, usize> = BTreeMap::new();
        // In this order a node comes after everything that it uses.
        for node in program.order.nodes().filter(|node| wanted.contains(node)) {
            let mut own = program.order.used_by(node);
            own.retain(|(from, _)| {
                wanted.contains(from) && uses.is_none_or(|uses| uses.contains(&(*from, node)))
            });
            let below = own.iter().filter_map(|(from, _)| levels.get(from)).max();
            levels.insert(node, below.map_or(0, |level| level + 1));
            used.insert(node, own);
        }
        let mut nodes: Vec<DiagramNode> = levels
            .iter()
            .map(|(node, level)| describe(program, *node, *level, roots.contains(node)))
            .collect();
        let categories = categories(model, &mut nodes);
        nodes.sort_by_cached_key(|node| {
            let is_end = node.kind.is_end();
            let level = if is_end { 0 } else { node.level };
            (is_end, level, node.kind, natural(&node.key))
        });
        let index: BTreeMap<Node, usize> = nodes
            .iter()
            .enumerate()
            .map(|(n, node)| (node.node, n))
            .collect();
        let mut edges: Vec<DiagramEdge> = Vec::new();
        for (user, node) in nodes.iter().enumerate() {
            for (from, span) in used.get(&node.node).into_iter().flatten() {
                if let Some(used) = index.get(from) {
                    let place = Place::of(&program.sources, *span);
                    edges.push(DiagramEdge {
                        used: *used,
                        user,
                        place,
                    });
                }
            }
        }
        edges.sort_by_key(|edge| (edge.used, edge.user));
        let ties = ties(program, &index, roots, uses.is_some());
        Diagram {
            title: model.pack.label.clone(),
            pack: model.pack.id.clone(),
            nodes,
            edges,
            ties,
            categories,
            is_whole: false,
        }
    }
}

/// What holds figures of the indicators that are asked for, and the others that it holds with them.
fn held_with(program: &Program, selection: &Selection) -> BTreeSet<Node> {
    let order = &program.order;
    let depth = selection.depth.unwrap_or(usize::MAX);
    let mut found = BTreeSet::new();
    for root in &selection.roots {
        let Node::Indicator(id) = root else { continue };
        if depth >= 1 {
            let partners = relations_of(&program.model, *id).into_iter();
            let partners = partners.flat_map(|relation| relation.indicators().collect::<Vec<_>>());
            found.extend(partners.map(Node::Indicator));
        }
        // What somebody wrote has a node of its own, which is one use away.
        if depth >= 2 {
            for holder in holders(program, *root) {
                found.extend(order.used_by(holder).into_iter().map(|(used, _)| used));
                found.insert(holder);
            }
        }
    }
    found
}

/// The identities, derivations and checks that figures of a node are held by.
pub(crate) fn holders(program: &Program, node: Node) -> Vec<Node> {
    let near = program.order.neighbours(node, Way::Both).into_iter();
    let is_holder = |near: &Node| {
        let kind = NodeKind::of(&program.model, *near);
        kind == NodeKind::Check || kind.is_formula()
    };
    near.filter(is_holder).collect()
}

/// A node with its names, its category left open.
pub(crate) fn describe(program: &Program, node: Node, level: usize, is_root: bool) -> DiagramNode {
    let model = &program.model;
    let kind = NodeKind::of(model, node);
    let id = super::node_name(model, node);
    let (label, span) = match node {
        Node::Indicator(id) => {
            let known = &model.indicators[id];
            (known.label.clone(), known.span)
        }
        Node::Define(id) => {
            let known = &model.defines[id];
            (known.label.clone(), known.span)
        }
        Node::Rule(id) => {
            let known = &model.rules[id];
            (known.label.clone(), known.span)
        }
        Node::Derive(owner, n) | Node::Identity(owner, n) => {
            let owner = &model.indicators[owner];
            let identity = owner.identities.get(n);
            let span = identity.map_or(owner.span, |identity| identity.span);
            let value = identity.map_or("", |identity| program.sources.slice(identity.value.span));
            let words: Vec<&str> = value.split_whitespace().collect();
            let formula = format!("{id} = {}", words.join(" "));
            (Label::same(&formula), span)
        }
    };
    DiagramNode {
        node,
        key: node_key(model, node),
        id,
        label,
        kind,
        category: None,
        level,
        place: Place::of(&program.sources, span),
        is_root,
        n_hidden: 0,
    }
}

/// A name that no other node has: `indicator:users`, `rule:nip.2`, `identity:users:1`.
#[must_use]
pub fn node_key(model: &Model, node: Node) -> String {
    let id = super::node_name(model, node);
    match node {
        Node::Indicator(_) => format!("indicator:{id}"),
        Node::Define(_) => format!("derived:{id}"),
        Node::Rule(_) => format!("rule:{id}"),
        Node::Derive(_, n) => format!("derivation:{id}:{}", n + 1),
        Node::Identity(_, n) => format!("identity:{id}:{}", n + 1),
    }
}

/// The categories of the rules in a diagram, in the order of their first rule.
fn categories(model: &Model, nodes: &mut [DiagramNode]) -> Vec<Label> {
    let mut rules: Vec<(&mut DiagramNode, &Label)> = nodes
        .iter_mut()
        .filter_map(|node| match node.node {
            Node::Rule(id) => Some((node, model.rules[id].category.as_ref()?)),
            _ => None,
        })
        .collect();
    rules.sort_by_cached_key(|(node, _)| natural(&node.id));
    let mut found: Vec<Label> = Vec::new();
    let mut places: BTreeMap<&Label, usize> = BTreeMap::new();
    for (node, label) in rules {
        let place = *places.entry(label).or_insert_with(|| {
            found.push(label.clone());
            found.len() - 1
        });
        node.category = Some(place);
    }
    found
}

/// An order in which `nip.2` comes before `nip.10`.
pub(crate) fn natural(text: &str) -> Vec<(bool, usize, String)> {
    let mut parts: Vec<(bool, usize, String)> = Vec::new();
    for c in text.chars() {
        let is_text = !c.is_ascii_digit();
        match parts.last_mut() {
            Some((known, size, part)) if *known == is_text => {
                part.push(c);
                *size += usize::from(!is_text);
            }
            _ => parts.push((is_text, usize::from(!is_text), c.to_string())),
        }
    }
    for (is_text, size, part) in &mut parts {
        if !*is_text {
            // The longer number is the larger one, leading zeros aside.
            let digits = part.trim_start_matches('0').to_owned();
            *size = digits.len();
            *part = digits;
        }
    }
    parts
}
