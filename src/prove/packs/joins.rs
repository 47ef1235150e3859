//! Where one law ends and the next begins: which figures come to another answer on the day.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::settings::turns;
use super::told::Told;
use super::{Difference, differences};
use crate::eval::{Due, due};
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
    /// What the day does to the rule.
    pub turn: Turn,
    /// Answers of the day before and of the day that differ for the same figures.
    pub differences: Vec<Difference>,
    /// Why it is not known of others.
    pub doubts: BTreeSet<Doubt>,
}

/// What a day does to a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Some figures come to another answer.
    Changes,
    /// The rule applies from this day on, and did not the day before.
    Begins,
    /// The rule applied the day before, and does no more.
    Ends,
}

impl Turn {
    /// All of them.
    pub const ALL: [Turn; 3] = [Turn::Changes, Turn::Begins, Turn::Ends];

    /// The word of the machine output; never translated.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Turn::Changes => "changes",
            Turn::Begins => "begins",
            Turn::Ends => "ends",
        }
    }

    /// The key of the line that says so.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Turn::Changes => "join-head",
            Turn::Begins => "join-begins",
            Turn::Ends => "join-ends",
        }
    }
}

/// All days on which the answer of a rule may change though the figures stay, in the order of rules.
///
/// Days on which a rule begins or ends altogether go without figures, for every answer is another one
/// then. Days on which nothing changes for any figures are left out.
#[must_use]
pub fn joins(program: &Program) -> Vec<Join> {
    let mut found = Vec::new();
    for (id, rule) in program.model.rules.iter() {
        if rule.kind == RuleKind::Check || !program.is_own(rule.span) {
            continue;
        }
        for day in turns(program, id) {
            found.extend(join(program, id, day));
        }
    }
    found
}

fn join(program: &Program, id: RuleId, day: NaiveDate) -> Option<Join> {
    let before = day.pred_opt()?;
    let period = Period::Year(chrono::Datelike::year(&day));
    let at = |in_force| Setting { period, in_force };
    let of = |turn, told: Told| Join {
        rule: id,
        day,
        turn,
        differences: told.differences,
        doubts: told.doubts,
    };
    let is_in_force = |in_force| {
        let rule = &program.model.rules[id];
        let clocks = at(in_force).clocks();
        !matches!(due(&program.model, rule, &clocks), Due::Not(_))
    };
    match (is_in_force(before), is_in_force(day)) {
        (false, false) => return None,
        (false, true) => return Some(of(Turn::Begins, Told::same())),
        (true, false) => return Some(of(Turn::Ends, Told::same())),
        (true, true) => {}
    }
    let body = match body(program, &program.model.rules[id]) {
        Ok(body) => body,
        Err(doubt) => {
            let told = Told::doubtful(BTreeSet::from([doubt]));
            return Some(of(Turn::Changes, told));
        }
    };
    let mut sides = [
        Asked::new(program, 0, at(before), &body),
        Asked::new(program, 1, at(day), &body),
    ];
    let told = differences(&mut sides, [id, id]);
    (!told.is_same()).then(|| of(Turn::Changes, told))
}
