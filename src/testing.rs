//! Tests written in the language: figures given, answers expected.
//!
//! A test is evaluated like any submission; nothing is special about it.

use std::collections::BTreeMap;

use crate::eval::{Memory, Options, Outcomes, Row, Trace, run_define, scope, trace_in};
use crate::explain::{Shown, Unit, explain_in, outcomes_message};
use crate::figures::Submission;
use crate::findings::{concerning, findings};
use crate::message::{Arg, Lang, Message};
use crate::model::{DefineId, EntityId, Expect, Expected, RuleId, RuleKind, TestCase, What};
use crate::period::Period;
use crate::program::Program;
use crate::reach::{Reach, Watch};
use crate::set::Set;
use crate::source::Span;
use crate::verdict::{Cause, Verdict};

/// What came of one test.
#[derive(Debug, Clone)]
pub struct TestResult {
    /// What it shows.
    pub label: String,
    /// What it is called: the test, and the row of its table.
    pub title: Message,
    /// Where it is written.
    pub span: Span,
    /// Why it failed; empty where it passed.
    pub failures: Vec<(Span, Message)>,
}

/// Runs all tests of a pack, in order.
#[must_use]
pub fn run_tests(program: &Program) -> Vec<TestResult> {
    run_all(program, None)
}

/// Runs the tests of a pack that lie in some stretch of its texts, in order.
#[must_use]
pub fn run_tests_in(program: &Program, stretch: Span) -> Vec<TestResult> {
    let is_in = |case: &&TestCase| {
        let span = case.span;
        span.source == stretch.source && stretch.start <= span.start && span.end <= stretch.end
    };
    let cases = program.model.tests.iter().filter(is_in);
    cases.map(|case| run_test(program, case, None)).collect()
}

/// Runs all tests of a pack, in order, and says what they reach. What is seen is read off the same
/// evaluations that the answers are.
#[must_use]
pub fn run_and_reach(program: &Program) -> (Vec<TestResult>, Reach) {
    let mut watch = Watch::new(program);
    let results = run_all(program, Some(&mut watch));
    (results, watch.into_reach())
}

/// The place of the first test that fails; those behind it are not asked.
pub(crate) fn first_failure(program: &Program) -> Option<usize> {
    let mut tests = program.model.tests.iter();
    tests.position(|case| !run_test(program, case, None).failures.is_empty())
}

fn run_all(program: &Program, mut watch: Option<&mut Watch<'_>>) -> Vec<TestResult> {
    let mut results = Vec::with_capacity(program.model.tests.len());
    for (n, case) in program.model.tests.iter().enumerate() {
        if let Some(watch) = watch.as_deref_mut() {
            watch.begin(n);
        }
        results.push(run_test(program, case, watch.as_deref_mut()));
    }
    results
}

/// The figures and clocks of one test, and what was judged with them.
struct Trial<'a, 'w> {
    program: &'a Program,
    submission: &'a Submission,
    options: &'a Options,
    memory: Memory,
    /// Each row is judged once, whatever is expected of it.
    traces: BTreeMap<(RuleId, EntityId), Trace>,
    watch: Option<&'a mut Watch<'w>>,
}

fn run_test(program: &Program, case: &TestCase, watch: Option<&mut Watch<'_>>) -> TestResult {
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
    let mut trial = Trial {
        program,
        submission: &submission,
        options: &options,
        memory: Memory::default(),
        traces: BTreeMap::new(),
        watch,
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
            (Some(entity), Expected::Rule(rule)) => trial.rule(rule, entity, expect),
            (Some(entity), Expected::Define(define)) => trial.value(define, entity, expect),
        };
        failures.extend(found.map(|message| (expect.span, message)));
    }
    TestResult {
        label: case.label.clone(),
        title: case.title(),
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

impl Trial<'_, '_> {
    /// The row of a rule for an entity, where the rule is judged for it.
    fn row(&mut self, rule: RuleId, entity: EntityId) -> Option<Row> {
        if let Some(trace) = self.traces.get(&(rule, entity)) {
            return Some(trace.row);
        }
        let declared = &self.program.model.rules[rule];
        if !scope(&self.program.model, self.submission, declared).contains(&entity) {
            return None;
        }
        let (submission, options) = (self.submission, self.options);
        let memory = &self.memory;
        let trace = trace_in(self.program, submission, options, rule, entity, memory);
        if let Some(watch) = self.watch.as_deref_mut() {
            watch.row(rule, &trace);
        }
        let row = trace.row;
        self.traces.insert((rule, entity), trace);
        Some(row)
    }

    /// Whether something is found of a rule, where that is what is expected; of one body alone where
    /// the expectation names it.
    fn finding(
        &mut self,
        rule: RuleId,
        entity: Option<EntityId>,
        is_expected: bool,
    ) -> Option<Message> {
        let (program, submission) = (self.program, self.submission);
        let all = findings(program, submission, self.options);
        let judged = self.options.clocks(submission).period;
        let found = concerning(&all, program, submission, rule, judged);
        let has = found
            .iter()
            .any(|one| entity.is_none_or(|entity| one.entity == entity));
        if let Some(watch) = self.watch.as_deref_mut() {
            watch.finding(rule, has);
        }
        let key = if is_expected {
            "test-expected-finding"
        } else {
            "test-expected-no-finding"
        };
        let id = &program.model.rules[rule].id;
        (has != is_expected).then(|| Message::new(key).with("rule", id))
    }

    fn rule(&mut self, rule: RuleId, entity: EntityId, expect: &Expect) -> Option<Message> {
        let program = self.program;
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
            let named = (!expect.entity.is_empty()).then_some(entity);
            return self.finding(rule, named, is_expected);
        }
        // A check has no row; what can be asked of it is whether it finds something.
        let is_check = program.model.rules[rule].kind == RuleKind::Check;
        let row = (!is_check).then(|| self.row(rule, entity)).flatten();
        let Some(row) = row.as_ref() else {
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
                let (submission, options) = (self.submission, self.options);
                let explanation =
                    explain_in(program, submission, options, rule, entity, &self.memory);
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

    fn value(&mut self, define: DefineId, entity: EntityId, expect: &Expect) -> Option<Message> {
        let What::Value(written) = &expect.what else {
            return Some(Message::new("test-no-row"));
        };
        let program = self.program;
        let id = &program.model.defines[define].id;
        let root = program.root_of(define);
        let unit = Unit::of_term(program, root.term);
        let (submission, options) = (self.submission, self.options);
        let (found, run) = run_define(program, submission, options, &root, entity, &self.memory);
        if let Some(watch) = self.watch.as_deref_mut() {
            watch.value(options.clocks(submission).in_force, &run, root.term);
        }
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
