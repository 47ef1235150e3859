//! Cells as files hold them: bytes of any format go in, records of cells with their places come
//! out, one sheet at a time. Never knows what a column means.

use super::table::{Column, LayoutProblem};
use crate::number::Exact;

pub(crate) mod delimited;
pub(crate) mod encoding;
mod extent;
pub(crate) mod json;
pub(crate) mod parquet;
mod partition;
mod workbook;

pub(crate) use encoding::Decoded;
pub use encoding::Encoding;
pub(crate) use extent::Extents;
pub use json::JsonFault;
pub(super) use json::Locator;
pub use parquet::ParquetProblem;
pub(crate) use parquet::reason_key as parquet_reason;
pub(crate) use partition::partitions;
pub(super) use workbook::Fault;
pub use workbook::{BookProblem, Bound, Looks};

/// How much of a table is read before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole table.
    pub total_bytes: usize,
    /// Columns of a row.
    pub columns: usize,
    /// Bytes of a cell.
    pub cell_bytes: usize,
    /// Rows of a sheet.
    pub rows: usize,
    /// Bytes to which a packed file may unpack.
    pub unpacked_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            total_bytes: 1 << 30,
            columns: 4096,
            cell_bytes: 1 << 16,
            rows: 20_000_000,
            unpacked_bytes: 1 << 30,
        }
    }
}

/// A place in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The physical line on which the record starts, or the row of a sheet, from 1.
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
    /// The file was read in another encoding than UTF-8, which nobody asked for.
    ReadAs {
        /// The encoding.
        encoding: Encoding,
    },
    /// Nothing tells whether the file is in GB 18030 or in Big5.
    UnclearEncoding {
        /// The first byte that is not UTF-8, counted from 0.
        byte: usize,
    },
    /// Bytes of a cell stand for no character.
    Undecodable {
        /// The encoding in which they stand for none.
        encoding: Encoding,
        /// The first of them, counted from 0 in the file, where that is known.
        byte: Option<usize>,
    },
    /// A cell holds the sign U+FFFD, which stands for a character that was lost before.
    LostCharacter,
    /// A cell holds the control character U+0000.
    ZeroCharacter,
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
    /// The headers do not say what every figure is.
    Layout(LayoutProblem),
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
    /// A row of a message that is not to be added, such as one that deletes a figure.
    Action {
        /// The action.
        found: String,
    },
    /// JSON that cannot be read, or that holds no figures.
    Json(JsonFault),
    /// A quotation mark opens a cell and none closes it.
    UnclosedQuote,
    /// A cell is longer than allowed.
    CellTooLong {
        /// Bytes allowed.
        limit: usize,
        /// Bytes found.
        found: usize,
    },
    /// A Parquet file, or a part of it, cannot be read.
    Parquet(ParquetProblem),
    /// A workbook, or a part of it, cannot be read, or something is to be said of it.
    Book(BookProblem),
}

impl Problem {
    /// Says whether the table can be used in full despite the problem.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        match &self.kind {
            ProblemKind::UnknownColumn { .. }
            | ProblemKind::ReadAs { .. }
            | ProblemKind::Layout(LayoutProblem::TotalRow { .. }) => true,
            ProblemKind::Parquet(problem) => problem.is_warning(),
            ProblemKind::Book(problem) => problem.is_warning(),
            _ => false,
        }
    }

    /// Says where bytes that stand for no character are in the file, and in which encoding.
    pub(in crate::figures) fn place_in(&mut self, text: &Decoded<'_>) {
        if let ProblemKind::Undecodable { encoding, byte } = &mut self.kind {
            *encoding = text.encoding;
            *byte = byte.and_then(|byte| text.byte_in_file(byte));
        }
    }

    /// Says whether a problem of a header leaves no figure of its table to be read.
    #[must_use]
    pub fn stops(&self) -> bool {
        let is_of_column = matches!(
            self.kind,
            ProblemKind::Layout(
                LayoutProblem::ColumnLacks { .. } | LayoutProblem::SeveralReadings { .. }
            )
        );
        !is_of_column && !self.is_warning()
    }

    pub(crate) fn new(line: usize, column: usize, kind: ProblemKind) -> Self {
        Self {
            place: Place { line, column },
            kind,
        }
    }
}

/// A number that a cell holds behind the text that it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The number, in the unit that the cell shows: 71.38 behind `71.4%`.
    pub value: Exact,
    /// The digits after the point that the format of the cell shows; none where it fixes none.
    pub decimals: Option<u32>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The text as shown, blanks and all.
    pub text: String,
    /// Where it stands.
    pub place: Place,
    /// The number behind it, where the file holds a number and not a text.
    pub held: Option<Held>,
    /// Whether the file says that there is nothing, which an empty text does not.
    pub is_null: bool,
    /// Whether the path of the file says it, and not the row.
    pub is_of_path: bool,
}

impl Cell {
    /// A cell of text.
    #[must_use]
    pub fn of(text: impl Into<String>, line: usize, column: usize) -> Self {
        let place = Place { line, column };
        Self {
            text: text.into(),
            place,
            held: None,
            is_null: false,
            is_of_path: false,
        }
    }

    /// A cell of which the file says that it holds nothing.
    #[must_use]
    pub fn null(line: usize, column: usize) -> Self {
        Self {
            is_null: true,
            ..Self::of("", line, column)
        }
    }

    /// Whether it shows nothing.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }
}

/// One row of cells, in the order of their columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The physical line on which it starts, or its row in a sheet, from 1.
    pub line: usize,
    /// Its cells.
    pub cells: Vec<Cell>,
}

impl Record {
    /// Whether a cell is filled from one above with which it is merged.
    #[must_use]
    pub fn is_copy(&self, cell: &Cell) -> bool {
        cell.place.line != self.line
    }

    /// Whether no cell shows anything.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
}

/// Records of a grid, one at a time; a bad one loses no other.
pub(crate) type Records<'a> = Box<dyn Iterator<Item = Result<Record, Problem>> + 'a>;

/// One sheet of cells: a delimited text is one, a workbook holds several.
pub(crate) struct Grid<'a> {
    /// The name of the sheet; a file that is one table has none.
    pub sheet: Option<String>,
    /// Its records, the header among them.
    pub records: Records<'a>,
    /// What stands between cells, where the bytes are delimited text.
    pub delimiter: Option<u8>,
    /// The line of its header and how many columns that names, where the format says it.
    pub header: Option<(usize, usize)>,
}

/// The forms in which files hold tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileFormat {
    /// Cells between delimiters: CSV, TSV.
    Delimited,
    /// Columns, packed: Parquet.
    Parquet,
    /// Objects with fields: JSON, JSON Lines.
    Json,
    /// Sheets of cells: XLSX, XLSM, XLS, ODS.
    Workbook,
}

impl FileFormat {
    /// The format of a file, by its first bytes and then by the ending of its name.
    #[must_use]
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        if parquet::MAGIC.iter().any(|magic| bytes.starts_with(magic)) {
            return FileFormat::Parquet;
        }
        if workbook::is_workbook(name, bytes) {
            return FileFormat::Workbook;
        }
        if json::is_json(name, bytes) {
            return FileFormat::Json;
        }
        FileFormat::Delimited
    }

    /// Whether its bytes are text in some encoding.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(self, FileFormat::Delimited | FileFormat::Json)
    }
}

/// The text of a file in UTF-8; a file of a format that is no text stays as it is. `is_known` says
/// whether a word belongs to the figures.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn decode<'a>(
    name: &str,
    bytes: &'a [u8],
    asked: Option<Encoding>,
    is_known: &dyn Fn(&str) -> bool,
    limits: &Limits,
) -> Result<Decoded<'a>, Problem> {
    if bytes.len() > limits.total_bytes || !FileFormat::of(name, bytes).is_text() {
        return Ok(Decoded::utf8(bytes));
    }
    Decoded::new(bytes, asked, is_known).map_err(|byte| {
        let before = bytes.get(..byte).unwrap_or_default();
        let line = 1 + before.iter().filter(|b| **b == b'\n').count();
        Problem::new(line, 1, ProblemKind::UnclearEncoding { byte })
    })
}

/// The sheets of a file; of a workbook those of the names wanted, where some are. `is_known` says whether a text may be a header, which tells delimiters apart.
///
/// # Errors
/// Why no sheet of it can be read.
pub(crate) fn grids<'a>(
    name: &str,
    bytes: &'a [u8],
    is_known: &dyn Fn(&str) -> bool,
    limits: &Limits,
    wanted: &[String],
) -> Result<Vec<Grid<'a>>, Problem> {
    if bytes.len() > limits.total_bytes {
        let kind = ProblemKind::TooLarge {
            limit: limits.total_bytes,
            found: bytes.len(),
        };
        return Err(Problem::new(1, 1, kind));
    }
    match FileFormat::of(name, bytes) {
        FileFormat::Delimited => delimited::open(bytes, is_known, limits),
        FileFormat::Parquet => parquet::open(bytes, limits),
        FileFormat::Json => json::open(name, bytes, limits),
        FileFormat::Workbook => return workbook::open(bytes, limits, wanted),
    }
    .map(|grid| vec![partition::partitioned(grid, name)])
}
