//! The change of one figure that would turn the answer, found exactly.
//!
//! With the other figures held fast, a comparison turns where the difference of
//! its sides is zero. Where that difference is a quotient of linear terms in the
//! figure, or a root of one, the place is exact; of a power it is enclosed. The goal
//! is then evaluated at each such place and between them, by the evaluator itself.
//! Only values that the declared bounds allow are told.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cx, Node, NodeKind, as_number};
use crate::eval::{Frame, Pick, Tried, listed, try_values};
use crate::message::Message;
use crate::model::Kind;
use crate::number::Exact;
use crate::program::{InputId, Root, TermId, TermKind, at, years_between};
use crate::set::{Comparison, Set, Truth};

mod curve;
mod told;

use curve::{Bend, Curve};
pub(super) use told::within;

/// Places at which one figure is tried.
const MOST_PLACES: usize = 40;

/// Ways in which a number may depend on one figure that are looked at: of a smallest, each of its
/// operands is one.
const MOST_CURVES: usize = 12;

/// The highest degree of a root, and the highest power, that are looked at.
const MOST_DEGREE: u32 = 200;
const MOST_POWER: u32 = 12;

/// Every way in which a number may depend on one figure, wherever the figure lies.
type Curves = Option<Vec<Curve>>;

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

    /// The values of a figure at which a comparison among some terms of a root may turn, in order.
    pub(super) fn places(
        &self,
        frame: &Frame,
        root: &Root,
        terms: &[TermId],
        input: InputId,
    ) -> Result<Vec<Exact>, Why> {
        let resting = self.resting(root, input);
        let mut places: Vec<Exact> = Vec::new();
        for (row, spec) in frame.rows.iter().enumerate() {
            // What claims to other figures have in common is one of them, where each is one number.
            if spec.pick != Pick::Meet {
                places.extend(self.places_in(frame, row, root, terms, input, &resting)?);
            }
        }
        places.sort();
        places.dedup();
        match places.len() > MOST_PLACES {
            true => Err(Why::Many),
            false => Ok(places),
        }
    }

    /// The same with the claims of one row.
    fn places_in(
        &self,
        frame: &Frame,
        row: usize,
        root: &Root,
        terms: &[TermId],
        input: InputId,
        resting: &BTreeSet<TermId>,
    ) -> Result<Vec<Exact>, Why> {
        let curves = self.curves(frame, row, root, input, resting);
        let mut places: Vec<Exact> = Vec::new();
        for term in terms.iter().filter(|term| resting.contains(term)) {
            let TermKind::Compare(_, left, right, _) = &self.program.terms[*term].kind else {
                continue;
            };
            let known = |term| curves.get(term).and_then(Option::as_ref);
            let why = || self.why_not(frame, row, *term, input, resting);
            let (Some(left), Some(right)) = (known(left), known(right)) else {
                return Err(why());
            };
            // A number may bend or jump where a smallest or a choice takes another operand. A
            // comparison turns only where the one that counts there crosses, or where the
            // condition of a choice turns, which is looked at as well.
            for (left, right) in pairs(left, right).ok_or(Why::Many)? {
                let minus = right.scale(&Exact::from(-1));
                let difference = left.add(&minus).ok_or_else(why)?;
                if difference.as_constant().is_none() {
                    places.extend(difference.turns().ok_or_else(why)?);
                }
            }
        }
        Ok(places)
    }

    /// The terms of a root that rest on a figure.
    fn resting(&self, root: &Root, input: InputId) -> BTreeSet<TermId> {
        let mut resting = BTreeSet::new();
        for term in &root.terms {
            let kind = &self.program.terms[*term].kind;
            let is_own = match kind {
                TermKind::Input(own) | TermKind::Derived(own, _) => *own == input,
                TermKind::Aggregate(id) => {
                    let mut reads = self.program.aggregates[*id].reads();
                    reads.any(|read| read == input)
                }
                _ => false,
            };
            if is_own || kind.operands().iter().any(|it| resting.contains(it)) {
                resting.insert(*term);
            }
        }
        resting
    }

    /// Why it is not known where a comparison turns with a figure.
    fn why_not(
        &self,
        frame: &Frame,
        row: usize,
        term: TermId,
        input: InputId,
        resting: &BTreeSet<TermId>,
    ) -> Why {
        let mut open = vec![term];
        while let Some(term) = open.pop() {
            let kind = &self.program.terms[term].kind;
            let is_beside = !kind.is_truth() && !resting.contains(&term);
            if is_beside && frame.number(term, row).is_none_or(|set| !set.is_point()) {
                return Why::Open;
            }
            let is_own = matches!(kind, TermKind::Derived(own, _) if *own == input);
            if !is_own {
                open.extend(kind.operands());
            }
        }
        Why::Form
    }

    /// Every number of a goal as it depends on one figure.
    fn curves(
        &self,
        frame: &Frame,
        row: usize,
        root: &Root,
        input: InputId,
        resting: &BTreeSet<TermId>,
    ) -> BTreeMap<TermId, Curves> {
        let mut curves: BTreeMap<TermId, Curves> = BTreeMap::new();
        for term in &root.terms {
            let kind = &self.program.terms[*term].kind;
            if kind.is_truth() {
                continue;
            }
            let curve = match resting.contains(term) {
                true => self.curve(frame, row, kind, *term, input, &curves),
                false => {
                    let value = frame.number(*term, row).and_then(Set::as_point);
                    value.map(|value| vec![Curve::constant(value.clone())])
                }
            };
            curves.insert(*term, curve);
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
            TermKind::Derived(found, inner) => {
                match frame.is_derived(self.program, *found, row) {
                    true => of(inner),
                    false => point(),
                }
            }
            TermKind::Input(_) => point(),
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
            TermKind::Power(inner, n) => {
                let bend = Bend::Power((*n <= MOST_POWER).then_some(*n)?);
                Some(of(inner)?.into_iter().map(|of| of.bent(bend)).collect())
            }
            TermKind::YearsRoot(inner, from, to) => {
                let degree = years_between(*from, *to, frame.period);
                let bend = Bend::Root(degree.filter(|n| *n <= MOST_DEGREE)?);
                Some(of(inner)?.into_iter().map(|of| of.bent(bend)).collect())
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
