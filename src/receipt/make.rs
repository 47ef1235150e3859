//! A receipt from a run that was made. Copies what the run says; judges nothing again.

use super::{
    Clock, Command, Counts, InputFile, OutputNote, Receipt, RowNote, SCHEMA, Tool, sha256,
};
use crate::explain::outcome_ids;
use crate::report::Report;
use crate::source::Sources;
use crate::verdict::Cause;

/// A run and its output.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// What was asked for.
    pub command: &'a Command,
    /// What the output shows.
    pub report: &'a Report<'a>,
    /// The tables, in the order of reading.
    pub tables: &'a [InputFile],
    /// The exit status.
    pub status: u8,
    /// The output.
    pub output: &'a [u8],
    /// The file to which it goes; none: the output stream.
    pub out: Option<&'a str>,
}

impl Receipt {
    /// The receipt of a run. Holds no time and nothing else of the surroundings, so that the same
    /// run has the same receipt.
    #[must_use]
    pub fn of(run: &Run<'_>) -> Receipt {
        let report = run.report;
        let rows = rows(report);
        let clock = |outcome: &crate::eval::Outcome| Clock {
            period: outcome.clocks.period.to_string(),
            in_force: outcome.clocks.in_force.to_string(),
            known_on: outcome.clocks.known_on.map(|day| day.to_string()),
        };
        Receipt {
            schema: SCHEMA.to_owned(),
            tool: Tool::this(),
            command: run.command.clone(),
            clocks: report.outcomes.iter().map(clock).collect(),
            rules_digest: report.digests.rules.clone(),
            figures_digest: report.digests.figures.clone(),
            rules: rule_files(&report.program.sources),
            tables: run.tables.to_vec(),
            exit_status: run.status,
            counts: Counts::of(&rows),
            rows,
            output: OutputNote {
                name: run.out.map(str::to_owned),
                bytes: run.output.len(),
                sha256: sha256(run.output),
            },
        }
    }
}

/// The rule files of a pack, the standard library included.
pub(super) fn rule_files(sources: &Sources) -> Vec<InputFile> {
    let file = |id| {
        let (name, text) = (sources.name(id), sources.text(id).as_bytes());
        let file = match sources.is_carried(id) {
            true => InputFile::standard(name, text),
            false => InputFile::of(name, text),
        };
        file.of_pack(sources.pack_of(id))
    };
    sources.ids().map(file).collect()
}

fn rows(report: &Report<'_>) -> Vec<RowNote> {
    let rows = report.outcomes.iter().flat_map(|outcome| &outcome.rows);
    rows.map(|row| RowNote {
        rule: report.program.model.rules[row.rule].id.clone(),
        entity: report.submission.entities[row.entity].id.clone(),
        period: row.period.to_string(),
        verdict: row.verdict.word().to_owned(),
        causes: row
            .causes
            .iter()
            .map(Cause::word)
            .map(str::to_owned)
            .collect(),
        outlook: row.outlook.map(|class| class.word().to_owned()),
        outcomes: outcome_ids(&report.program.model.rules[row.rule], row.possible),
    })
    .collect()
}
