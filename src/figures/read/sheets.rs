//! Sheets of a workbook beside those with figures: what each sheet gave goes in, and a cover page
//! or a list of words becomes one note in place of its errors. Never leaves out a sheet that has
//! the header of a table, never all sheets.

use crate::figures::problem::{FigureProblem, ProblemCode};
use crate::figures::table::Column;

/// What one sheet gave.
pub(super) struct SheetRead {
    /// Its name.
    pub(super) sheet: String,
    /// Its first problem.
    pub(super) from: usize,
    /// Whether it has rows.
    pub(super) has_rows: bool,
}

/// Replaces what is wrong with sheets that hold no table, where another sheet holds one.
pub(super) fn leave_out(problems: &mut Vec<FigureProblem>, read: &[SheetRead]) {
    let mut kept = Vec::new();
    let mut is_left_out = Vec::new();
    for (n, one) in read.iter().enumerate() {
        let end = read.get(n + 1).map_or(problems.len(), |next| next.from);
        let own = problems.get(one.from..end).unwrap_or_default();
        is_left_out.push(!one.has_rows && holds_no_table(own));
    }
    if read.len() < 2 || is_left_out.iter().all(|is_so| *is_so) {
        return;
    }
    let first = read.first().map_or(0, |one| one.from);
    let mut all = problems.split_off(first.min(problems.len())).into_iter();
    for (n, (one, is_left_out)) in read.iter().zip(is_left_out).enumerate() {
        let next = read.get(n + 1).map(|next| next.from - one.from);
        let own: Vec<FigureProblem> = all.by_ref().take(next.unwrap_or(usize::MAX)).collect();
        if !is_left_out {
            kept.extend(own);
            continue;
        }
        let is_hidden = |problem: &FigureProblem| problem.message.key == "figure-hidden-sheet";
        if let Some(hidden) = own.iter().find(|one| is_hidden(one)) {
            kept.push(hidden.clone());
            continue;
        }
        let (file, line) = own
            .first()
            .map_or(("", 1), |one| (one.file.as_str(), one.line));
        let mut note =
            FigureProblem::new(ProblemCode::Table, "figure-sheet-left-out", file, line, 0);
        note.sheet.clone_from(&one.sheet);
        note.is_warning = true;
        kept.push(note);
    }
    problems.extend(kept);
}

/// Whether what is wrong with a sheet says that it is no table of figures at all.
fn holds_no_table(problems: &[FigureProblem]) -> bool {
    let is_missing = |one: &&FigureProblem| one.message.key == "figure-missing-column";
    let n_missing = problems.iter().filter(is_missing).count();
    let is_bare = problems.iter().any(is_empty) && problems.iter().all(is_of_empty_sheet);
    // A header that names one of the columns that every figure needs is meant as one.
    is_bare || problems.iter().any(has_no_header) || n_missing + 1 >= Column::REQUIRED.len()
}

fn has_no_header(problem: &FigureProblem) -> bool {
    problem.message.key == "figure-no-header"
}

fn is_of_empty_sheet(problem: &FigureProblem) -> bool {
    is_empty(problem) || problem.message.key == "figure-hidden-sheet"
}

fn is_empty(problem: &FigureProblem) -> bool {
    matches!(problem.message.key, "figure-empty" | "figure-no-rows")
}
