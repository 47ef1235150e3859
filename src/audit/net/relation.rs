//! A relation between figures as sums that have to hold, and as products of one figure with others.

use crate::cases::{Case, Claimed, Known, Sum, cases};
use crate::findings::{Bond, Others};
use crate::model::EntityId;
use crate::number::Exact;
use crate::period::Period;
use crate::program::{AggregateId, InputId, Root, TermId, TermKind};
use crate::set::Set;
use crate::solve::Relation;

use super::Net;

/// What has to hold together in one way of a relation.
pub(in crate::audit) type Alternative = Vec<Rel>;

/// One thing that has to hold.
#[derive(Debug, Clone)]
pub(in crate::audit) enum Rel {
    /// A sum stands so to zero.
    Sum(Claimed),
    /// beside + times * rate stands so to zero.
    Rated(Rated),
}

/// A sum with one figure that other figures are multiplied with.
#[derive(Debug, Clone)]
pub(in crate::audit) struct Rated {
    pub beside: Sum,
    pub times: Sum,
    /// The figure.
    pub rate: usize,
    /// What it comes in as.
    pub lift: Lift,
    pub relation: Relation,
}

/// What a rate comes in as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::audit) enum Lift {
    /// Itself.
    Plain,
    /// One and itself, multiplied so many times.
    Growth(u32),
}

impl Lift {
    /// What a rate comes in as, at one end of what it may be; a negative growth beyond -100 % leaves nothing.
    pub(in crate::audit) fn of(self, rate: &Exact) -> Option<Exact> {
        match self {
            Lift::Plain => Some(rate.clone()),
            Lift::Growth(1) => Some(rate + &Exact::from(1)),
            Lift::Growth(years) => {
                let factor = rate + &Exact::from(1);
                match factor.is_negative() {
                    true => Some(Exact::from(0)),
                    false => factor.pow(i32::try_from(years).ok()?),
                }
            }
        }
    }

    /// The rates that come in as these.
    pub(in crate::audit) fn back(self, lifted: &Set) -> Option<Set> {
        let one = Set::point(Exact::from(1));
        match self {
            Lift::Plain => Some(lifted.clone()),
            Lift::Growth(1) => Some(lifted.sub(&one)),
            Lift::Growth(years) => {
                let real = lifted.intersect(&Set::at_least(Exact::from(0)))?;
                Some(real.root(years).ok()?.sub(&one))
            }
        }
    }
}

/// A bond between cells, each multiplied by its factor.
pub(in crate::audit) fn of_bond(
    bond: &Bond,
    cells: &[usize],
    factors: &[Exact],
) -> Option<Alternative> {
    let all: Vec<Sum> = cells
        .iter()
        .zip(factors)
        .map(|(cell, factor)| Sum::figure(*cell).scaled(factor))
        .collect();
    let sum = |sum: Sum, relation| Some(vec![Rel::Sum(Claimed { sum, relation })]);
    let rated = |lift| match (all.as_slice(), cells) {
        ([now, before, _], [_, _, rate]) => Some(vec![Rel::Rated(Rated {
            beside: now.clone(),
            times: before.scaled(&Exact::from(-1)),
            rate: *rate,
            lift,
            relation: Relation::Equal,
        })]),
        _ => None,
    };
    match (bond, all.as_slice()) {
        (Bond::Growth, _) => rated(Lift::Growth(1)),
        (Bond::AverageGrowth(years), _) => rated(Lift::Growth(*years)),
        (Bond::Share, _) => rated(Lift::Plain),
        (Bond::Change, [now, before, change]) => {
            sum(now.minus(before).minus(change), Relation::Equal)
        }
        (Bond::AverageChange(years), [now, before, change]) => {
            let whole = change.scaled(&Exact::from(i64::from(*years)));
            sum(now.minus(before).minus(&whole), Relation::Equal)
        }
        (Bond::Within, [part, whole]) => sum(part.minus(whole), Relation::AtMost),
        (Bond::Rising, [before, now]) => sum(before.minus(now), Relation::AtMost),
        (Bond::Parts(rest), [whole, parts @ ..]) => {
            let known = parts
                .iter()
                .fold(Sum::default(), |all, part| all.plus(part));
            together(rest.others(parts.len()), known, whole)
        }
        (Bond::Shares(rest), parts) => {
            let known = parts
                .iter()
                .fold(Sum::default(), |all, part| all.plus(part));
            together(
                rest.others(parts.len()),
                known,
                &Sum::constant(Exact::from(1)),
            )
        }
        _ => None,
    }
}

/// Parts against their whole: alone, or with others that have no figure and take at least so much.
fn together(others: Others, known: Sum, whole: &Sum) -> Option<Alternative> {
    let difference = known.minus(whole);
    let claimed = match others {
        // What has no figure may be anything.
        Others::Anything => return Some(Vec::new()),
        Others::None => Claimed {
            sum: difference,
            relation: Relation::Equal,
        },
        Others::AtLeast(least) => Claimed {
            sum: difference.plus(&Sum::constant(least)),
            relation: Relation::AtMost,
        },
    };
    Some(vec![Rel::Sum(claimed)])
}

/// A condition that has to hold, as the ways in which it does.
pub(in crate::audit) fn of_root(
    net: &Net<'_>,
    root: &Root,
    period: Period,
    entity: EntityId,
) -> Option<Vec<Alternative>> {
    let known = Printed {
        net,
        period,
        entity,
    };
    let all = cases(net.cx.program, &known, root.term, true)?;
    let ways = all.iter().map(|case| of_case(net, case));
    let ways: Vec<Alternative> = ways.collect::<Option<_>>()?;
    (!ways.is_empty()).then_some(ways)
}

fn of_case(net: &Net<'_>, case: &Case) -> Option<Alternative> {
    let rel = |one: &Claimed| {
        if one.sum.linear().is_some() {
            return Some(Rel::Sum(one.clone()));
        }
        // Of figures that are multiplied with each other, that which is a share or a growth.
        let mut rates: Vec<usize> = one.sum.figures();
        rates.retain(|figure| one.sum.by(*figure).is_some());
        let rate = rates
            .iter()
            .copied()
            .find(|cell| net.is_rate(*cell))
            .or(rates.last().copied())?;
        let (beside, times) = one.sum.by(rate)?;
        Some(Rel::Rated(Rated {
            beside,
            times,
            rate,
            lift: Lift::Plain,
            relation: one.relation,
        }))
    };
    case.iter().map(rel).collect()
}

/// The figures that a condition reads, as the cells of a net.
struct Printed<'a> {
    net: &'a Net<'a>,
    period: Period,
    entity: EntityId,
}

impl Known for Printed<'_> {
    fn place(&self, input: InputId) -> Option<usize> {
        self.net.known_place(input, self.period, self.entity)
    }

    fn number(&self, term: TermId) -> Option<Exact> {
        match &self.net.cx.program.terms[term].kind {
            TermKind::Number(value) => Some(value.clone()),
            TermKind::Input(input) => {
                let baseline = self.net.cx.program.inputs[*input].baseline.as_ref();
                baseline.map(|(value, _)| value.clone())
            }
            TermKind::Negative(inner) => Some(-self.number(*inner)?),
            TermKind::Sum(terms) => {
                terms
                    .iter()
                    .try_fold(Exact::from(0), |all, (is_minus, term)| {
                        let own = self.number(*term)?;
                        Some(if *is_minus { &all - &own } else { &all + &own })
                    })
            }
            TermKind::Product(factors) => {
                factors
                    .iter()
                    .try_fold(Exact::from(1), |all, (is_divisor, term)| {
                        let own = self.number(*term)?;
                        match is_divisor {
                            true => all.checked_div(&own),
                            false => Some(&all * &own),
                        }
                    })
            }
            _ => None,
        }
    }

    fn truth(&self, _: TermId) -> Option<bool> {
        None
    }

    fn many(&self, _: AggregateId) -> Option<Sum> {
        None
    }

    fn period(&self) -> Period {
        self.period
    }
}
