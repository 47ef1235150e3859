//! Rules that nobody could check or keep: without a place in a text, without somebody who answers for
//! them, without a test.

use std::collections::BTreeSet;

use super::{Lint, LintOptions, Linted};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::model::{Rule, RuleId, RuleKind};
use crate::program::Program;
use crate::reach::Owner;
use crate::testing::run_and_reach;

pub(super) fn look(program: &Program, _: &LintOptions<'_>, found: &mut Linted) {
    let own: Vec<(RuleId, &Rule)> = program
        .model
        .rules
        .iter()
        .filter(|(_, rule)| program.is_own(rule.span))
        .collect();
    for (_, rule) in &own {
        // A check holds figures against each other; it is arithmetic and stands in no text.
        if rule.kind != RuleKind::Check && !cites(rule) {
            let problem = Diagnostic::new(Code::NoCitation, rule.span).with("rule", &rule.id);
            found.push(Lint::new(&rule.id, problem.help(Message::new("help-l002"))));
        }
    }
    owners(program, &own, found);
    tests(program, &own, found);
}

/// Whether it, or one of its cases, says where it is from.
fn cites(rule: &Rule) -> bool {
    let versions = rule.decision.iter().flat_map(|decision| &decision.versions);
    let mut cases = versions.flat_map(|version| &version.cases);
    !rule.citations.is_empty() || cases.any(|case| !case.citations.is_empty())
}

/// Rules that somebody is to carry out: goals and milestones. Of a pack that names nobody at all it is
/// said once, for then its text names nobody.
fn owners(program: &Program, own: &[(RuleId, &Rule)], found: &mut Linted) {
    let is_task = |rule: &Rule| matches!(rule.kind, RuleKind::Target | RuleKind::Milestone);
    let tasks = own.iter().filter(|(_, rule)| is_task(rule));
    let (with, without): (Vec<&Rule>, Vec<&Rule>) = tasks
        .map(|(_, rule)| *rule)
        .partition(|rule| has_owner(program, rule));
    let Some(first) = without.first() else {
        return;
    };
    if with.is_empty() && without.len() > 1 {
        let all = Message::new("lint-all-tasks").with("count", without.len());
        let problem = Diagnostic::new(Code::NoOwner, first.span).with("what", all);
        found.push(Lint {
            item: None,
            problem,
            fix: None,
        });
        return;
    }
    for rule in without {
        let problem =
            Diagnostic::new(Code::NoOwner, rule.span).with("what", format!("`{}`", rule.id));
        found.push(Lint::new(&rule.id, problem));
    }
}

/// Whether somebody answers for it, or for what it is a part of.
fn has_owner(program: &Program, rule: &Rule) -> bool {
    let mut open: Vec<&Rule> = vec![rule];
    let mut seen: BTreeSet<RuleId> = BTreeSet::new();
    while let Some(rule) = open.pop() {
        if !rule.owners.is_empty() {
            return true;
        }
        let wholes = rule.wholes.iter().filter(|id| seen.insert(**id));
        open.extend(wholes.map(|id| &program.model.rules[*id]));
    }
    false
}

/// Rules of which no test showed anything.
fn tests(program: &Program, own: &[(RuleId, &Rule)], found: &mut Linted) {
    let (_, reach) = run_and_reach(program);
    let shown = reach.items.iter().filter(|item| !item.seen.is_empty());
    let shown: BTreeSet<RuleId> = shown
        .filter_map(|item| match item.owner {
            Owner::Rule(id) => Some(id),
            Owner::Define(_) | Owner::Score(_) => None,
        })
        .collect();
    for (id, rule) in own {
        if !shown.contains(id) {
            let problem = Diagnostic::new(Code::NoTest, rule.span).with("rule", &rule.id);
            found.push(Lint::new(&rule.id, problem.help(Message::new("help-l004"))));
        }
    }
}
