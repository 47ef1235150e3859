//! What is wrong with the layout of a table. Never worded here.

use super::Column;

/// Why the headers of a table do not say what every figure is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LayoutProblem {
    /// A header has several readings.
    SeveralReadings {
        /// The header as written.
        found: String,
        /// Each reading: what it names, and of which kind; a column that it heads has no text.
        readings: Vec<Vec<(Column, String)>>,
    },
    /// A header and a column say the same thing of a figure.
    SaidTwice {
        /// What both say.
        column: Column,
        /// What the header says.
        text: String,
        /// The number of the column that says it as well.
        other: usize,
    },
    /// Two columns of figures have headers that mean the same.
    SameHeader {
        /// The number of the first of them.
        first: usize,
    },
    /// One column of qualifiers or decimals, and several columns of figures.
    ForWhichFigure {
        /// What the column holds.
        column: Column,
    },
    /// Nothing in the table says what every figure needs.
    NothingGives {
        /// What is needed.
        column: Column,
        /// What the lines above and the name of the sheet say, where that is more than one thing.
        candidates: Vec<String>,
    },
    /// A column of figures lacks what others have in their headers.
    ColumnLacks {
        /// Its header.
        found: String,
        /// What is needed.
        column: Column,
    },
    /// A column that nothing names tells for whom, when or for which part figures are.
    NamelessKey {
        /// Its header.
        found: String,
        /// What its cells tell.
        column: Column,
    },
    /// Nothing tells rows apart but a column that is not known.
    RowsAlike {
        /// Its header.
        found: String,
        /// Its texts in two of the rows.
        texts: Vec<String>,
    },
    /// Nothing tells a row from one before but a column that is not known.
    RowAlike {
        /// Its header.
        found: String,
        /// The line of the one before.
        before: usize,
    },
    /// A row of totals, of no entity or indicator that is known; it is left out.
    TotalRow {
        /// Its name.
        found: String,
    },
    /// A row names no entity below rows that do.
    BlankEntity,
    /// A row names no part of a dimension below rows that do.
    BlankPart {
        /// The dimension.
        dimension: String,
    },
    /// Two mappings of the pack are about one sheet.
    SeveralMappings {
        /// Their names.
        names: Vec<String>,
    },
    /// A mapping names a header that the table does not have.
    MappingColumn {
        /// The mapping.
        table: String,
        /// The header that it names.
        found: String,
        /// The headers of the table.
        headers: Vec<String>,
    },
    /// A mapping names rows for the header that the table does not have.
    MappingHeader {
        /// The mapping.
        table: String,
        /// The first of the rows.
        row: usize,
    },
    /// A mapping fixes for all figures what a column says as well.
    MappingTwice {
        /// The mapping.
        table: String,
        /// What both say.
        column: Column,
        /// The number of the column.
        other: usize,
    },
}

impl From<LayoutProblem> for super::ProblemKind {
    fn from(problem: LayoutProblem) -> Self {
        super::ProblemKind::Layout(problem)
    }
}
