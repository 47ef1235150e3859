//! Records of JSON and JSON Lines: UTF-8 goes in, one record for each object comes out, its cells
//! in the order in which the names of their fields first stand in the text. Numbers keep their
//! digits. A bad line of JSON Lines loses no other. Never knows what a field means.

use super::{Cell, Grid, Held, Limits, Place, Problem, ProblemKind, Record};
use crate::number::Exact;

mod objects;
mod place;

use objects::{Object, Objects, Scalar};
pub(in crate::figures) use place::Locator;

/// What is wrong with JSON that holds figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JsonFault {
    /// It is no JSON from here on.
    Syntax {
        /// What stands there.
        found: String,
    },
    /// The text ends within a value.
    Ends,
    /// Not an object where one was expected.
    NotObject {
        /// What stands there.
        found: String,
    },
    /// Two fields of an object hold lists or objects.
    TwoNested {
        /// The second of them.
        field: String,
    },
    /// A field holds a list or an object where a text or a number is expected.
    Nested {
        /// The field.
        field: String,
    },
    /// Bytes that stand for no character in UTF-8.
    NotText {
        /// The first of them in the file.
        byte: usize,
    },
    /// A field stands twice in one object.
    Twice {
        /// The field.
        field: String,
    },
}

/// The header of records whose fields were not named so in the text.
pub(super) const INDICATOR: &str = "indicator";
pub(super) const VALUE: &str = "value";

/// Largest power of ten of a number such as 7.1e3.
const MOST_POWER: i16 = 60;

/// Whether a file holds JSON, by the ending of its name or its first signs.
pub(super) fn is_json(name: &str, bytes: &[u8]) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default();
    let is_named = ["json", "jsonl", "ndjson"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known));
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let (first, rest) = match text.trim_ascii_start().split_first() {
        Some((first, rest)) => (*first, rest.trim_ascii_start()),
        None => return is_named,
    };
    let starts_value = |sign: &u8| matches!(sign, b'"' | b'{' | b'}' | b'[' | b']');
    is_named || matches!(first, b'{' | b'[') && rest.first().is_some_and(starts_value)
}

/// Opens a text. The line of a place is where its object starts, in bytes, as [`Locator`] tells;
/// the column is that of the header.
pub(super) fn open<'a>(name: &str, bytes: &'a [u8], limits: &Limits) -> Result<Grid<'a>, Problem> {
    if bytes.trim_ascii().is_empty() {
        return Err(Problem::new(1, 1, ProblemKind::Empty));
    }
    let keys = keys(name, bytes, limits)?;
    if keys.is_empty() {
        // Nothing but faults: they are told, and nothing else can be.
        let mut faults = Objects::new(name, bytes).filter_map(Result::err);
        let empty = Problem::new(1, 1, ProblemKind::Empty);
        return Err(faults
            .next()
            .map_or(empty, |(at, fault)| fault_at(at, fault)));
    }
    let cells = keys
        .iter()
        .zip(1..)
        .map(|(key, column)| Cell::of(key, 1, column));
    let header = Record {
        line: 1,
        cells: cells.collect(),
    };
    let cell_bytes = limits.cell_bytes;
    let objects = Objects::new(name, bytes);
    let records = objects.map(move |object| match object {
        Ok(object) => record(object, &keys, cell_bytes),
        Err((at, fault)) => Err(fault_at(at, fault)),
    });
    Ok(Grid {
        header: Some((1, header.cells.len())),
        sheet: None,
        delimiter: None,
        records: Box::new(std::iter::once(Ok(header)).chain(records)),
    })
}

/// The names of all fields, in the order in which they first stand in the text.
fn keys(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<String>, Problem> {
    let mut keys: Vec<String> = Vec::new();
    let mut known = std::collections::BTreeSet::new();
    for object in Objects::new(name, bytes).flatten() {
        for field in &object.fields {
            if known.insert(field.key.clone()) {
                keys.push(field.key.clone());
            }
        }
        if keys.len() > limits.columns {
            let (limit, found) = (limits.columns, keys.len());
            let kind = ProblemKind::TooManyColumns { limit, found };
            return Err(problem_at(object.at, 1, kind));
        }
    }
    Ok(keys)
}

/// The names of the fields of one flat object, which is all of a text.
pub(crate) fn names_of(text: &str) -> Result<Vec<String>, Problem> {
    let object = flat(text)?;
    Ok(object.fields.into_iter().map(|field| field.key).collect())
}

/// One flat object, which is all of a text, as a record under the names of fields; the name that is
/// none of them, where there is one.
pub(crate) fn record_of(
    text: &str,
    keys: &[String],
    most: usize,
) -> Result<Result<Record, String>, Problem> {
    let object = flat(text)?;
    let mut fields = object.fields.iter();
    if let Some(field) = fields.find(|field| !keys.contains(&field.key)) {
        return Ok(Err(field.key.chars().take(40).collect()));
    }
    record(object, keys, most).map(Ok)
}

fn flat(text: &str) -> Result<Object<'_>, Problem> {
    let mut objects = Objects::flat(text);
    match objects.next() {
        Some(Ok(object)) => Ok(object),
        Some(Err((at, fault))) => Err(fault_at(at, fault)),
        None => Err(fault_at(0, JsonFault::Ends)),
    }
}

/// A fault at a byte; it is of no field.
fn fault_at(at: usize, fault: JsonFault) -> Problem {
    problem_at(at, 0, ProblemKind::Json(fault))
}

fn problem_at(at: usize, column: usize, kind: ProblemKind) -> Problem {
    Problem::new(place::line_of(at), column, kind)
}

/// An object as a record under the header.
fn record(object: Object<'_>, keys: &[String], most: usize) -> Result<Record, Problem> {
    let line = place::line_of(object.at);
    let mut cells: Vec<Cell> = (1..=keys.len())
        .map(|column| Cell::of("", line, column))
        .collect();
    for field in object.fields {
        let Some(at) = keys.iter().position(|key| *key == field.key) else {
            continue;
        };
        let place = Place {
            line,
            column: at + 1,
        };
        let cell = match field.value {
            Scalar::Null => Cell::null(line, at + 1),
            Scalar::Text(text) => Cell::of(text, line, at + 1),
            Scalar::Truth(is_so) => Cell::of(if is_so { "true" } else { "false" }, line, at + 1),
            Scalar::Number(digits) => number(digits, place),
        };
        if cell.text.len() > most {
            let kind = ProblemKind::CellTooLong {
                limit: most,
                found: cell.text.len(),
            };
            return Err(Problem::new(line, at + 1, kind));
        }
        if let Some(sign) = cell.text.chars().find(|c| matches!(c, '\0' | '\u{FFFD}')) {
            let kind = match sign {
                '\0' => ProblemKind::ZeroCharacter,
                _ => ProblemKind::LostCharacter,
            };
            return Err(Problem::new(line, at + 1, kind));
        }
        if let Some(known) = cells.get_mut(at) {
            *known = cell;
        }
    }
    Ok(Record { line, cells })
}

/// A number with its digits as written; one with a power of ten is written out, and says nothing
/// of how many digits were printed. One with a greater power than is read stays as it is written.
fn number(digits: &str, place: Place) -> Cell {
    let as_written = || Cell::of(digits, place.line, place.column);
    let Some((digits_alone, power)) = digits.split_once(['e', 'E']) else {
        return as_written();
    };
    let power = power.strip_prefix('+').unwrap_or(power).parse::<i16>().ok();
    let power = power.filter(|power| power.abs() <= MOST_POWER);
    let value = power.and_then(|power| {
        let digits = Exact::parse_decimal(digits_alone).ok()?;
        Some(&digits * &Exact::pow10(power))
    });
    let text = value.as_ref().and_then(Exact::decimal_string);
    match (value, text) {
        (Some(value), Some(text)) => Cell {
            held: Some(Held {
                value,
                decimals: None,
            }),
            ..Cell::of(text, place.line, place.column)
        },
        _ => as_written(),
    }
}
