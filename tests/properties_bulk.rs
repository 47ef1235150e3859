//! Columns against the evaluator of one submission, on random rules and on figures that lie on limits,
//! next to them, far away, in words or nowhere: no difference, at any number of threads.

use plumbrule::bulk::Stop;
use plumbrule::eval::Options;
use plumbrule::program::Program;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::bulk::{by_columns, by_rows};

/// Numbers that rules hold figures against, and that figures are near.
const LIMITS: [&str; 8] = ["0", "1", "2.5", "0.3", "100", "0.07", "-4", "33.33"];

fn limit() -> impl Strategy<Value = String> {
    prop::sample::select(&LIMITS[..]).prop_map(str::to_owned)
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["alpha", "beta", "gamma", "delta", "whole"]).prop_map(str::to_owned)
}

/// A quantity as the language writes it.
fn number() -> BoxedStrategy<String> {
    let leaf = prop_oneof![6 => name(), 1 => limit().prop_map(|text| format!("({text})"))];
    leaf.prop_recursive(3, 10, 2, |inner| {
        let two = (inner.clone(), inner.clone());
        let scaled = (inner.clone(), prop::sample::select(vec!["* 3", "* 0.07", "/ 7", "* -1"]));
        let ratio = (inner.clone(), inner.clone(), inner.clone());
        prop_oneof![
            3 => two.clone().prop_map(|(a, b)| format!("({a} + {b})")),
            3 => two.clone().prop_map(|(a, b)| format!("({a} - {b})")),
            2 => scaled.prop_map(|(a, by)| format!("({a} {by})")),
            2 => ratio.prop_map(|(a, b, c)| format!("({a} / {b} * {c})")),
            1 => two.clone().prop_map(|(a, b)| format!("min({a}, {b})")),
            1 => two.clone().prop_map(|(a, b)| format!("max({a}, {b})")),
            1 => inner.clone().prop_map(|a| format!("abs({a})")),
            1 => inner.clone().prop_map(|a| format!("(-{a})")),
            1 => (leaf_condition(), two).prop_map(|(c, (a, b))| format!("(if {c} then {a} else {b})")),
        ]
    })
    .boxed()
}

/// A part of another quantity.
fn ratio() -> BoxedStrategy<String> {
    let one = (number(), number()).prop_map(|(a, b)| format!("({a} / {b})"));
    let two = (number(), number(), number(), number());
    prop_oneof![
        3 => one,
        1 => two.clone().prop_map(|(a, b, c, d)| format!("({a} / {b} + {c} / {d})")),
        1 => two.prop_map(|(a, b, c, d)| format!("(({a} / {b}) / ({c} / {d}))")),
    ]
    .boxed()
}

fn op() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![">=", "<=", ">", "<", "==", "!="])
}

fn leaf_condition() -> BoxedStrategy<String> {
    prop_oneof![
        4 => (name(), op(), limit()).prop_map(|(a, op, b)| format!("({a} {op} {b})")),
        1 => Just("marked".to_owned()),
        1 => Just("(sort is \"A\")".to_owned()),
        1 => name().prop_map(|a| format!("({a} is present)")),
    ]
    .boxed()
}

fn condition() -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        2 => leaf_condition(),
        3 => (number(), op(), number()).prop_map(|(a, op, b)| format!("({a} {op} {b})")),
        1 => (number(), limit(), limit()).prop_map(|(a, x, y)| format!("({a} between {x} and {y})")),
        2 => (ratio(), op(), limit()).prop_map(|(a, op, b)| format!("({a} {op} {b})")),
        1 => (number(), number(), op(), number(), number())
            .prop_map(|(a, b, op, c, d)| format!("({a} * {b} {op} {c} * {d})")),
    ];
    leaf.prop_recursive(2, 6, 2, |inner| {
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            2 => two.clone().prop_map(|(a, b)| format!("({a} and {b})")),
            2 => two.clone().prop_map(|(a, b)| format!("({a} or {b})")),
            1 => two.clone().prop_map(|(a, b)| format!("({a} implies {b})")),
            1 => inner.clone().prop_map(|a| format!("(not {a})")),
            2 => inner.clone().prop_map(|a| format!("(strict {a})")),
            1 => (inner, two).prop_map(|(c, (a, b))| format!("(if {c} then {a} else {b})")),
        ]
    })
    .boxed()
}

/// A pack with some rules and a decision.
fn pack(rules: &[(String, Option<String>)], cases: &[(String, bool)]) -> String {
    let mut text = String::from(
        r#"pack random "Random" { entity CN }
entity CN "China" { }
entity body "Bodies" { members open }
indicator alpha "Alpha" { kind index }
indicator beta "Beta" { kind index bounds <= 1000 }
indicator gamma "Gamma" { kind index }
indicator delta "Delta" { kind index }
indicator whole "Whole" { kind index identity = gamma + delta }
indicator marked "Marked" { kind yes-no }
indicator sort "Sort" { kind one of "A", "B", "C" }
"#,
    );
    for (n, (goal, when)) in rules.iter().enumerate() {
        let when = when
            .as_ref()
            .map_or(String::new(), |when| format!(" when {when}"));
        text += &format!(
            "target r.{n} \"Rule {n}\" {{ for each body require {goal}{when} absence may pass }}\n"
        );
    }
    text += "decision way \"Way\" { for each body\noutcome high \"H\"\noutcome low \"L\"\nstrongest first\n";
    for (n, (case, is_high)) in cases.iter().enumerate() {
        let outcome = if *is_high { "high" } else { "low" };
        text += &format!("case c{n}: {outcome} when {case}\n");
    }
    text += "otherwise low }\ntarget r.way \"Way\" { for each body require way is high }\n";
    text
}

fn compiled(text: &str) -> Option<Program> {
    let mut sources = plumbrule::Sources::with_std();
    sources.add("pack.plumb", text);
    plumbrule::compile(&sources).ok()
}

/// A cell of a number: on a limit, next to one, large, small, in words, blank.
fn cell() -> BoxedStrategy<String> {
    let near = (
        limit(),
        prop::sample::select(vec!["01", "001", "000001", "0000000000001"]),
    );
    prop_oneof![
        4 => limit(),
        2 => near.prop_map(|(limit, tail)| match limit.contains('.') {
            true => format!("{limit}{tail}"),
            false => format!("{limit}.{tail}"),
        }),
        4 => (-50i32..5000).prop_map(|n| format!("{}.{:02}", n / 10, (n % 10).abs())),
        1 => prop::sample::select(vec![
            "99999999999999", "123456789012345678901234567890", "0.00000000000000000001",
            "9007199254740993", "4503599627370497", "0.1234567890123456789", "999.999999999",
        ]).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["超2.5", "约1", "100左右", "不足0.3", "abc", "1,000", "２.5", "-0", "+1"])
            .prop_map(str::to_owned),
        2 => Just(String::new()),
    ]
    .boxed()
}

fn row() -> impl Strategy<Value = Vec<String>> {
    let words = prop::sample::select(vec!["1", "0", "是", "no", "", "", "perhaps"]);
    let kinds = prop::sample::select(vec!["A", "B", "c", "", "D"]);
    (vec(cell(), 5), words, kinds, 2021..2024).prop_map(|(cells, yes, kind, year)| {
        let mut cells: Vec<String> = cells;
        let year: i32 = year;
        cells.push(yes.to_owned());
        cells.push(kind.to_owned());
        cells.push(year.to_string());
        cells
    })
}

fn table(rows: &[Vec<String>]) -> String {
    let mut text = String::from("entity,alpha,beta,gamma,delta,whole,marked,sort,year\n");
    for (n, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().map(|cell| format!("\"{cell}\"")).collect();
        text += &format!("N{n:03},{}\n", cells.join(","));
    }
    text
}

fn rules() -> impl Strategy<Value = Vec<(String, Option<String>)>> {
    vec(
        (condition(), prop::option::weighted(0.3, condition())),
        1..5,
    )
}

proptest! {
    #![proptest_config(crate::common::random(48))]

    #[test]
    fn columns_say_what_one_submission_says(
        rules in rules(),
        cases in vec((condition(), any::<bool>()), 1..4),
        rows in vec(row(), 1..40),
    ) {
        // Only rules and cases that make a pack by themselves.
        let sure = [("alpha >= 1".to_owned(), true)];
        let is_rule = |rule: &(String, Option<String>)| compiled(&pack(std::slice::from_ref(rule), &sure)).is_some();
        let rules: Vec<_> = rules.into_iter().filter(is_rule).collect();
        let is_case = |case: &(String, bool)| compiled(&pack(&[], std::slice::from_ref(case))).is_some();
        let cases: Vec<_> = cases.into_iter().filter(is_case).collect();
        let text = pack(&rules, &cases);
        let program = compiled(&text);
        let Some(program) = program else {
            return Err(TestCaseError::reject("not a pack"));
        };
        let bytes = table(&rows);
        let options = Options::default();
        let found = by_columns(&program, "rows.csv", bytes.as_bytes(), &options, 1);
        let (said, ran) = match found {
            Ok(found) => found,
            Err(Stop::Rules(rules)) => {
                return Err(TestCaseError::fail(format!("left to others: {rules:?} {text}")));
            }
            Err(other) => return Err(TestCaseError::fail(format!("{other:?} {text}\n{bytes}"))),
        };
        prop_assert_eq!(ran.tally.n_rows, rows.len() as u64);
        prop_assert_eq!(said.len(), rows.len() * (rules.len() + 2));
        let expected = by_rows(&program, bytes.as_bytes(), &said, &options);
        for (about, own) in &said {
            let wanted = expected.get(about);
            // A row without any figure is about nobody for a reader of figures.
            if let Some(wanted) = wanted {
                prop_assert_eq!(own, wanted, "{:?}\n{}\n{}", about, text, bytes);
            }
        }
        let twice = by_columns(&program, "rows.csv", bytes.as_bytes(), &options, 3);
        prop_assert_eq!(&twice.map(|(said, _)| said).ok(), &Some(said));
    }
}
