//! The claims that answers were read off: runs go in, claims come out in order. Judges nothing.

use super::{Kept, Run};
use crate::figures::ClaimId;
use crate::verdict::Verdict;

impl Run {
    /// Adds the claims that the answer to the n-th body is read off.
    pub(super) fn add_claims(&self, n: usize, found: &mut Vec<ClaimId>) {
        let settled = self.settled.get(n);
        for row in settled.into_iter().flat_map(|settled| &settled.rows) {
            let inputs = self.frame.inputs.iter();
            found.extend(inputs.flat_map(|input| self.frame.claims(*row, *input)));
        }
    }
}

impl Kept {
    /// The claims that the verdict on the n-th body is read off; of what does not apply those of its
    /// condition.
    pub(in crate::eval) fn claims(&self, n: usize, verdict: Verdict) -> Vec<ClaimId> {
        let goals: &[Run] = match verdict {
            Verdict::NotApplicable => &[],
            _ => &self.goals,
        };
        let mut found = Vec::new();
        for run in goals.iter().chain(&self.condition).chain(&self.reached) {
            run.add_claims(n, &mut found);
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}
