//! Periods relative to the evaluated one.

use crate::period::Period;
use crate::syntax::ast::PeriodRef;

/// The same part of the year, so many years later.
#[must_use]
pub fn shift_years(period: Period, years: i32) -> Period {
    use chrono::Datelike;
    let later = |year: i32| year.saturating_add(years);
    match period {
        Period::Year(year) => Period::Year(later(year)),
        Period::Half(year, half) => Period::Half(later(year), half),
        Period::Quarter(year, quarter) => Period::Quarter(later(year), quarter),
        Period::Month(year, month) => Period::Month(later(year), month),
        Period::Months { year, from, to } => Period::Months {
            year: later(year),
            from,
            to,
        },
        Period::Day(day) => {
            // The 29th of February has no twin in most years; the 28th stands for it.
            let twin = day.with_year(later(day.year()));
            let day = twin.or_else(|| {
                day.with_day(28)
                    .and_then(|day| day.with_year(later(day.year())))
            });
            day.map_or(period, Period::Day)
        }
        Period::Span { from, to } => Period::Span {
            from: later(from),
            to: later(to),
        },
    }
}

/// The period that a reference means when `evaluated` is evaluated.
#[must_use]
pub fn at(reference: PeriodRef, evaluated: Period) -> Period {
    match reference {
        PeriodRef::Relative(years) => shift_years(evaluated, years),
        PeriodRef::Fixed(period) => period,
    }
}

/// The whole years from one period to another, where there is at least one.
#[must_use]
pub(crate) fn years_between(from: PeriodRef, to: PeriodRef, evaluated: Period) -> Option<u32> {
    let years = at(to, evaluated).year() - at(from, evaluated).year();
    u32::try_from(years).ok().filter(|years| *years >= 1)
}

/// A reference seen from within another.
#[must_use]
pub(crate) fn within(outer: PeriodRef, inner: PeriodRef) -> PeriodRef {
    match (outer, inner) {
        (_, PeriodRef::Fixed(period)) => PeriodRef::Fixed(period),
        (PeriodRef::Relative(a), PeriodRef::Relative(b)) => {
            PeriodRef::Relative(a.saturating_add(b))
        }
        (PeriodRef::Fixed(period), PeriodRef::Relative(years)) => {
            PeriodRef::Fixed(shift_years(period, years))
        }
    }
}
