//! Where rows start and end in delimited text: bytes go in, places come out. Blank lines and remarks
//! are no rows. Never looks at what a cell says.

use crate::bulk::source::feed::End;

/// What tells rows apart.
pub(super) struct Rules {
    delimiter: u8,
    has_remarks: bool,
    /// The bytes with which a line may start that is no row.
    doubtful: [bool; 256],
}

impl Rules {
    pub(super) fn new(delimiter: u8, has_remarks: bool) -> Rules {
        let is_doubtful = |byte: u8| {
            byte <= b' '
                || byte == delimiter
                || byte == b'#' && has_remarks
                || matches!(byte, b'"' | 0xC2 | 0xE1..=0xE3)
        };
        let mut doubtful = [false; 256];
        for (byte, known) in (0..=u8::MAX).zip(&mut doubtful) {
            *known = is_doubtful(byte);
        }
        Rules {
            delimiter,
            has_remarks,
            doubtful,
        }
    }

    /// Where the row starts that comes next at a byte or behind it, which is the start of a line.
    #[inline]
    pub(super) fn next_row(&self, text: &[u8], mut at: usize) -> Option<usize> {
        loop {
            let first = *text.get(at)?;
            if !self.doubtful.get(usize::from(first)).is_some_and(|it| *it) {
                return Some(at);
            }
            match self.passed(text, at) {
                0 => return Some(at),
                length => at += length,
            }
        }
    }

    /// Whether a row starts at a byte that is the start of a line.
    #[inline]
    pub(super) fn is_row(&self, text: &[u8], at: usize) -> bool {
        let first = text.get(at).copied().map_or(0, usize::from);
        !self.doubtful.get(first).is_some_and(|it| *it) || self.passed(text, at) == 0
    }

    /// The bytes of a line that is no row.
    fn passed(&self, text: &[u8], at: usize) -> usize {
        let rest = text.get(at..).unwrap_or_default();
        if let [b'"', second, ..] = rest
            && !matches!(second, b'"' | 0..=b' ' | 0x80..)
        {
            return 0;
        }
        let length = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let line = rest.get(..length).unwrap_or_default();
        let is_none = match line.strip_prefix(b"#").filter(|_| self.has_remarks) {
            // A number behind it is a rank.
            Some(rest) => !rest
                .trim_ascii_start()
                .first()
                .is_some_and(u8::is_ascii_digit),
            None => self.is_blank(line),
        };
        match is_none {
            true => (length + 1).min(rest.len()),
            false => 0,
        }
    }

    fn is_blank(&self, line: &[u8]) -> bool {
        let mut cells = line.split(|byte| *byte == self.delimiter);
        cells.all(|cell| {
            let quoted = cell.strip_prefix(b"\"");
            let inner = quoted.and_then(|rest| rest.strip_suffix(b"\""));
            std::str::from_utf8(inner.unwrap_or(cell)).is_ok_and(|cell| cell.trim().is_empty())
        })
    }

    /// Where a text may be cut behind a record, and how many rows there are before; none where no
    /// record ends in it. All of the last text is taken.
    pub(super) fn cut(&self, text: &[u8], is_last: bool) -> Option<End> {
        // Where there are neither quotation marks nor carriage returns one look tells it.
        let is_plain = memchr::memchr2(b'"', b'\r', text).is_none_or(|first| {
            let rest = text.get(first..).unwrap_or_default();
            let mut returns = memchr::memchr_iter(b'\r', rest);
            memchr::memchr(b'"', rest).is_none()
                && returns.all(|at| rest.get(at + 1) == Some(&b'\n'))
        });
        if !is_plain {
            return self.cut_slowly(text, is_last);
        }
        let end = match is_last {
            true => text.len(),
            false => memchr::memrchr(b'\n', text)? + 1,
        };
        let text = text.get(..end)?;
        let (mut start, mut n_rows, mut n_lines) = (0, 0, 0);
        let ends = memchr::memchr_iter(b'\n', text).chain([end]);
        for next in ends {
            n_lines += 1;
            if let Some(first) = text.get(start).filter(|_| start < next) {
                let is_sure = !self.doubtful.get(usize::from(*first)).is_some_and(|it| *it);
                n_rows += u64::from(is_sure || self.passed(text, start) == 0);
            }
            start = next + 1;
        }
        // The end of the text ends no line.
        Some(End {
            n_feeds: Some(n_lines - 1),
            ..End::new(end, n_rows)
        })
    }

    fn cut_slowly(&self, text: &[u8], is_last: bool) -> Option<End> {
        let (mut cut, mut n_rows) = (0, 0);
        while let Some(start) = self.next_row(text, cut) {
            let Some(end) = self.end_of_row(text, start) else {
                break;
            };
            cut = end;
            n_rows += 1;
        }
        if is_last {
            let is_more = self.next_row(text, cut).is_some();
            return Some(End::new(text.len(), n_rows + u64::from(is_more)));
        }
        (cut > 0).then_some(End::new(cut, n_rows))
    }

    /// The byte behind the end of a row; none where the text ends before it may be known.
    fn end_of_row(&self, text: &[u8], start: usize) -> Option<usize> {
        let mut from = start;
        loop {
            let found = from + memchr::memchr3(b'"', b'\n', b'\r', text.get(from..)?)?;
            if text.get(found) != Some(&b'"') {
                return Some(found + 1);
            }
            from = found + 1;
            // A quotation mark within a cell is a sign like any other.
            let before = found.checked_sub(1).and_then(|before| text.get(before));
            if found == start || before == Some(&self.delimiter) {
                from = closed(text, from)?;
            }
        }
    }
}

/// The byte behind the quotation mark that closes a cell; none where what follows it is not known.
fn closed(text: &[u8], mut from: usize) -> Option<usize> {
    loop {
        from += memchr::memchr(b'"', text.get(from..)?)? + 1;
        if *text.get(from)? != b'"' {
            return Some(from);
        }
        from += 1;
    }
}
