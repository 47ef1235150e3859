//! Rules that somebody meets by publishing nothing, and rules that allow what could not happen anyway.

use std::collections::{BTreeMap, BTreeSet};

use super::{Edit, Lint, LintOptions, Linted};
use crate::diagnostic::{Code, Diagnostic};
use crate::eval::{Options, evaluate};
use crate::figures::Submission;
use crate::message::Message;
use crate::model::absence;
use crate::model::{Entity, InstrumentId, Model, Rule, RuleId, RuleKind, When};
use crate::period::Period;
use crate::program::Program;
use crate::source::Span;
use crate::syntax::ast::{BlockKind, ClauseKind, ItemKind};
use crate::syntax::{Limits, parse};
use crate::verdict::Verdict;

/// The year in which a rule is looked at that names none.
const ANY_YEAR: i32 = 2020;

pub(super) fn look(program: &Program, _: &LintOptions<'_>, found: &mut Linted) {
    let passing = passing(program, found);
    for (id, rule) in program.model.rules.iter() {
        if !program.is_own(rule.span) {
            continue;
        }
        let passes = passing.contains(&id);
        if passes && !rule.absence_may_pass {
            let problem = Diagnostic::new(Code::PassesWithNothing, rule.goal.span)
                .with("rule", &rule.id)
                .help(Message::new("help-l010"));
            found.push(Lint::new(&rule.id, problem));
        }
        if rule.absence_may_pass && !passes && absence::check(&program.model, rule).is_empty() {
            found.lints.extend(needless(program, rule));
        }
    }
}

/// Goals and milestones that pass when no figure at all was published.
fn passing(program: &Program, found: &mut Linted) -> BTreeSet<RuleId> {
    let model = &program.model;
    let nothing = nobody_publishes(model);
    let mut years: BTreeMap<i32, Vec<RuleId>> = BTreeMap::new();
    for (id, rule) in model.rules.iter() {
        let is_goal = matches!(rule.kind, RuleKind::Target | RuleKind::Milestone);
        if is_goal && program.is_own(rule.span) {
            years.entry(year(model, rule)).or_default().push(id);
        }
    }
    let mut passing = BTreeSet::new();
    for (year, rules) in years {
        let options = Options {
            period: Some(Period::Year(year)),
            ..Options::default()
        };
        let outcome = evaluate(program, &nothing, &options);
        let mut judged: BTreeSet<RuleId> = BTreeSet::new();
        for row in &outcome.rows {
            judged.insert(row.rule);
            if row.verdict == Verdict::Pass && rules.contains(&row.rule) {
                passing.insert(row.rule);
            }
        }
        for id in rules.iter().filter(|id| !judged.contains(id)) {
            let why = Message::new("lint-nobody");
            found.skip(Code::PassesWithNothing, &model.rules[*id].id, why);
        }
    }
    passing
}

/// A submission without figures. A class that is open has one member, of whom nothing is known.
fn nobody_publishes(model: &Model) -> Submission {
    let mut nothing = Submission::new(model);
    for (id, class) in model
        .classes
        .iter()
        .filter(|(_, class)| class.is_open && class.owner.is_none())
    {
        nothing.entities.push(Entity {
            id: class.id.clone(),
            label: class.label.clone(),
            class: Some(id),
            part_of: None,
            further: None,
            span: class.span,
        });
    }
    nothing
}

/// A year in which a rule is judged by a law in force.
fn year(model: &Model, rule: &Rule) -> i32 {
    let named = match rule.when {
        When::By(due) | When::ReachedBy(due) => Some(due.year()),
        When::Each { since, until } => until.or(since).map(|period| period.year()),
    };
    let since = |id: &InstrumentId| model.instruments[*id].since.map(|period| period.year());
    let law = rule.under.iter().filter_map(since).max();
    match (named, law) {
        (Some(named), Some(law)) => named.max(law + 1),
        (Some(named), None) => named,
        (None, Some(law)) => law + 1,
        (None, None) => ANY_YEAR,
    }
}

/// `absence may pass` where absence never helps; the clause can go.
fn needless(program: &Program, rule: &Rule) -> Option<Lint> {
    let source = rule.span.source;
    let text = program.sources.text(source);
    let (module, _) = parse(source, text, &Limits::default());
    let blocks = module.items.iter().filter_map(|item| match &item.kind {
        ItemKind::Block(block) if block.kind != BlockKind::Pack => Some(block),
        _ => None,
    });
    let clauses = blocks
        .filter(|block| block.id.span == rule.span)
        .flat_map(|block| &block.clauses);
    let span = clauses
        .filter(|clause| matches!(clause.kind, ClauseKind::AbsenceMayPass))
        .map(|clause| clause.span)
        .next()?;
    let problem = Diagnostic::new(Code::NeedlessAbsence, span).with("rule", &rule.id);
    let edit = Edit {
        span: with_blanks(text, span),
        text: String::new(),
    };
    Some(Lint::new(&rule.id, problem).mended_by(vec![edit]))
}

/// A clause with the blanks before it, and its line where nothing else stands there.
fn with_blanks(text: &str, clause: Span) -> Span {
    let before = text.get(..clause.start as usize).unwrap_or("");
    let blanks = before.len() - before.trim_end_matches([' ', '\t', '\n', '\r']).len();
    Span {
        start: clause.start - u32::try_from(blanks).unwrap_or(0),
        ..clause
    }
}
