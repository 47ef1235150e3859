//! What is wrong with rule files and tables, for editors and other machines.
//!
//! The schema is `docs/schema/problems.json`. Columns are given in characters, in code units of
//! UTF-16 and as bytes, since tools do not agree.

use std::io::{self, Write};

use serde::Serialize;

use super::{Text, text};
use crate::report::Problems;
use crate::report::problems::{Extent, Spot, Told};
use crate::source::Corner;

/// The schema that this writes.
const SCHEMA: &str = "plumbrule-problems-1";

#[derive(Serialize)]
struct ProblemsJson {
    schema: &'static str,
    tool: &'static str,
    version: &'static str,
    problems: Vec<ProblemJson>,
}

#[derive(Serialize)]
pub(super) struct ProblemJson {
    code: &'static str,
    severity: &'static str,
    text: Text,
    places: Vec<PlaceJson>,
    help: Option<Text>,
    instead: Option<String>,
}

#[derive(Serialize)]
struct PlaceJson {
    file: String,
    sheet: Option<String>,
    line: usize,
    cell: Option<usize>,
    start: Option<CornerJson>,
    end: Option<CornerJson>,
    text: Option<Text>,
}

#[derive(Serialize)]
struct CornerJson {
    line: usize,
    column: usize,
    utf16: usize,
    byte: Option<usize>,
}

pub(super) fn write(w: &mut dyn Write, problems: &Problems<'_>) -> io::Result<()> {
    let document = ProblemsJson {
        schema: SCHEMA,
        tool: "plumbrule",
        version: env!("CARGO_PKG_VERSION"),
        problems: list(problems),
    };
    serde_json::to_writer_pretty(&mut *w, &document)?;
    writeln!(w)
}

/// All problems, in the order in which they are told.
pub(super) fn list(problems: &Problems<'_>) -> Vec<ProblemJson> {
    problems.told().map(|told| one(&told)).collect()
}

fn one(told: &Told<'_>) -> ProblemJson {
    ProblemJson {
        code: told.code,
        severity: told.severity.word(),
        text: text(told.message),
        places: told.places.iter().map(place).collect(),
        help: told.help.map(text),
        instead: told.mend.map(str::to_owned),
    }
}

fn place(spot: &Spot<'_>) -> PlaceJson {
    let (line, start, end) = match &spot.extent {
        Extent::Line(line) => (*line, None, None),
        Extent::Part(start, end) => (start.line, Some(corner(start)), Some(corner(end))),
    };
    PlaceJson {
        file: spot.file.to_owned(),
        sheet: (!spot.sheet.is_empty()).then(|| spot.sheet.to_owned()),
        line,
        cell: spot.cell,
        start,
        end,
        text: spot.message.map(text),
    }
}

fn corner(corner: &Corner) -> CornerJson {
    CornerJson {
        line: corner.line,
        column: corner.column,
        utf16: corner.utf16,
        byte: corner.byte,
    }
}
