//! Which days are worked: weekdays, days off and days worked in their place go in, working days
//! counted forward and back come out. A day of a year whose list is not known has no answer.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use crate::message::Label;
use crate::source::Span;

/// A calendar of working days.
#[derive(Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// The weekdays that are worked, Monday as 1.
    pub weekdays: BTreeSet<u32>,
    /// The years whose list is known, and where it stands.
    pub years: BTreeMap<i32, Label>,
    /// Days off.
    pub holidays: BTreeSet<NaiveDate>,
    /// Days that are worked in the place of others.
    pub make_up: BTreeSet<NaiveDate>,
    /// Notes.
    pub notes: Vec<Label>,
    /// Where it is declared.
    pub span: Span,
}

impl std::fmt::Debug for Calendar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "calendar {}", self.id)
    }
}

impl Calendar {
    /// Whether a day is worked; nothing where the list of its year is not known.
    #[must_use]
    pub fn is_worked(&self, day: NaiveDate) -> Option<bool> {
        if !self.years.contains_key(&day.year()) {
            return None;
        }
        let is_weekday = self.weekdays.contains(&day.weekday().number_from_monday());
        let is_off = self.holidays.contains(&day);
        Some(self.make_up.contains(&day) || is_weekday && !is_off)
    }

    /// The so-manieth working day after a day, or before it where the number is below zero; the day
    /// itself does not count. Nothing where the calendar does not reach so far.
    #[must_use]
    pub fn add(&self, day: NaiveDate, n: i64) -> Option<NaiveDate> {
        let mut left = n.unsigned_abs();
        let mut at = day;
        while left > 0 {
            at = if n < 0 { at.pred_opt() } else { at.succ_opt() }?;
            if self.is_worked(at)? {
                left -= 1;
            }
        }
        Some(at)
    }

    /// The working days after one day up to another and with it; below zero where it is the
    /// earlier. Nothing where the calendar does not reach so far.
    #[must_use]
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> Option<i64> {
        let (mut at, last) = (from.min(to), from.max(to));
        let mut n = 0;
        while at < last {
            at = at.succ_opt()?;
            n += i64::from(self.is_worked(at)?);
        }
        Some(if to < from { -n } else { n })
    }

    /// The first and the last year whose list is known.
    #[must_use]
    pub fn ends(&self) -> Option<(i32, i32)> {
        Some((*self.years.keys().next()?, *self.years.keys().next_back()?))
    }
}
