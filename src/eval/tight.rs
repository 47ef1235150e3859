//! Comparisons in which a figure stands more than once.
//!
//! One figure is one unknown: x - x is 0. The difference of both sides is
//! enclosed by its slope in each repeated figure: where it only rises or only
//! falls, its extremes lie at the ends of the figure's set and are exact. A slope
//! whose sign the sets leave open is written out, so that what cancels does so.
//! Elsewhere the plain enclosure stands, marked loose.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::Marks;
use super::rational::Rational;
use super::run::Frame;
use super::steps::{enclosing, kernel};
use crate::number::{Exact, Number, Toward};
use crate::program::{InputId, Program, TermId, TermKind};
use crate::set::{Comparison, End, Set, Truth};

mod slopes;

use slopes::slope_of;

/// Compares two terms that share figures. Also says whether the enclosure may be too wide.
pub(super) fn compare<N: Number>(
    program: &Program,
    frame: &Frame<N>,
    op: Comparison,
    left: TermId,
    right: TermId,
    row: usize,
) -> (Truth, bool) {
    let zero = Set::<N>::point(N::zero());
    let cx = Cx::new(program, frame, &[left, right], row);
    let enclosed = cx.difference(left, right);
    match enclosed {
        Some((set, is_loose)) => (
            crate::set::compare(op, &set, &zero),
            is_loose || cx.is_shared,
        ),
        None => match (frame.number(left, row), frame.number(right, row)) {
            (Some(a), Some(b)) => (crate::set::compare(op, a, b), true),
            _ => (Truth::Unknown, true),
        },
    }
}

/// The possible values of the difference of two terms that share figures.
pub(crate) fn difference<N: Number>(
    program: &Program,
    frame: &Frame<N>,
    left: TermId,
    right: TermId,
    row: usize,
) -> Option<Set<N>> {
    Cx::new(program, frame, &[left, right], row)
        .difference(left, right)
        .map(|(set, _)| set)
}

/// The possible values of one term, tight in figures that it uses more than once.
pub(super) fn enclose<N: Number>(
    program: &Program,
    frame: &Frame<N>,
    term: TermId,
    row: usize,
) -> Option<(Set<N>, bool)> {
    let plain = frame.number(term, row)?.clone();
    if plain.is_point() {
        return Some((plain, false));
    }
    let cx = Cx::new(program, frame, &[term], row);
    if cx.unknowns.is_empty() {
        return Some((plain, cx.is_shared));
    }
    Some(cx.value(&[(false, term)]).unwrap_or((plain, true)))
}

struct Cx<'a, N> {
    program: &'a Program,
    frame: &'a Frame<N>,
    row: usize,
    /// Numbers below the roots, operands first.
    terms: Vec<TermId>,
    /// Figures that are used more than once and are not known exactly.
    unknowns: Vec<TermId>,
    /// What is said of many rests on a figure that is used elsewhere too.
    is_shared: bool,
}

/// A value and its slope in each unknown.
#[derive(Clone)]
struct Dual<N> {
    value: Set<N>,
    slopes: BTreeMap<TermId, Set<N>>,
}

impl<'a, N: Number> Cx<'a, N> {
    fn new(program: &'a Program, frame: &'a Frame<N>, roots: &[TermId], row: usize) -> Self {
        let mut uses: BTreeMap<TermId, usize> = BTreeMap::new();
        let mut seen: BTreeSet<TermId> = BTreeSet::new();
        let mut open: Vec<TermId> = roots.to_vec();
        while let Some(term) = open.pop() {
            *uses.entry(term).or_insert(0) += 1;
            if !seen.insert(term) {
                continue;
            }
            open.extend(parts(program, frame, term, row));
        }
        // A figure below a term that is used twice is used twice.
        let mut counts = uses.clone();
        for term in seen.iter().rev() {
            let n = counts.get(term).copied().unwrap_or(1);
            if n > 1 {
                for part in parts(program, frame, *term, row) {
                    counts
                        .entry(part)
                        .and_modify(|count| *count = (*count).max(n));
                }
            }
        }
        let is_unknown = |term: &TermId| {
            let is_figure = match program.terms[*term].kind {
                TermKind::Input(_) => true,
                TermKind::Derived(..) => parts(program, frame, *term, row).is_empty(),
                TermKind::Aggregate(_) | TermKind::Composite(..) => true,
                _ => false,
            };
            let is_open = frame.number(*term, row).is_some_and(|set| !set.is_point());
            is_figure && is_open && counts.get(term).is_some_and(|n| *n > 1)
        };
        let unknowns = seen.iter().copied().filter(is_unknown).collect();
        Cx {
            program,
            frame,
            row,
            is_shared: is_shared(program, frame, &seen, row),
            terms: seen.into_iter().collect(),
            unknowns,
        }
    }

    fn difference(&self, left: TermId, right: TermId) -> Option<(Set<N>, bool)> {
        self.value(&[(false, left), (true, right)])
    }

    /// The possible values of a sum of roots.
    fn value(&self, roots: &[(bool, TermId)]) -> Option<(Set<N>, bool)> {
        let plain = self.at(roots, &BTreeMap::new())?;
        if self.unknowns.is_empty() {
            return Some((plain, false));
        }
        let written = self.written(roots);
        let (set, is_loose) = match self.corners(roots, &plain, written.as_ref()) {
            Some((tight, is_loose)) => match tight.intersect(&plain) {
                // Both enclose the truth, so what they have in common does.
                Some(both) => (both, is_loose),
                None => (tight, is_loose),
            },
            None => (plain, true),
        };
        let sign = written.and_then(|written| written.sign(&|term| self.known(term)));
        Some((
            sign.map_or(set.clone(), |sign| signed(&set, &sign)),
            is_loose,
        ))
    }

    /// The values between the corners, where the sum only rises or only falls in each unknown;
    /// also whether an end that no figure has may be too far out.
    fn corners(
        &self,
        roots: &[(bool, TermId)],
        plain: &Set<N>,
        written: Option<&Rational>,
    ) -> Option<(Set<N>, bool)> {
        let slopes = self.slopes(roots);
        let zero = Set::<N>::point(N::zero());
        let is = |op, slope: &Set<N>| crate::set::compare(op, slope, &zero) == Truth::True;
        let is_settled = |slope: &Set<N>| is(Comparison::Ge, slope) || is(Comparison::Le, slope);
        let (mut low, mut high) = (Some(BTreeMap::new()), Some(BTreeMap::new()));
        let (mut is_low_open, mut is_high_open) = (false, false);
        for unknown in &self.unknowns {
            let set = self.frame.number(*unknown, self.row)?;
            let known = slopes.as_ref().and_then(|slopes| slopes.get(unknown));
            let slope = match known.filter(|slope| is_settled(slope)) {
                Some(slope) => slope.clone(),
                None => written?.slope(*unknown, &|term| self.known(term))?,
            };
            if !is_settled(&slope) {
                return None;
            }
            if slope == zero {
                // It cancels out, so any of its values will do.
                let any = Set::point(inside(set));
                for fixed in [&mut low, &mut high].into_iter().flatten() {
                    fixed.insert(*unknown, any.clone());
                }
                continue;
            }
            // An end that is not reached stays unreached only where the slope is never flat.
            let is_strict = is(Comparison::Ne, &slope);
            let (first, last) = if is(Comparison::Ge, &slope) {
                (set.lo(), set.hi())
            } else {
                (set.hi(), set.lo())
            };
            is_low_open |= is_strict && !first.is_closed();
            is_high_open |= is_strict && !last.is_closed();
            for (fixed, end) in [(&mut low, first), (&mut high, last)] {
                match (fixed.as_mut(), end.value()) {
                    (Some(fixed), Some(value)) => {
                        fixed.insert(*unknown, Set::point(value.clone()));
                    }
                    _ => *fixed = None,
                }
            }
        }
        let is_far =
            (low.is_none() || high.is_none()) && !written.is_some_and(Rational::is_polynomial);
        let corner =
            |fixed: Option<BTreeMap<TermId, Set<N>>>| fixed.map(|fixed| self.at(roots, &fixed));
        let (lo, is_lo_lost) = match corner(low) {
            Some(Some(low)) => (opened(low.lo(), is_low_open), false),
            lost => (plain.lo().clone(), lost.is_some()),
        };
        let (hi, is_hi_lost) = match corner(high) {
            Some(Some(high)) => (opened(high.hi(), is_high_open), false),
            lost => (plain.hi().clone(), lost.is_some()),
        };
        Some((Set::new(lo, hi)?, is_far || is_lo_lost || is_hi_lost))
    }

    /// What is known of a term in this row.
    fn known(&self, term: TermId) -> Option<Set<N>> {
        self.frame.number(term, self.row).cloned()
    }

    /// A sum of roots written out as a quotient of polynomials in what is not known exactly.
    fn written(&self, roots: &[(bool, TermId)]) -> Option<Rational> {
        let mut done: BTreeMap<TermId, Rational> = BTreeMap::new();
        let mut has_unknown: BTreeSet<TermId> = self.unknowns.iter().copied().collect();
        for term in &self.terms {
            let kind = &self.program.terms[*term].kind;
            let operands = parts(self.program, self.frame, *term, self.row);
            let is_open = operands.iter().any(|part| has_unknown.contains(part));
            let rational = if let Some(value) = self.frame.number(*term, self.row)?.as_point() {
                Rational::constant(value.to_exact())
            } else if !is_open {
                // Whatever it is computed from, it is met once and stands for itself.
                Rational::variable(*term)
            } else if matches!(kind, TermKind::Choose(..)) {
                done.get(&self.chosen(kind)?)?.clone()
            } else {
                let parts: Option<Vec<&Rational>> =
                    operands.iter().map(|part| done.get(part)).collect();
                Rational::step(kind, &parts?)?
            };
            if is_open {
                has_unknown.insert(*term);
            }
            done.insert(*term, rational);
        }
        let mut total = Rational::constant(Exact::from(0));
        for (is_minus, root) in roots {
            total = total.add(done.get(root)?, if *is_minus { -1 } else { 1 })?;
        }
        Some(total)
    }

    /// The value of a sum of roots with some figures held fast.
    fn at(&self, roots: &[(bool, TermId)], fixed: &BTreeMap<TermId, Set<N>>) -> Option<Set<N>> {
        let mut values: BTreeMap<TermId, Set<N>> = BTreeMap::new();
        for term in &self.terms {
            let kind = &self.program.terms[*term].kind;
            let operands = parts(self.program, self.frame, *term, self.row);
            let value = match fixed.get(term) {
                Some(set) => Some(set.clone()),
                None if operands.is_empty() => self.frame.number(*term, self.row).cloned(),
                None if matches!(kind, TermKind::Choose(..)) => {
                    let chosen = self.chosen(kind)?;
                    values.get(&chosen).cloned()
                }
                None => {
                    let sets: Vec<&Set<N>> = operands
                        .iter()
                        .filter_map(|operand| values.get(operand))
                        .collect();
                    if sets.len() == operands.len() {
                        kernel(kind, &sets, self.frame.period)
                    } else {
                        None
                    }
                }
            };
            values.insert(*term, value?);
        }
        let mut total = Set::<N>::point(N::zero());
        for (is_minus, root) in roots {
            let value = values.get(root)?;
            total = if *is_minus {
                total.sub(value)
            } else {
                total.add(value)
            };
        }
        Some(total)
    }

    /// The branch of a choice whose condition is known.
    fn chosen(&self, kind: &TermKind) -> Option<TermId> {
        let TermKind::Choose(condition, yes, no) = kind else {
            return None;
        };
        match self.frame.truth(*condition, self.row)? {
            Truth::True => Some(*yes),
            Truth::False => Some(*no),
            Truth::Unknown => None,
        }
    }

    fn slopes(&self, roots: &[(bool, TermId)]) -> Option<BTreeMap<TermId, Set<N>>> {
        let mut duals: BTreeMap<TermId, Dual<N>> = BTreeMap::new();
        for term in &self.terms {
            let dual = self.dual(*term, &duals)?;
            duals.insert(*term, dual);
        }
        let mut total: BTreeMap<TermId, Set<N>> = BTreeMap::new();
        for unknown in &self.unknowns {
            let mut slope = Set::<N>::point(N::zero());
            for (is_minus, root) in roots {
                let part = slope_of(duals.get(root)?, *unknown);
                slope = if *is_minus {
                    slope.sub(&part)
                } else {
                    slope.add(&part)
                };
            }
            total.insert(*unknown, slope);
        }
        Some(total)
    }

    fn dual(&self, term: TermId, duals: &BTreeMap<TermId, Dual<N>>) -> Option<Dual<N>> {
        let kind = &self.program.terms[term].kind;
        if self.unknowns.contains(&term) {
            let value = self.frame.number(term, self.row)?.clone();
            let slopes = BTreeMap::from([(term, enclosing::<N>(&Exact::from(1)))]);
            return Some(Dual { value, slopes });
        }
        let operands = parts(self.program, self.frame, term, self.row);
        if operands.is_empty() {
            let value = self.frame.number(term, self.row)?.clone();
            return Some(Dual {
                value,
                slopes: BTreeMap::new(),
            });
        }
        if let TermKind::Choose(..) = kind {
            return duals.get(&self.chosen(kind)?).cloned();
        }
        let parts: Vec<&Dual<N>> = operands
            .iter()
            .filter_map(|operand| duals.get(operand))
            .collect();
        if parts.len() != operands.len() {
            return None;
        }
        let values: Vec<&Set<N>> = parts.iter().map(|part| &part.value).collect();
        let value = kernel(kind, &values, self.frame.period)?;
        let mut slopes = BTreeMap::new();
        for unknown in &self.unknowns {
            if parts.iter().any(|part| part.slopes.contains_key(unknown)) {
                slopes.insert(*unknown, self.slope(kind, &parts, &value, *unknown)?);
            }
        }
        Some(Dual { value, slopes })
    }
}

/// Whether what is said of many rests on a figure that stands elsewhere as well, so that both are
/// not free of each other.
fn is_shared<N: Number>(
    program: &Program,
    frame: &Frame<N>,
    terms: &BTreeSet<TermId>,
    row: usize,
) -> bool {
    let mut seen: BTreeSet<InputId> = BTreeSet::new();
    let mut is_shared = false;
    let is_open = |term: &&TermId| frame.number(**term, row).is_some_and(|set| !set.is_point());
    let many = |term: &TermId| {
        let kind = &program.terms[*term].kind;
        matches!(kind, TermKind::Aggregate(_) | TermKind::Composite(..))
    };
    if !terms.iter().filter(is_open).any(many) {
        return false;
    }
    for term in terms.iter().filter(is_open) {
        let reads = match &program.terms[*term].kind {
            TermKind::Input(input) | TermKind::Derived(input, _) => vec![*input],
            TermKind::Aggregate(id) => program.aggregates[*id].reads().collect(),
            TermKind::Composite(_, parts) => reads(program, parts),
            _ => Vec::new(),
        };
        for input in reads {
            is_shared |= !seen.insert(input);
        }
    }
    is_shared
}

/// The figures that what is said of many bodies rests on, each once.
fn reads(program: &Program, terms: &[TermId]) -> Vec<InputId> {
    let mut all: BTreeSet<InputId> = BTreeSet::new();
    for term in terms {
        if let TermKind::Aggregate(id) = program.terms[*term].kind {
            all.extend(program.aggregates[id].reads());
        }
    }
    all.into_iter().collect()
}

/// Whether what is said of many bodies rests on one figure in several terms.
pub(super) fn share_figures(program: &Program, terms: &[TermId]) -> bool {
    let alone = terms.iter().map(|term| reads(program, &[*term]).len());
    alone.sum::<usize>() > reads(program, terms).len()
}

/// The numbers that a number is computed from in a row.
fn parts<N: Number>(program: &Program, frame: &Frame<N>, term: TermId, row: usize) -> Vec<TermId> {
    match &program.terms[term].kind {
        // A score stands for itself: its elements are met nowhere else, or it is marked.
        TermKind::Input(_) | TermKind::Number(_) | TermKind::Composite(..) => Vec::new(),
        // The published figure stands for itself; only where it is missing do its parts count.
        TermKind::Derived(_, inner) => match frame.marks(term, row).contains(Marks::DERIVED) {
            true => vec![*inner],
            false => Vec::new(),
        },
        TermKind::Choose(_, yes, no) => vec![*yes, *no],
        other if other.is_truth() => Vec::new(),
        other => other.operands(),
    }
}

/// Any value of a set; not an end that it does not reach.
fn inside<N: Number>(set: &Set<N>) -> N {
    let (lo, hi) = (set.lo(), set.hi());
    let one = Exact::from(1);
    let exact = match (lo.value(), hi.value()) {
        (Some(value), _) if lo.is_closed() => return value.clone(),
        (_, Some(value)) if hi.is_closed() => return value.clone(),
        (Some(lo), Some(hi)) => {
            let sum = &lo.to_exact() + &hi.to_exact();
            sum.checked_div(&Exact::from(2)).unwrap_or(sum)
        }
        (Some(lo), None) => &lo.to_exact() + &one,
        (None, Some(hi)) => &hi.to_exact() - &one,
        (None, None) => one,
    };
    N::from_exact(&exact, Toward::Down)
}

/// The values of a set that have a sign which another set of the same sign shows.
fn signed<N: Number>(set: &Set<N>, sign: &Set<N>) -> Set<N> {
    let zero = || N::zero();
    let is = |op| crate::set::compare(op, sign, &Set::point(zero())) == Truth::True;
    let half = if is(Comparison::Eq) {
        Set::point(zero())
    } else if is(Comparison::Gt) {
        Set::above(zero())
    } else if is(Comparison::Lt) {
        Set::below(zero())
    } else if is(Comparison::Ge) {
        Set::at_least(zero())
    } else if is(Comparison::Le) {
        Set::at_most(zero())
    } else {
        return set.clone();
    };
    set.intersect(&half).unwrap_or_else(|| set.clone())
}

fn opened<N: Number>(end: &End<N>, is_open: bool) -> End<N> {
    match end {
        End::Closed(value) if is_open => End::Open(value.clone()),
        other => other.clone(),
    }
}
