//! Any bytes, read as a workbook: must not panic, whatever an archive or a compound file says.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use plumbrule::Sources;
use plumbrule::figures::{Limits, Submission};
use plumbrule::program::Program;

const RULES: &str = include_str!("../../eval_cases/small.plumb");

static PROGRAM: LazyLock<Option<Program>> = LazyLock::new(|| {
    let mut sources = Sources::new();
    sources.add("small.plumb", RULES);
    plumbrule::compile(&sources).ok()
});

fuzz_target!(|bytes: &[u8]| {
    let program = PROGRAM.as_ref().expect("the small pack compiles");
    let limits = Limits {
        unpacked_bytes: 16 << 20,
        ..Limits::default()
    };
    let mut submission = Submission::new(&program.model);
    submission.read_table(&program.model, "fuzz.xlsx", bytes, &limits);
    assert!(submission.claims.len() + submission.problems.len() > 0);
});
