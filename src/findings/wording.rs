//! What the words around the numbers of a quotation say: that something rises or falls, which year it
//! is held against, and as of when. Texts go in; nothing is read from them but these words.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::quotation::Quoted;
use crate::model::QuoteWords;
use crate::number::Exact;
use crate::period::PeriodWords;

/// What a number that is a year may be.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Which way a quotation says that something went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Up.
    Rises,
    /// Down.
    Falls,
}

/// A year in a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SaidYear {
    /// What is said is held against that year.
    Against(i32),
    /// What is said is of its end.
    AsOf(i32),
    /// It is named.
    Named(i32),
}

/// The words of a text that say which way something goes, as they stand in it.
pub(super) struct Ways(Vec<Told>);

/// One of them.
struct Told {
    at: usize,
    length: usize,
    way: Way,
}

impl Ways {
    /// Those of a text in lower case.
    pub(super) fn of(words: &QuoteWords, text: &str) -> Ways {
        let rises = words.rises.iter().map(|word| (word, Way::Rises));
        let falls = words.falls.iter().map(|word| (word, Way::Falls));
        let mut starts: BTreeMap<char, Vec<(&str, Way)>> = BTreeMap::new();
        for (word, way) in rises.chain(falls) {
            if let Some(first) = word.chars().next() {
                starts.entry(first).or_default().push((word, way));
            }
        }
        let mut all = Vec::new();
        for (at, first) in text.char_indices() {
            let rest = text.get(at..).unwrap_or_default();
            for (word, way) in starts.get(&first).into_iter().flatten() {
                if rest.starts_with(word) && is_whole(text, at, word) {
                    let (length, way) = (word.len(), *way);
                    all.push(Told { at, length, way });
                }
            }
        }
        Ways(all)
    }

    /// Which way the words before a place say that it goes: the last of them counts, and of two that
    /// begin in one place the longer one.
    pub(super) fn before(&self, end: usize) -> Option<Way> {
        let before = self.0.iter().filter(|told| told.at + told.length <= end);
        let last = before.clone().next_back()?.at;
        let longest = |way| {
            let own = before.clone().rev().take_while(|told| told.at == last);
            let own = own.filter(|told| told.way == way);
            own.map(|told| told.length).max()
        };
        let (rises, falls) = (longest(Way::Rises), longest(Way::Falls));
        match rises.cmp(&falls) {
            Ordering::Greater => Some(Way::Rises),
            Ordering::Less => Some(Way::Falls),
            Ordering::Equal => None,
        }
    }
}

/// What a quotation says of a year in it.
pub(super) fn said_year(
    words: &QuoteWords,
    periods: &PeriodWords,
    before: &str,
    number: &Quoted,
    behind: &str,
) -> Option<SaidYear> {
    let year: i32 = number.value.to_string().parse().ok()?;
    let behind = behind.trim_start();
    let word = periods.year.iter().map(String::as_str);
    let word = word
        .filter(|word| behind.starts_with(word))
        .max_by_key(|word| word.len());
    let rest = behind
        .get(word.map_or(0, str::len)..)
        .unwrap_or_default()
        .trim_start();
    let parts = periods
        .halves
        .iter()
        .chain(&periods.quarters)
        .map(|(word, _)| word);
    let is_part = rest.starts_with(|c: char| c.is_ascii_digit())
        || parts.clone().any(|part| rest.starts_with(part.as_str()));
    let is_bare =
        number.text.is_empty() && (rest.is_empty() || rest.starts_with([',', ';', ')', '.']));
    let is_year = (word.is_some() || is_bare) && !is_part;
    if !is_year || !YEARS.contains(&year) || number.scale != Exact::from(1) {
        return None;
    }
    let before = before.trim_end();
    if ends_with(&words.against, before) {
        return Some(SaidYear::Against(year));
    }
    Some(match ends_with(&words.as_of, before) {
        true => SaidYear::AsOf(year),
        false => SaidYear::Named(year),
    })
}

fn ends_with(words: &[String], text: &str) -> bool {
    words.iter().any(|word| {
        let before = text.strip_suffix(word.as_str());
        before.is_some_and(|before| is_whole(text, before.len(), word))
    })
}

/// Whether a word is no part of another one: letters of words that are set apart do not go on.
fn is_whole(text: &str, at: usize, word: &str) -> bool {
    let (before, rest) = text.split_at_checked(at).unwrap_or((text, ""));
    let behind = rest.get(word.len()..).unwrap_or_default();
    !goes_on(before.chars().next_back(), word.chars().next())
        && !goes_on(behind.chars().next(), word.chars().next_back())
}

/// Whether two letters side by side belong to one word, where words are set apart.
pub(super) fn goes_on(side: Option<char>, end: Option<char>) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    is_letter(side) && is_letter(end)
}
