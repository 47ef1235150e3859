//! A number as it depends on figures, and where two of them stand so to each other.

use super::{Case, Claimed, Sum, either};
use crate::number::Exact;
use crate::set::Comparison;
use crate::solve::Relation;

/// A number as it depends on figures: a quotient whose divisor is above zero, or a root of one.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Quotient {
        top: Sum,
        low: Sum,
    },
    /// factor * root + plus.
    Root {
        top: Sum,
        low: Sum,
        degree: u32,
        factor: Exact,
        plus: Exact,
    },
}

impl Value {
    pub(super) fn of(top: Sum) -> Value {
        Value::Quotient {
            top,
            low: Sum::constant(Exact::from(1)),
        }
    }

    pub(super) fn scaled(&self, by: &Exact) -> Option<Value> {
        self.times(&Value::of(Sum::constant(by.clone())))
    }

    pub(super) fn times(&self, other: &Value) -> Option<Value> {
        match (self, other) {
            (Value::Quotient { top, low }, Value::Quotient { top: by, low: over }) => {
                Some(Value::quotient(top.times(by)?, low.times(over)?))
            }
            (
                Value::Root {
                    top,
                    low,
                    degree,
                    factor,
                    plus,
                },
                constant,
            ) => {
                let by = constant.constant()?;
                Some(Value::Root {
                    top: top.clone(),
                    low: low.clone(),
                    degree: *degree,
                    factor: factor * &by,
                    plus: plus * &by,
                })
            }
            (constant, root) => root.times(constant),
        }
    }

    pub(super) fn plus(&self, other: &Value) -> Option<Value> {
        match (self, other) {
            (
                Value::Quotient { top, low },
                Value::Quotient {
                    top: more,
                    low: over,
                },
            ) => {
                if low == over {
                    return Some(Value::quotient(top.plus(more), low.clone()));
                }
                let sum = top.times(over)?.plus(&more.times(low)?);
                Some(Value::quotient(sum, low.times(over)?))
            }
            (
                Value::Root {
                    top,
                    low,
                    degree,
                    factor,
                    plus,
                },
                constant,
            ) => Some(Value::Root {
                top: top.clone(),
                low: low.clone(),
                degree: *degree,
                factor: factor.clone(),
                plus: plus + &constant.constant()?,
            }),
            (constant, root) => root.plus(constant),
        }
    }

    /// A quotient, over one where its divisor is a number.
    pub(super) fn quotient(top: Sum, low: Sum) -> Value {
        match low.as_constant().and_then(|low| low.recip()) {
            Some(by) => Value::of(top.scaled(&by)),
            None => Value::Quotient { top, low },
        }
    }

    pub(super) fn constant(&self) -> Option<Exact> {
        match self {
            Value::Quotient { top, low } => top.as_constant()?.checked_div(&low.as_constant()?),
            Value::Root { .. } => None,
        }
    }

    pub(super) fn root(self, degree: u32) -> Option<Value> {
        match self {
            Value::Quotient { top, low } => Some(Value::Root {
                top,
                low,
                degree,
                factor: Exact::from(1),
                plus: Exact::from(0),
            }),
            Value::Root { .. } => None,
        }
    }

    /// One over it, with the sign of what is divided by.
    pub(super) fn turned(&self) -> Option<Vec<(Case, Value)>> {
        let Value::Quotient { top, low } = self else {
            return None;
        };
        let minus = Exact::from(-1);
        let turned = |top: &Sum, low: &Sum| Value::quotient(low.clone(), top.clone());
        let (above, below) = (
            (vec![Claimed::above(top)], turned(top, low)),
            (
                vec![Claimed::below(top)],
                turned(&top.scaled(&minus), &low.scaled(&minus)),
            ),
        );
        match top.as_constant().map(|top| top.signum()) {
            Some(0) => None,
            Some(1) => Some(vec![(Vec::new(), above.1)]),
            Some(_) => Some(vec![(Vec::new(), below.1)]),
            None => Some(vec![above, below]),
        }
    }
}

impl Claimed {
    fn above(sum: &Sum) -> Claimed {
        Claimed {
            sum: sum.scaled(&Exact::from(-1)),
            relation: Relation::Below,
        }
    }

    fn below(sum: &Sum) -> Claimed {
        Claimed {
            sum: sum.clone(),
            relation: Relation::Below,
        }
    }

    fn new(sum: Sum, op: Comparison) -> Option<Claimed> {
        let turned = sum.scaled(&Exact::from(-1));
        let (sum, relation) = match op {
            Comparison::Le => (sum, Relation::AtMost),
            Comparison::Lt => (sum, Relation::Below),
            Comparison::Ge => (turned, Relation::AtMost),
            Comparison::Gt => (turned, Relation::Below),
            Comparison::Eq => (sum, Relation::Equal),
            Comparison::Ne => return None,
        };
        Some(Claimed { sum, relation })
    }
}

/// Where two values stand so to each other.
pub(super) fn compared(op: Comparison, left: &Value, right: &Value) -> Option<Vec<Case>> {
    if op == Comparison::Ne {
        let below = compared(Comparison::Lt, left, right)?;
        return either(below, compared(Comparison::Gt, left, right)?);
    }
    match (left, right) {
        (
            Value::Quotient { top, low },
            Value::Quotient {
                top: other,
                low: over,
            },
        ) => {
            let difference = match low == over {
                true => top.plus(&other.scaled(&Exact::from(-1))),
                false => {
                    let other = other.times(low)?.scaled(&Exact::from(-1));
                    top.times(over)?.plus(&other)
                }
            };
            Some(vec![vec![Claimed::new(difference, op)?]])
        }
        (
            Value::Root {
                top,
                low,
                degree,
                factor,
                plus,
            },
            constant,
        ) => {
            let level = &constant.constant()? - plus;
            let level = level.checked_div(factor)?;
            let op = if factor.is_negative() {
                op.turned()
            } else {
                op
            };
            let real = Claimed::new(top.clone(), Comparison::Ge)?;
            if level.is_negative() {
                // A root is never below zero.
                return Some(match op {
                    Comparison::Ge | Comparison::Gt => vec![vec![real]],
                    _ => Vec::new(),
                });
            }
            let level = level.pow(i32::try_from(*degree).ok()?)?;
            let sum = top.plus(&low.scaled(&-level));
            Some(vec![vec![real, Claimed::new(sum, op)?]])
        }
        (constant, root) => compared(op.turned(), root, constant),
    }
}
