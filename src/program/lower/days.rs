//! Sums that move a day by months or by working days: step by step, in the order in which they are
//! written.

use std::sync::Arc;

use super::Cx;
use crate::day::Calendar;
use crate::model::{Expr, Role, Type};
use crate::program::{DayStep, Term, TermId, TermKind};
use crate::syntax::ast::PeriodRef;

impl Cx<'_> {
    /// The calendar of the pack; a checked model that counts working days has one.
    fn calendar(&self) -> Option<Arc<Calendar>> {
        self.model.pack.calendar.clone()
    }

    pub(super) fn worked(&mut self, from: &Expr, to: &Expr, at: PeriodRef) -> TermKind {
        let (from, to) = (self.expr(from, at), self.expr(to, at));
        match self.calendar() {
            Some(calendar) => TermKind::Worked(calendar, from, to),
            None => TermKind::Any(Vec::new()),
        }
    }

    /// By what a term moves a day; nothing for days themselves.
    fn step(&self, ty: &Type) -> Option<DayStep> {
        let Type::Quantity(ty) = ty else {
            return None;
        };
        let kind = |name: &str| {
            let kind = self.model.units.kind(name)?;
            Some(crate::unit::Dimension::of(kind))
        };
        if Some(&ty.dimension) == kind("calendar").as_ref() {
            Some(DayStep::Months)
        } else if Some(&ty.dimension) == kind("workday").as_ref() {
            self.calendar().map(DayStep::Worked)
        } else {
            None
        }
    }

    /// Whether a sum is a day, moved by more than days.
    pub(super) fn moves_days(&self, sum: &Expr, terms: &[(bool, Expr)]) -> bool {
        let is_day = matches!(&sum.ty, Type::Quantity(ty) if ty.role == Role::Date);
        is_day && terms.iter().any(|(_, term)| self.step(&term.ty).is_some())
    }

    pub(super) fn moved(&mut self, terms: &[(bool, Expr)], at: PeriodRef, sum: &Expr) -> TermId {
        let mut reached: Option<TermId> = None;
        for (is_minus, expr) in terms {
            let term = self.expr(expr, at);
            reached = Some(match (reached, self.step(&expr.ty)) {
                (None, _) => term,
                (Some(day), step) => {
                    let kind = match step {
                        Some(step) => TermKind::Moved(step, day, term, *is_minus),
                        None => TermKind::Sum(vec![(false, day), (*is_minus, term)]),
                    };
                    let first = terms.first().map_or(sum.span, |(_, first)| first.span);
                    self.terms.push(Term {
                        kind,
                        span: first.to(expr.span),
                        ty: sum.ty.clone(),
                        define: None,
                        words: std::sync::OnceLock::new(),
                    })
                }
            });
        }
        reached.unwrap_or_else(|| self.push(TermKind::Any(Vec::new()), sum))
    }
}
