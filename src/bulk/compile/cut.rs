//! A limit as a double that others are held against. Never rounds a decision.

use std::cmp::Ordering;

use crate::bulk::kernel::Cut;
use crate::number::{Exact, Rounding};
use crate::set::Comparison;

/// A limit for doubles that each stand for a printed decimal: their order is that of the decimals, so
/// that only the double which is nearest to the limit has to be looked at, and that once.
pub(in crate::bulk) fn cut(op: Comparison, limit: &Exact) -> Option<Cut> {
    let digits = limit.decimal_string();
    let digits = digits.unwrap_or_else(|| limit.round_string(40, Rounding::HalfEven));
    let nearest: f64 = digits.parse().ok()?;
    // Of limits as small as this the digits above would not be all.
    if !limit.is_zero() && limit.abs() < Exact::pow10(-20) {
        return None;
    }
    let printed = Exact::parse_decimal(&format!("{nearest}")).ok()?;
    let order = printed.cmp(limit);
    let (op, limit) = match (op, order) {
        (_, Ordering::Equal) => (op, nearest),
        (Comparison::Eq | Comparison::Ne, _) => (op, f64::NAN),
        // The decimal of the nearest double lies above the limit, so it is on the upper side.
        (Comparison::Ge | Comparison::Gt, Ordering::Greater) => (Comparison::Ge, nearest),
        (Comparison::Lt | Comparison::Le, Ordering::Greater) => (Comparison::Lt, nearest),
        (Comparison::Ge | Comparison::Gt, _) => (Comparison::Gt, nearest),
        (Comparison::Lt | Comparison::Le, _) => (Comparison::Le, nearest),
    };
    Some(Cut { op, limit })
}
