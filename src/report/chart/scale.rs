//! Values and periods to whole places of a picture. Exact numbers go in; where all of them fit,
//! and round numbers for the axes, come out.

use super::whole;
use crate::number::Exact;
use crate::period::Period;
use crate::progress::Progress;
use crate::set::Set;

/// Lines of the grid at most.
const MOST_STEPS: i64 = 5;

/// The axis of values.
pub(super) struct Up {
    lo: Exact,
    hi: Exact,
    height: i64,
    ticks: Vec<(i64, String)>,
}

impl Up {
    /// An axis on which base, path, limit and figures fit, and the projection where it is near.
    pub(super) fn new(progress: &Progress, factor: &Exact, height: i64) -> Up {
        let mut values: Vec<&Exact> = vec![&progress.limit];
        values.extend(progress.baseline.as_ref().map(|(_, value)| value));
        let ends = |set: &'_ Set| [set.lo().value().cloned(), set.hi().value().cloned()];
        values.extend(progress.path.iter().filter_map(|(_, set)| set.lo().value()));
        let figures = progress.figures.iter().flat_map(|figure| &figure.readings);
        let found: Vec<Exact> = figures.flat_map(|one| ends(&one.set)).flatten().collect();
        values.extend(&found);
        let zero = Exact::from(0);
        let mut lo = values
            .iter()
            .min()
            .map_or_else(|| zero.clone(), |lo| (*lo).clone());
        let mut hi = values
            .iter()
            .max()
            .map_or_else(|| zero.clone(), |hi| (*hi).clone());
        let span = &hi - &lo;
        let outlook = progress.outlook.as_ref();
        let projected = outlook.and_then(|outlook| outlook.projection.as_ref());
        for end in projected.map(ends).into_iter().flatten().flatten() {
            // One far away would press everything else flat; it is told in words.
            if end >= &lo - &span && end <= &hi + &span {
                lo = lo.min(end.clone());
                hi = hi.max(end);
            }
        }
        if lo == hi {
            let more = match lo.is_zero() {
                true => factor.clone(),
                false => lo.abs(),
            };
            hi = &hi + &more;
        }
        // Zero is shown where it is not far off.
        if lo.signum() > 0 && lo < &hi - &lo {
            lo = zero;
        }
        Up::round(lo, hi, &progress.limit, factor, height)
    }

    /// The ends of the axis at round numbers, with room for arrows.
    fn round(lo: Exact, hi: Exact, limit: &Exact, factor: &Exact, height: i64) -> Up {
        let part = factor.recip().unwrap_or_else(|| Exact::from(1));
        let (low, high) = (&lo * &part, &hi * &part);
        let step = step(&(&high - &low));
        let by_step = step.recip().unwrap_or_else(|| Exact::from(1));
        let (mut first, mut last) = ((&low * &by_step).floor(), (&high * &by_step).ceil());
        // The line of the limit does not lie on the edge of the plot.
        let (one, limit) = (Exact::from(1), &(limit * &part) * &by_step);
        if limit == first && !first.is_zero() {
            first = &first - &one;
        }
        if limit == last {
            last = &last + &one;
        }
        let n_steps = whole(&(&last - &first)).clamp(1, 2 * MOST_STEPS);
        let mut up = Up {
            lo: &(&first * &step) * factor,
            hi: &(&last * &step) * factor,
            height,
            ticks: Vec::new(),
        };
        let tick = |n: i64| {
            let value = &(&first + &Exact::from(n)) * &step;
            let text = value.decimal_string().unwrap_or_default();
            (up.at(&(&value * factor)), text)
        };
        let ticks = (0..=n_steps).map(tick).collect();
        up.ticks = ticks;
        up
    }

    /// The place of a value, from the top; at an edge where it lies outside.
    pub(super) fn at(&self, value: &Exact) -> i64 {
        let span = &self.hi - &self.lo;
        let Some(part) = span.recip() else { return 0 };
        let share = &(value - &self.lo) * &part;
        let place = &share * &Exact::from(self.height);
        self.height - whole(&place).clamp(0, self.height)
    }

    /// Whether a value lies on the axis.
    pub(super) fn holds(&self, value: &Exact) -> bool {
        *value >= self.lo && *value <= self.hi
    }

    /// Places and texts of the grid.
    pub(super) fn ticks(&self) -> &[(i64, String)] {
        &self.ticks
    }
}

/// The smallest of 1, 2, 5, 10 … that cuts a span into few steps.
fn step(span: &Exact) -> Exact {
    let most = Exact::from(MOST_STEPS);
    for exponent in -30i16..=60 {
        for digit in [1, 2, 5] {
            let step = &Exact::from(digit) * &Exact::pow10(exponent);
            if &step * &most >= *span {
                return step;
            }
        }
    }
    span.clone()
}

/// The axis of time.
pub(super) struct Across {
    first: i64,
    last: i64,
    left: i64,
    right: i64,
}

/// Room beside the first and the last year.
const BESIDE: i64 = 22;

impl Across {
    pub(super) fn new(progress: &Progress, left: i64, right: i64) -> Across {
        let base = progress.baseline.as_ref().map(|(period, _)| *period);
        let figures = progress.figures.iter().map(|figure| figure.period);
        let all = base.into_iter().chain(figures).chain(progress.due);
        let months: Vec<i64> = all.map(month).collect();
        let judged = month(progress.row.judged);
        let first = months.iter().copied().min().unwrap_or(judged);
        let last = months.iter().copied().max().unwrap_or(judged);
        Across {
            first: if first == last { first - 12 } else { first },
            last: if first == last { last + 12 } else { last },
            left,
            right,
        }
    }

    pub(super) fn left(&self) -> i64 {
        self.left
    }

    pub(super) fn right(&self) -> i64 {
        self.right
    }

    /// The place of a period: that of its last month.
    pub(super) fn at(&self, period: Period) -> i64 {
        self.at_month(month(period))
    }

    /// The place of a year.
    pub(super) fn at_year(&self, year: i32) -> i64 {
        self.at(Period::Year(year))
    }

    fn at_month(&self, month: i64) -> i64 {
        let (from, to) = (self.left + BESIDE, self.right - BESIDE);
        let span = (self.last - self.first).max(1);
        let place = from + (month - self.first) * (to - from) / span;
        place.clamp(self.left, self.right)
    }

    /// Years that are named on the axis, and where.
    pub(super) fn ticks(&self) -> Vec<(i64, i64)> {
        let (first, last) = (
            (self.first - 1).div_euclid(12),
            (self.last - 12).div_euclid(12),
        );
        let room = ((self.right - self.left) / 52).max(1);
        let every = [1, 2, 5, 10, 20, 50]
            .into_iter()
            .find(|every| (last - first) / every < room)
            .unwrap_or(100);
        (first..=last)
            .filter(|year| (last - year) % every == 0)
            .map(|year| (self.at_month(year * 12 + 12), year))
            .collect()
    }
}

/// Months up to the end of a period; the end of a year is twelve times its number.
fn month(period: Period) -> i64 {
    use chrono::Datelike;
    let day = period.last_day();
    i64::from(day.year()) * 12 + i64::from(day.month())
}
