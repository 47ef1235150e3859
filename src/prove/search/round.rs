//! Values that somebody might print: whole ones where there are any, else with few places.

use super::{Answer, Point, Search, State};
use crate::number::Exact;
use crate::set::Set;

/// Places behind the point that an example may have.
const MOST_PLACES: i16 = 6;

impl Search<'_> {
    /// The values of a leaf, rounded one after the other as far as all still holds.
    pub(super) fn rounded(&mut self, state: &State, solved: Vec<Exact>) -> Option<Point> {
        let together = Self::together(state);
        let mut state = state.clone();
        let mut values = solved;
        for (place, number) in together.iter().enumerate() {
            let range = self.range(&state, *number);
            let value = values.get(place)?.clone();
            let unit = self.world.numbers.get(*number)?;
            let places = if unit.is_day { 0 } else { MOST_PLACES };
            for tried in near(&value, &unit.factor, places) {
                if !range.contains(&tried) {
                    continue;
                }
                let mut next = state.clone();
                next.ranges.insert(*number, Set::point(tried.clone()));
                if tried == value {
                    state = next;
                    break;
                }
                if let Answer::Holds(found) = self.solved(&next) {
                    (state, values) = (next, found);
                    break;
                }
            }
        }
        let mut point = Point::default();
        for (number, value) in together.iter().zip(values) {
            point.numbers.insert(*number, value);
        }
        for (number, range) in &state.ranges {
            if !point.numbers.contains_key(number) {
                let value = self.sample(*number, range)?;
                point.numbers.insert(*number, value);
            }
        }
        let is_printable = |(number, value): (&usize, &Exact)| {
            let unit = self.world.numbers.get(*number);
            unit.is_some_and(|unit| {
                let printed = value.checked_div(&unit.factor);
                let places = if unit.is_day { 0 } else { MOST_PLACES };
                printed.is_some_and(|printed| (printed * Exact::pow10(places)).is_integer())
            })
        };
        if !point.numbers.iter().all(is_printable) {
            return None;
        }
        for (fact, mask) in &state.facts {
            point.facts.insert(*fact, mask.trailing_zeros() as usize);
        }
        Some(point)
    }

    /// The same with the days that stand in sums within this time; nothing where no day stands in one, or
    /// where one cannot be of this time.
    pub(super) fn with_days_near(&self, state: &State) -> Option<State> {
        let is_day = |number: &usize| {
            let known = self.world.numbers.get(*number);
            known.is_some_and(|known| known.is_day)
        };
        let days: Vec<usize> = Self::together(state).into_iter().filter(is_day).collect();
        let mut near = state.clone();
        for day in &days {
            let range = self.range(state, *day).intersect(&common_days()?)?;
            near.ranges.insert(*day, range);
        }
        (!days.is_empty()).then_some(near)
    }

    /// A value of a number that stands alone.
    fn sample(&self, number: usize, range: &Set) -> Option<Exact> {
        let unit = self.world.numbers.get(number)?;
        Some(sample(range, &unit.factor, unit.is_day))
    }
}

/// A value of a range that somebody might print: a day of this time where it is a day.
pub(in crate::prove) fn sample(range: &Set, factor: &Exact, is_day: bool) -> Exact {
    let common = common_days().filter(|_| is_day);
    let narrowed = common.and_then(|common| range.intersect(&common));
    let (value, _) = crate::flaws::sample(narrowed.as_ref().unwrap_or(range), factor);
    value
}

/// Values near another with more and more places, the value itself where it is one of them.
fn near(value: &Exact, factor: &Exact, places: i16) -> Vec<Exact> {
    let Some(printed) = value.checked_div(factor) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for places in (0..=places).filter(|n| *n <= 2 || *n == MOST_PLACES) {
        let step = Exact::pow10(-places);
        let scaled = &printed * &Exact::pow10(places);
        if scaled.is_integer() {
            found.push(value.clone());
            break;
        }
        for whole in [scaled.floor(), scaled.ceil()] {
            found.push(&(&whole * &step) * factor);
        }
    }
    found
}

/// The days of this time.
fn common_days() -> Option<Set> {
    let years = |year: i32| {
        let day = chrono::NaiveDate::from_ymd_opt(year, 1, 1)?;
        Some(crate::day::number(day))
    };
    let (from, to) = years(2000).zip(years(2100))?;
    Set::closed(from, to)
}
