//! At which clocks a rule has to be asked: when it is due, and on each day on which its law changes.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::eval::begins;
use crate::model::{Deadline, InstrumentId, Model, Rule, RuleId, When};
use crate::period::Period;
use crate::program::{Program, TermKind};
use crate::prove::Setting;

/// Settings of the clocks at which one rule is asked.
const MOST_SETTINGS: usize = 24;

/// The year that stands for all years in which a rule without dates is judged: the latest that the
/// pack names.
pub(in crate::prove) fn anchor(program: &Program) -> i32 {
    let model = &program.model;
    let rules = model.rules.values().flat_map(|rule| {
        let when = match rule.when {
            When::By(period) | When::ReachedBy(period) => [Some(period), None],
            When::Each { since, until } => [since, until],
        };
        let base = rule.baseline.as_ref().map(|baseline| baseline.period);
        when.into_iter().flatten().chain(base)
    });
    let instruments = model.instruments.values().filter_map(|known| known.since);
    let years = rules.chain(instruments).map(|period| period.year());
    years.max().unwrap_or(2000)
}

/// The settings at which two rules are asked, and whether those are all.
pub(in crate::prove) fn settings(
    programs: [&Program; 2],
    rules: [RuleId; 2],
    anchor: i32,
) -> (Vec<Setting>, bool) {
    let mut found: BTreeSet<Setting> = BTreeSet::new();
    let of_period = |period: Period| Setting {
        period,
        in_force: period.last_day(),
    };
    let of_day = |day: NaiveDate| Setting {
        period: Period::Year(chrono::Datelike::year(&day)),
        in_force: day,
    };
    let mut days = BTreeSet::new();
    let mut is_endless = false;
    for (program, id) in programs.into_iter().zip(rules) {
        let rule = &program.model.rules[id];
        match rule.when {
            When::By(period) | When::ReachedBy(period) => {
                found.insert(of_period(period));
            }
            When::Each { since, until } => {
                found.extend(since.into_iter().chain(until).map(of_period));
                is_endless |= until.is_none();
            }
        }
        if let Some(Deadline::Every(every)) = &rule.deadline {
            let first = every
                .since
                .map(|since| every.judged(Period::Year(anchor), since));
            found.extend(first.flatten().map(|(_, last)| of_day(last)));
        }
        days.extend(turns(program, id));
    }
    let before = days.first().and_then(NaiveDate::pred_opt);
    found.extend(before.into_iter().chain(days.iter().copied()).map(of_day));
    let latest = found.iter().map(|setting| setting.period.year()).max();
    if is_endless && latest.is_none_or(|latest| latest < anchor) {
        found.insert(of_period(Period::Year(anchor)));
    }
    let is_all = found.len() <= MOST_SETTINGS;
    (found.into_iter().take(MOST_SETTINGS).collect(), is_all)
}

/// The days on which the law of a rule changes.
pub(super) fn turns(program: &Program, id: RuleId) -> BTreeSet<NaiveDate> {
    let model = &program.model;
    let mut found = BTreeSet::new();
    let mut asked = BTreeSet::from([id]);
    let lowered = &program.rules[id];
    for root in std::iter::once(&lowered.goal).chain(&lowered.condition) {
        for term in &root.terms {
            if let TermKind::Outcome(decision, ..) = program.terms[*term].kind {
                asked.insert(program.decisions[decision].rule);
            }
        }
    }
    for id in asked {
        let rule: &Rule = &model.rules[id];
        found.extend(rule.under.iter().flat_map(|id| of_law(model, *id)));
        let versions = rule.decision.iter().flat_map(|decision| &decision.versions);
        for version in versions {
            found.extend(begins(model, version));
            let ends = version.under.iter().flat_map(|id| of_law(model, *id));
            found.extend(ends);
        }
    }
    found
}

/// The first day of a law, and the first after it.
fn of_law(model: &Model, id: InstrumentId) -> Vec<NaiveDate> {
    let law = &model.instruments[id];
    let replaced = model
        .instruments
        .values()
        .filter(|other| other.replaces == Some(id));
    let replaced = replaced.filter_map(|other| other.since.map(|since| since.first_day()));
    let first = law.since.map(|since| since.first_day());
    let after = law.until.and_then(|until| until.last_day().succ_opt());
    first.into_iter().chain(after).chain(replaced).collect()
}
