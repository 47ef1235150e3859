//! Where objects start and end in a text of many: bytes go in, places come out. Never reads a value.

use crate::bulk::source::feed::End;

/// How objects follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// One on each line.
    Lines,
    /// In a list, with commas between.
    List,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// A row, its first byte and the one behind it.
    Row(usize, usize),
    /// Nothing.
    Over,
    /// Something that may not stand there.
    Fault(usize),
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// The place of the first byte that is no blank.
fn skipped(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let length = rest.iter().position(|byte| !is_blank(*byte));
    at + length.unwrap_or(rest.len())
}

/// How the objects of a text follow each other, by its first bytes, and where they start.
pub(super) fn form_of(first: &[u8]) -> (Form, usize) {
    let mark = match first.starts_with(b"\xEF\xBB\xBF") {
        true => 3,
        false => 0,
    };
    let at = skipped(first, mark);
    match first.get(at) {
        Some(b'[') => (Form::List, at + 1),
        _ => (Form::Lines, mark),
    }
}

impl Form {
    /// The next row at a place; `is_first` says whether none stands before it.
    pub(super) fn next(self, text: &[u8], at: usize, is_first: bool, is_last: bool) -> Next {
        let start = skipped(text, at);
        let Some(first) = text.get(start) else {
            // A list has an end.
            return match self == Form::List && is_last {
                true => Next::Fault(text.len()),
                false => Next::Over,
            };
        };
        if self == Form::Lines {
            let rest = text.get(start..).unwrap_or_default();
            return match memchr::memchr(b'\n', rest) {
                Some(length) => Next::Row(start, start + length),
                None if is_last => Next::Row(start, text.len()),
                None => Next::Over,
            };
        }
        let start = match (first, is_first) {
            (b']', _) => {
                let behind = skipped(text, start + 1);
                return match behind < text.len() {
                    true => Next::Fault(behind),
                    false => Next::Over,
                };
            }
            (b',', false) => skipped(text, start + 1),
            (_, true) => start,
            _ => return Next::Fault(start),
        };
        match (text.get(start), end_of_object(text, start)) {
            (Some(b'{'), Some(end)) => Next::Row(start, end),
            (Some(b'{') | None, None) if !is_last => Next::Over,
            (Some(b'{'), None) => Next::Fault(text.len()),
            _ => Next::Fault(start),
        }
    }

    /// The first byte of the next object, where it is one that may stand there.
    #[inline]
    pub(super) fn start(self, text: &[u8], at: usize, is_first: bool) -> Option<usize> {
        let mut start = skipped(text, at);
        if self == Form::List && !is_first {
            let is_comma = text.get(start) == Some(&b',');
            start = is_comma.then(|| skipped(text, start + 1))?;
        }
        (text.get(start) == Some(&b'{')).then_some(start)
    }

    /// Whether an object may end before a byte.
    #[inline]
    pub(super) fn ends(self, text: &[u8], to: usize) -> bool {
        if self == Form::List || text.get(to) == Some(&b'\n') {
            return to <= text.len();
        }
        let rest = text.get(to..).unwrap_or_default();
        let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let rest = rest.get(..length).unwrap_or_default();
        to <= text.len() && rest.iter().all(|byte| is_blank(*byte))
    }

    /// Where a text may be cut behind an object, and how many there are before; none where no object
    /// ends in it. All of the last text is taken.
    pub(super) fn cut(self, text: &[u8], is_first: bool, is_last: bool) -> Option<End> {
        if self == Form::Lines {
            let end = match is_last {
                true => text.len(),
                false => memchr::memrchr(b'\n', text)? + 1,
            };
            let text = text.get(..end)?;
            let (mut start, mut n_rows) = (0, 0);
            for next in memchr::memchr_iter(b'\n', text).chain([end]) {
                let line = text.get(start..next).unwrap_or_default();
                n_rows += u64::from(!line.iter().all(|byte| is_blank(*byte)));
                start = next + 1;
            }
            return Some(End::new(end, n_rows));
        }
        let (mut cut, mut n_rows) = (0, 0);
        while let Next::Row(_, end) = self.next(text, cut, is_first && cut == 0, is_last) {
            cut = end;
            n_rows += 1;
        }
        match is_last {
            true => Some(End::new(text.len(), n_rows)),
            false if n_rows > 0 => Some(End::new(cut, n_rows)),
            // What is no object is told when it is read.
            false => match self.next(text, 0, is_first, false) {
                Next::Fault(_) => Some(End::new(text.len(), 0)),
                _ => None,
            },
        }
    }
}

/// The byte behind an object that starts at one; none where it does not end.
fn end_of_object(text: &[u8], start: usize) -> Option<usize> {
    let (mut at, mut depth) = (start, 0_usize);
    loop {
        at += memchr::memchr3(b'"', b'{', b'}', text.get(at..)?)?;
        match text.get(at)? {
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => at = end_of_text(text, at + 1)?,
        }
        at += 1;
    }
}

/// The quotation mark that ends a text.
fn end_of_text(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr::memchr2(b'"', b'\\', text.get(at..)?)?;
        if text.get(at) == Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}
