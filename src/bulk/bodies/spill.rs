//! Rows in a room beside memory, so that those of one body can be read together: rows go in as they come,
//! those of a bucket come out. Holds a page for each bucket; knows nothing of what a row says.

use std::sync::Mutex;

use super::room::{Appended, lock};
use crate::bulk::block::{Scratch, Shown, ShownKind};

/// Bytes that a bucket gathers before they are written.
const PAGE: usize = 1 << 16;

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spilled {
    /// The same for all rows of one body.
    pub(super) key: u64,
    /// The part of the table, and the place of the row in it.
    pub(super) at: (u64, u64),
    /// The line of the file.
    pub(super) line: u64,
    pub(super) cells: Vec<Shown>,
}

/// Where a row stands among bytes that were read again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    pub(super) key: u64,
    pub(super) at: (u64, u64),
    line: u64,
    /// Where its cells start.
    cells: usize,
}

/// What was written of the rows of some bodies.
#[derive(Default)]
struct Bucket {
    page: Vec<u8>,
    /// Where pages stand in the room, with their lengths.
    pages: Vec<(u64, usize)>,
    n_bytes: u64,
}

/// Rows by bodies.
pub(super) struct Spill {
    room: Appended,
    buckets: Vec<Mutex<Bucket>>,
}

/// A length or count as it is written.
fn put(bytes: &mut Vec<u8>, value: u64) {
    bytes.extend_from_slice(&value.to_le_bytes());
}

fn take(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let word = bytes.get(*at..*at + 8)?;
    *at += 8;
    Some(u64::from_le_bytes(word.try_into().ok()?))
}

fn take_length(bytes: &[u8], at: &mut usize) -> Option<usize> {
    take(bytes, at).and_then(|length| usize::try_from(length).ok())
}

/// The kind of a cell as a number of two bits, which stand below the length of its text.
fn kind_code(kind: ShownKind) -> u64 {
    match kind {
        ShownKind::Text => 0,
        ShownKind::Number => 1,
        ShownKind::Null => 2,
    }
}

/// How long the text of a cell is, and what kind it is.
fn take_cell(bytes: &[u8], at: &mut usize) -> Option<(usize, ShownKind)> {
    let word = take_length(bytes, at)?;
    let kind = match word & 3 {
        1 => ShownKind::Number,
        2 => ShownKind::Null,
        _ => ShownKind::Text,
    };
    Some((word >> 2, kind))
}

impl Spill {
    /// Room for rows in so many buckets.
    pub(super) fn new(room: Box<dyn Scratch>, n_buckets: usize) -> Spill {
        Spill {
            room: Appended::new(room),
            buckets: (0..n_buckets.max(1)).map(|_| Mutex::default()).collect(),
        }
    }

    pub(super) fn n_buckets(&self) -> usize {
        self.buckets.len()
    }

    /// Adds a row.
    pub(super) fn add(&self, row: &Spilled) -> std::io::Result<()> {
        let n = self.buckets.len() as u64;
        let bucket = usize::try_from(row.key % n).ok();
        let Some(bucket) = bucket.and_then(|at| self.buckets.get(at)) else {
            return Ok(());
        };
        let mut bucket = lock(bucket);
        let before = bucket.page.len();
        let page = &mut bucket.page;
        for value in [
            row.key,
            row.at.0,
            row.at.1,
            row.line,
            row.cells.len() as u64,
        ] {
            put(page, value);
        }
        for cell in &row.cells {
            put(page, (cell.text.len() as u64) << 2 | kind_code(cell.kind));
            page.extend_from_slice(cell.text.as_bytes());
        }
        let n_bytes = page.len() - before;
        bucket.n_bytes += n_bytes as u64;
        if bucket.page.len() >= PAGE {
            let length = bucket.page.len();
            let at = self.room.add(&bucket.page)?;
            bucket.page.clear();
            bucket.pages.push((at, length));
        }
        Ok(())
    }

    /// How many bytes the rows of a bucket take.
    pub(super) fn n_bytes(&self, bucket: usize) -> u64 {
        let bucket = self.buckets.get(bucket);
        bucket.map_or(0, |bucket| lock(bucket).n_bytes)
    }

    /// The rows of a bucket whose bodies are of one of so many rounds, as bytes and where they stand.
    pub(super) fn rows(
        &self,
        bucket: usize,
        (round, n_rounds): (u64, u64),
    ) -> std::io::Result<(Vec<u8>, Vec<Held>)> {
        let (mut bytes, mut rows) = (Vec::new(), Vec::new());
        let Some(own) = self.buckets.get(bucket) else {
            return Ok((bytes, rows));
        };
        let own = lock(own);
        let n_buckets = self.buckets.len() as u64;
        let mut page = Vec::new();
        for (at, length) in &own.pages {
            page.resize(*length, 0);
            self.room.read(*at, &mut page)?;
            gather(&page, (round, n_rounds, n_buckets), &mut bytes, &mut rows);
        }
        gather(
            &own.page,
            (round, n_rounds, n_buckets),
            &mut bytes,
            &mut rows,
        );
        Ok((bytes, rows))
    }
}

/// Takes the rows of a round out of a page.
fn gather(
    page: &[u8],
    (round, n_rounds, n_buckets): (u64, u64, u64),
    bytes: &mut Vec<u8>,
    rows: &mut Vec<Held>,
) {
    let mut at = 0;
    while let Some(key) = take(page, &mut at) {
        let mut next = || take(page, &mut at);
        let (Some(part), Some(row), Some(line)) = (next(), next(), next()) else {
            return;
        };
        let from = at;
        let n_cells = take(page, &mut at).unwrap_or(0);
        for _ in 0..n_cells {
            let length = take_cell(page, &mut at).map_or(0, |(length, _)| length);
            at = at.saturating_add(length);
        }
        if (key / n_buckets) % n_rounds == round {
            rows.push(Held {
                key,
                at: (part, row),
                line,
                cells: bytes.len(),
            });
            bytes.extend_from_slice(page.get(from..at).unwrap_or_default());
        }
    }
}

impl Held {
    /// The row itself.
    pub(super) fn row(&self, bytes: &[u8]) -> Spilled {
        let mut at = self.cells;
        let n_cells = take_length(bytes, &mut at).unwrap_or(0);
        let mut cell = || {
            let (length, kind) = take_cell(bytes, &mut at)?;
            let text = bytes.get(at..at + length)?;
            at += length;
            let text = String::from_utf8_lossy(text).into_owned();
            Some(Shown { text, kind })
        };
        Spilled {
            key: self.key,
            at: self.at,
            line: self.line,
            cells: (0..n_cells).filter_map(|_| cell()).collect(),
        }
    }
}
