//! What the solver in floating point proposes. Nothing here is believed: `solve.rs` verifies it.
#![allow(
    clippy::float_arithmetic,
    reason = "proposals only; each is verified in exact arithmetic"
)]

use microlp::{ComparisonOp, OptimizationDirection, Problem, Solution, Variable};

use super::equations::Equations;
use super::{Constraint, Relation, System};
use crate::number::Exact;

/// How near to its bound a scaled sum counts as on it.
const NEAR: [f64; 3] = [1e-6, 1e-9, 1e-12];
/// How far within what is strict a point is wanted: more where less is lost among small differences.
const WITHIN: [f64; 2] = [1.0, 1e6];
/// Rounds in which rows and columns are scaled by turns.
const ROUNDS: usize = 8;
/// Digits to which values that nothing determines are rounded, one after the other.
const DIGITS: [usize; 5] = [1, 3, 6, 12, 17];
/// Powers of ten beyond which nothing is scaled.
const MOST_POWER: f64 = 300.0;

/// A system whose coefficients are of like size.
pub(super) struct Scaled {
    /// The constraints with scaled variables, each times a power of ten.
    constraints: Vec<Constraint>,
    /// The power of ten by which each variable of the system is larger.
    columns: Vec<Exact>,
    /// The power of ten that each constraint was multiplied by.
    rows: Vec<Exact>,
}

impl Scaled {
    /// Scales a tidy system; nothing where a number is beyond floating point.
    pub(super) fn of(system: &System) -> Option<Scaled> {
        let mut sizes: Vec<Vec<(usize, f64)>> = Vec::new();
        for constraint in &system.constraints {
            let size = |(place, factor): (usize, &Exact)| {
                let size = double(factor)?.abs().log10();
                size.is_finite().then_some((place, size))
            };
            let terms = constraint.terms.iter().map(|(place, it)| (*place, it));
            let bound =
                (!constraint.bound.is_zero()).then_some((system.n_variables, &constraint.bound));
            sizes.push(terms.chain(bound).map(size).collect::<Option<_>>()?);
        }
        let (rows, columns) = balance(&sizes, system.n_variables);
        let power = |size: f64| {
            let size = size.round().clamp(-MOST_POWER, MOST_POWER);
            Exact::pow10(size.to_string().parse().unwrap_or_default())
        };
        let columns: Vec<Exact> = columns.into_iter().map(power).collect();
        let rows: Vec<Exact> = rows.into_iter().map(power).collect();
        let constraints = system.constraints.iter().zip(&rows).map(|(one, row)| {
            let term =
                |(place, factor): &(usize, Exact)| (*place, factor * &(&columns[*place] * row));
            Constraint {
                terms: one.terms.iter().map(term).collect(),
                relation: one.relation,
                bound: &one.bound * row,
            }
        });
        let constraints = constraints.collect();
        Some(Scaled {
            constraints,
            columns,
            rows,
        })
    }

    /// Points that may satisfy all constraints, likely ones first.
    pub(super) fn points(&self) -> impl Iterator<Item = Vec<Exact>> + '_ {
        let inner = WITHIN
            .into_iter()
            .filter_map(|within| self.inner_point(within));
        inner.flat_map(|point| self.exact_points(point))
    }

    /// The exact points that a proposal comes near to, simple ones first.
    fn exact_points(&self, point: Vec<f64>) -> impl Iterator<Item = Vec<Exact>> + '_ {
        let tries = NEAR
            .into_iter()
            .flat_map(|near| DIGITS.map(|digits| (near, digits)));
        tries.filter_map(move |(near, digits)| self.exact_point(&point, near, digits))
    }

    /// A point as far within what is strict as can be, up to a limit.
    fn inner_point(&self, most: f64) -> Option<Vec<f64>> {
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let variables = self.free_variables(&mut problem, &[]);
        let within = problem.add_var(1.0, (0.0, most));
        for constraint in &self.constraints {
            let mut terms = terms_of(constraint, &variables)?;
            if constraint.relation == Relation::Below {
                terms.push((within, 1.0));
            }
            let relation = match constraint.relation {
                Relation::Equal => ComparisonOp::Eq,
                _ => ComparisonOp::Le,
            };
            problem.add_constraint(terms, relation, double(&constraint.bound)?);
        }
        values(&solution(&problem)?, &variables)
    }

    fn free_variables(&self, problem: &mut Problem, costs: &[f64]) -> Vec<Variable> {
        let any = (f64::NEG_INFINITY, f64::INFINITY);
        (0..self.columns.len())
            .map(|place| problem.add_var(costs.get(place).copied().unwrap_or(0.0), any))
            .collect()
    }

    /// The exact point that a proposal comes near to: on the constraints whose bounds it touches, and
    /// rounded where they leave it free.
    fn exact_point(&self, point: &[f64], near: f64, digits: usize) -> Option<Vec<Exact>> {
        let mut equations = Equations::new(self.columns.len());
        let mut touched: Vec<(bool, f64, &Constraint)> = Vec::new();
        for constraint in &self.constraints {
            let mut rest = double(&constraint.bound)?;
            let mut size = rest.abs().max(1.0);
            for (place, factor) in &constraint.terms {
                let term = double(factor)? * point[*place];
                size = size.max(term.abs());
                rest -= term;
            }
            let equal = constraint.relation == Relation::Equal;
            if equal || constraint.relation == Relation::AtMost && rest.abs() <= near * size {
                touched.push((!equal, rest.abs() / size, constraint));
            }
        }
        touched.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        for (_, _, constraint) in touched {
            equations.add(&constraint.terms, &constraint.bound);
        }
        let free = point.iter().map(|value| rounded(*value, digits));
        let scaled = equations.point(free.collect::<Option<_>>()?);
        let whole = scaled.iter().zip(&self.columns);
        Some(whole.map(|(value, column)| value * column).collect())
    }

    /// Multipliers of constraints that may add up to a contradiction, by place; none is zero.
    ///
    /// They take every variable out of the sum, and leave a bound below zero, or of zero with
    /// something strict in it. They are scaled so that these two come to one together.
    pub(super) fn multipliers(&self) -> Option<Vec<(usize, Exact)>> {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let mut columns: Vec<(usize, bool, Variable)> = Vec::new();
        for (place, constraint) in self.constraints.iter().enumerate() {
            columns.push((place, false, problem.add_var(1.0, (0.0, f64::INFINITY))));
            if constraint.relation == Relation::Equal {
                columns.push((place, true, problem.add_var(1.0, (0.0, f64::INFINITY))));
            }
        }
        let gap = problem.add_var(0.0, (0.0, f64::INFINITY));
        let (sums, bounds, unit) = self.conditions(&columns);
        for terms in &sums {
            let terms = doubles(terms, &columns)?;
            problem.add_constraint(terms, ComparisonOp::Eq, 0.0);
        }
        let mut terms = doubles(&bounds, &columns)?;
        terms.push((gap, 1.0));
        problem.add_constraint(terms, ComparisonOp::Eq, 0.0);
        let mut terms = doubles(&unit, &columns)?;
        terms.push((gap, 1.0));
        problem.add_constraint(terms, ComparisonOp::Eq, 1.0);
        let found = solution(&problem)?;
        let variables: Vec<_> = columns.iter().map(|it| it.2).chain([gap]).collect();
        let found = values(&found, &variables)?;

        // The unknowns are the multipliers that are not zero, and the gap.
        let used: Vec<usize> = (0..columns.len()).filter(|n| found[*n] > 1e-9).collect();
        let among = |terms: &[(usize, Exact)]| -> Vec<(usize, Exact)> {
            let place = |n: &usize| used.iter().position(|it| it == n);
            terms
                .iter()
                .filter_map(|(n, factor)| Some((place(n)?, factor.clone())))
                .collect()
        };
        let mut equations = Equations::new(used.len() + 1);
        let (zero, one) = (Exact::default(), Exact::from(1));
        if found[columns.len()] <= 1e-9 {
            equations.add(&[(used.len(), one.clone())], &zero);
        }
        let with_gap = |terms: &[(usize, Exact)]| {
            let mut terms = among(terms);
            terms.push((used.len(), one.clone()));
            terms
        };
        equations.add(&with_gap(&unit), &one);
        equations.add(&with_gap(&bounds), &zero);
        for terms in &sums {
            equations.add(&among(terms), &zero);
        }
        let unknowns = used.iter().copied().chain([columns.len()]);
        let free = unknowns.map(|n| rounded(found[n], 6));
        let free = free.collect::<Option<_>>()?;
        let exact = equations.point(free);
        let mut told: Vec<(usize, Exact)> = Vec::new();
        for (value, n) in exact.iter().zip(&used) {
            let (place, negative, _) = columns[*n];
            let value = value * &self.rows[place];
            let value = if negative { -&value } else { value };
            match told.last_mut() {
                Some((last, sum)) if *last == place => *sum = &*sum + &value,
                _ => told.push((place, value)),
            }
        }
        told.retain(|(_, value)| !value.is_zero());
        Some(told)
    }

    /// What multipliers have to satisfy: for each variable the terms whose sum is zero, the terms of
    /// the bound, and those that count toward the unit.
    #[allow(clippy::type_complexity, reason = "three lists of terms, used once")]
    fn conditions(
        &self,
        columns: &[(usize, bool, Variable)],
    ) -> (
        Vec<Vec<(usize, Exact)>>,
        Vec<(usize, Exact)>,
        Vec<(usize, Exact)>,
    ) {
        let mut sums = vec![Vec::new(); self.columns.len()];
        let (mut bounds, mut unit) = (Vec::new(), Vec::new());
        for (n, (place, negative, _)) in columns.iter().enumerate() {
            let constraint = &self.constraints[*place];
            let signed = |value: &Exact| if *negative { -value } else { value.clone() };
            for (variable, factor) in &constraint.terms {
                sums[*variable].push((n, signed(factor)));
            }
            if !constraint.bound.is_zero() {
                bounds.push((n, signed(&constraint.bound)));
            }
            if constraint.relation == Relation::Below {
                unit.push((n, Exact::from(1)));
            }
        }
        (sums, bounds, unit)
    }
}

/// A point that satisfies a tidy system without strict constraints, at which a sum is as small as the
/// solver could make it.
pub(super) fn lowest(system: &System, objective: &[(usize, Exact)]) -> Option<Vec<Exact>> {
    let scaled = Scaled::of(system)?;
    let mut costs = vec![Exact::default(); system.n_variables];
    for (place, factor) in objective {
        costs[*place] = &costs[*place] + &(factor * &scaled.columns[*place]);
    }
    let costs: Vec<f64> = costs.iter().map(double).collect::<Option<_>>()?;
    let largest = costs
        .iter()
        .fold(0.0_f64, |most, cost| most.max(cost.abs()));
    let unit = if largest > 0.0 { largest } else { 1.0 };
    let costs: Vec<f64> = costs.iter().map(|cost| cost / unit).collect();
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let variables = scaled.free_variables(&mut problem, &costs);
    for constraint in &scaled.constraints {
        let relation = match constraint.relation {
            Relation::Equal => ComparisonOp::Eq,
            _ => ComparisonOp::Le,
        };
        let terms = terms_of(constraint, &variables)?;
        problem.add_constraint(terms, relation, double(&constraint.bound)?);
    }
    let found = values(&solution(&problem)?, &variables)?;
    let holds = |point: &Vec<Exact>| system.constraints.iter().all(|one| one.holds(point));
    scaled.exact_points(found).find(holds)
}

/// Powers of ten for rows and columns that bring sizes near to one; bounds are the last column, which
/// stays as it is.
fn balance(sizes: &[Vec<(usize, f64)>], n_variables: usize) -> (Vec<f64>, Vec<f64>) {
    let mut rows = vec![0.0; sizes.len()];
    let mut columns = vec![0.0; n_variables + 1];
    for _ in 0..ROUNDS {
        for (row, sizes) in rows.iter_mut().zip(sizes) {
            let sizes = sizes.iter().map(|(place, size)| size + columns[*place]);
            *row = -middle(sizes).unwrap_or(0.0);
        }
        let mut of_columns = vec![Vec::new(); n_variables + 1];
        for (row, sizes) in rows.iter().zip(sizes) {
            for (place, size) in sizes {
                of_columns[*place].push(size + row);
            }
        }
        for (column, sizes) in columns.iter_mut().zip(of_columns) {
            *column = -middle(sizes.into_iter()).unwrap_or(0.0);
        }
    }
    let bounds = columns.pop().unwrap_or(0.0);
    let moved = |all: Vec<f64>, by: f64| all.into_iter().map(|it| it + by).collect();
    (moved(rows, bounds), moved(columns, -bounds))
}

/// Half way between the least and the greatest.
fn middle(values: impl Iterator<Item = f64> + Clone) -> Option<f64> {
    let least = values.clone().reduce(f64::min)?;
    let most = values.reduce(f64::max)?;
    Some(f64::midpoint(least, most))
}

fn terms_of(constraint: &Constraint, variables: &[Variable]) -> Option<Vec<(Variable, f64)>> {
    let term = |(place, factor): &(usize, Exact)| Some((variables[*place], double(factor)?));
    constraint.terms.iter().map(term).collect()
}

fn doubles(
    terms: &[(usize, Exact)],
    columns: &[(usize, bool, Variable)],
) -> Option<Vec<(Variable, f64)>> {
    let term = |(n, factor): &(usize, Exact)| Some((columns[*n].2, double(factor)?));
    terms.iter().map(term).collect()
}

fn solution(problem: &Problem) -> Option<Solution> {
    problem.solve().ok()?.into_solution().ok()
}

fn values(solution: &Solution, variables: &[Variable]) -> Option<Vec<f64>> {
    let value = |it: &Variable| Some(solution.var_value(*it)).filter(|value| value.is_finite());
    variables.iter().map(value).collect()
}

/// The double near a number; nothing where it has none.
fn double(value: &Exact) -> Option<f64> {
    let (numer, denom) = value.numer_denom_strings();
    let value = numer.parse::<f64>().ok()? / denom.parse::<f64>().ok()?;
    value.is_finite().then_some(value)
}

/// The decimal of so many digits that is nearest to a double.
fn rounded(value: f64, digits: usize) -> Option<Exact> {
    let text = format!("{value:.*e}", digits - 1);
    let (digits, power) = text.split_once('e')?;
    let digits = Exact::parse_decimal(digits).ok()?;
    Some(digits * Exact::pow10(power.parse().ok()?))
}
