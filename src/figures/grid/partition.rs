//! Columns that the path of a file names: a folder `year=2025` is a column `year` with the same text in every row.
//! Paths and records go in, records with more cells come out.

use super::{Cell, Grid, Problem, Record};

/// What stands between the parts of a path.
pub(crate) const SEPARATORS: [char; 2] = ['/', '\\'];
/// What stands for a blank in the name of a folder.
const NO_VALUE: &str = "__HIVE_DEFAULT_PARTITION__";

/// The folders of a path that name a column, and the text of each.
pub(crate) fn partitions(path: &str) -> Vec<(String, String)> {
    let mut parts: Vec<&str> = path.split(SEPARATORS).collect();
    parts.pop();
    let named = parts.into_iter().filter_map(|part| part.split_once('='));
    let named = named.filter(|(name, _)| !name.is_empty());
    named
        .map(|(name, text)| match text {
            NO_VALUE => (unescaped(name), String::new()),
            _ => (unescaped(name), unescaped(text)),
        })
        .collect()
}

/// A text in which `%3D` stands for `=`; as it is where it is none.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind.get(..2).filter(|_| *first == b'%');
        let digits = digits.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = behind.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Adds the columns that a path names behind those of a grid, unless it has one of the name. Where nobody knows
/// which line is the header, as in workbooks, nothing is added.
pub(super) fn partitioned<'a>(grid: Grid<'a>, path: &str) -> Grid<'a> {
    let mut named = partitions(path);
    let Some((line, width)) = grid.header.filter(|_| !named.is_empty()) else {
        return grid;
    };
    let mut is_known = false;
    let records = grid.records.map(move |record| -> Result<Record, Problem> {
        let mut record = record?;
        if record.line == line && !is_known {
            is_known = true;
            let names: Vec<&str> = record.cells.iter().map(|cell| cell.text.trim()).collect();
            named.retain(|(name, _)| !names.contains(&name.as_str()));
            let names = named.iter().map(|(name, _)| name.as_str());
            add(&mut record, width, names);
            return Ok(record);
        }
        // One text alone, with no delimiters behind it, is a note or a heading.
        let n_texts = record.cells.iter().filter(|cell| !cell.is_blank()).count();
        let is_row = n_texts > 1 || n_texts == 1 && record.cells.len() >= width;
        if record.line > line && is_row {
            let texts = named.iter().map(|(_, text)| text.as_str());
            add(&mut record, width, texts);
        }
        Ok(record)
    });
    Grid {
        records: Box::new(records),
        ..grid
    }
}

/// Adds cells behind so many of a record.
fn add<'t>(record: &mut Record, width: usize, texts: impl Iterator<Item = &'t str>) {
    let line = record.line;
    record.cells.truncate(width);
    for number in record.cells.len() + 1..=width {
        record.cells.push(Cell::of("", line, number));
    }
    for (number, text) in (width + 1..).zip(texts) {
        record.cells.push(Cell {
            is_of_path: true,
            ..Cell::of(text, line, number)
        });
    }
}
