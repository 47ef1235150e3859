//! Figures of different bases: those that are compared with each other are linked, or
//! nothing is said of them. What is compared with a number alone stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::Numbers;
use super::inputs::Gather;
use super::many::Many;
use super::run::Frame;
use crate::model::{EntityId, IndicatorId, Measure};
use crate::number::{Exact, Number};
use crate::program::{InputId, Program, Root, TermId, TermKind};
use crate::verdict::Cause;

/// The columns of all figures, made comparable where they are of different bases.
pub(super) fn figures<N: Number>(
    gather: &Gather<'_>,
    frame: &Frame<N>,
    root: &Root,
    entities: &[EntityId],
) -> Vec<Numbers<N>> {
    let mut columns: Vec<Numbers<N>> = frame
        .inputs
        .iter()
        .zip(&frame.slots)
        .enumerate()
        .map(|(index, (input, slots))| gather.column(index, *input, slots, &frame.rows, entities))
        .collect();
    let groups = groups(gather, root);
    let many = of_many(frame);
    if groups.is_empty() {
        return columns;
    }
    for (row, _) in frame.rows.iter().enumerate() {
        for (index, column) in columns.iter_mut().enumerate() {
            match step(gather, frame, (&groups, &many), index, row) {
                Step::None => {}
                Step::Link(factor) => column.rescale(row, &factor),
                Step::Break => {
                    let figure = frame
                        .inputs
                        .get(index)
                        .map(|id| &gather.program.inputs[*id].figure);
                    let left = figure.filter(|_| gather.is_bounded);
                    let left = left.map(|figure| gather.bounds(figure).widen_into::<N>());
                    column.spoil(row, Cause::DefinitionBreak, left);
                }
            }
        }
    }
    columns
}

/// Figures of one indicator with several bases that one comparison brings together.
fn groups(gather: &Gather<'_>, root: &Root) -> Vec<Vec<InputId>> {
    let program = gather.program;
    let indicator = |input: &InputId| program.inputs[*input].figure.indicator;
    let has_bases = |input: &InputId| program.model.indicators[indicator(input)].bases.len() > 1;
    if !root.inputs.iter().any(has_bases) {
        return Vec::new();
    }
    let mut groups = Vec::new();
    let is_compared = |term: &&TermId| matches!(program.terms[**term].kind, TermKind::Compare(..));
    let is_number = !program.terms[root.term].kind.is_truth();
    let roots = root.terms.iter().filter(is_compared).copied();
    for term in roots.chain(is_number.then_some(root.term)) {
        let mut inputs: Vec<InputId> = below(program, term).into_iter().filter(has_bases).collect();
        inputs.sort_by_key(|input| (indicator(input), *input));
        let same = inputs.chunk_by(|a, b| indicator(a) == indicator(b));
        groups.extend(same.map(<[InputId]>::to_vec));
    }
    groups
}

/// The figures that a number, or both sides of a comparison, are computed from.
fn below(program: &Program, term: TermId) -> BTreeSet<InputId> {
    let mut inputs = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![term];
    while let Some(next) = open.pop() {
        let kind = &program.terms[next].kind;
        let is_own = next == term || !kind.is_truth();
        if !seen.insert(next) || !is_own {
            continue;
        }
        if let TermKind::Input(input) | TermKind::Derived(input, _) = kind {
            inputs.insert(*input);
        }
        open.extend(kind.operands());
    }
    inputs
}

/// The first and the last basis of an indicator that what is said of many bodies rests on.
type Spread = BTreeMap<IndicatorId, (u16, u16)>;

/// The bases that what is said of many bodies in a frame rests on.
fn of_many<N: Number>(frame: &Frame<N>) -> Spread {
    let mut spread = Spread::new();
    for (indicator, basis) in frame.many.values().flat_map(|many| &many.bases) {
        let (first, last) = spread.entry(*indicator).or_insert((*basis, *basis));
        (*first, *last) = ((*first).min(*basis), (*last).max(*basis));
    }
    spread
}

/// Whether what is said of many bodies is held against the same on another basis.
pub(super) fn is_mixed<N: Number>(frame: &Frame<N>, many: &Many) -> bool {
    let spread = of_many(frame);
    let is_one = |indicator| {
        spread
            .get(indicator)
            .is_none_or(|(first, last)| first == last)
    };
    !many.bases.keys().all(is_one)
}

/// What becomes of a figure in a row.
enum Step {
    None,
    Link(Exact),
    Break,
}

/// The step that every comparison of a figure asks for; a break where they differ.
fn step<N: Number>(
    gather: &Gather<'_>,
    frame: &Frame<N>,
    (groups, many): (&[Vec<InputId>], &Spread),
    index: usize,
    row: usize,
) -> Step {
    let Some(input) = frame.inputs.get(index) else {
        return Step::None;
    };
    let basis = |input: &InputId| {
        let index = frame.inputs.binary_search(input).ok()?;
        let spec = frame.rows.get(row)?;
        let slot = frame.slots.get(index)?.get(spec.entity);
        gather.basis(index, &gather.program.inputs[*input], slot, spec)
    };
    let Some(own) = basis(input) else {
        return Step::None;
    };
    let mut wanted = groups
        .iter()
        .filter(|group| group.contains(input))
        .filter_map(|group| group.iter().filter_map(basis).max());
    let Some(latest) = wanted.next() else {
        return Step::None;
    };
    if wanted.any(|other| other != latest) {
        return Step::Break;
    }
    let indicator = &gather.program.inputs[*input].figure.indicator;
    let floor = gather.floor.and_then(|floor| floor.get(indicator).copied());
    // What is said of many bodies stays on its basis; the figures beside it come to that.
    let latest = match many.get(indicator) {
        Some((first, last)) if first != last || latest > *first => return Step::Break,
        Some((first, _)) => *first,
        None => latest.max(floor.unwrap_or(0)),
    };
    if latest == own {
        return Step::None;
    }
    let figure = &gather.program.inputs[*input].figure;
    match gather.link(figure, own, latest) {
        // A rate or a rank is the same on any scale.
        Some(_) if matches!(figure.measure, Measure::Growth | Measure::Rank) => Step::None,
        Some(factor) => Step::Link(factor),
        None => Step::Break,
    }
}
