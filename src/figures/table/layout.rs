//! The layout of a table, and rows by it: a record goes in, the rows of a long table come out, one
//! for each of its figures. A cell keeps its own place, also where it stands in the header.

use super::known::{Head, Known};
use super::reading::ColumnReading;
use super::{Cell, Cells, Column, Record, Row};
use crate::figures::read::unit_fits;

/// A column that holds something for the figures of its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    pub number: usize,
    pub column: Column,
    /// The dimension whose codes its cells are, where they are a part of a breakdown.
    pub dimension: Option<String>,
    /// The headers beside it under the same merged header; without one, all figures.
    pub group: Option<usize>,
}

/// A column of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ValueColumn {
    pub number: usize,
    /// What the header fixes for them.
    pub cells: Cells,
    pub group: Option<usize>,
    /// The unit of the row of units.
    pub unit: Option<Cell>,
}

/// How a table is laid out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// The lines of the header.
    pub header: Vec<usize>,
    pub unit_row: Option<usize>,
    /// Texts of the last header row, to know it again.
    pub texts: Vec<String>,
    pub attributes: Vec<Attribute>,
    pub values: Vec<ValueColumn>,
    /// What holds for all figures.
    pub shared: Cells,
    pub columns: Vec<ColumnReading>,
    /// Texts that say that there is no figure, besides those that the words name.
    pub missing: Vec<String>,
}

/// The cell of a column, by its number.
pub(super) fn cell_at(record: &Record, number: usize) -> Option<&Cell> {
    let at = number.checked_sub(1)?;
    let direct = record
        .cells
        .get(at)
        .filter(|cell| cell.place.column == number);
    direct.or_else(|| record.cells.iter().find(|cell| cell.place.column == number))
}

/// The text of the cell in a column, without blanks around it.
pub(super) fn text_at(record: &Record, number: usize) -> &str {
    cell_at(record, number).map_or("", |cell| cell.text.trim())
}

/// Puts the cell of an attribute among the cells of a figure.
fn put(known: &Known<'_>, attribute: &Attribute, cells: &mut Cells, mut cell: Cell) {
    if attribute.column != Column::Breakdown {
        cells.insert(attribute.column, cell);
        return;
    }
    if let Some(dimension) = &attribute.dimension {
        match known.part(dimension, &cell.text) {
            Some(pair) => cell.text = pair,
            None => return,
        }
    }
    join(cells, cell);
}

/// Parts of several columns and headers are one breakdown.
fn join(cells: &mut Cells, mut cell: Cell) {
    if let Some(before) = cells.get(Column::Breakdown).filter(|it| !it.is_blank()) {
        cell.text = match cell.is_blank() {
            true => before.text.clone(),
            false => format!("{};{}", before.text.trim(), cell.text.trim()),
        };
    }
    cells.insert(Column::Breakdown, cell);
}

impl Layout {
    /// What the headers across the table tell apart.
    pub(super) fn across(&self) -> Vec<Column> {
        let all = self.values.iter().flat_map(|value| value.cells.columns());
        let mut across: Vec<Column> = all.filter(|column| *column != Column::Unit).collect();
        across.sort_unstable();
        across.dedup();
        across
    }

    /// Whether each row is one figure.
    pub(super) fn is_long(&self) -> bool {
        self.values.len() == 1 && self.across().is_empty()
    }

    /// Whether all cells of figures of a record are blank.
    pub(super) fn has_no_value(&self, record: &Record) -> bool {
        let mut cells = self
            .values
            .iter()
            .map(|value| cell_at(record, value.number));
        cells.all(|cell| cell.is_none_or(Cell::is_blank))
    }

    /// Whether all cells of figures of a record are filled from rows above.
    pub(super) fn has_no_own_value(&self, record: &Record) -> bool {
        let mut values = self.values.iter();
        values.all(|value| cell_at(record, value.number).is_some_and(|cell| record.is_copy(cell)))
    }

    /// The column of a kind, where one holds it for all figures of a row.
    pub(super) fn attribute(&self, column: Column) -> Option<&Attribute> {
        let mut all = self.attributes.iter();
        all.find(|attribute| attribute.column == column && attribute.group.is_none())
    }

    /// The rows of a long table, each with one figure, without copying a cell.
    pub(super) fn long_row(&self, known: &Known<'_>, record: Record) -> Row {
        let value = self.values.first().map(|value| value.number);
        let mut cells = self.shared.with_room(record.cells.len());
        for cell in record.cells {
            let number = cell.place.column;
            if value == Some(number) {
                cells.insert(Column::Value, cell);
            } else if let Some(attribute) = self.attributes.iter().find(|it| it.number == number)
                && (!cell.is_blank() || !cells.contains(attribute.column))
            {
                put(known, attribute, &mut cells, cell);
            }
        }
        Row {
            line: record.line,
            cells,
            is_naming: false,
        }
    }

    /// The rows of a record, one for each figure; blank cells give none, but for rows that name a
    /// record in a list. Says how many were blank.
    pub(super) fn rows(&self, known: &Known<'_>, record: &Record) -> (Vec<Row>, usize) {
        let mut rows = Vec::new();
        let mut n_blank = 0;
        let is_naming = self.is_naming(known, record);
        for value in &self.values {
            let cell = cell_at(record, value.number);
            let is_own = |cell: &&Cell| !cell.is_blank() && !record.is_copy(cell);
            let cell = cell.filter(is_own);
            if cell.is_none() {
                n_blank += 1;
                if !is_naming {
                    continue;
                }
            }
            let mut cells = self.shared.clone();
            for attribute in &self.attributes {
                let is_its = attribute.group.is_none() || attribute.group == value.group;
                let held = cell_at(record, attribute.number);
                if let Some(held) = held.filter(|held| is_its && !held.is_blank()) {
                    put(known, attribute, &mut cells, held.clone());
                } else if attribute.column == Column::Record && !cells.contains(Column::Record) {
                    // A name that is left blank is not a column that is not there.
                    cells.insert(Column::Record, Cell::of("", record.line, attribute.number));
                }
            }
            // What stands closer to the figure goes before what stands further away.
            cells.extend(value.unit.clone().map(|unit| (Column::Unit, unit)));
            for (column, cell) in value.cells.clone() {
                match column {
                    Column::Breakdown => join(&mut cells, cell),
                    _ => cells.insert(column, cell),
                }
            }
            let is_naming = cell.is_none();
            cells.extend(cell.map(|cell| (Column::Value, cell.clone())));
            let mut row = Row {
                line: record.line,
                cells,
                is_naming,
            };
            self.finish(known, &mut row);
            rows.push(row);
        }
        (rows, n_blank)
    }

    /// Whether a record names one in a list whatever its figures are; where it names none, it may be
    /// one itself if it has no figure at all.
    fn is_naming(&self, known: &Known<'_>, record: &Record) -> bool {
        let mut classes = known.model.classes.values();
        if !classes.any(|class| class.owner.is_some()) {
            return false;
        }
        let is_named = |attribute: &Attribute| {
            let text = text_at(record, attribute.number);
            match attribute.column {
                Column::Record | Column::PartOf => !text.is_empty(),
                Column::Entity => text.contains('/'),
                _ => false,
            }
        };
        self.attributes.iter().any(is_named) || self.has_no_value(record)
    }

    /// Takes names apart that say several things, and picks the unit of a line that names several.
    pub(super) fn finish(&self, known: &Known<'_>, row: &mut Row) {
        if !row.is_naming && !row.cells.contains(Column::Value) {
            return;
        }
        let text = row.text(Column::Indicator);
        if !text.is_empty() && !known.plain(text).is_name {
            let place = row.place(Column::Indicator);
            if let Head::Names(named) = &*known.head(text)
                && named.contains_key(&Column::Indicator)
            {
                for (column, text) in named {
                    // The header of the figure itself is closer than the name of its row.
                    let is_its = *column == Column::Indicator
                        || row.text(*column).is_empty()
                        || *column == Column::Unit && self.is_shared_unit(row);
                    if is_its {
                        row.cells
                            .insert(*column, Cell::of(text, place.line, place.column));
                    }
                }
            }
        }
        if self.is_shared_unit(row) {
            self.pick_unit(known, row);
        }
        let value = row.text(Column::Value);
        if self.missing.iter().any(|word| word == value)
            && let Some(cell) = row.cells.get_mut(Column::Value)
        {
            cell.text.clear();
            cell.held = None;
            cell.is_null = true;
        }
    }

    /// Whether the unit of a row is that of the whole table.
    fn is_shared_unit(&self, row: &Row) -> bool {
        let shared = self.shared.get(Column::Unit);
        shared.is_some() && row.cells.get(Column::Unit) == shared
    }

    /// Of several units above a table the one that fits, where only one does.
    fn pick_unit(&self, known: &Known<'_>, row: &mut Row) {
        let text = row.text(Column::Unit);
        let is_one = known.unit(text).is_some() || !text.contains([',', ';', '/', '\u{3001}', ' ']);
        if is_one {
            return;
        }
        let parts = text.split([',', ';', '/', '\u{3001}', ' ']);
        let parts = parts.filter(|part| !part.trim().is_empty());
        // What is no list of units is one that is not known.
        let Some(units) = parts
            .map(|part| known.unit(part))
            .collect::<Option<Vec<_>>>()
        else {
            return;
        };
        let (indicator, measure) = (row.text(Column::Indicator), row.text(Column::Measure));
        let fitting: Vec<String> = units
            .into_iter()
            .filter(|unit| unit_fits(known.model, indicator, measure, unit))
            .collect();
        if let ([only], Some(cell)) = (fitting.as_slice(), row.cells.get_mut(Column::Unit)) {
            cell.text.clone_from(only);
        }
    }
}
