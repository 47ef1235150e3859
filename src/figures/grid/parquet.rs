//! Columns of a Parquet file as records of cells: bytes go in, a header of the names of its columns
//! and one record a row come out. Reads one group of rows at a time. Never rounds a number.

use std::sync::Arc;

use parquet::errors::ParquetError;
use parquet::file::metadata::{FooterTail, ParquetMetaData, ParquetMetaDataReader};

use super::{Cell, Grid, Limits, Problem, ProblemKind, Record};
use crate::guard::guarded;
use column::{Column, Content, Form, Open};
use pages::Budget;

pub(crate) mod column;
pub(crate) mod pages;
pub(crate) use pages::unpacked_size;

/// The first bytes of such a file; other four where its end is encrypted.
pub(super) const MAGIC: [&[u8]; 2] = [b"PAR1", b"PARE"];

/// Rows that are decoded at a time.
const BATCH: usize = 1024;

/// What is wrong with a Parquet file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParquetProblem {
    /// It is encrypted.
    Encrypted,
    /// Its bytes are not what the format asks for.
    Malformed {
        /// What the decoder says, in English.
        why: String,
    },
    /// It declares more rows than allowed.
    TooManyRows {
        /// Rows allowed.
        limit: usize,
        /// Rows declared.
        found: usize,
    },
    /// It unpacks to more than allowed.
    Unpacks {
        /// Bytes allowed.
        limit: usize,
    },
    /// A column holds lists or structures; it is left out.
    Nested {
        /// Its name.
        column: String,
    },
    /// A column holds what no cell can show; it is left out.
    Unreadable {
        /// Its name.
        column: String,
        /// Its type, as the format names it.
        kind: String,
    },
    /// A cell holds bytes that are no text in UTF-8.
    NotText,
}

/// What is found here and not by the library, which takes and gives texts alone.
pub(crate) const TOO_LONG: &str = "its description is longer than the file";
pub(crate) const UNDECODED: &str = "its description cannot be decoded";
pub(crate) const COLUMN_UNDECODED: &str = "the bytes of a column cannot be decoded";
pub(crate) const COLUMN_SHORT: &str = "a column has fewer values than the file has rows";

/// The key of the sentence of a reason that is found here; none for the words of the library.
pub(crate) fn reason_key(why: &str) -> Option<&'static str> {
    match why {
        TOO_LONG => Some("parquet-too-long"),
        UNDECODED => Some("parquet-undecoded"),
        COLUMN_UNDECODED => Some("parquet-column-undecoded"),
        COLUMN_SHORT => Some("parquet-column-short"),
        _ => None,
    }
}

impl ParquetProblem {
    pub(super) fn is_warning(&self) -> bool {
        matches!(self, Self::Nested { .. } | Self::Unreadable { .. })
    }

    pub(crate) fn of(error: &ParquetError) -> ParquetProblem {
        let why = match error {
            ParquetError::General(why) | ParquetError::EOF(why) | ParquetError::NYI(why) => {
                why.clone()
            }
            other => other.to_string(),
        };
        match pages::limit_in(&why) {
            Some(limit) => ParquetProblem::Unpacks { limit },
            None if why.contains("ncrypt") => ParquetProblem::Encrypted,
            None => ParquetProblem::Malformed {
                why: why.chars().take(160).collect(),
            },
        }
    }
}

fn problem(line: usize, column: usize, kind: ParquetProblem) -> Problem {
    Problem::new(line, column, ProblemKind::Parquet(kind))
}

/// Opens a file: its one sheet has a column for each flat column.
pub(super) fn open<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Grid<'a>, Problem> {
    let metadata = metadata(bytes).map_err(|kind| problem(1, 1, kind))?;
    let declared = usize::try_from(metadata.file_metadata().num_rows()).unwrap_or(usize::MAX);
    if declared > limits.rows {
        let kind = ParquetProblem::TooManyRows {
            limit: limits.rows,
            found: declared,
        };
        return Err(problem(1, 1, kind));
    }
    let (columns, left_out) = columns(&metadata);
    let cells = columns.iter().zip(1..);
    let header = Record {
        line: 1,
        cells: cells
            .map(|(column, number)| Cell::of(column.name.clone(), 1, number))
            .collect(),
    };
    let left_out = left_out.into_iter().map(|kind| Err(problem(1, 0, kind)));
    let rows = Rows {
        bytes,
        metadata,
        columns,
        open: Vec::new(),
        cells: Vec::new(),
        n_ready: 0,
        group: 0,
        left: 0,
        // The names of the columns are row 1, as in a sheet.
        line: 2,
        budget: Arc::new(Budget::new(limits.unpacked_bytes)),
        cell_bytes: limits.cell_bytes,
    };
    Ok(Grid {
        header: Some((1, header.cells.len())),
        sheet: None,
        delimiter: None,
        records: Box::new(std::iter::once(Ok(header)).chain(left_out).chain(rows)),
    })
}

/// The columns that can be read, in order, and why others are left out.
pub(crate) fn columns(metadata: &ParquetMetaData) -> (Vec<Column>, Vec<ParquetProblem>) {
    let (mut columns, mut left_out): (Vec<Column>, Vec<ParquetProblem>) = (Vec::new(), Vec::new());
    for (index, described) in metadata
        .file_metadata()
        .schema_descr()
        .columns()
        .iter()
        .enumerate()
    {
        let path = described.path().parts();
        let name = path.first().cloned().unwrap_or_default();
        let kind = if path.len() > 1 || described.max_rep_level() > 0 {
            ParquetProblem::Nested { column: name }
        } else {
            match Form::of(described) {
                Ok(form) => {
                    columns.push(Column { index, name, form });
                    continue;
                }
                Err(kind) => ParquetProblem::Unreadable { column: name, kind },
            }
        };
        // The parts of one structure are told once.
        if left_out.last() != Some(&kind) {
            left_out.push(kind);
        }
    }
    (columns, left_out)
}

fn metadata(bytes: &[u8]) -> Result<ParquetMetaData, ParquetProblem> {
    let malformed = |why: &str| ParquetProblem::Malformed {
        why: why.to_owned(),
    };
    let (body, tail) = bytes
        .split_last_chunk::<8>()
        .ok_or_else(|| malformed("the file is shorter than its end"))?;
    let tail = FooterTail::try_new(tail).map_err(|error| ParquetProblem::of(&error))?;
    if tail.is_encrypted_footer() || bytes.starts_with(b"PARE") {
        return Err(ParquetProblem::Encrypted);
    }
    let start = body
        .len()
        .checked_sub(tail.metadata_length())
        .ok_or_else(|| malformed(TOO_LONG))?;
    let described = body.get(start..).unwrap_or_default();
    let decoded = guarded(|| ParquetMetaDataReader::decode_metadata(described));
    let decoded = decoded.ok_or_else(|| malformed(UNDECODED))?;
    decoded.map_err(|error| ParquetProblem::of(&error))
}

/// The rows of a file.
struct Rows<'a> {
    bytes: &'a [u8],
    metadata: ParquetMetaData,
    columns: Vec<Column>,
    /// The columns of the group that is read.
    open: Vec<Open>,
    /// Decoded cells of each column, the next one last.
    cells: Vec<Vec<Content>>,
    /// Decoded rows.
    n_ready: usize,
    /// The group that is opened next.
    group: usize,
    /// Rows of the open group that are not decoded yet.
    left: usize,
    /// The number of the row that comes next.
    line: usize,
    budget: Arc<Budget>,
    cell_bytes: usize,
}

impl Rows<'_> {
    /// Opens the next group of rows; says whether there was one.
    fn open_group(&mut self) -> Result<bool, ParquetError> {
        self.open.clear();
        if self.group >= self.metadata.num_row_groups() {
            return Ok(false);
        }
        let group = self.metadata.row_group(self.group);
        self.group += 1;
        self.left = usize::try_from(group.num_rows()).unwrap_or(0);
        for column in &self.columns {
            let chunk = group.column(column.index);
            let open = Open::new(column, chunk, self.left, self.bytes, &self.budget)?;
            self.open.push(open);
        }
        Ok(true)
    }

    /// Decodes the next rows, however broken their bytes are.
    fn decode_guarded(&mut self) -> Result<(), ParquetError> {
        guarded(|| self.decode())
            .unwrap_or_else(|| Err(ParquetError::General(COLUMN_UNDECODED.to_owned())))
    }

    /// Decodes the next rows; none are left where none are ready after it.
    fn decode(&mut self) -> Result<(), ParquetError> {
        while self.left == 0 {
            if !self.open_group()? {
                return Ok(());
            }
        }
        let wanted = self.left.min(BATCH);
        self.cells.clear();
        for open in &mut self.open {
            let mut cells = open.read(wanted)?;
            if cells.len() != wanted {
                return Err(ParquetError::General(COLUMN_SHORT.to_owned()));
            }
            cells.reverse();
            self.cells.push(cells);
        }
        self.left -= wanted;
        self.n_ready = wanted;
        Ok(())
    }

    fn record(&mut self) -> Result<Record, Problem> {
        let line = self.line;
        self.line += 1;
        self.n_ready -= 1;
        let mut record = Record {
            line,
            cells: Vec::with_capacity(self.cells.len()),
        };
        let mut fault = None;
        for (number, cells) in (1..).zip(&mut self.cells) {
            let cell = match cells.pop().unwrap_or(Content::Absent) {
                Content::Absent => Cell::of("", line, number),
                Content::Text(text) => Cell::of(text, line, number),
                Content::Number(text, held) => Cell {
                    held: Some(held),
                    ..Cell::of(text, line, number)
                },
                Content::NotText => {
                    fault.get_or_insert((number, ProblemKind::Parquet(ParquetProblem::NotText)));
                    continue;
                }
            };
            if cell.text.len() > self.cell_bytes {
                let kind = ProblemKind::CellTooLong {
                    limit: self.cell_bytes,
                    found: cell.text.len(),
                };
                fault.get_or_insert((number, kind));
            }
            record.cells.push(cell);
        }
        match fault {
            Some((column, kind)) => Err(Problem::new(line, column, kind)),
            None => Ok(record),
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Record, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.n_ready == 0
            && let Err(error) = self.decode_guarded()
        {
            let kind = ParquetProblem::of(&error);
            let found = problem(self.line, 0, kind);
            if matches!(
                &found.kind,
                ProblemKind::Parquet(ParquetProblem::Unpacks { .. })
            ) {
                self.group = usize::MAX;
            }
            // What is left of the group cannot be put together; the next group can.
            self.line += self.left;
            self.left = 0;
            return Some(Err(found));
        }
        (self.n_ready > 0).then(|| self.record())
    }
}
