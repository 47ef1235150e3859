//! The column of one term from the columns of its operands.

use super::columns::{Column, Marks, Numbers, Truths};
use super::logic::logic;
use super::run::Frame;
use super::{tight, weigh};
use crate::day;
use crate::model::{Gap, OnDay, ScoreId};
use crate::number::{Exact, Number};
use crate::period::Period;
use crate::program::{DayStep, InputId, Program, TermId, TermKind, years_between};
use crate::set::{Comparison, Set, Truth, compare};
use crate::verdict::{Cause, Causes};

/// The column of one term, from those of its operands.
pub(super) fn column<N: Number>(
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
        TermKind::OnDay(on) => Column::Numbers(on_day(frame, *on)),
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
        TermKind::Strict(inner, named, many) => {
            let named = named
                .iter()
                .filter_map(|input| frame.derivation(program, *input).or_else(|| figure(input)));
            let many = many.iter().filter_map(|term| numbers(frame, *term));
            let named: Vec<&Numbers<N>> = named.chain(many).collect();
            Column::Truths(strict(truths(frame, *inner), &named, n_rows))
        }
        TermKind::Compare(op, left, right, is_repeated) => {
            Column::Truths(compared(program, frame, (*op, *left, *right), *is_repeated))
        }
        TermKind::Composite(score, parts) => {
            Column::Numbers(composite(program, frame, (*score, parts), n_rows))
        }
        TermKind::Truth(_)
        | TermKind::IsYes(_)
        | TermKind::Same(..)
        | TermKind::Not(_)
        | TermKind::All(_)
        | TermKind::Any(_)
        | TermKind::AtLeast(..)
        | TermKind::Implies(..)
        | TermKind::Outcome(..)
        | TermKind::Either(..) => Column::Truths(logic(frame, kind, n_rows)),
        _ => Column::Numbers(arithmetic(program, frame, term, n_rows)),
    }
}

pub(super) fn numbers<N: Number>(frame: &Frame<N>, term: TermId) -> Option<&Numbers<N>> {
    frame.columns.get(&term).and_then(Column::numbers)
}

pub(super) fn truths<N: Number>(frame: &Frame<N>, term: TermId) -> Option<&Truths> {
    frame.columns.get(&term).and_then(Column::truths)
}

fn missing<N: Number>(n_rows: usize) -> Numbers<N> {
    let mut column = Numbers::with_capacity(n_rows);
    for _ in 0..n_rows {
        column.push(None, Cause::Missing.into(), Marks::NONE);
    }
    column
}

pub(super) fn unknown(n_rows: usize) -> Truths {
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
        let truth = if is_claimed || is_known(figure, row) {
            Truth::True
        } else if causes.is_empty() || causes == Cause::Missing.into() {
            Truth::False
        } else {
            // Something is said of it, if not what was asked.
            Truth::Unknown
        };
        column.push(truth, causes, Marks::NONE);
    }
    column
}

/// Whether a column has a value in a row, and not only the bounds of what is missing.
fn is_known<N: Number>(figure: Option<&Numbers<N>>, row: usize) -> bool {
    figure.is_some_and(|figure| figure.set(row).is_some() && figure.causes(row).is_empty())
}

/// A published figure where there is one, else what its parts give.
fn derived<N: Number>(own: &Numbers<N>, parts: Option<&Numbers<N>>, n_rows: usize) -> Numbers<N> {
    let mut column = Numbers::with_capacity(n_rows);
    for row in 0..n_rows {
        let computed = parts.and_then(|parts| parts.set(row).map(|set| (set, parts.marks(row))));
        match (own.set(row), computed) {
            (Some(set), _) if own.causes(row).is_empty() => {
                column.push(Some(set.clone()), Causes::NONE, own.marks(row));
            }
            // What is only missing may be computed; what is broken may not be papered over.
            (bounds, Some((set, marks))) if own.causes(row) == Cause::Missing.into() => {
                let causes = parts.map_or(Causes::NONE, |parts| parts.causes(row));
                let within = bounds.filter(|_| !causes.is_empty());
                let both = within.and_then(|bounds| bounds.intersect(set));
                let set = both.unwrap_or_else(|| set.clone());
                column.push(Some(set), causes, marks.union(Marks::DERIVED));
            }
            (bounds, _) => column.push(bounds.cloned(), own.causes(row), own.marks(row)),
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
                    let causes = yes
                        .causes(row)
                        .union(no.causes(row))
                        .union(condition.causes(row));
                    (Some(a.hull(b)), causes, marks)
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
    let mut sets: Vec<&Set<N>> = Vec::with_capacity(columns.len());
    for row in 0..n_rows {
        let causes = columns
            .iter()
            .fold(Causes::NONE, |all, one| all.union(one.causes(row)));
        let marks = columns
            .iter()
            .fold(Marks::NONE, |all, one| all.union(one.marks(row)));
        sets.clear();
        sets.extend(columns.iter().filter_map(|one| one.set(row)));
        if sets.len() != columns.len() {
            column.push(None, causes, marks);
            continue;
        }
        match kernel(kind, &sets, frame.period) {
            Some(set) => column.push(Some(set), causes, marks),
            None => column.push(None, causes.union(lack(kind).into()), marks),
        }
    }
    column
}

/// Why a step has no answer where what it is computed from has one.
fn lack(kind: &TermKind) -> Cause {
    match kind {
        // The list of a year that is not published yet is what is missing.
        TermKind::Moved(DayStep::Worked(_), ..) | TermKind::Worked(..) => Cause::Missing,
        _ => Cause::Undefined,
    }
}

/// A day that follows from the clocks.
fn on_day<N: Number>(frame: &Frame<N>, on: OnDay) -> Numbers<N> {
    let day = match on {
        OnDay::This => Some(frame.day),
        OnDay::First(every) => every
            .judged(frame.period, frame.day)
            .map(|(first, _)| first),
        OnDay::Last(every) => every.judged(frame.period, frame.day).map(|(_, last)| last),
    };
    let set = day.map(|day| enclosing::<N>(&day::number(day)));
    let mut column = Numbers::with_capacity(frame.rows.len());
    for _ in 0..frame.rows.len() {
        let causes = match set {
            Some(_) => Causes::NONE,
            None => Cause::Undefined.into(),
        };
        column.push(set.clone(), causes, Marks::NONE);
    }
    column
}

/// The values of a score, row by row. An element that is left out has none and names no other cause.
fn composite<N: Number>(
    program: &Program,
    frame: &Frame<N>,
    (id, parts): (ScoreId, &[TermId]),
    n_rows: usize,
) -> Numbers<N> {
    let score = &program.model.scores[id];
    let weights = score.weights(frame.weights.as_deref());
    let columns: Vec<&Numbers<N>> = parts
        .iter()
        .filter_map(|term| numbers(frame, *term))
        .collect();
    let is_shared = tight::share_figures(program, parts);
    let mut column = Numbers::with_capacity(n_rows);
    for row in 0..n_rows {
        let mut causes = Causes::NONE;
        let mut marks = Marks::NONE;
        let (mut sets, mut is_lost) = (Vec::with_capacity(parts.len()), columns.is_empty());
        for part in &columns {
            let own = part.causes(row);
            let set = part.set(row).map(Set::widen_into::<Exact>);
            let is_left_out = score.gap == Gap::LeftOut && own == Cause::Missing.into();
            if set.is_some() || !is_left_out {
                causes = causes.union(own);
            }
            is_lost |= set.is_none() && !is_left_out;
            marks = marks.union(part.marks(row));
            sets.push(set);
        }
        if sets.iter().all(Option::is_none) {
            causes = causes.union(
                columns
                    .first()
                    .map_or(Causes::NONE, |part| part.causes(row)),
            );
            is_lost = true;
        }
        let sets: Vec<Option<&Set>> = sets.iter().map(Option::as_ref).collect();
        let found = if is_lost {
            None
        } else {
            weigh::mean(score, &weights, &sets)
        };
        match found {
            None if is_lost => column.push(None, causes, marks),
            None => column.push(None, causes.union(Cause::Undefined.into()), marks),
            Some(mean) => {
                let is_wide = !mean.set.is_point();
                if is_wide && (mean.is_loose || is_shared) {
                    marks = marks.union(Marks::LOOSE);
                }
                let causes = if is_wide { causes } else { Causes::NONE };
                column.push(Some(mean.set.widen_into::<N>()), causes, marks);
            }
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
            let is_first_minus = terms.first().is_some_and(|(is_minus, _)| *is_minus);
            let mut total = if is_first_minus {
                first.neg()
            } else {
                first.clone()
            };
            for (set, (is_minus, _)) in rest.iter().zip(terms.iter().skip(1)) {
                total = if *is_minus {
                    total.sub(set)
                } else {
                    total.add(set)
                };
            }
            Some(total)
        }
        TermKind::Product(factors) => {
            let is_first_divisor = factors.first().is_some_and(|(is_divisor, _)| *is_divisor);
            let mut total = if is_first_divisor {
                enclosing::<N>(&Exact::from(1)).div(first).ok()?
            } else {
                first.clone()
            };
            for (set, (is_divisor, _)) in rest.iter().zip(factors.iter().skip(1)) {
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
        TermKind::Moved(step, _, _, is_minus) => {
            let steps = *rest.first()?;
            let steps = if *is_minus { &steps.neg() } else { steps };
            match step {
                DayStep::Months => day::moved(first, steps, day::add_months),
                DayStep::Worked(calendar) => {
                    day::moved(first, steps, |day, n| calendar.add(day, n))
                }
            }
        }
        TermKind::Worked(calendar, ..) => day::worked(calendar, first, rest.first()?),
        _ => None,
    }
}

/// A condition that is open as soon as one of the named figures is missing.
fn strict<N: Number>(inner: Option<&Truths>, named: &[&Numbers<N>], n_rows: usize) -> Truths {
    let mut column = Truths::with_capacity(n_rows);
    for row in 0..n_rows {
        let mut causes = Causes::NONE;
        for figure in named {
            // A value that is not exact is there; one that is missing is not.
            let missing = figure.causes(row).without(Cause::Imprecise);
            if figure.set(row).is_none() || !missing.is_empty() {
                causes = causes.union(figure.causes(row));
            }
        }
        match (causes.is_empty(), inner) {
            (true, Some(inner)) => {
                column.push(inner.value(row), inner.causes(row), inner.marks(row))
            }
            _ => column.push(Truth::Unknown, causes, Marks::NONE),
        }
    }
    column
}

/// A comparison, row by row; tight where a figure stands on it more than once.
fn compared<N: Number>(
    program: &Program,
    frame: &Frame<N>,
    (op, left, right): (Comparison, TermId, TermId),
    is_repeated: bool,
) -> Truths {
    let n_rows = frame.rows.len();
    let mut column = Truths::with_capacity(n_rows);
    let (Some(a), Some(b)) = (numbers(frame, left), numbers(frame, right)) else {
        return unknown(n_rows);
    };
    for row in 0..n_rows {
        let marks = a.marks(row).union(b.marks(row));
        let (Some(x), Some(y)) = (a.set(row), b.set(row)) else {
            column.push(Truth::Unknown, a.causes(row).union(b.causes(row)), marks);
            continue;
        };
        let (truth, is_loose) = if is_repeated && !(x.is_point() && y.is_point()) {
            tight::compare(program, frame, op, left, right, row)
        } else {
            (compare(op, x, y), false)
        };
        // Only what is undecided can rest on an enclosure that is too wide.
        let marks = match (truth, is_loose) {
            (Truth::Unknown, true) => marks.union(Marks::LOOSE),
            (Truth::Unknown, false) => marks,
            _ => marks.without(Marks::LOOSE),
        };
        // Where what is missing stands with its bounds, that is why it is open.
        let causes = match a.causes(row).union(b.causes(row)) {
            none if none.is_empty() => Cause::Imprecise.into(),
            known => known,
        };
        column.push(truth, causes, marks);
    }
    column
}
