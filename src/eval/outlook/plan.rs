//! Base, target and time of a level target, and what each method says of one value.

use super::reach::{Pace, Reach, Years};
use super::{Grade, nothing};
use crate::eval::Outlook;
use crate::model::{ExprKind, Level, Method, Rule, When};
use crate::number::Exact;
use crate::period::Period;
use crate::set::{Comparison, Set, Truth, compare};
use crate::verdict::{Cause, Causes, OutlookClass};

/// Base, target and time of a level target.
pub(super) struct Plan<'a> {
    base: Exact,
    target: Exact,
    method: &'a Method,
    /// The base meets the limit only beyond it.
    is_strict: bool,
    /// Whether the target is a least value.
    is_rising: bool,
    /// Years from the base to the evaluated period.
    elapsed: i32,
    /// Years from the base to the target.
    total: i32,
    base_year: i32,
    /// Whether to find the year in which the target is reached; a verdict does without.
    pub(super) in_full: bool,
}

impl<'a> Plan<'a> {
    /// The plan of a rule by a method, seen from a period before it is due.
    pub(super) fn of(
        rule: &Rule,
        level: &Level,
        method: &'a Method,
        at: Period,
        link: &Exact,
    ) -> Option<Plan<'a>> {
        let baseline = rule.baseline.as_ref()?;
        let due = match rule.when {
            When::By(due) | When::ReachedBy(due) => due,
            When::Each { .. } => return None,
        };
        let base_year = baseline.period.year();
        Some(Plan {
            base: &baseline.value * link,
            target: linked_limit(rule, level, &baseline.value, link),
            method,
            is_strict: matches!(level.op, Comparison::Gt | Comparison::Lt),
            is_rising: matches!(level.op, Comparison::Ge | Comparison::Gt),
            elapsed: at.year() - base_year,
            total: due.year() - base_year,
            base_year,
            in_full: false,
        })
    }

    /// What the method says of one value.
    pub(super) fn outlook(&self, value: &Set) -> Outlook {
        let undefined = || Outlook {
            causes: Cause::Undefined.into(),
            ..nothing()
        };
        if self.elapsed < 1 || self.total <= self.elapsed || self.base == self.target {
            return undefined();
        }
        // From a base that is beyond the target no pace leads to it.
        let is_beyond = self.is_rising != (self.target > self.base);
        if is_beyond && !matches!(self.method, Method::Waypoints(_)) {
            return undefined();
        }
        let scored = match self.method {
            Method::Linear => self.linear(value),
            Method::Geometric => self.geometric(value),
            Method::Waypoints(points) => self.waypoints(value, points),
            Method::GrowthRatio => self.growth_ratio(value),
            Method::ProjectionRatio => self.projection_ratio(value),
        };
        let Some(mut outlook) = scored else {
            return undefined();
        };
        let is_rate = matches!(
            self.method,
            Method::Geometric | Method::GrowthRatio | Method::ProjectionRatio
        );
        outlook.is_rate = is_rate;
        let paces = if is_rate {
            self.rates(value)
        } else {
            self.steps(value)
        };
        (outlook.achieved, outlook.required, outlook.projection) = paces;
        if self.in_full && !is_beyond {
            outlook.reach = self.reach(value, is_rate);
        }
        outlook
    }

    /// (v - b) / (T - b) against (t - t0) / (t1 - t0).
    fn linear(&self, value: &Set) -> Option<Outlook> {
        let gap = &self.target - &self.base;
        let score = value
            .sub(&Set::point(self.base.clone()))
            .scale(&gap.recip()?);
        let due = Exact::ratio(i64::from(self.elapsed), i64::from(self.total))?;
        Some(held(Comparison::Ge, score, due))
    }

    /// v against b (T / b)^((t - t0) / (t1 - t0)), compared as powers, so without roots.
    fn geometric(&self, value: &Set) -> Option<Outlook> {
        let ratio = self
            .target
            .checked_div(&self.base)
            .filter(|ratio| ratio.signum() > 0)?;
        if self.base.signum() <= 0 {
            return None;
        }
        let elapsed = u32::try_from(self.elapsed).ok()?;
        let total = u32::try_from(self.total).ok()?;
        let path = Set::point(ratio.pow(self.elapsed)?).root(total).ok()?;
        let path = path.scale(&self.base);
        // Progress along the path: v / path for a rising target, path / v for a falling one.
        let score = if self.is_rising {
            value.div(&path).ok()?
        } else {
            path.div(value).ok()?
        };
        let mut outlook = held(Comparison::Ge, score, Exact::from(1));
        if outlook.class == OutlookClass::Undetermined {
            // v / b to the power of the total years decides ties exactly.
            let power = value.scale(&self.base.recip()?).pow(total).ok();
            let limit = ratio.pow(i32::try_from(elapsed).ok()?)?;
            let op = if self.is_rising {
                Comparison::Ge
            } else {
                Comparison::Le
            };
            let is_positive = compare(Comparison::Gt, value, &Set::point(Exact::from(0)));
            if let (Some(power), Truth::True) = (power, is_positive) {
                outlook.class = class_of(compare(op, &power, &Set::point(limit)));
                if outlook.class != OutlookClass::Undetermined {
                    outlook.causes = Causes::NONE;
                }
            }
        }
        Some(outlook)
    }

    /// v against the declared values, straight between them.
    fn waypoints(&self, value: &Set, points: &[(Period, Exact)]) -> Option<Outlook> {
        let due = self.between_waypoints(points, self.base_year + self.elapsed)?;
        let op = if self.is_rising {
            Comparison::Ge
        } else {
            Comparison::Le
        };
        Some(held(op, value.clone(), due))
    }

    /// The value between declared ones in a year.
    fn between_waypoints(&self, points: &[(Period, Exact)], year: i32) -> Option<Exact> {
        let mut before = (self.base_year, self.base.clone());
        let mut after = (self.base_year + self.total, self.target.clone());
        for (period, point) in points {
            let at = period.year();
            if at <= year && at >= before.0 {
                before = (at, point.clone());
            }
            if at >= year && at < after.0 {
                after = (at, point.clone());
            }
        }
        let span = after.0 - before.0;
        if span == 0 {
            return Some(before.1);
        }
        let part = Exact::ratio(i64::from(year - before.0), i64::from(span))?;
        Some(&before.1 + &(&(&after.1 - &before.1) * &part))
    }

    /// Where the method says that the quantity should be, in each year from base to target;
    /// nothing for a method that only compares rates.
    pub(super) fn path(&self) -> Vec<(i32, Set)> {
        let at = |year: i32| -> Option<Set> {
            let gone = year - self.base_year;
            match self.method {
                Method::Linear => {
                    let part = Exact::ratio(i64::from(gone), i64::from(self.total))?;
                    let gap = &self.target - &self.base;
                    Some(Set::point(&self.base + &(&gap * &part)))
                }
                Method::Geometric => {
                    let base = positive(&self.base)?;
                    let ratio = self.target.checked_div(&base)?.pow(gone)?;
                    let total = u32::try_from(self.total).ok()?;
                    Some(Set::point(ratio).root(total).ok()?.scale(&base))
                }
                Method::Waypoints(points) => self.between_waypoints(points, year).map(Set::point),
                Method::GrowthRatio | Method::ProjectionRatio => None,
            }
        };
        let years = self.base_year..=self.base_year.saturating_add(self.total.min(MOST_YEARS));
        if self.total < 1 || self.total > MOST_YEARS {
            return Vec::new();
        }
        let points: Option<Vec<(i32, Set)>> = years.map(|year| Some((year, at(year)?))).collect();
        points.unwrap_or_default()
    }

    /// Observed over required compound rate, as Eurostat grades it.
    fn growth_ratio(&self, value: &Set) -> Option<Outlook> {
        let one = Set::point(Exact::from(1));
        let elapsed = u32::try_from(self.elapsed).ok()?;
        let total = u32::try_from(self.total).ok()?;
        let base = positive(&self.base)?;
        let observed = value.scale(&base.recip()?).root(elapsed).ok()?.sub(&one);
        let ratio = self.target.checked_div(&base)?;
        let required = Set::point(ratio).root(total).ok()?.sub(&one);
        let score = observed.div(&required).ok()?;
        let mut outlook = held(Comparison::Ge, score, Exact::ratio(95, 100)?);
        let grades = [
            (Exact::ratio(95, 100)?, Grade::OnTrack),
            (Exact::ratio(60, 100)?, Grade::AccelerationNeeded),
            (Exact::from(0), Grade::Limited),
        ];
        outlook.grade = grade(outlook.score.as_ref()?, &grades, Grade::MovingAway);
        Some(outlook)
    }

    /// Projected over required gain, as the UN grades it.
    fn projection_ratio(&self, value: &Set) -> Option<Outlook> {
        let projection = self.project(value)?;
        let gap = &self.target - &self.base;
        let score = projection
            .sub(&Set::point(self.base.clone()))
            .scale(&gap.recip()?);
        let mut outlook = held(Comparison::Ge, score, Exact::ratio(95, 100)?);
        let grades = [
            (Exact::ratio(95, 100)?, Grade::OnTrack),
            (Exact::ratio(10, 100)?, Grade::Some),
        ];
        outlook.grade = grade(outlook.score.as_ref()?, &grades, Grade::NoProgress);
        Some(outlook)
    }

    /// v on at the observed compound rate: b (v / b)^(total / elapsed).
    fn project(&self, value: &Set) -> Option<Set> {
        let base = positive(&self.base)?;
        let elapsed = u32::try_from(self.elapsed).ok()?;
        let total = u32::try_from(self.total).ok()?;
        let is_positive = compare(Comparison::Ge, value, &Set::point(Exact::from(0)));
        if is_positive != Truth::True {
            return None;
        }
        let ratio = value.scale(&base.recip()?).pow(total).ok()?;
        Some(ratio.root(elapsed).ok()?.scale(&base))
    }

    /// The year in which the target is reached at the pace so far.
    fn reach(&self, value: &Set, is_rate: bool) -> Option<Reach> {
        let years = Years {
            base: self.base_year,
            elapsed: self.elapsed,
        };
        // How far along: the share of the gap, or the value over the base.
        let (along, grows) = if is_rate {
            (value.scale(&positive(&self.base)?.recip()?), self.is_rising)
        } else {
            let gap = (&self.target - &self.base).recip()?;
            (value.sub(&Set::point(self.base.clone())).scale(&gap), true)
        };
        let (best, worst) = if grows {
            (along.hi(), along.lo())
        } else {
            (along.lo(), along.hi())
        };
        let best = match best.value() {
            Some(value) => Pace::At {
                value,
                takes_equal: best.is_closed() && !self.is_strict,
                is_approached: false,
            },
            None => Pace::Unbounded,
        };
        let worst = match worst.value() {
            Some(value) => Pace::At {
                value,
                takes_equal: !worst.is_closed() || !self.is_strict,
                is_approached: !worst.is_closed(),
            },
            None => Pace::Away,
        };
        if !is_rate {
            return Some(Reach {
                earliest: years.straight(best),
                latest: years.straight(worst),
            });
        }
        let target = self.target.checked_div(&self.base)?;
        Some(Reach {
            earliest: years.constant_rate(best, &target)?,
            latest: years.constant_rate(worst, &target)?,
        })
    }

    /// Achieved and required steps a year, and where they lead.
    fn steps(&self, value: &Set) -> (Option<Set>, Option<Set>, Option<Set>) {
        let years = |n: i32| Exact::from(i64::from(n)).recip();
        let left = self.total - self.elapsed;
        let (Some(so_far), Some(to_come)) = (years(self.elapsed), years(left)) else {
            return (None, None, None);
        };
        let base = Set::point(self.base.clone());
        let target = Set::point(self.target.clone());
        let achieved = value.sub(&base).scale(&so_far);
        let required = target.sub(value).scale(&to_come);
        // b + (v - b) total / elapsed: the value stands once, so the set is tight.
        let whole = &Exact::from(i64::from(self.total)) * &so_far;
        let projection = value.sub(&base).scale(&whole).add(&base);
        (Some(achieved), Some(required), Some(projection))
    }

    /// Achieved and required rates a year, and where they lead.
    fn rates(&self, value: &Set) -> (Option<Set>, Option<Set>, Option<Set>) {
        let one = Set::point(Exact::from(1));
        let rate = |ratio: Option<Set>, years: i32| {
            let degree = u32::try_from(years).ok()?;
            Some(ratio?.root(degree).ok()?.sub(&one))
        };
        let so_far = positive(&self.base)
            .and_then(|base| base.recip())
            .map(|part| value.scale(&part));
        let to_come = Set::point(self.target.clone()).div(value).ok();
        let left = self.total - self.elapsed;
        (
            rate(so_far, self.elapsed),
            rate(to_come, left),
            self.project(value),
        )
    }
}

/// Years of a path; a plan over more has none to be drawn.
const MOST_YEARS: i32 = 200;

/// The limit on a later basis: one that is relative to the baseline moves with it.
pub(super) fn linked_limit(rule: &Rule, level: &Level, base: &Exact, link: &Exact) -> Exact {
    let ExprKind::Compare(_, left, right) = &rule.goal.kind else {
        return level.limit.clone();
    };
    match &left.kind {
        ExprKind::Figure(_) => level.limit.clone(),
        _ if matches!(right.kind, ExprKind::Figure(_)) => level.limit.clone(),
        // So many units more or less than the baseline.
        ExprKind::Sum(_) => &level.limit + &(&(base * link) - base),
        _ => &level.limit * link,
    }
}

fn positive(value: &Exact) -> Option<Exact> {
    (value.signum() > 0).then(|| value.clone())
}

/// The grade of a score, where all its values have the same.
fn grade(score: &Set, steps: &[(Exact, Grade)], lowest: Grade) -> Option<Grade> {
    for (limit, grade) in steps {
        match compare(Comparison::Ge, score, &Set::point(limit.clone())) {
            Truth::True => return Some(*grade),
            Truth::False => {}
            Truth::Unknown => return None,
        }
    }
    Some(lowest)
}

/// On track where the comparison with the threshold holds for all that the score may be.
fn held(op: Comparison, score: Set, threshold: Exact) -> Outlook {
    let class = class_of(compare(op, &score, &Set::point(threshold.clone())));
    let causes = match class {
        OutlookClass::Undetermined => Cause::Imprecise.into(),
        _ => Causes::NONE,
    };
    Outlook {
        class,
        causes,
        score: Some(score),
        threshold: Some(threshold),
        ..nothing()
    }
}

/// What the answer of a comparison says of the way to a target.
fn class_of(answer: Truth) -> OutlookClass {
    match answer {
        Truth::True => OutlookClass::OnTrack,
        Truth::False => OutlookClass::OffTrack,
        Truth::Unknown => OutlookClass::Undetermined,
    }
}
