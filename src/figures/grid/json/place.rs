//! Places of JSON: the byte at which an object starts and the number of a field go in, the corners
//! of its value in the text come out. Never reads a value.

use std::borrow::Cow;

use super::super::Limits;
use super::keys;
use super::objects::{fields_of, offset};
use crate::source::Corner;

/// The line of a place whose object starts at a byte; line 1 is that of the header.
pub(super) fn line_of(byte: usize) -> usize {
    byte + 2
}

/// A text of as many bytes, in which a question mark stands for each byte that stands for no character.
fn shown(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    Cow::Owned(text)
}

/// Finds places in a text.
pub(in crate::figures) struct Locator<'a> {
    /// The text, with a sign for each byte that stands for no character.
    text: Cow<'a, str>,
    /// The first byte of each line.
    lines: Vec<usize>,
    keys: Vec<String>,
}

impl<'a> Locator<'a> {
    pub(in crate::figures) fn new(name: &str, bytes: &'a [u8], limits: &Limits) -> Locator<'a> {
        let text = shown(bytes);
        let ends = text.bytes().zip(1..).filter(|(byte, _)| *byte == b'\n');
        let lines = std::iter::once(0).chain(ends.map(|(_, next)| next));
        let lines = lines.collect();
        Locator {
            text,
            lines,
            keys: keys(name, bytes, limits).unwrap_or_default(),
        }
    }

    /// Where the value of a field starts and ends, for a place of a record or of the header.
    pub(in crate::figures) fn corners(&self, line: usize, column: usize) -> (Corner, Corner) {
        let key = column.checked_sub(1).and_then(|at| self.keys.get(at));
        let Some(start) = line.checked_sub(2) else {
            // The header is where its name first stands.
            let quoted = key.and_then(|key| serde_json::to_string(key).ok());
            let found = quoted.and_then(|quoted| Some((self.text.find(&quoted)?, quoted.len())));
            let (start, length) = found.unwrap_or((0, 0));
            return (self.corner(start), self.corner(start + length));
        };
        let rest = self.text.get(start..).unwrap_or_default();
        if rest.starts_with(char::is_whitespace) {
            return (self.corner(start), self.corner(start));
        }
        let mut values =
            serde_json::Deserializer::from_str(rest).into_iter::<&serde_json::value::RawValue>();
        let Some(Ok(raw)) = values.next() else {
            return (self.corner(start), self.corner(start));
        };
        let fields = fields_of(&self.text, raw.get()).unwrap_or_default();
        let field = fields.iter().find(|(name, _)| Some(name) == key);
        let value = field.map_or(raw.get(), |(_, value)| *value);
        let start = offset(&self.text, value);
        let end = match field {
            Some(_) => start + value.len(),
            // Of an object that lacks the field, its first sign.
            None => start + value.chars().next().map_or(0, char::len_utf8),
        };
        (self.corner(start), self.corner(end))
    }

    /// Line and column of a byte.
    pub(in crate::figures) fn corner(&self, byte: usize) -> Corner {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.lines.partition_point(|start| *start <= byte).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        let before = self.text.get(start..byte).unwrap_or_default();
        let before = before.trim_start_matches('\u{FEFF}');
        Corner {
            line,
            column: before.chars().count() + 1,
            utf16: before.encode_utf16().count() + 1,
            byte: Some(byte),
        }
    }
}
