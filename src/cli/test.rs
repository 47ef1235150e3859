//! `plumbrule test`: the tests that packs carry.

use std::fmt::Write;

use plumbrule::message::{Lang, Message};
use plumbrule::testing::run_tests;

use super::args::TestArgs;
use super::load;
use super::output::{self, Failure};
use super::watch::{Files, Ran, watch};

pub(crate) fn run(args: &TestArgs, lang: Lang) -> Result<u8, Failure> {
    if !args.watch {
        return once(args, lang).map(|ran| ran.status);
    }
    let files = Files::new(&args.pack, Vec::new(), None);
    watch(files, lang, || once(args, lang))
}

fn once(args: &TestArgs, lang: Lang) -> Result<Ran, Failure> {
    let program = load::program(&args.pack, args.limits, lang)?;
    let results = run_tests(&program);
    let mut out = String::new();
    for result in &results {
        let word = if result.failures.is_empty() {
            "test-passed"
        } else {
            "test-failed"
        };
        let title = result.title.render(lang);
        let _ = writeln!(out, "{}  {title}", Message::new(word).render(lang));
        for (span, message) in &result.failures {
            let (line, column) = program.sources.line_column(span.source, span.start);
            let file = program.sources.name(span.source);
            let _ = writeln!(
                out,
                "        {file}:{line}:{column}: {}",
                message.render(lang)
            );
        }
    }
    let n_failed = results
        .iter()
        .filter(|result| !result.failures.is_empty())
        .count();
    let summary = if results.is_empty() {
        Message::new("test-none")
    } else {
        Message::new("test-summary")
            .with("passed", results.len() - n_failed)
            .with("failed", n_failed)
    };
    let _ = writeln!(out, "\n{}", summary.render(lang));
    output::say(&out)?;
    let answers = results.iter().map(|result| {
        let word = if result.failures.is_empty() {
            "test-passed"
        } else {
            "test-failed"
        };
        (result.title.render(lang), Message::new(word).render(lang))
    });
    Ok(Ran {
        status: u8::from(n_failed > 0),
        answers: answers.collect(),
    })
}
