//! Batches of Arrow as a table whose parts are read side by side. Copies what is judged and nothing
//! else; the batches stay as they are.

use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, SchemaRef};

use super::column::{Known, add, cell, first_long, form, has_long};
use super::error::Error;
use crate::bulk::block::{
    Block, NumberedPart, Part, Shown, Source, SourceProblem, SourceProblemKind, Wanted,
};
use crate::bulk::kernel::ROWS;
use crate::bulk::source::broken;
use crate::bulk::source::columns::Columns;
use crate::figures::grid::parquet::column::Form;
use crate::figures::grid::{Limits, ProblemKind};
use crate::message::Message;

/// Rows of a part. Its blocks are as long as what is computed at a time, so that they stay in the near cache.
const PART_ROWS: usize = 8 * ROWS;

/// Batches of one schema, to be judged as one table by [`run`](crate::bulk::run), whatever becomes of the
/// verdicts. To get them as a batch is what [`Evaluator`](super::Evaluator) is for.
///
/// ```
/// use std::sync::Arc;
///
/// use plumbrule::bulk::Source;
/// use plumbrule::bulk::arrow::Batches;
/// use plumbrule::bulk::arrow::arrow_array::{ArrayRef, Float64Array, RecordBatch};
///
/// let share: ArrayRef = Arc::new(Float64Array::from(vec![Some(95.12), None]));
/// let batch = RecordBatch::try_from_iter([("share", share)]).unwrap();
/// let table = Batches::new(&[batch.slice(0, 1), batch.slice(1, 1)]).unwrap();
/// assert_eq!(table.header(), ["share"]);
/// assert_eq!(table.n_rows(), Some(2));
/// ```
#[derive(Debug)]
pub struct Batches {
    table: Arc<Shared>,
    /// The batch and the row of it that are handed out next, the number of the part, and the rows before.
    state: Mutex<(usize, usize, u64, u64)>,
}

#[derive(Debug)]
struct Shared {
    schema: Option<SchemaRef>,
    header: Vec<String>,
    batches: Vec<RecordBatch>,
    /// Of each batch the columns that hold a text which is too long for a cell.
    long: Vec<Vec<bool>>,
    /// Bytes that a cell may have.
    most: usize,
    n_rows: u64,
    n_bytes: u64,
}

impl Batches {
    /// A table of the rows of all batches, one batch after another.
    ///
    /// # Errors
    /// [`Error::Schemas`] where their columns are not the same.
    pub fn new(batches: &[RecordBatch]) -> Result<Batches, Error> {
        let schema = batches.first().map(RecordBatch::schema);
        let described = |schema: &SchemaRef| -> Vec<(String, DataType)> {
            let fields = schema.fields().iter();
            fields
                .map(|field| (field.name().clone(), field.data_type().clone()))
                .collect()
        };
        let expected = schema.as_ref().map(described).unwrap_or_default();
        for (at, batch) in batches.iter().enumerate().skip(1) {
            if described(&batch.schema()) != expected {
                return Err(Error::Schemas(at));
            }
        }
        let n_rows = batches.iter().map(|batch| batch.num_rows() as u64).sum();
        let n_bytes = batches
            .iter()
            .map(|batch| batch.get_array_memory_size() as u64)
            .sum();
        let most = Limits::default().cell_bytes;
        let is_long = |array: &ArrayRef| has_long(array, most);
        let long = batches.iter();
        let long = long.map(|batch| batch.columns().iter().map(is_long).collect());
        let header = expected.into_iter().map(|(name, _)| name).collect();
        Ok(Batches {
            table: Arc::new(Shared {
                schema,
                header,
                batches: batches.to_vec(),
                long: long.collect(),
                most,
                n_rows,
                n_bytes,
            }),
            state: Mutex::default(),
        })
    }

    /// The same table from its first row on, for who reads it twice.
    #[must_use]
    pub fn again(&self) -> Batches {
        Batches {
            table: Arc::clone(&self.table),
            state: Mutex::default(),
        }
    }
}

impl Source for Batches {
    fn header(&self) -> &[String] {
        &self.table.header
    }

    fn n_rows(&self) -> Option<u64> {
        Some(self.table.n_rows)
    }

    fn progress(&self) -> (u64, u64) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (all, read) = (u128::from(self.table.n_rows.max(1)), u128::from(state.3));
        let bytes = u128::from(self.table.n_bytes) * read / all;
        let read = u64::try_from(bytes).unwrap_or(u64::MAX);
        (self.table.n_bytes, read.min(self.table.n_bytes))
    }

    fn next_part(&self, wanted: &[Wanted]) -> Result<Option<NumberedPart>, SourceProblem> {
        let forms = self.table.forms(wanted)?;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (batch, from, at, first) = &mut *state;
        let n_rows = loop {
            match self.table.batches.get(*batch).map(RecordBatch::num_rows) {
                None => return Ok(None),
                Some(n) if *from < n => break n,
                Some(_) => (*batch, *from) = (*batch + 1, 0),
            }
        };
        let to = n_rows.min(*from + PART_ROWS);
        let mut known = Vec::new();
        known.resize_with(forms.len(), Known::default);
        let part = Rows {
            table: Arc::clone(&self.table),
            batch: *batch,
            from: *from,
            to,
            first: *first,
            n_last: 0,
            columns: Columns::new(wanted, forms.len()),
            forms,
            known,
        };
        let number = *at;
        *first += (to - *from) as u64;
        (*from, *at) = (to, number + 1);
        Ok(Some((number, Box::new(part))))
    }
}

impl Shared {
    /// How each column is shown. Only what is asked for has to be of a type that a cell can show.
    fn forms(&self, wanted: &[Wanted]) -> Result<Vec<Option<Form>>, SourceProblem> {
        let Some(schema) = &self.schema else {
            return Ok(Vec::new());
        };
        let asked = wanted
            .iter()
            .copied()
            .chain(std::iter::repeat(Wanted::Nothing));
        let columns = schema.fields().iter().zip(asked);
        columns
            .map(|(field, wanted)| match form(field.data_type()) {
                None if wanted != Wanted::Nothing => Err(SourceProblem::new(
                    1,
                    SourceProblemKind::Broken(
                        Message::new("arrow-type")
                            .with("column", field.name())
                            .with("type", field.data_type().to_string()),
                    ),
                )),
                form => Ok(form),
            })
            .collect()
    }

    fn not_text(&self, column: usize, row: u64) -> SourceProblem {
        let name = self.header.get(column).map_or("", String::as_str);
        SourceProblem::new(
            row + 2,
            SourceProblemKind::Broken(Message::new("arrow-not-text").with("column", name)),
        )
    }
}

/// Rows of one batch that stand together.
struct Rows {
    table: Arc<Shared>,
    batch: usize,
    /// The row of the batch that comes next, and the one behind the last.
    from: usize,
    to: usize,
    /// The number of the next row in the table.
    first: u64,
    /// Rows of the last block.
    n_last: usize,
    columns: Columns,
    forms: Vec<Option<Form>>,
    known: Vec<Known>,
}

impl Rows {
    fn arrays(&self) -> &[ArrayRef] {
        let batch = self.table.batches.get(self.batch);
        batch.map_or(&[], RecordBatch::columns)
    }
}

impl Part for Rows {
    fn next(&mut self, block: &mut Block) -> Result<bool, SourceProblem> {
        self.columns.start(block);
        let n = ROWS.min(self.to - self.from);
        let table = Arc::clone(&self.table);
        let arrays = table
            .batches
            .get(self.batch)
            .map_or(&[][..], RecordBatch::columns);
        let columns = self.columns.0.iter_mut().zip(&mut self.known);
        let columns = columns.zip(arrays).zip(&self.forms).enumerate();
        let long = table.long.get(self.batch).map_or(&[][..], Vec::as_slice);
        let mut failed = None;
        for (at, (((column, known), array), form)) in columns {
            if n == 0 || column.wanted == Wanted::Nothing {
                continue;
            }
            let Some(form) = form else { continue };
            let array = array.slice(self.from, n);
            let is_long = long.get(at).is_some_and(|is_long| *is_long);
            if let Some((row, found)) = is_long.then(|| first_long(&array, table.most)).flatten() {
                let limit = table.most;
                let kind = ProblemKind::CellTooLong { limit, found };
                failed = Some(broken(self.first + u64::from(row) + 2, kind));
                break;
            }
            if let Err(row) = add(&array, *form, known, column) {
                failed = Some(self.table.not_text(at, self.first + u64::from(row)));
                break;
            }
        }
        let first = self.first;
        if let Some(problem) = failed {
            self.columns.truncate(0);
            self.columns.finish(block, 0, first);
            (self.from, self.n_last) = (self.to, 0);
            return Err(problem);
        }
        self.columns.finish(block, n, first);
        (self.from, self.n_last) = (self.from + n, n);
        self.first += n as u64;
        Ok(n > 0)
    }

    fn cells(&mut self, rows: &[u32]) -> Result<Vec<Vec<Shown>>, SourceProblem> {
        let start = self.from - self.n_last;
        let first = self.first - self.n_last as u64;
        let rows = rows.iter().map(|row| *row as usize);
        rows.filter(|row| *row < self.n_last)
            .map(|row| {
                let cells = self.arrays().iter().zip(&self.forms).enumerate();
                cells
                    .map(|(at, (array, form))| match form {
                        None => Ok(Shown::default()),
                        Some(form) => cell(array, *form, start + row)
                            .map_err(|_| self.table.not_text(at, first + row as u64)),
                    })
                    .collect()
            })
            .collect()
    }
}
