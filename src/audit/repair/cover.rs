//! The smallest sets of figures that must be wrong.
//!
//! Figures that cannot be right together name one of which at least is wrong. A set that mends all
//! has one of each such core; it is found by asking for cores until the smallest set that has one of
//! each can be. Both what holds and what clashes is proved, so that the answer is exact.

use std::collections::BTreeSet;

use crate::audit::net::{Belief, Believed, Can, Net};

/// Figures of one set; a group that needs more is not looked at further.
const MOST_WRONG: usize = 6;

/// Sets that are told of one group.
pub(super) const MOST_SETS: usize = 24;

/// Questions for one group.
const MOST_ASKED: usize = 1_000;

/// Units that mend a group if they are wrong.
pub(super) type Cover = BTreeSet<usize>;

/// What was found of a group.
pub(super) enum Covers {
    Found(Smallest),
    /// Why there is no answer.
    Refused(&'static str),
}

/// The smallest sets.
pub(super) struct Smallest {
    pub size: usize,
    pub sets: Vec<Cover>,
    pub is_cut: bool,
}

struct Search<'n, 'a> {
    net: &'n Net<'a>,
    cores: Vec<BTreeSet<usize>>,
    asked: BTreeSet<Cover>,
    found: BTreeSet<Cover>,
    is_cut: bool,
    /// The size of the smallest set of which it is not known whether it mends.
    unsure: Option<usize>,
}

/// Finds all smallest sets of units which, being wrong, let all relations hold.
pub(super) fn smallest(net: &Net<'_>) -> Covers {
    let mut search = Search {
        net,
        cores: Vec::new(),
        asked: BTreeSet::new(),
        found: BTreeSet::new(),
        is_cut: false,
        unsure: None,
    };
    for size in 0..=MOST_WRONG {
        if let Err(why) = search.within(&mut Cover::new(), size) {
            return Covers::Refused(why);
        }
        // A smaller one may do.
        if search.unsure.is_some_and(|unsure| unsure < size) {
            return Covers::Refused("repair-unsure");
        }
        if !search.found.is_empty() {
            return Covers::Found(Smallest {
                size,
                sets: search.found.into_iter().collect(),
                is_cut: search.is_cut || search.unsure.is_some(),
            });
        }
    }
    Covers::Refused("repair-too-many-wrong")
}

impl Search<'_, '_> {
    /// Every way of adding at most so many units to a set so that it mends all.
    fn within(&mut self, set: &mut Cover, left: usize) -> Result<(), &'static str> {
        if self.found.len() >= MOST_SETS {
            self.is_cut = true;
            return Ok(());
        }
        let mut at = 0;
        loop {
            let missed = self
                .cores
                .iter()
                .skip(at)
                .position(|core| core.is_disjoint(set));
            if let Some(missed) = missed {
                at += missed;
                break;
            }
            at = self.cores.len();
            if !self.asked.insert(set.clone()) {
                return Ok(());
            }
            if self.asked.len() > MOST_ASKED {
                return Err("repair-too-long");
            }
            let believed = Believed {
                net: self.net,
                belief: Belief {
                    freed: set.clone(),
                    ..Belief::default()
                },
            };
            match believed.can() {
                Can::Be(_) => {
                    self.found.insert(set.clone());
                    return Ok(());
                }
                Can::Unsure => {
                    let known = self.unsure.unwrap_or(set.len());
                    self.unsure = Some(known.min(set.len()));
                    return Ok(());
                }
                Can::Not(core) if core.units.is_empty() => return Err("repair-impossible"),
                Can::Not(core) => self.cores.push(core.units),
            }
        }
        if left == 0 {
            return Ok(());
        }
        let Some(core) = self.cores.get(at).cloned() else {
            return Ok(());
        };
        for unit in core {
            set.insert(unit);
            let done = self.within(set, left - 1);
            set.remove(&unit);
            done?;
        }
        Ok(())
    }
}
