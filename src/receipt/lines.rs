//! Lines: which of a file were changed, and where two outputs part. Compares texts; says nothing
//! of what they mean.

use super::{clipped, sha256};

/// Lines of a file beyond which it gets no marks.
const MOST_LINES: usize = 20_000;
/// Digits of a mark. It points at a line; the digest of the file is what proves a change.
const DIGITS: usize = 6;

/// Lines of a file that are not those of the receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedLines {
    /// Their numbers in the file as it is now, from 1. Where lines were taken out, the one that
    /// stands in their place.
    pub numbers: Vec<usize>,
    /// The first of them as it is now, shortened; empty where the file itself is not there.
    pub first: String,
}

/// A short mark of each line, one after the other; nothing for what is no text.
pub(super) fn marks(bytes: &[u8]) -> String {
    let is_long = bytes.iter().filter(|byte| **byte == b'\n').count() >= MOST_LINES;
    if is_long || bytes.contains(&0) || std::str::from_utf8(bytes).is_err() {
        return String::new();
    }
    let lines = bytes.split(|byte| *byte == b'\n');
    let marks = lines.map(|line| sha256(line).chars().take(DIGITS).collect::<String>());
    marks.collect()
}

/// Which lines were changed, by the marks of then and now.
pub(super) fn changed(was: &str, now: &str, bytes: &[u8]) -> Option<ChangedLines> {
    let (was, now) = (split(was), split(now));
    if was.is_empty() || now.is_empty() {
        return None;
    }
    let same = |(a, b): &(&&[u8], &&[u8])| a == b;
    let head = was.iter().zip(&now).take_while(same).count();
    let most = was.len().min(now.len()) - head;
    let tail = was.iter().rev().zip(now.iter().rev());
    let tail = tail.take_while(same).take(most).count();
    let inner = head..now.len() - tail;
    let numbers: Vec<usize> = if was.len() == now.len() {
        let both = was.iter().zip(&now).enumerate();
        both.filter(|(_, (a, b))| a != b)
            .map(|(n, _)| n + 1)
            .collect()
    } else if inner.is_empty() {
        vec![(head + 1).min(now.len())]
    } else {
        inner.map(|n| n + 1).collect()
    };
    let first = *numbers.first()?;
    // Of a file that is not there only the numbers are known.
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let line = lines.nth(first - 1).unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    let words: Vec<&str> = line.split_whitespace().collect();
    Some(ChangedLines {
        numbers,
        first: clipped(&words.join(" ")),
    })
}

fn split(marks: &str) -> Vec<&[u8]> {
    marks.as_bytes().chunks(DIGITS).collect()
}

/// Where two outputs part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The first byte that differs, from 0.
    pub byte: usize,
    /// Its line, from 1; none where one of both is no text.
    pub line: Option<usize>,
    /// That line of the kept output; empty past its end.
    pub was: String,
    /// That line of the output now; empty past its end.
    pub now: String,
}

/// The first byte in which two outputs differ, with its line where both are texts.
///
/// ```
/// let place = plumbrule::receipt::first_difference(b"a\nb\n", b"a\nc\n");
/// let place = place.map(|place| (place.byte, place.line, place.was, place.now));
/// assert_eq!(place, Some((2, Some(2), "b".to_owned(), "c".to_owned())));
/// ```
#[must_use]
pub fn first_difference(was: &[u8], now: &[u8]) -> Option<Place> {
    if was == now {
        return None;
    }
    let same = was.iter().zip(now).take_while(|(a, b)| a == b).count();
    let texts = (std::str::from_utf8(was), std::str::from_utf8(now));
    let (Ok(before), Ok(after)) = texts else {
        return Some(Place {
            byte: same,
            line: None,
            was: String::new(),
            now: String::new(),
        });
    };
    let n = was.iter().take(same).filter(|byte| **byte == b'\n').count();
    let line = |text: &str| text.split('\n').nth(n).unwrap_or_default().to_owned();
    Some(Place {
        byte: same,
        line: Some(n + 1),
        was: line(before),
        now: line(after),
    })
}
