//! What tests reach: each sighting against a hand count, tables of cases, forms of the output.

use std::collections::BTreeMap;
use std::path::Path;

use plumbrule::Sources;
use plumbrule::message::Lang;
use plumbrule::program::Program;
use plumbrule::reach::{Item, ItemKind, Reach, Sight};
use plumbrule::testing::{TestResult, run_and_reach, run_tests};

use crate::{common, repository, schema};

const PACK: &str = r#"
pack p "Pack" {}
entity town "Towns" { members open }
instrument old "Old" { in force since 2020-01-01 }
instrument new "New" { in force since 2024-01-01 }
indicator users "Users" { unit 户 bounds >= 0户 }
indicator flats "Flats" { unit 户 }
indicator core "Core" { kind yes-no }
indicator told "Told" { kind yes-no }
indicator ground "Ground" { kind one of "none", "flood" }
decision d "D" {
  for each town
  outcome high
  outcome low
  version first { under old case all: high when users > 0户 otherwise low }
  version second {
    under new
    strongest first
    presume not core unless told
    case core: high when core
    case many: high when users >= 10户
    exception flood to many: low when ground is "flood"
    case wide: high when flats between 5户 and 9户
    otherwise low
  }
}
target t "T" { for each town when d is high require flats >= users by 2024 }
check c "C" { for each town require flats <= users }
define g = if users < 3户 then flats else users
"#;

const LIBRARY: &str = r#"
pack library "Library" { entity city }
entity city "The city" {}
entity district "Districts" { members listed }
entity north "North" { class district }
entity south "South" { class district }
scale maturity "Maturity": begun < basic < formed
milestone services "Services" {
  evidence lending "Lending"
  evidence delivery "Delivery"
  evidence night "At night"
  require at least 2 of (lending, delivery, night) by 2024
}
milestone both "Both" {
  evidence one "One"
  evidence other "Other"
  require at least 2 of (one, other) by 2024
}
milestone stage "Stage" {
  evidence level "Level" { kind level of maturity }
  require level at least formed by 2024
}
milestone branches "Branches" {
  evidence opened "Opened"
  require all of district where opened by 2024
}
"#;

/// A test of the library in 2024, with so much evidence and what it expects.
fn library(name: &str, given: &[(&str, &str)], expected: &str) -> String {
    let given = given.iter().map(|(item, sense)| {
        let (item, of) = item.split_once(' ').unwrap_or((item, ""));
        format!("given evidence {item} = \"{sense}\" dated 2024-05 {of}\n")
    });
    let given: String = given.collect();
    format!("test \"{name}\" {{ period 2024\n{given}expect {expected} }}\n")
}

#[test]
fn evidence_and_so_many_of_are_seen_on_each_side() {
    let (yes, no) = ("achieved", "not achieved");
    let (lending, delivery, night) = ("services.lending", "services.delivery", "services.night");
    let (north, south) = ("branches.opened for north", "branches.opened for south");
    let tests = [
        library(
            "three",
            &[(lending, yes), (delivery, yes), (night, yes)],
            "services pass",
        ),
        library(
            "two",
            &[(lending, yes), (delivery, yes), (night, no)],
            "services pass",
        ),
        // The third may be there as well: neither two nor more.
        library(
            "two or three",
            &[(lending, yes), (delivery, yes)],
            "services pass",
        ),
        library(
            "one",
            &[(lending, yes), (delivery, no), (night, no)],
            "services fail",
        ),
        library(
            "open",
            &[(lending, yes), (delivery, no)],
            "services undetermined(missing)",
        ),
        library("basic", &[("stage.level", "basic")], "stage fail"),
        library("formed", &[("stage.level", "formed")], "stage pass"),
        library("every one", &[(north, yes), (south, yes)], "branches pass"),
        library(
            "not every one",
            &[(north, yes), (south, no)],
            "branches fail",
        ),
        library("perhaps", &[(north, yes)], "branches undetermined(missing)"),
    ];
    let (_, reach) = reached(&format!("{LIBRARY}{}", tests.concat()));
    let at_least = "services/goal";
    assert_eq!(seen(&reach, at_least).kind, ItemKind::Limit);
    let expected = [
        (Sight::Below, 1),
        (Sight::At, 1),
        (Sight::Above, 1),
        (Sight::Open, 1),
    ];
    assert_eq!(times(&reach, at_least), expected);
    // Of two both cannot be more than two.
    assert_eq!(seen(&reach, "both/goal").wanted, [Sight::Below, Sight::At]);
    // Where it holds those count that hold, where it does not those that do not.
    let item = seen(&reach, "services/goal/0");
    assert_eq!(
        (item.kind, item.words.en.as_str()),
        (ItemKind::Evidence, "lending")
    );
    assert_eq!(times(&reach, "services/goal/0"), [(Sight::Holds, 4)]);
    assert_eq!(
        times(&reach, "services/goal/2"),
        [(Sight::Holds, 1), (Sight::Fails, 1), (Sight::Open, 1)]
    );
    // Nothing is above the highest level.
    assert_eq!(seen(&reach, "stage/goal").wanted, [Sight::Below, Sight::At]);
    assert_eq!(
        times(&reach, "stage/goal"),
        [(Sight::Below, 1), (Sight::At, 1)]
    );
    // What all members have to be is one condition.
    assert_eq!(seen(&reach, "branches/goal").kind, ItemKind::Condition);
    let expected = [(Sight::Holds, 1), (Sight::Fails, 1), (Sight::Open, 1)];
    assert_eq!(times(&reach, "branches/goal"), expected);
    assert_eq!(reach.share(Some(ItemKind::Evidence)).items, 5);
}

fn ran(tests: &str) -> (Vec<TestResult>, Reach) {
    reached(&format!("{PACK}{tests}"))
}

/// Runs the tests of a pack; none of them may fail.
fn reached(pack: &str) -> (Vec<TestResult>, Reach) {
    let program = compiled_from(pack);
    let (results, reach) = run_and_reach(&program);
    for result in &results {
        let said: Vec<String> = result
            .failures
            .iter()
            .map(|(_, message)| message.render(Lang::En))
            .collect();
        assert!(said.is_empty(), "{}: {said:?}", result.label);
    }
    (results, reach)
}

fn compiled(tests: &str) -> Program {
    compiled_from(&format!("{PACK}{tests}"))
}

fn compiled_from(pack: &str) -> Program {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", pack);
    plumbrule::compile(&sources).unwrap_or_else(|problems| {
        panic!(
            "{}",
            plumbrule::diagnostic::render(&problems, &sources, Lang::En, false)
        )
    })
}

fn seen<'r>(reach: &'r Reach, address: &str) -> &'r Item {
    let mut items = reach.items.iter();
    let found = items.find(|item| item.address == address);
    found.unwrap_or_else(|| {
        let all: Vec<&str> = reach.items.iter().map(|it| it.address.as_str()).collect();
        panic!("{address} is not among {all:#?}")
    })
}

/// How often each side of an item was seen.
fn times(reach: &Reach, address: &str) -> Vec<(Sight, usize)> {
    let item = seen(reach, address);
    let seen = item.seen.iter();
    seen.map(|(sight, seen)| (*sight, seen.times)).collect()
}

#[test]
fn nothing_is_reached_without_tests() {
    let program = compiled("");
    let (results, reach) = run_and_reach(&program);
    assert!(results.is_empty());
    assert!(reach.items.iter().all(|item| item.seen.is_empty()));
    assert_eq!(reach.share(None).shown, 0);
    let count = |kind| reach.share(Some(kind)).items;
    let counts: BTreeMap<ItemKind, usize> = ItemKind::ALL
        .into_iter()
        .map(|it| (it, count(it)))
        .collect();
    let expected = [
        (ItemKind::Rule, 3),
        (ItemKind::Version, 2),
        (ItemKind::Case, 6),
        (ItemKind::Exception, 1),
        (ItemKind::Presumption, 1),
        (ItemKind::Tier, 0),
        (ItemKind::Evidence, 0),
        // Users above 0, at 10, flats from 5 and up to 9, flats against users, users below 3.
        (ItemKind::Limit, 6),
        // Core, told, ground.
        (ItemKind::Condition, 3),
    ];
    assert_eq!(counts, BTreeMap::from(expected));
}

#[test]
fn sides_are_those_that_settled_something() {
    let (results, reach) = ran(r#"
test "cases" for a {
  in force 2024-01-01
  period 2024
  given core = no
  given ground = "none"
  given flats = 1户
  cases {
    | case      | core | told | users   | ground  | flats | expect d outcome |
    | "core"    | yes  | -    | 100户   | -       | -     | high             |
    | "at"      | -    | -    | 10户    | -       | -     | high             |
    | "beaten"  | -    | -    | 11户    | "flood" | -     | low              |
    | "below"   | -    | -    | 9户     | "flood" | -     | low              |
    | "range"   | -    | -    | "5-20户" | -       | 4户   | high, low        |
    | "between" | -    | -    | 0户     | -       | 9户   | high             |
  }
}
test "presumed" for b {
  in force 2024-01-01
  period 2024
  given told = no
  given users = 0户
  given flats = 5户
  given ground = "none"
  expect d outcome high
}
test "the first rules" for a {
  in force 2023-12-31
  period 2023
  given users = 1户
  expect d outcome high
}
"#);
    assert_eq!(results[1].title.render(Lang::En), "cases: at");
    assert_eq!(results[1].title.render(Lang::Zh), "cases：at");
    let at = |address: &str| times(&reach, address);
    use Sight::{Above, At, Beaten, Below, Decided, Fails, Holds, Judged, Open};
    assert_eq!(at("d"), [(Judged, 8), (Open, 1)]);
    assert_eq!(at("t"), []);
    assert_eq!(at("c"), []);
    assert_eq!(at("d/first"), [(Judged, 1)]);
    assert_eq!(at("d/second"), [(Judged, 7)]);
    assert_eq!(at("d/second/presumed0"), [(Decided, 1), (Beaten, 6)]);
    assert_eq!(at("d/second/case/core"), [(Decided, 1), (Fails, 6)]);
    // Behind the core case nothing was asked: the 100 households are not above 10.
    let many = at("d/second/case/many");
    assert_eq!(many, [(Decided, 1), (Beaten, 1), (Fails, 3), (Open, 1)]);
    let limit = at("d/second/case/many/when");
    assert_eq!(limit, [(Below, 3), (At, 1), (Above, 1), (Open, 1)]);
    // An exception is asked where a case is to be beaten, or may be.
    let flood = at("d/second/case/flood");
    assert_eq!(flood, [(Decided, 1), (Fails, 2)]);
    assert_eq!(at("d/second/case/flood/when"), [(Holds, 1), (Fails, 2)]);
    // From 5: once below it, twice within; up to 9: at it, and below it where both hold.
    assert_eq!(
        at("d/second/case/wide/when/0"),
        [(Below, 2), (At, 1), (Above, 1)]
    );
    assert_eq!(at("d/second/case/wide/when/1"), [(Below, 1), (At, 1)]);
    assert_eq!(at("d/first/case/all/when"), [(Above, 1)]);
    let first = seen(&reach, "d/first/case/all/when");
    assert_eq!(first.wanted, [At, Above], "users are not below 0");
    assert_eq!(first.lacking().collect::<Vec<_>>(), [At]);
    assert_eq!(first.seen[&Above].first, 7);
}

#[test]
fn targets_checks_and_quantities_are_seen_where_something_is_expected_of_them() {
    let (_, reach) = ran(r#"
test "all" for a {
  period 2024
  in force 2024-12-31
  given core = yes
  given flats = 50户
  given users = 4户
  expect t pass
  expect c finding
  expect g = 4户
}
test "not asked" for a {
  period 2024
  in force 2024-12-31
  given core = no
  given ground = "none"
  given flats = 1户
  given users = 4户
  expect t not-applicable
  expect c no finding
}
"#);
    let at = |address: &str| times(&reach, address);
    assert_eq!(at("t"), [(Sight::Judged, 1)]);
    assert_eq!(at("t/goal"), [(Sight::Above, 1)]);
    assert_eq!(at("c"), [(Sight::Finding, 1), (Sight::NoFinding, 1)]);
    assert_eq!(at("g/0"), [(Sight::Above, 1)]);
    // The decision was asked by the condition of the target.
    assert_eq!(
        at("d/second/case/core"),
        [(Sight::Decided, 1), (Sight::Fails, 1)]
    );
    assert_eq!(at("d"), []);
}

#[test]
fn a_failure_names_its_cell() {
    let program = compiled(
        "test \"t\" {\n cases {\n | for | in force | users | expect d outcome |\n | a | 2023 | 1户 | high |\n | a | 2023 | 0户 | high |\n | b | 2023 | - | high |\n}}",
    );
    let results = run_tests(&program);
    let failed: Vec<(String, usize, &str)> = results
        .iter()
        .flat_map(|result| {
            result.failures.iter().map(|(span, _)| {
                let (line, _) = program.sources.line_column(span.source, span.start);
                let title = result.title.render(Lang::En);
                (title, line, program.sources.slice(*span))
            })
        })
        .collect();
    let head = PACK.lines().count();
    let expected = [
        ("t, row 2".to_owned(), head + 5, "high"),
        ("t, row 3".to_owned(), head + 6, "high"),
    ];
    assert_eq!(failed, expected);
}

#[test]
fn tests_of_data_export_show_all_there_is() {
    let program = repository::program("data-export");
    let (_, reach) = run_and_reach(&program);
    let lacking: Vec<String> = reach
        .items
        .iter()
        .filter(|item| item.lacking().next().is_some())
        .map(|item| format!("{}: {:?}", item.address, item.lacking().collect::<Vec<_>>()))
        .collect();
    assert!(lacking.is_empty(), "{lacking:#?}");
    assert!(reach.share(Some(ItemKind::Limit)).items > 20);
}

fn run(arguments: &[&str]) -> common::Ran {
    common::run_in(Path::new(&common::root("")), arguments, &[])
}

#[test]
fn machine_output_follows_its_schema_and_the_gate_its_share() {
    let text = std::fs::read_to_string(common::root("docs/schema/tests.json")).unwrap();
    let known: serde_json::Value = serde_json::from_str(&text).unwrap();
    let pack = "examples/testing/pack.plumb";
    for more in [&[][..], &["--reach"], &["--reach", "--at-least", "100%"]] {
        let ran = run(&[&["test", pack, "--format", "json"], more].concat());
        let document: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(schema::problems(&known, &document), [""; 0]);
        assert_eq!(ran.status, i32::from(more.len() == 3), "{more:?}");
        assert_eq!(document["reach"].is_null(), more.is_empty());
    }
    assert!(!schema::problems(&known, &serde_json::json!({ "schema": "x" })).is_empty());
    let enough = run(&["test", pack, "--reach", "--at-least", "1"]);
    assert_eq!(enough.status, 0, "{}", enough.out);
    for wrong in ["101", "x", "-1", ""] {
        let ran = run(&["test", pack, "--reach", "--at-least", wrong]);
        assert_eq!(ran.status, 2, "{wrong}");
    }
}

#[test]
fn pages_hold_what_lacks() {
    for (lang, words) in [("en", "no test shows it"), ("zh", "没有用例使其")] {
        let pack = "examples/testing/pack.plumb";
        let ran = run(&["test", pack, "--reach", "--format", "html", "--lang", lang]);
        assert!(ran.out.starts_with("<!DOCTYPE html>"));
        assert!(ran.out.contains(words), "{}", ran.out);
        assert!(ran.out.contains("grant/amended/case/middle"));
    }
}
