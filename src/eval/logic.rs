//! Strong Kleene logic over columns.

use super::columns::{Marks, Truths};
use super::run::Frame;
use super::steps::{numbers, truths, unknown};
use crate::number::{Exact, Number, Toward};
use crate::program::TermKind;
use crate::set::{Set, Truth, compare};
use crate::verdict::{Cause, Causes};

/// Strong Kleene logic, row by row.
pub(super) fn logic<N: Number>(frame: &Frame<N>, kind: &TermKind, n_rows: usize) -> Truths {
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
                    let causes = match figure.causes(row) {
                        none if none.is_empty() => Cause::Imprecise.into(),
                        known => known,
                    };
                    column.push(truth, causes, figure.marks(row));
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
        for (at, (part, value)) in parts.iter().zip(&values).enumerate() {
            if is_passed_over(kind, &values, at) {
                continue;
            }
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

/// Whether a part is the branch that a settled condition does not take: it says nothing of the whole.
fn is_passed_over(kind: &TermKind, values: &[Truth], at: usize) -> bool {
    let branch = match kind {
        TermKind::Either(..) => values.first(),
        _ => None,
    };
    matches!(
        (branch, at),
        (Some(Truth::True), 2) | (Some(Truth::False), 1)
    )
}

/// A condition made of conditions, from their truths in order.
pub(crate) fn truth(kind: &TermKind, values: &[Truth]) -> Truth {
    let all = || values.iter().fold(Truth::True, |all, one| all.and(*one));
    let any = || values.iter().fold(Truth::False, |all, one| all.or(*one));
    match (kind, values) {
        (TermKind::Truth(truth), _) => Truth::from(*truth),
        (TermKind::Not(_), [value]) => !*value,
        (TermKind::All(_), _) => all(),
        (TermKind::Any(_), _) => any(),
        (TermKind::AtLeast(n, _), _) => {
            let with = |wanted| values.iter().filter(|value| **value == wanted).count();
            let n = usize::try_from(*n).unwrap_or(usize::MAX);
            match () {
                () if with(Truth::True) >= n => Truth::True,
                () if with(Truth::True) + with(Truth::Unknown) < n => Truth::False,
                () => Truth::Unknown,
            }
        }
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
