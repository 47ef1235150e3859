//! What was understood, for people: files, columns, figures and problems of a run go in, tables of
//! cells come out. Decides nothing.

use std::collections::BTreeMap;

use plumbrule::explain::{Shown, Unit};
use plumbrule::figures::grid::FileFormat;
use plumbrule::figures::table::{Column, ColumnMeaning, SharedOrigin, TableReading};
use plumbrule::figures::{Claim, ClaimState, Encoding, FigureProblem, cell_address};
use plumbrule::message::{Arg, Label, Lang, Message};
use plumbrule::program::Program;
use plumbrule::report::{Figures, wrap};

use crate::cli::table::{Cell, Table};

pub(super) fn human(figures: &Figures<'_>, is_brief: bool, lang: Lang, columns: usize) -> String {
    let submission = figures.submission;
    let mut out = files(figures).human(lang, columns);
    let columns_read = understood(&submission.readings);
    if !is_brief && !columns_read.rows.is_empty() {
        out.push('\n');
        out.push_str(&columns_read.human(lang, columns));
    }
    if !is_brief && !figures.claims.is_empty() {
        out.push('\n');
        out.push_str(&shown(figures, lang).human(lang, columns));
    }
    let mut paragraph = |message: Message| {
        let lines = wrap(&message.render(lang), columns);
        out.push_str(&format!("\n{}\n", lines.join("\n")));
    };
    let n_all = submission.claims.len();
    paragraph(
        Message::new("figures-count")
            .with("count", figures.claims.len())
            .with("all", n_all),
    );
    if submission.problems.is_empty() {
        paragraph(Message::new("figures-no-problem"));
        return out;
    }
    paragraph(Message::new("figures-problems").with("count", submission.problems.len()));
    out.push('\n');
    out.push_str(&problems(&submission.problems, lang).human(lang, columns));
    out
}

/// Each file and sheet, with how many figures it gave.
fn files(figures: &Figures<'_>) -> Table {
    let submission = figures.submission;
    let mut counts: BTreeMap<(&str, &str), [usize; 3]> = BTreeMap::new();
    for claim in submission.claims.values() {
        let (file, sheet) = (
            submission.text(claim.place.file),
            submission.text(claim.place.sheet),
        );
        let count = counts.entry((file, sheet)).or_default();
        count[usize::from(claim.state == ClaimState::Unreadable)] += 1;
    }
    for reading in &submission.readings {
        counts.entry((&reading.file, &reading.sheet)).or_default();
    }
    for problem in &submission.problems {
        let count = counts.entry((&problem.file, &problem.sheet)).or_default();
        count[2] += 1;
    }
    let rows = counts
        .into_iter()
        .map(|((file, sheet), [read, unread, problems])| {
            let all = submission.readings.iter();
            let own: Vec<&TableReading> = all
                .filter(|reading| reading.file == file && reading.sheet == sheet)
                .collect();
            let header = own.iter().flat_map(|reading| reading.header.first());
            let left_out = own.iter().flat_map(|reading| &reading.columns);
            let left_out = left_out
                .filter(|column| column.meaning == ColumnMeaning::Unknown)
                .map(|column| column.header.clone());
            vec![
                Cell::Text(file.to_owned()),
                Cell::Text(sheet.to_owned()),
                own.first().map_or(Cell::Text(String::new()), |reading| {
                    format_cell(reading.format, reading.encoding, reading.delimiter)
                }),
                Cell::List(own.iter().map(|reading| layout(reading)).collect()),
                Cell::texts(header.map(ToString::to_string)),
                Cell::texts(left_out),
                Cell::Count(read),
                count(unread),
                count(own.iter().map(|reading| reading.n_absent).sum()),
                count(problems),
            ]
        });
    Table {
        columns: &[
            ("file", "figures-file"),
            ("sheet", "figures-sheet"),
            ("format", "figures-format"),
            ("layout", "figures-layout"),
            ("header", "figures-header"),
            ("left_out", "figures-columns-left-out"),
            ("figures", "figures-figures"),
            ("unread", "figures-unread"),
            ("absent", "figures-absent"),
            ("problems", "figures-n-problems"),
        ],
        rows: rows.collect(),
    }
}

/// How a table was laid out, in one word.
fn layout(reading: &TableReading) -> Cell {
    Cell::Message(Message::new(match () {
        () if reading.is_long() => "figures-long",
        () if reading.header.is_empty() => "figures-no-layout",
        () => "figures-wide",
    }))
}

/// A count; none is left blank, so that a column of none is left out.
pub(super) fn count(n: usize) -> Cell {
    match n {
        0 => Cell::Text(String::new()),
        n => Cell::Count(n),
    }
}

/// Each figure with what it is taken for.
fn shown(figures: &Figures<'_>, lang: Lang) -> Table {
    let (program, submission) = (figures.program, figures.submission);
    let rows = figures.claims.iter().map(|id| {
        let claim = &submission.claims[*id];
        let unit = Unit::of_figure(program, &claim.figure).naming(submission, &claim.exact);
        let set = |set| {
            let shown = Shown {
                set,
                unit: unit.clone(),
            };
            shown.text(lang)
        };
        let exact = set((*claim.exact).clone());
        let rounded = set((*claim.as_printed).clone());
        let entity = &submission.entities[claim.entity];
        let is_default = program.model.pack.entity == Some(claim.entity);
        let source = match (
            submission.text(claim.source),
            submission.text(claim.source_line),
        ) {
            (source, "") => source.to_owned(),
            (source, line) => format!("{source}:{line}"),
        };
        vec![
            Cell::Text(name(program, claim)),
            Cell::Label(match is_default {
                true => Label::same(""),
                false => entity.label.clone(),
            }),
            Cell::Text(claim.window.to_string()),
            Cell::Text(submission.text(claim.printed).to_owned()),
            Cell::Text(exact.clone()),
            Cell::Text(if rounded == exact {
                String::new()
            } else {
                rounded
            }),
            Cell::Text(source),
            Cell::Text(submission.place(claim)),
        ]
    });
    Table {
        columns: &[
            ("figure", "figures-figure"),
            ("entity", "figures-entity"),
            ("period", "figures-period"),
            ("printed", "figures-printed"),
            ("exact", "figures-exact"),
            ("rounded", "figures-rounded"),
            ("source", "figures-source"),
            ("place", "figures-place"),
        ],
        rows: rows.collect(),
    }
}

/// The indicator, and in brackets definition, measure and breakdown where they are not the usual.
fn name(program: &Program, claim: &Claim) -> String {
    let indicator = &program.model.indicators[claim.figure.indicator];
    let definition = indicator
        .definitions
        .get(usize::from(claim.figure.definition));
    let definition = definition.map_or("", |definition| &definition.id);
    let measure = match claim.figure.measure {
        plumbrule::model::Measure::Level => "",
        other => other.word(),
    };
    let parts = [definition, measure, &claim.figure.breakdown];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    match parts.is_empty() {
        true => indicator.id.clone(),
        false => format!("{}[{}]", indicator.id, parts.join(", ")),
    }
}

/// What a file is, and in which encoding.
pub(super) fn format_cell(
    format: Option<FileFormat>,
    encoding: Option<Encoding>,
    delimiter: Option<char>,
) -> Cell {
    let name = |key| Cell::Message(Message::new(key));
    let mut cells = Vec::new();
    match (format, delimiter) {
        (None, _) => {}
        (Some(FileFormat::Delimited), Some('\t')) => cells.push(name("figures-format-tabs")),
        (Some(FileFormat::Delimited), delimiter) => {
            let sign = delimiter.map_or_else(String::new, |sign| sign.to_string());
            let message = Message::new("figures-format-text").with("sign", sign);
            cells.push(Cell::Message(message));
        }
        (Some(FileFormat::Json), _) => cells.push(Cell::Text("JSON".to_owned())),
        (Some(FileFormat::Parquet), _) => cells.push(Cell::Text("Parquet".to_owned())),
        (Some(FileFormat::Workbook), _) => cells.push(name("figures-format-workbook")),
    }
    cells.extend(encoding.map(|encoding| Cell::Text(encoding.name().to_owned())));
    Cell::List(cells)
}

/// What each column was taken for, and what holds for all figures of a table.
fn understood(readings: &[TableReading]) -> Table {
    let mut rows = Vec::new();
    for reading in readings {
        let at = |column: String, header: &str, meaning: Cell| {
            vec![
                Cell::Text(reading.file.clone()),
                Cell::Text(reading.sheet.clone()),
                Cell::Text(column),
                Cell::Text(header.to_owned()),
                meaning,
            ]
        };
        for shared in &reading.shared {
            let fixed = [(shared.column, shared.text.as_str())];
            rows.push(at(String::new(), "", of_all(&fixed, shared.origin)));
        }
        for column in &reading.columns {
            let number = column_name(&reading.sheet, column.number);
            rows.push(at(number, &column.header, meaning(&column.meaning)));
        }
    }
    Table {
        columns: COLUMNS,
        rows,
    }
}

/// The columns of the table of columns.
pub(super) const COLUMNS: &[(&str, &str)] = &[
    ("file", "figures-file"),
    ("sheet", "figures-sheet"),
    ("column", "figures-column"),
    ("header", "figures-head"),
    ("meaning", "figures-meaning"),
];

/// The number of a column, or its letter where the file is a workbook.
pub(super) fn column_name(sheet: &str, number: usize) -> String {
    match sheet {
        "" => number.to_string(),
        _ => cell_address(1, number).trim_end_matches('1').to_owned(),
    }
}

/// What holds for all figures of a table, and who says so.
pub(super) fn of_all(fixed: &[(Column, &str)], origin: SharedOrigin) -> Cell {
    let what = named(fixed);
    Cell::Message(match origin {
        SharedOrigin::Line(place) => Message::new("figures-all-line")
            .with("line", place.line)
            .with("what", what),
        SharedOrigin::SheetName => Message::new("figures-all-sheet").with("what", what),
        SharedOrigin::Mapping => Message::new("figures-all-mapping").with("what", what),
    })
}

/// Names of things and of which kind they are: the unit `%`.
pub(super) fn named(fixed: &[(Column, &str)]) -> Arg {
    let one = |(column, text): &(Column, &str)| {
        let column = Arg::Message(column.name());
        let message = Message::new("reading-name")
            .with("column", column)
            .with("text", *text);
        Arg::Message(message)
    };
    Arg::List(fixed.iter().map(one).collect())
}

/// What the cells of a column were taken for.
fn meaning(meaning: &ColumnMeaning) -> Cell {
    Cell::Message(match meaning {
        ColumnMeaning::Holds(column) => column.name(),
        ColumnMeaning::Parts(dimension) => {
            Message::new("figures-parts-of").with("dimension", dimension)
        }
        ColumnMeaning::Figures(fixed) if fixed.is_empty() => Column::Value.name(),
        ColumnMeaning::Figures(fixed) => {
            let fixed: Vec<(Column, &str)> = fixed
                .iter()
                .map(|(column, text)| (*column, text.as_str()))
                .collect();
            Message::new("figures-of").with("what", named(&fixed))
        }
        ColumnMeaning::Ignored => Message::new("figures-column-ignored"),
        ColumnMeaning::Unknown => Message::new("figures-column-unknown"),
    })
}

/// Problems that say the same, counted, with the first place of each.
pub(super) fn problems(all: &[FigureProblem], lang: Lang) -> Table {
    let mut groups: BTreeMap<(&str, String), (usize, String, String)> = BTreeMap::new();
    for problem in all {
        let key = (problem.code.as_str(), problem.message.render(lang));
        let group = groups.entry(key).or_insert_with(|| {
            let help = problem.help.as_ref().map(|help| help.render(lang));
            (0, problem.place(), help.unwrap_or_default())
        });
        group.0 += 1;
    }
    let rows = groups
        .into_iter()
        .map(|((code, message), (n, place, help))| {
            vec![
                Cell::Text(code.to_owned()),
                Cell::Count(n),
                Cell::Text(message),
                Cell::Text(place),
                Cell::Text(help),
            ]
        });
    Table {
        columns: &[
            ("code", "list-code"),
            ("count", "figures-times"),
            ("problem", "figures-problem"),
            ("place", "figures-first-place"),
            ("help", "figures-help"),
        ],
        rows: rows.collect(),
    }
}
