//! The manual against the program: worked cases, printed commands, quoted files, links, the schema.
//!
//! In the manual a block `console` holds commands after `$` and their output, errors first. A
//! comment above a block says more. `<!-- file PATH -->`: the block is that file.
//! `<!-- in FOLDER -->`: the commands run in a copy of that folder, or in an empty one, which the page
//! keeps up to its end, and may change it by `sed -i s/A/B/ FILE`; digests are shown as an ellipsis.
//! `<!-- scratch -->`: the same above a copy of `examples/first-pack`, and `<!-- change "a" to "b" -->`
//! above a fresh copy with that change. `UPDATE_DOCS=1 cargo test --test all docs::` writes outputs and
//! files anew; so does `INSTA_UPDATE=always`. What blocks `plumb` are is said in `docs/rules.rs`.

use std::path::{Path, PathBuf};
use std::process::Command;

use plumbrule::diagnostic::render;
use plumbrule::functions;
use plumbrule::message::Lang;
use plumbrule::syntax::format;
use plumbrule::testing::run_tests;
use plumbrule::{Sources, compile};

use crate::schema;

#[path = "docs/blocks.rs"]
mod blocks;
#[path = "docs/book.rs"]
mod book;
#[path = "docs/rules.rs"]
mod rules;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The binary with nothing taken from the surroundings.
fn plumbrule() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plumbrule"));
    for name in ["PLUMBRULE_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS"] {
        command.env_remove(name);
    }
    command
}

/// All pages written by hand.
fn pages() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
        .map(|name| root().join(name))
        .to_vec();
    let mut folders = vec![root().join("docs"), root().join("examples")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Runs the tests of one text and says what failed.
fn failures(name: &str, text: &str) -> Vec<String> {
    let mut sources = Sources::with_std();
    sources.add(name, text);
    let program = match compile(&sources) {
        Ok(program) => program,
        Err(problems) => return vec![render(&problems, &sources, Lang::En, false)],
    };
    let results = run_tests(&program);
    assert!(!results.is_empty(), "{name}: no test");
    let failed = results.iter().flat_map(|result| {
        let label = result.title.render(Lang::En);
        let failures = result.failures.iter();
        failures.map(move |(_, message)| format!("{name}: {label}: {}", message.render(Lang::En)))
    });
    failed.collect()
}

#[test]
fn the_worked_cases_hold() {
    let mut wrong = Vec::new();
    let mut n_files = 0;
    for entry in std::fs::read_dir(root().join("docs/cases")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        wrong.extend(failures(&name, &text));
        n_files += 1;
    }
    assert!(n_files > 0);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_first_pack_is_the_same_in_both_languages() {
    let read = |name| std::fs::read_to_string(root().join("examples/first-pack").join(name));
    let (english, chinese) = (read("pack.plumb").unwrap(), read("pack.zh.plumb").unwrap());
    let turned = |text, lang| format(text, Some(lang), &functions::name_in).unwrap();
    assert_eq!(turned(&english, Lang::Zh), chinese);
    assert_eq!(turned(&chinese, Lang::En), english);
}

/// Whether golden files are to be written anew.
fn is_update() -> bool {
    let is_set = |name, value: &str| std::env::var(name).is_ok_and(|set| set == value);
    is_set("UPDATE_DOCS", "1") || is_set("INSTA_UPDATE", "always")
}

#[test]
fn printed_commands_and_files_are_true() {
    let mut stale = Vec::new();
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        let is_now = blocks::renewed(&page, &text);
        if is_now == text {
            continue;
        }
        if is_update() {
            std::fs::write(&page, is_now).unwrap();
        } else {
            let at = text.lines().zip(is_now.lines()).find(|(a, b)| a != b);
            stale.push(format!("{}: {at:?}", page.display()));
        }
    }
    assert!(
        stale.is_empty(),
        "run `UPDATE_DOCS=1 cargo test --test all docs::` and read the change: {stale:#?}"
    );
}

#[test]
fn machine_output_fits_the_schema() {
    let runs = [
        vec!["check", "rules/nip-2021", "--figures", "fixtures/published"],
        vec![
            "check",
            "rules/nip-2021",
            "--figures",
            "fixtures/published",
            "--period",
            "all",
        ],
        vec![
            "explain",
            "nip.2",
            "--figures",
            "fixtures/published",
            "--period",
            "2024",
        ],
        vec!["explain", "nip.0", "--figures", "fixtures/published"],
        vec![
            "check",
            "examples/audit/pack.plumb",
            "--figures",
            "examples/audit/table.csv",
        ],
        vec![
            "check",
            "examples/decision/pack.plumb",
            "--figures",
            "examples/decision/events.csv",
        ],
        vec![
            "explain",
            "permit",
            "--entity",
            "wake",
            "--rules",
            "examples/decision/pack.plumb",
            "--figures",
            "examples/decision/events.csv",
        ],
        "check examples/duties/pack.plumb --figures examples/duties/facts.csv"
            .split(' ')
            .collect(),
        vec![
            "explain",
            "report",
            "--entity",
            "north",
            "--rules",
            "examples/duties/pack.plumb",
            "--figures",
            "examples/duties/facts.csv",
            "--period",
            "2025",
        ],
        vec![
            "explain",
            "city.1",
            "--rules",
            "examples/first-pack/pack.plumb",
            "--figures",
            "examples/first-pack/figures.csv",
            "--period",
            "2023",
        ],
    ];
    let schema = std::fs::read_to_string(root().join("docs/schema/check.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    for run in runs {
        let output = plumbrule()
            .args(&run)
            .args(["--format", "json"])
            .current_dir(root())
            .output()
            .unwrap();
        let document = serde_json::from_slice(&output.stdout).unwrap();
        let problems = schema::problems(&schema, &document);
        assert!(problems.is_empty(), "{run:?}: {problems:#?}");
    }
}

#[test]
fn the_schema_refuses_what_is_no_output() {
    let schema = std::fs::read_to_string(root().join("docs/schema/check.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    for wrong in [
        "{}",
        "[]",
        "{\"schema\": \"plumbrule-check-1\", \"rows\": 1}",
    ] {
        let document = serde_json::from_str(wrong).unwrap();
        assert!(!schema::problems(&schema, &document).is_empty(), "{wrong}");
    }
}
