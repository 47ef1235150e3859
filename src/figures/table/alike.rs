//! Rows that only a column which is not known tells apart: rows go in, one by one, and what is wrong with a row
//! comes out. Holds a few numbers for each row that such a column has a name in; never a cell.

use std::collections::BTreeMap;

use super::layout::{Layout, text_at};
use super::{Column, ColumnMeaning, ColumnReading, Known, LayoutProblem, Record};
use crate::figures::hash;

/// What stands beside a figure, and does not say whose or which it is.
pub(super) const BESIDE: [Column; 5] = [
    Column::Unit,
    Column::Qualifier,
    Column::Decimals,
    Column::Scale,
    Column::Status,
];
/// Between the texts of a row.
const BETWEEN: &str = "\u{1f}";

/// Whether the cell of a column that is not known may name whose or which a figure is.
pub(super) fn is_name(known: &Known<'_>, text: &str) -> bool {
    !known.is_missing(text) && text.chars().any(char::is_alphabetic)
}

/// The rows of a table so far.
#[derive(Debug, Default)]
pub(crate) struct Alike {
    /// The columns that say of whom, when and which its figures are, those of figures, and those that are not known.
    keys: Vec<usize>,
    values: Vec<usize>,
    unknown: Vec<usize>,
    /// For what is known of rows the first of them, and its text in each column that is not known.
    firsts: BTreeMap<u64, (u64, Vec<Option<u64>>)>,
}

impl Alike {
    /// Begins with no row of a table of such columns.
    pub(crate) fn of(columns: &[ColumnReading]) -> Alike {
        let mut alike = Alike::default();
        for column in columns {
            let to = match &column.meaning {
                ColumnMeaning::Unknown => &mut alike.unknown,
                ColumnMeaning::Figures(_) | ColumnMeaning::Holds(Column::Value) => {
                    &mut alike.values
                }
                ColumnMeaning::Holds(held) if !BESIDE.contains(held) => &mut alike.keys,
                ColumnMeaning::Parts(_) => &mut alike.keys,
                _ => continue,
            };
            to.push(column.number);
        }
        alike
    }

    /// Whether some column is not known; else no row is ever wrong.
    pub(crate) fn may_find(&self) -> bool {
        !self.unknown.is_empty()
    }

    /// Takes a record. Says the column that alone tells it from one before.
    pub(super) fn row(
        &mut self,
        known: &Known<'_>,
        layout: &Layout,
        record: &Record,
    ) -> Option<(usize, LayoutProblem)> {
        if !self.may_find() {
            return None;
        }
        let place = ("", record.line as u64);
        let (number, before) = self.take(known, place, |number| text_at(record, number))?;
        let mut columns = layout.columns.iter();
        let header = columns.find(|column| column.number == number);
        let found = header.map_or(String::new(), |it| it.header.chars().take(40).collect());
        let before = usize::try_from(before).unwrap_or(usize::MAX);
        Some((number, LayoutProblem::RowAlike { found, before }))
    }

    /// Takes a row on a line, by its texts. Says which column alone tells it from which line before.
    pub(crate) fn take<'t>(
        &mut self,
        known: &Known<'_>,
        (file, line): (&str, u64),
        text: impl Fn(usize) -> &'t str,
    ) -> Option<(usize, u64)> {
        let own = |number: &usize| {
            Some(text(*number).trim())
                .filter(|text| is_name(known, text))
                .map(hash)
        };
        let own: Vec<Option<u64>> = self.unknown.iter().map(own).collect();
        let is_filled = |number: &usize| !text(*number).trim().is_empty();
        let is_total = |number: &usize| known.is_total(text(*number));
        if own.iter().all(Option::is_none)
            || !self.values.iter().any(is_filled)
            || self.keys.iter().any(is_total)
        {
            return None;
        }
        let texts = self.keys.iter().map(|number| text(*number).trim());
        let texts: Vec<&str> = std::iter::once(file).chain(texts).collect();
        let (first, before) = self
            .firsts
            .entry(hash(&texts.join(BETWEEN)))
            .or_insert_with(|| (line, vec![None; own.len()]));
        let mut found = None;
        for ((number, before), own) in self.unknown.iter().zip(before).zip(own) {
            let Some(own) = own else { continue };
            if *before.get_or_insert(own) != own {
                found = found.or(Some((*number, *first)));
            }
        }
        found
    }
}
