//! Rows around a header: which belong to it, which holds units, which is a title; and what a
//! column without header holds. Never guesses: a name counts only where it is known.

use super::known::{Head, Known, unwrap};
use super::layout::cell_at;
use super::lines::{is_statement, only_text};
use super::stack::{Says, Stack};
use super::{Cell, Column, Record};

/// Whether the header words of a long table all stand in a record.
pub(super) fn is_long_header(known: &Known<'_>, record: &Record) -> bool {
    let has = |column| {
        record
            .cells
            .iter()
            .any(|cell| known.word(&cell.text) == Some(column))
    };
    Column::REQUIRED.into_iter().all(has)
}

/// Whether a record is a line of a title, or says something of the whole table.
pub(super) fn is_title(known: &Known<'_>, record: &Record) -> bool {
    only_text(record).is_some()
        || record.cells.iter().any(|cell| is_statement(known, cell))
            && !record
                .cells
                .iter()
                .any(|cell| known.head(&cell.text).is_known())
}

/// The texts of a record, blanks aside.
pub(super) fn texts(record: &Record) -> Vec<String> {
    let cells = record.cells.iter().map(|cell| cell.text.trim().to_owned());
    cells.collect()
}

/// Whether a cell of a header stands above the column beside it as well.
pub(super) fn is_merged(above: &[Record], cell: &Cell) -> bool {
    let row = above.iter().find(|row| row.line == cell.place.line);
    let next = row.and_then(|row| cell_at(row, cell.place.column + 1));
    next.is_some_and(|next| next.is_blank() || next.text.trim() == cell.text.trim())
}

/// Whether a record is one more row of a header: it stands below names, and names things itself.
pub(super) fn continues(known: &Known<'_>, window: &[Record], at: usize, end: usize) -> bool {
    let (Some(record), Some(above)) = (window.get(end), window.get(at..end)) else {
        return false;
    };
    let mut n_named = 0;
    let (mut n_bare, mut n_attributes) = (0, 0);
    for cell in record.cells.iter().filter(|cell| !cell.is_blank()) {
        let over = above
            .iter()
            .rev()
            .filter_map(|row| cell_at(row, cell.place.column));
        let over = over.into_iter().find(|cell| !cell.is_blank());
        let is_same = over.is_some_and(|over| over.text.trim() == cell.text.trim());
        let is_below_word = over.is_some_and(|over| {
            let below = known.head(&cell.text);
            match (&*known.head(&over.text), &*below) {
                (Head::Holds(Column::Value), _) => false,
                // A word above several columns may say what their names are.
                (Head::Holds(column), Head::Names(named)) => {
                    !named.contains_key(column) || !is_merged(above, over)
                }
                (Head::Parts(_), Head::Names(named)) if named.contains_key(&Column::Breakdown) => {
                    false
                }
                (Head::Holds(_) | Head::Parts(_) | Head::Index, _) => true,
                _ => false,
            }
        });
        if is_same {
            n_attributes += 1;
            continue;
        }
        if is_below_word {
            return false;
        }
        match &*known.head(&cell.text) {
            Head::Names(named) => {
                let digits = cell.text.trim().bytes().all(|byte| byte.is_ascii_digit());
                n_bare += usize::from(digits && named.contains_key(&Column::Period));
            }
            Head::Holds(_) | Head::Parts(_) | Head::Several(_) | Head::Unit(_) => {}
            // A name that is not known may stand among others.
            _ if cell.text.chars().any(|c| c.is_ascii_digit()) => return false,
            _ if known.is_missing(&cell.text) => return false,
            _ => continue,
        }
        n_named += 1;
    }
    let n_written = record.cells.iter().filter(|cell| !cell.is_blank()).count();
    // Bare years may be numbers: they count where the first column is merged, or blank.
    let is_corner_free = n_attributes > 0 || record.cells.first().is_some_and(Cell::is_blank);
    let has_unit_alone = record
        .cells
        .iter()
        .filter(|cell| !cell.is_blank())
        .all(|cell| {
            matches!(&*known.head(&cell.text), Head::Unit(_))
                || known.word(&cell.text) == Some(Column::Unit)
        });
    // A row of figures starts with the name of what it is about; one of headers leaves it blank.
    let first = record.cells.iter().find(|cell| cell.place.column == 1);
    let is_first_named = first.is_some_and(|cell| {
        !cell.is_blank()
            && !above
                .iter()
                .any(|row| cell_at(row, 1).is_some_and(|over| over.text.trim() == cell.text.trim()))
            && above
                .iter()
                .all(|row| cell_at(row, 1).is_none_or(Cell::is_blank))
    });
    n_named >= 2
        && 2 * (n_named + n_attributes) > n_written
        && !has_unit_alone
        && !is_first_named
        && (n_bare < n_named || is_corner_free)
}

/// Whether a record below a header holds nothing but units.
pub(super) fn is_unit_row(known: &Known<'_>, stacks: &[Stack], record: &Record) -> bool {
    let mut n_units = 0;
    for cell in record.cells.iter().filter(|cell| !cell.is_blank()) {
        let column = cell.place.column;
        let says = stacks
            .iter()
            .find(|stack| stack.number == column)
            .map(|stack| &stack.says);
        let is_word = known.word(unwrap(&cell.text)) == Some(Column::Unit);
        match (&*known.head(&cell.text), says) {
            (Head::Unit(_), Some(Says::Figures(_) | Says::Unknown(_))) => n_units += 1,
            // The word for a unit stands in front, or nothing does.
            _ if is_word => {}
            _ => return false,
        }
    }
    n_units > 0
}

/// A column without header whose cells are all names of one kind holds that kind.
pub(super) fn infer(known: &Known<'_>, stacks: &mut [Stack], data: &[&Record]) {
    let is_held = |stacks: &[Stack], column: Column| {
        stacks.iter().any(|stack| match &stack.says {
            Says::Holds(held) => *held == column,
            Says::Figures(cells) => cells.contains(column),
            _ => false,
        })
    };
    for at in 0..stacks.len() {
        let Some(stack) = stacks.get(at).filter(|stack| stack.says == Says::Nothing) else {
            continue;
        };
        if let Some(column) = kind_of_cells(known, stack.number, data)
            && !is_held(stacks, column)
            && let Some(stack) = stacks.get_mut(at)
        {
            stack.says = Says::Holds(column);
        }
    }
}

/// What the names in a column are, where they are all of one kind.
pub(super) fn kind_of_cells(known: &Known<'_>, number: usize, data: &[&Record]) -> Option<Column> {
    let mut kind = None;
    let (mut n_known, mut n_other) = (0, 0);
    for record in data {
        let Some(cell) = cell_at(record, number).filter(|cell| !cell.is_blank()) else {
            continue;
        };
        let found = match &*known.head(&cell.text) {
            Head::Names(named) => [Column::Indicator, Column::Entity, Column::Period]
                .into_iter()
                .find(|column| named.contains_key(column)),
            _ => None,
        };
        match found {
            None => n_other += 1,
            Some(found) if kind.is_none_or(|kind| kind == found) => {
                kind = Some(found);
                n_known += 1;
            }
            Some(_) => return None,
        }
    }
    // A year may be a number: no other cell may stand beside it.
    let is_sure = n_other == 0 || kind != Some(Column::Period) && n_known >= n_other;
    kind.filter(|_| is_sure)
}

/// Whether the cells of a record have these texts.
pub(super) fn has_texts(record: &Record, texts: &[String]) -> bool {
    let cells = record.cells.iter().map(|cell| cell.text.trim());
    cells.eq(texts.iter().map(String::as_str))
}
