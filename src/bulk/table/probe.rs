//! A few rows read as a table of their own: cells go in, a submission comes out, and whose row each of its
//! claims and problems is. Judges nothing.

use std::collections::BTreeMap;

use crate::bulk::block::Shown;
use crate::figures::grid::{Cell, Record};
use crate::figures::table::{Known, TableReading};
use crate::figures::{Claim, ClaimPlace, FigureProblem, ProblemCode, Submission};
use crate::message::Arg;
use crate::model::Model;

/// The file that a few rows are read from.
pub(in crate::bulk) const PROBE: &str = "rows.csv";

/// The line of the first row.
const FIRST: usize = 2;

/// The names of columns, and whether what is below them are cells between delimiters.
pub(in crate::bulk) type Head<'h> = (&'h [String], bool);

/// What a few rows say, read as a table of their own.
pub(in crate::bulk) struct Probe {
    pub(in crate::bulk) submission: Submission,
    n_rows: usize,
}

impl Probe {
    /// Reads rows below a header.
    pub(in crate::bulk) fn of(
        known: &Known<'_>,
        (header, is_delimited): Head<'_>,
        rows: &[Vec<Shown>],
    ) -> Probe {
        let mut submission = Submission::new(known.model());
        submission.read_own(known, PROBE, records(header, rows), is_delimited);
        Probe {
            submission,
            n_rows: rows.len(),
        }
    }

    /// The line on which a row stands among those that were read.
    pub(in crate::bulk) fn line_of(&self, row: usize) -> Option<usize> {
        (row < self.n_rows).then_some(row + FIRST)
    }

    /// Gives records without names the places that their rows have in their file.
    pub(in crate::bulk) fn place_records(
        &mut self,
        model: &Model,
        place_of: impl Fn(usize) -> Option<String>,
    ) {
        let records = self.submission.records_of_rows(model, PROBE).into_iter();
        let place = |line: usize| place_of(line.checked_sub(FIRST)?);
        let places = records.filter_map(|(id, line)| Some((id, place(line)?)));
        let places: Vec<_> = places.collect();
        self.submission.place_records(places);
    }

    /// The place of a line among the rows.
    pub(in crate::bulk) fn row_of(&self, line: usize) -> Option<usize> {
        line.checked_sub(FIRST).filter(|row| *row < self.n_rows)
    }

    /// The claims of each row and column, by their places.
    pub(in crate::bulk) fn claims(&self) -> BTreeMap<(usize, usize), &Claim> {
        let claims = self.submission.claims.values();
        let place = |claim: &Claim| {
            let row = self.row_of(claim.place.line as usize)?;
            Some((row, (claim.place.column as usize).checked_sub(1)?))
        };
        claims
            .filter_map(|claim| Some((place(claim)?, claim)))
            .collect()
    }

    /// The problems of the rows, each with its row, by the file and the line that each row has, where it has a file.
    /// What is wrong with the header is told by whoever reads that alone.
    pub(in crate::bulk) fn told<'f>(
        &self,
        place_of: impl Fn(usize) -> Option<(Option<&'f str>, u64)>,
    ) -> Vec<(usize, FigureProblem)> {
        let problems = self.submission.problems.iter();
        let told = problems.filter_map(|problem| {
            let row = self.row_of(problem.line)?;
            let (file, line) = place_of(row)?;
            let line = usize::try_from(line).ok()?;
            let mut problem = problem.clone();
            if problem.message.key == "figure-records-alike" {
                // The row that it is like stands elsewhere in the file as well.
                let before = match problem.message.args.get("line") {
                    Some(Arg::Text(line)) => line.parse().ok(),
                    _ => None,
                };
                let (_, before) = before.and_then(|line| place_of(self.row_of(line)?))?;
                let before = Arg::from(usize::try_from(before).ok()?);
                problem.message.args.insert("line", before);
            }
            (problem.line, problem.extent) = (line, None);
            if let Some(file) = file {
                file.clone_into(&mut problem.file);
            }
            Some((row, problem))
        });
        told.collect()
    }

    /// What is wrong with the header, in a file of this name.
    pub(in crate::bulk) fn of_header(&self, file: Option<&str>) -> Vec<FigureProblem> {
        let problems = self.submission.problems.iter();
        let own = problems.filter(|problem| {
            self.row_of(problem.line).is_none() && problem.code != ProblemCode::Empty
        });
        own.cloned()
            .map(|mut problem| {
                if let Some(file) = file {
                    file.clone_into(&mut problem.file);
                }
                problem
            })
            .collect()
    }

    /// What the rows say as a submission, each with the file and the line that it has; the header is that of a file.
    pub(in crate::bulk) fn placed<'f>(
        self,
        file: &str,
        place_of: impl Fn(usize) -> Option<(&'f str, u64)>,
    ) -> Submission {
        let mut problems = self.of_header(Some(file));
        let told = self.told(|row| place_of(row).map(|(file, line)| (Some(file), line)));
        problems.extend(told.into_iter().map(|(_, problem)| problem));
        let own_place = |line: u32| {
            let (file, line) = place_of(self.row_of(line as usize)?)?;
            Some((file, u32::try_from(line).ok()?))
        };
        let claims = self.submission.claims.values();
        let claims: Vec<_> = claims.map(|claim| own_place(claim.place.line)).collect();
        let absences = self.submission.absences.iter();
        let absences: Vec<_> = absences.map(|it| own_place(it.place.line)).collect();
        let mut submission = self.submission;
        submission.problems = problems;
        let mut ids = BTreeMap::new();
        for (file, _) in claims.iter().chain(&absences).flatten() {
            ids.entry(*file).or_insert_with(|| submission.text_id(file));
        }
        let put = |at: &mut ClaimPlace, to: &Option<(&str, u32)>| {
            if let Some((file, line)) = to {
                at.line = *line;
                at.file = ids.get(file).copied().unwrap_or(at.file);
            }
        };
        for (claim, to) in submission.claims.values_mut().zip(&claims) {
            put(&mut claim.place, to);
        }
        for (absence, to) in submission.absences.iter_mut().zip(&absences) {
            put(&mut absence.place, to);
        }
        submission
    }
}

/// How a table of a header and rows is cut, and whether what is told of its header keeps it from being read.
pub(super) fn layout(
    known: &Known<'_>,
    (header, is_delimited): Head<'_>,
    rows: &[Vec<Shown>],
) -> (Vec<TableReading>, Option<bool>) {
    Submission::layout_of(known, PROBE, records(header, rows), is_delimited)
}

/// A header and rows as the records of a table, each row on the line behind the one before.
fn records(header: &[String], rows: &[Vec<Shown>]) -> Vec<Record> {
    let names = (1..).zip(header);
    let header = Record {
        line: 1,
        cells: names
            .map(|(at, name)| Cell::of(name.as_str(), 1, at))
            .collect(),
    };
    let rows = (FIRST..).zip(rows).map(|(line, row)| Record {
        line,
        cells: (1..)
            .zip(row)
            .map(|(at, cell)| cell.cell(line, at))
            .collect(),
    });
    std::iter::once(header).chain(rows).collect()
}

/// Texts as cells.
pub(super) fn shown(rows: &[Vec<String>]) -> Vec<Vec<Shown>> {
    let row = |row: &Vec<String>| row.iter().map(Shown::text).collect();
    rows.iter().map(row).collect()
}
