//! One flat object as cells: its bytes go in, its values are put behind those of the columns. Names
//! are looked for where they stood in the object before. What is not plain is left to others.

use super::super::columns::{Column, Columns, end};
use super::super::number;
use crate::bulk::block::Wanted;

/// The names of the fields, quoted as they stand in the text.
pub(super) struct Names(Vec<Vec<u8>>);

impl Names {
    pub(super) fn new(header: &[String]) -> Names {
        let quoted = |name: &String| [b"\"", name.as_bytes(), b"\""].concat();
        Names(header.iter().map(quoted).collect())
    }

    /// Reads the object that starts at a byte into the columns, and says where it ends; nothing
    /// where it is to be read with more care.
    pub(super) fn row(
        &self,
        bytes: &[u8],
        start: usize,
        columns: &mut Columns,
        filled: &mut [u32],
        row: usize,
        most: usize,
    ) -> Option<usize> {
        let (mut at, mut expected, mut n_filled) = (skipped(bytes, start + 1), 0, 0);
        let mark = end(row + 1);
        if bytes.get(at) == Some(&b'}') {
            at += 1;
        } else {
            loop {
                let place = self.place(bytes.get(at..)?, expected)?;
                let filled = filled.get_mut(place)?;
                if *filled == mark {
                    return None;
                }
                *filled = mark;
                at = skipped(bytes, at + self.0.get(place)?.len());
                if bytes.get(at) != Some(&b':') {
                    return None;
                }
                at = skipped(bytes, at + 1);
                at = value(bytes, at, columns.0.get_mut(place)?, end(row), most)?;
                (expected, n_filled) = (place + 1, n_filled + 1);
                at = skipped(bytes, at);
                let sign = *bytes.get(at)?;
                at += 1;
                match sign {
                    b',' => at = skipped(bytes, at),
                    b'}' => break,
                    _ => return None,
                }
            }
        }
        if n_filled < self.0.len() {
            for (column, filled) in columns.0.iter_mut().zip(filled.iter()) {
                if *filled != mark {
                    column.blank();
                }
            }
        }
        Some(at)
    }

    /// The column of the name with which a text starts, looked for from the one expected on.
    #[inline]
    fn place(&self, text: &[u8], expected: usize) -> Option<usize> {
        let behind = self.0.iter().enumerate().skip(expected);
        let before = self.0.iter().enumerate().take(expected);
        let mut all = behind.chain(before);
        all.find(|(_, name)| text.starts_with(name)).map(|it| it.0)
    }
}

#[inline(always)]
fn skipped(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
        at += 1;
    }
    at
}

/// Puts a value behind those of its column, and says where it ends.
#[inline]
fn value(bytes: &[u8], at: usize, column: &mut Column, row: u32, most: usize) -> Option<usize> {
    let first = *bytes.get(at)?;
    match first {
        b'"' => {
            let rest = bytes.get(at + 1..)?;
            let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1F);
            let length = rest.iter().position(is_special)?;
            if rest.get(length) != Some(&b'"') || length > most {
                return None;
            }
            column.text(row, rest.get(..length)?);
            Some(at + length + 2)
        }
        b'0'..=b'9' | b'-' => {
            let ends =
                |at: usize| matches!(bytes.get(at), Some(b',' | b'}' | b' ' | b'\n' | b'\r'));
            let has_zero = first == b'0' && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            if column.wanted == Wanted::Numbers
                && !has_zero
                && let Some((value, end)) = number::quick(bytes, at)
                && ends(end)
            {
                column.values.push(value);
                return Some(end);
            }
            let rest = bytes.get(at..)?;
            let is_sign = |byte: &u8| !matches!(byte, b'0'..=b'9' | b'.' | b'-');
            let length = rest.iter().position(is_sign)?;
            let digits = rest.get(..length)?;
            if !ends(at + length) || !is_plain(digits) || length > most {
                return None;
            }
            column.text(row, digits);
            Some(at + length)
        }
        b'n' | b't' | b'f' => {
            let words: [&[u8]; 3] = [b"null", b"true", b"false"];
            let rest = bytes.get(at..)?;
            let word = words.into_iter().find(|word| rest.starts_with(word))?;
            match first {
                b'n' => column.blank(),
                _ => column.text(row, word),
            }
            Some(at + word.len())
        }
        _ => None,
    }
}

/// Whether digits are a number of JSON without a power of ten.
fn is_plain(digits: &[u8]) -> bool {
    let digits = digits.strip_prefix(b"-").unwrap_or(digits);
    let mut parts = digits.splitn(2, |byte| *byte == b'.');
    let are_digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    let whole = parts.next().unwrap_or_default();
    let is_whole = are_digits(whole) && (whole.len() == 1 || whole.first() != Some(&b'0'));
    is_whole && parts.next().is_none_or(are_digits)
}
