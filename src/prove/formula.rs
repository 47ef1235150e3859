//! Plain two-valued formulas over facts and numbers. Equal formulas are one node, so that nothing is
//! looked at twice. Knows no rule and no program.

use std::collections::BTreeMap;

use crate::number::Exact;
use crate::set::Comparison;

/// A formula, by its place.
pub(super) type Node = usize;

/// A sum of numbers with coefficients, and a constant. No coefficient is zero.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    pub(super) terms: BTreeMap<usize, Exact>,
    pub(super) plus: Exact,
}

impl Line {
    pub(super) fn constant(plus: Exact) -> Line {
        Line {
            terms: BTreeMap::new(),
            plus,
        }
    }

    pub(super) fn variable(number: usize) -> Line {
        Line {
            terms: BTreeMap::from([(number, Exact::from(1))]),
            plus: Exact::from(0),
        }
    }

    pub(super) fn as_constant(&self) -> Option<&Exact> {
        self.terms.is_empty().then_some(&self.plus)
    }

    /// This and so many times another.
    pub(super) fn add(&self, other: &Line, times: &Exact) -> Line {
        let mut sum = self.clone();
        for (number, factor) in &other.terms {
            let old = sum.terms.remove(number).unwrap_or_default();
            let new = old + (factor * times);
            if !new.is_zero() {
                sum.terms.insert(*number, new);
            }
        }
        sum.plus = sum.plus + (&other.plus * times);
        sum
    }

    pub(super) fn scale(&self, times: &Exact) -> Line {
        Line::default().add(self, times)
    }
}

/// How a sum stands to zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Against {
    AtMost,
    Below,
    Equal,
}

/// What a formula says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    Truth(bool),
    All(Vec<Node>),
    Any(Vec<Node>),
    /// A fact has one of the values of this mask.
    Fact(usize, u64),
    /// A sum stands so to zero.
    Line(Line, Against),
}

/// All formulas of one question.
#[derive(Debug, Default)]
pub(super) struct Forms {
    all: Vec<Form>,
    known: BTreeMap<Form, Node>,
    opposites: BTreeMap<Node, Node>,
}

impl Forms {
    pub(super) fn get(&self, node: Node) -> &Form {
        self.all.get(node).unwrap_or(&Form::Truth(false))
    }

    fn add(&mut self, form: Form) -> Node {
        if let Some(node) = self.known.get(&form) {
            return *node;
        }
        let node = self.all.len();
        self.all.push(form.clone());
        self.known.insert(form, node);
        node
    }

    pub(super) fn truth(&mut self, truth: bool) -> Node {
        self.add(Form::Truth(truth))
    }

    pub(super) fn is_truth(&self, node: Node, truth: bool) -> bool {
        *self.get(node) == Form::Truth(truth)
    }

    pub(super) fn all(&mut self, nodes: Vec<Node>) -> Node {
        self.joined(nodes, true)
    }

    pub(super) fn any(&mut self, nodes: Vec<Node>) -> Node {
        self.joined(nodes, false)
    }

    fn joined(&mut self, nodes: Vec<Node>, is_all: bool) -> Node {
        let mut parts = Vec::with_capacity(nodes.len());
        for node in nodes {
            match (self.get(node), is_all) {
                (Form::Truth(truth), _) if *truth == is_all => {}
                (Form::Truth(_), _) => return node,
                (Form::All(inner), true) | (Form::Any(inner), false) => parts.extend(inner.clone()),
                _ => parts.push(node),
            }
        }
        parts.sort_unstable();
        parts.dedup();
        match (parts.as_slice(), is_all) {
            ([], _) => self.truth(is_all),
            ([only], _) => *only,
            (_, true) => self.add(Form::All(parts)),
            (_, false) => self.add(Form::Any(parts)),
        }
    }

    /// A fact with `n` values has one of those of a mask.
    pub(super) fn fact(&mut self, fact: usize, mask: u64, n: usize) -> Node {
        let full = full(n);
        match mask & full {
            0 => self.truth(false),
            all if all == full => self.truth(true),
            mask => self.add(Form::Fact(fact, mask)),
        }
    }

    /// A sum stands so to zero.
    pub(super) fn line(&mut self, line: &Line, op: Comparison) -> Node {
        let minus = Exact::from(-1);
        let (line, against) = match op {
            Comparison::Lt => (line.clone(), Against::Below),
            Comparison::Le => (line.clone(), Against::AtMost),
            Comparison::Gt => (line.scale(&minus), Against::Below),
            Comparison::Ge => (line.scale(&minus), Against::AtMost),
            Comparison::Eq => (line.clone(), Against::Equal),
            Comparison::Ne => {
                let (less, more) = (
                    self.line(line, Comparison::Lt),
                    self.line(line, Comparison::Gt),
                );
                return self.any(vec![less, more]);
            }
        };
        let Some(first) = line.terms.values().next() else {
            return self.truth(against.holds(&line.plus));
        };
        let size = match against {
            Against::Equal => first.clone(),
            _ => first.abs(),
        };
        let line = match size.recip() {
            Some(factor) => line.scale(&factor),
            None => line,
        };
        self.add(Form::Line(line, against))
    }

    /// The opposite of a formula; `n_values` says how many values a fact has.
    pub(super) fn not(&mut self, node: Node, n_values: &impl Fn(usize) -> usize) -> Node {
        if let Some(known) = self.opposites.get(&node) {
            return *known;
        }
        let opposite = match self.get(node).clone() {
            Form::Truth(truth) => self.truth(!truth),
            Form::All(nodes) => {
                let nodes = nodes
                    .into_iter()
                    .map(|node| self.not(node, n_values))
                    .collect();
                self.any(nodes)
            }
            Form::Any(nodes) => {
                let nodes = nodes
                    .into_iter()
                    .map(|node| self.not(node, n_values))
                    .collect();
                self.all(nodes)
            }
            Form::Fact(fact, mask) => self.fact(fact, !mask, n_values(fact)),
            Form::Line(line, against) => {
                let op = match against {
                    Against::AtMost => Comparison::Gt,
                    Against::Below => Comparison::Ge,
                    Against::Equal => Comparison::Ne,
                };
                self.line(&line, op)
            }
        };
        self.opposites.insert(node, opposite);
        self.opposites.insert(opposite, node);
        opposite
    }

    /// The opposite of a plain formula, where there is one; `n` says how many values its fact has.
    pub(super) fn known_not(&self, node: Node, n: usize) -> Option<Node> {
        match self.get(node) {
            Form::Fact(fact, mask) => {
                let opposite = Form::Fact(*fact, full(n) & !mask);
                self.known.get(&opposite).copied()
            }
            _ => self.opposites.get(&node).copied(),
        }
    }

    /// Every fact and number that a formula names.
    pub(super) fn names(&self, roots: &[Node]) -> Names {
        let mut names = Names::default();
        let mut open = roots.to_vec();
        let mut seen = std::collections::BTreeSet::new();
        while let Some(node) = open.pop() {
            if !seen.insert(node) {
                continue;
            }
            match self.get(node) {
                Form::Truth(_) => {}
                Form::All(nodes) | Form::Any(nodes) => open.extend(nodes),
                Form::Fact(fact, _) => {
                    names.facts.insert(*fact);
                }
                Form::Line(line, _) => names.numbers.extend(line.terms.keys()),
            }
        }
        names
    }
}

/// The facts and numbers of a formula.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    pub(super) facts: std::collections::BTreeSet<usize>,
    pub(super) numbers: std::collections::BTreeSet<usize>,
}

impl Against {
    pub(super) fn holds(self, value: &Exact) -> bool {
        match self {
            Against::AtMost => value.signum() <= 0,
            Against::Below => value.signum() < 0,
            Against::Equal => value.is_zero(),
        }
    }
}

/// The mask of all values of a fact that has so many.
pub(super) fn full(n: usize) -> u64 {
    match n {
        0 => 0,
        1..=63 => (1u64 << n) - 1,
        _ => u64::MAX,
    }
}
