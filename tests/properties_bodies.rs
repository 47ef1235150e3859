//! Rules that look at other rows of their body, on random tables: a row a body and period or several, a row a
//! figure, in any order. No difference to one submission, at any number of threads.

use plumbrule::bulk::{Stop, WhyWhole};
use plumbrule::eval::Options;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::bulk_bodies::{by_body, hold};

fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok();
    let cases = cases.and_then(|text| text.parse().ok()).unwrap_or(40);
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    }
}

const PLACES: [&str; 5] = ["", "@2023", "@2022", "@previous year", "@-2"];

fn value() -> BoxedStrategy<String> {
    let name = prop::sample::select(vec!["alpha", "beta", "whole"]);
    let one =
        (name, prop::sample::select(&PLACES[..])).prop_map(|(name, at)| format!("{name}{at}"));
    let two = (one.clone(), one.clone(), one.clone());
    prop_oneof![
        4 => one.clone(),
        2 => two.clone().prop_map(|(a, b, c)| format!("({a} + {b} - {c})")),
        2 => two.prop_map(|(a, b, c)| format!("({a} / {b} * {c})")),
        1 => one.prop_map(|a| format!("{a}[entity = CN]")).prop_filter("no place", |text| !text.contains('@')),
    ]
    .boxed()
}

fn goal() -> BoxedStrategy<String> {
    let op = || prop::sample::select(vec![">=", "<=", ">", "<"]);
    prop_oneof![
        2 => (op(), prop::sample::select(vec!["5%", "0%", "-10%"]))
            .prop_map(|(op, limit)| format!("growth(alpha) {op} {limit}")),
        3 => (value(), op(), value()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
        2 => (value(), op(), prop::sample::select(vec!["1", "2.5", "100"]))
            .prop_map(|(a, op, b)| format!("{a} {op} {b}")),
        1 => (value(), op()).prop_map(|(a, op)| format!("{a} {op} 2 by 2024")),
        1 => value().prop_map(|a| format!("({a} >= 1 and strict (beta >= 2))")),
    ]
    .boxed()
}

fn pack(goals: &[String]) -> String {
    let mut text = String::from(
        "pack random \"Random\" { entity CN }\nentity CN \"China\" { alias \"Middle\" }\n\
         entity body \"Bodies\" { members open }\nindicator alpha \"Alpha\" { kind index }\n\
         indicator beta \"Beta\" { kind index bounds <= 1000 }\n\
         indicator whole \"Whole\" { kind index identity = alpha + beta }\n",
    );
    for (n, goal) in goals.iter().enumerate() {
        text += &format!("target r.{n} \"R {n}\" {{ for each body require {goal} }}\n");
    }
    text + "target r.cn \"CN\" { require growth(alpha) >= 0% }\n"
}

fn cell() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "1",
        "2.5",
        "100",
        "105",
        "94.5",
        "90",
        "0",
        "",
        "",
        "1,000",
        "1001",
        "abc",
        "-",
        "约1",
        "超2.5",
        "2.500",
        "0.00000000000000000001",
    ])
}

fn row() -> impl Strategy<Value = (&'static str, &'static str, [&'static str; 3])> {
    let names = vec![
        "A1",
        "A2",
        "Ａ1",
        "B",
        "B C",
        "BC",
        "D",
        "CN",
        "Middle",
        "总计",
        "天津 市",
        "天津市",
    ];
    let periods = vec![
        "2021", "2022", "2023", "2023", "2024", "2025", "2023年", "x",
    ];
    let cells = (cell(), cell(), cell());
    (
        prop::sample::select(names),
        prop::sample::select(periods),
        cells.prop_map(|(a, b, c)| [a, b, c]),
    )
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn bodies_are_judged_as_in_one_submission(
        goals in vec(goal(), 1..5),
        rows in vec(row(), 1..40),
        is_long in any::<bool>(),
        is_apart in any::<bool>(),
    ) {
        let mut sources = plumbrule::Sources::with_std();
        sources.add("pack.plumb", &pack(&goals));
        let Ok(program) = plumbrule::compile(&sources) else {
            return Err(TestCaseError::reject("not a pack"));
        };
        let mut table = String::new();
        if is_long {
            table += "indicator,entity,period,value,source\n";
        } else {
            table += "entity,year,alpha,beta,whole\n";
        }
        let mut seen = Vec::new();
        for (name, period, cells) in &rows {
            if is_apart && seen.contains(&(name, period)) {
                continue;
            }
            seen.push((name, period));
            if is_long {
                for (what, cell) in ["alpha", "beta", "whole"].iter().zip(cells) {
                    table += &format!("{what},{name},{period},\"{cell}\",s\n");
                }
            } else {
                let [a, b, c] = cells;
                table += &format!("{name},{period},\"{a}\",\"{b}\",\"{c}\"\n");
            }
        }
        // What is no plain table from its first rows on is read as one submission.
        let found = by_body(&program, table.as_bytes(), &Options::default(), 2);
        if let Err(Stop::Whole(WhyWhole::Layout)) = found {
            return Err(TestCaseError::reject("of another layout"));
        }
        hold(&program, &table, &Options::default());
    }
}
