//! Targets and checks.

use super::expr::{between, is_error};
use super::{Cx, notes, texts_label};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::model::{
    Baseline, Citation, Expr, ExprKind, FigureRef, Kind, Level, Measure, Method, Role, Rule,
    RuleId, RuleKind, Type, Waiver, When,
};
use crate::number::Exact;
use crate::period::Period;
use crate::set::Comparison;
use crate::source::Span;
use crate::syntax::ast::{
    Block, Clause, ClauseKind, Goal, GoalWord, Limit, PathMethod, PeriodRef, Timing,
};

impl Cx {
    pub(super) fn rule(&mut self, block: &Block) {
        self.check_clauses(block.kind, &block.clauses);
        let spans = self.model.rules.iter().map(|(id, rule)| (id, rule.span));
        let Some(id) = Cx::entry_of(spans, block) else {
            return;
        };
        if let Some(reading) = self.model.pack.reading {
            self.model.rules[id].reading = reading;
        }
        self.model.rules[id].notes = notes(&block.clauses);
        for clause in &block.clauses {
            self.rule_clause(id, clause);
        }
        let required = block.clauses.iter().find_map(|clause| match &clause.kind {
            ClauseKind::Require { goal, timing } => Some((goal, timing, clause.span)),
            _ => None,
        });
        let Some((goal, timing, span)) = required else {
            self.clause_missing("require", block.kind, block.id.span);
            return;
        };
        self.timing(id, timing.as_ref(), block);
        let goal = self.goal(id, goal, span);
        self.model.rules[id].level = self.level(id, &goal);
        self.model.rules[id].goal = goal.expr;
        self.path(id, block);
    }

    fn rule_clause(&mut self, id: RuleId, clause: &Clause) {
        match &clause.kind {
            ClauseKind::From { quantity, period } => {
                let Some((value, _)) = self.literal(quantity) else {
                    return;
                };
                let step = half_unit(&quantity.number.text);
                let one = match &quantity.unit {
                    Some(_) if !quantity.number.value.is_zero() => value
                        .checked_div(&quantity.number.value)
                        .unwrap_or_else(|| Exact::from(1)),
                    _ => Exact::from(1),
                };
                let unit = quantity.unit.as_ref().map_or("", |unit| unit.text.as_str());
                self.model.rules[id].baseline = Some(Baseline {
                    value,
                    text: format!("{}{unit}", quantity.number.text),
                    half_unit: &step * &one,
                    period: period.period,
                    span: clause.span,
                });
            }
            ClauseKind::When(condition) => {
                self.model.rules[id].condition = Some(self.expr(condition));
            }
            ClauseKind::Force { binding } => self.model.rules[id].binding = Some(*binding),
            ClauseKind::Burden { submitter } => {
                self.model.rules[id].burden = Some(super::pack::burden(*submitter));
            }
            ClauseKind::Reading { printed } => {
                self.model.rules[id].reading = super::pack::reading(*printed);
            }
            ClauseKind::Owner(texts) => {
                self.model.rules[id].owners = texts.iter().map(|text| text.text.clone()).collect();
            }
            ClauseKind::Category(texts) => {
                self.model.rules[id].category = Some(texts_label(texts));
            }
            ClauseKind::Cite {
                document,
                section,
                quote,
                line,
            } => {
                let Some(instrument) = self.instrument_named(document) else {
                    return;
                };
                self.model.rules[id].citations.push(Citation {
                    instrument,
                    section: section.text.clone(),
                    quote: quote
                        .as_ref()
                        .map(|quote| quote.text.clone())
                        .unwrap_or_default(),
                    line: line.as_ref().map(|line| line.text.clone()),
                });
            }
            ClauseKind::Under(words) => {
                for word in words {
                    if let Some(instrument) = self.instrument_named(word) {
                        self.model.rules[id].under.push(instrument);
                    }
                }
            }
            ClauseKind::Scope(word) => self.model.rules[id].scope = self.class_named(word),
            ClauseKind::Waiver {
                entity,
                until,
                reason,
            } => {
                let entity = match entity {
                    Some(word) => match self.entity_named(word) {
                        Some(entity) => Some(entity),
                        None => return,
                    },
                    None => None,
                };
                let waiver = Waiver {
                    entity,
                    until: until.period,
                    reason: reason.text.clone(),
                };
                self.model.rules[id].waivers.push(waiver);
            }
            ClauseKind::AbsenceMayPass => self.model.rules[id].absence_may_pass = true,
            _ => {}
        }
    }

    fn timing(&mut self, id: RuleId, timing: Option<&Timing>, block: &Block) {
        let baseline = self.model.rules[id].baseline.clone();
        let (when, due, span) = match timing {
            Some(Timing::By(at)) => (When::By(at.period), Some(at.period), at.span),
            Some(Timing::ReachedBy(at)) => (When::ReachedBy(at.period), Some(at.period), at.span),
            Some(Timing::EachYear { since, until }) => {
                let (first, last) = (since.map(|at| at.period), until.map(|at| at.period));
                let span = until.or(*since).map_or(block.id.span, |at| at.span);
                if let (Some(first), Some(last)) = (first, last)
                    && first.first_day() > last.first_day()
                {
                    self.push(Diagnostic::new(Code::EmptyWindow, span));
                }
                (
                    When::Each {
                        since: first,
                        until: last,
                    },
                    last,
                    span,
                )
            }
            None => (
                When::Each {
                    since: None,
                    until: None,
                },
                None,
                block.id.span,
            ),
        };
        if let (Some(due), Some(base)) = (due, &baseline)
            && due.last_day() <= base.period.last_day()
        {
            let diagnostic = Diagnostic::new(Code::DueBeforeBaseline, span)
                .with("due", due.to_string())
                .with("base", base.period.to_string())
                .here(Message::new("place-due"))
                .place(base.span, Message::new("place-baseline"));
            self.push(diagnostic);
        }
        self.model.rules[id].when = when;
    }

    fn goal(&mut self, id: RuleId, goal: &Goal, span: Span) -> Built {
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
                let subject = self.expr(subject);
                let is_points = limit_unit(limit).is_some_and(|unit| self.is_points(unit));
                let limits = match limit {
                    Limit::Compare(op, value) => vec![(*op, self.expr(value))],
                    Limit::Between(low, high) => {
                        vec![
                            (Comparison::Ge, self.expr(low)),
                            (Comparison::Le, self.expr(high)),
                        ]
                    }
                };
                self.special(id, *word, subject, limits, is_points, span)
            }
        }
    }

    fn is_points(&self, unit: &str) -> bool {
        use crate::unit::{Nature, ParsedUnit};
        matches!(self.model.units.parse(unit), Ok(ParsedUnit::Unit(unit)) if unit.nature == Nature::Points)
    }

    fn special(
        &mut self,
        id: RuleId,
        word: GoalWord,
        subject: Expr,
        limits: Vec<(Comparison, Expr)>,
        is_points: bool,
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
        let rule = &self.model.rules[id];
        let (Some(baseline), due) = (rule.baseline.clone(), due_year(rule.when)) else {
            let diagnostic = Diagnostic::new(Code::BaselineMissing, span);
            self.push(diagnostic.help(Message::new("help-baseline")));
            return error;
        };
        let base = base_expr(&subject, &baseline, span);
        let years = due.map(|year| year - baseline.period.year());
        let level = level_of(word, &subject, &limits, &baseline.value, is_points, years);
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
            GoalWord::RisesBy if is_points => difference(subject, base, span),
            GoalWord::FallsBy if is_points => difference(base, subject, span),
            GoalWord::RisesBy => growth(minus_one(quotient(), false, span), span),
            GoalWord::FallsBy => growth(minus_one(quotient(), true, span), span),
        };
        Built {
            expr: conditions(&value, limits, span),
            level,
        }
    }

    /// The rank of an indicator: its own value where it is a rank, its printed rank elsewhere.
    fn ranked(&mut self, subject: Expr) -> Option<Expr> {
        let ExprKind::Figure(figure) = &subject.kind else {
            self.push(
                Diagnostic::new(Code::BadSelector, subject.span)
                    .with("found", "…")
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

    /// The level of a goal, where it is one quantity against a constant.
    fn level(&self, id: RuleId, goal: &Built) -> Option<Level> {
        if self.model.rules[id].kind != RuleKind::Target {
            return None;
        }
        if goal.level.is_some() {
            return goal.level.clone();
        }
        let ExprKind::Compare(op, left, right) = &goal.expr.kind else {
            return None;
        };
        let is_order = !matches!(op, Comparison::Eq | Comparison::Ne);
        match (constant(left), constant(right)) {
            (None, Some(limit)) if is_order => Some(Level {
                subject: (**left).clone(),
                op: *op,
                limit,
            }),
            (Some(limit), None) if is_order => {
                let op = match op {
                    Comparison::Lt => Comparison::Gt,
                    Comparison::Le => Comparison::Ge,
                    Comparison::Gt => Comparison::Lt,
                    _ => Comparison::Le,
                };
                Some(Level {
                    subject: (**right).clone(),
                    op,
                    limit,
                })
            }
            _ => None,
        }
    }

    fn path(&mut self, id: RuleId, block: &Block) {
        let found = block.clauses.iter().find_map(|clause| match &clause.kind {
            ClauseKind::Path(method) => Some((method, clause.span)),
            _ => None,
        });
        let rule: &Rule = &self.model.rules[id];
        let Some((method, span)) = found else { return };
        if rule.baseline.is_none() || rule.level.is_none() {
            let help = Message::new("help-path");
            self.push(Diagnostic::new(Code::BaselineMissing, span).help(help));
            return;
        }
        let method = match method {
            PathMethod::Linear => Method::Linear,
            PathMethod::Geometric => Method::Geometric,
            PathMethod::GrowthRatio => Method::GrowthRatio,
            PathMethod::ProjectionRatio => Method::ProjectionRatio,
            PathMethod::Waypoints(points) => {
                let mut values: Vec<(Period, Exact)> = Vec::new();
                for (at, quantity) in points {
                    let Some((value, _)) = self.literal(quantity) else {
                        return;
                    };
                    let is_later = values.last().is_none_or(|(before, _)| before < &at.period);
                    if !is_later {
                        self.push(Diagnostic::new(Code::EmptyWindow, at.span));
                        return;
                    }
                    values.push((at.period, value));
                }
                Method::Waypoints(values)
            }
        };
        self.model.rules[id].method = Some(method);
    }
}

/// A goal with the level that it amounts to.
struct Built {
    expr: Expr,
    level: Option<Level>,
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
            ty: Type::Quantity(crate::model::QuantityType::pure(Role::Scaled)),
        },
    }
}

/// The level that a goal relative to the baseline amounts to.
fn level_of(
    word: GoalWord,
    subject: &Expr,
    limits: &[(Comparison, Expr)],
    base: &Exact,
    is_points: bool,
    years: Option<i32>,
) -> Option<Level> {
    let [(op, limit)] = limits else { return None };
    let limit = constant(limit)?;
    let one = Exact::from(1);
    let (op, limit) = match word {
        GoalWord::MultipliesBy => (*op, base * &limit),
        GoalWord::RisesBy if is_points => (*op, base + &limit),
        GoalWord::FallsBy if is_points => (turned(*op), base - &limit),
        GoalWord::RisesBy => (*op, base * &(&one + &limit)),
        GoalWord::FallsBy => (turned(*op), base * &(&one - &limit)),
        GoalWord::AverageGrowth => {
            let years = years.filter(|years| (1..=200).contains(years))?;
            (*op, base * &(&one + &limit).pow(years)?)
        }
        GoalWord::Ranks => return None,
    };
    // Dividing by a base that is not above zero would turn the comparison.
    if base.signum() <= 0 && !is_points {
        return None;
    }
    Some(Level {
        subject: subject.clone(),
        op,
        limit,
    })
}

fn turned(op: Comparison) -> Comparison {
    match op {
        Comparison::Lt => Comparison::Gt,
        Comparison::Le => Comparison::Ge,
        Comparison::Gt => Comparison::Lt,
        Comparison::Ge => Comparison::Le,
        other => other,
    }
}

/// The value of a number that is written, or its negative.
fn constant(expr: &Expr) -> Option<Exact> {
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

/// Half a unit of the last printed digit.
fn half_unit(text: &str) -> Exact {
    let digits = text
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len());
    let digits = i16::try_from(digits).unwrap_or(i16::MAX);
    &Exact::pow10(-digits) * &Exact::ratio(1, 2).unwrap_or_default()
}
