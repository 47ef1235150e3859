//! The library in a few lines: compile a pack, read a table, say the verdicts.
//!
//! `cargo run --example embed`

use std::error::Error;
use std::io::Write;

use plumbrule::diagnostic::render;
use plumbrule::eval::{Options, evaluate};
use plumbrule::explain::explain;
use plumbrule::figures::{Limits, Submission};
use plumbrule::message::{Lang, Message};
use plumbrule::{Sources, compile};

const PACK: &str = include_str!("first-pack/pack.plumb");
const TABLE: &[u8] = include_bytes!("first-pack/figures.csv");

fn main() -> Result<(), Box<dyn Error>> {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", PACK);
    let program =
        compile(&sources).map_err(|problems| render(&problems, &sources, Lang::En, false))?;

    let mut submission = Submission::new(&program.model);
    submission.read_table(&program.model, "figures.csv", TABLE, &Limits::default());

    let options = Options::default();
    let mut out = std::io::stdout().lock();
    for row in evaluate(&program, &submission, &options).rows {
        let rule = &program.model.rules[row.rule];
        let verdict = Message::new(row.verdict.key()).render(Lang::En);
        writeln!(out, "{} {}: {verdict}", rule.id, row.period)?;
        for node in explain(&program, &submission, &options, row.rule, row.entity).nodes {
            writeln!(out, "  {}", node.message.render(Lang::En))?;
        }
    }
    Ok(())
}
