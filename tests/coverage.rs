//! Coverage of a document by rules: lines decide, not ids; what is wrong with an outline is said at
//! its cell; and of the plan no section is missing.

use plumbrule::coverage::{Coverage, State, read_outline};
use plumbrule::diagnostic::Code;
use plumbrule::program::Program;
use plumbrule::{Sources, compile};
use std::fs;

use crate::{common, repository, schema};

const HEADER: &str =
    "section\tlevel\ttitle_zh\ttitle_en\tdocument\tfirst\tlast\tprose_zh\tprose_en";

fn program(lines: &[u32]) -> Program {
    let rules = lines.iter().map(|line| {
        format!("milestone m{line} \"M\" {{ evidence e \"E\" require e by 2025 cite plan \"1\" line {line} }}\n")
    });
    let mut sources = Sources::with_std();
    let head = "pack city \"City\" { entity city } entity city \"City\" {} instrument plan \"Plan\" {} instrument other \"Other\" {}\n";
    sources.add(
        "pack.plumb",
        &format!("{head}{}", rules.collect::<String>()),
    );
    compile(&sources).unwrap()
}

fn outline(rows: &str) -> Result<Vec<plumbrule::coverage::Section>, Vec<Code>> {
    let mut sources = Sources::new();
    let id = sources.add("outline.tsv", &format!("{HEADER}\n{rows}"));
    read_outline(&sources, id).map_err(|problems| problems.iter().map(|one| one.code).collect())
}

#[test]
fn a_section_is_covered_by_the_lines_that_are_cited() {
    let rows = "1\t\t\tA\tplan\t1\t9\t\t\n2\t\t\tB\tplan\t10\t19\t\tHistory\n3\t\t\tC\tplan\t20\t29\t\t\n4\t\t\tD\tother\t1\t9\t\t\n";
    let sections = outline(rows).unwrap();
    let coverage = Coverage::of(&sections, &[program(&[1, 9, 29, 40])]);
    let states: Vec<State> = coverage.sections.iter().map(|one| one.state()).collect();
    assert_eq!(
        states,
        [State::Covered, State::Prose, State::Covered, State::Missing]
    );
    assert_eq!(coverage.sections[0].rules.len(), 2);
    assert_eq!(coverage.elsewhere, [("city".to_owned(), "m40".to_owned())]);
}

#[test]
fn what_is_wrong_with_an_outline_is_said() {
    for rows in [
        "",
        "1\t\t\tA\tplan\tone\t9\t\t\n",
        "1\t\t\tA\tplan\t9\t1\t\t\n",
        "\t\t\tA\tplan\t1\t9\t\t\n",
        "1\t\t\tA\t\t1\t9\t\t\n",
        "1\t\t\tA\tplan\t0\t9\t\t\n",
    ] {
        assert_eq!(outline(rows), Err(vec![Code::BadOutline]), "{rows}");
    }
    let mut sources = Sources::new();
    let id = sources.add("outline.tsv", "section\tfirst\n1\t2\n");
    assert!(read_outline(&sources, id).is_err());
}

#[test]
fn no_section_of_the_plan_is_missing() {
    let text = fs::read_to_string(common::root("rules/nip-tasks/outline.tsv")).unwrap();
    let mut sources = Sources::new();
    let id = sources.add("outline.tsv", &text);
    let sections = read_outline(&sources, id).unwrap();
    assert!(sections.len() > 200, "{}", sections.len());
    let packs = ["nip-2021", "nip-actions", "nip-tasks"].map(repository::program);
    let coverage = Coverage::of(&sections, &packs);
    let missing = coverage
        .sections
        .iter()
        .filter(|one| one.state() == State::Missing);
    let missing: Vec<&str> = missing.map(|one| one.section.id.as_str()).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(coverage.elsewhere.is_empty(), "{:?}", coverage.elsewhere);
    // Without the tasks most sections have nothing.
    let few = Coverage::of(&sections, &packs[..2]);
    assert!(few.count(State::Missing) > 100);
}

#[test]
fn the_command_says_what_is_missing_and_fails() {
    let run = |more: &[&str]| {
        let arguments = [
            &[
                "coverage",
                "examples/requirements",
                "--outline",
                "examples/requirements/outline.tsv",
            ],
            more,
        ]
        .concat();
        common::run_in(&common::root(""), &arguments, &[])
    };
    let ran = run(&[]);
    assert_eq!(ran.status, 1, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("missing"), "{}", ran.out);
    let only = run(&["--missing", "--format", "csv"]);
    assert_eq!(only.out.lines().count(), 2, "{}", only.out);
    let known = fs::read_to_string(common::root("docs/schema/coverage.json")).unwrap();
    let known: serde_json::Value = serde_json::from_str(&known).unwrap();
    let document = serde_json::from_str(&run(&["--format", "json"]).out).unwrap();
    assert_eq!(schema::problems(&known, &document), [""; 0]);
    let chinese = run(&["--lang", "zh"]);
    assert!(chinese.out.contains("缺"), "{}", chinese.out);
    let bad = common::run_in(
        &common::root(""),
        &[
            "coverage",
            "examples/requirements",
            "--outline",
            "examples/requirements/duties.tsv",
        ],
        &[],
    );
    assert_eq!(bad.status, 2);
    assert!(bad.err.contains("P016"), "{}", bad.err);
}
