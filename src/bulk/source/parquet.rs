//! Parquet as columns: a group of rows is a part, its pages are unpacked one at a time and decoded
//! straight into the vectors of a block. Columns that nobody asks for are not read.

use std::sync::{Arc, Mutex, PoisonError};

use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::metadata::{FooterTail, ParquetMetaData, ParquetMetaDataReader};

use super::columns::{Columns, MOST_ROWS};
use super::feed::{broken, io, read_full};
use crate::bulk::block::{
    Block, Bytes, NumberedPart, Part, Shown, Source, SourceProblem, SourceProblemKind, Wanted,
};
use crate::figures::grid::parquet::column::{Column as Described, Content, Open};
use crate::figures::grid::parquet::{
    COLUMN_UNDECODED, ParquetProblem, TOO_LONG, UNDECODED, columns,
};
use crate::figures::grid::{Limits, Problem, ProblemKind};
use crate::figures::{FigureProblem, table_problem};
use crate::guard::guarded;
use chunk::{Chunk, NOT_TEXT};
use window::{SYSTEM, Window};

mod chunk;
mod hybrid;
pub(in crate::bulk) mod values;
mod window;

/// Rows that a file may have whatever its size, and for each of its bytes: runs of one value may
/// declare any number of them.
const ROWS_OF_ANY: u64 = 1 << 24;
const ROWS_A_BYTE: u64 = 1 << 10;

/// A file of columns.
pub(super) struct Columnar(Arc<File>);

struct File {
    bytes: Arc<dyn Bytes>,
    size: u64,
    metadata: ParquetMetaData,
    described: Vec<Described>,
    /// Why columns are left out.
    left_out: Vec<ParquetProblem>,
    header: Vec<String>,
    n_rows: u64,
    /// The group that is handed out next, the rows before it, and its bytes.
    state: Mutex<(usize, u64, u64)>,
}

fn problem(row: u64, kind: ParquetProblem) -> SourceProblem {
    broken(row, ProblemKind::Parquet(kind))
}

fn malformed(why: &str) -> SourceProblem {
    let why = why.to_owned();
    problem(1, ParquetProblem::Malformed { why })
}

/// What the library says, of a row; the names of the columns are row 1.
fn refused(row: u64, error: &ParquetError) -> SourceProblem {
    if let ParquetError::General(why) = error {
        if let Some(said) = why.strip_prefix(SYSTEM) {
            return SourceProblem::new(row, SourceProblemKind::Io(said.to_owned()));
        }
        if why == NOT_TEXT {
            return problem(row, ParquetProblem::NotText);
        }
    }
    problem(row, ParquetProblem::of(error))
}

impl Columnar {
    /// Reads the description at the end of a file.
    pub(super) fn open(bytes: Arc<dyn Bytes>, limits: &Limits) -> Result<Columnar, SourceProblem> {
        let size = bytes.size().map_err(|error| io(&error))?;
        let metadata = metadata(&*bytes, size)?;
        let (described, left_out) = columns(&metadata);
        let header: Vec<String> = described.iter().map(|column| column.name.clone()).collect();
        if header.len() > limits.columns {
            let (limit, found) = (limits.columns, header.len());
            return Err(broken(1, ProblemKind::TooManyColumns { limit, found }));
        }
        let groups = metadata.row_groups().iter();
        let rows = groups.map(|group| u64::try_from(group.num_rows()).unwrap_or(u64::MAX));
        let n_rows = rows.fold(0, u64::saturating_add);
        let limit = size.saturating_mul(ROWS_A_BYTE).max(ROWS_OF_ANY);
        if n_rows > limit {
            let place = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
            let (limit, found) = (place(limit), place(n_rows));
            return Err(problem(1, ParquetProblem::TooManyRows { limit, found }));
        }
        Ok(Columnar(Arc::new(File {
            bytes,
            size,
            metadata,
            described,
            left_out,
            header,
            n_rows,
            state: Mutex::new((0, 0, 0)),
        })))
    }
}

fn metadata(bytes: &dyn Bytes, size: u64) -> Result<ParquetMetaData, SourceProblem> {
    let mut tail = [0; 8];
    let start = size
        .checked_sub(8)
        .ok_or_else(|| malformed("the file is shorter than its end"))?;
    read_full(bytes, start, &mut tail)?;
    let tail = FooterTail::try_new(&tail).map_err(|error| refused(1, &error))?;
    if tail.is_encrypted_footer() {
        return Err(problem(1, ParquetProblem::Encrypted));
    }
    let length = tail.metadata_length();
    let from = start
        .checked_sub(length as u64)
        .ok_or_else(|| malformed(TOO_LONG))?;
    let mut described = vec![0; length];
    let n_read = read_full(bytes, from, &mut described)?;
    described.truncate(n_read);
    let decoded = guarded(|| ParquetMetaDataReader::decode_metadata(&described));
    let decoded = decoded.ok_or_else(|| malformed(UNDECODED))?;
    decoded.map_err(|error| refused(1, &error))
}

impl Source for Columnar {
    fn header(&self) -> &[String] {
        &self.0.header
    }

    fn n_rows(&self) -> Option<u64> {
        Some(self.0.n_rows)
    }

    fn progress(&self) -> (u64, u64) {
        let state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        (self.0.size, state.2.min(self.0.size))
    }

    fn next_part(&self, wanted: &[Wanted]) -> Result<Option<NumberedPart>, SourceProblem> {
        let file = &self.0;
        let mut state = file.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (group, first, _) = *state;
        let Some(described) = file.metadata.row_groups().get(group) else {
            return Ok(None);
        };
        let n_rows = u64::try_from(described.num_rows()).unwrap_or(0);
        state.0 += 1;
        state.1 += n_rows;
        let size = u64::try_from(described.compressed_size()).unwrap_or(0);
        state.2 = state.2.saturating_add(size);
        drop(state);
        let mut part = Group {
            file: Arc::clone(file),
            group,
            first,
            n_rows: usize::try_from(n_rows).unwrap_or(usize::MAX),
            read: 0,
            n_last: 0,
            columns: Columns::new(wanted, file.described.len()),
            chunks: Vec::new(),
            exact: Vec::new(),
            exact_at: 0,
        };
        part.open().map_err(|error| refused(first + 2, &error))?;
        Ok(Some((group as u64, Box::new(part))))
    }
}

/// A group of rows.
struct Group {
    file: Arc<File>,
    group: usize,
    /// The number of its first row.
    first: u64,
    n_rows: usize,
    /// Rows that were read, and those of the last block.
    read: usize,
    n_last: usize,
    columns: Columns,
    /// The pages of the columns that are asked for.
    chunks: Vec<Option<Chunk>>,
    /// The cells of all columns as texts, once somebody asked, and the row that comes next.
    exact: Vec<Open>,
    exact_at: usize,
}

impl Group {
    fn window(&self, column: &Described) -> ParquetResult<Window> {
        let chunk = self
            .file
            .metadata
            .row_group(self.group)
            .column(column.index);
        let range = guarded(|| chunk.byte_range());
        let range = range.ok_or_else(undecoded)?;
        Window::new(&self.file.bytes, self.file.size, range)
    }

    fn open(&mut self) -> ParquetResult<()> {
        let group = self.file.metadata.row_group(self.group);
        let mut chunks = Vec::with_capacity(self.file.described.len());
        for (column, asked) in self.file.described.iter().zip(&self.columns.0) {
            if asked.wanted == Wanted::Nothing {
                chunks.push(None);
                continue;
            }
            let window = self.window(column)?;
            let described = group.column(column.index);
            chunks.push(Some(Chunk::new(
                column.form,
                described,
                self.n_rows,
                window,
            )?));
        }
        self.chunks = chunks;
        Ok(())
    }

    fn read(&mut self, n: usize) -> ParquetResult<()> {
        for (column, chunk) in self.columns.0.iter_mut().zip(&mut self.chunks) {
            if let Some(chunk) = chunk {
                chunk.read(column, n)?;
            }
        }
        Ok(())
    }

    /// Opens the columns as the reader of figures reads them, at the start of the group.
    fn open_exact(&mut self) -> ParquetResult<()> {
        self.exact.clear();
        self.exact_at = 0;
        let group = self.file.metadata.row_group(self.group);
        for column in &self.file.described {
            let window = self.window(column)?;
            let chunk = group.column(column.index);
            let open = Open::over(column.form, chunk, self.n_rows, window)?;
            self.exact.push(open);
        }
        Ok(())
    }

    /// The cells of a row of the group, which comes behind those that were read before.
    fn exact_row(&mut self, row: usize) -> ParquetResult<Vec<Shown>> {
        if self.exact.is_empty() || row < self.exact_at {
            self.open_exact()?;
        }
        let before = row - self.exact_at;
        let mut cells = Vec::with_capacity(self.exact.len());
        for open in &mut self.exact {
            open.skip(before)?;
            cells.push(match open.read(1)?.pop() {
                None | Some(Content::Absent) => Shown::default(),
                Some(Content::Text(text)) => Shown::text(text),
                Some(Content::Number(text, _)) => Shown::number(text),
                Some(Content::NotText) => return Err(ParquetError::General(NOT_TEXT.to_owned())),
            });
        }
        self.exact_at = row + 1;
        Ok(cells)
    }

    fn row(&self, read: usize) -> u64 {
        self.first + read as u64 + 2
    }
}

fn undecoded() -> ParquetError {
    ParquetError::General(COLUMN_UNDECODED.to_owned())
}

impl Part for Group {
    fn next(&mut self, block: &mut Block) -> Result<bool, SourceProblem> {
        self.columns.start(block);
        let n = MOST_ROWS.min(self.n_rows - self.read);
        let read = match n {
            0 => Some(Ok(())),
            _ => guarded(|| self.read(n)),
        };
        if let Err(error) = read.unwrap_or_else(|| Err(undecoded())) {
            let row = self.row(self.read);
            self.columns.truncate(0);
            self.columns.finish(block, 0, self.first);
            (self.read, self.n_last) = (self.n_rows, 0);
            return Err(refused(row, &error));
        }
        let first = self.first + self.read as u64;
        (self.read, self.n_last) = (self.read + n, n);
        self.columns.finish(block, n, first);
        Ok(n > 0)
    }

    fn ends_file(&self) -> bool {
        self.group + 1 == self.file.metadata.num_row_groups()
    }

    fn told(&self) -> Vec<FigureProblem> {
        let left_out = self.file.left_out.iter().filter(|_| self.group == 0);
        let problem =
            |kind: &ParquetProblem| Problem::new(1, 0, ProblemKind::Parquet(kind.clone()));
        left_out
            .map(|kind| table_problem("", &problem(kind)))
            .collect()
    }

    /// Reads the rows once more; asked in order and once a block, each page is unpacked once more.
    fn cells(&mut self, rows: &[u32]) -> Result<Vec<Vec<Shown>>, SourceProblem> {
        let start = self.read - self.n_last;
        let mut wanted: Vec<usize> = rows.iter().map(|row| *row as usize).collect();
        wanted.retain(|row| *row < self.n_last);
        wanted.sort_unstable();
        wanted.dedup();
        let mut known = Vec::with_capacity(wanted.len());
        for row in &wanted {
            let cells = guarded(|| self.exact_row(start + row));
            let cells = cells.unwrap_or_else(|| Err(undecoded()));
            known.push(cells.map_err(|error| {
                self.exact.clear();
                refused(self.row(start + row), &error)
            })?);
        }
        let place = |row: &u32| wanted.binary_search(&(*row as usize)).ok();
        let cells = rows.iter().filter_map(place);
        Ok(cells.filter_map(|at| known.get(at).cloned()).collect())
    }
}
