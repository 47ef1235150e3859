//! Text in columns: a wide character takes two.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::verdict::{OutlookClass, Verdict};

/// The columns that a text takes on a terminal.
#[must_use]
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// The text with blanks behind it up to a width.
#[must_use]
pub fn pad(text: &str, to: usize) -> String {
    let missing = to.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(missing))
}

/// A word as a shell takes it: in quotes where a blank or a sign of the shell is in it.
///
/// ```
/// use plumbrule::report::shell_word;
///
/// assert_eq!(shell_word("rules/nip-2021"), "rules/nip-2021");
/// # if cfg!(not(windows)) {
/// assert_eq!(shell_word("it's here"), r"'it'\''s here'");
/// # }
/// ```
#[must_use]
pub fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+:@%,=".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else if cfg!(windows) {
        format!("\"{text}\"")
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

/// Text with signs that nobody sees made visible: control characters, marks that turn the direction of a
/// text, and letters without width.
pub(super) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            out.push_str(&format!("[U+{:04X}]", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// Text as a screen may show it: signs that nobody sees are made visible, so that no text of the input moves
/// what is shown or hides it. Colours stay where they are asked for.
///
/// ```
/// use plumbrule::report::on_screen;
///
/// let name = "Acme\u{1b}[2K";
/// assert_eq!(on_screen(name, true), "Acme[U+001B][2K");
/// let verdict = "\u{1b}[31;1mfail\u{1b}[0m";
/// assert_eq!(on_screen(verdict, true), verdict);
/// assert_eq!(on_screen(verdict, false), "[U+001B][31;1mfail[U+001B][0m");
/// ```
#[must_use]
pub fn on_screen(text: &str, colour: bool) -> String {
    let mut pieces = text.split('\u{1b}');
    let mut out = pieces.next().map(visible).unwrap_or_default();
    for piece in pieces {
        let is_kept = colour && is_colour(piece);
        out.push_str(if is_kept { "\u{1b}" } else { "[U+001B]" });
        out.push_str(&visible(piece));
    }
    out
}

/// Whether what follows an escape starts with a colour of letters, bold or dim, or the end of these. Black is
/// none, and nothing changes what is behind letters.
fn is_colour(piece: &str) -> bool {
    let inner = piece.strip_prefix('[').and_then(|it| it.split_once('m'));
    let is_one = |code: &str| {
        let code = code.parse().unwrap_or(u8::MAX);
        matches!(code, 0..=2 | 31..=37 | 91..=97)
    };
    inner.is_some_and(|(codes, _)| codes.split(';').all(is_one))
}

fn is_hidden(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{feff}' => true,
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => true,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        '\u{fff0}'..='\u{fffb}' | '\u{fffe}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}' => true,
        _ => c.is_control(),
    }
}

/// The columns that sentences take: those of the terminal, up to what an eye follows from the end of
/// one line to the start of the next.
pub(super) fn measure(columns: usize) -> usize {
    const MOST: usize = 120;
    columns.min(MOST)
}

/// The text in lines of at most `columns`, broken at blanks or between wide characters.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(8);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for piece in pieces(text) {
        let size = width(piece);
        if used + size > columns && used > 0 {
            lines.push(line.trim_end().to_owned());
            line = String::new();
            used = 0;
            if piece == " " {
                continue;
            }
        }
        line.push_str(piece);
        used += size;
    }
    if !line.trim_end().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Writes a text over lines of at most `columns`, `indent` blanks before the first of them and two
/// more before the others.
pub(super) fn hanging(
    w: &mut dyn Write,
    text: &str,
    columns: usize,
    indent: usize,
) -> io::Result<()> {
    let lines = wrap(text, measure(columns).saturating_sub(indent + 2));
    for (n, line) in lines.into_iter().enumerate() {
        let more = if n > 0 { 2 } else { 0 };
        writeln!(w, "{}{line}", " ".repeat(indent + more))?;
    }
    Ok(())
}

/// A sign for a verdict, so that no colour is needed to tell them apart; every font has it.
pub(super) fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fail => "\u{d7}",
        Verdict::Undetermined => "?",
        Verdict::Pending => "\u{2026}",
        Verdict::Waived => "\u{25cb}",
        Verdict::Pass => "\u{2713}",
        Verdict::Decided => "\u{2192}",
        Verdict::NotApplicable => "\u{2013}",
    }
}

/// A sign for how a pending target stands.
pub(super) fn outlook_sign(class: OutlookClass) -> &'static str {
    match class {
        OutlookClass::MetEarly | OutlookClass::OnTrack => "+",
        OutlookClass::OffTrack => "-",
        OutlookClass::Undetermined => "?",
    }
}

/// Words, blanks and single wide characters; a mark stays with what it opens or closes.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    let mut is_opened = false;
    for (at, c) in text.char_indices() {
        // A straight quote opens at the start of a word and closes elsewhere.
        let is_opening = opens(c) || (c == '"' && before.is_none_or(|it| it == ' ' || opens(it)));
        let is_closing = !is_opening && (closes(c) || c == '"');
        let is_apart = match before {
            None => false,
            Some(before) if before == ' ' || c == ' ' => true,
            Some(_) if is_opened || is_closing => false,
            Some(before) => is_wide(before) || is_wide(c),
        };
        if is_apart {
            pieces.extend(text.get(start..at));
            start = at;
        }
        before = Some(c);
        is_opened = is_opening;
    }
    pieces.extend(text.get(start..).filter(|last| !last.is_empty()));
    pieces
}

fn is_wide(c: char) -> bool {
    UnicodeWidthChar::width(c).unwrap_or(0) > 1
}

/// Marks that no line may end with.
fn opens(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '\u{2018}'
            | '\u{201C}'
            | '\u{3008}'
            | '\u{300A}'
            | '\u{300C}'
            | '\u{300E}'
            | '\u{3010}'
            | '\u{3014}'
            | '\u{FF08}'
    )
}

/// Marks that no line may start with.
fn closes(c: char) -> bool {
    let is_narrow = matches!(
        c,
        ')' | ']'
            | '}'
            | ','
            | '.'
            | ';'
            | ':'
            | '!'
            | '?'
            | '%'
            | '\u{2019}'
            | '\u{201D}'
            | '\u{2026}'
    );
    let is_wide = matches!(
        c,
        '\u{3001}'
            | '\u{3002}'
            | '\u{3009}'
            | '\u{300B}'
            | '\u{300D}'
            | '\u{300F}'
            | '\u{3011}'
            | '\u{3015}'
            | '\u{FF01}'
            | '\u{FF05}'
            | '\u{FF09}'
            | '\u{FF0C}'
            | '\u{FF1A}'
            | '\u{FF1B}'
            | '\u{FF1F}'
    );
    is_narrow || is_wide
}
