//! `plumbrule check --receipt`: the receipt of a check, written after its output.

use std::path::{Path, PathBuf};

use plumbrule::message::{Lang, Message};
use plumbrule::program::Program;
use plumbrule::receipt::{Command, InputLimits, Receipt, Run};
use plumbrule::report::Report;

use super::args::{CheckArgs, RowOrder};
use super::load::{self, Tables};
use super::output::{self, Failure};

/// A receipt that is to be written, and the run that it is about.
pub(crate) struct Kept<'a> {
    file: &'a Path,
    args: &'a CheckArgs,
    command: &'a Command,
    tables: &'a Tables,
}

impl<'a> Kept<'a> {
    /// Refuses what must not be written over, and figures with faults, before anything is written.
    pub(crate) fn new(
        file: &'a Path,
        args: &'a CheckArgs,
        command: &'a Command,
        program: &Program,
        tables: &'a Tables,
    ) -> Result<Kept<'a>, Failure> {
        let name = file.display().to_string();
        let rules = program.sources.ids().map(|id| program.sources.name(id));
        let tables_read = tables.files.iter().map(|table| table.name.as_str());
        let own = std::fs::canonicalize(file).ok();
        let is_same = |path: &Path| {
            path == file || (own.is_some() && std::fs::canonicalize(path).ok() == own)
        };
        let is_input = rules
            .chain(tables_read)
            .any(|read| is_same(Path::new(read)));
        if is_input || args.figures.out.as_deref().is_some_and(is_same) {
            return Err(Failure::new(
                Message::new("cli-receipt-place").with("file", name),
            ));
        }
        let folder = file
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            let folder = folder.display().to_string();
            return Err(Failure::new(
                Message::new("cli-no-file").with("file", folder),
            ));
        }
        let mut problems = tables.submission.problems.iter();
        if problems.any(|problem| !problem.is_warning) {
            // Nothing is to be defended by a run that did not take all figures in.
            return Err(Failure::new(
                Message::new("cli-not-written").with("file", name),
            ));
        }
        Ok(Kept {
            file,
            args,
            command,
            tables,
        })
    }

    pub(crate) fn write(
        &self,
        report: &Report<'_>,
        status: u8,
        output: &[u8],
    ) -> Result<(), Failure> {
        let out = self.args.figures.out.as_deref().map(shown);
        let receipt = Receipt::of(&Run {
            command: self.command,
            report,
            tables: &self.tables.files,
            status,
            output,
            out: out.as_deref(),
        });
        output::deliver(&receipt.write(), Some(self.file))
    }
}

/// What was asked for, and what was taken from the surroundings.
pub(crate) fn command(args: &CheckArgs, lang: Lang, columns: usize, colour: bool) -> Command {
    let figures = &args.figures;
    let all = |paths: &[PathBuf]| paths.iter().map(shown).collect();
    Command {
        packs: all(&args.pack),
        figures: all(&load::figure_paths(figures)),
        sheets: figures.tables.sheet.clone(),
        encoding: figures.tables.encoding.map(|known| known.name().to_owned()),
        period: figures.period.clone(),
        in_force: figures.in_force.clone(),
        known_on: figures.known_on.clone(),
        sources: figures.choice.source.clone(),
        prefer: figures.choice.prefer.clone(),
        vintage: figures.choice.vintage.word().to_owned(),
        weights: figures.choice.weights.clone(),
        rules: args.rule.clone(),
        categories: args.category.clone(),
        verdicts: args.verdict.clone(),
        entities: args.only_entity.clone(),
        by_entity: args.by == RowOrder::Entity,
        format: figures.format().name().to_owned(),
        lang: lang.code().to_owned(),
        columns,
        colour,
        limits: InputLimits {
            table_bytes: figures.tables.options().limits.total_bytes,
            rule_bytes: figures.limits.max_rule_bytes,
            terms: figures.limits.max_terms,
        },
    }
}

fn shown(path: impl AsRef<Path>) -> String {
    path.as_ref().display().to_string()
}
