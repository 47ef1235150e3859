//! Phase 8: results to bytes. Renders; decides nothing.

use crate::diagnostic::Diagnostic;
use crate::eval::{Memory, Options, Outcome, Row};
use crate::explain::{Explanation, explain_row};
use crate::figures::Submission;
use crate::findings::Finding;
use crate::message::{Arg, Lang, Message};
use crate::program::Program;
use crate::verdict::Verdict;

mod audit;
mod chart;
mod clean;
mod columns;
mod csv;
mod diff;
mod ess;
mod explanation;
mod facts;
mod form;
mod formats;
pub mod graph;
mod html;
mod human;
mod json;
mod junit;
mod legend;
mod markdown;
mod matrix;
mod outlook;
mod problems;
mod proved;
mod result;
mod sarif;
mod scores;
mod tested;
mod text;
mod values;
mod vintages;
mod xlsx;

pub use audit::{AuditForm, AuditReport, write_audit};
pub use chart::{ChartForm, chart};
pub use clean::{Figures, TableFormat, write_figures};
pub use columns::{ColumnsOptions, ColumnsWriter, Summary, grouped, write_summary};
pub use diff::{AnswerForm, DiffReport, DiffSide, write_diff};
pub use form::{FormFormat, FormReport, MOST_FORM_ROWS, write_form};
pub use formats::{Format, write_check, write_explanation, write_problems};
pub use html::{Put, Site, write_site};
pub use human::verdict_text;
pub(crate) use markdown::line as markdown_line;
pub use outlook::{BoardFormat, BoardReport, WhatIf, write_board};
pub use problems::Problems;
pub use proved::{Proved, ProvedForm, ProvedReport, example_tables, write_proved};
pub use result::{begins_as_result, has_heads_of_result};
pub use scores::{ScoreForm, ScoreReport, write_scores};
pub use tested::{LintForm, LintReport, write_lints};
pub use tested::{MutantForm, MutantReport, write_mutants};
pub use tested::{TestForm, TestReport, write_tests};
pub use text::{on_screen, pad, shell_word, width, wrap};
pub use vintages::{VintageReport, write_vintages};

/// What distinguishes the input of a run, for receipts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Digests {
    /// Of the rule files.
    pub rules: String,
    /// Of the tables.
    pub figures: String,
}

/// Everything that a report shows.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// The pack.
    pub program: &'a Program,
    /// The figures.
    pub submission: &'a Submission,
    /// The clocks as asked for.
    pub options: &'a Options,
    /// One outcome for each evaluated period, rows already filtered.
    pub outcomes: &'a [Outcome],
    /// Findings about the figures.
    pub findings: &'a [Finding],
    /// Warnings about the rule files.
    pub warnings: &'a [Diagnostic],
    /// Digests of the input.
    pub digests: &'a Digests,
    /// The language of the sentences.
    pub lang: Lang,
    /// Columns of the terminal.
    pub columns: usize,
    /// Whether colours may be used.
    pub colour: bool,
    /// Whether the rows are ordered by the bodies that they are about.
    pub by_entity: bool,
    /// How many rows are left out, as others were asked for.
    pub n_left_out: usize,
    /// The options that chose and ordered the rows, as a shell reads them, each behind a blank.
    pub filter_args: &'a str,
    /// The options with which `plumbrule explain` sees the same pack, figures and clocks, as a
    /// shell reads them, each behind a blank; empty where no command line made the report.
    pub hint_args: &'a str,
}

/// Rows of a run beyond which single rows are not explained in full.
pub const MOST_EXPLAINED: usize = 5_000;

impl Report<'_> {
    /// Whether the rows are those of rules or categories that were asked for.
    pub(crate) fn is_asked_by_name(&self) -> bool {
        ["--rule ", "--category "]
            .iter()
            .any(|option| self.filter_args.contains(option))
    }

    fn n_rows(&self) -> usize {
        self.outcomes.iter().map(|outcome| outcome.rows.len()).sum()
    }

    /// That rows are left out, and by which options; nothing where all are shown.
    fn filtered(&self) -> Option<Message> {
        (self.n_left_out > 0).then(|| {
            Message::new("sheet-filtered")
                .with("total", self.n_rows())
                .with("all", self.n_rows() + self.n_left_out)
                .with("options", self.filter_args.trim())
        })
    }

    /// How many rows there are, of how many where some are left out, and their verdicts.
    fn counted(&self, counts: Vec<Arg>) -> Message {
        let shown = self.n_rows();
        match self.n_left_out {
            0 => Message::new("report-counts")
                .with("total", shown)
                .with("counts", Arg::List(counts)),
            more => Message::new("report-counts-of")
                .with("total", shown)
                .with("all", shown + more)
                .with("counts", Arg::List(counts)),
        }
    }

    /// What is wrong with the rule files and tables that it came from.
    fn problems(&self) -> Problems<'_> {
        Problems {
            diagnostics: self.warnings,
            sources: &self.program.sources,
            figures: &self.submission.problems,
            lang: self.lang,
        }
    }

    /// The explanation of a row, evaluated at the row's own period.
    fn explain(&self, row: &Row) -> Explanation {
        self.explain_as(row, true)
    }

    /// The same; without the words of the rule itself and without what would turn its answer where the
    /// report does not show them.
    fn explain_as(&self, row: &Row, is_whole: bool) -> Explanation {
        let options = Options {
            period: Some(row.period),
            ..self.options.clone()
        };
        let of_period = |outcome: &&Outcome| outcome.clocks.period == row.period;
        let known = self.outcomes.iter().find(of_period);
        let none = Memory::default();
        explain_row(
            self.program,
            self.submission,
            &options,
            (row.rule, row.entity),
            known.map_or(&none, |outcome| &outcome.memory),
            is_whole,
        )
    }
}

/// Terminal colour of a verdict. Never the only signal: the word stands beside it.
fn coloured(text: &str, verdict: Verdict, colour: bool) -> String {
    if !colour {
        return text.to_owned();
    }
    let code = match verdict {
        Verdict::Fail => "31;1",
        Verdict::Undetermined => "33;1",
        Verdict::Pending => "36",
        Verdict::Waived => "35",
        Verdict::Pass => "32;1",
        Verdict::Decided => "34;1",
        Verdict::NotApplicable => "2",
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}
