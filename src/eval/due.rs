//! When a rule is judged: the clocks and the timing of a rule go in, the periods whose figures
//! decide come out. Never looks at a figure.

use chrono::NaiveDate;

use super::decide::version_at;
use super::{Clocks, Reason};
use crate::model::{Deadline, InstrumentId, Model, Recurrence, Rule, When};
use crate::period::Period;

/// Which periods a rule is judged in.
pub(crate) enum Due {
    /// Not at all, for a reason.
    Not(Reason),
    /// In one period.
    At(Period),
    /// In one period, before it is due.
    Early(Period),
    /// In any of several; before it is due where `true`.
    Any(Vec<Period>, bool),
    /// In each of several.
    All(Vec<Period>),
    /// In one period, while its stretch of time runs.
    Running(Period),
}

/// Which periods are judged, by the clocks and the timing of the rule.
pub(crate) fn due(model: &Model, rule: &Rule, clocks: &Clocks) -> Due {
    if let Some(reason) = law(model, rule, clocks) {
        return Due::Not(reason);
    }
    let period = clocks.period;
    let base = rule.baseline.as_ref().map(|baseline| baseline.period);
    if let Some(base) = base
        && period.last_day() < base.last_day()
    {
        return Due::Not(Reason::BeforeBaseline);
    }
    if let Some(Deadline::Every(every)) = &rule.deadline {
        return recurring(every, clocks);
    }
    match rule.when {
        When::By(due) if period.last_day() >= due.last_day() => Due::At(due),
        When::By(_) => Due::Early(period),
        When::ReachedBy(due) => {
            let is_early = period.last_day() < due.last_day();
            let last = if is_early { period } else { due };
            let first = base.map_or(last.year(), |base| base.year() + 1);
            let years = (first..last.year()).map(Period::Year);
            let last = (last.year() >= first).then_some(last);
            let periods: Vec<Period> = years.chain(last).collect();
            if periods.is_empty() {
                return Due::Early(period);
            }
            Due::Any(periods, is_early)
        }
        When::Each { since, until } => {
            let is_before = since.is_some_and(|since| period.last_day() < since.first_day());
            let is_after = until.is_some_and(|until| period.first_day() > until.last_day());
            if is_before || is_after {
                Due::Not(Reason::OutsideWindow)
            } else {
                Due::At(period)
            }
        }
    }
}

/// The stretches of time that are judged in the evaluated period.
fn recurring(every: &Recurrence, clocks: &Clocks) -> Due {
    let at = clocks.in_force.min(clocks.period.last_day());
    let Some((_, last)) = every.judged(clocks.period, clocks.in_force) else {
        return Due::Not(Reason::OutsideWindow);
    };
    let periods = every.periods(clocks.period, clocks.in_force);
    match periods.first() {
        Some(only) if last > at => Due::Running(*only),
        _ => Due::All(periods),
    }
}

/// Whether the law under which the rule stands is in force; never falls through to an ended one.
fn law(model: &Model, rule: &Rule, clocks: &Clocks) -> Option<Reason> {
    let day = clocks.in_force;
    let reasons: Vec<Option<Reason>> = rule.under.iter().map(|id| state(model, *id, day)).collect();
    if reasons.is_empty() || reasons.iter().any(Option::is_none) {
        // A decision has besides to have a version for the day.
        let decision = rule.decision.as_ref()?;
        return version_at(model, decision, day).err();
    }
    let is_waiting = reasons.contains(&Some(Reason::NotYetInForce));
    Some(if is_waiting {
        Reason::NotYetInForce
    } else {
        Reason::Ended
    })
}

/// Why a legal text is not in force on a day; `None` where it is.
pub(super) fn state(model: &Model, id: InstrumentId, day: NaiveDate) -> Option<Reason> {
    let instruments = &model.instruments;
    // A law ends on the day on which one that replaces it comes into force.
    let is_replaced = || {
        instruments.values().any(|other| {
            let since = other.since.map(|since| since.first_day());
            other.replaces == Some(id) && since.is_some_and(|since| day >= since)
        })
    };
    let known = &instruments[id];
    if known.since.is_some_and(|since| day < since.first_day()) {
        Some(Reason::NotYetInForce)
    } else if known.until.is_some_and(|until| day > until.last_day()) || is_replaced() {
        Some(Reason::Ended)
    } else {
        None
    }
}
