//! Bytes to the cells of one record, in a buffer that is used again. What is longer than cells may
//! be is counted and not kept. Never looks at what a cell says.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::super::{Limits, ProblemKind};

/// The cells of the record read last.
pub(super) struct Splitter {
    reader: Reader,
    /// The bytes of all cells, and where each ends.
    output: Vec<u8>,
    ends: Vec<usize>,
    n_cells: usize,
    /// Cells that a record may have, and bytes of one.
    most_cells: usize,
    most_bytes: usize,
    /// The first cell that is too long, by its number and where it starts.
    long: Option<(usize, usize)>,
    /// Where that cell ends, once that is known.
    long_end: Option<usize>,
    has_too_many: bool,
}

impl Splitter {
    pub(super) fn new(delimiter: u8, limits: &Limits) -> Splitter {
        Splitter {
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
            output: vec![0; 1 << 10],
            ends: vec![0; 32],
            n_cells: 0,
            // A few more than a header may have, so that what is wrong with a row can be said.
            most_cells: limits.columns.saturating_mul(4),
            most_bytes: limits.cell_bytes,
            long: None,
            long_end: None,
            has_too_many: false,
        }
    }

    /// Forgets what was read before, to go on elsewhere.
    pub(super) fn reset(&mut self) {
        self.reader.reset();
    }

    /// Reads on as below other lines, where a mark of the encoding is a sign like any other.
    pub(super) fn go_on(&mut self) {
        self.reader.reset();
        let (mut output, mut ends) = ([0; 1], [0; 1]);
        self.reader.read_record(b"\n", &mut output, &mut ends);
    }

    /// Reads the record that starts at a byte, and moves on to its end.
    pub(super) fn read(&mut self, bytes: &[u8], at: &mut usize) -> ReadRecordResult {
        (self.long, self.long_end, self.has_too_many) = (None, None, false);
        // Bytes and cells kept; `written` counts those that were not kept as well.
        let (mut kept, mut written, mut kept_ends) = (0, 0, 0);
        self.n_cells = 0;
        loop {
            let input = bytes.get(*at..).unwrap_or_default();
            let output = self.output.get_mut(kept..).unwrap_or_default();
            let ends = self.ends.get_mut(kept_ends..).unwrap_or_default();
            let (result, n_read, n_out, n_ends) = self.reader.read_record(input, output, ends);
            *at += n_read;
            (kept, written) = (kept + n_out, written + n_out);
            if self.long.is_some() && self.long_end.is_none() && n_ends > 0 {
                self.long_end = ends.first().copied();
            }
            kept_ends += n_ends;
            self.n_cells += n_ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::Record | ReadRecordResult::End => return result,
                ReadRecordResult::OutputFull => {
                    let start = match kept_ends.checked_sub(1) {
                        Some(last) => self.ends.get(last).copied().unwrap_or(0),
                        None => 0,
                    };
                    if self.is_cut() {
                        kept = 0;
                    } else if written - start > self.most_bytes {
                        self.long = Some((self.n_cells + 1, start));
                        kept = 0;
                    } else {
                        self.output.resize(self.output.len() * 2, 0);
                    }
                }
                ReadRecordResult::OutputEndsFull => {
                    if self.is_cut() {
                        kept_ends = 0;
                    } else if self.n_cells > self.most_cells {
                        self.has_too_many = true;
                        kept_ends = 0;
                    } else {
                        self.ends.resize(self.ends.len() * 2, 0);
                    }
                }
            }
        }
    }

    fn is_cut(&self) -> bool {
        self.long.is_some() || self.has_too_many
    }

    /// How many cells the record has.
    pub(super) fn len(&self) -> usize {
        self.n_cells
    }

    /// Why the record was not kept, and at which cell.
    pub(super) fn refused(&self, limit: usize) -> Option<(usize, ProblemKind)> {
        let too_long = |column, found| Some((column, ProblemKind::CellTooLong { limit, found }));
        if let Some((column, start)) = self.long {
            return too_long(column, self.long_end.unwrap_or(start).saturating_sub(start));
        }
        if self.has_too_many {
            let (limit, found) = (self.most_cells, self.n_cells);
            return Some((limit + 1, ProblemKind::TooManyColumns { limit, found }));
        }
        let lengths = self.cells().map(<[u8]>::len);
        let (found, column) = lengths.zip(1..).find(|(length, _)| *length > limit)?;
        too_long(column, found)
    }

    /// The cells, where the record was kept.
    pub(super) fn cells(&self) -> impl Iterator<Item = &[u8]> {
        let ends = self.ends.get(..self.n_cells).unwrap_or_default();
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let cells = starts.zip(ends.iter().copied());
        cells.map(|(start, end)| self.output.get(start..end).unwrap_or_default())
    }
}
