//! Decisions: which version is asked, and which outcomes are possible together.
//!
//! Each outcome is a formula of plain logic and has its truth like any other. Where that leaves
//! several open, the figures that are not known are cut at the limits that they are held against,
//! and the same terms are evaluated in each part: an outcome that follows in no part is not
//! possible, and one that follows in every part is certain. What is cut covers all that a figure
//! may be, so that no outcome is lost.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Reason;
use super::columns::{Column, Marks, Numbers, Truths};
use super::due::state;
use super::inputs::{Gather, RowSpec};
use super::run::Frame;
use super::steps::{column, truths};
use crate::model::{Decision, Kind, Model, Version};
use crate::number::{Exact, Number};
use crate::program::{DecisionId, InputId, Program, TermId, TermKind, VersionProgram};
use crate::set::{Comparison, End, Set, Truth};
use crate::verdict::{Cause, Causes};

/// Parts of what is not known that are looked at for one row.
const MOST_CELLS: usize = 512;

/// Outcomes of a decision, by their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Outcomes(u32);

impl Outcomes {
    /// None of them.
    pub const NONE: Outcomes = Outcomes(0);

    /// With one more.
    #[must_use]
    pub fn with(self, place: u16) -> Outcomes {
        Outcomes(self.0 | 1u32.checked_shl(u32::from(place)).unwrap_or(0))
    }

    /// Those of both.
    #[must_use]
    pub fn union(self, other: Outcomes) -> Outcomes {
        Outcomes(self.0 | other.0)
    }

    /// Whether one is among them.
    #[must_use]
    pub fn contains(self, place: u16) -> bool {
        self.0 & Outcomes::NONE.with(place).0 != 0
    }

    /// How many.
    #[must_use]
    pub fn count(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Their places, in order.
    pub fn iter(self) -> impl Iterator<Item = u16> {
        (0..32).filter(move |place| self.contains(*place))
    }

    /// The only one, where there is one.
    #[must_use]
    pub fn only(self) -> Option<u16> {
        match self.count() {
            1 => self.iter().next(),
            _ => None,
        }
    }
}

/// The day on which a version begins: the last of its texts comes into force then.
#[must_use]
pub(crate) fn begins(model: &Model, version: &Version) -> Option<NaiveDate> {
    let days = version.under.iter().map(|id| {
        let since = model.instruments[*id].since;
        since.map(|since| since.first_day())
    });
    let days: Option<Vec<NaiveDate>> = days.collect();
    days?.into_iter().max()
}

/// The version whose law applies on a day: the last one that had begun. Where that has ended, no
/// earlier one takes its place.
pub(crate) fn version_at(
    model: &Model,
    decision: &Decision,
    day: NaiveDate,
) -> Result<usize, Reason> {
    if let [only] = decision.versions.as_slice()
        && only.id.is_empty()
    {
        return Ok(0);
    }
    let begun = decision.versions.iter().enumerate();
    let begun = begun.filter_map(|(n, version)| Some((begins(model, version)?, n)));
    let last = begun.filter(|(begin, _)| *begin <= day).max();
    let Some((_, n)) = last else {
        return Err(Reason::NotYetInForce);
    };
    let under = decision
        .versions
        .get(n)
        .map_or(&[][..], |version| &version.under);
    match under.iter().find_map(|id| state(model, *id, day)) {
        Some(reason) => Err(reason),
        None => Ok(n),
    }
}

/// Whether each outcome follows, row by row.
pub(super) struct Joint {
    rows: Vec<Vec<Truth>>,
    formulas: Vec<TermId>,
}

impl Joint {
    /// All outcomes of a decision together.
    pub(super) fn of<N: Number>(
        gather: &Gather<'_>,
        frame: &Frame<N>,
        figures: &[Numbers<N>],
        id: DecisionId,
    ) -> Joint {
        let asked = asked(gather, id);
        let formulas = asked.map_or_else(Vec::new, |(version, _)| version.outcomes.clone());
        let rows = (0..frame.rows.len())
            .map(|row| match asked {
                Some((_, is_total)) => joint_row(gather, frame, figures, row, &formulas, is_total),
                None => Vec::new(),
            })
            .collect();
        Joint { rows, formulas }
    }

    /// The column of one outcome.
    pub(super) fn column<N: Number>(&self, frame: &Frame<N>, place: u16) -> Truths {
        let mut column = Truths::with_capacity(self.rows.len());
        let place = usize::from(place);
        let formula = self.formulas.get(place);
        for (n, row) in self.rows.iter().enumerate() {
            let known = formula.and_then(|formula| truths(frame, *formula));
            match (row.get(place), known) {
                (Some(truth), Some(known)) => {
                    column.push(*truth, known.causes(n), known.marks(n));
                }
                // Where no version is in force nothing follows, and nothing is ruled out.
                _ => column.push(Truth::Unknown, Cause::Undefined.into(), Marks::NONE),
            }
        }
        column
    }
}

/// The version that is asked, and whether some case of it always holds.
fn asked<'a>(gather: &Gather<'a>, id: DecisionId) -> Option<(&'a VersionProgram, bool)> {
    let program = &gather.program.decisions[id];
    let decision = gather.program.model.rules[program.rule].decision.as_ref()?;
    let n = version_at(&gather.program.model, decision, gather.clocks.in_force).ok()?;
    Some((
        program.versions.get(n)?,
        decision.versions.get(n)?.is_total(),
    ))
}

fn joint_row<N: Number>(
    gather: &Gather<'_>,
    frame: &Frame<N>,
    figures: &[Numbers<N>],
    row: usize,
    formulas: &[TermId],
    is_total: bool,
) -> Vec<Truth> {
    let plain = |formula: &TermId| {
        truths(frame, *formula).map_or(Truth::Unknown, |column| column.value(row))
    };
    let known = only_one(formulas.iter().map(plain).collect(), is_total);
    if !known.contains(&Truth::Unknown) {
        return known;
    }
    let cuts = Cuts::of(gather, frame, figures, row, formulas);
    let Some(mut parts) = Parts::new(gather, frame, figures, row, formulas, cuts) else {
        return known;
    };
    let mut together: Option<Vec<Truth>> = None;
    while let Some(found) = parts.next() {
        let found = only_one(found, is_total);
        together = Some(match together {
            None => found,
            Some(all) => all
                .into_iter()
                .zip(found)
                .map(|(one, other)| if one == other { one } else { Truth::Unknown })
                .collect(),
        });
    }
    let found = together.unwrap_or(known);
    only_one(found, is_total)
}

/// Where some case always holds, the only outcome that is left is the one that follows.
fn only_one(mut truths: Vec<Truth>, is_total: bool) -> Vec<Truth> {
    let mut left = truths.iter_mut().filter(|truth| **truth != Truth::False);
    if let (true, Some(only), None) = (is_total, left.next(), left.next()) {
        *only = Truth::True;
    }
    truths
}

/// The figures that are not known, each with the parts into which its limits cut what it may be.
pub(crate) struct Cuts<N> {
    parts: BTreeMap<InputId, Vec<Set<N>>>,
}

impl<N: Number> Cuts<N> {
    fn of(
        gather: &Gather<'_>,
        frame: &Frame<N>,
        figures: &[Numbers<N>],
        row: usize,
        formulas: &[TermId],
    ) -> Cuts<N> {
        let program = gather.program;
        let is_open = |term: &TermId| {
            truths(frame, *term).is_some_and(|column| column.value(row) == Truth::Unknown)
        };
        let mut seen: BTreeSet<TermId> = BTreeSet::new();
        let mut open: Vec<TermId> = formulas.iter().copied().filter(is_open).collect();
        let mut ends: BTreeMap<InputId, BTreeSet<(Exact, bool)>> = BTreeMap::new();
        while let Some(term) = open.pop() {
            if !seen.insert(term) {
                continue;
            }
            match limit_of(program, term) {
                Some((input, limits)) => ends.entry(input).or_default().extend(limits),
                None => open.extend(
                    program.terms[term]
                        .kind
                        .operands()
                        .iter()
                        .filter(|t| is_open(t)),
                ),
            }
        }
        let mut parts = BTreeMap::new();
        for (input, ends) in ends {
            let Ok(index) = frame.inputs.binary_search(&input) else {
                continue;
            };
            let known = figures
                .get(index)
                .and_then(|figure| figure.set(row))
                .cloned();
            let figure = &program.inputs[input].figure;
            let listed = listed(&program.model, figure.indicator);
            let all: Vec<Set<N>> = match (known, listed) {
                (Some(set), _) => regions(&ends)
                    .iter()
                    .filter_map(|region| region.widen_into::<N>().intersect(&set))
                    .collect(),
                (None, Some(values)) => values
                    .into_iter()
                    .map(|value| Set::point(value).widen_into::<N>())
                    .collect(),
                (None, None) => {
                    let bounds = gather.bounds(figure);
                    regions(&ends)
                        .iter()
                        .filter_map(|region| Some(region.intersect(&bounds)?.widen_into::<N>()))
                        .collect()
                }
            };
            if all.len() > 1 {
                parts.insert(input, all);
            }
        }
        Cuts { parts }
    }
}

/// The figure that a condition holds against a limit, and where that cuts its values: at a number,
/// behind it where `true`.
pub(crate) fn limit_of(program: &Program, term: TermId) -> Option<(InputId, Vec<(Exact, bool)>)> {
    let figure = |term: TermId| match &program.terms[term].kind {
        TermKind::Input(input) | TermKind::Derived(input, _) => Some(*input),
        _ => None,
    };
    let number = |term: TermId| match &program.terms[term].kind {
        TermKind::Number(value) => Some(value.clone()),
        _ => None,
    };
    match &program.terms[term].kind {
        TermKind::IsYes(inner) => {
            let one = Exact::from(1);
            Some((figure(*inner)?, vec![(one.clone(), false), (one, true)]))
        }
        TermKind::Compare(op, left, right, _) => {
            let (input, limit, op) = match (figure(*left), number(*right)) {
                (Some(input), Some(limit)) => (input, limit, *op),
                _ => (figure(*right)?, number(*left)?, turned(*op)),
            };
            let at = match op {
                Comparison::Ge | Comparison::Lt => vec![(limit, false)],
                Comparison::Gt | Comparison::Le => vec![(limit, true)],
                Comparison::Eq | Comparison::Ne => vec![(limit.clone(), false), (limit, true)],
            };
            Some((input, at))
        }
        _ => None,
    }
}

fn turned(op: Comparison) -> Comparison {
    match op {
        Comparison::Lt => Comparison::Gt,
        Comparison::Le => Comparison::Ge,
        Comparison::Gt => Comparison::Lt,
        Comparison::Ge => Comparison::Le,
        same => same,
    }
}

/// All numbers, cut at places.
pub(crate) fn regions(ends: &BTreeSet<(Exact, bool)>) -> Vec<Set> {
    let mut all = Vec::with_capacity(ends.len() + 1);
    let mut lo = End::Unbounded;
    for (value, is_behind) in ends {
        let (hi, next) = match is_behind {
            true => (End::Closed(value.clone()), End::Open(value.clone())),
            false => (End::Open(value.clone()), End::Closed(value.clone())),
        };
        all.extend(Set::new(lo, hi));
        lo = next;
    }
    all.extend(Set::new(lo, End::Unbounded));
    all
}

/// The values of a quantity that is one of a list, as numbers; `None` where it is not.
pub(crate) fn listed(model: &Model, id: crate::model::IndicatorId) -> Option<Vec<Exact>> {
    let indicator = &model.indicators[id];
    match indicator.kind {
        Kind::YesNo => Some(vec![Exact::from(0), Exact::from(1)]),
        Kind::OneOf => {
            // Texts that no rule names are all alike to every rule.
            let place = |text: &String| model.symbols.iter().position(|known| known == text);
            let number = |at: Option<usize>| at.and_then(|at| i64::try_from(at).ok()).unwrap_or(-1);
            let values: BTreeSet<i64> = indicator
                .choices
                .iter()
                .map(|text| number(place(text)))
                .collect();
            Some(values.into_iter().map(Exact::from).collect())
        }
        _ => None,
    }
}

/// Every combination of parts, evaluated one after another.
struct Parts<'a, 'g, N> {
    gather: &'a Gather<'g>,
    frame: Frame<N>,
    figures: Vec<Numbers<N>>,
    /// Terms that rest on what is cut, operands first.
    terms: Vec<TermId>,
    formulas: &'a [TermId],
    cut: Vec<(usize, Vec<Set<N>>)>,
    /// The next combination, counted through.
    code: usize,
    n_cells: usize,
}

impl<'a, 'g, N: Number> Parts<'a, 'g, N> {
    fn new(
        gather: &'a Gather<'g>,
        frame: &Frame<N>,
        figures: &[Numbers<N>],
        row: usize,
        formulas: &'a [TermId],
        cuts: Cuts<N>,
    ) -> Option<Parts<'a, 'g, N>> {
        let mut n_cells = 1usize;
        let mut cut = Vec::new();
        // Those with the fewest parts first, as far as there is room; the others stay whole.
        let mut sorted: Vec<(InputId, Vec<Set<N>>)> = cuts.parts.into_iter().collect();
        sorted.sort_by_key(|(input, parts)| (parts.len(), *input));
        let mut inputs: BTreeSet<InputId> = BTreeSet::new();
        for (input, parts) in sorted {
            let more = n_cells.saturating_mul(parts.len());
            if more > MOST_CELLS {
                break;
            }
            n_cells = more;
            inputs.insert(input);
            cut.push((frame.inputs.binary_search(&input).ok()?, parts));
        }
        if cut.is_empty() {
            return None;
        }
        let (terms, all) = resting(gather.program, formulas, &inputs);
        let spec = frame.rows.get(row)?;
        let mut single = Frame {
            period: frame.period,
            rows: vec![RowSpec {
                entity: 0,
                pick: spec.pick.clone(),
            }],
            inputs: frame.inputs.clone(),
            slots: frame
                .slots
                .iter()
                .map(|slots| slots.get(spec.entity).cloned().into_iter().collect())
                .collect(),
            many: BTreeMap::new(),
            columns: BTreeMap::new(),
        };
        for term in all {
            if let Some(column) = frame.columns.get(&term) {
                single.columns.insert(term, column.only(row));
            }
        }
        let figures = figures.iter().map(|figure| figure.only(row)).collect();
        Some(Parts {
            gather,
            frame: single,
            figures,
            terms,
            formulas,
            cut,
            code: 0,
            n_cells,
        })
    }

    /// The truth of each formula in the next combination.
    fn next(&mut self) -> Option<Vec<Truth>> {
        if self.code >= self.n_cells {
            return None;
        }
        let mut code = self.code;
        self.code += 1;
        for (index, parts) in &self.cut {
            let part = parts.get(code % parts.len())?;
            code /= parts.len();
            let figure = self.figures.get_mut(*index)?;
            // Its causes stay: what is missing is missing, whatever it may be.
            let mut tried = Numbers::with_capacity(1);
            tried.push(Some(part.clone()), figure.causes(0), figure.marks(0));
            *figure = tried;
        }
        let program = self.gather.program;
        for term in &self.terms {
            let column = match &program.terms[*term].kind {
                TermKind::Outcome(id, place, _) => Column::Truths(self.nested(*id, *place)),
                _ => column(program, &self.frame, &self.figures, *term),
            };
            self.frame.columns.insert(*term, column);
        }
        let truth = |formula: &TermId| {
            truths(&self.frame, *formula).map_or(Truth::Unknown, |column| column.value(0))
        };
        Some(self.formulas.iter().map(truth).collect())
    }

    /// The outcome of another decision within one combination.
    fn nested(&self, id: DecisionId, place: u16) -> Truths {
        let mut column = Truths::with_capacity(1);
        let found = asked(self.gather, id).map(|(version, is_total)| {
            let truth = |formula: &TermId| {
                truths(&self.frame, *formula).map_or(Truth::Unknown, |column| column.value(0))
            };
            only_one(version.outcomes.iter().map(truth).collect(), is_total)
        });
        let truth = found.and_then(|found| found.get(usize::from(place)).copied());
        column.push(truth.unwrap_or(Truth::Unknown), Causes::NONE, Marks::NONE);
        column
    }
}

/// The terms below some formulas that rest on some figures, and those that do not.
fn resting(
    program: &Program,
    formulas: &[TermId],
    inputs: &BTreeSet<InputId>,
) -> (Vec<TermId>, Vec<TermId>) {
    let mut seen: BTreeSet<TermId> = BTreeSet::new();
    let mut open: Vec<TermId> = formulas.to_vec();
    while let Some(term) = open.pop() {
        if seen.insert(term) {
            open.extend(program.terms[term].kind.operands());
        }
    }
    let mut rests: BTreeSet<TermId> = BTreeSet::new();
    for term in &seen {
        let kind = &program.terms[*term].kind;
        let own = match kind {
            TermKind::Input(input) | TermKind::Derived(input, _) => inputs.contains(input),
            _ => false,
        };
        if own || kind.operands().iter().any(|part| rests.contains(part)) {
            rests.insert(*term);
        }
    }
    let others = seen.difference(&rests).copied().collect();
    (rests.into_iter().collect(), others)
}
