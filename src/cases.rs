//! A condition as cases: in each of them a list of sums over figures, held against zero.
//!
//! A condition holds exactly where all sums of one of its cases do. Choices, smallest and largest,
//! and divisors whose sign is not known make cases; quotients are multiplied out and roots raised to
//! their power. What is none of this, or makes too many cases, has none: who asks says so.

use crate::number::Exact;
use crate::period::Period;
use crate::program::{AggregateId, InputId, Program, TermId, TermKind, years_between};
use crate::set::Comparison;
use crate::solve::Relation;

mod sum;
mod value;

pub(crate) use sum::Sum;
use value::{Value, compared};

/// Cases of one condition that are looked at.
const MOST_CASES: usize = 64;

/// A sum and how it stands to zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claimed {
    /// The sum.
    pub sum: Sum,
    /// How it stands to zero.
    pub relation: Relation,
}

/// What holds together in one case.
pub(crate) type Case = Vec<Claimed>;

/// What somebody who asks for cases knows of figures.
pub(crate) trait Known {
    /// The place of a figure among those that may be otherwise.
    fn place(&self, input: InputId) -> Option<usize>;
    /// Whether a figure that may be derived is, and was not published.
    fn is_derived(&self, _: InputId) -> bool {
        true
    }
    /// The number of a term that no such figure changes.
    fn number(&self, term: TermId) -> Option<Exact>;
    /// The truth of a term that no such figure changes.
    fn truth(&self, term: TermId) -> Option<bool>;
    /// What is said of many bodies, as a sum over figures.
    fn many(&self, id: AggregateId) -> Option<Sum>;
    /// The evaluated period.
    fn period(&self) -> Period;
}

/// The cases in which a condition is true, or those in which it is not.
pub(crate) fn cases(
    program: &Program,
    known: &dyn Known,
    term: TermId,
    wanted: bool,
) -> Option<Vec<Case>> {
    Cx { program, known }.truth(term, wanted)
}

struct Cx<'a> {
    program: &'a Program,
    known: &'a dyn Known,
}

impl Cx<'_> {
    /// Whether any figure that may be otherwise stands in a term.
    fn is_moved(&self, term: TermId) -> bool {
        let kind = &self.program.terms[term].kind;
        match kind {
            TermKind::Input(input) | TermKind::Present(input)
                if self.known.place(*input).is_some() =>
            {
                true
            }
            TermKind::Derived(input, inner) => {
                let is_derived = || self.known.is_derived(*input) && self.is_moved(*inner);
                self.known.place(*input).is_some() || is_derived()
            }
            TermKind::Aggregate(id) => {
                let mut reads = self.program.aggregates[*id].reads();
                self.known.many(*id).is_some() || reads.any(|it| self.known.place(it).is_some())
            }
            other => other.operands().into_iter().any(|it| self.is_moved(it)),
        }
    }

    fn truth(&self, term: TermId, wanted: bool) -> Option<Vec<Case>> {
        let fixed = |holds: bool| match holds == wanted {
            true => vec![Vec::new()],
            false => Vec::new(),
        };
        let kind = &self.program.terms[term].kind;
        if !self.is_moved(term)
            && !matches!(kind, TermKind::Compare(..))
            && let Some(holds) = self.known.truth(term)
        {
            return Some(fixed(holds));
        }
        match kind {
            TermKind::Truth(holds) => Some(fixed(*holds)),
            TermKind::Present(input) if self.known.place(*input).is_some() => Some(fixed(true)),
            TermKind::Compare(op, left, right, _) => {
                let op = if wanted { *op } else { op.negated() };
                let mut all = Vec::new();
                for (first, left) in self.number(*left)? {
                    for (second, right) in self.number(*right)? {
                        for last in compared(op, &left, &right)? {
                            all.push(joined(&joined(&first, &second), &last));
                        }
                    }
                }
                few(all)
            }
            TermKind::Not(inner) => self.truth(*inner, !wanted),
            TermKind::Strict(inner, ..) => self.truth(*inner, wanted),
            TermKind::All(items) => self.several(items, wanted, wanted),
            TermKind::Any(items) => self.several(items, wanted, !wanted),
            TermKind::Implies(a, b) => match wanted {
                true => either(self.truth(*a, false)?, self.truth(*b, true)?),
                false => both(&self.truth(*a, true)?, &self.truth(*b, false)?),
            },
            TermKind::Either(condition, yes, no) => either(
                both(&self.truth(*condition, true)?, &self.truth(*yes, wanted)?)?,
                both(&self.truth(*condition, false)?, &self.truth(*no, wanted)?)?,
            ),
            TermKind::Same(a, b) => either(
                both(&self.truth(*a, true)?, &self.truth(*b, wanted)?)?,
                both(&self.truth(*a, false)?, &self.truth(*b, !wanted)?)?,
            ),
            TermKind::AtLeast(least, items) => {
                let least = usize::try_from(*least).ok()?;
                // Not so many hold where so many fail that the others are too few.
                let least = match wanted {
                    true => least,
                    false => (items.len() + 1).checked_sub(least)?,
                };
                self.so_many(items, least, wanted)
            }
            _ => None,
        }
    }

    /// All of them together, or each for itself.
    fn several(&self, items: &[TermId], wanted: bool, is_all: bool) -> Option<Vec<Case>> {
        let mut all = match is_all {
            true => vec![Vec::new()],
            false => Vec::new(),
        };
        for item in items {
            let own = self.truth(*item, wanted)?;
            all = match is_all {
                true => both(&all, &own)?,
                false => either(all, own)?,
            };
        }
        Some(all)
    }

    /// Every choice of so many of them.
    fn so_many(&self, items: &[TermId], least: usize, wanted: bool) -> Option<Vec<Case>> {
        if least == 0 {
            return Some(vec![Vec::new()]);
        }
        let Some((first, others)) = items.split_first() else {
            return Some(Vec::new());
        };
        if items.len() < least {
            return Some(Vec::new());
        }
        let own = self.truth(*first, wanted)?;
        let with = both(&own, &self.so_many(others, least - 1, wanted)?)?;
        either(with, self.so_many(others, least, wanted)?)
    }

    fn number(&self, term: TermId) -> Option<Vec<(Case, Value)>> {
        let kind = &self.program.terms[term].kind;
        if !self.is_moved(term) {
            let value = match kind {
                TermKind::Number(value) => Some(value.clone()),
                _ => self.known.number(term),
            };
            return Some(vec![(Vec::new(), Value::of(Sum::constant(value?)))]);
        }
        match kind {
            TermKind::Input(input) => {
                let place = self.known.place(*input)?;
                Some(vec![(Vec::new(), Value::of(Sum::figure(place)))])
            }
            TermKind::Derived(input, inner) => match self.known.place(*input) {
                Some(place) => Some(vec![(Vec::new(), Value::of(Sum::figure(place)))]),
                None => self.number(*inner),
            },
            TermKind::Aggregate(id) => Some(vec![(Vec::new(), Value::of(self.known.many(*id)?))]),
            TermKind::Negative(inner) => self.each(*inner, |value| value.scaled(&Exact::from(-1))),
            TermKind::Power(inner, 1) => self.number(*inner),
            TermKind::Power(inner, 2) => self.each(*inner, |value| value.times(&value)),
            TermKind::Sum(terms) => {
                let nothing = Value::of(Sum::constant(Exact::from(0)));
                self.fold(terms, nothing, |all, is_minus, value| {
                    let sign = Exact::from(if is_minus { -1 } else { 1 });
                    Some(vec![(Vec::new(), all.plus(&value.scaled(&sign)?)?)])
                })
            }
            TermKind::Product(factors) => {
                let one = Value::of(Sum::constant(Exact::from(1)));
                self.fold(factors, one, |all, is_divisor, value| {
                    let turned = match is_divisor {
                        true => value.turned()?,
                        false => vec![(Vec::new(), value.clone())],
                    };
                    let product = |(case, value): (Case, Value)| Some((case, all.times(&value)?));
                    turned.into_iter().map(product).collect()
                })
            }
            TermKind::YearsRoot(inner, from, to) => {
                let degree = years_between(*from, *to, self.known.period());
                let degree = degree.filter(|n| *n <= 200)?;
                self.each(*inner, |value| value.root(degree))
            }
            TermKind::Abs(inner) => {
                let nothing = Value::of(Sum::constant(Exact::from(0)));
                let mut all = Vec::new();
                for (case, value) in self.number(*inner)? {
                    for above in compared(Comparison::Ge, &value, &nothing)? {
                        all.push((joined(&case, &above), value.clone()));
                    }
                    for below in compared(Comparison::Lt, &value, &nothing)? {
                        all.push((joined(&case, &below), value.scaled(&Exact::from(-1))?));
                    }
                }
                few(all)
            }
            TermKind::Min(items) => self.extreme(items, Comparison::Le),
            TermKind::Max(items) => self.extreme(items, Comparison::Ge),
            TermKind::Choose(condition, yes, no) => {
                let mut all = Vec::new();
                for (wanted, chosen) in [(true, yes), (false, no)] {
                    for first in self.truth(*condition, wanted)? {
                        for (case, value) in self.number(*chosen)? {
                            all.push((joined(&first, &case), value));
                        }
                    }
                }
                few(all)
            }
            _ => None,
        }
    }

    fn each(
        &self,
        inner: TermId,
        change: impl Fn(Value) -> Option<Value>,
    ) -> Option<Vec<(Case, Value)>> {
        let changed = |(case, value)| Some((case, change(value)?));
        self.number(inner)?.into_iter().map(changed).collect()
    }

    /// Terms taken together one after the other, each with its flag.
    fn fold(
        &self,
        terms: &[(bool, TermId)],
        start: Value,
        step: impl Fn(&Value, bool, &Value) -> Option<Vec<(Case, Value)>>,
    ) -> Option<Vec<(Case, Value)>> {
        let mut all = vec![(Vec::new(), start)];
        for (flag, term) in terms {
            let own = self.number(*term)?;
            let mut next = Vec::new();
            for (case, value) in &all {
                for (more, factor) in &own {
                    for (last, value) in step(value, *flag, factor)? {
                        next.push((joined(&joined(case, more), &last), value));
                    }
                }
            }
            all = few(next)?;
        }
        Some(all)
    }

    /// Each of several numbers, where it stands so to all others.
    fn extreme(&self, items: &[TermId], op: Comparison) -> Option<Vec<(Case, Value)>> {
        let numbers: Vec<Vec<(Case, Value)>> = items
            .iter()
            .map(|item| self.number(*item))
            .collect::<Option<_>>()?;
        let mut all = Vec::new();
        for (n, own) in numbers.iter().enumerate() {
            for (case, value) in own {
                let mut cases = vec![case.clone()];
                for (_, others) in numbers.iter().enumerate().filter(|(other, _)| *other != n) {
                    let mut next = Vec::new();
                    for (more, other) in others {
                        for last in compared(op, value, other)? {
                            let last = joined(more, &last);
                            next.extend(cases.iter().map(|case| joined(case, &last)));
                        }
                    }
                    cases = few(next)?;
                }
                all.extend(cases.into_iter().map(|case| (case, value.clone())));
            }
        }
        few(all)
    }
}

fn joined(one: &Case, other: &Case) -> Case {
    let mut all = one.clone();
    all.extend(other.iter().filter(|it| !one.contains(it)).cloned());
    all
}

fn both(one: &[Case], other: &[Case]) -> Option<Vec<Case>> {
    if one.len().saturating_mul(other.len()) > MOST_CASES {
        return None;
    }
    let all = one
        .iter()
        .flat_map(|one| other.iter().map(|other| joined(one, other)));
    Some(all.collect())
}

fn either(mut one: Vec<Case>, other: Vec<Case>) -> Option<Vec<Case>> {
    one.extend(other);
    few(one)
}

fn few<T>(all: Vec<T>) -> Option<Vec<T>> {
    (all.len() <= MOST_CASES).then_some(all)
}
