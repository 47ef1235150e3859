//! What would turn an answer, against an arithmetic of its own that knows nothing of the program: a
//! told change, printed and read again, is accepted and turns the answer; nothing smaller does; and
//! where nothing is told, nothing turns it. `PROPTEST_CASES` sets how many goals are looked at.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![expect(
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use plumbrule::Sources;
use plumbrule::eval::{Options, evaluate};
use plumbrule::explain::{Node, NodeKind, explain, outcome_ids};
use plumbrule::figures::{Limits, Submission};
use plumbrule::message::Lang;
use plumbrule::number::Exact;
use plumbrule::program::Program;
use plumbrule::verdict::Verdict;
use proptest::prelude::*;

/// The figures of every goal; each is a whole number within its bounds.
const NAMES: [&str; 3] = ["a", "b", "c"];
const MOST: [i64; 3] = [12, 9, 14];
const LEAST: [i64; 3] = [0, 1, 2];

#[derive(Debug, Clone)]
enum Number {
    Figure(usize),
    Plain(i64),
    Sum(Box<Number>, Box<Number>),
    Difference(Box<Number>, Box<Number>),
    Times(i64, Box<Number>),
    Smallest(Box<Number>, Box<Number>),
    Largest(Box<Number>, Box<Number>),
    /// Two figures multiplied.
    Product(usize, usize),
}

#[derive(Debug, Clone)]
enum Goal {
    AtLeast(Number, Number),
    Below(Number, Number),
    Is(Number, Number),
    /// A share of two figures is above so many tenths; the second is never zero.
    Share(usize, i64),
    Square(usize, i64),
    Both(Box<Goal>, Box<Goal>),
    Either(Box<Goal>, Box<Goal>),
    Not(Box<Goal>),
}

impl Number {
    fn text(&self) -> String {
        match self {
            Number::Figure(n) => NAMES[*n].to_owned(),
            Number::Plain(value) => format!("{value}个"),
            Number::Sum(a, b) => format!("({} + {})", a.text(), b.text()),
            Number::Difference(a, b) => format!("({} - {})", a.text(), b.text()),
            Number::Times(n, a) => format!("({n} * {})", a.text()),
            Number::Smallest(a, b) => format!("min({}, {})", a.text(), b.text()),
            Number::Largest(a, b) => format!("max({}, {})", a.text(), b.text()),
            Number::Product(a, b) => format!("({} * ({} / 1个))", NAMES[*a], NAMES[*b]),
        }
    }

    fn value(&self, at: &[Exact]) -> Exact {
        match self {
            Number::Figure(n) => at[*n].clone(),
            Number::Plain(value) => Exact::from(*value),
            Number::Sum(a, b) => a.value(at) + b.value(at),
            Number::Difference(a, b) => a.value(at) - b.value(at),
            Number::Times(n, a) => Exact::from(*n) * a.value(at),
            Number::Smallest(a, b) => a.value(at).min(b.value(at)),
            Number::Largest(a, b) => a.value(at).max(b.value(at)),
            Number::Product(a, b) => &at[*a] * &at[*b],
        }
    }
}

impl Goal {
    fn text(&self) -> String {
        match self {
            Goal::AtLeast(a, b) => format!("{} >= {}", a.text(), b.text()),
            Goal::Below(a, b) => format!("{} < {}", a.text(), b.text()),
            Goal::Is(a, b) => format!("{} is {}", a.text(), b.text()),
            Goal::Share(n, tenths) => format!("{} / b > {}%", NAMES[*n], tenths * 10),
            Goal::Square(n, most) => format!("({} / 1个) ^ 2 <= {most}", NAMES[*n]),
            Goal::Both(a, b) => format!("({} and {})", a.text(), b.text()),
            Goal::Either(a, b) => format!("({} or {})", a.text(), b.text()),
            Goal::Not(a) => format!("(not ({}))", a.text()),
        }
    }

    fn holds(&self, at: &[Exact]) -> bool {
        match self {
            Goal::AtLeast(a, b) => a.value(at) >= b.value(at),
            Goal::Below(a, b) => a.value(at) < b.value(at),
            Goal::Is(a, b) => a.value(at) == b.value(at),
            Goal::Share(n, tenths) => Exact::from(10) * &at[*n] > Exact::from(*tenths) * &at[1],
            Goal::Square(n, most) => &at[*n] * &at[*n] <= Exact::from(*most),
            Goal::Both(a, b) => a.holds(at) && b.holds(at),
            Goal::Either(a, b) => a.holds(at) || b.holds(at),
            Goal::Not(a) => !a.holds(at),
        }
    }
}

fn number() -> impl Strategy<Value = Number> {
    let leaf = prop_oneof![
        4 => (0..3usize).prop_map(Number::Figure),
        1 => (0..12i64).prop_map(Number::Plain),
    ];
    leaf.prop_recursive(3, 6, 2, |inner| {
        let two = || {
            (
                inner.clone().prop_map(Box::new),
                inner.clone().prop_map(Box::new),
            )
        };
        prop_oneof![
            6 => two().prop_map(|(a, b)| Number::Sum(a, b)),
            3 => two().prop_map(|(a, b)| Number::Difference(a, b)),
            2 => (2..4i64, inner.clone()).prop_map(|(n, a)| Number::Times(n, Box::new(a))),
            1 => two().prop_map(|(a, b)| Number::Smallest(a, b)),
            1 => two().prop_map(|(a, b)| Number::Largest(a, b)),
            1 => (0..2usize).prop_map(|a| Number::Product(a, 2)),
        ]
    })
}

/// A number that names a figure, so that a goal is never about numbers alone.
fn named() -> impl Strategy<Value = Number> {
    (0..3usize, number(), any::<bool>()).prop_map(|(n, other, is_sum)| {
        let figure = Box::new(Number::Figure(n));
        match is_sum {
            true => Number::Sum(figure, Box::new(other)),
            false => Number::Figure(n),
        }
    })
}

fn goal() -> impl Strategy<Value = Goal> {
    let plain = || (-4..28i64).prop_map(Number::Plain);
    let side = || prop_oneof![3 => plain(), 1 => number()];
    let leaf = prop_oneof![
        4 => (named(), side()).prop_map(|(a, b)| Goal::AtLeast(a, b)),
        4 => (named(), side()).prop_map(|(a, b)| Goal::Below(a, b)),
        1 => (named(), side()).prop_map(|(a, b)| Goal::Is(a, b)),
        1 => (prop_oneof![Just(0usize), Just(2)], 1..30i64).prop_map(|(n, it)| Goal::Share(n, it)),
        1 => (0..3usize, 1..150i64).prop_map(|(n, most)| Goal::Square(n, most)),
    ];
    leaf.prop_recursive(2, 4, 2, |inner| {
        let two = || {
            (
                inner.clone().prop_map(Box::new),
                inner.clone().prop_map(Box::new),
            )
        };
        prop_oneof![
            2 => two().prop_map(|(a, b)| Goal::Both(a, b)),
            2 => two().prop_map(|(a, b)| Goal::Either(a, b)),
            1 => inner.prop_map(|a| Goal::Not(Box::new(a))),
        ]
    })
}

fn printed() -> impl Strategy<Value = [i64; 3]> {
    [0, 1, 2].map(|n| LEAST[n]..=MOST[n])
}

fn declared() -> String {
    let mut text = "pack p \"P\" { entity city }\nentity city \"City\" {}\n".to_owned();
    for (n, name) in NAMES.iter().enumerate() {
        let (least, most) = (LEAST[n], MOST[n]);
        text.push_str(&format!(
            "indicator {name} \"{name}\" {{ kind quantity unit 个 bounds between {least}个 and {most}个 }}\n"
        ));
    }
    text
}

fn compiled(rules: &str) -> Program {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", &format!("{}{rules}\n", declared()));
    plumbrule::compile(&sources).unwrap_or_else(|problems| panic!("{rules}: {problems:?}"))
}

/// Figures as a table prints them, read by the reader of tables.
fn read(program: &Program, values: &[String; 3]) -> Submission {
    let mut table = "indicator,period,value\n".to_owned();
    for (name, value) in NAMES.iter().zip(values) {
        table.push_str(&format!("{name},2024,{value}个\n"));
    }
    let mut submission = Submission::new(&program.model);
    let limits = Limits::default();
    submission.read_table(&program.model, "figures.csv", table.as_bytes(), &limits);
    let problems = submission.problems.iter();
    let problems: Vec<String> = problems.map(|it| it.message.render(Lang::En)).collect();
    assert!(problems.is_empty(), "{problems:?}");
    submission
}

fn texts(values: [i64; 3]) -> [String; 3] {
    values.map(|value| value.to_string())
}

fn exact(values: &[String; 3]) -> Vec<Exact> {
    let one = |value: &String| Exact::parse_decimal(value).unwrap();
    values.iter().map(one).collect()
}

fn verdict(program: &Program, values: &[String; 3]) -> Verdict {
    let submission = read(program, values);
    evaluate(program, &submission, &Options::default()).rows[0].verdict
}

fn outcome(program: &Program, values: &[String; 3]) -> Vec<String> {
    let submission = read(program, values);
    let row = evaluate(program, &submission, &Options::default()).rows[0];
    outcome_ids(&program.model.rules[row.rule], row.possible)
}

/// What is said of changes.
fn said(program: &Program, values: &[String; 3]) -> Vec<Node> {
    let submission = read(program, values);
    let options = Options::default();
    let row = evaluate(program, &submission, &options).rows[0];
    let explanation = explain(program, &submission, &options, row.rule, row.entity);
    let nodes = explanation.nodes.into_iter();
    nodes.filter(|node| node.kind == NodeKind::Flip).collect()
}

fn text(node: &Node) -> String {
    node.message.render(Lang::En)
}

/// The figure that a sentence begins with, behind `before`.
fn figure(text: &str, before: &str) -> Option<usize> {
    let rest = text.strip_prefix(before)?;
    NAMES
        .iter()
        .position(|name| rest.starts_with(&format!("{name} (2024)")))
}

/// The nearest value that a sentence tells, as somebody would type it, and how far it is: behind an
/// end that is left out it is a hundred-thousandth further.
fn nearest(told: &str, from: &Exact) -> (String, Exact) {
    let number = |word: &str| {
        let rest = told.split_once(word)?.1;
        let digits: String = rest
            .trim_start_matches('\u{2248}')
            .chars()
            .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | '-'))
            .collect();
        Exact::parse_decimal(&digits).ok()
    };
    let off = |sign: i64| Exact::ratio(sign, 100_000).unwrap();
    let ends: Vec<(Exact, Exact)> = [
        ("at least ", 0),
        ("above ", 1),
        ("at most ", 0),
        ("below ", -1),
        ("exactly ", 0),
        ("from ", 0),
        (" to ", 0),
    ]
    .into_iter()
    .filter_map(|(word, sign)| Some((number(word)?, off(sign))))
    .collect();
    let near = ends
        .iter()
        .min_by_key(|(end, _)| (end - from).abs())
        .unwrap();
    let value = &near.0 + &near.1;
    (value.decimal_string().unwrap(), (&near.0 - from).abs())
}

/// Every choice of whole figures within bounds, with the largest distance from the printed ones.
fn everywhere(values: [i64; 3]) -> impl Iterator<Item = (Vec<Exact>, i64)> {
    let all = (LEAST[0]..=MOST[0]).flat_map(move |a| {
        (LEAST[1]..=MOST[1]).flat_map(move |b| (LEAST[2]..=MOST[2]).map(move |c| [a, b, c]))
    });
    all.map(move |at| {
        let far = (0..3).map(|n| (at[n] - values[n]).abs()).max().unwrap();
        (at.map(Exact::from).to_vec(), far)
    })
}

fn single(goal: &Goal, values: [i64; 3], program: &Program, nodes: &[Node]) {
    let printed = texts(values);
    let now = goal.holds(&exact(&printed));
    for n in 0..3 {
        let own: Vec<String> = nodes
            .iter()
            .map(text)
            .filter(|text| figure(text, "if ") == Some(n))
            .collect();
        let is_not_analysed = nodes
            .iter()
            .map(text)
            .any(|text| figure(&text, "what change of ") == Some(n));
        // A quarter at a time, within the bounds.
        let tried = (4 * LEAST[n]..=4 * MOST[n]).map(|quarters| {
            let mut at = exact(&printed);
            at[n] = Exact::ratio(quarters, 4).unwrap();
            at
        });
        let turning = tried.filter(|at| goal.holds(at) != now);
        let here = Exact::from(values[n]);
        let nearest_found = turning.map(|at| (&at[n] - &here).abs()).min();
        let context = || format!("{} at {values:?}: {own:?}", goal.text());
        let Some(told) = own.first() else {
            assert!(nearest_found.is_none() || is_not_analysed, "{}", context());
            continue;
        };
        let (value, distance) = nearest(told, &here);
        let mut again = printed.clone();
        again[n] = value;
        let is_within =
            exact(&again)[n] >= Exact::from(LEAST[n]) && exact(&again)[n] <= Exact::from(MOST[n]);
        assert!(is_within, "{}", context());
        assert_ne!(goal.holds(&exact(&again)), now, "{}", context());
        let expected = if now { Verdict::Fail } else { Verdict::Pass };
        assert_eq!(verdict(program, &again), expected, "{}", context());
        if let Some(found) = nearest_found {
            // A root is shown rounded to four places.
            let slack = Exact::ratio(1, 5_000).unwrap();
            assert!(distance <= &found + &slack, "{} but {found}", context());
        }
    }
}

/// What is said of several figures together turns it, and nothing smaller does; `turns` is the
/// arithmetic of the test.
fn together(
    values: [i64; 3],
    node: &Node,
    turns: &dyn Fn(&[Exact]) -> bool,
    context: &str,
) -> [String; 3] {
    let said = text(node);
    let mut again = texts(values);
    for child in &node.children {
        let child = text(child);
        let n = figure(&child, "").unwrap_or_else(|| panic!("{child}"));
        let told = child.split_once(": ").unwrap().1;
        let digits = told.split(' ').next().unwrap();
        again[n] = digits.trim_start_matches('\u{2248}').to_owned();
    }
    let context = format!("{context}\n{said}\n{again:?}");
    let at = exact(&again);
    assert!(turns(&at), "{context}");
    for (n, value) in at.iter().enumerate() {
        assert!(
            *value >= Exact::from(LEAST[n]) && *value <= Exact::from(MOST[n]),
            "{context}"
        );
    }
    let count = |word: &str| {
        let rest = said.split_once(word)?.1;
        let digits = rest.split(' ').next()?.trim_start_matches('\u{2248}');
        Exact::parse_decimal(digits.trim_end_matches(',')).ok()
    };
    let (no_more, less) = (count("moves by more than "), count("move by less than "));
    let farthest = |n: usize| (&at[n] - &Exact::from(values[n])).abs();
    let far = (0..3).map(farthest).max().unwrap();
    if let Some(no_more) = &no_more {
        assert!(far > *no_more, "{context}");
        assert!(far <= no_more + &Exact::from(1), "{context}");
    }
    for (found, far) in everywhere(values).filter(|(at, _)| turns(at)) {
        let far = Exact::from(far);
        assert!(far.signum() > 0, "{context}");
        assert!(
            no_more.as_ref().is_none_or(|it| far > *it),
            "{context} {found:?}"
        );
        assert!(
            less.as_ref().is_none_or(|it| far >= *it),
            "{context} {found:?}"
        );
    }
    again
}

fn look_at_goal(goal: &Goal, values: [i64; 3]) -> &'static str {
    let program = compiled(&format!(
        "target p.1 \"Goal\" {{ require {} by 2024 }}",
        goal.text()
    ));
    let printed = texts(values);
    let now = goal.holds(&exact(&printed));
    let expected = if now { Verdict::Pass } else { Verdict::Fail };
    assert_eq!(
        verdict(&program, &printed),
        expected,
        "{} {values:?}",
        goal.text()
    );
    let nodes = said(&program, &printed);
    single(goal, values, &program, &nodes);
    let turns = |at: &[Exact]| goal.holds(at) != now;
    let context = format!("{} at {values:?}", goal.text());
    let Some(node) = nodes.iter().find(|node| node.address.ends_with("/joint")) else {
        return "alone";
    };
    let key = node.message.key;
    match key {
        "explain-joint-none" => {
            assert!(!everywhere(values).any(|(at, _)| turns(&at)), "{context}");
            "none"
        }
        "explain-joint-unknown" => match text(node).contains("could be verified") {
            true => "unsure",
            false => "not analysed",
        },
        _ => {
            let again = together(values, node, &turns, &context);
            let expected = if now { Verdict::Fail } else { Verdict::Pass };
            assert_eq!(verdict(&program, &again), expected, "{context}");
            "together"
        }
    }
}

/// A decision of two cases, the stronger first, and all else.
fn look_at_decision(first: &Goal, second: &Goal, values: [i64; 3]) -> usize {
    let program = compiled(&format!(
        "decision p.d \"Decision\" {{ outcome one \"one\" outcome two \"two\" outcome none \"none\"\n\
         strongest first\n case x: one when {}\n case y: two when {}\n otherwise none }}",
        first.text(),
        second.text()
    ));
    let outcome_at = |at: &[Exact]| match (first.holds(at), second.holds(at)) {
        (true, _) => "one",
        (false, true) => "two",
        (false, false) => "none",
    };
    let printed = texts(values);
    let now = outcome_at(&exact(&printed));
    let context = format!("{} / {} at {values:?}", first.text(), second.text());
    assert_eq!(outcome(&program, &printed), [now], "{context}");
    let nodes = said(&program, &printed);
    let mut count = 0;
    for wanted in ["one", "two", "none"]
        .into_iter()
        .filter(|wanted| *wanted != now)
    {
        let turns = |at: &[Exact]| outcome_at(at) == wanted;
        let is_of = |node: &&Node| text(node).contains(&format!("come to {wanted}"));
        for node in nodes
            .iter()
            .filter(|node| node.message.key.starts_with("explain-joint"))
            .filter(is_of)
        {
            if node.message.key == "explain-joint-none-outcome" {
                assert!(
                    !everywhere(values).any(|(at, _)| turns(&at)),
                    "{context}: {}",
                    text(node)
                );
            } else if !node.children.is_empty() {
                let again = together(values, node, &turns, &context);
                assert_eq!(outcome(&program, &again), [wanted], "{context}");
                count += 1;
            }
        }
        // What one figure alone comes to is as it is told.
        for node in nodes
            .iter()
            .filter(|node| node.message.key == "explain-turn")
        {
            let told = text(node);
            if !told.ends_with(&format!(": {wanted}")) {
                continue;
            }
            let n = figure(&told, "if ").unwrap();
            let (value, _) = nearest(&told, &Exact::from(values[n]));
            let mut again = printed.clone();
            again[n] = value;
            assert_eq!(outcome_at(&exact(&again)), wanted, "{context}: {told}");
            assert_eq!(outcome(&program, &again), [wanted], "{context}: {told}");
        }
    }
    count
}

/// As many as `PROPTEST_CASES` asks for, and by default a few.
fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok();
    let cases = cases.and_then(|cases| cases.parse().ok()).unwrap_or(96);
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    }
}

#[test]
fn a_told_change_of_a_goal_is_accepted_and_turns_it_and_nothing_smaller_does() {
    let mut runner = proptest::test_runner::TestRunner::new(config());
    let counts = std::cell::RefCell::new(std::collections::BTreeMap::new());
    runner
        .run(&(goal(), printed()), |(goal, values)| {
            let kind = look_at_goal(&goal, values);
            *counts.borrow_mut().entry(kind).or_insert(0u32) += 1;
            Ok(())
        })
        .unwrap();
    let counts = counts.into_inner();
    // A look at goals of which nothing is told would prove nothing.
    println!("{counts:?}");
    assert!(counts.contains_key("together"), "{counts:?}");
}

#[test]
fn a_told_change_of_facts_comes_to_its_outcome_and_nothing_smaller_does() {
    let mut runner = proptest::test_runner::TestRunner::new(config());
    let told = std::cell::Cell::new(0);
    runner
        .run(&(goal(), goal(), printed()), |(first, second, values)| {
            told.set(told.get() + look_at_decision(&first, &second, values));
            Ok(())
        })
        .unwrap();
    println!("{} told together", told.get());
    assert!(told.get() > 0);
}
