//! The bytes of one column of a group of rows, and its pages: each is held against what it
//! declares before anything is made room for. Never unpacks more than the whole file may.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::buf::Reader;
use bytes::{Buf, Bytes};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};

/// Bytes to which a file may still unpack.
pub(crate) struct Budget {
    limit: usize,
    left: AtomicUsize,
}

/// What stands before the limit in the error that says that it was passed.
const PASSED: &str = "plumbrule: unpacks beyond ";

/// The limit that an error says was passed.
pub(crate) fn limit_in(why: &str) -> Option<usize> {
    why.strip_prefix(PASSED)?.parse().ok()
}

fn error<T>(why: &str) -> Result<T> {
    Err(ParquetError::General(why.to_owned()))
}

impl Budget {
    pub(crate) fn new(limit: usize) -> Budget {
        Budget {
            limit,
            left: AtomicUsize::new(limit),
        }
    }

    fn take(&self, size: usize) -> Result<()> {
        let left = self.left.load(Ordering::Relaxed);
        match left.checked_sub(size) {
            Some(rest) => {
                self.left.store(rest, Ordering::Relaxed);
                Ok(())
            }
            None => error(&format!("{PASSED}{}", self.limit)),
        }
    }
}

/// The bytes of one column of a group of rows, at their place in the file.
pub(crate) struct Window {
    start: u64,
    bytes: Bytes,
    budget: Arc<Budget>,
}

impl Window {
    pub(crate) fn new(
        file: &[u8],
        (start, length): (u64, u64),
        budget: &Arc<Budget>,
    ) -> Result<Window> {
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
        let bytes = file.get(place(start)..place(start.saturating_add(length)));
        let Some(bytes) = bytes else {
            return error("a column lies outside the file");
        };
        Ok(Window {
            start,
            bytes: Bytes::copy_from_slice(bytes),
            budget: Arc::clone(budget),
        })
    }

    fn from(&self, start: u64) -> Result<Bytes> {
        let at = start
            .checked_sub(self.start)
            .and_then(|at| usize::try_from(at).ok())
            .filter(|at| *at <= self.bytes.len());
        match at {
            Some(at) => Ok(self.bytes.slice(at..)),
            None => error("a page lies outside its column"),
        }
    }
}

impl Length for Window {
    fn len(&self) -> u64 {
        self.start.saturating_add(self.bytes.len() as u64)
    }
}

impl ChunkReader for Window {
    type T = Reader<Bytes>;

    /// Called for the head of each page, and for nothing else.
    fn get_read(&self, start: u64) -> Result<Self::T> {
        let head = self.from(start)?;
        match unpacked_size(&head) {
            Some(size) => self.budget.take(size)?,
            None => return error("a page does not say its size"),
        }
        Ok(head.reader())
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        let rest = self.from(start)?;
        if length > rest.len() {
            return error("a page is longer than its column");
        }
        Ok(rest.slice(..length))
    }
}

/// The size to which a page unpacks, as its head says: the second field of a Thrift structure in
/// the compact form, behind the kind of the page.
pub(crate) fn unpacked_size(head: &[u8]) -> Option<usize> {
    const NEXT_FIELD_I32: u8 = 0x15;
    let (_, rest) = varint(head.strip_prefix(&[NEXT_FIELD_I32])?)?;
    let (size, _) = varint(rest.strip_prefix(&[NEXT_FIELD_I32])?)?;
    // The lowest bit is the sign.
    (size & 1 == 0).then_some(size >> 1)
}

fn varint(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0usize;
    for (n, byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7F) << (7 * n);
        if byte & 0x80 == 0 {
            return Some((value, bytes.get(n + 1..)?));
        }
    }
    None
}

/// Pages of one column, refused where they declare more values than can be there.
pub(crate) struct Pages<P> {
    pub(crate) pages: P,
    /// Rows of the group: a flat column has no more values.
    pub(crate) rows: usize,
}

impl<P: PageReader> PageReader for Pages<P> {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.pages.get_next_page()?;
        if let Some(page) = &page {
            let most = match page {
                // No value of a dictionary takes less than a byte.
                Page::DictionaryPage { buf, .. } => buf.len(),
                _ => self.rows,
            };
            if usize::try_from(page.num_values()).unwrap_or(usize::MAX) > most {
                return error("a page declares more values than it can hold");
            }
        }
        Ok(page)
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.pages.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        self.pages.at_record_boundary()
    }
}

impl<P: PageReader> Iterator for Pages<P> {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}
