//! Places as an editor counts them: lines from 0, columns in the units that were agreed on.

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Code units of UTF-16, two for a character beyond the first plane.
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// All of them, the one that costs least first.
    pub const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf32, Encoding::Utf16];

    /// Its name in the protocol.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16 => "utf-16",
            Encoding::Utf32 => "utf-32",
        }
    }

    /// Units of a character.
    fn width(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }
}

/// A place between two characters of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, counted from 0.
    pub line: usize,
    /// The column, counted from 0 in the units of an [`Encoding`].
    pub column: usize,
}

/// The lines of a text. They end with `\n`, `\r\n` or `\r`.
///
/// ```
/// use plumbrule::editor::{Encoding, Lines, Position};
///
/// let text = "名 😀 a\nb";
/// let lines = Lines::of(text);
/// let place = Position { line: 0, column: 4 };
/// let byte = lines.byte(text, place, Encoding::Utf16);
/// assert_eq!(byte, 8);
/// assert_eq!(lines.position(text, byte, Encoding::Utf8).column, 8);
/// assert_eq!(lines.position(text, byte, Encoding::Utf32).column, 3);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    /// The first byte of each line, and the byte after its last character.
    lines: Vec<(usize, usize)>,
}

impl Lines {
    /// The lines of a text.
    #[must_use]
    pub fn of(text: &str) -> Lines {
        let mut lines = Vec::new();
        let mut start = 0;
        let mut bytes = text.bytes().enumerate().peekable();
        while let Some((at, byte)) = bytes.next() {
            let end = match byte {
                b'\r' if bytes.next_if(|(_, next)| *next == b'\n').is_some() => at + 2,
                b'\r' | b'\n' => at + 1,
                _ => continue,
            };
            lines.push((start, at));
            start = end;
        }
        lines.push((start, text.len()));
        Lines { lines }
    }

    /// The byte at a position. One behind the end of its line is the end of the line, one inside a
    /// character its start, and one behind the last line the end of the text.
    #[must_use]
    pub fn byte(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let Some((start, end)) = self.lines.get(position.line).copied() else {
            return text.len();
        };
        let mut column = 0;
        for (at, c) in text.get(start..end).unwrap_or("").char_indices() {
            column += encoding.width(c);
            if column > position.column {
                return start + at;
            }
        }
        end
    }

    /// The position of a byte; of one inside a character, that of the character.
    #[must_use]
    pub fn position(&self, text: &str, byte: usize, encoding: Encoding) -> Position {
        let line = self.lines.partition_point(|(start, _)| *start <= byte);
        let line = line.saturating_sub(1);
        let (start, end) = self.lines.get(line).copied().unwrap_or((0, 0));
        let before = text.get(start..end).unwrap_or("").char_indices();
        let before = before.take_while(|(at, c)| start + at + c.len_utf8() <= byte);
        Position {
            line,
            column: before.map(|(_, c)| encoding.width(c)).sum(),
        }
    }

    /// The position behind the last character of the text.
    #[must_use]
    pub fn end(&self, text: &str, encoding: Encoding) -> Position {
        self.position(text, text.len(), encoding)
    }
}
