//! Which findings name the same figure: one figure that is wrong breaks every relation that it takes
//! part in. Findings go in, each figure learns in which others it stands. Changes no finding.

use std::collections::BTreeMap;

use super::AuditFinding;
use crate::figures::Submission;
use crate::model::{EntityId, FigureRef};
use crate::period::Period;

/// Findings that are named beside a figure; the rest is counted.
const MOST_NAMED: usize = 20;

/// Notes for each figure in which other findings it stands.
pub(super) fn note(findings: &mut [AuditFinding], submission: &Submission) {
    let mut known: BTreeMap<(&FigureRef, EntityId, Period), Vec<usize>> = BTreeMap::new();
    for (n, finding) in findings.iter().enumerate() {
        for figure in &finding.figures {
            let claim = &submission.claims[figure.claim];
            let of = known
                .entry((&claim.figure, claim.entity, claim.period))
                .or_default();
            if of.last() != Some(&n) {
                of.push(n);
            }
        }
    }
    let ids: Vec<String> = findings.iter().map(|finding| finding.id.clone()).collect();
    for (n, finding) in findings.iter_mut().enumerate() {
        for figure in &mut finding.figures {
            let claim = &submission.claims[figure.claim];
            let of = known.get(&(&claim.figure, claim.entity, claim.period));
            let of = of.map_or(&[][..], Vec::as_slice);
            let others = of.iter().filter(|other| **other != n);
            let others = others.filter_map(|other| ids.get(*other));
            figure.also = others.take(MOST_NAMED).cloned().collect();
            figure.n_also = of.len().saturating_sub(1);
        }
    }
}
