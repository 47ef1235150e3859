//! The same for a machine.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde::Serialize;

use super::{Proved, ProvedReport, state_word};
use crate::program::Program;
use crate::prove::{
    Changed, Difference, Doubt, EXAMPLE_CELLS, ExampleFigure, Join, Paired, Relation, Setting,
    State,
};
use crate::report::json::{Text, text};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    packs: Vec<PackJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comparison: Option<ComparisonJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    joins: Option<Vec<JoinJson<'a>>>,
}

#[derive(Serialize)]
struct PackJson<'a> {
    id: &'a str,
    rules_digest: &'a str,
}

#[derive(Serialize)]
struct ComparisonJson<'a> {
    relation: &'static str,
    counts: BTreeMap<&'static str, usize>,
    rules: Vec<PairJson<'a>>,
    only_old: Vec<&'a str>,
    only_new: Vec<&'a str>,
    indicators: Vec<ChangedJson<'a>>,
}

#[derive(Serialize)]
struct PairJson<'a> {
    rule: &'a str,
    relation: &'static str,
    clocks: Vec<ClocksJson>,
    differences: Vec<DifferenceJson<'a>>,
    doubts: Vec<&'static str>,
}

#[derive(Serialize)]
struct ClocksJson {
    period: String,
    in_force: String,
}

#[derive(Serialize)]
struct DifferenceJson<'a> {
    was: StateJson<'a>,
    now: StateJson<'a>,
    clocks: ClocksJson,
    figures: Vec<FigureJson<'a>>,
    old_table: String,
    new_table: String,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum StateJson<'a> {
    Verdict(&'a str),
    Outcome(&'a str),
    Check(&'a str),
}

#[derive(Serialize)]
struct FigureJson<'a> {
    #[serde(flatten)]
    cells: BTreeMap<&'static str, &'a str>,
    name: Text,
    in_old: bool,
    in_new: bool,
}

#[derive(Serialize)]
struct ChangedJson<'a> {
    indicator: &'a str,
    part: &'static str,
    definition: Option<&'a str>,
}

#[derive(Serialize)]
struct JoinJson<'a> {
    rule: &'a str,
    day: String,
    turn: &'static str,
    differences: Vec<DifferenceJson<'a>>,
    doubts: Vec<&'static str>,
}

pub(super) fn write(w: &mut dyn Write, report: &ProvedReport<'_>) -> io::Result<()> {
    let programs: Vec<&Program> = match report.proved {
        Proved::Packs(programs, _) => programs.to_vec(),
        Proved::Joins(program, _) => vec![program],
    };
    let packs = programs.iter().zip(report.digests);
    let packs = packs.map(|(program, digests)| PackJson {
        id: &program.model.pack.id,
        rules_digest: &digests.rules,
    });
    let (mut comparison, mut joins) = (None, None);
    match report.proved {
        Proved::Packs([was, now], found) => {
            comparison = Some(ComparisonJson {
                relation: found.relation().word(),
                counts: Relation::ALL
                    .map(|one| (one.word(), found.count(one)))
                    .into(),
                rules: found
                    .paired
                    .iter()
                    .map(|pair| pair_json(now, pair))
                    .collect(),
                only_old: found
                    .gone
                    .iter()
                    .map(|id| was.model.rules[*id].id.as_str())
                    .collect(),
                only_new: found
                    .arisen
                    .iter()
                    .map(|id| now.model.rules[*id].id.as_str())
                    .collect(),
                indicators: found.changed.iter().map(changed_json).collect(),
            });
        }
        Proved::Joins(program, found) => {
            joins = Some(found.iter().map(|join| join_json(program, join)).collect());
        }
    }
    let document = Document {
        schema: "plumbrule-compare-1",
        packs: packs.collect(),
        comparison,
        joins,
    };
    serde_json::to_writer_pretty(&mut *w, &document)?;
    writeln!(w)
}

fn pair_json<'a>(program: &'a Program, pair: &'a Paired) -> PairJson<'a> {
    PairJson {
        rule: &program.model.rules[pair.rules[1]].id,
        relation: pair.relation.word(),
        clocks: pair.settings.iter().map(clocks).collect(),
        differences: pair.differences.iter().map(difference_json).collect(),
        doubts: doubts(&pair.doubts),
    }
}

fn join_json<'a>(program: &'a Program, join: &'a Join) -> JoinJson<'a> {
    JoinJson {
        rule: &program.model.rules[join.rule].id,
        day: join.day.to_string(),
        turn: join.turn.word(),
        differences: join.differences.iter().map(difference_json).collect(),
        doubts: doubts(&join.doubts),
    }
}

fn doubts(found: &BTreeSet<Doubt>) -> Vec<&'static str> {
    found.iter().map(|doubt| doubt.word()).collect()
}

fn clocks(setting: &Setting) -> ClocksJson {
    ClocksJson {
        period: setting.period.to_string(),
        in_force: setting.in_force.to_string(),
    }
}

fn difference_json(difference: &Difference) -> DifferenceJson<'_> {
    let example = &difference.example;
    DifferenceJson {
        was: state_json(&difference.was),
        now: state_json(&difference.now),
        clocks: clocks(&example.setting),
        figures: example.figures.iter().map(figure_json).collect(),
        old_table: example.table(0),
        new_table: example.table(1),
    }
}

fn state_json(state: &State) -> StateJson<'_> {
    let word = state_word(state);
    match state {
        State::Verdict(_) => StateJson::Verdict(word),
        State::Outcome(_) => StateJson::Outcome(word),
        State::Holds | State::Broken => StateJson::Check(word),
    }
}

fn figure_json(figure: &ExampleFigure) -> FigureJson<'_> {
    let cells = EXAMPLE_CELLS
        .into_iter()
        .zip(figure.cells.iter().map(String::as_str));
    FigureJson {
        cells: cells.collect(),
        name: text(&figure.name),
        in_old: figure.known[0],
        in_new: figure.known[1],
    }
}

fn changed_json(changed: &Changed) -> ChangedJson<'_> {
    ChangedJson {
        indicator: &changed.indicator,
        part: changed.part.word(),
        definition: changed.definition.as_deref(),
    }
}
