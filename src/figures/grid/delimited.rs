//! Records of a delimited text: bytes and a delimiter go in, cells with the physical line on
//! which each record starts come out. After a record that cannot be right, reading goes on at the
//! next physical line. Never knows what a column means.

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::encoding::{guess_encoding, is_hopeless};
use super::{Cell, Encoding, Grid, Limits, Problem, ProblemKind, Record};

/// Records in which the header is looked for, to tell delimiters apart.
const WINDOW: usize = 20;

/// Bytes may be read this many times over before reading stops going back.
const REREADS: usize = 8;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Opens a text; its delimiter is that which gives most headers that are known, and most cells.
pub(super) fn open<'a>(
    bytes: &'a [u8],
    is_known: &dyn Fn(&str) -> bool,
    limits: &Limits,
) -> Result<Grid<'a>, Problem> {
    if is_hopeless(bytes) {
        let valid = std::str::from_utf8(bytes)
            .err()
            .map_or(0, |e| e.valid_up_to());
        let before = bytes.get(..valid).unwrap_or_default();
        let line = 1 + before.iter().filter(|b| **b == b'\n').count();
        let kind = ProblemKind::NotUtf8 {
            byte: valid,
            looks_like: guess_encoding(bytes),
        };
        return Err(Problem::new(line, 1, kind));
    }
    let mut best: Option<(usize, u8, (usize, usize))> = None;
    let mut refused = None;
    for delimiter in *b"\t,;" {
        let mut records = Delimited::new(bytes, delimiter, limits.cell_bytes);
        let mut written = records
            .by_ref()
            .skip_while(|r| r.as_ref().is_ok_and(Record::is_blank));
        let first = match written.next() {
            None => return Err(Problem::new(1, 1, ProblemKind::Empty)),
            // Another delimiter may cut the header into cells that can be read.
            Some(Err(problem)) => {
                refused = refused.or(Some(problem));
                continue;
            }
            Some(Ok(first)) => first,
        };
        let rest = written.take(WINDOW).filter_map(Result::ok);
        // Fields that are known headers count most, then the number of fields. Lines above the
        // header have few of both.
        let mut most: Option<(usize, (usize, usize))> = None;
        for record in std::iter::once(first).chain(rest) {
            let known = record.cells.iter().filter(|c| is_known(&c.text)).count();
            let is_wider = most.is_none_or(|(score, _)| known > score / 1_000_000);
            if is_wider {
                let n = record.cells.len();
                most = Some((known * 1_000_000 + n, (record.line, n)));
            }
        }
        if let Some((score, header)) = most
            && best.is_none_or(|(most, ..)| score > most)
        {
            best = Some((score, delimiter, header));
        }
    }
    let Some((_, delimiter, header)) = best else {
        return Err(refused.unwrap_or(Problem::new(1, 1, ProblemKind::Empty)));
    };
    let mut records = Delimited::new(bytes, delimiter, limits.cell_bytes);
    records.header = Some(header);
    Ok(Grid {
        sheet: None,
        delimiter: Some(delimiter),
        records: Box::new(records),
    })
}

/// The records of a text, one at a time.
#[derive(Debug)]
struct Delimited<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    cell_bytes: usize,
    reader: Reader<&'a [u8]>,
    /// Where the reader's own bytes start.
    base: usize,
    /// Up to where line ends are counted, and the line that starts there.
    counted: usize,
    line: usize,
    /// The line of the header, and its cells.
    header: Option<(usize, usize)>,
    reread: usize,
    raw: ByteRecord,
}

impl<'a> Delimited<'a> {
    fn new(bytes: &'a [u8], delimiter: u8, cell_bytes: usize) -> Self {
        let base = if bytes.starts_with(BYTE_ORDER_MARK) {
            BYTE_ORDER_MARK.len()
        } else {
            0
        };
        Self {
            bytes,
            delimiter,
            cell_bytes,
            reader: reader_at(bytes, base, delimiter),
            base,
            counted: base,
            line: 1,
            header: None,
            reread: 0,
            raw: ByteRecord::new(),
        }
    }

    /// Moves the count of lines to an offset.
    fn count_lines(&mut self, to: usize) {
        let passed = self.bytes.get(self.counted..to).unwrap_or_default();
        let after = self.bytes.get(self.counted + 1..).unwrap_or_default();
        let next = after.iter().copied().map(Some).chain([None]);
        let ends = passed.iter().zip(next);
        // A carriage return ends a line where no line feed follows it.
        self.line += ends
            .filter(|(b, next)| **b == b'\n' || **b == b'\r' && *next != Some(b'\n'))
            .count();
        self.counted = to.max(self.counted);
    }

    /// Goes on reading at the physical line after `start`, unless that was done too often.
    fn go_back(&mut self, start: usize, end: usize) {
        let rest = self.bytes.get(start..).unwrap_or_default();
        let Some(length) = rest.iter().position(|b| *b == b'\n' || *b == b'\r') else {
            return;
        };
        let next = start + length;
        let passed = self.bytes.get(next..end).unwrap_or_default();
        // A record of one line needs no going back.
        if passed.iter().all(|b| matches!(b, b'\r' | b'\n')) {
            return;
        }
        let again = passed.len();
        if self.reread + again > self.bytes.len().saturating_mul(REREADS) {
            return;
        }
        self.reread += again;
        self.base = next;
        self.reader = reader_at(self.bytes, next, self.delimiter);
    }

    fn judge(&mut self, start: usize, end: usize) -> Result<Vec<String>, ProblemAt> {
        let text = self.bytes.get(start..end).unwrap_or_default();
        if end >= self.bytes.len()
            && let Some(column) = unclosed_quote(text, self.delimiter)
        {
            return Err((column, ProblemKind::UnclosedQuote));
        }
        let found = self.raw.len();
        let is_below = |(line, _): &(usize, usize)| self.line > *line;
        if let Some((_, expected)) = self.header.filter(is_below).filter(|it| it.1 != found) {
            // A record of one line has its own number of cells: it may be a note. One of several
            // lines more likely has a quotation mark that no other closes.
            let has_break = text
                .trim_ascii_end()
                .iter()
                .any(|b| matches!(b, b'\r' | b'\n'));
            if has_break {
                let column = expected.min(found) + usize::from(found > expected);
                return Err((column, ProblemKind::WrongFieldCount { expected, found }));
            }
        }
        let mut cells = Vec::with_capacity(found);
        for (cell, column) in self.raw.iter().zip(1..) {
            if cell.len() > self.cell_bytes {
                let kind = ProblemKind::CellTooLong {
                    limit: self.cell_bytes,
                    found: cell.len(),
                };
                return Err((column, kind));
            }
            let Ok(cell) = std::str::from_utf8(cell) else {
                let valid = std::str::from_utf8(text)
                    .err()
                    .map_or(0, |e| e.valid_up_to());
                // A text that is in another encoding as a whole was refused before.
                let looks_like = Encoding::Unknown;
                return Err((
                    column,
                    ProblemKind::NotUtf8 {
                        byte: start + valid,
                        looks_like,
                    },
                ));
            };
            cells.push(cell.to_owned());
        }
        Ok(cells)
    }
}

type ProblemAt = (usize, ProblemKind);

impl Iterator for Delimited<'_> {
    type Item = Result<Record, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        // Bytes in memory give no read error, and a flexible reader of bytes no other.
        if !self.reader.read_byte_record(&mut self.raw).unwrap_or(false) {
            return None;
        }
        let offset = |byte: u64| self.base + usize::try_from(byte).unwrap_or(usize::MAX);
        let start = self.raw.position().map_or(self.base, |p| offset(p.byte()));
        let end = offset(self.reader.position().byte()).min(self.bytes.len());
        // The reader's record starts with the line ends that it passed over.
        let passed = self.bytes.get(start..end).unwrap_or_default();
        let start = start
            + passed
                .iter()
                .take_while(|b| matches!(b, b'\r' | b'\n'))
                .count();
        self.count_lines(start);
        let line = self.line;
        match self.judge(start, end) {
            Ok(cells) => {
                let cells = cells.into_iter().zip(1..);
                let cells = cells.map(|(text, column)| Cell::of(text, line, column));
                let record = Record {
                    line,
                    cells: cells.collect(),
                };
                Some(Ok(record))
            }
            Err((column, kind)) => {
                if !matches!(kind, ProblemKind::NotUtf8 { .. }) {
                    self.go_back(start, end);
                }
                Some(Err(Problem::new(line, column, kind)))
            }
        }
    }
}

fn reader_at(bytes: &[u8], base: usize, delimiter: u8) -> Reader<&[u8]> {
    let rest = bytes.get(base..).unwrap_or_default();
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(rest)
}

/// Returns the column whose opening quotation mark no other closes.
fn unclosed_quote(record: &[u8], delimiter: u8) -> Option<usize> {
    #[derive(PartialEq)]
    enum At {
        Start,
        Bare,
        Quoted,
        Closed,
    }
    let mut at = At::Start;
    let mut column = 1;
    for &byte in record {
        at = match (at, byte) {
            (At::Quoted, b'"') => At::Closed,
            (At::Quoted, _) | (At::Start | At::Closed, b'"') => At::Quoted,
            (_, b) if b == delimiter => {
                column += 1;
                At::Start
            }
            _ => At::Bare,
        };
    }
    (at == At::Quoted).then_some(column)
}
