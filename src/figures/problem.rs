//! Problems in figures: what was found, what was expected, where, and the way out.

use crate::message::{Arg, Message};
use crate::source::Corner;

/// The kind of a problem in figures. The sentence is in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemCode {
    /// The bytes are not UTF-8.
    Encoding,
    /// The file has no row.
    Empty,
    /// The table as a whole cannot be read.
    Table,
    /// A row cannot be read.
    Row,
    /// A column that no header names.
    Column,
    /// No indicator of this name.
    Indicator,
    /// No definition of this name.
    Definition,
    /// No basis of this name.
    Basis,
    /// No entity of this name.
    Entity,
    /// No measure of this name.
    Measure,
    /// Not a period.
    Period,
    /// Not a number, or not one of the words.
    Value,
    /// A unit that is not known.
    Unit,
    /// A unit of another dimension or meaning.
    ForeignUnit,
    /// No unit where one is needed.
    NoUnit,
    /// A status that is not known.
    Status,
    /// No dimension or code of this name.
    Breakdown,
    /// Evidence without a kind or a grade that is known.
    Evidence,
    /// A record that the row does not name.
    RecordName,
    /// A record of who has no such list.
    RecordOwner,
    /// A record of two lists.
    RecordTwice,
    /// The layout of a table: what its headers and columns mean.
    Layout,
}

impl ProblemCode {
    /// All codes.
    pub const ALL: [ProblemCode; 22] = [
        ProblemCode::Encoding,
        ProblemCode::Empty,
        ProblemCode::Table,
        ProblemCode::Row,
        ProblemCode::Column,
        ProblemCode::Indicator,
        ProblemCode::Definition,
        ProblemCode::Basis,
        ProblemCode::Entity,
        ProblemCode::Measure,
        ProblemCode::Period,
        ProblemCode::Value,
        ProblemCode::Unit,
        ProblemCode::ForeignUnit,
        ProblemCode::NoUnit,
        ProblemCode::Status,
        ProblemCode::Breakdown,
        ProblemCode::Evidence,
        ProblemCode::RecordName,
        ProblemCode::RecordOwner,
        ProblemCode::RecordTwice,
        ProblemCode::Layout,
    ];

    /// The code as printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ProblemCode::Encoding => "F001",
            ProblemCode::Empty => "F002",
            ProblemCode::Table => "F003",
            ProblemCode::Row => "F004",
            ProblemCode::Column => "F005",
            ProblemCode::Indicator => "F006",
            ProblemCode::Definition => "F007",
            ProblemCode::Basis => "F008",
            ProblemCode::Entity => "F009",
            ProblemCode::Measure => "F010",
            ProblemCode::Period => "F011",
            ProblemCode::Value => "F012",
            ProblemCode::Unit => "F013",
            ProblemCode::ForeignUnit => "F014",
            ProblemCode::NoUnit => "F015",
            ProblemCode::Status => "F016",
            ProblemCode::Breakdown => "F017",
            ProblemCode::Evidence => "F021",
            ProblemCode::RecordName => "F022",
            ProblemCode::RecordOwner => "F023",
            ProblemCode::RecordTwice => "F024",
            ProblemCode::Layout => "F020",
        }
    }

    /// The key of its page in the catalogue.
    #[must_use]
    pub fn page_key(self) -> &'static str {
        match self {
            ProblemCode::Encoding => "code-f001.page",
            ProblemCode::Empty => "code-f002.page",
            ProblemCode::Table => "code-f003.page",
            ProblemCode::Row => "code-f004.page",
            ProblemCode::Column => "code-f005.page",
            ProblemCode::Indicator => "code-f006.page",
            ProblemCode::Definition => "code-f007.page",
            ProblemCode::Basis => "code-f008.page",
            ProblemCode::Entity => "code-f009.page",
            ProblemCode::Measure => "code-f010.page",
            ProblemCode::Period => "code-f011.page",
            ProblemCode::Value => "code-f012.page",
            ProblemCode::Unit => "code-f013.page",
            ProblemCode::ForeignUnit => "code-f014.page",
            ProblemCode::NoUnit => "code-f015.page",
            ProblemCode::Status => "code-f016.page",
            ProblemCode::Breakdown => "code-f017.page",
            ProblemCode::Evidence => "code-f021.page",
            ProblemCode::RecordName => "code-f022.page",
            ProblemCode::RecordOwner => "code-f023.page",
            ProblemCode::RecordTwice => "code-f024.page",
            ProblemCode::Layout => "code-f020.page",
        }
    }
}

/// One problem in a table of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureProblem {
    /// What kind.
    pub code: ProblemCode,
    /// The file.
    pub file: String,
    /// The sheet of a workbook; empty for a file that is one table.
    pub sheet: String,
    /// The line, or the row of a sheet, counted from 1.
    pub line: usize,
    /// The column of the table, counted from 1; 0 for the whole line.
    pub column: usize,
    /// Where the cell starts and ends in the text of the table, where that is known.
    pub extent: Option<(Corner, Corner)>,
    /// The cell, and the character in it, where a caret can point.
    pub cell: Option<(String, usize)>,
    /// The problem in one sentence.
    pub message: Message,
    /// The way out.
    pub help: Option<Message>,
    /// Whether the figures can be used all the same.
    pub is_warning: bool,
}

impl FigureProblem {
    /// A problem at a place, with the sentence of a key.
    #[must_use]
    pub fn new(
        code: ProblemCode,
        key: &'static str,
        file: &str,
        line: usize,
        column: usize,
    ) -> Self {
        FigureProblem {
            code,
            file: file.to_owned(),
            sheet: String::new(),
            line,
            column,
            extent: None,
            cell: None,
            message: Message::new(key),
            help: None,
            is_warning: false,
        }
    }

    /// Where it is: file, line and column, or file, sheet and cell.
    #[must_use]
    pub fn place(&self) -> String {
        super::place_text(&self.file, &self.sheet, self.line, self.column)
    }

    /// Fills a place of the sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.message = self.message.with(name, value);
        self
    }

    /// Shows the cell with a caret under one of its characters.
    #[must_use]
    pub fn in_cell(mut self, text: &str, at: usize) -> Self {
        self.cell = Some((text.to_owned(), at));
        self
    }

    /// Adds the way out.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<Message>) -> Self {
        self.help = help;
        self
    }
}

/// Room for so many problems: errors have it before warnings, and of each the first.
///
/// ```
/// use plumbrule::figures::{FigureProblem, ProblemCode, Room};
///
/// let error = FigureProblem::new(ProblemCode::Empty, "figure-empty", "a.csv", 1, 1);
/// let warning = FigureProblem { is_warning: true, ..error.clone() };
/// let problems = [warning, error];
/// let mut room = Room::of(1, &problems);
/// assert!(!room.takes(&problems[0]));
/// assert!(room.takes(&problems[1]));
/// ```
#[derive(Debug, Clone)]
pub struct Room {
    errors: usize,
    warnings: usize,
}

impl Room {
    /// Room for at most so many of some problems.
    pub fn of<'p>(most: usize, problems: impl IntoIterator<Item = &'p FigureProblem>) -> Room {
        let problems = problems.into_iter();
        let errors = problems.filter(|problem| !problem.is_warning).count();
        let errors = errors.min(most);
        Room {
            errors,
            warnings: most - errors,
        }
    }

    /// Whether there is room for the next one; then it has it.
    pub fn takes(&mut self, problem: &FigureProblem) -> bool {
        let room = match problem.is_warning {
            true => &mut self.warnings,
            false => &mut self.errors,
        };
        let has_room = *room > 0;
        *room = room.saturating_sub(1);
        has_room
    }
}
