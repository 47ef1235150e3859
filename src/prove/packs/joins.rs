//! Where one law ends and the next begins: which figures come to another answer on the day.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::settings::turns;
use super::{Difference, Told, differences};
use crate::model::{RuleId, RuleKind};
use crate::period::Period;
use crate::program::Program;
use crate::prove::asked::{Asked, body};
use crate::prove::{Doubt, Setting};

/// A day on which the law of a rule changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Join {
    /// The rule.
    pub rule: RuleId,
    /// The first day of the new law.
    pub day: NaiveDate,
    /// Answers of the day before and of the day that differ for the same figures.
    pub differences: Vec<Difference>,
    /// Why it is not known of others.
    pub doubts: BTreeSet<Doubt>,
}

/// All days on which the answer of a rule may change though the figures stay, in the order of rules.
///
/// Days on which a rule begins or ends altogether are left out, and so are those on which nothing
/// changes for any figures.
#[must_use]
pub fn joins(program: &Program) -> Vec<Join> {
    let mut found = Vec::new();
    for (id, rule) in program.model.rules.iter() {
        if rule.kind == RuleKind::Check || !program.is_own(rule.span) {
            continue;
        }
        for day in turns(program, id) {
            let told = join(program, id, day);
            if let Some(told) = told.filter(|told| !told.is_same()) {
                found.push(Join {
                    rule: id,
                    day,
                    differences: told.differences,
                    doubts: told.doubts,
                });
            }
        }
    }
    found
}

fn join(program: &Program, id: RuleId, day: NaiveDate) -> Option<Told> {
    let before = day.pred_opt()?;
    let period = Period::Year(chrono::Datelike::year(&day));
    let at = |in_force| Setting { period, in_force };
    let body = match body(program, &program.model.rules[id]) {
        Ok(body) => body,
        Err(doubt) => return Some(Told::doubtful(BTreeSet::from([doubt]))),
    };
    let mut sides = [
        Asked::new(program, 0, at(before), &body),
        Asked::new(program, 1, at(day), &body),
    ];
    if sides.iter().any(|side| !side.is_in_force(id)) {
        return None;
    }
    Some(differences(&mut sides, [id, id]))
}
