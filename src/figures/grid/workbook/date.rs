//! Days as workbooks count them: a number and what its format shows go in, a date as
//! `2023-12-31`, `2023-12` or `2023` comes out. Never rounds a time away that is shown.

use chrono::{Days, NaiveDate};

use crate::number::Exact;

/// What of a date a format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct DateParts {
    pub(super) year: bool,
    pub(super) month: bool,
    pub(super) day: bool,
    pub(super) time: bool,
    pub(super) is_elapsed: bool,
}

/// The first day that no date of a workbook reaches.
const DAYS_END: u64 = 2_958_466;
/// The day that the calendar of 1900 has too much.
const NO_DAY: u64 = 60;

/// A date as far as its format shows it; a year is always told.
pub(super) fn shown(value: &Exact, parts: DateParts, is_1904: bool) -> Option<String> {
    if value.is_negative() || parts.is_elapsed {
        return None;
    }
    let days: u64 = value.floor().decimal_string()?.parse().ok()?;
    if days >= DAYS_END {
        return None;
    }
    let time = clock(&(value - &value.floor()))?;
    if !(parts.year || parts.month || parts.day) {
        return Some(time);
    }
    let (from, days) = match is_1904 {
        true => (NaiveDate::from_ymd_opt(1904, 1, 1)?, days),
        false if days == NO_DAY => return None,
        false if days < NO_DAY => (NaiveDate::from_ymd_opt(1899, 12, 31)?, days),
        false => (NaiveDate::from_ymd_opt(1899, 12, 30)?, days),
    };
    let date = from.checked_add_days(Days::new(days))?;
    let text = as_shown(date, parts);
    Some(match parts.time && !time.starts_with("00:00:00") {
        true => format!("{text} {time}"),
        false => text,
    })
}

/// A day as far as it is shown.
pub(super) fn as_shown(date: NaiveDate, parts: DateParts) -> String {
    let format = match (parts.month, parts.day) {
        (_, true) => "%Y-%m-%d",
        (true, false) => "%Y-%m",
        (false, false) => "%Y",
    };
    date.format(format).to_string()
}

fn clock(part: &Exact) -> Option<String> {
    let seconds = part * &Exact::from(86_400);
    let half = Exact::ratio(1, 2)?;
    let seconds: u32 = (&seconds + &half).floor().decimal_string()?.parse().ok()?;
    let (hours, rest) = (seconds / 3600, seconds % 3600);
    Some(format!("{hours:02}:{:02}:{:02}", rest / 60, rest % 60))
}
