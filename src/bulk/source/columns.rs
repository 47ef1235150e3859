//! The columns of the block that is being filled: cells go in, row by row or column by column, a
//! block comes out. Its vectors are those of the block before. Never reads a file.

use super::number::{self, Read};
use super::parquet::values::{FAULT, is_mark};
use super::words::Words;
use crate::bulk::block::{Block, Cells, Wanted};
use crate::bulk::wide::wide;

/// Rows of a block.
pub(in crate::bulk) const MOST_ROWS: usize = 8192;

/// A column that is being filled; of its vectors those are used that its cells are asked for as.
#[derive(Debug)]
pub(in crate::bulk) struct Column {
    pub(in crate::bulk) wanted: Wanted,
    pub(in crate::bulk) values: Vec<f64>,
    pub(in crate::bulk) odd: Vec<u32>,
    /// The rows whose cell is too long, or no text: nothing can be read of them.
    pub(in crate::bulk) faults: Vec<u32>,
    /// Rows that were only looked at for such cells.
    pub(in crate::bulk) n_looked: usize,
    pub(in crate::bulk) codes: Vec<u32>,
    pub(in crate::bulk) words: Words,
    pub(super) ends: Vec<u32>,
    pub(super) bytes: Vec<u8>,
}

impl Column {
    pub(in crate::bulk) fn new(wanted: Wanted) -> Column {
        Column {
            wanted,
            values: Vec::new(),
            odd: Vec::new(),
            faults: Vec::new(),
            n_looked: 0,
            codes: Vec::new(),
            words: Words::default(),
            ends: Vec::new(),
            bytes: Vec::new(),
        }
    }

    /// Adds a cell by its text.
    #[inline]
    pub(in crate::bulk) fn text(&mut self, row: u32, text: &[u8]) {
        match self.wanted {
            Wanted::Nothing => {}
            Wanted::Numbers => match number::read(text) {
                Read::Number(value) => self.values.push(value),
                Read::Blank => self.values.push(f64::NAN),
                Read::Odd => self.odd(row, text),
            },
            Wanted::Words => self.word(text),
            Wanted::Keys => {
                if !is_blank(text) {
                    self.bytes.extend_from_slice(text);
                }
                self.ends.push(end(self.bytes.len()));
            }
        }
    }

    /// Adds a cell that is asked for as a word.
    #[inline]
    pub(in crate::bulk) fn word(&mut self, text: &[u8]) {
        let code = match is_blank(text) {
            true => Cells::BLANK,
            false => self.words.place(text),
        };
        self.codes.push(code);
    }

    /// Adds a cell that is asked for as it is and shows something: so many of the bytes at the start of these.
    #[inline]
    pub(super) fn key(&mut self, bytes: &[u8], length: usize) {
        let before = self.bytes.len();
        match bytes.first_chunk::<16>() {
            // Always as many are copied faster than some.
            Some(more) if length <= more.len() => {
                self.bytes.extend_from_slice(more);
                self.bytes.truncate(before + length);
            }
            _ => self
                .bytes
                .extend_from_slice(bytes.get(..length).unwrap_or(bytes)),
        }
        self.ends.push(end(self.bytes.len()));
    }

    /// Adds texts that are asked for as they are: their bytes, and where each ends among these.
    pub(in crate::bulk) fn whole(&mut self, bytes: &[u8], ends: impl Iterator<Item = usize>) {
        let first = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        self.ends.extend(ends.map(|own| end(first + own)));
    }

    /// Adds a cell of a column of numbers that is none, or a blank of a blank that is no ASCII.
    #[cold]
    fn odd(&mut self, row: u32, text: &[u8]) {
        if !is_blank(text) {
            self.odd.push(row);
        }
        self.values.push(f64::NAN);
    }

    /// Notes the rows of marked values from one row on, and makes blanks of them.
    pub(in crate::bulk) fn note_odd(&mut self, from: usize) {
        let is_odd = |value: &f64| is_mark(*value);
        let added = self.values.get_mut(from..).unwrap_or(&mut []);
        // Most blocks have none.
        let values = added.iter();
        let has_odd = wide(
            #[inline(always)]
            || values.fold(false, |any, value| any | is_odd(value)),
        );
        if !has_odd {
            return;
        }
        for (value, row) in added.iter_mut().zip(end(from)..) {
            if is_odd(value) {
                match value.to_bits() == FAULT.to_bits() {
                    true => self.faults.push(row),
                    false => self.odd.push(row),
                }
                *value = f64::NAN;
            }
        }
    }

    /// Adds a blank.
    #[inline]
    pub(in crate::bulk) fn blank(&mut self) {
        match self.wanted {
            Wanted::Nothing => {}
            Wanted::Numbers => self.values.push(f64::NAN),
            Wanted::Words => self.codes.push(Cells::BLANK),
            Wanted::Keys => self.ends.push(end(self.bytes.len())),
        }
    }

    /// The rows that it holds.
    pub(super) fn n_rows(&self) -> usize {
        match self.wanted {
            Wanted::Nothing => self.n_looked,
            Wanted::Numbers => self.values.len(),
            Wanted::Words => self.codes.len(),
            Wanted::Keys => self.ends.len(),
        }
    }

    fn truncate(&mut self, n_rows: usize) {
        self.values.truncate(n_rows);
        self.codes.truncate(n_rows);
        self.ends.truncate(n_rows);
        let n_bytes = self.ends.last().copied().unwrap_or(0) as usize;
        self.bytes.truncate(n_bytes);
        while self.odd.last().is_some_and(|row| *row as usize >= n_rows) {
            self.odd.pop();
        }
        self.faults.retain(|row| (*row as usize) < n_rows);
    }

    /// Takes rows out, which are in order.
    fn remove(&mut self, rows: &[u32]) {
        let is_kept = |row: usize| rows.binary_search(&end(row)).is_err();
        let mut at = 0;
        let mut next = || {
            at += 1;
            is_kept(at - 1)
        };
        match self.wanted {
            Wanted::Nothing => {}
            Wanted::Numbers => self.values.retain(|_| next()),
            Wanted::Words => self.codes.retain(|_| next()),
            Wanted::Keys => {
                let mut bytes = Vec::with_capacity(self.bytes.len());
                let mut from = 0;
                self.ends.retain_mut(|to| {
                    let text = self.bytes.get(from..*to as usize).unwrap_or_default();
                    from = *to as usize;
                    let is_kept = next();
                    if is_kept {
                        bytes.extend_from_slice(text);
                        *to = end(bytes.len());
                    }
                    is_kept
                });
                self.bytes = bytes;
            }
        }
        self.odd.retain(|row| rows.binary_search(row).is_err());
        for row in &mut self.odd {
            *row -= end(rows.partition_point(|gone| gone < row));
        }
    }

    /// Takes the vectors of a block that is filled again.
    fn take(&mut self, cells: &mut Cells) {
        match std::mem::take(cells) {
            Cells::Nothing => {}
            Cells::Numbers { values, odd } => (self.values, self.odd) = (values, odd),
            // The texts are let go, so that more can be put beside them without a copy.
            Cells::Words { codes, .. } => self.codes = codes,
            Cells::Keys { ends, bytes } => (self.ends, self.bytes) = (ends, bytes),
        }
        self.values.clear();
        self.odd.clear();
        self.faults.clear();
        self.n_looked = 0;
        self.codes.clear();
        self.ends.clear();
        self.bytes.clear();
    }

    fn give(&mut self) -> Cells {
        match self.wanted {
            Wanted::Nothing => Cells::Nothing,
            Wanted::Numbers => Cells::Numbers {
                values: std::mem::take(&mut self.values),
                odd: std::mem::take(&mut self.odd),
            },
            Wanted::Words => Cells::Words {
                codes: std::mem::take(&mut self.codes),
                words: self.words.list(),
            },
            Wanted::Keys => Cells::Keys {
                ends: std::mem::take(&mut self.ends),
                bytes: std::mem::take(&mut self.bytes),
            },
        }
    }
}

/// All columns of a table.
#[derive(Debug)]
pub(in crate::bulk) struct Columns(pub(in crate::bulk) Vec<Column>);

impl Columns {
    /// Columns as asked for; of those that nobody asked for, nothing.
    pub(in crate::bulk) fn new(wanted: &[Wanted], n: usize) -> Columns {
        let wanted = wanted
            .iter()
            .copied()
            .chain(std::iter::repeat(Wanted::Nothing));
        Columns(wanted.take(n).map(Column::new).collect())
    }

    /// Starts a block.
    pub(in crate::bulk) fn start(&mut self, block: &mut Block) {
        block.n_rows = 0;
        block.columns.resize_with(self.0.len(), Cells::default);
        for (column, cells) in self.0.iter_mut().zip(&mut block.columns) {
            column.take(cells);
        }
    }

    /// Drops what was added of the row behind so many.
    pub(in crate::bulk) fn truncate(&mut self, n_rows: usize) {
        for column in &mut self.0 {
            column.truncate(n_rows);
        }
    }

    /// The rows, in order, of which nothing can be read.
    pub(in crate::bulk) fn faults(&self) -> Vec<u32> {
        let columns = self.0.iter();
        let mut rows: Vec<u32> = columns.flat_map(|column| column.faults.clone()).collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// Takes rows out, which are in order.
    pub(in crate::bulk) fn remove(&mut self, rows: &[u32]) {
        for column in &mut self.0 {
            column.remove(rows);
        }
    }

    /// Ends a block.
    pub(in crate::bulk) fn finish(&mut self, block: &mut Block, n_rows: usize, first: u64) {
        (block.n_rows, block.first) = (n_rows, first);
        for (column, cells) in self.0.iter_mut().zip(&mut block.columns) {
            *cells = column.give();
        }
    }
}

/// Texts of a block are shorter than four gigabytes together: parts are cut far below.
pub(super) fn end(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Whether a cell shows nothing.
#[inline]
pub(in crate::bulk) fn is_blank(text: &[u8]) -> bool {
    match text.first() {
        None => true,
        Some(b'!'..=0x7F) => false,
        Some(_) => std::str::from_utf8(text).is_ok_and(|text| text.trim().is_empty()),
    }
}

/// A block of which every row has the same cell in a column.
pub(super) fn constant(cells: &mut Cells, wanted: Wanted, n_rows: usize, text: &str) {
    let mut column = Column::new(wanted);
    column.take(cells);
    match wanted {
        Wanted::Nothing => {}
        Wanted::Numbers => match number::read(text.as_bytes()) {
            Read::Number(value) => column.values.resize(n_rows, value),
            Read::Blank => column.values.resize(n_rows, f64::NAN),
            Read::Odd => {
                column.values.resize(n_rows, f64::NAN);
                column.odd.extend(0..end(n_rows));
            }
        },
        Wanted::Words => {
            let code = match is_blank(text.as_bytes()) {
                true => Cells::BLANK,
                false => column.words.place(text.as_bytes()),
            };
            column.codes.resize(n_rows, code);
        }
        Wanted::Keys => {
            for _ in 0..n_rows {
                column.text(0, text.as_bytes());
            }
        }
    }
    *cells = column.give();
}
