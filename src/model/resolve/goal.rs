//! Goals: plain conditions, and those relative to a baseline or to an order.

use super::Cx;
use super::expr::{between, is_error};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::model::{
    Baseline, Expr, ExprKind, FigureRef, Kind, Level, Measure, Role, RuleId, Type, When,
};
use crate::number::Exact;
use crate::set::Comparison;
use crate::source::Span;
use crate::syntax::ast::{Goal, GoalWord, Limit, PeriodRef};

impl Cx {
    pub(super) fn goal(&mut self, id: RuleId, goal: &Goal) -> Built {
        match goal {
            Goal::Condition(condition) => Built {
                expr: self.expr(condition),
                level: None,
            },
            Goal::Special {
                word,
                subject,
                limit,
            } => {
                let end = match limit {
                    Limit::Compare(_, value) | Limit::Between(_, value) => value.span,
                };
                let span = subject.span.to(end);
                let subject = self.expr(subject);
                let is_absolute = self.is_absolute(limit_unit(limit), &subject);
                let mut limits = match limit {
                    Limit::Compare(op, value) => vec![(*op, self.expr(value))],
                    Limit::Between(low, high) => {
                        vec![
                            (Comparison::Ge, self.expr(low)),
                            (Comparison::Le, self.expr(high)),
                        ]
                    }
                };
                for (_, limit) in &mut limits {
                    self.inherit_unit(limit, &subject);
                }
                self.special(id, *word, subject, limits, is_absolute, span)
            }
        }
    }

    /// Whether a rise or fall is meant as a difference, such as 5 points or 3 years, and not as a
    /// part of the baseline, such as 20 %.
    fn is_absolute(&self, unit: Option<&str>, subject: &Expr) -> bool {
        use crate::unit::{Nature, ParsedUnit};
        match unit.map(|unit| self.model.units.parse(unit)) {
            Some(Ok(ParsedUnit::Unit(unit))) => {
                matches!(unit.nature, Nature::Points | Nature::Plain)
            }
            Some(Ok(ParsedUnit::Scale(_))) => true,
            Some(Err(_)) => false,
            // An index has no unit, so that a plain number can only be its points.
            None | Some(Ok(ParsedUnit::Blank)) => match &subject.kind {
                ExprKind::Figure(figure) => {
                    let kind = self.model.indicators[figure.indicator].kind;
                    matches!(kind, Kind::Index | Kind::Rank)
                }
                _ => false,
            },
        }
    }

    fn special(
        &mut self,
        id: RuleId,
        word: GoalWord,
        subject: Expr,
        limits: Vec<(Comparison, Expr)>,
        is_absolute: bool,
        span: Span,
    ) -> Built {
        let error = Built {
            expr: Expr::new(ExprKind::Error, span),
            level: None,
        };
        if is_error(&subject) {
            return error;
        }
        if word == GoalWord::Ranks {
            let Some(ranked) = self.ranked(subject) else {
                return error;
            };
            return Built {
                expr: conditions(&ranked, limits, span),
                level: None,
            };
        }
        self.settle_baseline(id, &subject);
        let rule = &self.model.rules[id];
        let (Some(baseline), due) = (rule.baseline.clone(), due_year(rule.when)) else {
            let diagnostic = Diagnostic::new(Code::BaselineMissing, span);
            self.push(diagnostic.help(Message::new("help-baseline")));
            return error;
        };
        let base = base_expr(&subject, &baseline, span);
        let years = due.map(|year| year - baseline.period.year());
        let level = level_of(word, &subject, &limits, &baseline.value, is_absolute, years);
        let quotient = || {
            let terms = vec![(false, subject.clone()), (true, base.clone())];
            Expr::new(ExprKind::Product(terms), span)
        };
        let value = match word {
            GoalWord::MultipliesBy | GoalWord::Ranks => quotient(),
            GoalWord::AverageGrowth => {
                let since = PeriodRef::Fixed(baseline.period);
                let root = Expr::new(ExprKind::YearsRoot(Box::new(quotient()), since), span);
                growth(minus_one(root, false, span), span)
            }
            GoalWord::RisesBy if is_absolute => difference(subject, base, span),
            GoalWord::FallsBy if is_absolute => difference(base, subject, span),
            GoalWord::RisesBy => growth(minus_one(quotient(), false, span), span),
            GoalWord::FallsBy => growth(minus_one(quotient(), true, span), span),
        };
        Built {
            expr: conditions(&value, limits, span),
            level,
        }
    }

    /// Gives a baseline with a scale and no unit that of the quantity that it is the baseline of.
    pub(super) fn settle_baseline(&mut self, id: RuleId, subject: &Expr) {
        let Some((factor, ty)) = self.scale_unit(subject) else {
            return;
        };
        let rule = &mut self.model.rules[id];
        let Some(baseline) = &mut rule.baseline else {
            return;
        };
        if !is_scaled(&baseline.ty) {
            return;
        }
        baseline.value = &baseline.value * &factor;
        baseline.half_unit = &baseline.half_unit * &factor;
        baseline.ty = ty.clone();
        for (literal, _) in rule
            .literals
            .iter_mut()
            .filter(|(literal, _)| is_scaled(literal))
        {
            *literal = ty.clone();
        }
    }

    /// The rank of an indicator: its own value where it is a rank, its printed rank elsewhere.
    fn ranked(&mut self, subject: Expr) -> Option<Expr> {
        let ExprKind::Figure(figure) = &subject.kind else {
            self.push(
                Diagnostic::new(Code::NeedsIndicator, subject.span)
                    .help(Message::new("help-present-needs-indicator")),
            );
            return None;
        };
        if self.model.indicators[figure.indicator].kind == Kind::Rank {
            return Some(subject);
        }
        let figure = FigureRef {
            measure: Measure::Rank,
            ..figure.clone()
        };
        Some(Expr::new(ExprKind::Figure(figure), subject.span))
    }
}

/// A goal with the level that it amounts to.
pub(super) struct Built {
    pub(super) expr: Expr,
    pub(super) level: Option<Level>,
}

fn conditions(value: &Expr, limits: Vec<(Comparison, Expr)>, span: Span) -> Expr {
    let mut limits = limits.into_iter();
    let (Some((op, limit)), second) = (limits.next(), limits.next()) else {
        return Expr::new(ExprKind::Error, span);
    };
    let kind = match second {
        Some((_, high)) => between(value.clone(), limit, high, span),
        None => ExprKind::Compare(op, Box::new(value.clone()), Box::new(limit)),
    };
    Expr::new(kind, span)
}

fn growth(value: Expr, span: Span) -> Expr {
    Expr::new(ExprKind::As(Role::Growth, Box::new(value)), span)
}

/// `value - 1`, or `1 - value`.
fn minus_one(value: Expr, is_fall: bool, span: Span) -> Expr {
    let ty = Type::Quantity(crate::model::QuantityType::bare());
    let one = Expr {
        kind: ExprKind::Number(Exact::from(1)),
        span,
        ty,
    };
    Expr::new(ExprKind::Sum(vec![(is_fall, value), (!is_fall, one)]), span)
}

fn difference(left: Expr, right: Expr, span: Span) -> Expr {
    Expr::new(ExprKind::Sum(vec![(false, left), (true, right)]), span)
}

fn base_expr(subject: &Expr, baseline: &Baseline, span: Span) -> Expr {
    match &subject.kind {
        ExprKind::Figure(figure) => {
            let kind = ExprKind::Baseline(figure.clone(), baseline.value.clone(), baseline.period);
            Expr::new(kind, baseline.span)
        }
        // The baseline has the unit of what it is the baseline of.
        _ => Expr {
            kind: ExprKind::Number(baseline.value.clone()),
            span,
            ty: baseline.ty.clone(),
        },
    }
}

pub(super) fn is_scaled(ty: &Type) -> bool {
    matches!(ty, Type::Quantity(ty) if ty.role == Role::Scaled)
}

/// The level that a goal relative to the baseline amounts to.
fn level_of(
    word: GoalWord,
    subject: &Expr,
    limits: &[(Comparison, Expr)],
    base: &Exact,
    is_absolute: bool,
    years: Option<i32>,
) -> Option<Level> {
    let [(op, limit)] = limits else { return None };
    let limit = constant(limit)?;
    let one = Exact::from(1);
    let (op, limit) = match word {
        GoalWord::MultipliesBy => (*op, base * &limit),
        GoalWord::RisesBy if is_absolute => (*op, base + &limit),
        GoalWord::FallsBy if is_absolute => (op.turned(), base - &limit),
        GoalWord::RisesBy => (*op, base * &(&one + &limit)),
        GoalWord::FallsBy => (op.turned(), base * &(&one - &limit)),
        GoalWord::AverageGrowth => {
            let years = years.filter(|years| (1..=200).contains(years))?;
            (*op, base * &(&one + &limit).pow(years)?)
        }
        GoalWord::Ranks => return None,
    };
    // Dividing by a base that is not above zero would turn the comparison.
    if base.signum() <= 0 && !is_absolute {
        return None;
    }
    Some(Level {
        subject: subject.clone(),
        op,
        limit,
    })
}

/// The value of a number that is written, or its negative.
pub(super) fn constant(expr: &Expr) -> Option<Exact> {
    match &expr.kind {
        ExprKind::Number(value) => Some(value.clone()),
        ExprKind::Negative(inner) => constant(inner).map(|value| -value),
        _ => None,
    }
}

fn due_year(when: When) -> Option<i32> {
    match when {
        When::By(due) | When::ReachedBy(due) => Some(due.year()),
        When::Each { .. } => None,
    }
}

fn limit_unit(limit: &Limit) -> Option<&str> {
    use crate::syntax::ast::ExprKind as Written;
    let value = match limit {
        Limit::Compare(_, value) | Limit::Between(value, _) => value,
    };
    match &value.kind {
        Written::Quantity(quantity) => quantity.unit.as_ref().map(|unit| unit.text.as_str()),
        _ => None,
    }
}
