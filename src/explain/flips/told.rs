//! What other values of a figure turn the answer, in words.

use super::Why;
use crate::day;
use crate::eval::{Frame, bounds_of};
use crate::explain::turns::{freed, is_printed, range_message};
use crate::explain::{Cx, Node, NodeKind, Unit};
use crate::figures::printed::Reading;
use crate::figures::step;
use crate::message::Message;
use crate::model::{Kind, Measure};
use crate::number::{Exact, Rounding};
use crate::program::InputId;
use crate::set::{Comparison, End, Set, Truth};

/// A figure as it is told.
struct Told<'a> {
    input: InputId,
    /// What the rows that decide take for it.
    current: &'a Set,
    /// What it can be at all.
    bounds: Set,
    /// One in its last printed digit, where the rule reads it as printed.
    step: Option<Exact>,
}

impl Cx<'_> {
    /// The nearest values of a figure that turn the answer.
    pub(super) fn flip_nodes(
        &self,
        frame: &Frame,
        rows: &[usize],
        input: InputId,
        current: &Set,
        regions: &[(Set, Truth)],
        address: &str,
    ) -> Vec<Node> {
        let now = self.answer();
        let wanted: Vec<Truth> = match now {
            Truth::True => vec![Truth::False],
            Truth::False => vec![Truth::True],
            Truth::Unknown => vec![Truth::True, Truth::False],
        };
        let step = self.printed_step(frame, rows, input);
        let centre = step.as_ref().and_then(|step| within(current, step));
        let told = Told {
            input,
            current: centre.as_ref().unwrap_or(current),
            bounds: bounds_of(&self.program.model, &self.program.inputs[input].figure),
            step,
        };
        let near = |set: &Set| told.current.gap(set).unwrap_or_default();
        let mut nodes = Vec::new();
        for wanted in wanted {
            let found = || regions.iter().filter(|(_, truth)| *truth == wanted);
            let can_be = found().filter_map(|(set, _)| self.can_be(&told, set));
            let address = format!("{address}/{}", nodes.len());
            if let Some(region) = can_be.min_by_key(near) {
                nodes.push(self.flip_node(frame, &told, &region, wanted, address));
            } else if now.is_known()
                && let Some((region, _)) = found().min_by_key(|(set, _)| near(set))
                && region.intersect(&told.bounds).is_none()
            {
                nodes.push(self.beyond_node(frame, &told, region, address));
            }
        }
        nodes
    }

    /// One in the last printed digit of a figure, where the rule reads its plain numbers as printed.
    fn printed_step(&self, frame: &Frame, rows: &[usize], input: InputId) -> Option<Exact> {
        if self.trace.reading == Reading::Exact || self.is_day(input) {
            return None;
        }
        let all = rows.iter().flat_map(|row| frame.claims(*row, input));
        let claims: Vec<_> = all.map(|id| &self.submission.claims[id]).collect();
        let is_plain = claims.iter().all(|claim| claim.is_plain);
        let steps = claims
            .iter()
            .filter_map(|claim| step(&self.program.model, self.submission, claim));
        steps.min().filter(|step| is_plain && step.signum() > 0)
    }

    fn is_day(&self, input: InputId) -> bool {
        let figure = &self.program.inputs[input].figure;
        self.program.model.indicators[figure.indicator].kind == Kind::Date
    }

    /// Of the values that turn the answer those that a table can print and the bounds allow.
    fn can_be(&self, told: &Told<'_>, region: &Set) -> Option<Set> {
        let figure = &self.program.inputs[told.input].figure;
        // It is the printed number that is held against the bounds.
        let set = match &told.step {
            Some(step) => on_grid(&within(region, step)?.intersect(&told.bounds)?, step)?,
            None => region.intersect(&told.bounds)?,
        };
        if self.is_day(told.input) {
            return day::whole(&set).map(|_| set);
        }
        if figure.measure == Measure::Rank {
            return on_grid(&set, &Exact::from(1)).map(|_| set);
        }
        let unit = self.figure_unit(figure);
        let is_told = set.as_point().is_none_or(|value| is_printed(value, &unit));
        is_told.then_some(set)
    }

    fn flip_node(
        &self,
        frame: &Frame,
        told: &Told<'_>,
        region: &Set,
        wanted: Truth,
        address: String,
    ) -> Node {
        let figure = &self.program.inputs[told.input].figure;
        let unit = self.figure_unit(figure);
        let mut range = side_message(&freed(region, &told.bounds), &unit);
        if told.step.is_some() {
            range = Message::new("flip-printed").with("range", range);
        }
        let outcome = match wanted {
            Truth::True => "flip-met",
            _ => "flip-not-met",
        };
        let message = Message::new("explain-flip")
            .with("figure", self.input_name(frame, told.input))
            .with("range", range)
            .with("outcome", Message::new(outcome));
        let message = match self.change(frame, told, region, &unit) {
            // Where the printed set reaches into the region, nothing has to move.
            None => message,
            Some(change) => Message {
                // Of a range only the nearest value turns with this change; the others need more.
                key: match told.current.as_point() {
                    Some(_) => "explain-flip-by",
                    None => "explain-flip-by-least",
                },
                ..message
            }
            .with("change", change),
        };
        Node::new(address, NodeKind::Flip, message).with_set(region.clone(), unit)
    }

    /// From what a figure is to the nearest values that turn the answer.
    fn change(
        &self,
        frame: &Frame,
        told: &Told<'_>,
        region: &Set,
        unit: &Unit,
    ) -> Option<crate::message::Arg> {
        if told.current.intersect(region).is_some() {
            return None;
        }
        let above = region.lo().value().zip(told.current.hi().value());
        let below = region.hi().value().zip(told.current.lo().value());
        let (end, from) = above
            .filter(|(end, from)| end >= from)
            .or_else(|| below.filter(|(end, from)| end <= from))
            .filter(|(end, from)| end != from)?;
        let ty = &self.program.terms[self.term_of(frame, told.input)?].ty;
        let unit = unit.clone().of_difference(ty);
        Some(unit.amount(&(end - from), Rounding::HalfEven))
    }

    /// That a figure would have to be what it cannot be.
    fn beyond_node(&self, frame: &Frame, told: &Told<'_>, region: &Set, address: String) -> Node {
        let unit = self.figure_unit(&self.program.inputs[told.input].figure);
        let message = Message::new("explain-flip-bounds")
            .with("figure", self.input_name(frame, told.input))
            .with("range", side_message(region, &unit))
            .with("bounds", side_message(&told.bounds, &unit));
        Node::new(address, NodeKind::Flip, message).with_set(region.clone(), unit)
    }

    /// That it is not known where the answer turns with a figure.
    pub(in crate::explain) fn not_analysed(
        &self,
        frame: &Frame,
        input: InputId,
        why: Why,
        address: String,
    ) -> Node {
        let key = match why {
            Why::Form => "explain-flip-unknown",
            Why::Open => "explain-flip-unknown-open",
            Why::Many => "explain-flip-unknown-many",
        };
        let message = Message::new(key).with("figure", self.input_name(frame, input));
        Node::new(address, NodeKind::Flip, message)
    }
}

/// Values in words: on one side of a limit as a condition has it, or from one to another.
fn side_message(set: &Set, unit: &Unit) -> Message {
    let (op, end, rounding) = match (set.lo(), set.hi()) {
        (End::Unbounded, End::Open(end)) => (Comparison::Lt, end, Rounding::Down),
        (End::Unbounded, End::Closed(end)) => (Comparison::Le, end, Rounding::Down),
        (End::Open(end), End::Unbounded) => (Comparison::Gt, end, Rounding::Up),
        (End::Closed(end), End::Unbounded) => (Comparison::Ge, end, Rounding::Up),
        _ => {
            let days = if unit.is_day { day::whole(set) } else { None };
            return range_message(days.as_ref().unwrap_or(set), unit);
        }
    };
    // Rounded into the values, so that the number shown is one of them.
    Message::new("flip-side")
        .with("op", Message::new(super::rel_key(op, unit.is_day)))
        .with("limit", unit.amount(end, rounding))
}

/// The numbers whose printed form, with this last digit, lies in a set whole.
pub(in crate::explain) fn within(set: &Set, step: &Exact) -> Option<Set> {
    let half = step * &Exact::ratio(1, 2)?;
    let moved = |end: &End, by: &Exact| match end {
        End::Unbounded => End::Unbounded,
        End::Open(value) => End::Open(value + by),
        End::Closed(value) => End::Closed(value + by),
    };
    Set::new(moved(set.lo(), &half), moved(set.hi(), &-&half))
}

/// The least and the largest multiple of a step in a set, and all between them.
fn on_grid(set: &Set, step: &Exact) -> Option<Set> {
    let count = |value: &Exact| value.checked_div(step);
    let one = Exact::from(1);
    let lo = match set.lo() {
        End::Unbounded => End::Unbounded,
        End::Open(value) => End::Closed(&(&count(value)?.floor() + &one) * step),
        End::Closed(value) => End::Closed(&count(value)?.ceil() * step),
    };
    let hi = match set.hi() {
        End::Unbounded => End::Unbounded,
        End::Open(value) => End::Closed(&(&count(value)?.ceil() - &one) * step),
        End::Closed(value) => End::Closed(&count(value)?.floor() * step),
    };
    Set::new(lo, hi)
}
