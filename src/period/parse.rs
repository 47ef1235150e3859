//! The grammar of a written period: year, then nothing, a part, a month, a day or a later end.

use chrono::{Datelike, NaiveDate};

use super::{Period, PeriodError, PeriodErrorKind, PeriodWords};
use crate::fold::fold_char;

/// Texts longer than this are refused unread.
const LONGEST: usize = 64;

/// Reads a period, or says what does not belong there.
pub(super) fn parse(text: &str, words: &PeriodWords) -> Result<Period, PeriodError> {
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

/// Marks that may stand between two years, quarters or months.
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
            return self.finish_part(year, part, words);
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
            return self.finish_part(year, part, words);
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
        let before = self.at;
        if let Some(last) = self.read_last_month(year, words) {
            return self.finish_months(year, (month, last), before);
        }
        self.at = before;
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

    /// The month that ends a range of months: a month word follows it, or the year is repeated.
    fn read_last_month(&mut self, year: i32, words: &PeriodWords) -> Option<u8> {
        let is_repeated = self.eat_range(year, words)?;
        let month = self.read_short().filter(|m| (1..=12).contains(m))?;
        (self.eat_any(&words.month) || is_repeated).then_some(month)
    }

    /// A part, or the months from it to the end of another part.
    fn finish_part(
        &mut self,
        year: i32,
        part: Period,
        words: &PeriodWords,
    ) -> Result<Period, PeriodErrorKind> {
        let before = self.at;
        if self.eat_range(year, words).is_some()
            && let Some(last) = self.read_part(year, words)?
        {
            let (from, to) = (part.first_day().month(), last.last_day().month());
            let month = |month| u8::try_from(month).unwrap_or(0);
            if part.last_day() >= last.first_day() {
                self.at = before;
                return Err(PeriodErrorKind::Backwards);
            }
            return self.finish_months(year, (month(from), month(to)), before);
        }
        self.at = before;
        self.finish(part)
    }

    fn finish_months(
        &mut self,
        year: i32,
        (from, to): (u8, u8),
        before: usize,
    ) -> Result<Period, PeriodErrorKind> {
        match Period::months(year, from, to).filter(|_| from < to) {
            Some(months) => self.finish(months),
            None => {
                self.at = before;
                Err(PeriodErrorKind::Backwards)
            }
        }
    }

    /// Steps over a mark or word of a range and over the year, if it is repeated behind it: says
    /// whether it is. Nothing if no range stands here, or one that ends in another year.
    fn eat_range(&mut self, year: i32, words: &PeriodWords) -> Option<bool> {
        if !self.eat_any(&RANGE_MARKS) && !self.eat_any(&words.range) {
            return None;
        }
        let before = self.at;
        match self.read_year() {
            Ok(other) if other == year => {
                if !self.eat_any(&words.year) {
                    self.eat_mark();
                }
                Some(true)
            }
            Ok(_) => None,
            Err(_) => {
                self.at = before;
                Some(false)
            }
        }
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
        if let Some((from, to)) =
            self.longest(words.parts.iter().map(|(w, ends)| (w.as_str(), *ends)))
        {
            let part = Period::months(year, from, to).ok_or(PeriodErrorKind::ExpectedPart);
            return part.map(Some);
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
