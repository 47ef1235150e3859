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
