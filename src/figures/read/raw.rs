//! A file without a pack: bytes go in, its encoding, its sheets, what their columns tell by
//! themselves and each printed number as a set in its own unit come out. Never says what a name means.

use std::sync::Arc;

use super::ReadOptions;
use super::report::{printed_problem, table_problem};
use crate::figures::grid::{self, Encoding, FileFormat, Problem, ProblemKind, Record};
use crate::figures::printed::{Parts, Printed, Reading};
use crate::figures::problem::FigureProblem;
use crate::figures::table::{
    Cells, Column, Known, RawColumn, RawTable, Row, SharedReading, raw_cell,
};
use crate::fold::fold_name;
use crate::model::Model;
use crate::set::Set;

/// A file that was read without a pack.
#[derive(Debug, Clone)]
pub struct RawFile {
    /// What the file is.
    pub format: FileFormat,
    /// The encoding of its text; none where it is no text.
    pub encoding: Option<Encoding>,
    /// Its sheets; a file that is one table has one.
    pub sheets: Vec<RawSheet>,
    /// What could not be read.
    pub problems: Vec<FigureProblem>,
}

/// A sheet that was read without a pack.
#[derive(Debug, Clone)]
pub struct RawSheet {
    /// Its name; empty for a file that is one table.
    pub name: String,
    /// What stands between cells, where the file is delimited text.
    pub delimiter: Option<char>,
    /// The rows that were taken for the header.
    pub header: Vec<usize>,
    /// The columns, in their order.
    pub columns: Vec<RawColumn>,
    /// What the lines above and the name of the sheet say of all figures.
    pub shared: Vec<SharedReading>,
    /// Rows below the header.
    pub n_rows: usize,
    /// Cells that say that there is no figure.
    pub n_absent: usize,
    /// Printed numbers, in order.
    pub values: Vec<RawValue>,
}

/// A printed number and its sets, in the unit in which it was printed.
#[derive(Debug, Clone)]
pub struct RawValue {
    /// The row, or the line.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// The texts beside it that tell what it is.
    pub names: Vec<String>,
    /// As printed.
    pub printed: String,
    /// Its unit as written; empty where nothing says one.
    pub unit: String,
    /// Read as exact.
    pub exact: Arc<Set>,
    /// Read as printed.
    pub as_printed: Arc<Set>,
}

impl RawFile {
    /// Reads a file as far as it can be without the names of a pack; of `model` the words and the
    /// units count.
    #[must_use]
    pub fn read(model: &Model, name: &str, bytes: &[u8], options: &ReadOptions) -> RawFile {
        let limits = &options.limits;
        let format = FileFormat::of(name, bytes);
        let mut file = RawFile {
            format,
            encoding: None,
            sheets: Vec::new(),
            problems: Vec::new(),
        };
        let known = Known::of(model);
        let is_word = |word: &str| model.is_word(word);
        let text = match grid::decode(name, bytes, options.encoding, &is_word, limits) {
            Ok(text) => text,
            Err(problem) => {
                file.problems.push(table_problem(name, &problem));
                return file;
            }
        };
        file.encoding = format.is_text().then_some(text.encoding);
        let is_known = |text: &str| known.is_known(text);
        match grid::grids(name, &text.bytes, &is_known, limits, &options.sheets) {
            Err(problem) => file.problems.push(table_problem(name, &problem)),
            Ok(grids) => {
                for grid in grids {
                    let table = RawTable::of(grid, &known, &|text| is_value(model, &known, text));
                    file.sheet(model, name, table);
                }
            }
        }
        let has_rows = file.sheets.iter().any(|sheet| sheet.n_rows > 0);
        if !has_rows && file.problems.is_empty() {
            let empty = Problem::new(1, 1, ProblemKind::Empty);
            file.problems.push(table_problem(name, &empty));
        }
        file
    }

    fn sheet(&mut self, model: &Model, file: &str, table: RawTable) {
        let mut sheet = RawSheet {
            name: table.sheet,
            delimiter: table.delimiter.map(char::from),
            header: table.header,
            columns: table.columns,
            shared: table.shared,
            n_rows: table.records.len(),
            n_absent: 0,
            values: Vec::new(),
        };
        let from = self.problems.len();
        let problems = table.problems.iter();
        self.problems
            .extend(problems.map(|problem| table_problem(file, problem)));
        for record in &table.records {
            let problems = sheet.take(model, file, record);
            self.problems.extend(problems);
        }
        for problem in self.problems.iter_mut().skip(from) {
            problem.sheet.clone_from(&sheet.name);
        }
        self.sheets.push(sheet);
    }
}

impl RawSheet {
    /// The cell of a row in the column that holds something.
    fn held<'r>(&self, record: &'r Record, column: Column) -> &'r str {
        let mut all = self.columns.iter();
        let number = all.find(|it| it.holds == Some(column)).map(|it| it.number);
        let cell = number.and_then(|number| raw_cell(record, number));
        cell.map_or("", |cell| cell.text.trim())
    }

    /// The texts of a row that tell what its figures are.
    fn names(&self, record: &Record) -> Vec<String> {
        let keys = [
            Column::Indicator,
            Column::Entity,
            Column::Period,
            Column::Measure,
            Column::Definition,
            Column::Breakdown,
        ];
        let tells = |column: &&RawColumn| {
            !column.is_figures
                && !column.is_index
                && column.holds.is_none_or(|held| keys.contains(&held))
        };
        let names = self.columns.iter().filter(tells);
        let names = names.filter_map(|column| raw_cell(record, column.number));
        let names = names.map(|cell| cell.text.trim().to_owned());
        names.filter(|name| !name.is_empty()).collect()
    }

    /// The unit that a figure has: of its header, its row, or the whole table.
    fn unit<'r>(&'r self, record: &'r Record, column: &'r RawColumn) -> &'r str {
        let mut shared = self.shared.iter().filter(|it| it.column == Column::Unit);
        let of_table = shared
            .next()
            .filter(|_| shared.next().is_none())
            .map_or("", |it| it.text.as_str());
        let units = [
            column.fixed(Column::Unit).unwrap_or_default(),
            self.held(record, Column::Unit),
            of_table,
        ];
        let mut units = units.into_iter();
        units.find(|unit| !unit.is_empty()).unwrap_or_default()
    }

    /// Takes the printed numbers of a row.
    fn take(&mut self, model: &Model, file: &str, record: &Record) -> Vec<FigureProblem> {
        let figures = || self.columns.iter().filter(|column| column.is_figures);
        // What stands beside several figures is of none for sure.
        let is_alone = figures().count() == 1;
        let beside = |column| match is_alone {
            true => self.held(record, column),
            false => "",
        };
        let (mut values, mut problems, mut n_absent) = (Vec::new(), Vec::new(), 0);
        for column in figures() {
            let Some(cell) = raw_cell(record, column.number) else {
                continue;
            };
            let value = cell.text.trim();
            let marks = &model.words.tables.missing;
            if value.is_empty() || marks.contains(&fold_name(value)) {
                n_absent += 1;
                continue;
            }
            let parts = Parts {
                value,
                qualifier: beside(Column::Qualifier),
                unit: self.unit(record, column),
                decimals: beside(Column::Decimals).parse().ok(),
            };
            match Printed::from_parts(parts, &model.words.vocabulary, &model.units) {
                Ok(mut printed) => {
                    if let Some(held) = &cell.held {
                        printed.hold(held);
                    }
                    let widths = &model.pack.widths;
                    values.push(RawValue {
                        line: record.line,
                        column: column.number,
                        names: self.names(record),
                        printed: value.to_owned(),
                        unit: match beside(Column::Scale) {
                            "" | "0" => printed.unit_text.clone(),
                            power => format!("10^{power} {}", printed.unit_text),
                        },
                        exact: Arc::new(printed.set(Reading::Exact, widths)),
                        as_printed: Arc::new(printed.set(Reading::Printed, widths)),
                    });
                }
                Err(error) => {
                    let mut row = Row {
                        line: record.line,
                        cells: Cells::default(),
                        is_naming: false,
                    };
                    row.cells.insert(Column::Value, cell.clone());
                    problems.push(printed_problem(file, &row, &error, parts));
                }
            }
        }
        self.values.append(&mut values);
        self.n_absent += n_absent;
        problems
    }
}

/// Whether a text is a printed number: its unit, if it has one, is known, and it is no year.
fn is_value(model: &Model, known: &Known<'_>, text: &str) -> bool {
    if !text.chars().any(char::is_numeric) || known.is_known(text) && !is_digits(text, 5) {
        return false;
    }
    let printed = Printed::parse(text, &model.words.vocabulary, &model.units);
    printed.is_ok_and(|printed| model.units.lookup(&printed.unit_text).is_some())
}

/// Whether a text is a number of so many digits or more, so that it is no year.
fn is_digits(text: &str, least: usize) -> bool {
    let text = text.trim();
    text.len() >= least && text.bytes().all(|byte| byte.is_ascii_digit())
}
