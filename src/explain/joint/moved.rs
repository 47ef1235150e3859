//! Figures that may be otherwise, as cases ask for them, and their values in printed digits.

use super::Why;
use crate::cases::{Known, Sum};
use crate::eval::Frame;
use crate::explain::Cx;
use crate::number::Exact;
use crate::period::Period;
use crate::program::{AggregateId, InputId, TermId, TermKind};
use crate::set::{Set, Truth};

/// A figure that may be otherwise.
pub(super) struct Moved {
    pub(super) input: InputId,
    /// What the rows that decide take for it; of what is read as printed, what is printed.
    pub(super) set: Set,
    /// A value of it.
    pub(super) origin: Exact,
    /// One in its last printed digit.
    pub(super) step: Exact,
    /// It is read as printed: what its last digit leaves open counts.
    pub(super) is_printed: bool,
    /// What is declared.
    pub(super) bounds: Set,
}

/// The figures of a frame, as cases ask for them.
pub(super) struct Figures<'a> {
    pub(super) cx: &'a Cx<'a>,
    pub(super) frame: &'a Frame,
    pub(super) row: usize,
    pub(super) moved: &'a [Moved],
}

impl Figures<'_> {
    /// Why a term has no cases.
    pub(super) fn why_not(&self, term: TermId) -> Why {
        let program = self.cx.program;
        let mut open = vec![term];
        let mut why = Why::Form;
        while let Some(term) = open.pop() {
            let kind = &program.terms[term].kind;
            match kind {
                TermKind::Aggregate(id) => {
                    let mut reads = program.aggregates[*id].reads();
                    if reads.any(|read| self.place(read).is_some()) {
                        return Why::Bodies;
                    }
                }
                TermKind::Input(input) if self.place(*input).is_none() => {
                    if self.number(term).is_none() {
                        why = Why::Open;
                    }
                }
                _ => {}
            }
            open.extend(kind.operands());
        }
        why
    }
}

impl Known for Figures<'_> {
    fn place(&self, input: InputId) -> Option<usize> {
        self.moved.iter().position(|one| one.input == input)
    }

    fn is_derived(&self, input: InputId) -> bool {
        self.frame.is_derived(self.cx.program, input, self.row)
    }

    fn number(&self, term: TermId) -> Option<Exact> {
        self.frame.number(term, self.row)?.as_point().cloned()
    }

    fn truth(&self, term: TermId) -> Option<bool> {
        match self.frame.truth(term, self.row)? {
            Truth::True => Some(true),
            Truth::False => Some(false),
            Truth::Unknown => None,
        }
    }

    fn many(&self, _: AggregateId) -> Option<Sum> {
        None
    }

    fn period(&self) -> Period {
        self.frame.period
    }
}

impl Moved {
    /// Where a change to a value begins.
    pub(super) fn from(&self, value: &Exact) -> Exact {
        match (self.set.lo().value(), self.set.hi().value()) {
            (Some(lo), _) if value < lo => lo.clone(),
            (_, Some(hi)) if value > hi => hi.clone(),
            _ => value.clone(),
        }
    }

    /// A value as it is tried: what is read as printed leaves its last digit open.
    pub(super) fn tried(&self, value: &Exact) -> (InputId, Set) {
        let half = || Some(&self.step * &Exact::ratio(1, 2)?);
        let around = || half().and_then(|half| Set::closed(value - &half, value + &half));
        let printed = self.is_printed.then(around).flatten();
        let set = printed.unwrap_or_else(|| Set::point(value.clone()));
        (self.input, set)
    }
}

/// The figures that are otherwise, or that are one of what they may be.
pub(super) fn told<'a>(
    moved: &'a [Moved],
    values: &'a [Exact],
) -> impl Iterator<Item = (&'a Moved, &'a Exact)> {
    let all = moved.iter().zip(values);
    all.filter(|(one, value)| one.set.as_point() != Some(*value))
}

/// The largest count of steps.
pub(super) fn most(moved: &[Moved], values: &[Exact]) -> Exact {
    let all = moved.iter().zip(values);
    let counts = all.filter_map(|(one, value)| (value - &one.from(value)).checked_div(&one.step));
    counts.map(|count| count.abs()).max().unwrap_or_default()
}

/// Values moved on to the next so manieth of the last printed digit, away from where they come from.
pub(super) fn rounded(moved: &[Moved], values: &[Exact], part: &Exact) -> Vec<Exact> {
    let all = moved.iter().zip(values);
    let away = all.map(|(one, value)| {
        let from = one.from(value);
        let grid = &one.step * part;
        match (value - &from).checked_div(&grid) {
            Some(count) if count.is_negative() => &from + &(&count.floor() * &grid),
            Some(count) => &from + &(&count.ceil() * &grid),
            None => value.clone(),
        }
    });
    away.collect()
}
