//! Growth, change, average growth and share.

use super::{Argument, Example, FunctionDef, Parameter, shifted};
use crate::model::{Expr, ExprKind, Role};
use crate::number::Exact;
use crate::source::Span;
use crate::syntax::ast::PeriodRef;

pub(super) const GROWTH: FunctionDef = FunctionDef {
    name: "growth",
    key: "function-growth",
    parameters: &[Parameter::Value, Parameter::PeriodOrPrevious],
    examples: &[
        Example {
            given: &["x@2023 = 10", "x@2024 = 11"],
            expression: "growth(x)",
            value: "10%",
        },
        Example {
            given: &["x@2020 = 10", "x@2024 = 15"],
            expression: "growth(x, 2020)",
            value: "50%",
        },
    ],
    build: |arguments, span| {
        let (value, since) = value_and_period(arguments)?;
        let ratio = ratio(value.clone(), shifted(&value, since, span), span);
        Some(ExprKind::As(Role::Growth, Box::new(less_one(ratio, span))))
    },
};

pub(super) const CHANGE: FunctionDef = FunctionDef {
    name: "change",
    key: "function-change",
    parameters: &[Parameter::Value, Parameter::PeriodOrPrevious],
    examples: &[Example {
        given: &["x@2023 = 10", "x@2024 = 12.5"],
        expression: "change(x)",
        value: "2.5",
    }],
    build: |arguments, span| {
        let (value, since) = value_and_period(arguments)?;
        let before = shifted(&value, since, span);
        Some(ExprKind::Sum(vec![(false, value), (true, before)]))
    },
};

pub(super) const CAGR: FunctionDef = FunctionDef {
    name: "cagr",
    key: "function-cagr",
    parameters: &[Parameter::Value, Parameter::Period],
    examples: &[Example {
        given: &["x@2022 = 100", "x@2024 = 121"],
        expression: "cagr(x, 2022)",
        value: "10%",
    }],
    build: |arguments, span| {
        let (value, since) = value_and_period(arguments)?;
        let ratio = ratio(value.clone(), shifted(&value, since, span), span);
        let root = Expr::new(ExprKind::YearsRoot(Box::new(ratio), since), span);
        Some(ExprKind::As(Role::Growth, Box::new(less_one(root, span))))
    },
};

pub(super) const SHARE: FunctionDef = FunctionDef {
    name: "share",
    key: "function-share",
    parameters: &[Parameter::Value, Parameter::Value],
    examples: &[Example {
        given: &["x@2024 = 3", "y@2024 = 12"],
        expression: "share(x, y)",
        value: "25%",
    }],
    build: |arguments, span| {
        let mut values = arguments.into_iter().map(|argument| match argument {
            Argument::Value(value) => Some(value),
            _ => None,
        });
        let (part, whole) = (values.next()??, values.next()??);
        Some(ExprKind::As(
            Role::Share,
            Box::new(ratio(part, whole, span)),
        ))
    },
};

fn value_and_period(arguments: Vec<Argument>) -> Option<(Expr, PeriodRef)> {
    let mut arguments = arguments.into_iter();
    match (arguments.next()?, arguments.next()?) {
        // A number alone does not grow: `growth(2020)` lacks what grows.
        (Argument::Value(value), Argument::Period(since)) => {
            (!matches!(value.kind, ExprKind::Number(_))).then_some((value, since))
        }
        _ => None,
    }
}

fn ratio(above: Expr, below: Expr, span: Span) -> Expr {
    Expr::new(ExprKind::Product(vec![(false, above), (true, below)]), span)
}

fn less_one(value: Expr, span: Span) -> Expr {
    let mut one = Expr::new(ExprKind::Number(Exact::from(1)), span);
    one.ty = crate::model::Type::Quantity(crate::model::QuantityType::bare());
    Expr::new(ExprKind::Sum(vec![(false, value), (true, one)]), span)
}
