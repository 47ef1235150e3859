//! The year in which a target is reached at the pace so far: bounds of it, from one value. Years
//! count whole, as annual figures do. Never a guess: where no year is sure, there is none.

use crate::number::Exact;

/// Years after the evaluated one that are looked at; later ones are told as beyond the last.
pub const FURTHEST: i32 = 100;

/// One bound of the year in which a target is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReachYear {
    /// In this year.
    Year(i32),
    /// Some time after this year, which is [`FURTHEST`] years after the evaluated one.
    After(i32),
    /// Not at this pace, ever.
    Never,
}

impl ReachYear {
    /// The year, where there is one.
    #[must_use]
    pub fn year(self) -> Option<i32> {
        match self {
            ReachYear::Year(year) => Some(year),
            ReachYear::After(_) | ReachYear::Never => None,
        }
    }
}

/// When a target is reached at the pace so far, over all values that the figures allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// At the best value that the figures allow.
    pub earliest: ReachYear,
    /// At the worst.
    pub latest: ReachYear,
}

impl Reach {
    /// Reached in one year, for sure.
    #[must_use]
    pub fn in_year(year: i32) -> Reach {
        Reach {
            earliest: ReachYear::Year(year),
            latest: ReachYear::Year(year),
        }
    }

    /// The bounds that hold both.
    #[must_use]
    pub fn hull(self, other: Reach) -> Reach {
        Reach {
            earliest: self.earliest.min(other.earliest),
            latest: self.latest.max(other.latest),
        }
    }
}

/// One end of what may be: how much of the way is done in the years so far.
#[derive(Debug, Clone, Copy)]
pub(super) enum Pace<'a> {
    /// A number.
    At {
        /// The number.
        value: &'a Exact,
        /// Whether a path that comes to the target exactly in a year has reached it then.
        takes_equal: bool,
        /// Whether the values come near to this worst end and leave it out.
        is_approached: bool,
    },
    /// Without bound towards the target.
    Unbounded,
    /// Without bound away from the target.
    Away,
}

/// Where the years are counted from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Years {
    /// The year of the base.
    pub base: i32,
    /// Years from it to the evaluated one; at least 1.
    pub elapsed: i32,
}

impl Years {
    /// The first year that a straight path reaches the target, from the share of the gap closed.
    pub(super) fn straight(self, share: Pace<'_>) -> ReachYear {
        let (share, takes_equal, is_approached) = match share {
            Pace::At {
                value,
                takes_equal,
                is_approached,
            } => (value, takes_equal, is_approached),
            Pace::Unbounded => return self.after(0),
            Pace::Away => return ReachYear::Never,
        };
        if share.signum() < 0 {
            return ReachYear::Never;
        }
        let Some(part) = share.recip() else {
            return self.standing(is_approached);
        };
        let years = &Exact::from(i64::from(self.elapsed)) * &part;
        let whole = if takes_equal {
            years.ceil()
        } else {
            years.floor() + Exact::from(1)
        };
        if whole > Exact::from(i64::from(self.last())) {
            return ReachYear::After(self.base + self.last());
        }
        let whole = whole.decimal_string().and_then(|text| text.parse().ok());
        self.after(whole.unwrap_or_else(|| self.last()))
    }

    /// The first year that a path of constant rate reaches the target: value and target over base.
    ///
    /// Nothing where the powers are too large to be compared.
    pub(super) fn constant_rate(self, value: Pace<'_>, target: &Exact) -> Option<ReachYear> {
        let (value, takes_equal, is_approached) = match value {
            Pace::At {
                value,
                takes_equal,
                is_approached,
            } => (value, takes_equal, is_approached),
            Pace::Unbounded => return Some(self.after(0)),
            Pace::Away => return Some(ReachYear::Never),
        };
        let one = Exact::from(1);
        let is_rising = *target > one;
        let is_there = |have: &Exact, want: &Exact| match is_rising {
            true => have > want || (takes_equal && have == want),
            false => have < want || (takes_equal && have == want),
        };
        if is_there(value, target) {
            return Some(self.after(0));
        }
        if *value == one {
            return Some(self.standing(is_approached));
        }
        // What does not move towards the target never comes; nor does nothing, part by part.
        if (*value > one) != is_rising || target.signum() <= 0 {
            return Some(ReachYear::Never);
        }
        let wanted = target.pow(self.elapsed)?;
        let has_come = |years: i32| Some(is_there(&value.pow(years)?, &wanted));
        let (mut before, mut by) = (self.elapsed, self.last());
        if !has_come(by)? {
            return Some(ReachYear::After(self.base + self.last()));
        }
        while by - before > 1 {
            let middle = before + (by - before) / 2;
            if has_come(middle)? {
                by = middle;
            } else {
                before = middle;
            }
        }
        Some(self.after(by))
    }

    /// No progress at all; where the end itself is left out, slow progress without bound.
    fn standing(self, is_left_out: bool) -> ReachYear {
        if is_left_out {
            ReachYear::After(self.base + self.last())
        } else {
            ReachYear::Never
        }
    }

    fn last(self) -> i32 {
        self.elapsed.saturating_add(FURTHEST)
    }

    /// A number of years after the base, but never before the evaluated year.
    fn after(self, years: i32) -> ReachYear {
        ReachYear::Year(self.base + years.max(self.elapsed))
    }
}
