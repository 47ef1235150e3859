//! The text of a file in chunks that end where a record ends: bytes that are read at any place go
//! in, UTF-8 comes out, about a megabyte at a time. Never holds more of the file than a chunk.

use std::sync::Arc;

use encoding_rs::{Decoder, DecoderResult};

use crate::bulk::block::{Bytes, SourceProblem, SourceProblemKind};
use crate::figures::grid::encoding::BAD;
use crate::figures::grid::{Problem, ProblemKind};
use crate::figures::{Encoding, FigureProblem, read_as, sentence, table_problem};

/// Bytes that are decoded at a time.
const DECODED: usize = 1 << 16;
/// Bytes of a record that is refused.
const MOST: usize = 1 << 26;
/// Line ends behind a chunk, so that eight bytes can be read at every place of it.
const PAD: usize = 16;

/// A part of a text that ends where a record ends.
#[derive(Debug)]
pub(super) struct Chunk {
    /// Its text, and line ends behind it.
    pub(super) bytes: Vec<u8>,
    /// How many bytes of it are text.
    pub(super) length: usize,
    /// Where it starts in the text.
    pub(super) at: u64,
    /// How many records it holds, as who cut it says.
    pub(super) n_rows: u64,
    /// Whether no other follows.
    pub(super) is_last: bool,
    /// Whether it is plain, see [`End::n_feeds`].
    pub(super) is_plain: bool,
    /// The line on which it starts, counted from 1, and whether a carriage return stands before it.
    line: u64,
    after_return: bool,
}

impl Text {
    /// What the first part of it is to tell.
    pub(super) fn told(&self, is_first: bool) -> Vec<FigureProblem> {
        let told = (is_first && self.is_found).then(|| read_as("", self.encoding));
        told.into_iter().collect()
    }
}

impl Chunk {
    pub(super) fn text(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// Its text with the line ends behind it.
    pub(super) fn padded(&self) -> &[u8] {
        self.bytes.get(..self.length + PAD).unwrap_or_default()
    }

    /// The lines of the file on which places of it stand, counted from 1; quick where each place is behind the one
    /// before.
    pub(super) fn lines_at(&self, places: impl IntoIterator<Item = usize>) -> Vec<u64> {
        let start = (0, self.line, self.after_return);
        let (mut at, mut line, mut after_return) = start;
        let places = places.into_iter().map(|place| {
            if place < at {
                (at, line, after_return) = start;
            }
            let passed = self.text().get(at..place).unwrap_or_default();
            line += line_ends(passed, after_return) as u64;
            if let Some(last) = passed.last() {
                after_return = *last == b'\r';
            }
            at = place;
            line
        });
        places.collect()
    }

    /// The line of one place.
    pub(super) fn line_at(&self, place: usize) -> u64 {
        self.lines_at([place]).pop().unwrap_or(self.line)
    }
}

/// How many lines end in a text. A carriage return ends one where no line feed follows it.
fn line_ends(text: &[u8], after_return: bool) -> usize {
    let feeds = memchr::memchr_iter(b'\n', text).count();
    let is_alone = |at: &usize| text.get(at + 1) != Some(&b'\n');
    let returns = memchr::memchr_iter(b'\r', text).filter(is_alone).count();
    let is_told = after_return && text.first() == Some(&b'\n');
    feeds + returns - usize::from(is_told)
}

/// Rows that could not be read: how many, and what is wrong with the first.
#[derive(Debug, Default)]
pub(super) struct Lost {
    n: u64,
    told: Vec<FigureProblem>,
}

/// Rows that could not be read of which a part tells in words.
const MOST_LOST: usize = 1000;

impl Lost {
    pub(super) fn add(&mut self, problem: &Problem) {
        self.n += 1;
        if self.told.len() < MOST_LOST {
            self.told.push(table_problem("", problem));
        }
    }

    /// Adds those of a part.
    pub(super) fn join(&mut self, (n, told): (u64, Vec<FigureProblem>)) {
        self.n += n;
        let room = MOST_LOST - self.told.len().min(MOST_LOST);
        self.told.extend(told.into_iter().take(room));
    }

    pub(super) fn take(&mut self) -> (u64, Vec<FigureProblem>) {
        let Lost { n, told } = std::mem::take(self);
        (n, told)
    }
}

/// What keeps a row from being read: it alone is lost, or nothing behind it can be read either.
pub(super) enum Refused {
    Row(Problem),
    All(SourceProblem),
}

/// Where a chunk may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    /// The byte behind it.
    pub(super) at: usize,
    /// The records up to there.
    pub(super) n_rows: u64,
    /// The line feeds up to there, where the text is plain: it has no quotation mark, and no carriage return that no line
    /// feed follows.
    pub(super) n_feeds: Option<u64>,
}

impl End {
    pub(super) fn new(at: usize, n_rows: u64) -> End {
        End {
            at,
            n_rows,
            n_feeds: None,
        }
    }
}

/// Where a chunk may end; none where no record ends in it.
pub(super) type Cutter<'c> = &'c dyn Fn(&[u8], bool) -> Option<End>;

/// A file that holds text.
#[derive(Clone)]
pub(super) struct Text {
    pub(super) bytes: Arc<dyn Bytes>,
    pub(super) encoding: Encoding,
    /// Whether it is another one than that which was asked for, or than UTF-8.
    pub(super) is_found: bool,
    /// Bytes of the mark of its encoding, which are no text but in UTF-8.
    pub(super) mark: usize,
    /// Bytes of a chunk; more only where one record is longer.
    pub(super) part_bytes: usize,
}

/// Reads a text from its start to its end.
pub(super) struct Feed {
    text: Text,
    size: u64,
    /// Bytes of the file that were read.
    read: u64,
    /// The place in the text of what is handed out next.
    at: u64,
    /// The line of that place, and whether a carriage return stands before it.
    line: u64,
    after_return: bool,
    /// Text that was read and not handed out.
    rest: Vec<u8>,
    decoding: Option<Decoding>,
    is_over: bool,
}

struct Decoding {
    decoder: Decoder,
    /// Bytes that were read and not decoded.
    raw: Vec<u8>,
    taken: usize,
}

/// What the system says.
pub(super) fn io(error: &std::io::Error) -> SourceProblem {
    SourceProblem::new(1, SourceProblemKind::Io(error.to_string()))
}

/// A problem of a file in the words of the readers of figures.
pub(in crate::bulk) fn broken(line: u64, kind: ProblemKind) -> SourceProblem {
    let problem = Problem::new(usize::try_from(line).unwrap_or(usize::MAX), 1, kind);
    SourceProblem::new(line, SourceProblemKind::Broken(sentence(&problem)))
}

/// Fills a buffer from a place on, as far as there is something.
pub(super) fn read_full(
    bytes: &dyn Bytes,
    mut from: u64,
    mut into: &mut [u8],
) -> Result<usize, SourceProblem> {
    let mut n_read = 0;
    while !into.is_empty() {
        let n = match bytes.read_at(from, into) {
            Ok(0) => break,
            Ok(n) => n.min(into.len()),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(io(&error)),
        };
        (n_read, from) = (n_read + n, from + n as u64);
        into = into.get_mut(n..).unwrap_or_default();
    }
    Ok(n_read)
}

impl Feed {
    /// Reads from the start on.
    pub(super) fn new(text: Text) -> Result<Feed, SourceProblem> {
        let size = text.bytes.size().map_err(|error| io(&error))?;
        let decoding = text.encoding.decoder().map(|encoding| Decoding {
            decoder: encoding.new_decoder_without_bom_handling(),
            raw: Vec::new(),
            taken: 0,
        });
        // In UTF-8 a place of the text is one of the file.
        let read = if decoding.is_some() { text.mark } else { 0 };
        Ok(Feed {
            text,
            size,
            read: read as u64,
            at: 0,
            line: 1,
            after_return: false,
            rest: Vec::new(),
            decoding,
            is_over: false,
        })
    }

    /// Bytes of the file, and how many were read.
    pub(super) fn progress(&self) -> (u64, u64) {
        (self.size, self.read.min(self.size))
    }

    /// Passes over the start of the text.
    pub(super) fn skip(&mut self, mut n: usize) -> Result<(), SourceProblem> {
        while n > 0 {
            let length = n;
            let cut = |text: &[u8], _: bool| Some(End::new(text.len().min(length), 0));
            match self.next(Vec::new(), &cut)? {
                Some(chunk) => n -= chunk.length.min(n),
                None => break,
            }
        }
        Ok(())
    }

    /// The next chunk, in a buffer that is used again; none at the end of the text.
    pub(super) fn next(
        &mut self,
        mut buffer: Vec<u8>,
        cut: Cutter<'_>,
    ) -> Result<Option<Chunk>, SourceProblem> {
        let mut length = self.rest.len();
        let mut wanted = self.text.part_bytes.max(length);
        grow(&mut buffer, wanted + PAD);
        if let Some(to) = buffer.get_mut(..length) {
            to.copy_from_slice(&self.rest);
        }
        let cut = loop {
            let room = buffer.get_mut(length..wanted).unwrap_or_default();
            length += self.fill(room)?;
            let is_last = self.is_over;
            if length == 0 {
                return Ok(None);
            }
            let text = buffer.get(..length).unwrap_or_default();
            match cut(text, is_last) {
                Some(end) => break end,
                None if is_last => break End::new(length, 0),
                None if length >= MOST => {
                    let kind = match memchr::memchr(b'"', text) {
                        Some(_) => ProblemKind::UnclosedQuote,
                        None => ProblemKind::CellTooLong {
                            limit: MOST,
                            found: length,
                        },
                    };
                    return Err(broken(self.line, kind));
                }
                None => {
                    wanted *= 2;
                    grow(&mut buffer, wanted + PAD);
                }
            }
        };
        let end = cut.at.min(length);
        self.rest.clear();
        let behind = buffer.get(end..length).unwrap_or_default();
        self.rest.extend_from_slice(behind);
        if let Some(pad) = buffer.get_mut(end..end + PAD) {
            pad.fill(b'\n');
        }
        let (at, line, after_return) = (self.at, self.line, self.after_return);
        self.at += end as u64;
        let text = buffer.get(..end).unwrap_or_default();
        let is_told = after_return && text.first() == Some(&b'\n');
        self.line += match cut.n_feeds {
            Some(n_feeds) => n_feeds - u64::from(is_told),
            None => line_ends(text, after_return) as u64,
        };
        self.after_return = text.last() == Some(&b'\r');
        Ok(Some(Chunk {
            bytes: buffer,
            length: end,
            at,
            n_rows: cut.n_rows,
            is_last: self.is_over && self.rest.is_empty(),
            is_plain: cut.n_feeds.is_some(),
            line,
            after_return,
        }))
    }

    /// Reads text into a buffer; less than it holds only at the end.
    fn fill(&mut self, into: &mut [u8]) -> Result<usize, SourceProblem> {
        if self.decoding.is_some() {
            return self.decode(into);
        }
        let n = read_full(&*self.text.bytes, self.read, into)?;
        self.read += n as u64;
        self.is_over = n < into.len() || self.read >= self.size;
        Ok(n)
    }

    fn decode(&mut self, into: &mut [u8]) -> Result<usize, SourceProblem> {
        let Some(decoding) = &mut self.decoding else {
            return Ok(0);
        };
        let mut written = 0;
        // Room for the longest character and the byte that stands for a bad one.
        while !self.is_over && into.len() - written >= 8 {
            let is_last = self.read >= self.size;
            if decoding.taken >= decoding.raw.len() && !is_last {
                decoding.raw.resize(DECODED, 0);
                let n = read_full(&*self.text.bytes, self.read, &mut decoding.raw)?;
                decoding.raw.truncate(n);
                decoding.taken = 0;
                self.read += n as u64;
                if n == 0 {
                    self.size = self.read;
                }
                continue;
            }
            let raw = decoding.raw.get(decoding.taken..).unwrap_or_default();
            let room = into.len() - 1;
            let room = into.get_mut(written..room).unwrap_or_default();
            let decoder = &mut decoding.decoder;
            let (result, n_read, n_written) =
                decoder.decode_to_utf8_without_replacement(raw, room, is_last);
            decoding.taken += n_read;
            written += n_written;
            match result {
                DecoderResult::InputEmpty => self.is_over = is_last,
                DecoderResult::OutputFull => break,
                DecoderResult::Malformed(..) => {
                    if let Some(bad) = into.get_mut(written) {
                        *bad = BAD;
                    }
                    written += 1;
                }
            }
        }
        Ok(written)
    }
}

fn grow(buffer: &mut Vec<u8>, size: usize) {
    if buffer.len() < size {
        buffer.resize(size, b'\n');
    }
}
