//! Places in a score: two bodies are compared element by element under the same weights, whatever
//! these may be, and under the same range of each element. What two scores say alone is always
//! counted too. Never narrower than the truth.

use super::fold::{Rests, count};
use super::{Answer, Many};
use crate::eval::columns::{Column, Numbers};
use crate::eval::weigh;
use crate::model::{Gap, Norm, Score, Standing, Weight};
use crate::number::Exact;
use crate::set::{Comparison, Set, Truth, compare};
use crate::verdict::Cause;

/// Members beyond which two scores are compared alone.
pub(super) const MOST_PAIRED: usize = 400;

/// What is known of the members of a score beside its values.
pub(super) struct Pairs<'a> {
    pub(super) score: &'a Score,
    pub(super) weights: Vec<Weight>,
    /// What was computed of each element, and the member's place in it.
    pub(super) elements: Vec<(&'a Standing, &'a Many)>,
    /// The comparable values of each member in each element.
    pub(super) parts: &'a [Vec<Option<Set>>],
}

/// The place of each of so many members in a score.
pub(super) fn places(pairs: &Pairs<'_>, column: &Numbers, n: usize) -> Vec<Answer> {
    let mut rests = Rests::default();
    for member in 0..n {
        rests.add(column, member);
    }
    if n > MOST_PAIRED || (0..n).any(|member| column.set(member).is_none()) {
        return super::fold::places(column, n, true);
    }
    let mut places = Vec::with_capacity(n);
    for own in 0..n {
        let (mut n_beyond, mut n_open) = (0usize, 0usize);
        for other in (0..n).filter(|other| *other != own) {
            match pairs.is_beyond(column, other, own) {
                Truth::True => n_beyond += 1,
                Truth::Unknown => n_open += 1,
                Truth::False => {}
            }
        }
        let set = Set::closed(count(1 + n_beyond), count(1 + n_beyond + n_open));
        places.push(rests.clone().answer(set));
    }
    places
}

/// A difference from one number to another; none on a side where it has no end.
type Between = (Option<Exact>, Option<Exact>);

impl Pairs<'_> {
    /// Whether one member has a higher score than another.
    fn is_beyond(&self, column: &Numbers, one: usize, other: usize) -> Truth {
        let (Some(a), Some(b)) = (column.set(one), column.set(other)) else {
            return Truth::Unknown;
        };
        let alone = compare(Comparison::Gt, a, b);
        if alone.is_known() {
            return alone;
        }
        let (Some(a), Some(b)) = (self.parts.get(one), self.parts.get(other)) else {
            return alone;
        };
        let a: Option<Vec<&Set>> = a.iter().map(Option::as_ref).collect();
        let b: Option<Vec<&Set>> = b.iter().map(Option::as_ref).collect();
        let (Some(a), Some(b)) = (a, b) else {
            return alone;
        };
        let steps: Vec<Between> = (self.elements.iter().enumerate())
            .map(|(n, element)| steps(*element, (one, other), a.get(n), b.get(n)))
            .collect();
        let (least, most) = match self.score.is_geometric {
            false => self.sums(&steps),
            true => match self.products(&steps, &a, &b) {
                Some(ends) => ends,
                None => return alone,
            },
        };
        let zero = Exact::from(0);
        if least.is_some_and(|least| least > zero) {
            Truth::True
        } else if most.is_some_and(|most| most <= zero) {
            Truth::False
        } else {
            Truth::Unknown
        }
    }

    /// How far one score is above the other, at the least and at the most.
    fn sums(&self, steps: &[Between]) -> Between {
        let lows: Vec<Option<&Exact>> = steps.iter().map(|(lo, _)| lo.as_ref()).collect();
        let highs: Vec<Option<&Exact>> = steps.iter().map(|(_, hi)| hi.as_ref()).collect();
        (
            weigh::total(&lows, &weigh::chosen(&self.weights, &lows, false)),
            weigh::total(&highs, &weigh::chosen(&self.weights, &highs, true)),
        )
    }

    /// The same of products: by how much one is more than once the other.
    fn products(&self, steps: &[Between], a: &[&Set], b: &[&Set]) -> Option<Between> {
        let (zero, one) = (Exact::from(0), Exact::from(1));
        // Where the difference has a sign, the quotient is on that side of 1.
        let quotient = |above: Option<&Exact>, below: Option<&Exact>| match (above, below) {
            (Some(above), Some(below)) => above.checked_div(below),
            _ => None,
        };
        let (mut lows, mut highs) = (Vec::new(), Vec::new());
        for (step, (a, b)) in steps.iter().zip(a.iter().zip(b)) {
            let low = quotient(a.lo().value(), b.hi().value()).unwrap_or_else(|| zero.clone());
            let is_up = step.0.as_ref().is_some_and(|step| *step >= zero);
            lows.push(if is_up { low.max(one.clone()) } else { low });
            let high = quotient(a.hi().value(), b.lo().value());
            let is_down = step.1.as_ref().is_some_and(|step| *step <= zero);
            highs.push(match high {
                Some(high) if is_down => Some(high.min(one.clone())),
                None if is_down => Some(one.clone()),
                high => high,
            });
        }
        let lows: Vec<Option<&Exact>> = lows.iter().map(Some).collect();
        let highs: Vec<Option<&Exact>> = highs.iter().map(Option::as_ref).collect();
        let low = weigh::product(&lows, &weigh::chosen(&self.weights, &lows, false))??.0;
        let high = weigh::product(&highs, &weigh::chosen(&self.weights, &highs, true))?;
        // Both may be 0, and then no quotient says which is more.
        let is_zero = |sets: &[&Set]| sets.iter().any(|set| set.contains(&zero));
        let low = (!is_zero(a) && !is_zero(b)).then(|| &low - &one);
        Some((low, high.map(|(_, high)| &high - &one)))
    }
}

/// How far one member is above another in an element, at the least and at the most.
fn steps(
    (standing, many): (&Standing, &Many),
    (one, other): (usize, usize),
    a: Option<&&Set>,
    b: Option<&&Set>,
) -> Between {
    let (Some(a), Some(b)) = (a, b) else {
        return (None, None);
    };
    let plain = a.sub(b);
    let narrow = apart(standing, many, one, other).and_then(|step| plain.intersect(&step));
    let set = narrow.unwrap_or(plain);
    (set.lo().value().cloned(), set.hi().value().cloned())
}

/// The same from the quantities themselves: all are divided by one range, or one deviation.
fn apart(standing: &Standing, many: &Many, one: usize, other: usize) -> Option<Set> {
    if !matches!(standing.norm, Norm::MinMax | Norm::ZScore) {
        return None;
    }
    let Column::Numbers(numbers) = &many.column else {
        return None;
    };
    // What counts as something else is not what stands in the column.
    let is_filled = |member: usize| numbers.causes(member).contains(Cause::Missing);
    if standing.gap != Gap::Unknown && (is_filled(one) || is_filled(other)) {
        return None;
    }
    let step = numbers.set(one)?.sub(numbers.set(other)?);
    let step = if standing.is_up { step } else { step.neg() };
    step.div(many.spread.as_ref()?).ok()
}
