//! Whether bonds hold: figures that are bound go in, and those that no values satisfy come out.
//!
//! Of several claims to a figure any may be the true one, so that a bond is broken only where none
//! of them satisfies it. Figures of two bases are linked, or what they break is explained.

use crate::eval::link_between;
use crate::figures::ClaimId;
use crate::model::{EntityId, Measure};
use crate::number::Exact;
use crate::set::Set;

use super::Cx;
use super::bond::{Bond, Clash};
use super::book::{Group, KeyId, Supposed};
use super::plans::{Plan, Way};

/// Combinations of claims that are looked at.
const MOST_COMBINATIONS: usize = 64;

/// How a bond stands.
#[derive(Debug, Clone)]
pub(crate) enum Standing {
    /// A figure that it needs is not there.
    Absent,
    /// Some values satisfy it.
    Holds,
    /// None do, and the figures are on bases that nothing links.
    Apart(Box<Broken>),
    /// None do.
    Broken(Box<Broken>),
}

/// Figures that no values satisfy.
#[derive(Debug, Clone)]
pub(crate) struct Broken {
    /// In what way they are bound.
    pub way: usize,
    /// The figures and the claims to each that suffice.
    pub picks: Vec<(KeyId, Group)>,
    /// What they contradict.
    pub clash: Clash,
}

impl Broken {
    /// The claims, each once.
    pub(crate) fn claims(&self) -> Vec<ClaimId> {
        let all = self.picks.iter().flat_map(|(_, group)| &group.claims);
        all.copied().collect()
    }
}

impl Cx<'_> {
    /// How a bond stands for an entity.
    pub(crate) fn standing(
        &self,
        plan: &Plan,
        entity: EntityId,
        supposed: Option<&Supposed>,
    ) -> Standing {
        let mut worst: Option<Standing> = None;
        for (n, way) in plan.ways.iter().enumerate() {
            match self.way(n, way, entity, supposed) {
                Standing::Holds => return Standing::Holds,
                Standing::Absent => worst = Some(Standing::Absent),
                other => {
                    if worst.is_none() {
                        worst = Some(other);
                    }
                }
            }
        }
        worst.unwrap_or(Standing::Absent)
    }

    fn way(&self, n: usize, way: &Way, entity: EntityId, supposed: Option<&Supposed>) -> Standing {
        let mut cells: Vec<(KeyId, Vec<Group>)> = Vec::with_capacity(way.cells.len());
        for (at, key) in way.cells.iter().enumerate() {
            let groups = self.groups(*key, entity, supposed);
            if !groups.is_empty() {
                cells.push((*key, groups));
            } else if !way.may_lack(at) {
                return Standing::Absent;
            }
        }
        if cells.len() < way.least_cells() {
            return Standing::Absent;
        }
        let combinations = cells
            .iter()
            .fold(1usize, |all, (_, groups)| all.saturating_mul(groups.len()));
        if combinations > MOST_COMBINATIONS {
            return Standing::Absent;
        }
        let (mut broken, mut apart): (Option<Broken>, Option<Broken>) = (None, None);
        for code in 0..combinations {
            let picks = pick(&cells, code);
            let linked = self.linked(&picks);
            let sets = linked.clone().unwrap_or_else(|| raw(&picks));
            let Some(clash) = way.bond.clash(&sets) else {
                return Standing::Holds;
            };
            let best = match linked {
                Some(_) => &mut broken,
                None => &mut apart,
            };
            if best.as_ref().is_none_or(|best| clash.gap < best.clash.gap) {
                *best = Some(Broken {
                    way: n,
                    picks,
                    clash,
                });
            }
        }
        match (broken, apart) {
            (Some(broken), _) => Standing::Broken(Box::new(self.least(way, broken))),
            (None, Some(apart)) => Standing::Apart(Box::new(self.least(way, apart))),
            (None, None) => Standing::Absent,
        }
    }

    /// The sets on the latest of their bases; nothing where a step between is not linked.
    fn linked(&self, picks: &[(KeyId, Group)]) -> Option<Vec<Set>> {
        let model = &self.program.model;
        let name = |key: &KeyId, basis: u16| {
            let figure = self.book.key(*key)?.figure;
            let bases = &model.indicators[figure.indicator].bases;
            bases.get(usize::from(basis)).map(|basis| basis.id.as_str())
        };
        let sets = || picks.iter().map(|(_, group)| group.set.clone());
        let mut names = picks.iter().map(|(key, group)| name(key, group.basis));
        let first = names.next()?;
        if names.all(|name| name == first) {
            return Some(sets().collect());
        }
        let latest = picks.iter().map(|(_, group)| group.basis).max()?;
        let mut indicators = picks.iter().filter_map(|(key, _)| {
            let key = self.book.key(*key)?;
            Some(key.figure.indicator)
        });
        let own = indicators.next()?;
        if indicators.any(|other| other != own) {
            return None;
        }
        let linked = picks.iter().map(|(key, group)| {
            let figure = self.book.key(*key)?.figure;
            let factor = link_between(model, figure, group.basis, latest)?;
            // A rate is the same on any scale.
            let is_rate = matches!(figure.measure, Measure::Growth | Measure::Rank);
            let factor = if is_rate { Exact::from(1) } else { factor };
            Some(group.set.scale(&factor))
        });
        linked.collect()
    }

    /// Of several claims to a figure one, where it suffices.
    fn least(&self, way: &Way, mut broken: Broken) -> Broken {
        for at in 0..broken.picks.len() {
            let Some((_, group)) = broken.picks.get(at) else {
                continue;
            };
            if group.claims.len() < 2 {
                continue;
            }
            let claims = group.claims.clone();
            let printed = |id: &ClaimId| self.submission.claims[*id].as_printed.closure();
            // Where all say the same, the first stands for all.
            let mut tries: Vec<ClaimId> = claims.clone();
            tries.sort_by(|a, b| self.submission.order(*a, *b));
            for id in tries {
                let mut picks = broken.picks.clone();
                if let Some((_, group)) = picks.get_mut(at) {
                    group.claims = vec![id];
                    group.set = printed(&id);
                }
                let linked = self.linked(&picks);
                let sets = linked.unwrap_or_else(|| raw(&picks));
                if let Some(clash) = way.bond.clash(&sets) {
                    broken = Broken {
                        way: broken.way,
                        picks,
                        clash,
                    };
                    break;
                }
            }
        }
        broken
    }
}

fn raw(picks: &[(KeyId, Group)]) -> Vec<Set> {
    picks.iter().map(|(_, group)| group.set.clone()).collect()
}

/// The n-th combination of claims.
fn pick(cells: &[(KeyId, Vec<Group>)], mut code: usize) -> Vec<(KeyId, Group)> {
    let picked = cells.iter().filter_map(|(key, groups)| {
        let at = code % groups.len().max(1);
        code /= groups.len().max(1);
        Some((*key, groups.get(at)?.clone()))
    });
    picked.collect()
}

impl Way {
    /// Whether it says something without the figure at a place.
    fn may_lack(&self, at: usize) -> bool {
        match self.bond {
            Bond::Parts(_) => at > 0,
            Bond::Shares(_) => true,
            _ => false,
        }
    }

    /// The least figures that say something together.
    fn least_cells(&self) -> usize {
        match self.bond {
            Bond::Parts(_) | Bond::Shares(_) => 2,
            _ => self.cells.len(),
        }
    }
}
