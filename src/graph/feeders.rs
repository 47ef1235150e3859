//! From an indicator to what is to move it: the rules that feed it, what these are a part of and made
//! of, and who answers for them. A model goes in. None of this decides a verdict.

use std::collections::BTreeSet;

use crate::model::{Contribution, IndicatorId, Model, RuleId};

/// A rule that is to move an indicator.
#[derive(Debug, Clone)]
pub struct Feeder<'a> {
    /// The rule.
    pub rule: RuleId,
    /// What is said of it.
    pub contribution: &'a Contribution,
    /// What it is a part of, and what that is a part of, the nearest first.
    pub wholes: Vec<RuleId>,
    /// All its parts, and theirs, in the order of the pack.
    pub parts: Vec<RuleId>,
    /// Who answers for it or for one of its parts, each with those rules, in the order of the pack.
    pub owners: Vec<(&'a str, Vec<RuleId>)>,
}

/// The rules that are to move an indicator, in the order of the pack.
///
/// ```
/// use plumbrule::graph::feeders;
///
/// let mut sources = plumbrule::Sources::with_std();
/// sources.add("pack.plumb", r#"
/// pack city "City plan" { entity city }
/// entity city "The city" {}
/// indicator users "Users" { unit 户 }
/// milestone networks "Build networks" {
///   evidence told "Told"
///   require told undated
///   feeds users inferred "networks bring users"
/// }
/// milestone masts "Put up masts" {
///   part of networks
///   owner "Office"
///   evidence told "Told"
///   require told undated
/// }
/// "#);
/// let program = plumbrule::compile(&sources).map_err(|_| "a problem in the pack")?;
/// let users = program.model.indicators.ids().next().ok_or("an indicator")?;
/// let found = feeders(&program.model, users);
/// assert_eq!(found[0].parts.len(), 1);
/// assert_eq!(found[0].owners[0].0, "Office");
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn feeders(model: &Model, indicator: IndicatorId) -> Vec<Feeder<'_>> {
    let of = |(rule, declared): (RuleId, &'_ crate::model::Rule)| {
        let place = declared
            .feeds
            .iter()
            .position(|one| one.indicator == indicator)?;
        Some((rule, place))
    };
    let found: Vec<(RuleId, usize)> = model.rules.iter().filter_map(of).collect();
    let feeder = |(rule, place): (RuleId, usize)| {
        let contribution = model.rules[rule].feeds.get(place)?;
        let parts = parts_of(model, rule);
        let mut owners: Vec<(&str, Vec<RuleId>)> = Vec::new();
        for id in std::iter::once(rule).chain(parts.iter().copied()) {
            for owner in &model.rules[id].owners {
                match owners.iter_mut().find(|(known, _)| known == owner) {
                    Some((_, rules)) => rules.push(id),
                    None => owners.push((owner, vec![id])),
                }
            }
        }
        Some(Feeder {
            rule,
            contribution,
            wholes: wholes_of_rule(model, rule),
            parts,
            owners,
        })
    };
    found.into_iter().filter_map(feeder).collect()
}

/// All parts of a rule, and theirs, in the order of the pack.
#[must_use]
pub fn parts_of(model: &Model, whole: RuleId) -> Vec<RuleId> {
    let mut found: BTreeSet<RuleId> = BTreeSet::new();
    let mut next = vec![whole];
    while let Some(at) = next.pop() {
        for (id, rule) in model.rules.iter() {
            if rule.wholes.contains(&at) && found.insert(id) {
                next.push(id);
            }
        }
    }
    found.into_iter().collect()
}

/// What a rule is a part of, and what that is a part of, the nearest first.
#[must_use]
pub fn wholes_of_rule(model: &Model, rule: RuleId) -> Vec<RuleId> {
    let mut found: Vec<RuleId> = Vec::new();
    let mut at = 0;
    let mut next = model.rules[rule].wholes.clone();
    while let Some(whole) = next.get(at).copied() {
        at += 1;
        if !found.contains(&whole) {
            found.push(whole);
            next.extend(&model.rules[whole].wholes);
        }
    }
    found
}
