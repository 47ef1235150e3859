//! One condition over a batch of entities: rows, columns, and one answer an entity.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::bases;
use super::columns::{Column, Marks, Numbers};
use super::decide::Joint;
use super::inputs::{Gather, Pick, RowSpec, Slot};
use super::many::{self, Many};
use super::steps::{column, numbers, truths};
use crate::figures::ClaimId;
use crate::model::EntityId;
use crate::number::{Exact, Number};
use crate::period::Period;
use crate::program::{DecisionId, InputId, Program, Root, TermId, TermKind};
use crate::set::{Set, Truth};
use crate::verdict::{Cause, Causes};

/// Combinations of claims that are judged one by one for an entity.
const MOST_COMBINATIONS: usize = 64;

/// The rows and columns of one evaluation.
#[derive(Debug, Clone)]
pub struct Frame<N = Exact> {
    /// The evaluated period.
    pub period: Period,
    /// The day whose law applies.
    pub day: chrono::NaiveDate,
    /// The rows.
    pub rows: Vec<RowSpec>,
    /// The figures, as in the root's list: in order.
    pub inputs: Vec<InputId>,
    /// For each figure the claims of each entity.
    pub slots: Vec<Vec<Slot>>,
    /// What is said of many bodies, by the term that says it.
    pub many: BTreeMap<TermId, Arc<Many>>,
    /// The name of the weights that scores take.
    pub weights: Option<String>,
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
        day: gather.clocks.in_force,
        rows,
        inputs: root.inputs.clone(),
        slots,
        many: BTreeMap::new(),
        weights: gather.clocks.choice.weights.clone(),
        columns: BTreeMap::new(),
    };
    for term in &root.terms {
        if let TermKind::Aggregate(id) = gather.program.terms[*term].kind {
            frame.many.insert(*term, gather.memory.many(gather, id));
        }
    }
    let figures = bases::figures::<N>(gather, &frame, root, entities);
    // All outcomes of a decision are looked at together, and once.
    let mut joints: BTreeMap<DecisionId, Joint> = BTreeMap::new();
    for term in &root.terms {
        if let TermKind::Outcome(id, place, _) = &gather.program.terms[*term].kind {
            let joint = joints
                .entry(*id)
                .or_insert_with(|| Joint::of(gather, &frame, &figures, *id));
            let is_answer = root.answers == Some(*id);
            let column = Column::Truths(joint.column(&frame, *place, is_answer));
            frame.columns.insert(*term, column);
            continue;
        }
        if let Some(known) = frame.many.get(term) {
            let mut column = many::column(&frame, entities, known);
            if bases::is_mixed(&frame, known) {
                for row in 0..frame.rows.len() {
                    column.spoil(row, Cause::DefinitionBreak, None);
                }
            }
            frame.columns.insert(*term, Column::Numbers(column));
            continue;
        }
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
        let counts = slots
            .iter()
            .map(|slots| slots.get(entity).map_or(0, |slot| slot.claims.len()));
        if counts.clone().all(|n| n <= 1) {
            rows.push(RowSpec {
                entity,
                pick: Pick::Only,
            });
            continue;
        }
        let counts: Vec<usize> = counts.map(|n| n.max(1)).collect();
        let n = counts.iter().fold(1usize, |all, n| all.saturating_mul(*n));
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
                choice.push(u16::try_from(code % *count).unwrap_or(0));
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
    pub(super) fn slot(&self, row: usize, input: InputId) -> Option<&Slot> {
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

    /// Whether a row takes for each figure whatever any of its claims allows, for there are too many of them.
    #[must_use]
    pub(crate) fn takes_any(&self, row: usize) -> bool {
        let spec = self.rows.get(row);
        spec.is_some_and(|spec| spec.pick == Pick::Hull)
    }

    /// The column of a figure that may be derived.
    pub(super) fn derivation(&self, program: &Program, input: InputId) -> Option<&Numbers<N>> {
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
    #[must_use]
    pub fn marks(&self, term: TermId, row: usize) -> Marks {
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
