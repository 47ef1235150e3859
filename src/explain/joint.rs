//! The smallest change of all figures of a goal together that turns the answer, and of the facts of a
//! decision together that comes to another outcome.
//!
//! Each change is counted in units of the last printed digit of its figure, which is its relative
//! change over its relative precision. The largest of these counts is made least, and then their sum:
//! the sum alone would move one figure, which the single changes tell already. A found change is told
//! only where the evaluator says that it turns the answer.

use std::collections::{BTreeMap, BTreeSet};

use super::decision::outcomes_message;
use super::{Cx, Node, NodeKind};
use crate::cases::{Case, cases};
use crate::eval::{Frame, Outcomes, Tried, try_outcomes};
use crate::explain::{Shown, Unit};
use crate::message::Message;
use crate::model::Rule;
use crate::number::{Exact, Rounding};
use crate::program::{InputId, Root, TermId, TermKind, VersionProgram};
use crate::set::{Set, Truth};
use crate::verdict::Verdict;

mod least;
mod moved;

use least::{Largest, Posed};
use moved::{Figures, Moved, most, rounded, told};

/// Figures that are changed together.
const MOST_FIGURES: usize = 40;

/// Figures that are told one by one.
const MOST_NAMED: usize = 12;

/// A change that was found.
struct Change {
    /// The values of all figures.
    values: Vec<Exact>,
    /// Where no figure moves by more steps, nothing turns.
    less: Exact,
    /// Nothing turns where all move by fewer steps, and `less` is the first count that is enough.
    is_below: bool,
}

/// Why no change was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    /// Conditions are not made of sums.
    Form,
    /// They rest on figures of many bodies.
    Bodies,
    /// Figures that no change is sought of are ranges, or missing.
    Open,
    /// Too many figures.
    Many,
    /// Read as printed, it is met in several ways.
    Printed,
    /// Nothing that was found could be verified.
    Unsure,
    /// No values within the bounds.
    Bounds,
    /// No values at all.
    Never,
}

impl Why {
    fn key(self) -> &'static str {
        match self {
            Why::Form => "joint-why-form",
            Why::Bodies => "joint-why-bodies",
            Why::Open => "joint-why-open",
            Why::Many => "joint-why-many",
            Why::Printed => "joint-why-printed",
            Why::Unsure => "joint-why-unsure",
            Why::Bounds => "joint-why-bounds",
            Why::Never => "joint-why-never",
        }
    }

    /// Whether it was found out that there is no change.
    fn is_known(self) -> bool {
        matches!(self, Why::Bounds | Why::Never)
    }
}

impl Cx<'_> {
    /// The smallest change of all figures together; nothing where the answer is open or rests on
    /// one figure.
    pub(super) fn joint(
        &self,
        frame: &Frame,
        rows: &[usize],
        root: &Root,
        address: &str,
    ) -> Option<Node> {
        let wanted = match self.answer() {
            Truth::True => false,
            Truth::False => true,
            Truth::Unknown => return None,
        };
        let mut moved = self.moved(frame, rows, &frame.inputs);
        let is_whole = self.with_bodies(frame, &mut moved);
        if moved.len() < 2 {
            let node = || self.not_found(Why::Bodies, address);
            return (!is_whole).then(node);
        }
        let truth = Truth::from(wanted);
        let turns = |tried: &[Tried]| self.turned(frame, root, tried) == truth;
        match self.nearest(frame, rows, root.term, wanted, &moved, &turns) {
            Ok(change) => {
                let address = format!("{address}/joint");
                let outcome = if wanted { "flip-met" } else { "flip-not-met" };
                let outcome = Message::new(outcome);
                let is_told = told(&moved, &change.values).count() > 1;
                let node = || {
                    let mut node = self.told(frame, &moved, &change, outcome, address);
                    if !is_whole {
                        let address = format!("{}/bodies", node.address);
                        let message = Message::new("explain-joint-bodies");
                        node.children
                            .push(Node::new(address, NodeKind::Flip, message));
                    }
                    node
                };
                is_told.then(node)
            }
            Err(why) => Some(self.not_found(why, address)),
        }
    }

    /// Why no change of several figures together is told.
    fn not_found(&self, why: Why, address: &str) -> Node {
        let key = match why.is_known() {
            true => "explain-joint-none",
            false => "explain-joint-unknown",
        };
        let message = Message::new(key).with("why", Message::new(why.key()));
        Node::new(format!("{address}/joint"), NodeKind::Flip, message)
    }

    /// The smallest change of all facts that are numbers, for each outcome that a decision does not
    /// come to; but for those that a change of one fact comes to, which is told already.
    pub(super) fn joint_outcomes(
        &self,
        rule: &Rule,
        program: &VersionProgram,
        frame: &Frame,
        rows: &[usize],
        alone: Outcomes,
    ) -> Vec<Node> {
        let row = &self.trace.row;
        let asked = self.inputs_below(&program.outcomes);
        let moved = self.moved(frame, rows, &asked);
        if row.verdict != Verdict::Decided || moved.len() < 2 {
            return Vec::new();
        }
        let mut nodes = Vec::new();
        let mut without: BTreeMap<Why, Outcomes> = BTreeMap::new();
        for (formula, place) in program.outcomes.iter().zip(0u16..) {
            let one = Outcomes::NONE.with(place);
            if row.possible.contains(place) {
                continue;
            }
            let turns = |tried: &[Tried]| {
                let said = try_outcomes(
                    self.program,
                    self.submission,
                    self.options,
                    self.rule,
                    tried,
                    self.trace.row.entity,
                    self.memory,
                );
                said == (true, one)
            };
            match self.nearest(frame, rows, *formula, true, &moved, &turns) {
                Ok(change) => {
                    let is_single = told(&moved, &change.values).count() < 2;
                    if is_single && alone.contains(place) {
                        continue;
                    }
                    let outcome =
                        Message::new("joint-outcome").with("outcomes", outcomes_message(rule, one));
                    let address = format!("{}/joint/{place}", rule.id);
                    nodes.push(self.told(frame, &moved, &change, outcome, address));
                }
                Err(why) => {
                    let known = without.entry(why).or_insert(Outcomes::NONE);
                    *known = known.union(one);
                }
            }
        }
        for (why, outcomes) in without {
            let key = match why.is_known() {
                true => "explain-joint-none-outcome",
                false => "explain-joint-unknown-outcome",
            };
            let message = Message::new(key)
                .with("outcomes", outcomes_message(rule, outcomes))
                .with("why", Message::new(why.key()));
            let address = format!("{}/joint/{}", rule.id, why.key());
            nodes.push(Node::new(address, NodeKind::Flip, message));
        }
        nodes
    }

    /// The figures that stand below some terms.
    fn inputs_below(&self, terms: &[TermId]) -> Vec<InputId> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut open = terms.to_vec();
        while let Some(term) = open.pop() {
            if !seen.insert(term) {
                continue;
            }
            let kind = &self.program.terms[term].kind;
            if let TermKind::Input(input) | TermKind::Derived(input, _) = kind {
                found.insert(*input);
            }
            open.extend(kind.operands());
        }
        found.into_iter().collect()
    }

    /// The nearest change after which a term is as wanted, where `turns` agrees.
    fn nearest(
        &self,
        frame: &Frame,
        rows: &[usize],
        term: TermId,
        wanted: bool,
        moved: &[Moved],
        turns: &dyn Fn(&[Tried]) -> bool,
    ) -> Result<Change, Why> {
        if moved.len() > MOST_FIGURES {
            return Err(Why::Many);
        }
        let known = Figures {
            cx: self,
            frame,
            row: *rows.first().ok_or(Why::Unsure)?,
            moved,
        };
        let cases = cases(self.program, &known, term, wanted);
        let cases = cases.ok_or_else(|| known.why_not(term))?;
        if cases.len() > 1 && moved.iter().any(|one| one.is_printed) {
            return Err(Why::Printed);
        }
        let mut found: Vec<(Largest, Posed)> = Vec::new();
        for case in &cases {
            let posed = Posed::of(moved, case, true)?;
            if let Some(largest) = posed.smallest()? {
                found.push((largest, posed));
            }
        }
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        let Some((smallest, posed)) = found.first() else {
            return Err(never(moved, &cases));
        };
        let is_so = |values: &Vec<Exact>| {
            let both = || moved.iter().zip(values);
            both().all(|(one, value)| one.bounds.contains(value))
                && turns(
                    &both()
                        .map(|(one, value)| one.tried(value))
                        .collect::<Vec<_>>(),
                )
        };
        // Whole digits, where these are enough, as a table would print them.
        let whole = smallest.whole();
        let of_whole = found.iter().filter(|(other, _)| other.whole() == whole);
        for (_, posed) in of_whole {
            let mut tried = in_digits(moved, posed, &whole).into_iter();
            if let Some(values) = tried.find(|it| most(moved, it) <= whole && is_so(it)) {
                return Ok(Change {
                    values,
                    less: &whole - &Exact::from(1),
                    is_below: false,
                });
            }
        }
        let values = finer(moved, posed, smallest).into_iter().find(is_so);
        Ok(Change {
            values: values.ok_or(Why::Unsure)?,
            less: smallest.steps.clone(),
            is_below: !smallest.is_more,
        })
    }

    fn told(
        &self,
        frame: &Frame,
        moved: &[Moved],
        change: &Change,
        outcome: Message,
        address: String,
    ) -> Node {
        let count = Unit::plain();
        let (key, rounding) = match change.is_below {
            _ if change.less.is_zero() => ("explain-joint-least", Rounding::Down),
            true => ("explain-joint-below", Rounding::Down),
            false => ("explain-joint", Rounding::Down),
        };
        let stays = match self.trace.row.verdict {
            Verdict::Decided => "joint-stays-outcome",
            _ => "joint-stays",
        };
        let message = Message::new(key)
            .with("outcome", outcome)
            .with("stays", Message::new(stays))
            .with("less", count.amount(&change.less, rounding));
        let mut all: Vec<(&Moved, &Exact)> = told(moved, &change.values).collect();
        if all.len() > MOST_NAMED {
            all.sort_by_key(|(one, value)| std::cmp::Reverse(one.steps(value).abs()));
        }
        let figures = all.into_iter().map(|(one, value)| {
            let figure = &self.program.inputs[one.input].figure;
            let unit = Unit::of_figure(self.program, figure);
            let set = Set::point(value.clone());
            let shown = Shown {
                set: set.clone(),
                unit: unit.clone(),
            };
            let from = one.from(value);
            let off = value - &from;
            let relative = off.checked_div(&from.abs());
            let key = match &relative {
                _ if off.is_zero() => "explain-joint-figure-stays",
                Some(_) => "explain-joint-figure",
                None => "explain-joint-figure-nothing",
            };
            let steps = one.steps(value);
            let percent = Unit::percent();
            let message = Message::new(key)
                .with("figure", self.name_of(frame, one))
                .with("value", &shown)
                .with("steps", count.signed(&steps))
                .with("relative", percent.signed(&relative.unwrap_or_default()));
            let whose = &self.submission.entities[one.entity].id;
            let address = match one.entity == self.trace.row.entity {
                true => format!("{address}/{}", self.input_key(one.input)),
                false => format!("{address}/{}@{whose}", self.input_key(one.input)),
            };
            Node::new(address, NodeKind::Flip, message).with_set(set, unit)
        });
        let mut children: Vec<Node> = figures.collect();
        if children.len() > MOST_NAMED {
            let others = children.len() - MOST_NAMED;
            children.truncate(MOST_NAMED);
            let message = Message::new("explain-joint-others").with("count", others);
            let address = format!("{address}/others");
            children.push(Node::new(address, NodeKind::Flip, message));
        }
        Node::new(address, NodeKind::Flip, message).with_children(children)
    }
}

/// Why no case holds, whatever the figures are within their bounds.
fn never(moved: &[Moved], cases: &[Case]) -> Why {
    let can_be = cases.iter().any(|case| {
        let posed = Posed::of(moved, case, false);
        posed.is_ok_and(|posed| !matches!(posed.smallest(), Ok(None)))
    });
    if can_be { Why::Bounds } else { Why::Never }
}

/// Values to try in whole digits, none of them further than so many, the nearest first: where a limit is
/// only approached, one figure has to go one further, or all that move.
fn in_digits(moved: &[Moved], posed: &Posed, whole: &Exact) -> Vec<Vec<Exact>> {
    let one = Exact::from(1);
    let Some(near) = posed.values(moved, whole, false) else {
        return Vec::new();
    };
    let near = rounded(moved, &near, &one);
    let with = |at: usize, sign: i64| {
        let (figure, value) = (moved.get(at)?, near.get(at)?);
        let value = value + &(&figure.step * &Exact::from(sign));
        let is_near = figure.steps(&value).abs() <= *whole && figure.bounds.contains(&value);
        is_near.then_some(value)
    };
    let mut all = vec![near.clone()];
    let mut together = near.clone();
    for at in 0..moved.len() {
        let counted = moved.get(at).zip(near.get(at));
        let sign = counted.map_or(0, |(one, value)| one.steps(value).signum());
        for further in [1, -1].into_iter().filter(|it| it * sign >= 0) {
            let Some(value) = with(at, i64::from(further)) else {
                continue;
            };
            let mut single = near.clone();
            for (values, is_it) in [(&mut single, true), (&mut together, sign != 0)] {
                if let Some(own) = values.get_mut(at).filter(|_| is_it) {
                    own.clone_from(&value);
                }
            }
            all.push(single);
        }
    }
    all.push(together);
    let some = posed.some(moved, whole);
    all.extend(some.map(|some| rounded(moved, &some, &one)));
    all
}

/// Values to try where whole digits are too coarse, the plainest first: a hundredth of the last printed
/// digit and finer, at the change or a thousandth of it beyond.
fn finer(moved: &[Moved], posed: &Posed, smallest: &Largest) -> Vec<Vec<Exact>> {
    let hundredth = Exact::ratio(1, 100).unwrap_or_default();
    let thousandth = Exact::ratio(1, 1000).unwrap_or_default();
    let mut all = Vec::new();
    if let Some(at) = posed.values(moved, &smallest.steps, true) {
        let both = || moved.iter().zip(&at);
        let further = both().map(|(one, value)| {
            let off = value - &one.from(value);
            value + &(&off * &thousandth)
        });
        let further: Vec<Exact> = further.collect();
        if !smallest.is_more {
            all.push(rounded(moved, &at, &hundredth));
            all.push(at.clone());
        }
        all.push(rounded(moved, &further, &hundredth));
        all.push(further);
    }
    let more = (&smallest.steps * &thousandth).max(thousandth);
    all.extend(posed.some(moved, &(&smallest.steps + &more)));
    all
}
