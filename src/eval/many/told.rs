//! Whom the rows of a period tell of: all figures go in, the records of its lists come out, and how
//! many more there may be by rows that tell too little. Never takes a list of another period for it.

use std::collections::{BTreeMap, BTreeSet};

use crate::eval::inputs::Gather;
use crate::figures::Submission;
use crate::model::{ClassId, EntityId, Members};
use crate::period::Period;
use crate::verdict::{Cause, Causes};

/// The records of a class that rows of a period tell of.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    /// Those that are in the lists; without one, the class is no class of records.
    records: Option<BTreeSet<EntityId>>,
    /// Those that may be, by whose list it would be.
    own: BTreeMap<EntityId, Doubts>,
    /// Those that may be in anybody's.
    anybodys: Doubts,
    /// Those that may be in lists of which nothing else is at hand.
    others: Doubts,
}

/// How many more records there may be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Doubts {
    /// At the most, one for each row or name.
    pub(super) n: usize,
    /// Why it is not known.
    pub(super) causes: Causes,
}

impl Doubts {
    fn add(&mut self, n: usize, causes: Causes) {
        self.n += n;
        self.causes = self.causes.union(causes);
    }

    fn and(mut self, other: Doubts) -> Doubts {
        self.add(other.n, other.causes);
        self
    }
}

impl Told {
    pub(super) fn of(gather: &Gather<'_>, class: ClassId, period: Period) -> Told {
        let submission = gather.submission;
        if gather.program.model.classes[class].owner.is_none() {
            return Told::of_members(submission, class, period);
        }
        let is_of = |id: EntityId| submission.entities[id].class == Some(class);
        let mut records = BTreeSet::new();
        let mut near: BTreeMap<EntityId, Causes> = BTreeMap::new();
        let mut tell = |record: EntityId, at: Period, is_sure: bool| {
            if at == period && is_sure {
                records.insert(record);
            } else {
                let cause = match at == period {
                    true => Cause::Missing,
                    false => Cause::WrongWindow,
                };
                let known = near.entry(record).or_default();
                *known = known.union(cause.into());
            }
        };
        for (_, at, entries) in submission.keys() {
            if !meet(at, period) {
                continue;
            }
            for (entity, claim) in entries.iter().filter(|(entity, _)| is_of(*entity)) {
                let claim = &submission.claims[*claim];
                // What answers a year may be printed as of its end.
                let at = if claim.window == period { period } else { at };
                if gather.is_known(claim) {
                    tell(*entity, at, true);
                }
            }
        }
        for absence in &submission.absences {
            if is_of(absence.entity) && meet(absence.period, period) {
                tell(absence.entity, absence.period, true);
            }
        }
        // Of a row without figures nothing says when it was known, and from whom.
        let is_sure = gather.clocks.known_on.is_none() && gather.clocks.choice.sources.is_empty();
        for (at, record) in submission.named() {
            if is_of(record) && meet(at, period) {
                tell(record, at, is_sure);
            }
        }
        let mut told = Told::default();
        near.retain(|record, _| !records.contains(record));
        for doubt in submission.doubts() {
            let is_here = doubt.class.is_none_or(|it| it == class)
                && doubt.period.is_none_or(|at| meet(at, period));
            if !is_here || doubt.record.is_some_and(|it| records.contains(&it)) {
                continue;
            }
            let named = match (doubt.owner, &doubt.name) {
                (Some(owner), Some(name)) => submission.records_named(owner, name),
                _ => Vec::new(),
            };
            let own = named.iter().copied().find(|it| is_of(*it));
            // A name that is known is of the lists that know it.
            if own.is_some_and(|it| records.contains(&it)) || own.is_none() && !named.is_empty() {
                continue;
            }
            let causes = match doubt.is_read {
                true => Cause::Missing.into(),
                false => Cause::Unreadable.into(),
            };
            match (doubt.record.filter(|it| is_of(*it)).or(own), doubt.owner) {
                (Some(record), _) => {
                    let known = near.entry(record).or_default();
                    *known = known.union(causes);
                }
                (None, Some(owner)) => told.own.entry(owner).or_default().add(1, causes),
                (None, None) => told.anybodys.add(1, causes),
            }
        }
        for (record, causes) in near {
            match submission.entities[record].part_of {
                Some(owner) => told.own.entry(owner).or_default().add(1, causes),
                None => told.anybodys.add(1, causes),
            }
        }
        told.records = Some(records);
        told
    }

    /// How many more members a class may have that is no class of records.
    fn of_members(submission: &Submission, class: ClassId, period: Period) -> Told {
        let mut told = Told::default();
        for doubt in submission.doubts_of_anybody() {
            let is_here = doubt.period.is_none_or(|at| meet(at, period));
            if doubt.class == Some(class) && is_here {
                told.anybodys.add(1, Cause::Unreadable.into());
            }
        }
        told
    }

    /// The members that count: those of the lists, where the class has lists.
    pub(super) fn members(&self, gather: &Gather<'_>, meant: &Members) -> Vec<EntityId> {
        let mut members = gather.submission.members_of(meant);
        // Whom the pack lists is in the list, told of or not.
        let is_open = gather.program.model.classes[meant.class].is_open;
        if let Some(records) = self.records.as_ref().filter(|_| is_open) {
            members.retain(|member| records.contains(member));
        }
        members
    }

    /// Bodies of whose lists rows tell too little.
    pub(super) fn owners(&self) -> impl Iterator<Item = EntityId> + '_ {
        self.own.keys().copied()
    }

    /// How many more there may be in the list of a body; of none, in that of one without a row.
    pub(super) fn doubts(&self, owner: Option<EntityId>) -> Doubts {
        let own = owner.and_then(|owner| self.own.get(&owner).copied());
        own.unwrap_or_default().and(self.anybodys)
    }

    /// How many more there may be in the lists of those that are known.
    pub(super) fn own_doubts(&self) -> Doubts {
        let own = self.own.values();
        own.fold(Doubts::default(), |all, one| all.and(*one))
    }

    /// Takes over how many more there may be in the lists of others.
    pub(super) fn doubt(&mut self, others: Doubts) {
        self.others.add(others.n, others.causes);
    }

    /// How many more there may be in all lists.
    pub(super) fn all_doubts(&self) -> Doubts {
        let own = self.own.values();
        own.fold(self.anybodys.and(self.others), |all, one| all.and(*one))
    }
}

/// Whether two periods have a day in common.
fn meet(one: Period, other: Period) -> bool {
    one.first_day() <= other.last_day() && other.first_day() <= one.last_day()
}
