//! The types of days: what may be added to a day, what lies between two, and duties by a day.

use super::Cx;
use super::arithmetic::add;
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::model::{Deadline, Expr, ExprKind, OnDay, QuantityType, Role, Rule, Type};
use crate::set::Comparison;
use crate::source::Span;
use crate::syntax::ast::Modality;
use crate::unit::Dimension;

/// Whether an expression is a day.
pub(super) fn is_day(ty: &Type) -> bool {
    matches!(ty, Type::Quantity(ty) if ty.role == Role::Date)
}

impl Cx {
    pub(super) fn bad_date(&mut self, span: Span, why: &'static str) {
        let diagnostic = Diagnostic::new(Code::BadDate, span).with("why", Message::new(why));
        self.diagnostics
            .push(diagnostic.help(Message::new("help-date")));
    }

    /// Checks an expression that must be a number, and no day.
    pub(super) fn length(&mut self, expr: &mut Expr) -> Option<QuantityType> {
        let found = self.number(expr)?;
        if found.role == Role::Date {
            self.bad_date(expr.span, "day-wrong-counted");
            return None;
        }
        Some(found)
    }

    fn dimension(&self, kind: &str) -> Option<Dimension> {
        self.facts.units.kind(kind).map(Dimension::of)
    }

    /// A day and a length of time, or the time from one day to another.
    pub(super) fn day_sum(
        &mut self,
        left: &QuantityType,
        found: &QuantityType,
        is_minus: bool,
        term: &Expr,
    ) -> Option<QuantityType> {
        if left.role != Role::Date {
            self.bad_date(term.span, "day-wrong-first");
            return None;
        }
        if found.role == Role::Date {
            if !is_minus {
                self.bad_date(term.span, "day-wrong-and-date");
                return None;
            }
            return Some(QuantityType::new(left.dimension.clone(), Role::Amount));
        }
        let is = |kind: &str| self.dimension(kind).as_ref() == Some(&found.dimension);
        let is_work = is("workday");
        let is_length = found.role == Role::Amount && !found.is_bare;
        if !is_length || !(is_work || is("calendar") || is("time")) {
            self.bad_date(term.span, "day-wrong-step");
            return None;
        }
        if is_work && !self.facts.has_calendar {
            self.no_calendar(term.span);
            return None;
        }
        if let ExprKind::Number(value) = &term.kind {
            let unit = match is("time") {
                true => crate::number::Exact::from(crate::day::LENGTH),
                false => crate::number::Exact::from(1),
            };
            let is_whole = value.checked_div(&unit).is_some_and(|n| n.is_integer());
            if !is_whole {
                self.bad_date(term.span, "day-wrong-part");
                return None;
            }
        }
        Some(left.clone())
    }

    /// The type of a sum; of days, what moves them or lies between them.
    pub(super) fn sum(&mut self, terms: &mut [(bool, Expr)]) -> Type {
        let mut total: Option<(QuantityType, Span)> = None;
        let mut is_known = true;
        for (is_minus, term) in terms {
            let Some(found) = self.number(term) else {
                is_known = false;
                continue;
            };
            total = Some(match total {
                None if *is_minus && found.role == Role::Date => {
                    self.bad_date(term.span, "day-wrong-first");
                    is_known = false;
                    (found, term.span)
                }
                None => (found, term.span),
                Some((left, span)) if left.role == Role::Date || found.role == Role::Date => {
                    match self.day_sum(&left, &found, *is_minus, term) {
                        Some(ty) => (ty, span.to(term.span)),
                        None => {
                            is_known = false;
                            (left, span)
                        }
                    }
                }
                Some((left, span)) => match add(&left, &found, *is_minus) {
                    Ok(ty) => (ty, span.to(term.span)),
                    Err(code) => {
                        self.clash(code, &left, span, &found, term.span);
                        is_known = false;
                        (left, span)
                    }
                },
            });
        }
        match total {
            Some((ty, _)) if is_known => Type::Quantity(ty),
            _ => Type::Unknown,
        }
    }

    fn no_calendar(&mut self, span: Span) {
        let why = Message::new("calendar-none");
        let diagnostic = Diagnostic::new(Code::BadCalendar, span).with("why", why);
        self.diagnostics
            .push(diagnostic.help(Message::new("help-calendar")));
    }

    /// The working days after one day up to another.
    pub(super) fn worked(&mut self, from: &mut Expr, to: &mut Expr, span: Span) -> Type {
        for day in [&mut *from, &mut *to] {
            self.type_of(day);
            if day.ty != Type::Unknown && !is_day(&day.ty) {
                self.bad_date(day.span, "day-wrong-needed");
                return Type::Unknown;
            }
        }
        if from.ty == Type::Unknown || to.ty == Type::Unknown {
            return Type::Unknown;
        }
        if !self.facts.has_calendar {
            self.no_calendar(span);
            return Type::Unknown;
        }
        match self.dimension("workday") {
            Some(dimension) => Type::Quantity(QuantityType::new(dimension, Role::Amount)),
            None => Type::Unknown,
        }
    }

    /// A duty whose goal is a day is met where that day lies in time; one that must not be is met
    /// where its goal does not hold.
    pub(super) fn duty(&mut self, rule: &mut Rule) {
        let n_before = self.diagnostics.len();
        self.type_of(&mut rule.goal);
        let is_sound = self.diagnostics.len() == n_before;
        // It is checked once more as a condition, and says there what is wrong.
        self.diagnostics.truncate(n_before);
        if let Some(Deadline::Day { day, reached }) = &mut rule.deadline {
            self.type_of(day);
            if day.ty != Type::Unknown && !is_day(&day.ty) {
                self.bad_date(day.span, "deadline-no-day");
                rule.deadline = None;
            } else {
                let n_before = self.diagnostics.len();
                self.condition(reached);
                self.diagnostics.truncate(n_before);
            }
        }
        let goal_is_day = is_sound && is_day(&rule.goal.ty);
        if goal_is_day || rule.deadline.is_some() || rule.modality == Modality::MustNot {
            rule.level = None;
        }
        if goal_is_day {
            if rule.modality == Modality::MustNot {
                self.bad_duty(rule.goal.span, "duty-must-not-day");
                rule.goal.kind = ExprKind::Error;
                return;
            }
            let goal = &rule.goal;
            let compare = |op, right: Expr, span| {
                let kind = ExprKind::Compare(op, Box::new(goal.clone()), Box::new(right));
                Expr::new(kind, span)
            };
            let at = |on| Expr {
                kind: ExprKind::OnDay(on),
                span: goal.span,
                ty: goal.ty.clone(),
            };
            rule.goal = match &rule.deadline {
                Some(Deadline::Day { day, .. }) => {
                    compare(Comparison::Le, day.clone(), goal.span.to(day.span))
                }
                Some(Deadline::Every(every)) => {
                    let first = compare(Comparison::Ge, at(OnDay::First(*every)), goal.span);
                    let last = compare(Comparison::Le, at(OnDay::Last(*every)), goal.span);
                    Expr::new(ExprKind::All(vec![first, last]), goal.span)
                }
                Some(Deadline::Open | Deadline::Undated) | None => {
                    self.bad_duty(goal.span, "duty-day-without-deadline");
                    rule.goal.kind = ExprKind::Error;
                    return;
                }
            };
        }
        if rule.modality == Modality::MustNot {
            let span = rule.goal.span;
            let inner = std::mem::replace(&mut rule.goal, Expr::new(ExprKind::Error, span));
            rule.goal = Expr::new(ExprKind::Not(Box::new(inner)), span);
        }
    }

    fn bad_duty(&mut self, span: Span, why: &'static str) {
        let diagnostic = Diagnostic::new(Code::BadDuty, span).with("why", Message::new(why));
        self.diagnostics.push(diagnostic);
    }
}
