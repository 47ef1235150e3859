//! Periods: the text of a date cell goes in, a year, half, quarter, month, day or span of years
//! comes out with its first and last day. Words such as "year" or "first quarter" in a language
//! are handed in. Never asks a clock.

use std::cmp::Ordering;
use std::fmt;

use chrono::{Datelike, NaiveDate};

use crate::fold::fold_char;

/// Texts longer than this are refused unread.
const LONGEST: usize = 64;

/// What a figure is about, or when it was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// A calendar year.
    Year(i32),
    /// Half 1 or 2 of a year.
    Half(i32, u8),
    /// Quarter 1 to 4 of a year.
    Quarter(i32, u8),
    /// Month 1 to 12 of a year.
    Month(i32, u8),
    /// One day.
    Day(NaiveDate),
    /// Several whole years, both ends included.
    Span {
        /// First year.
        from: i32,
        /// Last year.
        to: i32,
    },
}

/// The words of a language that may stand in a period, handed in as data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeriodWords {
    /// Words after a year number.
    pub year: Vec<String>,
    /// Words after a month number.
    pub month: Vec<String>,
    /// Words after a day number.
    pub day: Vec<String>,
    /// Words for a half year, with its number.
    pub halves: Vec<(String, u8)>,
    /// Words for a quarter, with its number.
    pub quarters: Vec<(String, u8)>,
    /// Words between two years, besides dashes, tildes and two points.
    pub range: Vec<String>,
}

/// What is wrong with the text of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodErrorKind {
    /// Nothing is written.
    Empty,
    /// The text is longer than any period.
    TooLong,
    /// A year of four digits was expected.
    ExpectedYear,
    /// A month from 1 to 12 was expected.
    ExpectedMonth,
    /// A day that the month has was expected.
    ExpectedDay,
    /// A half 1 or 2, or a quarter 1 to 4, was expected.
    ExpectedPart,
    /// The span ends before or in the year in which it starts.
    Backwards,
    /// The period is complete, and something follows.
    Trailing,
}

/// A period that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodError {
    /// Place in the text, counted in characters from 0.
    pub at: usize,
    /// What is wrong there.
    pub kind: PeriodErrorKind,
    /// The text from that place on.
    pub found: String,
}

impl Period {
    /// Reads a period.
    ///
    /// # Errors
    /// The place and the kind of the first thing that does not belong there.
    pub fn parse(text: &str, words: &PeriodWords) -> Result<Self, PeriodError> {
        let mut cursor = Cursor {
            chars: text.chars().map(fold_char).collect(),
            at: 0,
        };
        cursor.read_period(words).map_err(|kind| PeriodError {
            at: cursor.at,
            kind,
            found: text.chars().skip(cursor.at).take(LONGEST).collect(),
        })
    }

    /// Returns the first day.
    #[must_use]
    pub fn first_day(&self) -> NaiveDate {
        match *self {
            Self::Year(y) => first_of_month(y, 1),
            Self::Half(y, h) => first_of_month(y, last_month(h, 6, 2) - 5),
            Self::Quarter(y, q) => first_of_month(y, last_month(q, 3, 4) - 2),
            Self::Month(y, m) => first_of_month(y, last_month(m, 1, 12)),
            Self::Day(day) => day,
            Self::Span { from, .. } => first_of_month(from, 1),
        }
    }

    /// Returns the last day; a coarse publication date counts from it.
    #[must_use]
    pub fn last_day(&self) -> NaiveDate {
        match *self {
            Self::Year(y) => end_of_month(y, 12),
            Self::Half(y, h) => end_of_month(y, last_month(h, 6, 2)),
            Self::Quarter(y, q) => end_of_month(y, last_month(q, 3, 4)),
            Self::Month(y, m) => end_of_month(y, last_month(m, 1, 12)),
            Self::Day(day) => day,
            Self::Span { to, .. } => end_of_month(to, 12),
        }
    }

    /// Returns the year in which the period ends.
    #[must_use]
    pub fn year(&self) -> i32 {
        match *self {
            Self::Year(y) | Self::Half(y, _) | Self::Quarter(y, _) | Self::Month(y, _) => y,
            Self::Day(day) => day.year(),
            Self::Span { to, .. } => to,
        }
    }

    fn rank(&self) -> (u8, i32, u8) {
        match *self {
            Self::Span { from, .. } => (0, from, 0),
            Self::Year(y) => (1, y, 0),
            Self::Half(y, h) => (2, y, h),
            Self::Quarter(y, q) => (3, y, q),
            Self::Month(y, m) => (4, y, m),
            Self::Day(_) => (5, 0, 0),
        }
    }
}

/// The part's last month; a part that no year has counts as the nearest one.
fn last_month(part: u8, months: u32, parts: u8) -> u32 {
    u32::from(part.clamp(1, parts)) * months
}

/// INVARIANT: the month is 1 to 12; only a year beyond the calendar has no such day.
fn first_of_month(year: i32, month: u32) -> NaiveDate {
    let beyond = if year < 0 {
        NaiveDate::MIN
    } else {
        NaiveDate::MAX
    };
    NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(beyond)
}

fn end_of_month(year: i32, month: u32) -> NaiveDate {
    let next = if month >= 12 {
        first_of_month(year.saturating_add(1), 1)
    } else {
        first_of_month(year, month + 1)
    };
    next.pred_opt().unwrap_or(next)
}

impl Ord for Period {
    /// Orders by the last day, then by the first: the later ending is the greater, and of two
    /// that end together the shorter is.
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |p: &Self| (p.last_day(), p.first_day(), p.rank());
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Year(y) => write!(f, "{y:04}"),
            Self::Half(y, h) => write!(f, "{y:04}H{h}"),
            Self::Quarter(y, q) => write!(f, "{y:04}Q{q}"),
            Self::Month(y, m) => write!(f, "{y:04}-{m:02}"),
            Self::Day(day) => write!(f, "{}", day.format("%Y-%m-%d")),
            Self::Span { from, to } => write!(f, "{from:04}..{to:04}"),
        }
    }
}

/// Whether a text is a dash or a mark that may stand between two years.
const RANGE_MARKS: [&str; 6] = ["..", "-", "\u{2013}", "\u{2014}", "~", "\u{2212}"];

struct Cursor {
    chars: Vec<char>,
    at: usize,
}

impl Cursor {
    fn read_period(&mut self, words: &PeriodWords) -> Result<Period, PeriodErrorKind> {
        if self.chars.len() > LONGEST {
            return Err(PeriodErrorKind::TooLong);
        }
        if self.is_done() {
            return Err(PeriodErrorKind::Empty);
        }
        let year = self.read_year()?;
        let has_word = self.eat_any(&words.year);
        if self.is_done() {
            return Ok(Period::Year(year));
        }
        if let Some(part) = self.read_part(year, words)? {
            return self.finish(part);
        }
        let separator = self.at;
        if let Some(to) = self.read_range_end(words)? {
            if to <= year {
                return Err(PeriodErrorKind::Backwards);
            }
            return self.finish(Period::Span { from: year, to });
        }
        self.at = separator;
        let mark = self.eat_mark();
        if mark.is_none() && !has_word {
            return Err(PeriodErrorKind::Trailing);
        }
        if mark == Some('-')
            && let Some(part) = self.read_part(year, words)?
        {
            return self.finish(part);
        }
        self.read_month_and_day(year, mark, words)
    }

    fn read_month_and_day(
        &mut self,
        year: i32,
        mark: Option<char>,
        words: &PeriodWords,
    ) -> Result<Period, PeriodErrorKind> {
        let start = self.at;
        let month = self.read_short().filter(|m| (1..=12).contains(m));
        let Some(month) = month else {
            self.at = start;
            return Err(PeriodErrorKind::ExpectedMonth);
        };
        let has_word = self.eat_any(&words.month);
        if self.is_done() {
            return Ok(Period::Month(year, month));
        }
        if !has_word && (mark.is_none() || self.peek() != mark) {
            return Err(PeriodErrorKind::Trailing);
        }
        if !has_word {
            self.at += 1;
        }
        let start = self.at;
        let day = self
            .read_short()
            .and_then(|d| NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(d)));
        let Some(day) = day else {
            self.at = start;
            return Err(PeriodErrorKind::ExpectedDay);
        };
        self.eat_any(&words.day);
        self.finish(Period::Day(day))
    }

    /// A quarter or half: `Q1`, `H2`, or a word that says it.
    fn read_part(
        &mut self,
        year: i32,
        words: &PeriodWords,
    ) -> Result<Option<Period>, PeriodErrorKind> {
        if let Some(quarter) = self.eat_numbered(&words.quarters) {
            return part_of(quarter, 4, Period::Quarter(year, quarter));
        }
        if let Some(half) = self.eat_numbered(&words.halves) {
            return part_of(half, 2, Period::Half(year, half));
        }
        let letter = self.peek().map(|c| c.to_ascii_uppercase());
        let (parts, make): (u8, fn(i32, u8) -> Period) = match letter {
            Some('Q') => (4, Period::Quarter),
            Some('H') => (2, Period::Half),
            _ => return Ok(None),
        };
        self.at += 1;
        let start = self.at;
        match self.read_short() {
            Some(number) if (1..=parts).contains(&number) => Ok(Some(make(year, number))),
            _ => {
                self.at = start;
                Err(PeriodErrorKind::ExpectedPart)
            }
        }
    }

    /// The later year of a span; nothing if what follows is no range of years.
    fn read_range_end(&mut self, words: &PeriodWords) -> Result<Option<i32>, PeriodErrorKind> {
        if !self.eat_any(&RANGE_MARKS) && !self.eat_any(&words.range) {
            return Ok(None);
        }
        self.skip_blanks();
        let digits = self
            .chars
            .iter()
            .skip(self.at)
            .take_while(|c| c.is_ascii_digit())
            .count();
        if digits != 4 {
            return Ok(None);
        }
        let to = self.read_year()?;
        self.eat_any(&words.year);
        Ok(Some(to))
    }

    fn read_year(&mut self) -> Result<i32, PeriodErrorKind> {
        self.skip_blanks();
        let start = self.at;
        match self.read_digits() {
            Some((4, value)) if value > 0 => Ok(i32::from(value)),
            _ => {
                self.at = start;
                Err(PeriodErrorKind::ExpectedYear)
            }
        }
    }

    fn read_short(&mut self) -> Option<u8> {
        self.skip_blanks();
        match self.read_digits() {
            Some((1 | 2, value)) => u8::try_from(value).ok(),
            _ => None,
        }
    }

    /// Reads a run of digits: how many there are, and the value of the first four.
    fn read_digits(&mut self) -> Option<(usize, i16)> {
        let mut count = 0;
        let mut value: i16 = 0;
        while let Some(digit) = self.chars.get(self.at).and_then(|c| c.to_digit(10)) {
            if count < 4 {
                value = value * 10 + i16::try_from(digit).unwrap_or(0);
            }
            count += 1;
            self.at += 1;
        }
        (count > 0).then_some((count, value))
    }

    fn eat_mark(&mut self) -> Option<char> {
        let mark = self.peek().filter(|c| matches!(c, '-' | '/' | '.'))?;
        self.at += 1;
        Some(mark)
    }

    fn eat_any(&mut self, words: &[impl AsRef<str>]) -> bool {
        self.longest(words.iter().map(|w| (w.as_ref(), ())))
            .is_some()
    }

    fn eat_numbered(&mut self, words: &[(String, u8)]) -> Option<u8> {
        self.longest(words.iter().map(|(w, n)| (w.as_str(), *n)))
    }

    /// Steps over the longest of the words that stands here, and returns what it carries.
    fn longest<'a, T>(&mut self, words: impl Iterator<Item = (&'a str, T)>) -> Option<T> {
        self.skip_blanks();
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let (length, carried) = words
            .filter_map(|(word, carried)| {
                let length = word.chars().count();
                let stands = length > 0
                    && length <= rest.len()
                    && word
                        .chars()
                        .zip(rest)
                        .all(|(w, c)| fold_char(w).eq_ignore_ascii_case(c));
                stands.then_some((length, carried))
            })
            .max_by_key(|(length, _)| *length)?;
        self.at += length;
        Some(carried)
    }

    fn finish(&mut self, period: Period) -> Result<Period, PeriodErrorKind> {
        if self.is_done() {
            Ok(period)
        } else {
            Err(PeriodErrorKind::Trailing)
        }
    }

    fn is_done(&mut self) -> bool {
        self.skip_blanks();
        self.at >= self.chars.len()
    }

    fn peek(&mut self) -> Option<char> {
        self.skip_blanks();
        self.chars.get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while self.chars.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
    }
}

fn part_of(number: u8, parts: u8, period: Period) -> Result<Option<Period>, PeriodErrorKind> {
    if (1..=parts).contains(&number) {
        Ok(Some(period))
    } else {
        Err(PeriodErrorKind::ExpectedPart)
    }
}

#[cfg(test)]
mod tests;
