//! Periods: the text of a date cell goes in, a year, a part of one, a day or a span of years comes
//! out with its first and last day. Words such as "year" or "first quarter" in a language are
//! handed in. Never asks a clock.

use std::cmp::Ordering;
use std::fmt;

use chrono::{Datelike, NaiveDate};

mod parse;

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
    /// Several months of a year that are no quarter, half or year; made by [`Period::months`].
    Months {
        /// The year.
        year: i32,
        /// First month, 1 to 12.
        from: u8,
        /// Last month, 1 to 12.
        to: u8,
    },
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
    /// Words for another part of a year, with its first and last month.
    pub parts: Vec<(String, (u8, u8))>,
    /// Words between two years, quarters or months, besides dashes, tildes and two points.
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
    /// The later end of a range does not come after the earlier.
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
        parse::parse(text, words)
    }

    /// Returns the months of a year from one to another, as the quarter, half or year that they
    /// are if they are one; nothing if there are no such months.
    #[must_use]
    pub fn months(year: i32, from: u8, to: u8) -> Option<Self> {
        if from < 1 || from > to || to > 12 {
            return None;
        }
        Some(match (from, to) {
            (1, 12) => Self::Year(year),
            (1, 6) => Self::Half(year, 1),
            (7, 12) => Self::Half(year, 2),
            (1, 3) | (4, 6) | (7, 9) | (10, 12) => Self::Quarter(year, to / 3),
            _ if from == to => Self::Month(year, from),
            _ => Self::Months { year, from, to },
        })
    }

    /// Returns the first day.
    #[must_use]
    pub fn first_day(&self) -> NaiveDate {
        match *self {
            Self::Year(y) => first_of_month(y, 1),
            Self::Half(y, h) => first_of_month(y, last_month(h, 6, 2) - 5),
            Self::Quarter(y, q) => first_of_month(y, last_month(q, 3, 4) - 2),
            Self::Month(y, m)
            | Self::Months {
                year: y, from: m, ..
            } => first_of_month(y, last_month(m, 1, 12)),
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
            Self::Month(y, m) | Self::Months { year: y, to: m, .. } => {
                end_of_month(y, last_month(m, 1, 12))
            }
            Self::Day(day) => day,
            Self::Span { to, .. } => end_of_month(to, 12),
        }
    }

    /// Returns the year in which the period ends.
    #[must_use]
    pub fn year(&self) -> i32 {
        match *self {
            Self::Year(y) | Self::Half(y, _) | Self::Quarter(y, _) | Self::Month(y, _) => y,
            Self::Months { year, .. } => year,
            Self::Day(day) => day.year(),
            Self::Span { to, .. } => to,
        }
    }

    /// Tells periods of the same days apart, so that only equal ones compare as equal.
    fn rank(&self) -> (u8, i32, i32, i32) {
        match *self {
            Self::Span { from, to } => (0, from, to, 0),
            Self::Year(y) => (1, y, 0, 0),
            Self::Half(y, h) => (2, y, i32::from(h), 0),
            Self::Months { year, from, to } => (3, year, i32::from(from), i32::from(to)),
            Self::Quarter(y, q) => (4, y, i32::from(q), 0),
            Self::Month(y, m) => (5, y, i32::from(m), 0),
            Self::Day(_) => (6, 0, 0, 0),
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
        // Of one kind the numbers say what the days would.
        match (self, other) {
            (Self::Year(year), Self::Year(other)) => return year.cmp(other),
            (Self::Day(day), Self::Day(other)) => return day.cmp(other),
            (Self::Month(year, month), Self::Month(of, other)) => {
                return (year, month).cmp(&(of, other));
            }
            _ => {}
        }
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
            Self::Months { year, from, to } => {
                write!(f, "{year:04}-{from:02}..{year:04}-{to:02}")
            }
            Self::Day(day) => write!(f, "{}", day.format("%Y-%m-%d")),
            Self::Span { from, to } => write!(f, "{from:04}..{to:04}"),
        }
    }
}
