//! Figures that are also computed from others, such as a growth from its levels: where a question
//! names those others as well, the two must not contradict each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Measure, RuleId};
use crate::program::{Program, TermId, TermKind};

/// How an indicator comes into a question: named by itself, or as a part of what is computed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Named(String, &'static str),
    Part(String, &'static str),
}

/// In which ways each indicator comes into a question.
#[derive(Debug, Default)]
pub(in crate::prove) struct Ways(BTreeMap<String, BTreeSet<Way>>);

impl Ways {
    /// Adds all that a rule asks.
    pub(in crate::prove) fn add_rule(&mut self, program: &Program, id: RuleId) {
        let rule = &program.rules[id];
        let roots = std::iter::once(&rule.goal)
            .chain(&rule.condition)
            .chain(&rule.reached);
        let mut terms: Vec<TermId> = roots.map(|root| root.term).collect();
        if let Some(decision) = rule.decision {
            let versions = &program.decisions[decision].versions;
            terms.extend(versions.iter().flat_map(|version| &version.outcomes));
        }
        self.add(program, terms);
    }

    /// Adds terms, with all that they are computed from.
    pub(in crate::prove) fn add(&mut self, program: &Program, terms: Vec<TermId>) {
        for term in reached(program, terms, true) {
            match &program.terms[term].kind {
                TermKind::Derived(input, inner) => {
                    let (indicator, measure) = named(program, *input);
                    for part in parts(program, *inner) {
                        let way = Way::Part(indicator.clone(), measure);
                        self.0.entry(part).or_default().insert(way);
                    }
                }
                TermKind::Input(input) => {
                    let (indicator, measure) = named(program, *input);
                    let way = Way::Named(indicator.clone(), measure);
                    self.0.entry(indicator).or_default().insert(way);
                }
                _ => {}
            }
        }
    }

    /// Whether what is computed from a term has to be read as computed.
    pub(super) fn is_tied(&self, program: &Program, inner: TermId) -> bool {
        let mut parts = parts(program, inner).into_iter();
        parts.any(|part| self.0.get(&part).is_some_and(|ways| ways.len() > 1))
    }
}

fn named(program: &Program, input: crate::program::InputId) -> (String, &'static str) {
    let figure = &program.inputs[input].figure;
    let measure: Measure = figure.measure;
    (
        program.model.indicators[figure.indicator].id.clone(),
        measure.word(),
    )
}

/// The indicators that a term is computed from.
fn parts(program: &Program, inner: TermId) -> BTreeSet<String> {
    let terms = reached(program, vec![inner], false).into_iter();
    let inputs = terms.filter_map(|term| match &program.terms[term].kind {
        TermKind::Input(input) | TermKind::Derived(input, _) => Some(*input),
        _ => None,
    });
    inputs.map(|input| named(program, input).0).collect()
}

/// Terms and what they are computed from; not beyond a figure that may be published, where so told.
fn reached(program: &Program, mut open: Vec<TermId>, is_short: bool) -> BTreeSet<TermId> {
    let mut found = BTreeSet::new();
    while let Some(term) = open.pop() {
        let kind = &program.terms[term].kind;
        let is_end = is_short && matches!(kind, TermKind::Derived(..));
        if found.insert(term) && !is_end {
            open.extend(kind.operands());
        }
    }
    found
}
