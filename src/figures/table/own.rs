//! Texts that were written here: how they are cut is known. Looks for no delimiter and no header.

use super::{Known, Limits, Table, sdmx};
use crate::figures::grid::delimited;

/// Opens the table of a text with commas between quoted cells.
pub(in crate::figures) fn read_own<'a>(
    name: &str,
    bytes: &'a [u8],
    known: &'a Known<'a>,
    limits: &Limits,
) -> Table<'a> {
    let grid = delimited::open_own(bytes, limits);
    Table::open(name, sdmx::translate(grid, known), known, limits)
}
