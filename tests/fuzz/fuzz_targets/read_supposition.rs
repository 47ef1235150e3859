//! Any text, read as a supposed figure: must not panic, must place every problem inside the text,
//! and what was read must be evaluated without a panic too.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use plumbrule::Sources;
use plumbrule::eval::Options;
use plumbrule::figures::Submission;
use plumbrule::program::Program;
use plumbrule::progress::{Methods, board};

const RULES: &str = include_str!("../../eval_cases/small.plumb");

static PROGRAM: LazyLock<Option<Program>> = LazyLock::new(|| {
    let mut sources = Sources::new();
    sources.add("small.plumb", RULES);
    plumbrule::compile(&sources).ok()
});

fuzz_target!(|text: &str| {
    let program = PROGRAM.as_ref().expect("the small pack compiles");
    let mut submission = Submission::new(&program.model);
    match submission.suppose(&program.model, text, "", 1) {
        Ok(_) => {
            let options = Options::default();
            let _ = board(program, &submission, &options, Methods::All, |_| true);
        }
        Err(problems) => {
            let longest = text.chars().count() + 1;
            assert!(problems.iter().all(|problem| problem.column <= longest));
        }
    }
});
