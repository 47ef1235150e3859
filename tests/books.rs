//! What becomes of workbooks: books made here and books stored in `tests/figures/books` are read
//! against `tests/figures/pack.plumb`; the snapshots hold claims and problems.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its case must fail"
)]

use std::fmt::Write as _;
use std::fs;

use plumbrule::explain::{Unit, set_text};
use plumbrule::figures::{ClaimState, ReadOptions, Submission};
use plumbrule::message::Lang;
use plumbrule::program::Program;
use plumbrule::{Sources, compile};

mod common;
mod golden;
#[path = "books/make.rs"]
mod make;

fn pack() -> Program {
    let mut sources = Sources::with_std();
    let text = fs::read_to_string(common::root("tests/figures/pack.plumb")).unwrap();
    sources.add("pack.plumb", &text);
    compile(&sources).unwrap()
}

fn read(program: &Program, name: &str, bytes: &[u8], sheets: &[&str]) -> Submission {
    let mut submission = Submission::new(&program.model);
    let options = ReadOptions {
        sheets: sheets.iter().map(|name| (*name).to_owned()).collect(),
        ..ReadOptions::default()
    };
    submission.read_file(&program.model, name, bytes, &options);
    submission
}

/// Claims and problems, each with its place.
fn told(program: &Program, submission: &Submission) -> String {
    let mut out = String::new();
    for claim in submission.claims.values() {
        let indicator = &program.model.indicators[claim.figure.indicator];
        let unit = Unit::of_figure(program, &claim.figure);
        let shown = |set| set_text(set, &unit.factor, &unit.name);
        let (place, printed) = (submission.place(claim), submission.text(claim.printed));
        write!(out, "{place} {} {} {printed:?}", indicator.id, claim.period).unwrap();
        if claim.state == ClaimState::Unreadable {
            writeln!(out, " unreadable").unwrap();
            continue;
        }
        let (exact, printed) = (shown(&claim.exact), shown(&claim.as_printed));
        writeln!(out, " exact {exact} printed {printed}").unwrap();
    }
    for lang in [Lang::En, Lang::Zh] {
        for problem in &submission.problems {
            let severity = if problem.is_warning { "warning" } else { "error" };
            let (code, message) = (problem.code.as_str(), problem.message.render(lang));
            writeln!(out, "{severity}[{code}] {} {message}", problem.place()).unwrap();
            if let Some(help) = &problem.help {
                writeln!(out, "    = {}", help.render(lang)).unwrap();
            }
        }
    }
    out
}

#[test]
fn books_made_here() {
    let program = pack();
    for (name, bytes) in [
        ("formats", make::formats()),
        ("periods", make::periods()),
        ("odd", make::odd()),
        ("sheets", make::sheets()),
    ] {
        fs::write(format!("/tmp/bk/{name}.xlsx"), &bytes).unwrap();
        let submission = read(&program, &format!("{name}.xlsx"), &bytes, &[]);
        golden::snapshot("books", name, told(&program, &submission).trim_end());
    }
}
