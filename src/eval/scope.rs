//! For whom a rule is judged: a rule and figures go in, bodies or records come out. A record is asked
//! in the periods of the lists that it is in. Never decides what a rule says of it.

use std::collections::BTreeSet;

use crate::figures::Submission;
use crate::model::{EntityId, Model, Rule, RuleId};
use crate::period::Period;
use crate::program::{Program, Root, at};

/// The entities for which a rule is judged, in order.
#[must_use]
pub(crate) fn scope(model: &Model, submission: &Submission, rule: &Rule) -> Vec<EntityId> {
    match &rule.scope {
        Some(members) => submission.members_of(members),
        None => model.pack.entity.into_iter().collect(),
    }
}

/// The same for a period: of records, those that the lists of the period may hold.
pub(super) fn of_period(
    program: &Program,
    submission: &Submission,
    id: RuleId,
    period: Period,
) -> Vec<EntityId> {
    let rule = &program.model.rules[id];
    let mut entities = scope(&program.model, submission, rule);
    let class = rule.scope.as_ref().map(|members| members.class);
    let Some(class) = class.filter(|id| program.model.classes[*id].owner.is_some()) else {
        return entities;
    };
    // A rule that reads other periods alone is about the lists of those.
    let terms = &program.rules[id];
    let roots = std::iter::once(&terms.goal).chain(&terms.condition);
    let inputs = roots.flat_map(Root::reads);
    let read: Vec<Period> = inputs.map(|id| at(program.inputs[id].at, period)).collect();
    let meets = |one: Period, other: Period| {
        one.first_day() <= other.last_day() && other.first_day() <= one.last_day()
    };
    let is_asked = read.is_empty() || read.iter().any(|read| meets(*read, period));
    let asked = if is_asked { vec![period] } else { read };
    let is_asked = |at: Period| asked.iter().any(|asked| meets(at, *asked));
    let is_of = |id: &EntityId| submission.entities[*id].class == Some(class);
    let (mut here, mut elsewhere) = (BTreeSet::new(), BTreeSet::new());
    let mut tell = |entity: EntityId, at: Period| match is_asked(at) {
        true => here.insert(entity),
        false => elsewhere.insert(entity),
    };
    for (_, at, entries) in submission.keys() {
        for (entity, _) in entries.iter().filter(|(entity, _)| is_of(entity)) {
            tell(*entity, at);
        }
    }
    for absence in &submission.absences {
        tell(absence.entity, absence.period);
    }
    for (at, record) in submission.named() {
        tell(record, at);
    }
    for doubt in submission.doubts() {
        // Of one whose period is not known it is not known that it is elsewhere.
        let at = doubt.period.unwrap_or(period);
        doubt.record.map(|record| tell(record, at));
    }
    entities.retain(|id| here.contains(id) || !elsewhere.contains(id));
    entities
}
