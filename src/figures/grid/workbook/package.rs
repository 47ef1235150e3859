//! The parts of a zipped workbook: packed bytes go in, unpacked bytes come out, counted against
//! one allowance while they unpack. Never trusts a size that the archive declares.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Cursor, Read};

use flate2::Crc;
use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::{BookProblem, Bound, damaged, refused};
use crate::figures::grid::{Limits, Problem, ProblemKind};

/// Parts of an archive.
const MOST_PARTS: usize = 20_000;
/// Bytes from which on a part may not be packed more tightly than `MOST_PACKED`.
const PACKED_FROM: usize = 16 << 20;
/// Unpacked bytes for one packed.
const MOST_PACKED: usize = 200;
/// Bytes of the end of a part that are kept.
const MOST_TAIL: usize = 16 << 20;

/// An archive, and what it may still unpack to.
pub(super) struct Package<'a> {
    bytes: &'a [u8],
    parts: BTreeMap<String, Part>,
    limits: Limits,
    unpacked: Cell<usize>,
}

#[derive(Debug, Clone, Copy)]
struct Part {
    start: usize,
    packed: usize,
    crc: u32,
    is_deflated: bool,
}

impl<'a> Package<'a> {
    /// Opens an archive; names of parts are found whatever their case.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Package<'a>, Problem> {
        let broken = || damaged("zip");
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
        if archive.len() > MOST_PARTS {
            return Err(refused(Bound::Parts, MOST_PARTS));
        }
        let mut parts = BTreeMap::new();
        for index in 0..archive.len() {
            let file = archive.by_index_raw(index).map_err(|_| broken())?;
            if file.encrypted() {
                return Err(BookProblem::Encrypted.whole());
            }
            let is_deflated = match file.compression() {
                CompressionMethod::Deflated => true,
                CompressionMethod::Stored => false,
                _ => continue,
            };
            let name = file.name().map_err(|_| broken())?;
            let name = key(&name);
            let small = |n: u64| usize::try_from(n).map_err(|_| broken());
            let part = Part {
                start: small(file.data_start().ok_or_else(broken)?)?,
                packed: small(file.compressed_size())?,
                crc: file.crc32(),
                is_deflated,
            };
            parts.insert(name, part);
        }
        Ok(Package {
            bytes,
            parts,
            limits: *limits,
            unpacked: Cell::new(0),
        })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&key(name))
    }

    /// The name of the first part with an ending.
    pub(super) fn ending(&self, ending: &str) -> Option<&str> {
        let mut names = self.parts.keys();
        names
            .find(|name| name.ends_with(ending))
            .map(String::as_str)
    }

    fn inflate(&self, part: Part) -> Option<Box<dyn Read + 'a>> {
        let packed = self
            .bytes
            .get(part.start..part.start.checked_add(part.packed)?)?;
        Some(match part.is_deflated {
            true => Box::new(DeflateDecoder::new(packed)),
            false => Box::new(packed),
        })
    }

    /// Unpacks a part once to see that it is whole and within bounds, and keeps its end from a
    /// mark on.
    pub(super) fn vet(&self, name: &str, mark: &[u8]) -> Result<Vec<u8>, Problem> {
        let broken = || damaged(name);
        let part = *self.parts.get(&key(name)).ok_or_else(broken)?;
        let mut reader = self.inflate(part).ok_or_else(broken)?;
        let mut watch = Watch::new(mark);
        let mut crc = Crc::new();
        let mut n_bytes = 0_usize;
        let mut chunk = vec![0_u8; 1 << 16];
        loop {
            let n = reader.read(&mut chunk).map_err(|_| broken())?;
            let read = chunk.get(..n).unwrap_or_default();
            if read.is_empty() {
                break;
            }
            crc.update(read);
            n_bytes += n;
            self.unpacked.set(self.unpacked.get().saturating_add(n));
            if self.unpacked.get() > self.limits.unpacked_bytes {
                return Err(refused(Bound::Unpacked, self.limits.unpacked_bytes));
            }
            if n_bytes > PACKED_FROM && n_bytes / MOST_PACKED > part.packed {
                return Err(refused(Bound::Packed, MOST_PACKED));
            }
            watch.pass(read);
            if watch.longest / 8 > self.limits.cell_bytes {
                let kind = ProblemKind::CellTooLong {
                    limit: self.limits.cell_bytes,
                    found: watch.longest,
                };
                return Err(Problem::new(1, 0, kind));
            }
            if watch.tail.len() > MOST_TAIL {
                return Err(refused(Bound::Unpacked, MOST_TAIL));
            }
        }
        if crc.sum() != part.crc {
            return Err(broken());
        }
        Ok(watch.tail)
    }

    /// A part that was vetted, unpacked as it is read.
    pub(super) fn stream(&self, name: &str) -> Result<Box<dyn BufRead + 'a>, Problem> {
        let part = self.parts.get(&key(name)).copied();
        let reader = part.and_then(|part| self.inflate(part));
        let reader = reader.ok_or_else(|| damaged(name))?;
        Ok(Box::new(BufReader::with_capacity(1 << 15, reader)))
    }
}

/// Parts are named without regard to case, to a first stroke, and to its direction.
fn key(name: &str) -> String {
    let name = name.replace('\\', "/").to_ascii_lowercase();
    name.trim_start_matches('/').to_owned()
}

/// Watches bytes pass by: how far apart tags are, and what comes from a mark on.
struct Watch<'m> {
    mark: &'m [u8],
    /// The last bytes before those that pass, where a mark may have begun.
    before: Vec<u8>,
    tail: Vec<u8>,
    since: usize,
    longest: usize,
}

impl<'m> Watch<'m> {
    fn new(mark: &'m [u8]) -> Self {
        Watch {
            mark,
            before: Vec::new(),
            tail: Vec::new(),
            since: 0,
            longest: 0,
        }
    }

    fn pass(&mut self, read: &[u8]) {
        for stretch in read.split_inclusive(|byte| *byte == b'<') {
            self.since += stretch.len();
            self.longest = self.longest.max(self.since);
            if stretch.ends_with(b"<") {
                self.since = 0;
            }
        }
        if self.mark.is_empty() {
            return;
        }
        if !self.tail.is_empty() {
            self.tail.extend_from_slice(read);
            return;
        }
        let mut whole = std::mem::take(&mut self.before);
        whole.extend_from_slice(read);
        let found = find(&whole, self.mark);
        match found.and_then(|at| whole.get(at..)) {
            Some(tail) => self.tail = tail.to_vec(),
            None => {
                let keep = whole.len().saturating_sub(self.mark.len());
                self.before = whole.split_off(keep);
            }
        }
    }
}

/// Where a mark that starts with `<` begins.
fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'<');
    let mut places = starts.map(|(at, _)| at);
    places.find(|at| bytes.get(*at..).is_some_and(|rest| rest.starts_with(mark)))
}
