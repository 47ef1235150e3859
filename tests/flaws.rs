//! Overlaps, gaps and idle cases found before any figure is there, against every combination of
//! facts given to the evaluator.

use std::fmt::Write as _;

use plumbrule::Sources;
use plumbrule::eval::{Options, evaluate, trace};
use plumbrule::figures::{Limits, Submission};
use plumbrule::flaws::{Flaw, FlawKind, flaws};
use plumbrule::number::{Exact, Rounding};
use plumbrule::program::Program;
use plumbrule::set::Truth;
use plumbrule::verdict::{Cause, Verdict};
use proptest::prelude::*;

const FACTS: &str = r#"
pack p "Pack" {}
entity town "Towns" { members open }
indicator b "B" { kind yes-no }
indicator k "K" { kind one of "p", "q", "r" }
"#;

/// Values on and between all limits that the made conditions may have.
const SHARES: [u8; 7] = [5, 10, 15, 20, 25, 30, 35];

#[derive(Debug, Clone)]
struct Made {
    text: String,
    /// The least share that the bounds allow.
    least: u8,
}

fn atom() -> impl Strategy<Value = String> {
    let ops = prop::sample::select(vec![">=", "<=", ">", "<", "is", "is not"]);
    let limits = prop::sample::select(vec![10, 20, 30]);
    prop_oneof![
        3 => (ops, limits).prop_map(|(op, limit)| format!("x {op} {limit}%")),
        1 => Just("b".to_owned()),
        1 => Just("not b".to_owned()),
        1 => prop::sample::select(vec!["p", "q", "r"]).prop_map(|k| format!("k is \"{k}\"")),
        1 => Just("k in {\"p\", \"q\"}".to_owned()),
    ]
}

fn condition() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => atom(),
        1 => (atom(), atom()).prop_map(|(a, b)| format!("{a} and {b}")),
        1 => (atom(), atom()).prop_map(|(a, b)| format!("{a} or {b}")),
        1 => (1..4u8, atom(), atom(), atom())
            .prop_map(|(n, a, b, c)| format!("at least {n} of ({a}, {b}, {c})")),
        1 => (atom(), atom(), atom()).prop_map(|(a, b, c)| format!("not ({a} or {b}) and {c}")),
    ]
}

fn made() -> impl Strategy<Value = Made> {
    let case = (condition(), 0..3u8);
    let exception = (condition(), 0..3u8, any::<prop::sample::Index>());
    let cases = prop::collection::vec(case, 1..4);
    let exceptions = prop::collection::vec(exception, 0..2);
    let presumed = any::<bool>();
    (
        cases,
        exceptions,
        any::<bool>(),
        any::<bool>(),
        presumed,
        any::<bool>(),
    )
        .prop_map(
            |(cases, exceptions, is_ordered, is_total, is_presumed, is_bound)| {
                let mut text = FACTS.to_owned();
                let least = if is_bound { 20 } else { 0 };
                let bounds = if is_bound { "bounds >= 20%" } else { "" };
                writeln!(text, "indicator x \"X\" {{ kind share unit % {bounds} }}").unwrap();
                text.push_str(
                    "decision d \"D\" { for each town outcome o0 outcome o1 outcome o2\n",
                );
                if is_ordered {
                    text.push_str("strongest first\n");
                }
                if is_presumed {
                    text.push_str("presume not b unless x > 20%\n");
                }
                for (n, (condition, outcome)) in cases.iter().enumerate() {
                    writeln!(text, "case c{n}: o{outcome} when {condition}").unwrap();
                }
                for (n, (condition, outcome, of)) in exceptions.iter().enumerate() {
                    let of = of.index(cases.len());
                    writeln!(text, "exception e{n} to c{of}: o{outcome} when {condition}").unwrap();
                }
                if is_total {
                    text.push_str("otherwise o0\n");
                }
                text.push_str("}\n");
                Made { text, least }
            },
        )
}

fn compiled(text: &str) -> Program {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", text);
    plumbrule::compile(&sources).unwrap_or_else(|problems| panic!("{text}\n{problems:#?}"))
}

/// Figures of several bodies, as a table.
fn submitted(program: &Program, rows: &[(String, String, String, String)]) -> Submission {
    let mut table = "indicator,period,entity,entity kind,value\n".to_owned();
    for (body, x, b, k) in rows {
        for (fact, value) in [("x", x), ("b", b), ("k", k)] {
            if !value.is_empty() {
                writeln!(table, "{fact},2024,{body},town,{value}").unwrap();
            }
        }
    }
    let mut submission = Submission::new(&program.model);
    submission.read_table(
        &program.model,
        "t.csv",
        table.as_bytes(),
        &Limits::default(),
    );
    assert!(submission.problems.is_empty(), "{:?}", submission.problems);
    submission
}

/// What the evaluator says of every combination: whether any conflicts, whether any is left open,
/// and which cases decide for any.
fn enumerated(program: &Program, least: u8) -> (bool, bool, Vec<bool>) {
    let mut rows = Vec::new();
    for x in SHARES.into_iter().filter(|x| *x >= least) {
        for b in ["yes", "no"] {
            for k in ["p", "q", "r"] {
                let body = format!("t{x}{b}{k}");
                rows.push((body, format!("{x}%"), b.to_owned(), k.to_owned()));
            }
        }
    }
    let submission = submitted(program, &rows);
    let options = Options::default();
    let outcome = evaluate(program, &submission, &options);
    assert_eq!(outcome.rows.len(), rows.len());
    let open = |cause: Cause| {
        let mut rows = outcome.rows.iter();
        rows.any(|row| row.verdict == Verdict::Undetermined && row.causes.contains(cause))
    };
    let rule = outcome.rows[0].rule;
    let known = program.rules[rule].decision.unwrap();
    let cases = &program.decisions[known].versions[0].cases;
    let mut decides = vec![false; cases.len()];
    for row in &outcome.rows {
        let trace = trace(program, &submission, &options, row.rule, row.entity);
        for (n, case) in cases.iter().enumerate() {
            decides[n] |= trace.goals[0].frame.truth(case.stands, 0) == Some(Truth::True);
        }
    }
    (open(Cause::Conflict), open(Cause::Undefined), decides)
}

/// The facts of a witness as somebody would print them.
fn printed(program: &Program, flaw: &Flaw) -> (String, String, String, String) {
    let mut row = ("w".to_owned(), String::new(), String::new(), String::new());
    for (input, value) in &flaw.witness {
        let figure = &program.inputs[*input].figure;
        match program.model.indicators[figure.indicator].id.as_str() {
            "x" => {
                let percent = value * &Exact::from(100);
                row.1 = format!("{}%", percent.round_string(6, Rounding::HalfEven));
            }
            "b" => {
                row.2 = if *value == Exact::from(1) {
                    "yes"
                } else {
                    "no"
                }
                .to_owned()
            }
            _ => {
                let mut symbols = program.model.symbols.iter().zip(0i64..);
                let found = symbols.find(|(_, n)| Exact::from(*n) == *value);
                // Texts that no rule names are all alike.
                row.3 = found.map_or("r", |(text, _)| text.as_str()).to_owned();
            }
        }
    }
    row
}

proptest! {
    #![proptest_config(crate::common::random(96))]

    #[test]
    fn flaws_are_those_of_an_enumeration(made in made()) {
        let program = compiled(&made.text);
        let found = flaws(&program);
        let (conflicts, gaps, decides) = enumerated(&program, made.least);
        let has = |is: fn(&FlawKind) -> bool| found.iter().any(|flaw| is(&flaw.kind));
        prop_assert_eq!(has(|kind| matches!(kind, FlawKind::Overlap(..))), conflicts, "{}", made.text);
        prop_assert_eq!(has(|kind| matches!(kind, FlawKind::Gap)), gaps, "{}", made.text);
        let rule = program.model.rules.values().next().unwrap();
        let version = &rule.decision.as_ref().unwrap().versions[0];
        for (n, case) in version.cases.iter().enumerate() {
            let is_idle = found.iter().any(|flaw| matches!(
                flaw.kind,
                FlawKind::NeverHolds(at) | FlawKind::Shadowed(at) | FlawKind::AlwaysBeaten(at) if at == n
            ));
            // What is left over may be there for safety.
            let expected = !decides[n] && case.condition.is_some();
            prop_assert_eq!(is_idle, expected, "case {} of {}", &case.id, made.text);
        }
        for flaw in found.iter().filter(|flaw| !flaw.witness.is_empty()) {
            let submission = submitted(&program, &[printed(&program, flaw)]);
            let outcome = evaluate(&program, &submission, &Options::default());
            let row = outcome.rows[0];
            let cause = match flaw.kind {
                FlawKind::Overlap(..) => Cause::Conflict,
                _ => Cause::Undefined,
            };
            prop_assert_eq!(row.verdict, Verdict::Undetermined, "{:?} {}", flaw, made.text);
            prop_assert!(row.causes.contains(cause), "{:?} {}", flaw, made.text);
        }
    }
}

#[test]
fn what_is_no_single_fact_against_a_constant_is_left_to_the_evaluation() {
    let program = compiled(&format!(
        "{FACTS} indicator x \"X\" {{ unit % }} indicator y \"Y\" {{ unit % }} \
         decision d \"D\" {{ for each town outcome a outcome c \
         case one: a when x > y case two: c when y > x or b }}"
    ));
    assert_eq!(flaws(&program), []);
}

#[test]
fn too_many_combinations_are_left_alone() {
    let mut text = FACTS.to_owned();
    let mut cases = String::new();
    for n in 0..17 {
        writeln!(text, "indicator f{n} \"F\" {{ kind yes-no }}").unwrap();
        writeln!(cases, "case c{n}: o{} when f{n}", n % 2).unwrap();
    }
    let decision = |cases: &str| format!("decision d \"D\" {{ outcome o0 outcome o1 {cases} }}");
    assert_eq!(flaws(&compiled(&format!("{text}{}", decision(&cases)))), []);
    let few: String = cases
        .lines()
        .take(8)
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(!flaws(&compiled(&format!("{text}{}", decision(&few)))).is_empty());
}
