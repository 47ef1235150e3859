//! Text in columns: a wide character takes two.

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

/// The text in lines of at most `columns`, broken at blanks or between wide characters.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(8);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for piece in pieces(text) {
        let size = width(&piece);
        if used + size > columns && used > 0 {
            lines.push(line.trim_end().to_owned());
            line = String::new();
            used = 0;
            if piece == " " {
                continue;
            }
        }
        line.push_str(&piece);
        used += size;
    }
    if !line.trim_end().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// A sign for a verdict, so that no colour is needed to tell them apart; every font has it.
pub(super) fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fail => "\u{d7}",
        Verdict::Undetermined => "?",
        Verdict::Pending => "\u{2026}",
        Verdict::Waived => "\u{25cb}",
        Verdict::Pass => "\u{2713}",
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

/// Words, blanks and single wide characters; a closing mark stays with what it closes.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        let is_wide = UnicodeWidthChar::width(c).unwrap_or(0) > 1;
        let is_closing = matches!(
            c,
            '\u{3002}'
                | '\u{FF0C}'
                | '\u{3001}'
                | '\u{FF1B}'
                | '\u{FF1A}'
                | '\u{FF09}'
                | '\u{300B}'
                | '\u{300D}'
                | '\u{3015}'
                | '\u{FF01}'
                | '\u{FF1F}'
        );
        if is_closing {
            word.push(c);
            continue;
        }
        if is_wide || c == ' ' {
            if !word.is_empty() {
                pieces.push(std::mem::take(&mut word));
            }
            if c == ' ' {
                pieces.push(" ".to_owned())
            } else {
                word.push(c)
            }
            continue;
        }
        let follows_wide = word
            .chars()
            .last()
            .is_some_and(|last| UnicodeWidthChar::width(last).unwrap_or(0) > 1);
        if follows_wide {
            pieces.push(std::mem::take(&mut word));
        }
        word.push(c);
    }
    if !word.is_empty() {
        pieces.push(word);
    }
    pieces
}
