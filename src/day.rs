//! Days as numbers: a day goes in, a point on the line of time in base units comes out, and back;
//! steps of months and of working days over sets of days. Never asks a clock.

use chrono::{Datelike, Months, NaiveDate};

use crate::message::{Lang, Message};
use crate::number::{Exact, Number, Rounding};
use crate::period::Period;
use crate::set::{End, Set};

mod calendar;

pub use calendar::Calendar;

/// Base units of time in a day, as `rules/std` counts them: seconds.
pub const LENGTH: i64 = 86_400;

/// The number of a day.
///
/// ```
/// use chrono::NaiveDate;
/// use plumbrule::day;
///
/// let date = NaiveDate::from_ymd_opt(2025, 6, 27).unwrap();
/// let next = NaiveDate::from_ymd_opt(2025, 6, 28).unwrap();
/// assert_eq!(&day::number(next) - &day::number(date), day::LENGTH.into());
/// ```
#[must_use]
pub fn number(day: NaiveDate) -> Exact {
    Exact::from(i64::from(day.num_days_from_ce()) * LENGTH)
}

/// All days of a period, as numbers.
#[must_use]
pub fn set(period: Period) -> Set {
    let (first, last) = (number(period.first_day()), number(period.last_day()));
    Set::closed(first.clone(), last).unwrap_or_else(|| Set::point(first))
}

/// The days in a set, from the first to the last; nothing where it holds no whole day.
pub(crate) fn whole(set: &Set) -> Option<Set> {
    let (length, one) = (Exact::from(LENGTH), Exact::from(1));
    let days = |number: &Exact| {
        number
            .checked_div(&length)
            .unwrap_or_else(|| number.clone())
    };
    let lo = match set.lo() {
        End::Closed(lo) => End::Closed(&days(lo).ceil() * &length),
        End::Open(lo) => End::Closed(&(&days(lo).floor() + &one) * &length),
        End::Unbounded => End::Unbounded,
    };
    let hi = match set.hi() {
        End::Closed(hi) => End::Closed(&days(hi).floor() * &length),
        End::Open(hi) => End::Closed(&(&days(hi).ceil() - &one) * &length),
        End::Unbounded => End::Unbounded,
    };
    Set::new(lo, hi)
}

/// The day at a number, or the one before or after it where the number lies within a day.
#[must_use]
pub fn of_number(number: &Exact, rounding: Rounding) -> Option<NaiveDate> {
    let days = number.checked_div(&Exact::from(LENGTH))?;
    let whole = match rounding {
        Rounding::Up => days.ceil(),
        _ => days.floor(),
    };
    let n: i32 = whole.decimal_string()?.parse().ok()?;
    NaiveDate::from_num_days_from_ce_opt(n)
}

/// A day as a language writes it: `2025-06-27`, in Chinese with the words for year, month, day.
#[must_use]
pub fn text(day: NaiveDate, lang: Lang) -> String {
    let number = |n: u32| match lang {
        Lang::En => format!("{n:02}"),
        Lang::Zh => n.to_string(),
    };
    Message::new("day-text")
        .with("year", format!("{:04}", day.year()))
        .with("month", number(day.month()))
        .with("day", number(day.day()))
        .render(lang)
}

/// The day so many months later, or earlier: the one of the same number, or the last of the month
/// where that has none.
#[must_use]
pub fn add_months(day: NaiveDate, months: i64) -> Option<NaiveDate> {
    let n = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    match months < 0 {
        true => day.checked_sub_months(n),
        false => day.checked_add_months(n),
    }
}

/// Days moved by whole steps. It rises with both; `None` where a step leads to no known day, or is
/// no whole one.
pub(crate) fn moved<N: Number>(
    days: &Set<N>,
    steps: &Set<N>,
    step: impl Fn(NaiveDate, i64) -> Option<NaiveDate>,
) -> Option<Set<N>> {
    let (days, steps) = (
        days.widen_into::<Exact>().closure(),
        steps.widen_into::<Exact>().closure(),
    );
    let end = |day: &End, by: &End, rounding: Rounding| -> Option<End> {
        let (Some(day), Some(by)) = (day.value(), by.value()) else {
            return Some(End::Unbounded);
        };
        let is_point = days.is_point() && steps.is_point();
        if is_point && !by.is_integer() {
            return None;
        }
        let by = match rounding {
            Rounding::Up => by.ceil(),
            _ => by.floor(),
        };
        let by: i64 = by.decimal_string()?.parse().ok()?;
        let reached = step(of_number(day, rounding)?, by)?;
        Some(End::Closed(number(reached)))
    };
    let lo = end(days.lo(), steps.lo(), Rounding::Down)?;
    let hi = end(days.hi(), steps.hi(), Rounding::Up)?;
    Set::new(lo, hi).map(|set| set.widen_into::<N>())
}

/// The working days after one day up to another, as a set. It rises with the last day and falls
/// with the first.
pub(crate) fn worked<N: Number>(calendar: &Calendar, from: &Set<N>, to: &Set<N>) -> Option<Set<N>> {
    let (from, to) = (
        from.widen_into::<Exact>().closure(),
        to.widen_into::<Exact>().closure(),
    );
    let end = |from: &End, to: &End, out: Rounding, back: Rounding| -> Option<End> {
        let (Some(from), Some(to)) = (from.value(), to.value()) else {
            return Some(End::Unbounded);
        };
        let n = calendar.between(of_number(from, back)?, of_number(to, out)?)?;
        Some(End::Closed(Exact::from(n)))
    };
    let lo = end(from.hi(), to.lo(), Rounding::Down, Rounding::Up)?;
    let hi = end(from.lo(), to.hi(), Rounding::Up, Rounding::Down)?;
    Set::new(lo, hi).map(|set| set.widen_into::<N>())
}
