//! Scores as the command line shows them: forms, weights by name, receipts, explanations.

use std::process::{Command, Output};

use serde_json::Value;

use crate::schema;

const PACK: &str = "examples/scores/pack.plumb";
const FIGURES: &str = "examples/scores/figures.csv";

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plumbrule"));
    for name in ["PLUMBRULE_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS"] {
        command.env_remove(name);
    }
    let command = command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command.args(arguments).output().unwrap()
}

fn said(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn rank(document: &Value, entity: &str) -> (String, String) {
    let rows = document["scores"][0]["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["entity"] == entity).unwrap();
    let end = |name: &str| row["rank"][name].as_str().unwrap().to_owned();
    (end("lo"), end("hi"))
}

#[test]
fn the_json_of_scores_follows_its_schema() {
    let known = json(&std::fs::read_to_string("docs/schema/scores.json").unwrap());
    for weights in [&[][..], &["--weights", "open"]] {
        let asked = ["scores", PACK, "--figures", FIGURES, "--format", "json"];
        let document = json(&said(&[&asked[..], weights].concat()));
        assert_eq!(schema::problems(&known, &document), [""; 0]);
        assert_eq!(rank(&document, "hazel").1, "6");
    }
    assert!(!schema::problems(&known, &serde_json::json!({ "schema": "x" })).is_empty());
}

#[test]
fn weights_that_are_open_widen_and_never_narrow() {
    let of = |weights: &[&str]| {
        let asked = ["scores", PACK, "--figures", FIGURES, "--format", "json"];
        json(&said(&[&asked[..], weights].concat()))
    };
    let (own, open) = (of(&[]), of(&["--weights", "open"]));
    for entity in ["ash", "birch", "cedar", "elm", "fir", "hazel"] {
        let ((a, b), (c, d)) = (rank(&own, entity), rank(&open, entity));
        assert!(c <= a && b <= d, "{entity}");
    }
    // Ash is not behind Birch under any weights, though their scores overlap.
    assert_eq!(rank(&open, "ash"), ("1".to_owned(), "3".to_owned()));
    assert_eq!(open["choice"]["weights"], "open");
    assert_eq!(own["choice"].get("weights"), None);
}

#[test]
fn the_csv_has_a_line_for_each_score_and_each_element() {
    let text = said(&["scores", PACK, "--figures", FIGURES, "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 6 * 4);
    assert!(
        rows.iter()
            .any(|row| &row[1] == "ash" && &row[6] == "penetration")
    );
}

#[test]
fn weights_nobody_declared_are_refused_with_the_nearest() {
    for command in ["scores", "check"] {
        let output = run(&[command, PACK, "--figures", FIGURES, "--weights", "opne"]);
        assert_eq!(output.status.code(), Some(2));
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains("`opne`") && text.contains("open"), "{text}");
    }
}

#[test]
fn a_pack_without_a_score_says_so() {
    let output = run(&[
        "scores",
        "examples/provinces/pack.plumb",
        "--figures",
        FIGURES,
    ]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("no score")
    );
}

#[test]
fn the_weights_stand_in_every_output_and_in_the_receipt() {
    let name = format!("scores-{}.json", std::process::id());
    let receipt = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let asked = ["check", PACK, "--figures", FIGURES, "--weights", "open"];
    for format in ["human", "json", "md", "html", "junit", "ess"] {
        let output = run(&[&asked[..], &["--format", format]].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("open"), "{format}");
    }
    let path = receipt.to_str().unwrap();
    run(&[&asked[..], &["--receipt", path, "--format", "json"]].concat());
    let document = json(&std::fs::read_to_string(&receipt).unwrap());
    assert_eq!(document["command"]["weights"], "open");
}

#[test]
fn an_explanation_names_mean_weights_and_policy() {
    let asked = [
        "explain",
        "scores.1",
        "--rules",
        PACK,
        "--figures",
        FIGURES,
        "--entity",
        "fir",
    ];
    let text = said(&asked);
    for words in [
        "weighted arithmetic mean",
        "weights of the pack",
        "unknown within its bounds",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn scores_are_sheets_pages_and_markdown_in_both_languages() {
    for (lang, name) in [("en", "Hazel"), ("zh", "己省")] {
        let asked = ["scores", PACK, "--figures", FIGURES, "--lang", lang];
        let human = said(&asked);
        assert!(human.contains(name), "{human}");
        let markdown = said(&[&asked[..], &["--format", "md"]].concat());
        let table = markdown.lines().filter(|line| line.starts_with("| "));
        // The head and six provinces.
        assert_eq!(table.count(), 7, "{markdown}");
        assert!(markdown.contains(name), "{markdown}");
        let page = said(&[&asked[..], &["--format", "html"]].concat());
        assert_eq!(page.matches("<tr>").count(), 7, "{page}");
        let out = format!("{}/scores-{lang}.xlsx", env!("CARGO_TARGET_TMPDIR"));
        said(&[&asked[..], &["--out", &out]].concat());
        assert!(std::fs::read(out).unwrap().starts_with(b"PK"));
    }
}
