//! Tables whose rows are each about one body and one period, though several rows may be about the same:
//! a row a figure, or with more said of figures than how much. Never reads a figure.

use super::{
    Alike, Column, ColumnMeaning, ColumnReading, Head, Known, Probe, Shown, Table, WhyWhole,
    has_lists, is_plain, plain_reading, texts, unknown,
};

use crate::model::ClassId;

impl Table {
    /// Whom and when the rows of a table are about, from its header and its first rows. Its figures are
    /// left to the reader of whole bodies.
    pub(in crate::bulk) fn of_bodies(
        known: &Known<'_>,
        head: Head<'_>,
        rows: &[Vec<Shown>],
    ) -> Result<Table, WhyWhole> {
        let (reading, is_told) = plain_reading(known, head, rows)?;
        let model = known.model();
        let (mut entity, mut period, mut record, mut part_of) = (None, None, None, None);
        // What is a part of something may be a record in its list.
        let has_lists = has_lists(model);
        for column in &reading.columns {
            let place = column.number.checked_sub(1).ok_or(WhyWhole::Layout)?;
            let to = match &column.meaning {
                ColumnMeaning::Holds(Column::Entity) => &mut entity,
                ColumnMeaning::Holds(Column::Period) => &mut period,
                ColumnMeaning::Holds(Column::Record) => &mut record,
                ColumnMeaning::Holds(Column::PartOf) if !has_lists => &mut part_of,
                ColumnMeaning::Holds(other) if is_of_row(*other) => continue,
                ColumnMeaning::Figures(said)
                    if said.iter().all(|(column, _)| is_of_row(*column)) =>
                {
                    continue;
                }
                ColumnMeaning::Parts(_) | ColumnMeaning::Ignored | ColumnMeaning::Unknown => {
                    continue;
                }
                _ => return Err(WhyWhole::Column(column.header.clone())),
            };
            if to.replace(place).is_some() {
                return Err(WhyWhole::Column(column.header.clone()));
            }
        }
        let figures = |column: &&ColumnReading| matches!(column.meaning, ColumnMeaning::Figures(_));
        let figures = reading.columns.iter().filter(figures);
        // A record may be there without a figure, and in a table of a row a figure a blank one is told.
        let filled_by = match has_lists || reading.is_long() {
            true => Vec::new(),
            false => figures
                .filter_map(|column| column.number.checked_sub(1))
                .collect(),
        };
        let open = model.classes.iter().filter(|(_, class)| class.is_open);
        let open: Vec<ClassId> = open.map(|(id, _)| id).collect();
        let says_kind = |column: &ColumnReading| {
            let kind = ColumnMeaning::Holds(Column::EntityKind);
            column.meaning == kind
        };
        // Whom a row names that has no figure, nobody else tells.
        let class = match (open.as_slice(), has_lists || reading.is_long()) {
            ([only], false) if !reading.columns.iter().any(says_kind) => Some(*only),
            _ => None,
        };
        Ok(Table {
            header: head.0.to_vec(),
            is_delimited: head.1,
            entity,
            period: period.ok_or(WhyWhole::Layout)?,
            record,
            part_of,
            figures: Vec::new(),
            filled_by,
            class,
            is_long: reading.is_long(),
            takes_new: !open.is_empty(),
            pattern: texts(rows).into_iter().next().ok_or(WhyWhole::Layout)?,
            unknown: unknown(&reading),
            is_told,
            names_first: false,
        })
    }
}

impl Probe {
    /// Whether all rows below a header were read as rows, and none as another header.
    pub(in crate::bulk) fn is_plain(&self, header: &[String]) -> bool {
        match self.submission.readings.as_slice() {
            [reading] => is_plain(reading, header),
            _ => false,
        }
    }

    /// Whether rows below a header were read as all rows of its table are.
    pub(in crate::bulk) fn is_read_as(&self, header: &[String], columns: &[ColumnReading]) -> bool {
        match self.submission.readings.as_slice() {
            [reading] => is_plain(reading, header) && reading.columns == columns,
            _ => false,
        }
    }
}

/// Refuses rows of one file, each with the file and its line, that only a column which nobody knows tells apart.
pub(in crate::bulk) fn expect_apart<'r>(
    mut alike: Alike,
    known: &Known<'_>,
    header: &[String],
    rows: impl Iterator<Item = ((&'r str, u64), &'r [Shown])>,
) -> Result<(), WhyWhole> {
    if !alike.may_find() {
        return Ok(());
    }
    for (place, cells) in rows {
        let text = |number: usize| {
            let cell = number.checked_sub(1).and_then(|at| cells.get(at));
            cell.map_or("", |cell| cell.text.as_str())
        };
        if let Some((number, _)) = alike.take(known, place, text) {
            let header = number.checked_sub(1).and_then(|at| header.get(at));
            return Err(WhyWhole::Apart(header.cloned().unwrap_or_default()));
        }
    }
    Ok(())
}

/// Whether it leaves whom and when to the row, and says nothing of other rows.
fn is_of_row(column: Column) -> bool {
    matches!(
        column,
        Column::Indicator
            | Column::Definition
            | Column::Measure
            | Column::EntityKind
            | Column::Breakdown
            | Column::Basis
            | Column::Value
            | Column::Qualifier
            | Column::Unit
            | Column::Scale
            | Column::Decimals
            | Column::Source
            | Column::Section
            | Column::Line
            | Column::Published
            | Column::Status
            | Column::Quote
            | Column::Note
            | Column::NoteEn
            | Column::Ignored
    )
}
