//! Expressions: names, units and functions resolved.

use std::sync::Arc;

use super::{Cx, Listed};
use crate::diagnostic::{Code, Diagnostic};
use crate::functions::{self, Argument, FunctionDef, Parameter};
use crate::message::Message;
use crate::model::{Expr, ExprKind, FigureRef, IndicatorId, Measure, Name, OnDay, Role, Type};
use crate::number::Exact;
use crate::source::Span;
use crate::syntax::ast::{self, PeriodRef, Selector, SelectorKey, Word};

/// Expressions that one aggregate may be written out to.
const MOST_COPIES: usize = 500_000;

/// Years that one range may span.
const LONGEST_RANGE: i32 = 200;

impl Cx {
    pub(super) fn expr(&mut self, expr: &ast::Expr) -> Expr {
        let span = expr.span;
        let kind = match &expr.kind {
            ast::ExprKind::Quantity(quantity) => return self.quantity(quantity, span),
            ast::ExprKind::Day(day) => return self.day(*day, span),
            ast::ExprKind::ThisDay => return self.on_day(OnDay::This, span),
            ast::ExprKind::Text(text) => ExprKind::Text(self.model.symbol(text)),
            ast::ExprKind::Truth(truth) => ExprKind::Truth(*truth),
            ast::ExprKind::Name { name, selectors } => self.reference(name, selectors),
            ast::ExprKind::At(inner, at) => ExprKind::Shift(Box::new(self.expr(inner)), *at),
            ast::ExprKind::Call {
                function,
                arguments,
            } => self.call(function, arguments, span),
            ast::ExprKind::Negative(inner) => ExprKind::Negative(Box::new(self.expr(inner))),
            ast::ExprKind::Power(inner, n) => ExprKind::Power(Box::new(self.expr(inner)), *n),
            ast::ExprKind::Sum(terms) => ExprKind::Sum(self.signed(terms)),
            ast::ExprKind::Product(terms) => ExprKind::Product(self.signed(terms)),
            ast::ExprKind::Compare(first, rest) => {
                let asked = self.outcome_asked(first, rest);
                match asked.or_else(|| self.level_asked(first, rest)) {
                    Some(kind) => kind,
                    None => self.chain(first, rest),
                }
            }
            ast::ExprKind::AtLeast(n, items) => self.at_least(n, items),
            ast::ExprKind::Between(value, low, high) => {
                let value = self.expr(value);
                let (mut low, mut high) = (self.expr(low), self.expr(high));
                self.inherit_unit(&mut low, &value);
                self.inherit_unit(&mut high, &value);
                between(value, low, high, span)
            }
            ast::ExprKind::Member(value, members) if self.is_decision(value) => {
                let ask = |cx: &mut Cx, member: &ast::Expr| {
                    let kind = cx.decided(value, member).unwrap_or(ExprKind::Error);
                    Expr::new(kind, member.span)
                };
                ExprKind::Any(members.iter().map(|member| ask(self, member)).collect())
            }
            ast::ExprKind::Member(value, members) => {
                let value = self.expr(value);
                let equal = |member: Expr| {
                    let op = crate::set::Comparison::Eq;
                    let kind = ExprKind::Compare(op, Box::new(value.clone()), Box::new(member));
                    Expr::new(kind, span)
                };
                ExprKind::Any(
                    members
                        .iter()
                        .map(|member| equal(self.expr(member)))
                        .collect(),
                )
            }
            ast::ExprKind::Present(inner) => self.present(inner),
            ast::ExprKind::Missing(inner) => {
                let present = self.present(inner);
                ExprKind::Not(Box::new(Expr::new(present, span)))
            }
            ast::ExprKind::Not(inner) => ExprKind::Not(Box::new(self.expr(inner))),
            ast::ExprKind::Strict(inner) => ExprKind::Strict(Box::new(self.expr(inner))),
            ast::ExprKind::All(items) => ExprKind::All(self.list(items)),
            ast::ExprKind::Any(items) => ExprKind::Any(self.list(items)),
            ast::ExprKind::Implies(left, right) => {
                ExprKind::Implies(Box::new(self.expr(left)), Box::new(self.expr(right)))
            }
            ast::ExprKind::Aggregate(aggregate) => self.aggregate(aggregate),
            ast::ExprKind::If(condition, yes, no) => ExprKind::If(
                Box::new(self.expr(condition)),
                Box::new(self.expr(yes)),
                Box::new(self.expr(no)),
            ),
        };
        Expr::new(kind, span)
    }

    pub(super) fn quantity(&mut self, quantity: &ast::Quantity, span: Span) -> Expr {
        match self.literal(quantity) {
            Some((value, ty)) => Expr {
                kind: ExprKind::Number(value),
                span,
                ty,
            },
            None => Expr::new(ExprKind::Error, span),
        }
    }

    fn list(&mut self, items: &[ast::Expr]) -> Vec<Expr> {
        items.iter().map(|item| self.expr(item)).collect()
    }

    fn signed(&mut self, terms: &[(bool, ast::Expr)]) -> Vec<(bool, Expr)> {
        terms
            .iter()
            .map(|(inverse, term)| (*inverse, self.expr(term)))
            .collect()
    }

    fn chain(
        &mut self,
        first: &ast::Expr,
        rest: &[(crate::set::Comparison, ast::Expr)],
    ) -> ExprKind {
        let mut left = self.expr(first);
        let mut links = Vec::new();
        for (op, right) in rest {
            let mut right = self.expr(right);
            self.inherit_unit(&mut left, &right);
            self.inherit_unit(&mut right, &left);
            let at = left.span.to(right.span);
            let kind = ExprKind::Compare(*op, Box::new(left), Box::new(right.clone()));
            links.push(Expr::new(kind, at));
            left = right;
        }
        if links.len() == 1
            && let Some(only) = links.pop()
        {
            return only.kind;
        }
        ExprKind::All(links)
    }

    /// Gives a number with a scale and no unit that of the indicator that it stands against.
    pub(super) fn inherit_unit(&self, number: &mut Expr, against: &Expr) {
        let Type::Quantity(found) = &number.ty else {
            return;
        };
        if found.role != Role::Scaled {
            return;
        }
        let Some((factor, ty)) = self.scale_unit(against) else {
            return;
        };
        if let ExprKind::Number(value) = &mut number.kind {
            *value = &*value * &factor;
            number.ty = ty;
        }
    }

    /// The unit, scale words cut off, of the first indicator in an expression, and its type.
    pub(super) fn scale_unit(&self, expr: &Expr) -> Option<(Exact, Type)> {
        let mut found = None;
        crate::graph::walk(expr, &mut |expr| {
            if let (None, ExprKind::Figure(figure)) = (&found, &expr.kind) {
                found = Some(figure.indicator);
            }
        });
        let indicator = &self.model.indicators[found?];
        let is_amount = matches!(&indicator.ty, Type::Quantity(ty) if ty.role == Role::Amount);
        let unit = indicator.unit.as_ref().filter(|_| is_amount)?;
        Some((self.model.units.without_scale(unit), indicator.ty.clone()))
    }

    fn reference(&mut self, name: &Word, selectors: &[Selector]) -> ExprKind {
        let item = self.items.get(&name.text).copied().map(Name::Indicator);
        match item.or_else(|| self.model.names.lookup(&name.text)) {
            Some(Name::Indicator(id)) => match self.figure_ref(id, selectors) {
                Some(figure) => ExprKind::Figure(figure),
                None => ExprKind::Error,
            },
            Some(Name::Define(id)) => {
                if let Some(first) = selectors.first() {
                    let diagnostic = Diagnostic::new(Code::BadSelector, first.span)
                        .with("found", &first.value.text);
                    self.push(diagnostic);
                    return ExprKind::Error;
                }
                ExprKind::Define(id)
            }
            Some(Name::Decision(_)) => {
                let diagnostic = Diagnostic::new(Code::NeedsOutcome, name.span)
                    .with("name", &name.text)
                    .help(Message::new("help-needs-outcome"));
                self.push(diagnostic);
                ExprKind::Error
            }
            None => {
                self.unknown_name(name);
                ExprKind::Error
            }
        }
    }

    pub(super) fn figure_ref(
        &mut self,
        indicator: IndicatorId,
        selectors: &[Selector],
    ) -> Option<FigureRef> {
        let mut figure = FigureRef {
            indicator,
            definition: 0,
            measure: Measure::Level,
            breakdown: Arc::default(),
            entity: None,
        };
        for selector in selectors {
            match &selector.key {
                SelectorKey::Definition => {
                    figure.definition = self.definition_of(indicator, &selector.value)?;
                }
                SelectorKey::Measure => {
                    figure.measure = self.measure(selector)?;
                }
                SelectorKey::Entity => {
                    figure.entity = Some(self.entity_named(&selector.value)?);
                }
                SelectorKey::Basis => {
                    let diagnostic = Diagnostic::new(Code::BadSelector, selector.span)
                        .with("found", &selector.value.text)
                        .help(Message::new("help-basis-selector"));
                    self.push(diagnostic);
                    return None;
                }
                // All of them together, below.
                SelectorKey::Breakdown(_) => {}
            }
        }
        figure.breakdown = self.breakdown(indicator, selectors)?.into();
        Some(figure)
    }

    fn measure(&mut self, selector: &Selector) -> Option<Measure> {
        let text = &selector.value.text;
        let by_word = Measure::ALL
            .into_iter()
            .find(|measure| measure.word() == text);
        let found = by_word.or_else(|| self.model.words.measures.get(text).copied());
        if found.is_none() {
            let names: Vec<&str> = Measure::ALL.iter().map(|measure| measure.word()).collect();
            let diagnostic = Diagnostic::new(Code::BadSelector, selector.span)
                .with("found", text)
                .help(Message::new("help-known-names").with("names", names));
            self.push(diagnostic);
        }
        found
    }

    fn present(&mut self, inner: &ast::Expr) -> ExprKind {
        let (target, at) = match &inner.kind {
            ast::ExprKind::At(target, at) => (target.as_ref(), Some(*at)),
            _ => (inner, None),
        };
        let figure = match &target.kind {
            ast::ExprKind::Name { name, selectors } => match self.reference(name, selectors) {
                ExprKind::Figure(figure) => Some(figure),
                ExprKind::Error => return ExprKind::Error,
                _ => None,
            },
            _ => None,
        };
        let Some(figure) = figure else {
            self.push(
                Diagnostic::new(Code::NeedsIndicator, inner.span)
                    .help(Message::new("help-present-needs-indicator")),
            );
            return ExprKind::Error;
        };
        match at {
            Some(at) => {
                let present = Expr::new(ExprKind::Present(figure), inner.span);
                ExprKind::Shift(Box::new(present), at)
            }
            None => ExprKind::Present(figure),
        }
    }

    fn call(&mut self, name: &Word, arguments: &[ast::Argument], span: Span) -> ExprKind {
        let Some(function) = functions::lookup(&name.text) else {
            let names: Vec<String> = functions::FUNCTIONS
                .iter()
                .flat_map(|function| [function.name.to_owned(), functions::chinese_name(function)])
                .collect();
            let near = crate::fold::nearest(&name.text, names.iter().map(String::as_str))
                .map(|(name, _)| name.to_owned());
            let diagnostic = Diagnostic::new(Code::UnknownFunction, name.span)
                .with("name", &name.text)
                .help(Message::new("help-known-names").with("names", names))
                .meant(near);
            self.push(diagnostic);
            return ExprKind::Error;
        };
        let before = self.diagnostics.len();
        let built = self.arguments(function, arguments, span);
        let kind = built.and_then(|arguments| (function.build)(arguments, span));
        kind.unwrap_or_else(|| {
            if self.diagnostics.len() == before {
                let diagnostic = Diagnostic::new(Code::WrongArguments, span)
                    .with("function", &name.text)
                    .help(Message::new("help-function-form").with("form", form(function)));
                self.push(diagnostic);
            }
            ExprKind::Error
        })
    }

    fn arguments(
        &mut self,
        function: &FunctionDef,
        arguments: &[ast::Argument],
        span: Span,
    ) -> Option<Vec<Argument>> {
        if let [Parameter::ValuesOrRange] = function.parameters {
            return self
                .values(arguments, span)
                .map(|values| vec![Argument::Values(values)]);
        }
        if arguments.len() > function.parameters.len() {
            return None;
        }
        let mut built = Vec::new();
        for (index, parameter) in function.parameters.iter().enumerate() {
            let given = arguments.get(index);
            built.push(match (parameter, given) {
                (Parameter::Value, Some(ast::Argument::Value(value))) => {
                    Argument::Value(self.expr(value))
                }
                (
                    Parameter::Period | Parameter::PeriodOrPrevious,
                    Some(ast::Argument::Value(v)),
                ) => Argument::Period(period_of(v)?),
                (Parameter::PeriodOrPrevious, None) => Argument::Period(PeriodRef::Relative(-1)),
                _ => return None,
            });
        }
        Some(built)
    }

    fn values(&mut self, arguments: &[ast::Argument], span: Span) -> Option<Vec<Expr>> {
        if let [
            ast::Argument::Value(value),
            ast::Argument::Range(first, last, at),
        ] = arguments
        {
            let value = self.expr(value);
            let Some(periods) = range(*first, *last) else {
                let limit = usize::try_from(LONGEST_RANGE).unwrap_or_default();
                self.push(
                    Diagnostic::new(Code::EmptyWindow, *at)
                        .help(Message::new("help-range").with("limit", limit)),
                );
                return None;
            };
            // Ranges inside ranges multiply; the bound stands before the first copy is made.
            let mut size = 0usize;
            crate::graph::walk(&value, &mut |_| size += 1);
            if size.saturating_mul(periods.len()) > MOST_COPIES {
                let diagnostic = Diagnostic::new(Code::TooLargeProgram, span)
                    .with("name", "\u{2026}")
                    .with("limit", MOST_COPIES)
                    .help(Message::new("help-too-large"));
                self.push(diagnostic);
                return None;
            }
            let shift = |at| Expr::new(ExprKind::Shift(Box::new(value.clone()), at), span);
            return Some(periods.into_iter().map(shift).collect());
        }
        let mut values = Vec::new();
        for argument in arguments {
            match argument {
                ast::Argument::Value(value) => values.push(self.expr(value)),
                ast::Argument::Range(..) => return None,
            }
        }
        (!values.is_empty()).then_some(values)
    }

    pub(super) fn define(&mut self, name: &Word, value: &ast::Expr, clauses: &[ast::Clause]) {
        let resolved = self.expr(value);
        if let Some(id) = self.entry_of::<crate::model::DefineId>(Listed::Define, name) {
            self.model.defines[id].value = resolved;
            self.model.defines[id].notes = super::notes(clauses);
        }
    }
}

/// `low <= value <= high`.
pub(super) fn between(value: Expr, low: Expr, high: Expr, span: Span) -> ExprKind {
    use crate::set::Comparison::{Ge, Le};
    let above = ExprKind::Compare(Ge, Box::new(value.clone()), Box::new(low));
    let below = ExprKind::Compare(Le, Box::new(value), Box::new(high));
    ExprKind::All(vec![Expr::new(above, span), Expr::new(below, span)])
}

/// A period written as an argument: a year, or so many years from the evaluated one.
fn period_of(value: &ast::Expr) -> Option<PeriodRef> {
    let year = |quantity: &ast::Quantity| quantity.number.text.parse::<i32>().ok();
    match &value.kind {
        ast::ExprKind::Quantity(quantity) => match year(quantity)? {
            0 => Some(PeriodRef::Relative(0)),
            y if (1000..=9999).contains(&y) => {
                Some(PeriodRef::Fixed(crate::period::Period::Year(y)))
            }
            _ => None,
        },
        ast::ExprKind::Negative(inner) => match &inner.kind {
            ast::ExprKind::Quantity(quantity) => Some(PeriodRef::Relative(-year(quantity)?)),
            _ => None,
        },
        _ => None,
    }
}

/// The periods of a range with both ends fixed or both relative.
fn range(first: PeriodRef, last: PeriodRef) -> Option<Vec<PeriodRef>> {
    use crate::period::Period::Year;
    let (from, to, fixed) = match (first, last) {
        (PeriodRef::Relative(from), PeriodRef::Relative(to)) => (from, to, false),
        (PeriodRef::Fixed(Year(from)), PeriodRef::Fixed(Year(to))) => (from, to, true),
        _ => return None,
    };
    if from > to || to - from >= LONGEST_RANGE {
        return None;
    }
    let make = |at| {
        if fixed {
            PeriodRef::Fixed(Year(at))
        } else {
            PeriodRef::Relative(at)
        }
    };
    Some((from..=to).map(make).collect())
}

/// How a function is written, for help.
pub(crate) fn form(function: &FunctionDef) -> String {
    let parameters: Vec<&str> = function
        .parameters
        .iter()
        .map(|parameter| match parameter {
            Parameter::Value => "x",
            Parameter::Period => "2020",
            Parameter::PeriodOrPrevious => "[2020]",
            Parameter::ValuesOrRange => "x, 2020..2024 | x, y, z",
        })
        .collect();
    format!("{}({})", function.name, parameters.join(", "))
}

/// Whether an expression is something that was reported already.
pub(super) fn is_error(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Error) && expr.ty == Type::Unknown
}
