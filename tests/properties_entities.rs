//! Laws of what is said of many bodies, on random figures, against a slow evaluator that knows
//! nothing of sets: it tries every corner of what the figures allow. Few cases by default;
//! `PROPTEST_CASES` asks for more.

use num_rational::Ratio;
use plumbrule::Sources;
use plumbrule::eval::{Options, Outcome, evaluate};
use plumbrule::figures::{Limits, Submission};
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::verdict::Verdict;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::common::form::Form;

type Number = Ratio<i64>;

/// The few words that the figures need, five bodies, three of them in the east.
const WORDS: &str = r#"
dimension CNY
unit 元 = CNY
unit % = 0.01 percentage
words qualifier over { before "超" }
words qualifier atleast { before "不低于" }
words qualifier below { before "不足" }
words qualifier atmost { before "不超过" }
words number range { alias "–" }
words column indicator { alias "indicator" }
words column entity { alias "entity" }
words column period { alias "period" }
words column value { alias "value" }
pack p "P" { entity whole }
entity whole "Whole" {}
entity east "East" { part of whole }
entity body "Bodies" { members listed }
entity a "A" { class body part of east }
entity b "B" { class body part of east }
entity c "C" { class body part of east }
entity d "D" { class body part of whole }
entity e "E" { class body part of whole }
indicator x "X" { unit 元 bounds between 0元 and 20元 }
indicator worse "Worse" { unit 元 bounds between 0元 and 20元 direction lower is better }
"#;

const BODIES: [&str; 5] = ["a", "b", "c", "d", "e"];

fn form() -> impl Strategy<Value = Form> {
    prop_oneof![
        2 => Just(Form::Missing),
        4 => (0..12i64).prop_map(Form::Exact),
        2 => (0..12i64, 1..4i64).prop_map(|(low, width)| Form::Between(low, low + width)),
        1 => (0..12i64).prop_map(Form::Over),
        1 => (0..12i64).prop_map(Form::AtLeast),
        1 => (1..12i64).prop_map(Form::Below),
        1 => (0..12i64).prop_map(Form::AtMost),
    ]
}

/// Values at the corners of what a form allows within the bounds, and two between.
fn corners_of(form: &Form) -> Vec<Number> {
    let tiny = Number::new(1, 1000);
    let end = |end: Option<(i64, bool)>, bound: i64, inward: Number| match end {
        Some((n, true)) => Number::from_integer(n),
        Some((n, false)) => Number::from_integer(n) + inward,
        None => Number::from_integer(bound),
    };
    let (low, high) = form.ends();
    let (low, high) = (end(low, 0, tiny), end(high, 20, -tiny));
    if low == high {
        return vec![low];
    }
    let six = Number::from_integer(6).max(low).min(high);
    vec![low, six, (low + high) / 2, high]
}

/// Something that is said of many, and what it comes to for plain numbers.
struct Said {
    text: &'static str,
    limit: fn(i64) -> String,
    value: fn(&[Number]) -> Number,
}

fn yuan(n: i64) -> String {
    format!("{n}元")
}

fn plain(n: i64) -> String {
    n.to_string()
}

fn percent(n: i64) -> String {
    format!("{}%", n * 10)
}

fn sorted(values: &[Number]) -> Vec<Number> {
    let mut values = values.to_vec();
    values.sort();
    values
}

fn quantile(values: &[Number], p: Number) -> Number {
    let values = sorted(values);
    let at = p * Number::from_integer(values.len() as i64 - 1);
    let below = at.floor().to_integer() as usize;
    let rest = at - at.floor();
    let next = values.get(below + 1).copied().unwrap_or(values[below]);
    values[below] + (next - values[below]) * rest
}

fn count(values: &[Number], holds: impl Fn(&Number) -> bool) -> Number {
    Number::from_integer(values.iter().filter(|value| holds(value)).count() as i64)
}

const SAID: &[Said] = &[
    Said {
        text: "sum of x over body",
        limit: yuan,
        value: |all| all.iter().sum(),
    },
    Said {
        text: "mean of x over body in whole",
        limit: yuan,
        value: |all| all.iter().sum::<Number>() / 5,
    },
    Said {
        text: "median of x over body",
        limit: yuan,
        value: |all| quantile(all, Number::new(1, 2)),
    },
    Said {
        text: "quantile 0.3 of x over body",
        limit: yuan,
        value: |all| quantile(all, Number::new(3, 10)),
    },
    Said {
        text: "highest of x over body",
        limit: yuan,
        value: |all| sorted(all)[4],
    },
    Said {
        text: "lowest of x over body in east",
        limit: yuan,
        value: |all| sorted(&all[..3])[0],
    },
    Said {
        text: "sum of top 2 of x over body",
        limit: yuan,
        value: |all| sorted(all)[3..].iter().sum(),
    },
    Said {
        text: "mean of bottom 3 of x over body",
        limit: yuan,
        value: |all| sorted(all)[..3].iter().sum::<Number>() / 3,
    },
    Said {
        text: "sum of top 9 of x over body in east",
        limit: yuan,
        value: |all| all[..3].iter().sum(),
    },
    Said {
        text: "count of body where x at least 7元",
        limit: plain,
        value: |all| count(all, |value| *value >= Number::from_integer(7)),
    },
    Said {
        text: "share of body in east except a where (x > 3元 and x <= 8元)",
        limit: percent,
        value: |all| {
            let met = |value: &Number| {
                *value > Number::from_integer(3) && *value <= Number::from_integer(8)
            };
            count(&all[1..3], met) / 2
        },
    },
    Said {
        text: "sum of (x * 2 - 3元) over body except {b, e}",
        limit: yuan,
        value: |all| {
            let of = |n: usize| all[n] * 2 - 3;
            of(0) + of(2) + of(3)
        },
    },
    Said {
        text: "mean of x over body - lowest of x over body",
        limit: yuan,
        value: |all| all.iter().sum::<Number>() / 5 - sorted(all)[0],
    },
    Said {
        text: "sum of x over body - sum of x over body",
        limit: yuan,
        value: |_| Number::from_integer(0),
    },
    Said {
        text: "count of body where (x > mean of x over body)",
        limit: plain,
        value: |all| {
            let mean = all.iter().sum::<Number>() / 5;
            count(all, |value| *value > mean)
        },
    },
];

/// The places of one body, the highest first and the lowest first.
fn place(all: &[Number], own: usize, is_highest_first: bool) -> Number {
    count(all, |other| match is_highest_first {
        true => *other > all[own],
        false => *other < all[own],
    }) + 1
}

const OPS: [&str; 4] = ["<=", ">=", "<", ">"];

fn holds(op: &str, left: Number, right: Number) -> bool {
    match op {
        "<=" => left <= right,
        ">=" => left >= right,
        "<" => left < right,
        _ => left > right,
    }
}

fn limit_of(said: &Said, n: i64) -> Number {
    match (said.limit)(n).ends_with('%') {
        true => Number::new(n, 10),
        false => Number::from_integer(n),
    }
}

/// All rules: one for each thing that is said, and two places.
fn program(op: &str, n: i64) -> Program {
    let mut text = WORDS.to_owned();
    for (at, said) in SAID.iter().enumerate() {
        let limit = (said.limit)(n);
        text += &format!(
            "target t{at} \"T\" {{ require {} {op} {limit} }}\n",
            said.text
        );
    }
    text +=
        &format!("target high \"H\" {{ require rank of x among body {op} {n} for each body }}\n");
    text += &format!(
        "target low \"L\" {{ require rank of worse among body {op} {n} for each body }}\n"
    );
    let mut sources = Sources::new();
    sources.add("rules", &text);
    plumbrule::compile(&sources).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn evaluated(program: &Program, forms: &[Form], order: &[usize]) -> Outcome {
    let mut table = "indicator,entity,period,value\n".to_owned();
    for at in order {
        if let Some(printed) = forms[*at].text() {
            table += &format!(
                "x,{0},2025,{printed}\nworse,{0},2025,{printed}\n",
                BODIES[*at]
            );
        }
    }
    let mut submission = Submission::new(&program.model);
    submission.read_table(
        &program.model,
        "t.csv",
        table.as_bytes(),
        &Limits::default(),
    );
    let options = Options {
        period: Some(Period::Year(2025)),
        ..Options::default()
    };
    evaluate(program, &submission, &options)
}

/// Every choice of a corner for each body.
fn corners(forms: &[Form]) -> Vec<Vec<Number>> {
    let mut all: Vec<Vec<Number>> = vec![Vec::new()];
    for form in forms {
        let more = |known: &Vec<Number>| {
            corners_of(form).into_iter().map({
                let known = known.clone();
                move |value| {
                    let mut known = known.clone();
                    known.push(value);
                    known
                }
            })
        };
        all = all.iter().flat_map(more).collect();
    }
    all
}

proptest! {
    #![proptest_config(crate::common::random(48))]

    /// What is proved holds at every corner of what the figures allow, with missing ones anywhere
    /// in their bounds; what is refuted, at none. What is open and not called loose is open.
    #[test]
    fn every_corner_agrees_with_the_verdict(
        forms in vec(form(), BODIES.len()),
        op in prop::sample::select(&OPS[..]),
        n in 0..9i64,
    ) {
        let program = program(op, n);
        let outcome = evaluated(&program, &forms, &[0, 1, 2, 3, 4]);
        let all = corners(&forms);
        for row in &outcome.rows {
            let at = plumbrule::index::Id::index(row.rule);
            let own = program.model.entities[row.entity].id.as_str();
            let own = BODIES.iter().position(|body| *body == own).unwrap_or(0);
            let answer = |values: &Vec<Number>| match SAID.get(at) {
                Some(said) => holds(op, (said.value)(values), limit_of(said, n)),
                None => {
                    let is_highest_first = at == SAID.len();
                    let limit = Number::from_integer(n);
                    holds(op, place(values, own, is_highest_first), limit)
                }
            };
            let text = SAID.get(at).map_or("rank", |said| said.text);
            let found: Vec<bool> = all.iter().map(answer).collect();
            match row.verdict {
                Verdict::Pass => prop_assert!(found.iter().all(|one| *one), "{text} {forms:?}"),
                Verdict::Fail => prop_assert!(!found.iter().any(|one| *one), "{text} {forms:?}"),
                _ => {
                    let is_loose = row.marks.words().any(|word| word == "loose");
                    let both = found.contains(&true) && found.contains(&false);
                    let is_nested = text.contains("(x > mean");
                    prop_assert!(is_loose || is_nested || both, "{text} {op} {n} {forms:?}");
                    let is_missing = row.causes.iter().any(|cause| cause.word() == "missing");
                    prop_assert!(!is_missing || forms.contains(&Form::Missing), "{text}");
                }
            }
        }
    }

    /// A member that is left out, or known less closely, never buys a pass and never makes a
    /// failure.
    #[test]
    fn less_of_a_member_only_leaves_open(
        forms in vec(form(), BODIES.len()),
        at in 0..BODIES.len(),
        op in prop::sample::select(&OPS[..]),
        n in 0..9i64,
    ) {
        let program = program(op, n);
        let order = [0, 1, 2, 3, 4];
        let before = evaluated(&program, &forms, &order);
        let mut less = forms;
        less[at] = Form::Missing;
        let after = evaluated(&program, &less, &order);
        for (one, other) in before.rows.iter().zip(&after.rows) {
            let is_same = one.verdict == other.verdict;
            prop_assert!(is_same || other.verdict == Verdict::Undetermined, "{less:?}");
        }
    }

    /// The order of the rows of a table means nothing.
    #[test]
    fn the_order_of_members_means_nothing(
        forms in vec(form(), BODIES.len()),
        order in Just([0, 1, 2, 3, 4]).prop_shuffle(),
        op in prop::sample::select(&OPS[..]),
        n in 0..9i64,
    ) {
        let program = program(op, n);
        let before = evaluated(&program, &forms, &[0, 1, 2, 3, 4]);
        let after = evaluated(&program, &forms, &order);
        prop_assert_eq!(before.rows, after.rows);
    }
}
