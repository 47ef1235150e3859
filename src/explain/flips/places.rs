//! Where a comparison turns with one figure, the others held fast: at one number each, or at the ends
//! of what they may be.

use std::collections::{BTreeMap, BTreeSet};

use super::curve::{Bend, Curve};
use super::{MOST_PLACES, Why};
use crate::eval::{Frame, Pick};
use crate::explain::Cx;
use crate::number::Exact;
use crate::program::{InputId, Root, TermId, TermKind, years_between};
use crate::set::Set;

/// Ways in which a number may depend on one figure that are looked at: of a smallest, each of its
/// operands is one.
const MOST_CURVES: usize = 12;

/// The highest degree of a root, and the highest power, that are looked at.
const MOST_DEGREE: u32 = 200;
const MOST_POWER: u32 = 12;

/// Every way in which a number may depend on one figure, wherever the figure lies.
type Curves = Option<Vec<Curve>>;

/// Choices of ends of ranges that are looked at.
const MOST_CORNERS: usize = 16;

impl Cx<'_> {
    /// The values of a figure at which a comparison among some terms of a root may turn, in order.
    pub(in crate::explain) fn places(
        &self,
        frame: &Frame,
        root: &Root,
        terms: &[TermId],
        input: InputId,
    ) -> Result<Vec<Exact>, Why> {
        let resting = self.resting(root, input);
        let mut places: Vec<Exact> = Vec::new();
        for (row, spec) in frame.rows.iter().enumerate() {
            // What claims to other figures have in common ends where some of them do.
            if spec.pick == Pick::Meet {
                continue;
            }
            let open = self.open_beside(frame, row, terms, &resting)?;
            for corner in corners(open)? {
                let curves = self.curves(frame, row, root, input, (&resting, &corner));
                places.extend(self.places_in(frame, row, terms, &resting, &curves)?);
            }
        }
        places.sort();
        places.dedup();
        match places.len() > MOST_PLACES {
            true => Err(Why::Many),
            false => Ok(places),
        }
    }

    /// The same with the claims of one row, and one end of each that is a range.
    fn places_in(
        &self,
        frame: &Frame,
        row: usize,
        terms: &[TermId],
        resting: &BTreeSet<TermId>,
        curves: &BTreeMap<TermId, Curves>,
    ) -> Result<Vec<Exact>, Why> {
        let mut places: Vec<Exact> = Vec::new();
        for term in terms.iter().filter(|term| resting.contains(term)) {
            let TermKind::Compare(_, left, right, _) = &self.program.terms[*term].kind else {
                continue;
            };
            let known = |term| curves.get(term).and_then(Option::as_ref);
            let why = || self.why_not(frame, row, *term, resting);
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

    /// What stands beside a figure in its comparisons and is a range, by its term.
    ///
    /// A comparison that is monotone in it turns, for all of its values or for none, where it turns
    /// at one of its ends; what is no such range is none that is known.
    fn open_beside(
        &self,
        frame: &Frame,
        row: usize,
        terms: &[TermId],
        resting: &BTreeSet<TermId>,
    ) -> Result<BTreeMap<TermId, Set>, Why> {
        let mut open = BTreeMap::new();
        for term in terms.iter().filter(|term| resting.contains(term)) {
            let TermKind::Compare(_, left, right, is_repeated) = self.program.terms[*term].kind
            else {
                continue;
            };
            let mut below = vec![(left, false), (right, false)];
            while let Some((term, is_multiplied)) = below.pop() {
                let kind = &self.program.terms[term].kind;
                let set = frame.number(term, row);
                if kind.is_truth() || set.is_some_and(Set::is_point) {
                    continue;
                }
                let is_multiplied = match kind {
                    TermKind::Product(_) => true,
                    TermKind::Sum(_)
                    | TermKind::Negative(_)
                    | TermKind::Min(_)
                    | TermKind::Max(_)
                    | TermKind::YearsRoot(..)
                    | TermKind::Input(_)
                    | TermKind::Derived(..)
                    | TermKind::Aggregate(_) => is_multiplied,
                    _ if resting.contains(&term) => is_multiplied,
                    _ => return Err(Why::Open),
                };
                let operands = match kind {
                    TermKind::Derived(own, inner) => {
                        let is_derived = frame.is_derived(self.program, *own, row);
                        is_derived.then_some(*inner).into_iter().collect()
                    }
                    other => other.operands(),
                };
                if !operands.is_empty() {
                    below.extend(operands.into_iter().map(|it| (it, is_multiplied)));
                    continue;
                }
                if resting.contains(&term) {
                    continue;
                }
                let set = set.ok_or(Why::Open)?;
                let is_whole = set.width().is_some() && !set.closure().contains_zero();
                if is_repeated || is_multiplied && !is_whole {
                    return Err(Why::Open);
                }
                open.insert(term, set.clone());
            }
        }
        Ok(open)
    }

    /// Why it is not known where a comparison turns with a figure.
    fn why_not(&self, frame: &Frame, row: usize, term: TermId, resting: &BTreeSet<TermId>) -> Why {
        let mut open = vec![term];
        while let Some(term) = open.pop() {
            let kind = &self.program.terms[term].kind;
            let is_beside = !kind.is_truth() && !resting.contains(&term);
            if is_beside && frame.number(term, row).is_none() {
                return Why::Open;
            }
            open.extend(kind.operands());
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
        (resting, corner): (&BTreeSet<TermId>, &BTreeMap<TermId, Exact>),
    ) -> BTreeMap<TermId, Curves> {
        let mut curves: BTreeMap<TermId, Curves> = BTreeMap::new();
        for term in &root.terms {
            let kind = &self.program.terms[*term].kind;
            if kind.is_truth() {
                continue;
            }
            let fixed = match resting.contains(term) {
                true => None,
                false => corner
                    .get(term)
                    .or_else(|| frame.number(*term, row)?.as_point()),
            };
            let curve = match fixed {
                Some(value) => Some(vec![Curve::constant(value.clone())]),
                None => self.curve(frame, row, kind, *term, input, &curves),
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
            TermKind::Derived(found, inner) => match frame.is_derived(self.program, *found, row) {
                true => of(inner),
                false => point(),
            },
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
}

/// Every choice of an end of each range.
fn corners(open: BTreeMap<TermId, Set>) -> Result<Vec<BTreeMap<TermId, Exact>>, Why> {
    let mut all = vec![BTreeMap::new()];
    for (term, set) in open {
        let ends = [set.lo(), set.hi()];
        let ends: Vec<&Exact> = ends.into_iter().filter_map(|end| end.value()).collect();
        if ends.is_empty() {
            return Err(Why::Open);
        }
        let with = |corner: &BTreeMap<TermId, Exact>, end: &Exact| {
            let mut corner = corner.clone();
            corner.insert(term, end.clone());
            corner
        };
        let next = all
            .iter()
            .flat_map(|corner| ends.iter().map(move |end| with(corner, end)));
        all = next.collect();
        if all.len() > MOST_CORNERS {
            return Err(Why::Many);
        }
    }
    Ok(all)
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
