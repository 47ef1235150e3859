//! Where the cells of a table stand in its text: bytes and the number of a line and of a cell go
//! in, the corners of the cell come out. Never reads what a cell says; where it is not sure, it
//! says nothing.

use crate::source::Corner;

/// Bytes may be passed this many times over before nothing more is looked for.
const PASSES: usize = 8;

/// The text of a table, cut into lines as far as somebody asked.
pub(crate) struct Extents<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    /// The first byte of each line.
    lines: Vec<usize>,
    /// Up to where lines are cut.
    cut: usize,
    /// Bytes that may still be passed.
    left: usize,
}

impl<'a> Extents<'a> {
    pub(crate) fn new(bytes: &'a [u8], delimiter: u8) -> Extents<'a> {
        Extents {
            bytes,
            delimiter,
            lines: vec![0],
            cut: 0,
            left: bytes.len().saturating_mul(PASSES),
        }
    }

    /// Cuts lines while one is wanted.
    fn cut_while(&mut self, is_wanted: impl Fn(&[usize], usize) -> bool) {
        while is_wanted(&self.lines, self.cut)
            && let Some(byte) = self.bytes.get(self.cut)
        {
            self.cut += 1;
            let is_alone = || self.bytes.get(self.cut) != Some(&b'\n');
            if *byte == b'\n' || *byte == b'\r' && is_alone() {
                self.lines.push(self.cut);
            }
        }
    }

    /// The corners of a cell of the record that starts on a line.
    pub(crate) fn cell(&mut self, line: usize, column: usize) -> Option<(Corner, Corner)> {
        self.cut_while(|lines, _| lines.len() < line);
        let mut start = *self.lines.get(line.checked_sub(1)?)?;
        let mut number = 1;
        loop {
            let end = self.end_of_cell(start)?;
            self.left = self.left.checked_sub(end - start + 1)?;
            if number == column {
                return Some((self.corner(start)?, self.corner(end)?));
            }
            if self.bytes.get(end) != Some(&self.delimiter) {
                return None;
            }
            start = end + 1;
            number += 1;
        }
    }

    /// The first byte of every cell of the record that starts on a line, and the byte after it; the
    /// cells before the first that does not end as it should.
    pub(crate) fn record(&mut self, line: usize) -> Vec<(usize, usize)> {
        self.cut_while(|lines, _| lines.len() < line);
        let mut found = Vec::new();
        let first = line.checked_sub(1).and_then(|at| self.lines.get(at));
        let mut next = first.copied();
        while let Some(start) = next {
            let Some(end) = self.end_of_cell(start) else {
                break;
            };
            found.push((start, end));
            next = (self.bytes.get(end) == Some(&self.delimiter)).then_some(end + 1);
        }
        found
    }

    /// The byte after a cell; nothing for a quoted cell that does not end as it should.
    fn end_of_cell(&self, start: usize) -> Option<usize> {
        let rest = self.bytes.get(start..)?;
        let is_end = |byte: &u8| *byte == self.delimiter || matches!(byte, b'\r' | b'\n');
        let Some(quoted) = rest.strip_prefix(b"\"") else {
            return Some(start + rest.iter().position(is_end).unwrap_or(rest.len()));
        };
        let mut at = 0;
        loop {
            let found = quoted.get(at..self.left.min(quoted.len()))?;
            at += found.iter().position(|byte| *byte == b'"')? + 1;
            match quoted.get(at) {
                Some(b'"') => at += 1,
                None => return Some(start + 1 + at),
                Some(byte) if is_end(byte) => return Some(start + 1 + at),
                Some(_) => return None,
            }
        }
    }

    fn corner(&mut self, byte: usize) -> Option<Corner> {
        self.cut_while(|_, cut| cut < byte);
        let line = self.lines.partition_point(|start| *start <= byte);
        let start = *self.lines.get(line.checked_sub(1)?)?;
        let before = std::str::from_utf8(self.bytes.get(start..byte)?).ok()?;
        let before = if line == 1 {
            before.trim_start_matches('\u{FEFF}')
        } else {
            before
        };
        Some(Corner {
            line,
            column: before.chars().count() + 1,
            utf16: before.encode_utf16().count() + 1,
            byte: Some(byte),
        })
    }
}
