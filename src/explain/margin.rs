//! How far a figure is from its limit, in words: a set of differences goes in, a sentence that
//! is true of each of them comes out.

use super::every::every;
use super::nodes::{is_day, op_key};
use super::show::{Shown, Unit};
use super::{Cx, Node, NodeKind};
use crate::eval::Frame;
use crate::message::{Arg, Message};
use crate::number::{Exact, Rounding};
use crate::program::{TermId, TermKind};
use crate::set::{Comparison, End, Set, Truth};

/// Parts of a goal whose distance is told.
const MOST_PARTS: usize = 4;

impl Cx<'_> {
    /// How far the two sides of the goal are apart, where the goal is one comparison: over all
    /// rows that decide, so that it is true of each claim.
    pub(super) fn margin(
        &self,
        frame: &Frame,
        rows: &[usize],
        term: TermId,
        address: &str,
    ) -> Option<Node> {
        let TermKind::Compare(op, left, right, is_repeated) = &self.program.terms[term].kind else {
            return None;
        };
        // Levels have an order, and no distance; texts and members of a class have neither.
        let is_near = !Unit::of_term(self.program, *left).is_level()
            && !self.is_text(term)
            && every(self.program, term).is_none();
        if !is_near {
            return None;
        }
        let of_row = |row: usize| {
            if *is_repeated {
                crate::eval::difference(self.program, frame, *left, *right, row)
            } else {
                Some(frame.number(*left, row)?.sub(frame.number(*right, row)?))
            }
        };
        let (first, others) = rows.split_first()?;
        let mut difference = of_row(*first)?;
        for row in others {
            difference = difference.hull(&of_row(*row)?);
        }
        let unit = Unit::of_term(self.program, *left).of_difference(&self.program.terms[*left].ty);
        let truth = frame.truth(term, *first)?;
        if others
            .iter()
            .any(|row| frame.truth(term, *row) != Some(truth))
        {
            return None;
        }
        let key = match (truth, op) {
            (Truth::True, _) => "explain-margin-met",
            (Truth::Unknown, _) => "explain-margin-open",
            (Truth::False, Comparison::Ge | Comparison::Gt) => "explain-margin-short",
            (Truth::False, Comparison::Le | Comparison::Lt) => "explain-margin-excess",
            (Truth::False, Comparison::Eq | Comparison::Ne) => "explain-margin-missed",
        };
        let message = Message::new(key).with(
            "distance",
            distance(
                &difference,
                &unit,
                truth,
                is_day(&self.program.terms[*left].ty),
            ),
        );
        let node = Node::new(address.to_owned(), NodeKind::Margin, message);
        Some(node.with_set(difference, unit))
    }

    /// How far each comparison that keeps a goal of several parts from being met is from its
    /// limit, with that limit; nothing where it is not one that is missed.
    pub(super) fn margins(
        &self,
        frame: &Frame,
        rows: &[usize],
        term: TermId,
        address: &str,
    ) -> Vec<Node> {
        let Some(row) = rows.first().copied() else {
            return Vec::new();
        };
        let mut nodes = Vec::new();
        let mut open = vec![term];
        while let Some(term) = open.pop() {
            let kind = &self.program.terms[term].kind;
            if frame.truth(term, row) != Some(Truth::False) || nodes.len() >= MOST_PARTS {
                continue;
            }
            let TermKind::Compare(op, left, right, _) = kind else {
                if matches!(kind, TermKind::All(_) | TermKind::Any(_)) {
                    open.extend(self.deciding(frame, row, kind, Truth::False).iter().rev());
                }
                continue;
            };
            let path = format!("{address}{}", nodes.len());
            let Some(mut node) = self.margin(frame, rows, term, &path) else {
                continue;
            };
            let unit = Unit::of_term(self.program, *left);
            let Some(limit) = frame.number(*right, row).cloned() else {
                continue;
            };
            let is_day = is_day(&self.program.terms[*left].ty);
            node.message = Message::new("explain-margin-part")
                .with("figure", self.term_name(frame, *left))
                .with("op", Message::new(op_key(*op, is_day)))
                .with("limit", &Shown { set: limit, unit })
                .with("margin", node.message);
            nodes.push(node);
        }
        nodes
    }
}

/// Where a difference lies from nothing: above, below, or either.
fn distance(difference: &Set, unit: &Unit, truth: Truth, is_day: bool) -> Message {
    let zero = Exact::from(0);
    if difference.as_point() == Some(&zero) {
        return Message::new(match truth {
            Truth::False => "distance-at-missed",
            Truth::True | Truth::Unknown => "distance-at",
        });
    }
    let reaches = |end: &End, wanted: i32| match end.value() {
        None => true,
        Some(value) => value.signum() * wanted > 0,
    };
    let is_above = reaches(difference.hi(), 1);
    let is_below = reaches(difference.lo(), -1);
    match (is_below, is_above) {
        (true, true) => {
            if difference.lo().value().is_none() && difference.hi().value().is_none() {
                return Message::new("distance-any");
            }
            Message::new(if is_day {
                "distance-before-or-after"
            } else {
                "distance-both"
            })
            .with("below", up_to(&mirrored(difference.lo()), unit))
            .with("above", up_to(difference.hi(), unit))
        }
        (true, false) => {
            let (from, to) = (mirrored(difference.hi()), mirrored(difference.lo()));
            one_side(
                &from,
                &to,
                unit,
                if is_day {
                    ["distance-before", "distance-at-or-before"]
                } else {
                    ["distance-below", "distance-at-or-below"]
                },
            )
        }
        (false, _) => one_side(
            difference.lo(),
            difference.hi(),
            unit,
            if is_day {
                ["distance-after", "distance-at-or-after"]
            } else {
                ["distance-above", "distance-at-or-above"]
            },
        ),
    }
}

/// An end seen from the other side of zero.
fn mirrored(end: &End) -> End {
    match end {
        End::Unbounded => End::Unbounded,
        End::Open(value) => End::Open(-value),
        End::Closed(value) => End::Closed(-value),
    }
}

fn one_side(from: &End, to: &End, unit: &Unit, keys: [&'static str; 2]) -> Message {
    let [beyond, at_or_beyond] = keys;
    let starts_at_zero = from.value().is_none_or(Exact::is_zero);
    match (starts_at_zero, to.value()) {
        // Only where nothing bounds it does it have to be said that the limit itself belongs.
        (true, None) if from.is_closed() => Message::new(at_or_beyond),
        _ => Message::new(beyond).with("amount", amount(from, to, unit)),
    }
}

/// A distance between two ends, of which the first is not below zero.
fn amount(from: &End, to: &End, unit: &Unit) -> Message {
    let starts_at_zero = from.value().is_none_or(Exact::is_zero);
    match (from.value(), to.value()) {
        (_, _) if starts_at_zero => up_to(to, unit),
        (Some(value), Some(other)) if value == other => {
            Message::new("amount-exact").with("value", unit.amount(value, Rounding::HalfEven))
        }
        (Some(value), None) => at_least(from, value, unit),
        (Some(value), Some(other)) if from.is_closed() && to.is_closed() => {
            Message::new("amount-between")
                .with("lo", unit.amount(value, Rounding::Down))
                .with("hi", unit.amount(other, Rounding::Up))
        }
        (Some(value), Some(_)) => Message::new("amount-range")
            .with("lower", at_least(from, value, unit))
            .with("upper", up_to(to, unit)),
        (None, _) => up_to(to, unit),
    }
}

fn at_least(end: &End, value: &Exact, unit: &Unit) -> Message {
    let key = if end.is_closed() {
        "amount-least"
    } else {
        "amount-more"
    };
    Message::new(key).with("value", unit.amount(value, Rounding::Down))
}

fn up_to(end: &End, unit: &Unit) -> Message {
    let (key, value): (_, Option<Arg>) = match end {
        End::Unbounded => ("amount-any", None),
        End::Closed(value) => ("amount-most", Some(unit.amount(value, Rounding::Up))),
        End::Open(value) => ("amount-less", Some(unit.amount(value, Rounding::Up))),
    };
    match value {
        Some(value) => Message::new(key).with("value", value),
        None => Message::new(key),
    }
}
