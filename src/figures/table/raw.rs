//! A table without the names of a pack: a grid goes in, its header, what its columns tell by
//! themselves and its records come out. Names that are no words of headers stay what is written.

use super::known::{Head, Known, clean, unwrap};
use super::layout::cell_at;
use super::lines::{is_note, only_text, periods_in, said_above};
use super::rows::{is_long_header, is_title};
use super::{Cell, Column, Problem, Record, SharedReading, sdmx};
use crate::figures::grid::Grid;

/// Records in which the header is looked for.
const WINDOW: usize = 40;

/// A column of a table that is read without a pack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawColumn {
    /// Its number, from 1.
    pub number: usize,
    /// Its header; of several rows, one after the other.
    pub header: String,
    /// What its cells hold, where the header is a word for it.
    pub holds: Option<Column>,
    /// Its cells are running numbers.
    pub is_index: bool,
    /// What the header fixes for the figures below it: period, unit, measure.
    pub fixed: Vec<(Column, String)>,
    /// What of the header only a pack can know.
    pub names: Vec<String>,
    /// Whether figures stand below it.
    pub is_figures: bool,
}

impl RawColumn {
    /// What the header fixes of a kind.
    #[must_use]
    pub fn fixed(&self, column: Column) -> Option<&str> {
        let mut all = self.fixed.iter();
        all.find(|(known, _)| *known == column)
            .map(|(_, text)| text.as_str())
    }

    fn take(&mut self, known: &Known<'_>, text: &str) {
        let mut fix = |column: Column, text: String| {
            if !self.fixed.contains(&(column, text.clone())) {
                self.fixed.push((column, text));
            }
        };
        match &*known.head(text) {
            Head::Blank | Head::Parts(_) => {}
            Head::Index => self.is_index = true,
            Head::Holds(column) => self.holds = Some(*column),
            Head::Unit(unit) => fix(Column::Unit, unit.clone()),
            Head::Names(named) => {
                for (column, text) in named {
                    fix(*column, text.clone());
                }
            }
            Head::Several(_) | Head::Unknown => {
                let inner = text
                    .strip_suffix(')')
                    .and_then(|rest| rest.rsplit_once('('));
                let unit = inner.and_then(|(_, inner)| {
                    let apart = inner.split_once(':');
                    let is_word = |word: &str| known.word(word) == Some(Column::Unit);
                    let inner = apart
                        .filter(|(word, _)| is_word(word))
                        .map_or(inner, |it| it.1);
                    known.unit(inner)
                });
                if let [period] = periods_in(known, text).as_slice() {
                    fix(Column::Period, period.to_string());
                }
                let name = inner
                    .filter(|_| unit.is_some())
                    .map_or(text, |(name, _)| name);
                self.names.push(name.trim().to_owned());
                if let Some(unit) = unit {
                    fix(Column::Unit, unit);
                }
            }
        }
    }
}

/// A table that is read without a pack.
pub(in crate::figures) struct RawTable {
    pub sheet: String,
    pub delimiter: Option<u8>,
    pub header: Vec<usize>,
    pub columns: Vec<RawColumn>,
    pub shared: Vec<SharedReading>,
    /// The rows below the header.
    pub records: Vec<Record>,
    pub problems: Vec<Problem>,
}

impl RawTable {
    /// Reads the records of a grid; `is_value` says whether a text is a printed number.
    pub(in crate::figures) fn of<'a>(
        grid: Grid<'a>,
        known: &'a Known<'a>,
        is_value: &dyn Fn(&str) -> bool,
    ) -> RawTable {
        let grid = sdmx::translate(grid, known);
        let (mut records, mut problems) = (Vec::new(), Vec::new());
        for record in grid.records {
            match record {
                Ok(record) if record.is_blank() => {}
                Ok(record) => records.push(record),
                Err(problem) => problems.push(problem),
            }
        }
        let (at, end) = header(known, &records, is_value);
        let rows = records.get(at..end).unwrap_or_default();
        let above: Vec<&Record> = records.iter().take(at).collect();
        let said = said_above(known, grid.sheet.as_deref(), &above);
        let shared = said.into_iter().map(|said| SharedReading {
            column: said.column,
            text: said.text,
            origin: said.origin,
        });
        let below = records.get(end..).unwrap_or_default();
        let columns = columns(known, rows, below, is_value);
        let (header, shared) = (rows.iter().map(|row| row.line).collect(), shared.collect());
        let mut records = records.split_off(end.min(records.len()));
        records.retain(|row| only_text(row).is_none_or(|cell| !is_note(known, &cell.text)));
        RawTable {
            sheet: grid.sheet.unwrap_or_default(),
            delimiter: grid.delimiter,
            header,
            columns,
            shared,
            records,
            problems,
        }
    }
}

/// The cell of a record in a column.
pub(in crate::figures) fn raw_cell(record: &Record, number: usize) -> Option<&Cell> {
    cell_at(record, number)
}

/// Where the header starts and ends: the words of a long table; else the first row of several
/// texts of which none is a number. The same place twice where there is none.
fn header(
    known: &Known<'_>,
    records: &[Record],
    is_value: &dyn Fn(&str) -> bool,
) -> (usize, usize) {
    let window = || records.iter().take(WINDOW);
    if let Some(at) = window().position(|record| is_long_header(known, record)) {
        return (at, at + 1);
    }
    let has_none = |record: &Record| {
        let mut cells = record.cells.iter().filter(|cell| !cell.is_blank());
        !cells.any(|cell| cell.held.is_some() || is_value(&cell.text))
    };
    let is_wide = window().any(|record| record.cells.len() > 1);
    let is_header = |record: &Record| has_none(record) && !(is_wide && is_title(known, record));
    let Some(at) = window().position(is_header) else {
        return (0, 0);
    };
    let first = |record: &Record| cell_at(record, 1).map(|cell| cell.text.trim().to_owned());
    let top = records.get(at).and_then(first);
    let mut end = at + 1;
    while let Some(record) = records.get(end).filter(|_| end - at < 4) {
        let own = first(record);
        let is_below = own.as_deref().is_none_or(str::is_empty) || own == top;
        let is_units = || {
            let mut cells = record.cells.iter().filter(|cell| !cell.is_blank());
            cells.all(|cell| known.unit(unwrap(&clean(&cell.text))).is_some())
        };
        if !is_below || !has_none(record) || only_text(record).is_some() && !is_units() {
            break;
        }
        end += 1;
    }
    (at, end)
}

fn columns(
    known: &Known<'_>,
    rows: &[Record],
    below: &[Record],
    is_value: &dyn Fn(&str) -> bool,
) -> Vec<RawColumn> {
    let all = rows.iter().chain(below.iter().take(WINDOW));
    let cells = all.flat_map(|row| &row.cells);
    let width = cells.map(|cell| cell.place.column).max().unwrap_or(0);
    let text = |row: &Record, number| {
        let cell = cell_at(row, number).filter(|cell| !cell.is_blank());
        cell.map(|cell| clean(&cell.text))
    };
    let mut over: Vec<Option<String>> = vec![None; rows.len()];
    let mut columns = Vec::new();
    for number in 1..=width {
        let mut column = RawColumn {
            number,
            ..RawColumn::default()
        };
        let mut texts: Vec<String> = Vec::new();
        for (n, row) in rows.iter().enumerate() {
            let under = rows.get(n + 1..).unwrap_or_default();
            let has_below = under.iter().any(|row| text(row, number).is_some());
            let own = text(row, number);
            if let Some(over) = over.get_mut(n) {
                // A header is merged over the columns that have one of their own below.
                if own.is_some() || !has_below {
                    over.clone_from(&own);
                }
                if let Some(text) = over.as_ref().filter(|text| texts.last() != Some(*text)) {
                    column.take(known, text);
                    texts.push(text.clone());
                }
            }
        }
        column.header = texts.join(" / ");
        let mut cells = below.iter().filter_map(|row| cell_at(row, number));
        let has_values = cells.any(|cell| cell.held.is_some() || is_value(&cell.text));
        column.is_figures = match column.holds {
            Some(held) => held == Column::Value,
            None => !column.is_index && has_values,
        };
        let mut cells = below.iter().filter_map(|row| cell_at(row, number));
        let is_blank = column.header.is_empty() && cells.all(Cell::is_blank);
        if !is_blank {
            columns.push(column);
        }
    }
    columns
}
