//! The layout of a table from its first lines: records go in, the layout and where the figures
//! start come out, or why no header fits. A header counts when it fixes an indicator and a period
//! for its figures, together with the columns beside it and the lines above. Never guesses.

use super::known::{Head, Known};
use super::layout::{Attribute, Cells, Layout, ValueColumn, cell_at};
use super::lines::{Said, is_note, only_text, said_above};
use super::reading::{ColumnMeaning, ColumnReading};
use super::stack::{Says, Stack, stacks};
use super::{Cell, Column, Problem, ProblemKind, Record};

/// Rows that a header may have.
const MOST_ROWS: usize = 4;

/// What every figure needs.
const NEEDED: [Column; 2] = [Column::Indicator, Column::Period];

/// A layout, and what belongs to it.
pub(super) struct Found {
    pub layout: Layout,
    /// How many records of the window stand above the header.
    pub n_above: usize,
    /// How many records of the window the header ends with.
    pub n_used: usize,
    /// What the lines above say, and was used.
    pub said: Vec<Said>,
    /// Problems; only warnings where the table can be read.
    pub problems: Vec<Problem>,
}

/// A header that was tried.
struct Attempt {
    found: Found,
    /// How much of it is known.
    n_known: usize,
    is_complete: bool,
}

/// Finds the layout in the first records of a table; at the end why there is none.
pub(super) fn find(
    known: &Known<'_>,
    sheet: Option<&str>,
    window: &[Record],
) -> Result<Found, Vec<Problem>> {
    let mut best: Option<Attempt> = None;
    for at in 0..window.len() {
        let Some(record) = window.get(at) else { break };
        if record.is_blank() || only_text(record).is_some_and(|_| record.cells.len() > 1) {
            continue;
        }
        let attempt = attempt(known, sheet, window, at);
        if attempt.is_complete {
            return Ok(attempt.found);
        }
        if best
            .as_ref()
            .is_none_or(|best| attempt.n_known > best.n_known)
        {
            best = Some(attempt);
        }
    }
    match best {
        Some(best) if best.n_known > 0 => Err(best.found.problems),
        _ => {
            let written = window.iter().flat_map(|record| &record.cells);
            let first = written.into_iter().find(|cell| !cell.is_blank());
            let (line, found) = first.map_or((1, String::new()), |cell| {
                (cell.place.line, cell.text.trim().chars().take(40).collect())
            });
            let kind = ProblemKind::NoHeader { found };
            Err(vec![Problem::new(line, 1, kind)])
        }
    }
}

/// Whether the header words of a long table all stand in a record.
fn is_long_header(known: &Known<'_>, record: &Record) -> bool {
    let has = |column| {
        record
            .cells
            .iter()
            .any(|cell| known.word(&cell.text) == Some(column))
    };
    Column::REQUIRED.into_iter().all(has)
}

fn attempt(known: &Known<'_>, sheet: Option<&str>, window: &[Record], at: usize) -> Attempt {
    let long = window
        .get(at)
        .is_some_and(|record| is_long_header(known, record));
    let mut end = at + 1;
    while !long && end - at < MOST_ROWS && continues(known, window, at, end) {
        end += 1;
    }
    let mut unit_row = None;
    let rows: Vec<&Record> = window.get(at..end).unwrap_or_default().iter().collect();
    let width = rows
        .iter()
        .flat_map(|row| &row.cells)
        .map(|cell| cell.place.column)
        .max();
    let mut stacks = stacks(known, &rows, width.unwrap_or(0), long);
    if !long
        && let Some(record) = window.get(end)
        && is_unit_row(known, &stacks, record)
    {
        unit_row = Some(record);
        end += 1;
    }
    let data: Vec<&Record> = window
        .get(end..)
        .unwrap_or_default()
        .iter()
        .filter(|record| only_text(record).is_none_or(|cell| !is_note(known, &cell.text)))
        .collect();
    if !long {
        infer(known, &mut stacks, &data);
    }
    let above: Vec<&Record> = window.get(..at).unwrap_or_default().iter().collect();
    let mut said = said_above(known, sheet, &above);
    let mut build = Build {
        known,
        layout: Layout {
            header: rows.iter().map(|row| row.line).collect(),
            unit_row: unit_row.map(|row| row.line),
            texts: rows.last().map(|row| texts(row)).unwrap_or_default(),
            ..Layout::default()
        },
        problems: Vec::new(),
        n_known: 0,
    };
    for stack in &stacks {
        build.column(stack, unit_row, &data);
    }
    build.twice(long);
    let is_complete = build.complete(&rows, long, &mut said);
    let is_of_names = build.is_of_names(&data);
    Attempt {
        n_known: build.n_known,
        is_complete: is_complete && !is_of_names,
        found: Found {
            layout: build.layout,
            n_above: at,
            n_used: end,
            said,
            problems: build.problems,
        },
    }
}

/// The texts of a record, blanks aside.
pub(super) fn texts(record: &Record) -> Vec<String> {
    let cells = record.cells.iter().map(|cell| cell.text.trim().to_owned());
    cells.collect()
}

/// Whether a record is one more row of a header: it stands below names, and names things itself.
fn continues(known: &Known<'_>, window: &[Record], at: usize, end: usize) -> bool {
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
                (Head::Holds(column), Head::Names(named)) => !named.contains_key(column),
                (Head::Holds(_) | Head::Index, _) => true,
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
            Head::Holds(_) | Head::Several(_) | Head::Unit(_) => {}
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
fn is_unit_row(known: &Known<'_>, stacks: &[Stack], record: &Record) -> bool {
    let mut n_units = 0;
    for cell in record.cells.iter().filter(|cell| !cell.is_blank()) {
        let column = cell.place.column;
        let says = stacks
            .iter()
            .find(|stack| stack.number == column)
            .map(|stack| &stack.says);
        let is_word = known.word(super::known::unwrap(&cell.text)) == Some(Column::Unit);
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
fn infer(known: &Known<'_>, stacks: &mut [Stack], data: &[&Record]) {
    let is_held = |stacks: &[Stack], column: Column| {
        stacks.iter().any(|stack| match &stack.says {
            Says::Holds(held) => *held == column,
            Says::Figures(cells) => cells.contains_key(&column),
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
fn kind_of_cells(known: &Known<'_>, number: usize, data: &[&Record]) -> Option<Column> {
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

/// A layout that is put together.
/// Columns of the clean table of `plumbrule figures` that say once more, for other programs, what
/// the columns before them say.
const AGAIN: [&str; 9] = [
    "lo",
    "hi",
    "lo_open",
    "hi_open",
    "set_unit",
    "multiplier",
    "file",
    "sheet",
    "cell",
];

struct Build<'k, 'm> {
    known: &'k Known<'m>,
    layout: Layout,
    problems: Vec<Problem>,
    n_known: usize,
}

impl Build<'_, '_> {
    fn problem(&mut self, stack: &Stack, kind: ProblemKind) {
        let (line, column) = (stack.place.line, stack.place.column);
        self.problems.push(Problem::new(line, column, kind));
    }

    fn column(&mut self, stack: &Stack, unit_row: Option<&Record>, data: &[&Record]) {
        let unit = unit_row.and_then(|row| cell_at(row, stack.number));
        let unit = unit.filter(|cell| !cell.is_blank()).and_then(|cell| {
            match &*self.known.head(&cell.text) {
                Head::Unit(text) => Some(Cell::of(text, cell.place.line, cell.place.column)),
                _ => None,
            }
        });
        let meaning = match &stack.says {
            Says::Nothing => {
                let mut cells = data.iter().filter_map(|row| cell_at(row, stack.number));
                if cells.all(Cell::is_blank) {
                    return;
                }
                self.unknown(stack, "");
                ColumnMeaning::Unknown
            }
            Says::Index => ColumnMeaning::Ignored,
            Says::Holds(column) => {
                self.n_known += 1;
                self.layout.attributes.push(Attribute {
                    number: stack.number,
                    column: *column,
                    group: stack.group,
                });
                ColumnMeaning::Holds(*column)
            }
            Says::Figures(cells) => {
                self.n_known += 1;
                self.layout.values.push(ValueColumn {
                    number: stack.number,
                    cells: cells.clone(),
                    group: stack.group,
                    unit: unit.clone(),
                });
                let named = cells
                    .iter()
                    .map(|(column, cell)| (*column, cell.text.clone()));
                ColumnMeaning::Figures(named.collect())
            }
            Says::Unknown(text) if AGAIN.contains(&text.as_str()) => ColumnMeaning::Ignored,
            Says::Unknown(text) => {
                self.unknown(stack, text);
                ColumnMeaning::Unknown
            }
            Says::Several(readings) => {
                self.n_known += 1;
                let readings = readings
                    .iter()
                    .map(|named| named.clone().into_iter().collect());
                let kind = ProblemKind::SeveralReadings {
                    found: stack.text.chars().take(60).collect(),
                    readings: readings.collect(),
                };
                self.problem(stack, kind);
                ColumnMeaning::Unknown
            }
        };
        self.layout.columns.push(ColumnReading {
            number: stack.number,
            header: stack.text.clone(),
            meaning,
        });
    }

    fn unknown(&mut self, stack: &Stack, text: &str) {
        let found = stack.text.chars().take(40).collect();
        let nearest = self.known.nearest(text);
        self.problem(stack, ProblemKind::UnknownColumn { found, nearest });
    }

    /// Finds what two columns, or a column and the header, both say.
    fn twice(&mut self, is_long: bool) {
        let line = self.layout.header.first().copied().unwrap_or(1);
        let attributes = self.layout.attributes.clone();
        for (n, attribute) in attributes.iter().enumerate() {
            let earlier = attributes.get(..n).unwrap_or_default();
            let same = earlier
                .iter()
                .find(|it| it.column == attribute.column && it.group == attribute.group);
            if let Some(first) = same {
                let (column, first) = (attribute.column, first.number);
                let kind = ProblemKind::DuplicateColumn { column, first };
                self.problems
                    .push(Problem::new(line, attribute.number, kind));
            }
        }
        if is_long {
            self.twice_in_long(line);
            return;
        }
        for attribute in &attributes {
            let column = attribute.column;
            let several = self.layout.values.len() > 1 && attribute.group.is_none();
            if matches!(column, Column::Qualifier | Column::Decimals) && several {
                let kind = ProblemKind::ForWhichFigure { column };
                self.problems
                    .push(Problem::new(line, attribute.number, kind));
            }
            let mut values = self.layout.values.iter();
            let both = values.find(|value| value.cells.contains_key(&column));
            if let (Some(value), true) = (both, column != Column::Unit) {
                let text = value.cells.get(&column).map(|cell| cell.text.clone());
                let kind = ProblemKind::SaidTwice {
                    column,
                    text: text.unwrap_or_default(),
                    other: attribute.number,
                };
                self.problems.push(Problem::new(line, value.number, kind));
            }
        }
        let mut seen: Vec<(&Cells, usize)> = Vec::new();
        for value in &self.layout.values {
            let is_same = |cells: &Cells| {
                cells.len() == value.cells.len()
                    && cells.iter().all(|(column, cell)| {
                        value
                            .cells
                            .get(column)
                            .is_some_and(|own| own.text == cell.text)
                    })
            };
            if let Some((_, first)) = seen.iter().find(|(cells, _)| is_same(cells)) {
                let kind = ProblemKind::SameHeader { first: *first };
                self.problems.push(Problem::new(line, value.number, kind));
            }
            seen.push((&value.cells, value.number));
        }
    }

    /// In a long table the column of values is one; what a header would fix twice is left out.
    fn twice_in_long(&mut self, line: usize) {
        let attributes = &self.layout.attributes;
        let is_held = |column: &Column| attributes.iter().any(|it| it.column == *column);
        let (mut plain, mut kept) = (None, Vec::new());
        for value in std::mem::take(&mut self.layout.values) {
            let problem = if !value.cells.is_empty() {
                value.cells.keys().any(is_held).then(|| {
                    let mut columns = self.layout.columns.iter_mut();
                    let reading = columns.find(|it| it.number == value.number);
                    let found = reading.map(|reading| {
                        reading.meaning = ColumnMeaning::Unknown;
                        reading.header.chars().take(40).collect()
                    });
                    ProblemKind::UnknownColumn {
                        found: found.unwrap_or_default(),
                        nearest: None,
                    }
                })
            } else {
                plain.map(|first| ProblemKind::DuplicateColumn {
                    column: Column::Value,
                    first,
                })
            };
            match problem {
                Some(kind) => self.problems.push(Problem::new(line, value.number, kind)),
                None => {
                    if value.cells.is_empty() {
                        plain = Some(value.number);
                    }
                    kept.push(value);
                }
            }
        }
        self.layout.values = kept;
        self.problems.sort_by_key(|problem| problem.place.column);
    }

    /// Whether every figure gets what it needs; takes from the lines above what they alone say.
    fn complete(&mut self, rows: &[&Record], is_long: bool, said: &mut Vec<Said>) -> bool {
        let line = rows.first().map_or(1, |row| row.line);
        let mut used = Vec::new();
        for column in [
            Column::Indicator,
            Column::Period,
            Column::Entity,
            Column::Unit,
            Column::Source,
            Column::Published,
            Column::Status,
            Column::Section,
        ] {
            let is_given = self.layout.attributes.iter().any(|it| it.column == column)
                || self
                    .layout
                    .values
                    .iter()
                    .any(|it| it.cells.contains_key(&column));
            let candidates: Vec<&Said> = said.iter().filter(|one| one.column == column).collect();
            // A unit above the table is that of figures without one of their own.
            if is_given && column != Column::Unit {
                continue;
            }
            match candidates.as_slice() {
                [] => {
                    if NEEDED.contains(&column) && !is_long {
                        self.gives_not(line, column, Vec::new());
                    }
                }
                [one] if !is_span(self.known, one) => {
                    let cell = Cell::of(&one.text, one.place.line, one.place.column);
                    self.layout.shared.insert(column, cell);
                    used.push((*one).clone());
                }
                several => {
                    let texts = several.iter().map(|one| one.text.clone()).collect();
                    if NEEDED.contains(&column) || column == Column::Entity {
                        self.gives_not(line, column, texts);
                    } else {
                        let kind = ProblemKind::NothingGives {
                            column,
                            candidates: texts,
                        };
                        self.problems.push(Problem::new(line, 1, kind));
                    }
                }
            }
        }
        *said = used;
        if is_long {
            return true;
        }
        if self.layout.values.is_empty() {
            let is_wanted = self.layout.attributes.len() > 1;
            let kind = ProblemKind::MissingColumn {
                column: Column::Value,
            };
            self.problems
                .extend(is_wanted.then(|| Problem::new(line, 1, kind)));
            return false;
        }
        self.leave_out_incomplete(line)
    }

    fn gives_not(&mut self, line: usize, column: Column, candidates: Vec<String>) {
        let is_plain = self
            .layout
            .values
            .iter()
            .all(|value| value.cells.is_empty());
        let kind = match candidates.is_empty() && is_plain {
            true => ProblemKind::MissingColumn { column },
            false => ProblemKind::NothingGives { column, candidates },
        };
        self.problems.push(Problem::new(line, 1, kind));
    }

    /// Columns of figures for which nothing fixes an indicator or a period are told and left out.
    fn leave_out_incomplete(&mut self, line: usize) -> bool {
        let held = |column: &Column| {
            self.layout.attribute(*column).is_some() || self.layout.shared.contains_key(column)
        };
        let lacks = |value: &ValueColumn| {
            let mut needed = NEEDED.into_iter();
            needed.find(|column| !held(column) && !value.cells.contains_key(column))
        };
        let lacking: Vec<(usize, Column)> = self
            .layout
            .values
            .iter()
            .filter_map(|value| Some((value.number, lacks(value)?)))
            .collect();
        if lacking.len() == self.layout.values.len() {
            return false;
        }
        for (number, column) in lacking {
            self.layout.values.retain(|value| value.number != number);
            let mut columns = self.layout.columns.iter_mut();
            let reading = columns.find(|reading| reading.number == number);
            let found = reading.map(|reading| {
                reading.meaning = ColumnMeaning::Unknown;
                reading.header.clone()
            });
            let kind = ProblemKind::ColumnLacks {
                found: found.unwrap_or_default(),
                column,
            };
            self.problems.push(Problem::new(line, number, kind));
        }
        true
    }

    /// Whether what would be figures are names all over: then the header is none.
    fn is_of_names(&self, data: &[&Record]) -> bool {
        let mut n_names = 0;
        for record in data {
            for value in &self.layout.values {
                let Some(cell) = cell_at(record, value.number).filter(|cell| !cell.is_blank())
                else {
                    continue;
                };
                let is_name = match &*self.known.head(&cell.text) {
                    Head::Names(named) => !named.contains_key(&Column::Period),
                    Head::Holds(_) => true,
                    _ => false,
                };
                if !is_name {
                    return false;
                }
                n_names += 1;
            }
        }
        n_names > 0
    }
}

/// Whether a title names several years at once, which is no period of its figures.
fn is_span(known: &Known<'_>, said: &Said) -> bool {
    use crate::period::Period;
    said.column == Column::Period && matches!(known.period(&said.text), Some(Period::Span { .. }))
}
