//! Sums, means and extremes, over a list or over a range of periods.

use super::{Argument, Example, FunctionDef, Parameter};
use crate::model::{Expr, ExprKind, QuantityType, Type};
use crate::number::Exact;

pub(super) const SUM: FunctionDef = FunctionDef {
    name: "sum",
    key: "function-sum",
    parameters: &[Parameter::ValuesOrRange],
    examples: &[
        Example {
            given: &["x@2024 = 3", "y@2024 = 4"],
            expression: "sum(x, y)",
            value: "7",
        },
        Example {
            given: &["x@2022 = 1", "x@2023 = 2", "x@2024 = 3"],
            expression: "sum(x, 2022..2024)",
            value: "6",
        },
    ],
    build: |arguments, _| values(arguments).map(sum),
};

pub(super) const MEAN: FunctionDef = FunctionDef {
    name: "mean",
    key: "function-mean",
    parameters: &[Parameter::ValuesOrRange],
    examples: &[Example {
        given: &["x@2022 = 1", "x@2023 = 2", "x@2024 = 6"],
        expression: "mean(x, -2..0)",
        value: "3",
    }],
    build: |arguments, span| {
        let items = values(arguments)?;
        let n = i64::try_from(items.len()).ok()?;
        let mut count = Expr::new(ExprKind::Number(Exact::from(n)), span);
        count.ty = Type::Quantity(QuantityType::bare());
        let total = Expr::new(sum(items), span);
        Some(ExprKind::Product(vec![(false, total), (true, count)]))
    },
};

pub(super) const MIN: FunctionDef = FunctionDef {
    name: "min",
    key: "function-min",
    parameters: &[Parameter::ValuesOrRange],
    examples: &[Example {
        given: &["x@2024 = 3", "y@2024 = 4"],
        expression: "min(x, y)",
        value: "3",
    }],
    build: |arguments, _| values(arguments).map(ExprKind::Min),
};

pub(super) const MAX: FunctionDef = FunctionDef {
    name: "max",
    key: "function-max",
    parameters: &[Parameter::ValuesOrRange],
    examples: &[Example {
        given: &["x@2023 = 9", "x@2024 = 4"],
        expression: "max(x, 2023..2024)",
        value: "9",
    }],
    build: |arguments, _| values(arguments).map(ExprKind::Max),
};

pub(super) const ABS: FunctionDef = FunctionDef {
    name: "abs",
    key: "function-abs",
    parameters: &[Parameter::Value],
    examples: &[Example {
        given: &["x@2024 = 3", "y@2024 = 4"],
        expression: "abs(x - y)",
        value: "1",
    }],
    build: |arguments, _| match arguments.into_iter().next()? {
        Argument::Value(value) => Some(ExprKind::Abs(Box::new(value))),
        _ => None,
    },
};

fn values(arguments: Vec<Argument>) -> Option<Vec<Expr>> {
    match arguments.into_iter().next()? {
        Argument::Values(items) if !items.is_empty() => Some(items),
        _ => None,
    }
}

fn sum(items: Vec<Expr>) -> ExprKind {
    ExprKind::Sum(items.into_iter().map(|item| (false, item)).collect())
}
