//! Stretches of periods: an answer for single periods goes in, the stretches over which it holds
//! come out, open at an end where it holds for good. Never asks for more periods than it is told
//! to.

use std::collections::BTreeSet;

use crate::period::Period;
use crate::program::shift_years;

/// Periods one after the other, a year apart, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    /// The first; absent where there is none.
    pub first: Option<Period>,
    /// The last; absent where there is none.
    pub last: Option<Period>,
}

impl Stretch {
    /// Whether a period lies in it. A period of another length than its ends never does.
    #[must_use]
    pub fn holds(&self, period: Period) -> bool {
        let is_alike = |end: Period| shift_years(end, period.year() - end.year()) == period;
        let is_after = self
            .first
            .is_none_or(|first| is_alike(first) && first.year() <= period.year());
        let is_before = self
            .last
            .is_none_or(|last| is_alike(last) && period.year() <= last.year());
        is_after && is_before
    }
}

/// Years at which an answer may turn.
#[derive(Debug, Clone, Default)]
pub(super) struct Turns(BTreeSet<i32>);

impl Turns {
    /// A year at which, or right before or after which, the answer may turn.
    pub(super) fn at(&mut self, year: i32) {
        let near = [-1, 0, 1].map(|step: i32| year.saturating_add(step));
        self.0.extend(near);
    }

    /// The stretches of periods like `like` over which `holds` is true.
    ///
    /// Between two years that stand here next to each other the answer must be that of the first.
    pub(super) fn stretches(
        &self,
        like: Period,
        mut holds: impl FnMut(Period) -> bool,
    ) -> Vec<Stretch> {
        let in_year = |year: i32| shift_years(like, year.saturating_sub(like.year()));
        let mut found: Vec<Stretch> = Vec::new();
        let mut years = self.0.iter().copied().peekable();
        let mut is_open = false;
        let mut is_first = true;
        while let Some(year) = years.next() {
            if !holds(in_year(year)) {
                (is_open, is_first) = (false, false);
                continue;
            }
            let last = years.peek().map(|next| in_year(next - 1));
            match found.last_mut().filter(|_| is_open) {
                Some(stretch) => stretch.last = last,
                None => found.push(Stretch {
                    first: (!is_first).then(|| in_year(year)),
                    last,
                }),
            }
            (is_open, is_first) = (true, false);
        }
        found
    }
}

/// The stretches that hold whatever any of several lists holds, for periods of one length.
pub(super) fn union(all: impl IntoIterator<Item = Stretch>) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = all.into_iter().collect();
    // What has no first comes first; what has no last goes furthest.
    all.sort_by_key(|stretch| stretch.first.map(|first| first.year()));
    let mut merged: Vec<Stretch> = Vec::new();
    for next in all {
        let is_joined = merged.last().is_some_and(|known| {
            let reach = known.last.map(|last| last.year().saturating_add(1));
            let begin = next.first.map_or(i32::MIN, |first| first.year());
            reach.is_none_or(|reach| begin <= reach)
        });
        match merged.last_mut().filter(|_| is_joined) {
            Some(known) => {
                let is_longer = match (known.last, next.last) {
                    (None, _) => false,
                    (Some(_), None) => true,
                    (Some(known), Some(next)) => next.year() > known.year(),
                };
                if is_longer {
                    known.last = next.last;
                }
            }
            None => merged.push(next),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::{Stretch, Turns, union};
    use crate::period::Period;

    fn years(first: Option<i32>, last: Option<i32>) -> Stretch {
        Stretch {
            first: first.map(Period::Year),
            last: last.map(Period::Year),
        }
    }

    #[test]
    fn stretches_are_found_from_the_years_at_which_they_turn() {
        let mut turns = Turns::default();
        for year in [2010, 2020, 2025] {
            turns.at(year);
        }
        let found = |holds: &dyn Fn(i32) -> bool| {
            turns.stretches(Period::Year(0), |period| holds(period.year()))
        };
        assert_eq!(found(&|year| year == 2020), [years(Some(2020), Some(2020))]);
        assert_eq!(found(&|year| year >= 2020), [years(Some(2020), None)]);
        assert_eq!(found(&|year| year < 2010), [years(None, Some(2009))]);
        assert_eq!(found(&|_| true), [years(None, None)]);
        assert_eq!(found(&|_| false), []);
        let both = |year| year < 2010 || (2020..=2025).contains(&year);
        assert_eq!(
            found(&both),
            [years(None, Some(2009)), years(Some(2020), Some(2025))]
        );
    }

    #[test]
    fn stretches_that_touch_are_one() {
        let all = [
            years(Some(2024), None),
            years(Some(2020), Some(2020)),
            years(Some(2021), Some(2022)),
        ];
        let merged = [years(Some(2020), Some(2022)), years(Some(2024), None)];
        assert_eq!(union(all), merged);
        assert!(merged[1].holds(Period::Year(2030)));
        assert!(!merged[1].holds(Period::Quarter(2030, 1)));
        assert!(!merged[0].holds(Period::Year(2023)));
    }
}
