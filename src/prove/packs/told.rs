//! What is known of the answers of two rules: where they differ, and how the one stands to the other.

use std::collections::BTreeSet;

use super::{Difference, Relation, State};
use crate::prove::Doubt;

/// Where the answers of two rules differ.
pub(super) struct Told {
    pub(super) differences: Vec<Difference>,
    /// Pairs of answers of which it is not known, each with why.
    pub(super) open: Vec<(State, State)>,
    pub(super) doubts: BTreeSet<Doubt>,
    pub(super) is_decision: bool,
    pub(super) is_unknown: bool,
    /// What asks whether a figure is there was changed: of figures that are not, nothing is known.
    pub(super) is_of_absence: bool,
}

impl Told {
    pub(super) fn doubtful(doubts: BTreeSet<Doubt>) -> Told {
        Told {
            differences: Vec::new(),
            open: Vec::new(),
            doubts,
            is_decision: false,
            is_unknown: true,
            is_of_absence: false,
        }
    }

    /// Nothing differs, and nothing is asked.
    pub(super) fn same() -> Told {
        Told {
            is_unknown: false,
            ..Told::doubtful(BTreeSet::new())
        }
    }

    /// Whether no answer differs, as far as is known.
    pub(super) fn is_same(&self) -> bool {
        let is_known = !self.is_unknown && !self.is_of_absence;
        is_known && self.differences.is_empty() && self.open.is_empty()
    }

    pub(super) fn relation(&self) -> Relation {
        if self.is_unknown {
            return Relation::Unknown;
        }
        let way = |was: &State, now: &State| (was.fails(), now.fails());
        let has = |wanted: (bool, bool)| {
            let mut found = self.differences.iter();
            found.any(|found| way(&found.was, &found.now) == wanted)
        };
        let may = |wanted: (bool, bool)| {
            let mut open = self.open.iter();
            open.any(|(was, now)| way(was, now) == wanted)
        };
        let (stricter, looser) = ((false, true), (true, false));
        match () {
            () if self.is_decision && !self.differences.is_empty() => Relation::Different,
            () if has(stricter) && has(looser) => Relation::Different,
            () if may(stricter) || may(looser) || self.is_of_absence => Relation::Unknown,
            () if has(stricter) => Relation::Stricter,
            () if has(looser) => Relation::Looser,
            () if !self.differences.is_empty() => Relation::SameFailures,
            () if !self.open.is_empty() => Relation::Unknown,
            () => Relation::Equivalent,
        }
    }
}
