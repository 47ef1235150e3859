//! Figures: published tables go in as bytes, claims with their places come out. Never guesses a
//! unit, a column or a number.

use std::sync::Arc;

use crate::index::define_id;
use crate::model::{EntityId, FigureRef};
use crate::number::Exact;
use crate::period::Period;
use crate::set::Set;

/// Cells as files hold them.
pub mod grid;
/// One printed cell, read into a claim.
pub mod printed;
/// Long tables, read row by row.
pub mod table;

mod doubt;
mod evidence;
mod members;
mod memo;
pub(crate) use doubt::{Doubt, of_members};
pub(crate) use memo::hash;
mod problem;
mod read;
mod status;
mod step;
pub use read::{RawFile, RawSheet, RawValue, ReadOptions, SUPPOSITION, Supposed};
pub(crate) use read::{
    UNKNOWN_DECIMALS, accepts_unit, basis_in, form_mark, normal_period, read_as, sentence,
    table_problem, without_rows,
};
pub(crate) use table::PAGE_OF_FORM;
mod submission;

pub use evidence::{Evidence, EvidenceKind, Grade, Standing};
pub use grid::{Encoding, Limits};
pub(crate) use members::{members_of, wholes_of};
pub use problem::{FigureProblem, ProblemCode, Room};
pub use status::{Status, Statuses};
pub(crate) use step::step;
pub use submission::Submission;
pub(crate) use submission::of_entity;

define_id! {
    /// A claim of a submission.
    ClaimId;
    /// A text that many claims share.
    TextId;
}

/// Whether a claim can decide anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClaimState {
    /// It can.
    Good,
    /// It lies outside the declared bounds of its indicator.
    OutOfBounds,
    /// Its cell could not be read.
    Unreadable,
}

/// Where a claim was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClaimPlace {
    /// The file.
    pub file: TextId,
    /// The sheet of a workbook; empty for a file that is one table.
    pub sheet: TextId,
    /// The line, or the row of a sheet, counted from 1.
    pub line: u32,
    /// The column of the value, counted from 1.
    pub column: u32,
}

/// The address of a cell as workbooks name it: `D5` for row 5 and column 4.
///
/// ```
/// use plumbrule::figures::cell_address;
/// assert_eq!(cell_address(5, 4), "D5");
/// assert_eq!(cell_address(1, 28), "AB1");
/// ```
#[must_use]
pub fn cell_address(row: usize, column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{row}")
}

/// A place in a file: `table.csv:3:4`, or `book.xlsx!Sheet1!D3` where there is a sheet.
///
/// Column 0 stands for the whole line.
#[must_use]
pub fn place_text(file: &str, sheet: &str, line: usize, column: usize) -> String {
    match (sheet, column) {
        ("", 0) => format!("{file}:{line}"),
        ("", _) => format!("{file}:{line}:{column}"),
        (_, 0) => format!("{file}!{sheet}!{line}:{line}"),
        (_, _) => format!("{file}!{sheet}!{}", cell_address(line, column)),
    }
}

/// One published figure.
#[derive(Debug, Clone)]
pub struct Claim {
    /// What it is about.
    pub figure: FigureRef,
    /// Whom it is about.
    pub entity: EntityId,
    /// Its period; a year-end stock has its year.
    pub period: Period,
    /// The period as the table has it.
    pub window: Period,
    /// Values that it allows when read as exact, in base units.
    pub exact: Arc<Set>,
    /// Values that it allows when read as printed, in base units.
    pub as_printed: Arc<Set>,
    /// Whether it is a plain number.
    pub is_plain: bool,
    /// Whether it can decide anything.
    pub state: ClaimState,
    /// As printed.
    pub printed: TextId,
    /// The unit as printed; empty where there was none.
    pub unit: TextId,
    /// Base units in one printed unit.
    pub unit_factor: Arc<Exact>,
    /// The unit was taken from the indicator, as none was printed.
    pub is_unit_inherited: bool,
    /// The definition was taken from the indicator, as none was stated.
    pub is_definition_inherited: bool,
    /// It is supposed, not published, and counts as known on any day.
    pub is_supposed: bool,
    /// Index of the basis.
    pub basis: u16,
    /// The source.
    pub source: TextId,
    /// Section, line and words in the source.
    pub section: TextId,
    /// The line in the source.
    pub source_line: TextId,
    /// The words quoted.
    pub quote: TextId,
    /// What its publisher says of it.
    pub statuses: Statuses,
    /// A note.
    pub note: TextId,
    /// The same note in English; empty where the table has it once.
    pub note_en: TextId,
    /// When it was published.
    pub published: Option<Period>,
    /// Where it was read.
    pub place: ClaimPlace,
}

/// A figure that its publisher says is not there, and why.
#[derive(Debug, Clone)]
pub struct Absence {
    /// What it would be about.
    pub figure: FigureRef,
    /// Whom it would be about.
    pub entity: EntityId,
    /// Its period.
    pub period: Period,
    /// Why it is not there; without any, no reason is given.
    pub statuses: Statuses,
    /// The mark that stands for it, as printed; empty where nothing stands there.
    pub printed: TextId,
    /// The source.
    pub source: TextId,
    /// Where it was read.
    pub place: ClaimPlace,
}

impl Claim {
    /// Whether it was published up to a day; without a day every claim counts.
    ///
    /// A coarse date counts from its last day; without a date nothing shows that it was known.
    #[must_use]
    pub fn is_known_on(&self, day: Option<chrono::NaiveDate>) -> bool {
        match (day, self.published) {
            _ if self.is_supposed => true,
            (None, _) => true,
            (Some(day), Some(published)) => published.last_day() <= day,
            (Some(_), None) => false,
        }
    }
}
