//! Small changes of packs, and whether their tests notice: each kind of change by hand, the score of the
//! packs of the house, forms of the output.

use std::path::Path;

use plumbrule::Sources;
use plumbrule::message::Lang;
use plumbrule::mutate::{Fate, MutantKind, MutateOptions, MutateProblem, Mutation, mutate};

use crate::{common, schema};

fn sources(text: &str) -> Sources {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", text);
    sources
}

fn mutated(text: &str, only: &[&str], threads: usize) -> Mutation {
    let options = MutateOptions {
        only: only.iter().map(|id| (*id).to_owned()).collect(),
        threads,
        ..MutateOptions::default()
    };
    match mutate(&sources(text), &options) {
        Ok(mutation) => mutation,
        Err(problem) => panic!("{problem:?}"),
    }
}

/// Each change in words, with its fate.
fn told(mutation: &Mutation) -> Vec<(String, &'static str)> {
    let mutants = mutation.mutants.iter();
    let told = mutants.map(|one| (one.words.render(Lang::En), one.fate.word()));
    told.collect()
}

const HEAD: &str = r#"
pack p "P" { entity CN }
entity CN "China" { }
indicator a "A" { kind index }
indicator b "B" { kind index }
indicator c "C" { kind yes-no }
"#;

#[test]
fn every_change_of_a_rule_is_tried_and_told() {
    let text = format!(
        r#"{HEAD}
target t "T" {{
  when c and not a > 5
  require a + b * 2 >= 60.5 by 2025
}}
test "t" {{ given a @ 2025 = 4 given b @ 2025 = 28.25 given c @ 2025 = yes expect t pass }}
"#
    );
    let mutation = mutated(&text, &[], 1);
    let wanted = [
        ("without `when c and not a > 5`", "missed"),
        ("not `c and not a > 5`", "caught"),
        (
            "any of `c and not a > 5`, where all are asked for",
            "missed",
        ),
        ("without `c`", "missed"),
        ("without `not a > 5`", "missed"),
        ("`not a > 5` becomes `a > 5`", "caught"),
        ("`a > 5`: > becomes >=", "missed"),
        ("`a > 5`: > becomes <=", "caught"),
        ("5 becomes 4", "missed"),
        ("5 becomes 6", "missed"),
        ("must becomes should", "missed"),
        ("`a + b * 2 >= 60.5`: >= becomes >", "caught"),
        ("`a + b * 2 >= 60.5`: >= becomes <", "caught"),
        ("`b * 2` subtracted, not added", "caught"),
        ("divided by `2`, not multiplied", "caught"),
        ("2 becomes 1", "caught"),
        ("2 becomes 3", "missed"),
        ("60.5 becomes 60.4", "missed"),
        ("60.5 becomes 60.6", "caught"),
        ("2025 becomes 2024", "caught"),
        ("2025 becomes 2026", "caught"),
    ];
    let mut told = told(&mutation);
    let mut wanted: Vec<(String, &str)> = wanted
        .iter()
        .map(|(words, fate)| ((*words).to_owned(), *fate))
        .collect();
    told.sort();
    wanted.sort();
    assert_eq!(told, wanted);
    assert!(mutation.mutants.iter().all(|one| one.owner == "t"));
}

#[test]
fn changes_of_decisions_evidence_scores_and_laws_are_tried() {
    let text = format!(
        r#"{HEAD}
instrument law "Law" {{ in force since 2020-01-01 }}
decision d "D" {{
  outcome low outcome high
  version v "V" {{
    under law
    strongest first
    case first: high when a >= 10
    otherwise low
  }}
}}
milestone m "M" {{
  evidence one "One" {{ accepts document }}
  evidence two "Two"
  require at least 1 of (one, two) by 2025
}}
target grows "Grows" {{ require a > a@-1 }}
test "d" {{ given a @ 2025 = 10 expect d outcome high expect m undetermined }}
"#
    );
    let mutation = mutated(&text, &[], 2);
    let told = told(&mutation);
    let has = |words: &str, fate: &str| {
        let found = told.iter().find(|(own, _)| own == words);
        assert_eq!(
            found.map(|(_, fate)| *fate),
            Some(fate),
            "{words}\n{told:#?}"
        );
    };
    has("2020-01-01 becomes 2019-12-31", "missed");
    has("without `case first: high when a >= 10`", "caught");
    has("without `otherwise low`", "missed");
    has("`a >= 10`: >= becomes >", "caught");
    has("10 becomes 9", "missed");
    has("without `accepts document`", "missed");
    has("1 becomes 2", "missed");
    has("`a@-1` at -2", "missed");
    has("`a@-1` at +0", "missed");
    let kinds: Vec<MutantKind> = mutation.mutants.iter().map(|one| one.kind).collect();
    for kind in [MutantKind::Clause, MutantKind::Date, MutantKind::Modality] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
    let score = mutation.score();
    assert_eq!(score.caught + score.missed + score.unviable, kinds.len());
}

#[test]
fn what_is_no_pack_any_more_does_not_count() {
    let text = format!(
        "{HEAD}\ncheck k \"K\" {{ require a + 1 <= b }}\n\
         target t \"T\" {{ require a between 1 and 2 }}\n\
         test \"t\" {{ given a @ 2025 = 1 expect t pass }}"
    );
    let mutation = mutated(&text, &["t"], 1);
    let empty = mutation
        .mutants
        .iter()
        .filter(|one| one.kind == MutantKind::Limit);
    // From 3 to 2 there is nothing; the pack says so itself.
    let fates: Vec<&str> = empty.map(|one| one.fate.word()).collect();
    assert_eq!(fates, ["missed", "caught", "missed", "missed"]);
    assert!(mutation.by_owner().iter().all(|(owner, _)| *owner == "t"));
}

#[test]
fn threads_change_nothing_and_the_pack_stays_as_it_is() {
    let text = std::fs::read_to_string(common::root("examples/testing/pack.plumb")).unwrap();
    let one = mutated(&text, &[], 1);
    let many = mutated(&text, &[], 4);
    assert_eq!(told(&one), told(&many));
    let caught = |mutation: &Mutation| {
        let fates = mutation.mutants.iter().map(|one| one.fate);
        fates.collect::<Vec<Fate>>()
    };
    assert_eq!(caught(&one), caught(&many));
    assert_eq!(one.program.model.pack.digest, sources(&text).digest());
}

#[test]
fn a_pack_that_is_wrong_as_it_stands_is_not_changed() {
    let failing = format!(
        "{HEAD}\ntarget t \"T\" {{ require a >= 1 }}\n\
         test \"wrong\" {{ given a @ 2025 = 1 expect t fail }}"
    );
    let options = MutateOptions::default();
    let problem = mutate(&sources(&failing), &options).unwrap_err();
    assert!(matches!(problem, MutateProblem::Failing(title)
        if title.render(Lang::En) == "wrong"));
    let broken = mutate(&sources("target t {"), &options).unwrap_err();
    assert!(matches!(broken, MutateProblem::Pack(problems) if !problems.is_empty()));
}

fn run(arguments: &[&str]) -> common::Ran {
    common::run_in(Path::new(&common::root("")), arguments, &[])
}

#[test]
fn machine_output_follows_its_schema_and_the_gate_its_share() {
    let text = std::fs::read_to_string(common::root("docs/schema/mutants.json")).unwrap();
    let known: serde_json::Value = serde_json::from_str(&text).unwrap();
    let pack = "examples/testing/pack.plumb";
    for (more, status) in [
        (&[][..], 0),
        (&["--at-least", "100%"], 1),
        (&["--at-least", "5"], 0),
    ] {
        let ran = run(&[&["mutate", pack, "--format", "json"], more].concat());
        let document: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(schema::problems(&known, &document), [""; 0]);
        assert_eq!(ran.status, status, "{more:?}");
        let mutants = document["mutants"].as_array().unwrap();
        let missed = mutants.iter().filter(|one| one["fate"] == "missed").count();
        assert_eq!(document["missed"], missed);
        for one in mutants {
            assert_eq!(one["test"].is_null(), one["fate"] != "caught");
        }
    }
    assert!(!schema::problems(&known, &serde_json::json!({ "schema": "x" })).is_empty());
    let near = run(&["mutate", pack, "--item", "grunt", "--lang", "en"]);
    assert_eq!(near.status, 2);
    assert!(
        near.err.contains("perhaps `grant` is meant"),
        "{}",
        near.err
    );
    let one = run(&["mutate", pack, "--item", "grants-2020", "--lang", "en"]);
    assert!(
        one.out.contains("noticed by the tests: 1 of 2, 50%"),
        "{}",
        one.out
    );
}
