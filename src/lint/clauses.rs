//! Rules against the documents that they cite: one clause with two limits, and rules that are due when
//! their law is not in force.

use std::collections::BTreeMap;

use super::{Lint, LintOptions, Linted};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::model::Citation;
use crate::model::{ExprKind, FigureRef, InstrumentId, Model, Rule, When};
use crate::number::Exact;
use crate::period::Period;
use crate::program::Program;
use crate::set::Comparison;

pub(super) fn look(program: &Program, _: &LintOptions<'_>, found: &mut Linted) {
    let rules = program.model.rules.values();
    let own: Vec<&Rule> = rules.filter(|rule| program.is_own(rule.span)).collect();
    twice(&own, found);
    for rule in own {
        out_of_force(&program.model, rule, found);
    }
}

/// What tells one clause on one figure from another.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    instrument: InstrumentId,
    section: &'a str,
    quote: &'a str,
    line: Option<&'a str>,
    figure: &'a FigureRef,
    is_floor: bool,
    due: Option<Period>,
}

/// One clause that two rules cite for the same figure and day with different limits.
fn twice(own: &[&Rule], found: &mut Linted) {
    let mut known: BTreeMap<Key<'_>, (&Rule, &Exact)> = BTreeMap::new();
    for rule in own {
        let Some(level) = &rule.level else { continue };
        let ExprKind::Figure(figure) = &level.subject.kind else {
            continue;
        };
        let due = match rule.when {
            When::By(due) | When::ReachedBy(due) => Some(due),
            When::Each { .. } => None,
        };
        let is_told = |citation: &&Citation| !citation.quote.is_empty() || citation.line.is_some();
        for citation in rule.citations.iter().filter(is_told) {
            let key = Key {
                instrument: citation.instrument,
                section: &citation.section,
                quote: &citation.quote,
                line: citation.line.as_deref(),
                figure,
                is_floor: matches!(level.op, Comparison::Ge | Comparison::Gt),
                due,
            };
            let (first, limit) = *known.entry(key).or_insert((rule, &level.limit));
            let is_alike =
                first.scope == rule.scope && first.condition.is_none() && rule.condition.is_none();
            if *limit != level.limit && is_alike {
                let problem = Diagnostic::new(Code::ClauseTwice, rule.goal.span)
                    .with("rule", &rule.id)
                    .with("other", &first.id)
                    .place(first.goal.span, Message::new("place-first"));
                found.push(Lint::new(&rule.id, problem));
            }
        }
    }
}

/// A rule that is due before the law under which it stands, or after it has ended.
fn out_of_force(model: &Model, rule: &Rule, found: &mut Linted) {
    let (When::By(due) | When::ReachedBy(due)) = rule.when else {
        return;
    };
    for id in &rule.under {
        let law = &model.instruments[*id];
        let name = law.label.or_id(&law.id);
        let wrong = match (law.since, law.until) {
            (Some(since), _) if due.last_day() < since.first_day() => {
                Message::new("lint-before-force").with("since", since.to_string())
            }
            (_, Some(until)) if until.last_day() < due.first_day() => {
                Message::new("lint-after-force").with("until", until.to_string())
            }
            _ => continue,
        };
        let problem = Diagnostic::new(Code::OutOfForce, rule.goal.span)
            .with("rule", &rule.id)
            .with("due", due.to_string())
            .with("law", &name)
            .with("why", wrong)
            .place(law.span, Message::new("place-here"));
        found.push(Lint::new(&rule.id, problem));
    }
}
