//! Whom the rows of a block are about: names go in, bodies come out. Looks at nothing but the name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

use super::Shared;
use crate::bulk::block::{Block, Cells, Part, Shown, SourceProblem};
use crate::bulk::wide::wide;
use crate::figures::Submission;
use crate::figures::table::is_note_of;
use crate::fold::fold_tight;
use crate::model::{EntityId, Model};

/// Whom a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::bulk) enum Found {
    Declared(EntityId),
    New,
    Nobody,
    /// Nobody: the row is a total, or a header between others.
    Between,
}

impl Found {
    pub(in crate::bulk) fn is_nobody(self) -> bool {
        matches!(self, Found::Nobody | Found::Between)
    }
}

pub(in crate::bulk) fn body_of(shared: &Shared<'_>, text: &str) -> Found {
    // Most names are of a length or begin with a letter that no declared name has.
    if shared.table.takes_new && shared.is_new(text.as_bytes()) {
        return Found::New;
    }
    let model = &shared.wanted.program.model;
    if trimmed(text).is_empty() {
        if shared.table.names_first {
            return Found::Nobody;
        }
        return model.pack.entity.map_or(Found::Nobody, Found::Declared);
    }
    let nobody: &Submission = shared.wanted.nobody;
    // Rows of totals and headers in between are about nobody; names with digits are no such words.
    let words = &model.words;
    let is_between = || {
        let is_total = || {
            words
                .tables
                .total
                .contains(&fold_tight(text).to_lowercase())
        };
        let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
        !has_digit && (words.headers.lookup(text.trim()).is_some() || is_total())
    };
    match nobody.entity_meant(text) {
        Some(id) => Found::Declared(id),
        None if !shared.table.is_long && is_between() => Found::Between,
        None if shared.table.takes_new && nobody.entities_called(text).is_empty() => Found::New,
        None => Found::Nobody,
    }
}

/// Says whom each row of a block is about, by the names that the block has and which rows are notes.
pub(super) fn each_body(
    shared: &Shared<'_>,
    (names, notes): (Option<&Cells>, &BTreeSet<u32>),
    n_rows: usize,
    mut push: impl FnMut(usize, Found),
) {
    let is_note = |row: usize| u32::try_from(row).is_ok_and(|row| notes.contains(&row));
    let mut push = |row: usize, found: Found| match !notes.is_empty() && is_note(row) {
        true => push(row, Found::Between),
        false => push(row, found),
    };
    match names {
        Some(Cells::Keys { ends, bytes }) => {
            let is_tight = shared.table.takes_new && are_tight(bytes);
            let mut from = 0;
            for (row, end) in ends.iter().enumerate() {
                let name = bytes.get(from..*end as usize).unwrap_or(&[]);
                from = *end as usize;
                let found = match is_tight && shared.is_new_if_tight(name) {
                    true => Found::New,
                    false => body_of(shared, std::str::from_utf8(name).unwrap_or("")),
                };
                push(row, found);
            }
        }
        Some(Cells::Words { codes, words }) => {
            let found = words.iter().map(|word| body_of(shared, word));
            let found: Vec<Found> = found.collect();
            let blank = body_of(shared, "");
            for (row, code) in codes.iter().enumerate() {
                push(row, found.get(*code as usize).copied().unwrap_or(blank));
            }
        }
        _ => {
            let blank = body_of(shared, "");
            (0..n_rows).for_each(|row| push(row, blank));
        }
    }
}

/// A text without the blanks around it; most have none.
#[inline]
pub(in crate::bulk) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim(),
    }
}

/// The texts of a column of keys.
pub(in crate::bulk) fn keys<'b>(ends: &'b [u32], bytes: &'b [u8]) -> impl Iterator<Item = &'b str> {
    let mut from = 0usize;
    let all = std::str::from_utf8(bytes).unwrap_or("");
    ends.iter().map(move |end| {
        let to = *end as usize;
        let text = all.get(from..to).unwrap_or("");
        from = to;
        text
    })
}

/// The first byte of a name, and its length as a bit.
#[inline]
pub(super) fn first_and_length(name: &[u8]) -> Option<(usize, u64)> {
    let first = *name.first()?;
    Some((usize::from(first), 1u64 << name.len().min(63)))
}

impl Shared<'_> {
    /// Whether some rows so far name a body, and others none, where the first row does not tell that these are
    /// refused.
    pub(in crate::bulk) fn mixes_names(&self, block: &Block) -> bool {
        let column = self.table.entity.and_then(|at| block.columns.get(at));
        let Some(Cells::Keys { ends, bytes }) = column.filter(|_| !self.table.names_first) else {
            return false;
        };
        let (mut has_blank, mut has_name) = (false, false);
        for name in keys(ends, bytes) {
            let is_blank = trimmed(name).is_empty();
            has_blank |= is_blank;
            has_name |= !is_blank;
        }
        let own = u8::from(has_blank) | u8::from(has_name) << 1;
        self.names_seen.fetch_or(own, Ordering::Relaxed) | own == 3
    }

    /// Whether a name is plainly one that nobody declared, and no word of a table.
    fn is_new(&self, name: &[u8]) -> bool {
        self.is_new_if_tight(name) && is_tight(name)
    }

    /// The same of a name that has nothing but letters, digits and signs of ASCII.
    #[inline]
    pub(super) fn is_new_if_tight(&self, name: &[u8]) -> bool {
        // Most names end in one.
        let has_digit = name.iter().rev().any(u8::is_ascii_digit);
        has_digit
            && first_and_length(name).is_some_and(|(first, length)| {
                self.names
                    .get(first)
                    .is_some_and(|known| known & length == 0)
            })
    }
}

/// Whether many texts together have nothing but letters, digits and signs of ASCII.
pub(in crate::bulk) fn are_tight(texts: &[u8]) -> bool {
    let is_graphic = |byte: &u8| (b'!'..=b'~').contains(byte);
    wide(
        #[inline(always)]
        || texts.iter().fold(true, |all, byte| all & is_graphic(byte)),
    )
}

/// Whether a text has nothing but letters, digits and signs of ASCII.
fn is_tight(text: &[u8]) -> bool {
    /// In each byte its first bit.
    const FIRST: u64 = 0x8080_8080_8080_8080;
    const REST: u64 = !FIRST;
    let are_tight = |eight: &[u8; 8]| {
        let eight = u64::from_ne_bytes(*eight);
        let rest = eight & REST;
        // What is not below the first sign reaches the first bit, and what is not above the last one does not.
        let not_below = rest + 0x5F5F_5F5F_5F5F_5F5F;
        let above = rest + 0x0101_0101_0101_0101;
        (not_below & !above & !eight) & FIRST == FIRST
    };
    match (text.first_chunk(), text.last_chunk()) {
        (Some(first), Some(last)) if text.len() <= 16 => are_tight(first) && are_tight(last),
        _ => text.iter().all(u8::is_ascii_graphic),
    }
}

/// Whether a row is a note, of which nothing but the path of its file says more.
pub(in crate::bulk) fn is_note_beside(model: &Model, cells: &[Shown], n_of_path: usize) -> bool {
    let n_own = cells.len().saturating_sub(n_of_path);
    let own = cells.get(..n_own).filter(|_| n_of_path > 0);
    let own = own.into_iter().flatten();
    let mut texts = own.filter(|cell| !cell.text.trim().is_empty());
    let first = texts.next();
    texts.next().is_none() && first.is_some_and(|cell| is_note_of(model, &cell.text))
}

/// Which rows are such notes.
fn notes_among(
    model: &Model,
    part: &mut dyn Part,
    rows: &[u32],
) -> Result<BTreeSet<u32>, SourceProblem> {
    let n_of_path = part.n_of_path();
    if n_of_path == 0 || rows.is_empty() {
        return Ok(BTreeSet::new());
    }
    let cells = part.cells(rows)?;
    let notes = rows.iter().zip(&cells);
    let notes = notes.filter(|(_, cells)| is_note_beside(model, cells, n_of_path));
    Ok(notes.map(|(row, _)| *row).collect())
}

/// The rows of a block that are such notes, by the names that it has and among those with one cell alone that is
/// no number.
pub(super) fn notes(
    model: &Model,
    part: &mut dyn Part,
    names: Option<&Cells>,
    alone: impl FnOnce() -> Vec<u32>,
) -> Result<BTreeSet<u32>, SourceProblem> {
    if part.n_of_path() == 0 {
        return Ok(BTreeSet::new());
    }
    let mut rows = alone();
    if let Some(Cells::Keys { ends, bytes }) = names {
        // Most blocks have no colon, of either width.
        let wide = "\u{FF1A}".as_bytes();
        let has_colon = memchr::memchr(b':', bytes).is_some();
        if has_colon || memchr::memmem::find(bytes, wide).is_some() {
            let named = (0..).zip(keys(ends, bytes));
            let named = named.filter(|(_, name)| is_note_of(model, name));
            rows.extend(named.map(|(row, _)| row));
        }
    }
    notes_among(model, part, &rows)
}

/// Rows with one cell that is no number, and without any other.
pub(super) fn alone(columns: &[Vec<f64>], odd: &[Vec<u32>]) -> Vec<u32> {
    let mut times: BTreeMap<u32, usize> = BTreeMap::new();
    for row in odd.iter().flatten() {
        *times.entry(*row).or_default() += 1;
    }
    let is_blank = |column: &Vec<f64>, row: u32| {
        let value = column.get(row as usize);
        value.is_none_or(|value| value.is_nan())
    };
    let once = times.into_iter().filter(|(_, times)| *times == 1);
    let alone = once.filter(|(row, _)| columns.iter().all(|column| is_blank(column, *row)));
    alone.map(|(row, _)| row).collect()
}

/// Rows without those that are such notes, or of which nothing but the path of their file says anything.
pub(super) fn without_notes(
    model: &Model,
    part: &mut dyn Part,
    rows: &[u32],
) -> Result<Vec<u32>, SourceProblem> {
    let n_of_path = part.n_of_path();
    if n_of_path == 0 || rows.is_empty() {
        return Ok(rows.to_vec());
    }
    let cells = part.cells(rows)?;
    let is_blank = |cells: &[Shown]| {
        let mut own = cells.iter().rev().skip(n_of_path);
        own.all(|cell| cell.text.trim().is_empty())
    };
    let own = rows.iter().zip(&cells);
    let own = own.filter(|(_, cells)| !is_note_beside(model, cells, n_of_path) && !is_blank(cells));
    Ok(own.map(|(row, _)| *row).collect())
}
