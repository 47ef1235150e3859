//! Which files hold a figure: the blocks of their parts go in, what is told of a file without one comes out.
//! Looks at no cell that is not asked for.

use std::collections::BTreeMap;

use crate::bulk::block::{Block, Cells};
use crate::bulk::table::Table;
use crate::figures::{FigureProblem, without_rows};

/// Whether a cell of a column of figures is no blank; nobody knows where the reader of bodies looks for figures.
pub(super) fn holds_figure(table: &Table, block: &Block) -> bool {
    let columns = table.figures.iter();
    let mut cells = columns.filter_map(|held| block.columns.get(held.place));
    let is_filled = cells.any(|cells| match cells {
        // Nothing is said of cells that were not read.
        Cells::Nothing => true,
        Cells::Numbers { values, odd } => {
            !odd.is_empty() || values.iter().any(|value| !value.is_nan())
        }
        Cells::Words { codes, .. } => codes.iter().any(|code| *code != Cells::BLANK),
        Cells::Keys { bytes, .. } => !bytes.is_empty(),
    });
    is_filled || table.figures.is_empty()
}

/// The files that were read, each with its first part and whether it holds a figure.
#[derive(Debug, Default)]
pub(super) struct Files(BTreeMap<String, (u64, bool)>);

impl Files {
    /// A part of a file.
    pub(super) fn add(&mut self, file: Option<&str>, at: u64, is_filled: bool) {
        let Some(file) = file else { return };
        match self.0.get_mut(file) {
            Some((first, known)) => (*first, *known) = (at.min(*first), *known || is_filled),
            None => {
                self.0.insert(file.to_owned(), (at, is_filled));
            }
        }
    }

    /// What is told of files without a figure, each with the part that it begins with.
    pub(super) fn told(self) -> impl Iterator<Item = (u64, FigureProblem)> {
        let files = self.0.into_iter();
        files
            .filter(|(_, (_, is_filled))| !is_filled)
            .map(|(file, (first, _))| (first, without_rows(&file, true)))
    }
}
