//! The layout of a table from its first lines: records go in, the layout and where the figures
//! start come out, or why no header fits. A header counts when it fixes an indicator and a period
//! for its figures, together with the columns beside it and the lines above. Never guesses.

use super::build::Build;
use super::known::Known;
use super::layout::Layout;
use super::lines::{Said, is_note, only_text, said_above};
use super::mapped;
use super::rows::{continues, infer, is_long_header, is_title, is_unit_row, texts};
use super::stack::{give_totals, stacks};
use super::{ColumnMeaning, ColumnReading, LayoutProblem, Problem, ProblemKind, Record};
use crate::model::TableMapping;

/// Rows that a header may have.
const MOST_ROWS: usize = 4;

/// Columns that a mapping may name beyond those of the header.
const MOST_COLUMNS: usize = 16_384;

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
    first: Option<Record>,
}

/// Finds the layout in the first records of a table; at the end why there is none.
pub(super) fn find(
    known: &Known<'_>,
    sheet: Option<&str>,
    window: &[Record],
    mapping: Option<&TableMapping>,
) -> Result<Found, Vec<Problem>> {
    let tried = Tried {
        known,
        sheet,
        window,
        mapping,
    };
    if let Some(mapping) = mapping
        && let Some(rows) = mapped_header(mapping, window)
    {
        let Some((at, end)) = rows else {
            let row = mapping.header.map_or(1, |(from, _)| from);
            let table = mapping.name.clone();
            let kind = LayoutProblem::MappingHeader { table, row }.into();
            return Err(vec![Problem::new(1, 1, kind)]);
        };
        let attempt = tried.attempt(at, Some(end));
        return match attempt.is_complete {
            true => Ok(attempt.found),
            false => Err(attempt.problems()),
        };
    }
    let mut best: Option<Attempt> = None;
    // A row of one text may be a header where no other row is.
    let is_single = |record: &Record| only_text(record).is_some();
    let is_wide = window.iter().any(|record| record.cells.len() > 1);
    let rows = || (0..).zip(window).filter(|(_, record)| !record.is_blank());
    let first = rows().filter(|(_, record)| !(is_wide && is_single(record)));
    let second = rows().filter(|(_, record)| is_wide && is_single(record));
    for (at, _) in first.chain(second) {
        // A row below another of the header is no header of its own.
        let is_below = |above: usize| {
            window.get(above).is_some_and(|record| {
                !record.is_blank()
                    && !is_title(known, record)
                    && continues(known, window, above, at)
            })
        };
        if at.checked_sub(1).is_some_and(is_below) {
            continue;
        }
        let attempt = tried.attempt(at, None);
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
        Some(best) if best.n_known > 0 => Err(best.problems()),
        _ => Err(vec![no_header(window)]),
    }
}

fn no_header(window: &[Record]) -> Problem {
    let written = window.iter().flat_map(|record| &record.cells);
    let first = written.into_iter().find(|cell| !cell.is_blank());
    let (line, found) = first.map_or((1, String::new()), |cell| {
        (cell.place.line, cell.text.trim().chars().take(40).collect())
    });
    Problem::new(line, 1, ProblemKind::NoHeader { found })
}

/// Where the header of a mapping is in the window; nothing where the mapping does not say.
fn mapped_header(mapping: &TableMapping, window: &[Record]) -> Option<Option<(usize, usize)>> {
    let first_from = |row: usize| window.iter().position(|record| record.line >= row);
    if let Some((from, to)) = mapping.header {
        let at = first_from(from).filter(|at| {
            let record = window.get(*at);
            record.is_some_and(|record| record.line <= to)
        });
        return Some(at.map(|at| (at, first_from(to + 1).unwrap_or(window.len()))));
    }
    let (from, _) = mapping.rows?;
    // Without a header each column is named by its place.
    let is_bare = !mapping.columns.is_empty() && mapped::is_by_place(mapping);
    is_bare.then(|| first_from(from).map(|at| (at, at)))
}

/// What headers are looked for in.
#[derive(Clone, Copy)]
struct Tried<'a, 'm> {
    known: &'a Known<'m>,
    sheet: Option<&'a str>,
    window: &'a [Record],
    mapping: Option<&'a TableMapping>,
}

impl Attempt {
    /// Why it is none; that no header was found where nothing else is wrong.
    fn problems(self) -> Vec<Problem> {
        let problems = self.found.problems;
        match self.first {
            // What is said of columns means nothing where there is no header.
            Some(first) if !problems.iter().any(Problem::stops) => vec![no_header(&[first])],
            _ => problems,
        }
    }
}

/// Whether a column that nobody knows is headed by a number: then its row is one of figures and no header.
fn is_number(column: &ColumnReading) -> bool {
    let text = column.header.trim();
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '%');
    column.meaning == ColumnMeaning::Unknown && !text.is_empty() && text.chars().all(is_part)
}

/// The last column in which one of the rows has a cell.
fn width(rows: &[&Record]) -> usize {
    let cells = rows.iter().flat_map(|row| &row.cells);
    cells.map(|cell| cell.place.column).max().unwrap_or(0)
}

impl Tried<'_, '_> {
    fn attempt(self, at: usize, until: Option<usize>) -> Attempt {
        let Tried {
            known,
            sheet,
            window,
            mapping,
        } = self;
        let is_bare = until == Some(at);
        let long = !is_bare
            && window
                .get(at)
                .is_some_and(|record| is_long_header(known, record));
        let mut end = until.unwrap_or(at + 1);
        while !long && until.is_none() && end - at < MOST_ROWS && continues(known, window, at, end)
        {
            end += 1;
        }
        let mut unit_row = None;
        let rows: Vec<&Record> = window.get(at..end).unwrap_or_default().iter().collect();
        let width = width(&rows).max(mapped::width(mapping).min(MOST_COLUMNS));
        let mut stacks = stacks(known, &rows, width, long);
        give_totals(&mut stacks);
        let lacking = mapping.map_or(Vec::new(), |it| mapped::apply(known.model, it, &mut stacks));
        if !long
            && let Some(record) = window.get(end)
            && until != Some(at)
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
                missing: mapping.map_or(Vec::new(), |mapping| mapping.missing.clone()),
                ..Layout::default()
            },
            problems: Vec::new(),
            n_known: 0,
        };
        for stack in &stacks {
            build.column(stack, unit_row, &data);
        }
        build.twice(long);
        let line = rows.first().or(data.first()).map_or(1, |row| row.line);
        if let Some(mapping) = mapping {
            build.share(mapping, line);
            build.lack(mapping, line, &lacking);
        }
        let is_complete = build.complete(line, long, &mut said);
        if is_complete {
            build.rows_alike(&data);
        }
        let is_row = build.layout.columns.iter().any(is_number);
        let is_of_names = mapping.is_none() && (is_row || build.is_of_names(&data));
        Attempt {
            n_known: build.n_known,
            is_complete: is_complete && !is_of_names && lacking.is_empty(),
            first: window.get(at).cloned(),
            found: Found {
                layout: build.layout,
                n_above: at,
                n_used: end,
                said,
                problems: build.problems,
            },
        }
    }
}
