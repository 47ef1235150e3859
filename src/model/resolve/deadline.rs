//! By when a duty is to be met: what stands behind `by`, `every` and `regularly`.

use chrono::NaiveDate;

use super::Cx;
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::model::{Deadline, Expr, ExprKind, OnDay, Recurrence, RuleId, RuleKind, Stretch};
use crate::number::Exact;
use crate::set::Comparison;
use crate::source::Span;
use crate::syntax::ast::{Step, Timing};
use crate::unit::ParsedUnit;

/// Months that fit a whole number of times into a year, so that they may begin with it.
const WITHIN_A_YEAR: [u16; 6] = [1, 2, 3, 4, 6, 12];

impl Cx {
    /// The deadline of a rule; `None` where something is wrong with it.
    pub(super) fn deadline(&mut self, id: RuleId, timing: Option<&Timing>) -> Option<()> {
        let is_duty = matches!(
            timing,
            Some(
                Timing::ByDay(_)
                    | Timing::Every { .. }
                    | Timing::Regularly { .. }
                    | Timing::Undated(_)
            )
        );
        if is_duty && self.model.rules[id].kind == RuleKind::Check {
            let span = self.model.rules[id].span;
            self.bad_duty(span, "duty-of-check");
            return None;
        }
        let deadline = match timing {
            Some(Timing::ByDay(day)) => {
                let day = self.expr(day);
                let this = self.on_day(OnDay::This, day.span);
                let op = Comparison::Ge;
                let kind = ExprKind::Compare(op, Box::new(this), Box::new(day.clone()));
                let reached = Expr::new(kind, day.span);
                Some(Deadline::Day { day, reached })
            }
            Some(Timing::Every { step, since, until }) => {
                let first = since.map(|at| at.period.first_day());
                let last = until.map(|at| at.period.last_day());
                Some(Deadline::Every(self.recurrence(step, first, last)?))
            }
            Some(Timing::Regularly { .. }) => Some(Deadline::Open),
            Some(Timing::Undated(_)) => Some(Deadline::Undated),
            _ => None,
        };
        self.model.rules[id].deadline = deadline;
        Some(())
    }

    fn recurrence(
        &mut self,
        step: &Step,
        since: Option<NaiveDate>,
        until: Option<NaiveDate>,
    ) -> Option<Recurrence> {
        let n = step
            .number
            .as_ref()
            .map_or_else(|| Exact::from(1), |number| number.value.clone());
        let unit = match &step.unit {
            Some(word) => match self.parsed_unit(word)? {
                ParsedUnit::Unit(unit) => Some(unit),
                _ => None,
            },
            None => None,
        };
        let stretch = unit.and_then(|unit| {
            let kind = |name: &str| {
                let kind = self.model.units.kind(name)?;
                Some(crate::unit::Dimension::of(kind))
            };
            let of = |factor: Exact| -> Option<u16> {
                let n = &n * &factor;
                let n: u16 = n.decimal_string()?.parse().ok()?;
                (n > 0).then_some(n)
            };
            if kind("calendar").as_ref() == Some(&unit.dimension) {
                of(unit.factor.clone()).map(Stretch::Months)
            } else if kind("time").as_ref() == Some(&unit.dimension) {
                let days = unit.factor.checked_div(&Exact::from(crate::day::LENGTH))?;
                of(days).map(Stretch::Days)
            } else {
                None
            }
        });
        let Some(stretch) = stretch else {
            self.bad_duty(step.span, "duty-stretch");
            return None;
        };
        let is_of_year = matches!(stretch, Stretch::Months(n) if WITHIN_A_YEAR.contains(&n));
        if since.is_none() && !is_of_year {
            self.bad_duty(step.span, "duty-since");
            return None;
        }
        Some(Recurrence {
            stretch,
            since,
            until,
        })
    }

    pub(super) fn bad_duty(&mut self, span: Span, why: &'static str) {
        self.push(Diagnostic::new(Code::BadDuty, span).with("why", Message::new(why)));
    }
}
