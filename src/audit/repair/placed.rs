//! Proposals put in place: the figures with their proposed values go through the code that finds
//! contradictions, and a proposal after which any is left at its figures is not told.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::eval::Clocks;
use crate::figures::{ClaimId, ClaimState, Submission};
use crate::findings::{Cx, Found, Tie, Web};
use crate::message::Message;
use crate::model::EntityId;
use crate::program::Program;
use crate::set::Set;

use super::{Group, RepairSet};
use crate::audit::net::Net;
use crate::audit::{Severity, joint};

/// Looks at the n-th proposal of all groups at once, as they share no figure, and drops those that
/// do not mend.
pub(super) fn look(
    program: &Program,
    submission: &Submission,
    clocks: &Clocks,
    groups: &mut [Group<'_>],
) {
    let most = groups.iter().map(|(group, _)| group.sets.len()).max();
    let mut failed: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); groups.len()];
    for n in 0..most.unwrap_or(0) {
        let mut placed = submission.clone();
        for (group, _) in groups.iter() {
            if let Some(set) = group.sets.get(n) {
                put(&mut placed, set);
            }
        }
        let cx = Cx::new(program, &placed, clocks);
        let mut haul = cx.of_values();
        let (together, _) = joint::look(&cx, &Web::of(&cx), &haul);
        haul.found.extend(together);
        let left: Vec<Found> = haul
            .found
            .into_iter()
            .filter(|found| Severity::of(found.finding.kind) == Severity::Contradiction)
            .filter(|found| found.excuse.is_none())
            .collect();
        for ((group, net), failed) in groups.iter().zip(&mut failed) {
            let (Some(set), Some((net, _))) = (group.sets.get(n), net) else {
                continue;
            };
            if left.iter().any(|found| is_at(net, submission, set, found)) {
                failed.insert(n);
            }
        }
    }
    for ((group, _), failed) in groups.iter_mut().zip(failed) {
        let mut n = 0;
        group.sets.retain(|_| {
            n += 1;
            !failed.contains(&(n - 1))
        });
        if !failed.is_empty() {
            // With other values it may mend; what is told is what was seen to.
            group.is_cut = true;
            if group.sets.is_empty() {
                group.fewest = Err(Message::new("repair-not-analysed"));
            }
        }
    }
}

/// Puts the values of a proposal in the place of what is printed.
fn put(submission: &mut Submission, set: &RepairSet) {
    for figure in &set.figures {
        for claim in &figure.claims {
            let claim = &mut submission.claims[*claim];
            claim.as_printed = Arc::new(Set::point(figure.value.clone()));
            claim.state = ClaimState::Good;
        }
    }
}

/// Whether a contradiction is at the figures of a group, and not with a baseline that is itself
/// supposed to be wrong.
fn is_at(net: &Net<'_>, submission: &Submission, set: &RepairSet, found: &Found) -> bool {
    if let Tie::Baseline(rule, _) = found.tie
        && set
            .figures
            .iter()
            .any(|figure| figure.baseline == Some(rule))
    {
        return false;
    }
    let own: BTreeSet<ClaimId> = net
        .units
        .iter()
        .flat_map(|unit| unit.claims.clone())
        .collect();
    let freed: BTreeSet<ClaimId> = set
        .figures
        .iter()
        .flat_map(|figure| figure.claims.clone())
        .collect();
    let whose: BTreeSet<EntityId> = own.iter().map(|id| submission.claims[*id].entity).collect();
    let is_own = found.finding.claims.iter().all(|claim| own.contains(claim));
    let is_freed = found
        .finding
        .claims
        .iter()
        .any(|claim| freed.contains(claim));
    whose.contains(&found.finding.entity) && (is_freed || is_own && net.binds(found))
}
