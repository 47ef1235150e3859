//! The words of a text that is still being typed, without a parser: where keywords stand, and what
//! word a place is in.

use crate::syntax::{Keyword, keywords};

/// A keyword where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub(crate) keyword: &'static Keyword,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Whether a character may stand inside a name, a unit or a keyword.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '%' | '\u{2030}' | '\u{ff05}')
}

/// Where the word begins that ends at a byte.
pub(crate) fn word_start(text: &str, byte: usize) -> usize {
    let before = text.get(..byte).unwrap_or("");
    let word = before.chars().rev().take_while(|c| is_word(*c));
    byte - word.map(char::len_utf8).sum::<usize>()
}

/// The keywords of one line, or of a part of one, in order; texts in quotes and comments are passed
/// over.
pub(crate) fn keywords_in(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut quoted: Option<char> = None;
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let next = at + c.len_utf8();
        match quoted {
            Some(close) => {
                if c == close || c == '\n' {
                    quoted = None;
                }
                at = next;
                continue;
            }
            None => quoted = closing(c),
        }
        if quoted.is_some() {
            at = next;
            continue;
        }
        if text.get(at..).is_some_and(|rest| rest.starts_with("//")) {
            let line = text.get(at..).and_then(|rest| rest.find('\n'));
            at = line.map_or(text.len(), |line| at + line);
            continue;
        }
        if !c.is_alphabetic() {
            at = next;
            continue;
        }
        match keyword_at(text, at) {
            Some(one) => {
                at = one.end;
                found.push(one);
            }
            None => at = word_end(text, at),
        }
    }
    found
}

/// The longest keyword that starts at a byte and ends where a word does.
pub(crate) fn keyword_at(text: &str, start: usize) -> Option<Found> {
    let rest = text.get(start..)?;
    let forms = keywords()
        .iter()
        .flat_map(|keyword| [(keyword, keyword.en), (keyword, keyword.zh)]);
    let fits = forms.filter_map(|(keyword, form)| Some((keyword, matched(rest, form)?)));
    // Of two readings of a word the first of the table is the commoner.
    let longest = fits.fold(None, |best, (keyword, length)| match best {
        Some((_, known)) if known >= length => best,
        _ => Some((keyword, length)),
    });
    longest.map(|(keyword, length)| Found {
        keyword,
        start,
        end: start + length,
    })
}

/// The bytes that a form of a keyword takes at the start of a text: words may be apart by several
/// blanks, and no letter follows.
fn matched(text: &str, form: &str) -> Option<usize> {
    let mut rest = text;
    for (n, word) in form.split(' ').enumerate() {
        if n > 0 {
            let trimmed = rest.trim_start_matches([' ', '\t', '\u{3000}', '\u{a0}']);
            if trimmed.len() == rest.len() {
                return None;
            }
            rest = trimmed;
        }
        rest = rest.strip_prefix(word)?;
    }
    let next = rest.chars().next();
    let is_english = form.is_ascii();
    let goes_on =
        next.is_some_and(|c| c.is_alphabetic() || c == '_' || (is_english && c.is_numeric()));
    (!goes_on).then_some(text.len() - rest.len())
}

fn word_end(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or("");
    let word = rest
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_');
    start + word.map(char::len_utf8).sum::<usize>().max(1)
}

/// The quote that ends what another one begins.
fn closing(c: char) -> Option<char> {
    match c {
        '"' | '`' => Some(c),
        '\u{201c}' => Some('\u{201d}'),
        '\u{300c}' => Some('\u{300d}'),
        _ => None,
    }
}
