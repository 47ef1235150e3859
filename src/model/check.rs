//! Types: dimensions and meanings of every expression, before any figure is read.
//!
//! Goes in: a resolved model and its order. Comes out: the same model with a type
//! on every expression, and a diagnostic for each pair of things that do not go
//! together.

use std::collections::BTreeMap;

use super::{
    DefineId, Expr, ExprKind, FigureRef, IndicatorId, Kind, Level, Measure, Model, QuantityType,
    Role, Type, absence,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{EvalOrder, Node, walk};
use crate::message::{Arg, Label, Message};
use crate::set::{Comparison, Set, compare};
use crate::source::Span;
use crate::unit::{Dimension, Units};

mod arithmetic;
mod days;
mod members;
mod records;

pub(crate) use arithmetic::unify;
use arithmetic::{describe, divide, multiply};

/// Gives every expression of a model its type.
#[must_use]
pub fn check(mut model: Model, order: &EvalOrder) -> (Model, Vec<Diagnostic>) {
    let facts = Facts::of(&model);
    let mut cx = Cx {
        facts,
        defines: BTreeMap::new(),
        diagnostics: Vec::new(),
    };
    for node in order.nodes() {
        if let Node::Define(id) = node {
            cx.type_of(&mut model.defines[id].value);
            let ty = model.defines[id].value.ty.clone();
            cx.defines.insert(id, ty);
        }
    }
    cx.scores(&mut model);
    for id in model.indicators.ids() {
        let own = model.indicators[id].ty.clone();
        for identity in &mut model.indicators[id].identities {
            cx.type_of(&mut identity.value);
            cx.alike(&own, &identity.value.ty, identity.span);
        }
    }
    for id in model.rules.ids() {
        let n_first = cx.diagnostics.len();
        let rule = &mut model.rules[id];
        if let Some(decision) = &mut rule.decision {
            cx.decision(decision);
            if let Some(condition) = &mut rule.condition {
                cx.condition(condition);
            }
            continue;
        }
        cx.duty(rule);
        cx.condition(&mut rule.goal);
        if let Some(condition) = &mut rule.condition {
            cx.condition(condition);
        }
        let n_before = cx.diagnostics.len();
        if let Some(level) = &mut rule.level {
            // What is wrong in the subject was said of the goal already.
            cx.type_of(&mut level.subject);
        }
        cx.diagnostics.truncate(n_before);
        let rule = &model.rules[id];
        if let Some(level) = &rule.level {
            for (ty, span) in &rule.literals {
                cx.alike(&level.subject.ty, ty, *span);
            }
        }
        cx.depends_on_figures(&rule.goal);
        if !rule.absence_may_pass {
            cx.diagnostics.extend(absence::check(&model, rule));
        }
        // A limit in the wrong unit is not outside the bounds, but in the wrong unit.
        let is_sound = cx.diagnostics.len() == n_first;
        if let Some(level) = rule.level.as_ref().filter(|_| is_sound) {
            cx.in_bounds(&model, level);
        }
    }
    cx.diagnostics.extend(records::check(&model));
    (model, once(cx.diagnostics))
}

/// What is wrong with an expression is said once, however often it is looked at.
fn once(mut all: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut said: BTreeMap<Option<Span>, Vec<Diagnostic>> = BTreeMap::new();
    all.retain(|found| {
        let span = found.places.first().map(|place| place.span);
        let here = said.entry(span).or_default();
        let is_new = !here.contains(found);
        if is_new {
            here.push(found.clone());
        }
        is_new
    });
    all
}

/// What the checker needs to know of the model while it writes into it.
struct Facts {
    units: Units,
    indicators: BTreeMap<IndicatorId, (Type, Kind, Vec<String>)>,
    symbols: Vec<String>,
    rank: Dimension,
    has_calendar: bool,
}

impl Facts {
    fn of(model: &Model) -> Facts {
        let indicators = model
            .indicators
            .iter()
            .map(|(id, known)| (id, (known.ty.clone(), known.kind, known.choices.clone())));
        let rank = model
            .units
            .kind("rank")
            .map_or_else(Dimension::one, Dimension::of);
        Facts {
            units: model.units.clone(),
            indicators: indicators.collect(),
            symbols: model.symbols.clone(),
            rank,
            has_calendar: model.pack.calendar.is_some(),
        }
    }
}

struct Cx {
    facts: Facts,
    /// Types of derived quantities; one that is in a circle has none.
    defines: BTreeMap<DefineId, Type>,
    diagnostics: Vec<Diagnostic>,
}

impl Cx {
    fn type_of(&mut self, expr: &mut Expr) {
        let span = expr.span;
        let ty = match &mut expr.kind {
            ExprKind::Error => Type::Unknown,
            // Literals have their type from their unit.
            ExprKind::Number(_) | ExprKind::OnDay(_) => expr.ty.clone(),
            ExprKind::Worked(from, to) => self.worked(from, to, span),
            ExprKind::Text(_) => Type::Text,
            ExprKind::Truth(_) | ExprKind::Present(_) | ExprKind::Outcome(..) => Type::Truth,
            ExprKind::Figure(figure) => self.figure(figure),
            ExprKind::Baseline(figure, ..) => self.figure(figure),
            ExprKind::Define(id) => self.defines.get(id).cloned().unwrap_or_default(),
            ExprKind::Shift(inner, _) => self.inner(inner),
            ExprKind::As(role, inner) => match self.length(inner) {
                Some(found) if found.is_pure() => Type::Quantity(QuantityType::pure(*role)),
                Some(found) => self.unlike(&QuantityType::pure(*role), &found, span),
                None => Type::Unknown,
            },
            ExprKind::Negative(inner) | ExprKind::Abs(inner) => {
                self.length(inner).map_or(Type::Unknown, Type::Quantity)
            }
            ExprKind::Sum(terms) => self.sum(terms),
            ExprKind::Product(factors) => self.product(factors),
            ExprKind::Power(inner, n) => match self.length(inner) {
                Some(base) => {
                    let exponent = i32::try_from(*n).unwrap_or(i32::MAX);
                    let role = if base.is_pure() && base.role != Role::Amount {
                        Role::Ratio
                    } else {
                        Role::Amount
                    };
                    let dimension = base.dimension.pow(exponent);
                    Type::Quantity(QuantityType {
                        dimension,
                        role,
                        is_bare: base.is_bare,
                    })
                }
                None => Type::Unknown,
            },
            ExprKind::YearsRoot(inner, _) => match self.number(inner) {
                Some(base) if base.is_pure() => Type::Quantity(QuantityType::pure(Role::Ratio)),
                Some(base) => self.unlike(&QuantityType::pure(Role::Ratio), &base, span),
                None => Type::Unknown,
            },
            ExprKind::Min(items) | ExprKind::Max(items) => self.same(items),
            ExprKind::If(condition, yes, no) => {
                self.condition(condition);
                self.type_of(yes);
                self.type_of(no);
                self.alike(&yes.ty, &no.ty, span)
            }
            ExprKind::Compare(op, left, right) => self.compare(*op, left, right, span),
            ExprKind::Not(inner) | ExprKind::Strict(inner) => {
                self.condition(inner);
                Type::Truth
            }
            ExprKind::All(items) | ExprKind::Any(items) | ExprKind::AtLeast(_, items) => {
                for item in items {
                    self.condition(item);
                }
                Type::Truth
            }
            ExprKind::Implies(left, right) => {
                self.condition(left);
                self.condition(right);
                Type::Truth
            }
            ExprKind::Aggregate(aggregate) => self.aggregate(aggregate),
            ExprKind::Composite(composite) => self.composite(composite),
        };
        expr.ty = ty;
    }

    fn inner(&mut self, inner: &mut Expr) -> Type {
        self.type_of(inner);
        inner.ty.clone()
    }

    fn figure(&self, figure: &FigureRef) -> Type {
        let Some((level, _, _)) = self.facts.indicators.get(&figure.indicator) else {
            return Type::Unknown;
        };
        match (figure.measure, level) {
            (Measure::Level, _) => level.clone(),
            (Measure::Growth, _) => Type::Quantity(QuantityType::pure(Role::Growth)),
            (Measure::Rank, _) => {
                Type::Quantity(QuantityType::new(self.facts.rank.clone(), Role::Blank))
            }
            (Measure::Change, Type::Quantity(ty))
                if matches!(ty.role, Role::Share | Role::Growth) =>
            {
                Type::Quantity(QuantityType::pure(Role::Points))
            }
            (Measure::Change, _) => level.clone(),
        }
    }

    /// Checks an expression that must be a number.
    fn number(&mut self, expr: &mut Expr) -> Option<QuantityType> {
        self.type_of(expr);
        match &expr.ty {
            Type::Quantity(found) => Some(found.clone()),
            Type::Unknown => None,
            Type::Truth | Type::Text => {
                self.diagnostics
                    .push(Diagnostic::new(Code::NeedsNumber, expr.span));
                None
            }
        }
    }

    /// The conditions of all cases, and what is presumed.
    fn decision(&mut self, decision: &mut super::Decision) {
        for version in &mut decision.versions {
            for presumption in &mut version.presumptions {
                self.condition(&mut presumption.aside);
            }
            for case in &mut version.cases {
                if let Some(condition) = &mut case.condition {
                    self.condition(condition);
                }
            }
        }
    }

    /// Checks an expression that must be yes or no.
    fn condition(&mut self, expr: &mut Expr) {
        self.type_of(expr);
        if matches!(expr.ty, Type::Quantity(_) | Type::Text) {
            let help = Message::new("help-condition");
            self.diagnostics
                .push(Diagnostic::new(Code::NeedsCondition, expr.span).help(help));
            expr.ty = Type::Unknown;
        }
    }

    fn product(&mut self, factors: &mut [(bool, Expr)]) -> Type {
        let mut total: Option<QuantityType> = None;
        let mut is_known = true;
        for (is_divisor, factor) in factors {
            let Some(found) = self.length(factor) else {
                is_known = false;
                continue;
            };
            total = Some(match total {
                None => found,
                Some(left) if *is_divisor => divide(&left, &found),
                Some(left) => multiply(&left, &found),
            });
        }
        match total {
            Some(ty) if is_known => Type::Quantity(ty),
            _ => Type::Unknown,
        }
    }

    fn same(&mut self, items: &mut [Expr]) -> Type {
        let mut total: Option<(QuantityType, Span)> = None;
        for item in items {
            let Some(found) = self.number(item) else {
                return Type::Unknown;
            };
            total = Some(match total {
                None => (found, item.span),
                Some((left, span)) => match unify(&left, &found) {
                    Some(ty) => (ty, span),
                    None => {
                        self.clash(Code::UnlikeUnits, &left, span, &found, item.span);
                        return Type::Unknown;
                    }
                },
            });
        }
        total.map_or(Type::Unknown, |(ty, _)| Type::Quantity(ty))
    }

    fn compare(&mut self, op: Comparison, left: &mut Expr, right: &mut Expr, span: Span) -> Type {
        self.type_of(left);
        self.type_of(right);
        match (&left.ty, &right.ty) {
            (Type::Quantity(a), Type::Quantity(b)) => {
                if unify(a, b).is_none() {
                    let code = clash_code(a, b);
                    let (a, b) = (a.clone(), b.clone());
                    self.clash(code, &a, left.span, &b, right.span);
                    return Type::Unknown;
                }
            }
            (Type::Text, Type::Text) => {
                let is_equality = matches!(op, Comparison::Eq | Comparison::Ne);
                if !is_equality {
                    self.diagnostics
                        .push(Diagnostic::new(Code::UnlikeText, span));
                }
                self.one_of(left, right);
                self.one_of(right, left);
            }
            (Type::Truth, Type::Truth) if matches!(op, Comparison::Eq | Comparison::Ne) => {}
            (Type::Unknown, _) | (_, Type::Unknown) => return Type::Unknown,
            _ => {
                let help = Message::new("help-unlike-kinds");
                self.diagnostics
                    .push(Diagnostic::new(Code::NeedsNumber, span).help(help));
                return Type::Unknown;
            }
        }
        Type::Truth
    }

    /// A text that the indicator cannot have is a slip of the pen.
    fn one_of(&mut self, figure: &Expr, text: &Expr) {
        let (ExprKind::Figure(figure), ExprKind::Text(symbol)) = (&figure.kind, &text.kind) else {
            return;
        };
        let Some((_, Kind::OneOf, choices)) = self.facts.indicators.get(&figure.indicator) else {
            return;
        };
        let written = self
            .facts
            .symbols
            .get(*symbol as usize)
            .cloned()
            .unwrap_or_default();
        if !choices.contains(&written) {
            let help = Message::new("help-known-names").with("names", choices.clone());
            let diagnostic = Diagnostic::new(Code::UnknownName, text.span).with("name", written);
            self.diagnostics.push(diagnostic.help(help));
        }
    }

    fn alike(&mut self, left: &Type, right: &Type, span: Span) -> Type {
        match (left, right) {
            (Type::Quantity(a), Type::Quantity(b)) => match unify(a, b) {
                Some(ty) => Type::Quantity(ty),
                None => self.unlike(a, b, span),
            },
            (Type::Unknown, _) | (_, Type::Unknown) => Type::Unknown,
            (a, b) if a == b => a.clone(),
            _ => {
                let help = Message::new("help-unlike-kinds");
                self.diagnostics
                    .push(Diagnostic::new(Code::NeedsNumber, span).help(help));
                Type::Unknown
            }
        }
    }

    fn unlike(&mut self, expected: &QuantityType, found: &QuantityType, span: Span) -> Type {
        let diagnostic = Diagnostic::new(Code::UnlikeUnits, span)
            .with("left", describe(&self.facts.units, expected))
            .with("right", describe(&self.facts.units, found));
        self.diagnostics.push(diagnostic);
        Type::Unknown
    }

    fn clash(&mut self, code: Code, a: &QuantityType, at: Span, b: &QuantityType, with: Span) {
        let units = &self.facts.units;
        let (left, right) = (describe(units, a), describe(units, b));
        let help = match code {
            Code::PointsAndPercent => Some(Message::new("help-points")),
            Code::NeedsUnit => {
                let wanted = if a.is_bare || a.role == Role::Scaled {
                    b
                } else {
                    a
                };
                Some(Message::new("help-write-unit").with("units", unit_names(units, wanted)))
            }
            Code::BadDate => Some(Message::new("help-date")),
            _ => None,
        };
        let expected = if a.is_bare {
            right.clone()
        } else {
            left.clone()
        };
        let why = Message::new("day-wrong-and-other")
            .with("left", left.clone())
            .with("right", right.clone());
        let first = Message::new("place-is").with("what", left.clone());
        let second = Message::new("place-is").with("what", right.clone());
        let diagnostic = Diagnostic::new(code, with)
            .with("left", left)
            .with("right", right)
            .with("expected", expected)
            .with("why", why)
            .here(second)
            .place(at, first)
            .maybe_help(help);
        self.diagnostics.push(diagnostic);
    }

    /// A goal that no figure can change is a slip of the pen.
    fn depends_on_figures(&mut self, goal: &Expr) {
        let mut has_figure = false;
        walk(goal, &mut |expr| {
            has_figure |= matches!(
                expr.kind,
                ExprKind::Figure(_)
                    | ExprKind::Present(_)
                    | ExprKind::Define(_)
                    | ExprKind::Outcome(..)
                    | ExprKind::Error
            );
        });
        if !has_figure {
            self.diagnostics
                .push(Diagnostic::new(Code::AlwaysSame, goal.span));
        }
    }

    /// A limit that the declared bounds already decide is a slip of the pen.
    fn in_bounds(&mut self, model: &Model, level: &Level) {
        let ExprKind::Figure(figure) = &level.subject.kind else {
            return;
        };
        if figure.measure != Measure::Level {
            return;
        }
        let Some(bounds) = &model.indicators[figure.indicator].bounds else {
            return;
        };
        let limit = Set::point(level.limit.clone());
        if compare(level.op, bounds, &limit).is_known() {
            let indicator = &model.indicators[figure.indicator];
            let diagnostic = Diagnostic::new(Code::LimitOutsideBounds, level.subject.span)
                .with("indicator", indicator.label.or(&indicator.id));
            self.diagnostics.push(diagnostic);
        }
    }
}

/// Why two quantities do not compare.
fn clash_code(a: &QuantityType, b: &QuantityType) -> Code {
    match (a.role, b.role) {
        (Role::Points, Role::Percent | Role::Share | Role::Growth)
        | (Role::Percent | Role::Share | Role::Growth, Role::Points) => Code::PointsAndPercent,
        (Role::Date, _) | (_, Role::Date) => Code::BadDate,
        (Role::Scaled, _) | (_, Role::Scaled) => Code::NeedsUnit,
        _ if a.is_bare || b.is_bare => Code::NeedsUnit,
        _ => Code::UnlikeUnits,
    }
}

/// Units that would fit, for help.
fn unit_names(units: &Units, wanted: &QuantityType) -> Arg {
    let labels = match wanted.role {
        Role::Share | Role::Growth | Role::Percent | Role::Ratio => vec![Label::same("%")],
        Role::Points => vec![Label::same("pp")],
        _ => units.neighbour_labels(&wanted.dimension),
    };
    Arg::List(labels.into_iter().take(4).map(Arg::Label).collect())
}
