//! Rows of another file as a table of their own: a text that was written here goes in, and its figures, or how
//! it is cut, come out.

use super::places::Mark;
use super::remembered::Remembered;
use crate::figures::Submission;
use crate::figures::grid::{Decoded, Limits, Record};
use crate::figures::table::{self, Known, TableReading};

impl Submission {
    /// Reads one table of a header and the rows of another file, which are cells between delimiters, or fields.
    pub(crate) fn read_own(
        &mut self,
        known: &Known<'_>,
        name: &str,
        records: Vec<Record>,
        is_delimited: bool,
    ) {
        let limits = Limits::default();
        let mark = Mark::of(self);
        let text = Decoded::utf8(b"");
        let table = table::read_own(name, (records, is_delimited), known, &limits);
        self.read_sheet(known.model(), name, &text, table);
        mark.place(self, known.model(), (name, &text), &limits);
        self.remembered = Remembered::default();
        self.settle();
    }

    /// How a table as [`Submission::read_own`] reads it is cut, and what is told of its header: nothing, or
    /// whether that keeps it from being read. None of its figures are read.
    pub(crate) fn layout_of(
        known: &Known<'_>,
        name: &str,
        records: Vec<Record>,
        is_delimited: bool,
    ) -> (Vec<TableReading>, Option<bool>) {
        let limits = Limits::default();
        let mut table = table::read_own(name, (records, is_delimited), known, &limits);
        let mut told = None;
        for item in table.by_ref() {
            if let Err(problem) = item
                && problem.place.line == 1
            {
                told = Some(told == Some(true) || problem.stops());
            }
        }
        (table.into_readings().collect(), told)
    }
}
