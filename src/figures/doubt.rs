//! What rows tell of lists beside their figures: that a record is in one, or that one may be of which
//! the row says too little. Never a figure, and never a verdict.

use std::collections::BTreeSet;

use super::Submission;
use super::read::called;
use crate::fold::fold_width;
use crate::model::{ClassId, Entity, EntityId, Model};
use crate::period::Period;

/// A row that may tell of a record or a member, and does not tell enough to say of which.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Doubt {
    /// The class of records or members; where it is not known, any of records.
    pub(crate) class: Option<ClassId>,
    /// Whose list it is; where it is not known, anybody's.
    pub(crate) owner: Option<EntityId>,
    /// The record, where the row names one that is known.
    pub(crate) record: Option<EntityId>,
    /// The name of a record of which the class is not known.
    pub(crate) name: Option<String>,
    /// The period; where it is not known, any.
    pub(crate) period: Option<Period>,
    /// Whether all that the row says could be read.
    pub(crate) is_read: bool,
}

impl Doubt {
    /// A row that cannot be read, of anybody's list at any time, or of any member.
    pub(super) fn of(class: ClassId) -> Doubt {
        Doubt {
            class: Some(class),
            owner: None,
            record: None,
            name: None,
            period: None,
            is_read: false,
        }
    }
}

/// What a row tells of which the body is not known: it may be about one more member of each class whose members
/// come with the figures.
pub(crate) fn of_members(model: &Model) -> impl Iterator<Item = Doubt> {
    let open = model.classes.iter();
    let open = open.filter(|(_, class)| class.is_open && class.owner.is_none());
    open.map(|(id, _)| Doubt::of(id))
}

impl Submission {
    /// Puts a record in the list of a period, whatever else its row says.
    pub(super) fn name_record(&mut self, record: EntityId, period: Period) {
        self.named.insert((period, record));
    }

    /// Notes a row that may tell of a record.
    pub(super) fn doubt(&mut self, doubt: Doubt) {
        self.doubts.insert(doubt);
    }

    /// Records that a row names for a period without a figure.
    pub(crate) fn named(&self) -> impl Iterator<Item = (Period, EntityId)> + '_ {
        self.named.iter().copied()
    }

    /// The records of a name in the lists of a body.
    pub(crate) fn records_named(&self, owner: EntityId, name: &str) -> Vec<EntityId> {
        let lists = self.records.iter();
        let own = lists.filter(|((known, _), _)| *known == owner);
        own.filter_map(|(_, list)| list.get(name))
            .copied()
            .collect()
    }

    /// Rows that may tell of records.
    pub(crate) fn doubts(&self) -> impl Iterator<Item = &Doubt> {
        self.doubts.iter()
    }

    /// Rows that may tell of records in anybody's list.
    pub(crate) fn doubts_of_anybody(&self) -> impl Iterator<Item = &Doubt> {
        self.doubts.iter().filter(|doubt| doubt.owner.is_none())
    }

    /// Takes over what other rows than its own tell of anybody's list.
    pub(crate) fn share_doubts(&mut self, doubts: &BTreeSet<Doubt>) {
        self.doubts.extend(doubts.iter().cloned());
    }

    /// Whether a row was lost of which not even the figures were told apart.
    pub(crate) fn has_lost_row(&self) -> bool {
        self.has_lost_row
    }

    /// The records that are named by where they stand in a file, and the line of each there.
    pub(crate) fn records_of_rows(&self, model: &Model, file: &str) -> Vec<(EntityId, usize)> {
        let entities = self.entities.iter().skip(self.n_declared);
        let file = fold_width(file);
        let line = |entity: &Entity| {
            let class = entity.class.filter(|id| model.classes[*id].owner.is_some());
            let owner = class.and(entity.part_of)?;
            let rest = entity.id.strip_prefix(self.entities[owner].id.as_str())?;
            let place = rest.strip_prefix('/')?.strip_prefix(&*file)?;
            place.strip_prefix(':')?.parse().ok()
        };
        let found = entities.filter_map(|(id, entity)| Some((id, line(entity)?)));
        found.collect()
    }

    /// Gives such records other places.
    pub(crate) fn place_records(&mut self, records: Vec<(EntityId, String)>) {
        for (id, _) in &records {
            self.entity_ids.remove(&self.entities[*id].id);
        }
        for (id, place) in records {
            let Some(owner) = self.entities[id].part_of else {
                continue;
            };
            let (name, label) = called(&self.entities[owner], &place);
            self.entity_ids.entry(name.clone()).or_insert(id);
            let record = &mut self.entities[id];
            (record.id, record.label) = (name, label);
        }
    }
}
