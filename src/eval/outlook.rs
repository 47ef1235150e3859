//! The outlook of a pending target, by the method that its rule names.

use super::Outlook;
use super::run::Run;
use crate::figures::{ClaimId, Submission};
use crate::model::{ExprKind, Level, Method, Rule, When};
use crate::number::Exact;
use crate::period::Period;
use crate::program::Program;
use crate::set::{Comparison, Set, Truth, compare};
use crate::verdict::{Cause, Causes, OutlookClass};

/// The finer grades of the methods of Eurostat and the UN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Growth ratio at least 0.95, or projection ratio at least 0.95.
    OnTrack,
    /// Growth ratio from 0.60 to 0.95.
    AccelerationNeeded,
    /// Growth ratio from 0 to 0.60.
    Limited,
    /// Growth ratio below 0.
    MovingAway,
    /// Projection ratio from 0.10 to 0.95.
    Some,
    /// Projection ratio below 0.10.
    NoProgress,
}

impl Grade {
    /// The word of the machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Grade::OnTrack => "on-track",
            Grade::AccelerationNeeded => "acceleration-needed",
            Grade::Limited => "limited",
            Grade::MovingAway => "moving-away",
            Grade::Some => "some",
            Grade::NoProgress => "none",
        }
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Grade::OnTrack => "grade-on-track",
            Grade::AccelerationNeeded => "grade-acceleration-needed",
            Grade::Limited => "grade-limited",
            Grade::MovingAway => "grade-moving-away",
            Grade::Some => "grade-some",
            Grade::NoProgress => "grade-none",
        }
    }
}

/// An outlook that says nothing yet.
pub(super) fn nothing() -> Outlook {
    Outlook {
        class: OutlookClass::Undetermined,
        grade: None,
        method: None,
        score: None,
        threshold: None,
        required: None,
        achieved: None,
        is_rate: false,
        projection: None,
        causes: Causes::NONE,
        claims: Vec::new(),
    }
}

/// The outlook of a level target at a period before it is due.
pub(super) fn of_rule(
    program: &Program,
    submission: &Submission,
    rule: &Rule,
    run: &Run,
    at: Period,
    is_met: bool,
) -> Outlook {
    let mut result = Outlook {
        method: rule.method.clone(),
        ..nothing()
    };
    let Some(level) = &rule.level else {
        return result;
    };
    let root = run.frame.columns.keys().next_back().copied();
    let values: Vec<(usize, Set)> = (0..run.frame.rows.len())
        .filter_map(|row| Some((row, run.frame.number(root?, row)?.clone())))
        .collect();
    let inputs = &run.frame.inputs;
    let mut claims: Vec<ClaimId> = (0..run.frame.rows.len())
        .flat_map(|row| {
            inputs
                .iter()
                .flat_map(move |input| run.frame.claims(row, *input))
        })
        .collect();
    claims.sort_by(|a, b| submission.order(*a, *b).then(a.cmp(b)));
    claims.dedup();
    result.claims = claims;
    if values.is_empty() {
        let causes = root.map_or(Causes::NONE, |root| run.frame.causes(root, 0));
        result.causes = causes;
        if is_met {
            result.class = OutlookClass::MetEarly;
        }
        return result;
    }
    let plan = Plan::of(rule, level, at);
    let is_broken = is_broken(program, submission, rule, level, &result.claims);
    let readings: Vec<Outlook> = match (&plan, is_broken) {
        (Some(plan), false) => values
            .iter()
            .map(|(_, value)| plan.outlook(value))
            .collect(),
        (Some(_), true) => {
            result.causes = Cause::DefinitionBreak.into();
            Vec::new()
        }
        (None, _) => {
            result.causes = Cause::Undefined.into();
            Vec::new()
        }
    };
    // Several claims are judged alone, as for verdicts: agreement or nothing.
    if let Some(first) = readings.first() {
        let definite: Vec<&Outlook> = readings
            .iter()
            .filter(|one| one.class != OutlookClass::Undetermined)
            .collect();
        let agreed = definite
            .first()
            .filter(|one| definite.iter().all(|other| other.class == one.class));
        let chosen = match (agreed, definite.is_empty()) {
            (Some(agreed), _) => (*agreed).clone(),
            (None, true) => first.clone(),
            (None, false) => Outlook {
                class: OutlookClass::Undetermined,
                causes: Cause::Conflict.into(),
                ..first.clone()
            },
        };
        result = Outlook {
            method: result.method,
            claims: result.claims,
            ..chosen
        };
    }
    // An average is met early only where the level that it leads to is.
    let limit = Set::point(level.limit.clone());
    let is_there = |(_, value): &(usize, Set)| compare(level.op, value, &limit) == Truth::True;
    if is_met && values.iter().any(is_there) {
        result.class = OutlookClass::MetEarly;
        result.causes = Causes::NONE;
        // Nothing more is required of what is there.
        result.required = None;
    }
    result
}

/// The outlook of a target by another method than its own, from one value.
#[must_use]
pub fn outlook_by(rule: &Rule, method: &Method, value: &Set, at: Period) -> Option<Outlook> {
    let level = rule.level.as_ref()?;
    let plan = Plan {
        method,
        ..Plan::of(rule, level, at)?
    };
    Some(Outlook {
        method: Some(method.clone()),
        ..plan.outlook(value)
    })
}

/// Whether figures of the outlook are of another basis than the plan's baseline.
fn is_broken(
    program: &Program,
    submission: &Submission,
    rule: &Rule,
    level: &Level,
    claims: &[ClaimId],
) -> bool {
    let (ExprKind::Figure(figure), Some(baseline)) = (&level.subject.kind, &rule.baseline) else {
        return false;
    };
    let indicator = &program.model.indicators[figure.indicator];
    let plan = crate::figures::basis_in(indicator, baseline.period);
    claims.iter().any(|id| submission.claims[*id].basis != plan)
}

/// Base, target and time of a level target.
struct Plan<'a> {
    base: &'a Exact,
    target: &'a Exact,
    method: &'a Method,
    /// Whether the target is a least value.
    is_rising: bool,
    /// Years from the base to the evaluated period.
    elapsed: i32,
    /// Years from the base to the target.
    total: i32,
    base_year: i32,
}

impl<'a> Plan<'a> {
    fn of(rule: &'a Rule, level: &'a Level, at: Period) -> Option<Plan<'a>> {
        let baseline = rule.baseline.as_ref()?;
        let due = match rule.when {
            When::By(due) | When::ReachedBy(due) => due,
            When::Each { .. } => return None,
        };
        let base_year = baseline.period.year();
        Some(Plan {
            base: &baseline.value,
            target: &level.limit,
            method: rule.method.as_ref()?,
            is_rising: matches!(level.op, Comparison::Ge | Comparison::Gt),
            elapsed: at.year() - base_year,
            total: due.year() - base_year,
            base_year,
        })
    }

    fn outlook(&self, value: &Set) -> Outlook {
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
        outlook
    }

    /// On track where the score reaches the threshold.
    fn scored(&self, score: Set, threshold: Exact) -> Outlook {
        let class = match compare(Comparison::Ge, &score, &Set::point(threshold.clone())) {
            Truth::True => OutlookClass::OnTrack,
            Truth::False => OutlookClass::OffTrack,
            Truth::Unknown => OutlookClass::Undetermined,
        };
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

    /// (v - b) / (T - b) against (t - t0) / (t1 - t0).
    fn linear(&self, value: &Set) -> Option<Outlook> {
        let gap = self.target - self.base;
        let score = value
            .sub(&Set::point(self.base.clone()))
            .scale(&gap.recip()?);
        let due = Exact::ratio(i64::from(self.elapsed), i64::from(self.total))?;
        Some(self.scored(score, due))
    }

    /// v against b (T / b)^((t - t0) / (t1 - t0)), compared as powers, so without roots.
    fn geometric(&self, value: &Set) -> Option<Outlook> {
        let ratio = self
            .target
            .checked_div(self.base)
            .filter(|ratio| ratio.signum() > 0)?;
        if self.base.signum() <= 0 {
            return None;
        }
        let elapsed = u32::try_from(self.elapsed).ok()?;
        let total = u32::try_from(self.total).ok()?;
        let path = Set::point(ratio.pow(self.elapsed)?).root(total).ok()?;
        let path = path.scale(self.base);
        // Progress along the path: v / path for a rising target, path / v for a falling one.
        let score = if self.is_rising {
            value.div(&path).ok()?
        } else {
            path.div(value).ok()?
        };
        let mut outlook = self.scored(score, Exact::from(1));
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
                outlook.class = match compare(op, &power, &Set::point(limit)) {
                    Truth::True => OutlookClass::OnTrack,
                    Truth::False => OutlookClass::OffTrack,
                    Truth::Unknown => OutlookClass::Undetermined,
                };
                if outlook.class != OutlookClass::Undetermined {
                    outlook.causes = Causes::NONE;
                }
            }
        }
        Some(outlook)
    }

    /// v against the declared values, straight between them.
    fn waypoints(&self, value: &Set, points: &[(Period, Exact)]) -> Option<Outlook> {
        let year = self.base_year + self.elapsed;
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
        let due = if span == 0 {
            before.1
        } else {
            let part = Exact::ratio(i64::from(year - before.0), i64::from(span))?;
            &before.1 + &(&(&after.1 - &before.1) * &part)
        };
        let class = match compare(
            if self.is_rising {
                Comparison::Ge
            } else {
                Comparison::Le
            },
            value,
            &Set::point(due.clone()),
        ) {
            Truth::True => OutlookClass::OnTrack,
            Truth::False => OutlookClass::OffTrack,
            Truth::Unknown => OutlookClass::Undetermined,
        };
        let causes = match class {
            OutlookClass::Undetermined => Cause::Imprecise.into(),
            _ => Causes::NONE,
        };
        Some(Outlook {
            class,
            causes,
            score: Some(value.clone()),
            threshold: Some(due),
            ..nothing()
        })
    }

    /// Observed over required compound rate, as Eurostat grades it.
    fn growth_ratio(&self, value: &Set) -> Option<Outlook> {
        let one = Set::point(Exact::from(1));
        let elapsed = u32::try_from(self.elapsed).ok()?;
        let total = u32::try_from(self.total).ok()?;
        let base = positive(self.base)?;
        let observed = value.scale(&base.recip()?).root(elapsed).ok()?.sub(&one);
        let ratio = self.target.checked_div(&base)?;
        let required = Set::point(ratio).root(total).ok()?.sub(&one);
        let score = observed.div(&required).ok()?;
        let mut outlook = self.scored(score, Exact::ratio(95, 100)?);
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
        let gap = self.target - self.base;
        let score = projection
            .sub(&Set::point(self.base.clone()))
            .scale(&gap.recip()?);
        let mut outlook = self.scored(score, Exact::ratio(95, 100)?);
        let grades = [
            (Exact::ratio(95, 100)?, Grade::OnTrack),
            (Exact::ratio(10, 100)?, Grade::Some),
        ];
        outlook.grade = grade(outlook.score.as_ref()?, &grades, Grade::NoProgress);
        Some(outlook)
    }

    /// v on at the observed compound rate: b (v / b)^(total / elapsed).
    fn project(&self, value: &Set) -> Option<Set> {
        let base = positive(self.base)?;
        let elapsed = u32::try_from(self.elapsed).ok()?;
        let total = u32::try_from(self.total).ok()?;
        let is_positive = compare(Comparison::Ge, value, &Set::point(Exact::from(0)));
        if is_positive != Truth::True {
            return None;
        }
        let ratio = value.scale(&base.recip()?).pow(total).ok()?;
        Some(ratio.root(elapsed).ok()?.scale(&base))
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
        let so_far = positive(self.base)
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
