//! Records of a delimited text: UTF-8 and a delimiter go in, cells with the physical line on
//! which each record starts come out. After a record that cannot be right, reading goes on at the
//! next physical line. Never holds more of a record than its cells may have.

use csv_core::ReadRecordResult;

use super::{Cell, Encoding, Grid, Limits, Problem, ProblemKind, Record};

mod kept;
mod splitter;

pub(crate) use kept::{may_be_kept, shown};
use splitter::Splitter;

/// Records in which the header is looked for, to tell delimiters apart.
const WINDOW: usize = 40;

/// Bytes of a text that is searched for each delimiter before it is cut.
const SMALL: usize = 1 << 16;

/// Bytes may be read this many times over before reading stops going back.
const REREADS: usize = 8;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Opens a text; its delimiter is that which gives most headers that are known, and most cells.
pub(crate) fn open<'a>(
    bytes: &'a [u8],
    is_known: &dyn Fn(&str) -> bool,
    limits: &Limits,
) -> Result<Grid<'a>, Problem> {
    let found = find(bytes, is_known, limits)?;
    let mut records = Delimited::new(bytes, found.start, found.delimiter, limits);
    // A header that starts with the mark of remarks shows that it marks none here.
    records.has_remarks = !found.header.is_marked;
    records.header = Some((found.header.line, found.header.n_cells));
    Ok(Grid {
        header: records.header,
        sheet: None,
        delimiter: Some(found.delimiter),
        records: Box::new(records),
    })
}

/// How a text is cut, and what stands above its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cut {
    /// What stands between cells.
    pub delimiter: u8,
    /// Whether lines that start with `#` are remarks.
    pub has_remarks: bool,
    /// The header, up to the last cell that is not blank.
    pub names: Vec<String>,
    /// The byte at which the rows below the header start.
    pub rows: usize,
    /// Whether anything stands above the header.
    pub has_above: bool,
}

/// Finds out how a text is cut from its first lines, as [`open`] does.
pub(crate) fn cut(
    bytes: &[u8],
    is_known: &dyn Fn(&str) -> bool,
    limits: &Limits,
) -> Result<Cut, Problem> {
    let found = find(bytes, is_known, limits)?;
    let mut records = Delimited::new(bytes, found.start, found.delimiter, limits);
    records.has_remarks = !found.header.is_marked;
    let (mut names, mut has_above) = (Vec::new(), false);
    for record in records.by_ref() {
        match record {
            Ok(record) if record.line == found.header.line => {
                names = record.cells.into_iter().map(|cell| cell.text).collect();
                break;
            }
            Ok(record) => has_above |= !record.is_blank(),
            Err(_) => has_above = true,
        }
    }
    names.truncate(found.header.n_cells);
    if names.len() > limits.columns {
        let (limit, found) = (limits.columns, names.len());
        let kind = ProblemKind::TooManyColumns { limit, found };
        return Err(Problem::new(1, limit + 1, kind));
    }
    Ok(Cut {
        delimiter: found.delimiter,
        has_remarks: records.has_remarks,
        names,
        rows: records.at,
        has_above,
    })
}

/// Reads single records of a part of a text whose header was cut before.
pub(crate) struct Again<'a>(Delimited<'a>);

impl<'a> Again<'a> {
    /// For records of some bytes that end where a record ends.
    pub(crate) fn new(bytes: &'a [u8], cut: &Cut, limits: &Limits) -> Again<'a> {
        let mut records = Delimited::new(bytes, None, cut.delimiter, limits);
        records.has_remarks = cut.has_remarks;
        records.header = Some((0, cut.names.len()));
        Again(records)
    }

    /// The record that starts at a byte, and the byte behind it; none where there is no more.
    pub(crate) fn record(&mut self, at: usize) -> Option<(Result<Record, Problem>, usize)> {
        self.0.rewind(at);
        self.0.splitter.go_on();
        let record = self.0.next()?;
        Some((record, self.0.at))
    }
}

/// What was found out from the first lines of a text.
struct Found {
    header: Header,
    delimiter: u8,
    /// Where the text starts behind a line that names the delimiter.
    start: Option<usize>,
}

fn find(bytes: &[u8], is_known: &dyn Fn(&str) -> bool, limits: &Limits) -> Result<Found, Problem> {
    let mut best: Option<(Header, u8)> = None;
    let mut refused = None;
    let told = told_delimiter(bytes);
    let start = told.map(|(_, start)| start);
    let all: &[u8] = match &told {
        Some((delimiter, _)) => std::slice::from_ref(delimiter),
        None => b"\t,;|",
    };
    // Delimiters that are nowhere in a text cut it alike: one of them is enough.
    let is_absent = |delimiter| bytes.len() <= SMALL && !bytes.contains(delimiter);
    let mut has_absent = false;
    for delimiter in all {
        if is_absent(delimiter) && std::mem::replace(&mut has_absent, true) {
            continue;
        }
        let delimiter = *delimiter;
        let records = Delimited::new(bytes, start, delimiter, limits);
        let mut written = records.filter(|r| !r.as_ref().is_ok_and(Record::is_blank));
        let mut header: Option<Header> = None;
        let mut n_written = 0;
        for record in written.by_ref().take(WINDOW) {
            n_written += 1;
            match record {
                // Another delimiter may cut the header into cells that can be read.
                Err(problem) => refused = refused.or(Some(problem)),
                // Lines above the header have few known words, and those below have fewer.
                Ok(record) => {
                    let found = Header::of(&record, is_known);
                    if header.as_ref().is_none_or(|most| found.is_above(most)) {
                        header = Some(found);
                    }
                }
            }
        }
        if n_written == 0 {
            return Err(Problem::new(1, 1, ProblemKind::Empty));
        }
        let score = |header: &Header| (header.n_known, header.n_cells);
        if let Some(header) = header
            && best
                .as_ref()
                .is_none_or(|(most, _)| score(&header) > score(most))
        {
            best = Some((header, delimiter));
        }
    }
    let Some((header, delimiter)) = best else {
        return Err(refused.unwrap_or(Problem::new(1, 1, ProblemKind::Empty)));
    };
    Ok(Found {
        header,
        delimiter,
        start,
    })
}

/// What a record would be as the header.
struct Header {
    line: usize,
    n_known: usize,
    /// Known cells that begin with no digit, as years do.
    n_words: usize,
    /// Cells up to the last that is not blank: delimiters behind it head no column.
    n_cells: usize,
    is_marked: bool,
}

impl Header {
    fn of(record: &Record, is_known: &dyn Fn(&str) -> bool) -> Header {
        let is_named = |cell: &&Cell| !cell.is_blank() && is_known(&cell.text);
        let named: Vec<&Cell> = record.cells.iter().filter(is_named).collect();
        let is_word = |cell: &&&Cell| !cell.text.trim().starts_with(|c: char| c.is_numeric());
        let (n_known, n_words) = (named.len(), named.iter().filter(is_word).count());
        let first = record.cells.first();
        Header {
            line: record.line,
            n_known,
            n_words,
            n_cells: n_named(record),
            is_marked: n_known > 0 && first.is_some_and(|cell| cell.text.starts_with('#')),
        }
    }

    /// Whether it is more of a header than one before it. A row of figures may hold more years than its header has words.
    fn is_above(&self, before: &Header) -> bool {
        let is_row = self.n_words < before.n_words && self.n_cells <= before.n_cells;
        self.n_known > before.n_known && !is_row
    }
}

/// The cells of a record up to the last that is not blank.
fn n_named(record: &Record) -> usize {
    let named = record.cells.iter().rposition(|cell| !cell.is_blank());
    named.map_or(0, |last| last + 1)
}

/// The delimiter that a first line such as `sep=;` names, and where the text behind it starts.
fn told_delimiter(bytes: &[u8]) -> Option<(u8, usize)> {
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let quoted = text.strip_prefix(b"\"").unwrap_or(text);
    let rest = quoted.strip_prefix(b"sep=")?;
    let (delimiter, rest) = rest.split_first()?;
    let rest = match quoted.len() < text.len() {
        true => rest.strip_prefix(b"\"")?,
        false => rest,
    };
    let is_line = matches!(rest.first(), None | Some(b'\r' | b'\n'));
    let is_delimiter = delimiter.is_ascii() && !matches!(delimiter, b'"' | b'\r' | b'\n');
    (is_line && is_delimiter).then_some((*delimiter, bytes.len() - rest.len()))
}

/// The records of a text, one at a time.
struct Delimited<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    cell_bytes: usize,
    splitter: Splitter,
    /// Where the next record is read.
    at: usize,
    /// Up to where line ends are counted, and the line that starts there.
    counted: usize,
    line: usize,
    /// The line of the header, and its cells up to the last name.
    header: Option<(usize, usize)>,
    reread: usize,
    /// Whether lines that start with `#` are remarks.
    has_remarks: bool,
}

impl<'a> Delimited<'a> {
    fn new(bytes: &'a [u8], start: Option<usize>, delimiter: u8, limits: &Limits) -> Self {
        let counted = match bytes.starts_with(BYTE_ORDER_MARK) {
            true => BYTE_ORDER_MARK.len(),
            false => 0,
        };
        Self {
            bytes,
            delimiter,
            cell_bytes: limits.cell_bytes,
            splitter: Splitter::new(delimiter, limits),
            at: start.unwrap_or(counted),
            counted,
            line: 1,
            header: None,
            reread: 0,
            has_remarks: false,
        }
    }

    /// Goes to a byte at which a record starts, as to the first line.
    fn rewind(&mut self, at: usize) {
        (self.at, self.counted, self.line) = (at, at, 1);
        self.splitter.reset();
    }

    /// Moves the count of lines to an offset.
    fn count_lines(&mut self, to: usize) {
        let passed = self.bytes.get(self.counted..to).unwrap_or_default();
        if !passed.contains(&b'\r') {
            self.line += passed.iter().filter(|b| **b == b'\n').count();
            self.counted = to.max(self.counted);
            return;
        }
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
        self.at = next;
        self.splitter.reset();
    }

    /// The cells of a record; blank ones behind the last column of the header do not count.
    fn n_cells(&self) -> usize {
        let n = self.splitter.len();
        let Some((_, expected)) = self.header.filter(|(line, _)| self.line >= *line) else {
            return n;
        };
        let cells: Vec<&[u8]> = match n > expected {
            true => self.splitter.cells().skip(expected).collect(),
            false => return n,
        };
        let written = cells.iter().rposition(|cell| !cell.trim_ascii().is_empty());
        written.map_or(expected, |last| expected + last + 1)
    }

    fn judge(&self, start: usize, end: usize) -> Result<Vec<String>, ProblemAt> {
        let text = self.bytes.get(start..end).unwrap_or_default();
        if end >= self.bytes.len()
            && let Some(column) = unclosed_quote(text, self.delimiter)
        {
            return Err((column, ProblemKind::UnclosedQuote));
        }
        if let Some(refused) = self.splitter.refused(self.cell_bytes) {
            return Err(refused);
        }
        let found = self.n_cells();
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
        // Most records hold no byte with which U+FFFD starts, and no zero.
        let may_have_lost = text.contains(&0xEF);
        let may_have_zero = text.contains(&0);
        let mut cells = Vec::with_capacity(self.splitter.len());
        for (cell, column) in self.splitter.cells().zip(1..) {
            let Ok(cell) = std::str::from_utf8(cell) else {
                let valid = std::str::from_utf8(text).err();
                let valid = valid.map_or(0, |e| e.valid_up_to());
                let kind = ProblemKind::Undecodable {
                    encoding: Encoding::Utf8,
                    byte: Some(start + valid),
                };
                return Err((column, kind));
            };
            if may_have_lost && cell.contains('\u{FFFD}') {
                return Err((column, ProblemKind::LostCharacter));
            }
            if may_have_zero && cell.contains('\0') {
                return Err((column, ProblemKind::ZeroCharacter));
            }
            cells.push(shown(cell));
        }
        cells.truncate(self.n_cells().max(1));
        Ok(cells)
    }

    /// Reads to the end of the next record that is no remark: where it starts and ends.
    fn advance(&mut self) -> Option<(usize, usize)> {
        loop {
            let from = self.at;
            let result = self.splitter.read(self.bytes, &mut self.at);
            if result == ReadRecordResult::End {
                return None;
            }
            let end = self.at;
            // The record starts with the line ends that were passed over.
            let passed = self.bytes.get(from..end).unwrap_or_default();
            let is_end = |b: &&u8| matches!(b, b'\r' | b'\n');
            let start = from + passed.iter().take_while(is_end).count();
            if !self.has_remarks || !is_remark(self.bytes.get(start..end).unwrap_or_default()) {
                return Some((start, end));
            }
            let passed = self.bytes.get(start..end).unwrap_or_default();
            if let Some(length) = passed.iter().position(|b| is_end(&b)) {
                self.at = start + length;
                self.splitter.reset();
            }
        }
    }
}

type ProblemAt = (usize, ProblemKind);

impl Iterator for Delimited<'_> {
    type Item = Result<Record, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        let (start, end) = self.advance()?;
        self.count_lines(start);
        let line = self.line;
        match self.judge(start, end) {
            Ok(cells) => {
                let cells = cells.into_iter().zip(1..);
                let cells = cells.map(|(text, column)| Cell::of(text, line, column));
                let cells = cells.collect();
                Some(Ok(Record { line, cells }))
            }
            Err((column, kind)) => {
                let is_whole = matches!(
                    kind,
                    ProblemKind::Undecodable { .. }
                        | ProblemKind::LostCharacter
                        | ProblemKind::ZeroCharacter
                );
                if !is_whole {
                    self.go_back(start, end);
                }
                Some(Err(Problem::new(line, column, kind)))
            }
        }
    }
}

/// Whether a line is a remark: `#`, and no number behind it, as in a rank.
fn is_remark(line: &[u8]) -> bool {
    let rest = line.strip_prefix(b"#").map(<[u8]>::trim_ascii_start);
    rest.is_some_and(|rest| !rest.first().is_some_and(u8::is_ascii_digit))
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
