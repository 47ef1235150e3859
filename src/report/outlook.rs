//! How targets stand on their way, as a dashboard; and what a supposed figure would change.
//! Goes in: a [`Board`], and another one with suppositions. Renders; decides nothing.

use std::io;

use super::Digests;
use crate::compare::Comparison;
use crate::eval::Options;
use crate::figures::{Submission, Supposed};
use crate::message::{Lang, Message};
use crate::program::Program;
use crate::progress::{Board, Progress, Standing};

mod gauge;
mod human;
mod json;
mod lines;
mod table;

/// The heads of its lines.
pub(super) const HEADS: &[&str] = &table::COLUMNS;

/// A form of the dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BoardFormat {
    /// For a person at a terminal.
    Human,
    /// For a machine, by `docs/schema/outlook.json`.
    Json,
    /// A line for each target and method.
    Csv,
    /// A chart of each target, one below the other.
    Svg,
}

impl BoardFormat {
    /// All forms.
    pub const ALL: [BoardFormat; 4] = [
        BoardFormat::Human,
        BoardFormat::Json,
        BoardFormat::Csv,
        BoardFormat::Svg,
    ];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            BoardFormat::Human => "human",
            BoardFormat::Json => "json",
            BoardFormat::Csv => "csv",
            BoardFormat::Svg => "svg",
        }
    }

    /// The usual ending of its files, without the point.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            BoardFormat::Human => "txt",
            other => other.name(),
        }
    }
}

/// Everything that a dashboard shows.
#[derive(Clone, Copy)]
pub struct BoardReport<'a> {
    /// The pack.
    pub program: &'a Program,
    /// The published figures.
    pub submission: &'a Submission,
    /// The clocks as asked for.
    pub options: &'a Options,
    /// How the targets stand.
    pub board: &'a Board,
    /// What would be otherwise.
    pub what_if: Option<&'a WhatIf<'a>>,
    /// Digests of the input.
    pub digests: &'a Digests,
    /// The language of the sentences.
    pub lang: Lang,
    /// Columns of the terminal.
    pub columns: usize,
    /// Whether colours may be used.
    pub colour: bool,
}

/// A second evaluation, with supposed figures in the place of published ones.
pub struct WhatIf<'a> {
    /// What is supposed.
    pub supposed: &'a [Supposed],
    /// The figures with them.
    pub submission: &'a Submission,
    /// How the targets stand with them.
    pub board: &'a Board,
    /// What differs.
    pub comparison: Comparison<'a>,
}

/// What would turn a row that the suppositions move and do not turn.
fn turning(
    report: &BoardReport<'_>,
    what_if: &WhatIf<'_>,
    was: &Standing,
    now: &Standing,
) -> Vec<Message> {
    if was.is_turned(now) || was.is_same(now) {
        return Vec::new();
    }
    crate::explain::turning(
        report.program,
        what_if.submission,
        report.options,
        now.row.rule,
        now.row.entity,
    )
}

/// Writes a dashboard.
///
/// # Errors
///
/// What the writer says.
pub fn write_board(
    w: &mut dyn io::Write,
    format: BoardFormat,
    report: &BoardReport<'_>,
) -> io::Result<()> {
    match format {
        BoardFormat::Human => human::write(w, report),
        BoardFormat::Json => json::write(w, report),
        BoardFormat::Csv => table::write(w, report),
        BoardFormat::Svg => charts(w, report),
    }
}

/// One chart below the other; with suppositions, as it would be.
fn charts(w: &mut dyn io::Write, report: &BoardReport<'_>) -> io::Result<()> {
    let board = report.what_if.map_or(report.board, |what_if| what_if.board);
    let drawn: Vec<&Progress> = board
        .standings
        .iter()
        .filter_map(|standing| standing.progress.as_ref())
        .collect();
    writeln!(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    w.write_all(super::chart::stacked(&drawn, report.lang).as_bytes())
}
