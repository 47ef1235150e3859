//! Both commands from the shell: real figures in both languages, schemas, exit status, receipts.

use serde_json::Value;

use crate::{common, golden, schema};

fn plumbrule(arguments: &str, lang: &str) -> common::Ran {
    let arguments: Vec<&str> = arguments.split(' ').collect();
    common::run_in(
        &common::root(""),
        &[arguments.as_slice(), &["--lang", lang]].concat(),
        &[("COLUMNS", "80")],
    )
}

const REAL: &str = "rules/nip-2021 --figures fixtures/published --period 2023";

#[test]
fn real_figures_are_told_in_both_languages() {
    for (name, arguments) in [
        (
            "days",
            format!("diff {REAL} --known-on 2026-06 --old-known-on 2024-07"),
        ),
        (
            "sources",
            format!("diff {REAL} --source nir-2023 --old-source dcr-2023"),
        ),
        ("depends", format!("vintages {REAL}")),
    ] {
        for lang in ["en", "zh"] {
            let ran = plumbrule(&arguments, lang);
            assert_eq!(ran.err, "");
            golden::snapshot("vintages", &format!("{name}-{lang}"), &ran.out);
        }
        let json = plumbrule(&format!("{arguments} --format json"), "en");
        let document: Value = serde_json::from_str(&json.out).unwrap();
        let file = if name == "depends" {
            "vintages"
        } else {
            "diff"
        };
        let schema = std::fs::read(common::root(&format!("docs/schema/{file}.json"))).unwrap();
        let schema: Value = serde_json::from_slice(&schema).unwrap();
        assert_eq!(schema::problems(&schema, &document), Vec::<String>::new());
        assert!(!schema::problems(&schema, &serde_json::json!({ "schema": "x" })).is_empty());
    }
}

#[test]
fn the_exit_status_is_that_of_a_tool_for_differences() {
    let status = |arguments: &str| plumbrule(&format!("diff {REAL} {arguments}"), "en").status;
    assert_eq!(status("--old-known-on 2026-06"), 0);
    assert_eq!(status("--source nir-2023 --old-source dcr-2023"), 1);
    assert_eq!(status(""), 2);
    assert_eq!(status("--old-source dcr-2032"), 2);
    assert_eq!(status("--old-figures no-such-folder"), 2);
    assert_eq!(status("--old-rules no-such-folder"), 2);
    assert_eq!(status("--old-known-on yesterday"), 2);
    assert_eq!(status("--old-vintage newest"), 2);
    let near = plumbrule(&format!("check {REAL} --source dcr-2032"), "en");
    assert!(near.err.contains("`dcr-2023`"), "{}", near.err);
}

#[test]
fn a_receipt_keeps_which_figures_were_taken() {
    let folder = std::env::temp_dir().join(format!("plumbrule-vintages-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let receipt = folder.join("receipt.json");
    let path = receipt.display().to_string();
    let checked = plumbrule(
        &format!(
            "check {REAL} --source nir-2023 --prefer nir-2024 --vintage latest --receipt {path}"
        ),
        "en",
    );
    let text = std::fs::read_to_string(&receipt).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    let asked = &document["command"];
    assert_eq!(
        asked["sources"],
        serde_json::json!(["nir-2023"]),
        "{}",
        checked.err
    );
    assert_eq!(asked["vintage"], "latest");
    assert_eq!(plumbrule(&format!("replay {path}"), "en").status, 0);
    // Another choice is another run.
    let other = text.replace("\"nir-2023\"", "\"dcr-2023\"");
    std::fs::write(&receipt, other).unwrap();
    assert_eq!(plumbrule(&format!("replay {path}"), "en").status, 1);
    std::fs::remove_dir_all(&folder).unwrap();
}
