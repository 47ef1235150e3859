//! Rows of a sheet as records: cells that stand apart go in, whole rows come out, merged cells
//! filled from their first one, and at the end what is to be said about the sheet as a whole.
//!
//! A cell that is filled from another keeps the place of that one.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use super::{BookProblem, Bound, Open, place, refused};
use crate::figures::grid::{Cell, Limits, Place, Problem, ProblemKind, Record, Records};

/// Regions of merged cells that are heeded.
pub(super) const MOST_REGIONS: usize = 100_000;

/// A row with those cells that hold something, in the order of their columns.
#[derive(Debug, Default)]
pub(super) struct RawRow {
    pub(super) row: usize,
    pub(super) cells: Vec<Cell>,
}

/// A region of merged cells, its ends included, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) top: usize,
    pub(super) left: usize,
    pub(super) bottom: usize,
    pub(super) right: usize,
}

/// How many cells, and the first of them.
#[derive(Debug, Default)]
pub(super) struct Tally {
    count: usize,
    first: Option<Place>,
}

impl Tally {
    pub(super) fn add(&mut self, at: Place) {
        self.count += 1;
        self.first.get_or_insert(at);
    }

    fn problem(&self, kind: impl Fn(usize) -> BookProblem) -> Option<Problem> {
        self.first.map(|place| Problem {
            place,
            kind: ProblemKind::Book(kind(self.count)),
        })
    }
}

/// What is to be said about a sheet once all of it was read.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    /// Cells that show another number than they hold.
    pub(super) differs: Tally,
    /// Cells of which a raised mark was taken off.
    pub(super) marks: Tally,
    /// Rows that are hidden.
    pub(super) hidden: Tally,
    /// Formulas whose values no spreadsheet program calculated.
    pub(super) uncalculated: Tally,
}

impl Remarks {
    fn problems(&self) -> Vec<Problem> {
        let all = [
            self.differs
                .problem(|count| BookProblem::ShownDiffers { count }),
            self.marks
                .problem(|count| BookProblem::MarksDropped { count }),
            self.hidden
                .problem(|count| BookProblem::HiddenRows { count }),
            self.uncalculated
                .problem(|count| BookProblem::Uncalculated { count }),
        ];
        all.into_iter().flatten().collect()
    }
}

/// The records of a sheet; it is opened when the first is asked for.
pub(super) fn records<'a>(
    open: impl FnOnce() -> Result<Open<'a>, Problem> + 'a,
    limits: &Limits,
) -> Records<'a> {
    let limits = *limits;
    let opened = std::iter::once_with(open).flat_map(move |opened| -> Records<'a> {
        match opened {
            Err(problem) => Box::new(std::iter::once(Err(problem))),
            Ok(open) => {
                let remarks = open.remarks.clone();
                let last = std::iter::once_with(move || taken(&remarks));
                Box::new(Rows::new(open, limits).chain(last.flatten().map(Err)))
            }
        }
    });
    Box::new(opened)
}

fn taken(remarks: &Rc<RefCell<Remarks>>) -> Vec<Problem> {
    remarks.borrow().problems()
}

struct Rows<'a> {
    rows: Box<dyn Iterator<Item = Result<RawRow, Problem>> + 'a>,
    /// Regions by their first row, the last first.
    merged: Vec<Region>,
    /// For each column what a region above gives it, and up to which row.
    carried: Vec<Option<(Cell, usize)>>,
    limits: Limits,
    widest: usize,
    n_rows: usize,
    is_over: bool,
}

impl<'a> Rows<'a> {
    fn new(open: Open<'a>, limits: Limits) -> Self {
        let mut merged = open.merged;
        merged.sort_by_key(|region| std::cmp::Reverse((region.top, region.left)));
        Rows {
            rows: open.rows,
            merged,
            carried: Vec::new(),
            limits,
            widest: 0,
            n_rows: 0,
            is_over: false,
        }
    }

    fn record(&mut self, raw: RawRow) -> Result<Record, Problem> {
        // One column more than allowed stays, so that a header that is too wide is told.
        let most = self.limits.columns.saturating_add(1);
        let row = raw.row;
        let last = raw.cells.iter().rev().find(|cell| !cell.is_blank());
        let width = last.map_or(0, |cell| cell.place.column).min(most);
        self.widest = self.widest.max(width);
        let mut cells: Vec<Cell> = (1..=self.widest).map(|n| Cell::of("", row, n)).collect();
        for cell in raw.cells {
            if cell.text.len() > self.limits.cell_bytes {
                let kind = ProblemKind::CellTooLong {
                    limit: self.limits.cell_bytes,
                    found: cell.text.len(),
                };
                return Err(Problem {
                    place: cell.place,
                    kind,
                });
            }
            let column = cell.place.column;
            if let Some(at) = column.checked_sub(1).and_then(|at| cells.get_mut(at)) {
                *at = cell;
            }
        }
        self.fill(row, &mut cells);
        Ok(Record { line: row, cells })
    }

    /// Fills the first column of regions downwards. What a region hides beside its first cell is
    /// taken off; to the right a header counts for the columns that it stands above.
    fn fill(&mut self, row: usize, cells: &mut Vec<Cell>) {
        while let Some(region) = self.merged.last().copied().filter(|one| one.top <= row) {
            self.merged.pop();
            if region.top < row || region.left > self.limits.columns {
                continue;
            }
            let (left, right) = (
                region.left.saturating_sub(1),
                region.right.min(self.limits.columns),
            );
            let first = cells.get(left).cloned();
            let first = first.unwrap_or_else(|| Cell::of("", row, region.left));
            if self.carried.len() < right {
                self.carried.resize(right, None);
            }
            let columns = self.carried.get_mut(left..right).unwrap_or_default();
            for (at, column) in columns.iter_mut().enumerate() {
                let cell = if at == 0 {
                    first.clone()
                } else {
                    Cell::of("", row, left + at + 1)
                };
                *column = Some((cell, region.bottom));
            }
        }
        for (at, carried) in self.carried.iter_mut().enumerate() {
            match carried {
                Some((_, bottom)) if *bottom < row => *carried = None,
                Some((cell, _)) => {
                    if cells.len() <= at && !cell.is_blank() {
                        cells.extend((cells.len()..=at).map(|at| Cell::of("", row, at + 1)));
                    }
                    if let Some(filled) = cells.get_mut(at) {
                        filled.clone_from(cell);
                        // A blank one has nothing that its place could tell.
                        if cell.is_blank() {
                            filled.place = place(row, at + 1);
                        }
                    }
                }
                None => {}
            }
        }
        self.widest = self.widest.max(cells.len());
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Record, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let raw = match self.rows.next()? {
            Ok(raw) => raw,
            Err(problem) => {
                self.is_over = true;
                return Some(Err(problem));
            }
        };
        self.n_rows += 1;
        if self.n_rows > self.limits.rows {
            self.is_over = true;
            return Some(Err(refused(Bound::Rows, self.limits.rows)));
        }
        Some(self.record(raw))
    }
}

/// The row and column of an address such as `D5` or `$D$5`, counted from 1.
pub(super) fn address(text: &str) -> Option<Place> {
    let text = match text.contains('$') {
        true => Cow::from(text.replace('$', "")),
        false => Cow::from(text),
    };
    let n = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = (text.get(..n)?, text.get(n..)?);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column = letters.bytes().fold(0_usize, |sum, letter| {
        sum * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    let row: usize = digits
        .parse()
        .ok()
        .filter(|row| (1..=1_048_576).contains(row))?;
    Some(place(row, column))
}

impl Region {
    /// A region such as `A1:C3`.
    pub(super) fn parse(text: &str) -> Option<Region> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let (first, last) = (address(first)?, address(last)?);
        Some(Region {
            top: first.line,
            left: first.column,
            bottom: last.line,
            right: last.column,
        })
    }
}
