//! Days and working days from one day to another.

use super::{Argument, Example, FunctionDef, Parameter};
use crate::model::{Expr, ExprKind};

pub(super) const DAYS: FunctionDef = FunctionDef {
    name: "days_between",
    key: "function-days",
    parameters: &[Parameter::Value, Parameter::Value],
    examples: &[Example {
        given: &[],
        expression: "days_between(2025-06-27, 2025-07-11)",
        value: "14天",
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
        given: &[],
        expression: "working_days_between(2025-06-27, 2025-07-11)",
        value: "10工作日",
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
