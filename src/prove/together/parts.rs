//! Which rules hang together, by the figures that they name.

use std::collections::BTreeSet;

use super::Member;
use crate::model::IndicatorId;
use crate::prove::formula::Node;
use crate::prove::world::{Key, World};

/// That a rule does not fail.
pub(super) fn kept(world: &mut World, member: &Member) -> Node {
    let fails = world.forms.all(vec![member.applies.yes, member.goal.no]);
    world.not(fails)
}

/// Rules and identities that hang together by their figures, by their places.
pub(super) fn parts(
    members: &[Member],
    identities: &[(IndicatorId, Node, BTreeSet<Key>)],
) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut parts: Vec<(BTreeSet<&Key>, Vec<usize>, Vec<usize>)> = Vec::new();
    let n_members = members.len();
    let names = members.iter().map(|member| &member.names);
    let names = names.chain(identities.iter().map(|(_, _, names)| names));
    for (n, names) in names.enumerate() {
        let mut own: BTreeSet<&Key> = names.iter().collect();
        let (mut rules, mut known) = (Vec::new(), Vec::new());
        match n.checked_sub(n_members) {
            Some(identity) => known.push(identity),
            None => rules.push(n),
        }
        let (touched, rest): (Vec<_>, Vec<_>) = parts
            .into_iter()
            .partition(|(keys, ..)| !keys.is_disjoint(&own));
        parts = rest;
        for (keys, more, identities) in touched {
            own.extend(keys);
            rules.extend(more);
            known.extend(identities);
        }
        rules.sort_unstable();
        parts.push((own, rules, known));
    }
    let parts = parts.into_iter().filter(|(_, rules, _)| !rules.is_empty());
    parts
        .map(|(_, rules, identities)| (rules, identities))
        .collect()
}
