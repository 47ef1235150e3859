//! Long tables: the bytes of a CSV or TSV file go in, rows with their places and problems with
//! theirs come out, one at a time. A bad row loses no other row. Never guesses what a column
//! holds, never reads a number, never words a message.

use std::collections::BTreeMap;

use crate::fold::{fold_width, nearest};
use encoding::{guess_encoding, is_hopeless};
use records::{Record, Records};

mod encoding;
mod extent;
mod records;

pub use encoding::Encoding;
pub(super) use extent::Extents;

/// What a column of a long table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The indicator, by id or by a name that sources print.
    Indicator,
    /// The definition under which the figure was measured.
    Definition,
    /// Level, growth, change, share or rank.
    Measure,
    /// The entity that the figure is about.
    Entity,
    /// The kind of the entity.
    EntityKind,
    /// What the entity is a part of.
    PartOf,
    /// The breakdown; none means the total.
    Breakdown,
    /// The basis of a revised series.
    Basis,
    /// The period that the figure is about.
    Period,
    /// The value as printed.
    Value,
    /// The qualifier, where it has a cell of its own.
    Qualifier,
    /// The unit as printed.
    Unit,
    /// How many digits were printed after the point.
    Decimals,
    /// The document that prints the figure.
    Source,
    /// The section of that document.
    Section,
    /// The line of that document.
    Line,
    /// The date of publication.
    Published,
    /// Preliminary, revised, final.
    Status,
    /// The words quoted from the source.
    Quote,
    /// A remark.
    Note,
}

impl Column {
    /// The columns without which no row is a figure.
    pub const REQUIRED: [Self; 3] = [Self::Indicator, Self::Period, Self::Value];
}

/// The header texts of a language or several, and the columns that they name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers {
    names: BTreeMap<String, Column>,
}

impl Headers {
    /// Returns headers that name nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a header text.
    ///
    /// # Errors
    /// The column that the text already names, if it is another one.
    pub fn add(&mut self, text: &str, column: Column) -> Result<(), Column> {
        match self.names.insert(header_key(text), column) {
            Some(before) if before != column => {
                self.names.insert(header_key(text), before);
                Err(before)
            }
            _ => Ok(()),
        }
    }

    /// Returns the column that a header text names.
    #[must_use]
    pub fn lookup(&self, text: &str) -> Option<Column> {
        self.names.get(&header_key(text)).copied()
    }
}

fn header_key(text: &str) -> String {
    fold_width(text).trim().to_lowercase()
}

/// How much of a table is read before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole table.
    pub total_bytes: usize,
    /// Columns of a row.
    pub columns: usize,
    /// Bytes of a cell.
    pub cell_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            total_bytes: 1 << 30,
            columns: 256,
            cell_bytes: 1 << 16,
        }
    }
}

/// A place in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The physical line on which the record starts, from 1.
    pub line: usize,
    /// The column of the table, from 1.
    pub column: usize,
}

/// A problem in a table, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where the problem is.
    pub place: Place,
    /// What the problem is.
    pub kind: ProblemKind,
}

/// What is wrong with a table or a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// The file holds nothing but blanks.
    Empty,
    /// The file is longer than allowed.
    TooLarge {
        /// Bytes allowed.
        limit: usize,
        /// Bytes in the file.
        found: usize,
    },
    /// The text is not UTF-8.
    NotUtf8 {
        /// The first byte that is not, counted from 0 in the file.
        byte: usize,
        /// The encoding that the bytes look like.
        looks_like: Encoding,
    },
    /// No cell of the first row names a column.
    NoHeader {
        /// The first cell, cut short.
        found: String,
    },
    /// A header names no known column; its cells are left out.
    UnknownColumn {
        /// The header as written.
        found: String,
        /// The known header that it may mean.
        nearest: Option<String>,
    },
    /// Two headers name one column.
    DuplicateColumn {
        /// The column named twice.
        column: Column,
        /// The number of the first column that names it.
        first: usize,
    },
    /// A required column has no header.
    MissingColumn {
        /// The column.
        column: Column,
    },
    /// The header has more columns than allowed.
    TooManyColumns {
        /// Columns allowed.
        limit: usize,
        /// Columns found.
        found: usize,
    },
    /// A row has more or fewer cells than the header.
    WrongFieldCount {
        /// Cells of the header.
        expected: usize,
        /// Cells of the row.
        found: usize,
    },
    /// A quotation mark opens a cell and none closes it.
    UnclosedQuote,
    /// A cell is longer than allowed.
    CellTooLong {
        /// Bytes allowed.
        limit: usize,
        /// Bytes found.
        found: usize,
    },
}

impl Problem {
    /// Says whether the table can be used in full despite the problem.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        matches!(self.kind, ProblemKind::UnknownColumn { .. })
    }

    fn new(line: usize, column: usize, kind: ProblemKind) -> Self {
        Self {
            place: Place { line, column },
            kind,
        }
    }
}

/// A cell as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The text, blanks and all.
    pub text: String,
    /// The column of the table, from 1.
    pub column: usize,
}

/// A row of a long table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The physical line on which the row starts, from 1.
    pub line: usize,
    /// The cells, by what they hold; every known column of the header has one.
    pub cells: BTreeMap<Column, Cell>,
}

impl Row {
    /// Returns the text of a cell without outer blanks; empty where there is no such column.
    #[must_use]
    pub fn text(&self, column: Column) -> &str {
        self.cells.get(&column).map_or("", |cell| cell.text.trim())
    }

    /// Returns where a cell is; a column that the table lacks is at the start of the row.
    #[must_use]
    pub fn place(&self, column: Column) -> Place {
        Place {
            line: self.line,
            column: self.cells.get(&column).map_or(1, |cell| cell.column),
        }
    }
}

/// A long table being read: an iterator over its rows and problems.
#[derive(Debug)]
pub struct Table<'a> {
    name: String,
    columns: Vec<Option<Column>>,
    pending: std::vec::IntoIter<Problem>,
    records: Option<Records<'a>>,
    delimiter: Option<u8>,
}

/// Opens a table; what is wrong with its header comes out first, as problems.
///
/// After a problem that is no warning in the header no row follows.
#[must_use]
pub fn read_table<'a>(
    name: &str,
    bytes: &'a [u8],
    headers: &Headers,
    limits: &Limits,
) -> Table<'a> {
    let mut table = Table {
        name: name.to_owned(),
        columns: Vec::new(),
        pending: Vec::new().into_iter(),
        records: None,
        delimiter: None,
    };
    let mut problems = Vec::new();
    match open_records(bytes, headers, limits) {
        Err(problem) => problems.push(problem),
        Ok((records, header)) => {
            table.delimiter = Some(records.delimiter());
            table.columns = read_header(&header, headers, limits, &mut problems);
            if problems.iter().all(Problem::is_warning) {
                table.records = Some(records);
            }
        }
    }
    table.pending = problems.into_iter();
    table
}

fn open_records<'a>(
    bytes: &'a [u8],
    headers: &Headers,
    limits: &Limits,
) -> Result<(Records<'a>, Record), Problem> {
    if bytes.len() > limits.total_bytes {
        let kind = ProblemKind::TooLarge {
            limit: limits.total_bytes,
            found: bytes.len(),
        };
        return Err(Problem::new(1, 1, kind));
    }
    if is_hopeless(bytes) {
        let valid = std::str::from_utf8(bytes)
            .err()
            .map_or(0, |e| e.valid_up_to());
        let before = bytes.get(..valid).unwrap_or_default();
        let line = 1 + before.iter().filter(|b| **b == b'\n').count();
        let kind = ProblemKind::NotUtf8 {
            byte: valid,
            looks_like: guess_encoding(bytes),
        };
        return Err(Problem::new(line, 1, kind));
    }
    let mut best: Option<(usize, Records<'a>, Record)> = None;
    let mut refused = None;
    for delimiter in *b"\t,;" {
        let mut records = Records::new(bytes, delimiter, limits.cell_bytes);
        let is_blank = |record: &Record| record.cells.iter().all(|c| c.trim().is_empty());
        let mut written = records
            .by_ref()
            .skip_while(|r| r.as_ref().is_ok_and(is_blank));
        match written.next() {
            None => return Err(Problem::new(1, 1, ProblemKind::Empty)),
            // Another delimiter may cut the header into cells that can be read.
            Some(Err(problem)) => refused = refused.or(Some(problem)),
            Some(Ok(header)) => {
                // Fields that are known headers count most, then the number of fields.
                let known = header
                    .cells
                    .iter()
                    .filter(|c| headers.lookup(c).is_some())
                    .count();
                let score = known * 1_000_000 + header.cells.len();
                if best.as_ref().is_none_or(|(most, ..)| score > *most) {
                    best = Some((score, records, header));
                }
            }
        }
    }
    match best {
        Some((_, records, header)) => Ok((records, header)),
        None => Err(refused.unwrap_or(Problem::new(1, 1, ProblemKind::Empty))),
    }
}

fn read_header(
    header: &Record,
    headers: &Headers,
    limits: &Limits,
    problems: &mut Vec<Problem>,
) -> Vec<Option<Column>> {
    let found = header.cells.len();
    if found > limits.columns {
        let kind = ProblemKind::TooManyColumns {
            limit: limits.columns,
            found,
        };
        problems.push(Problem::new(header.line, limits.columns + 1, kind));
        return Vec::new();
    }
    let columns: Vec<Option<Column>> = header.cells.iter().map(|c| headers.lookup(c)).collect();
    if columns.iter().all(Option::is_none) {
        let found = header.cells.iter().find(|c| !c.trim().is_empty());
        let found = found
            .map(|c| c.chars().take(40).collect())
            .unwrap_or_default();
        problems.push(Problem::new(
            header.line,
            1,
            ProblemKind::NoHeader { found },
        ));
        return columns;
    }
    let mut first_of: BTreeMap<Column, usize> = BTreeMap::new();
    for (number, (cell, column)) in (1..).zip(header.cells.iter().zip(&columns)) {
        let Some(column) = *column else {
            let nearest = nearest(cell, headers.names.keys().map(String::as_str));
            let nearest = nearest.map(|(name, _)| name.to_owned());
            let found = cell.chars().take(40).collect();
            let kind = ProblemKind::UnknownColumn { found, nearest };
            problems.push(Problem::new(header.line, number, kind));
            continue;
        };
        match first_of.get(&column) {
            None => {
                first_of.insert(column, number);
            }
            Some(&first) => {
                let kind = ProblemKind::DuplicateColumn { column, first };
                problems.push(Problem::new(header.line, number, kind));
            }
        }
    }
    for column in Column::REQUIRED {
        if !first_of.contains_key(&column) {
            problems.push(Problem::new(
                header.line,
                1,
                ProblemKind::MissingColumn { column },
            ));
        }
    }
    columns
}

impl Table<'_> {
    /// Returns the name of the file, for messages.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns what stands between cells, where the header could be read.
    pub(super) fn delimiter(&self) -> Option<u8> {
        self.delimiter
    }

    /// Returns the columns in the order of the header; a header that names none has `None`.
    #[must_use]
    pub fn columns(&self) -> &[Option<Column>] {
        &self.columns
    }

    fn row(&self, record: Record) -> Row {
        let cells = self.columns.iter().zip(record.cells).zip(1..);
        let cells = cells.filter_map(|((column, text), number)| {
            column.map(|column| {
                (
                    column,
                    Cell {
                        text,
                        column: number,
                    },
                )
            })
        });
        Row {
            line: record.line,
            cells: cells.collect(),
        }
    }
}

impl Iterator for Table<'_> {
    type Item = Result<Row, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(problem) = self.pending.next() {
            return Some(Err(problem));
        }
        loop {
            let record = match self.records.as_mut()?.next()? {
                Ok(record) => record,
                Err(problem) => return Some(Err(problem)),
            };
            // Spreadsheets write rows of nothing but delimiters after the last figure.
            if record.cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            return Some(Ok(self.row(record)));
        }
    }
}

#[cfg(test)]
mod tests;
