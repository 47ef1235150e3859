//! Any bytes, read as JSON, as JSON Lines, and in each encoding: must not panic, and must place every
//! problem.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use plumbrule::Sources;
use plumbrule::figures::{Encoding, ReadOptions, Submission};
use plumbrule::program::Program;

const RULES: &str = include_str!("../../eval_cases/small.plumb");

static PROGRAM: LazyLock<Option<Program>> = LazyLock::new(|| {
    let mut sources = Sources::new();
    sources.add("small.plumb", RULES);
    plumbrule::compile(&sources).ok()
});

fuzz_target!(|bytes: &[u8]| {
    let program = PROGRAM.as_ref().expect("the small pack compiles");
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let options = ReadOptions {
        encoding: Encoding::ALL.get(usize::from(first >> 2)).copied(),
        ..ReadOptions::default()
    };
    let names = ["t.json", "t.jsonl", "t.csv", "t"];
    let name = names.get(usize::from(first & 3)).copied().unwrap_or("t");
    let mut submission = Submission::new(&program.model);
    submission.read_file(&program.model, name, rest, &options);
    assert!(submission.problems.iter().all(|problem| problem.line > 0));
});
