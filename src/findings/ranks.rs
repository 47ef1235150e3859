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
            let fields: Vec<Field> = self
                .classes(id)
                .into_iter()
                .map(|class| self.field((id, levels), class, higher_is_better, None))
                .collect();
            for entity in key.entities() {
                self.rank_of_one((id, levels), entity, &fields, found);
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
        let classes = entities.flat_map(|id| self.submission.entities[id].classes());
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
        let own = entities.filter(|id| {
            let mut classes = self.submission.entities[*id].classes();
            classes.any(|own| own == class)
        });
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

    /// Tells where somebody has a place that none of his classes leaves room for: any of them may be
    /// the one that is meant.
    fn rank_of_one(
        &self,
        (ranks, levels): (KeyId, KeyId),
        entity: EntityId,
        fields: &[Field],
        found: &mut Haul,
    ) {
        let own = with_rank(fields, entity);
        if own.iter().any(|(field, _)| field.placed.len() > 1) {
            found.count(FindingKind::Rank, 1);
        }
        if own.iter().any(|(field, one)| field.admits(one)) {
            return;
        }
        let Some((field, one)) = own.first() else {
            return;
        };
        let (Some((rank, claims)), Some(places)) = (&one.rank, field.order.places(one)) else {
            return;
        };
        let mut all = claims.clone();
        all.extend(&one.value.1);
        let beyond = field.placed.iter().filter(|other| other.is_beyond(one));
        let witnesses = beyond.filter_map(|other| other.value.1.first().copied());
        all.extend(witnesses.take(WITNESSES));
        if let Some(one) = self.rank(ranks, levels, entity, all, (rank, &places)) {
            found.push(one);
        }
    }

    fn field(
        &self,
        keys: (KeyId, KeyId),
        class: ClassId,
        higher_is_better: bool,
        supposed: Option<&Supposed>,
    ) -> Field {
        let placed = self.placed(keys, class, higher_is_better, supposed);
        let order = self.order_of(&placed, class);
        Field { placed, order }
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
        keys: (KeyId, KeyId),
        entity: EntityId,
        supposed: Option<&Supposed>,
    ) -> Option<bool> {
        let key = self.book.key(keys.0)?;
        let better = self.program.model.indicators[key.figure.indicator].higher_is_better?;
        let classes = self.submission.entities[entity].classes();
        let fields: Vec<Field> = classes
            .map(|class| self.field(keys, class, better, supposed))
            .collect();
        let own = with_rank(&fields, entity);
        let is_any = own.iter().any(|(field, _)| field.placed.len() > 1);
        is_any.then(|| own.iter().any(|(field, one)| field.admits(one)))
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
            gap: Some((gap, plain)),
            ..Finding::of_figure(FindingKind::Rank, key, entity, claims, message)
        };
        Some(Found {
            said,
            ..Found::of(finding, Tie::Rank(ranks, levels))
        })
    }
}

/// All of a class who have a value, in order of the entities.
struct Field {
    placed: Vec<Placed>,
    order: Order,
}

impl Field {
    fn find(&self, entity: EntityId) -> Option<&Placed> {
        let at = self.placed.binary_search_by_key(&entity, |one| one.entity);
        self.placed.get(at.ok()?)
    }

    /// Whether one may stand at his place, as far as the class says.
    fn admits(&self, one: &Placed) -> bool {
        let Some((rank, _)) = &one.rank else {
            return true;
        };
        let places = self.order.places(one).filter(|_| self.placed.len() > 1);
        places.is_none_or(|places| places.meets_closed(rank))
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

/// The classes in which somebody has a place, and what is known of him there.
fn with_rank(fields: &[Field], entity: EntityId) -> Vec<(&Field, &Placed)> {
    let own = fields
        .iter()
        .filter_map(|field| Some((field, field.find(entity)?)));
    own.filter(|(_, one)| one.rank.is_some()).collect()
}
