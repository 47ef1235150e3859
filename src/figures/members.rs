//! Which bodies belong to a class and to each other: entities go in, lists of ids come out. Never
//! looks at a figure.

use std::collections::BTreeMap;

use super::Submission;
use crate::index::{Arena, Id};
use crate::model::{ClassId, Entity, EntityId, Members};

/// Bodies inside each other that are followed; more can only be a circle.
const DEEPEST: usize = 64;

/// The bodies that are meant, in the order of the list; those of the evaluated body not told apart.
#[must_use]
pub(crate) fn members_of(entities: &Arena<EntityId, Entity>, members: &Members) -> Vec<EntityId> {
    let mut known: BTreeMap<EntityId, bool> = BTreeMap::new();
    let is_meant = |(id, entity): &(EntityId, &Entity)| {
        entity.classes().any(|class| class == members.class)
            && members.except.binary_search(id).is_err()
    };
    let mut found: Vec<EntityId> = entities.iter().filter(is_meant).map(|(id, _)| id).collect();
    if let Some(whole) = members.within {
        found.retain(|id| is_within(entities, *id, whole, &mut known, DEEPEST));
    }
    found
}

/// Whether a body is a part of another, at any depth.
fn is_within(
    entities: &Arena<EntityId, Entity>,
    id: EntityId,
    whole: EntityId,
    known: &mut BTreeMap<EntityId, bool>,
    deepest: usize,
) -> bool {
    if deepest == 0 {
        return false;
    }
    // What many are a part of is asked once.
    entities[id].wholes().any(|next| {
        if next == whole {
            return true;
        }
        if let Some(answer) = known.get(&next) {
            return *answer;
        }
        let answer = is_within(entities, next, whole, known, deepest - 1);
        known.insert(next, answer);
        answer
    })
}

/// Every body that another is a part of, at any depth, each once.
#[must_use]
pub(crate) fn wholes_of(entities: &Arena<EntityId, Entity>, id: EntityId) -> Vec<EntityId> {
    let mut found: Vec<EntityId> = Vec::new();
    let mut open: Vec<EntityId> = entities[id].wholes().collect();
    while let Some(next) = open.pop() {
        if next != id && !found.contains(&next) && found.len() < DEEPEST {
            found.push(next);
            open.extend(entities[next].wholes());
        }
    }
    found
}

impl Submission {
    /// Entities of a class: those of the pack as it lists them, then others by their id.
    #[must_use]
    pub fn members(&self, class: ClassId) -> Vec<EntityId> {
        self.members_of(&Members::of(class))
    }

    /// The entities that are meant: those of the pack as it lists them, then others by their id.
    #[must_use]
    pub fn members_of(&self, meant: &Members) -> Vec<EntityId> {
        let mut members = members_of(&self.entities, meant);
        let came_with_figures = members.partition_point(|id| id.index() < self.n_declared);
        if let Some(late) = members.get_mut(came_with_figures..) {
            late.sort_by(|a, b| self.entities[*a].id.cmp(&self.entities[*b].id));
        }
        members
    }

    /// The entities that are meant where one asks: those of its own list alone, where that is said.
    #[must_use]
    pub fn members_asked(&self, meant: &Members, asked: EntityId) -> Vec<EntityId> {
        match self.records.get(&(asked, meant.class)) {
            Some(list) if meant.is_own => list.values().copied().collect(),
            _ => {
                let mut members = self.members_of(meant);
                let is_its = |id: &EntityId| wholes_of(&self.entities, *id).contains(&asked);
                members.retain(|id| !meant.is_own || is_its(id));
                members
            }
        }
    }

    /// Whether an entity came with the figures and is not one that the pack declares.
    #[must_use]
    pub fn came_with_figures(&self, entity: EntityId) -> bool {
        entity.index() >= self.n_declared
    }
}
