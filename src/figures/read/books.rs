//! Problems of workbooks in the words of the catalogue.

use crate::figures::grid::{BookProblem, Bound, Looks};
use crate::figures::problem::{FigureProblem, ProblemCode};
use crate::message::{Arg, Message};

pub(super) fn problem(
    kind: &BookProblem,
    new: &dyn Fn(ProblemCode, &'static str) -> FigureProblem,
) -> FigureProblem {
    let help = |key| Some(Message::new(key));
    let told = |key| new(ProblemCode::Table, key);
    match kind {
        BookProblem::NotWorkbook { looks_like } => told("book-not-workbook")
            .with("looks", Arg::Message(Message::new(looks_key(*looks_like))))
            .maybe_help(help("help-save-as-workbook")),
        BookProblem::Encrypted => {
            told("book-encrypted").maybe_help(help("help-save-without-password"))
        }
        BookProblem::Damaged { part } if part == "zip" => {
            told("book-cut").maybe_help(help("help-save-again"))
        }
        BookProblem::Damaged { part } => told("book-damaged")
            .with("part", part)
            .maybe_help(help("help-save-again")),
        BookProblem::TooMuch { what, limit } => told(bound_key(*what))
            .with("limit", *limit)
            .maybe_help(help("help-split-book")),
        BookProblem::NoSheet { sheets } => told("book-no-sheet").maybe_help(Some(
            Message::new("help-sheets").with("names", sheets.clone()),
        )),
        BookProblem::HiddenSheet => told("figure-hidden-sheet"),
        BookProblem::ShownDiffers { count } => {
            new(ProblemCode::Value, "figure-shown-differs").with("count", *count)
        }
        BookProblem::MarksDropped { count } => {
            new(ProblemCode::Value, "figure-marks-dropped").with("count", *count)
        }
        BookProblem::HiddenRows { count } => {
            new(ProblemCode::Row, "figure-hidden-rows").with("count", *count)
        }
        BookProblem::Uncalculated { count } => new(ProblemCode::Value, "figure-uncalculated")
            .with("count", *count)
            .maybe_help(help("help-uncalculated")),
    }
}

fn bound_key(bound: Bound) -> &'static str {
    match bound {
        Bound::Unpacked => "book-too-much-unpacked",
        Bound::Packed => "book-too-much-packed",
        Bound::Parts => "book-too-much-parts",
        Bound::Sheets => "book-too-much-sheets",
        Bound::Rows => "book-too-much-rows",
        Bound::Cells => "book-too-much-cells",
        Bound::Strings => "book-too-much-strings",
    }
}

fn looks_key(looks: Looks) -> &'static str {
    match looks {
        Looks::Empty => "looks-empty",
        Looks::Html => "looks-html",
        Looks::XmlBook => "looks-xml-book",
        Looks::Text => "looks-text",
        Looks::BinaryBook => "looks-binary-book",
        Looks::Document => "looks-document",
        Looks::Archive => "looks-archive",
        Looks::Other => "looks-other",
    }
}
