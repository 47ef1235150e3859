//! Every combination of parts of the facts: conditions go in, what holds in each combination comes
//! out. Facts are cut at the limits that they are held against, so that within a part no condition
//! turns; what is no fact against a constant is unknown.

use std::collections::{BTreeMap, BTreeSet};

use super::witness::sample;
use super::{FlawKind, MOST_CELLS};
use crate::eval::{bounds_of, kleene, limit_with, listed, regions_of};
use crate::model::{Kind, Role, Type, Version};
use crate::number::Exact;
use crate::program::{InputId, Program, TermId, TermKind, VersionProgram};
use crate::set::{Set, Truth, compare};
use crate::source::Span;

/// What is found, with facts for which it shows.
type Found = (FlawKind, Vec<(InputId, Exact)>);

/// A fact with the parts of its values.
struct Fact {
    input: InputId,
    /// A value of each part, and whether it is one that somebody would print.
    parts: Vec<(Set, Exact, bool)>,
}

/// A condition on one fact, and whether it holds in each of the fact's parts.
struct Leaf {
    term: TermId,
    fact: usize,
    truths: Vec<Truth>,
}

/// The conditions of a version and the facts that they ask.
pub(super) struct Cells<'a> {
    program: &'a Program,
    facts: Vec<Fact>,
    leaves: Vec<Leaf>,
    /// Whether a fact is stated, as a condition asks it.
    asked: BTreeSet<TermId>,
    /// The terms above, operands first.
    terms: Vec<TermId>,
    /// Where presumptions are written.
    aside: BTreeSet<Span>,
    n_cells: usize,
}

/// What holds in one cell.
struct Cell(BTreeMap<TermId, Truth>);

impl Cell {
    fn of(&self, term: TermId) -> Truth {
        self.0.get(&term).copied().unwrap_or(Truth::Unknown)
    }
}

impl<'a> Cells<'a> {
    /// The cells of a version; `None` where there are too many.
    pub(super) fn of(program: &'a Program, version: &VersionProgram) -> Option<Cells<'a>> {
        let aside = version.aside.iter().map(|term| program.terms[*term].span);
        let mut cells = Cells {
            program,
            facts: Vec::new(),
            leaves: Vec::new(),
            asked: BTreeSet::new(),
            terms: Vec::new(),
            aside: aside.collect(),
            n_cells: 1,
        };
        let roots = version.cases.iter().map(|case| case.stands);
        let mut open: Vec<TermId> = roots.chain(version.outcomes.iter().copied()).collect();
        let mut seen = BTreeSet::new();
        let mut limits: BTreeMap<InputId, BTreeSet<(Exact, bool)>> = BTreeMap::new();
        let mut leaves = Vec::new();
        while let Some(term) = open.pop() {
            if !seen.insert(term) {
                continue;
            }
            if let Some((input, ends)) = cells.leaf(term) {
                limits.entry(input).or_default().extend(ends);
                leaves.push((term, input));
                continue;
            }
            match &program.terms[term].kind {
                TermKind::Present(_) => {
                    cells.asked.insert(term);
                }
                kind if is_logic(kind) => {
                    open.extend(kind.operands());
                    cells.terms.push(term);
                }
                _ => {}
            }
        }
        cells.terms.sort_unstable();
        for (input, ends) in limits {
            let parts = cells.parts(input, &ends);
            cells.n_cells = cells.n_cells.saturating_mul(parts.len());
            cells.facts.push(Fact { input, parts });
        }
        if cells.n_cells > MOST_CELLS {
            return None;
        }
        for (term, input) in leaves {
            let fact = cells.facts.iter().position(|fact| fact.input == input)?;
            let parts = &cells.facts.get(fact)?.parts;
            let truths = parts.iter().map(|(set, ..)| cells.truth(term, set));
            let truths = truths.collect();
            cells.leaves.push(Leaf { term, fact, truths });
        }
        Some(cells)
    }

    /// The fact that a condition holds against a limit. A presumption stands in for a fact with a
    /// value that the fact may have, so that nothing is lost by looking at the fact alone.
    fn leaf(&self, term: TermId) -> Option<(InputId, Vec<(Exact, bool)>)> {
        let (input, ends) = limit_with(self.program, term, |term| self.fact(term))?;
        let is_free = self.program.inputs[input].baseline.is_none();
        is_free.then_some((input, ends))
    }

    fn fact(&self, term: TermId) -> Option<InputId> {
        match &self.program.terms[term].kind {
            TermKind::Input(input) | TermKind::Derived(input, _) => Some(*input),
            TermKind::Choose(aside, fact, _) if self.is_aside(*aside) => self.fact(*fact),
            _ => None,
        }
    }

    fn is_aside(&self, term: TermId) -> bool {
        self.aside.contains(&self.program.terms[term].span)
    }

    fn parts(&self, input: InputId, ends: &BTreeSet<(Exact, bool)>) -> Vec<(Set, Exact, bool)> {
        let figure = &self.program.inputs[input].figure;
        let indicator = &self.program.model.indicators[figure.indicator];
        let points = |values: Vec<Exact>| {
            let parts = values.into_iter();
            parts
                .map(|value| (Set::point(value.clone()), value, true))
                .collect()
        };
        if let Some(values) = listed(&self.program.model, figure.indicator) {
            return points(values);
        }
        if indicator.kind == Kind::Text {
            // The texts that are asked for, and one that is none of them.
            let texts = ends.iter().map(|(value, _)| value.clone());
            let mut texts: BTreeSet<Exact> = texts.collect();
            texts.insert(Exact::from(-1));
            return points(texts.into_iter().collect());
        }
        let bounds = bounds_of(&self.program.model, figure);
        let factor = indicator.unit.as_ref().map(|unit| unit.factor.clone());
        let factor = factor.unwrap_or_else(|| Exact::from(1));
        // Of what is counted nobody prints a half.
        let is_counted = matches!(&indicator.ty, Type::Quantity(ty) if ty.role == Role::Amount);
        let parts = regions_of(&self.program.model, figure.indicator, ends).into_iter();
        let parts = parts.filter_map(|region| region.intersect(&bounds));
        let parts = parts.map(|region| {
            let (value, is_whole) = sample(&region, &factor);
            (region, value, is_whole || !is_counted)
        });
        parts.collect()
    }

    /// Whether a condition on one fact holds in a part of it.
    fn truth(&self, term: TermId, part: &Set) -> Truth {
        match &self.program.terms[term].kind {
            TermKind::IsYes(_) => compare(
                crate::set::Comparison::Eq,
                part,
                &Set::point(Exact::from(1)),
            ),
            TermKind::Compare(op, left, right, _) => {
                let number = |term: &TermId| match &self.program.terms[*term].kind {
                    TermKind::Number(value) => Some(Set::point(value.clone())),
                    _ => None,
                };
                match (number(left), number(right)) {
                    (None, Some(limit)) => compare(*op, part, &limit),
                    (Some(limit), None) => compare(*op, &limit, part),
                    _ => Truth::Unknown,
                }
            }
            _ => Truth::Unknown,
        }
    }

    /// What holds in a cell; `stated` is what is taken for whether a fact is stated.
    fn cell(&self, places: &[usize], stated: Truth) -> Cell {
        let mut known: BTreeMap<TermId, Truth> = BTreeMap::new();
        for leaf in &self.leaves {
            let place = places.get(leaf.fact).copied().unwrap_or(0);
            let truth = leaf.truths.get(place).copied();
            known.insert(leaf.term, truth.unwrap_or(Truth::Unknown));
        }
        for term in &self.asked {
            known.insert(*term, stated);
        }
        for term in &self.terms {
            let kind = &self.program.terms[*term].kind;
            let of = |term: &TermId| known.get(term).copied().unwrap_or(Truth::Unknown);
            let truth = match kind {
                TermKind::Either(aside, fact, _) if self.is_aside(*aside) => of(fact),
                kind => {
                    let values: Vec<Truth> = kind.operands().iter().map(of).collect();
                    kleene(kind, &values)
                }
            };
            known.insert(*term, truth);
        }
        Cell(known)
    }

    /// Looks at every cell.
    pub(super) fn weigh(&self, version: &Version, terms: &VersionProgram) -> Vec<Found> {
        let mut overlaps: BTreeMap<(usize, usize), Vec<(InputId, Exact)>> = BTreeMap::new();
        let mut gap: Option<Vec<(InputId, Exact)>> = None;
        let n_cases = version.cases.len();
        let mut holds = vec![false; n_cases];
        let mut applies = vec![false; n_cases];
        let mut stands = vec![false; n_cases];
        for code in 0..self.n_cells {
            let places = self.places(code);
            let may = self.cell(&places, Truth::Unknown);
            for (n, case) in terms.cases.iter().enumerate() {
                let mark = |list: &mut Vec<bool>, term| {
                    if let (Some(seen), true) = (list.get_mut(n), may.of(term) != Truth::False) {
                        *seen = true;
                    }
                };
                mark(&mut holds, case.holds);
                mark(&mut applies, case.applies);
                mark(&mut stands, case.stands);
            }
            // A witness is made of facts that somebody would print.
            if !self.is_printable(&places) {
                continue;
            }
            let cell = self.cell(&places, Truth::True);
            let is = |n: usize, wanted| {
                let case = terms.cases.get(n);
                case.is_some_and(|case| cell.of(case.stands) == wanted)
            };
            if !version.is_total()
                && gap.is_none()
                && terms
                    .outcomes
                    .iter()
                    .all(|term| cell.of(*term) == Truth::False)
            {
                gap = Some(self.witness(&places));
            }
            if version.is_ordered {
                continue;
            }
            let standing: Vec<usize> = (0..n_cases).filter(|n| is(*n, Truth::True)).collect();
            for (at, one) in standing.iter().enumerate() {
                for other in standing.iter().skip(at + 1) {
                    let outcome = |n: &usize| version.cases.get(*n).map(|case| case.outcome);
                    if outcome(one) != outcome(other) {
                        let pair = overlaps.entry((*one, *other));
                        pair.or_insert_with(|| self.witness(&places));
                    }
                }
            }
        }
        let overlaps = overlaps.into_iter();
        let overlaps = overlaps.map(|((one, other), facts)| (FlawKind::Overlap(one, other), facts));
        let mut found: Vec<Found> = overlaps.collect();
        found.extend(gap.map(|facts| (FlawKind::Gap, facts)));
        for (n, case) in version.cases.iter().enumerate() {
            // What is left over is written so that nothing is left open; it need not be used.
            if case.condition.is_none() {
                continue;
            }
            let is = |list: &[bool]| list.get(n).copied().unwrap_or(true);
            let kind = match (is(&holds), is(&applies), is(&stands)) {
                (false, ..) => FlawKind::NeverHolds(n),
                (_, false, _) => FlawKind::Shadowed(n),
                (_, _, false) => FlawKind::AlwaysBeaten(n),
                _ => continue,
            };
            found.push((kind, Vec::new()));
        }
        found
    }

    /// The parts that make up a cell.
    fn places(&self, mut code: usize) -> Vec<usize> {
        let mut places = Vec::with_capacity(self.facts.len());
        for fact in &self.facts {
            let n = fact.parts.len().max(1);
            places.push(code % n);
            code /= n;
        }
        places
    }

    fn is_printable(&self, places: &[usize]) -> bool {
        let mut parts = self.facts.iter().zip(places);
        parts.all(|(fact, place)| fact.parts.get(*place).is_some_and(|(.., is)| *is))
    }

    /// A value of each fact in a cell.
    fn witness(&self, places: &[usize]) -> Vec<(InputId, Exact)> {
        let parts = self.facts.iter().zip(places);
        let values = parts.filter_map(|(fact, place)| {
            let (_, value, _) = fact.parts.get(*place)?;
            Some((fact.input, value.clone()))
        });
        values.collect()
    }
}

/// Whether a condition is made of other conditions alone.
fn is_logic(kind: &TermKind) -> bool {
    matches!(
        kind,
        TermKind::Truth(_)
            | TermKind::Not(_)
            | TermKind::All(_)
            | TermKind::Any(_)
            | TermKind::AtLeast(..)
            | TermKind::Implies(..)
            | TermKind::Same(..)
            | TermKind::Either(..)
    )
}
