//! What is not known, cut at the limits that it is held against: figures and formulas go in, the
//! truth of each formula in every combination of parts comes out. Never leaves a value out.

use std::collections::{BTreeMap, BTreeSet};

use super::{Found, asked};
use crate::day;
use crate::eval::columns::{Column, Marks, Numbers, Truths};
use crate::eval::inputs::{Gather, RowSpec};
use crate::eval::run::Frame;
use crate::eval::steps::{column, truths};
use crate::model::{Kind, Model};
use crate::number::{Exact, Number};
use crate::program::{DecisionId, InputId, Program, TermId, TermKind};
use crate::set::{Comparison, End, Set, Truth};
use crate::verdict::Causes;

/// Parts of what is not known that are looked at for one row.
const MOST_CELLS: usize = 512;

/// The figures that are not known, each with the parts into which its limits cut what it may be.
pub(super) struct Cuts<N> {
    parts: BTreeMap<InputId, Vec<Set<N>>>,
}

impl<N: Number> Cuts<N> {
    pub(super) fn of(
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
            let bounds = || gather.bounds(figure).widen_into::<N>();
            // To publish a range must not say less than to publish nothing.
            let within = known.as_ref().map_or_else(&bounds, |set| {
                set.intersect(&bounds()).unwrap_or_else(|| set.clone())
            });
            let all: Vec<Set<N>> = match (&known, listed) {
                (None, Some(values)) => values
                    .into_iter()
                    .map(|value| Set::point(value).widen_into::<N>())
                    .collect(),
                _ => regions_of(&program.model, figure.indicator, &ends)
                    .iter()
                    .filter_map(|region| region.widen_into::<N>().intersect(&within))
                    .collect(),
            };
            // A single part counts where it is narrower than what was said.
            if all.len() > 1 || all.first() != known.as_ref() {
                parts.insert(input, all);
            }
        }
        Cuts { parts }
    }
}

/// The figure that a condition holds against a limit, and where that cuts its values: at a number,
/// behind it where `true`.
pub(crate) fn limit_of(program: &Program, term: TermId) -> Option<(InputId, Vec<(Exact, bool)>)> {
    limit_with(program, term, |term| match &program.terms[term].kind {
        TermKind::Input(input) | TermKind::Derived(input, _) => Some(*input),
        _ => None,
    })
}

/// The same, where `figure` says which terms are figures.
pub(crate) fn limit_with(
    program: &Program,
    term: TermId,
    figure: impl Fn(TermId) -> Option<InputId>,
) -> Option<(InputId, Vec<(Exact, bool)>)> {
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
                _ => (figure(*right)?, number(*left)?, op.turned()),
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

/// All numbers, cut at places.
fn regions(ends: &BTreeSet<(Exact, bool)>) -> Vec<Set> {
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

/// The same of one quantity: of days only whole ones.
pub(crate) fn regions_of(
    model: &Model,
    id: crate::model::IndicatorId,
    ends: &BTreeSet<(Exact, bool)>,
) -> Vec<Set> {
    let all = regions(ends);
    match model.indicators[id].kind {
        Kind::Date => all.iter().filter_map(day::whole).collect(),
        _ => all,
    }
}

/// The values of a quantity that is one of a list, as numbers; `None` where it is not.
pub(crate) fn listed(model: &Model, id: crate::model::IndicatorId) -> Option<Vec<Exact>> {
    let indicator = &model.indicators[id];
    match indicator.kind {
        Kind::YesNo => Some(vec![Exact::from(0), Exact::from(1)]),
        Kind::Level => {
            let n = model.ladders[indicator.ladder?].levels.len();
            Some((1..=i64::try_from(n).ok()?).map(Exact::from).collect())
        }
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
pub(super) struct Parts<'a, 'g, N> {
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
    pub(super) fn new(
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
            day: frame.day,
            period: frame.period,
            weights: frame.weights.clone(),
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
    pub(super) fn next(&mut self) -> Option<Vec<Truth>> {
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
        let found = asked(self.gather, id).map(|(version, cases)| {
            let truth = |formula: &TermId| {
                truths(&self.frame, *formula).map_or(Truth::Unknown, |column| column.value(0))
            };
            Found::of(version.outcomes.iter().map(truth).collect(), cases).alone
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
