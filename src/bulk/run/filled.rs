//! Which files hold a figure: the rows of their parts go in, what is told of a file without one comes out.
//! Looks at no cell that is not asked for.

use std::collections::BTreeMap;

use crate::bulk::block::{Block, Cells};
use crate::bulk::table::Table;
use crate::figures::{FigureProblem, without_rows};

/// Whether a row of a block that is neither a total nor a header between others has a figure.
pub(super) fn holds_figure(table: &Table, block: &Block, between: &[u32]) -> bool {
    let n = u32::try_from(block.n_rows).unwrap_or(u32::MAX);
    let holds = |cells: &Cells| {
        (0..n)
            .filter(|row| between.binary_search(row).is_err())
            .any(|row| is_filled(cells, row))
    };
    let columns = table.filled_by.iter();
    table.filled_by.is_empty() || columns.filter_map(|at| block.columns.get(*at)).any(holds)
}

fn is_filled(cells: &Cells, row: u32) -> bool {
    let at = row as usize;
    match cells {
        // Nothing is said of cells that were not read.
        Cells::Nothing => true,
        Cells::Numbers { values, odd } => {
            let is_number = values.get(at).is_some_and(|value| !value.is_nan());
            is_number || odd.binary_search(&row).is_ok()
        }
        Cells::Words { codes, .. } => codes.get(at).is_some_and(|code| *code != Cells::BLANK),
        Cells::Keys { ends, .. } => {
            let before = at.checked_sub(1).and_then(|before| ends.get(before));
            ends.get(at) > before.or(Some(&0))
        }
    }
}

/// The files that were read, each with its first part and whether it holds a figure.
#[derive(Debug, Default)]
pub(in crate::bulk) struct Files(BTreeMap<String, (u64, bool)>);

impl Files {
    /// A part of a file.
    pub(in crate::bulk) fn add(&mut self, file: Option<&str>, at: u64, is_filled: bool) {
        let Some(file) = file else { return };
        match self.0.get_mut(file) {
            Some((first, known)) => (*first, *known) = (at.min(*first), *known || is_filled),
            None => {
                self.0.insert(file.to_owned(), (at, is_filled));
            }
        }
    }

    /// What is told of files without a figure, each with the part that it begins with.
    pub(in crate::bulk) fn told(self) -> impl Iterator<Item = (u64, FigureProblem)> {
        let files = self.0.into_iter();
        files
            .filter(|(_, (_, is_filled))| !is_filled)
            .map(|(file, (first, _))| (first, without_rows(&file, true)))
    }
}
