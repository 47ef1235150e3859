//! Addresses of files and places in texts, as the protocol writes them.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use plumbrule::editor::{Encoding, Lines, Position};

/// The path of a `file:` address; none of any other.
pub(super) fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    // What stands before the path is a host, which is this one.
    let rest = rest.get(rest.find('/')?..)?;
    let text = decoded(rest)?;
    let mut chars = text.chars();
    let is_drive = chars.next() == Some('/')
        && chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.next() == Some(':');
    Some(PathBuf::from(match is_drive {
        true => text.get(1..).unwrap_or(&text),
        false => &text,
    }))
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let (high, low) = (digit()?, digit()?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// The `file:` address of a path.
pub(super) fn uri(path: &Path) -> String {
    let text = path.display().to_string();
    let text = text.replace(std::path::MAIN_SEPARATOR, "/");
    let mut uri = String::from("file://");
    if !text.starts_with('/') {
        uri.push('/');
    }
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// A position; none where the value is none.
pub(super) fn position(value: &Value) -> Option<Position> {
    let part = |name: &str| usize::try_from(value.get(name)?.as_u64()?).ok();
    Some(Position {
        line: part("line")?,
        column: part("character")?,
    })
}

/// A text with its lines, for places in it.
pub(super) struct Ruled<'t> {
    text: &'t str,
    lines: Lines,
    encoding: Encoding,
}

impl<'t> Ruled<'t> {
    pub(super) fn new(text: &'t str, encoding: Encoding) -> Ruled<'t> {
        Ruled {
            text,
            lines: Lines::of(text),
            encoding,
        }
    }

    /// The byte of a position.
    pub(super) fn byte(&self, position: Position) -> usize {
        self.lines.byte(self.text, position, self.encoding)
    }

    /// The bytes of a range; none where the value is none.
    pub(super) fn bytes(&self, range: &Value) -> Option<(usize, usize)> {
        let start = self.byte(position(range.get("start")?)?);
        let end = self.byte(position(range.get("end")?)?);
        Some((start, end.max(start)))
    }

    /// The range of some bytes.
    pub(super) fn range(&self, start: usize, end: usize) -> Value {
        let corner = |byte| {
            let place = self.lines.position(self.text, byte, self.encoding);
            json!({ "line": place.line, "character": place.column })
        };
        json!({ "start": corner(start), "end": corner(end) })
    }
}
