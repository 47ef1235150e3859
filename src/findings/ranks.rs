//! Ranks against the values that they rank, over all entities of a class.

use crate::explain::{Shown, Unit};
use crate::figures::ClaimId;
use crate::message::Message;
use crate::model::{ClassId, EntityId, Measure};
use crate::number::Exact;
use crate::set::{End, Set};

use super::{Cx, Finding, FindingKind, Found, Haul, KeyId, Supposed, Tie};

/// One who has a value, and perhaps a rank.
struct Placed {
    entity: EntityId,
    /// The values that it may have, the better the greater.
    value: (Set, Vec<ClaimId>),
    rank: Option<(Set, Vec<ClaimId>)>,
}

impl Cx<'_> {
    /// Who stands at a place although others, better or not, leave no room for it.
    pub(super) fn ranks(&self, found: &mut Haul) {
        for (id, key) in self.book.keys() {
            if key.figure.measure != Measure::Rank {
                continue;
            }
            let indicator = &self.program.model.indicators[key.figure.indicator];
            let Some(higher_is_better) = indicator.higher_is_better else {
                continue;
            };
            let figure = key.figure;
            let levels = self
                .book
                .beside(figure, Measure::Level, &figure.breakdown, key.period);
            let Some(levels) = levels else {
                continue;
            };
            for class in self.classes(id) {
                let placed = self.placed((id, levels), class, higher_is_better, None);
                self.ranks_of(id, levels, class, &placed, found);
            }
        }
    }

    /// The classes of those who have a rank, each once.
    fn classes(&self, ranks: KeyId) -> Vec<ClassId> {
        let entities = self
            .book
            .key(ranks)
            .into_iter()
            .flat_map(|key| key.entities());
        let classes = entities.filter_map(|id| self.submission.entities[id].class);
        let mut classes: Vec<ClassId> = classes.collect();
        classes.sort_unstable();
        classes.dedup();
        classes
    }

    /// Everybody of a class who has a value.
    fn placed(
        &self,
        (ranks, levels): (KeyId, KeyId),
        class: ClassId,
        higher_is_better: bool,
        supposed: Option<&Supposed>,
    ) -> Vec<Placed> {
        let entities = self
            .book
            .key(levels)
            .into_iter()
            .flat_map(|key| key.entities());
        let own = entities.filter(|id| self.submission.entities[*id].class == Some(class));
        let one = |key, entity| {
            let mut groups = self.groups(key, entity, supposed).into_iter();
            // Who has claims that differ is left aside; that they differ is told elsewhere.
            let only = groups.next().filter(|_| groups.next().is_none())?;
            Some((only.set, only.claims))
        };
        let placed = own.filter_map(|entity| {
            let (set, claims) = one(levels, entity)?;
            let set = if higher_is_better { set } else { set.neg() };
            Some(Placed {
                entity,
                value: (set, claims),
                rank: one(ranks, entity),
            })
        });
        placed.collect()
    }

    fn ranks_of(
        &self,
        ranks: KeyId,
        levels: KeyId,
        class: ClassId,
        placed: &[Placed],
        found: &mut Haul,
    ) {
        if placed.len() < 2 {
            return;
        }
        let order = self.order_of(placed, class);
        for one in placed {
            let Some((rank, claims)) = &one.rank else {
                continue;
            };
            found.count(FindingKind::Rank, 1);
            let Some(places) = order.places(one).filter(|it| !it.meets_closed(rank)) else {
                continue;
            };
            let mut all = claims.clone();
            all.extend(&one.value.1);
            let beyond = placed.iter().filter(|other| other.is_beyond(one));
            let witnesses = beyond.filter_map(|other| other.value.1.first().copied());
            all.extend(witnesses.take(WITNESSES));
            if let Some(one) = self.rank(ranks, levels, one.entity, all, (rank, &places)) {
                found.push(one);
            }
        }
    }

    fn order_of(&self, placed: &[Placed], class: ClassId) -> Order {
        let mut least: Vec<Exact> = placed.iter().filter_map(Placed::lo).cloned().collect();
        least.sort_unstable();
        let mut most: Vec<Exact> = placed.iter().filter_map(Placed::hi).cloned().collect();
        most.sort_unstable();
        let is_open = self.program.model.classes[class].is_open;
        Order {
            least,
            most,
            n_placed: placed.len(),
            is_complete: !is_open && self.submission.members(class).len() == placed.len(),
        }
    }

    /// Whether somebody can stand at his place; nothing where he has no rank or nobody is beside him.
    pub(super) fn holds_rank(
        &self,
        (ranks, levels): (KeyId, KeyId),
        entity: EntityId,
        supposed: Option<&Supposed>,
    ) -> Option<bool> {
        let key = self.book.key(ranks)?;
        let better = self.program.model.indicators[key.figure.indicator].higher_is_better?;
        let class = self.submission.entities[entity].class?;
        let placed = self.placed((ranks, levels), class, better, supposed);
        let one = placed.iter().find(|one| one.entity == entity)?;
        let (rank, _) = one.rank.as_ref()?;
        let places = self.order_of(&placed, class).places(one)?;
        (placed.len() > 1).then(|| places.meets_closed(rank))
    }

    fn rank(
        &self,
        ranks: KeyId,
        levels: KeyId,
        entity: EntityId,
        claims: Vec<ClaimId>,
        (printed, places): (&Set, &Set),
    ) -> Option<Found> {
        let plain = Unit::plain();
        let shown = |set: &Set| Shown {
            set: set.clone(),
            unit: plain.clone(),
        };
        let key = self.book.key(ranks)?;
        let name = self.name(key.figure, entity, key.period);
        let gap = printed.gap(places).unwrap_or_default();
        let said = Message::new("finding-rank")
            .with("figure", name)
            .with("computed", &shown(places))
            .with("printed", &shown(printed))
            .with("gap", &shown(&Set::point(gap.clone())));
        let named: Vec<Message> = claims.iter().map(|id| self.named(*id)).collect();
        let message = Message::new("finding-of-figures")
            .with("said", said.clone())
            .with("figures", named);
        let finding = Finding {
            kind: FindingKind::Rank,
            rule: None,
            indicator: Some(key.figure.indicator),
            entity,
            period: key.period,
            claims,
            message,
            gap: Some((gap, plain)),
        };
        Some(Found {
            said,
            ..Found::of(finding, Tie::Rank(ranks, levels))
        })
    }
}

impl Placed {
    fn lo(&self) -> Option<&Exact> {
        self.value.0.lo().value()
    }

    fn hi(&self) -> Option<&Exact> {
        self.value.0.hi().value()
    }

    /// Whether he is better for certain.
    fn is_beyond(&self, other: &Placed) -> bool {
        self.lo().zip(other.hi()).is_some_and(|(lo, hi)| lo > hi)
    }
}

/// The ends of all values, in order, to count those beyond one.
struct Order {
    least: Vec<Exact>,
    most: Vec<Exact>,
    n_placed: usize,
    /// Everybody of the class is among them.
    is_complete: bool,
}

impl Order {
    /// The places at which one may stand: behind those who are better for certain, and, where
    /// everybody is known, before those who cannot be better.
    fn places(&self, one: &Placed) -> Option<Set> {
        let best = match one.hi() {
            Some(hi) => self.least.len() - self.least.partition_point(|lo| lo <= hi),
            None => 0,
        };
        let worst = one.lo().filter(|_| self.is_complete).map(|lo| {
            let unbounded = self.n_placed - self.most.len();
            let beyond = self.most.len() - self.most.partition_point(|hi| hi <= lo);
            // Nobody is beyond himself.
            let is_own = one.hi().is_none_or(|hi| hi > lo);
            (beyond + unbounded).saturating_sub(usize::from(is_own))
        });
        let worst = worst.map_or(End::Unbounded, |worst| End::Closed(place(worst)));
        Set::new(End::Closed(place(best)), worst)
    }
}

/// Those who are better that a finding names.
const WITNESSES: usize = 5;

/// The place behind so many others.
fn place(beyond: usize) -> Exact {
    Exact::from(i64::try_from(beyond).unwrap_or(i64::MAX) + 1)
}
