//! Rules that look at other rows of their body, on random tables: a row a body and period or several, a row a
//! figure, in any order. No difference to one submission, at any number of threads.

use plumbrule::bulk::{Stop, WhyWhole};
use plumbrule::eval::Options;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::bulk_bodies::{
    OF_LISTS, OF_MANY, OF_PARTS, by_body, hold, pack_of_lists, pack_of_many, pack_of_parts,
};

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

type RowOfMany = (String, &'static str, [&'static str; 3], &'static str);

fn row_of_many() -> impl Strategy<Value = RowOfMany> {
    let towns = prop::sample::select(vec!["ashby", "burton", "corby", "coast", "CN"]);
    let name = prop_oneof![
        4 => (0..12).prop_map(|n| format!("F{n}")),
        1 => towns.prop_map(str::to_owned),
    ];
    let year = prop::sample::select(vec!["2023", "2024", "2024", "2025"]);
    let sort = prop::sample::select(vec!["A", "B", ""]);
    (name, year, (cell(), cell(), cell()), sort)
        .prop_map(|(name, year, (a, b, c), sort)| (name, year, [a, b, c], sort))
}

type RowOfList = (String, &'static str, &'static str, [&'static str; 5]);

fn row_of_list() -> impl Strategy<Value = RowOfList> {
    let name = prop_oneof![
        9 => (0..7).prop_map(|n| format!("F{n}")),
        1 => prop::sample::select(vec!["CN", "Middle", "A/S", "A", "F 1", "总计"]).prop_map(str::to_owned),
    ];
    let record = prop::sample::select(vec!["t1", "t1", "t2", "t2", "t3", "F1/t1", "", "A/t1"]);
    let year = prop::sample::select(vec!["2023", "2024", "2024", "2024", "2025", "2024-12", "x"]);
    let trips = prop::sample::select(vec!["", "", "1", "2", "3", "约2", "abc"]);
    let far = prop::sample::select(vec!["yes", "no", "", "perhaps"]);
    (name, record, year, (cell(), trips, cell(), far, cell()))
        .prop_map(|(name, record, year, (a, b, c, d, e))| (name, record, year, [a, b, c, d, e]))
}

proptest! {
    #![proptest_config(crate::common::random(40))]

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

    #[test]
    fn many_bodies_are_taken_together_as_in_one_submission(
        rules in vec(prop::sample::select(&OF_MANY[..]), 1..6),
        own in vec(prop::sample::select(vec!["alpha >= 2", "growth(alpha) >= 0%", "beta <= alpha"]), 0..2),
        rows in vec(row_of_many(), 1..60),
        is_long in any::<bool>(),
    ) {
        let rules = rules.into_iter().map(|(scope, goal)| (scope, goal.to_owned()));
        let own = own.into_iter().map(|goal| ("for each firm", goal.to_owned()));
        let rules: Vec<(&str, String)> = rules.chain(own).collect();
        let mut sources = plumbrule::Sources::with_std();
        sources.add("pack.plumb", &pack_of_many(&rules));
        let program = plumbrule::compile(&sources).unwrap();
        let mut table = String::from(match is_long {
            true => "indicator,entity,period,value\n",
            false => "entity,year,alpha,beta,gamma,sort\n",
        });
        for (name, year, [a, b, c], sort) in &rows {
            if is_long {
                for (what, cell) in [("alpha", a), ("beta", b), ("gamma", c), ("sort", sort)] {
                    table += &format!("{what},{name},{year},\"{cell}\"\n");
                }
            } else {
                table += &format!("{name},{year},\"{a}\",\"{b}\",\"{c}\",{sort}\n");
            }
        }
        let found = by_body(&program, table.as_bytes(), &Options::default(), 2);
        if let Err(Stop::Whole(WhyWhole::Layout)) = found {
            return Err(TestCaseError::reject("of another layout"));
        }
        hold(&program, &table, &Options::default());
    }

    #[test]
    fn lists_are_judged_as_in_one_submission(
        rules in vec(prop::sample::select(&OF_LISTS[..]), 1..6),
        rows in vec(row_of_list(), 1..50),
        form in 0..4,
    ) {
        let rules = rules.into_iter().map(|(scope, goal)| (scope, goal.to_owned()));
        let rules: Vec<(&str, String)> = rules.collect();
        let mut sources = plumbrule::Sources::with_std();
        sources.add("pack.plumb", &pack_of_lists(&rules));
        let program = plumbrule::compile(&sources).unwrap();
        let mut table = String::from(match form {
            0 => "entity,record,year,alpha,trips,persons,far,cost\n",
            1 => "entity,year,alpha,trips,persons,far,cost\n",
            2 => "indicator,entity,record,period,value\n",
            _ => "indicator,entity,period,value\n",
        });
        for (firm, record, year, [alpha, trips, persons, far, cost]) in &rows {
            let own = [("alpha", alpha), ("trips", trips), ("persons", persons), ("far", far), ("cost", cost)];
            match form {
                0 => table += &format!("{firm},{record},{year},\"{alpha}\",{trips},\"{persons}\",{far},\"{cost}\"\n"),
                1 => table += &format!("{firm},{year},\"{alpha}\",{trips},\"{persons}\",{far},\"{cost}\"\n"),
                2 => for (n, (what, cell)) in own.into_iter().enumerate() {
                    let record = if n < 2 { "" } else { record };
                    table += &format!("{what},{firm},{record},{year},\"{cell}\"\n");
                },
                _ => for (n, (what, cell)) in own.into_iter().enumerate() {
                    let of = if n < 2 { "".to_owned() } else { format!("/{record}") };
                    table += &format!("{what},{firm}{of},{year},\"{cell}\"\n");
                },
            }
        }
        let found = by_body(&program, table.as_bytes(), &Options::default(), 2);
        if let Err(Stop::Whole(WhyWhole::Layout | WhyWhole::Column(_))) = found {
            return Err(TestCaseError::reject("of another layout"));
        }
        hold(&program, &table, &Options::default());
    }

    #[test]
    fn parts_are_taken_together_as_in_one_submission(
        rules in vec(prop::sample::select(&OF_PARTS[..]), 1..5),
        rows in vec((row_of_many(), prop::sample::select(vec!["", "coast", "Shore", "plain", "CN", "old"])), 1..50),
    ) {
        let rules = rules.into_iter().map(|(scope, goal)| (scope, goal.to_owned()));
        let rules: Vec<(&str, String)> = rules.collect();
        let mut sources = plumbrule::Sources::with_std();
        sources.add("pack.plumb", &pack_of_parts(&rules));
        let program = plumbrule::compile(&sources).unwrap();
        let mut table = String::from("entity,part of,year,alpha,beta\n");
        for ((name, year, [a, b, _], _), whole) in &rows {
            table += &format!("{name},{whole},{year},\"{a}\",\"{b}\"\n");
        }
        let found = by_body(&program, table.as_bytes(), &Options::default(), 2);
        if let Err(Stop::Whole(WhyWhole::Layout | WhyWhole::Column(_))) = found {
            return Err(TestCaseError::reject("of another layout"));
        }
        hold(&program, &table, &Options::default());
    }
}
