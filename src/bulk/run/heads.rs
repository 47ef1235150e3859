//! Whether each file of a table is read as the first one is: the rows that files begin with go in, of whichever part
//! and in any order. Holds as many rows of a file as a table is understood from, and only until they were looked at.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::{SAMPLE, Stop};
use crate::bulk::block::{Block, Part, Shown};
use crate::bulk::table::Table;
use crate::model::Model;

/// Rows, each with its place in its file.
type Rows = Vec<(u64, Vec<Shown>)>;

/// The first rows of files that were not looked at yet.
pub(in crate::bulk) struct Heads<'t> {
    table: &'t Table,
    model: &'t Model,
    files: Mutex<BTreeMap<String, Rows>>,
}

impl<'t> Heads<'t> {
    pub(in crate::bulk) fn of(table: &'t Table, model: &'t Model) -> Heads<'t> {
        Heads {
            table,
            model,
            files: Mutex::default(),
        }
    }

    /// Takes those rows of the block that was read last which its file begins with.
    ///
    /// # Errors
    /// Where the file means something else than the first one, or cannot be read.
    pub(in crate::bulk) fn add(&self, part: &mut dyn Part, block: &Block) -> Result<(), Stop> {
        let left = (SAMPLE as u64).saturating_sub(block.first);
        let n = u32::try_from(left.min(block.n_rows as u64)).unwrap_or(0);
        if n == 0 || !self.table.may_differ() {
            return Ok(());
        }
        let Some(file) = part.file().map(str::to_owned) else {
            return Ok(());
        };
        let rows = part.cells(&(0..n).collect::<Vec<u32>>());
        let rows = (block.first..).zip(rows.map_err(Stop::from)?);
        // Most files begin with a block that says all.
        if block.first == 0 && (n as usize >= SAMPLE || part.ends_file()) {
            return self.look(rows.collect());
        }
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let known = files.entry(file.clone()).or_default();
        known.extend(rows);
        if known.len() < SAMPLE {
            return Ok(());
        }
        let rows = files.remove(&file).unwrap_or_default();
        drop(files);
        self.look(rows)
    }

    /// Looks at the rows of files that have no more of them.
    ///
    /// # Errors
    /// Where one of the files means something else than the first one.
    pub(in crate::bulk) fn ended(&self) -> Result<(), Stop> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let files = std::mem::take(&mut *files);
        files.into_values().try_for_each(|rows| self.look(rows))
    }

    fn look(&self, mut rows: Rows) -> Result<(), Stop> {
        rows.sort_by_key(|(at, _)| *at);
        let rows: Vec<Vec<Shown>> = rows.into_iter().map(|(_, cells)| cells).collect();
        self.table.expect_alike(self.model, &rows)
    }
}
