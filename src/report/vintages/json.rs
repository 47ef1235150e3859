//! Which verdicts depend on the figures taken, for a machine, by `docs/schema/vintages.json`.

use std::io::{self, Write};

use serde::Serialize;

use super::VintageReport;
use crate::diff::{Answer, Said};
use crate::message::Lang;
use crate::report::diff::{SaidJson, SideJson};
use crate::report::json::{Text, both};
use crate::report::values::FigureParts;
use crate::vintages::{Dependence, Way};

/// The schema that this writes.
const SCHEMA: &str = "plumbrule-vintages-1";

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    tool: &'static str,
    version: &'static str,
    run: SideJson,
    period: String,
    ways: Vec<WayJson>,
    left_out: usize,
    counts: Counts,
    rows: Vec<RowJson>,
}

#[derive(Serialize)]
struct WayJson {
    kind: &'static str,
    source: Option<String>,
    day: Option<String>,
    edition: Option<&'static str>,
}

#[derive(Serialize)]
struct Counts {
    turned: usize,
    rests: usize,
    same: usize,
}

#[derive(Serialize)]
struct RowJson {
    rule: String,
    label: Text,
    entity: String,
    period: String,
    depends: &'static str,
    asked: SaidJson,
    groups: Vec<GroupJson>,
    silent: Vec<usize>,
}

#[derive(Serialize)]
struct GroupJson {
    answer: SaidJson,
    ways: Vec<usize>,
    figures: Vec<FigureParts>,
}

pub(super) fn write(w: &mut dyn Write, report: &VintageReport<'_>) -> io::Result<()> {
    let found = report.vintages;
    let row = |word| move |one: &Dependence| row(report, one, word);
    let rows = found.turned.iter().map(row("turned"));
    let document = Document {
        schema: SCHEMA,
        tool: "plumbrule",
        version: env!("CARGO_PKG_VERSION"),
        run: SideJson::of(&report.side),
        period: found.clocks.period.to_string(),
        ways: found.ways.iter().map(way).collect(),
        left_out: found.n_left_out,
        counts: Counts {
            turned: found.turned.len(),
            rests: found.rests.len(),
            same: found.n_same,
        },
        rows: rows.chain(found.rests.iter().map(row("rests"))).collect(),
    };
    serde_json::to_writer_pretty(&mut *w, &document)?;
    writeln!(w)
}

fn way(way: &Way) -> WayJson {
    let (source, day, edition) = match way {
        Way::Asked => (None, None, None),
        Way::Source(source) | Way::Prefer(source) => (Some(source.clone()), None, None),
        Way::KnownOn(day) => (None, Some(day.to_string()), None),
        Way::Edition(vintage) => (None, None, Some(vintage.word())),
    };
    WayJson {
        kind: way.word(),
        source,
        day,
        edition,
    }
}

fn row(report: &VintageReport<'_>, one: &Dependence, depends: &'static str) -> RowJson {
    let run = &report.side.run;
    let rule = &run.program.model.rules[one.row.rule];
    let shown = report.side.report(Lang::En);
    let said = |answer: Answer| SaidJson::of(&Said::Answer(answer), Some(rule));
    RowJson {
        rule: rule.id.clone(),
        label: both(&rule.label),
        entity: run.submission.entities[one.row.entity].id.clone(),
        period: one.row.period.to_string(),
        depends,
        asked: said(Answer::of(&one.row)),
        groups: one
            .groups
            .iter()
            .map(|group| GroupJson {
                answer: said(group.answer),
                ways: group.ways.clone(),
                figures: group
                    .claims
                    .iter()
                    .map(|id| shown.figure_parts(*id))
                    .collect(),
            })
            .collect(),
        silent: one.silent.clone(),
    }
}
