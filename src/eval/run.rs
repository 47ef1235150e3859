//! One condition over a batch of entities: rows, columns, and one answer an entity.

use std::collections::BTreeMap;

use super::columns::{Column, Marks, Numbers, Truths};
use super::inputs::{Gather, Pick, RowSpec, Slot};
use super::{bases, tight};
use crate::figures::ClaimId;
use crate::model::EntityId;
use crate::number::{Exact, Number, Toward};
use crate::period::Period;
use crate::program::{InputId, Program, Root, TermId, TermKind, years_between};
use crate::set::{Set, Truth, compare};
use crate::verdict::{Cause, Causes};

/// Combinations of claims that are judged one by one for an entity.
const MOST_COMBINATIONS: usize = 64;

/// The rows and columns of one evaluation.
#[derive(Debug, Clone)]
pub struct Frame<N = Exact> {
    /// The evaluated period.
    pub period: Period,
    /// The rows.
    pub rows: Vec<RowSpec>,
    /// The figures, as in the root's list: in order.
    pub inputs: Vec<InputId>,
    /// For each figure the claims of each entity.
    pub slots: Vec<Vec<Slot>>,
    /// The value of every term.
    pub columns: BTreeMap<TermId, Column<N>>,
}

/// The answer for one entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Yes, no, or unknown.
    pub truth: Truth,
    /// Why it is unknown.
    pub causes: Causes,
    /// What it rests on.
    pub marks: Marks,
    /// The rows of the frame that settle it.
    pub rows: Vec<usize>,
}

/// A condition evaluated for a batch.
#[derive(Debug, Clone)]
pub struct Run<N = Exact> {
    /// Rows and columns.
    pub frame: Frame<N>,
    /// One answer an entity, in order.
    pub settled: Vec<Settled>,
}

/// Evaluates a term for a batch of entities.
pub(super) fn run<N: Number>(gather: &Gather<'_>, root: &Root, entities: &[EntityId]) -> Run<N> {
    let slots: Vec<Vec<Slot>> = root
        .inputs
        .iter()
        .map(|input| gather.slots(*input, entities))
        .collect();
    let rows = rows(&slots, entities.len());
    let mut frame = Frame {
        period: gather.period,
        rows,
        inputs: root.inputs.clone(),
        slots,
        columns: BTreeMap::new(),
    };
    let figures = bases::figures::<N>(gather, &frame, root);
    for term in &root.terms {
        let column = column(gather.program, &frame, &figures, *term);
        frame.columns.insert(*term, column);
    }
    let settled = (0..entities.len())
        .map(|entity| settle(&frame, root.term, entity))
        .collect();
    Run { frame, settled }
}

/// One row an entity, or one for each combination where figures have several claims.
fn rows(slots: &[Vec<Slot>], n_entities: usize) -> Vec<RowSpec> {
    let mut rows = Vec::with_capacity(n_entities);
    for entity in 0..n_entities {
        let counts: Vec<usize> = slots
            .iter()
            .map(|slots| slots.get(entity).map_or(0, |slot| slot.claims.len()))
            .collect();
        if counts.iter().all(|n| *n <= 1) {
            rows.push(RowSpec {
                entity,
                pick: Pick::Only,
            });
            continue;
        }
        let n = counts
            .iter()
            .fold(1usize, |all, n| all.saturating_mul((*n).max(1)));
        if n > MOST_COMBINATIONS {
            // Whether some prove and others refute is not looked at, so neither is what they share.
            rows.push(RowSpec {
                entity,
                pick: Pick::Hull,
            });
            continue;
        }
        for mut code in 0..n {
            let mut choice = Vec::with_capacity(counts.len());
            for count in &counts {
                let count = (*count).max(1);
                choice.push(u16::try_from(code % count).unwrap_or(0));
                code /= count;
            }
            rows.push(RowSpec {
                entity,
                pick: Pick::Each(choice),
            });
        }
        rows.push(RowSpec {
            entity,
            pick: Pick::Meet,
        });
    }
    rows
}

fn column<N: Number>(
    program: &Program,
    frame: &Frame<N>,
    figures: &[Numbers<N>],
    term: TermId,
) -> Column<N> {
    let n_rows = frame.rows.len();
    let kind = &program.terms[term].kind;
    let figure = |input: &InputId| {
        let index = frame.inputs.binary_search(input).ok();
        index.and_then(|index| figures.get(index))
    };
    match kind {
        TermKind::Number(value) => {
            let mut column = Numbers::with_capacity(n_rows);
            let set = enclosing::<N>(value);
            for _ in 0..n_rows {
                column.push(Some(set.clone()), Causes::NONE, Marks::NONE);
            }
            Column::Numbers(column)
        }
        TermKind::Input(input) => {
            Column::Numbers(figure(input).cloned().unwrap_or_else(|| missing(n_rows)))
        }
        TermKind::Derived(input, parts) => {
            let empty = missing(n_rows);
            let own = figure(input).unwrap_or(&empty);
            Column::Numbers(derived(own, numbers(frame, *parts), n_rows))
        }
        TermKind::Choose(condition, yes, no) => {
            Column::Numbers(choose(frame, *condition, *yes, *no, n_rows))
        }
        TermKind::Present(input) => Column::Truths(present(frame, *input, figure(input), n_rows)),
        TermKind::Strict(inner, named) => {
            let mut column = Truths::with_capacity(n_rows);
            let inner = truths(frame, *inner);
            let named: Vec<&Numbers<N>> = named
                .iter()
                .filter_map(|input| frame.derivation(program, *input).or_else(|| figure(input)))
                .collect();
            for row in 0..n_rows {
                let mut causes = Causes::NONE;
                for figure in named.iter().filter(|figure| figure.set(row).is_none()) {
                    causes = causes.union(figure.causes(row));
                }
                match (causes.is_empty(), inner) {
                    (true, Some(inner)) => {
                        column.push(inner.value(row), inner.causes(row), inner.marks(row))
                    }
                    _ => column.push(Truth::Unknown, causes, Marks::NONE),
                }
            }
            Column::Truths(column)
        }
        TermKind::Compare(op, left, right, is_repeated) => {
            let mut column = Truths::with_capacity(n_rows);
            let (Some(a), Some(b)) = (numbers(frame, *left), numbers(frame, *right)) else {
                return Column::Truths(unknown(n_rows));
            };
            for row in 0..n_rows {
                let marks = a.marks(row).union(b.marks(row));
                let (Some(x), Some(y)) = (a.set(row), b.set(row)) else {
                    column.push(Truth::Unknown, a.causes(row).union(b.causes(row)), marks);
                    continue;
                };
                let (truth, is_loose) = if *is_repeated && !(x.is_point() && y.is_point()) {
                    tight::compare(program, frame, *op, *left, *right, row)
                } else {
                    (compare(*op, x, y), false)
                };
                // Only what is undecided can rest on an enclosure that is too wide.
                let marks = match (truth, is_loose) {
                    (Truth::Unknown, true) => marks.union(Marks::LOOSE),
                    (Truth::Unknown, false) => marks,
                    _ => marks.without(Marks::LOOSE),
                };
                column.push(truth, Cause::Imprecise.into(), marks);
            }
            Column::Truths(column)
        }
        TermKind::Truth(_)
        | TermKind::IsYes(_)
        | TermKind::Same(..)
        | TermKind::Not(_)
        | TermKind::All(_)
        | TermKind::Any(_)
        | TermKind::Implies(..)
        | TermKind::Either(..) => Column::Truths(logic(frame, kind, n_rows)),
        _ => Column::Numbers(arithmetic(program, frame, term, n_rows)),
    }
}

fn numbers<N: Number>(frame: &Frame<N>, term: TermId) -> Option<&Numbers<N>> {
    frame.columns.get(&term).and_then(Column::numbers)
}

fn truths<N: Number>(frame: &Frame<N>, term: TermId) -> Option<&Truths> {
    frame.columns.get(&term).and_then(Column::truths)
}

fn missing<N: Number>(n_rows: usize) -> Numbers<N> {
    let mut column = Numbers::with_capacity(n_rows);
    for _ in 0..n_rows {
        column.push(None, Cause::Missing.into(), Marks::NONE);
    }
    column
}

fn unknown(n_rows: usize) -> Truths {
    let mut column = Truths::with_capacity(n_rows);
    for _ in 0..n_rows {
        column.push(Truth::Unknown, Cause::Undefined.into(), Marks::NONE);
    }
    column
}

/// Whether a figure was published; a claim that can decide nothing leaves that open too.
fn present<N: Number>(
    frame: &Frame<N>,
    input: InputId,
    figure: Option<&Numbers<N>>,
    n_rows: usize,
) -> Truths {
    let mut column = Truths::with_capacity(n_rows);
    for row in 0..n_rows {
        let slot = frame.slot(row, input);
        let is_claimed = slot.is_some_and(|slot| !slot.claims.is_empty());
        let causes = slot.map_or(Causes::NONE, |slot| slot.causes);
        let truth = if is_claimed || figure.is_some_and(|figure| figure.set(row).is_some()) {
            Truth::True
        } else if causes.contains(Cause::Unreadable) {
            Truth::Unknown
        } else {
            Truth::False
        };
        column.push(truth, causes, Marks::NONE);
    }
    column
}

/// A published figure where there is one, else what its parts give.
fn derived<N: Number>(own: &Numbers<N>, parts: Option<&Numbers<N>>, n_rows: usize) -> Numbers<N> {
    let mut column = Numbers::with_capacity(n_rows);
    for row in 0..n_rows {
        let computed = parts.and_then(|parts| parts.set(row).map(|set| (set, parts.marks(row))));
        match (own.set(row), computed) {
            (Some(set), _) => column.push(Some(set.clone()), Causes::NONE, own.marks(row)),
            // What is only missing may be computed; what is broken may not be papered over.
            (None, Some((set, marks))) if own.causes(row) == Cause::Missing.into() => {
                column.push(Some(set.clone()), Causes::NONE, marks.union(Marks::DERIVED));
            }
            (None, _) => column.push(None, own.causes(row), own.marks(row)),
        }
    }
    column
}

fn choose<N: Number>(
    frame: &Frame<N>,
    condition: TermId,
    yes: TermId,
    no: TermId,
    n_rows: usize,
) -> Numbers<N> {
    let mut column = Numbers::with_capacity(n_rows);
    let parts = (
        truths(frame, condition),
        numbers(frame, yes),
        numbers(frame, no),
    );
    let (Some(condition), Some(yes), Some(no)) = parts else {
        return missing(n_rows);
    };
    for row in 0..n_rows {
        let take = |one: &Numbers<N>| {
            (
                one.set(row).cloned(),
                one.causes(row),
                one.marks(row).union(condition.marks(row)),
            )
        };
        let (set, causes, marks) = match condition.value(row) {
            Truth::True => take(yes),
            Truth::False => take(no),
            Truth::Unknown => match (yes.set(row), no.set(row)) {
                // Either may be meant, so whatever either allows is possible.
                (Some(a), Some(b)) if a == b => take(yes),
                (Some(a), Some(b)) => {
                    // The condition may rule values out, so the hull can be too wide.
                    let marks = yes
                        .marks(row)
                        .union(no.marks(row))
                        .union(condition.marks(row))
                        .union(Marks::LOOSE);
                    (Some(a.hull(b)), Causes::NONE, marks)
                }
                _ => {
                    let causes = yes
                        .causes(row)
                        .union(no.causes(row))
                        .union(condition.causes(row));
                    (None, causes, condition.marks(row))
                }
            },
        };
        column.push(set, causes, marks);
    }
    column
}

fn arithmetic<N: Number>(
    program: &Program,
    frame: &Frame<N>,
    term: TermId,
    n_rows: usize,
) -> Numbers<N> {
    let kind = &program.terms[term].kind;
    let operands = kind.operands();
    let columns: Vec<&Numbers<N>> = operands
        .iter()
        .filter_map(|operand| numbers(frame, *operand))
        .collect();
    let mut column = Numbers::with_capacity(n_rows);
    if columns.len() != operands.len() {
        return missing(n_rows);
    }
    for row in 0..n_rows {
        let causes = columns
            .iter()
            .fold(Causes::NONE, |all, one| all.union(one.causes(row)));
        let marks = columns
            .iter()
            .fold(Marks::NONE, |all, one| all.union(one.marks(row)));
        let sets: Vec<&Set<N>> = columns.iter().filter_map(|one| one.set(row)).collect();
        if sets.len() != columns.len() {
            column.push(None, causes, marks);
            continue;
        }
        match kernel(kind, &sets, frame.period) {
            Some(set) => column.push(Some(set), causes, marks),
            None => column.push(None, causes.union(Cause::Undefined.into()), marks),
        }
    }
    column
}

/// The set of one exact number in any arithmetic.
pub(super) fn enclosing<N: Number>(value: &Exact) -> Set<N> {
    Set::point(value.clone()).widen_into::<N>()
}

/// One step of arithmetic on sets; `None` where it has no answer.
pub(super) fn kernel<N: Number>(
    kind: &TermKind,
    sets: &[&Set<N>],
    period: Period,
) -> Option<Set<N>> {
    let first = *sets.first()?;
    let rest = sets.get(1..)?;
    match kind {
        TermKind::Negative(_) => Some(first.neg()),
        TermKind::Sum(terms) => {
            let is_minus = terms.iter().map(|(is_minus, _)| *is_minus);
            let zero = Set::<N>::point(N::zero());
            let mut total = zero;
            for (set, is_minus) in sets.iter().zip(is_minus) {
                total = if is_minus {
                    total.sub(set)
                } else {
                    total.add(set)
                };
            }
            Some(total)
        }
        TermKind::Product(factors) => {
            let one = Exact::from(1);
            let mut total = enclosing::<N>(&one);
            for (set, (is_divisor, _)) in sets.iter().zip(factors) {
                total = if *is_divisor {
                    total.div(set).ok()?
                } else {
                    total.mul(set)
                };
            }
            Some(total)
        }
        TermKind::Power(_, n) => first.pow(*n).ok(),
        TermKind::YearsRoot(_, from, to) => {
            let degree = years_between(*from, *to, period)?;
            first.root(degree).ok()
        }
        TermKind::Min(_) => Some(rest.iter().fold(first.clone(), |all, set| all.min(set))),
        TermKind::Max(_) => Some(rest.iter().fold(first.clone(), |all, set| all.max(set))),
        TermKind::Abs(_) => Some(first.abs()),
        TermKind::Derived(..) => Some(first.clone()),
        _ => None,
    }
}

/// Strong Kleene logic, row by row.
fn logic<N: Number>(frame: &Frame<N>, kind: &TermKind, n_rows: usize) -> Truths {
    let mut column = Truths::with_capacity(n_rows);
    if let TermKind::IsYes(inner) = kind {
        let one = Set::<N>::point(N::from_exact(&Exact::from(1), Toward::Down));
        let Some(figure) = numbers(frame, *inner) else {
            return unknown(n_rows);
        };
        for row in 0..n_rows {
            match figure.set(row) {
                Some(set) => {
                    let truth = compare(crate::set::Comparison::Eq, set, &one);
                    column.push(truth, Cause::Imprecise.into(), figure.marks(row));
                }
                None => column.push(Truth::Unknown, figure.causes(row), figure.marks(row)),
            }
        }
        return column;
    }
    let operands = kind.operands();
    let parts: Vec<&Truths> = operands
        .iter()
        .filter_map(|term| truths(frame, *term))
        .collect();
    if parts.len() != operands.len() {
        return unknown(n_rows);
    }
    for row in 0..n_rows {
        let values: Vec<Truth> = parts.iter().map(|part| part.value(row)).collect();
        let truth = truth(kind, &values);
        let mut causes = Causes::NONE;
        let mut marks = Marks::NONE;
        for (part, value) in parts.iter().zip(&values) {
            // Only what is undecided can be the cause; only what decided can leave its mark.
            if *value == Truth::Unknown {
                causes = causes.union(part.causes(row));
            }
            if truth == Truth::Unknown || *value != Truth::Unknown {
                marks = marks.union(part.marks(row));
            }
        }
        column.push(truth, causes, marks);
    }
    column
}

fn truth(kind: &TermKind, values: &[Truth]) -> Truth {
    let all = || values.iter().fold(Truth::True, |all, one| all.and(*one));
    let any = || values.iter().fold(Truth::False, |all, one| all.or(*one));
    match (kind, values) {
        (TermKind::Truth(truth), _) => Truth::from(*truth),
        (TermKind::Not(_), [value]) => !*value,
        (TermKind::All(_), _) => all(),
        (TermKind::Any(_), _) => any(),
        (TermKind::Implies(..), [left, right]) => left.implies(*right),
        (TermKind::Same(..), [left, right]) => !left.xor(*right),
        (TermKind::Either(..), [condition, yes, no]) => match condition {
            Truth::True => *yes,
            Truth::False => *no,
            Truth::Unknown if yes == no => *yes,
            Truth::Unknown => Truth::Unknown,
        },
        _ => Truth::Unknown,
    }
}

/// The answer for an entity from its rows.
fn settle<N: Number>(frame: &Frame<N>, term: TermId, entity: usize) -> Settled {
    let first = frame.rows.partition_point(|row| row.entity < entity);
    let last = frame.rows.partition_point(|row| row.entity <= entity);
    let nothing = |causes: Causes| Settled {
        truth: Truth::Unknown,
        causes,
        marks: Marks::NONE,
        rows: (first..last).collect(),
    };
    let Some(column) = truths(frame, term) else {
        return nothing(Cause::Undefined.into());
    };
    let take = |truth, rows: Vec<usize>| {
        let causes = rows
            .iter()
            .fold(Causes::NONE, |all, row| all.union(column.causes(*row)));
        let marks = rows
            .iter()
            .fold(Marks::NONE, |all, row| all.union(column.marks(*row)));
        Settled {
            truth,
            causes,
            marks,
            rows,
        }
    };
    let meets = (first..last).find(|row| {
        frame
            .rows
            .get(*row)
            .is_some_and(|row| row.pick == Pick::Meet)
    });
    let Some(meet) = meets else {
        return take(column.value(first), vec![first]);
    };
    let with = |wanted: Truth| -> Vec<usize> {
        (first..meet)
            .filter(|row| column.value(*row) == wanted)
            .collect()
    };
    let (passed, failed) = (with(Truth::True), with(Truth::False));
    match (passed.is_empty(), failed.is_empty()) {
        (false, false) => Settled {
            causes: Cause::Conflict.into(),
            ..take(Truth::Unknown, (first..meet).collect())
        },
        (false, true) => take(Truth::True, passed),
        (true, false) => take(Truth::False, failed),
        (true, true) => take(column.value(meet), vec![meet]),
    }
}

impl<N: Number> Frame<N> {
    /// The claims that a row could take for a figure.
    fn slot(&self, row: usize, input: InputId) -> Option<&Slot> {
        let index = self.inputs.binary_search(&input).ok()?;
        self.slots.get(index)?.get(self.rows.get(row)?.entity)
    }

    /// The claims that a row takes for a figure.
    #[must_use]
    pub fn claims(&self, row: usize, input: InputId) -> Vec<ClaimId> {
        let (Some(slot), Some(spec)) = (self.slot(row, input), self.rows.get(row)) else {
            return Vec::new();
        };
        match &spec.pick {
            Pick::Each(choice) => {
                let index = self.inputs.binary_search(&input).unwrap_or_default();
                let n = usize::from(choice.get(index).copied().unwrap_or(0));
                slot.claims.get(n).copied().into_iter().collect()
            }
            _ => slot.claims.clone(),
        }
    }

    /// The column of a figure that may be derived.
    fn derivation(&self, program: &Program, input: InputId) -> Option<&Numbers<N>> {
        let is_it = |term: &&TermId| matches!(&program.terms[**term].kind, TermKind::Derived(own, _) if *own == input);
        let term = self.columns.keys().find(is_it)?;
        numbers(self, *term)
    }

    /// Whether a figure that was not published was computed from its parts.
    #[must_use]
    pub fn is_derived(&self, program: &Program, input: InputId, row: usize) -> bool {
        let column = self.derivation(program, input);
        column.is_some_and(|column| column.marks(row).contains(Marks::DERIVED))
    }

    /// The possible values of a number in a row.
    #[must_use]
    pub fn number(&self, term: TermId, row: usize) -> Option<&Set<N>> {
        numbers(self, term).and_then(|column| column.set(row))
    }

    /// The condition of a row.
    #[must_use]
    pub fn truth(&self, term: TermId, row: usize) -> Option<Truth> {
        truths(self, term).map(|column| column.value(row))
    }

    /// What a number rests on in a row.
    pub(super) fn marks(&self, term: TermId, row: usize) -> Marks {
        numbers(self, term).map_or(Marks::NONE, |column| column.marks(row))
    }

    /// Why a term has no value in a row.
    #[must_use]
    pub fn causes(&self, term: TermId, row: usize) -> Causes {
        match self.columns.get(&term) {
            Some(Column::Numbers(column)) => column.causes(row),
            Some(Column::Truths(column)) => column.causes(row),
            None => Causes::NONE,
        }
    }
}
