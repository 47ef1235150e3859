//! The smallest change of all figures of a goal together that turns the answer.
//!
//! Each change is counted in steps of the last printed digit of its figure, which is its relative
//! change over its relative precision. The largest of these counts is made least, and then their sum:
//! the sum alone would move one figure, which the single changes tell already. A found change is told
//! only where the evaluator says that it turns the answer.

use super::{Cx, Node, NodeKind};
use crate::cases::{Case, Claimed, Known, Sum, cases};
use crate::eval::{Frame, bounds_of, try_values};
use crate::explain::{Shown, Unit};
use crate::figures::step;
use crate::message::{Arg, Message};
use crate::model::{Kind, Measure};
use crate::number::{Exact, Rounding};
use crate::period::Period;
use crate::program::{AggregateId, InputId, Root, TermId};
use crate::set::{Set, Truth};
use crate::solve::{Answer, Constraint, Least, Relation, System, least, solve};

/// Figures that are changed together.
const MOST_FIGURES: usize = 12;

/// A figure that may be otherwise.
struct Moved {
    input: InputId,
    /// What the rows that decide take for it.
    set: Set,
    /// A value of it.
    origin: Exact,
    /// One in its last printed digit.
    step: Exact,
    /// What is declared.
    bounds: Set,
}

/// A change that was found.
struct Change {
    /// The largest count of steps.
    steps: Exact,
    /// That count is enough; else it has to be more.
    is_reached: bool,
    /// Values of the figures at which the change is, or which it approaches.
    at: Vec<Exact>,
    /// Values that satisfy the case, where they are others.
    beyond: Option<Vec<Exact>>,
}

impl Cx<'_> {
    /// The smallest change of all figures together; nothing where the answer is open or rests on
    /// one figure.
    pub(super) fn joint(
        &self,
        frame: &Frame,
        rows: &[usize],
        root: &Root,
        address: &str,
    ) -> Option<Node> {
        let wanted = match self.answer() {
            Truth::True => false,
            Truth::False => true,
            Truth::Unknown => return None,
        };
        let moved = self.moved(frame, rows);
        if moved.len() < 2 {
            return None;
        }
        let unknown = || Some(Message::new("explain-joint-unknown"));
        let nearest = self.nearest(frame, rows, root, &moved, wanted);
        let message = nearest.unwrap_or_else(unknown)?;
        Some(Node::new(
            format!("{address}/joint"),
            NodeKind::Flip,
            message,
        ))
    }

    /// The figures of a goal that are numbers with printed digits.
    fn moved(&self, frame: &Frame, rows: &[usize]) -> Vec<Moved> {
        let model = &self.program.model;
        let moved = frame.inputs.iter().filter_map(|input| {
            let known = &self.program.inputs[*input];
            let indicator = &model.indicators[known.figure.indicator];
            let is_number = known.baseline.is_none()
                && indicator.evidence.is_none()
                && indicator.ladder.is_none()
                && known.figure.measure != Measure::Rank
                && !matches!(
                    indicator.kind,
                    Kind::YesNo | Kind::OneOf | Kind::Text | Kind::Date
                );
            if !is_number {
                return None;
            }
            let set = self.current(frame, rows, *input)?.closure();
            let claims = rows.iter().flat_map(|row| frame.claims(*row, *input));
            let steps = claims
                .filter_map(|id| step(model, self.submission, &self.submission.claims[id]))
                .filter(|step| step.signum() > 0);
            let origin = set.lo().value().or(set.hi().value())?.clone();
            Some(Moved {
                input: *input,
                step: steps.min()?,
                bounds: bounds_of(model, &known.figure).closure(),
                origin,
                set,
            })
        });
        moved.collect()
    }

    /// The nearest change in words; nothing inside where one figure alone changes, which is told of
    /// it, and nothing where it was not found out.
    fn nearest(
        &self,
        frame: &Frame,
        rows: &[usize],
        root: &Root,
        moved: &[Moved],
        wanted: bool,
    ) -> Option<Option<Message>> {
        if moved.len() > MOST_FIGURES {
            return None;
        }
        let known = Figures {
            frame,
            row: *rows.first()?,
            moved,
        };
        let mut best: Option<(Change, Case)> = None;
        for case in cases(self.program, &known, root.term, wanted)? {
            let Some(change) = least_change(moved, &case)? else {
                continue;
            };
            if best
                .as_ref()
                .is_none_or(|(known, _)| change.steps < known.steps)
            {
                best = Some((change, case));
            }
        }
        let (change, _) = best?;
        // Where nothing has to change the printed ranges themselves leave it open.
        if change.steps.is_zero() && change.is_reached {
            return None;
        }
        let truth = if wanted { Truth::True } else { Truth::False };
        let values = candidates(moved, &change)
            .into_iter()
            .find(|values| self.turned(frame, root, moved, values) == truth)?;
        let others = moved.iter().zip(&values);
        let others = others.filter(|(one, value)| one.set.as_point() != Some(*value));
        Some((others.count() > 1).then(|| self.told(frame, moved, &change, &values, wanted)))
    }

    /// The answer with other values of the figures, by the evaluator.
    fn turned(&self, frame: &Frame, root: &Root, moved: &[Moved], values: &[Exact]) -> Truth {
        let tried: Vec<(InputId, Set)> = moved
            .iter()
            .zip(values)
            .map(|(one, value)| (one.input, Set::point(value.clone())))
            .collect();
        try_values(
            self.program,
            self.submission,
            self.options,
            root,
            frame.period,
            self.trace.reading,
            &tried,
            self.trace.row.entity,
            self.memory,
        )
    }

    fn told(
        &self,
        frame: &Frame,
        moved: &[Moved],
        change: &Change,
        values: &[Exact],
        wanted: bool,
    ) -> Message {
        let others = moved.iter().zip(values);
        let others = others.filter(|(one, value)| one.set.as_point() != Some(*value));
        let figures = others.map(|(one, value)| {
            let figure = &self.program.inputs[one.input].figure;
            let shown = Shown {
                set: Set::point(value.clone()),
                unit: Unit::of_figure(self.program, figure),
            };
            let message = Message::new("explain-joint-figure")
                .with("figure", self.input_name(frame, one.input))
                .with("value", &shown);
            Arg::Message(message)
        });
        let (key, rounding) = match change.is_reached {
            true => ("explain-joint", Rounding::Up),
            false => ("explain-joint-more", Rounding::Down),
        };
        let outcome = if wanted { "flip-met" } else { "flip-not-met" };
        Message::new(key)
            .with("figures", Arg::List(figures.collect()))
            .with("steps", Unit::plain().amount(&change.steps, rounding))
            .with("outcome", Message::new(outcome))
    }
}

/// The figures of a frame, as cases ask for them.
struct Figures<'a> {
    frame: &'a Frame,
    row: usize,
    moved: &'a [Moved],
}

impl Known for Figures<'_> {
    fn place(&self, input: InputId) -> Option<usize> {
        self.moved.iter().position(|one| one.input == input)
    }

    fn number(&self, term: TermId) -> Option<Exact> {
        self.frame.number(term, self.row)?.as_point().cloned()
    }

    fn truth(&self, term: TermId) -> Option<bool> {
        match self.frame.truth(term, self.row)? {
            Truth::True => Some(true),
            Truth::False => Some(false),
            Truth::Unknown => None,
        }
    }

    fn many(&self, _: AggregateId) -> Option<Sum> {
        None
    }

    fn period(&self) -> Period {
        self.frame.period
    }
}

/// The smallest change under which a case holds; nothing inside where it never does, nothing where
/// that was not found out.
///
/// Variables of the solver: each figure in steps from its origin, the largest count, and the count of
/// each figure.
fn least_change(moved: &[Moved], case: &Case) -> Option<Option<Change>> {
    let largest = moved.len();
    let mut system = System {
        n_variables: 2 * moved.len() + 1,
        constraints: Vec::new(),
    };
    for Claimed { sum, relation } in case {
        let (mut terms, mut beside) = sum.linear()?;
        for (place, factor) in &mut terms {
            let one = moved.get(*place)?;
            beside = &beside + &(&*factor * &one.origin);
            *factor = &*factor * &one.step;
        }
        system.constraints.push(Constraint {
            terms,
            relation: *relation,
            bound: -beside,
        });
    }
    for (n, one) in moved.iter().enumerate() {
        let own = largest + 1 + n;
        for (set, counts) in [(&one.set, Some(own)), (&one.bounds, None)] {
            for (end, sign) in [(set.lo(), -1), (set.hi(), 1)] {
                let Some(end) = end.value() else { continue };
                let sign = Exact::from(sign);
                let off = (end - &one.origin).checked_div(&one.step)?;
                let mut terms = vec![(n, sign.clone())];
                terms.extend(counts.map(|count| (count, Exact::from(-1))));
                system.constraints.push(at_most(terms, &off * &sign));
            }
        }
        let minus = Exact::from(-1);
        system
            .constraints
            .push(at_most(vec![(own, minus.clone())], Exact::from(0)));
        let terms = vec![(own, Exact::from(1)), (largest, minus)];
        system.constraints.push(at_most(terms, Exact::from(0)));
    }
    let (steps, is_reached) = match least(&system, &[(largest, Exact::from(1))]) {
        Least::At { value, reached, .. } => (value, reached),
        Least::Clash(_) => return Some(None),
        Least::Unbounded | Least::Unsure => return None,
    };
    let counts: Vec<(usize, Exact)> = (0..moved.len())
        .map(|n| (largest + 1 + n, Exact::from(1)))
        .collect();
    let mut nearest = system.clone();
    for constraint in &mut nearest.constraints {
        if constraint.relation == Relation::Below {
            constraint.relation = Relation::AtMost;
        }
    }
    let bound = at_most(vec![(largest, Exact::from(1))], steps.clone());
    nearest.constraints.push(bound);
    let Least::At { at, .. } = least(&nearest, &counts) else {
        return None;
    };
    let beyond = match is_reached {
        true => None,
        false => {
            let more = &steps * &Exact::ratio(1, 1000)?;
            let more = more.max(Exact::ratio(1, 1000)?);
            let bound = at_most(vec![(largest, Exact::from(1))], &steps + &more);
            system.constraints.push(bound);
            match solve(&system) {
                Answer::Holds(at) => Some(values(moved, &at)),
                _ => None,
            }
        }
    };
    Some(Some(Change {
        at: values(moved, &at),
        steps,
        is_reached,
        beyond,
    }))
}

fn at_most(terms: Vec<(usize, Exact)>, bound: Exact) -> Constraint {
    Constraint {
        terms,
        relation: Relation::AtMost,
        bound,
    }
}

fn values(moved: &[Moved], at: &[Exact]) -> Vec<Exact> {
    let all = moved.iter().zip(at);
    all.map(|(one, steps)| &one.origin + &(steps * &one.step))
        .collect()
}

/// Values to try, the plainest first: a hundredth of the last printed digit and finer, at the change
/// or a thousandth of it beyond.
fn candidates(moved: &[Moved], change: &Change) -> Vec<Vec<Exact>> {
    let hundredth = Exact::ratio(1, 100).unwrap_or_default();
    let thousandth = Exact::ratio(1, 1000).unwrap_or_default();
    let from = |one: &Moved, value: &Exact| -> Exact {
        let (lo, hi) = (one.set.lo().value(), one.set.hi().value());
        match (lo, hi) {
            (Some(lo), _) if value < lo => lo.clone(),
            (_, Some(hi)) if value > hi => hi.clone(),
            _ => value.clone(),
        }
    };
    let further: Vec<Exact> = moved
        .iter()
        .zip(&change.at)
        .map(|(one, value)| {
            let off = value - &from(one, value);
            value + &(&off * &thousandth)
        })
        .collect();
    let rounded = |values: &[Exact]| -> Vec<Exact> {
        let all = moved.iter().zip(values);
        let away = all.map(|(one, value)| {
            let start = from(one, value);
            if start == *value {
                return value.clone();
            }
            let grid = &one.step * &hundredth;
            let Some(places) = value.checked_div(&grid) else {
                return value.clone();
            };
            match *value > start {
                true => &places.ceil() * &grid,
                false => &places.floor() * &grid,
            }
        });
        away.collect()
    };
    let mut all = Vec::new();
    if change.is_reached {
        all.push(rounded(&change.at));
        all.push(change.at.clone());
    }
    all.push(rounded(&further));
    all.push(further);
    all.extend(change.beyond.clone());
    all
}
