//! Figures by what they are about, and what the claims to one figure have in common.
//!
//! Claims go in; groups of claims that can be true together come out, each with its set, closed.
//! A figure may be supposed to be another one. Never scans pairs of keys.

use std::cmp::Ordering;

use crate::figures::{Claim, ClaimId, ClaimState, Submission, of_entity};
use crate::message::Message;
use crate::model::{EntityId, FigureRef, IndicatorId, Measure};
use crate::number::Exact;
use crate::period::Period;
use crate::set::Set;

use super::{Finding, FindingKind};

use super::Cx;

/// Claims to one figure that differ and are looked at one by one.
pub(crate) const MOST_GROUPS: usize = 8;

/// Figures by what they are about, in order.
pub(crate) struct Book<'a> {
    keys: Vec<Key<'a>>,
}

/// What figures are about, and the claims to it by entity.
pub(crate) struct Key<'a> {
    pub figure: &'a FigureRef,
    pub period: Period,
    entries: &'a [(EntityId, ClaimId)],
}

/// A place in a book.
pub(crate) type KeyId = usize;

/// Claims to one figure that can be true together.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub claims: Vec<ClaimId>,
    pub set: Set,
    pub basis: u16,
}

/// Another reading of a figure, to be tried.
#[derive(Debug, Clone)]
pub(crate) struct Supposed {
    /// The figure.
    pub key: KeyId,
    /// Whose it is.
    pub entity: EntityId,
    /// The claims that are read otherwise.
    pub claims: Vec<ClaimId>,
    /// What they allow then; nothing where they are not about this figure.
    pub set: Option<Set>,
    /// The number that would be printed, in base units, where it is one.
    pub number: Option<Exact>,
}

impl Finding {
    /// A finding about one figure, without how far apart anything is.
    pub(super) fn of_figure(
        kind: FindingKind,
        key: &Key<'_>,
        entity: EntityId,
        claims: Vec<ClaimId>,
        message: Message,
    ) -> Finding {
        Finding {
            kind,
            rule: None,
            indicator: Some(key.figure.indicator),
            entity,
            period: key.period,
            claims,
            message,
            gap: None,
        }
    }
}

impl<'a> Book<'a> {
    pub(crate) fn of(submission: &'a Submission) -> Book<'a> {
        let keys = submission.keys().map(|(figure, period, entries)| Key {
            figure,
            period,
            entries,
        });
        Book {
            keys: keys.collect(),
        }
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = (KeyId, &Key<'a>)> {
        self.keys.iter().enumerate()
    }

    pub(crate) fn key(&self, id: KeyId) -> Option<&Key<'a>> {
        self.keys.get(id)
    }

    /// The key of a figure.
    pub(crate) fn find(
        &self,
        indicator: IndicatorId,
        definition: u16,
        measure: Measure,
        breakdown: &str,
        period: Period,
    ) -> Option<KeyId> {
        let order = |key: &Key<'_>| -> Ordering {
            let known = key.figure;
            (known.indicator, known.definition, known.measure)
                .cmp(&(indicator, definition, measure))
                .then_with(|| known.breakdown.as_ref().cmp(breakdown))
                .then_with(|| key.period.cmp(&period))
        };
        self.keys.binary_search_by(order).ok()
    }

    /// The same figure with another measure, breakdown or period.
    pub(crate) fn beside(
        &self,
        of: &FigureRef,
        measure: Measure,
        breakdown: &str,
        period: Period,
    ) -> Option<KeyId> {
        self.find(of.indicator, of.definition, measure, breakdown, period)
    }

    /// The key of a claim.
    pub(crate) fn of_claim(&self, claim: &Claim) -> Option<KeyId> {
        let figure = &claim.figure;
        self.beside(figure, figure.measure, &figure.breakdown, claim.period)
    }
}

impl<'a> Key<'a> {
    /// All entities that have a claim, each once and in order.
    pub(crate) fn entities(&self) -> impl Iterator<Item = EntityId> + use<'a> {
        let same = self.entries.chunk_by(|a, b| a.0 == b.0);
        same.filter_map(|same| same.first().map(|(entity, _)| *entity))
    }

    /// How many claims there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The claims of an entity.
    pub(crate) fn of(&self, entity: EntityId) -> &'a [(EntityId, ClaimId)] {
        of_entity(self.entries, entity)
    }
}

impl Cx<'_> {
    /// Whether a claim can be held against others.
    pub(crate) fn is_usable(&self, id: ClaimId) -> bool {
        self.submission.claims[id].state == ClaimState::Good && self.counts(id)
    }

    /// The claims to a figure that can be true together, one group for each basis; where claims
    /// of a basis contradict each other, one for each of them.
    pub(crate) fn groups(
        &self,
        key: KeyId,
        entity: EntityId,
        supposed: Option<&Supposed>,
    ) -> Vec<Group> {
        let Some(entries) = self.book.key(key).map(|key| key.of(entity)) else {
            return Vec::new();
        };
        let supposed = supposed.filter(|it| it.key == key && it.entity == entity);
        let mut groups: Vec<Group> = Vec::new();
        for (_, id) in entries.iter().filter(|(_, id)| self.counts(*id)) {
            let claim = &self.submission.claims[*id];
            let set = match supposed.filter(|it| it.claims.contains(id)) {
                Some(Supposed { set: None, .. }) => continue,
                Some(Supposed { set: Some(set), .. }) => set.closure(),
                None if claim.state == ClaimState::Good => claim.as_printed.closure(),
                None => continue,
            };
            groups.push(Group {
                claims: vec![*id],
                set,
                basis: self.submission.claims[*id].basis,
            });
        }
        // Another figure may be supposed to stand here as well.
        if let Some(Supposed {
            claims,
            set: Some(set),
            ..
        }) = supposed
            && claims
                .iter()
                .all(|id| !entries.iter().any(|(_, own)| own == id))
        {
            groups.push(Group {
                claims: claims.clone(),
                set: set.closure(),
                basis: groups.first().map_or(0, |group| group.basis),
            });
        }
        if groups.len() < 2 {
            return groups;
        }
        groups.sort_by_key(|group| group.basis);
        let bases = groups.chunk_by(|a, b| a.basis == b.basis);
        bases.flat_map(merge).collect()
    }
}

/// What claims on one basis have in common, or each of them where they have nothing.
fn merge(same: &[Group]) -> Vec<Group> {
    let Some((first, others)) = same.split_first() else {
        return Vec::new();
    };
    let mut whole = first.clone();
    for other in others {
        let Some(common) = whole.set.intersect(&other.set) else {
            let mut apart: Vec<Group> = Vec::new();
            for group in same {
                match apart.iter_mut().find(|known| known.set == group.set) {
                    Some(known) => known.claims.extend(&group.claims),
                    None => apart.push(group.clone()),
                }
                if apart.len() > MOST_GROUPS {
                    // Of so many that differ, nothing more is said than that they differ.
                    whole.set = Set::all();
                    return vec![whole];
                }
            }
            return apart;
        };
        whole.set = common;
        whole.claims.extend(&other.claims);
    }
    vec![whole]
}
