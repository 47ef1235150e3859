//! Days and working days from one day to another.

use super::{Argument, Example, FunctionDef, Parameter};
use crate::model::{Expr, ExprKind};

pub(super) const DAYS: FunctionDef = FunctionDef {
    name: "days_between",
    key: "function-days",
    parameters: &[Parameter::Value, Parameter::Value],
    examples: &[Example {
        given: &["x@2024 = 2025-06-27"],
        expression: "days_between(x, 2025-07-11)",
        value: "14 days",
    }],
    build: |arguments, _| {
        let (from, to) = two(arguments)?;
        Some(ExprKind::Sum(vec![(false, to), (true, from)]))
    },
};

pub(super) const WORKING_DAYS: FunctionDef = FunctionDef {
    name: "working_days_between",
    key: "function-working-days",
    parameters: &[Parameter::Value, Parameter::Value],
    examples: &[Example {
        given: &["x@2024 = 2025-06-27"],
        expression: "working_days_between(x, 2025-07-11)",
        value: "10 workdays",
    }],
    build: |arguments, _| {
        let (from, to) = two(arguments)?;
        Some(ExprKind::Worked(Box::new(from), Box::new(to)))
    },
};

fn two(arguments: Vec<Argument>) -> Option<(Expr, Expr)> {
    let mut arguments = arguments.into_iter();
    match (arguments.next()?, arguments.next()?) {
        (Argument::Value(from), Argument::Value(to)) => Some((from, to)),
        _ => None,
    }
}
