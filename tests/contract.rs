//! The contract of the engine, sentence by sentence: the rule files of `contract/`
//! carry their own figures and say what each must lead to.

use std::path::{Path, PathBuf};

use plumbrule::Sources;
use plumbrule::message::Lang;
use plumbrule::testing::run_tests;

/// Tests that the engine does not keep yet.
const OPEN: &[&str] = &[
    "whatever it is",
    "over five",
    "the open end is not reached",
    "a sum less its part is the other part",
    "the same seen from the year before takes one year",
    "a check of named years",
    "a check of a window looks at nothing else",
];

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contract");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

#[test]
fn every_test_of_the_contract_holds() {
    let mut failures = Vec::new();
    for file in files() {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let mut sources = Sources::with_std();
        sources.add(&name, &std::fs::read_to_string(&file).unwrap());
        let program = match plumbrule::compile(&sources) {
            Ok(program) => program,
            Err(problems) => {
                for problem in problems {
                    let at = problem
                        .places
                        .first()
                        .map_or("", |place| sources.slice(place.span));
                    failures.push(format!("{name}: {:?} at `{at}`", problem.code));
                }
                continue;
            }
        };
        let results = run_tests(&program);
        assert!(!results.is_empty(), "{name} has no tests");
        for result in results {
            let is_open = OPEN.contains(&result.label.as_str());
            if is_open && result.failures.is_empty() {
                failures.push(format!(
                    "{name}: {} holds and is listed as open",
                    result.label
                ));
            }
            if is_open {
                continue;
            }
            for (_, message) in result.failures {
                let message = message.render(Lang::En);
                failures.push(format!("{name}: {}: {message}", result.label));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
