//! `plumbrule dump`: every stage of the pipeline, for people who work on it.

use std::fmt::Write;

use plumbrule::graph::{eval_order, node_name};
use plumbrule::message::Lang;
use plumbrule::model::{check, resolve};
use plumbrule::program::Program;
use plumbrule::syntax::{Limits, parse_all};

use super::args::{DumpArgs, Phase};
use super::load;
use super::output::{self, Failure};

pub(crate) fn run(args: &DumpArgs, lang: Lang) -> Result<u8, Failure> {
    let mut out = String::new();
    if args.phase == Phase::Program {
        let program = load::program(&args.pack, args.limits, lang)?;
        show_program(&program, &mut out);
        output::say(&out)?;
        return Ok(0);
    }
    let sources = load::sources(&args.pack, args.limits)?;
    let limits = Limits {
        bytes: args.limits.max_rule_bytes,
        ..Limits::default()
    };
    let (modules, mut diagnostics) = parse_all(&sources, &limits);
    for (id, module) in sources.ids().zip(&modules) {
        if args.phase == Phase::Ast && !sources.is_carried(id) {
            let _ = writeln!(out, "// {}\n{module:#?}", sources.name(id));
        }
    }
    if args.phase != Phase::Ast {
        let (model, mut problems) = resolve(&modules, &sources);
        diagnostics.append(&mut problems);
        let (order, mut problems) = eval_order(&model);
        diagnostics.append(&mut problems);
        if args.phase == Phase::Graph {
            for (n, level) in order.levels().iter().enumerate() {
                let names: Vec<String> =
                    level.iter().map(|node| node_name(&model, *node)).collect();
                let _ = writeln!(out, "level {n}: {}", names.join(" "));
            }
            for (used, user, span) in order.uses() {
                let (line, column) = sources.line_column(span.source, span.start);
                let (used, user) = (node_name(&model, used), node_name(&model, user));
                let _ = writeln!(
                    out,
                    "{used} -> {user}  // {}:{line}:{column}",
                    sources.name(span.source)
                );
            }
        } else {
            let (model, mut problems) = check(model, &order);
            diagnostics.append(&mut problems);
            for (id, indicator) in model.indicators.iter() {
                let _ = writeln!(out, "{id:?} {indicator:#?}");
            }
            for (id, define) in model.defines.iter() {
                let _ = writeln!(out, "{id:?} {define:#?}");
            }
            for (id, rule) in model.rules.iter() {
                let _ = writeln!(out, "{id:?} {rule:#?}");
            }
        }
    }
    output::say(&out)?;
    if diagnostics.is_empty() {
        Ok(0)
    } else {
        Err(Failure::Diagnostics(diagnostics, Box::new(sources)))
    }
}

/// Every figure, term, aggregate and rule of a program, a line each.
fn show_program(program: &Program, out: &mut String) {
    for (id, input) in program.inputs.iter() {
        let _ = writeln!(out, "{id:?} {input:?}");
    }
    for (id, term) in program.terms.iter() {
        let words = program
            .sources
            .slice(term.span)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let _ = writeln!(out, "{id:?} {:?}  // {words}", term.kind);
    }
    for (id, aggregate) in program.aggregates.iter() {
        let (fold, members) = (&aggregate.fold, &aggregate.members);
        let term = aggregate.root.term;
        let _ = writeln!(out, "{id:?} {fold:?} of {term:?} over {members:?}");
    }
    for (id, rule) in program.rules.iter() {
        let _ = writeln!(
            out,
            "{} goal {:?}",
            program.model.rules[id].id, rule.goal.term
        );
    }
}
