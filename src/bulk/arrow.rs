//! Arrow to Arrow: a batch of figures goes in, a batch of verdicts comes out, a row for each row. The one
//! call for hosts that hold columns already; no global state, and nothing is read or written elsewhere.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;

use super::block::{InMemory, Scratch};
use super::bodies::run_by_body;
use super::kept::Kept;
use super::rows::judged_rules;
use super::run::{Job, Stop, run_after};
use super::tally::Tally;
use crate::eval;
use crate::figures::FigureProblem;
use crate::model::RuleId;
use crate::program::Program;

mod column;
mod error;
mod output;
mod source;
mod whole;

pub use arrow_array;
pub use arrow_schema;
pub use error::Error;
pub use source::Batches;

use output::Filled;

/// The manual, so that its examples are run.
#[cfg(doctest)]
#[doc = include_str!("../../docs/arrow.md")]
#[doc = include_str!("../../docs/arrow.zh.md")]
pub struct Manual;

/// What is judged, and what is said of it. By default all rules, each row in its own period, with a
/// verdict a rule and nothing else, on the thread that asks.
#[derive(Debug, Clone, Default)]
pub struct Options {
    clocks: eval::Options,
    rules: Vec<String>,
    has_causes: bool,
    has_outcomes: bool,
    threads: usize,
}

impl Options {
    /// The clocks, and which figures count. With a period only rows of that period are judged.
    #[must_use]
    pub fn clocks(self, clocks: eval::Options) -> Options {
        Options { clocks, ..self }
    }

    /// Only these rules, by their ids, in this order.
    #[must_use]
    pub fn rules<S: Into<String>>(self, ids: impl IntoIterator<Item = S>) -> Options {
        let rules = ids.into_iter().map(Into::into).collect();
        Options { rules, ..self }
    }

    /// Behind each column of verdicts one that says why they are undetermined.
    #[must_use]
    pub fn causes(self) -> Options {
        Options {
            has_causes: true,
            ..self
        }
    }

    /// Behind the verdicts of each rule that is a decision a column with what it came to, or with all that
    /// it may still come to.
    #[must_use]
    pub fn outcomes(self) -> Options {
        Options {
            has_outcomes: true,
            ..self
        }
    }

    /// How many threads judge one batch. Hosts that call from many threads leave it at one.
    #[must_use]
    pub fn threads(self, threads: usize) -> Options {
        Options { threads, ..self }
    }
}

/// Judges batches of figures by the rules of a program that was compiled once. Many threads may share it. It
/// keeps how the columns of the last batch were understood, for the next one of the same columns, and no row.
///
/// A batch has a column for whom its rows are about, one for when, and columns of figures, told apart by
/// their names as in any other table. Floating numbers are their shortest decimals, decimals keep their
/// digits, dates and moments are their texts, dictionaries the values that they name, nulls are blanks:
/// a Parquet file and the batch that was read from it say the same. A figure may be a text as tables print
/// it, with a unit or a qualifier. Other types are an error where a rule may ask for the column, and are
/// passed over where none does.
///
/// The batch of verdicts has a row for each row, in the same order and first of all, and these columns, all nullable; places
/// and names do not change between releases:
///
/// | place | name | type | what |
/// |---|---|---|---|
/// | 0 | `entity` | Utf8 | whom the row is about, as it says it, at the first row of a list the body that has it; null where it says nobody |
/// | 1 | `period` | Dictionary(Int32, Utf8) | the period of the verdicts; null where the row was not judged |
/// | for each rule | its id | Dictionary(Int8, Utf8) | the [word](crate::verdict::Verdict::word) of the verdict; null where the rule is not about the body, or the row was not judged |
/// | behind it, on request | `ID:cause` | Dictionary(Int32, Utf8) | the [words](crate::verdict::Cause::word) of the causes, joined by `;`; null where there is none |
/// | behind that, of decisions, on request | `ID:outcome` | Dictionary(Int32, Utf8) | the ids of the outcomes that are possible, joined by `;`; null where there is none |
///
/// The values of a dictionary of verdicts are all words of [`Verdict::ALL`](crate::verdict::Verdict::ALL)
/// in that order, so that codes mean the same in every batch. Fields say in their metadata what they hold
/// (`plumbrule.content`: `entity`, `period`, `verdict`, `cause`, `outcome`) and of which rule (`plumbrule.rule`).
///
/// Verdicts are exactly those of [`evaluate`](crate::eval::evaluate) on the same figures. Rules that look at
/// other rows, such as growths, sums and ranks over bodies, look at those of the batch and no other;
/// [`Evaluator::evaluate_together`] takes several batches as one table. Several rows about one body and
/// period, such as one row a figure, are judged as one: their verdicts stand at the first of them. Behind
/// the rows of the batch stands a row for each body of the pack that has none and of whom rules over many
/// bodies speak all the same, such as the whole that parts add up to.
///
/// What the columns hold is found for each batch, which takes as long as some ten thousand rows, and a good
/// half of that where the batch before had the same columns. A row
/// whose body or period is not known is not judged; [`Evaluator::evaluate_in_full`] says why.
///
/// ```
/// use std::sync::Arc;
///
/// use plumbrule::bulk::arrow::arrow_array::cast::AsArray;
/// use plumbrule::bulk::arrow::arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray};
/// use plumbrule::bulk::arrow::{Evaluator, Options};
///
/// let mut sources = plumbrule::Sources::with_std();
/// sources.add("pack.plumb", r#"
/// pack demo "Demo" { entity CN }
/// entity CN "China" { }
/// entity plant "Plants" { members open }
/// indicator share "Share" { kind index }
/// target enough "Enough" { for each plant require share >= 95 }
/// "#);
/// let program = plumbrule::compile(&sources).unwrap();
/// let evaluator = Evaluator::new(Arc::new(program), Options::default().causes()).unwrap();
///
/// let entity: ArrayRef = Arc::new(StringArray::from(vec!["North", "South", "West"]));
/// let period: ArrayRef = Arc::new(StringArray::from(vec!["2024"; 3]));
/// let share: ArrayRef = Arc::new(Float64Array::from(vec![Some(95.0), Some(94.9), None]));
/// let figures = [("entity", entity), ("period", period), ("share", share)];
/// let batch = RecordBatch::try_from_iter(figures).unwrap();
///
/// let verdicts = evaluator.evaluate(&batch).unwrap();
/// assert_eq!(verdicts.schema(), evaluator.schema());
/// let words = |name: &str| -> Vec<Option<String>> {
///     let column = verdicts.column_by_name(name).unwrap().as_any_dictionary();
///     let words = column.values().as_string::<i32>();
///     let keys = column.normalized_keys().into_iter().enumerate();
///     keys.map(|(row, key)| column.is_valid(row).then(|| words.value(key).to_owned())).collect()
/// };
/// assert_eq!(words("enough"), ["pass", "fail", "undetermined"].map(|word| Some(word.to_owned())));
/// assert_eq!(words("enough:cause"), [None, None, Some("missing".to_owned())]);
/// ```
#[derive(Debug, Clone)]
pub struct Evaluator {
    program: Arc<Program>,
    options: Options,
    rules: Vec<RuleId>,
    schema: SchemaRef,
    kept: Arc<Kept>,
}

/// What is said of one batch.
#[derive(Debug)]
#[non_exhaustive]
pub struct Evaluation {
    /// The verdicts, as [`Evaluator`] describes them.
    pub verdicts: RecordBatch,
    /// How many verdicts of each kind each rule came to.
    pub tally: Tally,
    /// What is wrong with rows, the first 200; the names of the columns are line 1, the first row is line 2.
    pub problems: Vec<FigureProblem>,
    /// How many problems there were.
    pub n_problems: u64,
}

impl Evaluator {
    /// An evaluator of some rules, or of all that are judged.
    ///
    /// # Errors
    /// [`Error::UnknownRule`] where an id is not that of a rule, or is that of a check of figures against
    /// each other, which an audit makes.
    pub fn new(program: Arc<Program>, options: Options) -> Result<Evaluator, Error> {
        let all = judged_rules(&program);
        let mut rules = Vec::with_capacity(options.rules.len());
        for id in &options.rules {
            let found = all
                .iter()
                .find(|rule| program.model.rules[**rule].id == *id);
            let found = found.ok_or_else(|| Error::UnknownRule(id.clone()))?;
            if !rules.contains(found) {
                rules.push(*found);
            }
        }
        if options.rules.is_empty() {
            rules = all;
        }
        let schema = output::schema(&program, &rules, &options);
        Ok(Evaluator {
            program,
            options,
            rules,
            schema,
            kept: Arc::default(),
        })
    }

    /// The columns of every batch that [`Evaluator::evaluate`] gives.
    #[must_use]
    pub fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// The rules whose verdicts it says.
    #[must_use]
    pub fn program(&self) -> &Arc<Program> {
        &self.program
    }

    /// Judges the rows of a batch.
    ///
    /// # Errors
    /// Where the batch cannot be judged as columns, and why. Nothing is judged then.
    pub fn evaluate(&self, batch: &RecordBatch) -> Result<RecordBatch, Error> {
        Ok(self.evaluate_in_full(batch)?.verdicts)
    }

    /// Judges the rows of a batch, and says how many came to what, and what is wrong with rows.
    ///
    /// # Errors
    /// As [`Evaluator::evaluate`].
    pub fn evaluate_in_full(&self, batch: &RecordBatch) -> Result<Evaluation, Error> {
        self.evaluate_together(std::slice::from_ref(batch))
    }

    /// Judges the rows of all batches as those of one table, one batch after another. Rules that look at
    /// other rows find them in any of the batches.
    ///
    /// # Errors
    /// As [`Evaluator::evaluate`], and [`Error::Schemas`] where the columns of the batches are not the same.
    pub fn evaluate_together(&self, batches: &[RecordBatch]) -> Result<Evaluation, Error> {
        let n_rows = batches.iter().map(RecordBatch::num_rows).sum();
        let room = || {
            let schema = self.schema();
            Filled::new(&self.program, &self.rules, &self.options, schema, n_rows)
        };
        let table = Batches::new(batches)?;
        if n_rows == 0 {
            return Ok(Evaluation {
                verdicts: room().finish(1)?,
                tally: Tally::default(),
                problems: Vec::new(),
                n_problems: 0,
            });
        }
        let job = Job {
            program: &self.program,
            options: &self.options.clocks,
            rules: &self.rules,
            threads: self.options.threads.max(1),
            fail_fast: false,
            progress: &|_, _, _| {},
        };
        let open = || Ok(Box::new(table.again()) as Box<dyn super::Source>);
        let mut filled = room();
        let ran = match run_after(&self.kept, &job, &open, &mut filled) {
            // Rows that belong together are put together, beside the batch in memory.
            Err(Stop::Rules(_) | Stop::Repeated(_) | Stop::Whole(_)) => {
                filled = room();
                let beside = || Ok(Box::new(InMemory::default()) as Box<dyn Scratch>);
                run_by_body(&job, &open, &beside, &mut filled)
            }
            ran => ran,
        };
        let ran = ran.map_err(|stop| Error::of(stop, &self.program))?;
        Ok(Evaluation {
            verdicts: filled.finish(job.threads)?,
            tally: ran.tally,
            problems: ran.problems,
            n_problems: ran.n_problems,
        })
    }
}

/// Whether a rule comes to one of several outcomes.
fn is_decision(program: &Program, rule: RuleId) -> bool {
    program.model.rules[rule].decision.is_some()
}
