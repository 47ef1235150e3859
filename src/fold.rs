//! Folding of written words: text goes in, the same text with full-width forms made narrow
//! comes out, one character for one, so that places stay where they were. Also finds the
//! closest of several words. Never changes case and never drops a character.

use std::cmp::min;

/// Words longer than this are not compared with each other.
const LONGEST_COMPARED: usize = 64;

/// Returns the narrow form of a full-width character (U+FF01 to U+FF5E, U+3000).
#[must_use]
pub fn fold_char(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{00A0}' | '\u{2009}' | '\u{202F}' => ' ',
        _ => c,
    }
}

/// Returns the text with every full-width form made narrow.
#[must_use]
pub fn fold_width(text: &str) -> String {
    let mut narrow = String::with_capacity(text.len());
    narrow.extend(text.chars().map(fold_char));
    narrow
}

/// Returns a name as it is looked up: full-width forms, case and outer blanks do not make another one.
///
/// ```
/// use plumbrule::fold::fold_name;
///
/// assert_eq!(fold_name(" ＧＤＰ growth　"), "gdp growth");
/// ```
#[must_use]
pub fn fold_name(text: &str) -> String {
    let text = text.trim();
    let mut key = String::with_capacity(text.len());
    for c in text.chars().map(fold_char) {
        match c {
            _ if c.is_ascii() => key.push(c.to_ascii_lowercase()),
            // Chinese, Japanese and Yi, and their marks: no letter here has a case.
            '\u{2E80}'..='\u{A63F}' => key.push(c),
            _ => return fold_width(text).to_lowercase(),
        }
    }
    key
}

/// Returns the text without blanks and with every full-width form made narrow.
#[must_use]
pub fn fold_tight(text: &str) -> String {
    let mut tight = String::with_capacity(text.len());
    let narrow = text.chars().map(fold_char);
    tight.extend(narrow.filter(|c| !c.is_whitespace()));
    tight
}

/// Returns a name without blanks where these mean nothing in it: yearbooks set Chinese names apart with them. In a name
/// of ASCII they part words.
#[must_use]
pub(crate) fn unspaced(name: &str) -> Option<String> {
    let is_ascii = name.is_ascii() || name.chars().all(|c| fold_char(c).is_ascii());
    (!is_ascii).then(|| fold_tight(name))
}

/// Returns the candidate closest to `word`, if one is close enough to be worth naming.
///
/// Among equally close ones the first wins, so that the answer follows the candidates' order.
pub fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<(&'a str, usize)> {
    let word = comparable(word);
    if word.is_empty() || word.len() > LONGEST_COMPARED {
        return None;
    }
    let own = signs(word.iter().copied());
    let mut best: Option<(&'a str, (usize, usize, bool))> = None;
    for candidate in candidates {
        let length = compared(candidate).count();
        let longer = word.len().max(length);
        let apart = word.len().abs_diff(length);
        let allowed = (longer / 3).max(1).min(longer.saturating_sub(1));
        if longer > LONGEST_COMPARED || apart > allowed {
            continue;
        }
        // Each change brings in one sign that the other word has, and takes away one that it has not.
        let others = signs(compared(candidate));
        let foreign = (own & !others)
            .count_ones()
            .max((others & !own).count_ones());
        let least = best.map_or(allowed, |(_, (least, ..))| min(least, allowed));
        if foreign as usize > least {
            continue;
        }
        let other = comparable(candidate);
        // A word of two characters that begins otherwise is another word, unless the two are swapped.
        let is_short = longer == 2 && apart == 0 && !word.iter().all(char::is_ascii);
        if is_short && word.first() != other.first() && !word.iter().all(|c| other.contains(c)) {
            continue;
        }
        let distance = edit_distance(&word, &other);
        // Of two that are equally close, the one of the same length is the likelier slip, then the
        // one that begins alike.
        let key = (distance, apart, word.first() != other.first());
        if distance <= allowed && best.is_none_or(|(_, least)| key < least) {
            best = Some((candidate, key));
        }
    }
    best.map(|(candidate, (distance, ..))| (candidate, distance))
}

fn comparable(word: &str) -> Vec<char> {
    compared(word).collect()
}

/// The characters by which words are compared.
fn compared(word: &str) -> impl Iterator<Item = char> {
    let folded = |c| fold_char(c).to_ascii_lowercase();
    word.trim().chars().map(folded)
}

/// Which characters there are, each as one of 64 bits that it may share with others.
fn signs(word: impl Iterator<Item = char>) -> u64 {
    word.fold(0, |all, c| all | 1 << (u32::from(c) % 64))
}

/// Counts the characters to put in, drop or change, or neighbours to swap.
fn edit_distance(a: &[char], b: &[char]) -> usize {
    let mut earlier: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut last = None;
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let step = min(at(&row, j), at(&above, j + 1)) + 1;
            let mut least = min(step, at(&above, j) + usize::from(x != y));
            if j > 0 && last == Some(y) && b.get(j - 1) == Some(x) {
                least = min(least, at(&earlier, j - 1) + 1);
            }
            row.push(least);
        }
        earlier = std::mem::replace(&mut above, row);
        last = Some(x);
    }
    above.last().copied().unwrap_or(0)
}
