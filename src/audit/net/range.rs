//! What a figure may be: the least and greatest of it under all relations of a net.

use super::relation::Rated;
use super::satisfy::{Believed, Held};
use crate::cases::Sum;
use crate::number::Exact;
use crate::set::{End, Set};
use crate::solve::{Answer, Constraint, Least, Relation, System, least, solve};

/// Choices of ways in which relations hold that are looked at.
const MOST_CHOICES: usize = 16;

impl Believed<'_, '_> {
    /// All that a cell may be, closed; nothing where that was not found out.
    pub(in crate::audit) fn range(&self, cell: usize) -> Option<Set> {
        if self.shared().iter().any(|shared| *shared != cell) {
            return None;
        }
        let is_shared = self.shared().contains(&cell);
        let mut whole: Option<Set> = None;
        for held in self.choices(MOST_CHOICES)? {
            let rated = held.rated.iter().filter(|rated| rated.rate == cell);
            let own = match rated.collect::<Vec<_>>().as_slice() {
                [] => self.linear_range(&held, &Sum::figure(cell))?,
                [one] if !is_shared => self.rate_range(&held, one)?,
                _ => return None,
            };
            whole = Some(match whole {
                Some(whole) => whole.hull(&own),
                None => own,
            });
        }
        let bounds = &self.net.cells.get(cell)?.bounds;
        whole?.intersect(bounds)
    }

    fn linear_range(&self, held: &Held, sum: &Sum) -> Option<Set> {
        let system = held.system(self.net.cells.len());
        let (terms, beside) = self.net.scaled(sum)?;
        let off = between(&system, &terms)?;
        Some(off.add(&Set::point(beside)))
    }

    /// What a rate may be by the figures that it binds: their quotient, with all sums divided by
    /// what is divided by (Charnes and Cooper).
    fn rate_range(&self, held: &Held, rated: &Rated) -> Option<Set> {
        if rated.relation != Relation::Equal {
            return None;
        }
        let one_over = self.net.cells.len();
        let mut whole: Option<Set> = None;
        for is_above in [true, false] {
            let mut system = held.system(one_over + 1);
            for constraint in &mut system.constraints {
                let bound = std::mem::take(&mut constraint.bound);
                constraint.terms.push((one_over, -bound));
            }
            let sign = Exact::from(if is_above { 1 } else { -1 });
            let lifted = |sum: &Sum| {
                let (mut terms, beside) = self.net.scaled(sum)?;
                terms.push((one_over, beside));
                Some(terms)
            };
            system.constraints.push(Constraint {
                terms: vec![(one_over, Exact::from(-1))],
                relation: Relation::AtMost,
                bound: Exact::from(0),
            });
            system.constraints.push(Constraint {
                terms: lifted(&rated.times.scaled(&sign))?,
                relation: Relation::Equal,
                bound: Exact::from(1),
            });
            let rate = rated.beside.scaled(&-sign);
            match solve(&system) {
                Answer::Clash(_) => continue,
                Answer::Unsure => return None,
                Answer::Holds(_) => {}
            }
            let own = between(&system, &lifted(&rate)?)?;
            whole = Some(match whole {
                Some(whole) => whole.hull(&own),
                None => own,
            });
        }
        rated.lift.back(&whole?)
    }
}

/// The least and greatest of a sum, closed.
fn between(system: &System, terms: &[(usize, Exact)]) -> Option<Set> {
    let lo = match least(system, terms) {
        Least::At { value, .. } => End::Closed(value),
        Least::Unbounded => End::Unbounded,
        Least::Clash(_) | Least::Unsure => return None,
    };
    let turned: Vec<(usize, Exact)> = terms.iter().map(|(at, by)| (*at, -by)).collect();
    let hi = match least(system, &turned) {
        Least::At { value, .. } => End::Closed(-value),
        Least::Unbounded => End::Unbounded,
        Least::Clash(_) | Least::Unsure => return None,
    };
    Set::new(lo, hi)
}
