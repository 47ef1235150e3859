//! The change of one figure that would turn the answer, found exactly.
//!
//! With the other figures held fast, a comparison turns where the difference of
//! its sides is zero. Where that difference is a quotient of linear terms in the
//! figure, or a root of one, the place is exact; of a power it is enclosed. The goal
//! is then evaluated at each such place and between them, by the evaluator itself.
//! Only values that the declared bounds allow are told.

use super::{Cx, Node, NodeKind, as_number};
use crate::eval::{Frame, Tried, listed, try_values};
use crate::message::Message;
use crate::model::Kind;
use crate::number::Exact;
use crate::program::{InputId, Root, TermId, TermKind, at};
use crate::set::{Comparison, Set, Truth};

mod curve;
mod places;
mod told;

pub(super) use told::within;

/// Places at which one figure is tried.
const MOST_PLACES: usize = 40;

/// Why it is not known where the answer turns with a figure.
#[derive(Debug, Clone, Copy)]
pub(super) enum Why {
    /// It stands there in another form.
    Form,
    /// Other figures beside it are ranges, or missing.
    Open,
    /// There are too many places.
    Many,
}

impl Cx<'_> {
    /// For each figure of a goal, the nearest values that turn the answer.
    pub(super) fn flips(
        &self,
        frame: &Frame,
        rows: &[usize],
        root: &Root,
        address: &str,
    ) -> Vec<Node> {
        let mut nodes = Vec::new();
        let Some(row) = rows.first().copied() else {
            return nodes;
        };
        nodes.extend(self.many_flip(frame, row, root, address));
        for (n, input) in frame.inputs.iter().enumerate() {
            let known = &self.program.inputs[*input];
            let indicator = &self.program.model.indicators[known.figure.indicator];
            // Another row of evidence is no change of a figure.
            if known.baseline.is_some() || indicator.evidence.is_some() {
                continue;
            }
            let address = format!("{address}/flip{n}");
            let Some(current) = self.current(frame, rows, *input) else {
                continue;
            };
            if matches!(indicator.kind, Kind::YesNo | Kind::OneOf | Kind::Text) {
                nodes.extend(self.other_words(frame, root, *input, &address));
                continue;
            }
            match self.regions(frame, root, *input) {
                Ok(regions) => {
                    let told = self.flip_nodes(frame, rows, *input, &current, &regions, &address);
                    nodes.extend(told);
                }
                Err(why) => nodes.push(self.not_analysed(frame, *input, why, address)),
            }
        }
        nodes
    }

    /// The other words of a fact that is one of a few, where they turn the answer.
    fn other_words(
        &self,
        frame: &Frame,
        root: &Root,
        input: InputId,
        address: &str,
    ) -> Option<Node> {
        let indicator = self.program.inputs[input].figure.indicator;
        let wanted = match self.answer() {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown => return None,
        };
        let tried = listed(&self.program.model, indicator)?.into_iter();
        let sets: Vec<Set> = tried
            .map(Set::point)
            .filter(|set| self.tried(frame, root, input, set.clone()) == wanted)
            .collect();
        if sets.is_empty() || sets.len() > MOST_PLACES {
            return None;
        }
        let outcome = Message::new(match wanted {
            Truth::True => "flip-met",
            _ => "flip-not-met",
        });
        let message = Message::new("explain-flip-word")
            .with("figure", self.input_name(frame, input))
            .with("range", self.range(input, &sets))
            .with("outcome", outcome);
        Some(Node::new(address.to_owned(), NodeKind::Flip, message))
    }

    /// The answer with another value of one figure.
    fn tried(&self, frame: &Frame, root: &Root, input: InputId, set: Set) -> Truth {
        let entity = self.trace.row.entity;
        self.turned(frame, root, &[Tried { input, entity, set }])
    }

    /// The answer with other values of some figures, by the evaluator.
    pub(super) fn turned(&self, frame: &Frame, root: &Root, tried: &[Tried]) -> Truth {
        try_values(
            self.program,
            self.submission,
            self.options,
            root,
            frame.period,
            self.trace.reading,
            tried,
            self.trace.row.entity,
            self.memory,
        )
    }

    pub(super) fn input_name(&self, frame: &Frame, input: InputId) -> Message {
        let input = &self.program.inputs[input];
        self.figure_name(&input.figure, at(input.at, frame.period))
    }

    /// What the rows that decide take for a figure: all that any of its claims allows.
    pub(super) fn current(&self, frame: &Frame, rows: &[usize], input: InputId) -> Option<Set> {
        let term = self.term_of(frame, input)?;
        let mut sets = rows.iter().map(|row| frame.number(term, *row));
        let first = sets.next()??.clone();
        sets.try_fold(first, |all, set| Some(all.hull(set?)))
    }

    /// The values of a figure, cut where the answer may turn, with the answer in each part; nothing
    /// where it turns nowhere.
    fn regions(
        &self,
        frame: &Frame,
        root: &Root,
        input: InputId,
    ) -> Result<Vec<(Set, Truth)>, Why> {
        let places = self.places(frame, root, &root.terms, input)?;
        let answer = |value: &Exact| self.tried(frame, root, input, Set::point(value.clone()));
        let one = Exact::from(1);
        let half = Exact::ratio(1, 2).unwrap_or_default();
        let mut parts: Vec<(Set, Truth)> = Vec::new();
        let Some(first) = places.first() else {
            return Ok(parts);
        };
        parts.push((Set::below(first.clone()), answer(&(first - &one))));
        for (n, place) in places.iter().enumerate() {
            parts.push((Set::point(place.clone()), answer(place)));
            let Some(next) = places.get(n + 1) else {
                parts.push((Set::above(place.clone()), answer(&(place + &one))));
                continue;
            };
            let between = Set::open(place.clone(), next.clone()).ok_or(Why::Form)?;
            // Somewhere between two such ends lies a root.
            let truth = match as_number(&between) {
                Some(_) => Truth::Unknown,
                None => answer(&(&(place + next) * &half)),
            };
            parts.push((between, truth));
        }
        let mut merged: Vec<(Set, Truth)> = Vec::new();
        for (set, truth) in parts {
            match merged.last_mut() {
                Some((last, known)) if *known == truth => *last = last.hull(&set),
                _ => merged.push((set, truth)),
            }
        }
        Ok(merged)
    }

    pub(super) fn answer(&self) -> Truth {
        use crate::verdict::Verdict;
        match self.trace.row.verdict {
            Verdict::Pass => Truth::True,
            Verdict::Fail => Truth::False,
            Verdict::Waived | Verdict::Undetermined | Verdict::Decided | Verdict::NotApplicable => {
                Truth::Unknown
            }
            Verdict::Pending => {
                let settled = self.trace.goals.last().and_then(|run| run.settled.first());
                settled.map_or(Truth::Unknown, |settled| settled.truth)
            }
        }
    }

    fn term_of(&self, frame: &Frame, input: InputId) -> Option<TermId> {
        frame.columns.keys().copied().find(|term| {
            matches!(&self.program.terms[*term].kind,
                TermKind::Input(known) | TermKind::Derived(known, _) if *known == input)
        })
    }
}

/// The key of a relation in words; of days where `true`.
pub(crate) fn rel_key(op: Comparison, is_day: bool) -> &'static str {
    match (op, is_day) {
        (Comparison::Lt, false) => "rel-lt",
        (Comparison::Le, false) => "rel-le",
        (Comparison::Gt, false) => "rel-gt",
        (Comparison::Ge, false) => "rel-ge",
        (Comparison::Eq, false) => "rel-eq",
        (Comparison::Ne, false) => "rel-ne",
        (Comparison::Lt, true) => "rel-lt-day",
        (Comparison::Le, true) => "rel-le-day",
        (Comparison::Gt, true) => "rel-gt-day",
        (Comparison::Ge, true) => "rel-ge-day",
        (Comparison::Eq, true) => "rel-eq-day",
        (Comparison::Ne, true) => "rel-ne-day",
    }
}
