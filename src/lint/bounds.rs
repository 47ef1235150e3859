//! Comparisons that the declared bounds of their figures decide already, whatever is published.

use std::collections::BTreeSet;

use super::{Lint, LintOptions, Linted};
use crate::diagnostic::{Code, Diagnostic};
use crate::explain::{Shown, Unit, words_in_both};
use crate::index::Id;
use crate::message::Message;
use crate::model::{Rule, RuleId, Type};
use crate::number::Exact;
use crate::program::{Program, TermId, TermKind};
use crate::reach::bounds as declared;
use crate::set::{Set, Truth, compare};
use crate::source::Span;

pub(super) fn look(program: &Program, options: &LintOptions<'_>, found: &mut Linted) {
    let ranges = ranges(program);
    // What compiling says of the same place is enough.
    let known: Vec<Span> = options
        .warnings
        .iter()
        .filter(|one| matches!(one.code, Code::LimitOutsideBounds | Code::CaseNever))
        .filter_map(|one| one.places.first())
        .map(|place| place.span)
        .collect();
    for (id, rule) in program.model.rules.iter() {
        if !program.is_own(rule.span) {
            continue;
        }
        for term in comparisons(program, id) {
            let span = program.terms[term].span;
            let touches = |one: &Span| {
                one.source == span.source && one.start < span.end && span.start < one.end
            };
            if program.is_own(span) && !known.iter().any(touches) {
                found.lints.extend(decided(program, &ranges, rule, term));
            }
        }
    }
}

/// The comparisons that a rule is judged by, each place once.
fn comparisons(program: &Program, id: RuleId) -> Vec<TermId> {
    let rule = &program.rules[id];
    let roots = std::iter::once(rule.goal.term).chain(rule.condition.as_ref().map(|it| it.term));
    let mut open: Vec<TermId> = match rule.decision {
        Some(decision) => {
            let versions = &program.decisions[decision].versions;
            let cases = versions.iter().flat_map(|version| &version.cases);
            cases.map(|case| case.holds).chain(roots.skip(1)).collect()
        }
        None => roots.collect(),
    };
    let mut seen = BTreeSet::new();
    let mut places = BTreeSet::new();
    let mut all = Vec::new();
    while let Some(term) = open.pop() {
        if !seen.insert(term) {
            continue;
        }
        let found = &program.terms[term];
        match &found.kind {
            // A decision is looked at where it is declared.
            TermKind::Outcome(..) => continue,
            TermKind::Compare(_, left, right, _) => {
                let sides = [*left, *right].map(|side| program.terms[side].span);
                if places.insert((found.span, sides)) {
                    all.push(term);
                }
            }
            TermKind::Aggregate(id) => {
                let aggregate = &program.aggregates[*id];
                open.push(aggregate.root.term);
                open.extend(aggregate.filter.as_ref().map(|filter| filter.term));
            }
            _ => {}
        }
        open.extend(found.kind.operands());
    }
    all.sort_by_key(|term| program.terms[*term].span);
    all
}

/// What each term can be, by the declared bounds alone; none where nothing is known.
fn ranges(program: &Program) -> Vec<Option<Set>> {
    let mut all: Vec<Option<Set>> = Vec::with_capacity(program.terms.len());
    for id in program.terms.ids() {
        let of = |term: &TermId| all.get(term.index())?.clone();
        let range = range(program, id, &of);
        all.push(range);
    }
    all
}

fn range(program: &Program, term: TermId, of: &impl Fn(&TermId) -> Option<Set>) -> Option<Set> {
    let found = &program.terms[term];
    if !matches!(found.ty, Type::Quantity(_)) {
        return None;
    }
    match &found.kind {
        TermKind::Number(value) => Some(Set::point(value.clone())),
        TermKind::Input(input) | TermKind::Derived(input, _) => {
            match &program.inputs[*input].baseline {
                Some((value, _)) => Some(Set::point(value.clone())),
                None => declared(program, term),
            }
        }
        TermKind::Aggregate(_) => declared(program, term),
        TermKind::Negative(inner) => Some(of(inner)?.neg()),
        TermKind::Abs(inner) => Some(of(inner)?.abs()),
        TermKind::Power(inner, n) => of(inner)?.pow(*n).ok(),
        TermKind::Sum(terms) => {
            let mut total = Set::point(Exact::from(0));
            for (is_subtracted, term) in terms {
                let next = of(term)?;
                total = match is_subtracted {
                    true => total.sub(&next),
                    false => total.add(&next),
                };
            }
            Some(total)
        }
        TermKind::Product(factors) => {
            let mut total = Set::point(Exact::from(1));
            for (is_divisor, factor) in factors {
                let next = of(factor)?;
                total = match is_divisor {
                    true => total.div(&next).ok()?,
                    false => total.mul(&next),
                };
            }
            Some(total)
        }
        TermKind::Min(items) => fold(items, of, |a, b| a.min(&b)),
        TermKind::Max(items) => fold(items, of, |a, b| a.max(&b)),
        TermKind::Choose(_, yes, no) => Some(of(yes)?.hull(&of(no)?)),
        _ => None,
    }
}

fn fold(
    items: &[TermId],
    of: &impl Fn(&TermId) -> Option<Set>,
    join: impl Fn(Set, Set) -> Set,
) -> Option<Set> {
    let mut all = None;
    for item in items {
        let next = of(item)?;
        all = Some(match all {
            None => next,
            Some(known) => join(known, next),
        });
    }
    all
}

fn decided(program: &Program, ranges: &[Option<Set>], rule: &Rule, term: TermId) -> Option<Lint> {
    let TermKind::Compare(op, left, right, _) = &program.terms[term].kind else {
        return None;
    };
    let of = |term: TermId| ranges.get(term.index())?.as_ref();
    let (a, b) = (of(*left)?, of(*right)?);
    let truth = compare(*op, a, b);
    // Without a figure in it nothing was measured, and nothing is out of bounds.
    if !truth.is_known() || a.is_point() && b.is_point() {
        return None;
    }
    let (side, set) = if a.is_point() {
        (*right, b)
    } else {
        (*left, a)
    };
    let span = program.terms[term].span;
    let what = words_in_both(program, program.sources.slice(program.terms[side].span));
    let range = Shown {
        set: set.clone(),
        unit: Unit::of_term(program, side),
    };
    let always = match truth {
        Truth::True => Message::new("lint-always"),
        _ => Message::new("lint-never"),
    };
    let problem = Diagnostic::new(Code::DecidedByBounds, span)
        .with("always", always)
        .with("what", what)
        .with("range", &range);
    Some(Lint::new(&rule.id, problem))
}
