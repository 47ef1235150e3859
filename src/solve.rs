//! Exact answers about systems of linear constraints.
//!
//! A solver that computes in floating point proposes a point, or the multipliers of a
//! contradiction; exact arithmetic then looks whether the proposal holds. What it cannot verify
//! is [`Answer::Unsure`], never a guess. Coefficients are scaled by powers of ten first, so that
//! figures of 10^-6 and of 10^12 in one system do not mislead the solver.

use crate::number::Exact;

mod equations;
mod propose;

/// How the sum of a constraint stands to its bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// The sum is at most the bound.
    AtMost,
    /// The sum is below the bound.
    Below,
    /// The sum is the bound.
    Equal,
}

/// A sum of variables with coefficients, held against a bound.
///
/// "At least" is "at most" with all signs turned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// Variables, by their places, with their coefficients; a variable may come twice.
    pub terms: Vec<(usize, Exact)>,
    /// How the sum stands to the bound.
    pub relation: Relation,
    /// The bound.
    pub bound: Exact,
}

/// Constraints over real variables, which have no bounds of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct System {
    /// How many variables there are; terms name places below it.
    pub n_variables: usize,
    /// The constraints.
    pub constraints: Vec<Constraint>,
}

/// Whether constraints can hold together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Values of all variables under which every constraint holds, checked exactly.
    Holds(Vec<Exact>),
    /// Places of constraints, ascending, that cannot hold together, proved exactly. Each of them was
    /// left out in turn, and none was found that can be.
    Clash(Vec<usize>),
    /// Nothing that was proposed could be verified.
    Unsure,
}

/// The least value of a sum under constraints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Least {
    /// There is one, proved exactly.
    At {
        /// The value.
        value: Exact,
        /// Values of all variables. Where the least is only approached they satisfy the constraints
        /// with "below" taken as "at most".
        at: Vec<Exact>,
        /// Whether the value is reached, and not only approached.
        reached: bool,
    },
    /// The sum falls without end.
    Unbounded,
    /// The constraints cannot hold together; as in [`Answer::Clash`].
    Clash(Vec<usize>),
    /// Nothing that was proposed could be verified.
    Unsure,
}

impl Constraint {
    /// The value of the sum at a point.
    ///
    /// A place beyond the point counts as zero.
    #[must_use]
    pub fn sum(&self, point: &[Exact]) -> Exact {
        sum(&self.terms, point)
    }

    /// Whether the constraint holds at a point.
    #[must_use]
    pub fn holds(&self, point: &[Exact]) -> bool {
        self.relation.holds(&self.sum(point), &self.bound)
    }
}

impl Relation {
    fn holds(self, sum: &Exact, bound: &Exact) -> bool {
        match self {
            Relation::AtMost => sum <= bound,
            Relation::Below => sum < bound,
            Relation::Equal => sum == bound,
        }
    }
}

fn sum(terms: &[(usize, Exact)], point: &[Exact]) -> Exact {
    terms
        .iter()
        .filter_map(|(place, factor)| Some(factor * point.get(*place)?))
        .fold(Exact::default(), |all, one| all + one)
}

/// Says whether the constraints of a system can hold together.
///
/// ```
/// use plumbrule::number::Exact;
/// use plumbrule::solve::{Answer, Constraint, Relation, System, solve};
///
/// let one = |sign: i64, bound: i64| Constraint {
///     terms: vec![(0, Exact::from(sign))],
///     relation: Relation::AtMost,
///     bound: Exact::from(bound),
/// };
/// // At most 5, and at least 7.
/// let mut system = System { n_variables: 1, constraints: vec![one(1, 9), one(1, 5), one(-1, -7)] };
/// assert_eq!(solve(&system), Answer::Clash(vec![1, 2]));
/// system.constraints.remove(1);
/// assert!(matches!(solve(&system), Answer::Holds(point) if point[0] >= Exact::from(7)));
/// ```
#[must_use]
pub fn solve(system: &System) -> Answer {
    let system = tidy(system);
    match once(&system) {
        Answer::Clash(core) => Answer::Clash(irreducible(&system, core)),
        answer => answer,
    }
}

/// Finds the least value of a sum of variables under the constraints of a system.
///
/// ```
/// use plumbrule::number::Exact;
/// use plumbrule::solve::{Constraint, Least, Relation, System, least};
///
/// let terms = vec![(0, Exact::from(-3))];
/// let constraint = Constraint { terms, relation: Relation::Below, bound: Exact::from(-2) };
/// let system = System { n_variables: 1, constraints: vec![constraint] };
/// let Least::At { value, reached, .. } = least(&system, &[(0, Exact::from(1))]) else { panic!() };
/// assert_eq!((Some(value), reached), (Exact::ratio(2, 3), false));
/// ```
#[must_use]
pub fn least(system: &System, objective: &[(usize, Exact)]) -> Least {
    match solve(system) {
        Answer::Clash(core) => return Least::Clash(core),
        Answer::Unsure => return Least::Unsure,
        Answer::Holds(_) => {}
    }
    let closed = tidy(&closed(system));
    if falls(&closed, objective) {
        return Least::Unbounded;
    }
    let Some(at) = propose::lowest(&closed, objective) else {
        return Least::Unsure;
    };
    let value = sum(objective, &at);
    let lower = with(&closed, objective, Relation::Below, &value);
    if !matches!(once(&tidy(&lower)), Answer::Clash(_)) {
        return Least::Unsure;
    }
    if system.constraints.iter().all(|one| one.holds(&at)) {
        let reached = true;
        return Least::At { value, at, reached };
    }
    match solve(&with(system, objective, Relation::Equal, &value)) {
        Answer::Holds(at) => Least::At {
            value,
            at,
            reached: true,
        },
        Answer::Clash(_) => Least::At {
            value,
            at,
            reached: false,
        },
        Answer::Unsure => Least::Unsure,
    }
}

/// Whether there is a direction in which the sum falls and no constraint stops it.
fn falls(system: &System, objective: &[(usize, Exact)]) -> bool {
    let mut ray = with(system, objective, Relation::Below, &Exact::default());
    for constraint in &mut ray.constraints {
        constraint.bound = Exact::default();
    }
    matches!(once(&tidy(&ray)), Answer::Holds(_))
}

fn with(system: &System, terms: &[(usize, Exact)], relation: Relation, bound: &Exact) -> System {
    let mut system = system.clone();
    system.constraints.push(Constraint {
        terms: terms.to_vec(),
        relation,
        bound: bound.clone(),
    });
    system
}

fn closed(system: &System) -> System {
    let mut system = system.clone();
    for constraint in &mut system.constraints {
        if constraint.relation == Relation::Below {
            constraint.relation = Relation::AtMost;
        }
    }
    system
}

/// The same system with each variable at most once in a constraint, and none that is multiplied by zero.
fn tidy(system: &System) -> System {
    let mut tidied = system.clone();
    for constraint in &mut tidied.constraints {
        let terms = &mut constraint.terms;
        terms.retain(|(place, _)| *place < system.n_variables);
        terms.sort_by_key(|(place, _)| *place);
        terms.dedup_by(|next, first| {
            let same = next.0 == first.0;
            if same {
                first.1 = &first.1 + &next.1;
            }
            same
        });
        terms.retain(|(_, factor)| !factor.is_zero());
    }
    tidied
}

/// One look at a tidy system; the clash may be larger than it need be.
fn once(system: &System) -> Answer {
    let none = Exact::default();
    let broken = |one: &Constraint| one.terms.is_empty() && !one.relation.holds(&none, &one.bound);
    if let Some(place) = system.constraints.iter().position(broken) {
        return Answer::Clash(vec![place]);
    }
    let holds = |point: &Vec<Exact>| system.constraints.iter().all(|one| one.holds(point));
    let Some(scaled) = propose::Scaled::of(system) else {
        return Answer::Unsure;
    };
    if let Some(point) = scaled.points().find(holds) {
        return Answer::Holds(point);
    }
    match scaled.multipliers() {
        Some(multipliers) if contradicts(system, &multipliers) => {
            let places = multipliers.iter().map(|(place, _)| *place);
            Answer::Clash(places.collect())
        }
        _ => Answer::Unsure,
    }
}

/// Whether constraints, each times its multiplier, add up to something that is false whatever the
/// variables are.
fn contradicts(system: &System, multipliers: &[(usize, Exact)]) -> bool {
    let mut left = vec![Exact::default(); system.n_variables];
    let mut right = Exact::default();
    let mut strict = false;
    for (place, multiplier) in multipliers {
        let constraint = &system.constraints[*place];
        if constraint.relation != Relation::Equal && multiplier.is_negative() {
            return false;
        }
        strict |= constraint.relation == Relation::Below && !multiplier.is_zero();
        for (variable, factor) in &constraint.terms {
            left[*variable] = &left[*variable] + &(factor * multiplier);
        }
        right = right + &constraint.bound * multiplier;
    }
    let none = Exact::default();
    left.iter().all(Exact::is_zero) && (right < none || strict && right == none)
}

/// Leaves out of a clash what it does not need.
fn irreducible(system: &System, mut core: Vec<usize>) -> Vec<usize> {
    core.sort_unstable();
    core.dedup();
    let mut next = 0;
    while next < core.len() && core.len() > 1 {
        let mut fewer = core.clone();
        fewer.remove(next);
        let part = System {
            n_variables: system.n_variables,
            constraints: fewer
                .iter()
                .map(|place| system.constraints[*place].clone())
                .collect(),
        };
        match once(&part) {
            Answer::Clash(places) => {
                core = places.iter().map(|place| fewer[*place]).collect();
                core.sort_unstable();
                next = 0;
            }
            _ => next += 1,
        }
    }
    core
}
