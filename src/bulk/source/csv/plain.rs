//! Rows of delimited text in which nothing is quoted, some at a time and column by column: where cells end is known
//! before one is read, so that none waits for the one before. What is no plain row is left to who reads with more care.

use std::borrow::Cow;

use super::ends::Ends;
use super::rows::Rules;
use super::{is_as_shown, shown_text};
use crate::bulk::block::{Cells, Wanted};
use crate::bulk::source::columns::{Column, Columns, end, is_blank};
use crate::bulk::source::number::{self, Read, Short, TOGETHER};
use crate::bulk::wide::wide;

/// Cells that are read together: as many as are near enough to be read column by column.
const CELLS: usize = 1 << 15;

/// Plain text that is being read.
pub(super) struct Plain<'a> {
    /// The text, and line ends behind it.
    pub(super) bytes: &'a [u8],
    pub(super) delimiter: u8,
    /// The most bytes of a cell.
    pub(super) most: usize,
    /// The most rows that are read.
    pub(super) room: usize,
}

/// Where a cell starts and ends.
type Cell = (usize, usize);

impl Plain<'_> {
    /// Reads rows from a byte on, which is the start of one, into the columns, and says where the next line starts;
    /// their starts are put behind those of the rows before. Nothing where the first is to be read with more care.
    pub(super) fn rows(
        &self,
        start: usize,
        rules: &Rules,
        (ends, columns): (&mut Ends, &mut Columns),
        starts: &mut Vec<u32>,
    ) -> Option<usize> {
        let n_columns = columns.0.len();
        let n_before = starts.len();
        if n_columns == 0 {
            return None;
        }
        let most = (CELLS / n_columns).clamp(1, self.room.min(TOGETHER));
        let ends = ends.from(self.bytes, start, most * n_columns, self.delimiter);
        let mut at = start;
        for row in ends.chunks_exact_mut(n_columns) {
            if !rules.is_row(self.bytes, at) {
                break;
            }
            let feed = at + memchr::memchr(b'\n', self.bytes.get(at..)?)?;
            let Some(last) = row.last_mut().filter(|last| **last as usize == feed) else {
                break;
            };
            // A carriage return before a line feed ends the line as well.
            *last -= u32::from(feed > at && self.bytes.get(feed - 1) == Some(&b'\r'));
            starts.push(end(at));
            at = feed + 1;
        }
        let firsts = starts.get(n_before..).filter(|firsts| !firsts.is_empty())?;
        let rows = || ends.chunks_exact(n_columns).take(firsts.len());
        let place = |place: Option<&u32>| place.map_or(0, |place| *place as usize);
        let mut are_read = true;
        for (number, column) in columns.0.iter_mut().enumerate() {
            are_read &= match number.checked_sub(1) {
                None => {
                    let cells = firsts.iter().zip(rows());
                    let cells = cells.map(|(first, row)| (*first as usize, place(row.first())));
                    self.column(cells, column, n_before)
                }
                Some(before) => {
                    let cell = |row: &[u32]| match row.get(before..before + 2) {
                        Some([before, own]) => (*before as usize + 1, *own as usize),
                        _ => (0, 0),
                    };
                    self.column(rows().map(cell), column, n_before)
                }
            }
            .is_some();
        }
        if !are_read {
            starts.truncate(n_before);
            return None;
        }
        Some(at)
    }

    /// Reads cells of rows from one on into their column.
    #[inline(always)]
    fn column(
        &self,
        cells: impl ExactSizeIterator<Item = Cell> + Clone,
        column: &mut Column,
        first: usize,
    ) -> Option<()> {
        match column.wanted {
            Wanted::Numbers => self.numbers(cells, column, first),
            Wanted::Nothing => {
                let mut cells = cells;
                cells.all(|cell| length(cell) <= self.most).then_some(())
            }
            Wanted::Words => {
                for cell in cells {
                    let code = match self.word(cell) {
                        Some(_) if length(cell) == 0 => Cells::BLANK,
                        Some((few, text)) => column.words.place_of(few, text),
                        None => {
                            column.text(0, &self.text(cell)?);
                            continue;
                        }
                    };
                    column.codes.push(code);
                }
                Some(())
            }
            Wanted::Keys => {
                for cell in cells {
                    let bytes = self.bytes.get(cell.0..)?;
                    match bytes.first() {
                        _ if length(cell) == 0 => column.blank(),
                        Some(byte) if is_as_shown(*byte) && length(cell) <= self.most => {
                            column.key(bytes, length(cell));
                        }
                        _ => column.text(0, &self.text(cell)?),
                    }
                }
                Some(())
            }
        }
    }

    #[inline(always)]
    fn numbers(
        &self,
        cells: impl ExactSizeIterator<Item = Cell> + Clone,
        column: &mut Column,
        first: usize,
    ) -> Option<()> {
        let mut short = Short::default();
        let n = cells.len();
        let into = short.words.iter_mut().zip(&mut short.lengths);
        for ((word, own), cell) in into.zip(cells.clone()) {
            *word = u64::from_le_bytes(*self.bytes.get(cell.0..)?.first_chunk()?);
            *own = length(cell) as u64;
        }
        let before = column.values.len();
        column.values.resize(before + n, f64::NAN);
        let values = column.values.get_mut(before..).unwrap_or_default();
        let is_any_odd = wide(
            #[inline(always)]
            || short.read(values),
        );
        if !is_any_odd {
            return Some(());
        }
        let rows = short.odd.iter().zip(values).enumerate();
        for (at, (_, value)) in rows.take(n).filter(|(_, (odd, _))| **odd != 0) {
            let text = self.text(cells.clone().nth(at)?)?;
            *value = match number::read(&text) {
                Read::Number(number) => number,
                Read::Odd | Read::Blank => f64::NAN,
            };
            if value.is_nan() && !is_blank(&text) {
                column.odd.push(end(first + at));
            }
        }
        Some(())
    }

    /// A cell of at most seven bytes as one number, see [`number::few`], and its bytes; none where it is longer, or
    /// not what it shows.
    #[inline(always)]
    fn word(&self, cell: Cell) -> Option<(u64, &[u8])> {
        let bytes = self.bytes.get(cell.0..)?;
        let word = u64::from_le_bytes(*bytes.first_chunk()?);
        let length = length(cell);
        if length > 7.min(self.most) || length > 0 && !is_as_shown(word as u8) {
            return None;
        }
        Some((number::few(word, length as u64), bytes.get(..length)?))
    }

    /// What a cell shows; none where it is longer than allowed.
    #[cold]
    fn text(&self, cell: Cell) -> Option<Cow<'_, [u8]>> {
        shown_text(self.bytes.get(cell.0..cell.1)?, self.most)
    }
}

#[inline(always)]
fn length(cell: Cell) -> usize {
    cell.1.wrapping_sub(cell.0)
}
