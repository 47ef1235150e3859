//! Packs of one rule and tables of three figures, read as the program reads them.

use plumbrule::Sources;
use plumbrule::eval::{Options, evaluate};
use plumbrule::explain::{Node, NodeKind, explain, outcome_ids};
use plumbrule::figures::{Limits, Submission};
use plumbrule::message::Lang;
use plumbrule::number::Exact;
use plumbrule::program::Program;
use plumbrule::verdict::Verdict;

use super::goals::{LEAST, MOST, NAMES};

pub(super) fn declared() -> String {
    let mut text = "pack p \"P\" { entity city }\nentity city \"City\" {}\n".to_owned();
    for (n, name) in NAMES.iter().enumerate() {
        let (least, most) = (LEAST[n], MOST[n]);
        text.push_str(&format!(
            "indicator {name} \"{name}\" {{ kind quantity unit 个 bounds between {least}个 and {most}个 }}\n"
        ));
    }
    text
}

pub(super) fn compiled(rules: &str) -> Program {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", &format!("{}{rules}\n", declared()));
    plumbrule::compile(&sources).unwrap_or_else(|problems| panic!("{rules}: {problems:?}"))
}

/// Figures as a table prints them, read by the reader of tables.
pub(super) fn read(program: &Program, values: &[String; 3]) -> Submission {
    let mut table = "indicator,period,value\n".to_owned();
    for (name, value) in NAMES.iter().zip(values) {
        table.push_str(&format!("{name},2024,{value}个\n"));
    }
    let mut submission = Submission::new(&program.model);
    let limits = Limits::default();
    submission.read_table(&program.model, "figures.csv", table.as_bytes(), &limits);
    let problems = submission.problems.iter();
    let problems: Vec<String> = problems.map(|it| it.message.render(Lang::En)).collect();
    assert!(problems.is_empty(), "{problems:?}");
    submission
}

pub(super) fn texts(values: [i64; 3]) -> [String; 3] {
    values.map(|value| value.to_string())
}

pub(super) fn exact(values: &[String; 3]) -> Vec<Exact> {
    let one = |value: &String| Exact::parse_decimal(value).unwrap();
    values.iter().map(one).collect()
}

pub(super) fn verdict(program: &Program, values: &[String; 3]) -> Verdict {
    let submission = read(program, values);
    evaluate(program, &submission, &Options::default()).rows[0].verdict
}

pub(super) fn outcome(program: &Program, values: &[String; 3]) -> Vec<String> {
    let submission = read(program, values);
    let row = evaluate(program, &submission, &Options::default()).rows[0];
    outcome_ids(&program.model.rules[row.rule], row.possible)
}

/// What is said of changes.
pub(super) fn said(program: &Program, values: &[String; 3]) -> Vec<Node> {
    let submission = read(program, values);
    let options = Options::default();
    let row = evaluate(program, &submission, &options).rows[0];
    let explanation = explain(program, &submission, &options, row.rule, row.entity);
    let nodes = explanation.nodes.into_iter();
    nodes.filter(|node| node.kind == NodeKind::Flip).collect()
}

pub(super) fn text(node: &Node) -> String {
    node.message.render(Lang::En)
}
