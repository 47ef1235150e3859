//! What was understood of a table: its layout, its columns, the lines that are no figures. Made
//! while the table is read. Decides nothing.

use super::Column;
use crate::figures::grid::{Encoding, FileFormat, Place, Record};

/// Lines that are no figures and are told one by one.
const MOST_SKIPPED: usize = 1_000;

/// How a table was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableReading {
    /// The file.
    pub file: String,
    /// The sheet of a workbook; empty for a file that is one table.
    pub sheet: String,
    /// What the file is.
    pub format: Option<FileFormat>,
    /// The encoding of its text; none where it is no text.
    pub encoding: Option<Encoding>,
    /// What stands between cells, where the file is delimited text.
    pub delimiter: Option<char>,
    /// The mapping of the pack that says how, by its name.
    pub mapping: Option<String>,
    /// What the headers across the table tell apart; empty for a long table, where each row is a
    /// figure.
    pub across: Vec<Column>,
    /// The rows of the header, by line or row of the sheet; empty if no layout was found.
    pub header: Vec<usize>,
    /// The row of units below the header.
    pub unit_row: Option<usize>,
    /// The columns, in their order.
    pub columns: Vec<ColumnReading>,
    /// What holds for all figures of the table.
    pub shared: Vec<SharedReading>,
    /// Lines that are no figures.
    pub skipped: Vec<SkippedLine>,
    /// Rows that were read.
    pub n_rows: usize,
    /// Figures that were read.
    pub n_figures: usize,
    /// Cells that say that there is no figure, the blank ones among figures included.
    pub n_absent: usize,
    /// Problems, warnings included.
    pub n_problems: usize,
}

impl TableReading {
    /// Whether each row is a figure.
    #[must_use]
    pub fn is_long(&self) -> bool {
        !self.header.is_empty() && self.across.is_empty()
    }

    /// Notes a line that is no figure.
    pub(super) fn skip(&mut self, record: &Record, why: WhySkipped) {
        let first = record.cells.iter().find(|cell| !cell.is_blank());
        let Some(first) = first.filter(|_| self.skipped.len() < MOST_SKIPPED) else {
            return;
        };
        self.skipped.push(SkippedLine {
            line: record.line,
            text: first.text.trim().chars().take(60).collect(),
            why,
        });
    }
}

/// A column, and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnReading {
    /// Its number, from 1.
    pub number: usize,
    /// Its header; of several rows, one after the other.
    pub header: String,
    /// What its cells are.
    pub meaning: ColumnMeaning,
}

/// What the cells of a column are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnMeaning {
    /// They hold this for the figures of their row.
    Holds(Column),
    /// They are codes of this dimension, by its id.
    Parts(String),
    /// They are figures; the header fixes this for them.
    Figures(Vec<(Column, String)>),
    /// They are running numbers, or the pack says that they are to be left out.
    Ignored,
    /// Nothing that is known; they were left out.
    Unknown,
}

/// What holds for all figures of a table, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedReading {
    /// What it is.
    pub column: Column,
    /// As it was understood.
    pub text: String,
    /// Who says so.
    pub origin: SharedOrigin,
}

/// Where something stands that holds for all figures of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SharedOrigin {
    /// In a line above the header.
    Line(Place),
    /// In the name of the sheet.
    SheetName,
    /// In the mapping of the pack.
    Mapping,
}

/// A line that is no figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedLine {
    /// The line or row.
    pub line: usize,
    /// Its first text, cut short.
    pub text: String,
    /// Why it is none.
    pub why: WhySkipped,
}

/// Why a line is no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhySkipped {
    /// It stands above the header.
    Title,
    /// It is a note or names the source of the table.
    Note,
    /// It is a heading between rows.
    Section,
    /// It is a sum of the rows above, of no entity or indicator that is known.
    Total,
    /// It is the header once more.
    Header,
    /// The mapping leaves it out.
    Outside,
}
