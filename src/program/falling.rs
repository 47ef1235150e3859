//! Evidence that a rule holds against itself: terms go in, the items come out whose coming true
//! may turn some goal false. Where in doubt an item is one of them.

use std::collections::BTreeSet;

use super::{AggregateId, AggregateProgram, Root, Term, TermId, TermKind};
use crate::index::Arena;
use crate::model::{Fold, IndicatorId, Model};
use crate::program::{Input, InputId};
use crate::set::Comparison;

/// How a goal goes with a term: what makes the term more makes it true, false, or either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    With,
    Against,
    Either,
}

impl Way {
    fn turned(self) -> Way {
        match self {
            Way::With => Way::Against,
            Way::Against => Way::With,
            Way::Either => Way::Either,
        }
    }
}

/// The items of evidence that some goal or condition does not only rise with.
pub(super) fn falling<'a>(
    model: &Model,
    terms: &Arena<TermId, Term>,
    inputs: &Arena<InputId, Input>,
    aggregates: &Arena<AggregateId, AggregateProgram>,
    roots: impl Iterator<Item = &'a Root>,
) -> BTreeSet<IndicatorId> {
    let mut found = BTreeSet::new();
    let mut seen: BTreeSet<(TermId, Way)> = BTreeSet::new();
    let mut open: Vec<(TermId, Way)> = roots.map(|root| (root.term, Way::With)).collect();
    while let Some((term, way)) = open.pop() {
        if !seen.insert((term, way)) {
            continue;
        }
        let kind = &terms[term].kind;
        if let TermKind::Input(input) | TermKind::Derived(input, _) | TermKind::Present(input) =
            kind
        {
            let indicator = inputs[*input].figure.indicator;
            let is_evidence = model.indicators[indicator].evidence.is_some();
            let is_present = matches!(kind, TermKind::Present(_));
            if is_evidence && (is_present || way != Way::With) {
                found.insert(indicator);
            }
        }
        if let TermKind::Aggregate(id) = kind {
            let aggregate = &aggregates[*id];
            let own = match aggregate.fold {
                Fold::Rank(_) | Fold::Standing(_) => Way::Either,
                _ => way,
            };
            open.push((aggregate.root.term, own));
            let others = aggregate.filter.iter().chain(&aggregate.complete);
            open.extend(others.map(|root| (root.term, Way::Either)));
        }
        open.extend(parts(kind, way));
    }
    found
}

/// What a term is computed from, and how the goal goes with each.
fn parts(kind: &TermKind, way: Way) -> Vec<(TermId, Way)> {
    match kind {
        TermKind::Not(inner) | TermKind::Negative(inner) => vec![(*inner, way.turned())],
        TermKind::Sum(terms) => terms
            .iter()
            .map(|(is_less, term)| (*term, if *is_less { way.turned() } else { way }))
            .collect(),
        TermKind::Compare(op, left, right, _) => match op {
            Comparison::Ge | Comparison::Gt => vec![(*left, way), (*right, way.turned())],
            Comparison::Le | Comparison::Lt => vec![(*left, way.turned()), (*right, way)],
            Comparison::Eq | Comparison::Ne => vec![(*left, Way::Either), (*right, Way::Either)],
        },
        TermKind::Implies(left, right) => vec![(*left, way.turned()), (*right, way)],
        TermKind::Either(condition, yes, no) | TermKind::Choose(condition, yes, no) => {
            vec![(*condition, Way::Either), (*yes, way), (*no, way)]
        }
        TermKind::Derived(..)
        | TermKind::IsYes(_)
        | TermKind::Strict(..)
        | TermKind::All(_)
        | TermKind::Any(_)
        | TermKind::AtLeast(..)
        | TermKind::Min(_)
        | TermKind::Max(_) => kind
            .operands()
            .into_iter()
            .map(|term| (term, way))
            .collect(),
        _ => {
            let operands = kind.operands().into_iter();
            operands.map(|term| (term, Way::Either)).collect()
        }
    }
}
