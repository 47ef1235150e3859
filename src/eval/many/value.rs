//! The value of one member: a frame goes in, what its claims allow together comes out. Knows no fold.

use super::Answer;
use crate::eval::columns::Marks;
use crate::eval::inputs::Pick;
use crate::eval::run::Frame;
use crate::eval::tight::enclose;
use crate::program::{Program, TermId};
use crate::set::Set;
use crate::verdict::{Cause, Causes};

/// What one member has: what all its claims agree on; where they do not, whatever any allows.
pub(super) fn value(
    program: &Program,
    (term, is_repeated): (TermId, bool),
    frame: &Frame,
    entity: usize,
) -> Answer {
    let first = frame.rows.partition_point(|row| row.entity < entity);
    let last = frame.rows.partition_point(|row| row.entity <= entity);
    let of_row = |row: usize| {
        let plain = frame.number(term, row).cloned();
        let mut marks = frame.marks(term, row);
        let set = match plain {
            Some(set) if is_repeated && !set.is_point() => {
                let (set, is_loose) = enclose(program, frame, term, row).unwrap_or((set, true));
                if is_loose {
                    marks = marks.union(Marks::LOOSE);
                }
                Some(set)
            }
            other => other,
        };
        Answer {
            set,
            causes: frame.causes(term, row),
            marks,
        }
    };
    let is = |row: usize, pick: &Pick| frame.rows.get(row).is_some_and(|spec| spec.pick == *pick);
    let Some(meet) = (first..last).find(|row| is(*row, &Pick::Meet)) else {
        return of_row(first);
    };
    let each: Vec<Answer> = (first..meet).map(of_row).collect();
    let causes = each
        .iter()
        .fold(Causes::NONE, |all, one| all.union(one.causes));
    let marks = each
        .iter()
        .fold(Marks::NONE, |all, one| all.union(one.marks));
    let sets: Option<Vec<&Set>> = each.iter().map(|one| one.set.as_ref()).collect();
    let Some((one, others)) = sets.as_deref().and_then(<[&Set]>::split_first) else {
        return Answer {
            set: None,
            causes,
            marks,
        };
    };
    // Where all are true the truth lies in what they share; then no claim alone says otherwise.
    let shared = others
        .iter()
        .try_fold((*one).clone(), |all, set| all.intersect(set));
    match shared {
        Some(shared) => Answer {
            set: Some(shared),
            causes,
            marks,
        },
        None => Answer {
            set: Some(others.iter().fold((*one).clone(), |all, set| all.hull(set))),
            causes: causes.union(Cause::Conflict.into()),
            marks,
        },
    }
}
