//! By when a duty is to be met: on a day that is computed, again and again, or at intervals that the
//! text leaves open. The clocks go in, the stretch of time that is judged comes out.

use chrono::{Datelike, NaiveDate};

use super::Expr;
use crate::day::add_months;
use crate::period::Period;

/// By when a duty is to be met, where that is no period.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "a rule has one at most")]
pub enum Deadline {
    /// By a day that is computed; and whether that day has come.
    Day {
        /// The day.
        day: Expr,
        /// Whether it has come.
        reached: Expr,
    },
    /// Once in every such stretch of time.
    Every(Recurrence),
    /// Again and again, at intervals that the text leaves open.
    Open,
    /// By no day that the text names.
    Undated,
}

/// How long a stretch of time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stretch {
    /// So many months.
    Months(u16),
    /// So many days.
    Days(u16),
}

/// Stretches of time that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recurrence {
    /// How long each is.
    pub stretch: Stretch,
    /// The first day of the first one; where absent they begin with the year.
    pub since: Option<NaiveDate>,
    /// None begins after this day.
    pub until: Option<NaiveDate>,
}

impl Recurrence {
    /// The first and last day of the stretch that is judged in a period, as seen on a day: the last
    /// one that ends in the period and by that day, or else the one that runs on it. Nothing before
    /// the first and after the last.
    #[must_use]
    pub fn judged(&self, period: Period, day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let at = day.min(period.last_day());
        let running = self.at(at)?;
        let before = || self.at(running.0.pred_opt()?);
        let found = match before() {
            Some(ended) if running.1 > at && ended.1 >= period.first_day() => ended,
            _ => running,
        };
        // What begins after the last day is no stretch; those before it that end here are judged.
        let mut found = found;
        while self.until.is_some_and(|until| found.0 > until) {
            found = self.at(found.0.pred_opt()?)?;
            if found.1 < period.first_day() {
                return None;
            }
        }
        Some(found)
    }

    /// The stretches that are judged in a period, each as the period that its figures are about:
    /// those within a year that end in it and by the day, or the one that runs.
    #[must_use]
    pub fn periods(&self, period: Period, day: NaiveDate) -> Vec<Period> {
        let at = day.min(period.last_day());
        let mut found = Vec::new();
        let Some((first, last)) = self.judged(period, day) else {
            return found;
        };
        let Some(own) = natural(first, last) else {
            return vec![period];
        };
        found.push(own);
        let before = |first: NaiveDate| {
            let before = first.pred_opt().and_then(|day| self.at(day))?;
            (before.1 >= period.first_day()).then_some(before)
        };
        let mut next = before(first).filter(|_| last <= at);
        while let Some((first, last)) = next {
            found.extend(natural(first, last));
            next = before(first);
        }
        found.reverse();
        found
    }

    /// The last day of a stretch that is one of those judged in a period, as seen on a day.
    #[must_use]
    pub fn end(&self, stretch: Period, period: Period, day: NaiveDate) -> NaiveDate {
        match self.judged(period, day) {
            // No part of a year: its figures are those of the whole period.
            Some((first, last)) if natural(first, last).is_none() => last,
            _ => stretch.last_day(),
        }
    }

    /// The stretch that a day lies in.
    fn at(&self, day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let start = match self.since {
            Some(since) if day < since => return None,
            Some(since) => since,
            None => NaiveDate::from_ymd_opt(day.year(), 1, 1)?,
        };
        let (first, next) = match self.stretch {
            Stretch::Months(n) => {
                let n = i64::from(n.max(1));
                let years = i64::from(day.year() - start.year());
                let months = years * 12 + i64::from(day.month()) - i64::from(start.month());
                let mut k = months.div_euclid(n);
                // The month may have begun and the stretch not yet.
                while add_months(start, k * n)? > day {
                    k -= 1;
                }
                (add_months(start, k * n)?, add_months(start, (k + 1) * n)?)
            }
            Stretch::Days(n) => {
                let n = i64::from(n.max(1));
                let k = (day - start).num_days().div_euclid(n);
                let days = chrono::Duration::days;
                (
                    start.checked_add_signed(days(k * n))?,
                    start.checked_add_signed(days((k + 1) * n))?,
                )
            }
        };
        Some((first, next.pred_opt()?))
    }
}

/// The part of a year, or the year, that two days begin and end.
fn natural(first: NaiveDate, last: NaiveDate) -> Option<Period> {
    let month = |n: u32| u8::try_from(n).ok();
    let is_whole = first.day() == 1 && last.succ_opt()?.day() == 1;
    if !is_whole || first.year() != last.year() {
        return None;
    }
    Period::months(first.year(), month(first.month())?, month(last.month())?)
}
