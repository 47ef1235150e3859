//! Delimited text as columns: chunks that end where a record ends go in, blocks come out. Chunks are
//! cut under a lock and read outside of it. What is not plain is read as the reader of figures does.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::columns::{Column, Columns, MOST_ROWS, end, is_blank};
use super::feed::{Chunk, Feed, Lost, Text, broken};
use super::number;
use crate::bulk::block::{
    Block, NumberedPart, Part, Shown, Source, SourceProblem, SourceProblemKind, Wanted,
};
use crate::bulk::wide::wide;
use crate::figures::grid::delimited::{Again, Cut, may_be_kept, shown};
use crate::figures::grid::{Cell, Limits, Problem, ProblemKind, Record};
use crate::figures::{FigureProblem, sentence};

mod ends;
mod plain;
mod rows;

use ends::Ends;
use plain::Plain;
use rows::Rules;

/// A delimited text.
pub(super) struct Csv(Arc<Table>);

struct Table {
    text: Text,
    cut: Cut,
    rules: Rules,
    limits: Limits,
    state: Mutex<State>,
}

struct State {
    feed: Feed,
    n_parts: u64,
    n_rows: u64,
    /// Buffers of parts that were read.
    spare: Vec<Vec<u8>>,
}

impl Csv {
    /// Reads a text whose first lines were cut before.
    pub(super) fn open(text: Text, cut: Cut, limits: &Limits) -> Result<Csv, SourceProblem> {
        let mut feed = Feed::new(text.clone())?;
        feed.skip(cut.rows)?;
        Ok(Csv(Arc::new(Table {
            rules: Rules::new(cut.delimiter, cut.has_remarks),
            text,
            cut,
            limits: *limits,
            state: Mutex::new(State {
                feed,
                n_parts: 0,
                n_rows: 0,
                spare: Vec::new(),
            }),
        })))
    }
}

impl Table {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Source for Csv {
    fn header(&self) -> &[String] {
        &self.0.cut.names
    }

    fn n_rows(&self) -> Option<u64> {
        None
    }

    fn has_text_above(&self) -> bool {
        self.0.cut.has_above
    }

    fn is_delimited(&self) -> bool {
        true
    }

    fn progress(&self) -> (u64, u64) {
        self.0.state().feed.progress()
    }

    fn next_part(&self, wanted: &[Wanted]) -> Result<Option<NumberedPart>, SourceProblem> {
        let mut state = self.0.state();
        let buffer = state.spare.pop().unwrap_or_default();
        let cut = |text: &[u8], is_last: bool| self.0.rules.cut(text, is_last);
        let Some(chunk) = state.feed.next(buffer, &cut)? else {
            return Ok(None);
        };
        let (number, first) = (state.n_parts, state.n_rows);
        state.n_parts += 1;
        state.n_rows += chunk.n_rows;
        drop(state);
        let text = chunk.text();
        let is_doubtful = !is_plain(text) && is_odd(text);
        Ok(Some((
            number,
            Box::new(CsvPart {
                columns: Columns::new(wanted, self.0.cut.names.len()),
                table: Arc::clone(&self.0),
                chunk,
                at: 0,
                first,
                is_first: number == 0,
                starts: Vec::new(),
                ends: Ends::default(),
                is_doubtful,
                problem: None,
                lost: Lost::default(),
            }),
        )))
    }
}

/// Whether a text has no byte but those of ASCII, and no zero.
fn is_plain(text: &[u8]) -> bool {
    wide(
        #[inline(always)]
        || {
            text.iter()
                .fold(true, |is_plain, byte| is_plain & matches!(byte, 1..=0x7F))
        },
    )
}

/// Whether a text has a byte that is no text, or stands for a character that was lost: found with its place.
fn is_odd(text: &[u8]) -> bool {
    memchr::memchr(0, text).is_some()
        || memchr::memmem::find(text, "\u{FFFD}".as_bytes()).is_some()
        || std::str::from_utf8(text).is_err()
}

struct CsvPart {
    table: Arc<Table>,
    chunk: Chunk,
    columns: Columns,
    /// The byte at which reading goes on.
    at: usize,
    /// The number of the row that comes next.
    first: u64,
    /// Whether it is the first part of its text.
    is_first: bool,
    /// Where the rows of the block start.
    starts: Vec<u32>,
    ends: Ends,
    /// Whether each record is read as the reader of figures does.
    is_doubtful: bool,
    /// What stops the next block.
    problem: Option<SourceProblem>,
    lost: Lost,
}

impl Drop for CsvPart {
    fn drop(&mut self) {
        let buffer = std::mem::take(&mut self.chunk.bytes);
        let mut state = self.table.state();
        if state.spare.len() < 64 {
            state.spare.push(buffer);
        }
    }
}

impl Part for CsvPart {
    fn next(&mut self, block: &mut Block) -> Result<bool, SourceProblem> {
        if let Some(problem) = self.problem.take() {
            self.at = self.chunk.length;
            return Err(problem);
        }
        self.columns.start(block);
        self.starts.clear();
        let table = Arc::clone(&self.table);
        let mut n_rows = 0;
        while n_rows < MOST_ROWS {
            let text = self.chunk.text();
            let Some(start) = table.rules.next_row(text, self.at) else {
                self.at = self.chunk.length;
                break;
            };
            let delimiter = table.cut.delimiter;
            let most = table.limits.cell_bytes;
            let columns = &mut self.columns;
            if self.chunk.is_plain && !self.is_doubtful {
                let plain = Plain {
                    bytes: self.chunk.padded(),
                    delimiter,
                    most,
                    room: MOST_ROWS - n_rows,
                };
                let into = (&mut self.ends, columns);
                match plain.rows(start, &table.rules, into, &mut self.starts) {
                    Some(next) => {
                        self.at = next.min(self.chunk.length);
                        n_rows = self.starts.len();
                        continue;
                    }
                    None => self.columns.truncate(n_rows),
                }
            }
            let columns = &mut self.columns;
            let bytes = &self.chunk.bytes;
            let quick = match self.is_doubtful || self.chunk.is_plain {
                true => None,
                false => quick_row(bytes, start, columns, (delimiter, most), n_rows),
            };
            self.at = match quick {
                Some(next) => next.min(self.chunk.length),
                None => {
                    self.columns.truncate(n_rows);
                    match self.exact_row(start, n_rows) {
                        Ok(Some(next)) => next,
                        Ok(None) => {
                            self.columns.truncate(n_rows);
                            continue;
                        }
                        Err(problem) => {
                            self.columns.truncate(n_rows);
                            self.problem = Some(problem);
                            break;
                        }
                    }
                }
            };
            self.starts.push(end(start));
            n_rows += 1;
        }
        self.columns.finish(block, n_rows, self.first);
        self.first += n_rows as u64;
        match self.problem.take_if(|_| n_rows == 0) {
            Some(problem) => {
                self.at = self.chunk.length;
                Err(problem)
            }
            None => Ok(n_rows > 0),
        }
    }

    fn cells(&mut self, rows: &[u32]) -> Result<Vec<Vec<Shown>>, SourceProblem> {
        let mut again = Again::new(self.chunk.text(), &self.table.cut, &self.table.limits);
        let starts = rows.iter().filter_map(|row| self.starts.get(*row as usize));
        let cells = starts.map(|start| {
            let start = *start as usize;
            let (record, _) = self.record(&mut again, start)?;
            let record = record.map_err(|problem| self.problem_at(start, problem.kind))?;
            Ok(record.cells.into_iter().map(Shown::from).collect())
        });
        cells.collect()
    }

    fn told(&self) -> Vec<FigureProblem> {
        self.table.text.told(self.is_first)
    }

    fn ends_file(&self) -> bool {
        self.chunk.is_last
    }

    fn lost(&mut self) -> (u64, Vec<FigureProblem>) {
        self.lost.take()
    }

    fn lines(&self, _: &Block, rows: &[u32]) -> Vec<u64> {
        let starts = rows.iter().filter_map(|row| self.starts.get(*row as usize));
        self.chunk.lines_at(starts.map(|start| *start as usize))
    }
}

impl CsvPart {
    /// Reads the record that starts at a byte as the reader of figures does, and says where the next one starts. One
    /// that it refuses loses no other.
    fn record(
        &self,
        again: &mut Again<'_>,
        start: usize,
    ) -> Result<(Result<Record, Problem>, usize), SourceProblem> {
        let expected = self.table.cut.names.len();
        let Some((record, next)) = again.record(start) else {
            return Err(self.problem_at(start, ProblemKind::UnclosedQuote));
        };
        match record {
            Ok(record) if record.cells.len() == expected => Ok((Ok(record), next)),
            // Quotation marks around line breaks alone, or a note such as `Note: preliminary`: the reader of
            // figures passes over both, however many blank cells they have.
            Ok(mut record) if record.is_blank() || is_note(&record) => {
                record.cells.resize(expected, Cell::of("", 1, 1));
                Ok((Ok(record), next))
            }
            Ok(record) => {
                let found = record.cells.len();
                let kind = ProblemKind::WrongFieldCount { expected, found };
                Ok((Err(Problem::new(1, 1, kind)), next))
            }
            Err(problem) if problem.kind == ProblemKind::UnclosedQuote => {
                Err(self.problem_at(start, problem.kind))
            }
            Err(problem) => Ok((Err(problem), next)),
        }
    }

    fn problem_at(&self, start: usize, kind: ProblemKind) -> SourceProblem {
        broken(self.chunk.line_at(start), self.in_file(kind))
    }

    /// A problem with its place in the file.
    fn in_file(&self, mut kind: ProblemKind) -> ProblemKind {
        if let ProblemKind::Undecodable { encoding, byte } = &mut kind {
            *encoding = self.table.text.encoding;
            // Bytes of the chunk are bytes of the file in UTF-8 alone.
            let is_utf8 = self.table.text.encoding.decoder().is_none();
            let in_file = |byte: usize| usize::try_from(self.chunk.at).ok()?.checked_add(byte);
            *byte = byte.filter(|_| is_utf8).and_then(in_file);
        }
        kind
    }

    /// Reads a record into the columns, and says where the next one starts; none where it was refused, and reading
    /// goes on behind it.
    fn exact_row(&mut self, start: usize, n_rows: usize) -> Result<Option<usize>, SourceProblem> {
        let mut again = Again::new(self.chunk.text(), &self.table.cut, &self.table.limits);
        let (record, next) = self.record(&mut again, start)?;
        let record = match record {
            Ok(record) => record,
            Err(problem) => {
                let line = usize::try_from(self.chunk.line_at(start)).unwrap_or(usize::MAX);
                let kind = self.in_file(problem.kind);
                let column = problem.place.column;
                self.lost.add(&Problem::new(line, column, kind));
                self.at = next;
                return Ok(None);
            }
        };
        for (column, cell) in self.columns.0.iter_mut().zip(&record.cells) {
            column.text(end(n_rows), cell.text.as_bytes());
        }
        Ok(Some(next))
    }
}

/// Whether a record is one text that may be a note; without a colon it may be a row that was cut off.
fn is_note(record: &Record) -> bool {
    let mut cells = record.cells.iter();
    let has_colon = |cell: &Cell| cell.text.contains([':', '\u{FF1A}']);
    cells.next().is_some_and(has_colon) && cells.all(Cell::is_blank)
}

/// Reads a record of plain cells into the columns, and says where it ends; nothing where it is to be
/// read with more care.
#[inline]
fn quick_row(
    bytes: &[u8],
    start: usize,
    columns: &mut Columns,
    (delimiter, most): (u8, usize),
    row: usize,
) -> Option<usize> {
    let mut at = start;
    let mut rest = columns.0.iter_mut();
    let mut column = rest.next()?;
    loop {
        let ends = |at: usize| match bytes.get(at) {
            Some(byte) => *byte == delimiter || *byte == b'\n' || *byte == b'\r',
            None => false,
        };
        let mut quick = None;
        if column.wanted == Wanted::Numbers {
            quick = number::quick(bytes, at).filter(|(_, end)| ends(*end));
        }
        let behind = match quick {
            Some((value, behind)) => {
                column.values.push(value);
                behind
            }
            None if ends(at) => {
                column.blank();
                at
            }
            None => text_cell(bytes, at, column, (delimiter, most), row)?,
        };
        at = behind + 1;
        let is_delimiter = bytes.get(behind) == Some(&delimiter);
        match (rest.next(), is_delimiter) {
            (Some(next), true) => column = next,
            (None, false) => return Some(at),
            _ => return None,
        }
    }
}

/// Reads a cell that is no plain number into its column, and says where it ends.
#[inline]
fn text_cell(
    bytes: &[u8],
    at: usize,
    column: &mut Column,
    (delimiter, most): (u8, usize),
    row: usize,
) -> Option<usize> {
    let first = *bytes.get(at)?;
    let (behind, few) = match first {
        b'"' => (at, None),
        _ => number::cell(bytes, at, delimiter)?,
    };
    let length = behind - at;
    if is_as_shown(first) && length <= most {
        match (column.wanted, few) {
            (Wanted::Words, Some(few)) => {
                let place = column.words.place_of(few, bytes.get(at..behind)?);
                column.codes.push(place);
                return Some(behind);
            }
            (Wanted::Keys, _) => {
                column.key(bytes.get(at..)?, length);
                return Some(behind);
            }
            _ => {}
        }
    }
    let (cell, behind) = match first {
        b'"' => quoted(bytes, at, delimiter)?,
        _ => (bytes.get(at..behind)?, behind),
    };
    column.text(end(row), &shown_text(cell, most)?);
    Some(behind)
}

/// Whether a cell that starts with a byte is what it shows: that is no blank, and no sign that keeps a spreadsheet from
/// reading the cell otherwise.
#[inline(always)]
fn is_as_shown(first: u8) -> bool {
    matches!(first, b'#'..=b'&' | b'('..=b'<' | b'>'..=b'~')
}

/// What a cell of one line shows; none where it is longer than allowed.
fn shown_text(cell: &[u8], most: usize) -> Option<Cow<'_, [u8]>> {
    if cell.len() > most {
        return None;
    }
    let is_kept = cell.first().copied().is_some_and(may_be_kept);
    if !is_kept || is_blank(cell) {
        return Some(Cow::Borrowed(cell));
    }
    let text = shown(std::str::from_utf8(cell).ok()?);
    Some(Cow::Owned(text.into_bytes()))
}

/// A quoted cell of one line that holds no quotation mark, and the byte behind it.
fn quoted(bytes: &[u8], at: usize, delimiter: u8) -> Option<(&[u8], usize)> {
    let inner = bytes.get(at + 1..)?;
    let length = memchr::memchr3(b'"', b'\n', b'\r', inner)?;
    let behind = at + length + 2;
    let is_end = |byte: u8| byte == delimiter || byte == b'\n' || byte == b'\r';
    let is_plain = inner.get(length) == Some(&b'"') && is_end(*bytes.get(behind)?);
    is_plain.then_some((inner.get(..length)?, behind))
}

/// A problem of the first lines.
pub(super) fn unopened(problem: &Problem) -> SourceProblem {
    SourceProblem::new(
        problem.place.line as u64,
        SourceProblemKind::Broken(sentence(problem)),
    )
}
