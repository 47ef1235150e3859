//! Long tables: the records of a grid go in, rows with their places and problems with theirs come
//! out, one at a time. A bad row loses no other row. Never guesses what a column holds, never
//! reads a number, never words a message.

use std::collections::BTreeMap;

use super::grid::{self, Grid, Record, Records};
use crate::fold::{fold_width, nearest};

use super::grid::{Cell, Limits, Place, Problem, ProblemKind};

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
    /// A remark, in the language of the table.
    Note,
    /// The same remark in English.
    NoteEn,
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
        let start = Place {
            line: self.line,
            column: 1,
        };
        self.cells.get(&column).map_or(start, |cell| cell.place)
    }
}

/// A long table being read: an iterator over its rows and problems.
pub struct Table<'a> {
    sheet: Option<String>,
    columns: Vec<Option<Column>>,
    pending: std::vec::IntoIter<Problem>,
    records: Option<Records<'a>>,
    delimiter: Option<u8>,
}

/// Opens the tables of a file; what is wrong with a header comes out first, as problems.
///
/// After a problem that is no warning in the header no row follows.
#[must_use]
pub fn read_tables<'a>(
    name: &str,
    bytes: &'a [u8],
    headers: &Headers,
    limits: &Limits,
) -> Vec<Table<'a>> {
    match grid::grids(name, bytes, &|text| headers.lookup(text).is_some(), limits) {
        Err(problem) => vec![Table::refused(problem)],
        Ok(grids) => grids
            .into_iter()
            .map(|grid| Table::open(grid, headers, limits))
            .collect(),
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
    let lookup = |cell: &Cell| headers.lookup(&cell.text);
    let columns: Vec<Option<Column>> = header.cells.iter().map(lookup).collect();
    if columns.iter().all(Option::is_none) {
        let found = header.cells.iter().find(|c| !c.is_blank());
        let found = found
            .map(|c| c.text.chars().take(40).collect())
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
            let nearest = nearest(&cell.text, headers.names.keys().map(String::as_str));
            let nearest = nearest.map(|(name, _)| name.to_owned());
            let found = cell.text.chars().take(40).collect();
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

impl<'a> Table<'a> {
    fn refused(problem: Problem) -> Self {
        Table {
            sheet: None,
            columns: Vec::new(),
            pending: vec![problem].into_iter(),
            records: None,
            delimiter: None,
        }
    }

    fn open(grid: Grid<'a>, headers: &Headers, limits: &Limits) -> Self {
        let mut records = grid.records;
        let mut problems = Vec::new();
        let mut columns = Vec::new();
        let header = records.find(|record| !record.as_ref().is_ok_and(Record::is_blank));
        match header {
            None => problems.push(Problem::new(1, 1, ProblemKind::Empty)),
            Some(Err(problem)) => problems.push(problem),
            Some(Ok(header)) => columns = read_header(&header, headers, limits, &mut problems),
        }
        let is_usable = problems.iter().all(Problem::is_warning);
        Table {
            sheet: grid.sheet,
            columns,
            pending: problems.into_iter(),
            records: is_usable.then_some(records),
            delimiter: grid.delimiter,
        }
    }

    /// Returns the name of the sheet, where the file has several.
    #[must_use]
    pub fn sheet(&self) -> Option<&str> {
        self.sheet.as_deref()
    }

    /// Returns what stands between cells, where the bytes are delimited text.
    pub(super) fn delimiter(&self) -> Option<u8> {
        self.delimiter
    }

    /// Returns the columns in the order of the header; a header that names none has `None`.
    #[must_use]
    pub fn columns(&self) -> &[Option<Column>] {
        &self.columns
    }

    fn row(&self, record: Record) -> Row {
        let cells = self.columns.iter().zip(record.cells);
        let cells = cells.filter_map(|(column, cell)| column.map(|column| (column, cell)));
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
            if record.is_blank() {
                continue;
            }
            return Some(Ok(self.row(record)));
        }
    }
}

#[cfg(test)]
mod tests;
