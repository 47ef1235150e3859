//! A rule file in pieces: comments, items, and stretches that are not readable.
//!
//! Goes in: the text of a file. Comes out: its pieces in order. Items are read one at a time,
//! so that neither memory nor stack depends on more than the largest item.

use pest::Parser;
use pest::iterators::Pair;

use super::{Grammar, Limits, Rule};

/// How near to the border of a window an item may end and still be whole: longer than any
/// keyword, which decides where an item ends.
const BORDER: usize = 64;

/// A piece of a file. Places inside pairs count from `start`.
pub(super) enum Piece<'t> {
    /// A comment between items.
    Comment { start: usize, pair: Pair<'t, Rule> },
    /// A readable item.
    Item { start: usize, pair: Pair<'t, Rule> },
    /// An unreadable stretch, up to the next line that starts an item.
    Broken { start: usize, end: usize },
    /// An item with too many brackets inside each other; `at` is the one too many.
    TooDeep { at: usize },
    /// An item of too many bytes.
    TooLarge { start: usize, end: usize },
}

/// Reads a file piece by piece.
pub(super) fn pieces<'t>(text: &'t str, limits: &Limits, mut each: impl FnMut(Piece<'t>)) {
    let mut deep = deep_brackets(text, limits.nesting).into_iter().peekable();
    let mut start = 0;
    loop {
        start += gap(text.get(start..).unwrap_or(""), |pair| {
            each(Piece::Comment { start, pair });
        });
        let rest = text.get(start..).unwrap_or("");
        if rest.is_empty() {
            return;
        }
        while deep.next_if(|at| *at < start).is_some() {}
        if let Some(at) = deep.peek().copied() {
            let end = start + skipped(rest);
            if at < end {
                each(Piece::TooDeep { at });
                start = end;
                continue;
            }
        }
        let (piece, end) = entry(rest, start, limits.item);
        each(piece);
        start += end;
    }
}

/// The piece at the start of a text, and where it ends there.
fn entry<'t>(rest: &'t str, start: usize, limit: usize) -> (Piece<'t>, usize) {
    let window = head(rest, limit);
    let is_cut = window.len() < rest.len();
    let entry = match Grammar::parse(Rule::next, window) {
        Ok(mut pairs) => pairs.next().and_then(|next| next.into_inner().next()),
        // `next` takes anything; what it refuses is too deep for the stack.
        Err(error) => {
            let at = match error.location {
                pest::error::InputLocation::Pos(at) => at,
                pest::error::InputLocation::Span((at, _)) => at,
            };
            return (Piece::TooDeep { at: start + at }, skipped(rest));
        }
    };
    let end = entry.as_ref().map_or(0, |pair| pair.as_span().end());
    match entry {
        Some(pair) if pair.as_rule() == Rule::item => {
            let after = window.get(end..).unwrap_or("");
            if !is_cut || gap(after, |_| {}) < after.len() {
                return (Piece::Item { start, pair }, end);
            }
        }
        Some(_) if !is_cut || end + BORDER < window.len() => {
            let piece = Piece::Broken {
                start,
                end: start + end,
            };
            return (piece, end);
        }
        _ => {}
    }
    let end = skipped(rest);
    let piece = Piece::TooLarge {
        start,
        end: start + end,
    };
    (piece, end)
}

/// The longest start of a text that has no more bytes than this.
fn head(text: &str, bytes: usize) -> &str {
    (0..=bytes.min(text.len()))
        .rev()
        .find_map(|end| text.get(..end))
        .unwrap_or("")
}

/// The bytes of blanks and comments at the start of a text; each comment is shown.
fn gap<'t>(text: &'t str, mut each: impl FnMut(Pair<'t, Rule>)) -> usize {
    let Ok(pairs) = Grammar::parse(Rule::gap, text) else {
        return 0;
    };
    let mut end = 0;
    for gap in pairs {
        end = gap.as_span().end();
        gap.into_inner().for_each(&mut each);
    }
    end
}

/// The bytes up to the next line that starts an item; at least one character.
fn skipped(text: &str) -> usize {
    let pairs = Grammar::parse(Rule::skip, text);
    let end = pairs
        .ok()
        .and_then(|mut pairs| pairs.next())
        .map(|skip| skip.as_span().end());
    end.unwrap_or(text.len())
}

/// The first bracket of each item that stands in more than `limit` others.
fn deep_brackets(text: &str, limit: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let (mut depth, mut is_reported) = (0usize, false);
    let mut at_line_start = true;
    for (at, c) in code(text) {
        match c {
            '(' | '（' | '[' | '［' | '{' | '｛' => {
                depth += 1;
                if depth > limit && !is_reported {
                    is_reported = true;
                    found.push(at);
                }
            }
            ')' | '）' | ']' | '］' | '}' | '｝' => depth = depth.saturating_sub(1),
            // A bracket that an item leaves open is not the depth of the next item.
            _ if at_line_start && c.is_alphabetic() => (depth, is_reported) = (0, false),
            _ => {}
        }
        at_line_start = matches!(c, '\n' | '\r');
    }
    found
}

/// Where the last character outside blanks and comments ends.
pub(super) fn code_end(text: &str) -> usize {
    let mut end = 0;
    for (at, c, _) in walk(text) {
        if !c.is_whitespace() && c != '\u{FEFF}' {
            end = at + c.len_utf8();
        }
    }
    end
}

/// What the characters at a place belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Code,
    Comment,
    /// A text or quoted name up to this character.
    Quoted(char),
    /// The character behind a backslash of a text.
    Escape,
}

/// The characters outside comments, with their places and whether they stand outside texts too.
fn walk(text: &str) -> impl Iterator<Item = (usize, char, bool)> + '_ {
    let mut inside = Inside::Code;
    text.char_indices().filter_map(move |(at, c)| {
        let before = inside;
        let doubled = || {
            text.get(at + c.len_utf8()..)
                .is_some_and(|rest| rest.starts_with(c))
        };
        inside = match (before, c) {
            (_, '\n' | '\r') => Inside::Code,
            (Inside::Code, '/' | '／') if doubled() => Inside::Comment,
            (Inside::Code, '"' | '`') => Inside::Quoted(c),
            (Inside::Code, '“') => Inside::Quoted('”'),
            (Inside::Code, '「') => Inside::Quoted('」'),
            (Inside::Quoted('"'), '\\') => Inside::Escape,
            (Inside::Escape, _) => Inside::Quoted('"'),
            (Inside::Quoted(close), _) if c == close => Inside::Code,
            _ => before,
        };
        let is_code = before == Inside::Code && inside == Inside::Code;
        (inside != Inside::Comment).then_some((at, c, is_code))
    })
}

/// The characters outside texts, quoted names and comments.
fn code(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    walk(text).filter_map(|(at, c, is_code)| is_code.then_some((at, c)))
}
