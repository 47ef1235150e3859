//! Tests written in the language: figures given, answers expected.
//!
//! A test is evaluated like any submission; nothing is special about it.

use crate::eval::{Options, Outcomes, Row, evaluate, run_define};
use crate::explain::{Shown, Unit, explain, outcomes_message};
use crate::figures::Submission;
use crate::findings::{concerning, findings};
use crate::message::{Arg, Lang, Message};
use crate::model::{EntityId, Expect, Expected, RuleId, RuleKind, TestCase, What};
use crate::period::Period;
use crate::program::Program;
use crate::set::Set;
use crate::source::Span;
use crate::verdict::{Cause, Verdict};

/// What came of one test.
#[derive(Debug, Clone)]
pub struct TestResult {
    /// What it shows.
    pub label: String,
    /// Where it is written.
    pub span: Span,
    /// Why it failed; empty where it passed.
    pub failures: Vec<(Span, Message)>,
}

/// Runs all tests of a pack, in order.
#[must_use]
pub fn run_tests(program: &Program) -> Vec<TestResult> {
    program
        .model
        .tests
        .iter()
        .map(|case| run_test(program, case))
        .collect()
}

fn run_test(program: &Program, case: &TestCase) -> TestResult {
    let mut failures = Vec::new();
    let mut submission = Submission::new(&program.model);
    let period = period_of(case);
    for given in &case.given {
        let at = given.period.unwrap_or(period);
        let source = (given.source.as_str(), given.published);
        let added = submission.add_printed(
            &program.model,
            &given.figure,
            at,
            &given.entity,
            &given.printed,
            source,
        );
        if let Err(problems) = added {
            for problem in problems {
                let message = Message::new("test-bad-figure").with("problem", problem.message);
                failures.push((given.span, message));
            }
        }
    }
    for (cells, span) in &case.evidence {
        for problem in submission
            .add_evidence(&program.model, cells)
            .err()
            .into_iter()
            .flatten()
        {
            let message = Message::new("test-bad-figure").with("problem", problem.message);
            failures.push((*span, message));
        }
    }
    let day = |period: Option<Period>| period.map(|period| period.last_day());
    let options = Options {
        period: Some(period),
        in_force: day(case.in_force),
        known_on: day(case.known_on),
        choice: case.choice.clone(),
    };
    for expect in &case.expect {
        let entity = match expect.entity.as_str() {
            "" => program
                .model
                .pack
                .entity
                .or_else(|| first_entity(&submission)),
            name => submission.entity_named(name),
        };
        let found = match (entity, expect.of) {
            (None, _) => Some(Message::new("test-no-row")),
            (Some(entity), Expected::Rule(rule)) => {
                check_rule(program, &submission, &options, rule, entity, expect)
            }
            (Some(entity), Expected::Define(define)) => {
                check_value(program, &submission, &options, define, entity, expect)
            }
        };
        failures.extend(found.map(|message| (expect.span, message)));
    }
    TestResult {
        label: case.label.clone(),
        span: case.span,
        failures,
    }
}

/// The period of a test: as written, or the latest of its figures.
fn period_of(case: &TestCase) -> Period {
    let given = case.given.iter().filter_map(|given| given.period);
    let years = given.map(|period| period.year()).max();
    case.period
        .or(years.map(Period::Year))
        .unwrap_or(Period::Year(0))
}

fn first_entity(submission: &Submission) -> Option<EntityId> {
    submission.entities.iter().next().map(|(id, _)| id)
}

fn check_rule(
    program: &Program,
    submission: &Submission,
    options: &Options,
    rule: RuleId,
    entity: EntityId,
    expect: &Expect,
) -> Option<Message> {
    let id = &program.model.rules[rule].id;
    let wrong = |key, expected: Arg, found: Arg| {
        Some(
            Message::new(key)
                .with("rule", id)
                .with("expected", expected)
                .with("found", found),
        )
    };
    if let What::Finding(is_expected) = expect.what {
        let all = findings(program, submission, options);
        let judged = options.clocks(submission).period;
        let has = !concerning(&all, program, submission, rule, judged).is_empty();
        let key = if is_expected {
            "test-expected-finding"
        } else {
            "test-expected-no-finding"
        };
        return (has != is_expected).then(|| Message::new(key).with("rule", id));
    }
    if program.model.rules[rule].kind == RuleKind::Check {
        // A check has no row; what can be asked of it is whether it finds something.
        return Some(Message::new("test-no-row"));
    }
    let outcome = evaluate(program, submission, options);
    let Some(row) = outcome
        .rows
        .iter()
        .find(|row| row.rule == rule && row.entity == entity)
    else {
        return Some(Message::new("test-no-row"));
    };
    match &expect.what {
        What::Verdict(verdict, cause) => {
            let is_right =
                row.verdict == *verdict && cause.is_none_or(|cause| row.causes.contains(cause));
            if is_right {
                return None;
            }
            let (expected, found) = verdicts(row, *verdict, *cause);
            wrong("test-expected-verdict", expected, found)
        }
        What::Outlook(class) if row.outlook == Some(*class) => None,
        What::Outlook(class) => {
            let found = match row.outlook {
                Some(found) => Message::new(found.key()),
                None => Message::new(row.verdict.key()),
            };
            wrong(
                "test-expected-outlook",
                Arg::Message(Message::new(class.key())),
                Arg::Message(found),
            )
        }
        What::Mentions(words) => {
            let explanation = explain(program, submission, options, rule, entity);
            let is_there = Lang::ALL
                .into_iter()
                .any(|lang| mentions(&explanation.nodes, words, lang));
            if is_there {
                None
            } else {
                wrong("test-expected-mention", Arg::from(words), Arg::from(""))
            }
        }
        What::Outcome(places) => {
            let (expected, found) = check_outcome(program, row, places)?;
            wrong(
                "test-expected-outcome",
                Arg::Message(expected),
                Arg::Message(found),
            )
        }
        What::Value(_) | What::Finding(_) => Some(Message::new("test-no-row")),
    }
}

/// The verdict and cause that are wanted, and those that are there.
fn verdicts(row: &Row, verdict: Verdict, cause: Option<Cause>) -> (Arg, Arg) {
    let word = |key| Arg::Message(Message::new(key));
    let wanted = std::iter::once(word(verdict.key()));
    let wanted = wanted.chain(cause.map(|cause| word(cause.key())));
    let found = std::iter::once(word(row.verdict.key()));
    let found = found.chain(row.causes.iter().map(|cause| word(cause.key())));
    (Arg::List(wanted.collect()), Arg::List(found.collect()))
}

/// The outcomes that are wanted and those that are there, where they differ: one is wanted decided,
/// several are wanted open.
fn check_outcome(program: &Program, row: &Row, places: &[u16]) -> Option<(Message, Message)> {
    let rule = &program.model.rules[row.rule];
    let wanted = places.iter().fold(Outcomes::NONE, |all, n| all.with(*n));
    let is_decided = row.verdict == Verdict::Decided;
    if row.possible == wanted && is_decided == (wanted.count() == 1) {
        return None;
    }
    let found = match row.possible.count() {
        0 => Message::new(row.verdict.key()),
        _ => outcomes_message(rule, row.possible),
    };
    Some((outcomes_message(rule, wanted), found))
}

/// What a test of the language expects in an explanation.
fn mentions(nodes: &[crate::explain::Node], words: &str, lang: Lang) -> bool {
    nodes.iter().any(|node| {
        node.message.render(lang).contains(words) || mentions(&node.children, words, lang)
    })
}

fn check_value(
    program: &Program,
    submission: &Submission,
    options: &Options,
    define: crate::model::DefineId,
    entity: EntityId,
    expect: &Expect,
) -> Option<Message> {
    let What::Value(written) = &expect.what else {
        return Some(Message::new("test-no-row"));
    };
    let id = &program.model.defines[define].id;
    let root = program.root_of(define);
    let unit = Unit::of_term(program, root.term);
    let found = run_define(program, submission, options, &root, entity);
    let wanted = wanted(program, written, &unit);
    if found.is_some() && found == wanted {
        return None;
    }
    let shown = match found {
        Some(set) => Arg::from(&Shown { set, unit }),
        None => Arg::Message(Message::new("explain-no-value")),
    };
    let message = Message::new("test-expected-value")
        .with("rule", id)
        .with("expected", written)
        .with("found", shown);
    Some(message)
}

/// The value that a test wants, in base units; without a unit it is in that of the quantity.
fn wanted(program: &Program, written: &str, unit: &Unit) -> Option<Set> {
    use crate::figures::printed::{Printed, Reading, Widths};
    use crate::unit::ParsedUnit;
    if unit.is_day {
        let period = crate::period::Period::parse(written, &program.model.words.periods);
        return period.ok().map(crate::day::set);
    }
    let words = &program.model.words.vocabulary;
    let printed = Printed::parse(written, words, &program.model.units).ok()?;
    let factor = match program.model.units.parse(&printed.unit_text).ok()? {
        ParsedUnit::Blank => unit.factor.clone(),
        ParsedUnit::Scale(scale) => scale,
        ParsedUnit::Unit(unit) => unit.factor,
    };
    Some(
        printed
            .set(Reading::Exact, &Widths::default())
            .scale(&factor),
    )
}
