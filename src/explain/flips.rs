//! The change of one figure that would turn the answer, found exactly.
//!
//! With the other figures held fast, a comparison turns where the difference of
//! its sides is zero. Where that difference is a quotient of linear terms in the
//! figure, or a root of one, the place is exact. The goal is then evaluated at
//! each such place and between them, by the evaluator itself.

use std::collections::BTreeMap;

use super::{Cx, Node, NodeKind};
use crate::eval::{Frame, listed, try_values};
use crate::message::Message;
use crate::model::Kind;
use crate::number::{Exact, Rounding};
use crate::program::{InputId, Root, TermId, TermKind, at, years_between};
use crate::set::{Comparison, End, Set, Truth};

mod curve;

use curve::Curve;

/// Places at which one figure is tried.
const MOST_PLACES: usize = 40;

/// Ways in which a number may depend on one figure that are looked at: of a smallest, each of its
/// operands is one.
const MOST_CURVES: usize = 12;

/// Every way in which a number may depend on one figure, wherever the figure lies.
type Curves = Option<Vec<Curve>>;

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
            match self.regions(frame, row, root, *input) {
                Some(regions) => {
                    nodes.extend(self.flip_nodes(frame, *input, &current, &regions, &address))
                }
                None => {
                    let message = Message::new("explain-flip-unknown")
                        .with("figure", self.input_name(frame, *input));
                    nodes.push(Node::new(address, NodeKind::Flip, message));
                }
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
            .filter(|set| self.tried(frame, root, &(input, set.clone())) == wanted)
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
    fn tried(&self, frame: &Frame, root: &Root, tried: &(InputId, Set)) -> Truth {
        try_values(
            self.program,
            self.submission,
            self.options,
            root,
            frame.period,
            self.trace.reading,
            std::slice::from_ref(tried),
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

    /// The values of a figure, cut where the answer may turn, with the answer in each part.
    fn regions(
        &self,
        frame: &Frame,
        row: usize,
        root: &Root,
        input: InputId,
    ) -> Option<Vec<(Set, Truth)>> {
        let mut places: Vec<Exact> = Vec::new();
        let curves = self.curves(frame, row, root, input);
        for term in &root.terms {
            match &self.program.terms[*term].kind {
                TermKind::Compare(_, left, right, _) => {
                    let (left, right) = (curves.get(left)?.as_ref()?, curves.get(right)?.as_ref()?);
                    // A number may bend or jump where a smallest or a choice takes another operand. A
                    // comparison turns only where the one that counts there crosses, or where the
                    // condition of a choice turns, which is looked at as well.
                    for (left, right) in pairs(left, right)? {
                        let difference = left.add(&right.scale(&Exact::from(-1)))?;
                        if difference.as_constant().is_none() {
                            places.extend(difference.turns()?);
                        }
                    }
                }
                TermKind::IsYes(_) => return None,
                _ => {}
            }
        }
        places.sort();
        places.dedup();
        if places.is_empty() || places.len() > MOST_PLACES {
            return None;
        }
        let answer = |value: &Exact| self.tried(frame, root, &(input, Set::point(value.clone())));
        let one = Exact::from(1);
        let half = Exact::ratio(1, 2)?;
        let mut parts: Vec<(Set, Truth)> = Vec::new();
        let first = places.first()?;
        parts.push((Set::below(first.clone()), answer(&(first - &one))));
        for (n, place) in places.iter().enumerate() {
            parts.push((Set::point(place.clone()), answer(place)));
            match places.get(n + 1) {
                Some(next) => {
                    let middle = &(place + next) * &half;
                    parts.push((Set::open(place.clone(), next.clone())?, answer(&middle)));
                }
                None => parts.push((Set::above(place.clone()), answer(&(place + &one)))),
            }
        }
        let mut merged: Vec<(Set, Truth)> = Vec::new();
        for (set, truth) in parts {
            match merged.last_mut() {
                Some((last, known)) if *known == truth => *last = last.hull(&set),
                _ => merged.push((set, truth)),
            }
        }
        Some(merged)
    }

    /// Every number of a goal as it depends on one figure.
    fn curves(
        &self,
        frame: &Frame,
        row: usize,
        root: &Root,
        input: InputId,
    ) -> BTreeMap<TermId, Curves> {
        let mut curves: BTreeMap<TermId, Curves> = BTreeMap::new();
        for term in &root.terms {
            let kind = &self.program.terms[*term].kind;
            if !kind.is_truth() {
                let curve = self.curve(frame, row, kind, *term, input, &curves);
                curves.insert(*term, curve);
            }
        }
        curves
    }

    fn curve(
        &self,
        frame: &Frame,
        row: usize,
        kind: &TermKind,
        term: TermId,
        input: InputId,
        known: &BTreeMap<TermId, Curves>,
    ) -> Curves {
        let of = |term: &TermId| known.get(term).cloned().flatten();
        let point = || {
            frame
                .number(term, row)?
                .as_point()
                .cloned()
                .map(|value| vec![Curve::constant(value)])
        };
        match kind {
            TermKind::Number(value) => Some(vec![Curve::constant(value.clone())]),
            TermKind::Input(found) | TermKind::Derived(found, _) if *found == input => {
                Some(vec![Curve::x()])
            }
            TermKind::Input(_) | TermKind::Derived(..) => point(),
            TermKind::Negative(inner) => {
                let minus = Exact::from(-1);
                Some(of(inner)?.iter().map(|one| one.scale(&minus)).collect())
            }
            TermKind::Sum(terms) => {
                let mut total = vec![Curve::constant(Exact::from(0))];
                for (is_minus, term) in terms {
                    let sign = Exact::from(if *is_minus { -1 } else { 1 });
                    total = both(&total, &of(term)?, |a, b| a.add(&b.scale(&sign)))?;
                }
                Some(total)
            }
            TermKind::Product(factors) => {
                let mut total = vec![Curve::constant(Exact::from(1))];
                for (is_divisor, term) in factors {
                    total = both(&total, &of(term)?, |a, b| match is_divisor {
                        true => a.mul(&b.recip()?),
                        false => a.mul(b),
                    })?;
                }
                Some(total)
            }
            TermKind::Power(inner, 1) => of(inner),
            TermKind::YearsRoot(inner, from, to) => {
                let degree = years_between(*from, *to, frame.period).filter(|n| *n <= 200)?;
                let root = |of: Curve| Curve::Root {
                    of: Box::new(of),
                    degree,
                    factor: Exact::from(1),
                    plus: Exact::from(0),
                };
                Some(of(inner)?.into_iter().map(root).collect())
            }
            TermKind::Min(items) | TermKind::Max(items) => {
                few(items.iter().map(of).collect::<Option<Vec<_>>>()?.concat())
            }
            TermKind::Choose(_, yes, no) => few([of(yes)?, of(no)?].concat()),
            TermKind::Abs(inner) => {
                let own = of(inner)?;
                let turned = own.iter().map(|one| one.scale(&Exact::from(-1)));
                few(own.iter().cloned().chain(turned).collect())
            }
            // Any other power bends, and where it turns need be no fraction.
            TermKind::Power(inner, _) => {
                let is_fixed = |one: &Curve| one.as_constant().is_some();
                of(inner)?.iter().all(is_fixed).then(point)?
            }
            // What is said of many may bend anywhere with the figure of one of them.
            TermKind::Aggregate(id)
                if self.program.aggregates[*id]
                    .reads()
                    .any(|read| read == input) =>
            {
                None
            }
            TermKind::Composite(_, parts) if parts.iter().any(|part| of(part).is_none()) => None,
            // A day moved by months or working days goes in steps.
            TermKind::Moved(..) | TermKind::Worked(..) => {
                let is_fixed = |part: &TermId| {
                    let all = of(part)?;
                    all.iter()
                        .all(|one| one.as_constant().is_some())
                        .then_some(())
                };
                kind.operands().iter().try_for_each(is_fixed)?;
                point()
            }
            _ => point(),
        }
    }

    fn flip_nodes(
        &self,
        frame: &Frame,
        input: InputId,
        current: &Set,
        regions: &[(Set, Truth)],
        address: &str,
    ) -> Vec<Node> {
        let now = self.answer();
        let wanted: Vec<Truth> = match now {
            Truth::True => vec![Truth::False],
            Truth::False => vec![Truth::True],
            Truth::Unknown => vec![Truth::True, Truth::False],
        };
        let mut nodes = Vec::new();
        for wanted in wanted {
            let found = regions.iter().filter(|(_, truth)| *truth == wanted);
            let nearest =
                found.min_by(|(a, _), (b, _)| distance(current, a).cmp(&distance(current, b)));
            if let Some((region, _)) = nearest {
                let address = format!("{address}/{}", nodes.len());
                nodes.extend(self.flip_node(frame, input, current, region, wanted, address));
            }
        }
        nodes
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

    fn flip_node(
        &self,
        frame: &Frame,
        input: InputId,
        current: &Set,
        region: &Set,
        wanted: Truth,
        address: String,
    ) -> Option<Node> {
        let figure = &self.program.inputs[input].figure;
        let unit = self.figure_unit(figure);
        let is_above = match (current.hi().value(), region.lo().value()) {
            (Some(hi), Some(lo)) => lo >= hi,
            (None, Some(_)) => {
                region.hi() == &End::Unbounded && current.lo().value() < region.lo().value()
            }
            (_, None) => false,
        };
        let (end, op) = if is_above {
            let op = if region.lo().is_closed() {
                Comparison::Ge
            } else {
                Comparison::Gt
            };
            (region.lo().value(), op)
        } else {
            let op = if region.hi().is_closed() {
                Comparison::Le
            } else {
                Comparison::Lt
            };
            (region.hi().value(), op)
        };
        // A region in the middle of the current set is told by its own lower end.
        let (end, op) = match end {
            Some(end) => (end.clone(), op),
            None => {
                let op = if region.lo().is_closed() {
                    Comparison::Ge
                } else {
                    Comparison::Gt
                };
                (region.lo().value()?.clone(), op)
            }
        };
        let from = match op {
            Comparison::Ge | Comparison::Gt => current.hi().value(),
            _ => current.lo().value(),
        };
        // Rounded into the region, so that the number shown turns the answer as well.
        let inward = match op {
            Comparison::Ge | Comparison::Gt => Rounding::Up,
            _ => Rounding::Down,
        };
        let outcome = Message::new(if wanted == Truth::True {
            "flip-met"
        } else {
            "flip-not-met"
        });
        let mut message = Message::new("explain-flip")
            .with("figure", self.input_name(frame, input))
            .with("op", Message::new(rel_key(op, unit.is_day)))
            .with("limit", unit.amount(&end, inward))
            .with("outcome", outcome);
        // Where the printed set reaches into the region, nothing has to move.
        let is_apart = current.intersect(region).is_none();
        if let Some(from) = from.filter(|from| is_apart && **from != end) {
            let ty = &self.program.terms[self.term_of(frame, input)?].ty;
            let change = unit.clone().of_difference(ty);
            let change = change.amount(&(&end - from), Rounding::HalfEven);
            message = Message {
                // Of a range only the nearest value turns with this change; the others need more.
                key: match current.as_point() {
                    Some(_) => "explain-flip-by",
                    None => "explain-flip-by-least",
                },
                ..message
            }
            .with("change", change);
        }
        let mut node = Node::new(address, NodeKind::Flip, message).with_set(region.clone(), unit);
        node.claims = Vec::new();
        Some(node)
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

/// Every pair of two lists; nothing where there are too many.
fn pairs<'c>(left: &'c [Curve], right: &'c [Curve]) -> Option<Vec<(&'c Curve, &'c Curve)>> {
    let all = left.iter().flat_map(|a| right.iter().map(move |b| (a, b)));
    (left.len().saturating_mul(right.len()) <= MOST_CURVES).then(|| all.collect())
}

/// Every pair of two lists, taken together.
fn both(left: &[Curve], right: &[Curve], join: impl Fn(&Curve, &Curve) -> Option<Curve>) -> Curves {
    let all = pairs(left, right)?.into_iter().map(|(a, b)| join(a, b));
    all.collect()
}

fn few(all: Vec<Curve>) -> Curves {
    (all.len() <= MOST_CURVES).then_some(all)
}

/// How far a region is from a set; 0 where they meet.
fn distance(current: &Set, region: &Set) -> Exact {
    current.gap(region).unwrap_or_default()
}
