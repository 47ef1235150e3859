//! What settles a condition: its truth and those of its parts go in, the parts that an explanation
//! names come out.

use crate::eval::Frame;
use crate::program::{TermId, TermKind};
use crate::set::Truth;

/// The parts that settle a condition; all of them where it takes all.
pub(crate) fn settling(frame: &Frame, row: usize, kind: &TermKind, truth: Truth) -> Vec<TermId> {
    let operands = kind.operands();
    let with = |wanted: Truth| -> Vec<TermId> {
        operands
            .iter()
            .copied()
            .filter(|part| frame.truth(*part, row) == Some(wanted))
            .collect()
    };
    match (kind, truth) {
        (TermKind::All(_), Truth::False) => with(Truth::False),
        (TermKind::Any(_) | TermKind::AtLeast(..), Truth::True) => with(Truth::True),
        (TermKind::AtLeast(..), Truth::False) => with(Truth::False),
        (TermKind::All(_) | TermKind::Any(_), Truth::Unknown) => with(Truth::Unknown),
        (TermKind::Either(condition, yes, no), _) => match frame.truth(*condition, row) {
            Some(Truth::True) => vec![*condition, *yes],
            Some(Truth::False) => vec![*condition, *no],
            _ => operands,
        },
        (TermKind::Implies(left, right), Truth::True) => {
            if frame.truth(*left, row) == Some(Truth::False) {
                vec![*left]
            } else {
                vec![*right]
            }
        }
        _ => operands,
    }
}
