//! The cells of a row by what they hold: columns and cells go in, each is found again by its column.
//! A row has few, so that they lie side by side, in the order of columns.

use super::{Cell, Column};

/// Cells by what they hold, in the order of [`Column`].
///
/// ```
/// use plumbrule::figures::grid::Cell;
/// use plumbrule::figures::table::{Cells, Column};
/// let mut cells = Cells::default();
/// cells.insert(Column::Value, Cell::of("71%", 2, 3));
/// assert!(cells.get(Column::Value).is_some_and(|cell| cell.text == "71%"));
/// assert!(!cells.contains(Column::Unit));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    // INVARIANT: in ascending order of columns, each once.
    cells: Vec<(Column, Cell)>,
}

impl Cells {
    /// The place of a column, or where it would be.
    fn at(&self, column: Column) -> Result<usize, usize> {
        self.cells
            .binary_search_by_key(&column, |(known, _)| *known)
    }

    /// The cell of a column.
    #[must_use]
    pub fn get(&self, column: Column) -> Option<&Cell> {
        let found = self.cells.get(self.at(column).ok()?);
        found.map(|(_, cell)| cell)
    }

    /// The cell of a column, to be changed.
    pub fn get_mut(&mut self, column: Column) -> Option<&mut Cell> {
        let at = self.at(column).ok()?;
        self.cells.get_mut(at).map(|(_, cell)| cell)
    }

    /// Whether a column has a cell.
    #[must_use]
    pub fn contains(&self, column: Column) -> bool {
        self.at(column).is_ok()
    }

    /// Puts a cell in the place of the one that the column had.
    pub fn insert(&mut self, column: Column, cell: Cell) {
        match self.at(column) {
            Err(at) => self.cells.insert(at, (column, cell)),
            Ok(at) => {
                if let Some((_, known)) = self.cells.get_mut(at) {
                    *known = cell;
                }
            }
        }
    }

    /// Takes the cell of a column out.
    pub fn remove(&mut self, column: Column) -> Option<Cell> {
        let at = self.at(column).ok()?;
        Some(self.cells.remove(at).1)
    }

    /// Whether no column has a cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The columns that have a cell, in order.
    pub fn columns(&self) -> impl Iterator<Item = Column> + '_ {
        self.cells.iter().map(|(column, _)| *column)
    }

    /// All cells, in the order of their columns.
    pub fn iter(&self) -> impl Iterator<Item = (Column, &Cell)> {
        self.cells.iter().map(|(column, cell)| (*column, cell))
    }

    /// The same cells, with room for more.
    pub(super) fn with_room(&self, n: usize) -> Cells {
        let mut cells = Vec::with_capacity(self.cells.len() + n);
        cells.extend_from_slice(&self.cells);
        Cells { cells }
    }
}

impl Extend<(Column, Cell)> for Cells {
    fn extend<T: IntoIterator<Item = (Column, Cell)>>(&mut self, more: T) {
        for (column, cell) in more {
            self.insert(column, cell);
        }
    }
}

impl IntoIterator for Cells {
    type Item = (Column, Cell);
    type IntoIter = std::vec::IntoIter<(Column, Cell)>;

    fn into_iter(self) -> Self::IntoIter {
        self.cells.into_iter()
    }
}
