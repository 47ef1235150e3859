//! What one run leaves to the next over a table of the same columns: how the rows of each period are computed,
//! and what the words of columns say. Holds no row.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use super::compile::Columns;
use super::rows::{Desk, Plans};
use super::table::Table;
use crate::model::FigureRef;

/// Periods, and words of a column, of which more are found anew.
pub(super) const MOST: usize = 1000;

/// What was left by the last run, for runs of one program, of the same rules and by the same options.
#[derive(Default)]
pub(super) struct Kept(Mutex<Option<(For, Left)>>);

/// What it is of use for.
#[derive(PartialEq)]
struct For {
    table: Table,
    columns: Columns,
    shared: BTreeSet<FigureRef>,
}

/// What a run leaves, and the next one begins with.
#[derive(Default)]
pub(super) struct Left {
    pub(super) plans: Plans,
    /// Of each thread.
    pub(super) desks: Vec<Desk>,
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").finish_non_exhaustive()
    }
}

impl For {
    fn of(table: &Table, columns: &Columns, shared: &BTreeSet<FigureRef>) -> For {
        // The row that others are made from differs with every table, and what others say does not.
        let table = Table {
            pattern: Vec::new(),
            ..table.clone()
        };
        For {
            table,
            columns: columns.clone(),
            shared: shared.clone(),
        }
    }
}

impl Kept {
    /// Takes what was left for such a table. Another run at the same time, or one over another table, finds
    /// nothing.
    pub(super) fn take(
        &self,
        table: &Table,
        columns: &Columns,
        shared: &BTreeSet<FigureRef>,
    ) -> Left {
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match left.take() {
            Some((of, left)) if of == For::of(table, columns, shared) => left,
            _ => Left::default(),
        }
    }

    /// Keeps what a run over such a table left.
    pub(super) fn give(
        &self,
        table: &Table,
        columns: &Columns,
        shared: &BTreeSet<FigureRef>,
        left: Left,
    ) {
        let left = (For::of(table, columns, shared), left);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(left);
    }
}
