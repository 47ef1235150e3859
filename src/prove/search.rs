//! Whether formulas can hold together: a formula goes in, values under which it holds come out, or
//! that there are none. Alternatives are tried one after the other; sums of several numbers go to the
//! solver. Bounded: what takes too many steps has no answer.

use std::collections::{BTreeMap, BTreeSet};

use super::Doubt;
use super::formula::{Against, Form, Line, Node};
use super::world::World;
use crate::number::Exact;
use crate::set::{Comparison, End, Set, Truth, compare};
use crate::solve::{Answer, Constraint, Relation, System, solve};

mod round;

pub(super) use round::sample;

/// Alternatives that are tried for one question.
pub(super) const MOST_STEPS: usize = 2_000;

/// Systems that are solved for one question.
pub(super) const MOST_SYSTEMS: usize = 150;

/// Values of facts, by their places, and of numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) facts: BTreeMap<usize, usize>,
    pub(super) numbers: BTreeMap<usize, Exact>,
}

/// Whether a formula can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// Here.
    At(Point),
    /// Nowhere.
    Never,
    /// It is not known.
    Doubt(Doubt),
}

/// Whether all of some formulas can hold at once.
pub(super) fn search(world: &World, roots: &[Node]) -> Found {
    let mut search = Search {
        world,
        n_steps: 0,
        n_systems: 0,
        doubt: None,
    };
    let found = search.branch(State::default(), roots.to_vec());
    match (found, search.doubt) {
        (Ok(Some(point)), _) => Found::At(point),
        (Ok(None), None) => Found::Never,
        (Ok(None), Some(doubt)) | (Err(doubt), _) => Found::Doubt(doubt),
    }
}

/// What is supposed so far.
#[derive(Debug, Clone, Default)]
struct State {
    facts: BTreeMap<usize, u64>,
    ranges: BTreeMap<usize, Set>,
    lines: BTreeSet<(Line, Against)>,
    /// What was supposed of things that are not looked into.
    doubts: BTreeSet<Doubt>,
    /// Alternatives that are left to be taken.
    open: BTreeSet<Node>,
    is_solved: bool,
}

struct Search<'w> {
    world: &'w World,
    n_steps: usize,
    n_systems: usize,
    /// Why something that may hold was left out.
    doubt: Option<Doubt>,
}

impl Search<'_> {
    fn branch(&mut self, mut state: State, roots: Vec<Node>) -> Result<Option<Point>, Doubt> {
        self.n_steps += 1;
        if self.n_steps > MOST_STEPS {
            return Err(Doubt::Steps);
        }
        if !self.suppose(&mut state, roots) {
            return Ok(None);
        }
        let Some(parts) = self.next(&state) else {
            return Ok(self.leaf(&state));
        };
        if !state.is_solved && state.lines.len() > 1 {
            match self.solved(&state) {
                Answer::Clash(_) => return Ok(None),
                Answer::Holds(_) | Answer::Unsure => state.is_solved = true,
            }
        }
        let (node, children) = parts;
        state.open.remove(&node);
        for (n, child) in children.iter().enumerate() {
            let mut roots = vec![*child];
            // What was tried before is left aside, where that supposes nothing new.
            for before in children.iter().take(n) {
                roots.extend(self.opposite(*before));
            }
            let found = self.branch(state.clone(), roots)?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// The opposite of a plain supposition, if it is known and nothing is doubtful in it.
    fn opposite(&self, node: Node) -> Option<Node> {
        match self.world.forms.get(node) {
            Form::Fact(fact, _) if !self.is_doubtful(node) => {
                let n = self.world.facts.get(*fact)?.values.len();
                self.world.forms.known_not(node, n)
            }
            Form::Line(..) if !self.is_doubtful(node) => self.world.forms.known_not(node, 0),
            _ => None,
        }
    }

    /// Takes formulas for true, with all that follows at once. False where that cannot be.
    fn suppose(&self, state: &mut State, roots: Vec<Node>) -> bool {
        let mut open = roots;
        loop {
            while let Some(node) = open.pop() {
                match self.world.forms.get(node) {
                    Form::Truth(true) => {}
                    Form::Truth(false) => return false,
                    Form::All(nodes) => open.extend(nodes),
                    Form::Any(_) => {
                        state.open.insert(node);
                    }
                    Form::Fact(fact, mask) => {
                        if !self.suppose_fact(state, *fact, *mask) {
                            return false;
                        }
                    }
                    Form::Line(line, against) => {
                        if !self.suppose_line(state, line, *against) {
                            return false;
                        }
                    }
                }
            }
            // Alternatives of which one is left follow as well.
            let mut known = BTreeMap::new();
            for node in state.open.clone() {
                let Form::Any(children) = self.world.forms.get(node) else {
                    continue;
                };
                let mut left = Vec::new();
                let mut is_met = false;
                for child in children {
                    match self.truth(state, *child, &mut known) {
                        Truth::True => is_met = true,
                        Truth::Unknown => left.push(*child),
                        Truth::False => {}
                    }
                }
                match left.as_slice() {
                    _ if is_met => {
                        state.open.remove(&node);
                    }
                    [] => return false,
                    [only] => {
                        state.open.remove(&node);
                        open.push(*only);
                    }
                    _ => {}
                }
            }
            if open.is_empty() {
                return true;
            }
        }
    }

    fn suppose_fact(&self, state: &mut State, fact: usize, mask: u64) -> bool {
        let known = self.world.facts.get(fact);
        let all = known.map_or(0, |fact| fact.mask);
        let held = state.facts.entry(fact).or_insert(all);
        *held &= mask;
        state.doubts.extend(known.and_then(|fact| fact.doubt));
        *held != 0
    }

    fn suppose_line(&self, state: &mut State, line: &Line, against: Against) -> bool {
        match self.line_truth(state, line, against) {
            Truth::True => return true,
            Truth::False => return false,
            Truth::Unknown => {}
        }
        let numbers = line.terms.keys().filter_map(|n| self.world.numbers.get(*n));
        state
            .doubts
            .extend(numbers.filter_map(|number| number.doubt));
        let mut terms = line.terms.iter();
        let (Some((number, factor)), None) = (terms.next(), terms.next()) else {
            state.lines.insert((line.clone(), against));
            state.is_solved = false;
            return true;
        };
        let Some(limit) = (-line.plus.clone()).checked_div(factor) else {
            return false;
        };
        let set = match (against, factor.is_negative()) {
            (Against::Equal, _) => Set::point(limit),
            (Against::AtMost, false) => Set::at_most(limit),
            (Against::AtMost, true) => Set::at_least(limit),
            (Against::Below, false) => Set::below(limit),
            (Against::Below, true) => Set::above(limit),
        };
        match self.range(state, *number).intersect(&set) {
            Some(range) => {
                state.ranges.insert(*number, range);
                state.is_solved = false;
                true
            }
            None => false,
        }
    }

    /// What a number may be.
    fn range(&self, state: &State, number: usize) -> Set {
        let known = state.ranges.get(&number).cloned();
        known.unwrap_or_else(|| {
            let number = self.world.numbers.get(number);
            number.map_or_else(Set::all, |number| number.bounds.clone())
        })
    }

    fn line_truth(&self, state: &State, line: &Line, against: Against) -> Truth {
        if line.terms.len() > 1 && state.lines.contains(&(line.clone(), against)) {
            return Truth::True;
        }
        let zero = Exact::from(0);
        let mut sum = Set::point(line.plus.clone());
        for (number, factor) in &line.terms {
            sum = sum.add(&self.range(state, *number).scale(factor));
        }
        let op = match against {
            Against::AtMost => Comparison::Le,
            Against::Below => Comparison::Lt,
            Against::Equal => Comparison::Eq,
        };
        compare(op, &sum, &Set::point(zero))
    }

    /// What is known of a formula under what is supposed.
    fn truth(&self, state: &State, node: Node, known: &mut BTreeMap<Node, Truth>) -> Truth {
        if let Some(truth) = known.get(&node) {
            return *truth;
        }
        let truth = match self.world.forms.get(node) {
            Form::Truth(truth) => Truth::from(*truth),
            Form::All(nodes) => {
                let mut all = Truth::True;
                for node in nodes {
                    all = all.and(self.truth(state, *node, known));
                    if all == Truth::False {
                        break;
                    }
                }
                all
            }
            // It is taken for true already.
            Form::Any(_) if state.open.contains(&node) => Truth::True,
            Form::Any(nodes) => {
                let mut any = Truth::False;
                for node in nodes {
                    any = any.or(self.truth(state, *node, known));
                    if any == Truth::True {
                        break;
                    }
                }
                any
            }
            Form::Fact(fact, mask) => {
                let all = self.world.facts.get(*fact).map_or(0, |fact| fact.mask);
                let held = state.facts.get(fact).copied().unwrap_or(all);
                match () {
                    () if held & mask == 0 => Truth::False,
                    () if held & !mask == 0 => Truth::True,
                    () => Truth::Unknown,
                }
            }
            Form::Line(line, against) => self.line_truth(state, line, *against),
        };
        known.insert(node, truth);
        truth
    }

    /// The alternatives that are taken next: the fewest, those without doubt first.
    fn next(&self, state: &State) -> Option<(Node, Vec<Node>)> {
        let mut known = BTreeMap::new();
        let mut best: Option<(Node, Vec<Node>)> = None;
        for node in &state.open {
            let Form::Any(children) = self.world.forms.get(*node) else {
                continue;
            };
            let mut left: Vec<Node> = Vec::new();
            for child in children {
                if self.truth(state, *child, &mut known) != Truth::False {
                    left.push(*child);
                }
            }
            if best
                .as_ref()
                .is_none_or(|(_, best)| left.len() < best.len())
            {
                best = Some((*node, left));
            }
        }
        let (node, mut left) = best?;
        left.sort_by_key(|child| self.is_doubtful(*child));
        Some((node, left))
    }

    /// Whether a plain supposition is about something that is not looked into.
    fn is_doubtful(&self, node: Node) -> bool {
        match self.world.forms.get(node) {
            Form::Fact(fact, _) => {
                let fact = self.world.facts.get(*fact);
                fact.is_some_and(|fact| fact.doubt.is_some())
            }
            Form::Line(line, _) => {
                let mut numbers = line.terms.keys().filter_map(|n| self.world.numbers.get(*n));
                numbers.any(|number| number.doubt.is_some())
            }
            Form::All(nodes) => nodes.iter().any(|node| self.is_doubtful(*node)),
            _ => false,
        }
    }

    /// Values under which all that is supposed holds.
    fn leaf(&mut self, state: &State) -> Option<Point> {
        // A table has days of this time: those first, where there are any.
        let near = self.with_days_near(state);
        let solved = near.and_then(|near| match self.solved(&near) {
            Answer::Holds(numbers) => Some((near, numbers)),
            _ => None,
        });
        let (state, numbers) = match solved {
            Some(solved) => solved,
            None => match self.solved(state) {
                Answer::Holds(numbers) => (state.clone(), numbers),
                Answer::Clash(_) => return None,
                Answer::Unsure => {
                    self.doubt.get_or_insert(Doubt::Solver);
                    return None;
                }
            },
        };
        if let Some(doubt) = state.doubts.iter().next() {
            self.doubt.get_or_insert(*doubt);
            return None;
        }
        let point = self.rounded(&state, numbers);
        if point.is_none() {
            self.doubt.get_or_insert(Doubt::Print);
        }
        point
    }

    /// The numbers that stand in a sum with others, in order.
    fn together(state: &State) -> Vec<usize> {
        let lines = state.lines.iter();
        let all: BTreeSet<usize> = lines
            .flat_map(|(line, _)| line.terms.keys().copied())
            .collect();
        all.into_iter().collect()
    }

    /// Values of the numbers that stand in sums with others.
    fn solved(&mut self, state: &State) -> Answer {
        let numbers = Self::together(state);
        if numbers.is_empty() {
            return Answer::Holds(Vec::new());
        }
        self.n_systems += 1;
        if self.n_systems > MOST_SYSTEMS {
            return Answer::Unsure;
        }
        let place = |number: &usize| numbers.binary_search(number).unwrap_or_default();
        let mut constraints = Vec::new();
        for (line, against) in &state.lines {
            constraints.push(Constraint {
                terms: line
                    .terms
                    .iter()
                    .map(|(number, factor)| (place(number), factor.clone()))
                    .collect(),
                relation: match against {
                    Against::AtMost => Relation::AtMost,
                    Against::Below => Relation::Below,
                    Against::Equal => Relation::Equal,
                },
                bound: -line.plus.clone(),
            });
        }
        for (n, number) in numbers.iter().enumerate() {
            constraints.extend(ends(n, &self.range(state, *number)));
        }
        solve(&System {
            n_variables: numbers.len(),
            constraints,
        })
    }
}

/// A range as constraints.
fn ends(number: usize, range: &Set) -> Vec<Constraint> {
    let mut found = Vec::new();
    if let Some(value) = range.as_point() {
        found.push(Constraint {
            terms: vec![(number, Exact::from(1))],
            relation: Relation::Equal,
            bound: value.clone(),
        });
        return found;
    }
    let sides: [(&End, i64); 2] = [(range.lo(), -1), (range.hi(), 1)];
    for (end, sign) in sides {
        let Some(value) = end.value() else { continue };
        let sign = Exact::from(sign);
        found.push(Constraint {
            bound: value * &sign,
            terms: vec![(number, sign)],
            relation: match end.is_closed() {
                true => Relation::AtMost,
                false => Relation::Below,
            },
        });
    }
    found
}
