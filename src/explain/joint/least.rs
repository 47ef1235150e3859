//! The smallest change of figures under which a case holds, as a system of linear constraints.
//!
//! Variables of the solver: each figure in steps from its origin, the largest count of steps, and the
//! count of each figure.

use super::{Moved, Why};
use crate::cases::{Case, Claimed};
use crate::number::Exact;
use crate::set::{End, Set};
use crate::solve::{Answer, Constraint, Least, Relation, System, least, solve};

/// A case of a goal with the figures that may move.
pub(super) struct Posed {
    system: System,
    n_figures: usize,
}

/// How small the largest count of steps can be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Largest {
    /// The largest count of steps.
    pub steps: Exact,
    /// That count is not enough; it has to be more.
    pub is_more: bool,
}

impl Largest {
    /// The least whole count that is enough.
    pub(super) fn whole(&self) -> Exact {
        match self.is_more {
            true => &self.steps.floor() + &Exact::from(1),
            false => self.steps.ceil(),
        }
    }
}

impl Posed {
    /// A case, with figures within their bounds or, where asked, wherever they like.
    pub(super) fn of(moved: &[Moved], case: &Case, is_bounded: bool) -> Result<Posed, Why> {
        let n_figures = moved.len();
        let mut system = System {
            n_variables: 2 * n_figures + 1,
            constraints: Vec::new(),
        };
        for claimed in case {
            system
                .constraints
                .push(constraint(moved, claimed).ok_or(Why::Form)?);
        }
        let mut posed = Posed { system, n_figures };
        for (n, one) in moved.iter().enumerate() {
            posed.ends(one, n, &one.set.closure(), Some(posed.own(n)))?;
            if is_bounded {
                posed.ends(one, n, &one.bounds, None)?;
            }
            let minus = Exact::from(-1);
            let (own, largest) = (posed.own(n), posed.largest());
            let above = at_most(vec![(own, minus.clone())], Exact::from(0));
            let counted = at_most(
                vec![(own, Exact::from(1)), (largest, minus)],
                Exact::from(0),
            );
            posed.system.constraints.extend([above, counted]);
        }
        Ok(posed)
    }

    fn largest(&self) -> usize {
        self.n_figures
    }

    fn own(&self, n: usize) -> usize {
        self.n_figures + 1 + n
    }

    /// A figure lies within a set, or so many steps beside it.
    fn ends(&mut self, one: &Moved, n: usize, set: &Set, count: Option<usize>) -> Result<(), Why> {
        for (end, sign) in [(set.lo(), -1), (set.hi(), 1)] {
            let Some(value) = end.value() else { continue };
            let sign = Exact::from(sign);
            let off = (value - &one.origin).checked_div(&one.step);
            let mut terms = vec![(n, sign.clone())];
            terms.extend(count.map(|count| (count, Exact::from(-1))));
            let relation = match end {
                End::Open(_) => Relation::Below,
                _ => Relation::AtMost,
            };
            self.system.constraints.push(Constraint {
                terms,
                relation,
                bound: &off.ok_or(Why::Unsure)? * &sign,
            });
        }
        Ok(())
    }

    /// How small the largest count can be; nothing where the case never holds.
    pub(super) fn smallest(&self) -> Result<Option<Largest>, Why> {
        match least(&self.system, &[(self.largest(), Exact::from(1))]) {
            Least::At { value, reached, .. } => Ok(Some(Largest {
                steps: value,
                is_more: !reached,
            })),
            Least::Clash(_) => Ok(None),
            Least::Unbounded | Least::Unsure => Err(Why::Unsure),
        }
    }

    /// Values that move as little as can be taken together, none of them by more than so many steps;
    /// where what is strict is only approached, `true` takes in what it approaches.
    pub(super) fn values(
        &self,
        moved: &[Moved],
        most: &Exact,
        is_closed: bool,
    ) -> Option<Vec<Exact>> {
        let mut system = self.system.clone();
        for constraint in &mut system.constraints {
            if is_closed && constraint.relation == Relation::Below {
                constraint.relation = Relation::AtMost;
            }
        }
        let bound = at_most(vec![(self.largest(), Exact::from(1))], most.clone());
        system.constraints.push(bound);
        let counts: Vec<(usize, Exact)> = (0..self.n_figures)
            .map(|n| (self.own(n), Exact::from(1)))
            .collect();
        match least(&system, &counts) {
            Least::At { at, .. } => Some(values(moved, &at)),
            _ => None,
        }
    }

    /// Some values that hold, none of them further than so many steps.
    pub(super) fn some(&self, moved: &[Moved], most: &Exact) -> Option<Vec<Exact>> {
        let mut system = self.system.clone();
        let bound = at_most(vec![(self.largest(), Exact::from(1))], most.clone());
        system.constraints.push(bound);
        match solve(&system) {
            Answer::Holds(at) => Some(values(moved, &at)),
            _ => None,
        }
    }
}

/// A sum over figures as one over steps; nothing where figures are multiplied with each other.
fn constraint(moved: &[Moved], claimed: &Claimed) -> Option<Constraint> {
    let (mut terms, mut beside) = claimed.sum.linear()?;
    let half = Exact::ratio(1, 2)?;
    let mut is_wide = false;
    for (place, factor) in &mut terms {
        let one = moved.get(*place)?;
        beside = &beside + &(&*factor * &one.origin);
        *factor = &*factor * &one.step;
        // What is read as printed has to hold for all that its last digit leaves open.
        if one.is_printed && !factor.is_zero() {
            beside = &beside + &(&factor.abs() * &half);
            is_wide = true;
        }
    }
    if is_wide && claimed.relation == Relation::Equal {
        return Some(at_most(Vec::new(), Exact::from(-1)));
    }
    Some(Constraint {
        terms,
        relation: claimed.relation,
        bound: -beside,
    })
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
