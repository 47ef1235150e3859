//! The made enterprises of `fixtures/data-export` against a second reading of the law: every route
//! that the stated facts leave open, worked out here from the articles and not from the pack.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use insta::assert_snapshot;
use plumbrule::eval::{Options, Outcome, evaluate};
use plumbrule::figures::{ReadOptions, Submission};
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::verdict::Verdict;

use crate::common::root;
use crate::repository;

const HEADERS: &str = include_str!("enterprises/headers.tsv");

/// A law of the subject, by the day since when it applies.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Law {
    Measures,
    Contract,
    Provisions,
}

/// The days asked for: the table, the day, the law of the route.
const DAYS: [(i32, &str, Law); 6] = [
    (2023, "2022-10-01", Law::Measures),
    (2023, "2023-07-01", Law::Contract),
    (2023, "2024-03-21", Law::Contract),
    (2025, "2024-06-01", Law::Provisions),
    (2025, "2025-06-30", Law::Provisions),
    (2025, "2026-03-01", Law::Provisions),
];

/// One way in which the facts may be, as numbers; texts by their place in a list.
type World = BTreeMap<&'static str, i64>;

const GROUNDS: [&str; 6] = [
    "none",
    "contract",
    "hr",
    "emergency",
    "transit",
    "statutory",
];
const LISTS: [&str; 3] = ["none", "out", "on"];

/// Article 4 of the measures of 2022, then what the contract of 2023 leaves open.
fn route_before(law: Law, it: &World) -> (&'static str, &'static str) {
    let some = it["persons_before"] > 0;
    if it["important"] == 1 {
        ("4(1)", "security_assessment")
    } else if it["ciio"] == 1 && (some || it["sensitive_before"] > 0) {
        ("4(2) ciio", "security_assessment")
    } else if it["handled"] >= 1_000_000 && some {
        ("4(2) handles", "security_assessment")
    } else if it["persons_before"] >= 100_000 {
        ("4(3) persons", "security_assessment")
    } else if it["sensitive_before"] >= 10_000 {
        ("4(3) sensitive", "security_assessment")
    } else if !some {
        ("nothing leaves", "exempt")
    } else if law == Law::Contract {
        ("order 13", "standard_contract_or_certification")
    } else {
        ("below", "no_procedure")
    }
}

/// Articles 3 to 8 of the provisions of 2024.
fn route_since(it: &World) -> (&'static str, &'static str) {
    let (persons, sensitive) = (it["persons"], it["sensitive"]);
    let ground = usize::try_from(it["ground"]).unwrap();
    let list = usize::try_from(it["list"]).unwrap();
    if it["important"] == 1 {
        return match LISTS[list] {
            "out" => ("6 against 7", "manual_review"),
            _ => ("7 important", "security_assessment"),
        };
    }
    let asked = if it["ciio"] == 1 && (persons > 0 || sensitive > 0) {
        ("7(1) ciio", "security_assessment")
    } else if persons >= 1_000_000 {
        ("7(2) persons", "security_assessment")
    } else if sensitive >= 10_000 {
        ("7(2) sensitive", "security_assessment")
    } else if persons >= 100_000 {
        ("8 persons", "standard_contract_or_certification")
    } else if sensitive > 0 {
        ("8 sensitive", "standard_contract_or_certification")
    } else {
        return ("5(4)", "exempt");
    };
    match (LISTS[list], GROUNDS[ground]) {
        ("on", _) => ("6 listed", "manual_review"),
        (_, "statutory") => ("statutory", "manual_review"),
        (_, "transit") => ("4", "exempt"),
        (_, "contract") => ("5(1)", "exempt"),
        (_, "hr") => ("5(2)", "exempt"),
        (_, "emergency") => ("5(3)", "exempt"),
        ("out", _) => ("6", "exempt"),
        _ => asked,
    }
}

/// Numbers on both sides of every limit of the law and of every number of the tables.
const NUMBERS: [i64; 19] = [
    0, 1, 2, 499, 500, 800, 9_999, 10_000, 10_001, 60_000, 99_999, 100_000, 100_001, 999_999,
    1_000_000, 1_000_001, 10_000_000, 10_000_001, 50_000_000,
];

/// The numbers that a cell may mean.
fn numbers(cell: &str) -> Vec<i64> {
    let number = |text: &str| -> i64 {
        let text = text.trim_end_matches(word("unit"));
        match text.strip_suffix(word("ten_thousand")) {
            Some(text) => text.parse::<i64>().unwrap() * 10_000,
            None => text.parse().unwrap(),
        }
    };
    let among = |fits: &dyn Fn(i64) -> bool| {
        let all = NUMBERS.into_iter().filter(|number| fits(*number));
        all.collect::<Vec<i64>>()
    };
    if cell.is_empty() || cell.starts_with(word("about")) {
        NUMBERS.to_vec()
    } else if let Some(rest) = cell.strip_prefix(word("nearly")) {
        let most = number(rest);
        among(&|number| number < most)
    } else if let Some(rest) = cell.strip_prefix(word("over")) {
        let least = number(rest);
        among(&|number| number > least)
    } else if let Some((from, to)) = cell.split_once('-') {
        // The scale behind the second number, where there is one, is that of both as printed.
        let (from, to) = (number(from), number(to));
        let mut all = among(&|number| from <= number && number <= to);
        all.extend([from, to]);
        all
    } else {
        vec![number(cell)]
    }
}

/// A Chinese word of the tables, by what it means.
fn word(meaning: &str) -> &'static str {
    HEADERS
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .find(|(id, _)| *id == meaning)
        .map(|(_, word)| word)
        .unwrap()
}

fn truths(cell: &str) -> Vec<i64> {
    match cell {
        "" => vec![0, 1],
        cell => vec![i64::from(cell == word("yes"))],
    }
}

fn listed(cell: &str, all: &[&str]) -> Vec<i64> {
    let places = (0i64..).zip(all);
    places
        .filter(|(_, text)| cell.is_empty() || cell == **text)
        .map(|(place, _)| place)
        .collect()
}

/// One row of a table: its name, and its cells by what they state.
struct Enterprise {
    name: String,
    cells: BTreeMap<&'static str, String>,
}

fn enterprises(year: i32) -> Vec<Enterprise> {
    let path = root(&format!("fixtures/data-export/tables/{year}.csv"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let ids = HEADERS.lines().filter_map(|line| line.split_once('\t'));
    let places: Vec<(&'static str, usize)> = ids
        .filter_map(|(id, text)| Some((id, header.iter().position(|cell| cell == text)?)))
        .collect();
    assert_eq!(places.len(), 10, "a column that is not known");
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let cell = |place: usize| row.get(place).unwrap().to_owned();
        Enterprise {
            name: cell(0),
            cells: places.iter().map(|(id, at)| (*id, cell(*at))).collect(),
        }
    });
    rows.collect()
}

impl Enterprise {
    /// Every way in which the facts that a law asks for may be.
    fn worlds(&self, law: Law) -> Vec<World> {
        let cell = |id: &str| self.cells[id].as_str();
        let mut important = truths(cell("important"));
        // Article 2: what was neither told nor published as important need not be declared so.
        let is_told = truths(cell("notified"));
        if law == Law::Provisions && cell("important").is_empty() && is_told == [0] {
            important = vec![0];
        }
        let facts: Vec<(&'static str, Vec<i64>)> = match law {
            Law::Provisions => vec![
                ("important", important),
                ("ciio", truths(cell("ciio"))),
                ("persons", numbers(cell("persons"))),
                ("sensitive", numbers(cell("sensitive"))),
                ("ground", listed(cell("ground"), &GROUNDS)),
                ("list", listed(cell("list"), &LISTS)),
            ],
            _ => vec![
                ("important", important),
                ("ciio", truths(cell("ciio"))),
                ("handled", numbers(cell("handled"))),
                ("persons_before", numbers(cell("persons_before"))),
                ("sensitive_before", numbers(cell("sensitive_before"))),
            ],
        };
        let mut worlds = vec![World::new()];
        for (id, values) in facts {
            assert!(!values.is_empty(), "{}: {id} {:?}", self.name, self.cells);
            let with = |world: &World, value: i64| {
                let mut world = world.clone();
                world.insert(id, value);
                world
            };
            worlds = worlds
                .iter()
                .flat_map(|world| values.iter().map(move |value| with(world, *value)))
                .collect();
        }
        worlds
    }
}

fn submitted(program: &Program, paths: &[&str]) -> Submission {
    let mut submission = Submission::new(&program.model);
    for path in paths {
        let path = format!("fixtures/data-export/{path}");
        let bytes = fs::read(root(&path)).unwrap();
        submission.read_file(&program.model, &path, &bytes, &ReadOptions::default());
    }
    assert!(submission.problems.is_empty(), "{:?}", submission.problems);
    submission
}

fn checked(program: &Program, submission: &Submission, year: i32, day: &str) -> Outcome {
    let options = Options {
        period: Some(Period::Year(year)),
        in_force: Some(day.parse().unwrap()),
        ..Options::default()
    };
    evaluate(program, submission, &options)
}

#[test]
fn each_enterprise_has_the_routes_that_its_facts_leave_open() {
    let program = repository::program("data-export");
    let mut branches: BTreeSet<(bool, &str)> = BTreeSet::new();
    let (mut n_decided, mut n_open) = (0, 0);
    for (year, day, law) in DAYS {
        let submission = submitted(&program, &[&format!("tables/{year}.csv")]);
        let outcome = checked(&program, &submission, year, day);
        for it in enterprises(year) {
            let mut routes: BTreeSet<&str> = BTreeSet::new();
            let mut ways: BTreeSet<&str> = BTreeSet::new();
            for world in it.worlds(law) {
                let (way, route) = match law {
                    Law::Provisions => route_since(&world),
                    law => route_before(law, &world),
                };
                routes.insert(route);
                ways.insert(way);
            }
            let row = outcome.rows.iter().find(|row| {
                program.model.rules[row.rule].id == "export_route"
                    && submission.entities[row.entity].id == it.name
            });
            let row = row.unwrap();
            let rule = &program.model.rules[row.rule];
            let ids = plumbrule::explain::outcome_ids(rule, row.possible);
            let said: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
            assert_eq!(said, routes, "{} on {day}: {:?}", it.name, it.cells);
            let is_decided = row.verdict == Verdict::Decided;
            assert_eq!(is_decided, routes.len() == 1, "{} on {day}", it.name);
            n_decided += usize::from(is_decided);
            n_open += usize::from(!is_decided);
            if ways.len() == 1 {
                branches.extend(ways.into_iter().map(|way| (law == Law::Provisions, way)));
            }
        }
    }
    // Seven branches of the measures, their two ends, and fifteen of the provisions.
    assert_eq!(branches.len(), 8 + 15, "{branches:?}");
    assert!(n_decided > 600 && n_open > 100, "{n_decided} {n_open}");
}

#[test]
fn the_workbook_says_what_the_tables_say() {
    let program = repository::program("data-export");
    let tables = submitted(&program, &["tables/2023.csv", "tables/2025.csv"]);
    let book = submitted(&program, &["workbook/enterprises.xlsx"]);
    for (year, day) in [(2023, "2023-07-01"), (2025, "2025-06-30")] {
        let rows = |submission: &Submission| {
            let outcome = checked(&program, submission, year, day);
            let rows = outcome.rows.into_iter().map(|row| {
                let name = submission.entities[row.entity].id.clone();
                let (verdict, causes) = (row.verdict.word(), row.causes);
                (row.rule, name, verdict, causes, row.possible, row.reason)
            });
            rows.collect::<Vec<_>>()
        };
        let (one, other) = (rows(&tables), rows(&book));
        assert_eq!(one.len(), 360 * 22);
        assert_eq!(one, other);
    }
}

#[test]
fn a_worklist_counts_what_is_owed_under_each_law() {
    let program = repository::program("data-export");
    let mut text = String::new();
    for (year, day, _) in DAYS {
        let submission = submitted(&program, &[&format!("tables/{year}.csv")]);
        let outcome = checked(&program, &submission, year, day);
        let mut counts: BTreeMap<(&str, String), usize> = BTreeMap::new();
        for row in &outcome.rows {
            let rule = &program.model.rules[row.rule];
            let said = match row.verdict {
                Verdict::Decided => plumbrule::explain::outcome_ids(rule, row.possible).join(", "),
                verdict => verdict.word().to_owned(),
            };
            *counts.entry((rule.id.as_str(), said)).or_default() += 1;
        }
        text.push_str(&format!("## table of {year}, law of {day}\n"));
        let mut last = "";
        for ((rule, said), n) in &counts {
            if *rule != last {
                text.push_str(&format!("{rule}\n"));
                last = rule;
            }
            text.push_str(&format!("    {n:>3} {said}\n"));
        }
        text.push('\n');
    }
    assert_snapshot!(text);
}
