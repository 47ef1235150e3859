//! Problems of tables and cells in the words of the catalogue.

use crate::figures::grid::{Encoding, JsonFault, ParquetProblem, Place, Problem, ProblemKind};
use crate::figures::printed::{Part, Parts, PrintedError, PrintedErrorKind};
use crate::figures::problem::{FigureProblem, ProblemCode};
use crate::figures::table::{Column, LayoutProblem, Row, TableReading};
use crate::message::{Arg, Message};

/// A problem of the table itself, as a sentence alone.
pub(crate) fn sentence(problem: &Problem) -> Message {
    table_problem("", problem).message
}

/// That a text was read in an encoding that nobody asked for.
pub(crate) fn read_as(file: &str, encoding: Encoding) -> FigureProblem {
    table_problem(file, &Problem::new(1, 1, ProblemKind::ReadAs { encoding }))
}

/// A problem of the table itself.
pub(crate) fn table_problem(file: &str, problem: &Problem) -> FigureProblem {
    let (line, column) = (problem.place.line, problem.place.column);
    let new = |code, key| FigureProblem::new(code, key, file, line, column);
    let help = |key| Some(Message::new(key));
    let mut found = match &problem.kind {
        ProblemKind::Empty => new(ProblemCode::Empty, "figure-empty"),
        ProblemKind::TooLarge { limit, found } => new(ProblemCode::Table, "figure-too-large")
            .with("limit", *limit)
            .with("found", *found),
        ProblemKind::ReadAs { encoding } => {
            new(ProblemCode::Encoding, "figure-read-as").with("encoding", encoding.name())
        }
        ProblemKind::UnclearEncoding { byte } => new(ProblemCode::Encoding, "figure-encoding-open")
            .with("byte", *byte)
            .maybe_help(help("help-encoding")),
        ProblemKind::Undecodable { encoding, byte } => {
            undecodable(file, (line, column), (*encoding, *byte))
        }
        ProblemKind::LostCharacter => new(ProblemCode::Encoding, "figure-lost-character")
            .maybe_help(help("help-lost-character")),
        ProblemKind::ZeroCharacter => new(ProblemCode::Row, "figure-zero-character"),
        ProblemKind::NoHeader { found } => new(ProblemCode::Table, "figure-no-header")
            .with("found", found)
            .maybe_help(help("help-header")),
        ProblemKind::UnknownColumn { found, nearest } => {
            let near = nearest
                .as_ref()
                .map(|name| Message::new("help-nearest").with("name", name));
            new(ProblemCode::Column, "figure-column")
                .with("found", found)
                .maybe_help(near)
        }
        ProblemKind::DuplicateColumn { column, first } => {
            new(ProblemCode::Table, "figure-duplicate-column")
                .with("column", column_name(*column))
                .with("first", *first)
        }
        ProblemKind::MissingColumn { column } => new(ProblemCode::Table, "figure-missing-column")
            .with("column", column_name(*column))
            .maybe_help(help("help-header")),
        ProblemKind::TooManyColumns { limit, found } => {
            new(ProblemCode::Table, "figure-too-many-columns")
                .with("limit", *limit)
                .with("found", *found)
        }
        ProblemKind::WrongFieldCount { expected, found } => {
            new(ProblemCode::Row, "figure-field-count")
                .with("expected", *expected)
                .with("found", *found)
                .maybe_help(help("help-cells"))
        }
        ProblemKind::Action { found } => new(ProblemCode::Row, "figure-action")
            .with("found", found)
            .maybe_help(help("help-action")),
        ProblemKind::Json(fault) => json_problem(file, (line, column), fault),
        ProblemKind::UnclosedQuote => new(ProblemCode::Row, "figure-unclosed-quote"),
        ProblemKind::CellTooLong { limit, found } => new(ProblemCode::Row, "figure-cell-too-long")
            .with("limit", *limit)
            .with("found", *found),
        ProblemKind::Layout(problem) => {
            let code = match problem {
                LayoutProblem::BlankEntity => ProblemCode::Entity,
                LayoutProblem::BlankPart { .. } => ProblemCode::Breakdown,
                _ => ProblemCode::Layout,
            };
            layout_problem(problem, |key| new(code, key))
        }
        ProblemKind::Parquet(kind) => parquet_problem(kind, &new),
        ProblemKind::Book(kind) => super::books::problem(kind, &new),
    };
    found.is_warning = problem.is_warning();
    found
}

/// A problem of headers.
fn layout_problem(
    problem: &LayoutProblem,
    new: impl Fn(&'static str) -> FigureProblem,
) -> FigureProblem {
    let help = |key| Some(Message::new(key));
    match problem {
        LayoutProblem::SeveralReadings { found, readings } if readings.is_empty() => {
            new("figure-shared-name")
                .with("found", found)
                .maybe_help(help("help-ambiguous-name"))
        }
        LayoutProblem::SeveralReadings { found, readings } => {
            let readings = readings.iter().map(|one| reading_name(one)).collect();
            new("figure-several-readings")
                .with("found", found)
                .with("readings", Arg::List(readings))
                .maybe_help(help("help-say-in-mapping"))
        }
        LayoutProblem::SaidTwice {
            column,
            text,
            other,
        } => new("figure-said-twice")
            .with("column", column_name(*column))
            .with("text", text)
            .with("other", *other)
            .maybe_help(help("help-say-in-mapping")),
        LayoutProblem::SameHeader { first } => new("figure-same-header")
            .with("first", *first)
            .maybe_help(help("help-say-in-mapping")),
        LayoutProblem::ForWhichFigure { column } => new("figure-for-which")
            .with("column", column_name(*column))
            .maybe_help(help("help-for-which")),
        LayoutProblem::NothingGives { column, candidates } if candidates.is_empty() => {
            new("figure-nothing-gives")
                .with("column", column_name(*column))
                .maybe_help(nothing_gives(*column))
        }
        LayoutProblem::NothingGives { column, candidates } => new("figure-title-several")
            .with("column", column_name(*column))
            .with("found", candidates.clone())
            .maybe_help(nothing_gives(*column)),
        LayoutProblem::ColumnLacks { found, column } => new("figure-column-lacks")
            .with("column", column_name(*column))
            .with("found", found)
            .maybe_help(help("help-say-in-mapping")),
        LayoutProblem::NamelessKey { found, column } => new("figure-nameless-key")
            .with("column", column_name(*column))
            .with("found", found)
            .maybe_help(help("help-nameless-key")),
        LayoutProblem::RowsAlike { found, texts } => {
            let told = match found.is_empty() {
                true => new("figure-rows-alike-blank").with("texts", texts.clone()),
                false => new("figure-rows-alike")
                    .with("found", found)
                    .with("texts", texts.clone()),
            };
            told.maybe_help(help("help-nameless-key"))
        }
        LayoutProblem::RowAlike { found, before } => {
            let told = match found.is_empty() {
                true => new("figure-row-alike-blank").with("line", *before),
                false => new("figure-row-alike")
                    .with("found", found)
                    .with("line", *before),
            };
            told.maybe_help(help("help-nameless-key"))
        }
        LayoutProblem::TotalRow { found } => new("figure-total")
            .with("found", found)
            .maybe_help(help("help-total")),
        LayoutProblem::BlankPart { dimension } => new("figure-blank-part")
            .with("dimension", dimension)
            .maybe_help(help("help-blank-part")),
        LayoutProblem::BlankEntity => {
            new("figure-blank-entity").maybe_help(help("help-blank-entity"))
        }
        LayoutProblem::SeveralMappings { .. }
        | LayoutProblem::MappingColumn { .. }
        | LayoutProblem::MappingHeader { .. }
        | LayoutProblem::MappingTwice { .. } => mapping_problem(problem, new),
    }
}

/// A problem of a mapping; no other is asked for here.
fn mapping_problem(
    problem: &LayoutProblem,
    new: impl Fn(&'static str) -> FigureProblem,
) -> FigureProblem {
    let help = |key| Some(Message::new(key));
    match problem {
        LayoutProblem::MappingColumn {
            table,
            found,
            headers,
        } => {
            let headers = Message::new("help-headers-are").with("names", headers.clone());
            new("figure-mapping-column")
                .with("table", table)
                .with("found", found)
                .maybe_help(Some(headers))
        }
        LayoutProblem::MappingHeader { table, row } => new("figure-mapping-header")
            .with("table", table)
            .with("row", *row),
        LayoutProblem::MappingTwice {
            table,
            column,
            other,
        } => new("figure-mapping-twice")
            .with("table", table)
            .with("column", column_name(*column))
            .with("other", *other)
            .maybe_help(help("help-mapping-twice")),
        other => {
            let names = match other {
                LayoutProblem::SeveralMappings { names } => names.clone(),
                _ => Vec::new(),
            };
            new("figure-several-mappings")
                .with("names", names)
                .maybe_help(help("help-several-mappings"))
        }
    }
}

/// How something that all figures need may be said.
fn nothing_gives(column: Column) -> Option<Message> {
    let example = match column {
        Column::Period => "example-line-period",
        Column::Indicator => "example-line-indicator",
        Column::Entity => "example-line-entity",
        _ => "example-line-other",
    };
    let example = Arg::Message(Message::new(example));
    Some(Message::new("help-nothing-gives").with("example", example))
}

/// A problem of a Parquet file.
fn parquet_problem(
    problem: &ParquetProblem,
    new: &dyn Fn(ProblemCode, &'static str) -> FigureProblem,
) -> FigureProblem {
    let help = |key| Some(Message::new(key));
    match problem {
        ParquetProblem::Encrypted => new(ProblemCode::Table, "figure-parquet-encrypted")
            .maybe_help(help("help-parquet-encrypted")),
        ParquetProblem::Malformed { why } => new(ProblemCode::Table, "figure-parquet-malformed")
            .with(
                "why",
                match crate::figures::grid::parquet_reason(why) {
                    Some(key) => Message::new(key),
                    None => Message::new("why-library").with("why", why),
                },
            )
            .maybe_help(help("help-parquet-malformed")),
        ParquetProblem::TooManyRows { limit, found } => {
            new(ProblemCode::Table, "figure-parquet-rows")
                .with("limit", *limit)
                .with("found", *found)
        }
        ParquetProblem::Unpacks { limit } => {
            new(ProblemCode::Table, "figure-parquet-unpacks").with("limit", *limit)
        }
        ParquetProblem::Nested { column } => new(ProblemCode::Column, "figure-parquet-nested")
            .with("column", column)
            .maybe_help(help("help-parquet-nested")),
        ParquetProblem::Unreadable { column, kind } => {
            new(ProblemCode::Column, "figure-parquet-type")
                .with("column", column)
                .with("type", kind)
                .maybe_help(help("help-parquet-type"))
        }
        ParquetProblem::NotText => {
            new(ProblemCode::Encoding, "figure-parquet-text").maybe_help(help("help-parquet-text"))
        }
    }
}

/// What a reading of a header names: `indicator users_5g`, `the column value`.
fn reading_name(reading: &[(Column, String)]) -> Arg {
    let one = |(column, text): &(Column, String)| {
        let column = column_name(*column);
        Arg::Message(match text.is_empty() {
            true => Message::new("reading-column").with("column", column),
            false => Message::new("reading-name")
                .with("column", column)
                .with("text", text),
        })
    };
    match reading {
        [only] => one(only),
        several => Arg::List(several.iter().map(one).collect()),
    }
}

/// The first line of a text that is not blank.
fn one_line(text: &str) -> String {
    let mut lines = text.split(char::is_control).map(str::trim);
    lines
        .find(|line| !line.is_empty())
        .unwrap_or_default()
        .to_owned()
}

/// What is said of bytes that stand for no character.
fn undecodable(
    file: &str,
    (line, column): (usize, usize),
    (encoding, byte): (Encoding, Option<usize>),
) -> FigureProblem {
    let new = |code, key| FigureProblem::new(code, key, file, line, column);
    let problem = match byte {
        Some(byte) => new(ProblemCode::Encoding, "figure-undecodable")
            .with("encoding", encoding.name())
            .with("byte", byte),
        None => new(ProblemCode::Encoding, "figure-undecodable-somewhere")
            .with("encoding", encoding.name()),
    };
    problem.maybe_help(Some(Message::new("help-undecodable")))
}

/// What is wrong with JSON.
fn json_problem(file: &str, (line, column): (usize, usize), fault: &JsonFault) -> FigureProblem {
    let new = |code, key| FigureProblem::new(code, key, file, line, column);
    let help = Some(Message::new("help-json"));
    match fault {
        JsonFault::Syntax { found } => {
            new(ProblemCode::Row, "json-syntax").with("found", one_line(found))
        }
        JsonFault::Ends => new(ProblemCode::Row, "json-ends"),
        JsonFault::NotObject { found } => new(ProblemCode::Row, "json-not-object")
            .with("found", one_line(found))
            .maybe_help(help),
        JsonFault::TwoNested { field } => new(ProblemCode::Row, "json-two-nested")
            .with("field", field)
            .maybe_help(help),
        JsonFault::Nested { field } => new(ProblemCode::Row, "json-nested")
            .with("field", field)
            .maybe_help(help),
        JsonFault::NotText { byte } => {
            let kind = (Encoding::Utf8, Some(*byte));
            undecodable(file, (line, column), kind)
        }
        JsonFault::Twice { field } => new(ProblemCode::Row, "json-twice").with("field", field),
    }
}

/// The name of a column in both languages.
pub(super) fn column_name(column: Column) -> Arg {
    Arg::Message(column.name())
}

/// Where a problem of a printed cell is shown.
struct Pointed {
    place: Place,
    /// The part that was not understood.
    found: String,
    /// The cell that is shown.
    shown: String,
    /// The letter of it that the caret points at.
    caret: usize,
}

impl Pointed {
    fn new(row: &Row, error: &PrintedError, parts: Parts<'_>) -> Pointed {
        const MOST: usize = 60;
        let cut = |text: &str| -> String { text.chars().take(MOST).collect() };
        let (column, text) = match error.part {
            Part::Value => (Column::Value, parts.value),
            Part::Qualifier => (Column::Qualifier, parts.qualifier),
            Part::Unit => (Column::Unit, parts.unit),
            Part::Decimals => (Column::Decimals, ""),
        };
        // A unit is found wrong at the figure that has another.
        let is_unit = error.part == Part::Unit;
        let is_in_row = row.place(column).line == row.line;
        let place = match is_in_row && !is_unit {
            true => row.place(column),
            false => row.place(Column::Value),
        };
        let (shown, caret) = match is_unit {
            true => {
                let letters: Vec<char> = parts.value.chars().collect();
                let last = letters.iter().rposition(|c| c.is_numeric());
                (parts.value, last.map_or(0, |at| at + 1))
            }
            false => (text, error.at),
        };
        Pointed {
            place,
            found: cut(text),
            shown: cut(shown),
            caret: caret.min(MOST),
        }
    }
}

/// A problem of a printed cell, with a caret.
pub(super) fn printed_problem(
    file: &str,
    row: &Row,
    error: &PrintedError,
    parts: Parts<'_>,
) -> FigureProblem {
    let key = match &error.kind {
        PrintedErrorKind::NoNumber => "printed-no-number",
        PrintedErrorKind::TooLong => "printed-too-long",
        PrintedErrorKind::TooManyDigits => "printed-too-many-digits",
        PrintedErrorKind::ExpectedNumber => "printed-expected-number",
        PrintedErrorKind::ExpectedDigits => "printed-expected-digits",
        PrintedErrorKind::BadGrouping => "printed-bad-grouping",
        PrintedErrorKind::SecondNumber => "printed-second-number",
        PrintedErrorKind::PowerOfTen => "printed-power-of-ten",
        PrintedErrorKind::Contradiction { .. } => "printed-contradiction",
        PrintedErrorKind::RangeBackwards => "printed-range-backwards",
        PrintedErrorKind::RangeUnits => "printed-range-units",
        PrintedErrorKind::RangeQualifier(_) => "printed-range-qualifier",
        PrintedErrorKind::UnknownQualifier => "printed-unknown-qualifier",
        PrintedErrorKind::QualifierDisagrees => "printed-qualifier-disagrees",
        PrintedErrorKind::UnitDisagrees => "printed-unit-disagrees",
        PrintedErrorKind::TwoScales => "printed-two-scales",
        PrintedErrorKind::DecimalsDisagree => "printed-decimals-disagree",
    };
    let at = Pointed::new(row, error, parts);
    let (line, column) = (at.place.line, at.place.column);
    FigureProblem::new(ProblemCode::Value, key, file, line, column)
        .with("found", at.found)
        .with("value", at.shown.as_str())
        .in_cell(&at.shown, at.caret)
        .maybe_help(Some(Message::new(match error.kind {
            PrintedErrorKind::BadGrouping => "help-grouping",
            PrintedErrorKind::PowerOfTen => "help-power-of-ten",
            PrintedErrorKind::UnitDisagrees => "help-unit-disagrees",
            PrintedErrorKind::TwoScales => "help-two-scales",
            _ => "help-value",
        })))
}

/// What is said of a file without a row, which may have a header.
pub(crate) fn without_rows(file: &str, has_header: bool) -> FigureProblem {
    FigureProblem::new(ProblemCode::Empty, no_rows_key(has_header), file, 1, 1)
}

fn no_rows_key(has_header: bool) -> &'static str {
    match has_header {
        true => "figure-no-rows",
        false => "figure-empty",
    }
}

/// What is said of a sheet without a row: whether there is a header above none.
pub(super) fn empty_key(readings: &[TableReading]) -> &'static str {
    no_rows_key(readings.iter().any(|reading| !reading.header.is_empty()))
}
