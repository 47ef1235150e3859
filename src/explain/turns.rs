//! What each fact of a decision would turn: the values at which it comes to something else, found
//! by evaluating it at a value of each part into which its limits cut the fact.

use std::collections::{BTreeMap, BTreeSet};

use super::decision::outcomes_message;
use super::show::Unit;
use super::{Cx, Node, NodeKind};
use crate::eval::{Frame, Outcomes, Tried, limit_of, listed, regions_of, try_outcomes};
use crate::message::{Arg, Message};
use crate::model::{Kind, Rule};
use crate::number::{Exact, Rounding};
use crate::program::{InputId, TermId, TermKind, VersionProgram, at};
use crate::set::{End, Set};
use crate::verdict::Verdict;

/// Figures with the limits that cut them.
type Asked = Vec<(InputId, BTreeSet<(Exact, bool)>)>;

/// Places at which one fact is tried.
const MOST_PLACES: usize = 40;

impl Cx<'_> {
    /// For each fact what other values of it would come to, and the outcomes that these come to.
    pub(super) fn turns(
        &self,
        rule: &Rule,
        program: &VersionProgram,
        frame: &Frame,
        rows: &[usize],
    ) -> (Vec<Node>, Outcomes) {
        let mut nodes = Vec::new();
        let mut alone = Outcomes::NONE;
        let (asked, terms) = self.asked(program);
        let root = &self.program.rules[self.rule].goal;
        for (input, mut ends) in asked {
            let places = match self.is_listed(input) {
                true => Ok(Vec::new()),
                false => self.places(frame, root, &terms, input),
            };
            match places {
                Ok(places) => {
                    let both = |place: Exact| [(place.clone(), false), (place, true)];
                    ends.extend(places.into_iter().flat_map(both));
                }
                Err(why) if self.trace.row.verdict == Verdict::Decided => {
                    let address = format!("{}/turn/{}", rule.id, self.input_key(input));
                    nodes.push(self.not_analysed(frame, input, why, address));
                }
                Err(_) => {}
            }
            let tries = self.tries(input, &ends);
            if tries.len() < 2 || tries.len() > MOST_PLACES {
                continue;
            }
            let said = |set: &Set| {
                try_outcomes(
                    self.program,
                    self.submission,
                    self.options,
                    self.rule,
                    &[Tried {
                        input,
                        entity: self.trace.row.entity,
                        set: set.clone(),
                    }],
                    self.trace.row.entity,
                    self.memory,
                )
            };
            let mut found: Vec<(Vec<Set>, (bool, Outcomes))> = Vec::new();
            let is_listed = self.is_listed(input);
            for set in tries {
                let answer = said(&set);
                let known = found.iter_mut().enumerate().rev();
                // Numbers join their neighbour, texts any that comes to the same.
                let known = known
                    .take(if is_listed { usize::MAX } else { 1 })
                    .find(|(_, (_, other))| *other == answer);
                match known {
                    Some((_, (sets, _))) => sets.push(set),
                    None => found.push((vec![set], answer)),
                }
            }
            nodes.extend(self.turn_nodes(rule, frame, rows, input, &found, &mut alone));
        }
        (nodes, alone)
    }

    /// The figures that the version in force asks for, each with the limits that cut it; and the
    /// terms below its outcomes.
    fn asked(&self, program: &VersionProgram) -> (Asked, Vec<TermId>) {
        let mut seen: BTreeSet<TermId> = BTreeSet::new();
        let mut open: Vec<TermId> = program.outcomes.clone();
        let mut found: BTreeMap<InputId, BTreeSet<(Exact, bool)>> = BTreeMap::new();
        while let Some(term) = open.pop() {
            if !seen.insert(term) {
                continue;
            }
            let kind = &self.program.terms[term].kind;
            if let Some((input, ends)) = limit_of(self.program, term) {
                found.entry(input).or_default().extend(ends);
            } else if let TermKind::Input(input) | TermKind::Derived(input, _) = kind
                && !self.is_listed(*input)
                && self.kind_of(*input) != Kind::Text
            {
                found.entry(*input).or_default();
            }
            open.extend(kind.operands());
        }
        (found.into_iter().collect(), seen.into_iter().collect())
    }

    fn kind_of(&self, input: InputId) -> Kind {
        let figure = &self.program.inputs[input].figure;
        self.program.model.indicators[figure.indicator].kind
    }

    fn is_listed(&self, input: InputId) -> bool {
        matches!(self.kind_of(input), Kind::YesNo | Kind::OneOf)
    }

    /// The values to try for a fact, each part of them alike to every case.
    fn tries(&self, input: InputId, ends: &BTreeSet<(Exact, bool)>) -> Vec<Set> {
        let figure = &self.program.inputs[input].figure;
        let model = &self.program.model;
        if let Some(values) = listed(model, figure.indicator) {
            return values.into_iter().map(Set::point).collect();
        }
        let bounds = &model.indicators[figure.indicator].bounds;
        let within = |set: Set| match bounds {
            Some(bounds) => set.intersect(bounds),
            None => Some(set),
        };
        let all = regions_of(model, figure.indicator, ends);
        let all = all.into_iter().filter_map(within);
        let unit = Unit::of_figure(self.program, figure);
        all.filter(|set| set.as_point().is_none_or(|value| is_printed(value, &unit)))
            .collect()
    }

    /// The answers that differ from the one that stands, the nearest on either side of what the
    /// fact is; all of them where it is not known.
    fn turn_nodes(
        &self,
        rule: &Rule,
        frame: &Frame,
        rows: &[usize],
        input: InputId,
        found: &[(Vec<Set>, (bool, Outcomes))],
        alone: &mut Outcomes,
    ) -> Vec<Node> {
        let row = &self.trace.row;
        let now = (row.verdict == Verdict::Decided, row.possible);
        let current = self.current(frame, rows, input);
        let is_here = |sets: &[Set]| {
            let here = current.as_ref();
            here.is_some_and(|here| sets.iter().any(|set| set.intersect(here).is_some()))
        };
        let here = found.iter().position(|(sets, _)| is_here(sets));
        let mut nodes = Vec::new();
        for (n, (sets, answer)) in found.iter().enumerate() {
            let is_possible = current.as_ref().is_none_or(|now| !now.is_point()) && is_here(sets);
            let is_possible = is_possible || current.is_none();
            let is_near = here.is_none_or(|here| self.is_listed(input) || n.abs_diff(here) <= 1);
            let is_near = is_near || is_possible;
            if *answer == now || !is_near || answer.1.count() == 0 {
                continue;
            }
            if answer.0 {
                *alone = alone.union(answer.1);
            }
            let name = &self.program.inputs[input];
            let figure = self.figure_name(&name.figure, at(name.at, frame.period));
            let key = match (!is_possible, answer.0) {
                (true, true) => "explain-turn",
                (true, false) => "explain-turn-open",
                (false, true) => "explain-settle",
                (false, false) => "explain-settle-open",
            };
            let message = Message::new(key)
                .with("figure", figure)
                .with("range", self.range(input, sets))
                .with("outcomes", outcomes_message(rule, answer.1));
            let address = format!("{}/turn/{}/{n}", rule.id, self.input_key(input));
            nodes.push(Node::new(address, NodeKind::Flip, message));
        }
        nodes
    }

    pub(super) fn input_key(&self, input: InputId) -> String {
        let figure = &self.program.inputs[input].figure;
        let indicator = &self.program.model.indicators[figure.indicator];
        match figure.breakdown.is_empty() {
            true => indicator.id.clone(),
            false => format!("{}[{}]", indicator.id, figure.breakdown),
        }
    }

    /// Values of a fact in words.
    pub(super) fn range(&self, input: InputId, sets: &[Set]) -> Message {
        let figure = &self.program.inputs[input].figure;
        let model = &self.program.model;
        if self.is_listed(input) {
            let words = sets.iter().filter_map(Set::as_point).map(|value| {
                let is_yes = *value == Exact::from(1);
                match self.kind_of(input) {
                    Kind::YesNo if is_yes => Arg::Message(Message::new("range-yes")),
                    Kind::YesNo => Arg::Message(Message::new("range-no")),
                    _ => {
                        let places = 0i64..;
                        let mut texts = model.symbols.iter().zip(places);
                        let text = texts.find(|(_, place)| Exact::from(*place) == *value);
                        match text {
                            Some((text, _)) => Arg::from(text),
                            None => Arg::Message(Message::new("range-other")),
                        }
                    }
                }
            });
            return Message::new("range-words").with("words", Arg::List(words.collect()));
        }
        let mut all = sets.iter().cloned();
        let first = all.next().unwrap_or_else(Set::all);
        let whole = all.fold(first, |all, set| all.hull(&set));
        let whole = match &model.indicators[figure.indicator].bounds {
            Some(bounds) => freed(&whole, bounds),
            None => whole,
        };
        range_message(&whole, &Unit::of_figure(self.program, figure))
    }
}

/// Whether a table can print a number; none prints a third.
pub(super) fn is_printed(value: &Exact, unit: &Unit) -> bool {
    let value = value.checked_div(&unit.factor);
    value.is_some_and(|value| value.decimal_string().is_some())
}

/// The same without the ends that are those of the declared bounds: they go without saying.
pub(super) fn freed(set: &Set, bounds: &Set) -> Set {
    let freed = |end: &End, bound: &End| match end == bound {
        true => End::Unbounded,
        false => end.clone(),
    };
    let lo = freed(set.lo(), bounds.lo());
    let hi = freed(set.hi(), bounds.hi());
    // What is at its bound itself is told as what it is.
    match set.is_point() {
        true => set.clone(),
        false => Set::new(lo, hi).unwrap_or_else(|| set.clone()),
    }
}

/// A range of numbers in words; ends that are rounded lie within it.
pub(super) fn range_message(set: &Set, unit: &Unit) -> Message {
    let shown = |end: &End, rounding| match end.value() {
        Some(value) => unit.amount(value, rounding),
        None => Arg::from(""),
    };
    if set.is_point() {
        let lo = shown(set.lo(), Rounding::HalfEven);
        return Message::new("range-point").with("lo", lo);
    }
    let key = match (set.lo(), set.hi()) {
        (End::Unbounded, End::Open(_)) => "range-below",
        (End::Unbounded, End::Closed(_)) => "range-at-most",
        (End::Closed(_), End::Unbounded) => "range-at-least",
        (End::Open(_), End::Unbounded) => "range-above",
        (End::Closed(_), End::Open(_)) => "range-from-below",
        (End::Closed(_), End::Closed(_)) => "range-from-to",
        (End::Open(_), End::Open(_)) => "range-above-below",
        (End::Open(_), End::Closed(_)) => "range-above-to",
        (End::Unbounded, End::Unbounded) => "range-any",
    };
    Message::new(key)
        .with("lo", shown(set.lo(), Rounding::Up))
        .with("hi", shown(set.hi(), Rounding::Down))
}
