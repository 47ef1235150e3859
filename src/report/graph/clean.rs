//! Labels made fit for one line of a picture: any text goes in, text without control characters
//! and without marks that turn its direction comes out, in lines of a bounded width.

use unicode_width::UnicodeWidthChar;

use crate::report::{width, wrap};

/// The text on one line: blanks for line ends and tabs, nothing for other controls.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let is_blank = c.is_whitespace();
        // Direction marks would turn what follows them; the last two are no characters at all.
        let is_dropped = c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}');
        if is_blank {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_dropped {
            out.push(c);
        }
    }
    out.trim().to_owned()
}

/// The text in at most `most` lines of at most `columns`; an ellipsis where more was left out.
pub(super) fn lines(text: &str, columns: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    // Far more than can be shown need not be wrapped.
    let text: String = clean(text).chars().take(columns * (most + 1)).collect();
    for line in wrap(&text, columns) {
        lines.extend(split(&line, columns));
    }
    lines.retain(|line| !line.is_empty());
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while width(last) >= columns {
                last.pop();
            }
            last.push('\u{2026}');
        }
    }
    lines
}

/// A line without blanks to break at, cut after a mark between words, or anywhere.
fn split(line: &str, columns: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let (mut part, mut used, mut mark) = (String::new(), 0, None);
    for c in line.chars() {
        let size = UnicodeWidthChar::width(c).unwrap_or(0);
        if used + size > columns && used > 0 {
            let at = mark.take().unwrap_or(part.len());
            let rest = part.split_off(at);
            parts.push(std::mem::replace(&mut part, rest));
            used = width(&part);
        }
        part.push(c);
        used += size;
        if matches!(c, '_' | '-' | '.' | '/' | ' ') && used * 2 > columns {
            mark = Some(part.len());
        }
    }
    parts.push(part);
    parts.iter().map(|part| part.trim().to_owned()).collect()
}
