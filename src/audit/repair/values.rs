//! Values that would mend a group: what each figure of a set may be, and one choice of them near to
//! what is printed.

use std::collections::BTreeMap;

use crate::audit::net::{Belief, Believed, Can, Held, Net, Unit};
use crate::cases::Sum;
use crate::number::Exact;
use crate::set::Set;
use crate::solve::{Constraint, Least, Relation, least};

use super::cover::Cover;

use super::{RepairSet, Repaired};

/// Choices of ways in which relations hold that are looked at for the nearest values.
const MOST_CHOICES: usize = 16;

/// Digits beyond the printed ones in which a value may be told.
const MOST_DIGITS: i16 = 3;

/// Values for the figures of a set; nothing where none could be proved.
pub(super) fn values(net: &Net<'_>, cover: &Cover) -> Option<RepairSet> {
    let mut believed = Believed {
        net,
        belief: Belief {
            freed: cover.clone(),
            set: BTreeMap::new(),
        },
    };
    let units: Vec<(usize, &Unit)> = cover
        .iter()
        .filter_map(|unit| Some((*unit, net.units.get(*unit)?)))
        .collect();
    let ranges: Vec<Option<Set>> = units
        .iter()
        .map(|(_, unit)| believed.range(unit.cell))
        .collect();
    let nearest = nearest(&believed, &units);
    // Levels first: what a rate has to be follows from them.
    let mut order: Vec<&Unit> = units.iter().map(|(_, unit)| *unit).collect();
    order.sort_by_key(|unit| !believed.rated(unit.cell).is_empty());
    let mut cells: Vec<usize> = Vec::new();
    for unit in order {
        if cells.contains(&unit.cell) {
            continue;
        }
        cells.push(unit.cell);
        let Some(value) = chosen(&mut believed, unit, nearest.get(&unit.cell)) else {
            break;
        };
        believed.belief.set.insert(unit.cell, value);
    }
    let is_chosen = cells
        .iter()
        .all(|cell| believed.belief.set.contains_key(cell));
    if !is_chosen || !matches!(believed.can(), Can::Be(_)) {
        any(&mut believed, &cells_of(&units))?;
    }
    let figures = units.iter().zip(ranges).map(|((_, unit), range)| {
        let value = believed.belief.set.get(&unit.cell)?.clone();
        let step = &net.cells.get(unit.cell)?.step;
        let off = Set::point(value.clone()).gap(&unit.set).unwrap_or_default();
        Some(Repaired {
            claims: unit.claims.clone(),
            baseline: unit.baseline,
            name: net.name(unit.cell)?,
            printed: unit.set.clone(),
            range,
            steps: off.checked_div(step)?,
            value,
            unit: net.shown(unit.cell)?,
        })
    });
    Some(RepairSet {
        figures: figures.collect::<Option<_>>()?,
    })
}

fn cells_of(units: &[(usize, &Unit)]) -> Vec<usize> {
    let mut cells: Vec<usize> = units.iter().map(|(_, unit)| unit.cell).collect();
    cells.sort_unstable();
    cells.dedup();
    cells
}

/// Takes the values by which it was proved that the set mends, where none nearer were found.
fn any(believed: &mut Believed<'_, '_>, cells: &[usize]) -> Option<()> {
    believed.belief.set.clear();
    let Can::Be(point) = believed.can() else {
        return None;
    };
    for cell in cells {
        let value = match believed.rated(*cell).is_empty() {
            true => point.get(*cell)?.clone(),
            false => believed.tried(*cell, &point).first()?.clone(),
        };
        believed.belief.set.insert(*cell, value);
    }
    Some(())
}

/// A value for one figure: near to what is wanted, in printed digits where these do.
fn chosen(believed: &mut Believed<'_, '_>, unit: &Unit, wanted: Option<&Exact>) -> Option<Exact> {
    let step = &believed.net.cells.get(unit.cell)?.step;
    let range = believed.range(unit.cell);
    let near = match (&range, wanted) {
        // What was chosen for others may have moved what this one can be.
        (Some(range), Some(wanted)) => nearest_of(range, &Set::point(wanted.clone()))?,
        (None, Some(wanted)) => wanted.clone(),
        (Some(range), None) => nearest_of(range, &unit.set)?,
        (None, None) => match believed.can() {
            Can::Be(point) => believed.tried(unit.cell, &point).first()?.clone(),
            _ => return None,
        },
    };
    let mut tried = Vec::new();
    // In printed digits, else in as few more as do.
    for places in 0..=MOST_DIGITS {
        let step = step * &Exact::pow10(-places);
        let steps = near.checked_div(&step)?;
        let (below, above) = (&steps.floor() * &step, &steps.ceil() * &step);
        let is_below_nearer = &near - &below <= &above - &near;
        tried.extend(match is_below_nearer {
            true => [below, above],
            false => [above, below],
        });
    }
    tried.push(near);
    for value in tried {
        if range.as_ref().is_some_and(|range| !range.contains(&value)) {
            continue;
        }
        believed.belief.set.insert(unit.cell, value.clone());
        if matches!(believed.can(), Can::Be(_)) {
            return Some(value);
        }
        believed.belief.set.remove(&unit.cell);
    }
    None
}

/// The value of a set that is nearest to another.
fn nearest_of(range: &Set, printed: &Set) -> Option<Exact> {
    if let Some(both) = range.intersect(printed) {
        let (lo, hi) = (both.lo().value(), both.hi().value());
        return lo.or(hi).cloned();
    }
    match (range.lo().value(), range.hi().value()) {
        (Some(lo), _) if printed.hi().value().is_some_and(|hi| hi < lo) => Some(lo.clone()),
        (_, Some(hi)) => Some(hi.clone()),
        (lo, None) => lo.cloned(),
    }
}

/// The values of figures that are no rates for which all that changes is least, each change counted
/// in steps of its last printed digit.
fn nearest(believed: &Believed<'_, '_>, units: &[(usize, &Unit)]) -> BTreeMap<usize, Exact> {
    let net = believed.net;
    let n_cells = net.cells.len();
    let levels: Vec<&Unit> = units
        .iter()
        .map(|(_, unit)| *unit)
        .filter(|unit| believed.rated(unit.cell).is_empty())
        .collect();
    let mut best: Option<(Exact, Vec<Exact>)> = None;
    for mut held in believed.choices(MOST_CHOICES).unwrap_or_default() {
        let mut objective = Vec::new();
        for (n, unit) in levels.iter().enumerate() {
            let Some(step) = net.cells.get(unit.cell).map(|cell| &cell.step) else {
                continue;
            };
            let off = n_cells + n;
            away(net, &mut held, unit, off, step);
            objective.push((off, Exact::from(1)));
        }
        let system = held.system(n_cells + levels.len());
        if let Least::At { value, at, .. } = least(&system, &objective)
            && best.as_ref().is_none_or(|(known, _)| value < *known)
        {
            best = Some((value, net.unscaled(&at)));
        }
    }
    let Some((_, at)) = best else {
        return BTreeMap::new();
    };
    let values = levels.iter();
    values
        .filter_map(|unit| Some((unit.cell, at.get(unit.cell)?.clone())))
        .collect()
}

/// A variable that is at least the steps by which a figure is away from what is printed.
fn away(net: &Net<'_>, held: &mut Held, unit: &Unit, off: usize, step: &Exact) {
    let by = Sum::figure(off).scaled(step);
    let place = Sum::figure(unit.cell);
    let ends = [
        (unit.set.lo().value(), Exact::from(-1)),
        (unit.set.hi().value(), Exact::from(1)),
    ];
    for (end, sign) in ends {
        if let Some(end) = end {
            let beyond = place.minus(&Sum::constant(end.clone())).scaled(&sign);
            let _ = held.push(net, &beyond.minus(&by), Relation::AtMost, Cover::new());
        }
    }
    held.constraints.push(Constraint {
        terms: vec![(off, Exact::from(-1))],
        relation: Relation::AtMost,
        bound: Exact::from(0),
    });
}
