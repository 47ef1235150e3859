//! Rows of another file that were cut before. Looks for no delimiter.

use super::{Known, Limits, Table, sdmx};
use crate::figures::grid::{Grid, Problem, ProblemKind, Record};

/// What stands between cells that stood between delimiters, whichever these were.
const DELIMITER: u8 = b',';

/// Opens the table of a header and rows.
pub(in crate::figures) fn read_own<'a>(
    name: &str,
    (records, is_delimited): (Vec<Record>, bool),
    known: &'a Known<'a>,
    limits: &Limits,
) -> Table<'a> {
    let limit = limits.cell_bytes;
    let checked = move |record: Record| {
        let too_long = record.cells.iter().find(|cell| cell.text.len() > limit);
        match too_long {
            Some(cell) => {
                let found = cell.text.len();
                let kind = ProblemKind::CellTooLong { limit, found };
                Err(Problem {
                    place: cell.place,
                    kind,
                })
            }
            None => Ok(record),
        }
    };
    let grid = Grid {
        sheet: None,
        header: None,
        delimiter: is_delimited.then_some(DELIMITER),
        records: Box::new(records.into_iter().map(checked)),
    };
    Table::open(name, sdmx::translate(grid, known), known, limits)
}
