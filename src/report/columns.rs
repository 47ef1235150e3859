//! Verdicts in bulk to files: a line for each row and rule, or a line a row with a column a rule, as CSV or
//! Parquet. Writes block by block; words of machines are never translated.

use std::io::{self, Write};

use crate::bulk::{Sink, Verdicts};
use crate::verdict::{Cause, Causes, Verdict};

mod coded;
mod csv;
mod parquet;
mod summary;

pub use summary::{Summary, grouped, write_summary};

/// What is written of each verdict.
#[derive(Debug, Clone, Default)]
pub struct ColumnsOptions {
    /// One line a row of the table, with a column for each rule, in the place of one line a verdict.
    pub matrix: bool,
    /// Only these verdicts; all where there are none. In a matrix only rows that have one of them.
    pub only: Vec<Verdict>,
    /// With each verdict the figures that it was read off; not in a matrix.
    pub figures: bool,
}

impl ColumnsOptions {
    fn keeps(&self, verdict: Verdict) -> bool {
        self.only.is_empty() || self.only.contains(&verdict)
    }

    /// The rows of a matrix that are written.
    fn rows(&self, verdicts: &Verdicts<'_>) -> Vec<usize> {
        let has = |row: usize| {
            let mut rules = 0..verdicts.rules().len();
            let is_kept = |rule| {
                verdicts
                    .verdict(rule, row)
                    .is_some_and(|one| self.keeps(one))
            };
            verdicts.period(row).is_some() && (self.only.is_empty() || rules.any(is_kept))
        };
        (0..verdicts.n_rows()).filter(|row| has(*row)).collect()
    }
}

/// The heads of a line a verdict; the last two where figures are written.
const HEADS: [&str; 8] = [
    "entity", "period", "rule", "verdict", "cause", "outcome", "figures", "printed",
];

/// The heads, with or without those of figures.
fn heads(has_figures: bool) -> &'static [&'static str] {
    match has_figures {
        true => &HEADS,
        false => HEADS.split_at(HEADS.len() - 2).0,
    }
}

/// Whether a table has the heads of a line a verdict.
pub(super) fn are_heads(found: &[&str]) -> bool {
    found == heads(false) || found == heads(true)
}

/// The names of the figures of a verdict and what is printed, each joined.
fn figures(verdicts: &Verdicts<'_>, rule: usize, row: usize) -> [String; 2] {
    let mut joined = [String::new(), String::new()];
    for (n, (name, printed)) in verdicts.figures(rule, row).into_iter().enumerate() {
        for (to, text) in joined.iter_mut().zip([name.as_str(), printed]) {
            to.push_str(if n == 0 { "" } else { BETWEEN_FIGURES });
            to.push_str(text);
        }
    }
    joined
}

/// Between several causes or outcomes.
const BETWEEN: char = ';';

/// Between several figures, as in other tables of verdicts.
const BETWEEN_FIGURES: &str = super::csv::BETWEEN;

/// The words of causes, joined.
fn words(causes: Causes) -> String {
    let words = Cause::ALL
        .into_iter()
        .filter(|cause| causes.contains(*cause));
    let words: Vec<&str> = words.map(Cause::word).collect();
    words.join(&BETWEEN.to_string())
}

/// The ids of outcomes, joined.
fn outcomes(verdicts: &Verdicts<'_>, rule: usize, row: usize) -> String {
    let possible = verdicts.outcomes(rule, row);
    let id = verdicts.rules().get(rule);
    let decision = id.and_then(|id| verdicts.program().model.rules[*id].decision.as_ref());
    let Some(decision) = decision else {
        return String::new();
    };
    let names = possible
        .iter()
        .filter_map(|place| decision.outcomes.get(usize::from(place)));
    let names: Vec<&str> = names.map(|outcome| outcome.id.as_str()).collect();
    names.join(&BETWEEN.to_string())
}

/// A file that verdicts are written to as they come.
pub enum ColumnsWriter<W: Write + Send> {
    /// As CSV.
    Csv(csv::Csv<W>),
    /// As Parquet.
    Parquet(Box<parquet::Columnar<W>>),
    /// Nowhere.
    Nothing,
}

impl<W: Write + Send> ColumnsWriter<W> {
    /// Writes CSV in UTF-8.
    pub fn csv(w: W, options: ColumnsOptions) -> Self {
        ColumnsWriter::Csv(csv::Csv::new(w, options))
    }

    /// Writes Parquet.
    pub fn parquet(w: W, options: ColumnsOptions) -> Self {
        ColumnsWriter::Parquet(Box::new(parquet::Columnar::new(w, options)))
    }

    /// Writes what is left, and hands the writer back.
    ///
    /// # Errors
    /// What the writer says.
    pub fn finish(self) -> io::Result<Option<W>> {
        match self {
            ColumnsWriter::Csv(csv) => csv.finish().map(Some),
            ColumnsWriter::Parquet(parquet) => parquet.finish().map(Some),
            ColumnsWriter::Nothing => Ok(None),
        }
    }
}

impl<W: Write + Send> Sink for ColumnsWriter<W> {
    fn take(&mut self, verdicts: &Verdicts<'_>) -> io::Result<()> {
        match self {
            ColumnsWriter::Csv(csv) => csv.take(verdicts),
            ColumnsWriter::Parquet(parquet) => parquet.take(verdicts),
            ColumnsWriter::Nothing => Ok(()),
        }
    }

    fn is_open(&self) -> bool {
        !matches!(self, ColumnsWriter::Nothing)
    }

    fn figures_of(&self) -> Option<Vec<Verdict>> {
        let options = match self {
            ColumnsWriter::Csv(csv) => &csv.options,
            ColumnsWriter::Parquet(parquet) => &parquet.options,
            ColumnsWriter::Nothing => return None,
        };
        (options.figures && !options.matrix).then(|| options.only.clone())
    }
}
