//! SDMX-CSV: records with components as columns go in, records of a long table come out, each cell
//! where it was. Follows the field guides of SDMX-CSV 1.0 and 2.0 (sdmx-twg/sdmx-csv). Never drops
//! a dimension: one that is neither the indicator nor the entity is part of the breakdown.

use super::{Column, Known};
use crate::figures::grid::{Cell, Grid, Problem, ProblemKind, Record};
use crate::period::Period;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Role {
    /// What the message itself needs, the frequency, or the name of the component before.
    Nothing,
    /// What to do with the row.
    Action,
    /// A column of a long table.
    Column(Column),
    /// A flag of confidentiality.
    Confidential,
    /// A dimension that is part of the breakdown.
    Dimension(String),
    /// Something else: its header stays.
    Other,
}

/// The columns of a message.
struct Form {
    roles: Vec<Role>,
    /// Whether codes are followed by their names, as in `A: Annual`.
    has_labels: bool,
}

/// Codes of a dimension that tell nothing apart: the total, and not applicable.
const TOTALS: [&str; 3] = ["_T", "_Z", "~"];

/// Columns of a message that say nothing of a figure.
const MESSAGE: [&str; 9] = [
    "STRUCTURE",
    "STRUCTURE_ID",
    "STRUCTURE_NAME",
    "DATAFLOW",
    "SERIES_KEY",
    "OBS_KEY",
    "FREQ",
    "FREQUENCY",
    "TIME_FORMAT",
];

/// Makes records of a long table of those of an SDMX-CSV message; others stay as they are.
pub(super) fn translate<'a>(grid: Grid<'a>, known: &'a Known<'a>) -> Grid<'a> {
    let mut records = grid.records;
    let mut before = Vec::new();
    let first = loop {
        match records.next() {
            Some(Ok(record)) if record.is_blank() => before.push(Ok(record)),
            other => break other,
        }
    };
    let form = match &first {
        Some(Ok(header)) => Form::of(header, known),
        _ => None,
    };
    let before = before.into_iter();
    let records: crate::figures::grid::Records<'a> = match (form, first) {
        (Some(form), Some(Ok(header))) => {
            let header = form.header(header);
            let rows = records.map(move |record| form.row(record?, known));
            Box::new(before.chain([Ok(header)]).chain(rows))
        }
        (_, first) => Box::new(before.chain(first).chain(records)),
    };
    Grid { records, ..grid }
}

/// The id in a header such as `FREQ: Frequency` or `STRUCTURE[;]`.
fn id_of(text: &str) -> &str {
    let id = text.split(": ").next().unwrap_or_default().trim();
    id.split('[').next().unwrap_or_default()
}

impl Form {
    /// The columns of a header, if it is that of a message.
    fn of(header: &Record, known: &Known<'_>) -> Option<Form> {
        let ids: Vec<&str> = header.cells.iter().map(|cell| id_of(&cell.text)).collect();
        let is_at = |at: usize, id: &str| ids.get(at).is_some_and(|known| *known == id);
        let is_second = is_at(0, "STRUCTURE") && is_at(1, "STRUCTURE_ID");
        let value = ids.iter().position(|id| *id == "OBS_VALUE")?;
        if !is_second && !is_at(0, "DATAFLOW") {
            return None;
        }
        // With names in columns of their own each stands behind that of its component.
        let has_names = is_at(2, "STRUCTURE_NAME");
        let is_id = |id: &&str| {
            let mut signs = id.chars();
            !id.is_empty()
                && signs.all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        };
        let is_named = |id: &str, column| known.word(id) == Some(column);
        let has_indicator = ids.iter().any(|id| is_named(id, Column::Indicator));
        let role = |(at, id): (usize, &&str)| {
            if MESSAGE.contains(id) || has_names && at > 2 && !is_id(id) {
                return Role::Nothing;
            }
            match *id {
                "ACTION" => Role::Action,
                "OBS_VALUE" => Role::Column(Column::Value),
                "TIME_PERIOD" => Role::Column(Column::Period),
                "UNIT_MULT" => Role::Column(Column::Scale),
                "CONF_STATUS" => Role::Confidential,
                "MEASURE" if !has_indicator => Role::Column(Column::Indicator),
                // Behind the value it is no dimension of the figure.
                "MEASURE" if at < value => Role::Dimension((*id).to_owned()),
                id if id.starts_with("OBS_STATUS") => Role::Column(Column::Status),
                id if id.starts_with("COMMENT") || id == "OBS_COM" => Role::Column(Column::Note),
                id => match known.word(id) {
                    Some(Column::Measure) | None if at < value => Role::Dimension(id.to_owned()),
                    Some(column) => Role::Column(column),
                    None => Role::Other,
                },
            }
        };
        Some(Form {
            roles: ids.iter().enumerate().map(role).collect(),
            has_labels: header.cells.iter().any(|cell| cell.text.contains(": ")),
        })
    }

    /// The header of a long table; what says nothing of a figure has no name.
    fn header(&self, mut header: Record) -> Record {
        let mut given: Vec<&str> = Vec::new();
        for (cell, role) in header.cells.iter_mut().zip(&self.roles) {
            let word = match role {
                Role::Nothing | Role::Action => "",
                Role::Column(column) => word_of(*column),
                Role::Confidential => word_of(Column::Status),
                Role::Dimension(_) => word_of(Column::Breakdown),
                Role::Other => continue,
            };
            // What several columns say goes into the first of them.
            let is_new = !given.contains(&word);
            given.push(word);
            cell.text = if is_new {
                word.to_owned()
            } else {
                String::new()
            };
        }
        header
    }

    /// A row of a long table.
    fn row(&self, mut record: Record, known: &Known<'_>) -> Result<Record, Problem> {
        let line = record.line;
        let mut first: std::collections::BTreeMap<&'static str, usize> = Default::default();
        let mut is_figure = false;
        let mut cells: Vec<Cell> = Vec::with_capacity(record.cells.len());
        for (cell, role) in record.cells.drain(..).zip(&self.roles) {
            let code = match cell.text.split_once(": ") {
                Some((code, _)) if self.has_labels => code.trim(),
                _ => cell.text.trim(),
            };
            let (word, text) = match role {
                Role::Nothing => ("", String::new()),
                Role::Action => match code {
                    "" | "I" | "A" | "R" | "M" => ("", String::new()),
                    _ => {
                        let found = code.chars().take(20).collect();
                        let kind = ProblemKind::Action { found };
                        return Err(Problem::new(line, cell.place.column, kind));
                    }
                },
                Role::Column(Column::Value) => {
                    is_figure |= !cell.is_blank();
                    // An observation without a value is one that is not there.
                    let is_null = cell.is_blank();
                    cells.push(Cell { is_null, ..cell });
                    continue;
                }
                Role::Column(column @ Column::Period) => {
                    is_figure |= !cell.is_blank();
                    (word_of(*column), period(code))
                }
                Role::Column(column @ Column::Unit) => (word_of(*column), known.unit_of_code(code)),
                Role::Column(column @ Column::Scale) => (word_of(*column), code.replace("_Z", "")),
                Role::Column(
                    column @ (Column::Indicator
                    | Column::Entity
                    | Column::Status
                    | Column::Decimals),
                ) => (word_of(*column), code.to_owned()),
                Role::Confidential => {
                    let is_free = matches!(code, "" | "F" | "_Z");
                    let word = if is_free { "" } else { "confidential" };
                    (word_of(Column::Status), word.to_owned())
                }
                Role::Dimension(_) if code.is_empty() || TOTALS.contains(&code) => {
                    (word_of(Column::Breakdown), String::new())
                }
                Role::Dimension(id) => (word_of(Column::Breakdown), format!("{id}={code}")),
                Role::Column(_) | Role::Other => {
                    cells.push(cell);
                    continue;
                }
            };
            let at = *first.entry(word).or_insert(cells.len());
            let place = cell.place;
            cells.push(Cell::of("", place.line, place.column));
            if let Some(cell) = cells.get_mut(at).filter(|_| !text.is_empty()) {
                if !cell.text.is_empty() {
                    cell.text.push(';');
                }
                cell.text.push_str(&text);
            }
        }
        if !is_figure {
            // Attributes of a series, or of several: no figure.
            cells.iter_mut().for_each(|cell| cell.text.clear());
        }
        Ok(Record { line, cells })
    }
}

/// A period of SDMX as long tables write it: `2023-S1`, `2023-M04`, `2023-A1` and, with its length,
/// `2023-01-01/P9M`.
fn period(code: &str) -> String {
    if let Some(period) = code
        .split_once('/')
        .and_then(|(start, length)| interval(start, length))
    {
        return period.to_string();
    }
    let Some((year, part)) = code.split_once('-') else {
        return code.to_owned();
    };
    let number = part.get(1..).unwrap_or_default();
    match part.get(..1) {
        Some("A") if number == "1" => year.to_owned(),
        Some("S") => format!("{year}H{number}"),
        Some("M") => format!("{year}-{number}"),
        _ => code.to_owned(),
    }
}

/// The period from a first day on: whole months of one year, or whole years.
fn interval(start: &str, length: &str) -> Option<Period> {
    let day = start.strip_suffix("T00:00:00").unwrap_or(start);
    let mut parts = day.split('-');
    let year: i32 = parts.next()?.parse().ok()?;
    let month: u8 = parts.next()?.parse().ok()?;
    if parts.next()? != "01" || parts.next().is_some() {
        return None;
    }
    let length = length.strip_prefix('P')?;
    let n_months: i32 = match (length.strip_suffix('Y'), length.strip_suffix('M')) {
        (Some(years), _) => years.parse::<i32>().ok()?.checked_mul(12)?,
        (None, Some(months)) => months.parse().ok()?,
        (None, None) => return None,
    };
    let n_years = n_months / 12;
    if month == 1 && n_months % 12 == 0 && n_years > 1 {
        let to = year.checked_add(n_years - 1)?;
        return Some(Period::Span { from: year, to });
    }
    let last = i32::from(month).checked_add(n_months)?.checked_sub(1)?;
    Period::months(year, month, u8::try_from(last).ok()?)
}

/// The word by which a long table names a column.
fn word_of(column: Column) -> &'static str {
    match column {
        Column::Indicator => "indicator",
        Column::Definition => "definition",
        Column::Measure => "measure",
        Column::Entity => "entity",
        Column::EntityKind => "entity_kind",
        Column::PartOf => "part_of",
        Column::Record => "record",
        Column::Breakdown => "breakdown",
        Column::Basis => "basis",
        Column::Period => "period",
        Column::Value => "value",
        Column::Qualifier => "qualifier",
        Column::Unit => "unit",
        Column::Scale => "unit_mult",
        Column::Decimals => "decimals",
        Column::Source => "source",
        Column::Section => "section",
        Column::Line => "line",
        Column::Published => "published",
        Column::Status => "status",
        Column::Quote => "quote",
        Column::Note => "note",
        Column::NoteEn => "note_en",
        Column::EvidenceKind => "evidence_kind",
        Column::Issuer => "issuer",
        Column::SaidBy => "said_by",
        Column::Reference => "reference",
        Column::Grade => "grade",
        Column::Form => "form",
        Column::Ignored => "ignored",
    }
}
