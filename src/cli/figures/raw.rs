//! What a table says by itself, where there is no pack: files go in, what they are, what their
//! columns tell and each printed number come out. Never says what a name means.

use std::path::PathBuf;

use plumbrule::compile;
use plumbrule::explain::set_text;
use plumbrule::figures::table::{Column, RawColumn};
use plumbrule::figures::{FigureProblem, ProblemCode, RawFile, RawSheet, RawValue, cell_address};
use plumbrule::message::{Lang, Message};
use plumbrule::number::Exact;
use plumbrule::report::wrap;
use plumbrule::source::Sources;

use super::FiguresArgs;
use super::show::{COLUMNS, column_name, count, format_cell, named, of_all, problems};
use crate::cli::output::{self, Failure};
use crate::cli::table::{Cell, Table};
use crate::cli::{found, load};

/// The words that are in every pack, and nothing else.
const NO_NAMES: &str = "pack raw \"raw\" { }\n";

/// Shows files as they are; `packs` are those that could be named.
pub(super) fn run(args: &FiguresArgs, packs: &[PathBuf], lang: Lang) -> Result<u8, Failure> {
    let mut sources = Sources::with_std();
    sources.add("raw.plumb", NO_NAMES);
    let program = compile(&sources)
        .map_err(|diagnostics| Failure::Diagnostics(diagnostics, Box::new(sources)))?;
    let figure_args = args.figure_args();
    let options = figure_args.tables.options();
    let paths = load::figure_paths(&figure_args);
    let mut read = Vec::new();
    for input in found::inputs(&paths, &figure_args.tables, args.out.as_deref())? {
        let name = input.name();
        let limit = options.limits.total_bytes;
        let (bytes, refused) = input.read(limit)?;
        let mut file = match refused {
            None => RawFile::read(&program.model, &name, &bytes, &options),
            Some(_) => RawFile::read(&program.model, &name, &[], &options),
        };
        if let Some(size) = refused {
            let problem = FigureProblem::new(ProblemCode::Table, "figure-too-large", &name, 1, 1);
            file.problems = vec![problem.with("limit", limit).with("found", size)];
        }
        read.push((name, file));
    }
    let columns = match args.out {
        Some(_) => output::MOST_COLUMNS,
        None => output::columns(),
    };
    let text = human(args, &read, packs, lang, columns);
    output::deliver(text.as_bytes(), args.out.as_deref())?;
    let mut problems = read.iter().flat_map(|(_, file)| &file.problems);
    let is_broken = problems.any(|problem| !problem.is_warning);
    Ok(if is_broken { Failure::STATUS } else { 0 })
}

fn human(
    args: &FiguresArgs,
    read: &[(String, RawFile)],
    packs: &[PathBuf],
    lang: Lang,
    columns: usize,
) -> String {
    let mut out = files(read).human(lang, columns);
    if !args.problems {
        for table in [headers(read), values(read)] {
            if !table.rows.is_empty() {
                out.push('\n');
                out.push_str(&table.human(lang, columns));
            }
        }
    }
    let mut paragraph = |message: Message| {
        let lines = wrap(&message.render(lang), columns);
        out.push_str(&format!("\n{}\n", lines.join("\n")));
    };
    let all: Vec<FigureProblem> = read
        .iter()
        .flat_map(|(_, file)| file.problems.iter().cloned())
        .collect();
    if !all.is_empty() {
        paragraph(Message::new("figures-problems").with("count", all.len()));
        out.push('\n');
        out.push_str(&problems(&all, lang).human(lang, columns));
    }
    let mut paragraph = |message: Message| {
        let lines = wrap(&message.render(lang), columns);
        out.push_str(&format!("\n{}\n", lines.join("\n")));
    };
    paragraph(match packs.is_empty() {
        true => Message::new("figures-raw"),
        false => Message::new("figures-raw-packs").with("packs", super::names(packs)),
    });
    let line = super::example(args, packs).render(lang);
    out.push_str(&format!("{line}\n"));
    out
}

/// Each file and sheet: what it is, and how many numbers it prints.
fn files(read: &[(String, RawFile)]) -> Table {
    let row = |name: &str, file: &RawFile, sheet: Option<&RawSheet>| {
        let format = format_cell(
            Some(file.format),
            file.encoding,
            sheet.and_then(|sheet| sheet.delimiter),
        );
        let text = |text: &str| Cell::Text(text.to_owned());
        let header = sheet.map(|sheet| sheet.header.clone()).unwrap_or_default();
        vec![
            text(name),
            text(sheet.map_or("", |sheet| &sheet.name)),
            format,
            Cell::texts(header.iter().map(ToString::to_string)),
            Cell::Count(sheet.map_or(0, |sheet| sheet.n_rows)),
            Cell::Count(sheet.map_or(0, |sheet| sheet.values.len())),
            count(sheet.map_or(0, |sheet| sheet.n_absent)),
        ]
    };
    let mut rows = Vec::new();
    for (name, file) in read {
        match file.sheets.as_slice() {
            [] => rows.push(row(name, file, None)),
            sheets => rows.extend(sheets.iter().map(|sheet| row(name, file, Some(sheet)))),
        }
    }
    Table {
        columns: &[
            ("file", "figures-file"),
            ("sheet", "figures-sheet"),
            ("format", "figures-format"),
            ("header", "figures-header"),
            ("rows", "figures-rows"),
            ("numbers", "figures-numbers"),
            ("absent", "figures-absent"),
        ],
        rows,
    }
}

/// What each column tells by itself, and what the lines above say.
fn headers(read: &[(String, RawFile)]) -> Table {
    let mut rows = Vec::new();
    for (name, file) in read {
        for sheet in &file.sheets {
            let at = |column: String, header: &str, meaning: Cell| {
                let texts = [name.as_str(), &sheet.name, &column, header];
                let cells = texts.map(|text| Cell::Text(text.to_owned()));
                cells.into_iter().chain([meaning]).collect()
            };
            for shared in &sheet.shared {
                let fixed = [(shared.column, shared.text.as_str())];
                rows.push(at(String::new(), "", of_all(&fixed, shared.origin)));
            }
            for column in &sheet.columns {
                let number = column_name(&sheet.name, column.number);
                rows.push(at(number, &column.header, meaning(column)));
            }
        }
    }
    Table {
        columns: COLUMNS,
        rows,
    }
}

/// What a column tells by itself.
fn meaning(column: &RawColumn) -> Cell {
    if column.is_index {
        return Cell::Message(Message::new("figures-column-ignored"));
    }
    if let Some(held) = column.holds {
        return Cell::Message(held.name());
    }
    let fixed = column.fixed.iter();
    let fixed: Vec<(Column, &str)> = fixed.map(|(kind, text)| (*kind, text.as_str())).collect();
    let names = column.names.clone();
    Cell::Message(
        match (column.is_figures, names.is_empty(), fixed.is_empty()) {
            (true, true, true) => Message::new("figures-raw-numbers"),
            (true, true, false) => Message::new("figures-of").with("what", named(&fixed)),
            (true, false, true) => Message::new("figures-raw-of").with("names", names),
            (true, false, false) => Message::new("figures-raw-of-what")
                .with("names", names)
                .with("what", named(&fixed)),
            (false, ..) => Message::new("figures-raw-texts"),
        },
    )
}

/// Each printed number, with the texts beside it and its sets in its own unit.
fn values(read: &[(String, RawFile)]) -> Table {
    let row = |name: &str, sheet: &RawSheet, value: &RawValue| {
        let mut columns = sheet.columns.iter();
        let header = columns.find(|column| column.number == value.column);
        // A unit that starts with digits or Latin letters stands apart from its number.
        let is_apart = value.unit.starts_with(|c: char| c.is_ascii_alphanumeric());
        let unit = match is_apart {
            true => format!(" {}", value.unit),
            false => value.unit.clone(),
        };
        let set = |set| set_text(set, &Exact::from(1), &unit);
        let (exact, rounded) = (set(&value.exact), set(&value.as_printed));
        let place = match sheet.name.as_str() {
            "" => format!("{name}:{}:{}", value.line, value.column),
            sheet => format!("{name}:{sheet}!{}", cell_address(value.line, value.column)),
        };
        let text = |text: &str| Cell::Text(text.to_owned());
        vec![
            text(&place),
            Cell::texts(value.names.iter().cloned()),
            text(header.map_or("", |column| &column.header)),
            text(&value.printed),
            text(&exact),
            text(if rounded == exact { "" } else { &rounded }),
        ]
    };
    let mut rows = Vec::new();
    for (name, file) in read {
        for sheet in &file.sheets {
            rows.extend(sheet.values.iter().map(|value| row(name, sheet, value)));
        }
    }
    Table {
        columns: &[
            ("place", "figures-place"),
            ("beside", "figures-beside"),
            ("header", "figures-head"),
            ("printed", "figures-printed"),
            ("exact", "figures-exact"),
            ("rounded", "figures-rounded"),
        ],
        rows,
    }
}
