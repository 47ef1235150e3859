//! What can be proved of rules before any figure is there: rules that nobody can meet, that cannot be met
//! together or that add nothing, cases that compare several figures, days on which the law changes
//! answers.

use super::{Lint, LintOptions, Linted};
use crate::diagnostic::{Code, Diagnostic};
use crate::explain::named;
use crate::flaws::{Flaw, diagnostic};
use crate::message::{Arg, Message};
use crate::model::RuleId;
use crate::program::Program;
use crate::prove::{Doubt, Example, FindingKind, Ground, State, Turn, case_flaws, joins, together};

/// The codes of what is looked for here.
pub(super) const CODES: &[Code] = &[
    Code::NeverMet,
    Code::RulesClash,
    Code::RuleImplied,
    Code::NeverApplies,
    Code::LawJoin,
    Code::CasesOverlap,
    Code::CasesGap,
    Code::CaseNever,
];

pub(super) fn look(program: &Program, options: &LintOptions<'_>, found: &mut Linted) {
    if options.is_quick {
        return;
    }
    rules(program, found);
    cases(program, found);
    days(program, found);
}

fn rules(program: &Program, found: &mut Linted) {
    let told = together(program);
    let id = |rule: RuleId| program.model.rules[rule].id.as_str();
    for finding in &told.findings {
        let code = match finding.kind {
            FindingKind::NeverMet => Code::NeverMet,
            FindingKind::NeverApplies => Code::NeverApplies,
            FindingKind::Clash => Code::RulesClash,
            FindingKind::Implied => Code::RuleImplied,
        };
        let grounds = finding.grounds.iter().map(|ground| {
            Arg::Message(match ground {
                Ground::Rule(rule) => Message::new("ground-rule").with("rule", id(*rule)),
                Ground::Identity(indicator) => Message::new("ground-identity")
                    .with("indicator", &program.model.indicators[*indicator].id),
                Ground::Bounds(indicator) => {
                    Message::new("ground-bounds").with("indicator", indicator)
                }
            })
        });
        let mut grounds: Vec<Arg> = grounds.collect();
        if grounds.is_empty() {
            let key = match finding.kind {
                FindingKind::Implied => "ground-anyway",
                _ => "ground-none",
            };
            grounds.push(Arg::Message(Message::new(key)));
        }
        let rule = &program.model.rules[finding.rule];
        let mut problem = Diagnostic::new(code, rule.span)
            .with("rule", &rule.id)
            .with("grounds", Arg::List(grounds));
        for ground in &finding.grounds {
            if let Ground::Rule(other) = ground {
                let other = &program.model.rules[*other];
                let words = Message::new("place-ground").with("rule", &other.id);
                problem = problem.place(other.span, words);
            }
        }
        found.push(Lint::new(&rule.id, problem));
    }
    // What is judged for nobody leaves nothing to look at.
    let told = told.doubts.iter();
    for (rule, doubt) in told.filter(|(_, doubt)| *doubt != Doubt::Nobody) {
        found.skip(Code::RulesClash, id(*rule), Message::new(doubt.key()));
    }
}

fn cases(program: &Program, found: &mut Linted) {
    let (flaws, doubts) = case_flaws(program);
    for flaw in flaws {
        let facts = facts(flaw.example.as_ref());
        let plain = Flaw {
            rule: flaw.rule,
            version: flaw.version,
            kind: flaw.kind,
            witness: Vec::new(),
        };
        let problem = diagnostic(program, &plain, facts);
        let id = &program.model.rules[flaw.rule].id;
        if let Some(problem) = problem {
            found.push(Lint::new(id, problem));
        }
    }
    let doubts = doubts.into_iter();
    for (rule, doubt) in doubts.filter(|(_, doubt)| *doubt != Doubt::Nobody) {
        let id = &program.model.rules[rule].id;
        found.skip(Code::CaseNever, id, Message::new(doubt.key()));
    }
}

/// The figures of an example in words.
fn facts(example: Option<&Example>) -> Message {
    let figures = example.into_iter().flat_map(|example| &example.figures);
    let facts = figures.map(|figure| {
        let message = Message::new("flaw-fact")
            .with("fact", figure.name.clone())
            .with("value", figure.value.clone());
        Arg::Message(message)
    });
    Message::new("list").with("items", Arg::List(facts.collect()))
}

/// Days on which the outcome of a decision changes though the figures stay.
fn days(program: &Program, found: &mut Linted) {
    for join in joins(program)
        .into_iter()
        .filter(|join| join.turn == Turn::Changes)
    {
        let rule = &program.model.rules[join.rule];
        let Some(decision) = &rule.decision else {
            continue;
        };
        let doubts = join.doubts.iter();
        for doubt in doubts.filter(|doubt| **doubt != Doubt::Nobody) {
            found.skip(Code::LawJoin, &rule.id, Message::new(doubt.key()));
        }
        let Some(first) = join.differences.first() else {
            continue;
        };
        let words = |state: &State| match state {
            State::Outcome(id) => {
                let mut outcomes = decision.outcomes.iter();
                let own = outcomes.find(|outcome| outcome.id == *id);
                own.map_or_else(|| Arg::from(id), |own| named(&own.label, id))
            }
            State::Verdict(verdict) => Arg::Message(Message::new(verdict.key())),
            State::Holds | State::Broken => Arg::from(""),
        };
        let ways = join.differences.iter().map(|way| {
            let message = Message::new("join-turn")
                .with("was", words(&way.was))
                .with("now", words(&way.now));
            Arg::Message(message)
        });
        let day = join.day.to_string();
        let begun = decision.versions.iter();
        let begun =
            begun.filter(|version| crate::eval::begins(&program.model, version) == Some(join.day));
        let span = begun
            .map(|version| version.span)
            .next_back()
            .unwrap_or(rule.span);
        let problem = Diagnostic::new(Code::LawJoin, span)
            .with("rule", &rule.id)
            .with("day", &day)
            .with("ways", Arg::List(ways.collect()))
            .help(Message::new("help-l034").with("facts", facts(Some(&first.example))));
        found.push(Lint::new(&rule.id, problem));
    }
}
