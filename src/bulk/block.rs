//! Rows as columns: what a reader of tables fills and what is judged. Numbers stand as the nearest
//! double, which for up to fifteen digits still says which decimal was printed. Never judges anything.

use std::sync::{Arc, PoisonError, RwLock};

use crate::figures::FigureProblem;
use crate::figures::grid::{Cell, Held};
use crate::number::Exact;

/// Bytes of a file that can be read at any place, by several threads at once.
///
/// ```
/// use plumbrule::bulk::Bytes;
///
/// let mut two = [0u8; 2];
/// assert_eq!(b"abcd".as_slice().read_at(1, &mut two).unwrap(), 2);
/// assert_eq!(&two, b"bc");
/// ```
pub trait Bytes: Send + Sync {
    /// How many there are.
    ///
    /// # Errors
    /// What the system says.
    fn size(&self) -> std::io::Result<u64>;

    /// Fills a buffer from a place on, and says how much of it; less only at the end.
    ///
    /// # Errors
    /// What the system says.
    fn read_at(&self, from: u64, into: &mut [u8]) -> std::io::Result<usize>;
}

impl Bytes for &[u8] {
    fn size(&self) -> std::io::Result<u64> {
        Ok(u64::try_from(self.len()).unwrap_or(u64::MAX))
    }

    fn read_at(&self, from: u64, into: &mut [u8]) -> std::io::Result<usize> {
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        let rest = self.get(from..).unwrap_or(&[]);
        let n = rest.len().min(into.len());
        if let (Some(to), Some(from)) = (into.get_mut(..n), rest.get(..n)) {
            to.copy_from_slice(from);
        }
        Ok(n)
    }
}

impl Bytes for Vec<u8> {
    fn size(&self) -> std::io::Result<u64> {
        self.as_slice().size()
    }

    fn read_at(&self, from: u64, into: &mut [u8]) -> std::io::Result<usize> {
        self.as_slice().read_at(from, into)
    }
}

/// Room for what does not fit into memory, such as a temporary file: bytes that are written at any place
/// and read again, by several threads at once. What was never written is not there, or is zero.
pub trait Scratch: Bytes {
    /// Writes bytes at a place, over what stands there or behind it.
    ///
    /// # Errors
    /// What the system says.
    fn write_at(&self, at: u64, bytes: &[u8]) -> std::io::Result<()>;
}

/// Room in memory, for tables that are in memory themselves.
///
/// ```
/// use plumbrule::bulk::{Bytes, InMemory, Scratch};
///
/// let room = InMemory::default();
/// room.write_at(2, b"cd").unwrap();
/// room.write_at(0, b"ab").unwrap();
/// let mut all = [0u8; 4];
/// assert_eq!(room.read_at(0, &mut all).unwrap(), 4);
/// assert_eq!(&all, b"abcd");
/// ```
#[derive(Debug, Default)]
pub struct InMemory(RwLock<Vec<u8>>);

impl Bytes for InMemory {
    fn size(&self) -> std::io::Result<u64> {
        let held = self.0.read().unwrap_or_else(PoisonError::into_inner);
        held.as_slice().size()
    }

    fn read_at(&self, from: u64, into: &mut [u8]) -> std::io::Result<usize> {
        let held = self.0.read().unwrap_or_else(PoisonError::into_inner);
        held.as_slice().read_at(from, into)
    }
}

impl Scratch for InMemory {
    fn write_at(&self, at: u64, bytes: &[u8]) -> std::io::Result<()> {
        let too_large = || std::io::Error::from(std::io::ErrorKind::FileTooLarge);
        let at = usize::try_from(at).map_err(|_| too_large())?;
        let end = at.checked_add(bytes.len()).ok_or_else(too_large)?;
        let mut held = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if held.len() < end {
            held.resize(end, 0);
        }
        if let Some(place) = held.get_mut(at..end) {
            place.copy_from_slice(bytes);
        }
        Ok(())
    }
}

/// As what the cells of a column are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Not at all.
    Nothing,
    /// As numbers.
    Numbers,
    /// As texts of which few are different, such as choices, or yes and no.
    Words,
    /// As texts of which most are different, such as the names of bodies.
    Keys,
}

/// The cells of one column of a block.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Cells {
    /// Not asked for.
    #[default]
    Nothing,
    /// Numbers.
    Numbers {
        /// For each row the double that is nearest to the printed decimal; NaN for a blank.
        ///
        /// A decimal stands here only if it has at most fifteen digits and the shortest decimal of its
        /// double is that decimal again; a double of a typed column always stands for its shortest decimal.
        values: Vec<f64>,
        /// The rows, in order, whose cell is neither blank nor such a number. Their value is NaN.
        odd: Vec<u32>,
    },
    /// Texts of which few are different.
    Words {
        /// For each row the place of its text; [`Cells::BLANK`] for a blank.
        codes: Vec<u32>,
        /// The texts, as they were printed. May grow from one block of a part to the next; a place keeps its text.
        words: Arc<Vec<String>>,
    },
    /// Texts of which most are different.
    Keys {
        /// For each row the end of its text among the bytes; it begins where the one before ends.
        ends: Vec<u32>,
        /// All texts one after another, in UTF-8.
        bytes: Vec<u8>,
    },
}

impl Cells {
    /// The code of a blank among words.
    pub const BLANK: u32 = u32::MAX;
}

/// Some thousand rows of a table, as columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Block {
    /// How many rows.
    pub n_rows: usize,
    /// The place of the first of them among the rows of its file, counted from 0; blank lines do not count.
    pub first: u64,
    /// The columns of the table, in its order.
    pub columns: Vec<Cells>,
}

/// Why a table cannot be read on. The rows before stay as they were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceProblem {
    /// The file, where it is one of several.
    pub file: Option<String>,
    /// The line of the file, counted from 1; of formats without lines the row.
    pub line: u64,
    /// What is wrong.
    pub kind: SourceProblemKind,
}

impl SourceProblem {
    /// A problem of the only file, or of one that is not known here.
    #[must_use]
    pub fn new(line: u64, kind: SourceProblemKind) -> Self {
        SourceProblem {
            file: None,
            line,
            kind,
        }
    }

    /// The same, as one of a file among several.
    #[must_use]
    pub fn of_file(self, path: &str) -> Self {
        SourceProblem {
            file: Some(path.to_owned()),
            ..self
        }
    }
}

/// What may be wrong with a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceProblemKind {
    /// The system cannot read it.
    Io(String),
    /// The format is broken, in the words of its reader.
    Broken(crate::message::Message),
    /// What stands there is more than one row, such as objects within an object: the table has to be read as a
    /// whole.
    Shape(crate::message::Message),
    /// No row of the file can be read.
    NoRow(NoRow),
}

/// A file of which no row can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoRow {
    /// What is wrong with the first row, or that there is none.
    pub why: crate::message::Message,
    /// How many rows there are.
    pub n_lost: u64,
    /// What is wrong with each, of the first thousand.
    pub told: Vec<crate::figures::FigureProblem>,
}

/// A cell as the reader of figures is given it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// Its text; of a blank an empty one.
    pub text: String,
    /// As what the file holds it.
    pub kind: ShownKind,
}

/// As what a file holds a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ShownKind {
    /// As a text, or as a number whose digits are those that were printed.
    #[default]
    Text,
    /// As a number of which nobody says how many digits were printed.
    Number,
    /// As one of which the file says that there is nothing.
    Null,
}

impl Shown {
    /// A text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Shown {
        Shown {
            text: text.into(),
            kind: ShownKind::Text,
        }
    }

    /// A number of which nobody says how many digits were printed.
    #[must_use]
    pub fn number(text: impl Into<String>) -> Shown {
        Shown {
            text: text.into(),
            kind: ShownKind::Number,
        }
    }

    /// The cell that a reader of tables would have read at a place.
    pub(super) fn cell(&self, line: usize, column: usize) -> Cell {
        let cell = Cell::of(self.text.as_str(), line, column);
        match self.kind {
            ShownKind::Text => cell,
            ShownKind::Null => Cell {
                is_null: true,
                ..cell
            },
            ShownKind::Number => {
                let held = Exact::parse_decimal(&self.text).ok();
                Cell {
                    held: held.map(|value| Held {
                        value,
                        decimals: None,
                    }),
                    ..cell
                }
            }
        }
    }
}

impl From<Cell> for Shown {
    fn from(cell: Cell) -> Shown {
        let kind = match cell.held {
            _ if cell.is_null => ShownKind::Null,
            Some(_) => ShownKind::Number,
            None => ShownKind::Text,
        };
        Shown {
            text: cell.text,
            kind,
        }
    }
}

/// A part of a table, and its number from 0. It lives on without its table.
pub type NumberedPart = (u64, Box<dyn Part>);

/// A table whose parts can be read side by side.
pub trait Source: Send + Sync {
    /// The names of its columns.
    fn header(&self) -> &[String];

    /// How many rows there are, where the format says it.
    fn n_rows(&self) -> Option<u64>;

    /// Whether text stands above the header, which may say something of all rows.
    fn has_text_above(&self) -> bool {
        false
    }

    /// Whether its rows are cells between delimiters, in which a cell that is blank may be merged with the one
    /// above it; in others it says nothing.
    fn is_delimited(&self) -> bool {
        false
    }

    /// How many bytes there are, and up to where they were handed out; for a bar of progress.
    fn progress(&self) -> (u64, u64);

    /// The next part that nobody has taken, with its number from 0; none behind the last.
    ///
    /// # Errors
    /// Where the file cannot be read.
    fn next_part(&self, wanted: &[Wanted]) -> Result<Option<NumberedPart>, SourceProblem>;
}

/// Rows of a table that stand together.
pub trait Part: Send {
    /// Reads the next rows into a block, whose vectors are used again; `false` where there are no more.
    ///
    /// # Errors
    /// Where the file is broken; nothing of the part is read then that was not handed out before.
    fn next(&mut self, block: &mut Block) -> Result<bool, SourceProblem>;

    /// The cells of some rows of the block that was read last, all columns, each as the reader of figures would
    /// be given it.
    ///
    /// # Errors
    /// Where the file is broken.
    fn cells(&mut self, rows: &[u32]) -> Result<Vec<Vec<Shown>>, SourceProblem>;

    /// The texts of the same cells; a blank is empty.
    ///
    /// # Errors
    /// Where the file is broken.
    fn texts(&mut self, rows: &[u32]) -> Result<Vec<Vec<String>>, SourceProblem> {
        let rows = self.cells(rows)?.into_iter();
        Ok(rows
            .map(|row| row.into_iter().map(|cell| cell.text).collect())
            .collect())
    }

    /// How many columns, the last ones, are those that the path of the file names.
    fn n_of_path(&self) -> usize {
        0
    }

    /// The lines of the file on which some rows of the block that was read last start, counted from 1. Of
    /// formats without lines the names of the columns are line 1, and the first row is line 2.
    fn lines(&self, block: &Block, rows: &[u32]) -> Vec<u64> {
        let line = |row: &u32| block.first + u64::from(*row) + 2;
        rows.iter().map(line).collect()
    }

    /// What is to be told of how its file is read, by the first part of the file alone.
    fn told(&self) -> Vec<FigureProblem> {
        Vec::new()
    }

    /// The rows that could not be read and were passed over since this was asked last: how many, and what is wrong
    /// with the first of them.
    fn lost(&mut self) -> (u64, Vec<FigureProblem>) {
        (0, Vec::new())
    }

    /// Whether it is the first part of one of several files.
    fn opens_file(&self) -> bool {
        false
    }

    /// Whether it is known to be the last part of its file.
    fn ends_file(&self) -> bool {
        false
    }

    /// The name of the file that it is a part of; none where it is of no file.
    fn file(&self) -> Option<&str> {
        None
    }
}
