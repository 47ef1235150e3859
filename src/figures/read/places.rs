//! Where problems and figures stand in a file: the places of its format go in, lines and columns of
//! its text come out. Never changes what a problem says.

use std::collections::BTreeMap;

use crate::figures::grid::{Decoded, Encoding, Extents, FileFormat, Limits, Locator};
use crate::figures::problem::FigureProblem;
use crate::figures::{Claim, Submission};
use crate::model::Model;
use crate::source::Corner;

/// What was read of a file so far, so that what comes after it can be placed.
pub(super) struct Mark {
    n_problems: usize,
    n_claims: usize,
    n_readings: usize,
    n_absences: usize,
}

impl Mark {
    pub(super) fn of(submission: &Submission) -> Mark {
        Mark {
            n_problems: submission.problems.len(),
            n_claims: submission.claims.len(),
            n_readings: submission.readings.len(),
            n_absences: submission.absences.len(),
        }
    }

    /// Gives what was read of a text since then its lines and columns.
    pub(super) fn place(
        &self,
        submission: &mut Submission,
        model: &Model,
        (name, text): (&str, &Decoded<'_>),
        limits: &Limits,
    ) {
        if FileFormat::of(name, &text.bytes) == FileFormat::Json {
            let locator = Locator::new(name, &text.bytes, limits);
            self.place_json(submission, &locator);
            place_records(submission, model, (name, &locator));
        }
        // Places in the text are those of the file; counts of bytes are not.
        if text.encoding != Encoding::Utf8 {
            let own = submission.problems.get_mut(self.n_problems..);
            for problem in own.unwrap_or_default() {
                if let Some((start, end)) = &mut problem.extent {
                    (start.byte, end.byte) = (None, None);
                }
            }
        }
        super::records::tell_alike(submission, name, self.n_claims);
    }

    fn place_json(&self, submission: &mut Submission, locator: &Locator<'_>) {
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let own = submission.problems.get_mut(self.n_problems..);
        for problem in own.unwrap_or_default() {
            let (start, end) = locator.corners(problem.line, problem.column);
            (problem.line, problem.column) = (start.line, start.column);
            problem.extent = Some((start, end));
        }
        let of_place = |line: u32, column: u32| {
            let (start, _) = locator.corners(line as usize, column as usize);
            (small(start.line), small(start.column))
        };
        for claim in submission.claims.values_mut().skip(self.n_claims) {
            let Claim { place, .. } = claim;
            (place.line, place.column) = of_place(place.line, place.column);
        }
        for absence in submission.absences.iter_mut().skip(self.n_absences) {
            let place = &mut absence.place;
            (place.line, place.column) = of_place(place.line, place.column);
        }
        let line = |line: usize| locator.corners(line, 0).0.line;
        let readings = submission.readings.get_mut(self.n_readings..);
        for reading in readings.unwrap_or_default() {
            for skipped in &mut reading.skipped {
                skipped.line = line(skipped.line);
            }
        }
    }
}

/// Names records that are named by where they stand by their lines; those that share one by their columns as well.
fn place_records(submission: &mut Submission, model: &Model, (name, of): (&str, &Locator<'_>)) {
    let mut found = submission.records_of_rows(model, name);
    found.retain(|(id, _)| submission.remembered.rows.contains(id));
    let corner = |line: usize| of.corners(line, 0).0;
    let corners: Vec<_> = found.iter().map(|(_, line)| corner(*line)).collect();
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    for corner in &corners {
        *shared.entry(corner.line).or_default() += 1;
    }
    let places = corners.iter().map(|corner| match shared.get(&corner.line) {
        Some(2..) => format!("{name}:{}:{}", corner.line, corner.column),
        _ => format!("{name}:{}", corner.line),
    });
    let records = found.iter().map(|(id, _)| *id).zip(places);
    let records = records.collect();
    submission.place_records(records);
}

/// Where the cells of problems of a delimited text start and end.
pub(super) fn extents(problems: &mut [FigureProblem], text: &Decoded<'_>, delimiter: Option<u8>) {
    let Some(delimiter) = delimiter.filter(|_| !problems.is_empty()) else {
        return;
    };
    let mut extents = Extents::new(&text.bytes, delimiter);
    for problem in problems {
        let found: Option<(Corner, Corner)> = extents.cell(problem.line, problem.column);
        problem.extent = found;
    }
}
