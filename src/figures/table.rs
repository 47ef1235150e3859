//! Tables of any layout: the records of a grid go in, the rows of a long table with their places
//! and problems with theirs come out, one at a time. A bad row loses no other row. Never guesses
//! what a column holds, never reads a number, never words a message.

use std::collections::BTreeMap;

use crate::fold::fold_name;
use crate::message::Message;

use super::grid::{Cell, Limits, Place, Problem, ProblemKind, Record};

mod alike;
mod build;
mod cells;
mod find;
mod gaps;
mod known;
mod layout;
mod lines;
mod mapped;
mod own;
mod problem;
mod raw;
mod reading;
mod rows;
mod sdmx;
mod stack;
mod stream;

pub(crate) use alike::Alike;
pub use cells::Cells;
pub use known::Known;
pub(crate) use lines::{PAGE_OF_FORM, is_note_of};
pub(super) use own::read_own;
pub use problem::LayoutProblem;
pub use raw::RawColumn;
pub(super) use raw::{RawTable, raw_cell};
pub use reading::{
    ColumnMeaning, ColumnReading, SharedOrigin, SharedReading, SkippedLine, TableReading,
    WhySkipped,
};
pub use stream::{Table, read_tables};

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
    /// The record in the list of the entity.
    Record,
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
    /// The power of ten by which the unit is multiplied.
    Scale,
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
    /// A remark, in the language of the table.
    Note,
    /// The same remark in English.
    NoteEn,
    /// What the evidence is.
    EvidenceKind,
    /// Who issued it.
    Issuer,
    /// Whose statement it is.
    SaidBy,
    /// Its title, number or place.
    Reference,
    /// Whether it is sure or likely.
    Grade,
    /// Which form of which rules the row is from.
    Form,
    /// Something for the eyes of people; it is passed over.
    Ignored,
}

impl Column {
    /// The columns without which no row is a figure.
    pub const REQUIRED: [Self; 3] = [Self::Indicator, Self::Period, Self::Value];

    /// Its name in both languages.
    #[must_use]
    pub fn name(self) -> Message {
        Message::new(match self {
            Column::Indicator => "column-indicator",
            Column::Definition => "column-definition",
            Column::Measure => "column-measure",
            Column::Entity => "column-entity",
            Column::EntityKind => "column-entity-kind",
            Column::PartOf => "column-part-of",
            Column::Record => "column-record",
            Column::Breakdown => "column-breakdown",
            Column::Basis => "column-basis",
            Column::Period => "column-period",
            Column::Value => "column-value",
            Column::Qualifier => "column-qualifier",
            Column::Unit => "column-unit",
            Column::Scale => "column-scale",
            Column::Decimals => "column-decimals",
            Column::Source => "column-source",
            Column::Section => "column-section",
            Column::Line => "column-line",
            Column::Published => "column-published",
            Column::Status => "column-status",
            Column::Quote => "column-quote",
            Column::Note => "column-note",
            Column::NoteEn => "column-note-en",
            Column::EvidenceKind => "column-evidence-kind",
            Column::Issuer => "column-issuer",
            Column::SaidBy => "column-said-by",
            Column::Reference => "column-reference",
            Column::Grade => "column-grade",
            Column::Form => "column-form",
            Column::Ignored => "column-ignored",
        })
    }
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
        match self.names.insert(fold_name(text), column) {
            Some(before) if before != column => {
                self.names.insert(fold_name(text), before);
                Err(before)
            }
            _ => Ok(()),
        }
    }

    /// Returns the column that a header text names.
    #[must_use]
    pub fn lookup(&self, text: &str) -> Option<Column> {
        self.names.get(&fold_name(text)).copied()
    }
}

/// A row of a long table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The physical line on which the row starts, from 1.
    pub line: usize,
    /// The cells, by what they hold; every known column of the header has one.
    pub cells: Cells,
    /// The cell of the figure is blank: the row only names whom it would be about.
    pub is_naming: bool,
}

impl Row {
    /// Returns the text of a cell without outer blanks; empty where there is no such column.
    #[must_use]
    pub fn text(&self, column: Column) -> &str {
        self.cells
            .get(column)
            .map_or("", |cell| match cell.text.as_bytes() {
                // Most cells have no blank around them.
                [] => "",
                [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => {
                    cell.text.as_str()
                }
                _ => cell.text.trim(),
            })
    }

    /// Returns where a cell is; a column that the table lacks is at the start of the row.
    #[must_use]
    pub fn place(&self, column: Column) -> Place {
        let start = Place {
            line: self.line,
            column: 1,
        };
        self.cells.get(column).map_or(start, |cell| cell.place)
    }
}
