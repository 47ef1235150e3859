//! Lines around a table: a title, a unit, a note go in; what they say of all figures comes out.
//! A period in a title counts only where it is the only one.

use std::collections::BTreeMap;

use super::known::{Head, Known, YEARS, clean, unwrap};
use super::reading::SharedOrigin;
use super::{Cell, Column, Place, Record};
use crate::model::Model;
use crate::period::Period;

/// Longer lines are not searched for periods.
const LONGEST_LINE: usize = 300;

/// Something that a line or the name of the sheet says of all figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub column: Column,
    pub text: String,
    pub place: Place,
    pub origin: SharedOrigin,
}

/// The only text of a record, where it has one: cells that are merged all show the same.
pub(super) fn only_text(record: &Record) -> Option<&Cell> {
    let own = record.cells.iter().filter(|cell| !cell.is_of_path);
    let mut written = own.filter(|cell| !cell.is_blank());
    let first = written.next()?;
    written
        .all(|cell| cell.text.trim() == first.text.trim())
        .then_some(first)
}

/// Whether a line of one cell is a row of so many cells between delimiters of another kind, and no heading.
pub(super) fn is_cut_otherwise(record: &Record, n_columns: usize) -> bool {
    let [cell] = record.cells.as_slice() else {
        return false;
    };
    let mut delimiters = [',', ';', '\t', '|'].into_iter();
    n_columns > 1 && delimiters.any(|delimiter| cell.text.split(delimiter).count() == n_columns)
}

/// Whether a text is a note below a table, or names its source.
pub(super) fn is_note(known: &Known<'_>, text: &str) -> bool {
    is_note_of(known.model, text)
}

/// The same, for who knows only a pack.
pub(crate) fn is_note_of(model: &Model, text: &str) -> bool {
    let text = clean(text);
    let text = text.trim_start_matches(['*', '(', '[']);
    let Some((word, _)) = text.split_once(':') else {
        return false;
    };
    let number = |c: char| c.is_ascii_digit() || " ()[].".contains(c);
    let word = word.trim_end_matches(number).trim();
    let found = model.words.headers.lookup(word);
    matches!(found, Some(Column::Note | Column::Source))
}

/// What the lines above a header say, and what the name of the sheet says.
pub(super) fn said_above(known: &Known<'_>, sheet: Option<&str>, above: &[&Record]) -> Vec<Said> {
    let mut said = Vec::new();
    if let Some(sheet) = sheet {
        let cell = Cell::of(sheet, 1, 0);
        let mut from_sheet = Vec::new();
        title(known, &cell, &mut from_sheet);
        let origin = SharedOrigin::SheetName;
        said.extend(from_sheet.into_iter().map(|one| Said { origin, ..one }));
    }
    for record in above {
        let is_alone = only_text(record).is_some();
        for cell in record.cells.iter().filter(|cell| !cell.is_blank()) {
            if !statement(known, cell, &mut said) {
                let mut found = Vec::new();
                title(known, cell, &mut found);
                // A name is a title where it stands alone; beside others it is a header.
                said.extend(
                    found
                        .into_iter()
                        .filter(|one| is_alone || one.column == Column::Period),
                );
            }
        }
    }
    // Merged cells say the same thing several times.
    let mut seen: BTreeMap<(Column, String), ()> = BTreeMap::new();
    said.retain(|one| seen.insert((one.column, one.text.clone()), ()).is_none());
    said
}

/// Whether a cell says something of the whole table.
pub(super) fn is_statement(known: &Known<'_>, cell: &Cell) -> bool {
    let mut said = Vec::new();
    statement(known, cell, &mut said) || !said.is_empty()
}

/// A line such as `Unit: 10,000 persons`; says whether it was one.
fn statement(known: &Known<'_>, cell: &Cell, said: &mut Vec<Said>) -> bool {
    let text = clean(&cell.text);
    let inner = unwrap(&text);
    let Some((word, rest)) = inner.split_once(':') else {
        let unit = (inner.len() < text.len())
            .then(|| known.unit(inner))
            .flatten();
        said.extend(unit.map(|unit| at(cell, Column::Unit, unit)));
        return false;
    };
    let (word, rest) = (word.trim(), rest.trim());
    let Some(column) = known.word(word).filter(|_| !rest.is_empty()) else {
        return false;
    };
    let rest = match column {
        Column::Unit => rest.to_owned(),
        Column::Period => match known.period(rest) {
            Some(period) => period.to_string(),
            None => return false,
        },
        Column::Entity => match known.entity(rest) {
            Some(id) => known.model.entities[id].id.clone(),
            None => return false,
        },
        Column::Indicator => {
            let head = known.head(rest);
            let Head::Names(named) = &*head else {
                return false;
            };
            if !named.contains_key(&Column::Indicator) {
                return false;
            }
            let all = named.iter();
            said.extend(all.map(|(column, text)| at(cell, *column, text.clone())));
            return true;
        }
        Column::Source | Column::Published | Column::Status | Column::Section => rest.to_owned(),
        // A remark above the table is about the table, not about each figure.
        _ => return true,
    };
    said.push(at(cell, column, rest));
    true
}

/// Names and periods in a title: a name only as the whole text, a period also inside of it.
fn title(known: &Known<'_>, cell: &Cell, said: &mut Vec<Said>) {
    let text = clean(&cell.text);
    if let Head::Names(named) = &*known.head(&text)
        && !named.contains_key(&Column::Period)
    {
        let named = named
            .iter()
            .map(|(column, text)| at(cell, *column, text.clone()));
        said.extend(named);
        return;
    }
    let periods = periods_in(known, &text).into_iter();
    said.extend(periods.map(|period| at(cell, Column::Period, period.to_string())));
}

fn at(cell: &Cell, column: Column, text: String) -> Said {
    Said {
        column,
        text,
        place: cell.place,
        origin: SharedOrigin::Line(cell.place),
    }
}

/// The periods that stand in a text, each as long as it can be read.
pub(super) fn periods_in(known: &Known<'_>, text: &str) -> Vec<Period> {
    let chars: Vec<char> = text.chars().take(LONGEST_LINE).collect();
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut found = Vec::new();
    let mut start = 0;
    while start < chars.len() {
        let is_year = (start..start + 4).all(is_digit)
            && !is_digit(start + 4)
            && (start == 0 || !is_digit(start - 1));
        if !is_year {
            start += 1;
            continue;
        }
        let longest = chars.len().min(start + 24);
        let read = (start + 4..=longest).rev().find_map(|end| {
            let part: String = chars.get(start..end)?.iter().collect();
            // Blanks and commas around it are not its own.
            let is_whole = part.trim_end().len() == part.len();
            let period = known.period(&part).filter(|_| is_whole)?;
            (!is_cut(known, &part, chars.get(end).copied())).then_some((end, period))
        });
        match read {
            Some((end, period)) if YEARS.contains(&period.year()) => {
                found.push(period);
                start = end;
            }
            _ => start += 4,
        }
    }
    found
}

/// Whether the number at the end of a period belongs to what follows: `2023年5G用户数` is no May.
fn is_cut(known: &Known<'_>, part: &str, next: Option<char>) -> bool {
    let is_open = part.ends_with(|c: char| c.is_ascii_alphanumeric());
    let years = &known.model.words.periods.year;
    let behind_year = || years.iter().any(|word| part.contains(word.as_str()));
    let is_joined = |c: char| c.is_ascii_alphanumeric() || c.is_alphanumeric() && behind_year();
    is_open && next.is_some_and(is_joined)
}

/// How the first cell of a sheet starts that belongs to a form and holds no figures.
pub(crate) const PAGE_OF_FORM: &str = "plumbrule-form ";

/// Whether the first records of a sheet say that it belongs to a form and holds no figures.
pub(super) fn is_page_of_form(window: &[Record]) -> bool {
    let mut cells = window.iter().flat_map(|record| &record.cells);
    let first = cells.find(|cell| !cell.is_blank());
    first.is_some_and(|cell| cell.text.starts_with(PAGE_OF_FORM))
}
