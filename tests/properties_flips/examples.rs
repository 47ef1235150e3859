//! Sentences of changes, whole.

use plumbrule::Sources;
use plumbrule::eval::{Options, evaluate};
use plumbrule::explain::explain;
use plumbrule::figures::{Limits, Submission};
use plumbrule::verdict::Verdict;

use super::tables::{compiled, said, text, verdict};

/// Cities with a figure each, and a goal of their country.
const COUNTRY: &str = r#"
pack p "P" { entity land }
entity land "Land" {}
entity city "Cities" { members listed }
entity east "East" { class city part of land }
entity west "West" { class city part of land }
indicator x "X" { kind quantity unit 个 bounds between 0个 and 100个 }
target p.1 "Goal" { require GOAL by 2024 }
"#;

/// What is said of a goal of the country together, a line each.
fn of_country(goal: &str, east: &str, west: &str) -> Vec<String> {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", &COUNTRY.replace("GOAL", goal));
    let program = plumbrule::compile(&sources).unwrap();
    let table = format!("indicator,period,entity,value\nx,2024,east,{east}\nx,2024,west,{west}\n");
    let mut submission = Submission::new(&program.model);
    let limits = Limits::default();
    submission.read_table(&program.model, "figures.csv", table.as_bytes(), &limits);
    let options = Options::default();
    let row = evaluate(&program, &submission, &options).rows[0];
    let explanation = explain(&program, &submission, &options, row.rule, row.entity);
    let mut nodes = explanation.nodes.iter();
    let node = nodes.find(|node| node.address.ends_with("/joint"));
    let all = node
        .into_iter()
        .flat_map(|node| std::iter::once(node).chain(&node.children));
    all.map(text).collect()
}

#[test]
fn figures_of_other_bodies_move_where_a_goal_adds_them_up() {
    let sum = "sum of x over city at least 100个";
    assert_eq!(
        of_country(sum, "30个", "50.0个"),
        [
            "together: with all of the following the requirement would be met; as long as none of them \
             moves by more than 18 in its last printed digit, the answer does not turn",
            "X [East] (2024): 49 items (in its last printed digit +19, relatively ≈+63.3333%)",
            "X [West] (2024): 51 items (in its last printed digit +10, relatively +2%)",
        ]
    );
    // The mean is to fall below 40: both leave a limit that is itself enough.
    assert_eq!(
        of_country("mean of x over city at least 40个", "30个", "52个"),
        [
            "together: with all of the following the requirement would not be met; as long as none of \
             them moves by more than 1 in its last printed digit, the answer does not turn",
            "X [East] (2024): 28 items (in its last printed digit -2, relatively ≈-6.6667%)",
            "X [West] (2024): 51 items (in its last printed digit -1, relatively ≈-1.9231%)",
        ]
    );
    assert_eq!(
        of_country("sum of x over city at least 201个", "30个", "50个"),
        [
            "no change of several figures together turns the answer: no values within the declared bounds do"
        ]
    );
    assert_eq!(
        of_country("highest of x over city at least 60个", "30个", "50个"),
        [
            "what smallest change of several figures together would turn the answer was not analysed: a \
          condition rests on figures of many bodies, and is no plain sum or mean of them"
        ]
    );
}

/// What is said of the changes of a goal, figures read as the goal says.
fn all_said(rule: &str, values: [&str; 3]) -> Vec<String> {
    let program = compiled(rule);
    said(&program, &values.map(str::to_owned))
        .iter()
        .map(text)
        .collect()
}

#[test]
fn where_only_values_outside_of_bounds_would_do_that_is_said() {
    assert_eq!(
        all_said(
            "target p.1 \"Goal\" { require a at least 13个 by 2024 }",
            ["4", "5", "6"]
        ),
        [
            "a (2024) alone cannot turn the answer: it would have to be at least 13 items, and it can \
          only be from 0 items to 12 items"
        ]
    );
    // Between two limits, and the upper bound goes without saying.
    assert_eq!(
        all_said(
            "target p.1 \"Goal\" { require a between 7个 and 9个 by 2024 }",
            ["4", "5", "6"]
        ),
        [
            "if a (2024) were from 7 items to 9 items, the requirement would be met (a change of 3 items)"
        ]
    );
    assert_eq!(
        all_said(
            "target p.1 \"Goal\" { require (a / 1个) ^ 2 at least 50 by 2024 }",
            ["4", "5", "6"]
        ),
        [
            "if a (2024) were at least ≈7.0711 items, the requirement would be met (a change of \
          ≈3.0711 items)"
        ]
    );
}

#[test]
fn what_is_read_as_printed_turns_with_all_that_its_last_digit_leaves_open() {
    let rule = "target p.1 \"Goal\" { reading as printed require a at least 7个 by 2024 }";
    assert_eq!(
        all_said(rule, ["4", "5", "6"]),
        [
            "if a (2024) were at least 8 items, printed to as many digits, the requirement would be met \
          (a change of 4 items)"
        ]
    );
    let program = compiled(rule);
    let printed = |a: &str| [a, "5", "6"].map(str::to_owned);
    assert_eq!(verdict(&program, &printed("8")), Verdict::Pass);
    assert_eq!(verdict(&program, &printed("7")), Verdict::Undetermined);
}
