//! Parquet as columns: a group of rows is a part, its pages are unpacked one at a time and decoded
//! straight into the vectors of a block. Columns that nobody asks for are not read, but texts and moments among them
//! are looked at: a cell that is too long, or nothing that can be shown, takes its row with it.

use std::sync::{Arc, Mutex, PoisonError};

use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::metadata::{FooterTail, ParquetMetaData, ParquetMetaDataReader};

use super::columns::{Columns, MOST_ROWS, end};
use super::feed::{Lost, broken, io, read_full};
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
use chunk::Chunk;
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
    /// Bytes that a cell may have.
    most: usize,
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
    if let ParquetError::General(why) = error
        && let Some(said) = why.strip_prefix(SYSTEM)
    {
        return SourceProblem::new(row, SourceProblemKind::Io(said.to_owned()));
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
            most: limits.cell_bytes,
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
            gone: Vec::new(),
            lost: Lost::default(),
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
    /// Rows that were read, and those that the last block was made of.
    read: usize,
    n_last: usize,
    /// Those of them, in order, that are not in the block: how many rows of the block stand before each.
    gone: Vec<u32>,
    lost: Lost,
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
            let described = group.column(column.index);
            if asked.wanted == Wanted::Nothing && !Chunk::may_fault(column.form, described) {
                chunks.push(None);
                continue;
            }
            let window = self.window(column)?;
            chunks.push(Some(Chunk::new(
                column.form,
                described,
                self.n_rows,
                window,
                self.file.most,
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

    /// What a row of the group shows, which is read quickly where it comes behind those that were read before.
    fn exact_row(&mut self, row: usize) -> ParquetResult<Vec<Content>> {
        if self.exact.is_empty() || row < self.exact_at {
            self.open_exact()?;
        }
        let before = row - self.exact_at;
        let mut cells = Vec::with_capacity(self.exact.len());
        for open in &mut self.exact {
            open.skip(before)?;
            cells.push(open.read(1)?.pop().unwrap_or(Content::Absent));
        }
        self.exact_at = row + 1;
        Ok(cells)
    }

    /// The same of rows of those that were read last, in order.
    fn exact_rows(&mut self, rows: &[u32]) -> Result<Vec<Vec<Content>>, SourceProblem> {
        let start = self.read - self.n_last;
        let rows = rows.iter().map(|row| start + *row as usize);
        rows.map(|row| {
            let cells = guarded(|| self.exact_row(row));
            let cells = cells.unwrap_or_else(|| Err(undecoded()));
            cells.map_err(|error| {
                self.exact.clear();
                refused(self.row(row), &error)
            })
        })
        .collect()
    }

    fn row(&self, read: usize) -> u64 {
        self.first + read as u64 + 2
    }

    /// What keeps a cell from being read.
    fn fault(&self, cell: &Content) -> Option<ProblemKind> {
        let limit = self.file.most;
        match cell {
            Content::Text(text) | Content::Number(text, _) if text.len() > limit => {
                let found = text.len();
                Some(ProblemKind::CellTooLong { limit, found })
            }
            Content::NotText => Some(ProblemKind::Parquet(ParquetProblem::NotText)),
            Content::Absent | Content::Text(_) | Content::Number(..) => None,
        }
    }

    fn shown(cell: Content) -> Shown {
        match cell {
            Content::Absent | Content::NotText => Shown::default(),
            Content::Text(text) => Shown::text(text),
            Content::Number(text, _) => Shown::number(text),
        }
    }

    /// Reads the next rows into a block; says how many they were, those that are lost among them.
    fn fill(&mut self, block: &mut Block) -> Result<usize, SourceProblem> {
        self.columns.start(block);
        self.gone.clear();
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
        let lost = self.lose();
        self.columns.finish(block, n - self.gone.len(), first);
        lost?;
        Ok(n)
    }

    /// Takes the rows out of which nothing can be read, and says what is wrong with them.
    fn lose(&mut self) -> Result<(), SourceProblem> {
        let gone = self.columns.faults();
        if gone.is_empty() {
            return Ok(());
        }
        let rows = self.exact_rows(&gone)?;
        for (row, cells) in gone.iter().zip(rows) {
            let row = self.row(self.read - self.n_last + *row as usize);
            let mut cells = (1..).zip(&cells);
            let fault = cells.find_map(|(column, cell)| Some((column, self.fault(cell)?)));
            if let Some((column, kind)) = fault {
                let row = usize::try_from(row).unwrap_or(usize::MAX);
                self.lost.add(&Problem::new(row, column, kind));
            }
        }
        self.columns.remove(&gone);
        self.gone = (0..).zip(gone).map(|(before, row)| row - before).collect();
        Ok(())
    }

    /// The rows of a block among those that it was made of.
    fn places(&self, rows: &[u32]) -> Vec<u32> {
        let gone = |row: u32| end(self.gone.partition_point(|before| *before <= row));
        rows.iter().map(|row| row + gone(*row)).collect()
    }
}

fn undecoded() -> ParquetError {
    ParquetError::General(COLUMN_UNDECODED.to_owned())
}

impl Part for Group {
    fn next(&mut self, block: &mut Block) -> Result<bool, SourceProblem> {
        // Where all of many rows are lost there may be more behind them.
        loop {
            let n = self.fill(block)?;
            if n == 0 || block.n_rows > 0 {
                return Ok(n > 0);
            }
        }
    }

    fn lines(&self, _: &Block, rows: &[u32]) -> Vec<u64> {
        let start = self.read - self.n_last;
        let rows = self.places(rows).into_iter();
        rows.map(|row| self.row(start + row as usize)).collect()
    }

    fn lost(&mut self) -> (u64, Vec<FigureProblem>) {
        self.lost.take()
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
        let n_rows = end(self.n_last - self.gone.len());
        let mut wanted: Vec<u32> = rows.iter().copied().filter(|row| *row < n_rows).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let known = self.exact_rows(&self.places(&wanted))?;
        let known: Vec<Vec<Shown>> = known
            .into_iter()
            .map(|cells| cells.into_iter().map(Group::shown).collect())
            .collect();
        let place = |row: &u32| wanted.binary_search(row).ok();
        let cells = rows.iter().filter_map(place);
        Ok(cells.filter_map(|at| known.get(at).cloned()).collect())
    }
}
