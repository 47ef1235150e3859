//! Functions of the language: one entry carries name, parameters, examples and body.
//!
//! A function is built from the expressions that the engine knows, so that it is
//! checked, evaluated and explained like any other. Names and sentences of the
//! manual are in the catalogue under the entry's key.

use crate::model::{Expr, ExprKind};
use crate::source::Span;
use crate::syntax::ast::PeriodRef;

mod aggregate;
mod days;
mod growth;

/// What a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parameter {
    /// A number.
    Value,
    /// A period, such as `2020` or `-1`.
    Period,
    /// A period that may be left out, and then is the year before.
    PeriodOrPrevious,
    /// Numbers, one or more; or one number and a range of periods.
    ValuesOrRange,
}

/// An argument as the body of a function gets it.
#[derive(Debug, Clone)]
pub enum Argument {
    /// An expression.
    Value(Expr),
    /// A period.
    Period(PeriodRef),
    /// Several expressions: listed, or one at each period of a range.
    Values(Vec<Expr>),
}

/// An example that is run as a test and printed in the manual.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// Figures of one indicator `x` (in %, if `%` stands behind them) and `y`: `x@2023 = 10`.
    pub given: &'static [&'static str],
    /// The expression, evaluated in 2024.
    pub expression: &'static str,
    /// Its value as printed.
    pub value: &'static str,
}

/// One function.
#[derive(Debug, Clone, Copy)]
pub struct FunctionDef {
    /// Its English name.
    pub name: &'static str,
    /// The key of its Chinese name (value) and its page (attribute `doc`).
    pub key: &'static str,
    /// What it takes.
    pub parameters: &'static [Parameter],
    /// Examples.
    pub examples: &'static [Example],
    /// Its meaning in other expressions; `None` when the arguments do not fit.
    pub build: fn(Vec<Argument>, Span) -> Option<ExprKind>,
}

/// All functions, in the order of the manual.
pub const FUNCTIONS: &[FunctionDef] = &[
    growth::GROWTH,
    growth::CHANGE,
    growth::CAGR,
    growth::SHARE,
    aggregate::SUM,
    aggregate::MEAN,
    aggregate::MIN,
    aggregate::MAX,
    aggregate::ABS,
    days::DAYS,
    days::WORKING_DAYS,
];

/// The function of a name in either language.
#[must_use]
pub fn lookup(name: &str) -> Option<&'static FunctionDef> {
    let english = FUNCTIONS.iter().find(|function| function.name == name);
    let chinese = || {
        FUNCTIONS
            .iter()
            .find(|function| chinese_name(function) == name)
    };
    english.or_else(chinese)
}

/// The Chinese name of a function.
#[must_use]
pub fn chinese_name(function: &FunctionDef) -> String {
    crate::message::catalogue(crate::message::Lang::Zh).word(function.key)
}

/// The name of a function in a language, for the formatter.
#[must_use]
pub fn name_in(name: &str, lang: crate::message::Lang) -> Option<String> {
    let function = lookup(name)?;
    Some(match lang {
        crate::message::Lang::Zh => chinese_name(function),
        crate::message::Lang::En => function.name.to_owned(),
    })
}

/// The expression at another period.
fn shifted(value: &Expr, to: PeriodRef, span: Span) -> Expr {
    Expr::new(ExprKind::Shift(Box::new(value.clone()), to), span)
}
