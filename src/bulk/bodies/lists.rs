//! Whose list the rows of a table are about, where a pack has lists of records: names of bodies and of
//! records go in, what belongs together comes out. All rows of a body and of its list are read together;
//! what rows tell of anybody's list is known to all. Judges nothing.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use super::batch::Batch;
use super::{Bodies, Halt, MOST_NAMED};
use crate::bulk::block::Shown;
use crate::bulk::rows::{Found, Shared, body_of};
use crate::bulk::run::Stop;
use crate::bulk::table::{Probe, Table, WhyWhole, has_lists};
use crate::figures::table::Known;
use crate::figures::{Doubt, Submission, hash};
use crate::fold::{fold_tight, fold_width};
use crate::model::{EntityId, Model, RuleId};
use crate::program::Program;

/// Between a body and the name of a record in its list.
const OF: char = '/';

/// The name of a body before that of a record in its list, as far as one name alone shows it.
pub(in crate::bulk) fn head(name: &str) -> String {
    let name = fold_tight(name);
    let head = name.split_once(OF).map(|(head, _)| head.to_owned());
    head.unwrap_or(name)
}

/// The bodies of the pack that a name may be about: itself, or the one that has the list.
pub(super) fn declared_in(shared: &Shared<'_>, name: &str) -> Vec<EntityId> {
    let mut names = vec![name.to_owned()];
    if has_lists(&shared.wanted.program.model) {
        names.push(head(name));
    }
    let found = names.iter().filter_map(|name| match body_of(shared, name) {
        Found::Declared(id) => Some(id),
        Found::New | Found::Nobody | Found::Between => None,
    });
    found.collect()
}

/// The same number for all rows that may be about one body or a record in its list.
pub(super) fn key_of(shared: &Shared<'_>, found: Found, name: &str) -> u64 {
    let entities = &shared.wanted.nobody.entities;
    if !has_lists(&shared.wanted.program.model) {
        return match found {
            Found::Declared(id) => hash(&entities[id].id),
            Found::New | Found::Nobody | Found::Between => hash(&fold_tight(name)),
        };
    }
    match declared_in(shared, name).last() {
        Some(id) => hash(&head(&entities[*id].id)),
        None => hash(&head(name)),
    }
}

/// Whether a row names a record by its whole name that is in the list of another body than its own.
pub(super) fn is_astray(shared: &Shared<'_>, (name, record): (&str, &str)) -> bool {
    let whole = fold_width(record);
    let key = |name: &str| key_of(shared, body_of(shared, name), name);
    whole.contains(OF) && key(&whole) != key(name)
}

/// What of the name of a row may be the whole name of a record in the list of another body than its own: where
/// it is one, the row is nobody's.
pub(super) fn astray_in(shared: &Shared<'_>, name: &str) -> Vec<String> {
    let name = fold_width(name);
    let rests = name.match_indices(OF).filter_map(|(at, _)| {
        let rest = name.get(at + OF.len_utf8()..)?.trim();
        is_astray(shared, (&name, rest)).then(|| rest.to_owned())
    });
    rests.collect()
}

/// Whether a body is said to be a part of one that the pack does not declare: whether that is known rests on
/// the rows before.
pub(super) fn is_of_table(shared: &Shared<'_>, whole: &str) -> bool {
    let nobody = shared.wanted.nobody;
    !whole.trim().is_empty() && nobody.entity_named(whole).is_none()
}

/// Why a table is not read body by body whose names put records into the lists of others.
pub(super) fn names_of_others(table: &Table) -> Stop {
    let header = table.entity.and_then(|at| table.header.get(at));
    Stop::Whole(WhyWhole::Column(header.cloned().unwrap_or_default()))
}

/// Whether rows of a table may be records that are named by their lines alone.
pub(in crate::bulk) fn names_lines(model: &Model, table: &Table) -> bool {
    has_lists(model) && !table.is_long && table.record.is_none()
}

/// Refuses rows on one line whose lines are their names: who reads them together tells them apart.
pub(in crate::bulk) fn expect_own_lines<'n>(
    model: &Model,
    table: &Table,
    rows: impl IntoIterator<Item = (u64, &'n str)>,
) -> Result<(), Stop> {
    if !names_lines(model, table) {
        return Ok(());
    }
    let mut before = None;
    for (line, name) in rows {
        let is_named = name.contains(OF);
        if before.is_some_and(|(own, was_named)| own == line && !(is_named && was_named)) {
            return Err(Stop::Whole(WhyWhole::Lines));
        }
        before = Some((line, is_named));
    }
    Ok(())
}

/// Whether a rule is about records, and not about bodies.
pub(super) fn is_about_records(program: &Program, id: RuleId) -> bool {
    let scope = program.model.rules[id].scope.as_ref();
    scope.is_some_and(|members| program.model.classes[members.class].owner.is_some())
}

/// What rows tell of anybody's list.
#[derive(Default)]
pub(super) struct Doubts {
    known: BTreeSet<Doubt>,
    new: Mutex<BTreeSet<Doubt>>,
}

impl Doubts {
    /// What is known before bodies are read.
    pub(super) fn of(known: BTreeSet<Doubt>) -> Doubts {
        Doubts {
            known,
            new: Mutex::default(),
        }
    }

    /// What some rows tell that is not known yet.
    fn learn(&self, submission: &Submission) {
        let all = submission.doubts_of_anybody();
        let found: Vec<&Doubt> = all.filter(|doubt| !self.known.contains(doubt)).collect();
        if !found.is_empty() {
            let mut new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
            new.extend(found.into_iter().cloned());
        }
    }

    /// All that is known after all bodies were read, where that is more than before.
    pub(super) fn more(&self) -> Option<BTreeSet<Doubt>> {
        let new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
        (!new.is_empty()).then(|| self.known.union(&new).cloned().collect())
    }
}

/// What rows about nobody tell of anybody's list.
pub(super) fn doubts_in(
    model: &Model,
    table: &Table,
    rows: &mut [Vec<Shown>],
    to: &mut BTreeSet<Doubt>,
) -> Result<(), Stop> {
    if rows.is_empty() {
        return Ok(());
    }
    let submission = table.probe(&Known::of(model), rows).submission;
    let is_all = submission.doubts().all(|doubt| doubt.owner.is_none());
    if !is_all {
        return Err(Stop::Whole(WhyWhole::Layout));
    }
    if submission.has_lost_row() {
        return Err(Stop::Whole(WhyWhole::Lost));
    }
    to.extend(submission.doubts_of_anybody().cloned());
    match to.len() > MOST_NAMED {
        true => Err(Stop::Whole(WhyWhole::Records)),
        false => Ok(()),
    }
}

/// Whom a row is about: a body, the name of it where the row does not say that alone, and records.
pub(super) struct About {
    pub(super) body: EntityId,
    pub(super) name: Option<String>,
    pub(super) records: Vec<EntityId>,
}

/// The record of a whole name, whatever its body is called in it.
pub(super) fn record_called(submission: &Submission, name: &str) -> Option<EntityId> {
    let name = name.trim();
    let mut cuts = name.match_indices(OF);
    let (owner, record) = cuts.find_map(|(at, _)| {
        let owner = submission.entity_named(name.get(..at)?)?;
        Some((owner, name.get(at + OF.len_utf8()..)?))
    })?;
    let record = fold_width(record);
    // The whole name may stand where its name in the list is enough.
    let own = format!("{}{OF}", submission.entities[owner].id);
    let found = submission.records_named(owner, record.strip_prefix(&own).unwrap_or(&record));
    found.first().copied()
}

impl Bodies<'_> {
    /// Tells the rows of a batch what others tell of anybody's list.
    pub(super) fn share(&self, probe: &mut Probe) -> Result<(), Halt> {
        if has_lists(self.model()) && probe.submission.has_lost_row() {
            return Err(Halt::Stop(Stop::Whole(WhyWhole::Lost)));
        }
        self.doubts.learn(&probe.submission);
        probe.submission.share_doubts(&self.doubts.known);
        Ok(())
    }

    /// That no record that is known has a name which rows put into the list of another body.
    pub(super) fn expect_own(&self, submission: &Submission) -> Result<(), Halt> {
        let mut known = self
            .astray
            .iter()
            .filter_map(|name| submission.entity_named(name));
        let is_record = |id: EntityId| {
            let class = submission.entities[id].class;
            class.is_some_and(|class| self.model().classes[class].owner.is_some())
        };
        match known.any(is_record) {
            true => Err(Halt::Stop(names_of_others(self.table))),
            false => Ok(()),
        }
    }

    /// The body and the records that a row is about, whose name the reader knows as `found`.
    pub(super) fn whose(&self, batch: &Batch, (at, found): (usize, EntityId)) -> About {
        let submission = &batch.probe.submission;
        let plain = About {
            body: found,
            name: None,
            records: Vec::new(),
        };
        if !has_lists(self.model()) {
            return plain;
        }
        let of_list = |id: EntityId| {
            let class = submission.entities[id].class;
            class.is_some_and(|class| self.model().classes[class].owner.is_some())
        };
        let cells = batch.cells(at);
        if let Some(owner) = submission.entities[found]
            .part_of
            .filter(|_| of_list(found))
        {
            let text = self.name(cells).trim();
            let mut cuts = text.match_indices(OF).filter_map(|(at, _)| text.get(..at));
            let name = cuts.find(|name| submission.entity_named(name) == Some(owner));
            let name = name.unwrap_or(&submission.entities[owner].id);
            return About {
                body: owner,
                name: Some(name.to_owned()),
                records: self.alike(submission, owner, found),
            };
        }
        let record = self.table.record.and_then(|at| cells.get(at));
        let name = match record {
            Some(record) => fold_width(record.text.trim()),
            None => batch.place_name(at),
        };
        let own = format!("{}{OF}", submission.entities[found].id);
        let name = name.strip_prefix(&own).unwrap_or(&name);
        About {
            records: submission.records_named(found, name),
            ..plain
        }
    }

    /// A record, and those of other lists of the same body that have its name.
    fn alike(&self, submission: &Submission, owner: EntityId, record: EntityId) -> Vec<EntityId> {
        let own = format!("{}{OF}", submission.entities[owner].id);
        match submission.entities[record].id.strip_prefix(&own) {
            Some(name) => submission.records_named(owner, name),
            None => vec![record],
        }
    }
}
