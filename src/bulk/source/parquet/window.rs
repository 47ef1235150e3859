//! The bytes of one column of a group of rows, read piece by piece as its pages are: places of the
//! file go in, bytes come out. Makes room for nothing that only a head declares.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};

use super::super::feed::read_full;
use crate::bulk::block::{Bytes as FileBytes, SourceProblem, SourceProblemKind};
use crate::figures::grid::parquet::unpacked_size;

/// Bytes that are read at a time, so that a few pages come at once.
const AHEAD: u64 = 1 << 16;
/// Bytes in which the head of most pages lies.
const HEAD: u64 = 1 << 10;
/// Bytes to which a page may unpack.
const MOST_PAGE: usize = 1 << 28;

/// What stands before what the system says, in an error.
pub(super) const SYSTEM: &str = "plumbrule: system: ";

pub(super) struct Window {
    file: Arc<dyn FileBytes>,
    start: u64,
    end: u64,
    /// Bytes that were read last, and where they stand.
    known: Mutex<(u64, Bytes)>,
}

fn error<T>(why: &str) -> Result<T> {
    Err(ParquetError::General(why.to_owned()))
}

fn system(problem: &SourceProblem) -> ParquetError {
    let said = match &problem.kind {
        SourceProblemKind::Io(said) => said.clone(),
        SourceProblemKind::Broken(_)
        | SourceProblemKind::Shape(_)
        | SourceProblemKind::NoRow(_) => String::new(),
    };
    ParquetError::General(format!("{SYSTEM}{said}"))
}

impl Window {
    pub(super) fn new(
        file: &Arc<dyn FileBytes>,
        size: u64,
        (start, length): (u64, u64),
    ) -> Result<Window> {
        let end = start.checked_add(length).filter(|end| *end <= size);
        let Some(end) = end else {
            return error("a column lies outside the file");
        };
        Ok(Window {
            file: Arc::clone(file),
            start,
            end,
            known: Mutex::new((start, Bytes::new())),
        })
    }

    /// Bytes from a place on: so many, or up to the end of the column.
    fn bytes(&self, from: u64, length: u64) -> Result<Bytes> {
        if from < self.start || from > self.end {
            return error("a page lies outside its column");
        }
        let length = length.min(self.end - from);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let inner = |known: &(u64, Bytes)| {
            let at = usize::try_from(from.checked_sub(known.0)?).ok()?;
            let end = at.checked_add(usize::try_from(length).ok()?)?;
            (end <= known.1.len()).then(|| known.1.slice(at..end))
        };
        if let Some(bytes) = inner(&known) {
            return Ok(bytes);
        }
        let wanted = length.max(AHEAD).min(self.end - from);
        let mut bytes = vec![0; usize::try_from(wanted).unwrap_or(0)];
        let n = read_full(&*self.file, from, &mut bytes).map_err(|problem| system(&problem))?;
        bytes.truncate(n);
        *known = (from, Bytes::from(bytes));
        inner(&known).map_or_else(|| error("the file ends within a column"), Ok)
    }
}

impl Length for Window {
    fn len(&self) -> u64 {
        self.end
    }
}

/// The head of a page, and what follows it as far as somebody reads.
pub(super) struct Head {
    known: Bytes,
    file: Arc<dyn FileBytes>,
    /// Where reading goes on behind what is known, and where the column ends.
    next: u64,
    end: u64,
    /// Whether the size was looked at that the head declares.
    is_checked: bool,
}

impl Read for Head {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if !std::mem::replace(&mut self.is_checked, true) {
            match unpacked_size(&self.known) {
                Some(size) if size <= MOST_PAGE => {}
                Some(_) => return Err(io::Error::other("a page is larger than any may be")),
                None => return Err(io::Error::other("a page does not say its size")),
            }
        }
        if self.known.is_empty() {
            let length = AHEAD.min(self.end - self.next).min(HEAD);
            let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
            let n = self.file.read_at(self.next, &mut bytes)?;
            bytes.truncate(n);
            self.next += n as u64;
            self.known = Bytes::from(bytes);
        }
        let n = into.len().min(self.known.len());
        let taken = self.known.split_to(n);
        into.get_mut(..n)
            .unwrap_or_default()
            .copy_from_slice(&taken);
        Ok(n)
    }
}

impl ChunkReader for Window {
    type T = Head;

    /// Called for the head of each page, and for its body where the head was read before: then
    /// nothing is read of it.
    fn get_read(&self, start: u64) -> Result<Head> {
        let known = self.bytes(start, HEAD)?;
        let next = start + known.len() as u64;
        Ok(Head {
            known,
            file: Arc::clone(&self.file),
            next,
            end: self.end,
            is_checked: false,
        })
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        let bytes = self.bytes(start, length as u64)?;
        if bytes.len() < length {
            return error("a page is longer than its column");
        }
        Ok(bytes)
    }
}
