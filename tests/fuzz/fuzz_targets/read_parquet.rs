//! Any bytes behind the mark of Parquet: must not panic, must place every problem, and what
//! was read must be evaluated without a panic too.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use plumbrule::Sources;
use plumbrule::eval::{Options, evaluate};
use plumbrule::figures::{Limits, Submission};
use plumbrule::findings::findings;
use plumbrule::program::Program;

const RULES: &str = include_str!("../../eval_cases/small.plumb");

static PROGRAM: LazyLock<Option<Program>> = LazyLock::new(|| {
    let mut sources = Sources::new();
    sources.add("small.plumb", RULES);
    plumbrule::compile(&sources).ok()
});

fuzz_target!(|bytes: &[u8]| {
    let program = PROGRAM.as_ref().expect("the small pack compiles");
    let bytes = [b"PAR1", bytes].concat();
    let mut submission = Submission::new(&program.model);
    submission.read_table(&program.model, "fuzz.parquet", &bytes, &Limits::default());
    let outcome = evaluate(program, &submission, &Options::default());
    assert_eq!(outcome.rows.is_empty(), submission.entities.len() < 2);
    let _ = findings(program, &submission, &Options::default());
});
