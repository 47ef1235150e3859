//! A layout put together from what the columns of a header say: what is said twice, what is not
//! said, what the lines above say instead. Never guesses.

use super::alike::{BESIDE, is_name};
use super::known::{Head, Known};
use super::layout::{Attribute, Layout, ValueColumn, cell_at, text_at};
use super::lines::Said;
use super::mapped;
use super::reading::{ColumnMeaning, ColumnReading};
use super::stack::{Says, Stack};
use super::{Cell, Cells, Column, LayoutProblem, Place, Problem, ProblemKind, Record};
use crate::model::TableMapping;
use crate::period::Period;
use std::collections::BTreeMap;

/// What every figure needs.
const NEEDED: [Column; 2] = [Column::Indicator, Column::Period];

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

/// A layout that is put together.
pub(super) struct Build<'k, 'm> {
    pub known: &'k Known<'m>,
    pub layout: Layout,
    pub problems: Vec<Problem>,
    pub n_known: usize,
}

impl Build<'_, '_> {
    fn problem(&mut self, stack: &Stack, kind: ProblemKind) {
        let (line, column) = (stack.place.line, stack.place.column);
        self.problems.push(Problem::new(line, column, kind));
    }

    pub(super) fn column(&mut self, stack: &Stack, unit_row: Option<&Record>, data: &[&Record]) {
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
                self.unknown(stack, "", data);
                ColumnMeaning::Unknown
            }
            Says::Index | Says::Holds(Column::Ignored) => ColumnMeaning::Ignored,
            Says::Holds(column) => {
                self.n_known += 3;
                self.layout.attributes.push(Attribute {
                    number: stack.number,
                    column: *column,
                    dimension: None,
                    group: stack.group,
                });
                ColumnMeaning::Holds(*column)
            }
            Says::Parts(id) => {
                self.n_known += 3;
                self.layout.attributes.push(Attribute {
                    number: stack.number,
                    column: Column::Breakdown,
                    dimension: Some(id.clone()),
                    group: stack.group,
                });
                ColumnMeaning::Parts(id.clone())
            }
            Says::Figures(cells) => {
                // A year may be a number.
                let is_year = cells.columns().all(|column| column == Column::Period);
                self.n_known += if is_year { 1 } else { 2 };
                self.layout.values.push(ValueColumn {
                    number: stack.number,
                    cells: cells.clone(),
                    group: stack.group,
                    unit: unit.clone(),
                });
                let named = cells
                    .iter()
                    .map(|(column, cell)| (column, cell.text.clone()));
                ColumnMeaning::Figures(named.collect())
            }
            Says::Unknown(text) if AGAIN.contains(&text.as_str()) => ColumnMeaning::Ignored,
            Says::Unknown(text) => {
                self.unknown(stack, text, data);
                ColumnMeaning::Unknown
            }
            Says::Several(readings) => {
                self.n_known += 1;
                let readings = readings
                    .iter()
                    .map(|named| named.clone().into_iter().collect());
                let kind = LayoutProblem::SeveralReadings {
                    found: stack.text.chars().take(60).collect(),
                    readings: readings.collect(),
                };
                self.problem(stack, kind.into());
                ColumnMeaning::Unknown
            }
        };
        self.layout.columns.push(ColumnReading {
            number: stack.number,
            header: stack.text.clone(),
            meaning,
        });
    }

    /// A column that is left out. Where its cells tell for whom, when or for which part figures
    /// are, they would be taken for others without it, so that the table cannot be read.
    fn unknown(&mut self, stack: &Stack, text: &str, data: &[&Record]) {
        let found: String = stack.text.chars().take(40).collect();
        let cells = data.iter().filter_map(|row| cell_at(row, stack.number));
        let mut cells = cells.filter(|cell| !cell.is_blank()).peekable();
        let first = cells.peek().and_then(|cell| self.known.key_in(&cell.text));
        let of_cells = first.filter(|_| cells.all(|cell| self.known.key_in(&cell.text) == first));
        if let Some(column) = of_cells.or_else(|| self.known.key_of_header(text)) {
            let kind = LayoutProblem::NamelessKey { found, column };
            return self.problem(stack, kind.into());
        }
        let nearest = self.known.nearest(text);
        self.problem(stack, ProblemKind::UnknownColumn { found, nearest });
    }

    /// Finds what two columns, or a column and the header, both say.
    pub(super) fn twice(&mut self, is_long: bool) {
        let line = self.layout.header.first().copied().unwrap_or(1);
        let attributes = self.layout.attributes.clone();
        for (n, attribute) in attributes.iter().enumerate() {
            let earlier = attributes.get(..n).unwrap_or_default();
            let same = earlier.iter().find(|it| {
                (it.column, &it.dimension) == (attribute.column, &attribute.dimension)
                    && it.group == attribute.group
            });
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
                let kind = LayoutProblem::ForWhichFigure { column };
                self.problems
                    .push(Problem::new(line, attribute.number, kind.into()));
            }
            let mut values = self.layout.values.iter();
            let both = values.find(|value| value.cells.contains(column));
            // Several parts are one breakdown.
            let may_both = matches!(column, Column::Unit | Column::Breakdown);
            if let (Some(value), false) = (both, may_both) {
                let text = value.cells.get(column).map(|cell| cell.text.clone());
                let kind = LayoutProblem::SaidTwice {
                    column,
                    text: text.unwrap_or_default(),
                    other: attribute.number,
                };
                self.problems
                    .push(Problem::new(line, value.number, kind.into()));
            }
        }
        let mut seen: Vec<(&Cells, usize)> = Vec::new();
        for value in &self.layout.values {
            let is_same = |cells: &Cells| {
                cells.columns().eq(value.cells.columns())
                    && cells.iter().all(|(column, cell)| {
                        value
                            .cells
                            .get(column)
                            .is_some_and(|own| own.text == cell.text)
                    })
            };
            if let Some((_, first)) = seen.iter().find(|(cells, _)| is_same(cells)) {
                let kind = LayoutProblem::SameHeader { first: *first };
                self.problems
                    .push(Problem::new(line, value.number, kind.into()));
            }
            seen.push((&value.cells, value.number));
        }
    }

    /// In a long table the column of values is one; what a header would fix twice is left out.
    fn twice_in_long(&mut self, line: usize) {
        let attributes = &self.layout.attributes;
        let is_held = |column: &Column| {
            let mut held = attributes.iter().filter(|it| it.dimension.is_none());
            held.any(|it| it.column == *column)
        };
        let (mut plain, mut kept) = (None, Vec::new());
        for value in std::mem::take(&mut self.layout.values) {
            let problem = if !value.cells.is_empty() {
                value
                    .cells
                    .columns()
                    .any(|column| is_held(&column))
                    .then(|| {
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

    /// What a mapping fixes for all figures; a column must not say it as well.
    pub(super) fn share(&mut self, mapping: &TableMapping, line: usize) {
        let place = Place { line, column: 1 };
        let shared = mapped::cells(self.known.model, &mapping.shared, place);
        for (column, cell) in shared {
            if let Some(other) = self
                .layout
                .attribute(column)
                .filter(|_| column != Column::Unit)
            {
                let (table, other) = (mapping.name.clone(), other.number);
                let kind = LayoutProblem::MappingTwice {
                    table,
                    column,
                    other,
                };
                self.problems.push(Problem::new(line, other, kind.into()));
            }
            self.layout.shared.insert(column, cell);
        }
    }

    /// Headers that a mapping names and the table does not have.
    pub(super) fn lack(&mut self, mapping: &TableMapping, line: usize, lacking: &[String]) {
        for found in lacking {
            let headers = self
                .layout
                .columns
                .iter()
                .map(|column| column.header.clone());
            let headers = headers.filter(|header| !header.is_empty()).take(12);
            let kind = LayoutProblem::MappingColumn {
                table: mapping.name.clone(),
                found: found.clone(),
                headers: headers.collect(),
            };
            self.problems.push(Problem::new(line, 1, kind.into()));
        }
    }

    /// Whether every figure gets what it needs; takes from the lines above what they alone say.
    pub(super) fn complete(&mut self, line: usize, is_long: bool, said: &mut Vec<Said>) -> bool {
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
            let is_given = self.layout.shared.contains(column)
                || self.layout.attributes.iter().any(|it| it.column == column)
                || self
                    .layout
                    .values
                    .iter()
                    .any(|it| it.cells.contains(column));
            let candidates: Vec<&Said> = said.iter().filter(|one| one.column == column).collect();
            // A unit above the table is that of figures without one of their own.
            let is_mapped = self.layout.shared.contains(column);
            if is_given && (column != Column::Unit || is_mapped) {
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
                        let kind = LayoutProblem::NothingGives {
                            column,
                            candidates: texts,
                        };
                        self.problems.push(Problem::new(line, 1, kind.into()));
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
            false => LayoutProblem::NothingGives { column, candidates }.into(),
        };
        self.problems.push(Problem::new(line, 1, kind));
    }

    /// Columns of figures for which nothing fixes an indicator or a period are told and left out.
    fn leave_out_incomplete(&mut self, line: usize) -> bool {
        let held = |column: &Column| {
            self.layout.attribute(*column).is_some() || self.layout.shared.contains(*column)
        };
        let lacks = |value: &ValueColumn| {
            let mut needed = NEEDED.into_iter();
            needed.find(|column| !held(column) && !value.cells.contains(*column))
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
            let kind = LayoutProblem::ColumnLacks {
                found: found.unwrap_or_default(),
                column,
            };
            self.problems.push(Problem::new(line, number, kind.into()));
        }
        true
    }

    /// Tells of a column that is not known where nothing else tells two rows apart: whatever it
    /// holds, the figures of both would be taken for one.
    pub(super) fn rows_alike(&mut self, data: &[&Record]) {
        let keys = self.layout.attributes.iter();
        let keys: Vec<usize> = keys
            .filter(|it| !BESIDE.contains(&it.column))
            .map(|it| it.number)
            .collect();
        let is_total = |record: &Record| {
            let mut cells = record.cells.iter();
            cells.any(|cell| self.known.is_total(&cell.text))
        };
        let rows = data.iter().filter(|row| !self.layout.has_no_value(row));
        // Each row with the first row that nothing known tells it apart from.
        let mut firsts: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
        let rows: Vec<(usize, &Record)> = rows
            .filter(|row| !is_total(row))
            .map(|row| {
                let key = keys.iter().map(|number| text_at(row, *number)).collect();
                let next = firsts.len();
                (*firsts.entry(key).or_insert(next), *row)
            })
            .collect();
        let unknown = self.layout.columns.iter();
        let unknown = unknown.filter(|it| it.meaning == ColumnMeaning::Unknown);
        let alike = unknown.filter_map(|column| {
            let mut seen: BTreeMap<usize, &str> = BTreeMap::new();
            rows.iter().find_map(|(first, row)| {
                let own = text_at(row, column.number);
                if !is_name(self.known, own) {
                    return None;
                }
                let before = *seen.entry(*first).or_insert(own);
                (before != own).then(|| {
                    let found: String = column.header.chars().take(40).collect();
                    (
                        column.number,
                        found,
                        vec![before.to_owned(), own.to_owned()],
                    )
                })
            })
        });
        let line = self.layout.header.last().copied().unwrap_or(1);
        let alike: Vec<_> = alike.take(1).collect();
        for (number, found, texts) in alike {
            // It is told as what it is, not as a column that may be left out as well.
            self.problems.retain(|problem| {
                problem.place.column != number
                    || !matches!(problem.kind, ProblemKind::UnknownColumn { .. })
            });
            let kind = LayoutProblem::RowsAlike { found, texts };
            self.problems.push(Problem::new(line, number, kind.into()));
        }
    }

    /// Whether what would be figures are names all over: then the header is none.
    pub(super) fn is_of_names(&self, data: &[&Record]) -> bool {
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
    said.column == Column::Period && matches!(known.period(&said.text), Some(Period::Span { .. }))
}
